import type { Persona } from '../generate.ts';
import { type Day, instant, isOpen, later, minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import { startTreatment } from '../generator/treatments.ts';

/** Hemodialysis three times a week for more than four years: a record of more than 5,000 resources, most of them alike. */
export const vikramSethi: Persona = {
  id: 'vikram-sethi',
  title: 'Hemodialysis three times a week: a record of more than 5,000 resources',
  person: (asOf) => ({
    given: ['Vikram'],
    family: 'Sethi',
    ownScript: { given: 'विक्रम', family: 'सेठी' },
    sex: 'male',
    birthDate: minus(asOf, { years: 58, months: 6, days: 14 }),
    races: ['asian'],
    hispanic: false,
    language: 'hi',
    marital: 'married',
    address: { line: '52 Hillcrest Avenue', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0152',
    contact: { name: 'Anjali Sethi', relation: 'wife', phone: '413-555-0153' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body, draft } = record;
    record.coverage('commercial', ago({ years: 12 }), ago({ years: 1, months: 6 }));
    record.coverage('medicare', ago({ years: 3, months: 6 }));
    record.allergy('naproxen', { reaction: 'hives', severity: 'moderate', recorded: ago({ years: 12 }) });
    record.smoking('former', ago({ years: 1 }));
    record.family({
      relation: 'father',
      conditions: [
        ['hypertension', 45],
        ['stroke', 66],
      ],
      diedAt: 67,
      recorded: ago({ years: 12 }),
    });
    const start = ago({ years: 4, months: 5 });
    body.set('height', ago({ years: 12 }), 172);
    body.set('weight', ago({ years: 12 }), 78);
    body.set('systolic', ago({ years: 12 }), 156);
    body.set('systolic', ago({}), 158);
    body.set('diastolic', ago({ years: 12 }), 94);
    body.set('egfr', ago({ years: 12 }), 52);
    body.set('egfr', ago({ years: 5 }), 19);
    body.set('egfr', start, 7);
    body.set('uacr', ago({ years: 12 }), 900);
    body.set('potassium', ago({ years: 12 }), 4.6);
    body.set('potassium', start, 5.3);
    body.set('phosphate', ago({ years: 6 }), 4.0);
    body.set('phosphate', start, 6.1);
    body.set('calcium', start, 8.9);
    body.set('pth', ago({ years: 6 }), 90);
    body.set('pth', start, 420);
    body.set('hemoglobin', ago({ years: 6 }), 12.4);
    body.set('hemoglobin', start, 9.2);
    body.set('hemoglobin', plus(start, { months: 5 }), 10.8);
    body.set('albumin', start, 3.6);
    body.set('bicarbonate', start, 21);
    body.set('ferritin', start, 260);
    body.set('iron-saturation', start, 24);

    const { nephropathy, hypertension } = record.visit(
      { day: ago({ years: 12 }), kind: 'specialist', with: 'novak', reason: 'Protein and blood in the urine' },
      (visit) => {
        visit.says('A routine test found protein and blood in his urine. A kidney biopsy two months ago showed IgA nephropathy.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
        visit.labs('renal', 'uacr', 'cbc');
        const nephropathy = visit.diagnose('iga-nephropathy');
        const hypertension = visit.diagnose('hypertension');
        visit.start('losartan-100', {}, { for: [nephropathy, hypertension] });
        return { nephropathy, hypertension };
      },
    );
    for (const years of [11, 10, 9, 8, 7, 6])
      record.visit(
        { day: ago({ years }), kind: 'specialist', with: 'novak', reason: 'Kidney disease, yearly review', for: [nephropathy] },
        (visit) => {
          visit.vitals();
          visit.labs('renal', 'uacr', 'cbc');
        },
      );
    const stage4 = record.visit(
      { day: ago({ years: 5 }), kind: 'specialist', with: 'novak', reason: 'Kidney function below 20', for: [nephropathy] },
      (visit) => {
        visit.says('He is tired. He wants to hear about dialysis and transplantation.');
        visit.vitals();
        visit.labs('renal', 'cbc', 'pth');
        visit.start('amlodipine-10', {}, { for: hypertension });
        visit.request('Referral for transplant evaluation', { for: nephropathy, status: 'completed' });
        return visit.diagnose('ckd-4');
      },
    );
    const failure = record.visit(
      { day: start, kind: 'specialist', with: 'novak', reason: 'Start of dialysis', for: [nephropathy] },
      (visit) => {
        visit.says('He has no appetite and itches. His fistula in the left forearm is ready.');
        visit.vitals();
        visit.labs('renal', 'cbc', 'pth', 'ferritin', 'iron-saturation');
        visit.resolve(stage4, 'Now end-stage kidney disease', 'inactive');
        const found = visit.diagnose('eskd');
        visit.diagnose('dialysis-dependence');
        const bones = visit.diagnose('hyperparathyroidism-renal');
        visit.diagnose('anemia-ckd');
        visit.start('sevelamer-800', { amount: 2, times: 3, when: 'meals' }, { for: bones });
        visit.start('calcitriol-0.25', {}, { for: bones });
        return found;
      },
    );
    startTreatment(draft, 'epoetin', { amount: 4000, times: 3, per: 'week', note: 'Given at dialysis' }, plus(start, { days: 14 }), {
      patient: record.id,
      prescriber: 'novak',
      reasons: [failure.reference],
      setting: 'outpatient',
    });
    routineImmunizations(record, ago({ years: 8 }));

    // Monday, Wednesday and Friday. Some sessions are missed; twice he went away for two weeks and was treated elsewhere.
    const chance = record.random.of('dialysis');
    let month = '';
    for (let day: Day = plus(start, { days: 3 }); day < record.asOf; day = plus(day, { days: 1 })) {
      const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
      if (![1, 3, 5].includes(weekday) || !isOpen(day)) continue;
      if (day >= ago({ months: 16 }) && day < ago({ months: 15, days: 16 })) continue;
      if (chance.chance(0.025)) {
        record.missed({
          day,
          time: '07:00',
          with: 'novak',
          reason: 'Hemodialysis',
          outcome: 'noshow',
          why: chance.pick(['Felt too tired', 'No transport', 'No reason given']),
        });
        continue;
      }
      record.visit(
        { day, time: '07:00', kind: 'nurse', with: 'soto', reason: 'Hemodialysis', for: [failure], quiet: true, unbooked: true },
        (visit) => {
          const dry = 74.5;
          const gain = Math.max(0.6, chance.normal(weekday === 1 ? 2.8 : 2.1, 0.5));
          const systolic = body.read('systolic', visit.now()) + 4;
          visit.reading('weight', Number((dry + gain).toFixed(1)));
          visit.reading('blood-pressure', [systolic, Math.round(systolic * 0.54)]);
          if (day.slice(0, 7) !== month) {
            month = day.slice(0, 7);
            visit.labs('renal', 'cbc');
            if (['01', '04', '07', '10'].includes(month.slice(5))) visit.labs('pth', 'ferritin', 'iron-saturation');
          }
          visit.perform('dialysis', { until: later(instant(day, '07:00'), 240), for: failure });
          visit.at(day, '11:10');
          visit.reading('weight', Number((dry + chance.normal(0.1, 0.2)).toFixed(1)));
          visit.reading('blood-pressure', [systolic - 16, Math.round((systolic - 16) * 0.55)]);
        },
      );
    }
    record.visit({ day: ago({ months: 11 }), kind: 'emergency', with: 'fischer', reason: 'Weakness after a missed dialysis' }, (visit) => {
      visit.says('He missed dialysis on two days after a snowstorm and feels weak.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight');
      visit.result('potassium', 6.8);
      visit.report('Electrocardiogram', 'Cardiology', ['11524-6', 'EKG study'], 'Peaked T waves.');
      visit.diagnose('hyperkalemia', { category: 'encounter-diagnosis', until: visit.day() });
      visit.perform('dialysis', { until: later(visit.now(), 200), for: failure, note: 'Emergency dialysis' });
    });
    record.goal('Weight after dialysis 74.5 kg', { start, for: failure });
    record.careTeam(['lindgren', 'novak', 'soto'], start);
    record.book({ after: record.ahead({ days: 9 }), with: 'novak', reason: 'Dialysis and transplant list' });
  },
};
