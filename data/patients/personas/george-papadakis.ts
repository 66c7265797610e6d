import type { Persona } from '../generate.ts';
import { type Day, daysFrom, every, minus, openDay, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

/** Days of readings, and the day among them on which prednisone began. */
const DAYS = 90;
const STEROID = 60;

/**
 * Glucose and blood pressure at home, twice a day for 90 days: steady until prednisone and ibuprofen for stiff shoulders, then worse week by
 * week. Nobody has looked at the readings since; the nurse's call is booked and has not happened.
 */
export const georgePapadakis: Persona = {
  id: 'george-papadakis',
  title: 'Home glucose and blood-pressure readings for 90 days with a deterioration',
  person: (asOf) => ({
    given: ['George'],
    family: 'Papadakis',
    ownScript: { given: 'Γιώργος', family: 'Παπαδάκης' },
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 63, months: 3, days: 25 }),
    races: ['white'],
    hispanic: false,
    language: 'el',
    marital: 'divorced',
    address: { line: '4 Depot Square', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0148',
    contact: { name: 'Eleni Papadakis', relation: 'daughter', phone: '413-555-0149' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body, asOf } = record;
    const first = minus(asOf, { days: DAYS });
    const steroid = plus(first, { days: STEROID });
    record.coverage('health connector', ago({ years: 8 }));
    record.allergy('simvastatin', { reaction: 'rash', severity: 'mild', type: 'intolerance', recorded: ago({ years: 8 }), onset: '2018' });
    record.family({
      relation: 'father',
      conditions: [
        ['type-2-diabetes', 60],
        ['old-mi', 66],
      ],
      diedAt: 71,
      recorded: ago({ years: 8 }),
    });
    record.family({ relation: 'mother', conditions: [['hypertension', 50]], recorded: ago({ years: 8 }) });

    body.set('height', ago({ years: 8 }), 171);
    body.set('weight', ago({ years: 8 }), 92);
    body.set('weight', steroid, 93);
    body.set('weight', asOf, 96);
    body.set('hba1c', ago({ years: 8 }), 8.0);
    body.set('hba1c', steroid, 8.7);
    body.set('systolic', ago({ years: 8 }), 158);
    body.set('systolic', steroid, 155);
    body.set('systolic', plus(steroid, { days: 7 }), 167);
    body.set('systolic', asOf, 178);
    body.set('diastolic', ago({ years: 8 }), 94);
    body.set('diastolic', steroid, 93);
    body.set('diastolic', plus(steroid, { days: 7 }), 99);
    body.set('diastolic', asOf, 104);
    body.set('ldl', ago({ years: 8 }), 148);
    body.set('egfr', ago({ years: 8 }), 86);
    body.set('egfr', asOf, 74);
    body.set('uacr', ago({ years: 8 }), 14);
    body.set('uacr', asOf, 24);
    body.set('esr', steroid, 64);
    record.smoking('former', ago({ years: 8 }));

    const { diabetes, hypertension, lipids, metformin, lisinopril } = record.visit(
      { day: ago({ years: 8 }), kind: 'checkup', reason: 'New patient, check-up' },
      (visit) => {
        visit.says(
          'He cooks in a diner, works late and eats at midnight. He stopped smoking at 40.',
          'Simvastatin from another clinic gave him an itching rash this spring, which went away without it.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
        const diabetes = visit.diagnose('type-2-diabetes');
        const hypertension = visit.diagnose('hypertension');
        const lipids = visit.diagnose('hyperlipidemia');
        visit.finds('Both feet: monofilament felt, pulses present, skin whole');
        visit.plans('Another statin is advised; after the rash he wants to wait');
        visit.answer(['11341-5', 'History of Occupation'], 'Cook', {
          profile: 'observation-occupation',
          category: 'social-history',
          label: 'Occupation',
        });
        return {
          diabetes,
          hypertension,
          lipids,
          metformin: visit.start('metformin-500', { times: 2, when: 'meals' }, { for: diabetes, supply: 90, refills: 3 }),
          lisinopril: visit.start('lisinopril-10', {}, { for: hypertension, supply: 90, refills: 3 }),
        };
      },
    );
    record.visit(
      { day: ago({ years: 7, months: 11 }), kind: 'office', reason: 'New tablets, check', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('His stomach was upset for a week and is well now.');
        body.fix('systolic', visit.now(), 146);
        body.fix('diastolic', visit.now(), 92);
        visit.vitals();
        visit.labs('bmp');
        visit.change(metformin, { drug: 'metformin-1000', dosage: { times: 2, when: 'meals' } }, 'tolerated, next dose');
        visit.change(lisinopril, { drug: 'lisinopril-20' }, 'blood pressure above 130/80 mmHg');
      },
    );
    record.visit(
      { day: ago({ years: 7, months: 8 }), kind: 'office', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('He eats before his shift now.');
        visit.vitals();
        visit.labs('hba1c', 'bmp');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.immunize('hepatitis-b-heplisav');
      },
    );
    record.visit({ day: ago({ years: 7 }), kind: 'office', reason: 'Diabetes and cholesterol', for: [diabetes, lipids] }, (visit) => {
      visit.says('He is ready to try another statin.');
      body.fix('systolic', visit.now(), 148);
      body.fix('diastolic', visit.now(), 88);
      visit.vitals();
      visit.labs('hba1c', 'lipids', 'bmp', 'uacr');
      visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 });
      visit.immunize('hepatitis-b-heplisav');
      visit.plans('He calls if the rash comes back', 'Blood pressure is above goal; he wants to try with less salt until the next visit');
    });
    /** Between the yearly reviews. */
    const halfway = (
      day: Day,
      told: string,
      work: (visit: Visit) => void = () => undefined,
      found: Readonly<Record<string, number>> = {},
    ) =>
      record.visit({ day, kind: 'office', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] }, (visit) => {
        visit.says(told);
        for (const [test, value] of Object.entries(found)) body.fix(test, visit.now(), value);
        visit.vitals();
        visit.labs('hba1c', 'bmp');
        work(visit);
      });
    const feet = (visit: Visit) => visit.finds('Both feet: monofilament felt, pulses present, skin whole');
    const stronger = (visit: Visit) => {
      visit.labs('lipids', 'alt');
      visit.change(lisinopril, { drug: 'lisinopril-40' }, 'blood pressure above 130/80 mmHg');
    };
    halfway(ago({ years: 6, months: 9 }), 'No rash on atorvastatin. He has tried to salt less.', stronger, {
      systolic: 150,
      diastolic: 88,
    });
    record.visit(
      { day: ago({ years: 6, months: 8 }), kind: 'nurse', with: 'mbeki', reason: 'Blood test after the higher dose of lisinopril' },
      (visit) => {
        visit.vitals('blood-pressure');
        visit.labs('bmp');
      },
    );
    record.visit({ day: ago({ years: 6 }), kind: 'video', reason: 'Diabetes, by video', for: [diabetes, hypertension] }, (visit) => {
      visit.says(
        'The diner does take-out only and he works half his hours. He takes his tablets and does not want to come in before he is vaccinated.',
      );
      visit.plans('Blood tests and eyes when he comes in again');
    });
    record.procedure('colonoscopy', ago({ years: 6, months: 2 }), { outcome: 'No polyp; again in ten years' });
    halfway(
      ago({ years: 5, months: 5 }),
      'He is vaccinated and works full shifts again. He has had no blood pressure taken for a year.',
      (visit) => visit.plans('Salt is talked over; blood pressure again at the yearly review'),
    );
    record.visit({ day: ago({ years: 5 }), kind: 'checkup', reason: 'Yearly review', for: [diabetes, hypertension] }, (visit) => {
      visit.vitals();
      feet(visit);
      visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
      visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
      visit.start('amlodipine-5', {}, { for: hypertension, because: 'two drugs are needed', supply: 90, refills: 3 });
    });
    record.visit(
      { day: ago({ years: 4, months: 11 }), kind: 'nurse', with: 'mbeki', reason: 'Blood pressure and blood test', for: [hypertension] },
      (visit) => {
        visit.says('He takes both tablets in the morning.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.labs('bmp');
      },
    );
    halfway(ago({ years: 4, months: 6 }), 'He walks to work.', (visit) => visit.immunize('pcv20'));
    halfway(ago({ years: 4 }), 'He was at his daughter’s wedding and has eaten well.', (visit) => {
      visit.labs('lipids', 'uacr');
      feet(visit);
    });
    halfway(ago({ years: 3, months: 6 }), 'His eye doctor in the city saw no retinopathy in February.');
    record.visit({ day: ago({ years: 3 }), kind: 'checkup', reason: 'Yearly review', for: [diabetes, hypertension] }, (visit) => {
      visit.says('His left knee hurts after long shifts.');
      visit.vitals();
      feet(visit);
      visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
      visit.diagnose('osteoarthritis-knee', {
        site: 'Left knee',
        label: 'Osteoarthritis of the left knee',
        icd10: ['M17.12', 'Unilateral primary osteoarthritis, left knee'],
      });
      visit.start(
        'empagliflozin-10',
        { when: 'morning' },
        { for: diabetes, because: 'hemoglobin A1c above goal on metformin', supply: 90, refills: 3 },
      );
      visit.plans('Acetaminophen for the knee; anti-inflammatory drugs raise the blood pressure');
    });
    halfway(ago({ years: 2, months: 8 }), 'No trouble with empagliflozin. The knee is better with acetaminophen.');
    halfway(ago({ years: 2, months: 1 }), 'He takes his tablets.');
    record.visit(
      { day: ago({ years: 1, months: 6 }), kind: 'checkup', reason: 'Yearly review', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('He has cut his shifts to four a week.');
        visit.vitals();
        feet(visit);
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.score('phq2', 1, 'negative');
      },
    );
    halfway(ago({ years: 1 }), 'He feels well.');
    record.missed({
      day: ago({ months: 7 }),
      with: 'lindgren',
      reason: 'Diabetes follow-up',
      outcome: 'noshow',
      why: 'Double shift at work',
    });

    // Readings from home
    const start = minus(first, { days: 3 });
    record.visit(
      { day: start, kind: 'office', reason: 'Diabetes and blood pressure, start of readings at home', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('He takes his tablets every day. He wants to see his numbers himself.');
        visit.vitals();
        visit.labs('hba1c', 'bmp', 'uacr');
        visit.plans(
          'Glucose and blood pressure at home every morning and evening, sent by telephone',
          'The nurse looks at the readings and calls',
        );
      },
    );
    const meter = record.reference(record.device({ name: 'Home glucose meter', since: start, why: diabetes }));
    const cuff = record.reference(record.device({ name: 'Home blood pressure monitor', since: start, why: hypertension }));
    const chance = record.random.of('home');
    /** mg/dL before breakfast and before the evening meal; prednisone in the morning raises the evening more. */
    const glucose = (day: Day, evening: boolean): number => {
      const under = Math.max(0, daysFrom(steroid, day));
      const share = Math.min(1, under / 6);
      const level = evening ? 139 + share * 82 + under * 1.3 : 127 + share * 26 + under * 1.0;
      return Math.round(level * (1 + chance.of(`${day}/${evening}`).normal(0, 0.08)));
    };
    const slipped = plus(first, { days: 37 });
    const away = [plus(first, { days: 21 }), plus(first, { days: 24 })] as const;
    const readings = (from: Day, to: Day) => {
      for (const day of every(from, to, { days: 1 })) {
        if (day >= away[0] && day <= away[1]) continue;
        for (const [time, evening] of [
          ['06:50', false],
          ['18:10', true],
        ] as const) {
          const draw = chance.of(`missed/${day}/${time}`);
          if (day !== slipped && draw.chance(0.07)) continue;
          if (day === slipped && evening) {
            const wrong = record.home('blood-pressure', day, time, cuff, [74, 51]);
            wrong.note = [
              { text: 'Measured at home by the patient. The cuff slipped off: not a true value, measured again ten minutes later.' },
            ];
            record.home('blood-pressure', day, '18:20', cuff);
          } else record.home('blood-pressure', day, time, cuff);
          if (!draw.of('glucose').chance(0.06)) record.home('glucose-meter', day, time, meter, glucose(day, evening));
        }
      }
    };
    readings(first, plus(first, { days: 33 }));
    record.visit(
      {
        day: openDay(plus(first, { days: 34 })),
        kind: 'telephone',
        with: 'mbeki',
        reason: 'Readings from home, five weeks',
        for: [diabetes, hypertension],
      },
      (visit) => {
        visit.says('He feels well. He was away for four days without the devices.');
        visit.finds('Readings steady: blood pressure near 130/80 mmHg, glucose before breakfast near 130 mg/dL');
        visit.plans('Goes on as it is; next call in eight weeks');
      },
    );
    readings(plus(first, { days: 34 }), minus(steroid, { days: 1 }));
    const polymyalgia = record.visit(
      { day: steroid, kind: 'urgent', with: 'tran', reason: 'Stiff, painful shoulders and hips for three weeks' },
      (visit) => {
        visit.says(
          'He cannot lift pots in the morning. Stiffness lasts two hours. He has no headache, no jaw pain and sees clearly. He did not say what he takes for the pain.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'temperature', 'weight');
        visit.labs('esr', 'cbc', 'creatinine', 'egfr');
        visit.result('crp', 38);
        visit.finds('Both shoulders cannot be raised above 90 degrees for pain; strength normal; arteries of the temples soft');
        const polymyalgia = visit.diagnose('polymyalgia');
        visit.start('prednisone-20', { when: 'morning' }, { for: polymyalgia, supply: 30, refills: 1 });
        visit.start('calcium-vit-d', { times: 2, when: 'meals' }, { because: 'to protect the bones under prednisone' });
        visit.plans(
          'Visit in four to five weeks; the dose goes down when he is well',
          'Prednisone raises glucose: he goes on measuring and calls when it is above 250 mg/dL twice',
          'Headache, pain when chewing or a change of sight: emergency department at once',
        );
        return polymyalgia;
      },
    );
    readings(steroid, plus(steroid, { days: 8 }));
    const call = openDay(plus(steroid, { days: 9 }));
    record.visit({ day: call, kind: 'telephone', with: 'tran', reason: 'How prednisone works', for: [polymyalgia] }, (visit) => {
      visit.says(
        'His shoulders were free after two days. He sleeps badly and is hungry. Asked about other tablets, he says that he takes ibuprofen from the store.',
      );
      visit.plans(
        'Prednisone stays at 20 mg until the visit; ibuprofen is to be talked over then',
        'The readings from home were not looked at in this call',
      );
    });
    record.takes(
      'ibuprofen-200',
      plus(first, { days: 54 }),
      'Two to three tablets three times a day for his shoulders, bought at the store',
      { told: call },
    );
    readings(plus(steroid, { days: 9 }), minus(asOf, { days: 1 }));

    routineImmunizations(record, ago({ years: 8 }));
    record.smoking('former', ago({ years: 1, months: 6 }));
    const pressure = record.goal('Blood pressure below 130/80 mmHg at home', {
      start,
      target: { test: 'systolic', below: 130 },
      for: hypertension,
    });
    const sugar = record.goal('Glucose before breakfast below 130 mg/dL', {
      start,
      target: { test: 'glucose-meter', below: 130 },
      for: diabetes,
    });
    record.carePlan('Readings at home', {
      start,
      for: [diabetes, hypertension],
      goals: [pressure, sugar],
      activities: [
        'Glucose before breakfast and before the evening meal',
        'Blood pressure morning and evening, seated, after five minutes of rest',
        'Call the clinic: glucose above 250 mg/dL twice, blood pressure above 160/100 mmHg twice',
      ],
    });
    record.careTeam(['lindgren', 'tran', 'mbeki'], start);
    record.book({ after: record.ahead({ days: 2 }), with: 'mbeki', reason: 'Telephone call: readings from home' });
    record.book({ after: record.ahead({ weeks: 1 }), with: 'tran', reason: 'Polymyalgia, dose of prednisone' });
  },
};
