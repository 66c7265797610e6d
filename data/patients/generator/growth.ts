import { type Day, daysFrom, plus } from './calendar.ts';
import { readRows, type Sex } from './tables.ts';

interface Age {
  readonly months: number;
  readonly l: number;
  readonly m: number;
  readonly s: number;
}
let ages: Readonly<Record<Sex, readonly Age[]>> | undefined;
function agesOf(sex: Sex): readonly Age[] {
  const read = (of: Sex) =>
    readRows('../catalogue/bmi-for-age.tsv')
      .filter(([name]) => name === of)
      .map(([, months, l, m, s]) => ({ months: Number(months), l: Number(l), m: Number(m), s: Number(s) }));
  ages ??= { female: read('female'), male: read('male') };
  return ages[sex];
}

/** The share of a normal distribution below `z` (Abramowitz and Stegun, 26.2.17; error below 1e-7). */
export function shareBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

const DAYS_A_MONTH = 30.4375;
/**
 * Percentile of a child's BMI (kg/m2) for age and sex by the CDC growth charts.
 * @throws RangeError below 2 and from 20 years on, where the charts have no BMI
 */
export function bmiPercentile(bmi: number, birthDate: Day, day: Day, sex: Sex): number {
  const elapsed = daysFrom(birthDate, day) / DAYS_A_MONTH;
  // Two years without a leap day are a little less than 24 mean months.
  const months = day >= plus(birthDate, { years: 2 }) ? Math.max(24, elapsed) : elapsed;
  const rows = agesOf(sex);
  const next = rows.findIndex((row) => row.months > months);
  if (next <= 0) throw new RangeError(`the growth charts have no BMI at ${months.toFixed(1)} months`);
  const [before, after] = [rows[next - 1]!, rows[next]!];
  const share = (months - before.months) / (after.months - before.months);
  const at = (key: 'l' | 'm' | 's') => before[key] + share * (after[key] - before[key]);
  const z = ((bmi / at('m')) ** at('l') - 1) / (at('l') * at('s'));
  return 100 * shareBelow(z);
}
