import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates } from '../../language/dates.ts';
import { convert, type Substance, sameUnit } from '../../language/units.ts';
import type { Fact } from '../contract.ts';
import type { Note, NumberAt, Numbers, Question, QuestionTime, Threshold } from './contract.ts';
import type { Scope } from './scope.ts';
import { isVoid, matching } from './select.ts';
import { windowOf } from './windows.ts';

/** Numbers of one thing in one unit, oldest first. */
export interface Series {
  readonly points: readonly NumberAt[];
  readonly unit?: string;
  readonly ucum?: string;
  readonly notes: readonly Note[];
}

const digits = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

/** As many digits as the record gives, at most three after the point for a converted value. */
const rewritten = (value: number, like: string): string => value.toFixed(Math.min(Math.max(digits(like), 1), 3));

/**
 * The numeric values of facts in the unit of the newest. A value whose unit does not convert is left out and noted: units are never
 * assumed. Values with a comparator ("<5") are bounds; they stand in the series with their comparator in `text`.
 */
export function seriesOf(facts: readonly Fact[], substance?: Substance): Series {
  const numeric = facts.filter((fact) => fact.value?.type === 'quantity');
  const ordered = [...numeric].sort((a, b) => (a.date && b.date ? compareFhirDates(a.date, b.date) : a.date ? 1 : b.date ? -1 : 0));
  const newest = ordered.at(-1)?.value;
  if (newest?.type !== 'quantity') return { points: [], notes: [] };
  const points: NumberAt[] = [];
  const other: Fact[] = [];
  for (const fact of ordered) {
    const value = fact.value;
    if (value?.type !== 'quantity') continue;
    const prefix = value.comparator ?? '';
    const at = { ...(fact.date ? { date: fact.date } : {}), fact };
    const same =
      value.ucum && newest.ucum
        ? value.ucum === newest.ucum || sameUnit(value.ucum, newest.ucum)
        : (value.unit ?? '').toLowerCase() === (newest.unit ?? '').toLowerCase();
    if (same) {
      points.push({ value: value.value, text: prefix + value.text, converted: false, ...at });
      continue;
    }
    const converted = value.ucum && newest.ucum ? convert(value.value, value.ucum, newest.ucum, substance) : undefined;
    if (converted === undefined) other.push(fact);
    else points.push({ value: converted, text: prefix + rewritten(converted, newest.text), converted: true, ...at });
  }
  const notes: Note[] =
    other.length > 0
      ? [
          {
            kind: 'other-unit',
            text: `${other.length} ${other.length === 1 ? 'value has' : 'values have'} a unit that cannot be compared with ${newest.unit ?? 'the others, which have none'}`,
            facts: other,
          },
        ]
      : [];
  return { points, ...(newest.unit ? { unit: newest.unit } : {}), ...(newest.ucum ? { ucum: newest.ucum } : {}), notes };
}

/** Count, ends and mean of a series. Bounds ("<5") do not enter the mean. */
export function numbersOf(series: Series): Numbers {
  const { points, unit, ucum } = series;
  const exact = points.filter((point) => /^[-\d.]/.test(point.text));
  const dated = points.filter((point) => point.date);
  const first = dated[0] ?? points[0];
  const last = dated.at(-1) ?? points.at(-1);
  // Of equal extremes the newest is named.
  const min = points.reduce<NumberAt | undefined>((best, point) => (!best || point.value <= best.value ? point : best), undefined);
  const max = points.reduce<NumberAt | undefined>((best, point) => (!best || point.value >= best.value ? point : best), undefined);
  const mean = exact.length > 0 ? exact.reduce((sum, point) => sum + point.value, 0) / exact.length : undefined;
  return {
    count: points.length,
    ...(unit ? { unit } : {}),
    ...(ucum ? { ucum } : {}),
    ...(first ? { first } : {}),
    ...(last ? { last } : {}),
    ...(min ? { min } : {}),
    ...(max ? { max } : {}),
    ...(mean === undefined ? {} : { mean }),
  };
}

/** `to` - `from` in the unit of the series. */
export function changeOf(from: NumberAt, to: NumberAt): NonNullable<Numbers['change']> {
  const difference = Number((to.value - from.value).toPrecision(12));
  return { from, to, difference, ...(from.value !== 0 ? { percent: (difference / Math.abs(from.value)) * 100 } : {}) };
}

/** Whether a value meets a threshold; undefined where a bound ("<5") does not decide it. `value` is in the threshold's unit. */
export function meets(value: number, text: string, { op, value: limit, second }: Threshold): boolean | undefined {
  const bound = /^(<=?|>=?)/.exec(text)?.[1];
  if (bound?.startsWith('<')) {
    if (op === '<' || op === '<=') return value <= limit ? true : undefined;
    if ((op === '>' || op === '>=') && value <= limit) return false;
    return undefined;
  }
  if (bound?.startsWith('>')) {
    if (op === '>' || op === '>=') return value >= limit ? true : undefined;
    if ((op === '<' || op === '<=') && value >= limit) return false;
    return undefined;
  }
  switch (op) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '=':
      return Math.abs(value - limit) < 0.5 * 10 ** -digits(String(limit));
    case 'between':
      return value >= limit && value <= (second ?? limit);
  }
}

export const unique = (facts: readonly Fact[]): readonly Fact[] => [...new Set(facts)];

export function wholeSeries(
  { question, chart, kinds }: Scope,
  time?: QuestionTime,
): { readonly series: Series; readonly missing: boolean; readonly text: string } {
  const window = windowOf(time, chart);
  const facts = matching({ ...question, kinds }, chart).filter((fact) => !isVoid(fact));
  const series = seriesOf(facts, substanceOf(facts[0]?.concepts ?? []));
  const points = series.points.filter(
    (point) =>
      point.date !== undefined &&
      (!window.visit || !point.fact.visit || point.fact.visit === window.visit) &&
      (!window.from || point.date.slice(0, 10) >= window.from.slice(0, point.date.length)) &&
      (!window.to || point.date.slice(0, 10) <= window.to),
  );
  return { series: { ...series, points }, missing: window.missing !== undefined, text: time?.text ?? '' };
}

export function pointBefore(scope: Scope, day: string): NumberAt | undefined {
  return wholeSeries(scope)
    .series.points.filter((point) => point.date!.slice(0, 10) < day)
    .at(-1);
}

export const unknown = (question: Question): { polarity?: 'unknown' } => (question.polar ? { polarity: 'unknown' } : {});
