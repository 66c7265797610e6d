import { daysFrom } from '../../generator/calendar.ts';
import { dateWords } from '../../generator/note.ts';
import { tests } from '../../generator/tables.ts';
import type { Visit } from '../../generator/visit.ts';
import { begin } from './chronic.ts';
import { kidneyDisease } from './circulation.ts';
import { assessNew } from './notes.ts';
import { earlier, type Result } from './results.ts';
import { ageOn, find, reading, type Told } from './told.ts';
import { LEAST_FERRITIN, treatKnown } from './untreated.ts';

// What results show of which no entry of the problem list tells: taken up as a problem, or said in the plan.

const DIABETES = ['type-1-diabetes', 'type-2-diabetes'];
const KIDNEYS = ['ckd-3a', 'ckd-3b', 'ckd-4', 'eskd'];
const knows = (told: Told, ...keys: readonly string[]): boolean => keys.some((key) => told.problems.has(key));

const words = ({ values }: Result): string => values.join('/');

/** What is a problem once two results show it. */
interface Sign {
  readonly test: string;
  readonly shows: (values: readonly number[], told: Told) => boolean;
  /** Days from the first result that shows it to the second. */
  readonly apart: number;
  /** Problems that explain it. */
  readonly known: readonly string[];
  /** "below 60 mL/min/1.73 m2 for more than three months" */
  readonly words: string;
  readonly take?: (told: Told, visit: Visit, now: Result) => void;
}

const SIGNS: readonly Sign[] = [
  {
    test: 'blood-pressure',
    shows: ([systolic = 0, diastolic = 0]) => systolic >= 140 || diastolic >= 90,
    apart: 1,
    known: ['hypertension', 'pregnancy'],
    words: '140/90 mmHg or more at two visits',
    take: (told, visit) => begin(told, 'hypertension', { day: visit.day(), visit }),
  },
  {
    // KDIGO 2024
    test: 'egfr',
    shows: ([egfr = 90]) => egfr < 60,
    apart: 91,
    known: KIDNEYS,
    words: 'below 60 mL/min/1.73 m2 for more than three months',
    take: (told, visit, { values }) => kidneyDisease(told, { day: visit.day(), visit }, values[0]!),
  },
  {
    test: 'uacr',
    shows: ([uacr = 0]) => uacr >= 30,
    apart: 91,
    known: ['diabetic-nephropathy', ...KIDNEYS],
    words: '30 mg/g or more twice in three months or longer',
    take: (told, visit) => {
      if (knows(told, ...DIABETES)) find(told, { day: visit.day(), visit }, 'diabetic-nephropathy');
    },
  },
  {
    // ADA Standards of Care
    test: 'hba1c',
    shows: ([hba1c = 5]) => hba1c >= 5.7 && hba1c < 6.5,
    apart: 1,
    known: ['prediabetes', ...DIABETES],
    words: 'from 5.7 to 6.4 % twice',
    take: (told, visit) => {
      find(told, { day: visit.day(), visit }, 'prediabetes');
      visit.plans('Weight, food and walking were talked about; hemoglobin A1c each year');
    },
  },
  {
    // ACC/AHA 2018: from 160 mg/dL on it adds to the risk.
    test: 'ldl',
    shows: ([ldl = 100]) => ldl >= 160,
    apart: 1,
    known: ['hyperlipidemia', 'coronary-disease', 'stroke', 'peripheral-artery-disease', 'pregnancy'],
    words: '160 mg/dL or more twice',
    take: (told, visit) => begin(told, 'hyperlipidemia', { day: visit.day(), visit }),
  },
  {
    // WHO 2011
    test: 'hemoglobin',
    shows: ([hemoglobin = 14], { health }) => hemoglobin < (health.sex === 'female' ? 12 : 13),
    apart: 1,
    known: ['iron-deficiency-anemia', 'anemia', 'pregnancy'],
    words: 'low twice',
    take: (told, visit) => {
      if (!visit.told.has('ferritin')) visit.labs('ferritin');
      visit.labs('b12');
      if (reading(told, visit, 'ferritin') < LEAST_FERRITIN) return begin(told, 'iron-deficiency-anemia', { day: visit.day(), visit });
      find(told, { day: visit.day(), visit }, 'anemia');
      visit.plans(
        `Ferritin and vitamin B12 were measured to find the cause: ${visit.told.get('ferritin')!.words}, ${visit.told.get('b12')!.words}`,
      );
    },
  },
  {
    test: 'tsh',
    shows: ([tsh = 1]) => tsh >= 10,
    apart: 1,
    known: ['hypothyroidism', 'hashimoto'],
    words: '10 mIU/L or more twice',
    take: (told, visit) => begin(told, 'hypothyroidism', { day: visit.day(), visit }),
  },
  {
    // Subclinical: below 10 mIU/L with a normal free T4 no tablets are needed (ATA 2012).
    test: 'tsh',
    shows: ([tsh = 1]) => tsh > 4.5,
    apart: 1,
    known: ['hypothyroidism', 'hashimoto'],
    words: 'above 4.5 mIU/L twice; no tablets for now, TSH and free T4 every six months',
  },
];

/** After the tests of a visit. */
export function takeUp(told: Told, visit: Visit): void {
  if (ageOn(told, visit.day()) < 18) return;
  diabetes(told, visit);
  for (const { test, shows, apart, known, words: sign, take } of SIGNS) {
    if (!visit.told.has(test) || knows(told, ...known)) continue;
    const measured = test === 'blood-pressure' ? ['systolic', 'diastolic'] : [test];
    const now: Result = { day: visit.day(), values: measured.map((one) => reading(told, visit, one)) };
    const before = earlier(told, visit, test)
      .filter(({ day, values }) => daysFrom(day, visit.day()) >= apart && shows(values, told))
      .at(-1);
    if (before === undefined || !shows(now.values, told)) continue;
    const label = test === 'blood-pressure' ? 'Blood pressure' : tests.of(test).label;
    visit.plans(`${label} ${words(now)}, and ${words(before)} on ${dateWords(before.day)}: ${sign}`);
    if (take)
      assessNew(told, visit, () => {
        take(told, visit, now);
        treatKnown(told, visit);
      });
  }
}

/** Diabetes, where hemoglobin A1c and the glucose before breakfast both say so on one day (ADA Standards of Care); else A1c is measured again. */
function diabetes(told: Told, visit: Visit): void {
  if (!visit.told.has('hba1c') || knows(told, ...DIABETES) || reading(told, visit, 'hba1c') < 6.5) return;
  visit.labs('glucose-fasting');
  if (reading(told, visit, 'glucose-fasting') < 126 && !earlier(told, visit, 'hba1c').some(({ values }) => values[0]! >= 6.5)) return;
  const key = told.health.has('type-1-diabetes') ? 'type-1-diabetes' : 'type-2-diabetes';
  assessNew(told, visit, () => begin(told, key, { day: visit.day(), visit }));
}

/** A PHQ-2 of 3 or more asks for the whole questionnaire (Kroenke et al., Med Care 2003;41:1284), mild symptoms for another one. */
export function lowMood(told: Told, visit: Visit, points: number | undefined): void {
  const again = told.again.delete('phq9');
  if (!again && (points ?? 0) < 3) return;
  const score = told.chance.of(`phq9/screening/${visit.day()}`).whole(3, 9);
  visit.score('phq9', score);
  visit.plans(
    score < 5
      ? `PHQ-9 score of ${score}: no depression`
      : `PHQ-9 score of ${score}: mild symptoms, no depression by its questions; to be asked again at the next visit`,
  );
  if (score >= 5) told.again.add('phq9');
}
