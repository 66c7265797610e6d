/** When a drug was begun: an order that renews another is no start. */
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { dayOf, lengthOf } from '../matching/dates.ts';
import type { Tested } from '../matching/world.ts';
import type { Pool } from './contract.ts';

/** An order without a recorded end is taken to run until the next of its kind, where that comes within about a year. */
const RENEWED_WITHIN = 400;
const GAP = 45;

function continues(earlier: Fact, later: Fact): boolean {
  const apart = lengthOf(dayOf(earlier.date!), dayOf(later.date!));
  if (apart <= 0) return false;
  if (earlier.end) return lengthOf(dayOf(earlier.end), dayOf(later.date!)) <= GAP;
  if (earlier.status === 'active') return true;
  const reasons = (fact: Fact) => fact.reasons.map(({ text }) => text).join();
  return apart <= RENEWED_WITHIN && reasons(earlier) === reasons(later) && earlier.name === later.name;
}

/** Does this order begin the drug? `first`: begin it for the first time ever. `same`: a strength is said, so only the same product counts. */
export function begins(fact: Fact, pool: Pool, first: boolean, same: boolean): Tested {
  const others = pool.candidates
    .map((candidate) => candidate.fact)
    .filter(
      (other) =>
        other.kind === 'medication' &&
        !other.negated &&
        other.date !== undefined &&
        fact.date !== undefined &&
        dayOf(other.date) < dayOf(fact.date) &&
        other.concepts[0] === fact.concepts[0] &&
        (!same || other.name === fact.name),
    );
  const earlier = first ? others[0] : others.find((other) => continues(other, fact));
  if (!earlier) return { outcome: 'pass', reason: '' };
  const start = others.reduce((a, b) => (compareFhirDates(a.date!, b.date!) < 0 ? a : b), earlier);
  return { outcome: 'fail', reason: `the record has ${start.name} already from ${formatDate(start.date!)}` };
}

/** Days between the end of one order and the start of the next within which the drug was not stopped, only ordered anew. */
const REPLACED_WITHIN = 3;

/**
 * The order that took the place of one that ended: the same drug at another dose, strength or form, begun before the old one was over or at once
 * after, and going on beyond it. `same`: a strength is said, so only the same product counts.
 */
export function replacement(fact: Fact, pool: Pick<Pool, 'candidates'>, same: boolean): Fact | undefined {
  if (fact.kind !== 'medication') return undefined;
  const others = pool.candidates
    .map((candidate) => candidate.fact)
    .filter(
      (other) =>
        other.kind === 'medication' &&
        other.id !== fact.id &&
        !other.negated &&
        !['planned', 'cancelled', 'refuted', 'unconfirmed'].includes(other.status) &&
        (!same || other.name === fact.name),
    );
  if (fact.end === undefined) return others.find(({ status }) => status === 'active');
  const end = dayOf(fact.end);
  return others.find(
    (other) =>
      other.date !== undefined &&
      lengthOf(end, dayOf(other.date)) <= REPLACED_WITHIN &&
      (other.end === undefined ? other.status === 'active' || dayOf(other.date) >= end : dayOf(other.end) > end),
  );
}

/** Sessions of one treatment that follow each other within this many days are one course. */
const ONE_COURSE = 92;
const REPEATED = new Set<Fact['kind']>(['procedure', 'visit', 'result', 'vital', 'survey', 'imaging', 'report']);

/** What is done again and again is begun with the first of a row, not with each. After a long pause it may have begun anew. */
export function startsSeries(fact: Fact, pool: Pool): Tested {
  if (!REPEATED.has(fact.kind) || fact.date === undefined) return { outcome: 'pass', reason: '' };
  const earlier = pool.candidates
    .map((candidate) => candidate.fact)
    .filter(
      (other) =>
        other.kind === fact.kind &&
        other.date !== undefined &&
        !other.negated &&
        !['planned', 'cancelled', 'missed', 'refuted'].includes(other.status) &&
        dayOf(other.date) < dayOf(fact.date!),
    )
    .sort((a, b) => compareFhirDates(a.date!, b.date!));
  const last = earlier.at(-1);
  if (!last) return { outcome: 'pass', reason: '' };
  return {
    outcome: lengthOf(dayOf(last.date!), dayOf(fact.date)) <= ONE_COURSE ? 'fail' : 'unknown',
    reason: `the record has ${earlier[0]!.name} already on ${formatDate(earlier[0]!.date!)}`,
  };
}
