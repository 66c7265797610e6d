import type { Mention } from '../contract.ts';
import { FILLERS, isFiller, type Token, tokenize } from './fold.ts';
import { bagOfKeys, type Sense } from './names.ts';
import { isCommonWord } from './spelling.ts';

/** What finding names in a text asks of the layers of a terminology. */
export interface Lookups {
  lookup(key: string): readonly Sense[];
  keysOfBag(bag: string): readonly string[];
  keyOfRun(run: string): string | undefined;
  isWord(key: string): boolean;
  readonly longest: number;
  nearest?(token: Token): readonly string[];
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly senses: readonly Sense[];
  readonly misspelled: boolean;
  readonly weight: number;
}

/** What may stand between two words of one name. A comma only where the words keep the name's order. */
const GAP = /^(?:[\s#\-‐‑–/,()[\]&+'’"*_]|[.:](?!\s))*$/;
const CLOSE_GAP = /^[\s\-‐‑–/]*$/;
const LONGEST_SHUFFLED = 6;
/** Words that never begin a name written apart ("is her pes"). */
const LOOSE = new Set([
  'a',
  'an',
  'the',
  'is',
  'was',
  'are',
  'in',
  'on',
  'of',
  'for',
  'to',
  'at',
  'as',
  'and',
  'or',
  'her',
  'his',
  'he',
  'she',
  'it',
  'my',
  'no',
  'not',
  'any',
  'do',
  'does',
  'has',
  'had',
  'have',
  'with',
]);
const UNIT_LIKE = new Set([
  'mg',
  'g',
  'k',
  'l',
  'u',
  'hr',
  'm',
  'c',
  'f',
  'd',
  'h',
  's',
  'ca',
  'na',
  'p',
  'min',
  'mm',
  'pt',
  'am',
  'pm',
  'in',
  'cm',
  'ml',
  'meq',
  'unt',
  'iu',
  'bp',
]);

/** Last words of a name that only say that it is something measured (as `tokenize` folds them). */
const SAYS_NOTHING = new Set(['result', 'test', 'level', 'value', 'number', 'reading', 'measurement']);

export function findMentions(text: string, lookups: Lookups): readonly Mention[] {
  const tokens = tokenize(text);
  if (tokens.length === 0) return [];
  const shouting = tokens.length > 1 && !/\p{Ll}/u.test(text) && tokens.filter((t) => /^\p{L}{3,}$/u.test(t.raw)).length > 1;
  const readings = tokens.map((token): readonly string[] => {
    if (lookups.isWord(token.key) || lookups.keyOfRun(token.key) !== undefined) return [token.key];
    const near =
      lookups.nearest && token.key.length >= 5 && !isCommonWord(token.raw.toLowerCase()) && !isCommonWord(token.key)
        ? lookups.nearest(token)
        : [];
    return near.length ? near : [token.key];
  });
  const corrected = tokens.map((token, i) => readings[i]?.[0] !== token.key);
  const known = tokens.map((token, i) => corrected[i] === true || lookups.isWord(token.key) || FILLERS.has(token.key));
  const candidates: Candidate[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const first = tokens[from] as Token;
    for (let to = from; to < tokens.length && to - from < lookups.longest; to++) {
      const token = tokens[to] as Token;
      let order: 'any' | 'kept' = 'any';
      if (to > from) {
        const gap = text.slice((tokens[to - 1] as Token).end, token.start);
        if (!GAP.test(gap)) break;
        if (!CLOSE_GAP.test(gap)) order = 'kept';
      }
      const span = tokens.slice(from, to + 1);
      const found = senses(span, from, to, order);
      if (found) {
        // "Total cholesterol results": what ends a name without telling anything gives it no claim to the word before, and alone it
        // yields to any name that it ends ("HIV test").
        let last = to;
        while (last >= from && SAYS_NOTHING.has((tokens[last] as Token).key)) last--;
        const told = last === to ? token.end : last < from ? first.start + 0.5 : (tokens[last] as Token).end + 0.5;
        candidates.push({ from, to, weight: told - first.start, ...found });
      }
      // A name written apart may hold a part that is no word by itself; beyond two such parts nothing is to be found.
      if (!known[to] && to - from >= 2) break;
    }
  }
  return choose(candidates).map((candidate) => {
    const start = (tokens[candidate.from] as Token).start;
    const end = (tokens[candidate.to] as Token).end;
    const sense = candidate.senses[0] as Sense;
    return {
      start,
      end,
      text: text.slice(start, end),
      concepts: [...new Set(candidate.senses.map((s) => s.id))],
      via: candidate.misspelled ? ('misspelling' as const) : sense.via,
      ...(candidate.misspelled ? { readAs: sense.name } : {}),
    };
  });

  function senses(
    span: readonly Token[],
    from: number,
    to: number,
    gaps: 'any' | 'kept',
  ): { senses: readonly Sense[]; misspelled: boolean } | undefined {
    const misspelled = lookups.nearest !== undefined && corrected.slice(from, to + 1).some(Boolean);
    for (const keys of misspelled ? variants(readings.slice(from, to + 1)) : [span.map((t) => t.key)]) {
      const exact = lookups
        .lookup(keys.join(' '))
        .filter((sense) => !sense.whole && (!sense.exact || (!misspelled && isMeant(span[0] as Token, from, sense))));
      if (exact.length) return { senses: exact, misspelled };
    }
    if (!misspelled && span.length <= 3 && (span.length > 1 || !lookups.isWord((span[0] as Token).key))) {
      const apart = span.slice(1).every((t, i) => /^[\s\-‐‑–]?$/.test(text.slice((span[i] as Token).end, t.start)));
      const run =
        apart && !(span.length > 1 && span.some((t) => LOOSE.has(t.key))) ? lookups.keyOfRun(span.map((t) => t.key).join('')) : undefined;
      const joined = run === undefined ? [] : lookups.lookup(run).filter((s) => !s.exact && !s.whole);
      if (joined.length) return { senses: joined, misspelled: false };
    }
    if (span.length < 2 || span.length > LONGEST_SHUFFLED || gaps === 'kept') return undefined;
    if (FILLERS.has((span[0] as Token).key) || isFiller((span[span.length - 1] as Token).key, span[span.length - 2]?.key)) return undefined;
    if (span.some((_, i) => !known[from + i])) return undefined;
    for (const keys of misspelled ? variants(readings.slice(from, to + 1)) : [span.map((t) => t.key)]) {
      const shuffled = lookups.keysOfBag(bagOfKeys(keys)).flatMap((key) => lookups.lookup(key).filter((s) => !s.exact && !s.whole));
      if (shuffled.length) return { senses: shuffled, misspelled };
    }
    return undefined;
  }

  /** "MS" written so, not shouted, not a unit after a number. */
  function isMeant(token: Token, at: number, sense: Sense): boolean {
    if (shouting || !writtenAs(token.raw, sense.name)) return false;
    const previous = tokens[at - 1];
    return !(UNIT_LIKE.has(token.key) && previous && /\d$/.test(previous.raw) && CLOSE_GAP.test(text.slice(previous.end, token.start)));
  }
}

export function writtenAs(raw: string, name: string): boolean {
  return (
    raw === name ||
    (raw.length > 1 && raw === name.toUpperCase() && raw.toLowerCase() === name.toLowerCase() && !UNIT_LIKE.has(raw.toLowerCase()))
  );
}

/** At most nine combinations of the readings of each word. */
function variants(readings: readonly (readonly string[])[]): string[][] {
  let all: string[][] = [[]];
  for (const options of readings) {
    const next: string[][] = [];
    for (const head of all) for (const option of options) if (next.length < 9) next.push([...head, option]);
    all = next;
  }
  return all;
}

/** Longest first, the earlier of equals, well-spelled before misspelled; none overlapping; back in order of position. */
function choose(candidates: readonly Candidate[]): readonly Candidate[] {
  const best = [...candidates].sort((a, b) => b.weight - a.weight || Number(a.misspelled) - Number(b.misspelled) || a.from - b.from);
  const taken: Candidate[] = [];
  const covered = new Set<number>();
  for (const candidate of best) {
    let free = true;
    for (let i = candidate.from; i <= candidate.to && free; i++) free = !covered.has(i);
    if (!free) continue;
    for (let i = candidate.from; i <= candidate.to; i++) covered.add(i);
    taken.push(candidate);
  }
  return taken.sort((a, b) => a.from - b.from);
}
