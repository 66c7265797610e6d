import { type Day, daysFrom, minus, plus } from '../generator/calendar.ts';
import type { Smoking } from '../generator/care.ts';
import { shareBelow } from '../generator/growth.ts';
import type { Random } from '../generator/random.ts';
import type { Sex } from '../generator/tables.ts';
import { birthday, type Sampled } from './person.ts';
import { between, diseases, growthOf } from './tables.ts';

/** What somebody has, since when, and how the body is made: all that a course is told from. */
export interface Health {
  readonly sex: Sex;
  readonly age: number;
  readonly smoking: Smoking | undefined;
  /** cm; a child's is that of today. */
  readonly height: number;
  readonly bmi: number;
  /** How far from the middle of the growth chart, in standard deviations: a child's weight and height. */
  readonly growth: { readonly weight: number; readonly height: number };
  /** Problems, by key of conditions.tsv, with the day on which each began. */
  readonly onset: ReadonlyMap<string, Day>;
  readonly has: (...keys: readonly string[]) => boolean;
}

/**
 * Body mass index of adults: log-normal, with the shares of obesity of NHANES 2021-2023 (NCHS Data Brief 508): 35.5 % at 20-39,
 * 46.4 % at 40-59, 38.9 % from 60; severe obesity 9.4 %, women more than men.
 */
const OBESITY = {
  ages: [20, 30, 48, 60, 75, 90],
  shares: [0.27, 0.345, 0.464, 0.43, 0.38, 0.25],
  severe: [0.09, 0.1, 0.12, 0.09, 0.06, 0.02],
};
const SPREAD: Readonly<Record<Sex, number>> = { female: 0.285, male: 0.225 };

/** The place below which a share of the bell curve lies. */
function quantile(share: number): number {
  let [low, high] = [-4, 4];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (shareBelow(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

function adultBmi(chance: Random, sex: Sex, age: number): number {
  const obese = between(OBESITY.ages, OBESITY.shares, age);
  const middle = Math.log(30) - quantile(1 - obese) * SPREAD[sex];
  return Math.min(62, Math.max(16.5, Math.exp(chance.normal(middle, SPREAD[sex]))));
}

/**
 * Who has which problems. Each is drawn with its share at that age and sex, times the risks that the person has over those that people
 * of that age and sex have on average: the shares stay, and what goes together comes together.
 */
function adultProblems(
  chance: Random,
  { sex, age, bmi, asOf, from }: { sex: Sex; age: number; bmi: number; asOf: Day; from: Day },
): Map<string, Day> {
  const onset = new Map<string, Day>();
  const obese = between(OBESITY.ages, OBESITY.shares, age);
  const severe = between(OBESITY.ages, OBESITY.severe, age);
  const shares = new Map<string, number>();
  const traits = new Set(bmi >= 40 ? ['severe-obesity'] : bmi >= 30 ? ['obesity'] : []);
  for (const { key, share, risks, longest } of diseases()) {
    const plain = share(sex, age);
    shares.set(key, plain);
    if (plain === 0 || (key === 'type-2-diabetes' && onset.has('type-1-diabetes')) || (key === 'former-smoker' && onset.has('smoker')))
      continue;
    const times = new Map(risks);
    let [own, mean] = [1, 1];
    const obesity = times.get('obesity') ?? 1;
    const severity = times.get('severe-obesity') ?? obesity;
    own *= traits.has('severe-obesity') ? severity : traits.has('obesity') ? obesity : 1;
    mean *= 1 + (obese - severe) * (obesity - 1) + severe * (severity - 1);
    for (const [risk, by] of risks) {
      if (risk.endsWith('obesity')) continue;
      if (onset.has(risk)) own *= by;
      mean *= 1 + (shares.get(risk) ?? 0) * (by - 1);
    }
    if (!chance.of(key).chance(Math.min(0.97, (plain * own) / mean))) continue;
    const years = Math.min(longest, age - 17) * chance.of(`${key}/since`).between(0, 1) ** 0.85;
    const day = minus(asOf, { days: Math.max(40, Math.round(years * 365.25)) });
    // What would have begun in childhood begins in the time since.
    const began = day < from ? plus(from, { days: 30 + chance.of(`${key}/after`).whole(0, Math.max(0, daysFrom(from, asOf) - 60)) }) : day;
    // Somebody who came of age a few days ago has had no time for it.
    if (began <= minus(asOf, { days: 20 })) onset.set(key, began);
  }
  return onset;
}

/** Shares of children, by age: asthma 6.5 % (CDC, NHIS 2021), attention deficit disorder 11.4 % at 3-17 (Danielson et al. 2024), eczema 10.8 %, allergies 18.9 % (NCHS Data Brief 459), half of these recorded. */
const CHILDHOOD: readonly (readonly [key: string, share: number, from: number])[] = [
  ['eczema', 0.07, 1],
  ['asthma', 0.08, 4],
  ['allergic-rhinitis', 0.1, 5],
  ['adhd', 0.11, 6],
];

export function sampleHealth(chance: Random, { person, age }: Sampled, asOf: Day): Health {
  const { sex } = person;
  const growth = { weight: chance.of('growth/weight').normal(0.25, 1), height: chance.of('growth/height').normal(0, 0.9) };
  const adult = age >= 18;
  // Fryar et al., NCHS Vital Health Stat 3(46), 2021 (NHANES 2015-2018): women 161.3 cm, men 175.3 cm.
  const height = adult
    ? (sex === 'female' ? 161.8 : 176) - 0.045 * Math.max(0, age - 40) + chance.of('height').normal(0, sex === 'female' ? 6.7 : 7.2)
    : childAt(sex, age * 12 + 5, growth).height;
  const bmi = adult ? adultBmi(chance.of('bmi'), sex, age) : childAt(sex, age * 12 + 5, growth).weight / (height / 100) ** 2;
  const onset = adult ? adultProblems(chance.of('problems'), { sex, age, bmi, asOf, from: birthday(person, 18) }) : new Map<string, Day>();
  if (!adult)
    for (const [key, share, from] of CHILDHOOD)
      if (age >= from + 1 && chance.of(key).chance(share))
        onset.set(key, plus(birthday(person, from), { days: chance.of(`${key}/since`).whole(0, (age - from) * 360) }));
  const smoking = !adult
    ? undefined
    : onset.has('smoker')
      ? chance.of('smoking').chance(0.75)
        ? 'daily'
        : 'some'
      : onset.has('former-smoker')
        ? 'former'
        : 'never';
  onset.delete('smoker');
  onset.delete('former-smoker');
  return { sex, age, smoking, height, bmi, growth, onset, has: (...keys) => keys.some((key) => onset.has(key)) };
}

/** Weight (kg), height (cm) and head circumference (cm) of a child that lies so far from the middle of the chart. */
export function childAt(sex: Sex, months: number, growth: Health['growth']): { weight: number; height: number; head: number | undefined } {
  const chart = growthOf(sex);
  const at = chart.map((row) => row.months);
  const value = (of: (row: (typeof chart)[number]) => number) => between(at, chart.map(of), months);
  const heads = chart.filter((row) => row.head !== undefined);
  const weightDeviation = value((row) => row.weightDeviation);
  return {
    // Weight is skewed: above the middle the steps are longer.
    weight: value((row) => row.weight) * Math.exp(growth.weight * weightDeviation),
    height: value((row) => row.height) * (1 + growth.height * value((row) => row.heightDeviation)),
    head:
      months <= 24
        ? between(
            heads.map((row) => row.months),
            heads.map((row) => row.head!),
            months,
          ) *
          (1 + 0.02 * growth.height)
        : undefined,
  };
}
