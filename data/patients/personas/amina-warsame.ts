import type { Persona } from '../generate.ts';
import { minus } from '../generator/calendar.ts';
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
  [3, 122, 88, 28, 39.4, 92, 3],
  [6, 116, 92, 26, 38.9, 93, 3],
  [12, 104, 102, 22, 38.3, 95, 2],
  [18, 96, 110, 20, 37.9, 96, 2],
  [24, 90, 114, 18, 37.6, 96, 1],
  [30, 86, 118, 18, 37.3, 97, 0],
  [33, 92, 112, 20, 37.8, 95, 0],
  [36, 104, 104, 23, 38.4, 93, 0],
];

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
    body.set('height', ago({ years: 8 }), 160);
    body.set('weight', ago({ years: 8 }), 71);
    body.set('hba1c', ago({ years: 8 }), 7.2);
    body.set('hba1c', ago({}), 8.2);
    body.set('systolic', ago({ years: 8 }), 152);
    body.set('diastolic', ago({ years: 8 }), 86);
    body.set('egfr', ago({ years: 8 }), 82);
    body.set('egfr', ago({ months: 7 }), 66);
    body.set('ldl', ago({ years: 8 }), 138);

    const { diabetes, hypertension, metformin, lisinopril } = record.visit(
      { day: ago({ years: 6 }), kind: 'office', reason: 'New to the clinic' },
      (visit) => {
        visit.says('She moved here from Minneapolis. She has had diabetes and high blood pressure for about ten years.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
        visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
        const diabetes = visit.diagnose('type-2-diabetes', { onset: ago({ years: 10 }) });
        const hypertension = visit.diagnose('hypertension', { onset: ago({ years: 10 }) });
        return {
          diabetes,
          hypertension,
          metformin: visit.start('metformin-1000', { times: 2, when: 'meals' }, { for: diabetes }),
          lisinopril: visit.start('lisinopril-20', {}, { for: hypertension }),
        };
      },
    );
    for (const months of [54, 42, 30, 18])
      record.visit(
        { day: ago({ months }), kind: 'checkup', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] },
        (visit) => {
          visit.vitals();
          visit.labs('hba1c', 'bmp', 'lipids');
        },
      );
    record.visit({ day: ago({ years: 1, months: 2 }), kind: 'urgent', reason: 'Burning when passing urine' }, (visit) => {
      visit.says('It has burned for three days when she passes urine. She has no fever and no back pain.');
      visit.vitals('blood-pressure', 'heart-rate', 'temperature');
      const infection = visit.diagnose('uti', { category: 'encounter-diagnosis', until: visit.day() });
      visit.start('nitrofurantoin-100', { times: 2, when: 'meals', days: 5 }, { for: infection });
    });
    record.visit(
      { day: ago({ months: 7 }), kind: 'checkup', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] },
      (visit) => {
        visit.says('She feels well.');
        visit.vitals();
        visit.labs('hba1c', 'cmp', 'cbc', 'uacr');
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
        visit.report('Chest X-ray', 'Radiology', ['36643-5', 'XR Chest 2 Views'], 'No pneumonia. Normal heart size.');
        const sepsis = visit.diagnose('sepsis-e-coli', { category: 'encounter-diagnosis' });
        visit.diagnose('pyelonephritis', { category: 'encounter-diagnosis', site: 'Right kidney' });
        visit.diagnose('aki', { category: 'encounter-diagnosis' });
        visit.stop(metformin, 'acute kidney injury and raised lactate');
        visit.stop(lisinopril, 'low blood pressure and acute kidney injury');
        visit.start('ceftriaxone', { amount: 2000, per: { hours: 24 } }, { for: sepsis });
        visit.start('saline', { amount: 1000, per: { hours: 8 } }, { for: sepsis });
        visit.start('enoxaparin-40', {}, { because: 'prevention of venous thrombosis in hospital' });
        visit.start('glargine', { amount: 14, when: 'bedtime' }, { for: diabetes });

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
          if (hour % 4 === 0) visit.reading('glasgow', hour < 8 ? 14 : 15);
          if (hour % 6 === 0 && hour > 0) visit.reading('urine-output', hour < 12 ? 130 : 300 + chance.whole(-40, 60));
          if (hour === 6) visit.reading('lactate', 2.4);
          if (hour === 22) {
            for (const [test, value] of [
              ['lactate', 1.4],
              ['creatinine', 1.48],
              ['egfr', 38],
              ['potassium', 4.6],
              ['wbc', 15.1],
              ['crp', 176],
              ['platelets', 150],
            ] as const)
              visit.reading(test, value);
            visit.answer(['600-7', 'Bacteria identified in Blood by Culture'], 'Escherichia coli, sensitive to ceftriaxone', {
              slug: 'blood-culture',
              label: 'Blood culture',
              profile: 'observation-lab',
              category: 'laboratory',
            });
          }
        }
        visit.plans('Blood cultures grew Escherichia coli, sensitive to ceftriaxone', 'Kidney ultrasound is planned for tomorrow');
      },
    );
    record.careTeam(['lindgren', 'delacroix', 'soto'], admitted);
    record.book({ after: record.ahead({ weeks: 2 }), with: 'lindgren', reason: 'After the hospital stay', note: 'Somali interpreter' });
  },
};
