import { readFileSync } from 'node:fs';

/** A phrase that carries meaning: see words/cues.tsv. */
export interface Cue {
  readonly type: string;
  readonly sense: string;
  readonly words: readonly string[];
}

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*\.?|[^\s\p{L}\p{N}]/gu;

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Lower case, straight apostrophes, without a closing full stop. */
  readonly word: string;
}

/** Words (inner apostrophes, hyphens and points kept) and single marks, with their places. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    let raw = match[0];
    const start = match.index;
    // A full stop belongs to the word only inside an abbreviation ("p.o.", "Dr.").
    if (
      raw.endsWith('.') &&
      !/^(?:\p{L}\.)+$|^(?:[Dd]r|[Mm]rs?|[Mm]s|[Nn]o|[Vv]s|[Aa]pprox|[Pp]t|[Ss]t|[Jj]r|[Ss]r)\.$|^\p{L}(?:\.\p{L})+\.$/u.test(raw)
    )
      raw = raw.slice(0, -1);
    found.push({ start, end: start + raw.length, text: raw, word: foldWord(raw) });
    if (raw.length < match[0].length) found.push({ start: start + raw.length, end: start + raw.length + 1, text: '.', word: '.' });
  }
  return found;
}

export const foldWord = (raw: string): string =>
  raw
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/^(.{2,})\.$/, (whole, body: string) => (body.includes('.') ? whole : body));

function lines(file: string): readonly string[] {
  return readFileSync(new URL(`../words/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

function readCues(): ReadonlyMap<string, readonly Cue[]> {
  const byFirst = new Map<string, Cue[]>();
  for (const line of lines('cues.tsv')) {
    const [type, sense, phrases] = line.split('\t');
    if (!type || !sense || !phrases)
      throw new Error(`grounding/words/cues.tsv: a line needs type, sense and phrases: ${line.slice(0, 60)}`);
    for (const phrase of phrases.split('|')) {
      const words = tokens(phrase).map((token) => token.word);
      const first = words[0];
      if (first === undefined) continue;
      const list = byFirst.get(first) ?? [];
      list.push({ type, sense, words });
      byFirst.set(first, list);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

function inflections(verb: string): readonly string[] {
  const stem = verb.replace(/e$/, '');
  const y = /[^aeiou]y$/.test(verb) ? verb.slice(0, -1) : undefined;
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(verb) ? verb + verb.at(-1) : undefined;
  return [
    verb,
    y ? `${y}ies` : /(?:s|x|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`,
    y ? `${y}ied` : `${stem}ed`,
    `${stem}ing`,
    `${verb}ing`,
  ].concat(doubled ? [`${doubled}ed`, `${doubled}ing`] : []);
}

function readNeutral(): ReadonlySet<string> {
  const words = new Set<string>();
  for (const line of lines('neutral.txt')) {
    const [kind, rest = ''] = line.split(/:(.*)/s);
    for (const word of rest.trim().split(/\s+/)) {
      if (kind === 'verb') for (const form of inflections(word)) words.add(form);
      else if (kind === 'noun') for (const form of [word, ...inflections(word).slice(1, 2)]) words.add(form);
      else words.add(word);
    }
  }
  return words;
}

let cues: ReadonlyMap<string, readonly Cue[]> | undefined;
let neutral: ReadonlySet<string> | undefined;

/** The longest cues that start at this token; with `most`, the longest of at most so many words. */
export function cuesAt(all: readonly Token[], at: number, most = Number.POSITIVE_INFINITY): readonly Cue[] {
  cues ??= readCues();
  const found: Cue[] = [];
  const first = all[at]!.word;
  const owner = owning(first);
  for (const cue of [...(cues.get(first) ?? []), ...(owner === undefined ? [] : (cues.get(owner) ?? []))]) {
    if (cue.words.length > most) continue;
    if (found.length > 0 && cue.words.length < found[0]!.words.length) break;
    if (cue.words.every((word, i) => all[at + i]?.word === word || isOwner(cue, i, all[at + i]?.word))) found.push(cue);
  }
  return found;
}

/** "father's", "parents'": whose it is. */
const owning = (word: string): string | undefined => /^(.+?)(?:'s|s')$/.exec(word)?.[1];

/** What is another person's is said of that person, as what that person has. */
const isOwner = (cue: Cue, at: number, word: string | undefined): boolean =>
  cue.type === 'other-person' && at === cue.words.length - 1 && word !== undefined && owning(word) === cue.words[at];

/** Reporting English that changes nothing clinical. */
export function isNeutral(word: string): boolean {
  neutral ??= readNeutral();
  return neutral.has(word) || neutral.has(word.replace(/'s$|s'$/, ''));
}

/** The words for persons other than the patient, without their possessive. */
export function personsIn(text: string): readonly string[] {
  const row = tokens(text);
  return row.flatMap(({ word }, at) => (cuesAt(row, at).some(({ type }) => type === 'other-person') ? [owning(word) ?? word] : []));
}

const SUFFIXES = /(?:ies|es|s|ed|ing|ly)$/;
/** A rough stem, for comparing a sentence's words with the evidence's. */
export function stem(word: string): string {
  const plain = word
    .toLowerCase()
    .replace(/[’']s$/, '')
    .replace(/aemia/g, 'emia')
    .replace(/oedema/g, 'edema')
    .replace(/aem/g, 'em')
    .replace(/our$/, 'or');
  return plain.length > 4 ? plain.replace(SUFFIXES, '').replace(/[yie]$/, '') : plain.replace(/s$/, '');
}
