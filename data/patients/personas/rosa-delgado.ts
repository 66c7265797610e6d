import type { Persona } from '../generate.ts';
import { minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

/** Type 2 diabetes for fourteen years, kidney disease that goes on, and a heart that failed two years ago. */
export const rosaDelgado: Persona = {
  id: 'rosa-delgado',
  title: 'Type 2 diabetes with kidney disease and heart failure',
  person: (asOf) => ({
    given: ['Rosa', 'María'],
    family: 'Delgado Núñez',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 67, months: 4, days: 11 }),
    races: ['white'],
    hispanic: true,
    language: 'es',
    interpreter: true,
    marital: 'widowed',
    address: { line: '118 Canal Street, Apt 3', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0123',
    contact: { name: 'Lucía Delgado', relation: 'daughter', phone: '413-555-0124' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('medicare', ago({ years: 2, months: 4 }));
    record.coverage('medicaid', ago({ years: 9 }));
    record.allergy('sulfamethoxazole', { reaction: 'rash', severity: 'mild', recorded: ago({ years: 11 }), onset: '2009' });
    record.family({
      relation: 'mother',
      conditions: [
        ['type-2-diabetes', 52],
        ['stroke', 70],
      ],
      diedAt: 74,
      recorded: ago({ years: 13 }),
    });
    record.family({ relation: 'brother', conditions: [['type-2-diabetes', 48]], recorded: ago({ years: 13 }) });
    record.procedure('cholecystectomy', ago({ years: 22 }));

    // Untreated, her glucose rises year by year and her kidneys lose 2 to 3 mL/min a year.
    body.set('height', ago({ years: 20 }), 157);
    body.set('weight', ago({ years: 14 }), 84);
    body.set('weight', ago({ years: 2, months: 3 }), 88);
    body.set('weight', ago({ years: 2, months: 1 }), 94);
    body.set('weight', ago({ years: 2 }), 89);
    body.set('hba1c', ago({ years: 14 }), 8.1);
    body.set('hba1c', ago({}), 10.6);
    body.set('systolic', ago({ years: 14 }), 150);
    body.set('systolic', ago({}), 160);
    body.set('diastolic', ago({ years: 14 }), 90);
    body.set('diastolic', ago({}), 86);
    body.set('ldl', ago({ years: 14 }), 148);
    body.set('triglycerides', ago({ years: 14 }), 190);
    body.set('hdl', ago({ years: 14 }), 43);
    body.set('egfr', ago({ years: 14 }), 84);
    body.set('egfr', ago({ years: 5 }), 61);
    body.set('egfr', ago({}), 42);
    body.set('uacr', ago({ years: 8 }), 14);
    body.set('uacr', ago({ years: 5 }), 160);
    body.set('uacr', ago({}), 480);
    body.set('potassium', ago({ years: 5 }), 4.4);
    body.set('hemoglobin', ago({ years: 6 }), 13.0);
    body.set('hemoglobin', ago({}), 11.4);
    body.set('lvef', ago({ years: 2, months: 1 }), 32);
    body.set('ntprobnp', ago({ years: 2, months: 3 }), 400);
    body.set('ntprobnp', ago({ years: 2, months: 1 }), 4200);
    body.set('ntprobnp', ago({ years: 2, weeks: 2 }), 2300);
    body.set('ntprobnp', ago({ years: 1 }), 1500);
    body.set('heart-rate', ago({ years: 2, months: 4 }), 80);
    body.set('heart-rate', ago({ years: 2, months: 1 }), 92);
    body.set('ferritin', ago({ years: 1 }), 38);
    body.set('iron-saturation', ago({ years: 1 }), 15);
    body.set('spo2', ago({ years: 2, months: 1 }), 96);

    // Diagnosis
    record.visit({ day: ago({ years: 14 }), kind: 'office', reason: 'Tired and thirsty for two months' }, (visit) => {
      visit.says('She has been tired and thirsty for two months and gets up three times a night to pass urine.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('hba1c', 'cmp', 'lipids');
    });
    record.problem('obesity', ago({ years: 14 }));
    const { diabetes, hypertension, metformin, lisinopril, atorvastatin } = record.visit(
      { day: ago({ years: 13, months: 11 }), kind: 'office', reason: 'Results of blood tests' },
      (visit) => {
        visit.says('She has seen the dietitian and walks for half an hour on most days.');
        visit.vitals();
        const diabetes = visit.diagnose('type-2-diabetes', { onset: ago({ years: 14 }) });
        const hypertension = visit.diagnose('hypertension', {
          icd10: [
            'I13.0',
            'Hypertensive heart and chronic kidney disease with heart failure and stage 1 through stage 4 chronic kidney disease, or unspecified chronic kidney disease',
          ],
        });
        const lipids = visit.diagnose('hyperlipidemia');
        visit.plans('Diabetes education in Spanish is arranged');
        return {
          diabetes,
          hypertension,
          metformin: visit.start('metformin-500', { times: 2, when: 'meals' }, { for: diabetes, supply: 90, refills: 3 }),
          lisinopril: visit.start('lisinopril-10', {}, { for: hypertension, supply: 90, refills: 3 }),
          atorvastatin: visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 }),
        };
      },
    );
    record.visit(
      { day: ago({ years: 13, months: 7 }), kind: 'office', reason: 'Follow-up of type 2 diabetes', for: [diabetes] },
      (visit) => {
        visit.vitals();
        visit.labs('hba1c', 'bmp', 'lipids');
        visit.change(metformin, { drug: 'metformin-1000', dosage: { times: 2, when: 'meals' } }, 'hemoglobin A1c above the goal of 7 %');
      },
    );

    // Years of follow-up
    const review = (day: string, said: string, plan: string, found: Readonly<Record<string, number>> = {}, more?: (visit: Visit) => void) =>
      record.visit(
        { day, kind: 'checkup', reason: 'Yearly review of diabetes and blood pressure', for: [diabetes, hypertension] },
        (visit) => {
          visit.says(said);
          for (const [test, value] of Object.entries(found)) body.fix(test, visit.now(), value);
          visit.vitals();
          visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
          visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
          visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
          more?.(visit);
          visit.plans(plan);
        },
      );
    review(ago({ years: 12 }), 'She feels well and walks to work.', 'She tries to eat less salt; blood pressure next year');
    review(
      ago({ years: 11 }),
      'She has a new job with night shifts and eats late.',
      'Dietitian again; blood pressure at the pharmacy once a month',
    );
    review(
      ago({ years: 10 }),
      'She takes all her tablets. At the pharmacy it was about 148/84 mmHg.',
      'Potassium in three weeks',
      { systolic: 150, diastolic: 88 },
      (visit) => visit.change(lisinopril, { drug: 'lisinopril-20' }, 'blood pressure above 140/90 mmHg'),
    );
    record.visit(
      {
        day: ago({ years: 9, months: 11, days: 8 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood test after more lisinopril',
        for: [hypertension],
      },
      (visit) => {
        visit.says('She has no cough and is not dizzy.');
        visit.vitals('blood-pressure');
        visit.labs('bmp');
        visit.plans('Lisinopril 20 mg goes on; the results were seen by Dr. Okafor');
      },
    );
    review(ago({ years: 9 }), 'Her husband died this year. She cooks little.', 'A social worker has called her; next visit in a year');
    review(ago({ years: 8 }), 'She lives with her daughter for now and walks again.', 'Hemoglobin A1c in six months');
    const glipizide = record.visit(
      { day: ago({ years: 7, months: 6 }), kind: 'office', reason: 'Follow-up of type 2 diabetes', for: [diabetes] },
      (visit) => {
        visit.says('She takes metformin every day. She eats late after her shifts.');
        visit.vitals();
        visit.labs('hba1c');
        return visit.start('glipizide-5', { when: 'morning' }, { for: diabetes, because: 'hemoglobin A1c above goal on metformin' });
      },
    );
    review(ago({ years: 7 }), 'She feels well.', 'Albumin in the urine is above 30 mg/g for the first time: again next year', { uacr: 38 });
    review(
      ago({ years: 6 }),
      'She feels well. She works fewer shifts.',
      'Albumin in the urine is above 30 mg/g again: a third sample in three months',
      { uacr: 71 },
    );

    // The kidneys
    record.visit({ day: ago({ years: 5, months: 9 }), kind: 'office', reason: 'Albumin in the urine', for: [diabetes] }, (visit) => {
      visit.says('She has no swelling and no trouble passing urine.');
      body.fix('systolic', visit.now(), 148);
      body.fix('diastolic', visit.now(), 82);
      visit.vitals();
      body.fix('uacr', visit.now(), 84);
      visit.labs('bmp', 'uacr', 'hba1c', 'cbc');
      visit.diagnose('diabetic-nephropathy', {
        icd10: ['E11.22', 'Type 2 diabetes mellitus with diabetic chronic kidney disease'],
      });
      visit.change(lisinopril, { drug: 'lisinopril-40' }, 'albumin in the urine, blood pressure above 130/80 mmHg');
      visit.plans('Potassium and creatinine in three weeks');
    });
    record.visit(
      {
        day: ago({ years: 5, months: 8, days: 9 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood test after more lisinopril',
        for: [hypertension],
      },
      (visit) => {
        visit.says('She is not dizzy.');
        visit.vitals('blood-pressure');
        visit.labs('bmp');
        visit.plans('Lisinopril 40 mg goes on; the results were seen by Dr. Okafor');
      },
    );
    review(ago({ years: 5 }), 'She feels well.', 'Next visit in six months');
    record.visit(
      { day: ago({ years: 4, months: 2 }), kind: 'urgent', reason: 'Shaking and sweating in the afternoon', for: [diabetes] },
      (visit) => {
        visit.says('She shook and sweated at four in the afternoon after a missed lunch. Juice helped within ten minutes.');
        visit.vitals();
        visit.result('glucose-meter', 58);
        visit.diagnose('hypoglycemia', { category: 'encounter-diagnosis', until: visit.day() });
        visit.stop(glipizide, 'low blood sugar');
      },
    );
    const { stage3a, dulaglutide } = record.visit(
      { day: ago({ years: 3, months: 9 }), kind: 'office', reason: 'Kidney function and diabetes', for: [diabetes] },
      (visit) => {
        visit.says('She has had no low blood sugar since glipizide was stopped. She measures 200 mg/dL after meals.');
        body.fix('systolic', visit.now(), 144);
        body.fix('diastolic', visit.now(), 82);
        visit.vitals();
        visit.labs('bmp', 'uacr', 'hba1c');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
        const stage3a = visit.diagnose('ckd-3a');
        visit.request('Referral to nephrology', { to: 'novak', for: stage3a, status: 'completed' });
        visit.start('amlodipine-5', {}, { for: hypertension, because: 'blood pressure above 130/80 mmHg' });
        const dulaglutide = visit.start(
          'dulaglutide-0.75',
          { amount: 0.75, per: 'week' },
          { for: diabetes, because: 'hemoglobin A1c above goal' },
        );
        return { stage3a, dulaglutide };
      },
    );
    record.visit(
      { day: ago({ years: 3, months: 7 }), kind: 'telephone', reason: 'Vomiting after the injections', for: [diabetes] },
      (visit) => {
        visit.says('She vomited for two days after each of the last four injections and has lost her appetite. She wants no more of them.');
        visit.stop(dulaglutide, 'vomiting');
        visit.plans('Another drug of the kind in a lower dose, or insulin, is talked about at the next visit');
      },
    );
    record.visit(
      { day: ago({ years: 3, months: 6 }), kind: 'specialist', with: 'novak', reason: 'Kidney disease with diabetes', for: [stage3a] },
      (visit) => {
        visit.says('She has no swelling and no trouble passing urine.');
        visit.vitals();
        visit.labs('renal', 'uacr', 'cbc', 'pth', 'vitamin-d');
        visit.plans('An SGLT2 inhibitor is proposed to Dr. Okafor', 'Ibuprofen and other anti-inflammatory drugs are to be avoided');
      },
    );

    // The heart
    const edema = ago({ years: 2, months: 1 });
    const { heart, furosemide, carvedilol } = record.visit(
      {
        day: edema,
        time: '08:30',
        until: plus(edema, { days: 4 }),
        kind: 'inpatient',
        with: 'delacroix',
        reason: 'Short of breath, swollen legs',
      },
      (visit) => {
        visit.says(
          'Over two weeks she became short of breath on the stairs and slept on three pillows. Both legs were swollen to the knee.',
        );
        body.fix('weight', visit.now(), 93.6);
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.result('respiratory-rate', 26);
        visit.result('spo2', 92);
        visit.labs('bmp', 'cbc', 'ntprobnp');
        visit.result('troponin', 21);
        visit.sign();
        visit.at(edema, '14:00');
        visit.says('She still breathes fast at rest.');
        visit.result('troponin', 22);
        visit.report('Chest X-ray', 'Radiology', ['36643-5', 'XR Chest 2 Views'], 'Enlarged heart with fluid in both lungs. No pneumonia.');
        visit.perform('echo', { outcome: 'Left ventricular ejection fraction 32 %' });
        visit.result('lvef', 32);
        visit.diagnose('hfref', {
          category: 'encounter-diagnosis',
          label: 'Acute heart failure with reduced ejection fraction',
          icd10: ['I50.21', 'Acute systolic (congestive) heart failure'],
          until: plus(edema, { days: 4 }),
        });
        const heart = visit.diagnose('hfref');
        const drip = visit.start('furosemide-iv', { amount: 40, times: 2 }, { for: heart });
        const carvedilol = visit.start('carvedilol-3', { times: 2, when: 'meals' }, { for: heart });
        visit.sign();
        visit.at(plus(edema, { days: 2 }), '07:00');
        visit.says('She slept on one pillow. The legs are still swollen at the ankles.');
        visit.labs('bmp');
        body.fix('weight', visit.now(), 91.2);
        visit.vitals();
        visit.sign();
        visit.at(plus(edema, { days: 3 }), '10:00');
        visit.report(
          'Coronary angiography',
          'Cardiology',
          ['18745-0', 'Cardiac catheterization study'],
          'Plaques in all vessels, none narrowing by more than 30 %. The heart failure is not explained by them.',
        );
        visit.stop(drip, 'the lungs are free; changed to tablets');
        const furosemide = visit.start('furosemide-40', { when: 'morning' }, { for: heart });
        visit.sign();
        visit.at(plus(edema, { days: 4 }), '08:00');
        visit.says('She walks in the corridor without stopping and goes home today.');
        body.fix('weight', visit.now(), 88.9);
        visit.vitals();
        visit.result('spo2', 96);
        visit.plans('She weighs herself every morning and calls if she gains 2 kg in 3 days');
        return { heart, furosemide, carvedilol };
      },
    );
    record.visit(
      { day: plus(edema, { days: 12 }), kind: 'specialist', with: 'iyer', reason: 'After a hospital stay for heart failure', for: [heart] },
      (visit) => {
        visit.says('She can climb one flight of stairs. The swelling is gone.');
        body.fix('heart-rate', visit.now(), 82);
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.labs('bmp', 'ntprobnp');
        visit.start('empagliflozin-10', { when: 'morning' }, { for: [heart, diabetes], because: 'heart failure and kidney disease' });
        visit.change(carvedilol, { drug: 'carvedilol-6' }, 'heart rate still above 70/min');
      },
    );
    const arni = record.visit(
      { day: ago({ years: 1, months: 10 }), kind: 'specialist', with: 'iyer', reason: 'Heart failure, treatment step', for: [heart] },
      (visit) => {
        visit.says('She has had a dry cough for two months.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        body.fix('creatinine', visit.now(), 1.36);
        visit.labs('bmp');
        visit.stop(lisinopril, 'dry cough; changed to sacubitril/valsartan');
        visit.plans(
          'The first tablet of sacubitril/valsartan is taken 36 hours after the last lisinopril',
          'Potassium and creatinine in two weeks; spironolactone is put off until then',
          'Dr. Okafor is asked to lower metformin: eGFR is below 45 mL/min/1.73 m2',
        );
        return visit.start('sacubitril-valsartan-24', { times: 2 }, { for: heart, because: 'ejection fraction below 40 %' });
      },
    );
    record.allergy('lisinopril', {
      reaction: 'cough',
      type: 'intolerance',
      recorded: ago({ years: 1, months: 10 }),
      note: 'Cough stopped after lisinopril was stopped.',
    });
    record.visit(
      {
        day: ago({ years: 1, months: 9, days: 15 }),
        kind: 'office',
        reason: 'Blood test after a new heart drug; diabetes',
        for: [heart, diabetes],
      },
      (visit) => {
        visit.says('The cough is better. She is not dizzy.');
        visit.vitals();
        visit.labs('bmp', 'hba1c', 'uacr');
        visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
        visit.change(
          metformin,
          { drug: 'metformin-500', dosage: { times: 2, when: 'meals' } },
          'eGFR below 45 mL/min/1.73 m2 two weeks ago',
        );
        visit.plans(
          'Insulin before breakfast and supper was explained; she is afraid of it, since her mother lost a leg in its first year',
        );
      },
    );
    record.visit(
      { day: ago({ years: 1, months: 4 }), kind: 'specialist', with: 'iyer', reason: 'Heart failure, treatment step', for: [heart] },
      (visit) => {
        visit.says('She is no longer short of breath on the stairs.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.labs('bmp', 'ntprobnp');
        visit.change(arni, { drug: 'sacubitril-valsartan-49' }, 'blood pressure allows the next dose');
        visit.change(carvedilol, { drug: 'carvedilol-12' }, 'heart rate allows the next dose');
        visit.change(furosemide, { drug: 'furosemide-20' }, 'no swelling');
      },
    );

    const kidney = record.visit(
      { day: ago({ years: 1, months: 3 }), kind: 'office', reason: 'Kidney function', for: [diabetes, stage3a] },
      (visit) => {
        visit.says('She has no swelling. She weighs herself every morning.');
        visit.vitals();
        body.fix('creatinine', visit.now(), 1.37);
        visit.labs('bmp', 'uacr');
        visit.resolve(stage3a, 'Now stage 3b', 'inactive');
        return visit.diagnose('ckd-3b');
      },
    );
    record.visit(
      { day: ago({ years: 1 }), kind: 'specialist', with: 'iyer', reason: 'Heart failure, yearly review', for: [heart] },
      (visit) => {
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.labs('bmp', 'ntprobnp');
        visit.perform('echo', { outcome: 'Left ventricular ejection fraction improved' });
        visit.result('lvef', 41);
        visit.change(carvedilol, { drug: 'carvedilol-25' }, 'heart rate and blood pressure allow the next dose');
        visit.plans('Spironolactone is taken up at the next visit, if potassium stays below 5 mmol/L');
      },
    );

    // The last year
    record.visit(
      { day: ago({ months: 9 }), kind: 'office', reason: 'Follow-up of diabetes and kidney disease', for: [diabetes, kidney] },
      (visit) => {
        visit.says('She checks her sugar before breakfast: 160 to 190 mg/dL. She does not want to inject.');
        visit.vitals();
        visit.labs('hba1c', 'bmp', 'uacr', 'cbc', 'lipids');
        visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
        visit.plans(
          'Basal insulin is advised; she wants to speak with her daughter first',
          'The retinal examination is overdue; a date is made',
        );
        visit.change(atorvastatin, { drug: 'atorvastatin-40' }, 'LDL cholesterol above the goal of 70 mg/dL');
      },
    );
    record.missed({
      day: ago({ months: 6 }),
      with: 'novak',
      reason: 'Kidney disease, follow-up',
      outcome: 'noshow',
      why: 'No interpreter was told of the new time',
    });
    record.missed({
      day: ago({ months: 6, days: 3 }),
      with: 'iyer',
      reason: 'Heart failure, follow-up',
      outcome: 'cancelled',
      by: 'patient',
      why: 'She was with her sister, who was ill',
    });
    record.visit(
      { day: ago({ months: 5 }), kind: 'specialist', with: 'novak', reason: 'Kidney disease, follow-up', for: [kidney] },
      (visit) => {
        visit.says('She takes all her tablets. She has no swelling.');
        visit.vitals();
        visit.labs('renal', 'uacr', 'cbc', 'ferritin', 'iron-saturation');
        const anemia = visit.diagnose('anemia-ckd');
        visit.start('ferrous-sulfate-325', { per: { days: 2 } }, { for: anemia, because: 'low iron stores' });
      },
    );
    record.visit(
      {
        day: ago({ weeks: 7 }),
        kind: 'office',
        reason: 'Follow-up of diabetes, heart failure and kidney disease',
        for: [diabetes, heart, kidney],
      },
      (visit) => {
        visit.says('She feels well and sleeps on one pillow.', 'She has no chest pain.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.labs('hba1c', 'bmp', 'cbc');
        visit.perform('retinal-exam', { outcome: 'Mild nonproliferative retinopathy in the right eye, none in the left' });
        visit.diagnose('diabetic-retinopathy', {
          label: 'Mild nonproliferative diabetic retinopathy',
          severity: 'Mild',
          site: 'Right eye',
          icd10: ['E11.3291', 'Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy without macular edema, right eye'],
        });
        visit.request('Referral to diabetes education', {
          kind: 'Education',
          for: diabetes,
          note: 'Insulin pens to be shown in Spanish, with her daughter',
        });
        visit.plans('She now agrees to try basal insulin once she has been shown the pen; it is begun at the next visit');
      },
    );
    routineImmunizations(record, ago({ years: 9 }));
    record.smoking('never', ago({ months: 9 }));

    const sugar = record.goal('Hemoglobin A1c below 7.5 %', {
      start: ago({ months: 9 }),
      due: record.ahead({ months: 3 }),
      target: { test: 'hba1c', below: 7.5 },
      for: diabetes,
    });
    const weight = record.goal('Weight stable within 2 kg', { start: edema, for: heart, achievement: 'sustaining' });
    record.carePlan('Diabetes, heart failure and kidney disease', {
      start: edema,
      for: [diabetes, heart, kidney],
      goals: [sugar, weight],
      activities: [
        'Weigh every morning',
        'Kidney function and potassium every three months',
        'Retinal examination every year',
        'No anti-inflammatory pain drugs',
      ],
    });
    record.careTeam(['okafor', 'iyer', 'novak', 'mbeki'], edema);
    record.book({ after: record.ahead({ weeks: 3 }), with: 'iyer', reason: 'Heart failure, follow-up' });
    record.book({ after: record.ahead({ weeks: 5 }), with: 'okafor', reason: 'Diabetes follow-up', note: 'Spanish interpreter' });
  },
};
