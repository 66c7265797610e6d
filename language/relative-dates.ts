/** Times said relative to today, and words that are dates only in the right place. */
import {
  countOf,
  dayPoint,
  iso,
  monthIndex,
  monthPoint,
  type Point,
  partOf,
  seasonPoint,
  shift,
  shiftMonths,
  type Today,
  UNIT_DAYS,
  unitOf,
  weekdayIndex,
  yearPoint,
} from './calendar.ts';
import { dayNumber, isoDay } from './fhir-dates.ts';
import { UNIT } from './quantity-units.ts';

export type Groups = readonly (string | undefined)[];
export function daySpan(year: number, month: string, first: number, last: number): Partial<Point> | undefined {
  const [a, b] = [dayPoint(year, monthIndex(month), first), dayPoint(year, monthIndex(month), last)];
  return a && b && a.from < b.from ? { from: a.from, to: b.to, precision: 'day', relation: 'between' } : undefined;
}

export function latestDay(month: number, day: number, t: Today): Partial<Point> | undefined {
  for (const year of [t.year, t.year - 1, t.year - 2, t.year - 3, t.year - 4]) {
    const p = dayPoint(year, month, day);
    if (p && p.from <= t.iso) return { ...p, relative: true };
  }
  return undefined;
}

/** The newest day of that number that is not to come: in a month that has it. */
export function lastSuchDay(day: number, t: Today): Partial<Point> | undefined {
  for (let back = 0; back < 3; back++) {
    const month = t.month - back;
    const found = month >= 1 ? dayPoint(t.year, month, day) : dayPoint(t.year - 1, month + 12, day);
    if (found && found.from! <= t.iso) return { ...found, relative: true };
  }
  return undefined;
}

const VALUE_ON = /^ (?:on|at) (?:the )?(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|admission|discharge|arrival|baseline)/i;

/** What may stand before a bare year or month for it to be one. */
export const PREPOSITION =
  /(?:^|[\s(,;])(?:in|since|before|after|until|till|by|from|during|around|circa|c\.|ca\.|through|throughout|to|and|or|of|back in|as of|prior to|on|dated|year|late|early|mid|between|up to|than|starting|beginning|&|last|this)[ -]*$/i;

export function bareYear(year: number, text: string, start: number, end: number): Partial<Point> | undefined {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (
    /^\s*(?:%|mg|mcg|g\b|ml|l\b|k\/|u\/|\/|iu\b|units?|kg|lbs?|cm|mm|ng|pg|cells|calories|kcal|steps|ms\b|points?|x\s?10|\.\d|,\d{3}|°)/i.test(
      after,
    )
  )
    return undefined;
  const placed = /\b(?:in|since|during|until|before|after|from|by|of|and|to) $/i.test(before);
  if (!placed && UNIT.test(after)) return undefined;
  // "BNP 1820", "ferritin 1950 on 30 May": no year of a patient's life, or one that has its day beside it.
  if (!placed && (year < 1900 || VALUE_ON.test(after))) return undefined;
  if (
    /[\d][.,]$/.test(before) ||
    /[=:<>$#]\s*$/.test(before) ||
    /\b(?:is|was|at|were|than|level|count|score|value|no|number|room|about|of about|above|below|under|exceed(?:s|ed|ing)?)\.?\s*$/i.test(
      before,
    ) ||
    // "Was it ever over 1900" asks for a value, "how did it change over 2024" for a time.
    /\b(?:ever|any)\b[^.?!]*\bover $/i.test(before)
  ) {
    // "Flu shots: 2013, 2016 and 2019"
    const listed = /:\s*$/.test(before) && /^\s*(?:,|;|and\b|&)\s*(?:and )?(?:19|20)\d\d\b(?!\s*(?:%|mg|m?mol|g\/))/.test(after);
    // "Weights: 2017 72.6, 2018 74.1"
    const dated = /:\s*$/.test(before) && /^\s+\d+(?:\.\d+)?(?:\s*[^\d\s,;]+)?\s*[,;]\s*(?:and )?(?:19|20)\d\d\s+\d/.test(after);
    if (!listed && !dated && !/\b(?:earlier|later) than\s*$/i.test(before)) return undefined;
  }
  if (/\bof\s*$/i.test(before) && /\b(?:score|count|level|value|dose|total|rate|titer|platelets?|\w+in)\s+of\s*$/i.test(before))
    return undefined;
  return { ...yearPoint(year) };
}

const MONTH_NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** Another month beside it leaves no doubt: "april vs october", "between may and september"; so does what it is compared with: "than nov". */
const BESIDE_MONTH = new RegExp(
  `\\b(?:between|than|compared (?:to|with)|(?:${MONTH_NAME}) (?:and|or|to|vs\\.?|versus|compared (?:to|with)))\\s*$`,
  'i',
);
const MONTH_AHEAD = new RegExp(`^ (?:and|or|to|vs\\.?|versus|compared (?:to|with)) (?:${MONTH_NAME})\\b`, 'i');
/** Names that are months and nothing else in English, also without a capital. */
const PLAIN_MONTH = /^(?:january|february|july|september|october|november|december)$/i;

export function bareMonth(lead: string | undefined, name: string, t: Today, text: string, start: number): Partial<Point> | undefined {
  const month = monthIndex(name);
  const isAbbreviation = name.length <= 4 && !['may', 'june', 'july'].includes(name.toLowerCase());
  const before = text.slice(0, start);
  const capital = /^[A-Z]/.test(lead ? name : text.slice(start)) || /[A-Z]/.test(name[0]!);
  if (!capital) {
    // "in march" is typed in haste; "may", "march" and "mar" without a capital are verbs elsewhere.
    const after = text.slice(start + (lead ? text.slice(start).toLowerCase().indexOf(name.toLowerCase()) : 0) + name.length);
    const beside = BESIDE_MONTH.test(before) || MONTH_AHEAD.test(after);
    if (
      !/\b(?:in|since|last|until|till|during|of|by)\s*$/i.test(before) &&
      !(lead && /last|next|past|early|mid|late| of$/.test(lead)) &&
      !beside &&
      !PLAIN_MONTH.test(name)
    )
      return undefined;
  } else if (!lead && (isAbbreviation || ['may', 'march', 'june', 'april', 'august'].includes(name.toLowerCase()))) {
    // A name (June, April), a verb at the start of a sentence (May, March) or an abbreviation of something else.
    if (!PREPOSITION.test(before) || /\b(?:and|or|to|by|from|on)\s*$/i.test(before)) {
      if (!/\b(?:by|from|to|and)\s*$/i.test(before) || isAbbreviation) return undefined;
    }
  }
  const thisYear = monthPoint(t.year, month);
  const at =
    lead === 'next'
      ? thisYear.from > t.iso
        ? t.year
        : t.year + 1
      : thisYear.from <= t.iso
        ? month === t.month && (lead === 'last' || /\b(?:than|compared (?:to|with))\s*$/i.test(before))
          ? t.year - 1
          : t.year
        : t.year - 1;
  const which = lead !== undefined && /^(?:early|mid|late|the|beginning|start|end)/.test(lead) ? lead : undefined;
  return { ...partOf(monthPoint(at, month), which), relative: true };
}

/** A month with or without its year: without, the latest that has begun. */
export function monthSaid(name: string, year: string | undefined, t: Today): Partial<Point> {
  const month = monthIndex(name);
  if (year) return monthPoint(Number(year), month);
  const thisYear = monthPoint(t.year, month);
  return { ...(thisYear.from <= t.iso ? thisYear : monthPoint(t.year - 1, month)), relative: true };
}

const days = ({ from, to, relative }: Partial<Point>, first: number, last: number): Partial<Point> => ({
  from: isoDay(dayNumber(from!) + first),
  to: last < 0 ? to! : isoDay(dayNumber(from!) + last),
  precision: 'day',
  relation: 'in',
  ...(relative ? { relative } : {}),
});

/** "The first week of May": its first seven days. */
export function weekOf(month: Partial<Point>, which: string): Partial<Point> {
  const length = dayNumber(month.to!) - dayNumber(month.from!) + 1;
  if (/last|final/i.test(which)) return days(month, length - 7, -1);
  const place = ['first', 'second', 'third', 'fourth'].indexOf(which.toLowerCase());
  const at = place >= 0 ? place : Number.parseInt(which, 10) - 1;
  return days(month, at * 7, at * 7 + 6);
}

export const halfOf = (month: Partial<Point>, which: string): Partial<Point> =>
  /first|1st/i.test(which) ? days(month, 0, 14) : days(month, 15, -1);

export function relativeDay(days: number, t: Today): Partial<Point> {
  const day = isoDay(t.day + days);
  return { from: day, to: day, precision: 'day', relative: true };
}

export function relativeSeason(lead: string, name: string, t: Today): Partial<Point> | undefined {
  const l = lead.toLowerCase();
  const years = [t.year + 1, t.year, t.year - 1, t.year - 2];
  const points = years.map((y) => seasonPoint(y, name));
  const chosen =
    l === 'next'
      ? points.findLast((p) => p.from > t.iso)
      : l === 'this'
        ? points.find((p) => p.from <= t.iso || p.from.slice(0, 4) === String(t.year))
        : (points.find((p) => p.to < t.iso) ?? points.find((p) => p.from <= t.iso));
  return chosen && { ...chosen, relative: true };
}

export function relativePeriod(lead: string, unit: string, t: Today): Partial<Point> {
  if (/past|the last/.test(lead)) {
    return {
      from: shift(t.iso, -1, unit),
      to: t.iso,
      precision: 'day',
      relative: true,
      relation: 'within',
      fuzzyDays: Math.ceil(UNIT_DAYS[unit]! / 12),
    };
  }
  const step = /this|current/.test(lead) ? 0 : /next|coming/.test(lead) ? 1 : -1;
  if (unit === 'year') return { ...yearPoint(t.year + step), relative: true };
  if (unit === 'month') {
    const day = shiftMonths(iso(t.year, t.month, 1), step);
    return { ...monthPoint(+day.slice(0, 4), +day.slice(5, 7)), relative: true };
  }
  if (unit === 'quarter') {
    const start = shiftMonths(iso(t.year, Math.floor((t.month - 1) / 3) * 3 + 1, 1), step * 3);
    return { from: start, to: isoDay(dayNumber(shiftMonths(start, 3)) - 1), precision: 'month', relative: true };
  }
  // Weeks begin on Monday; "last week" is said loosely.
  const monday = t.day - ((new Date(t.day * 86_400_000).getUTCDay() + 6) % 7) + step * 7;
  return { from: isoDay(monday), to: isoDay(monday + 6), precision: 'day', relative: true, fuzzyDays: step === 0 ? 0 : 2 };
}

export function relativeWeekday(lead: string, name: string, t: Today): Partial<Point> {
  const want = weekdayIndex(name);
  const current = new Date(t.day * 86_400_000).getUTCDay();
  const back = (current - want + 7) % 7 || 7;
  return lead.toLowerCase() === 'next' || (lead.toLowerCase() === 'this' && want > current)
    ? relativeDay(7 - (back % 7) || 7, t)
    : relativeDay(-back, t);
}

export const LOOSE = /\b(?:few|several|couple|many)\b/i;

export function lastSpan(g: Groups, t: Today): Partial<Point> {
  const unit = unitOf(g[3]!);
  const count = g[2] === undefined ? 1 : countOf(g[2]);
  const total = count * UNIT_DAYS[unit]!;
  const days = Math.round(total);
  const from = unit === 'hour' || unit === 'minute' ? isoDay(t.day - Math.ceil(total)) : shift(t.iso, -count, unit);
  return {
    from,
    to: t.iso,
    precision: 'day',
    relative: true,
    relation: g[1]?.toLowerCase() === 'for' ? 'for' : 'within',
    days,
    fuzzyDays: g[2] !== undefined && LOOSE.test(g[2]) ? Math.ceil(total / 2) : Math.ceil(UNIT_DAYS[unit]! / 12),
  };
}

export function ago(g: Groups, t: Today): Partial<Point> {
  const unit = unitOf(g[3]!);
  const count = countOf(g[2]!);
  const total = count * UNIT_DAYS[unit]!;
  const day = shift(t.iso, -count, unit);
  const said = g[1]?.toLowerCase() ?? (/\d\+/.test(g[0] ?? '') ? 'at least' : '');
  const slack = LOOSE.test(g[2]!)
    ? total / 2
    : /about|around|approx|roughly|some|nearly|almost|circa|~|just/.test(said)
      ? Math.max(total / 4, UNIT_DAYS[unit]! / 2)
      : UNIT_DAYS[unit]! / 2;
  const base = { precision: 'day' as const, relative: true, fuzzyDays: Math.ceil(slack) };
  if (/^(?:more than|over|at least)$/.test(said)) return { from: '0001-01-01', to: day, ...base, relation: 'before', open: 'from' };
  if (/^(?:less than|fewer than|under|within)$/.test(said)) return { from: day, to: t.iso, ...base, relation: 'within' };
  return { from: day, to: day, ...base, relation: 'ago' };
}

export function duration(count: string, unitWord: string): Partial<Point> | undefined {
  // "for any" is not "for an y".
  if (/^[a-z]/i.test(count) && /^[a-z]$/i.test(unitWord)) return undefined;
  const unit = unitOf(unitWord);
  const days = countOf(count) * UNIT_DAYS[unit]!;
  if (!Number.isFinite(days)) return undefined;
  const slack = LOOSE.test(count) ? days / 2 : UNIT_DAYS[unit]! / 2;
  return {
    from: '',
    to: '',
    precision: 'day',
    relation: 'for',
    days: Math.round(days * 100) / 100,
    fuzzyDays: Math.max(unit === 'hour' || unit === 'minute' ? 0 : 1, Math.ceil(slack)),
    duration: true,
  };
}

/** "in 3 to 4 weeks", "2-3 years ago", "for 2 or 3 days": from the lesser to the greater. */
export function between(low: string, high: string, unitWord: string, when: 'ahead' | 'ago' | 'for', t: Today): Partial<Point> | undefined {
  const [a, b] = [countOf(low), countOf(high)];
  const unit = unitOf(unitWord);
  if (!(a < b)) return undefined;
  if (when === 'for') {
    const days = UNIT_DAYS[unit]!;
    return {
      from: '',
      to: '',
      precision: 'day',
      relation: 'for',
      days: Math.round(((a + b) / 2) * days * 100) / 100,
      fuzzyDays: Math.max(1, Math.ceil(((b - a) / 2 + 0.5) * days)),
      duration: true,
    };
  }
  const sign = when === 'ago' ? -1 : 1;
  const ends = [shift(t.iso, sign * a, unit), shift(t.iso, sign * b, unit)].sort();
  return {
    from: ends[0]!,
    to: ends[1]!,
    precision: 'day',
    relative: true,
    relation: when === 'ago' ? 'ago' : 'after',
    fuzzyDays: Math.ceil(UNIT_DAYS[unit]! / 2),
  };
}
