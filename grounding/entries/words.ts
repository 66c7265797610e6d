/** The parts of a sentence, each of which one entry of the record must state. */
import type { Terminology, TextQuantity, TimeExpression } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import { isNeutral, stem, type Token, tokens } from '../reading/lexicon.ts';
import { withRelativeTimes } from '../reading/relative-times.ts';

/** One thing said: a name with its meanings, a number, a point in time, a denial or a word. */
export type Unit =
  | { readonly type: 'name'; readonly concepts: readonly string[]; readonly stems: readonly string[] }
  | { readonly type: 'number'; readonly quantity: TextQuantity }
  | { readonly type: 'time'; readonly time: TimeExpression }
  | { readonly type: 'not' }
  | { readonly type: 'word'; readonly stem: string };

export const NOT =
  /^(?:no|not|never|none|nothing|nobody|nil|without|neither|nor|cannot|non|den(?:y|ies|ied|ying)|absent|absence|free|negative|lacks?|lacking|[a-z]+n't|(?:is|was|does|did|has|have|had|are|were|do|ca|wo)nt)$/;
/** Where a thing stands to another in time or place: never left out, though the words are plain English. */
const RELATION = /^(?:before|after|until|till|since|during|while|from|to|between|than|unless|if|except|only)$/;

const SAME: Readonly<Record<string, string>> = {
  quit: 'stop',
  ceased: 'stop',
  halted: 'stop',
  bilateral: 'both',
  bilaterally: 'both',
  mum: 'mother',
  mom: 'mother',
  dad: 'father',
  declined: 'refus',
  declines: 'refus',
  negative: 'no',
};

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:gave|given|giving|gives) up\b|\bpacked in\b/gi, 'stopped'],
  [/\b(?:on|in|of) both sides\b|\bon either side\b/gi, 'bilateral'],
  [/\bby (?:her|him)self\b|\bon (?:her|his) own\b/gi, 'alone'],
];

/** The same length as the text where it can be, so that places stay right; the words read alike. */
export const inPlainWords = (text: string): string => PHRASES.reduce((left, [from, to]) => left.replace(from, to), text);

export const wordStem = (word: string): string => {
  const plain = word.replace(/\.$/, '');
  return stem(SAME[plain] ?? plain);
};

/** Of a name that is all plain words ("works full time") every word counts. */
function stemsOfName(text: string): readonly string[] {
  const words = tokens(text)
    .map(({ word }) => word)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const telling = words.filter((word) => !isNeutral(word));
  return (telling.length > 0 ? telling : words).map(wordStem);
}

/** What the text says, in its order, without the words that say nothing. */
export function unitsOf(text: string, terminology: Terminology, now: string): readonly Unit[] {
  const times = withRelativeTimes(text, timeExpressions(text, now));
  const numbers = quantities(text).filter((q) => !times.some((time) => time.start < q.end && time.end > q.start));
  const names = terminology
    .mentions(text)
    .filter(
      (mention) =>
        ![...times, ...numbers].some((other) => other.start < mention.end && other.end > mention.start) &&
        !mention.concepts.every((id) => id.startsWith('section/')),
    );
  const found: { start: number; unit: Unit }[] = [
    ...times.map((time) => ({ start: time.start, unit: { type: 'time' as const, time } })),
    ...numbers.map((quantity) => ({ start: quantity.start, unit: { type: 'number' as const, quantity } })),
    ...names.map((mention) => ({
      start: mention.start,
      unit: {
        type: 'name' as const,
        concepts: mention.concepts,
        stems: stemsOfName(mention.text),
      },
    })),
  ];
  const spans = [...times, ...numbers, ...names];
  for (const token of tokens(text)) {
    if (!/[\p{L}\p{N}%]/u.test(token.word) || spans.some((span) => span.start < token.end && span.end > token.start)) continue;
    if (NOT.test(token.word)) found.push({ start: token.start, unit: { type: 'not' } });
    else if (!isNeutral(token.word) || RELATION.test(token.word))
      found.push({ start: token.start, unit: { type: 'word', stem: wordStem(token.word) } });
  }
  return found.sort((a, b) => a.start - b.start).map(({ unit }) => unit);
}

const sameQuantity = (a: TextQuantity, b: TextQuantity): boolean =>
  a.value === b.value &&
  a.second === b.second &&
  (a.comparator ?? '~') === (b.comparator ?? '~') &&
  ((a.ucum ?? a.unit) === (b.ucum ?? b.unit) || a.unit === undefined);

/** Said of the one and of the other alike. */
export function sameUnit(a: Unit, b: Unit, terminology: Terminology): boolean {
  if (a.type === 'not' || b.type === 'not') return a.type === b.type;
  if (a.type === 'number' || b.type === 'number') return a.type === 'number' && b.type === 'number' && sameQuantity(a.quantity, b.quantity);
  if (a.type === 'time' || b.type === 'time')
    return a.type === 'time' && b.type === 'time' && a.time.from === b.time.from && a.time.to === b.time.to && a.time.days === b.time.days;
  if (a.type === 'name' && b.type === 'name')
    return a.concepts.some((id) => b.concepts.includes(id) && !id.startsWith('social/')) || a.stems.join(' ') === b.stems.join(' ');
  if (a.type === 'word' && b.type === 'word') return a.stem === b.stem;
  const [name, word] = a.type === 'name' ? [a, b] : [b as Extract<Unit, { type: 'name' }>, a];
  return word.type === 'word' && name.stems.length === 1 && name.stems[0] === word.stem && terminology !== undefined;
}

export type { Token };
