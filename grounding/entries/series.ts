/**
 * Values of one thing told in a row: "LDL 82, was 93 three years earlier", "ALP up to 139 from 109", "TG: 142, 121, 101". Each must be the recorded
 * one of its time: the latest or that of the date said, the one just before or that of so long before, and none left out between.
 */

import type { TextQuantity } from '../../language/contract.ts';
import { daysBetween, timeExpressions } from '../../language/dates.ts';
import { smallNumbers } from '../../language/number-words.ts';
import { quantities } from '../../language/quantities.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { compareDate, sameLength } from '../matching/dates.ts';
import { amountOf, compareAmount } from '../matching/quantities.ts';
import { isNeutral, tokens } from '../reading/lexicon.ts';
import { spansOf } from './cover.ts';
import type { Entry } from './restated.ts';
import { NOT } from './words.ts';

const COUNTS = smallNumbers(10);
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.44, year: 365.25 };
const GAP =
  /\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (day|week|month|year)s? (?:earlier|before(?: that)?|previously|prior)\b/i;
const UP = /\b(?:up|risen|rose|rising|increased|higher|gone up|went up|crept up|climbed)\b/i;
const DOWN = /\b(?:down|fallen|fell|falling|decreased|lower|dropped|gone down|went down|come down|came down|reduced)\b/i;
const BACK = /\b(?:from|was|prev(?:ious(?:ly)?)?|before that|the time before|last time)\b/i;
const ROW =
  /\b(?:trend|over time|serial(?:ly)?|series|values?|readings?|results?|successive(?:ly)?|consecutive(?:ly)?|then|and then|now)\b/i;
const FRAME =
  /\b(?:is|was|were|now|currently|latest|the latest|most recent|level|to|from|prev(?:ious(?:ly)?)?|before that|the time before|last time|then)\b/;

interface Read {
  readonly numbers: readonly TextQuantity[];
  readonly masked: string;
  readonly gap: number | undefined;
  readonly unitDays: number;
}

function readNumbers(sentence: string, taken: readonly { start: number; end: number }[]): Read {
  const gap = GAP.exec(sentence);
  const blank = (text: string, start: number, end: number) => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  // "up to 139 from 109" goes up, and sets no limit.
  const plain = sentence.replace(/\bup to\b/gi, '     ');
  const masked = gap ? blank(plain, gap.index, gap.index + gap[0].length) : plain;
  const bare = taken.reduce((left, { start, end }) => blank(left, start, end), masked);
  const unitDays = gap ? DAYS[gap[2]!.toLowerCase()]! : 0;
  return {
    numbers: quantities(bare).filter(({ form }) => form === 'single'),
    masked,
    gap: gap ? (COUNTS[gap[1]!.toLowerCase()] ?? Number(gap[1])) * unitDays : undefined,
    unitDays,
  };
}

/** The one measured thing that the sentence names, and its values by date. */
function measured(sentence: string, chart: Chart): { start: number; end: number; series: readonly Fact[] } | undefined {
  const found = chart.terminology.mentions(sentence).flatMap((mention) => {
    const facts = chart.facts.filter(
      (fact) =>
        (fact.kind === 'result' || fact.kind === 'vital' || fact.kind === 'survey') &&
        !fact.negated &&
        mention.concepts.includes(fact.concepts.find((id) => !id.startsWith('code/')) ?? ''),
    );
    return facts.length > 0 ? [{ start: mention.start, end: mention.end, facts }] : [];
  });
  const only = found[0];
  if (!only || found.length > 1) return undefined;
  const series = only.facts.filter((fact) => fact.date && amountOf(fact)).sort((a, b) => (a.date! < b.date! ? -1 : 1));
  const units = new Set(series.map((fact) => amountOf(fact)!.ucum ?? amountOf(fact)!.unit));
  const one = new Set(series.map((fact) => fact.concepts[0]));
  const days = new Set(series.map((fact) => fact.date!.slice(0, 10)));
  // Two values of one day, or of two kinds, leave open which is meant.
  return units.size === 1 && one.size === 1 && days.size === series.length ? { start: only.start, end: only.end, series } : undefined;
}

const is = (said: TextQuantity, fact: Fact): boolean =>
  said.comparator === undefined && compareAmount(said, amountOf(fact)!, fact).outcome === 'pass';

function allSaid(sentence: string, spent: readonly { start: number; end: number }[]): boolean {
  return tokens(sentence).every(
    (token) =>
      !/[\p{L}\p{N}%]/u.test(token.word) ||
      spent.some((span) => span.start <= token.start && span.end >= token.end) ||
      (!NOT.test(token.word) && isNeutral(token.word)),
  );
}

export function seriesEntry(sentence: string, chart: Chart): Entry | undefined {
  const thing = measured(sentence, chart);
  if (!thing || thing.series.length < 2) return undefined;
  const { series } = thing;
  const gapAt = GAP.exec(sentence);
  const times = timeExpressions(gapAt ? readNumbers(sentence, []).masked : sentence, chart.asOf);
  const { numbers, gap, unitDays } = readNumbers(sentence, [...times, thing]);
  const spent = [
    thing,
    ...times,
    ...numbers,
    ...(gapAt ? [{ start: gapAt.index, end: gapAt.index + gapAt[0].length }] : []),
    ...spansOf(sentence, UP),
    ...spansOf(sentence, DOWN),
    ...spansOf(sentence, BACK),
    ...spansOf(sentence, ROW),
    ...spansOf(sentence, FRAME),
  ];
  if (numbers.length < 2 || !allSaid(sentence, spent)) return undefined;
  const told = (facts: readonly Fact[]): Entry => ({
    fact: facts[0]!,
    more: facts.slice(1),
    reason: facts.map((fact) => `${fact.value?.text ?? ''} on ${fact.date!.slice(0, 10)}`).join(', '),
  });
  if (numbers.length > 2) {
    if (times.length > 0 || gap !== undefined || UP.test(sentence) || DOWN.test(sentence) || BACK.test(sentence)) return undefined;
    const last = series.slice(-numbers.length);
    return last.length === numbers.length && last.every((fact, i) => is(numbers[i]!, fact)) ? told(last) : undefined;
  }
  const between = sentence.slice(numbers[0]!.end, numbers[1]!.start);
  if (!BACK.test(between) || times.length > 1 || times.some((time) => time.start > numbers[1]!.start)) return undefined;
  const [now, then] = numbers as [TextQuantity, TextQuantity];
  const dated = times[0] ? series.filter((fact) => compareDate(fact.date, times[0]!, true).outcome === 'pass') : series.slice(-1);
  const later = dated.length === 1 && is(now, dated[0]!) ? dated[0] : undefined;
  if (!later) return undefined;
  const before = series.filter((fact) => fact.date! < later.date!);
  const off = (fact: Fact) => Math.abs(daysBetween(fact.date!, later.date!) - gap!);
  const near =
    gap === undefined
      ? before.slice(-1)
      : before.filter((fact) => sameLength(gap, unitDays, daysBetween(fact.date!, later.date!))).sort((a, b) => off(a) - off(b));
  const earlier = near[0] && is(then, near[0]) ? near[0] : undefined;
  if (!earlier) return undefined;
  const difference = amountOf(later)!.value - amountOf(earlier)!.value;
  if ((UP.test(sentence) && difference <= 0) || (DOWN.test(sentence) && difference >= 0) || (UP.test(sentence) && DOWN.test(sentence)))
    return undefined;
  return told([later, earlier]);
}
