import { isCommonWord } from '../../language/terminology/spelling.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import { isClinicalName } from './vocabulary.ts';

const known = new WeakMap<Chart, readonly Fact[]>();
const NAMED: ReadonlySet<FactKind> = new Set(['problem', 'medication', 'immunization', 'allergy', 'procedure', 'result', 'social']);

/** No word of it is of the tables or of plain English: another language, an abbreviation of a house, a bare code. */
function isForeign({ name, names }: Fact): boolean {
  const words = [name, ...names].flatMap((text) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
  const read = words.filter((word) => isCommonWord(word) || isClinicalName(word));
  return read.length * 2 < words.length || words.length === 0;
}

/**
 * Entries of these kinds whose thing is not known: neither by a code nor by its words. One of them may be what a search does not find, so the
 * search cannot deny it.
 */
export function unreadable(chart: Chart, kinds: readonly FactKind[]): readonly Fact[] {
  let facts = known.get(chart);
  if (!facts) {
    facts = chart.facts.filter(
      (fact) =>
        NAMED.has(fact.kind) &&
        fact.part === undefined &&
        !fact.details?.absence &&
        fact.concepts.every((id) => /^(?:code|text|section)\//.test(id)) &&
        (fact.kind === 'medication' || isForeign(fact)),
    );
    known.set(chart, facts);
  }
  return facts.filter(({ kind }) => kinds.includes(kind));
}
