import type { Persona } from '../generate.ts';
import { type Day, instant, later, minus, openDay, openDayBefore, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import { dateWords } from '../generator/note.ts';
import type { Problem } from '../generator/problems.ts';
import type { PatientRecord } from '../generator/record.ts';
import type { Treatment } from '../generator/treatments.ts';

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
    phone: '413-555-0182',
    contact: { name: 'Anjali Sethi', relation: 'wife', phone: '413-555-0153' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
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
    setBody(record, start);

    const kidneys = beforeDialysis(record, start);
    const failure = record.visit(
      { day: start, kind: 'specialist', with: 'novak', reason: 'Start of dialysis', for: [kidneys.nephropathy] },
      (visit) => {
        visit.says('He has no appetite and itches. His fistula in the left forearm is ready.');
        visit.vitals();
        body.fix('iron-saturation', visit.now(), 18);
        visit.labs('renal', 'cbc', 'pth', 'ferritin', 'iron-saturation');
        visit.resolve(kidneys.stage, 'Now end-stage kidney disease', 'inactive');
        const found = visit.diagnose('eskd');
        visit.diagnose('dialysis-dependence');
        visit.stop(kidneys.bicarbonate, 'bicarbonate now comes with dialysis');
        visit.stop(kidneys.iron, 'iron is now given at dialysis');
        visit.immunize('hepatitis-b-dialysis');
        visit.plans('Hemodialysis on Mondays, Wednesdays and Fridays from this week, potassium 2 mmol/L in the dialysate');
        return found;
      },
    );
    routineImmunizations(record, ago({ years: 8 }));

    // Both are told of on the same days: sessions three times a week, and a nephrologist's round at some of them.
    const rounds = dialysisRounds(start, kidneys);
    const sunday = sundayFrom(ago({ months: 11 }));
    const storm = new Set([minus(sunday, { days: 4 }), minus(sunday, { days: 2 })]);
    const chance = record.random.of('dialysis');
    const doses = record.random.of('dialysis/dose');
    let [month, adequacy] = ['', ''];
    for (let planned: Day = plus(start, { days: 1 }); planned < record.asOf; planned = plus(planned, { days: 1 })) {
      if (planned === sunday) emergency(record, sunday, failure);
      const weekday = new Date(`${planned}T12:00:00Z`).getUTCDay();
      const day = sessionDay(planned);
      if (day === undefined || day >= record.asOf) continue;
      // Away for two weeks, and treated elsewhere.
      if (day >= ago({ months: 16 }) && day < ago({ months: 15, days: 16 })) continue;
      const round = rounds[0] && rounds[0].from <= day ? rounds.shift() : undefined;
      if (storm.has(planned) || (!round && chance.chance(0.025))) {
        record.missed({
          day,
          time: '07:00',
          with: 'novak',
          reason: 'Hemodialysis',
          outcome: 'noshow',
          why: storm.has(planned) ? 'Roads closed by a storm' : chance.pick(['Felt too tired', 'No transport', 'No reason given']),
        });
        continue;
      }
      record.visit(
        { day, time: '07:00', kind: 'nurse', with: 'soto', reason: 'Hemodialysis', for: [failure], quiet: true, unbooked: true },
        (visit) => {
          const dry = 74.5;
          const first = day.slice(0, 7) !== month;
          const gain = Math.max(0.6, chance.normal(weekday === 1 ? 2.8 : 2.1, 0.5));
          const systolic = body.read('systolic', visit.now()) + 4;
          const [before, after] = [dry + gain, dry + chance.normal(0.1, 0.2)].map((weight) => Number(weight.toFixed(1))) as [
            number,
            number,
          ];
          visit.reading('weight', before);
          visit.reading('blood-pressure', [systolic, Math.round(systolic * 0.54)]);
          if (first) {
            month = day.slice(0, 7);
            // What epoetin, sevelamer and iron are changed for in the first months.
            if (day < plus(start, { months: 3 })) {
              body.fix('hemoglobin', visit.now(), 9.6);
              body.fix('phosphate', visit.now(), 6.2);
              body.fix('iron-saturation', visit.now(), 22);
            }
            visit.labs('renal', 'cbc');
            if (['01', '04', '07', '10'].includes(month.slice(5))) visit.labs('pth', 'ferritin', 'iron-saturation');
          }
          const urea = body.read('bun', visit.now());
          visit.perform('dialysis', { until: later(instant(day, '07:00'), 240), for: failure });
          visit.at(day, '11:10');
          visit.reading('weight', after);
          if (first) {
            // Blood is drawn once a month before and after a session (KDOQI 2015: Kt/V of 1.4 is aimed at, 1.2 is the least).
            const left = Math.round(urea * Math.min(0.32, doses.normal(0.285, 0.018)));
            const dose = dialysisDose({ before: urea, after: left, hours: 4, removed: before - after, weight: after });
            visit.result('bun-post-dialysis', left);
            visit.result('kt-v', dose);
            adequacy = `Kt/V ${dose.toFixed(2)} on ${dateWords(day)}; the least is 1.2, the goal 1.4`;
          }
          visit.reading('blood-pressure', [systolic - 16, Math.round((systolic - 16) * 0.55)]);
        },
      );
      if (round)
        record.visit(
          { day, time: '11:20', kind: 'specialist', with: 'novak', reason: 'Review at dialysis', for: [failure], unbooked: true },
          (visit) => {
            round.work(visit);
            if (adequacy) visit.finds(adequacy);
          },
        );
    }
    record.goal('Weight after dialysis 74.5 kg', { start, for: failure });
    record.careTeam(['lindgren', 'novak', 'soto'], start);
    record.book({ after: record.ahead({ days: 9 }), with: 'novak', reason: 'Dialysis and transplant list' });
  },
};

function setBody({ ago, body }: PatientRecord, start: Day): void {
  body.set('height', ago({ years: 12 }), 172);
  body.set('weight', ago({ years: 12 }), 78);
  body.set('systolic', ago({ years: 12 }), 156);
  body.set('systolic', ago({}), 164);
  body.set('diastolic', ago({ years: 12 }), 94);
  body.set('egfr', ago({ years: 12 }), 52);
  body.set('egfr', ago({ years: 10 }), 41);
  body.set('egfr', ago({ years: 7 }), 28);
  body.set('egfr', ago({ years: 5 }), 19);
  body.set('egfr', minus(start, { months: 4 }), 13);
  body.set('egfr', start, 7);
  body.set('uacr', ago({ years: 12 }), 900);
  body.set('potassium', ago({ years: 12 }), 4.5);
  body.set('potassium', ago({ years: 6 }), 4.8);
  body.set('potassium', start, 5.1);
  body.set('potassium', plus(start, { months: 2 }), 4.8);
  body.set('bicarbonate', ago({ years: 12 }), 23);
  body.set('bicarbonate', ago({ years: 8, months: 1 }), 20);
  body.set('bicarbonate', ago({ years: 7, months: 8 }), 22);
  body.set('bicarbonate', minus(start, { months: 1 }), 20);
  body.set('bicarbonate', plus(start, { months: 1 }), 22);
  body.set('bun', ago({ years: 12 }), 24);
  body.set('bun', ago({ years: 5 }), 50);
  body.set('bun', start, 92);
  body.set('bun', plus(start, { months: 2 }), 64);
  body.set('phosphate', ago({ years: 6 }), 4.0);
  body.set('phosphate', start, 6.3);
  body.set('phosphate', plus(start, { months: 3 }), 5.9);
  body.set('phosphate', plus(start, { months: 8 }), 5.1);
  body.set('calcium', start, 8.9);
  body.set('pth', ago({ years: 6 }), 90);
  body.set('pth', start, 420);
  body.set('hemoglobin', ago({ years: 12 }), 13.4);
  body.set('hemoglobin', ago({ years: 6 }), 12.4);
  body.set('hemoglobin', start, 9.2);
  body.set('hemoglobin', plus(start, { months: 2 }), 9.5);
  body.set('hemoglobin', plus(start, { months: 6 }), 11.0);
  body.set('albumin', start, 3.6);
  // Iron is given in courses of 1,000 mg, after which the stores fall again.
  for (const [months, ferritin, saturation] of [
    [0, 190, 18],
    [1, 190, 18],
    [3, 520, 32],
    [17, 210, 20],
    [19, 510, 33],
    [38, 220, 20],
    [40, 520, 33],
    [53, 330, 26],
  ] as const) {
    body.set('ferritin', plus(start, { months }), ferritin);
    body.set('iron-saturation', plus(start, { months }), saturation);
  }
}

interface Kidneys {
  readonly nephropathy: Problem;
  readonly stage: Problem;
  readonly bones: Problem;
  readonly anemia: Problem;
  readonly bicarbonate: Treatment;
  readonly iron: Treatment;
  readonly sevelamer: Treatment;
}

/** Seven and a half years in which the kidneys failed under treatment, and the fistula was made in time. */
function beforeDialysis(record: PatientRecord, start: Day): Kidneys {
  const { ago, body } = record;
  const { nephropathy, hypertension, losartan, stage3a } = record.visit(
    { day: ago({ years: 12 }), kind: 'specialist', with: 'novak', reason: 'Protein and blood in the urine' },
    (visit) => {
      visit.says('A routine test found protein and blood in his urine. A kidney biopsy two months ago showed IgA nephropathy.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
      visit.labs('renal', 'uacr', 'cbc');
      const nephropathy = visit.diagnose('iga-nephropathy');
      const hypertension = visit.diagnose('hypertension', {
        icd10: ['I12.0', 'Hypertensive chronic kidney disease with stage 5 chronic kidney disease or end stage renal disease'],
      });
      const stage3a = visit.diagnose('ckd-3a');
      const losartan = visit.start('losartan-50', {}, { for: [nephropathy, hypertension] });
      visit.plans('Potassium and creatinine in three weeks', 'Less salt; no anti-inflammatory pain drugs');
      return { nephropathy, hypertension, losartan, stage3a };
    },
  );
  record.visit(
    {
      day: ago({ years: 11, months: 11, days: 6 }),
      kind: 'specialist',
      with: 'novak',
      reason: 'Losartan, first check',
      for: [nephropathy],
    },
    (visit) => {
      visit.says('He takes losartan every day and is not dizzy.');
      visit.vitals();
      visit.labs('renal');
      visit.change(losartan, { drug: 'losartan-100' }, 'protein in the urine, and potassium and creatinine allow it');
    },
  );
  const review = (day: Day, words: string, plan: string, more?: (visit: Parameters<Parameters<typeof record.visit>[1]>[0]) => void) =>
    record.visit({ day, kind: 'specialist', with: 'novak', reason: 'Kidney disease, follow-up', for: [nephropathy] }, (visit) => {
      visit.says(words);
      visit.vitals();
      visit.labs('renal', 'uacr', 'cbc');
      more?.(visit);
      visit.plans(plan);
    });
  review(
    ago({ years: 11, months: 6 }),
    'He feels well and cooks with less salt.',
    'Losartan stays at its full dose; next visit in six months',
  );
  review(ago({ years: 11 }), 'He feels well.', 'Next visit in six months');
  review(ago({ years: 10, months: 6 }), 'He feels well. He measures 150/90 mmHg at home.', 'Home blood pressure for the next visit');
  let amlodipine: Treatment | undefined;
  let stage = stage3a;
  review(ago({ years: 10 }), 'Home blood pressure was about 148/88 mmHg.', 'Goal below 130/80 mmHg; next visit in six months', (visit) => {
    visit.resolve(stage3a, 'Now stage 3b', 'inactive');
    stage = visit.diagnose('ckd-3b');
    amlodipine = visit.start('amlodipine-5', {}, { for: hypertension });
  });
  review(ago({ years: 9, months: 6 }), 'No swelling of the ankles with amlodipine.', 'Next visit in six months');
  review(ago({ years: 9 }), 'He feels well. Work has been busy and he ate out often.', 'Dietitian: potassium and salt');
  review(ago({ years: 8, months: 6 }), 'He saw the dietitian and eats fewer potatoes and tomatoes.', 'Next visit in six months');
  const bicarbonate = record.visit(
    { day: ago({ years: 8 }), kind: 'specialist', with: 'novak', reason: 'Kidney disease, follow-up', for: [nephropathy] },
    (visit) => {
      visit.says('He feels well.');
      body.fix('systolic', visit.now(), 146);
      body.fix('diastolic', visit.now(), 86);
      visit.vitals();
      body.fix('bicarbonate', visit.now(), 19);
      visit.labs('renal', 'uacr', 'cbc');
      if (amlodipine) visit.change(amlodipine, { drug: 'amlodipine-10' }, 'blood pressure above 130/80 mmHg');
      return visit.start('sodium-bicarbonate-650', { times: 2 }, { for: stage, because: 'low bicarbonate and rising potassium' });
    },
  );
  review(ago({ years: 7, months: 6 }), 'He takes the bicarbonate tablets without trouble.', 'Next visit in six months');
  let stage4 = stage;
  review(
    ago({ years: 7 }),
    'He tires on stairs.',
    'Blood from the right arm only, to spare the veins of the left; next visit in four months',
    (visit) => {
      visit.resolve(stage, 'Now stage 4', 'inactive');
      stage4 = visit.diagnose('ckd-4');
    },
  );
  review(ago({ years: 6, months: 7 }), 'He is working from home and feels well.', 'Next visit in four months');
  review(
    ago({ years: 6, months: 2 }),
    'He feels well.',
    'Class on dialysis at home and in a center, and on transplantation, for him and his wife',
  );
  review(
    ago({ years: 5, months: 8 }),
    'He and his wife were at the class. They want a transplant, and hemodialysis until then.',
    'Next visit in three months',
  );
  review(ago({ years: 5, months: 4 }), 'He is more tired than in spring.', 'Next visit in four months');
  const { bones, anemia, iron } = record.visit(
    { day: ago({ years: 5 }), kind: 'specialist', with: 'novak', reason: 'Kidney function below 20', for: [nephropathy] },
    (visit) => {
      visit.says('He is tired. His wife would give him a kidney but has another blood group.');
      visit.vitals();
      body.fix('creatinine', visit.now(), 3.7);
      body.fix('iron-saturation', visit.now(), 17);
      visit.labs('renal', 'cbc', 'pth', 'ferritin', 'iron-saturation');
      visit.presence('hbsag', 'negative');
      visit.presence('hbsab', 'negative');
      visit.presence('hbcab', 'negative');
      visit.presence('hepatitis-c-antibody', 'negative');
      visit.request('Referral for transplant evaluation', { for: nephropathy, status: 'completed' });
      visit.request('Referral to vascular surgery for a dialysis fistula', { for: nephropathy, status: 'completed' });
      visit.immunize('hepatitis-b-dialysis');
      const bones = visit.diagnose('hyperparathyroidism-renal');
      const anemia = visit.diagnose('anemia-ckd');
      const iron = visit.start('ferrous-sulfate-325', { per: { days: 2 } }, { for: anemia, because: 'transferrin saturation below 20 %' });
      return { bones, anemia, iron };
    },
  );
  record.visit(
    { day: ago({ years: 4, months: 11 }), kind: 'nurse', with: 'soto', reason: 'Hepatitis B vaccine, second dose', for: [nephropathy] },
    (visit) => {
      visit.says('His arm was sore for a day after the first dose.');
      visit.immunize('hepatitis-b-dialysis');
    },
  );
  const operated = record.procedure('av-fistula', openDay(ago({ years: 4, months: 10 })), { site: 'Left forearm', for: nephropathy });
  review(
    minus(start, { months: 4 }),
    `His fistula was made on ${operated.performedDateTime!.slice(0, 10)}. The hand is warm and he feels the thrill.`,
    'The fistula is maturing; he squeezes a ball every day',
    (visit) => {
      visit.labs('pth');
      visit.immunize('pcv20');
      visit.start('calcitriol-0.25', {}, { for: bones });
    },
  );
  review(
    minus(start, { months: 2 }),
    'He naps in the afternoon. No nausea yet.',
    'The fistula can be used; dialysis will begin with the first symptoms; sevelamer two tablets with each meal',
  );
  const sevelamer = record.order('sevelamer-800', { amount: 2, times: 3, when: 'meals' }, openDay(minus(start, { months: 2 })), {
    for: bones,
  });
  return { nephropathy, stage: stage4, bones, anemia, bicarbonate, iron, sevelamer };
}

interface Round {
  readonly from: Day;
  readonly work: Parameters<PatientRecord['visit']>[1];
}

/** What the nephrologist did at dialysis: iron, epoetin, phosphate, the transplant list. */
function dialysisRounds(start: Day, { sevelamer, anemia }: Kidneys): Round[] {
  let epoetin: Treatment | undefined;
  const iron = { amount: 100, times: 3, per: 'week', days: 22, note: 'Ten doses, given at dialysis' } as const;
  const after = (months: number, work: Round['work']): Round => ({ from: plus(start, { months }), work });
  const access = 'Fistula with a good thrill, needles without trouble.';
  return [
    {
      from: plus(start, { days: 13 }),
      work: (visit) => {
        visit.says('The first two weeks went well. The itching is better.');
        visit.finds(access);
        epoetin = visit.start('epoetin', { amount: 4000, times: 3, per: 'week', note: 'Given at dialysis' }, { for: anemia });
        visit.start('iron-sucrose', iron, { for: anemia, because: 'transferrin saturation below 30 %' });
      },
    },
    after(2, (visit) => {
      visit.says('He is less tired but not yet well.');
      visit.finds(access);
      visit.change(sevelamer, { dosage: { amount: 3, times: 3, when: 'meals' } }, 'phosphate above 5.5 mg/dL');
      visit.presence('hbsab', 'positive');
      visit.presence('hbsag', 'negative');
      if (epoetin)
        visit.change(
          epoetin,
          { dosage: { amount: 5000, times: 3, per: 'week', note: 'Given at dialysis' } },
          'hemoglobin below 10 g/dL after the iron',
        );
    }),
    after(4, (visit) => {
      visit.says('He was accepted for the list of kidney transplants at the transplant center.');
      visit.finds(access);
    }),
    after(8, (visit) => {
      visit.says('He has gone back to half-time work.');
      visit.finds(access);
      if (epoetin)
        visit.change(
          epoetin,
          { dosage: { amount: 4000, times: 3, per: 'week', note: 'Given at dialysis' } },
          'hemoglobin has reached 11 g/dL',
        );
    }),
    after(14, (visit) => {
      visit.says('He feels well. He is on the transplant list and was not called.');
      visit.finds(access);
      visit.presence('hbsab', 'positive');
      visit.presence('hbsag', 'negative');
    }),
    after(17, (visit) => {
      visit.says('He is well.');
      visit.finds(access);
      visit.start('iron-sucrose', iron, { for: anemia, because: 'transferrin saturation has fallen' });
    }),
    after(26, (visit) => {
      visit.says('He is well and on the transplant list. He was called once, but the kidney went to somebody else.');
      visit.finds(access);
      visit.presence('hbsab', 'positive');
      visit.presence('hbsag', 'negative');
    }),
    after(38, (visit) => {
      visit.says('He was away for two weeks and had his dialysis there.');
      visit.finds(access);
      visit.start('iron-sucrose', iron, { for: anemia, because: 'transferrin saturation has fallen' });
    }),
    after(43, (visit) => {
      visit.says('The weakness after the storm frightened him.');
      visit.finds(access);
      visit.presence('hbsab', 'positive');
      visit.presence('hbsag', 'negative');
      visit.plans('When a session cannot be reached he calls the unit for another time on the same or the next day');
    }),
    after(50, (visit) => {
      visit.says('He is well and still on the transplant list.');
      visit.finds(access);
    }),
  ];
}

/** Two sessions missed in a storm: the potassium of the Sunday after them. */
function emergency(record: PatientRecord, sunday: Day, failure: Problem): void {
  record.visit(
    { day: sunday, time: '08:00', kind: 'emergency', with: 'fischer', reason: 'Weakness after two missed dialysis sessions' },
    (visit) => {
      visit.says('He missed dialysis on Wednesday and Friday in a storm and feels weak.');
      visit.vitals('blood-pressure');
      visit.result('heart-rate', 54);
      visit.result('weight', 80.2);
      visit.result('potassium', 6.8);
      visit.result('glucose', 104);
      visit.report('Electrocardiogram', 'Cardiology', ['11524-6', 'EKG study'], 'Peaked T waves.');
      const high = visit.diagnose('hyperkalemia', { category: 'encounter-diagnosis', until: visit.day() });
      visit.start('calcium-gluconate', { amount: 1000, days: 1 }, { for: high, because: 'peaked T waves' });
      visit.start('insulin-regular', { amount: 5, days: 1 }, { for: high });
      visit.start('dextrose-50', { amount: 50, days: 1, note: 'With the insulin' }, { for: high });
      visit.perform('dialysis', { until: later(visit.now(), 200), for: failure, note: 'Emergency dialysis' });
      visit.sign();
      visit.at(sunday, '11:50');
      visit.says('After the emergency dialysis.');
      visit.result('potassium', 4.2);
      visit.result('glucose', 118);
      visit.result('weight', 76.9);
      visit.report('Electrocardiogram after dialysis', 'Cardiology', ['11524-6', 'EKG study'], 'Normal T waves.');
      visit.plans('Home; next dialysis tomorrow');
    },
  );
}

/** What a session was worth: single-pool Kt/V of urea, two decimals (Daugirdas, J Am Soc Nephrol 1993;4:1205, second generation). Urea in mg/dL, weights in kg. */
export function dialysisDose({
  before,
  after,
  hours,
  removed,
  weight,
}: Readonly<Record<'before' | 'after' | 'hours' | 'removed' | 'weight', number>>): number {
  const ratio = after / before;
  return Number((-Math.log(ratio - 0.008 * hours) + (4 - 3.5 * ratio) * (removed / weight)).toFixed(2));
}

function sundayFrom(day: Day): Day {
  let found = day;
  while (new Date(`${found}T12:00:00Z`).getUTCDay() !== 0) found = plus(found, { days: 1 });
  return found;
}

const isSession = (day: Day): boolean => [1, 3, 5].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
/** When the session planned for a Monday, Wednesday or Friday takes place: a holiday moves it to a day beside it. */
function sessionDay(planned: Day): Day | undefined {
  if (!isSession(planned)) return undefined;
  return [openDay(planned), openDayBefore(planned)].find((day) => day === planned || !isSession(day));
}
