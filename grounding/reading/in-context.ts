/** Words that are read otherwise by what stands beside them: "on" before a drug, "yet" after a denial, a plain word that makes a name another thing. */
import type { Item, MentionItem } from './items.ts';
import type { Cue } from './lexicon.ts';

const ON: readonly Cue[] = [{ type: 'status', sense: 'takes', words: ['on'] }];
const NO: readonly Cue[] = [{ type: 'negation', sense: 'no', words: ['not'] }];
const ENDED: readonly Cue[] = [{ type: 'status', sense: 'ended', words: ['once'] }];

const is = (item: Item | undefined, type: string, sense?: string): boolean =>
  item?.type === 'cue' && item.cues.some((cue) => cue.type === type && (sense === undefined || cue.sense === sense));
const isOf = (item: Item | undefined, ...kinds: readonly string[]): item is MentionItem =>
  item?.type === 'mention' && item.concepts.some(({ kind }) => kinds.includes(kind));
const THINGS = ['condition', 'procedure', 'drug', 'drug-class', 'vaccine', 'device'];

/** "on" before a drug says that it is taken. */
const taking = (item: Item, at: number, items: readonly Item[]): Item => {
  if (item.type !== 'neutral' || item.word !== 'on') return item;
  const next = items.slice(at + 1).find((other) => other.type !== 'neutral' && other.type !== 'quantity');
  const taken =
    isOf(next, 'drug', 'drug-class', 'section') && next.concepts.some(({ kind, id }) => kind !== 'section' || id === 'section/medications');
  return taken ? { type: 'cue', start: item.start, end: item.end, text: item.text, cues: ON } : item;
};

const TOOK: readonly Cue[] = [{ type: 'status', sense: 'took', words: ['tried'] }];

/** "Has tried two opioids", "a statin was tried": taken once; "tried to stop" is no such thing. */
const tried = (item: Item, at: number, items: readonly Item[]): Item => {
  const isTried = (place: number): boolean =>
    /^tried$/i.test(items[place]?.text ?? '') &&
    !/^to$/i.test(items[place + 1]?.text ?? '') &&
    items.some((other) => isOf(other, 'drug', 'drug-class'));
  if (item.type !== 'cue' && isTried(at)) return { type: 'cue', start: item.start, end: item.end, text: item.text, cues: TOOK };
  return is(item, 'status', 'has') && isTried(at + 1)
    ? { type: 'neutral', start: item.start, end: item.end, text: item.text, word: item.text.toLowerCase() }
    : item;
};

/** "Three different opioids": what is counted is different anyway. */
const different = (item: Item, at: number, items: readonly Item[]): Item =>
  item.type === 'word' &&
  /^(?:different|distinct)$/i.test(item.text) &&
  items[at - 1]?.type === 'quantity' &&
  isOf(items[at + 1], 'drug-class', 'section')
    ? { type: 'neutral', start: item.start, end: item.end, text: item.text, word: item.text.toLowerCase() }
    : item;

/** "not yet on a statin", "no statin yet", "yet to be found": no contrast, but a denial of what is so far. */
const soFar = (item: Item, at: number, items: readonly Item[]): Item => {
  if (!is(item, 'connector') || !/^yet$/i.test(item.text)) return item;
  const plain: Item = { type: 'neutral', start: item.start, end: item.end, text: item.text, word: 'yet' };
  const [before, next] = [items[at - 1], items[at + 1]];
  const closed = next === undefined || (next.type === 'mark' && next.strong);
  if (next?.type === 'neutral' && next.word === 'to') {
    const denied = is(before, 'negation');
    return denied ? plain : { type: 'cue', start: item.start, end: item.end, text: item.text, cues: NO };
  }
  if (before?.type === 'mark') return item;
  return is(before, 'negation') || closed ? plain : item;
};

/** "once hypertensive": at one time, not one time. */
const formerly = (item: Item, at: number, items: readonly Item[]): Item =>
  item.type === 'quantity' &&
  /^once$/i.test(item.text) &&
  (isOf(items[at + 1], 'condition') || (isOf(items[at - 1], 'condition') && /(?:ic|ive|ous)$/i.test(items[at - 1]!.text)))
    ? { type: 'cue', start: item.start, end: item.end, text: item.text, cues: ENDED }
    : item;

const STOPPED: readonly Cue[] = [{ type: 'status', sense: 'stopped', words: ['out'] }];

/** "the coil was taken out", "patch removed": when it ended, not when it began. */
const takenOut = (item: Item, at: number, items: readonly Item[]): Item =>
  (item.type === 'neutral' || item.type === 'word' || isPlain(item)) &&
  (/^(?:removed|explanted|extracted|pulled)$/i.test(item.text) ||
    (/^out$/i.test(item.text) && /^(?:taken|came|come)$/i.test(items[at - 1]?.text ?? ''))) &&
  items.slice(0, at).some((other) => isOf(other, 'drug', 'drug-class', 'device'))
    ? { type: 'cue', start: item.start, end: item.end, text: item.text, cues: STOPPED }
    : item;
const isPlain = (item: Item): boolean => item.type === 'cue' && item.cues.every(({ type }) => type === 'record');

/** Plain words that say no more than grammar, except right before a name, where they make it less than it or another thing. */
const LESSENING =
  /^(?:almost|nearly|near|close|so-called|old|short|brief|briefly|like|full|total|virtually|practically|minus|visible|evident|regular|entire|whole)$/;
/** What says in what state an entry is, or what it is told of, and before a name may be a part of the name. */
const OF_NAME = /^(?:open|complete|entire|full|whole|persistent|unresolved)$/i;
const AMOUNT = /^(?:course|dose|supply|term|trial|treatment|prescription|spell|stint|burst|regimen)$/i;

/** "open appendectomy", "allergic arthritis", "almost diabetic", "a short course": said of the thing, so the entry must say it as well. */
const modifying = (item: Item, at: number, items: readonly Item[]): Item => {
  const next = items[at + 1];
  const word: Item = { type: 'word', start: item.start, end: item.end, text: item.text, word: item.text.toLowerCase(), own: true };
  const named = isOf(next, ...THINGS);
  if (item.type === 'cue') {
    if (named && !isOf(next, 'drug', 'drug-class', 'vaccine') && is(item, 'allergy') && /^allergic$/i.test(item.text)) return word;
    if (named && OF_NAME.test(item.text) && (is(item, 'status', 'current') || is(item, 'order', 'all'))) return word;
    const drug = items.some((other) => isOf(other, 'drug', 'drug-class'));
    if (drug && is(item, 'order', 'only') && /^single$/i.test(item.text) && next?.type === 'neutral' && AMOUNT.test(next.word)) return word;
    return item;
  }
  if (item.type !== 'neutral' || !LESSENING.test(item.word)) return item;
  // "a 64-year-old diabetic", "8 years old, asthma"
  const before = items[at - 1];
  if (
    item.word === 'old' &&
    (before?.type === 'quantity' || before?.type === 'time' || (before?.type === 'neutral' && /^years?$/.test(before.word)))
  )
    return item;
  if (named) return word;
  return next?.type === 'neutral' && AMOUNT.test(next.word) && /^(?:short|brief|old|full)$/.test(item.word) ? word : item;
};

/** "systolic hypertension": an adjective of what is measured, right before a problem, is a part of its name. */
const measuring = (item: Item, at: number, items: readonly Item[]): Item => {
  const next = items[at + 1];
  return isOf(item, 'observation') && /(?:ic|al)$/i.test(item.text) && isOf(next, 'condition') && next.start - item.end <= 1
    ? { type: 'word', start: item.start, end: item.end, text: item.text, word: item.text.toLowerCase(), own: true }
    : item;
};

export const inContext = (items: readonly Item[]): readonly Item[] =>
  [taking, tried, different, soFar, formerly, takenOut, measuring, modifying].reduce<readonly Item[]>((row, read) => row.map(read), items);
