import type { Aspect } from './contract.ts';

const JOINT = /,|\band\b|&|\+|\bplus\b|\bvs\b|\bversus\b|\bas well as\b/;
const PICKS: readonly (readonly [Aspect, RegExp])[] = [
  ['latest', /\b(?:latest|most recent|newest|last|current|now|today)\b/],
  ['first', /\b(?:first|earliest|initial|oldest)\b/],
  ['highest', /\b(?:highest|max(?:imum)?|peak|greatest|record high|all-?time high)\b/],
  ['lowest', /\b(?:lowest|min(?:imum)?|nadir|record low|all-?time low)\b/],
  ['average', /\b(?:average|mean)\b/],
];

/** "The last LDL and the highest ever": the values of one series that are picked out side by side, in their order; fewer than two are none. */
export function picksIn(mask: string): readonly Aspect[] {
  const parts = mask.split(JOINT);
  if (parts.length < 2) return [];
  const named = parts.flatMap((part) => {
    const found = PICKS.filter(([, pattern]) => pattern.test(part)).map(([aspect]) => aspect);
    return found.length === 1 ? found : [];
  });
  const distinct = [...new Set(named)];
  return distinct.length > 1 ? distinct : [];
}
