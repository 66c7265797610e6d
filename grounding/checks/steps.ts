/** Whether one value of a series follows another as it is said. */
import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import { trend as trendOf } from '../../records/chart/trend.ts';
import type { Fact } from '../../records/contract.ts';
import { amountOf, showAmount, valueLike } from '../matching/quantities.ts';
import type { Candidate, World } from '../matching/world.ts';
import type { Assertion, SaidQuantity, SaidTime } from '../reading/assertions.ts';
import { testTime } from './said-time.ts';

/** A share of the value below which a change may come of rounding alone. */
export const NOISE = 0.003;

/** "about 25", "below 1": no number of the record's own. */
export const bounded = (said: SaidQuantity | undefined): boolean => said?.quantity.comparator !== undefined;

/** The number, as exactly as the bounds are told, is one of the range. */
export function liesIn(fact: Fact, { quantity }: SaidQuantity): boolean {
  const amount = amountOf(fact)?.value;
  const half = 0.5 / 10 ** (quantity.decimals ?? 0);
  return amount !== undefined && amount >= quantity.value - half && amount <= (quantity.second ?? quantity.value) + half;
}

export const show = (fact: Fact): string =>
  `${fact.value?.type === 'quantity' ? showAmount(amountOf(fact)!) : (fact.value?.text ?? '')}${fact.date ? ` on ${formatDate(fact.date)}` : ''}`;

export const byDate = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort((a, b) => compareFhirDates(a.fact.date ?? '', b.fact.date ?? ''));

export const matchesTimes = (times: readonly SaidTime[], fact: Fact, assertion: Assertion, world: World): boolean =>
  times.every((saidTime) => testTime({ ...saidTime, role: 'any' }, fact, assertion, world).outcome === 'pass');

export function goesAsSaid(direction: string | undefined, from: number, to: number): boolean {
  if (direction === 'up') return to > from;
  if (direction === 'down') return to < from;
  if (direction === 'stable') return Math.abs(to - from) <= Math.abs(from) * 0.05;
  return true;
}

export const between = (series: readonly Candidate[], a: Candidate, b: Candidate): readonly Candidate[] =>
  series.filter(({ fact }) => compareFhirDates(fact.date!, a.fact.date!) >= 0 && compareFhirDates(fact.date!, b.fact.date!) <= 0);

/** The series from one to the other, as a whole, neither rises nor falls. */
export function stays(series: readonly Candidate[], a: Candidate, b: Candidate): boolean {
  const inside = between(series, a, b).map(({ fact }) => fact);
  return trendOf(inside, substanceOf(a.fact.concepts))?.direction === 'stable';
}

/** "steadily", "at every visit", "every year": each value goes on from the one before. */
export const stepwise = (assertion: Assertion): boolean =>
  assertion.cues.some((cue) => cue.type === 'manner') ||
  assertion.cues.some((cue) => cue.type === 'order' && (cue.sense === 'all' || cue.sense === 'always'));

export function eachStep(series: readonly Candidate[], a: Candidate, b: Candidate, direction: string | undefined): boolean {
  if (direction !== 'up' && direction !== 'down') return true;
  const inside = between(series, a, b).filter(({ fact }) => amountOf(fact));
  return inside.slice(1).every(({ fact }, i) => {
    const next = valueLike(fact, inside[i]!.fact);
    return next !== undefined && goesAsSaid(direction, amountOf(inside[i]!.fact)!.value, next);
  });
}
