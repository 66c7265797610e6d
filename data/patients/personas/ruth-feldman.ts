import type { Persona } from '../generate.ts';
import { every, minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/**
 * Twelve drugs, each begun for a reason but one: diabetes treated too hard for her age, a bladder drug against what the dementia drug does,
 * a sleeping pill between two falls, and a potassium at the limit under two drugs that raise it.
 */
export const ruthFeldman: Persona = {
  id: 'ruth-feldman',
  title: '84 years with twelve drugs',
  person: (asOf) => ({
    given: ['Ruth'],
    family: 'Feldman',
    ownScript: { given: 'Руфь', family: 'Фельдман' },
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 84, months: 3, days: 9 }),
    races: ['white'],
    hispanic: false,
    language: 'ru',
    interpreter: true,
    marital: 'widowed',
    address: { line: '60 Riverside Towers, Apt 9C', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0137',
    contact: { name: 'Marina Feldman', relation: 'daughter', phone: '413-555-0138' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('medicare', ago({ years: 19, months: 3 }));
    record.coverage('medicaid', ago({ years: 10 }));
    record.allergy('penicillin', { reaction: 'hives', severity: 'moderate', recorded: ago({ years: 10 }), onset: '1961' });
    record.family({ relation: 'sister', conditions: [['alzheimers', 79]], diedAt: 86, recorded: ago({ years: 2, months: 3 }) });
    record.smoking('never', ago({ years: 10 }));
    const hypertension = record.problem('hypertension', ago({ years: 24 }), { recorded: ago({ years: 10 }) });
    const diabetes = record.problem('type-2-diabetes', ago({ years: 18 }), { recorded: ago({ years: 10 }) });
    const lipids = record.problem('hyperlipidemia', ago({ years: 18 }), { recorded: ago({ years: 10 }) });
    record.procedure('cataract-surgery', ago({ years: 12, months: 4 }), { site: 'Both eyes' });

    body.set('height', ago({ years: 20 }), 154);
    body.set('weight', ago({ years: 10 }), 71);
    body.set('weight', ago({ years: 4, months: 2 }), 76);
    body.set('weight', ago({ years: 4, months: 1 }), 76);
    body.set('weight', ago({ years: 4, weeks: 3 }), 72);
    body.set('weight', ago({}), 61);
    body.set('hba1c', ago({ years: 10 }), 8.4);
    body.set('hba1c', ago({ years: 6 }), 9.9);
    body.set('hba1c', ago({ years: 3, months: 1 }), 9.2);
    body.set('hba1c', ago({ years: 2, months: 9 }), 8.3);
    body.set('hba1c', ago({}), 7.7);
    body.set('systolic', ago({ years: 10 }), 162);
    body.set('systolic', ago({}), 152);
    body.set('diastolic', ago({ years: 10 }), 86);
    body.set('diastolic', ago({}), 82);
    body.set('ldl', ago({ years: 10 }), 140);
    body.set('egfr', ago({ years: 10 }), 70);
    body.set('egfr', ago({ years: 3 }), 51);
    body.set('egfr', ago({}), 47);
    body.set('potassium', ago({ years: 10 }), 4.3);
    body.set('potassium', ago({ years: 3 }), 4.4);
    body.set('potassium', ago({}), 4.6);
    body.set('heart-rate', ago({ years: 10 }), 74);
    body.set('heart-rate', ago({ years: 2, months: 1 }), 72);
    body.set('heart-rate', ago({ years: 1, months: 9 }), 65);
    body.set('hemoglobin', ago({ years: 10 }), 13);
    body.set('hemoglobin', ago({}), 12.6);
    body.set('lvef', ago({ years: 5 }), 61);
    body.set('ntprobnp', ago({ years: 4, months: 6 }), 320);
    body.set('ntprobnp', ago({ years: 4, months: 1 }), 2600);
    body.set('ntprobnp', ago({ years: 3, months: 9 }), 720);
    body.set('b12', ago({ years: 3 }), 310);

    const first = ago({ years: 10 });
    const { metformin, amlodipine } = record.visit({ day: first, kind: 'checkup', reason: 'New patient' }, (visit) => {
      visit.says(
        'She came from Saint Petersburg in 1994 and now moved from Brooklyn to be near her daughter. The visit is in Russian with an interpreter.',
        'She brings the tablets that her former clinic ordered. She does not know what omeprazole is for and has no heartburn.',
      );
      const since = ago({ years: 14 });
      const brought = { since, supply: 90, refills: 3 };
      visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, ...brought });
      visit.start('aspirin-81', {}, { because: 'to prevent a first heart attack', since });
      visit.start('omeprazole-20', { when: 'morning' }, { since });
      const metformin = visit.start('metformin-1000', { times: 2, when: 'meals' }, { for: diabetes, ...brought });
      const amlodipine = visit.start('amlodipine-10', {}, { for: hypertension, ...brought });
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('hba1c', 'cmp', 'lipids', 'cbc');
      return { metformin, amlodipine };
    });
    record.visit({ day: ago({ years: 9, months: 2 }), kind: 'office', reason: 'Knee pain' }, (visit) => {
      visit.says('Both knees hurt on the stairs since the summer.');
      visit.score('pain', 5);
      visit.finds('Both knees creak, no swelling.');
      const knees = visit.diagnose('osteoarthritis-knee', { site: 'Both knees' });
      visit.start('acetaminophen-500', { amount: 2, times: 3 }, { for: knees, because: 'knee pain' });
      visit.plans('No anti-inflammatory tablets because of her blood pressure');
    });
    const review = (day: string, told: string) =>
      record.visit(
        { day, kind: 'checkup', reason: 'Yearly review of diabetes and blood pressure', for: [diabetes, hypertension] },
        (visit) => {
          visit.says(told);
          visit.vitals();
          visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
          visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        },
      );
    review(ago({ years: 8, months: 2 }), 'She cooks for her grandchildren and plays chess in the senior center.');
    const glipizide = record.visit(
      { day: ago({ years: 7 }), kind: 'office', reason: 'Follow-up of type 2 diabetes', for: [diabetes] },
      (visit) => {
        visit.vitals();
        body.fix('hba1c', visit.now(), 8.0);
        visit.labs('hba1c', 'bmp');
        return visit.start('glipizide-5', { when: 'morning' }, { for: diabetes, because: 'hemoglobin A1c above 7.5 % on metformin' });
      },
    );
    record.visit(
      { day: ago({ years: 6 }), kind: 'checkup', reason: 'Yearly review of diabetes and blood pressure', for: [diabetes] },
      (visit) => {
        visit.vitals();
        body.fix('hba1c', visit.now(), 7.9);
        body.fix('creatinine', visit.now(), 1.04);
        visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.change(glipizide, { dosage: { times: 2, when: 'meals' } }, 'hemoglobin A1c above 7.5 %');
      },
    );
    /** Blood that is drawn between two visits. */
    const drawn = (day: string, ...labs: string[]) =>
      record.visit({ day, kind: 'nurse', with: 'mbeki', reason: 'Blood drawn', quiet: true, unbooked: true }, (visit) =>
        visit.labs(...labs),
      );
    record.visit(
      { day: ago({ years: 5, months: 6 }), kind: 'nurse', with: 'mbeki', reason: 'Blood drawn', quiet: true, unbooked: true },
      (visit) => {
        body.fix('creatinine', visit.now(), 1.06);
        visit.labs('hba1c', 'bmp');
      },
    );
    record.visit({ day: ago({ years: 5 }), kind: 'office', reason: 'Swollen ankles', for: [hypertension, diabetes] }, (visit) => {
      visit.says('Both ankles swell in the afternoon since the spring.');
      visit.vitals();
      body.fix('creatinine', visit.now(), 1.08);
      body.fix('uacr', visit.now(), 12);
      visit.labs('hba1c', 'bmp', 'ntprobnp', 'uacr');
      visit.diagnose('ckd-3a', { onset: ago({ years: 6 }), note: 'eGFR below 60 for a year, no albumin in the urine.' });
      visit.stop(amlodipine, 'swollen ankles');
      visit.start('losartan-50', {}, { for: hypertension, because: 'in place of amlodipine, diabetes', supply: 90, refills: 3 });
      visit.plans('Potassium and creatinine in two weeks');
    });
    drawn(ago({ years: 4, months: 11, days: 14 }), 'bmp');
    review(ago({ years: 4, months: 6 }), 'The ankles are better. She stops once on the stairs to the second floor and blames her age.');

    // The heart
    const stay = ago({ years: 4, months: 1 });
    const { heart, furosemide } = record.visit(
      { day: stay, until: plus(stay, { days: 3 }), kind: 'inpatient', with: 'delacroix', reason: 'Short of breath at night' },
      (visit) => {
        visit.says('For ten days she has slept in the armchair. Both legs are swollen.');
        body.fix('systolic', visit.now(), 164);
        body.fix('diastolic', visit.now(), 86);
        body.fix('spo2', visit.now(), 90);
        body.fix('respiratory-rate', visit.now(), 24);
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2', 'weight');
        visit.labs('bmp', 'cbc', 'ntprobnp', 'troponin', 'hba1c');
        visit.report('Chest X-ray', 'Radiology', ['36643-5', 'XR Chest 2 Views'], 'Fluid in both lungs, small effusions. No pneumonia.');
        visit.perform('echo', { outcome: 'Normal pump function, stiff left ventricle, enlarged left atrium' });
        visit.result('lvef', 61);
        visit.perform('ecg', { outcome: 'Sinus rhythm' });
        const heart = visit.diagnose('hfpef');
        const furosemide = visit.start('furosemide-40', { when: 'morning' }, { for: heart });
        visit.sign();
        visit.at(plus(stay, { days: 1 }), '08:00');
        visit.says('She slept half sitting and passes much water.');
        body.fix('systolic', visit.now(), 158);
        body.fix('diastolic', visit.now(), 84);
        visit.vitals();
        visit.start('metoprolol-succinate-50', { when: 'morning' }, { for: hypertension, because: 'blood pressure high on the ward' });
        visit.sign();
        visit.at(plus(stay, { days: 3 }), '08:00');
        visit.says('She lies flat, the legs are thin again, and she goes home today.');
        visit.vitals();
        visit.labs('bmp');
        return { heart, furosemide };
      },
    );
    record.visit(
      { day: plus(stay, { days: 12 }), kind: 'specialist', with: 'iyer', reason: 'After a hospital stay', for: [heart] },
      (visit) => {
        visit.says('She sleeps flat again.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.labs('bmp', 'ntprobnp');
        visit.start('spironolactone-25', { when: 'morning' }, { for: heart, because: 'to keep her out of the hospital' });
        visit.change(furosemide, { drug: 'furosemide-20' }, 'no swelling');
        visit.plans('Potassium and creatinine after one week, four weeks and three months');
      },
    );
    for (const days of [19, 40, 103]) drawn(plus(stay, { days }), 'bmp');
    const empagliflozin = record.visit(
      { day: ago({ years: 3, months: 6 }), kind: 'specialist', with: 'iyer', reason: 'Heart failure, follow-up', for: [heart] },
      (visit) => {
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.labs('bmp', 'ntprobnp');
        visit.plans('Told to wash and dry the groin; itching there is to be reported');
        return visit.start('empagliflozin-10', { when: 'morning' }, { for: [heart, diabetes] });
      },
    );
    record.visit({ day: ago({ years: 3, months: 1 }), kind: 'office', reason: 'Itching, loose stools', for: [diabetes] }, (visit) => {
      visit.says(
        'She itches in the groin for the third time and does not want that tablet again. Loose stools for a year, worse after breakfast.',
      );
      visit.vitals();
      visit.labs('hba1c', 'bmp', 'b12', 'uacr');
      visit.stop(empagliflozin, 'third yeast infection; she does not want it again');
      visit.stop(metformin, 'diarrhea');
    });
    record.visit({ day: ago({ years: 2, months: 9 }), kind: 'office', reason: 'Diabetes without metformin', for: [diabetes] }, (visit) => {
      visit.says('The stools are firm again.');
      visit.vitals();
      visit.labs('hba1c', 'bmp', 'lipids');
      visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
    });

    // Memory, and what followed
    const donepezil = record.visit(
      { day: ago({ years: 2, months: 3 }), kind: 'office', reason: 'Memory, asked by the daughter' },
      (visit) => {
        visit.says('Her daughter says that she asks the same thing again and burnt two pots. She says that all is well.');
        visit.vitals();
        visit.score('moca', 19);
        visit.phq9(1, 0, 1, 1, 0, 0, 1, 0, 0);
        visit.labs('tsh', 'b12', 'cbc', 'bmp', 'hba1c');
        visit.report(
          'CT of the head',
          'Radiology',
          ['30799-1', 'CT Head WO contrast'],
          'Shrinkage that is common at her age. No bleeding, no stroke.',
        );
        const dementia = visit.diagnose('alzheimers', { severity: 'Mild', note: 'Daughter is the health care proxy.' });
        return visit.start('donepezil-5', { when: 'bedtime' }, { for: dementia });
      },
    );
    record.visit({ day: ago({ years: 2, months: 1 }), kind: 'office', reason: 'Donepezil, follow-up' }, (visit) => {
      visit.says('She takes it and has no nausea.');
      visit.vitals();
      visit.change(donepezil, { drug: 'donepezil-10' }, 'usual dose after the first weeks');
    });
    record.visit({ day: ago({ years: 1, months: 8 }), kind: 'office', with: 'tran', reason: 'Has to run to the toilet' }, (visit) => {
      visit.says('For four months she has had to run to the toilet and is wet once a day.');
      visit.vitals();
      visit.labs('hba1c', 'bmp', 'uacr');
      visit.presence('urine-leukocyte-esterase', 'negative');
      visit.presence('urine-nitrite', 'negative');
      const bladder = visit.diagnose('overactive-bladder');
      visit.start('oxybutynin-5', { times: 2 }, { for: bladder });
    });
    record.missed({
      day: ago({ years: 1, months: 6 }),
      with: 'iyer',
      reason: 'Heart failure, follow-up',
      outcome: 'noshow',
      why: 'She forgot; the call was left in English on the answering machine',
    });
    record.visit({ day: ago({ years: 1, months: 1 }), kind: 'office', with: 'tran', reason: 'Does not sleep' }, (visit) => {
      visit.says('She lies awake from two o’clock and goes to the toilet three times. Her daughter asks for something.');
      visit.vitals();
      visit.score('moca', 17);
      visit.labs('hba1c', 'bmp');
      const insomnia = visit.diagnose('insomnia');
      visit.start('zolpidem-5', { when: 'bedtime' }, { for: insomnia, supply: 30, refills: 5 });
    });

    // The last year
    record.visit({ day: ago({ months: 10 }), kind: 'emergency', with: 'fischer', reason: 'Fall at night' }, (visit) => {
      visit.says('She fell on the way to the toilet at three in the morning and bruised her hip.');
      visit.vitals('blood-pressure', 'heart-rate', 'spo2', 'temperature');
      visit.labs('bmp', 'cbc');
      visit.perform('ecg', { outcome: 'Sinus bradycardia, no block, no pause' });
      visit.report('X-ray of the pelvis', 'Radiology', ['28561-9', 'XR Pelvis Views'], 'No fracture.');
      visit.plans('Home with her daughter');
    });
    record.visit(
      { day: ago({ months: 8 }), kind: 'checkup', reason: 'Yearly review of diabetes and heart failure', for: [diabetes, heart] },
      (visit) => {
        visit.says('Her daughter fills the pill box. She eats little at breakfast and no longer cooks.');
        visit.vitals();
        body.fix('hba1c', visit.now(), 6.7);
        visit.labs('hba1c', 'bmp', 'lipids', 'uacr', 'cbc');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
      },
    );
    record.visit(
      { day: ago({ months: 5 }), kind: 'urgent', with: 'tran', reason: 'Confused and sweating before lunch', for: [diabetes] },
      (visit) => {
        visit.says('Her daughter found her pale and confused at eleven. Tea with sugar helped. She had not eaten since the evening.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.result('glucose-meter', 54);
        visit.diagnose('hypoglycemia', {
          category: 'encounter-diagnosis',
          until: visit.day(),
          icd10: ['E11.649', 'Type 2 diabetes mellitus with hypoglycemia without coma'],
        });
        visit.plans('She is told not to skip breakfast; her doctor looks at the diabetes tablets at the next visit');
      },
    );
    record.visit({ day: ago({ months: 3 }), kind: 'home', with: 'mbeki', reason: 'Second fall, home safety' }, (visit) => {
      visit.says('She fell in the corridor two nights ago and was not hurt.');
      visit.vitals('blood-pressure', 'heart-rate');
      visit.result('systolic-standing', 108);
      visit.result('diastolic-standing', 60);
      visit.finds(
        'Blood pressure falls on standing, and she sways. Dark corridor, no handrail; night light put in. Tablets of twelve kinds in the box, none missing.',
      );
      visit.diagnose('falls', { note: 'Two falls at night within eight months.' });
      visit.plans('Her doctor is told of the pressure on standing');
    });
    record.visit(
      { day: ago({ weeks: 6 }), kind: 'office', reason: 'Diabetes, heart failure, memory', for: [diabetes, heart, hypertension] },
      (visit) => {
        visit.says('She is sleepy in the morning. Her mouth is dry. Her daughter asks which of the tablets are still needed.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.score('moca', 15);
        body.fix('hba1c', visit.now(), 6.6);
        body.fix('potassium', visit.now(), 5.2);
        visit.labs('hba1c', 'bmp', 'cbc', 'ntprobnp');
        visit.request('Medication review by the pharmacist', { to: 'bergeron', kind: 'Evaluation' });
        visit.plans('All twelve drugs are gone through with the pharmacist, the daughter and an interpreter; until then none is changed');
      },
    );
    for (const day of every(ago({ days: 20 }), ago({ days: 2 }), { days: 6 })) record.home('glucose-meter', day, '07:40');
    routineImmunizations(record, ago({ years: 10 }), 0.85);

    const safe = record.goal('No low blood sugar and no further fall', {
      start: ago({ months: 5 }),
      due: record.ahead({ months: 6 }),
      for: diabetes,
    });
    const home = record.goal('She stays in her own apartment', { start: ago({ months: 8 }), achievement: 'sustaining' });
    record.carePlan('Heart failure, diabetes and memory at 84', {
      start: ago({ months: 8 }),
      for: [heart, diabetes, hypertension],
      goals: [safe, home],
      activities: [
        'Daughter fills the pill box every week',
        'Weight twice a week; call if it rises by 2 kg in 3 days',
        'Russian interpreter at every visit and for every call',
        'Adult day center on three days a week',
      ],
    });
    record.careTeam(['lindgren', 'iyer', 'bergeron', 'mbeki'], ago({ months: 8 }));
    record.book({
      after: record.ahead({ days: 10 }),
      with: 'bergeron',
      reason: 'Medication review',
      note: 'Russian interpreter; daughter comes',
    });
    record.book({ after: record.ahead({ weeks: 3 }), with: 'iyer', reason: 'Heart failure, follow-up', note: 'Russian interpreter' });
  },
};
