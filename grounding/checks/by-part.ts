/** "Blood pressure fell": each of its numbers is a series of its own; the upper one of one day is never set against the lower one of another. */
import { amountOf } from '../matching/quantities.ts';
import type { World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { type Pool, type SeriesResult, unknown } from './contract.ts';

type Read = (assertion: Assertion, pool: Pool, world: World) => SeriesResult | undefined;

const passes = ({ checks }: SeriesResult): boolean => checks.every(({ outcome }) => outcome === 'pass');
const fails = ({ checks }: SeriesResult): boolean => checks.some(({ outcome }) => outcome === 'fail');

/** Reads a statement of a series part by part where its numbers have parts; undefined where they have none, or pairs are said. */
export function byPart(assertion: Assertion, pool: Pool, world: World, read: Read): SeriesResult | undefined {
  const parts = [...new Set(pool.candidates.filter(({ fact }) => amountOf(fact)).map(({ fact }) => fact.part))];
  if (parts.length < 2 || assertion.quantities.some(({ quantity }) => quantity.form === 'pair')) return undefined;
  const found = parts
    .map((part) => read(assertion, { ...pool, candidates: pool.candidates.filter(({ fact }) => fact.part === part) }, world))
    .filter((result) => result !== undefined);
  if (found.length === 0) return undefined;
  // A number that is said tells which part is meant; without one both must have moved as said.
  const numbered = assertion.quantities.some(({ role }) => role !== 'count' && role !== 'duration');
  const merged = (results: readonly SeriesResult[]): SeriesResult => ({
    checks: results.flatMap(({ checks }) => checks),
    ids: [...new Set(results.flatMap(({ ids }) => ids))],
    candidates: results.flatMap(({ candidates }) => candidates),
    used: results.flatMap(({ used }) => used ?? []),
  });
  if (numbered) return found.find(passes) ?? found.find((result) => !fails(result)) ?? found[0];
  if (found.every(passes) || found.every(fails)) return merged(found);
  const told = found.flatMap(({ checks }) => checks.map(({ reason }) => reason)).join('; ');
  return { ...merged(found), checks: [unknown('trend', `the numbers of ${pool.name} do not all move as said (${told})`)] };
}
