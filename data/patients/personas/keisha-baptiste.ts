import type { Persona } from '../generate.ts';
import { every, instant, later, minus, openDay, plus } from '../generator/calendar.ts';
import { dateWords } from '../generator/note.ts';
import type { Visit } from '../generator/visit.ts';

/** Days since the last period on the day of the record: 34 weeks and 2 days. */
const PREGNANT_DAYS = 34 * 7 + 2;

const PAP = ['10524-7', 'Microscopic observation [Identifier] in Cervix by Cyto stain'] as const;
const ULTRASOUND = ['11525-3', 'US Pelvis and Fetus for pregnancy'] as const;

/** The third pregnancy, 34 weeks: blood pressure that rose at 31 weeks, protein that is watched, and a birth planned for week 37. */
export const keishaBaptiste: Persona = {
  id: 'keisha-baptiste',
  title: 'Pregnancy with gestational hypertension',
  person: (asOf) => ({
    given: ['Keisha', 'Marie'],
    family: 'Baptiste',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 33, months: 8, days: 2 }),
    races: ['black'],
    hispanic: false,
    language: 'ht',
    marital: 'domestic partner',
    address: { line: '310 Bridge Street, Apt 4C', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0146',
    contact: { name: 'Jean-Robert Désir', relation: 'partner', phone: '413-555-0147' },
    primaryCare: 'tran',
  }),
  course: (record) => {
    const { ago, body, asOf } = record;
    const lastPeriod = minus(asOf, { days: PREGNANT_DAYS });
    const week = (weeks: number, days = 0) => plus(lastPeriod, { weeks, days });
    const birthDue = `${plus(lastPeriod, { days: 280 })}`;

    record.coverage('health connector', ago({ years: 5, months: 10 }), week(6));
    record.coverage('medicaid', week(6, 1));
    record.noKnownAllergies(ago({ years: 5, months: 8 }));
    record.family({
      relation: 'mother',
      conditions: [
        ['preeclampsia', 27],
        ['hypertension', 45],
      ],
      recorded: ago({ years: 5, months: 8 }),
    });
    record.family({ relation: 'father', conditions: [['type-2-diabetes', 58]], recorded: ago({ years: 5, months: 8 }) });

    body.set('height', ago({ years: 6 }), 166);
    for (const [day, weight, systolic, diastolic, hemoglobin] of [
      [ago({ years: 5, months: 8 }), 80, 116, 72, 12.4],
      [ago({ years: 4, months: 2 }), 84, 118, 74, 12.4],
      [ago({ years: 2 }), 85, 120, 76, 12.3],
      [week(8), 86, 118, 74, 12.1],
      [week(20), 89, 113, 69, 11.2],
      [week(28), 93, 124, 77, 10.3],
      [week(30), 93.8, 132, 83, 10.2],
      [week(31, 1), 94.4, 145, 93, 10.1],
      [week(34, 2), 95.9, 159, 101, 9.9],
    ] as const) {
      body.set('weight', day, weight);
      body.set('systolic', day, systolic);
      body.set('diastolic', day, diastolic);
      body.set('hemoglobin', day, hemoglobin);
    }
    for (const [test, before, early, late] of [
      ['heart-rate', 74, 80, 90],
      ['creatinine', 0.72, 0.58, 0.62],
      ['albumin', 4.1, 3.7, 3.5],
      ['alp', 66, 62, 118],
      ['platelets', 262, 248, 186],
      ['urine-protein-creatinine', 80, 90, 170],
      ['urate', 4.1, 3.6, 5.2],
      ['ferritin', 32, 22, 10],
      ['mcv', 88, 87, 83],
      ['sodium', 139, 137, 136],
      ['chloride', 103, 104, 105],
      ['bicarbonate', 25, 22, 21],
      ['protein', 7.1, 6.5, 6.2],
      ['calcium', 9.4, 9.1, 8.8],
    ] as const) {
      body.set(test, week(0), before);
      body.set(test, week(12), early);
      body.set(test, week(31), late);
    }
    body.set('ast', week(34, 2), 25);
    body.set('hba1c', week(8), 5.4);

    // Before: a son, and a loss
    record.visit({ day: ago({ years: 5, months: 8 }), kind: 'checkup', reason: 'New patient, after a birth' }, (visit) => {
      visit.says('Her son is eleven weeks old, born at 39 weeks without trouble. Her pressure was normal. She breastfeeds.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('cbc');
      visit.score('phq2', 1, 'negative');
    });
    record.procedure('vaginal-birth', ago({ years: 5, months: 10, days: 18 }), {
      outcome: 'Healthy boy at 39 weeks',
      unplanned: true,
    });
    record.visit({ day: ago({ years: 4, months: 2 }), kind: 'checkup', reason: 'Yearly check-up' }, (visit) => {
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.diagnose('obesity');
      visit.labs('hba1c', 'lipids');
      visit.report('Cervical cytology', 'Pathology', PAP, 'Negative for intraepithelial lesion or malignancy.');
    });
    const scanned = record.visit(
      { day: ago({ years: 2, days: 11 }), kind: 'office', with: 'rosen', reason: 'Positive pregnancy test' },
      (visit) => {
        visit.says('Her period is two weeks late. The pregnancy is wanted. She takes a prenatal vitamin from the store.');
        visit.vitals('blood-pressure', 'weight');
        visit.report(
          'Obstetric ultrasound',
          'Radiology',
          ULTRASOUND,
          'One embryo with heartbeat in the uterus, length as at 6 weeks and 2 days.',
        );
        visit.plans('First prenatal visit in three weeks');
        return visit.day();
      },
    );
    record.visit(
      { day: ago({ years: 2 }), kind: 'emergency', with: 'fischer', reason: 'Bleeding at eight weeks of pregnancy' },
      (visit) => {
        visit.says('She has had cramps and bleeding since the morning, and tissue has passed.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.result('hcg', 2140);
        visit.labs('cbc');
        visit.presence('rh', 'positive');
        visit.report(
          'Obstetric ultrasound',
          'Radiology',
          ULTRASOUND,
          `The uterus, in which an embryo was seen on ${dateWords(scanned)}, is empty. No mass beside it, no free fluid.`,
        );
        visit.diagnose('miscarriage', { until: plus(visit.day(), { days: 20 }) });
        visit.plans('Beta-hCG again in two days');
      },
    );
    record.visit(
      { day: plus(ago({ years: 2 }), { days: 2 }), kind: 'emergency', with: 'fischer', reason: 'Blood test two days after a miscarriage' },
      (visit) => {
        visit.says('She bleeds as in a period. The cramps are gone.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.result('hcg', 780);
        visit.plans('The fall fits a complete miscarriage; beta-hCG until it is negative');
      },
    );
    record.visit({ day: ago({ years: 1, months: 11, days: 6 }), kind: 'office', with: 'rosen', reason: 'After a miscarriage' }, (visit) => {
      visit.says('The bleeding is over. She sleeps badly and cries with her partner. They want to try again next year.');
      visit.vitals('blood-pressure', 'weight');
      visit.result('hcg', 3);
      visit.score('phq9', 8, 'mild symptoms');
      visit.plans('A call in four weeks; a group for parents after a loss meets in Creole at the library');
    });

    // This pregnancy
    const prenatal = <T>(
      day: string,
      reason: string,
      said: string,
      work: (visit: Visit) => T,
      { later = true, time, found = {} }: { later?: boolean; time?: string; found?: Readonly<Record<string, number>> } = {},
    ): T =>
      record.visit({ day, kind: 'prenatal', with: 'rosen', reason, ...(time === undefined ? {} : { time }) }, (visit) => {
        visit.says(said);
        for (const [test, value] of Object.entries(found)) body.fix(test, visit.now(), value);
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        const days = Math.round((Date.parse(visit.day()) - Date.parse(lastPeriod)) / 86_400_000);
        visit.result('gestational-age', Math.floor(days / 7));
        if (later) {
          visit.labs('fetal-heart-rate');
          if (days >= 20 * 7) visit.result('fundal-height', Math.floor(days / 7) + (days > 30 * 7 ? -1 : 0));
        }
        return work(visit);
      });
    const pregnancy = prenatal(
      week(8, 1),
      'First prenatal visit',
      'Her last period began eight weeks ago, and she is sick in the morning. She is glad and afraid.',
      (visit) => {
        visit.vitals('height', 'bmi');
        visit.result('gravidity', 3);
        visit.result('parity', 1);
        visit.answer(['82810-3', 'Pregnancy status'], 'Pregnant', {
          profile: 'observation-pregnancystatus',
          category: 'social-history',
          code: { system: 'http://snomed.info/sct', code: '77386006', display: 'Pregnancy (finding)' },
        });
        visit.report(
          'Obstetric ultrasound',
          'Radiology',
          ULTRASOUND,
          `One embryo with heartbeat, crown-rump length as at 8 weeks and 2 days. The date by the last period stays: birth is due on ${birthDue}.`,
        );
        visit.labs('cbc', 'hba1c', 'creatinine', 'urine-protein-creatinine');
        for (const test of ['hbsag', 'hepatitis-c-antibody', 'hiv-ag-ab', 'treponema', 'chlamydia', 'gonorrhea', 'antibody-screen'])
          visit.presence(test, 'negative');
        visit.presence('rubella-igg', 'positive');
        visit.answer(['883-9', 'ABO group [Type] in Blood'], 'O', {
          profile: 'observation-lab',
          category: 'laboratory',
          label: 'Blood group',
        });
        visit.presence('rh', 'positive');
        const pregnancy = visit.diagnose('pregnancy', {
          onset: lastPeriod,
          icd10: ['O09.93', 'Supervision of high risk pregnancy, unspecified, third trimester'],
          note: `Third pregnancy. Last period ${lastPeriod}, birth due on ${birthDue}.`,
        });
        visit.diagnose('obesity-in-pregnancy', { onset: lastPeriod });
        visit.report('Cervical cytology', 'Pathology', PAP, 'Negative for intraepithelial lesion or malignancy.');
        visit.start('folic-acid-0.8', { note: 'In a prenatal vitamin' }, { for: pregnancy });
        return pregnancy;
      },
      { later: false },
    );
    prenatal(week(12, 1), 'Prenatal visit, 12 weeks', 'The sickness is over. She takes the vitamin.', (visit) => {
      visit.start(
        'aspirin-81',
        { when: 'evening' },
        { for: pregnancy, because: 'two moderate risks of pre-eclampsia: BMI above 30 kg/m2 and pre-eclampsia of her mother' },
      );
      visit.plans('Screening of free fetal DNA: she does not want it');
    });
    prenatal(week(16), 'Prenatal visit, 16 weeks', 'She feels well.', () => {});
    record.visit(
      { day: week(16, 3), kind: 'video', with: 'whitehorse', reason: 'Social needs in pregnancy', for: [pregnancy] },
      (visit) => {
        visit.says('She works as a home health aide. The bus comes twice a day, and her partner has the car at night.');
        visit.answer(['71802-3', 'Housing status'], 'I have housing', {
          social: true,
          label: 'Housing status',
          code: { system: 'http://loinc.org', code: 'LA30189-7', display: 'I have housing' },
        });
        const transport = visit.answer(
          [
            '93030-5',
            'Has lack of transportation kept you from medical appointments, meetings, work, or from getting things needed for daily living',
          ],
          'Yes, it has kept me from medical appointments or from getting my medications',
          {
            social: true,
            label: 'Lack of transportation',
            code: {
              system: 'http://loinc.org',
              code: 'LA30133-5',
              display: 'Yes, it has kept me from medical appointments or from getting my medications',
            },
          },
        );
        visit.diagnose('transport-insecurity', { social: true, evidence: [record.reference(transport)] });
        visit.request('Rides to prenatal visits (Medicaid)', { social: true, status: 'completed' });
      },
    );
    prenatal(week(20, 2), 'Prenatal visit, 20 weeks', 'She feels the child move since last week.', (visit) => {
      visit.report(
        'Obstetric ultrasound',
        'Radiology',
        ULTRASOUND,
        'One fetus, anatomy seen and normal. Placenta on the back wall, away from the cervix. Growth fits the dates.',
      );
    });
    record.missed({ day: week(24, 1), with: 'rosen', reason: 'Prenatal visit, 24 weeks', outcome: 'noshow', why: 'The ride did not come' });
    const anemia = prenatal(
      week(26),
      'Prenatal visit, 26 weeks',
      'The child moves every day.',
      (visit) => {
        visit.labs('glucose-challenge', 'cbc', 'ferritin');
        visit.presence('antibody-screen', 'negative');
        visit.presence('treponema', 'negative');
        const anemia = visit.diagnose('anemia-of-pregnancy', { icd10: ['O99.013', 'Anemia complicating pregnancy, third trimester'] });
        visit.start('ferrous-sulfate-325', { per: { days: 2 } }, { for: anemia, because: 'ferritin below 30 ng/mL' });
        visit.plans('Glucose 1 hour after glucose drink below 140 mg/dL: no further test');
        return anemia;
      },
      { found: { 'glucose-challenge': 127 } },
    );
    prenatal(week(28, 1), 'Prenatal visit, 28 weeks', 'She is tired after work. She has no headache.', (visit) => {
      visit.labs('cbc', 'urine-protein-creatinine');
      visit.immunize('tdap');
      visit.score('phq9', 5, 'mild symptoms, no thoughts of self-harm');
      visit.plans('Iron goes on');
    });
    prenatal(week(30), 'Prenatal visit, 30 weeks', 'She feels well. Her shoes are tight in the evening.', (visit) => {
      visit.finds('Slight swelling of both ankles');
      visit.plans('Blood pressure again in one week');
    });

    // The pressure
    const found = openDay(week(31, 1));
    const cuff = record.device({ name: 'Home blood pressure monitor', since: found });
    prenatal(
      found,
      'Blood pressure check, 31 weeks',
      'She has no headache, sees clearly and has no pain under the ribs.',
      (visit) => {
        visit.labs('cbc', 'cmp', 'urate', 'urine-protein-creatinine');
        visit.finds('Nonstress test reactive');
        visit.plans('She rests at the clinic; the pressure is taken again after four hours');
      },
      { time: '09:20', found: { systolic: 148, diastolic: 94, 'urine-protein-creatinine': 182 } },
    );
    const hypertension = record.visit(
      { day: found, time: '14:10', kind: 'prenatal', with: 'rosen', reason: 'Blood pressure again after four hours', unbooked: true },
      (visit) => {
        body.fix('systolic', visit.now(), 144);
        body.fix('diastolic', visit.now(), 93);
        visit.vitals('blood-pressure');
        visit.finds('Second pressure more than four hours after the first');
        const hypertension = visit.diagnose('gestational-hypertension', {
          icd10: ['O13.3', 'Gestational [pregnancy-induced] hypertension without significant proteinuria, third trimester'],
        });
        visit.plans(
          'She measures her pressure at home every morning and evening',
          'She comes at once for headache, trouble seeing, pain under the ribs, bleeding, fewer movements, or 160/110 mmHg',
          'Laboratory tests and a nonstress test every week',
        );
        return hypertension;
      },
    );
    const readings = (from: string, to: string, evenings = 0) => {
      for (const day of every(from, to, { days: 1 }))
        for (const time of day.slice(-1) === '3' ? ['07:15'] : ['07:15', '20:40']) {
          // None that would have had to bring her in the same day.
          const least = time === '20:40' ? evenings : 0;
          const [systolic, diastolic] = [body.read('systolic', instant(day, time)), body.read('diastolic', instant(day, time))];
          record.home('blood-pressure', day, time, record.reference(cuff), [
            Math.max(least, Math.min(systolic, 153)),
            Math.min(diastolic, 99),
          ]);
        }
    };
    readings(plus(found, { days: 1 }), week(31, 5), 142);
    const labetalol = record.visit(
      { day: week(31, 6), kind: 'telephone', with: 'rosen', reason: 'Pressures measured at home', for: [hypertension] },
      (visit) => {
        visit.says('Her pressures at home are about 145/93 mmHg. She has no headache.');
        return visit.start('labetalol-100', { times: 2 }, { for: hypertension, because: 'pressures above 140/90 mmHg on most days' });
      },
    );
    readings(week(32), week(32, 1));
    prenatal(
      week(32, 2),
      'Prenatal visit, 32 weeks',
      'She takes labetalol and feels a little light-headed when she stands up.',
      (visit) => {
        visit.labs('cbc', 'cmp', 'urine-protein-creatinine');
        visit.report(
          'Obstetric ultrasound, growth',
          'Radiology',
          ULTRASOUND,
          'Head down. Estimated weight on the 24th percentile, amniotic fluid normal, flow in the umbilical artery normal.',
        );
        visit.result('fetal-weight', 1790);
        visit.result('fetal-weight-percentile', 24);
        visit.finds('Nonstress test reactive');
        visit.plans('Labetalol was begun a few days ago and stays as it is until next week');
      },
      { found: { systolic: 145, diastolic: 92, 'urine-protein-creatinine': 191 } },
    );
    readings(week(32, 3), week(33, 1));
    record.takes('ibuprofen-200', week(32, 5), 'Two tablets for back pain, on four days', {
      told: openDay(week(33, 2)),
      until: week(33, 1),
    });
    prenatal(
      week(33, 2),
      'Prenatal visit, 33 weeks',
      'She took ibuprofen from the store for back pain last week. She has no headache.',
      (visit) => {
        visit.labs('cbc', 'cmp');
        visit.result('urine-protein-creatinine', 214);
        visit.immunize('rsv-maternal');
        visit.finds('Nonstress test reactive');
        visit.change(labetalol, { drug: 'labetalol-200', dosage: { times: 2 } }, 'pressures still above 140/90 mmHg');
        visit.plans('No ibuprofen after 20 weeks of pregnancy: acetaminophen instead');
      },
      { found: { systolic: 146, diastolic: 93 } },
    );
    readings(week(33, 3), week(34));
    // Near the severe range: taken again, and acted on.
    prenatal(
      week(34, 0),
      'Prenatal visit, 34 weeks',
      'The child moves as always. No headache, no trouble seeing, no pain under the ribs.',
      (visit) => {
        visit.labs('cbc', 'cmp', 'ferritin');
        visit.result('urine-protein-creatinine', 258);
        visit.finds('Nonstress test reactive', 'Reflexes normal, no clonus');
        const again = later(visit.now(), 20);
        visit.at(visit.day(), again.slice(11, 16));
        visit.pressure(154, 97);
        visit.finds('Blood pressure taken again after 20 minutes of rest: 154/97 mmHg, below 160/110 mmHg');
        visit.change(labetalol, { dosage: { times: 3 } }, 'blood pressure 158/99 mmHg, and 154/97 mmHg after 20 minutes');
        visit.plans(
          'Blood pressure, blood count, liver tests and creatinine again within a few days, not in a week',
          'To the labor ward the same day for 160/110 mmHg or more, headache, trouble seeing or pain under the ribs',
          'Protein rises but is below 300 mg/g; again with the next blood tests',
          `Induction of labor is planned at 37 weeks and 0 days (${dateWords(week(37))}); earlier if pre-eclampsia comes`,
          'Swab for group B streptococcus at 36 weeks',
        );
      },
      { found: { systolic: 158, diastolic: 99 } },
    );
    readings(week(34, 1), week(34, 1));

    for (const year of [5, 4, 3, 2, 1])
      record.immunize(year > 2 ? 'influenza-quadrivalent' : 'influenza', minus(`${asOf.slice(0, 4)}-10-02`, { years: year }), 'Pharmacy');
    record.immunize('influenza', week(27), 'Pharmacy');
    record.immunize('covid', week(27), 'Pharmacy');
    record.immunize('tdap', ago({ years: 6, months: 1 }), 'State registry');
    record.smoking('never', week(8, 1));
    const pressure = record.goal('Blood pressure below 140/90 mmHg until birth', {
      start: found,
      due: week(37),
      target: { test: 'systolic', below: 140 },
      for: hypertension,
    });
    record.carePlan('Gestational hypertension', {
      start: found,
      for: [pregnancy, hypertension, anemia],
      goals: [pressure],
      activities: [
        'Blood pressure at home every morning and evening',
        'Blood count, liver tests, creatinine and urine protein every week',
        'Nonstress test every week; growth by ultrasound every three to four weeks',
        'Induction at 37 weeks',
        'Blood pressure within ten days after birth',
      ],
    });
    record.careTeam(['rosen', 'tran', 'mbeki', 'whitehorse'], week(8, 1));
    record.book({
      after: plus(asOf, { days: 1 }),
      with: 'rosen',
      reason: 'Blood pressure and laboratory tests after the change of labetalol',
      note: 'Ride ordered',
    });
    record.book({
      after: plus(asOf, { days: 5 }),
      with: 'rosen',
      reason: 'Prenatal visit, 35 weeks, with laboratory tests',
      note: 'Ride ordered',
    });
    record.book({
      after: week(37),
      fixed: 'labor',
      with: 'rosen',
      reason: 'Induction of labor at 37 weeks',
      note: 'Labor ward of the hospital',
    });
  },
};
