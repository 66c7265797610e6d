import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Finds the known words that a misspelled word may stand for. */
export interface Speller {
  /** Nearest known words, at most `limit`, all at the same distance; empty where nothing is near. */
  nearest(word: string, limit?: number): readonly string[];
}

interface Bucket {
  readonly words: string[];
  readonly masks: number[];
}

const MIN_LENGTH = 5;

/**
 * One edit (a letter more, less, other, or two swapped) for words of 5 to 7 letters, two for 8 and more; the first letter may differ
 * only with one edit and 7 letters or more. Words are folded forms.
 */
export function createSpeller(words: Iterable<string>): Speller {
  const byLength = new Map<number, Bucket>();
  for (const word of words) {
    if (word.length < MIN_LENGTH - 1 || /[^a-z]/.test(word)) continue;
    let bucket = byLength.get(word.length);
    if (!bucket) {
      bucket = { words: [], masks: [] };
      byLength.set(word.length, bucket);
    }
    bucket.words.push(word);
    bucket.masks.push(letters(word));
  }
  const cache = new Map<string, readonly string[]>();
  return {
    nearest(word, limit = 4) {
      let found = cache.get(word);
      if (!found) {
        found = search(byLength, word);
        if (cache.size > 20_000) cache.clear();
        cache.set(word, found);
      }
      return found.length > limit ? found.slice(0, limit) : found;
    },
  };
}

function search(byLength: ReadonlyMap<number, Bucket>, word: string): readonly string[] {
  if (word.length < MIN_LENGTH || /[^a-z]/.test(word)) return [];
  let best = word.length >= 8 ? 2 : 1;
  let found: string[] = [];
  const mask = letters(word);
  for (let length = word.length - best; length <= word.length + best; length++) {
    const bucket = byLength.get(length);
    if (!bucket) continue;
    for (let i = 0; i < bucket.words.length; i++) {
      if (bits(mask ^ (bucket.masks[i] as number)) > 2 * best) continue;
      const candidate = bucket.words[i] as string;
      const sameStart = candidate.charCodeAt(0) === word.charCodeAt(0);
      if (!sameStart && word.length < 7 && !(candidate[0] === word[1] && candidate[1] === word[0])) continue;
      const d = distance(word, candidate, sameStart ? best : 1);
      if (d > best || (d === 2 && !sameStart)) continue;
      if (d < best) {
        best = d;
        found = [];
      }
      found.push(candidate);
    }
  }
  return found.length > 1 ? found.sort((a, b) => likeness(word, b) - likeness(word, a)) : found;
}

/** Common beginning and end: of two words equally far, the one that shares more of both is likelier. */
function likeness(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end - Math.abs(a.length - b.length) * 0.5;
}

function letters(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) - 97);
  return mask;
}

function bits(x: number): number {
  let n = x - ((x >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Damerau-Levenshtein distance (optimal string alignment); `max + 1` where it is greater than `max`. */
export function distance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let last: number[] = [];
  for (let j = 0; j <= b.length; j++) last.push(j);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let d = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) {
        d = Math.min(d, (before[j - 2] as number) + 1);
      }
      row.push(d);
      if (d < least) least = d;
    }
    if (least > max) return max + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

let given: ReadonlySet<string> | undefined;

/** True for a given name of people that is no everyday word. Lower case, accents folded. */
export function isGivenName(word: string): boolean {
  given ??= readList('given-names.txt');
  return given.has(word);
}

let common: ReadonlySet<string> | undefined;

/** True for a word of common English, inflected too: such a word is never read as a misspelling. Lower case; the list is read on first use. */
export function isCommonWord(word: string): boolean {
  common ??= readList('words.txt');
  return common.has(word);
}

function readList(file: string): ReadonlySet<string> {
  const text = readFileSync(fileURLToPath(new URL(`../../data/knowledge/${file}`, import.meta.url)), 'utf8');
  return new Set(text.slice(text.lastIndexOf('#')).split('\n').slice(1).join(' ').split(' '));
}
