import type { Chart } from '../contract.ts';
import { stem } from './wording.ts';

/** Lower case, everything but letters and digits a space. */
export const fold = (text: string): string =>
  ` ${text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** Words that join the others of a name. */
const JOINING = new Set('a an and by for in of on or the to with'.split(' '));

/** What a test is called besides what it measures. */
const OF_TEST = new Set(
  'assay count estimate estimation level measured measurement panel result screen test titer total'.split(' ').map(stem),
);

/** Their letter tells one from another: "hepatitis A" is no hepatitis B. */
const LETTERED = /^(?:hep|hepatitis|vitamin|influenza|group|type|factor)$/;

export const wordsIn = (text: string): readonly string[] =>
  fold(text)
    .split(' ')
    .filter((word, i, words) => word !== '' && (!JOINING.has(word) || (word === 'a' && LETTERED.test(words[i - 1] ?? ''))))
    .map(stem);

/** A name of what is looked for. */
export interface Sought {
  readonly folded: string;
  /** A short abbreviation counts only as it is written. */
  readonly exact?: RegExp;
  /** Its words without endings, in order. */
  readonly words: readonly string[];
}

/** What is done with a thing: its removal names the thing as well as its insertion. */
const HANDLED = /\b(?:insertion|placement|implantation|removal|extraction)(?: of(?: an?| the)?)?\b/i;

const bare = (name: string): readonly string[] => {
  const thing = name.replace(HANDLED, ' ').trim();
  return thing !== name && thing.includes(' ') ? [thing] : [];
};

/** Every name that the tables have for these concepts. */
export function soughtNames(concepts: readonly string[], chart: Chart): readonly Sought[] {
  const found = new Map<string, Sought>();
  for (const id of concepts) {
    const concept = chart.terminology.get(id);
    if (!concept || concept.kind === 'section') continue;
    const names = [concept.name, ...concept.synonyms];
    const whole = wordsIn(concept.name).filter((word) => !OF_TEST.has(word));
    for (const name of concept.kind === 'procedure' ? names.flatMap((one) => [one, ...bare(one)]) : names) {
      const folded = fold(name);
      const size = folded.trim().length;
      if (size < 3 || found.has(folded)) continue;
      const all = wordsIn(name);
      // "Saturation" is short for oxygen saturation when it is asked for; in the name of another test it is that test's own word.
      if (concept.kind === 'observation' && whole.length > 1 && all.length === 1 && whole.includes(all[0]!)) continue;
      const telling = concept.kind === 'observation' ? all.filter((word) => !OF_TEST.has(word)) : all;
      const words = telling.join('').length >= 3 ? telling : all;
      const exact = size <= 4 && /^[A-Z0-9]+$/.test(name) ? new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'u') : undefined;
      found.set(folded, { folded, words, ...(exact ? { exact } : {}) });
    }
  }
  return [...found.values()];
}

/** What follows only says where, with what or due to what: the name's own noun stands before it. */
const FURTHER = /\s*(?:[,;:(/[]|\s-\s|\s(?:of|in|due to|caused by|associated with|with|without|on|at|from|by|following|during|for)\s).*$/i;
const LEADING = /^(?:(?:personal )?history of|h\/o|status post|s\/p|o\/e\s*-|acquired)\s*/i;

/** What a recorded name is at bottom: "rhinitis" of "Perennial allergic rhinitis", "glucose" of "Glucose, interstitial fluid". */
export function headOf(name: string): string | undefined {
  const bare = name.replace(LEADING, '');
  return wordsIn(bare.replace(FURTHER, '')).at(-1) ?? wordsIn(bare).at(-1);
}

/** The name holds all the words of one that is sought, in whatever order. A burn is not named by "burning": a single word stands as it is. */
export function holdsWords(own: ReadonlySet<string>, written: string, { words, exact, folded }: Sought): boolean {
  if (words.length === 0 || !words.every((word) => own.has(word)) || !(exact?.test(written) ?? true)) return false;
  if (words.length > 1) return true;
  const [sought = ''] = folded
    .trim()
    .split(' ')
    .filter((word) => stem(word) === words[0]);
  return (
    /ings?$/.test(sought) ||
    fold(written)
      .split(' ')
      .some((word) => stem(word) === words[0] && !/ings?$/.test(word))
  );
}

/** The name is that of a kind of what is sought: the last word is the same, what stands before it narrows it. */
export function isKindOf(head: string | undefined, folded: string, { words, folded: whole }: Sought): boolean {
  return head === words.at(-1) || (words.length > 1 && folded.includes(whole));
}
