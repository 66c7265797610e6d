import type { ConceptKind, Mention, TextQuantity } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import { isGivenName } from '../../language/terminology/spelling.ts';
import type { Chart } from '../contract.ts';
import { genesIn } from './genes.ts';
import { clash, contains, type Item, type Reading, type SelfItem } from './items.ts';
import { ALIASES, ALIASES_HELD, isFrameWord, SYMBOLS } from './lexicon.ts';
import { choose, isOnlyFrame } from './meant.ts';
import { bareMonth, monthsOf } from './months.ts';
import { inFull, ownNames, peopleIn, respell, respellInside } from './respell.ts';
import { isOf } from './select.ts';
import { asVisitType } from './visit-types.ts';
import { editDistance, fold, type Token, tokens } from './wording.ts';

const LETTER: Readonly<Record<ConceptKind, string>> = {
  observation: 'o',
  condition: 'c',
  drug: 'd',
  'drug-class': 'k',
  vaccine: 'v',
  procedure: 'p',
  allergen: 'a',
  social: 's',
  section: 'x',
};

/**
 * Lower-case text between two positions with each item as a placeholder: ‹o3› an observation, ‹x4:visits› a section, ‹t5› a time. Cues are
 * matched on it, so that no word of a name is taken for a cue. `spoken`: words that nothing explains stand as they are.
 */
export function masked(reading: Reading, from = 0, to = reading.text.length, spoken = false): string {
  let out = '';
  let at = from;
  for (const [index, item] of reading.items.entries()) {
    if (item.start < from || item.end > to) continue;
    out += reading.text.slice(at, item.start).toLowerCase();
    out += spoken && item.type === 'unknown' ? item.text.toLowerCase() : placeholder(item, index);
    at = item.end;
  }
  return out + reading.text.slice(at, to).toLowerCase();
}

function placeholder(item: Item, index: number): string {
  if (item.type === 'named') {
    const section = item.kind === 'section' ? `:${item.concepts[0]?.replace('section/', '') ?? ''}` : '';
    return `‹${LETTER[item.kind]}${index}${section}›`;
  }
  return `‹${item.type === 'time' ? 't' : item.type === 'quantity' ? 'q' : item.type === 'self' ? 'n' : 'u'}${index}›`;
}

const CLASSES: Readonly<Record<string, string>> = {
  O: '‹o\\d+›',
  C: '‹c\\d+›',
  D: '‹[dk]\\d+›',
  V: '‹v\\d+›',
  P: '‹p\\d+›',
  A: '‹a\\d+›',
  S: '‹s\\d+›',
  T: '‹t\\d+›',
  Q: '‹q\\d+›',
  N: '‹n\\d+›',
  U: '‹u\\d+›',
  M: '‹[ocdkvpas]\\d+›',
  MU: '‹[ocdkvpasu]\\d+›',
  X: '‹x\\d+:[\\w-]+›',
  ANY: '‹[^›]+›',
};

/** A cue over masked text: {O} any observation, {M} anything clinical, {X:visits|procedures} a section ... */
export function cue(source: string, flags = ''): RegExp {
  const expanded = source
    .replace(/\{X:([\w|-]+)\}/g, (_, names: string) => `‹x\\d+:(?:${names})›`)
    .replace(/\{([A-Z]+)\}/g, (whole, name: string) => CLASSES[name] ?? whole);
  return new RegExp(expanded, flags);
}

/** Index of the item that a placeholder stands for. */
export function itemIndex(placeholderText: string): number {
  return Number(/\d+/.exec(placeholderText)?.[0] ?? -1);
}

function ownNameSpans(found: readonly Token[], text: string, chart: Chart, mentions: readonly Mention[]): SelfItem[] {
  const own = ownNames(chart);
  const spans: SelfItem[] = [];
  const isOwn = (token: Token): boolean => {
    const word = token.word.normalize('NFKD').replace(/\p{M}/gu, '');
    const parts = word.split(/[-'’]/).filter((part) => part.length > 1);
    if (!own.has(word) && !own.has(word.replace(/\d+$/, '')) && !(parts.length > 1 && parts.every((part) => own.has(part)))) return false;
    if (/^\p{Lu}/u.test(token.text) && token.start > 0) return true;
    return !isFrameWord(word) && !mentions.some((mention) => clash(mention, token) && mention.via !== 'misspelling');
  };
  let open: { start: number; end: number } | undefined;
  const close = (): void => {
    if (open) spans.push({ type: 'self', ...open, text: text.slice(open.start, open.end) });
    open = undefined;
  };
  for (const [index, token] of found.entries()) {
    const title = /^(?:mr|mrs|ms|miss|mx|patient)$/.test(token.word) && found[index + 1] && isOwn(found[index + 1]!);
    const joins = open && /^[\s.,'’-]*$/.test(text.slice(open.end, token.start));
    const suffix = joins && /^(?:jr|sr|ii|iii|iv)$/.test(token.word);
    if (isOwn(token) || (title && !open) || suffix) {
      if (open && !joins) close();
      open = { start: open?.start ?? token.start, end: token.possessive ? token.end - 2 : token.end };
      if (token.possessive) close();
    } else close();
  }
  close();
  return spans;
}

/** A word that is somebody's name is no slip in a clinical one. */
const isName = (text: string, chart: Chart): boolean => {
  const word = text.toLowerCase().replace(/'s?$/, '');
  return isGivenName(word) || peopleIn(chart).has(word);
};

const BROKE =
  /\b(?:broke|broken|breaks?|breaking|fractured|fracturing)\b(?:\s+(?:her|his|their|the|a|an|my|left|right))*\s+(?<bone>[a-z]+)/gi;

/** "Did she break her hip": a fracture of the bone that is named. */
function breaks(text: string, chart: Chart): Mention[] {
  return [...text.matchAll(BROKE)].flatMap((match) => {
    const bone = match.groups?.bone ?? '';
    const found = [`broken ${bone}`, `${bone} fracture`, `fracture of ${bone}`]
      .flatMap((name) => chart.terminology.byName(name))
      .filter((concept) => concept.kind === 'condition');
    const any =
      found.length > 0 || !/^(?:any|anything|something|bones?|ever)$/i.test(bone)
        ? found
        : chart.terminology.byName('fracture').filter((concept) => concept.kind === 'condition');
    return any.length > 0
      ? [
          {
            start: match.index,
            end: match.index + match[0].length,
            text: match[0],
            concepts: [...new Set(any.map((concept) => concept.id))],
            via: 'synonym' as const,
          },
        ]
      : [];
  });
}

function alias(token: Token, chart: Chart): Mention | undefined {
  const held = ALIASES_HELD[token.word];
  const name = SYMBOLS[token.text] ?? ALIASES[token.word] ?? held;
  if (!name) return undefined;
  const found = chart.terminology.byName(name);
  if (found.length === 0) return undefined;
  if (
    held &&
    !chart.facts.some((fact) =>
      isOf(
        fact,
        found.map(({ id }) => id),
        chart,
      ),
    )
  )
    return undefined;
  return { start: token.start, end: token.end, text: token.text, concepts: found.map(({ id }) => id), via: 'synonym' };
}

/** "Is her hemoglobin low": the measurement and what is asked of it, though "low hemoglobin" names a condition too. */
function measuredPart(mention: Mention, chart: Chart, text: string): Mention {
  // "Height at age 2": the height then, though "height at age" names a percentile.
  const aged = /^\s*(?:of )?\d/.test(text.slice(mention.end)) ? /^(.+?)\s+(?:at|by|for) (?:the )?age$/i.exec(mention.text) : null;
  const match = aged ?? /^(.+?)\s+(?:too\s+|very\s+)?(?:low|high|elevated|raised|normal|abnormal|up|down)$/i.exec(mention.text);
  const found = match ? chart.terminology.byName(match[1]!).filter((concept) => concept.kind === 'observation') : [];
  if (!match || found.length === 0) return mention;
  return {
    start: mention.start,
    end: mention.start + match[1]!.length,
    text: match[1]!,
    concepts: found.map((concept) => concept.id),
    via: 'synonym',
  };
}

/** "The previous one", "due for one": stands for what was said before, and counts nothing. */
const isPronoun = ({ start, end, value, worded, unit }: TextQuantity, text: string): boolean =>
  worded === true &&
  value === 1 &&
  !unit &&
  /\b(?:for|previous|prior|last|latest|next|that|this|which|what|the|first|newest|earlier|other|recent|get|had|have|needs?)\s+$/i.test(
    text.slice(0, start),
  ) &&
  /^\s*(?:[?.!,;]|$|(?:before|was|is|in|on|at|since|and|or|after|done|now|then|ever|had|has|did|started?|ended)\b)/i.test(text.slice(end));

/** "Sodium, chloride": two names in a list, though without the comma they would be one. A name that is written with its comma stays. */
function listed(mention: Mention, chart: Chart): readonly Mention[] {
  if (!/,\s/.test(mention.text)) return [mention];
  const parts = [...mention.text.matchAll(/[^,]+/g)].map((match) => {
    const text = match[0].trim();
    const start = mention.start + match.index + match[0].indexOf(text);
    return { start, end: start + text.length, text, concepts: chart.terminology.byName(text).map(({ id }) => id), via: 'synonym' as const };
  });
  return parts.every(({ concepts }) => concepts.length > 0) ? parts : [mention];
}

const LETTER_TESTS: Readonly<Record<string, string>> = { k: 'potassium' };
/** "Gastroesophagal reflux", of which the tables have "reflux": a word before a name that belongs to its full name narrows nothing. */
function joinName(items: Item[], text: string, chart: Chart): void {
  for (let index = items.length - 1; index > 0; index--) {
    const [before, item] = [items[index - 1]!, items[index]!];
    if (before.type !== 'unknown' || item.type !== 'named' || !/^[\s-]$/.test(text.slice(before.end, item.start))) continue;
    const own = tokens(chart.terminology.get(item.concepts[0] ?? '')?.name ?? '').map(({ word }) => word);
    const isOwn = (word: string): boolean =>
      own.some((one) => one === word || (word.length >= 8 && one[0] === word[0] && editDistance(word, one, 2) <= 2));
    if (own.length < 2 || !before.words.every(isOwn)) continue;
    items.splice(index - 1, 2, { ...item, start: before.start, text: text.slice(before.start, item.end) });
  }
}

/** Reads everything in a plain text (see `plainWording`) that a question can be made of. */
export function readText(plain: string, chart: Chart, now: string): Reading {
  const framed = respell(plain, chart);
  const inside = respellInside(framed.text, chart);
  const whole = inFull(inside.text, chart);
  const { text } = whole;
  const readAs = [...framed.readAs, ...inside.readAs, ...whole.readAs];
  const words = tokens(text);
  const mentions = chart.terminology
    .mentions(text, { fuzzy: true })
    .flatMap((mention) => listed(mention, chart))
    .filter((mention) => !isOnlyFrame(mention, text) && !(mention.via === 'misspelling' && isName(mention.text, chart)));
  const selves = ownNameSpans(words, text, chart, mentions);
  const items: Item[] = [...selves];
  const free = (span: { start: number; end: number }): boolean => !items.some((item) => clash(item, span));

  const times = timeExpressions(text, now);
  items.push(...monthsOf(text, now).filter((month) => free(month) && !times.some((time) => clash(time, month))));
  const amounts = quantities(text);
  items.push(...genesIn(text, mentions, chart).filter(free));
  for (const whole of mentions) {
    const mention = measuredPart(whole, chart, text);
    if (!free(mention)) continue;
    if (times.some((time) => clash(time, mention) && !contains(mention, time))) continue;
    const named = choose(mention, text, chart);
    if (named) items.push(named);
  }
  for (const broken of breaks(text, chart)) {
    const named = free(broken) ? choose(broken, text, chart) : undefined;
    if (named) items.push(named);
  }
  for (const token of words) {
    const mention = free(token) ? alias(token, chart) : undefined;
    const named = mention ? choose(mention, text, chart) : undefined;
    if (named) items.push(named);
  }
  // "Egfr creat k hgb": a letter in a row of tests is one of them.
  const measures = (at: number, side: 'start' | 'end'): boolean =>
    items.some(
      (item) =>
        item.type === 'named' &&
        item.kind === 'observation' &&
        /^[\s,;/+&]+$/.test(side === 'end' ? text.slice(item.end, at) : text.slice(at, item.start)),
    );
  for (const token of words) {
    const name = LETTER_TESTS[token.word];
    if (!name || !free(token) || (!measures(token.start, 'end') && !measures(token.end, 'start'))) continue;
    const found = chart.terminology.byName(name).filter(({ kind }) => kind === 'observation');
    const mention: Mention = { start: token.start, end: token.end, text: token.text, concepts: found.map(({ id }) => id), via: 'synonym' };
    const named = found.length > 0 ? choose(mention, text, chart) : undefined;
    if (named) items.push(named);
  }
  for (const time of times) if (free(time)) items.push({ ...time, type: 'time' });
  const thisYear = Number(now.slice(0, 4));
  for (const amount of amounts) {
    if (!free(amount) || isPronoun(amount, text)) continue;
    // "Platelet count 2015": a year.
    const year = /^(?:19|20)\d\d$/.test(amount.text) && !amount.unit && !amount.comparator && amount.value <= thisYear + 2;
    if (year)
      items.push({
        type: 'time',
        start: amount.start,
        end: amount.end,
        text: amount.text,
        from: `${amount.text}-01-01`,
        to: `${amount.text}-12-31`,
        precision: 'year',
        relation: 'in',
      });
    else items.push({ ...amount, type: 'quantity' });
  }

  let open: { start: number; end: number; words: string[] } | undefined;
  const close = (): void => {
    if (open) items.push({ type: 'unknown', ...open, text: text.slice(open.start, open.end) });
    open = undefined;
  };
  for (const token of words) {
    if (!free(token) || isFrameWord(token.word) || /^(?:left|right|bilateral)$/.test(token.word) || token.word.length < 2) {
      close();
      continue;
    }
    const joins = open && /^[\s-]*$/.test(text.slice(open.end, token.start));
    if (open && !joins) close();
    open = { start: open?.start ?? token.start, end: token.end, words: [...(open?.words ?? []), fold(token.word)] };
    if (token.possessive) close();
  }
  close();
  // "Lower than April", "now vs February": a month by its bare name.
  for (const [index, item] of items.entries()) {
    if (item.type !== 'unknown') continue;
    const measured = items.some(
      (next) => next.type === 'named' && next.kind === 'observation' && /^\s$/.test(text.slice(item.end, next.start)),
    );
    const time = bareMonth(item, text, measured, now);
    if (time) items[index] = time;
  }
  for (const [index, item] of items.entries()) if (item.type === 'named') items[index] = asVisitType(item, chart);
  items.sort((a, b) => a.start - b.start);
  joinName(items, text, chart);
  const misspelled = items.flatMap((item) => (item.type === 'named' && item.readAs ? [{ text: item.text, as: item.readAs }] : []));
  return { text, items, tokens: words, readAs: [...readAs, ...misspelled] };
}
