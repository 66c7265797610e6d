/** The forms in which people write dates and times, each read into a point or span. */
import {
  CLOCK,
  COUNT,
  countOf,
  DAY,
  dayPoint,
  fullYear,
  iso,
  MONTH,
  monthIndex,
  monthPoint,
  ORDINAL,
  type Point,
  partOf,
  SEASON,
  seasonPoint,
  shift,
  type Today,
  UNIT,
  UNIT_DAYS,
  unitOf,
  WEEKDAY,
  WORD_UNIT,
  withTime,
  YEAR,
  yearPoint,
} from './calendar.ts';
import { lastDayOfMonth } from './fhir-dates.ts';
import {
  ago,
  bareMonth,
  bareYear,
  between,
  daySpan,
  duration,
  type Groups,
  halfOf,
  lastSpan,
  lastSuchDay,
  latestDay,
  monthSaid,
  relativeDay,
  relativePeriod,
  relativeSeason,
  relativeWeekday,
  weekOf,
} from './relative-dates.ts';

interface Pattern {
  readonly re: RegExp;
  readonly read: (groups: Groups, today: Today, text: string, start: number, end: number) => Partial<Point> | undefined;
}
function pattern(source: string, read: Pattern['read']): Pattern {
  return { re: new RegExp(`(?<![\\w/.-])(?:${source})(?![\\w]|[/-]\\d)`, 'gi'), read };
}

const IN_FRONT = `(?:${WEEKDAY},? )?`;
const PART = '(early|mid|late|the (?:beginning|start|middle|end) of|beginning of|start of|middle of|end of)';

/** Another date of the text can only be day first ("24/2/18"), and none can only be month first. */
function writtenDayFirst(text: string): boolean {
  const dates = [...text.matchAll(/(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\w/-])/g)];
  return dates.some((date) => Number(date[1]) > 12 && Number(date[3]) <= 12) && !dates.some((date) => Number(date[3]) > 12);
}

/** Days that have a name. */
const NAMED_DAYS: readonly (readonly [string, number, number])[] = [
  ["New Year['’]?s Eve", 12, 31],
  ["New Year['’]?s(?: Day)?", 1, 1],
  ['Christmas Eve', 12, 24],
  ['Christmas(?: Day)?', 12, 25],
  ['Boxing Day', 12, 26],
  ["Valentine['’]?s(?: Day)?", 2, 14],
  ["Hallowe?[’']?en", 10, 31],
];

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
  pattern(`${IN_FRONT}(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${CLOCK}?`, (g, t, text) => {
    const [a, b] = [+g[1]!, +g[3]!];
    const told = g[2] === '.' || a > 12 || (b <= 12 && writtenDayFirst(text));
    const point = withTime(dayPoint(fullYear(g[4]!, t), told ? b : a, told ? a : b), g[5], g[6], g[7]);
    const other = told || a > 12 || b > 12 || a === b ? undefined : dayPoint(fullYear(g[4]!, t), b, a);
    return point && other ? { ...point, otherwise: other.from } : point;
  }),
  // 12-14 Feb 2024, Feb 12-14, 2024
  pattern(`(?:the )?(${DAY})${ORDINAL} ?(?:[-–]|to|through) ?(${DAY})${ORDINAL} (?:of )?(${MONTH})\\.?,? (\\d{4})`, (g) =>
    daySpan(+g[4]!, g[3]!, +g[1]!, +g[2]!),
  ),
  pattern(`(${MONTH})\\.? (${DAY})${ORDINAL} ?(?:[-–]|to|through) ?(${DAY})${ORDINAL},? (\\d{4})`, (g) =>
    daySpan(+g[4]!, g[1]!, +g[2]!, +g[3]!),
  ),
  pattern(`(0?[1-9]|1[0-2])/(${YEAR})`, (g) => monthPoint(+g[2]!, +g[1]!)),
  ...NAMED_DAYS.map(([name, month, day]) =>
    pattern(`${name}(?:,? (?:of |in )?(${YEAR}))?`, (g, t) => (g[1] ? dayPoint(+g[1], month, day) : latestDay(month, day, t))),
  ),
  // "on the 19th": the last one that there was
  pattern(`the (${DAY})(?:st|nd|rd|th)`, (g, t, text, start, end) =>
    /\b(?:on|since|until|before|after|by) $/i.test(text.slice(0, start)) &&
    /^\s*(?:$|[?.!,;)]|(?:and|or|at|was|were|then)\b)/.test(text.slice(end))
      ? lastSuchDay(+g[1]!, t)
      : undefined,
  ),
  // Sep-Nov 2015, March/April 2020
  pattern(`(${MONTH})\\.? ?[-–/] ?(${MONTH})\\.?,? (${YEAR})`, (g) => {
    const [from, to] = [monthPoint(+g[3]!, monthIndex(g[1]!)), monthPoint(+g[3]!, monthIndex(g[2]!))];
    return from && to && from.from < to.from ? { from: from.from, to: to.to, precision: 'month', relation: 'between' } : undefined;
  }),
  // early March 2020, March of 2020, Mar-2020, Mar '20
  pattern(`${PART}? ?-?(${MONTH})(?:\\.?,? (?:of )?(${YEAR})|-(${YEAR})|\\.? '(\\d{2}))`, (g, t) =>
    partOf(monthPoint((g[3] ?? g[4]) ? +(g[3] ?? g[4])! : fullYear(g[5]!, t), monthIndex(g[2]!)), g[1]),
  ),
  // "in Jan 97", "since mar 03": a month with two digits behind it is a month of a year where no day can be meant
  pattern(`(${MONTH})\\.? (\\d{2})(?! ?(?:st|nd|rd|th)\\b)`, (g, t, text, start, end) => {
    const monthly = /\b(?:in|during|of|throughout|back in) $/i.test(text.slice(0, start)) && !/^,? (?:19|20)?\d\d\b/.test(text.slice(end));
    return monthly || +g[2]! > 31 ? monthPoint(fullYear(g[2]!, t), monthIndex(g[1]!)) : undefined;
  }),
  // first week of May 2026, last week of September, the second half of March
  pattern(
    `(?:(?:in|over|during|within|throughout) )?(?:the )?(first|second|third|fourth|last|final|1st|2nd|3rd|4th)(?: full)? (?:week|7 days|seven days) (?:of|in) (${MONTH})(?:\\.?,? (?:of )?(${YEAR}))?`,
    (g, t) => weekOf(monthSaid(g[2]!, g[3], t), g[1]!),
  ),
  pattern(
    `(?:(?:in|over|during|within|throughout) )?(?:the )?(first|second|latter|last|1st|2nd) half (?:of |in )?(${MONTH})(?:\\.?,? (?:of )?(${YEAR}))?`,
    (g, t) => halfOf(monthSaid(g[2]!, g[3], t), g[1]!),
  ),
  // March of this year
  pattern(`(${MONTH})\\.? (?:of )?(this|last) year`, (g, t) => ({
    ...monthPoint(t.year - (g[2]!.toLowerCase() === 'last' ? 1 : 0), monthIndex(g[1]!)),
    relative: true,
  })),
  // 12 March, March 12th (no year: the latest)
  pattern(`${IN_FRONT}(?:the )?(${DAY})${ORDINAL}[ -](?:of )?(${MONTH})`, (g, t) => latestDay(monthIndex(g[2]!), +g[1]!, t)),
  pattern(`${IN_FRONT}(${MONTH})\\.? (${DAY})${ORDINAL}`, (g, t) => latestDay(monthIndex(g[1]!), +g[2]!, t)),
  pattern(`(0?[1-9]|1[0-2])/([4-9]\\d)`, (g, t, text, start) =>
    /\b(?:in|since|until|till|from|before|after|of|by) $/i.test(text.slice(0, start)) ? monthPoint(fullYear(g[2]!, t), +g[1]!) : undefined,
  ),
  pattern(`(\\d{1,2})/(\\d{1,2})`, (g, t, text, start) => {
    const [a, b] = [+g[1]!, +g[2]!];
    const p = a > 12 ? latestDay(b, a, t) : latestDay(a, b, t);
    // "rates it about 6/10" is no date.
    return p && /\b(?:on|since|by|dated|from|until|till|before|after|through|to|as of)(?: or about)? $/i.test(text.slice(0, start))
      ? { ...p, needsPreposition: true }
      : undefined;
  }),
  // (early) spring of 2019, winter 2019/20, last summer, this fall
  pattern(`(?:the )?(early |mid[- ]?|late )?(${SEASON}) (?:of )?(${YEAR})(?:[-/]\\d\\d)?`, (g) => partOf(seasonPoint(+g[3]!, g[2]!), g[1])),
  pattern(`(last|this|this past|next) (${SEASON})`, (g, t) => relativeSeason(g[1]!, g[2]!, t)),
  // The season of influenza and of its vaccine, from one summer to the next.
  pattern(
    `(this|the current|current|last|the last|previous|the previous|next) (?:(?:flu|influenza|vaccination|vaccine|respiratory|rsv|winter|cold) )?season(?:['’]s)?`,
    (g, t) => {
      const step = /last|previous/.test(g[1]!.toLowerCase()) ? -1 : /next/i.test(g[1]!) ? 1 : 0;
      const year = (t.month >= 7 ? t.year : t.year - 1) + step;
      return { from: iso(year, 7, 1), to: iso(year + 1, 6, 30), precision: 'month', relative: true };
    },
  ),
  pattern(`the (${SEASON})`, (g, t, text, start) => {
    // "after the fall" is an accident, "in the fall" a season.
    if (/^fall$/i.test(g[1]!) && !/\b(?:in|during|over|throughout|since) $/i.test(text.slice(0, start))) return undefined;
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
  pattern(
    `(?:(last|this|this past|next|early|mid|late|(?:the )?(?:beginning|start|end|middle) of)[ -])?(${MONTH})\\.?`,
    (g, t, text, start) => bareMonth(g[1]?.toLowerCase(), g[2]!, t, text, start),
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
    (g, t, text, start) =>
      // "they tend to last a few hours"
      (/\b(?:to|can|may|will|could|might|would|they|usually|often|typically|generally|episodes|attacks|symptoms) $/i.test(
        text.slice(0, start),
      ) &&
        g[1] === undefined &&
        /^last/i.test(g[0]!.trim())) ||
      // "the most recent HR" is a heart rate
      / HR$/.test(g[0]!)
        ? undefined
        : lastSpan(g, t),
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
  pattern(`(${COUNT})(?: to | or | ?[-–] ?)(${COUNT})[ -](${WORD_UNIT}) ago`, (g, t) => between(g[1]!, g[2]!, g[3]!, 'ago', t)),
  pattern(`in (?:about |approximately |around )?(${COUNT})(?: to | or | ?[-–] ?)(${COUNT}) (${WORD_UNIT})`, (g, t) =>
    between(g[1]!, g[2]!, g[3]!, 'ahead', t),
  ),
  pattern(
    `(?:for|x|lasting)(?: |(?=\\d))(?:about |approximately |around |the next )?(${COUNT})(?: to | or | ?[-–] ?)(${COUNT})[ -](${WORD_UNIT})`,
    (g, t) => between(g[1]!, g[2]!, g[3]!, 'for', t),
  ),
  pattern(`(${COUNT})(?:-to-| to |-)(${COUNT})-(${WORD_UNIT})`, (g, t) => between(g[1]!, g[2]!, g[3]!, 'for', t)),
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

export function points(text: string, today: Today): Point[] {
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
