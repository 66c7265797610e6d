import { minus, openDayBefore } from '../../generator/calendar.ts';
import { FRIEDEWALD_LIMIT } from '../../generator/physiology.ts';
import type { Visit } from '../../generator/visit.ts';
import type { Beginning, Told } from './told.ts';

/** What a result is where a problem is found by it: a number at least or at most. */
type Bound = readonly ['at least' | 'at most', number];
interface Proof {
  readonly tests?: readonly (readonly [test: string, bound?: Bound])[];
  /** A questionnaire, with the points of those in whom the problem is found by it. */
  readonly score?: readonly [test: string, least: number, most: number];
}

/**
 * By what a problem is found. Limits: ADA Standards of Care (A1c 6.5 %); PHQ-9 and GAD-7 from 10 points (Kroenke et al. 2001, Spitzer et al. 2006);
 * vitamin D below 20 ng/mL (Endocrine Society 2011); T-score of -2.5 (WHO); FEV1/FVC below 0.7 (GOLD); hemoglobin (WHO 2011); ferritin below
 * 30 ng/mL (Camaschella, NEJM 2015;372:1832); TSH above the laboratory's limit; LDL cholesterol from 130 mg/dL, "borderline high" (ATP III).
 */
const PROOFS: Readonly<Record<string, Proof>> = {
  'type-1-diabetes': { tests: [['hba1c', ['at least', 6.5]]] },
  'type-2-diabetes': { tests: [['hba1c', ['at least', 6.5]]] },
  hyperlipidemia: { tests: [['ldl', ['at least', 130]]] },
  hypothyroidism: { tests: [['tsh', ['at least', 5]], ['free-t4']] },
  osteoporosis: { tests: [['t-score-hip', ['at most', -2.5]]] },
  gout: { tests: [['urate', ['at least', 6.9]]] },
  copd: { tests: [['fev1-percent'], ['fev1-fvc', ['at most', 69]]] },
  'iron-deficiency-anemia': {
    tests: [
      ['hemoglobin', ['at most', 11.9]],
      ['ferritin', ['at most', 29]],
    ],
  },
  'vitamin-d-deficiency': { tests: [['vitamin-d', ['at most', 19]]] },
  depression: { score: ['phq9', 10, 19] },
  anxiety: { score: ['gad7', 10, 17] },
  dementia: { score: ['mini-cog', 0, 2] },
};

const bounded = (value: number, bound: Bound | undefined): number =>
  bound === undefined ? value : bound[0] === 'at least' ? Math.max(value, bound[1]) : Math.min(value, bound[1]);

/** Before the tests of a visit at which a problem is found: its results are those by which it is found. */
export function expectProof({ record, chance }: Told, key: string, visit: Visit): void {
  for (const [test, bound] of PROOFS[key]?.tests ?? [])
    record.body.fix(test, visit.now(), bounded(record.body.read(test, visit.now()), bound));
  if (key !== 'hypertension') return;
  // Two readings at home and one here.
  const draw = chance.of('pressure/found');
  const pressures = [9, 4, 0].map((days) => [days, ...pressureOn({ record }, visit, days, draw.of(`${days}`).normal(0, 4))] as const);
  for (const [days, systolic, diastolic] of pressures)
    if (days > 0) record.home('blood-pressure', minus(visit.day(), { days }), '07:40', undefined, [systolic, diastolic]);
    else {
      record.body.fix('systolic', visit.now(), systolic);
      record.body.fix('diastolic', visit.now(), diastolic);
    }
  visit.says(
    `Measured at home: ${pressures
      .filter(([days]) => days > 0)
      .map(([, systolic, diastolic]) => `${systolic}/${diastolic}`)
      .join(' and ')} mmHg.`,
  );
}
/** From 132 mmHg on (stage 1 is from 130, ACC/AHA 2017). */
function pressureOn(
  { record }: Pick<Told, 'record'>,
  visit: Visit,
  days: number,
  scatter: number,
): readonly [systolic: number, diastolic: number] {
  const day = minus(visit.day(), { days });
  return [
    Math.max(132, Math.round(record.body.level('systolic', day) + scatter)),
    Math.round(record.body.level('diastolic', day) + scatter / 2),
  ];
}

/** What a problem was found by: points of a questionnaire in the visit, or where no visit is told, the results of that time. */
export function prove({ record, chance }: Told, key: string, { day, visit }: Beginning): void {
  const { tests = [], score } = PROOFS[key] ?? {};
  const points = score && chance.of(`${score[0]}/found`).whole(score[1], score[2]);
  if (visit) {
    if (score) visit.score(score[0], points!);
    return;
  }
  const then = openDayBefore(day);
  for (const [test, bound] of tests) {
    // Where triglycerides are too high for an LDL cholesterol to be calculated, they are the proof.
    const fat = test === 'ldl' && record.body.level('triglycerides', then) > FRIEDEWALD_LIMIT;
    if (fat) record.earlier('triglycerides', then, (value) => Math.max(value, FRIEDEWALD_LIMIT + 1));
    else record.earlier(test, then, (value) => bounded(value, bound));
  }
  if (score) record.earlier(score[0], then, () => points!);
}
