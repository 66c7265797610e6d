/** Values with their units as written, wrong ones, and harmless other ways to state them. */
import type { Choices } from '../record/phrasing.ts';
import type { Change } from './truth.ts';

/** Notations of a unit; the first is what a true sentence has. No notation: people leave it out. */
export const NOTATIONS: Readonly<Record<string, readonly string[]>> = {
  'mm[Hg]': [' mmHg', ' mm Hg'],
  '%': ['%', ' %', ' percent'],
  '10*3/uL': [' K/uL', ' x10^3/uL', ' 10*3/uL', ' thousand/uL'],
  '10*6/uL': [' M/uL', ' x10^6/uL', ' million/uL'],
  Cel: [' °C', ' C', ' degrees Celsius'],
  'kg/m2': [' kg/m2', ' kg/m²'],
  'mL/min/{1.73_m2}': [' mL/min/1.73 m2', ' mL/min/1.73m²', ' mL/min/1.73m2', ' mL/min'],
  'mg/dL': [' mg/dL', ' mg/dl', ' milligrams per deciliter'],
  'mmol/L': [' mmol/L', ' mmol/l'],
  kg: [' kg', ' kilograms', 'kg'],
  cm: [' cm', ' centimeters', 'cm'],
  'U/L': [' U/L', ' IU/L', ' units/L'],
  '/min': ['/min', ' per minute'],
  '{score}': ['', ' points'],
  '{T-score}': [''],
  'g/dL': [' g/dL', ' g/dl'],
};
export const WRONG_UNITS: Readonly<Record<string, readonly string[]>> = {
  'mg/dL': ['g/dL', 'mmol/L', 'mcg/dL', 'mg/L'],
  'mmol/L': ['mg/dL', 'µmol/L', 'mmol/mL'],
  '%': ['mmol/mol', 'mg/dL', 'g/dL'],
  kg: ['lb', 'pounds', 'g', 'stone'],
  cm: ['inches', 'mm', 'm', 'feet'],
  'mm[Hg]': ['kPa', 'cmH2O'],
  'g/dL': ['g/L', 'mg/dL', 'kg/L'],
  '10*3/uL': ['x10^6/uL', 'million/uL', 'cells/uL'],
  '10*6/uL': ['K/uL', 'x10^9/L', 'cells/uL'],
  Cel: ['°F', 'degrees Fahrenheit'],
  fL: ['pg', 'mL'],
  pg: ['fL', 'ng', 'mg'],
  'U/L': ['U/mL', 'mg/L'],
  'pg/mL': ['ng/mL', 'mg/dL'],
  'ng/mL': ['pg/mL', 'mcg/mL', 'mg/mL'],
  'kg/m2': ['lb/m2', 'g/m2'],
  'g/L': ['g/dL', 'mg/dL'],
};
/** Conventional factors (AMA Manual of Style, table of conversions): value in the second unit = value x factor (+ offset). */
export const CONVERSIONS: readonly {
  readonly test: RegExp;
  readonly from: string;
  readonly to: string;
  readonly factor: number;
  readonly offset?: number;
  readonly decimals: number;
}[] = [
  { test: /glucose/, from: 'mg/dL', to: ' mmol/L', factor: 0.055507, decimals: 1 },
  { test: /cholesterol|ldl|hdl/, from: 'mg/dL', to: ' mmol/L', factor: 0.025863, decimals: 2 },
  { test: /triglycerides/, from: 'mg/dL', to: ' mmol/L', factor: 0.011294, decimals: 2 },
  { test: /creatinine/, from: 'mg/dL', to: ' µmol/L', factor: 88.402, decimals: 0 },
  { test: /hba1c/, from: '%', to: ' mmol/mol', factor: 10.9314, offset: -23.5243, decimals: 0 },
  { test: /calcium/, from: 'mg/dL', to: ' mmol/L', factor: 0.24951, decimals: 2 },
  { test: /sodium|potassium|chloride|bicarbonate/, from: 'mmol/L', to: ' mEq/L', factor: 1, decimals: 1 },
  { test: /\/(?:hemoglobin|albumin|protein|mchc)$/, from: 'g/dL', to: ' g/L', factor: 10, decimals: 0 },
  { test: /bilirubin/, from: 'mg/dL', to: ' µmol/L', factor: 17.104, decimals: 0 },
  { test: /weight/, from: 'kg', to: ' lb', factor: 2.204623, decimals: 1 },
  { test: /weight/, from: 'kg', to: ' pounds', factor: 2.204623, decimals: 0 },
  { test: /weight/, from: '[lb_av]', to: ' kg', factor: 0.453592, decimals: 1 },
  { test: /height/, from: 'cm', to: ' inches', factor: 0.393701, decimals: 1 },
  { test: /height/, from: 'cm', to: ' m', factor: 0.01, decimals: 2 },
  { test: /temperature/, from: 'Cel', to: ' °F', factor: 1.8, offset: 32, decimals: 1 },
  { test: /temperature/, from: '[degF]', to: ' °C', factor: 0.555556, offset: -17.7778, decimals: 1 },
  { test: /wbc|platelets/, from: '10*3/uL', to: ' x10^9/L', factor: 1, decimals: 1 },
  { test: /rbc/, from: '10*6/uL', to: ' x10^12/L', factor: 1, decimals: 2 },
];

export interface Shown {
  readonly v: string;
  readonly vu: string;
  readonly decimals: number;
}

export function decimalsOf(value: number): number {
  const written = String(value);
  const recorded = written.includes('.') ? written.length - written.indexOf('.') - 1 : 0;
  return Math.min(recorded, Math.abs(value) < 0.1 ? 4 : Math.abs(value) >= 100 ? 1 : 2);
}
export function show(value: number, unit: string | undefined, decimals = decimalsOf(value), notation = 0): Shown {
  const v = value.toFixed(decimals);
  return { v, vu: v + (notationsOf(unit)[notation] ?? ''), decimals };
}
export function notationsOf(unit: string | undefined): readonly string[] {
  if (unit === undefined) return [''];
  return NOTATIONS[unit] ?? (/[{[*(]/.test(unit) ? [''] : [` ${unit}`]);
}

/** Digits swapped, a slip, a factor, another value of the same series: none that rounding, or a record's own shorter display, would admit. */
export function wrongValues(value: number, decimals: number, series: readonly number[], choices: Choices): readonly number[] {
  const step = 10 ** -decimals;
  const factor = choices.pick([0.5, 0.7, 0.85, 0.93, 1.07, 1.15, 1.4, 2, 10]);
  const digits = value.toFixed(decimals);
  const swapped = digits.replace(/(\d)(\.?)(\d)(?=\D*$)/, '$3$2$1');
  const wrong = [value * factor, value + 2 * step, value - 3 * step, value + 1, Number(swapped), ...series];
  return [...new Set(wrong.map((w) => Number(w.toFixed(decimals))))].filter(
    (w) => Math.abs(w - value) > Math.max(1.01 * step, 0.004 * Math.abs(value)) && Number.isFinite(w) && (value < 0 || w >= 0),
  );
}

export function valueRewordings(key: string, value: number, unit: string | undefined, shown: Shown, choices: Choices): Change[] {
  const changes: Change[] = [];
  const notations = notationsOf(unit);
  for (const n of choices.some(notations.slice(1), 2)) changes.push({ kind: 'unit-notation', fill: { vu: shown.v + n } });
  if ((notations[0] ?? '') !== '') changes.push({ kind: 'unit-omitted', fill: { vu: shown.v } });
  if (shown.decimals > 0 && Math.abs(value) >= 10) {
    const round = value.toFixed(shown.decimals - 1);
    // "Hemoglobin 12" for 11.6 is another statement; said without a hedge, rounding may hide no more than 2 %.
    if (Math.abs(Number(round) - value) <= 0.02 * Math.abs(value))
      changes.push({ kind: 'rounding', fill: { v: round, vu: round + (notations[0] ?? '') } });
    changes.push({ kind: 'rounding', fill: { vu: `about ${value.toFixed(0)}${notations[0] ?? ''}`, v: value.toFixed(0) } });
  } else if (shown.decimals > 1)
    changes.push({ kind: 'rounding', fill: { v: value.toFixed(1), vu: value.toFixed(1) + (notations[0] ?? '') } });
  for (const c of choices.some(
    CONVERSIONS.filter((c) => c.from === unit && c.test.test(key)),
    2,
  )) {
    const converted = (value * c.factor + (c.offset ?? 0)).toFixed(c.decimals);
    changes.push({ kind: 'unit-conversion', fill: { vu: converted + c.to, v: converted } });
  }
  return changes;
}
