import { isCommonWord } from '../../language/terminology/spelling.ts';
import { loadConcepts } from '../../language/terminology.ts';
import type { Chart } from '../contract.ts';
import { editDistance, fold } from './wording.ts';

let clinical: ReadonlySet<string> | undefined;
const ofCharts = new WeakMap<Chart, ReadonlySet<string>>();

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(fold);

/** Every word that stands in a clinical name of the tables. */
function clinicalWords(): ReadonlySet<string> {
  clinical ??= new Set(
    loadConcepts().flatMap((concept) => (concept.kind === 'section' ? [] : [concept.name, ...concept.synonyms].flatMap(wordsOf))),
  );
  return clinical;
}

function chartWords(chart: Chart): ReadonlySet<string> {
  let words = ofCharts.get(chart);
  if (!words) {
    words = new Set(chart.facts.flatMap((fact) => [fact.name, ...fact.names].flatMap(wordsOf)));
    ofCharts.set(chart, words);
  }
  return words;
}

const slips = new Map<string, readonly string[]>();

/** Clinical words of four letters and more that are one slip away, the commonest forms first. */
export function slipsOf(word: string): readonly string[] {
  let found = slips.get(word);
  if (!found) {
    found = [...clinicalWords()]
      .filter((other) => other.length >= 4 && Math.abs(other.length - word.length) <= 1 && editDistance(word, other, 1) <= 1)
      .slice(0, 12);
    if (slips.size > 500) slips.clear();
    slips.set(word, found);
  }
  return found;
}

/** Stands in a clinical name of the tables. */
export const isClinicalName = (word: string): boolean => clinicalWords().has(fold(word));

/** Stands in a clinical name of the tables or in a name of this record. */
export function isClinicalWord(word: string, chart: Chart): boolean {
  const folded = fold(word);
  return clinicalWords().has(folded) || chartWords(chart).has(folded);
}

/** A word of everyday English that stands in no clinical name and nowhere in the record: beside a name it qualifies nothing. */
export function isEveryday(word: string, chart: Chart): boolean {
  const folded = fold(word);
  return (isCommonWord(word) || isCommonWord(folded)) && !clinicalWords().has(folded) && !chartWords(chart).has(folded);
}
