import type { Terminology } from '../../language/contract.ts';
import type { Substance } from '../../language/units.ts';

/** What is known of the measured substance, for conversions between mass and amount. */
export function substanceOf(_concepts: readonly string[], _terminology: Terminology): Substance | undefined {
  return undefined;
}
