/** "BP target below 140/90": what a recorded goal says, number by number. */
import { quantities } from '../../language/quantities.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import type { World } from '../matching/world.ts';
import { fail, pass, unknown } from './contract.ts';

const GOAL = /\b(?:goals?|targets?|aim)\b/i;
const BELOW = /\b(?:below|under|less than|lower than|at most|no more than|up to)\b|[<≤]/i;
const ABOVE = /\b(?:above|over|more than|greater than|higher than|at least|exceed\w*)\b|[>≥]/i;

const direction = (text: string): string => (BELOW.test(text) ? 'below' : ABOVE.test(text) ? 'above' : 'at');
const numbersOf = (text: string): readonly number[] =>
  quantities(text).flatMap((quantity) => [quantity.value, ...(quantity.second === undefined ? [] : [quantity.second])]);
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) < 1e-9);

export const speaksOfGoal = (text: string): boolean => GOAL.test(text);

/** Nothing where the sentence speaks of no goal, names no number, or names what no recorded goal is about. */
export function checkGoal(text: string, world: World): { readonly check: Check; readonly ids: readonly string[] } | undefined {
  if (!speaksOfGoal(text) || /\b(?:met|reached|achieved|not|missed|at goal|on target)\b/i.test(text)) return undefined;
  const said = numbersOf(text);
  if (said.length === 0) return undefined;
  const named = world.terminology
    .mentions(text)
    .flatMap((mention) => mention.concepts)
    .filter((id) => !id.startsWith('section/'));
  const about = world.facts.filter(
    (fact: Fact) =>
      fact.kind === 'goal' &&
      fact.status === 'active' &&
      fact.concepts.some((id) => named.some((name) => name === id || world.terminology.isA(id, name))),
  );
  const first = about[0];
  if (!first) return undefined;
  const hit = about.find((fact) => same(said, numbersOf(fact.name)) && direction(text) === direction(fact.name));
  // Several goals at once, or a value measured beside the goal: more than one recorded goal says.
  if (
    !hit &&
    (/\b(?:above|over|below|under|at|near|within|off|beyond) (?:the |her |his |their )?(?:goal|target)\b/i.test(text) ||
      (said.length > numbersOf(first.name).length && /\band\b|[,;]/.test(text)))
  )
    return { check: unknown('number', `a recorded goal is: ${first.name}; the rest is not decided`), ids: [first.id] };
  return hit
    ? { check: pass('number', `the recorded goal is: ${hit.name}`), ids: [hit.id] }
    : { check: fail('number', `the recorded goal is: ${first.name}`), ids: [first.id] };
}
