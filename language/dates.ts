/**
 * Time in text: dates in every form people write, spans and relative expressions, resolved against `now`.
 *
 * Conventions: 3/12/2020 is March 12 (US order) unless the first number is above 12; 12.03.2020 is day first. A two-digit year is the
 * one in the hundred years up to ten years from now. A month or day without a year is the latest one that is not after `now`. Spring is
 * March to May, winter December to February (of the next year). A year alone is only read where it can be no other number.
 */
import type { DatePrecision, TimeExpression } from './contract.ts';
import { dayNumber, isoDay, lastDayOfMonth } from './fhir-dates.ts';

export * from './fhir-dates.ts';

interface Today {
  readonly iso: string;
  readonly day: number;
  readonly year: number;
  readonly month: number;
}

/** A point or span without its preposition. */
interface Point {
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
}

const MONTH_NAMES = 'january february march april may june july august september october november december'.split(' ');
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const ORDINAL = '(?:st|nd|rd|th)?';
const YEAR = '(?:1[89]\\d\\d|20\\d\\d)';
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const WEEKDAY = '(?:sun|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?)(?:day)?';
const SEASON = '(?:spring|summer|autumn|fall|winter)';
const CLOCK =
  '(?:[T ,]*(?:at )?([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d(?:\\.\\d+)?)?(?: ?([ap])\\.?m\\.?)?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?)';
const NUMBER_WORDS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  couple: 2,
  few: 3,
  several: 4,
  half: 0.5,
  many: 10,
};
const COUNT = `(?:\\d+(?:\\.\\d+)?|(?:an?|one) (?:couple|few)(?: of)?|couple(?: of)?|few|several|half an?|half|(?:one|two|three|four) and a half|twenty[- ](?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(NUMBER_WORDS).join('|')})`;
const UNIT_DAYS: Record<string, number> = {
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
const UNIT =
  '(?:minutes?|mins?|hours?|hrs?|h|days?|d|nights?|weeks?|wks?|wk|fortnights?|months?|mos?|mths?|quarters?|years?|yrs?|y|decades?)';
const WORD_UNIT = '(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mos|mths?|quarters?|years?|yrs?|decades?)';

function unitOf(word: string): string {
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

function countOf(text: string): number {
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

const pad = (n: number): string => String(n).padStart(2, '0');
const iso = (y: number, m: number, d: number): string => `${String(y).padStart(4, '0')}-${pad(m)}-${pad(d)}`;
const monthIndex = (name: string): number =>
  MONTH_NAMES.findIndex((m) => m.startsWith(name.toLowerCase().replace(/\.$/, '').slice(0, 3))) + 1;
const weekdayIndex = (name: string): number => WEEKDAYS.findIndex((w) => w.startsWith(name.toLowerCase().slice(0, 3)));

function shiftMonths(day: string, months: number): string {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(total / 12);
  const month = (total % 12) + 1;
  return iso(year, month, Math.min(Number(day.slice(8, 10)), lastDayOfMonth(year, month)));
}

function shift(day: string, count: number, unit: string): string {
  if (unit === 'year') return Number.isInteger(count) ? shiftMonths(day, count * 12) : shiftMonths(day, Math.round(count * 12));
  if (unit === 'decade') return shiftMonths(day, Math.round(count * 120));
  if ((unit === 'month' || unit === 'quarter') && Number.isInteger(count)) return shiftMonths(day, count * (unit === 'quarter' ? 3 : 1));
  return isoDay(dayNumber(day) + Math.round(count * UNIT_DAYS[unit]!));
}

function dayPoint(y: number, m: number, d: number): Pick<Point, 'from' | 'to' | 'precision'> | undefined {
  if (m < 1 || m > 12 || d < 1 || d > lastDayOfMonth(y, m)) return undefined;
  return { from: iso(y, m, d), to: iso(y, m, d), precision: 'day' };
}
function monthPoint(y: number, m: number): Pick<Point, 'from' | 'to' | 'precision'> {
  return { from: iso(y, m, 1), to: iso(y, m, lastDayOfMonth(y, m)), precision: 'month' };
}
function yearPoint(y: number): Pick<Point, 'from' | 'to' | 'precision'> {
  return { from: iso(y, 1, 1), to: iso(y, 12, 31), precision: 'year' };
}

/** "early/mid/late" of a span: its first, middle, last third. */
function partOf(
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

function seasonPoint(y: number, name: string): Pick<Point, 'from' | 'to' | 'precision' | 'fuzzyDays'> {
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

function fullYear(digits: string, today: Today): number {
  if (digits.length === 4) return Number(digits);
  const value = 2000 + Number(digits);
  return value > today.year + 10 ? value - 100 : value;
}

type Groups = readonly (string | undefined)[];
interface Pattern {
  readonly re: RegExp;
  readonly read: (groups: Groups, today: Today, text: string, start: number, end: number) => Partial<Point> | undefined;
}
function pattern(source: string, read: Pattern['read']): Pattern {
  return { re: new RegExp(`(?<![\\w/.-])(?:${source})(?![\\w]|[/-]\\d)`, 'gi'), read };
}

function withTime(p: Pick<Point, 'from' | 'to' | 'precision'> | undefined, hour?: string, minute?: string, half?: string): typeof p {
  if (!p || hour === undefined || minute === undefined) return p;
  let h = Number(hour);
  if (half) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const at = `${p.from}T${pad(h)}:${minute}`;
  return { from: at, to: at, precision: 'minute' };
}

const IN_FRONT = `(?:${WEEKDAY},? )?`;
const PART = '(early|mid|late|the (?:beginning|start|middle|end) of|beginning of|start of|middle of|end of)';

const PATTERNS: readonly Pattern[] = [
  // 2020-03-12, 2020-03-12T09:30:00Z, 2020/03/12
  pattern(`${IN_FRONT}(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})${CLOCK}?`, (g) => withTime(dayPoint(+g[1]!, +g[3]!, +g[4]!), g[5], g[6], g[7])),
  pattern(`(${YEAR})-(0[1-9]|1[0-2])`, (g) => monthPoint(+g[1]!, +g[2]!)),
  // 12 March 2020, 12-Mar-2020, 12th of March, 2020, 12Mar2020, 12 Mar '20
  pattern(
    `${IN_FRONT}(?:the )?(${DAY})${ORDINAL}[ -]?(?:of )?(${MONTH})\\.?,?[ -]?(?:of )?(\\d{4}|'?\\d{2}(?= |[.,;)]|$))${CLOCK}?`,
    (g, t) => withTime(dayPoint(fullYear(g[3]!.replace("'", ''), t), monthIndex(g[2]!), +g[1]!), g[4], g[5], g[6]),
  ),
  // March 12, 2020; Mar 12th 2020; Mar. 12 '20; March 12 of 2020
  pattern(`${IN_FRONT}(${MONTH})\\.?[ -](?:the )?(${DAY})${ORDINAL}(?:,? ?(?:of )?|-)((?<=[ ,-])\\d{4}|'\\d{2})${CLOCK}?`, (g, t) =>
    withTime(dayPoint(fullYear(g[3]!.replace("'", ''), t), monthIndex(g[1]!), +g[2]!), g[4], g[5], g[6]),
  ),
  // 3/12/2020, 3-12-20, 12.03.2020
  pattern(`${IN_FRONT}(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${CLOCK}?`, (g, t) => {
    const [a, b] = [+g[1]!, +g[3]!];
    const dayFirst = g[2] === '.' || a > 12;
    return withTime(dayPoint(fullYear(g[4]!, t), dayFirst ? b : a, dayFirst ? a : b), g[5], g[6], g[7]);
  }),
  // 12-14 Feb 2024, Feb 12-14, 2024
  pattern(`(?:the )?(${DAY})${ORDINAL} ?(?:[-–]|to|through) ?(${DAY})${ORDINAL} (?:of )?(${MONTH})\\.?,? (\\d{4})`, (g) =>
    daySpan(+g[4]!, g[3]!, +g[1]!, +g[2]!),
  ),
  pattern(`(${MONTH})\\.? (${DAY})${ORDINAL} ?(?:[-–]|to|through) ?(${DAY})${ORDINAL},? (\\d{4})`, (g) =>
    daySpan(+g[4]!, g[1]!, +g[2]!, +g[3]!),
  ),
  pattern(`(0?[1-9]|1[0-2])/(${YEAR})`, (g) => monthPoint(+g[2]!, +g[1]!)),
  // early March 2020, March of 2020, Mar-2020, Mar '20
  pattern(`${PART}? ?-?(${MONTH})(?:\\.?,? (?:of )?(${YEAR})|-(${YEAR})|\\.? '(\\d{2}))`, (g, t) =>
    partOf(monthPoint((g[3] ?? g[4]) ? +(g[3] ?? g[4])! : fullYear(g[5]!, t), monthIndex(g[2]!)), g[1]),
  ),
  // 12 March, March 12th (no year: the latest)
  pattern(`${IN_FRONT}(?:the )?(${DAY})${ORDINAL}[ -](?:of )?(${MONTH})`, (g, t) => latestDay(monthIndex(g[2]!), +g[1]!, t)),
  pattern(`${IN_FRONT}(${MONTH})\\.? (${DAY})${ORDINAL}`, (g, t) => latestDay(monthIndex(g[1]!), +g[2]!, t)),
  pattern(`(\\d{1,2})/(\\d{1,2})`, (g, t) => {
    const [a, b] = [+g[1]!, +g[2]!];
    const p = a > 12 ? latestDay(b, a, t) : latestDay(a, b, t);
    return p && { ...p, needsPreposition: true };
  }),
  // (early) spring of 2019, winter 2019/20, last summer, this fall
  pattern(`(?:the )?(early |mid[- ]?|late )?(${SEASON}) (?:of )?(${YEAR})(?:[-/]\\d\\d)?`, (g) => partOf(seasonPoint(+g[3]!, g[2]!), g[1])),
  pattern(`(last|this|this past|next) (${SEASON})`, (g, t) => relativeSeason(g[1]!, g[2]!, t)),
  pattern(`the (${SEASON})`, (g, t) => {
    const p = relativeSeason('this past', g[1]!, t);
    return p && { ...p, needsPreposition: true };
  }),
  // the first half of 2019, Q1 2019, first quarter of 2019
  pattern(`(?:the )?(first|1st|second|2nd|latter) half (?:of )?(${YEAR})`, (g) => {
    const first = /^(first|1st)$/i.test(g[1]!);
    return { from: iso(+g[2]!, first ? 1 : 7, 1), to: iso(+g[2]!, first ? 6 : 12, first ? 30 : 31), precision: 'month' };
  }),
  pattern(`(?:Q([1-4])|(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter)(?: of|,)? ?(${YEAR})`, (g) => {
    const q = g[1] ? +g[1] : ['f', 's', 't', 'o'].indexOf(g[2]![0]! === 'f' && g[2]![1] === 'o' ? 'o' : g[2]![0]!.toLowerCase()) + 1;
    const quarter = g[1]
      ? q
      : (({ first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3 } as Record<string, number>)[g[2]!.toLowerCase()] ?? 4);
    return { from: iso(+g[3]!, quarter * 3 - 2, 1), to: iso(+g[3]!, quarter * 3, lastDayOfMonth(+g[3]!, quarter * 3)), precision: 'month' };
  }),
  // early 2019, mid-2019, the end of 2019
  pattern(`(early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -](${YEAR})`, (g) => partOf(yearPoint(+g[2]!), g[1])),
  // the (early) 1990s, the 90s
  pattern(`(?:the )?(early |mid[- ]?|late )?((?:19|20)\\d0)['’]?s`, (g) =>
    partOf({ from: `${g[2]}-01-01`, to: `${Number(g[2]) + 9}-12-31`, precision: 'year' }, g[1]),
  ),
  pattern(`the (early |mid[- ]?|late )?['’]?([1-9]0)['’]?s`, (g, t) => {
    const y = fullYear(g[2]!, t);
    return { ...partOf({ from: `${y}-01-01`, to: `${y + 9}-12-31`, precision: 'year' }, g[1]), needsPreposition: true };
  }),
  // 2015-2017, 2015/16
  pattern(`(${YEAR}) ?[-–—] ?(${YEAR})`, (g) =>
    +g[1]! < +g[2]! ? { from: `${g[1]}-01-01`, to: `${g[2]}-12-31`, precision: 'year', relation: 'between' } : undefined,
  ),
  pattern(`(${YEAR})`, (g, _t, text, start, end) => bareYear(+g[1]!, text, start, end)),
  pattern(`'(\\d{2})`, (g, t) => ({ ...yearPoint(fullYear(g[1]!, t)), needsPreposition: true })),
  // March, last March
  pattern(`(?:(last|this|this past|next|early|mid|late|the (?:beginning|end|middle) of)[ -])?(${MONTH})\\.?`, (g, t, text, start) =>
    bareMonth(g[1]?.toLowerCase(), g[2]!, t, text, start),
  ),
  // today, yesterday, this morning, last night
  pattern('today|tonight|this (?:morning|afternoon|evening)|earlier today', (_, t) => ({
    from: t.iso,
    to: t.iso,
    precision: 'day',
    relative: true,
  })),
  pattern('the day before yesterday', (_, t) => relativeDay(-2, t)),
  pattern('yesterday|last (?:night|evening)', (_, t) => relativeDay(-1, t)),
  pattern('the day after tomorrow', (_, t) => relativeDay(2, t)),
  pattern('tomorrow', (_, t) => relativeDay(1, t)),
  // this week, last month, next year
  pattern(
    '(this|last|next|the current|the previous|the prior|the coming|this past|the past|the last) (calendar )?(week|month|quarter|year)(?! of| or| and a)',
    (g, t) => relativePeriod(g[1]!.toLowerCase(), g[3]!.toLowerCase(), t),
  ),
  pattern('(?:earlier|later) this (week|month|year)', (g, t) => relativePeriod('this', g[1]!.toLowerCase(), t)),
  pattern(`(last|this|this past|next) (${WEEKDAY})`, (g, t) => relativeWeekday(g[1]!, g[2]!, t)),
  pattern('(?:on )(sunday|monday|tuesday|wednesday|thursday|friday|saturday)', (g, t) => relativeWeekday('last', g[1]!, t)),
  // the last 6 months, within the past two years
  pattern(
    `(?:(in|over|during|for|within|throughout|across|from) )?(?:about |approximately |roughly )?(?:(?:the|these|his|her|their) )?(?:last|past|previous|prior|preceding|most recent|trailing) (?:(${COUNT})[ -])?(${UNIT})`,
    (g, t) => lastSpan(g, t),
  ),
  pattern(`within (?:the )?(?:next )?(${COUNT}) (${WORD_UNIT})`, (g, t) => ({
    ...lastSpan([g[0], 'within', g[1], g[2]], t),
    days: Math.round(countOf(g[1]!) * UNIT_DAYS[unitOf(g[2]!)]!),
  })),
  // two years ago, about 3 weeks ago, more than a year ago, a year or so ago
  pattern(
    `(?:(about|around|approximately|approx\\.?|roughly|some|nearly|almost|circa|~|just over|just under|more than|over|at least|less than|fewer than|under|within) )?(${COUNT})(?:\\+? |[ -]| or (?:so|two|three) )(${UNIT})(?: or so)? (?:ago|back|previously)`,
    (g, t) => ago(g, t),
  ),
  pattern(
    `(${COUNT}) (${WORD_UNIT}) (?:from now|from today)|in (?:about |approximately |around )?(${COUNT}) (${WORD_UNIT})(?! old)`,
    (g, t) => {
      const unit = unitOf((g[2] ?? g[4])!);
      const day = shift(t.iso, countOf((g[1] ?? g[3])!), unit);
      return { from: day, to: day, precision: 'day', relative: true, fuzzyDays: Math.ceil(UNIT_DAYS[unit]! / 2), relation: 'after' };
    },
  ),
  // for 3 years, x3 days, x 2 wk, over 6 months, a 7-day course, 3 months' duration
  pattern(
    `(?:for|x|×|over|during|lasting|throughout)(?: |(?=\\d))(?:(?:about|approximately|around|roughly|nearly|almost|at least|more than|over|the|a total of|up to|another) )*(${COUNT})[ -]?(${UNIT})(?! old)`,
    (g) => duration(g[1]!, g[2]!),
  ),
  pattern(`(${COUNT})-(${WORD_UNIT})(?!-old|[- ]old)`, (g) => duration(g[1]!, g[2]!)),
  pattern(`(${COUNT}) (${WORD_UNIT})['’]? (?:duration|history|course|of (?!age|birth|gestation))`, (g, _t, text, start, end) => {
    const d = duration(g[1]!, g[2]!);
    return d && { ...d, end: start + text.slice(start, end).search(/['’]? (?:duration|history|course|of )/i) };
  }),
];

function daySpan(year: number, month: string, first: number, last: number): Partial<Point> | undefined {
  const [a, b] = [dayPoint(year, monthIndex(month), first), dayPoint(year, monthIndex(month), last)];
  return a && b && a.from < b.from ? { from: a.from, to: b.to, precision: 'day', relation: 'between' } : undefined;
}

function latestDay(month: number, day: number, t: Today): Partial<Point> | undefined {
  for (const year of [t.year, t.year - 1, t.year - 2, t.year - 3, t.year - 4]) {
    const p = dayPoint(year, month, day);
    if (p && p.from <= t.iso) return { ...p, relative: true };
  }
  return undefined;
}

/** What may stand before a bare year or month for it to be one. */
const PREPOSITION =
  /(?:^|[\s(,;])(?:in|since|before|after|until|till|by|from|during|around|circa|c\.|ca\.|through|throughout|to|and|or|of|back in|as of|prior to|on|dated|year|late|early|mid|between|up to|than|starting|beginning|&|last|this)[ -]*$/i;

function bareYear(year: number, text: string, start: number, end: number): Partial<Point> | undefined {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (
    /^\s*(?:%|mg|mcg|g\b|ml|l\b|k\/|u\/|\/|iu\b|units?|kg|lbs?|cm|mm|ng|pg|cells|calories|kcal|steps|ms\b|points?|x\s?10|\.\d|,\d{3}|°)/i.test(
      after,
    )
  )
    return undefined;
  if (
    /[\d][.,]$/.test(before) ||
    /[=:<>$#]\s*$/.test(before) ||
    /\b(?:is|was|at|were|than|level|count|score|value|no|number|room|about|of about)\.?\s*$/i.test(before)
  ) {
    if (!/\b(?:earlier|later) than\s*$/i.test(before)) return undefined;
  }
  if (/\bof\s*$/i.test(before) && /\b(?:score|count|level|value|dose|total|rate|titer|platelets?|\w+in)\s+of\s*$/i.test(before))
    return undefined;
  return { ...yearPoint(year) };
}

function bareMonth(lead: string | undefined, name: string, t: Today, text: string, start: number): Partial<Point> | undefined {
  const month = monthIndex(name);
  const isAbbreviation = name.length <= 4 && !['may', 'june', 'july'].includes(name.toLowerCase());
  const before = text.slice(0, start);
  const capital = /^[A-Z]/.test(lead ? name : text.slice(start)) || /[A-Z]/.test(name[0]!);
  if (!capital) {
    // "in march" is typed in haste; "may", "march" and "mar" without a capital are verbs elsewhere.
    if (!/\b(?:in|since|last|until|till|during|of|by)\s*$/i.test(before) && !(lead && /last|next|past|early|mid|late/.test(lead)))
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
        ? lead === 'last' && month === t.month
          ? t.year - 1
          : t.year
        : t.year - 1;
  const which = lead !== undefined && /^(?:early|mid|late|the)/.test(lead) ? lead : undefined;
  return { ...partOf(monthPoint(at, month), which), relative: true };
}

function relativeDay(days: number, t: Today): Partial<Point> {
  const day = isoDay(t.day + days);
  return { from: day, to: day, precision: 'day', relative: true };
}

function relativeSeason(lead: string, name: string, t: Today): Partial<Point> | undefined {
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

function relativePeriod(lead: string, unit: string, t: Today): Partial<Point> {
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

function relativeWeekday(lead: string, name: string, t: Today): Partial<Point> {
  const want = weekdayIndex(name);
  const current = new Date(t.day * 86_400_000).getUTCDay();
  const back = (current - want + 7) % 7 || 7;
  return lead.toLowerCase() === 'next' || (lead.toLowerCase() === 'this' && want > current)
    ? relativeDay(7 - (back % 7) || 7, t)
    : relativeDay(-back, t);
}

const LOOSE = /\b(?:few|several|couple|many)\b/i;

function lastSpan(g: Groups, t: Today): Partial<Point> {
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

function ago(g: Groups, t: Today): Partial<Point> {
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

function duration(count: string, unitWord: string): Partial<Point> | undefined {
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

function points(text: string, today: Today): Point[] {
  const found: (Point & { rank: number })[] = [];
  PATTERNS.forEach(({ re, read }, rank) => {
    re.lastIndex = 0;
    for (let m = re.exec(text); m; m = re.exec(text)) {
      if (m[0].trim() === '') {
        re.lastIndex++;
        continue;
      }
      const lead = m[0].length - m[0].trimStart().length;
      const start = m.index + lead;
      const end = m.index + m[0].trimEnd().length;
      const p = read(m, today, text, start, end);
      if (p?.from !== undefined && p.to !== undefined) found.push({ start, end, precision: 'day', ...p, from: p.from, to: p.to, rank });
      // A shorter reading may start inside a rejected one ("a fall in 2019").
      if (!p) re.lastIndex = m.index + 1;
    }
  });
  found.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank);
  const kept: Point[] = [];
  for (const p of found) if (p.start >= (kept.at(-1)?.end ?? 0)) kept.push(p);
  return kept;
}

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
  };
}

/**
 * Every time expression of the text, in order, not overlapping. `now` is an ISO instant or date; its own calendar date is "today".
 * The span includes the preposition: "since 2018". Durations ("for 3 years", "7-day") carry `days` and no `from` or `to`.
 */
export function timeExpressions(text: string, now: string): readonly TimeExpression[] {
  const today: Today = { iso: now.slice(0, 10), day: dayNumber(now), year: Number(now.slice(0, 4)), month: Number(now.slice(5, 7)) };
  const found = withSharedYears(text, points(text, today));
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

/** "between March and May 2020", "3 Jan to 12 Feb 2020": the first takes the year of the second. */
function withSharedYears(text: string, found: Point[]): Point[] {
  return found.map((p, i) => {
    const next = found[i + 1];
    if (!next || next.relative || next.duration || !p.relative || !(p.precision === 'month' || p.precision === 'day')) return p;
    if (/\d{4}|\d\/\d|ago|last|this|next|today|yesterday|past|on /i.test(text.slice(p.start, p.end))) return p;
    if (!/^ ?(?:and|&|to|through|thru|until|or|-|–|,|, and) ?$/i.test(text.slice(p.end, next.start)) || next.precision === 'year') return p;
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
