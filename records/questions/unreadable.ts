import { isCommonWord } from '../../language/terminology/spelling.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import { isClinicalName } from './vocabulary.ts';

const known = new WeakMap<Chart, readonly Fact[]>();
const NAMED: ReadonlySet<FactKind> = new Set(['problem', 'medication', 'immunization', 'allergy', 'procedure', 'result', 'social']);

const wordsOf = (texts: readonly string[]): readonly string[] => texts.flatMap((text) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []);

/** Most words are neither of the tables nor of plain English: another language, an abbreviation of a house. */
export function isForeignText(...texts: readonly string[]): boolean {
  const words = wordsOf(texts);
  return words.filter((word) => isCommonWord(word) || isClinicalName(word)).length * 2 < words.length;
}

/** A name in such words, or a bare code. */
const isForeign = ({ name, names }: Fact): boolean => wordsOf([name, ...names]).length === 0 || isForeignText(name, ...names);

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
