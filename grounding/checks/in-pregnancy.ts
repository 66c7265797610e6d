/** "Gained 10 kg in this pregnancy": the values of that time alone. What she weighed before it is mostly not recorded. */
import { dayOf } from '../matching/dates.ts';
import type { World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { type Pool, type SeriesResult, unknown } from './contract.ts';

const PREGNANCY = 'condition/pregnancy';
const THIS =
  /\b(?:in|during|over|throughout|since the (?:start|beginning) of) (?:this|the|her|the current|her current|the present) pregnancy\b/i;

/** The series as it went in the pregnancy that is going on; undefined where the sentence speaks of none. */
export function inPregnancy(
  assertion: Assertion,
  pool: Pool,
  world: World,
  read: (assertion: Assertion, pool: Pool, world: World) => SeriesResult | undefined,
): SeriesResult | undefined {
  if (!THIS.test(assertion.text) || assertion.times.length > 0) return undefined;
  const open = (reason: string): SeriesResult => ({ checks: [unknown('trend', reason)], ids: [], candidates: [] });
  const now = world.facts.filter(
    ({ kind, status, negated, date, concepts }) =>
      kind === 'problem' &&
      status === 'active' &&
      !negated &&
      date !== undefined &&
      concepts.some((id) => world.terminology.isA(id, PREGNANCY)),
  );
  const starts = [...new Set(now.map(({ date }) => dayOf(date!)))];
  if (starts.length === 0) return open('the record has no pregnancy that is going on');
  const from = starts.sort()[0]!;
  const inside = pool.candidates.filter(({ fact }) => fact.date !== undefined && dayOf(fact.date) >= from);
  const found = read(assertion, { ...pool, candidates: inside }, world);
  if (!found || !assertion.quantities.some(({ role }) => role === 'change')) return found;
  return {
    ...found,
    checks: found.checks.map((check) => (check.outcome === 'fail' ? unknown(check.name, check.reason) : check)),
  };
}
