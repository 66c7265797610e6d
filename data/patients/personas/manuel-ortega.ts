import type { Persona } from '../generate.ts';
import { type Day, minus, openDay, openDayBefore, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

/** A heart attack eight months ago, a stent, clopidogrel, and a genotype that nobody has read yet. */
export const manuelOrtega: Persona = {
  id: 'manuel-ortega',
  title: 'A stent with clopidogrel and CYP2C19',
  person: (asOf) => ({
    given: ['Manuel'],
    family: 'Ortega',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 58, months: 2, days: 6 }),
    races: [],
    hispanic: true,
    language: 'es',
    interpreter: true,
    marital: 'married',
    address: { line: '304 Foundry Street', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0177',
    contact: { name: 'Graciela Ortega', relation: 'wife', phone: '413-555-0178' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 8 }), ago({ years: 2, months: 3 }));
    record.coverage('health connector', ago({ years: 1, months: 2 }));
    record.family({ relation: 'father', conditions: [['old-mi', 54]], diedAt: 61, recorded: ago({ years: 8 }) });
    record.family({ relation: 'mother', conditions: [['type-2-diabetes', 60]], recorded: ago({ years: 8 }) });

    body.set('height', ago({ years: 9 }), 171);
    body.set('weight', ago({ years: 8 }), 86);
    body.set('weight', ago({ months: 8 }), 91);
    body.set('weight', ago({ months: 4 }), 88);
    body.set('weight', ago({}), 89);
    body.set('systolic', ago({ years: 8 }), 148);
    body.set('systolic', ago({}), 154);
    body.set('diastolic', ago({ years: 8 }), 92);
    body.set('ldl', ago({ years: 8 }), 162);
    body.set('hdl', ago({ years: 8 }), 38);
    body.set('triglycerides', ago({ years: 8 }), 175);
    body.set('hba1c', ago({ years: 8 }), 5.8);
    body.set('hba1c', ago({}), 6.2);
    body.set('egfr', ago({ years: 8 }), 90);
    body.set('egfr', ago({}), 84);
    body.set('heart-rate', ago({ years: 1 }), 80);

    const { hypertension, lipids, tobacco, amlodipine, atorvastatin } = record.visit(
      { day: ago({ years: 8 }), kind: 'office', reason: 'High blood pressure at a health fair' },
      (visit) => {
        visit.says('A nurse at a health fair found his blood pressure high. He smokes a pack a day and works in a furniture warehouse.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('bmp', 'lipids', 'hba1c');
        visit.score('audit-c', 3);
        const hypertension = visit.diagnose('hypertension');
        const lipids = visit.diagnose('hyperlipidemia');
        const tobacco = visit.diagnose('tobacco-use-disorder', {
          onset: ago({ years: 38 }),
          // As it stands on the list today.
          icd10: ['F17.211', 'Nicotine dependence, cigarettes, in remission'],
        });
        return {
          hypertension,
          lipids,
          tobacco,
          amlodipine: visit.start('amlodipine-5', {}, { for: hypertension, supply: 90, refills: 3 }),
          atorvastatin: visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 }),
        };
      },
    );
    const review = (day: Day, told: string, work: (visit: Visit) => void, found: Readonly<Record<string, number>> = {}) =>
      record.visit({ day, kind: 'checkup', reason: 'Yearly review of blood pressure and cholesterol', for: [hypertension] }, (visit) => {
        visit.says(told);
        for (const [test, value] of Object.entries(found)) body.fix(test, visit.now(), value);
        visit.vitals();
        visit.labs('bmp', 'lipids', 'hba1c');
        work(visit);
      });
    const first = (visit: Visit) => {
      visit.diagnose('prediabetes');
      visit.change(amlodipine, { drug: 'amlodipine-10' }, 'blood pressure above 130/80 mmHg');
      visit.immunize('tdap');
      visit.plans('Less sugar in coffee and soft drinks; a walk after the shift');
    };
    review(ago({ years: 7 }), 'He takes his tablets. He smokes a pack a day and does not want to stop now.', first, {
      systolic: 146,
      diastolic: 90,
      hba1c: 5.9,
    });
    review(ago({ years: 6 }), 'The warehouse stayed open all year and he worked extra shifts. He smokes a pack a day.', (visit) => {
      visit.plans('Help to stop smoking offered; he does not want it now');
    });
    review(ago({ years: 5 }), 'His ankles swell a little after long shifts. He tried to stop smoking for a week in summer.', (visit) => {
      visit.plans('Amlodipine stays: the swelling does not trouble him', 'Patches and gum offered for the next attempt');
    });
    review(ago({ years: 4 }), 'He smokes a pack a day again. He forgets the evening tablet on weekends.', (visit) => {
      visit.plans('A second drug for the blood pressure is advised; he wants to lose weight first');
    });
    review(ago({ years: 3 }), 'He has gained weight and smokes a pack a day. He fears that the warehouse will close.', (visit) => {
      visit.plans('A second drug for the blood pressure is advised again; he does not want more tablets');
    });
    record.visit({ day: ago({ years: 2 }), kind: 'telephone', with: 'mbeki', reason: 'Refill not collected' }, (visit) => {
      visit.says(
        'He lost his job and his insurance three months ago. He could not pay for atorvastatin and has taken none since; amlodipine he pays for himself.',
      );
      visit.stop(atorvastatin, 'no insurance; he could not pay for it');
      visit.plans('Dr. Lindgren is told and agrees: atorvastatin again as soon as he is insured');
      visit.request('Help with an insurance application', { to: 'whitehorse', social: true, status: 'completed' });
    });
    record.missed({
      day: ago({ years: 1, months: 11 }),
      with: 'lindgren',
      reason: 'Yearly review of blood pressure and cholesterol',
      outcome: 'cancelled',
      by: 'patient',
      why: 'He has no insurance',
    });

    // The heart attack
    const event = ago({ months: 8 });
    body.set('lvef', event, 46);
    body.set('lvef', ago({ months: 4 }), 54);
    const { infarction, disease, lisinopril, metoprolol, ticagrelor } = record.visit(
      { day: event, time: '05:40', until: plus(event, { days: 3 }), kind: 'inpatient', with: 'delacroix', reason: 'Chest pain at rest' },
      (visit) => {
        visit.says(
          'He woke at three with pressure in his chest that went to his left arm, and sweated. It did not go away in two hours.',
          'He smokes a pack a day. A Spanish interpreter was there.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2', 'weight');
        visit.perform('ecg', { outcome: 'Sinus rhythm, 2 mm ST depression in V3 to V5' });
        visit.result('troponin', 412);
        visit.labs('bmp', 'cbc', 'lipids', 'hba1c');
        const infarction = visit.diagnose('nstemi');
        visit.start('aspirin-81', { amount: 4, days: 1, note: 'To be chewed' }, { for: infarction, because: 'first dose' });
        visit.start('ticagrelor-90', { amount: 2, days: 1 }, { for: infarction, because: 'loading dose' });
        visit.start('heparin-iv', { amount: 4000, days: 1 }, { for: infarction, because: 'bolus' });
        visit.plans('Heparin goes on at 1,000 units an hour until the stent is placed', 'Catheter this morning');
        visit.sign();
        visit.at(event, '09:30');
        visit.says('Back from the catheter laboratory, without pain.');
        visit.result('troponin', 2380);
        visit.perform('coronary-stent', {
          outcome:
            'Narrowing of 90 % in the middle of the left anterior descending artery; one drug-eluting stent of 3.0 x 22 mm, good flow',
          site: 'Left anterior descending artery',
        });
        const disease = visit.diagnose('coronary-disease');
        visit.diagnose('coronary-stent', { label: 'Drug-eluting stent in the left anterior descending artery' });
        visit.start('aspirin-81', {}, { for: infarction, setting: 'discharge' });
        const ticagrelor = visit.start('ticagrelor-90', { times: 2 }, { for: infarction, setting: 'discharge', supply: 30, refills: 11 });
        visit.sign();
        visit.at(plus(event, { days: 1 }), '08:00');
        visit.says('He slept well and has had no pain since the stent.');
        visit.result('troponin', 1140);
        visit.vitals();
        visit.perform('echo', { outcome: 'Weak movement of the front wall' });
        visit.result('lvef', 46);
        visit.start('atorvastatin-80', { when: 'evening' }, { for: disease, setting: 'discharge' });
        const metoprolol = visit.start('metoprolol-succinate-25', {}, { for: infarction, setting: 'discharge' });
        const lisinopril = visit.start('lisinopril-5', {}, { for: infarction, because: 'ejection fraction 46 %', setting: 'discharge' });
        visit.start(
          'nitroglycerin-0.4',
          { asNeeded: 'chest pain', note: 'Again after five minutes, three at most; call 911 if one does not help' },
          { for: disease, setting: 'discharge' },
        );
        visit.sign();
        visit.at(plus(event, { days: 3 }), '08:00');
        visit.says('He has walked the stairs without pain and goes home today.');
        visit.vitals();
        visit.labs('bmp', 'cbc');
        visit.perform('smoking-cessation');
        visit.plans('Two platelet inhibitors are planned until a year after the stent');
        visit.request('Referral to cardiac rehabilitation', { for: disease, status: 'completed' });
        return { infarction, disease, lisinopril, metoprolol, ticagrelor };
      },
    );
    record.device({ name: 'Drug-eluting coronary stent', since: event, model: '3.0 x 22 mm', why: disease });
    record.visit(
      { day: plus(event, { days: 10 }), kind: 'office', reason: 'After a hospital stay for a heart attack', for: [disease, hypertension] },
      (visit) => {
        visit.says('He stopped smoking in the hospital. He takes all his tablets; his wife fills a pill box.');
        body.fix('systolic', visit.now(), 140);
        body.fix('diastolic', visit.now(), 86);
        visit.vitals();
        visit.labs('bmp');
        visit.score('phq2', 1);
        visit.start(
          'varenicline-1',
          { times: 2, days: 84, note: 'First week in rising doses, by the starter pack' },
          { because: 'to stay off cigarettes' },
        );
        visit.start('nicotine-gum', { amount: 1, times: 4, days: 56 }, { because: 'craving' });
        visit.change(lisinopril, { drug: 'lisinopril-10' }, 'blood pressure above 130/80 mmHg');
        visit.perform('medication-reconciliation');
      },
    );
    record.visit(
      { day: plus(event, { days: 24 }), kind: 'specialist', with: 'iyer', reason: 'Short of breath since the stent', for: [disease] },
      (visit) => {
        visit.says(
          'For two weeks he has felt short of breath at rest, mostly after the morning tablets. He has no chest pain and no swelling.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2', 'weight');
        visit.perform('ecg', { outcome: 'Sinus rhythm, no new change' });
        visit.labs('ntprobnp', 'cbc');
        visit.stop(ticagrelor, 'shortness of breath');
        visit.start('clopidogrel-300', { amount: 2, days: 1 }, { for: disease, because: 'loading dose' });
        visit.change(metoprolol, { drug: 'metoprolol-succinate-50' }, 'heart rate allows the next dose');
        visit.start('clopidogrel-75', {}, { for: disease, because: 'in place of ticagrelor', supply: 90, refills: 3 });
      },
    );
    record.allergy('ticagrelor', {
      reaction: 'dyspnea',
      type: 'intolerance',
      severity: 'moderate',
      recorded: plus(event, { days: 24 }),
      note: 'Gone within three days of stopping it.',
    });
    record.visit(
      { day: openDayBefore(plus(event, { weeks: 7 })), kind: 'telephone', with: 'mbeki', reason: 'Cardiac rehabilitation', for: [disease] },
      (visit) => {
        visit.says('He breathes freely since ticagrelor was stopped. He smoked five cigarettes at a wedding and none since.');
        visit.plans('Cardiac rehabilitation three times a week begins on Monday');
      },
    );
    record.visit(
      { day: ago({ months: 5, days: 12 }), kind: 'office', reason: 'Burning behind the breastbone', for: [hypertension, lipids] },
      (visit) => {
        visit.says('For three weeks he has had burning behind the breastbone after meals and at night. It does not come when he walks.');
        visit.vitals();
        body.fix('ldl', visit.now(), 82);
        visit.labs('bmp', 'lipids', 'cbc', 'alt');
        visit.resolve(infarction, 'Past the first weeks; kept as old myocardial infarction.');
        visit.diagnose('old-mi', { onset: event });
        const reflux = visit.diagnose('gerd');
        visit.immunize('pcv20');
        visit.start('omeprazole-20', { when: 'morning' }, { for: reflux, supply: 90, refills: 3 });
        visit.start('ezetimibe-10', {}, { for: lipids, because: 'LDL cholesterol above 70 mg/dL on atorvastatin 80 mg' });
      },
    );
    record.visit(
      { day: ago({ months: 4 }), kind: 'specialist', with: 'iyer', reason: 'Coronary disease, follow-up', for: [disease] },
      (visit) => {
        visit.says('He has finished 30 of 36 sessions of cardiac rehabilitation and works half days again.');
        body.fix('systolic', visit.now(), 138);
        body.fix('diastolic', visit.now(), 84);
        visit.vitals();
        visit.perform('echo', { outcome: 'The front wall moves better' });
        visit.result('lvef', 54);
        visit.labs('lipids', 'bmp');
        visit.resolve(tobacco, 'No cigarettes since the five at a wedding in spring.', 'remission');
        visit.change(lisinopril, { drug: 'lisinopril-20' }, 'blood pressure above 130/80 mmHg');
      },
    );
    record.missed({
      day: ago({ months: 2, days: 20 }),
      with: 'lindgren',
      reason: 'Blood pressure and cholesterol',
      outcome: 'noshow',
      why: 'The reminder was in English',
    });
    record.visit(
      { day: ago({ weeks: 6 }), kind: 'specialist', with: 'iyer', reason: 'Chest tightness on the stairs', for: [disease] },
      (visit) => {
        visit.says(
          'Twice in the last month his chest was tight on the third flight of stairs; it was gone after a minute of rest. He takes clopidogrel and aspirin every day.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'spo2', 'weight');
        visit.perform('ecg', { outcome: 'Sinus rhythm, no new change' });
        visit.labs('troponin', 'lipids', 'cbc', 'bmp');
        visit.plans('Nitroglycerin stays in his pocket; he calls 911 if it does not go away with rest');
        visit.request('Stress test with imaging', { kind: 'Evaluation', for: disease });
        visit.request('CYP2C19 genotype', {
          kind: 'Laboratory',
          for: disease,
          status: 'completed',
          note: 'Sent to an outside laboratory to see whether clopidogrel works for him.',
        });
      },
    );
    record.genotypes(
      { CYP2C19: '*2/*2' },
      openDay(ago({ weeks: 3 })),
      'Ashuelot Reference Laboratory',
      'Received by fax. Not yet reviewed by a clinician.',
    );
    record.visit(
      {
        day: openDay(ago({ days: 6 })),
        kind: 'telephone',
        with: 'mbeki',
        reason: 'Dentist asks about tablets before a tooth is taken out',
        for: [disease],
      },
      (visit) => {
        visit.says(
          'His dentist will take out a broken molar and asks whether the blood thinners can be stopped for a week. An interpreter was on the line.',
        );
        visit.plans(
          'Aspirin and clopidogrel are not to be stopped in the first year after a stent; the dentist can stop the bleeding with pressure and stitches',
          'Dr. Iyer is asked to confirm before a date is set',
        );
      },
    );
    routineImmunizations(record, ago({ years: 8 }), 0.7);
    record.smoking('daily', ago({ years: 8 }));
    record.smoking('daily', event);
    record.smoking('former', ago({ months: 4 }));

    const goal = record.goal('LDL cholesterol below 70 mg/dL', {
      start: event,
      due: record.ahead({ months: 1 }),
      target: { test: 'ldl', below: 70 },
      for: lipids,
      achievement: 'improving',
    });
    const free = record.goal('No cigarettes', { start: event, due: record.ahead({ months: 4 }), achievement: 'sustaining' });
    record.carePlan('After a heart attack and a stent', {
      start: event,
      for: [disease, hypertension, lipids],
      goals: [goal, free],
      activities: [
        'Aspirin and a second platelet inhibitor until twelve months after the stent',
        'Nothing that thins the blood is stopped without the cardiologist',
        'Walk for half an hour on five days a week',
        'Spanish interpreter at each visit and call',
      ],
    });
    record.careTeam(['lindgren', 'iyer', 'mbeki', 'whitehorse'], event);
    record.book({ after: record.ahead({ days: 9 }), with: 'iyer', reason: 'Coronary disease, follow-up', note: 'Spanish interpreter' });
    record.book({
      after: record.ahead({ weeks: 4 }),
      with: 'lindgren',
      reason: 'Blood pressure and prediabetes',
      note: 'Spanish interpreter',
    });
  },
};
