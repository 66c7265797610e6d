/** "the year before", "five years later": times that stand to another time of the same sentence. */

import type { TimeExpression } from '../../language/contract.ts';
import { smallNumbers } from '../../language/number-words.ts';
import type { Fact } from '../../records/contract.ts';

const NUMBERS: Readonly<Record<string, number>> = { the: 1, ...smallNumbers(10) };
const COUNT = `(\\d{1,2}|${Object.keys(NUMBERS).join('|')})`;
const FORMS: readonly (readonly [RegExp, 1 | -1])[] = [
  [
    new RegExp(
      `\\b${COUNT} (year|month|week|day)s? (?:before|earlier|previously|prior|beforehand)(?= *(?:$|[.,;:()]|and\\b|was\\b|it\\b|at\\b|to\\b))`,
      'gi',
    ),
    -1,
  ],
  [
    new RegExp(
      `\\b${COUNT} (year|month|week|day)s? (?:later|after|afterwards?|thereafter|on)(?= *(?:$|[.,;:()]|and\\b|was\\b|it\\b|at\\b|to\\b))`,
      'gi',
    ),
    1,
  ],
  [/\b(?:the) (?:(previous|preceding|prior) )(year|month|week|day)\b(?! (?:of|in)\b)/gi, -1],
  [/\b(?:the) (?:(following|next|subsequent) )(year|month|week|day)\b(?! (?:of|in)\b)/gi, 1],
];
const DAYS: Readonly<Record<string, number>> = { year: 365.25, month: 30.4375, week: 7, day: 1 };

const isPoint = (time: TimeExpression): boolean =>
  time.from !== undefined && time.to !== undefined && time.days === undefined && ['on', 'in', 'since'].includes(time.relation);

function shifted(iso: string, days: number): string {
  return new Date(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** "at birth", "since birth": the day of the patient's birth, and the first days after it. */
export function timesOfBirth(text: string, facts: readonly Fact[]): readonly TimeExpression[] {
  const born = facts.find(({ kind }) => kind === 'patient')?.date;
  if (born === undefined || born.length < 10) return [];
  return [
    ...text.matchAll(/\b(?:(at|from|since) birth|congenitally)\b(?![ -](?:control|weight|defect|date|place|length|mother|plan|cert))/gi),
  ].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    from: born.slice(0, 10),
    ...(/^(?:from|since)/i.test(match[0]) ? {} : { to: shifted(born, 4) }),
    precision: 'day' as const,
    relation: /^(?:from|since)/i.test(match[0]) ? ('since' as const) : ('in' as const),
  }));
}

const AGES = smallNumbers(20);
const HOW_OLD = `(\\d{1,3}|${Object.keys(AGES).join('|')})`;
const YOUNGER = '(under|below|less than|younger than|not yet|not quite|just under|almost|nearly|not even)';
/** "before age 5", "when she was not yet two", "before his third birthday": from birth, or from the year before, until that age. */
const BEFORE_AGE = new RegExp(
  `\\b(?:(before) (?:(?:the )?age (?:of )?|(?:he|she|the patient) (?:was|had turned|turned) )|(?:when|while|aged|at|at the age of) (?:(?:he|she|the patient) (?:was )?(?:still )?)?${YOUNGER} (?:the age of |age )?)${HOW_OLD}\\b(?: (year|month|week|day)s?)?(?: old| of age)?`,
  'gi',
);
const BIRTHDAY = /\b(before) (?:his|her|the|their) (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) birthday\b/gi;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Times that are told by an age that was not reached yet. */
export function timesOfAge(text: string, facts: readonly Fact[]): readonly TimeExpression[] {
  const born = facts.find(({ kind }) => kind === 'patient')?.date;
  if (born === undefined || born.length < 10) return [];
  const until = (match: RegExpMatchArray, days: number, near: boolean, unit: number): TimeExpression => ({
    start: match.index!,
    end: match.index! + match[0].length,
    text: match[0],
    from: near ? shifted(born, days - unit) : born.slice(0, 10),
    to: shifted(born, days - 1),
    precision: 'day',
    relation: 'in',
  });
  const ages = [...text.matchAll(BEFORE_AGE)].map((match) => {
    const unit = DAYS[(match[4] ?? 'year').toLowerCase()]!;
    const count = AGES[match[3]!.toLowerCase()] ?? Number(match[3]);
    return until(match, count * unit, /quite|just|almost|nearly/i.test(match[2] ?? ''), unit);
  });
  const birthdays = [...text.matchAll(BIRTHDAY)].map((match) =>
    until(match, (ORDINALS.indexOf(match[2]!.toLowerCase()) + 1) * DAYS['year']!, false, DAYS['year']!),
  );
  return [...ages, ...birthdays];
}

/** Those of the text's times, in order, with the ones that are told by another. */
export function withRelativeTimes(text: string, times: readonly TimeExpression[]): readonly TimeExpression[] {
  const found: TimeExpression[] = [];
  for (const [pattern, sign] of FORMS)
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const anchor = times.findLast((time) => time.end <= start && (isPoint(time) || time.relation === 'since'));
      if (!anchor?.from || found.some((other) => other.start < end && other.end > start)) continue;
      const word = match[1]!.toLowerCase();
      const count = NUMBERS[word] ?? (/^\d/.test(word) ? Number(word) : 1);
      const unit = match[2]!.toLowerCase();
      const anchorTo = anchor.to ?? anchor.from;
      const point: Pick<TimeExpression, 'from' | 'to' | 'precision'> =
        unit === 'year'
          ? {
              from: `${Number(anchor.from.slice(0, 4)) + sign * count}-01-01`,
              to: `${Number(anchorTo.slice(0, 4)) + sign * count}-12-31`,
              precision: 'year',
            }
          : {
              from: shifted(anchor.from, sign * count * DAYS[unit]! - DAYS[unit]! / 2),
              to: shifted(anchorTo, sign * count * DAYS[unit]! + DAYS[unit]! / 2),
              precision: 'day',
            };
      found.push({ start, end, text: match[0], ...point, relation: 'in' });
    }
  if (found.length === 0) return times;
  const kept = times.filter((time) => !found.some((other) => other.start < time.end && other.end > time.start));
  return [...kept, ...found].sort((a, b) => a.start - b.start);
}
