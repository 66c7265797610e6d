/** A result of several parts: what is said of one part must be that part's result, not another's. */
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { fail } from './contract.ts';

interface Part {
  readonly fact: Fact;
  /** The words that tell it from the other parts: "right" of "right ear". */
  readonly words: readonly string[];
  readonly value: string;
}

interface Place {
  readonly part: Part;
  readonly at: number;
}

const JOINING = new Set(['of', 'the', 'in', 'and', 'or', 'a', 'an', 'for', 'on', 'to', 'with', 'by', 'at']);
const wordsIn = (text: string): readonly string[] =>
  tokens(text).flatMap(({ word }) => (/[\p{L}\p{N}]/u.test(word) && !JOINING.has(word) ? [stem(word)] : []));

/** The parts of one resource that have their result in words; none where they cannot be told apart by name. */
function partsOf(id: string, facts: readonly Fact[]): readonly Part[] {
  const parts = facts.filter(
    (fact) => fact.id === id && fact.part !== undefined && (fact.value?.type === 'coded' || fact.value?.type === 'text'),
  );
  if (new Set(parts.map(({ value }) => value?.text.toLowerCase())).size < 2) return [];
  const named = parts.map((fact) => wordsIn(fact.name));
  const common = new Set((named[0] ?? []).filter((word) => named.every((words) => words.includes(word))));
  return parts.flatMap((fact, at) => {
    const words = named[at]!.filter((word) => !common.has(word));
    return words.length > 0 && fact.value ? [{ fact, words, value: fact.value.text }] : [];
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Where the sentence has this result, in any form of its word. */
function placesOf(value: string, sentence: string): readonly number[] {
  const whole = [...sentence.matchAll(new RegExp(`(?<![\\p{L}\\p{N}+])${escaped(value)}(?![\\p{L}\\p{N}+])`, 'giu'))].map(
    ({ index }) => index,
  );
  const word = wordsIn(value);
  if (whole.length > 0 || word.length !== 1 || !/^\p{L}{4,}$/u.test(word[0]!)) return whole;
  const bare = (text: string): string => text.replace(/(?:ed|s)$/, '').replace(/(\p{L})\1$/u, '$1');
  const wanted = bare(value.toLowerCase());
  return tokens(sentence).flatMap((token) => (bare(token.word) === wanted ? [token.start] : []));
}

/** Undefined where every result that the sentence has is said of a part that has it. */
export function checkComponents(sentence: string, support: readonly string[], facts: readonly Fact[]): Check | undefined {
  const row = tokens(sentence).map(({ word, start }) => ({ word: stem(word), start }));
  for (const id of new Set(support)) {
    const parts = partsOf(id, facts);
    const named = parts.flatMap((part): readonly Place[] => {
      const at = part.words.map((word) => row.find((token) => token.word === word)?.start);
      return at.every((place) => place !== undefined) ? [{ part, at: Math.max(...(at as number[])) }] : [];
    });
    const values = [...new Set(parts.map(({ value }) => value.toLowerCase()))]
      .flatMap((value) => placesOf(value, sentence).map((at) => ({ value, at })))
      .sort((a, b) => a.at - b.at);
    if (named.length === 0 || values.length === 0) continue;
    const has = (place: Place | undefined, value: string): boolean => place?.part.value.toLowerCase() === value;
    const before = (at: number) => named.filter((place) => place.at < at).sort((a, b) => b.at - a.at)[0];
    const after = (at: number) => named.filter((place) => place.at > at).sort((a, b) => a.at - b.at)[0];
    const stated =
      named.length === 1
        ? values.some(({ value }) => has(named[0], value))
        : values.every(({ value, at }) => has(before(at), value)) || values.every(({ value, at }) => has(after(at), value));
    if (stated) continue;
    const { part } = named[0]!;
    return fail(
      'number',
      `the record says ${named.map((place) => `${place.part.fact.name} ${place.part.value}`).join(', ') || part.fact.name}`,
    );
  }
  return undefined;
}
