import { readFileSync } from 'node:fs';

interface Sense {
  readonly accepts: readonly string[];
  readonly phrases: readonly string[];
}

let senses: ReadonlyMap<string, Sense> | undefined;

function read(): ReadonlyMap<string, Sense> {
  const found = new Map<string, Sense>();
  for (const line of readFileSync(new URL('../words/values.tsv', import.meta.url), 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [sense, accepts, phrases] = line.split('\t');
    if (!sense || !accepts || !phrases)
      throw new Error(`grounding/words/values.tsv: a line needs sense, accepts and phrases: ${line.slice(0, 60)}`);
    found.set(sense, { accepts: accepts.split(','), phrases: phrases.split('|') });
  }
  return found;
}

const table = (): ReadonlyMap<string, Sense> => {
  senses ??= read();
  return senses;
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ \([a-z /]+\)$/, '')
    .trim();

/** The sense that a recorded value in words has, where the table knows it. */
export function senseOfValue(text: string): string | undefined {
  const wanted = plain(text);
  for (const [sense, { phrases }] of table()) if (phrases.includes(wanted)) return sense;
  // "HIV positive", "not HIV positive": the answer repeats the name of what was asked.
  const named = /^(not |non-?)?(?!(?:a|b|ab|o|rh|d|gram|false)\b)(?:[a-z\d-]+[ -])?(positive|negative)$/.exec(wanted);
  return named ? `result/${(named[2] === 'positive') === (named[1] === undefined) ? 'positive' : 'negative'}` : undefined;
}

/** Phrases that say a value of one of these senses in other words, longest first, each with its sense. */
export function phrasesFor(recorded: ReadonlySet<string>): readonly (readonly [string, string])[] {
  const groups = new Set([...recorded].map((sense) => sense.split('/')[0]));
  return [...table()]
    .filter(([sense]) => groups.has(sense.split('/')[0]))
    .flatMap(([sense, { phrases }]) => phrases.map((phrase) => [phrase, sense] as const))
    .sort((a, b) => b[0].length - a[0].length);
}

/** Does the sentence's value say the recorded one? `said` is a recorded text or a sense. */
export function sameValue(said: string, recorded: string): boolean {
  if (plain(said) === plain(recorded)) return true;
  const sense = table().has(said) ? said : senseOfValue(said);
  const other = senseOfValue(recorded);
  return sense !== undefined && other !== undefined && (table().get(sense)?.accepts.includes(other) ?? false);
}
