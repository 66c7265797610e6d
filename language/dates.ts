/**
 * Time in text: dates in every form people write, spans and relative expressions, resolved against `now`.
 *
 * Conventions: 3/12/2020 is March 12 (US order) unless the first number is above 12; 12.03.2020 is day first. A two-digit year is the
 * one in the hundred years up to ten years from now. A month or day without a year is the latest one that is not after `now`. Spring is
 * March to May, winter December to February (of the next year). A year alone is only read where it can be no other number.
 */

import { type Point, shiftMonths, type Today } from './calendar.ts';
import type { DatePrecision, TimeExpression } from './contract.ts';
import { points } from './date-patterns.ts';
import { dayNumber, isoDay, lastDayOfMonth } from './fhir-dates.ts';

export * from './fhir-dates.ts';

const RELATIONS: readonly (readonly [RegExp, TimeExpression['relation']])[] = [
  [
    /\b(?:ever since|since(?: at least)?|starting(?: in| on)?|beginning(?: in| on)?|as from|(?:dat|go)(?:ing|es|ed) (?:back )?(?:to|from)|effective)(?: about| around| approximately)? (?:the )?$/i,
    'since',
  ],
  [/\b(?:on or after)(?: the)? $/i, 'since'],
  [
    /\b(?:on or before|no later than|not later than|by|up to|up until|through|until|till|up through|(?<!compared |relative |similar |due |next |close )to)(?: about| around)? (?:the )?$/i,
    'until',
  ],
  [/\b(?:as of|as at)(?: about| around)? (?:the )?$/i, 'on'],
  [/\b(?:before|prior to|earlier than|preceding)(?: about| around)? (?:the )?$/i, 'before'],
  [/\b(?:after|later than|following|subsequent to|past)(?: about| around)? (?:the )?$/i, 'after'],
  [/\b(?:within|during|throughout|over)(?: the)? $/i, 'within'],
  [/\b(?:back )?(?:in|of|at|from)(?: or (?:about|around))? (?:the )?$/i, 'in'],
  [/\b(?:around|about|circa|c\.|ca\.|approximately|sometime (?:in|around))(?: the)? $/i, 'in'],
  [/\b(?:on(?: or about)?|dated|of)(?: the)? $/i, 'on'],
];

function dayAfter(day: string): string {
  return isoDay(dayNumber(day) + 1);
}
function dayBefore(day: string): string {
  return isoDay(dayNumber(day) - 1);
}

function expression(
  text: string,
  start: number,
  p: Point,
  relation: TimeExpression['relation'],
  from?: string,
  to?: string,
  end = p.end,
): TimeExpression {
  return {
    start,
    end,
    text: text.slice(start, end),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    precision: p.precision,
    relation,
    ...(p.fuzzyDays ? { fuzzyDays: p.fuzzyDays } : {}),
    ...(p.days === undefined ? {} : { days: p.days }),
    ...(p.relative ? { relative: true } : {}),
    ...(p.otherwise ? { otherwise: p.otherwise } : {}),
  };
}

/**
 * Every time expression of the text, in order, not overlapping. `now` is an ISO instant or date; its own calendar date is "today".
 * The span includes the preposition: "since 2018". Durations ("for 3 years", "7-day") carry `days` and no `from` or `to`.
 */
export function timeExpressions(text: string, now: string): readonly TimeExpression[] {
  const today: Today = { iso: now.slice(0, 10), day: dayNumber(now), year: Number(now.slice(0, 4)), month: Number(now.slice(5, 7)) };
  const found = withEarlierYears(text, withSharedYears(text, points(text, today)), today.iso);
  const result: TimeExpression[] = [];
  for (let i = 0; i < found.length; i++) {
    const p = found[i]!;
    const floor = result.at(-1)?.end ?? 0;
    const before = text.slice(floor, p.start);
    if (p.duration) {
      result.push(expression(text, p.start, p, 'for'));
      continue;
    }
    const next = found[i + 1];
    const pair = next && !next.duration ? joined(before, text.slice(p.end, next.start), p, next) : undefined;
    if (next && pair !== undefined) {
      const low = p.from <= next.from ? p.from : next.from;
      const high = p.to >= next.to ? p.to : next.to;
      result.push(expression(text, p.start - pair, { ...p, precision: finer(p, next) }, 'between', low, high, next.end));
      i++;
      continue;
    }
    if (p.open === 'from') {
      result.push(expression(text, p.start, p, 'before', undefined, p.to));
      continue;
    }
    if (/^ ?(?:onwards?|forwards?|on(?= |$|,|\.)(?! the| a| her| his))/i.test(text.slice(p.end)) && /\bfrom (?:the )?$/i.test(before)) {
      result.push(expression(text, p.start - /\bfrom (?:the )?$/i.exec(before)![0].length, p, 'since', p.from));
      continue;
    }
    const hit = RELATIONS.map(([re, relation]) => ({ match: re.exec(before), relation })).find(({ match }) => match);
    const start = hit?.match ? p.start - hit.match[0].length : p.start;
    if (!hit && p.needsPreposition) continue;
    if (!hit) {
      result.push(
        expression(text, p.start, p, p.relation ?? (p.precision === 'day' || p.precision === 'minute' ? 'on' : 'in'), p.from, p.to),
      );
      continue;
    }
    const fuzzy = /about|around|circa|approximately|sometime|ca?\./i.test(hit.match![0]);
    const loosened: Point = fuzzy
      ? { ...p, fuzzyDays: Math.max(p.fuzzyDays ?? 0, p.precision === 'year' ? 183 : p.precision === 'month' ? 31 : 7) }
      : p;
    if (hit.relation === 'since') result.push(expression(text, start, loosened, 'since', p.from, undefined));
    else if (hit.relation === 'until') result.push(expression(text, start, loosened, 'until', undefined, p.to));
    else if (hit.relation === 'before') result.push(expression(text, start, loosened, 'before', undefined, dayBefore(p.from)));
    else if (hit.relation === 'after') result.push(expression(text, start, loosened, 'after', dayAfter(p.to), undefined));
    else {
      const own = p.relation === 'ago' || p.relation === 'within' || p.relation === 'between' ? p.relation : undefined;
      const relation = own ?? (p.precision === 'day' || p.precision === 'minute' ? 'on' : hit.relation === 'within' ? 'within' : 'in');
      result.push(expression(text, start, loosened, relation, p.from, p.to));
    }
  }
  return result;
}

/** A month or day said without a year. */
const isYearless = (text: string, p: Point): boolean =>
  p.relative === true &&
  !p.duration &&
  (p.precision === 'month' || p.precision === 'day') &&
  !/\d{4}|\d\/\d|ago|last|this|next|past|today|tonight|yesterday|tomorrow|day\b|week|month|now/i.test(text.slice(p.start, p.end));

/** "Sprained on 18 October 2015, healed by 22 November": a day without a year is the next one after the date before it. */
function withEarlierYears(text: string, found: readonly Point[], now: string): Point[] {
  let last: Point | undefined;
  return found.map((p) => {
    if (!isYearless(text, p)) {
      if (!p.duration && !p.relative && !p.open) last = p;
      return p;
    }
    if (!last) return p;
    const later = p.to.slice(5, 10) < last.from.slice(5, 10) && `${Number(last.from.slice(0, 4)) + 1}${p.from.slice(4)}` <= now ? 1 : 0;
    const move = Number(last.from.slice(0, 4)) - Number(p.from.slice(0, 4)) + later;
    const { relative: _, ...rest } = p;
    const to = shiftMonths(p.to, move * 12);
    const whole = p.precision === 'month' ? `${to.slice(0, 8)}${lastDayOfMonth(Number(to.slice(0, 4)), Number(to.slice(5, 7)))}` : to;
    last = { ...rest, from: shiftMonths(p.from, move * 12), to: whole };
    return last;
  });
}

/** "between March and May 2020", "3 Jan to 12 Feb 2020": the first takes the year of the second. */
function withSharedYears(text: string, found: Point[]): Point[] {
  return found.map((p, i) => {
    const next = found[i + 1];
    if (!next || next.relative || next.duration || !p.relative || !(p.precision === 'month' || p.precision === 'day')) return p;
    if (/\d{4}|\d\/\d|ago|last|this|next|today|yesterday|past|on /i.test(text.slice(p.start, p.end))) return p;
    if (
      !/^ ?(?:and|&|to|through|thru|until|or|-|–|,|, and|vs\.?|versus|compared (?:to|with)) ?$/i.test(text.slice(p.end, next.start)) ||
      next.precision === 'year'
    )
      return p;
    const move = Number(next.from.slice(0, 4)) - Number(p.from.slice(0, 4)) - (p.from.slice(5) > next.from.slice(5, 10) ? 1 : 0);
    const { relative: _, ...rest } = p;
    return { ...rest, from: shiftMonths(p.from, move * 12), to: shiftMonths(p.to, move * 12) };
  });
}

function finer(a: Point, b: Point): DatePrecision {
  const order: DatePrecision[] = ['year', 'month', 'day', 'minute'];
  return order.indexOf(a.precision) >= order.indexOf(b.precision) ? a.precision : b.precision;
}

/** "between A and B", "from A to B", "A through B", "A - B": how much before A belongs to it; `undefined` where they are two dates. */
function joined(before: string, middle: string, a: Point, b: Point): number | undefined {
  const between = /\b(?:any ?time )?between (?:the )?$/i.exec(before);
  if (between && /^ (?:and|&) (?:the )?$/i.test(middle)) return between[0].length;
  const from = /\bfrom (?:the )?$/i.exec(before);
  if (from && /^(?: (?:to|until|till|through|thru|up to|up until) (?:the )?| ?[-–—] ?)$/i.test(middle)) return from[0].length;
  if (/^(?: (?:through|thru|until|to) | ?[-–—] ?)$/i.test(middle) && a.from <= b.from && !a.relative && !b.relative) {
    const lead = /\b(?:in|during|over|within) (?:the )?$/i.exec(before);
    return lead ? lead[0].length : 0;
  }
  return undefined;
}

/** Spans of calendar dates and clock times, whatever the date of today: what no number in the text may be read from. */
export function timeSpans(text: string): readonly (readonly [number, number])[] {
  return timeExpressions(text, '2024-07-15').map((e) => [e.start, e.end] as const);
}
