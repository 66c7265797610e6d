/**
 * When a disease began: with its earliest entry, itself or a kind of it. A later stage, an exacerbation or a complication of it is no diagnosis of
 * the disease, though its entry names or codes the disease as well.
 */

import type { Terminology } from '../../language/contract.ts';
import { compareFhirDates, daysBetween, formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { dayOf } from '../matching/dates.ts';
import type { Candidate, Constraint, Tested, World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import type { Pool } from './contract.ts';

const NOT_HAD = new Set<Fact['status']>(['refuted', 'cancelled', 'unconfirmed', 'planned']);
/** What comes within so many days of an end is the same disease, only entered anew. */
const TAKEN_UP_WITHIN = 90;
/** A name that says itself that the disease was there before. */
const GOES_ON =
  /\b(?:recurren\w*|relaps\w*|exacerbation|flare|acute on chronic|chronic|persistent|end[- ]stage|stage|advanced|progressive|worsening|refractory|metastatic|in remission)\b/i;

const COMES_TO_LIGHT = /\b(?:found|detected|discovered|identified|picked up|recognized|recognised|appeared)\b/i;

/** It is said when the disease began, not only that it was there. */
export const datesBeginning = (assertion: Assertion): boolean =>
  !assertion.negated &&
  !assertion.noLonger &&
  (assertion.cues.some(({ type, sense, negated }) => type === 'status' && !negated && (sense === 'onset' || sense === 'started')) ||
    assertion.times.some(({ time, role }) => role === 'start' || time.relation === 'since' || time.relation === 'for') ||
    assertion.quantities.some(({ role }) => role === 'duration' || role === 'age-at') ||
    (assertion.times.length > 0 && COMES_TO_LIGHT.test(assertion.text)));

const isDisease = (head: Pick<Head, 'concepts'>): boolean =>
  head.concepts.length > 0 && head.concepts.every(({ kind }) => kind === 'condition');

/** What stands between a consequence and what it comes from: "albuminuria in type 1 diabetes". */
const COMES_FROM = /\b(?:in|of|from|by|with|due to|secondary to|associated with|caused by|complicating)\b/i;

/** A name of the record's own begins with the disease, or names it before it says what something comes from. */
function namedAtOnce(name: string, id: string, terminology: Terminology): boolean {
  const found = terminology.mentions(name).find(({ concepts }) => concepts.some((one) => terminology.isA(one, id)));
  return found !== undefined && !COMES_FROM.test(name.slice(0, found.start));
}

/**
 * It is the disease or a kind of it by its first name: not by a further code, of what it comes from, and not as one of the disease's
 * complications, which the vocabulary may count among its kinds.
 */
function isItself(fact: Fact, head: Pick<Head, 'concepts'>, terminology: Terminology): boolean {
  const own = fact.concepts[0];
  if (own === undefined) return false;
  return head.concepts.some(({ id }) => {
    if (own === id) return true;
    if (/^(?:code|text)\//.test(own))
      return fact.concepts.some((one) => terminology.isA(one, id)) && namedAtOnce(fact.name, id, terminology);
    if (!terminology.isA(own, id)) return false;
    const consequences = terminology.descendants(id).filter((below) => below !== id && /complication/.test(below));
    return !consequences.some((below) => terminology.isA(own, below));
  });
}

const hadProblem = (fact: Fact): boolean =>
  fact.kind === 'problem' && !fact.negated && fact.date !== undefined && !NOT_HAD.has(fact.status);

function entriesOf(facts: readonly Fact[], head: Pick<Head, 'concepts'>, terminology: Terminology) {
  const had = facts.filter(hadProblem).sort((a, b) => compareFhirDates(a.date!, b.date!));
  const own = had.filter((fact) => isItself(fact, head, terminology));
  return { own, loose: had.filter((fact) => !own.includes(fact)) };
}

/** `same`: the later entry is the earlier disease gone on. `maybe`: another of a wider name, which may be so. */
function goesOn(earlier: Fact, later: Fact, terminology: Terminology): 'same' | 'maybe' | undefined {
  const [a, b] = [earlier.concepts[0]!, later.concepts[0]!];
  const akin = terminology.isA(a, b) || terminology.isA(b, a);
  const gap = earlier.end === undefined ? undefined : daysBetween(earlier.end, later.date!);
  if (gap === undefined ? earlier.status !== 'active' : gap > TAKEN_UP_WITHIN) return GOES_ON.test(later.name) && akin ? 'same' : undefined;
  return akin || (gap !== undefined && gap >= -TAKEN_UP_WITHIN) ? 'same' : 'maybe';
}

/** The entry with which the disease of this one began, where that is another. `sure`: the two are surely one disease. */
function earlierOf(fact: Fact, own: readonly Fact[], terminology: Terminology): { start: Fact; sure: boolean } | undefined {
  const before = own.filter((other) => dayOf(other.date!) < dayOf(fact.date!)).reverse();
  let start = fact;
  for (const other of before)
    if (goesOn(other, start, terminology) === 'same' || goesOn(other, fact, terminology) === 'same') start = other;
  if (start !== fact) return { start, sure: true };
  const other = before.find((one) => goesOn(one, fact, terminology) === 'maybe');
  return other && { start: other, sure: false };
}

const already = (fact: Fact): string => `the record has ${fact.name} already from ${formatDate(fact.date!)}`;

/** Where the sentence says when a disease began: the entry must be the one that it began with. */
export function beginning(assertion: Assertion, pool: Pool, { terminology }: World): readonly Constraint[] {
  if (!isDisease(pool.head) || !datesBeginning(assertion)) return [];
  const { own, loose } = entriesOf(
    pool.candidates.map(({ fact }) => fact),
    pool.head,
    terminology,
  );
  const test = (fact: Fact): Tested => {
    if (!hadProblem(fact)) return { outcome: 'pass', reason: '' };
    if (!isItself(fact, pool.head, terminology)) {
      const first = own[0];
      if (first && compareFhirDates(first.date!, fact.date!) <= 0) return { outcome: 'fail', reason: already(first) };
      return { outcome: 'unknown', reason: `since when there is ${pool.name} is not stated by ${fact.name} of ${formatDate(fact.date!)}` };
    }
    const before = earlierOf(fact, own, terminology);
    if (before) return { outcome: before.sure ? 'fail' : 'unknown', reason: already(before.start) };
    // A complication that is older than the disease: one of the two dates is not that of the beginning.
    const older = loose.find((other) => compareFhirDates(other.date!, fact.date!) < 0 && other.concepts.includes(fact.concepts[0]!));
    return older ? { outcome: 'unknown', reason: already(older) } : { outcome: 'pass', reason: '' };
  };
  return [{ check: 'date', weight: 3, test: ({ fact }) => test(fact) }];
}

/** What is said to have begun before its first own entry, and not before another one that may be it, is not refuted. */
export function mayHaveBegun(tested: Tested, said: string | undefined, assertion: Assertion, pool: Pool, { terminology }: World): Tested {
  if (tested.outcome !== 'fail' || said === undefined || !isDisease(pool.head) || !datesBeginning(assertion)) return tested;
  const { own, loose } = entriesOf(
    pool.candidates.map(({ fact }) => fact),
    pool.head,
    terminology,
  );
  const [first, other] = [own[0], loose[0]];
  if (!other || (first && dayOf(first.date!) <= said) || dayOf(other.date!) > said) return tested;
  return { outcome: 'unknown', reason: already(other) };
}

/** The entries of one disease, stage after stage, read as one: begun with the first, in force while the last is. */
export function courseOfDisease(facts: readonly Fact[], head: Head, assertion: Assertion, terminology: Terminology): readonly Candidate[] {
  if (!isDisease(head) || !datesBeginning(assertion) || assertion.words.length > 0) return [];
  const { own } = entriesOf(facts, head, terminology);
  return own.flatMap((fact) => {
    const before = earlierOf(fact, own, terminology);
    return before?.sure ? [{ fact: { ...fact, date: before.start.date! }, ids: [fact.id, before.start.id] }] : [];
  });
}
