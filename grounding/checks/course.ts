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
