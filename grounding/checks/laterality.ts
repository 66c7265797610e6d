/** Left is not right, and a side that the record does not state is not stated. */
import type { Fact } from '../../records/contract.ts';
import type { Constraint, Tested } from '../matching/world.ts';
import type { CheckPart } from './contract.ts';

function sideOf(fact: Fact): string | undefined {
  if (fact.laterality) return fact.laterality;
  const text = [fact.name, ...fact.names, fact.site ?? ''].join(' ').toLowerCase();
  return /\bbilateral|both sides/.test(text) ? 'bilateral' : /\bleft\b/.test(text) ? 'left' : /\bright\b/.test(text) ? 'right' : undefined;
}

function test(side: string, text: string, fact: Fact): Tested {
  const recorded = sideOf(fact);
  if (recorded === undefined) return { outcome: 'unknown', reason: `the record gives no side for ${fact.name}` };
  return recorded === side
    ? { outcome: 'pass', reason: `the record says ${recorded}` }
    : { outcome: 'fail', reason: `the sentence says ${text}, the record says ${recorded}` };
}

export const laterality: CheckPart = {
  constraints: (assertion) =>
    assertion.cues
      .filter((cue) => cue.type === 'side')
      .map((cue): Constraint => ({ check: 'laterality', weight: 3, test: ({ fact }) => test(cue.sense, cue.text, fact) })),
};
