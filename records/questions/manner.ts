import type { Fact } from '../contract.ts';
import type { Answer, Note } from './contract.ts';
import { hasWords } from './select.ts';
import { tokens } from './wording.ts';

/** How a value was taken, which makes it another value. */
const MANNER =
  /\b(?:standing|sitting|seated|lying|supine|orthostatic|ambulatory|home|resting|fasting|postprandial|preprandial|trough|peak|dry|ideal|exercise|predialysis|postdialysis|preop|postop|manual)\b/g;

/** "Standing BP": words of how a value was taken that stand beside its name and that the name itself does not have. */
export function mannerIn(text: string, name: string): readonly string[] {
  const named = new Set(tokens(name).map(({ word }) => word));
  return [...new Set([...text.toLowerCase().matchAll(MANNER)].map(([word]) => word))].filter((word) => !named.has(word));
}

/** Only the values that the record says were so taken, where it says so of any. */
export function takenSo(facts: readonly Fact[], manner: readonly string[]): readonly Fact[] {
  const said = facts.filter((fact) => hasWords(fact, manner));
  return said.length > 0 ? said : facts;
}

/** A value of which the record does not say how it was taken: shown, and neither yes nor no. */
export function unsaidManner(
  facts: readonly Fact[],
  manner: readonly string[],
): (Pick<Answer, 'notes'> & { polarity: 'unknown' }) | undefined {
  const open = facts.filter((fact) => !hasWords(fact, manner));
  if (open.length === 0) return undefined;
  const note: Note = { kind: 'qualifier', text: `the record does not say “${manner.join(' ')}” of this`, facts: open };
  return { notes: [note], polarity: 'unknown' };
}
