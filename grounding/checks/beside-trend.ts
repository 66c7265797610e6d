/** What stands beside a change: a further value, a limit, a flag, "its highest". All of it is said of the value at which the change ends. */

import type { Check } from '../contract.ts';
import { amountOf, valueLike } from '../matching/quantities.ts';
import type { Tested, World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { testFlag, testLimit, testValue } from './number.ts';

const toCheck = ({ outcome, reason }: Tested): Check =>
  outcome === 'pass' ? pass('number', reason) : outcome === 'fail' ? fail('number', reason) : unknown('number', reason);

export function besideTrend({ used, candidates, checks }: SeriesResult, assertion: Assertion, pool: Pool, world: World): readonly Check[] {
  const end = candidates.at(-1);
  if (!used || !end || checks.some(({ outcome }) => outcome !== 'pass')) return [];
  const stepping = used.some(({ role }) => role === 'from');
  const left = assertion.quantities.filter((said) => !used.includes(said));
  const numbers = left.flatMap((said): readonly Check[] => {
    const { role, quantity } = said;
    if (role === 'threshold') return [toCheck(testLimit(said, end.fact))];
    if ((role === 'to' || role === 'value') && !stepping) return [toCheck(testValue(said, end.fact, world))];
    if (['to', 'value', 'from', 'range', 'change', 'reference'].includes(role))
      return [unknown('number', `"${quantity.text}" beside the change of ${pool.name} is not decided`)];
    return [];
  });
  const flags = assertion.cues.filter(({ type }) => type === 'flag').map((cue) => toCheck(testFlag(cue, end.fact)));
  const extremes = assertion.cues
    .filter(({ type, sense }) => type === 'order' && (sense === 'highest' || sense === 'lowest'))
    .map(({ sense, text }): Check => {
      const own = amountOf(end.fact)?.value;
      const others = pool.candidates.map(({ fact }) => valueLike(fact, end.fact));
      if (!pool.search || own === undefined || others.some((value) => value === undefined))
        return unknown('number', `which value is the ${sense} is not decided`);
      return (others as readonly number[]).every((value) => (sense === 'highest' ? value <= own : value >= own))
        ? pass('number', `it is the ${sense} recorded`)
        : fail('number', `the sentence says "${text}", the record holds a ${sense === 'highest' ? 'higher' : 'lower'} ${pool.name}`);
    });
  return [...numbers, ...flags, ...extremes];
}
