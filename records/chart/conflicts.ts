import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../contract.ts';

export function conflictsOf(facts: readonly Fact[], _terminology: Terminology): readonly Fact[] {
  return facts;
}
