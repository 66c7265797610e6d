/** Is every word of a sentence accounted for by one entry of the record, once what the sentence's own shape says is taken out? */
import type { Terminology, TextQuantity, TimeExpression } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import { commensurable, convert } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import { affirmedWords } from '../checks/overlap.ts';
import { compareDate } from '../matching/dates.ts';
import { isNeutral, tokens } from '../reading/lexicon.ts';
import { withRelativeTimes } from '../reading/relative-times.ts';
import { isProse, toldInText } from '../reading/told-in-prose.ts';
import { NOT, wordStem } from './words.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Stated {
  /** Texts whose words the sentence may use. */
  readonly texts: readonly string[];
  readonly concepts: readonly string[];
  /** What a date in the sentence is said of. */
  readonly date?: string | undefined;
}

export const statedOf = (fact: Fact): Stated => ({
  texts: [
    ...affirmedWords(fact),
    fact.name,
    ...fact.names,
    ...fact.reasons.map(({ text }) => text),
    ...Object.entries(fact.details ?? {}).flatMap(([key, text]) => (isProse(key) ? toldInText(text).affirmed : [text])),
  ],
  concepts: [...fact.concepts, ...(fact.part ? [fact.part] : []), ...fact.reasons.flatMap((reason) => reason.concepts)],
  date: fact.date,
});

export interface Covered {
  /** Words and names of the sentence that the entry states, in lower case. */
  readonly named: readonly string[];
  readonly times: readonly TimeExpression[];
}

/** Words that only say where something stands in time or order, which no entry states of itself. */
const ORDER =
  /^(?:first|last|latest|next|previous|only|again|before|after|until|since|another|other|more|less|than|both|all|every|always)$/;

/** Part of a longer name perhaps, but never taken for granted. */
const QUALIFIER =
  /^(?:mild|moderate|severe|acute|chronic|recurrent|left|right|bilateral|both|first|second|third|stage|type|xr|er|sr|xl|la|cr|extended|sustained|slow|controlled|modified|extended-release|slow-release|sustained-release)$/;

/** Undefined where anything is left that the entry does not state. `spent`: what the shape of the sentence itself accounts for. */
export function cover(text: string, spent: readonly Span[], stated: Stated, terminology: Terminology, now: string): Covered | undefined {
  const times = withRelativeTimes(text, timeExpressions(text, now)).filter(({ relation }) => relation !== 'for');
  for (const time of times) if (compareDate(stated.date, time, true).outcome !== 'pass') return undefined;
  const taken: Span[] = [...spent, ...times];
  const outside = ({ start, end }: Span) => !taken.some((span) => span.start < end && span.end > start);
  const words = new Set(stated.texts.flatMap((line) => tokens(line).map(({ word }) => wordStem(word))));
  const named: string[] = [];
  for (const mention of terminology.mentions(text)) {
    if (!outside(mention)) continue;
    if (
      !mention.concepts.some(
        (id) =>
          stated.concepts.some((held) => held === id || terminology.isA(held, id)) ||
          namesOf(id, terminology).some((name) => stands(name, words)),
      )
    )
      continue;
    if (tokens(mention.text).some(({ word }) => QUALIFIER.test(word) && !words.has(wordStem(word)))) return undefined;
    named.push(mention.text.toLowerCase());
    taken.push(mention);
  }
  const numbers = quantities(text).filter(outside);
  const own = stated.texts.flatMap((words) => quantities(words));
  for (const number of numbers) {
    if (!own.some((other) => sameAmount(number, other))) return undefined;
    taken.push(number);
  }
  for (const token of tokens(text)) {
    if (!/[\p{L}\p{N}%]/u.test(token.word) || taken.some((span) => span.start <= token.start && span.end >= token.end)) continue;
    if (NOT.test(token.word) || ORDER.test(token.word)) return undefined;
    const parts = token.word
      .split(/[-/']/)
      .filter((part) => part.length > 1)
      .map(wordStem);
    if (words.has(wordStem(token.word)) || (parts.length > 1 && parts.every((part) => words.has(part)))) {
      if (!isNeutral(token.word)) named.push(token.word);
    } else if (!isNeutral(token.word) && token.word !== 'for') return undefined;
  }
  return { named, times };
}

function sameAmount(said: TextQuantity, own: TextQuantity): boolean {
  if (said.form !== own.form || (said.comparator ?? own.comparator) !== own.comparator) return false;
  if (said.value === own.value && said.second === own.second)
    return said.unit === undefined || own.unit === said.unit || (said.ucum !== undefined && own.ucum === said.ucum);
  if (said.form !== 'single' || said.ucum === undefined || own.ucum === undefined || !commensurable(own.ucum, said.ucum)) return false;
  const value = convert(own.value, own.ucum, said.ucum);
  return value !== undefined && Math.abs(value - said.value) < 1e-9 * Math.max(1, value);
}

const namesOf = (id: string, terminology: Terminology): readonly string[] => {
  const concept = terminology.get(id);
  return concept && concept.kind !== 'section' ? [concept.name, ...concept.synonyms] : [];
};

/** Every word of a name of the same thing is there: "echo" where the entry says "echocardiogram". */
function stands(name: string, words: ReadonlySet<string>): boolean {
  const wanted = tokens(name)
    .map(({ word }) => word)
    .filter((word) => /\p{L}/u.test(word) && !isNeutral(word));
  return wanted.some((word) => word.length > 3) && wanted.every((word) => words.has(wordStem(word)));
}

/** Where the pattern stands, all of it. */
export const spansOf = (text: string, pattern: RegExp): readonly Span[] =>
  [...text.matchAll(new RegExp(pattern.source, 'gi'))].map((match) => ({ start: match.index, end: match.index + match[0].length }));
