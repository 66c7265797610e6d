import { formatDate } from '../../language/dates.ts';
import { factLine } from '../../records/chart/evidence.ts';
import type { Fact } from '../../records/contract.ts';
import type { Answer, Question } from '../../records/questions/contract.ts';
import type { DraftClaim } from '../contract.ts';
import { flagNote, on, valueText } from './phrases.ts';
import { factSentence } from './sentences.ts';

/** Lists are read to the end up to here; longer ones show their newest and say how many there are. */
const LISTED = 40;

export const SERIES_LISTED = 12;

export interface Writing {
  readonly answer: Answer;
  readonly question: Question;
  readonly name: string;
  /** Evidence ids of the complete searches. */
  readonly search: readonly string[];
  /** " since 01-Jan-2019": the time that was asked for, where a sentence would else speak of the whole record. */
  readonly within: string;
}

export const claim = (text: string, ...citations: readonly (string | readonly string[] | undefined)[]): DraftClaim => ({
  text,
  citations: [...new Set(citations.flat().filter((id) => id !== undefined))],
});

export const line = (fact: Fact, prefix = ''): DraftClaim => claim(`${prefix}${factSentence(fact)}`, fact.id);

/** The record's own line, which states everything that it holds of the fact. */
export const wholeLine = (fact: Fact): DraftClaim => claim(factLine(fact), fact.id);

/** One entry a resource: a blood pressure is not listed a second and third time by its parts. */
export function entries(facts: readonly Fact[]): readonly Fact[] {
  const whole = new Set(facts.filter((fact) => fact.part === undefined).map((fact) => fact.id));
  return facts.filter((fact) => fact.part === undefined || !whole.has(fact.id));
}

export function listed(facts: readonly Fact[], most = LISTED): readonly DraftClaim[] {
  return entries(facts)
    .slice(0, most)
    .map((fact) => line(fact));
}

/** A shortened list always says so. */
export function shortened(claims: readonly DraftClaim[], facts: readonly Fact[]): readonly string[] {
  const all = entries(facts);
  const shown = all.filter((fact) => claims.some((each) => each.citations.length === 1 && each.citations[0] === fact.id)).length;
  return shown >= SERIES_LISTED && shown < all.length ? [`Showing ${shown} of ${all.length}, the newest first.`] : [];
}

export const valueOn = (fact: Fact): string => `${valueText(fact)}${on(fact.date)}${flagNote(fact)}`;

export function withinOf({ from, to }: Answer['scope']): string {
  if (from && to)
    return from.slice(0, 10) === to.slice(0, 10) ? ` on ${formatDate(from)}` : ` from ${formatDate(from)} to ${formatDate(to)}`;
  return from ? ` since ${formatDate(from)}` : to ? ` up to ${formatDate(to)}` : '';
}

export interface Written {
  readonly claims: readonly DraftClaim[];
  readonly notes: readonly string[];
  /** Where the words ask back rather than answer. */
  readonly status?: 'clarify';
}
