import type { Persona } from '../generate.ts';
import { minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

const PAP = ['10524-7', 'Microscopic observation [Identifier] in Cervix by Cyto stain'] as const;

/** Type 1 diabetes since school, a pump and a sensor, one ketoacidosis, and now the wish for a child while an ACE inhibitor is still taken. */
export const linhNguyen: Persona = {
  id: 'linh-nguyen',
  title: 'Type 1 diabetes with an insulin pump',
  person: (asOf) => ({
    given: ['Linh'],
    family: 'Nguyễn',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 29, months: 2, days: 6 }),
    races: ['asian'],
    hispanic: false,
    language: 'en',
    marital: 'married',
    address: { line: '27 Orchard Street, Unit 2', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0141',
    email: 'linh.nguyen@example.com',
    contact: { name: 'Duy Phạm', relation: 'husband', phone: '413-555-0142' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 11 }), ago({ years: 2, months: 5 }));
    record.coverage('commercial, other', ago({ years: 2, months: 4 }));
    record.noKnownAllergies(ago({ years: 11 }));
    record.family({ relation: 'mother', conditions: [['hypothyroidism', 41]], recorded: ago({ years: 11 }) });
    record.family({ relation: 'father', conditions: [['hypertension', 55]], recorded: ago({ years: 11 }) });
    record.family({ relation: 'sister', conditions: [], recorded: ago({ years: 11 }) });

    // The level that she would have without the insulin that is ordered here; what is left of it is what she reached.
    body.set('height', ago({ years: 11 }), 158);
    body.set('weight', ago({ years: 11 }), 50);
    body.set('weight', ago({}), 54);
    body.set('hba1c', ago({ years: 11 }), 8.8);
    body.set('hba1c', ago({ years: 10, months: 9 }), 10.7);
    body.set('hba1c', ago({ years: 8 }), 10.4);
    body.set('hba1c', ago({ years: 7, months: 6 }), 10.2);
    body.set('hba1c', ago({ years: 7, months: 1 }), 9.1);
    body.set('hba1c', ago({ years: 3, months: 4 }), 9.3);
    body.set('hba1c', ago({ years: 2, months: 6 }), 8.3);
    body.set('hba1c', ago({}), 7.9);
    body.set('systolic', ago({ years: 11 }), 116);
    body.set('systolic', ago({ years: 2 }), 128);
    body.set('diastolic', ago({ years: 11 }), 72);
    body.set('diastolic', ago({ years: 2 }), 80);
    body.set('egfr', ago({ years: 11 }), 118);
    body.set('egfr', ago({}), 108);
    body.set('uacr', ago({ years: 4 }), 12);
    body.set('uacr', ago({ years: 2, months: 6 }), 48);
    body.set('uacr', ago({}), 62);
    body.set('ldl', ago({ years: 11 }), 96);
    body.set('ldl', ago({}), 112);
    body.set('hdl', ago({ years: 11 }), 62);
    body.set('triglycerides', ago({ years: 11 }), 78);
    body.set('tsh', ago({ years: 8 }), 2.6);
    body.set('tsh', ago({ years: 6, months: 1 }), 3.2);
    body.set('tsh', ago({ years: 5, months: 2 }), 7.4);
    body.set('tsh', ago({ years: 5 }), 7.2);
    body.set('tsh', ago({ years: 4, months: 9 }), 5.9);
    body.set('tsh', ago({ years: 4, months: 6 }), 2.1);
    body.set('tsh', ago({}), 3.6);
    body.set('free-t4', ago({ years: 5, months: 2 }), 0.92);
    body.set('free-t4', ago({ years: 4, months: 9 }), 1.2);
    body.set('tpo-antibodies', ago({ years: 5 }), 412);
    body.set('c-peptide', ago({ years: 11 }), 0.1);
    body.set('ferritin', ago({}), 34);

    const diabetes = record.problem('type-1-diabetes', ago({ years: 14, months: 11 }), {
      recorded: ago({ years: 11 }),
      note: 'Found at 14 with weight loss and thirst, in another state.',
    });

    // From the children's clinic, with pens
    const { glucagon, glargine, lispro } = record.visit(
      { day: ago({ years: 11 }), kind: 'specialist', with: 'petrov', reason: 'Type 1 diabetes, first visit as an adult', for: [diabetes] },
      (visit) => {
        visit.says('She comes from a pediatric diabetes clinic. She injects four times a day and counts carbohydrates.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr', 'tsh', 'c-peptide', 'ttg-iga');
        visit.finds('Feet: pulses and feeling normal');
        return {
          glucagon: visit.start('glucagon-kit', { asNeeded: 'severe low blood sugar' }, { for: diabetes }),
          glargine: visit.start('glargine', { amount: 18, when: 'bedtime' }, { for: diabetes, supply: 90, refills: 3 }),
          lispro: visit.start('lispro', { amount: 8, times: 3, when: 'meals' }, { for: diabetes, supply: 90, refills: 3 }),
        };
      },
    );
    const yearly = (day: string, eyes: string, said: string, pneumococcal = false) =>
      record.visit({ day, kind: 'specialist', with: 'petrov', reason: 'Type 1 diabetes, yearly review', for: [diabetes] }, (visit) => {
        visit.says(said);
        visit.vitals();
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr', 'tsh');
        visit.finds('Feet: pulses and feeling normal');
        visit.perform('retinal-exam', { outcome: eyes });
        if (pneumococcal) visit.immunize('pcv20');
      });
    yearly(ago({ years: 10 }), 'No retinopathy in either eye', 'She studies away from home and forgets lunch doses.');
    yearly(ago({ years: 9 }), 'No retinopathy in either eye', 'She has low readings after sports about once a week.');

    const severeLow = ago({ years: 8, months: 1 });
    record.visit({ day: severeLow, kind: 'emergency', with: 'fischer', reason: 'Unresponsive at night, low blood sugar' }, (visit) => {
      visit.says('Her roommate could not wake her at three in the morning and gave glucagon. She had rowed in the evening.');
      visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2');
      visit.result('glucose', 64);
      visit.labs('potassium', 'creatinine');
      visit.diagnose('hypoglycemia-type-1', {
        category: 'encounter-diagnosis',
        icd10: ['E10.641', 'Type 1 diabetes mellitus with hypoglycemia with coma'],
        severity: 'Severe',
        until: visit.day(),
      });
      visit.plans('She goes home after a meal with a glucose of 142 mg/dL by meter');
    });
    const unaware = record.visit(
      { day: plus(severeLow, { days: 9 }), kind: 'specialist', with: 'petrov', reason: 'After a severe low blood sugar', for: [diabetes] },
      (visit) => {
        visit.says('She no longer feels lows until they are below 50 mg/dL.');
        visit.vitals();
        visit.labs('hba1c');
        visit.finds('Awareness of hypoglycemia is impaired (Gold score 5 of 7)', 'Feet: pulses and feeling normal');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        const unaware = visit.diagnose('hypoglycemia-unawareness');
        visit.change(glargine, { dosage: { amount: 15, when: 'bedtime' } }, 'severe low blood sugar at night');
        visit.plans('Sensor and pump are applied for with her insurer');
        return unaware;
      },
    );
    const sensor = record.device({ name: 'Continuous glucose monitor', since: ago({ years: 7, months: 9 }), why: diabetes });

    // The pump
    const pumpStart = ago({ years: 7, months: 2 });
    record.device({ name: 'Insulin pump', since: pumpStart, until: ago({ years: 2, months: 9 }), why: diabetes });
    const pump = record.visit(
      { day: pumpStart, kind: 'specialist', with: 'petrov', reason: 'Start of an insulin pump', for: [diabetes] },
      (visit) => {
        visit.says('The alarms of the sensor have prevented nightly lows for half a year.');
        visit.vitals();
        visit.labs('hba1c', 'uacr', 'lipids', 'creatinine', 'egfr');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.sensor({ days: 14, mean: 184, inRange: 49, below: 5 }, sensor);
        visit.stop(glargine, 'changed to a pump');
        visit.stop(lispro, 'changed to a pump');
        visit.plans('Pens stay at home in case the pump fails');
        return visit.start(
          'lispro-vial',
          { amount: 36, pump: true, note: 'By insulin pump: basal about 16 units a day, the rest with meals' },
          { for: diabetes, supply: 90, refills: 3 },
        );
      },
    );
    yearly(ago({ years: 6, months: 2 }), 'No retinopathy in either eye', 'She has had no severe low since the pump.');

    // The thyroid
    record.visit(
      { day: ago({ years: 5, months: 2 }), kind: 'specialist', with: 'petrov', reason: 'Type 1 diabetes, yearly review', for: [diabetes] },
      (visit) => {
        visit.says('She is tired and cold.');
        visit.vitals();
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr', 'tsh', 'free-t4', 'ttg-iga');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.plans('TSH with antibodies again in two months');
      },
    );
    const { thyroid, levothyroxine } = record.visit(
      { day: ago({ years: 5 }), kind: 'office', reason: 'Raised TSH', for: [diabetes] },
      (visit) => {
        visit.vitals();
        visit.labs('tsh', 'free-t4', 'tpo-antibodies');
        visit.finds('Thyroid firm, not enlarged, no nodule');
        const thyroid = visit.diagnose('hashimoto');
        return {
          thyroid,
          levothyroxine: visit.start(
            'levothyroxine-25',
            { when: 'morning', note: 'On an empty stomach' },
            { for: thyroid, supply: 90, refills: 3 },
          ),
        };
      },
    );
    record.visit({ day: ago({ years: 4, months: 9 }), kind: 'office', reason: 'Thyroid, dose', for: [thyroid] }, (visit) => {
      visit.says('She is less tired.');
      visit.vitals();
      visit.labs('tsh');
      visit.change(levothyroxine, { drug: 'levothyroxine-50' }, 'TSH still above the limit');
    });
    const device = record.visit({ day: ago({ years: 4, months: 4 }), kind: 'office', with: 'rosen', reason: 'Contraception' }, (visit) => {
      visit.says('She married this year and wants no child in the next years.');
      visit.vitals('blood-pressure', 'weight');
      visit.perform('iud-insertion', { outcome: 'Placed without difficulty' });
      visit.report('Cervical cytology', 'Pathology', PAP, 'Negative for intraepithelial lesion or malignancy.');
      visit.labs('tsh');
      return visit.start('levonorgestrel-iud', { per: { months: 84 }, note: 'May stay for 7 years' }, { because: 'contraception' });
    });
    yearly(ago({ years: 4 }), 'No retinopathy in either eye', 'She works shifts as a laboratory technician.', true);

    // Ketoacidosis
    const crisis = ago({ years: 3, months: 2 });
    record.visit(
      {
        day: crisis,
        time: '09:00',
        until: plus(crisis, { days: 2 }),
        kind: 'inpatient',
        with: 'delacroix',
        reason: 'Vomiting and fast breathing after a pump site failed',
        for: [diabetes],
      },
      (visit) => {
        visit.says(
          'She changed the infusion site in the evening and slept through the alarms. In the morning the cannula was bent, and she had vomited six times.',
        );
        for (const [test, value] of [
          ['heart-rate', 118],
          ['respiratory-rate', 26],
          ['temperature', 36.4],
          ['spo2', 99],
        ] as const)
          visit.result(test, value);
        visit.pressure(104, 62);
        for (const [test, value] of [
          ['glucose', 468],
          ['beta-hydroxybutyrate', 6.1],
          ['bicarbonate', 9],
          ['arterial-ph', 7.17],
          ['potassium', 5.4],
          ['sodium', 131],
          ['creatinine', 1.21],
          ['lactate', 1.8],
          ['wbc', 15.2],
        ] as const)
          visit.result(test, value);
        const crisisProblem = visit.diagnose('dka-type-1', { category: 'encounter-diagnosis', until: plus(crisis, { days: 1 }) });
        const fluids = visit.start('saline', { amount: 500, per: { hours: 1 } }, { for: crisisProblem });
        const insulin = visit.start(
          'insulin-regular',
          { amount: 5.3, per: { hours: 1 }, note: '0.1 units/kg an hour' },
          { for: crisisProblem },
        );
        visit.sign();
        visit.at(crisis, '16:00');
        visit.says('After seven hours of fluids and insulin she no longer vomits and breathes more slowly.');
        visit.result('glucose', 226);
        visit.result('bicarbonate', 15);
        visit.result('potassium', 3.9);
        visit.result('beta-hydroxybutyrate', 2.4);
        visit.stop(fluids, 'glucose below 250 mg/dL: changed to fluids with dextrose and potassium');
        const more = visit.start('dextrose-saline-potassium', { amount: 150, per: { hours: 1 } }, { for: crisisProblem });
        visit.change(
          insulin,
          { dosage: { amount: 2.6, per: { hours: 1 }, note: '0.05 units/kg an hour' } },
          'glucose below 250 mg/dL while ketones are not yet cleared',
        );
        visit.sign();
        visit.at(crisis, '22:00');
        visit.says('She sleeps and wakes easily.');
        visit.result('glucose', 181);
        visit.result('bicarbonate', 18);
        visit.result('potassium', 4.0);
        visit.result('beta-hydroxybutyrate', 1.1);
        visit.sign();
        visit.at(plus(crisis, { days: 1 }), '09:00');
        visit.says('She has eaten breakfast and kept it.');
        visit.result('glucose', 164);
        visit.result('bicarbonate', 21);
        visit.result('potassium', 4.2);
        visit.result('beta-hydroxybutyrate', 0.3);
        visit.result('creatinine', 0.78);
        visit.stop(insulin, 'ketoacidosis is over; the pump has run with a new site for two hours');
        visit.stop(more, 'eats and drinks');
        visit.sign();
        visit.at(plus(crisis, { days: 2 }), '08:00');
        visit.says('She feels well and goes home today.');
        visit.labs('hba1c');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.plans(
          'Sick-day rules and ketone strips were gone through with her and her husband',
          'A site is changed in the morning, never before sleep',
        );
      },
    );
    record.visit(
      { day: plus(crisis, { days: 16 }), kind: 'specialist', with: 'petrov', reason: 'After ketoacidosis', for: [diabetes] },
      (visit) => {
        visit.says('Two more sites have failed on the abdomen. She has had three mild lows since.');
        visit.vitals();
        visit.sensor({ days: 14, mean: 192, inRange: 45, below: 3 }, sensor);
        visit.finds('Lipohypertrophy of the abdomen on both sides of the navel', 'Feet: pulses and feeling normal');
        visit.labs('uacr', 'tsh');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.stop(glucagon, 'changed to the nasal powder');
        visit.start('glucagon-nasal', { asNeeded: 'severe low blood sugar' }, { for: diabetes });
        visit.plans('Sites move to the thigh and upper buttock', 'A pump that doses by the sensor is applied for');
      },
    );
    record.visit(
      {
        day: ago({ years: 2, months: 9 }),
        kind: 'specialist',
        with: 'petrov',
        reason: 'Start of automated insulin delivery',
        for: [diabetes],
      },
      (visit) => {
        visit.vitals();
        visit.labs('hba1c');
        visit.change(
          pump,
          {
            dosage: {
              amount: 38,
              pump: true,
              note: 'By insulin pump that adjusts to the sensor: basal about 18 units a day, the rest with meals',
            },
          },
          'new pump that doses by the sensor',
        );
      },
    );
    const newPump = record.device({ name: 'Insulin pump with automated delivery', since: ago({ years: 2, months: 9 }), why: diabetes });

    // Albumin in the urine, a new employer
    record.missed({
      day: ago({ years: 2, months: 5 }),
      with: 'petrov',
      reason: 'Type 1 diabetes, follow-up',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Between two insurers after a change of job',
    });
    const lows = record.visit(
      { day: ago({ years: 2, months: 2 }), kind: 'specialist', with: 'petrov', reason: 'Type 1 diabetes, yearly review', for: [diabetes] },
      (visit) => {
        visit.says('For three weeks after the change of job she had no sensors, because the new insurer asked for a new request.');
        visit.vitals();
        body.fix('uacr', visit.now(), 46);
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr', 'tsh');
        visit.sensor({ days: 14, mean: 158, inRange: 68, below: 2 }, newPump);
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.plans('Albumin in the urine is repeated in three months');
        return visit.day();
      },
    );
    const { kidney, lisinopril } = record.visit(
      { day: ago({ years: 1, months: 11 }), kind: 'specialist', with: 'petrov', reason: 'Albumin in the urine, repeated', for: [diabetes] },
      (visit) => {
        visit.says('She has no fever and no trouble passing urine.');
        visit.vitals();
        body.fix('uacr', visit.now(), 54);
        visit.labs('uacr', 'bmp');
        const kidney = visit.diagnose('diabetic-nephropathy', {
          icd10: ['E10.29', 'Type 1 diabetes mellitus with other diabetic kidney complication'],
          label: 'Albuminuria in type 1 diabetes',
          onset: lows,
        });
        const lisinopril = visit.start(
          'lisinopril-5',
          { when: 'morning' },
          { for: kidney, because: 'a second sample has albumin above 30 mg/g as well', supply: 90, refills: 3 },
        );
        visit.plans('Lisinopril harms an unborn child: she has an intrauterine device and tells us before she wants it removed');
        return { kidney, lisinopril };
      },
    );
    record.visit(
      {
        day: ago({ years: 1, months: 10, days: 8 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood test after the start of lisinopril',
        for: [kidney],
      },
      (visit) => {
        visit.says('She has no cough and is not dizzy.');
        visit.vitals('blood-pressure');
        visit.labs('bmp');
        visit.plans('Lisinopril 5 mg goes on; the results were seen by Dr. Petrov');
      },
    );
    record.visit(
      {
        day: ago({ years: 1, months: 2 }),
        kind: 'specialist',
        with: 'petrov',
        reason: 'Type 1 diabetes, yearly review',
        for: [diabetes, kidney],
      },
      (visit) => {
        visit.says('She feels lows in time again and has had no severe one for seven years.');
        visit.vitals();
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr', 'tsh');
        visit.sensor({ days: 14, mean: 149, inRange: 75, below: 2 }, newPump);
        visit.finds('Awareness of hypoglycemia is normal (Gold score 2 of 7)', 'Feet: pulses and feeling normal');
        visit.resolve(unaware, 'No severe low for seven years, lows are felt again.');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.change(lisinopril, { drug: 'lisinopril-10' }, 'albumin in the urine has not fallen');
        visit.plans('A statin was discussed for LDL cholesterol and albuminuria; she declines it, since she may want a child soon');
      },
    );

    record.visit(
      {
        day: ago({ years: 1, months: 1, days: 7 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood test after more lisinopril',
        for: [kidney],
      },
      (visit) => {
        visit.says('She notices no difference.');
        visit.vitals('blood-pressure');
        visit.labs('bmp');
        visit.plans('Lisinopril 10 mg goes on; the results were seen by Dr. Petrov');
      },
    );

    // The wish for a child
    record.visit({ day: ago({ months: 6 }), kind: 'checkup', reason: 'Yearly check-up', for: [diabetes, thyroid] }, (visit) => {
      visit.says('She feels well and rows twice a week.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.labs('hba1c', 'tsh', 'cbc');
      visit.score('phq2', 0, 'negative');
      visit.score('audit-c', 1, 'low risk');
      visit.finds('Alcohol: one glass of wine a week');
    });
    record.visit(
      {
        day: ago({ weeks: 5 }),
        kind: 'office',
        with: 'rosen',
        reason: 'Wish for a child, removal of the intrauterine device',
        for: [diabetes],
      },
      (visit) => {
        visit.says('She and her husband would like a child. Her last period was two weeks ago.');
        visit.vitals('blood-pressure', 'weight');
        visit.result('hcg', 1);
        visit.answer(['82810-3', 'Pregnancy status'], 'Not pregnant', {
          profile: 'observation-pregnancystatus',
          category: 'social-history',
          code: { system: 'http://snomed.info/sct', code: '60001007', display: 'Not pregnant (finding)' },
        });
        visit.answer(['86645-9', 'Pregnancy intention in the next year - Reported'], 'Wants to become pregnant', {
          profile: 'observation-pregnancyintent',
          category: 'social-history',
          label: 'Pregnancy intention in the next year',
        });
        visit.perform('iud-removal', { outcome: 'Removed whole' });
        visit.report('Cervical cytology', 'Pathology', PAP, 'Negative for intraepithelial lesion or malignancy.');
        visit.stop(device, 'removed: wish for a child');
        visit.start('folic-acid-0.8', {}, { because: 'wish for a child' });
        visit.plans('Endocrinology is asked for a visit before conception; the medicines are to be gone through there');
        visit.request('Visit before conception', {
          to: 'petrov',
          for: diabetes,
          note: 'Intrauterine device removed; not using contraception',
        });
      },
    );
    record.visit(
      { day: ago({ weeks: 2 }), kind: 'video', with: 'mbeki', reason: 'Sensor report before a pregnancy', for: [diabetes] },
      (visit) => {
        visit.says('She has no lows at night. She asks which of her medicines she may take when pregnant.');
        visit.sensor({ days: 14, mean: 141, inRange: 79, below: 3 }, newPump);
        visit.plans('Her question about the medicines goes to Dr. Petrov');
      },
    );

    for (const months of [0, 2, 6])
      record.immunize('hpv-quadrivalent', plus(ago({ years: 16, months: 8 }), { months }), 'Pediatric clinic in another state');
    routineImmunizations(record, ago({ years: 11 }));
    record.smoking('never', ago({ months: 6 }));
    const sugar = record.goal('Hemoglobin A1c below 6.5 % before a pregnancy', {
      start: ago({ weeks: 5 }),
      due: record.ahead({ months: 3 }),
      target: { test: 'hba1c', below: 6.5 },
      for: diabetes,
    });
    const range = record.goal('Time in range above 70 %', {
      start: ago({ years: 2, months: 2 }),
      target: { test: 'time-in-range', above: 70 },
      for: diabetes,
      achievement: 'achieved',
    });
    record.carePlan('Type 1 diabetes before a pregnancy', {
      start: ago({ weeks: 5 }),
      for: [diabetes, kidney, thyroid],
      goals: [sugar, range],
      activities: [
        'Sensor report every two weeks',
        'Retinal examination every year and before a pregnancy',
        'TSH every three months, below 2.5 mIU/L before a pregnancy',
        'Ketones when glucose stays above 250 mg/dL or when vomiting',
      ],
    });
    record.careTeam(['lindgren', 'petrov', 'rosen', 'mbeki'], ago({ years: 4, months: 4 }));
    record.book({ after: record.ahead({ weeks: 2 }), with: 'petrov', reason: 'Before conception: type 1 diabetes and medicines' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'rosen', reason: 'Wish for a child, follow-up' });
  },
};
