/**
 * What hangs on a name by a hyphen: "statin-naive", "non-hypertensive", "drug-induced". The name alone is not what the word says, so the rest
 * of the word is read as a word of its own, or as the denial that it is.
 */
import type { CueItem, WordItem } from './items.ts';
import { cuesAt, isNeutral, type Token, tokens } from './lexicon.ts';

const NEVER_AFTER = /^(?:na[iï]ve|unexposed)$/;
const DENIES_AFTER = /^(?:free|less|negative)$/;
const DENIES_BEFORE = /^non$/;
const PIECE = /[\p{L}\p{N}]+(?:['’.][\p{L}\p{N}]+)*/gu;

/** The parts of a hyphened word that no name, number or date has taken. */
export function affixesOf(token: Token, taken: readonly boolean[]): readonly (CueItem | WordItem)[] {
  if (!token.text.includes('-')) return [];
  const pieces = [...token.text.matchAll(PIECE)].map((match) => ({ text: match[0], start: token.start + match.index }));
  return pieces.flatMap(({ text, start }, at): readonly (CueItem | WordItem)[] => {
    const end = start + text.length;
    if (!/\p{L}/u.test(text) || taken.slice(start, end).some(Boolean)) return [];
    const word = text.toLowerCase();
    if (at > 0 && NEVER_AFTER.test(word))
      return [{ type: 'cue', start, end, text, cues: [{ type: 'order', sense: 'never', words: [word] }] }];
    const denies = at === 0 ? DENIES_BEFORE.test(word) : DENIES_AFTER.test(word);
    if (denies) return [{ type: 'cue', start, end, text, cues: [{ type: 'negation', sense: 'no', words: [word] }] }];
    const cues = cuesAt(tokens(text), 0);
    if (cues.length > 0 && !cues.some(({ type }) => type === 'status' || type === 'negation'))
      return [{ type: 'cue', start, end, text, cues }];
    return [{ type: isNeutral(word) && at > 0 ? 'neutral' : 'word', start, end, text, word }];
  });
}
