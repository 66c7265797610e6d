import { type Day, daysFrom, yearsFrom } from './calendar.ts';
import type { Random } from './random.ts';
import { readRows, type Sex, tests } from './tables.ts';

/**
 * The levels of what can be measured in one person: the course of the disease, what the drugs do to it, and the scatter of single results.
 * Results are read from here, so that they follow the disease and the treatment.
 */
export interface Body {
  /** The untreated level from that day on; between two such days it moves evenly. `egfr` sets the creatinine that gives it. */
  readonly set: (test: string, day: Day, level: number) => void;
  /** What something does to the level from `from` to `until`, whole after `days`, and gone as slowly. */
  readonly effect: (test: string, effect: Effect) => void;
  /** Without scatter. @throws RangeError where the test has no level */
  readonly level: (test: string, day: Day) => number;
  /** One result as a laboratory reports it. The same test at the same time is the same value. */
  readonly read: (test: string, at: string) => number;
  /** A result at that time as the course needs it, whatever the scatter of the day; what follows from it (eGFR from creatinine) does. */
  readonly fix: (test: string, at: string, value: number) => void;
}
export interface Effect {
  readonly kind: 'add' | 'scale';
  readonly size: number;
  readonly from: Day;
  until?: Day;
  readonly days: number;
}

interface DrugEffect {
  readonly ingredient: string;
  readonly test: string;
  readonly kind: Effect['kind'];
  readonly size: number;
  readonly reference: number;
  readonly exponent: number;
  readonly days: number;
}
let drugEffects: readonly DrugEffect[] | undefined;

/** What a daily dose of a drug does, by test. What is scaled is the change: 5 % at the reference dose is less than 5 % below it, never a fall. */
export function effectsOf(ingredient: string, dailyDose: number): readonly (Omit<Effect, 'from'> & { readonly test: string })[] {
  drugEffects ??= readRows('../catalogue/drug-effects.tsv').map(([name, test, kind, size, reference, exponent, days]) => ({
    ingredient: name!,
    test: test!,
    kind: kind as Effect['kind'],
    size: Number(size),
    reference: Number(reference),
    exponent: Number(exponent),
    days: Number(days),
  }));
  return drugEffects
    .filter((effect) => effect.ingredient === ingredient)
    .map(({ test, kind, size, reference, exponent, days }) => {
      const share = (dailyDose / reference) ** exponent;
      return { test, kind, size: kind === 'scale' ? Math.max(0, 1 + (size - 1) * share) : size * share, days };
    });
}

/** CKD-EPI 2021 creatinine equation (Inker et al., NEJM 2021;385:1737, table S10): creatinine in mg/dL, mL/min/1.73 m2. */
export function ckdEpi2021(creatinine: number, age: number, sex: Sex): number {
  const [kappa, alpha] = sex === 'female' ? [0.7, -0.241] : [0.9, -0.302];
  const ratio = creatinine / kappa;
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * (sex === 'female' ? 1.012 : 1);
}
/** CKD-EPI 2009 creatinine equation without its term for race (Levey et al., Ann Intern Med 2009;150:604, table 2): what laboratories reported before. */
export function ckdEpi2009(creatinine: number, age: number, sex: Sex): number {
  const [kappa, alpha] = sex === 'female' ? [0.7, -0.329] : [0.9, -0.411];
  const ratio = creatinine / kappa;
  return 141 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.209 * 0.993 ** age * (sex === 'female' ? 1.018 : 1);
}
/** Above so many mg/dL of triglycerides the formula does not hold, and no LDL cholesterol is calculated (Friedewald et al., Clin Chem 1972;18:499). */
export const FRIEDEWALD_LIMIT = 400;
/** From this day on the clinic's laboratory reports eGFR by the equation of 2021. */
export const CKD_EPI_2021_SINCE = '2022-03-01';
function creatinineFor(egfr: number, age: number, sex: Sex): number {
  let [low, high] = [0.2, 15];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (ckdEpi2021(middle, age, sex) > egfr) low = middle;
    else high = middle;
  }
  return low;
}

const OTHER_LEUKOCYTES = ['lymphocytes', 'monocytes', 'eosinophils', 'basophils'];
/** Counts that are the sum of others have no scatter of their own. */
const SUMS: ReadonlySet<string> = new Set(['neutrophils', 'wbc']);

export function createBody({ birthDate, sex, random }: { readonly birthDate: Day; readonly sex: Sex; readonly random: Random }): Body {
  const courses = new Map<string, { readonly day: Day; readonly level: number }[]>();
  const effects = new Map<string, Effect[]>();
  const results = new Map<string, number>();

  /** Levels that follow from others of the same day. */
  const derived: Readonly<Record<string, (of: (test: string) => number, day: Day) => number>> = {
    egfr: (of, day) => (day < CKD_EPI_2021_SINCE ? ckdEpi2009 : ckdEpi2021)(of('creatinine'), yearsFrom(birthDate, day), sex),
    cholesterol: (of) => of('ldl') + of('hdl') + of('triglycerides') / 5, // Friedewald et al., Clin Chem 1972;18:499, turned round
    bun: (of) => 13 * (of('creatinine') / 0.85) ** 0.9,
    hematocrit: (of) => of('hemoglobin') * 2.95,
    // A differential count adds up to the leukocytes.
    neutrophils: (of) => Math.max(0.2, of('wbc') - OTHER_LEUKOCYTES.reduce((sum, one) => sum + of(one), 0)),
    wbc: (of) => ['neutrophils', ...OTHER_LEUKOCYTES].reduce((sum, one) => sum + of(one), 0),
    bmi: (of) => of('weight') / (of('height') / 100) ** 2,
    // Nathan et al., Diabetes Care 2008;31:1473: the mean glucose of an HbA1c; before breakfast it is lower.
    glucose: (of) => (28.7 * of('hba1c') - 46.7) * 0.9 + 5,
    'glucose-fasting': (of) => (28.7 * of('hba1c') - 46.7) * 0.87 + 5,
    'glucose-meter': (of) => (28.7 * of('hba1c') - 46.7) * 0.95,
  };

  /** Neutrophils follow from the leukocytes, or where only they have a course of their own, the leukocytes from them. */
  const derivation = (test: string) => (courses.has(test) || (test === 'wbc' && !courses.has('neutrophils')) ? undefined : derived[test]);

  function untreated(test: string, day: Day): number | undefined {
    const course = courses.get(test);
    if (course === undefined || course.length === 0) return tests.of(test).typical[sex];
    const next = course.findIndex((point) => point.day > day);
    if (next === 0) return course[0]!.level;
    if (next < 0) return course.at(-1)!.level;
    const [before, after] = [course[next - 1]!, course[next]!];
    return before.level + ((after.level - before.level) * daysFrom(before.day, day)) / daysFrom(before.day, after.day);
  }
  /** From 0 to 1 while it builds up, and back after it ended. */
  function share({ from, until, days }: Effect, day: Day): number {
    if (day < from) return 0;
    const built = (to: Day) => Math.min(1, (daysFrom(from, to) + 1) / Math.max(1, days));
    return until === undefined || day <= until ? built(day) : Math.max(0, built(until) - daysFrom(until, day) / Math.max(1, days));
  }
  function level(test: string, day: Day): number {
    const made = derivation(test);
    const start = made ? made((other) => level(other, day), day) : untreated(test, day);
    if (start === undefined) throw new RangeError(`nobody said what ${test} is`);
    const acting = effects.get(test) ?? [];
    const added = acting.reduce((sum, effect) => (effect.kind === 'add' ? sum + effect.size * share(effect, day) : sum), start);
    return acting.reduce(
      (value, effect) => (effect.kind === 'scale' ? value * (1 + (effect.size - 1) * share(effect, day)) : value),
      added,
    );
  }
  function read(test: string, at: string): number {
    const key = `${test} ${at}`;
    const known = results.get(key);
    if (known !== undefined) return known;
    const { decimals, variation } = tests.of(test);
    const day = at.slice(0, 10);
    const made = effects.has(test) ? undefined : derivation(test);
    const exact = made ? made((other) => read(other, at), day) : level(test, day);
    const scattered = made && SUMS.has(test) ? exact : exact * (1 + random.of(key).normal(0, variation));
    // Two readings scatter apart, the pressures of one heart beat not that far.
    const most = test === 'spo2' ? 100 : test === 'diastolic' ? read('systolic', at) - 20 : Number.POSITIVE_INFINITY;
    const value = Number((exact < 0 ? scattered : Math.min(most, Math.max(0, scattered))).toFixed(decimals));
    results.set(key, value);
    return value;
  }

  return {
    set: (test, day, value) => {
      if (test === 'egfr') return set('creatinine', day, creatinineFor(value, yearsFrom(birthDate, day), sex));
      set(test, day, value);
    },
    effect: (test, effect) => void effects.set(test, [...(effects.get(test) ?? []), effect]),
    level,
    read,
    fix: (test, at, value) => void results.set(`${tests.of(test).key} ${at}`, value),
  };

  function set(test: string, day: Day, value: number): void {
    tests.of(test);
    const course = (courses.get(test) ?? []).filter((point) => point.day !== day);
    courses.set(
      test,
      [...course, { day, level: value }].sort((a, b) => (a.day < b.day ? -1 : 1)),
    );
  }
}
