/** Words and arithmetic of the calendar that dates in text are read with. */

import type { DatePrecision, TimeExpression } from './contract.ts';
import { dayNumber, isoDay, lastDayOfMonth } from './fhir-dates.ts';
import { smallNumbers, TENS } from './number-words.ts';

export interface Today {
  readonly iso: string;
  readonly day: number;
  readonly year: number;
  readonly month: number;
}

/** A point or span without its preposition. */
export interface Point {
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
  readonly precision: DatePrecision;
  readonly relative?: boolean;
  readonly fuzzyDays?: number;
  /** Must stand behind "in", "since", "on" ... to be a date at all. */
  readonly needsPreposition?: boolean;
  readonly relation?: TimeExpression['relation'];
  readonly days?: number;
  /** No calendar end: a duration. */
  readonly duration?: boolean;
  readonly open?: 'from' | 'to';
  /** Another reading of a date like 7/2/2021, ISO day. */
  readonly otherwise?: string;
}

export const MONTH_NAMES = 'january february march april may june july august september october november december'.split(' ');
export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
export const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
export const ORDINAL = '(?:st|nd|rd|th)?';
export const YEAR = '(?:1[89]\\d\\d|20\\d\\d)';
export const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
export const WEEKDAY = '(?:sun|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?)(?:day)?';
export const SEASON = '(?:spring|summer|autumn|fall|winter)';
export const CLOCK =
  '(?:[T ,]*(?:at )?([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d(?:\\.\\d+)?)?(?: ?([ap])\\.?m\\.?)?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?)';
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...smallNumbers(19),
  ...TENS,
  couple: 2,
  few: 3,
  several: 4,
  half: 0.5,
  many: 10,
};
export const COUNT = `(?:\\d+(?:\\.\\d+)?|(?:an?|one) (?:couple|few)(?: of)?|couple(?: of)?|few|several|half an?|half|(?:one|two|three|four) and a half|twenty[- ](?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(NUMBER_WORDS).join('|')})`;
export const UNIT_DAYS: Record<string, number> = {
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  night: 1,
  week: 7,
  fortnight: 14,
  month: 30.4375,
  quarter: 91.3,
  year: 365.25,
  decade: 3652.5,
};
export const UNIT =
  '(?:minutes?|mins?|hours?|hrs?|h|days?|d|nights?|weeks?|wks?|wk|fortnights?|months?|mos?|mths?|quarters?|years?|yrs?|y|decades?)';
export const WORD_UNIT =
  '(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mos|mths?|quarters?|years?|yrs?|decades?)';

export function unitOf(word: string): string {
  const w = word.toLowerCase().replace(/s$/, '');
  return (
    (
      { min: 'minute', hr: 'hour', h: 'hour', d: 'day', wk: 'week', mo: 'month', mth: 'month', y: 'year', yr: 'year' } as Record<
        string,
        string
      >
    )[w] ?? w
  );
}

export function countOf(text: string): number {
  const t = text
    .toLowerCase()
    .replace(/ of$/, '')
    .replace(/^(?:an?|one) (?=couple|few)/, '')
    .replace(/^half an?$/, 'half');
  const half = /^(\w+) and a half$/.exec(t);
  if (half) return NUMBER_WORDS[half[1]!]! + 0.5;
  const compound = /^twenty[- ](\w+)$/.exec(t);
  if (compound) return 20 + NUMBER_WORDS[compound[1]!]!;
  return NUMBER_WORDS[t] ?? Number(t);
}

export const pad = (n: number): string => String(n).padStart(2, '0');
export const iso = (y: number, m: number, d: number): string => `${String(y).padStart(4, '0')}-${pad(m)}-${pad(d)}`;
export const monthIndex = (name: string): number =>
  MONTH_NAMES.findIndex((m) => m.startsWith(name.toLowerCase().replace(/\.$/, '').slice(0, 3))) + 1;
export const weekdayIndex = (name: string): number => WEEKDAYS.findIndex((w) => w.startsWith(name.toLowerCase().slice(0, 3)));

export function shiftMonths(day: string, months: number): string {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(total / 12);
  const month = (total % 12) + 1;
  return iso(year, month, Math.min(Number(day.slice(8, 10)), lastDayOfMonth(year, month)));
}

export function shift(day: string, count: number, unit: string): string {
  if (unit === 'year') return Number.isInteger(count) ? shiftMonths(day, count * 12) : shiftMonths(day, Math.round(count * 12));
  if (unit === 'decade') return shiftMonths(day, Math.round(count * 120));
  if ((unit === 'month' || unit === 'quarter') && Number.isInteger(count)) return shiftMonths(day, count * (unit === 'quarter' ? 3 : 1));
  return isoDay(dayNumber(day) + Math.round(count * UNIT_DAYS[unit]!));
}

export function dayPoint(y: number, m: number, d: number): Pick<Point, 'from' | 'to' | 'precision'> | undefined {
  if (m < 1 || m > 12 || d < 1 || d > lastDayOfMonth(y, m)) return undefined;
  return { from: iso(y, m, d), to: iso(y, m, d), precision: 'day' };
}
export function monthPoint(y: number, m: number): Pick<Point, 'from' | 'to' | 'precision'> {
  return { from: iso(y, m, 1), to: iso(y, m, lastDayOfMonth(y, m)), precision: 'month' };
}
export function yearPoint(y: number): Pick<Point, 'from' | 'to' | 'precision'> {
  return { from: iso(y, 1, 1), to: iso(y, 12, 31), precision: 'year' };
}

/** "early/mid/late" of a span: its first, middle, last third. */
export function partOf(
  p: Pick<Point, 'from' | 'to' | 'precision'>,
  which: string | undefined,
): Pick<Point, 'from' | 'to' | 'precision' | 'fuzzyDays'> {
  if (!which) return p;
  const first = dayNumber(p.from);
  const length = dayNumber(p.to) - first + 1;
  const w = which.toLowerCase();
  const [a, b] = /early|begin|start/.test(w) ? [0, 1 / 3] : /mid/.test(w) ? [1 / 3, 2 / 3] : [2 / 3, 1];
  return {
    from: isoDay(first + Math.floor(length * a)),
    to: isoDay(first + Math.ceil(length * b) - 1),
    precision: p.precision === 'year' ? 'month' : p.precision,
    fuzzyDays: Math.round(length / 6),
  };
}

export function seasonPoint(y: number, name: string): Pick<Point, 'from' | 'to' | 'precision' | 'fuzzyDays'> {
  const n = name.toLowerCase();
  const start = n === 'spring' ? 3 : n === 'summer' ? 6 : n === 'winter' ? 12 : 9;
  const end = start === 12 ? 2 : start + 2;
  const endYear = start === 12 ? y + 1 : y;
  return {
    from: iso(y, start, 1),
    to: iso(endYear, end, lastDayOfMonth(endYear, end)),
    precision: 'month',
    fuzzyDays: start === 12 ? 60 : 21,
  };
}

export function fullYear(digits: string, today: Today): number {
  if (digits.length === 4) return Number(digits);
  const value = 2000 + Number(digits);
  return value > today.year + 10 ? value - 100 : value;
}

export function withTime(p: Pick<Point, 'from' | 'to' | 'precision'> | undefined, hour?: string, minute?: string, half?: string): typeof p {
  if (!p || hour === undefined || minute === undefined) return p;
  let h = Number(hour);
  if (half) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const at = `${p.from}T${pad(h)}:${minute}`;
  return { from: at, to: at, precision: 'minute' };
}
