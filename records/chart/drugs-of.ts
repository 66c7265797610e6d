import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../contract.ts';

/**
 * The drugs that an order is of, as concept ids: its ingredients, and of a class that is asked for those of the class alone (of
 * hydrocodone with acetaminophen, asked for as an opioid, hydrocodone). Empty where no table knows the drug.
 */
export function drugsOf({ concepts }: Fact, asked: readonly string[], { get, isA }: Terminology): readonly string[] {
  const drugs = concepts.filter((id) => get(id)?.kind === 'drug');
  // "Sacubitril / valsartan" stands beside its ingredients.
  const ingredients = drugs.filter((id) => !drugs.some((other) => other !== id && isA(id, other)));
  const within = asked.length === 0 ? [] : ingredients.filter((id) => asked.some((wanted) => isA(id, wanted)));
  return within.length > 0 ? within : ingredients;
}
