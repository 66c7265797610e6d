import { formatDate } from '../../language/dates.ts';
import { factLine } from '../../records/chart/evidence.ts';
import type { Fact, MissingPart } from '../../records/contract.ts';
import type { AllergyTold } from '../../records/questions/allergies-told.ts';
import type { Answer, Question } from '../../records/questions/contract.ts';
import type { DraftClaim } from '../contract.ts';
import { capital, flagNote, on, valueText } from './phrases.ts';
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
  /** Entries that speak of what was not found; while they stand, it is not denied. */
  readonly spoken: readonly Fact[];
  /** What notes tell of allergies that no entry is. */
  readonly told: readonly AllergyTold[];
  /** A disease by whose name its vaccine is called too: the denial says that it means the diagnosis. */
  readonly ofDisease: boolean;
  /** Parts of the record where it may stand and that could not be read: nothing is said of all that there is. */
  readonly missing: readonly MissingPart[];
  /** " since 01-Jan-2019": the time that was asked for, where a sentence would else speak of the whole record. */
  readonly within: string;
}

export const claim = (text: string, ...citations: readonly (string | readonly string[] | undefined)[]): DraftClaim => ({
  text,
  citations: [...new Set(citations.flat().filter((id) => id !== undefined))],
});

export const line = (fact: Fact, prefix = ''): DraftClaim => claim(`${prefix}${factSentence(fact)}`, fact.id);

/** `Progress note on 01-Feb-2025 says: "Allergies: sulfa - rash".` */
export const quote = ({ fact, sentence }: Pick<AllergyTold, 'fact' | 'sentence'>): DraftClaim =>
  claim(`${capital(fact.name)}${on(fact.date)} says: "${sentence.replace(/\.$/, '')}".`, fact.id);

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

const REPEATED = { procedure: 'was done', immunization: 'was given' } as const;

/** Up to here the days of a repeated thing are read out, beyond how often it was done. */
const DATES_LISTED = 5;

/** A list that is too long to read out, with each thing once: its days, or how often and from when to when. None where that would not shorten it enough. */
export function byName(facts: readonly Fact[], search: readonly string[]): readonly DraftClaim[] | undefined {
  const all = entries(facts);
  if (all.length <= LISTED || all.some(({ kind, date }) => !(kind in REPEATED) || !date)) return undefined;
  const names = [...new Set(all.map(({ name }) => name))];
  if (names.length > LISTED) return undefined;
  return names.map((name) => {
    const group = all.filter((fact) => fact.name === name);
    const ids = group.map(({ id }) => id);
    const days = [...new Set(group.map(({ date }) => formatDate(date!)))];
    if (group.length === 1) return line(group[0]!);
    const done = `${capital(name)} ${REPEATED[group[0]!.kind as keyof typeof REPEATED]}`;
    return days.length <= DATES_LISTED
      ? claim(`${done} on ${days.slice(0, -1).join(', ')}${days.length > 1 ? ' and ' : ''}${days.at(-1)}.`, ids)
      : claim(`${done} ${group.length} times, first on ${days.at(-1)} and last on ${days[0]}.`, ids, search);
  });
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
