/** What the prose of an entry (a conclusion, an outcome, a note) says is so, what it denies, and what it leaves open. */
import { type Negation, negations } from '../../language/negation.ts';
import { sentences } from '../../language/sentences.ts';
import type { Fact } from '../../records/contract.ts';
import { isNeutral, stem, tokens } from './lexicon.ts';

export interface OpenWords {
  /** What leaves it open: "possible", "family history of", or the denial in whose list it may stand. */
  readonly cue: string;
  readonly words: ReadonlySet<string>;
}

export interface ToldInProse {
  /** Sentences and clauses without what they deny or leave open. */
  readonly affirmed: readonly string[];
  /** What is denied, thing by thing: "No bleeding and no fracture" denies two. */
  readonly denied: readonly string[];
  readonly open: readonly OpenWords[];
}

/** "none in the left", "nothing suspicious": a denial of what follows. */
const NOTHING = /\b(?:none|nothing|nobody)(?= (?!of\b)\w)/gi;
/** "Retinopathy: none in either eye" */
const NONE_OF_IT =
  /(?<=^|[.;\n])\s*([^.;:\n]{2,60}?)\s*:\s*(?:none|no|nil|absent|negative|not (?:seen|found|present|detected))\b(?!\s*:)/gi;
/** Denials of a change or a hindrance, and of how well something goes. */
const NO_CHANGE =
  /\b(?:no|without)((?: [a-z-]+){0,2} (?:changes?|increases?|decreases?|improvements?|worsening|differences?|difficult(?:y|ies)|problems?|issues?|trouble|complications?|incidents?|events?|delays?|interruptions?))\b/gi;
const NOT_SO =
  /\b(?:not|never)( (?:well|poorly|optimally|adequately|entirely|completely|fully|clear|clearly|certain|sure|at goal)\b[^,;.]*)/gi;
const LIST = /\s*,\s*(?:and |or |nor )?|\s+(?:and|or|nor)\s+/i;

const blank = (text: string, start: number, end: number): string => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);

/** Words that carry meaning, as stems. Of a denial, its own words as well: "not yet reviewed" denies the reviewing. */
export const contentOf = (text: string): readonly string[] =>
  tokens(text)
    .map(({ word }) => word)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !isNeutral(word) && !GRAMMAR.test(word))
    .map(stem);

const GRAMMAR =
  /^(?:no|not|never|none|nothing|without|neither|nor|any|either|beside|sign|signs|evidence|yet|but|known|definite|clear|obvious|acute|is|was)$/;

function deniedIn(sentence: string, { start, end, scope }: Negation): { readonly denied: readonly string[]; readonly doubtful: string } {
  const own = /\b(?:not|never)\b|n['’]t\b/i.test(sentence.slice(start, end)) ? [sentence.slice(start, end)] : [];
  const governed = sentence.slice(scope[0], scope[1]);
  const parts = governed.split(LIST).filter((part) => part.trim() !== '');
  // Of what stands before it all is denied; of a list behind it only the first, unless "or" binds the others to it.
  const whole = scope[1] <= start || /\b(?:or|nor)\b/i.test(governed) || parts.length < 2;
  return whole
    ? { denied: [...own, ...parts], doubtful: '' }
    : { denied: [...own, parts[0]!], doubtful: governed.slice(governed.indexOf(parts[0]!) + parts[0]!.length) };
}

function readSentence(written: string): ToldInProse {
  const text = written
    .replace(NOTHING, (word) => 'not'.padEnd(word.length))
    .replace(/\b(not|never) (yet|ever)\b/gi, (whole, no: string) => no.padEnd(whole.length));
  const denied: string[] = [];
  const open: OpenWords[] = [];
  let left = written;
  for (const match of text.matchAll(NONE_OF_IT)) {
    denied.push(match[1]!);
    left = blank(left, match.index, match.index + match[0].length);
  }
  for (const pattern of [NO_CHANGE, NOT_SO])
    for (const match of text.matchAll(pattern)) {
      denied.push(match[1]!);
      left = blank(left, match.index, match.index + match[0].length);
    }
  for (const found of negations(text)) {
    if (found.kind === 'historical') continue;
    const governed = text.slice(found.scope[0], found.scope[1]);
    if (found.kind === 'negated') {
      const read = deniedIn(text, found);
      denied.push(...read.denied);
      if (read.doubtful.trim() !== '') open.push({ cue: found.cue, words: new Set(contentOf(read.doubtful)) });
    } else open.push({ cue: found.cue, words: new Set(contentOf(governed)) });
    left = blank(blank(left, found.start, found.end), found.scope[0], found.scope[1]);
  }
  return { affirmed: left.trim() === '' ? [] : [left], denied: denied.map((one) => one.trim()).filter((one) => one !== ''), open };
}

const texts = new Map<string, ToldInProse>();
const MOST = 4_000;

export function toldInText(text: string): ToldInProse {
  const known = texts.get(text);
  if (known) return known;
  const parts = text.split('\n').flatMap((line) => sentences(line).map((one) => readSentence(one.text)));
  const found = {
    affirmed: parts.flatMap(({ affirmed }) => affirmed),
    denied: parts.flatMap(({ denied }) => denied),
    open: parts.flatMap(({ open }) => open),
  };
  if (texts.size >= MOST) texts.clear();
  texts.set(text, found);
  return found;
}

const PROSE: readonly string[] = ['note', 'conclusion', 'outcome', 'text', 'reactionDescription'];

export const isProse = (key: string): boolean => PROSE.includes(key);

/** What somebody wrote in sentences about the entry. */
export const proseOf = ({ details, statusReason }: Fact): readonly string[] =>
  [...PROSE.map((key) => details?.[key]), statusReason].filter((text) => text !== undefined);

const read = new WeakMap<Fact, ToldInProse>();

export function toldOf(fact: Fact): ToldInProse {
  const known = read.get(fact);
  if (known) return known;
  const parts = proseOf(fact).map(toldInText);
  const found = {
    affirmed: parts.flatMap(({ affirmed }) => affirmed),
    denied: parts.flatMap(({ denied }) => denied),
    open: parts.flatMap(({ open }) => open),
  };
  read.set(fact, found);
  return found;
}

/** Where what is denied lies or when it was looked for, which takes nothing from the denial. */
const TAIL = /\s+(?:in|on|of|at) (?:either|both|any)\b.*$|\s+(?:beside|next to|near) it\b.*$|\s+(?:anywhere|at all|whatsoever)\b.*$/i;

/** Is exactly this denied? `unless`: more of it is denied only ("no enlarged node" does not deny a node). */
export function isDenied(words: readonly string[], also: ReadonlySet<string>, { denied }: ToldInProse): 'denied' | 'partly' | undefined {
  let partly = false;
  for (const phrase of denied) {
    const whole = new Set(contentOf(phrase));
    const core = contentOf(phrase.replace(TAIL, ''));
    if (words.length === 0 || !words.every((word) => whole.has(word) || also.has(word)) || !words.some((word) => whole.has(word))) continue;
    if (core.length > 0 && core.every((word) => words.includes(word) || also.has(word))) return 'denied';
    partly = true;
  }
  return partly ? 'partly' : undefined;
}
