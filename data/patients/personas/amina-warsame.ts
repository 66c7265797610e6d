import type { Persona } from '../generate.ts';
import { instant, minus, openDay } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/** Hours of the stay with the course of the illness: worse until the antibiotic and the fluids work, then better; a second rise on the last evening. */
const COURSE: readonly (readonly [
  hour: number,
  pulse: number,
  systolic: number,
  breaths: number,
  temperature: number,
  oxygen: number,
  liters: number,
])[] = [
  [0, 118, 94, 26, 39.2, 91, 0],
  [1, 121, 90, 27, 39.3, 93, 3],
  [2, 122, 87, 28, 39.4, 93, 3],
  [4, 114, 98, 26, 39.0, 94, 3],
  [6, 110, 101, 25, 38.7, 94, 3],
  [12, 104, 102, 22, 38.3, 95, 2],
  [18, 96, 110, 20, 37.9, 96, 2],
  [24, 90, 114, 18, 37.6, 96, 1],
  [30, 86, 118, 18, 37.3, 97, 0],
  [33, 92, 112, 20, 37.8, 95, 0],
  [36, 104, 104, 23, 38.4, 93, 0],
];

/** Glucose by meter at hours of the stay: before meals and at bedtime, mg/dL. */
const METER: Readonly<Record<number, number>> = { 3: 251, 8: 238, 12: 226, 22: 172, 27: 189, 32: 196, 36: 214 };

/** Sepsis from the urinary tract, on the ward now, with vital signs every hour. */
export const aminaWarsame: Persona = {
  id: 'amina-warsame',
  title: 'Sepsis on a ward with hourly vital signs',
  person: (asOf) => ({
    given: ['Amina', 'Hodan'],
    family: 'Warsame',
    sex: 'female',
    birthDate: minus(asOf, { years: 69, months: 2, days: 3 }),
    races: ['black'],
    hispanic: false,
    language: 'so',
    interpreter: true,
    marital: 'married',
    address: { line: '7 Orchard Terrace', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0186',
    contact: { name: 'Abdi Warsame', relation: 'son', phone: '413-555-0187' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body, random } = record;
    record.coverage('medicare', ago({ years: 4, months: 2 }));
    record.coverage('medicaid', ago({ years: 8 }));
    record.noKnownAllergies(ago({ years: 6 }));
    record.smoking('never', ago({ months: 7 }));
    record.family({ relation: 'mother', conditions: [['hypertension', 50]], diedAt: 81, recorded: ago({ years: 6 }) });
    record.family({ relation: 'brother', conditions: [['old-mi', 64]], recorded: ago({ months: 30 }) });
    body.set('height', ago({ years: 8 }), 160);
    body.set('weight', ago({ years: 8 }), 71);
    body.set('hba1c', ago({ years: 8 }), 7.2);
    body.set('hba1c', ago({}), 8.2);
    body.set('systolic', ago({ years: 8 }), 152);
    body.set('diastolic', ago({ years: 8 }), 86);
    body.set('egfr', ago({ years: 8 }), 82);
    body.set('egfr', ago({ months: 7 }), 66);
    body.set('ldl', ago({ years: 8 }), 138);

    // What she brought with her; both drugs are continued.
    const first = openDay(ago({ years: 6 }));
    const diabetes = record.problem('type-2-diabetes', ago({ years: 16 }).slice(0, 4), { recorded: first });
    const hypertension = record.problem('hypertension', ago({ years: 16 }).slice(0, 4), { recorded: first });
    const metformin = record.order('metformin-1000', { times: 2, when: 'meals' }, first, { for: diabetes });
    const lisinopril = record.order('lisinopril-20', {}, first, { for: hypertension });
    const atHome = [lisinopril];
    record.visit({ day: first, kind: 'office', reason: 'New to the clinic', for: [diabetes, hypertension] }, (visit) => {
      visit.says(
        'She moved here from Minneapolis. She has had diabetes and high blood pressure for about ten years.',
        'She takes metformin 1,000 mg twice daily and lisinopril 20 mg once daily, and has done so for years.',
      );
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
      visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
      visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
      visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
      visit.plans('Metformin and lisinopril are continued', 'A statin is advised; she wants to try with food first');
    });
    const reviews: readonly (readonly [months: number, words: string, plan: string])[] = [
      [54, 'She walks with her daughter-in-law every evening.', 'A statin is advised again; she does not want another tablet'],
      [42, 'She fasted in Ramadan and moved her tablets to the evening meal.', 'She will think about a statin'],
      [30, 'Her brother has had a heart attack. She wants to do more against one.', 'Lipids again next year'],
      [18, 'She takes all her tablets.', 'Nothing is changed'],
    ];
    for (const [months, words, plan] of reviews)
      record.visit(
        { day: ago({ months }), kind: 'checkup', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] },
        (visit) => {
          visit.says(words);
          if (months === 54) {
            body.fix('systolic', visit.now(), 146);
            body.fix('diastolic', visit.now(), 82);
          }
          visit.vitals();
          visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
          visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
          if (months !== 42) visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
          if (months === 54)
            atHome.push(visit.start('amlodipine-5', {}, { for: hypertension, because: 'blood pressure above 130/80 mmHg' }));
          if (months === 30) visit.start('atorvastatin-20', { when: 'evening' }, { for: diabetes, because: 'age above 40 with diabetes' });
          visit.plans(plan);
        },
      );
    record.visit({ day: openDay(ago({ years: 1, months: 2 })), kind: 'urgent', reason: 'Burning when passing urine' }, (visit) => {
      visit.says('It has burned for three days when she passes urine. She has no fever and no back pain.');
      visit.vitals('blood-pressure', 'heart-rate', 'temperature');
      visit.presence('urine-leukocyte-esterase', 'positive');
      visit.presence('urine-nitrite', 'positive');
      const infection = visit.diagnose('uti', { category: 'encounter-diagnosis', until: visit.day() });
      visit.start('nitrofurantoin-100', { times: 2, when: 'meals', days: 5 }, { for: infection });
    });
    record.visit(
      { day: ago({ months: 7 }), kind: 'checkup', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('She feels well.');
        visit.vitals();
        visit.labs('hba1c', 'cmp', 'cbc', 'lipids', 'uacr');
        visit.finds('Feet: skin intact, pulses good, monofilament felt everywhere');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.plans('Nothing is changed');
      },
    );
    routineImmunizations(record, ago({ years: 5 }));

    const admitted = ago({ days: 2 });
    record.visit(
      {
        day: admitted,
        time: '09:00',
        kind: 'inpatient',
        with: 'delacroix',
        ongoing: true,
        // The two notes of the stay are signed below; the last evening has none yet.
        quiet: true,
        reason: 'Fever, confusion and low blood pressure',
        for: [diabetes],
      },
      (visit) => {
        visit.says(
          'Her son brought her: since last night she has had shaking chills and fever, and this morning she was confused.',
          'She had burning when passing urine for four days.',
        );
        visit.finds('Tender over the right flank');
        visit.result('glasgow', 14);
        visit.result('lactate', 3.6);
        visit.result('procalcitonin', 18.4);
        visit.result('crp', 212);
        visit.result('wbc', 19.8);
        visit.result('neutrophils', 17.2);
        visit.result('hemoglobin', 11.9);
        visit.result('platelets', 141);
        visit.result('creatinine', 1.86);
        visit.result('egfr', 29);
        visit.result('potassium', 5.2);
        visit.result('sodium', 133);
        visit.result('bicarbonate', 18);
        visit.result('bilirubin', 1.1);
        visit.result('glucose', 268);
        visit.presence('urine-leukocyte-esterase', 'positive');
        visit.presence('urine-nitrite', 'positive');
        visit.report('Chest X-ray', 'Radiology', ['36643-5', 'XR Chest 2 Views'], 'No pneumonia. Normal heart size.');
        const sepsis = visit.diagnose('sepsis', { category: 'encounter-diagnosis', label: 'Sepsis, organism not yet known' });
        const kidney = visit.diagnose('pyelonephritis-acute', { category: 'encounter-diagnosis', site: 'Right kidney' });
        visit.diagnose('severe-sepsis', { category: 'encounter-diagnosis', note: 'Acute kidney injury and confusion' });
        visit.diagnose('aki', { category: 'encounter-diagnosis' });
        visit.plans('Two sets of blood cultures and a urine culture were taken before the antibiotic');
        visit.stop(metformin, 'acute kidney injury and raised lactate');
        for (const drug of atHome)
          visit.stop(drug, drug === lisinopril ? 'low blood pressure and acute kidney injury' : 'low blood pressure');
        visit.start('ceftriaxone', { amount: 2000, per: { hours: 24 } }, { for: [sepsis, kidney] });
        visit.start('saline', { amount: 2100, days: 1, note: 'Over the first three hours, 30 mL/kg' }, { for: sepsis });
        visit.start('saline', { amount: 1000, per: { hours: 8 }, note: 'After the first 2,100 mL' }, { for: sepsis });
        visit.plans(
          'Oxygen for a saturation of 94 % or more',
          'Norepinephrine if mean arterial pressure stays below 65 mmHg after the fluid',
        );
        visit.start('enoxaparin-40', {}, { because: 'prevention of venous thrombosis in hospital' });
        visit.start('glargine', { amount: 14, when: 'bedtime' }, { for: diabetes });
        visit.start(
          'lispro',
          { amount: 2, times: 4, asNeeded: 'glucose above 180 mg/dL', note: 'Before meals and at bedtime; 4 units above 230 mg/dL' },
          { for: diabetes },
        );
        visit.plans('Glucose by meter before meals and at bedtime');
        visit.at(admitted, '10:00');
        visit.sign();

        // Every hour, between the turning points of the course.
        const chance = random.of('ward');
        for (let hour = 0; hour <= 36; hour += 1) {
          const clock = 9 + hour;
          visit.at(Math.floor(clock / 24) === 0 ? admitted : ago({ days: 1 }), `${String(clock % 24).padStart(2, '0')}:00`);
          const after = COURSE.findIndex(([at]) => at >= hour);
          const [next, last] = [COURSE[after]!, COURSE[Math.max(0, after - 1)]!];
          const share = next[0] === last[0] ? 0 : (hour - last[0]) / (next[0] - last[0]);
          const between = (column: 1 | 2 | 3 | 4 | 5, scatter: number) =>
            last[column] + (next[column] - last[column]) * share + chance.normal(0, scatter);
          const systolic = Math.round(between(2, 2.5));
          visit.reading('blood-pressure', [systolic, Math.round(systolic * 0.58 + chance.normal(0, 2))]);
          visit.reading('heart-rate', Math.round(between(1, 2)));
          visit.reading('respiratory-rate', Math.round(between(3, 0.6)));
          visit.reading('temperature', Number(between(4, 0.1).toFixed(1)));
          visit.reading('spo2', Math.min(99, Math.round(between(5, 0.5))));
          visit.reading('oxygen-flow', share < 1 ? last[6] : next[6]);
          if (hour > 0 && hour % 4 === 0) visit.reading('glasgow', hour < 8 ? 14 : 15);
          if (hour % 6 === 0 && hour > 0) visit.reading('urine-output', hour < 12 ? 130 : 300 + chance.whole(-40, 60));
          const glucose = METER[hour];
          if (glucose !== undefined) visit.reading('glucose-meter', glucose);
          if (hour === 3) visit.reading('lactate', 2.6);
          if (hour === 7) visit.reading('lactate', 1.9);
          if (hour === 22)
            for (const [test, value] of [
              ['lactate', 1.4],
              ['creatinine', 1.48],
              ['egfr', 38],
              ['potassium', 4.6],
              ['sodium', 136],
              ['bicarbonate', 22],
              ['wbc', 15.1],
              ['hemoglobin', 11.2],
              ['crp', 176],
              ['platelets', 150],
            ] as const)
              visit.result(test, value);
          if (hour === 29) {
            for (const [code, label, found] of [
              [['600-7', 'Bacteria identified in Blood by Culture'], 'Blood culture', 'Escherichia coli in both sets'],
              [['630-4', 'Bacteria identified in Urine by Culture'], 'Urine culture', 'Escherichia coli, more than 100,000 CFU/mL'],
            ] as const) {
              const culture = visit.answer(code, `${found}; sensitivities to follow`, {
                slug: label.toLowerCase().replace(' ', '-'),
                label,
                profile: 'observation-lab',
                category: 'laboratory',
              });
              Object.assign(culture, { status: 'preliminary', effectiveDateTime: instant(admitted, '09:00'), issued: visit.now() });
            }
            visit.says('She is awake and knows where she is. The flank hurts less. She drinks, and eats half of her meals.');
            visit.resolve(sepsis, 'Escherichia coli was found', 'inactive');
            visit.diagnose('sepsis-e-coli', { category: 'encounter-diagnosis', onset: admitted });
            visit.plans(
              'Ceftriaxone 2,000 mg every 24 hours goes on until the sensitivities are known',
              'Gram-negative rods were seen in the blood culture after 14 hours, Escherichia coli was named after 29 hours',
              'Metformin, lisinopril and amlodipine stay stopped',
              'Kidney ultrasound is planned for tomorrow',
            );
            visit.sign();
          }
        }
      },
    );
    record.careTeam(['lindgren', 'delacroix', 'soto'], admitted);
    record.book({ after: record.ahead({ weeks: 2 }), with: 'lindgren', reason: 'After the hospital stay', note: 'Somali interpreter' });
  },
};
