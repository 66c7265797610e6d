/** A sentence as a row of items that do not overlap: names of things, numbers, times, words with meaning, values as recorded, marks, other words. */
import type { Concept, Terminology, TextQuantity, TimeExpression } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import type { Fact } from '../../records/contract.ts';
import { affixesOf } from './affixes.ts';
import { inContext } from './in-context.ts';
import { type Cue, cuesAt, isNeutral, type Token, tokens } from './lexicon.ts';
import {
  free,
  holdersOf,
  literalValues,
  meanings,
  namesIn,
  placeholder,
  recordMentions,
  shortened,
  WEAK_SECTIONS,
  WEAKEST_SECTIONS,
  wholeMentions,
} from './mentions.ts';
import { timesOfAge, timesOfBirth, withRelativeTimes } from './relative-times.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface MentionItem extends Span {
  readonly type: 'mention';
  /** Meanings, most likely first. */
  readonly concepts: readonly Concept[];
  /** Quantities inside the name ("simvastatin 10 mg" where the record calls it so). */
  readonly inside: readonly TextQuantity[];
  /** As a reason: only implied by how things stand beside each other. */
  readonly weak?: boolean;
}

export interface QuantityItem extends Span {
  readonly type: 'quantity';
  readonly quantity: TextQuantity;
  /** Written as a multiple: "x3". */
  readonly times?: boolean;
}

export interface TimeItem extends Span {
  readonly type: 'time';
  readonly time: TimeExpression;
}

export interface CueItem extends Span {
  readonly type: 'cue';
  readonly cues: readonly Cue[];
}

/** A value that the record states in words, written out in the sentence ("never smoker", "A positive"). */
export interface LiteralItem extends Span {
  readonly type: 'literal';
  readonly value: string;
  /** Concepts of the facts that have such a value. */
  readonly holders: readonly Concept[];
}

/** Punctuation and joining words: where one statement may end and the next begin. */
export interface MarkItem extends Span {
  readonly type: 'mark';
  readonly strong: boolean;
}

export interface WordItem extends Span {
  readonly type: 'word' | 'neutral';
  readonly word: string;
  /** "not intractable" */
  readonly denied?: boolean;
  /** Said of the thing itself, so that no synonym of it, but only its own entry can state it: "open appendectomy". */
  readonly own?: boolean;
}

export type Item = MentionItem | QuantityItem | TimeItem | CueItem | LiteralItem | MarkItem | WordItem;

const MARKS = new Set(['→', ',', ';', ':', '.', '(', ')', '[', ']', '/', '|', '–', '—', '-', '•', '*', '&', '+', '!', '\n']);

const JOINS = new Set(['and', 'with', 'plus', 'or', 'nor', 'then', 'also']);

const STRONG = new Set([';', '.', '|', '—', '–', ':', '!']);

const isYear = (q: TextQuantity, now: string): boolean =>
  q.unit === undefined &&
  q.form === 'single' &&
  !q.worded &&
  q.comparator === undefined &&
  /^(?:19|20)\d\d$/.test(q.text) &&
  q.value <= Number(now.slice(0, 4)) + 2;

const yearOf = (q: TextQuantity): TimeExpression => ({
  start: q.start,
  end: q.end,
  text: q.text,
  from: `${q.value}-01-01`,
  to: `${q.value}-12-31`,
  precision: 'year',
  relation: 'in',
});

const LENGTHS: Readonly<Record<string, string>> = {
  day: 'd',
  night: 'd',
  week: 'wk',
  fortnight: 'wk',
  month: 'mo',
  year: 'a',
  decade: 'a',
};

const ONE_OF =
  /\b(?:(?:just|only)(?: the| a)? |an? |the |any )(one|single|sole|lone|solitary|isolated)(?= (?:recorded |documented |known )?(?:episodes?|bouts?|attacks?|occasions?|occurrences?|instances?|doses?|shots?|times?)\b)/gi;

/** "took a month", "within a week": one of a unit of time, where no date and no rate is meant. */
function withWordedLengths(text: string, numbers: readonly TextQuantity[], times: readonly TimeExpression[]): readonly TextQuantity[] {
  const found: TextQuantity[] = [];
  const pattern =
    /\b(?:after|within|in|over|took|takes|lasted|lasting|lasts|spanned|spanning|under|inside) (?:just |only |about |almost |nearly |less than |more than |around )?((?:a|an) (day|night|week|fortnight|month|year|decade))\b(?! (?:after|before|later|earlier|ago|of age|old|from))/gi;
  for (const match of text.matchAll(pattern)) {
    const start = match.index + match[0].length - match[1]!.length;
    const end = match.index + match[0].length;
    if (times.some((time) => time.start < end && time.end > start) || numbers.some((q) => q.start < end && q.end > start)) continue;
    const unit = match[2]!.toLowerCase();
    const value = unit === 'fortnight' ? 2 : unit === 'decade' ? 10 : 1;
    found.push({ start, end, text: match[1]!, value, form: 'single', decimals: 0, unit, ucum: LENGTHS[unit]!, worded: true });
  }
  // "just the one bout", "a single episode": a count, though "one" and "single" mostly are none.
  for (const match of text.matchAll(ONE_OF)) {
    const end = match.index + match[0].length;
    const start = end - match[1]!.length;
    if (numbers.some((q) => q.start < end && q.end > start)) continue;
    found.push({ start, end, text: match[1]!, value: 1, form: 'single', decimals: 0, worded: true });
  }
  return found.length === 0 ? numbers : [...numbers, ...found].sort((a, b) => a.start - b.start);
}

export function readItems(text: string, terminology: Terminology, facts: readonly Fact[], now: string): readonly Item[] {
  const lower = text.toLowerCase();
  const taken: boolean[] = new Array<boolean>(text.length).fill(false);
  const items: Item[] = [];
  const take = (item: Item): void => {
    items.push(item);
    for (let i = item.start; i < item.end; i += 1) taken[i] = true;
  };
  const span = (start: number, end: number) => ({ start, end, text: text.slice(start, end) });

  const ages = timesOfAge(text, facts);
  const dated = withRelativeTimes(text, timeExpressions(text, now));
  const times: TimeExpression[] = [
    ...dated.filter((time) => !ages.some((age) => age.start < time.end && age.end > time.start)),
    ...timesOfBirth(text, facts),
    ...ages,
  ];
  const measured = terminology.mentions(text).some((mention) => mention.concepts.some((id) => terminology.get(id)?.kind === 'observation'));
  const counted = quantities(text).filter((q) => measured || !isYear(q, now));
  // "Colonoscopy: 2014": where nothing is measured, such a number is a year.
  if (!measured) for (const q of quantities(text)) if (isYear(q, now)) times.push(yearOf(q));
  const numbers = withWordedLengths(text, counted, times);
  const withUnit = (start: number, end: number) =>
    numbers.some((q) => q.unit !== undefined && q.start >= end && q.start - end < 12 && start < q.start);
  const tokenRow = tokens(text);
  const startAt = new Map(tokenRow.map((token, i) => [token.start, i]));
  const cueSpan = (from: number, most?: number): { cues: readonly Cue[]; end: number } | undefined => {
    const found = cuesAt(tokenRow, from, most);
    const first = found[0];
    return first ? { cues: found, end: tokenRow[from + first.words.length - 1]!.end } : undefined;
  };
  /** The longest cue that no other item has taken a part of. */
  const freeCue = (from: number): ReturnType<typeof cueSpan> => {
    let cue = cueSpan(from);
    while (cue && !free(taken, tokenRow[from]!.start, cue.end)) cue = cueSpan(from, cue.cues[0]!.words.length - 1);
    return cue;
  };
  const frequencies = tokenRow.flatMap((token, i) => {
    const cue = cueSpan(i);
    return cue?.cues.some(({ type }) => ['frequency', 'birth', 'age', 'reference'].includes(type))
      ? [{ start: token.start, end: cue.end }]
      : [];
  });
  const all: { start: number; end: number; concepts: readonly Concept[]; rank: number }[] = [];
  for (const mention of wholeMentions(text, terminology, facts)) {
    const concepts = meanings(mention, text, terminology, facts);
    if (concepts.length === 0) continue;
    if (frequencies.some((cue) => cue.start < mention.end && cue.end > mention.start && cue.end - cue.start > mention.end - mention.start))
      continue;
    const short = withUnit(mention.start, mention.end) ? shortened(mention, terminology) : undefined;
    all.push(
      short
        ? { start: short.start, end: mention.end, concepts: short.concepts, rank: 0 }
        : { start: mention.start, end: mention.end, concepts, rank: 0 },
    );
  }
  for (const found of recordMentions(lower, facts)) {
    const concepts = found.concepts.map((id) => terminology.get(id) ?? placeholder(id, text.slice(found.start, found.end), found.kind));
    if (concepts[0]) all.push({ start: found.start, end: found.end, concepts: [concepts[0]], rank: 1 });
  }
  all.sort((a, b) => b.end - b.start - (a.end - a.start) || a.rank - b.rank);

  // "weight loss of 3 kg" is a change of weight.
  const weight = terminology.get('vital/weight');
  for (const [at, mention] of all.entries()) {
    const change = /^(weight) (?:loss|gain)$/i.exec(text.slice(mention.start, mention.end));
    const amount = numbers.find(
      (q) => q.start >= mention.end && q.start - mention.end < 8 && /^(?:k?g|\[lb_av\]|\[stone_av\])$/.test(q.ucum ?? ''),
    );
    if (change && amount && weight) all[at] = { start: mention.start, end: mention.start + 6, concepts: [weight], rank: 0 };
  }

  const literals = literalValues(lower, facts);
  // Names of persons and places are names, whatever their words mean elsewhere ("Good Samaritan").
  for (const name of namesIn(lower, facts)) {
    for (const token of tokenRow)
      if (token.start >= name.start && token.end <= name.end && /[\p{L}\p{N}]/u.test(token.word) && free(taken, token.start, token.end))
        take({ type: 'word', ...span(token.start, token.end), word: token.word });
  }
  for (const literal of literals) {
    if (!free(taken, literal.start, literal.end)) continue;
    // A recorded value that is the name of a recorded problem or drug is that name first ("cause of death: ...").
    const named = all.find(
      (mention) =>
        mention.start <= literal.start &&
        mention.end >= literal.end &&
        mention.concepts.some(
          (concept) =>
            concept.kind === 'condition' ||
            concept.kind === 'drug' ||
            concept.kind === 'procedure' ||
            // "Food insecurity", where "Food" is an answer of a questionnaire.
            (mention.end - mention.start > literal.end - literal.start &&
              facts.some(({ kind, concepts }) => kind === 'problem' && concepts.includes(concept.id))),
        ),
    );
    if (named && facts.some((fact) => fact.concepts.some((id) => named.concepts.some((concept) => concept.id === id)))) continue;
    take({
      type: 'literal',
      ...span(literal.start, literal.end),
      value: literal.value,
      holders: holdersOf(literal.value, facts, terminology),
    });
  }
  for (const mention of all) {
    if (
      !free(taken, mention.start, mention.end) ||
      (/^(?:therap(?:y|ies)|treatments?|procedures?|regimens?|investigations?)$/i.test(text.slice(mention.start, mention.end)) &&
        !/^no (?:known |prior |previous )?procedures$/i.test(text.slice(0, mention.end)))
    )
      continue;
    // "went home", "sent home": a way to go, no housing.
    if (/^home$/i.test(text.slice(mention.start, mention.end))) continue;
    // "is not deceased": that the patient died is said of the patient, not looked up among the problems.
    if (
      /^(?:died|dead|deceased|death)$/i.test(text.slice(mention.start, mention.end)) &&
      mention.concepts.some(({ id }) => id === 'condition/death')
    )
      continue;
    // "a fall in eGFR", "fell from 58": a movement of a number, no fall of a person.
    if (
      /^falls?$/i.test(text.slice(mention.start, mention.end)) &&
      /^\s+(?:in|of|from|to|by)\b(?!\s+(?:a |the |her |his )?(?:bed|chair|ladder|stairs?|height|floor|ground))/i.test(
        text.slice(mention.end),
      )
    )
      continue;
    // "21.4 pounds": the unit of a number is no name, whatever it is called elsewhere.
    if (numbers.some((q) => q.unit !== undefined && q.start < mention.start && q.end >= mention.end && q.end - mention.end < 2)) continue;
    // A phrase with a meaning of its own beats a shorter or equal name of a part of the record ("history of", "seen").
    const at = startAt.get(mention.start);
    const cue = at === undefined ? undefined : cueSpan(at);
    const section = mention.concepts.every((concept) => concept.kind === 'section');
    // "BMI results", "lipid tests": the word goes with the name before it.
    if (
      section &&
      all.some(
        (other) =>
          other !== mention &&
          other.end <= mention.start &&
          mention.start - other.end <= 1 &&
          other.concepts.some((concept) => concept.kind !== 'section'),
      )
    )
      continue;
    if (cue && cue.end >= mention.end && (section || cue.cues.some(({ type }) => type === 'other-person'))) continue;
    const overlapped = times.find((time) => time.start < mention.end && time.end > mention.start);
    if (overlapped && overlapped.end - overlapped.start >= mention.end - mention.start) continue;
    if (section && mention.concepts.every((concept) => WEAK_SECTIONS.test(concept.id)) && !isHeaderLike(text, mention)) {
      if (
        mention.concepts.every((concept) => WEAKEST_SECTIONS.test(concept.id)) &&
        all.some((other) => other.concepts.some((concept) => concept.kind !== 'section'))
      )
        continue;
      if (
        !/\b(?:how many|no|any|\d+|all|active|current|only)\b/i.test(text.slice(Math.max(0, mention.start - 24), mention.start)) &&
        !countBefore(numbers, mention.start)
      )
        continue;
    }
    // "28 day pack", "2 dose schedule" name a product: its days are no duration, its doses no count.
    const inside = numbers.filter(
      (q) =>
        q.start >= mention.start &&
        q.end <= mention.end &&
        q.unit !== undefined &&
        !/^(?:d|h|wk|mo|a|min|s|\{dose\}|doses?)$/.test(q.ucum ?? q.unit),
    );
    take({ type: 'mention', ...span(mention.start, mention.end), concepts: mention.concepts, inside });
  }
  for (const time of times) if (free(taken, time.start, time.end)) take({ type: 'time', ...span(time.start, time.end), time });
  // "every 8 hours", "3 times a day" are frequencies before they are numbers.
  for (let i = 0; i < tokenRow.length; i += 1) {
    const cue = cueSpan(i);
    if (cue?.cues.some(({ type }) => type === 'frequency') && free(taken, tokenRow[i]!.start, cue.end))
      take({ type: 'cue', ...span(tokenRow[i]!.start, cue.end), cues: cue.cues });
  }
  for (const quantity of numbers)
    if (free(taken, quantity.start, quantity.end)) {
      const multiple = /(?:^|[\s(,])[x×] ?$/i.test(text.slice(Math.max(0, quantity.start - 3), quantity.start));
      take({ type: 'quantity', ...span(quantity.start, quantity.end), quantity, ...(multiple ? { times: true } : {}) });
    }
  // "OA L knee": a side in one capital letter, before a word that is no number.
  for (const token of tokenRow) {
    if (!/^[LR]$/.test(token.text) || !/^\s+[a-z]{3,}/i.test(text.slice(token.end)) || !free(taken, token.start, token.end)) continue;
    take({
      type: 'cue',
      ...span(token.start, token.end),
      cues: [{ type: 'side', sense: token.text === 'L' ? 'left' : 'right', words: [token.word] }],
    });
  }
  for (let i = 0; i < tokenRow.length; i += 1) {
    const token = tokenRow[i]!;
    if (!free(taken, token.start, token.end)) {
      for (const affix of affixesOf(token, taken)) take(affix);
      continue;
    }
    const cue = freeCue(i);
    if (cue && !isPlainUse(tokenRow, i, cue.cues)) take({ type: 'cue', ...span(token.start, cue.end), cues: cue.cues });
    else if (MARKS.has(token.word) || JOINS.has(token.word))
      take({ type: 'mark', ...span(token.start, token.end), strong: STRONG.has(token.word) });
    else if (!/[\p{L}\p{N}%]/u.test(token.word)) continue;
    else take({ type: isNeutral(token.word) ? 'neutral' : 'word', ...span(token.start, token.end), word: token.word });
  }
  return inContext(items.sort((a, b) => a.start - b.start));
}

/** "may" and "can" before a date, "last" as a verb, "US" ... are read elsewhere; "has been recorded" states no possession. */
function isPlainUse(row: readonly Token[], at: number, cues: readonly Cue[]): boolean {
  const word = row[at]!.word;
  const next = row[at + 1]?.word ?? '';
  const before = row[at - 1]?.word ?? '';
  if (cues.length === 0) return true;
  if (/^(?:has|have|had)$/.test(word))
    return (
      /^(?:been|a|an|his|her)$/.test(next) &&
      /^(?:been|recorded|on|documented)$/.test(row[at + 1]?.word ?? '') &&
      !/^on$/.test(row[at + 2]?.word ?? '')
    );
  if (word === 'off' && before === 'day') return true;
  return false;
}

const isHeaderLike = (text: string, mention: { start: number; end: number }): boolean =>
  /^\s*[:—–-]/.test(text.slice(mention.end)) && /^[\s*•#-]*(?:[\w ]{0,24})$/.test(text.slice(0, mention.start));

const countBefore = (numbers: readonly TextQuantity[], start: number): boolean =>
  numbers.some((q) => q.unit === undefined && Number.isInteger(q.value) && q.end <= start && start - q.end < 24);
