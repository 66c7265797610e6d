import type { ConceptKind, Mention, TextQuantity, TimeExpression } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import { isCommonWord, isGivenName } from '../../language/terminology/spelling.ts';
import type { Chart } from '../contract.ts';
import { ALIASES, isFrameWord, SPELLABLE, SYMBOLS } from './lexicon.ts';
import { presence } from './presence.ts';
import { slipsOf } from './vocabulary.ts';
import { editDistance, fold, type Token, tokens } from './wording.ts';

/** Something that the text names. `concepts` are of one kind, the likeliest first. */
export interface Named {
  readonly type: 'named';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: ConceptKind;
  readonly concepts: readonly string[];
  readonly name: string;
  /** Other kinds that the same words can mean. */
  readonly others: readonly { readonly kind: ConceptKind; readonly concepts: readonly string[]; readonly name: string }[];
  readonly readAs?: string;
  /** Narrower than the concept: "former smoker" read as tobacco use. */
  readonly widened?: boolean;
}
/** Words that nothing explains: content. */
export interface Unknown {
  readonly type: 'unknown';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly string[];
}
export interface TimeItem extends TimeExpression {
  readonly type: 'time';
}
export interface QuantityItem extends TextQuantity {
  readonly type: 'quantity';
}
/** The patient's own name. */
export interface SelfItem {
  readonly type: 'self';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
export type Item = Named | Unknown | TimeItem | QuantityItem | SelfItem;

/** A text with everything that was recognised in it, in order, not overlapping. */
export interface Reading {
  readonly text: string;
  readonly items: readonly Item[];
  readonly tokens: readonly Token[];
  readonly readAs: readonly { readonly text: string; readonly as: string }[];
}

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

const VACCINE = /\b(vaccin\w*|immuni[sz]\w*|shots?|jabs?|boosters?|inoculat\w*)\b/i;
const ALLERGY = /\b(allerg\w*|anaphyla\w*|intoleran\w*|sensitiv\w*|hypersensitiv\w*)\b/i;
const AFFINITY: readonly (readonly [RegExp, Partial<Record<ConceptKind, number>>])[] = [
  [
    /\b(takes?|taking|prescri\w+|dos(?:e|es|age|ing)|pills?|tablets?|capsules?|meds?|medic\w+|drugs?|refill\w*|supplement\w*|mg|mcg|start(?:ed)? on|stopped taking|put on|therapy)\b/i,
    { drug: 2, 'drug-class': 2 },
  ],
  [/\bon (?:an? |any )?(?:\w+ )?(?:right now|currently|now|still)?\b/i, { drug: 0.6, 'drug-class': 0.6 }],
  [
    /\b(levels?|values?|results?|readings?|tests?|labs?|elevated|normal|abnormal|trend\w*|numbers?|check(?:ed)?|measure\w*|drawn|counts?|ranges?|latest|highest|lowest|average|over|above|below|under|high|low)\b|\d/i,
    { observation: 1.5 },
  ],
  [VACCINE, { vaccine: 4 }],
  [ALLERGY, { allergen: 2, drug: 1 }],
  [
    /\b(have|has|had|having|diagnos\w+|suffer\w*|history|condition|disease|problem|develop\w*|onset|resolved|active|get over|ever)\b/i,
    { condition: 1 },
  ],
  [/\b(done|perform\w*|underw\w+|undergo\w*|procedure|surger\w+|operation|scans?|had an?|have an?)\b/i, { procedure: 1.2 }],
  [/\b(gene|genotype|variant|allele|metaboli[sz]er)\b/i, { observation: 1 }],
];

const MEASURED_WORD =
  /\b(?:levels?|values?|results?|high|low|elevated|normal|abnormal|trend|latest|last|highest|lowest|checked|measured|mg\/dl)\b/i;
const TAKEN = /\b(?:on|takes?|taking|took|taken|prescri\w+|dos(?:e|age)\w*|pills?|tablets?|meds?|medic\w+|drugs?|start\w*|stop\w*)\b/i;

interface Candidate {
  readonly kind: ConceptKind;
  readonly concepts: string[];
  name: string;
  score: number;
}

function choose(mention: Mention, text: string, chart: Chart): Named | undefined {
  // The sentence before is about something else: "Is she on lisinopril? And the last potassium?"
  const before = text
    .slice(Math.max(0, mention.start - 60), mention.start)
    .split(/[?!;]|\.\s/)
    .at(-1);
  const after = text.slice(mention.end, mention.end + 40).split(/[?!;]|\.\s/)[0];
  const around = `${before} ${after}`;
  const here = presence(chart);
  const byKind = new Map<ConceptKind, Candidate>();
  mention.concepts.forEach((id, order) => {
    const concept = chart.terminology.get(id);
    if (!concept) return;
    let score = -0.3 * order + (here(id) > 0 ? 1.5 : 0) + (concept.kind === 'section' ? 0.8 : 0);
    if (concept.kind === 'allergen' && !ALLERGY.test(text)) score -= 1.5;
    for (const [pattern, weights] of AFFINITY) if (weights[concept.kind] && pattern.test(around)) score += weights[concept.kind]!;
    const known = byKind.get(concept.kind);
    if (!known) byKind.set(concept.kind, { kind: concept.kind, concepts: [id], name: concept.name, score });
    else {
      if (score > known.score) {
        known.concepts.unshift(id);
        known.name = concept.name;
        known.score = score;
      } else known.concepts.push(id);
    }
  });
  const ranked = [...byKind.values()].sort((a, b) => b.score - a.score);
  let widened = false;
  let best = ranked[0];
  if (!best) return undefined;
  const unknownDrug = best.kind === 'drug' && !best.concepts.some((id) => here(id) > 0) && !TAKEN.test(around);
  // "Heb b", "creatine high": a brand of three letters that nothing speaks for, a drug beside words of measuring.
  if (unknownDrug && mention.text.length <= 3 && mention.text === mention.text.toLowerCase()) return undefined;
  if (unknownDrug && MEASURED_WORD.test(around)) {
    const word = mention.text.toLowerCase();
    const near = [...new Set(chart.facts.flatMap((fact) => (fact.kind === 'result' ? fact.concepts : [])))]
      .flatMap((id) => chart.terminology.get(id) ?? [])
      .filter(
        (concept) =>
          concept.kind === 'observation' &&
          editDistance(word, concept.name.toLowerCase(), word.length >= 8 ? 2 : 1) <= (word.length >= 8 ? 2 : 1),
      );
    const meant = near[0];
    if (meant)
      return {
        type: 'named',
        start: mention.start,
        end: mention.end,
        text: mention.text,
        kind: 'observation',
        concepts: [meant.id],
        name: meant.name,
        others: [],
        readAs: meant.name,
      };
  }
  // "Thyroid?": the organ's tests rather than the extract of it.
  if (best.kind === 'drug' && ranked.length === 1 && !best.concepts.some((id) => here(id) > 0) && !TAKEN.test(around)) {
    const tests = chart.terminology.byName(`${mention.text} function`).filter((concept) => concept.kind === 'observation');
    if (tests[0]) best = { kind: 'observation', concepts: [tests[0].id], name: tests[0].name, score: 0 };
  }
  // "History of cancer": the disease itself as well as the entry that records its history.
  if (best.kind === 'social' && !best.concepts.some((id) => here(id) > 0)) {
    // "Former smoker": what the record says of smoking.
    const wider = best.concepts
      .flatMap((id) => chart.terminology.get(id)?.parents ?? [])
      .filter((id) => chart.terminology.get(id)?.kind === 'social' && here(id) > 0);
    if (wider[0]) widened = true;
    if (wider[0]) best = { ...best, concepts: [wider[0]], name: chart.terminology.get(wider[0])?.name ?? best.name };
  }
  const past = /^(?:personal )?history of (.+)$/i.exec(mention.text)?.[1];
  if (past && best.kind === 'condition')
    for (const concept of chart.terminology.byName(past))
      if (concept.kind === 'condition' && !best.concepts.includes(concept.id)) best.concepts.unshift(concept.id);
  // One sense with entries in the record settles a name with several senses.
  const present = best.concepts.filter((id) => here(id) > 0);
  const kept = present.length === 1 && !past ? present : best.concepts;
  return {
    type: 'named',
    start: mention.start,
    end: mention.end,
    text: mention.text,
    kind: best.kind,
    concepts: kept,
    name: chart.terminology.get(kept[0]!)?.name ?? best.name,
    others: ranked.slice(1).map(({ kind, concepts, name }) => ({ kind, concepts, name })),
    ...(mention.readAs ? { readAs: mention.readAs } : {}),
    ...(widened ? { widened } : {}),
  };
}

/** Single words that are English first; a table may know them as a name too. */
const TAKEN_THINGS =
  /\b(?:what|which|any|other|all|her|his|their|list|the) (?:\w+ )?(?:pills|tablets|capsules)\b(?! (?:a|per|each|every))/i;
const FALLS =
  /\b(?:after|since|before|following) (?:the|her|his|a) fall\b|\b(?:any|had|have|has|history of|recent|of|from|many|no) (?:recent )?falls?\b/i;

/** Parts of the record whose name is an everyday word, and still is meant when typed. */
const MEANT =
  /^(?:goals?|diagnoses|referrals?|documents?|family history|specialists|doctors|providers|clinicians|physicians|surger(?:y|ies))$/i;

function isOnlyFrame(mention: Mention, text: string): boolean {
  const words = tokens(mention.text);
  if (!words.every(({ word }) => isFrameWord(word))) return false;
  if (words.length > 1) return mention.via === 'misspelling';
  if (MEANT.test(mention.text)) return false;
  // "What pills is she on"; "how many pills a day" asks for a dose.
  if (/^(?:pills|tablets|capsules)$/i.test(mention.text) && TAKEN_THINGS.test(text)) return false;
  if (/^falls?$/i.test(mention.text)) return !FALLS.test(text);
  // A short name in capitals ("LEAD", "ALT") is meant as one.
  return !(
    mention.text.length >= 2 &&
    mention.text === mention.text.toUpperCase() &&
    (text !== text.toUpperCase() || tokens(text).length < 3)
  );
}

const clash = (a: { start: number; end: number }, b: { start: number; end: number }): boolean => a.start < b.end && b.start < a.end;
const contains = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;

/** Name parts of the patient: "Amiee221 Jo Buckridge" is asked for as Amiee, Buckridge, Ms. Buckridge. */
export function ownNames(chart: Chart): ReadonlySet<string> {
  return new Set(
    chart.patient.name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}']+/u)
      .flatMap((part) => [part, part.replace(/\d+$/, '')])
      .filter((part) => part.length > 1 && !/^(?:mr|mrs|ms|miss|dr|jr|sr|ii|iii|phd|md|mx|prof)$/.test(part)),
  );
}

function ownNameSpans(found: readonly Token[], text: string, chart: Chart, mentions: readonly Mention[]): SelfItem[] {
  const own = ownNames(chart);
  const spans: SelfItem[] = [];
  const isOwn = (token: Token): boolean => {
    const word = token.word.normalize('NFKD').replace(/\p{M}/gu, '');
    if (!own.has(word) && !own.has(word.replace(/\d+$/, ''))) return false;
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
    const joins = open && /^[\s.,]*$/.test(text.slice(open.end, token.start));
    if (isOwn(token) || (title && !open)) {
      if (open && !joins) close();
      open = { start: open?.start ?? token.start, end: token.possessive ? token.end - 2 : token.end };
      if (token.possessive) close();
    } else close();
  }
  close();
  return spans;
}

/** Two neighbouring letters changed about. */
const swaps = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)).filter(
    (one) => one !== word,
  );

/** Misspelled words of the frame, written as they are meant: "lastest", "diagnosd". */
function respell(text: string, chart: Chart): { text: string; readAs: { text: string; as: string }[] } {
  const exact = chart.terminology.mentions(text);
  const own = ownNames(chart);
  const readAs: { text: string; as: string }[] = [];
  let out = '';
  let at = 0;
  for (const token of tokens(text)) {
    const word = token.word;
    if (word.length < 4 || !/^[a-z]+$/.test(word) || isFrameWord(word) || own.has(word) || ALIASES[word]) continue;
    if (exact.some((mention) => clash(mention, token))) continue;
    if (token.start > 0 && /^\p{Lu}/u.test(token.text)) continue;
    if (word.length === 4 && isCommonWord(word)) continue;
    const limit = word.length >= 8 ? 2 : 1;
    let best: string | undefined;
    let least = limit + 1;
    if (word.length === 4) {
      const swapped = swaps(word).filter((one) => SPELLABLE.includes(one) || chart.terminology.byName(one).length > 0);
      if (swapped.length === 1) {
        out += text.slice(at, token.start) + swapped[0];
        at = token.start + word.length;
        readAs.push({ text: word, as: swapped[0]! });
        continue;
      }
    }
    for (const candidate of SPELLABLE) {
      if (candidate[0] !== word[0]) continue;
      const distance = editDistance(word, candidate, limit);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    if (!best) continue;
    // A slip may also be one in a clinical name; the nearer reading wins, the clinical one at a tie.
    const clinical = chart.terminology.mentions(token.text, { fuzzy: true })[0]?.readAs;
    if (clinical && editDistance(word, clinical.toLowerCase(), least) <= least) continue;
    out += text.slice(at, token.start) + best;
    at = token.start + word.length;
    readAs.push({ text: word, as: best });
  }
  return { text: out + text.slice(at), readAs };
}

/** A short slip inside a name of several words: "red blod cells", "body mas index". Only where the whole name comes out. */
function respellInside(text: string, chart: Chart): { text: string; readAs: { text: string; as: string }[] } {
  const readAs: { text: string; as: string }[] = [];
  let out = text;
  for (const token of [...tokens(text)].reverse()) {
    const { word } = token;
    if (word.length < 3 || word.length > 4 || !/^[a-z]+$/.test(word) || isFrameWord(word) || ALIASES[word]) continue;
    if (chart.terminology.byName(token.text).length > 0) continue;
    if (chart.terminology.mentions(text).some((mention) => clash(mention, token))) continue;
    for (const candidate of slipsOf(word)) {
      const tried = out.slice(0, token.start) + candidate + out.slice(token.start + word.length);
      const hit = chart.terminology
        .mentions(tried)
        .find(
          (mention) => mention.start <= token.start && mention.end >= token.start + candidate.length && mention.text.trim().includes(' '),
        );
      if (!hit) continue;
      out = tried;
      readAs.push({ text: word, as: candidate });
      break;
    }
  }
  return { text: out, readAs };
}

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
  const name = SYMBOLS[token.text] ?? ALIASES[token.word];
  if (!name) return undefined;
  const found = chart.terminology.byName(name);
  if (found.length === 0) return undefined;
  return { start: token.start, end: token.end, text: token.text, concepts: found.map(({ id }) => id), via: 'synonym' };
}

/** "Is her hemoglobin low": the measurement and what is asked of it, though "low hemoglobin" names a condition too. */
function measuredPart(mention: Mention, chart: Chart): Mention {
  const match = /^(.+?)\s+(?:too\s+|very\s+)?(?:low|high|elevated|raised|normal|abnormal|up|down)$/i.exec(mention.text);
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

/** Reads everything in a plain text (see `plainWording`) that a question can be made of. */
export function readText(plain: string, chart: Chart, now: string): Reading {
  const framed = respell(plain, chart);
  const inside = respellInside(framed.text, chart);
  const { text } = inside;
  const readAs = [...framed.readAs, ...inside.readAs];
  const words = tokens(text);
  const mentions = chart.terminology
    .mentions(text, { fuzzy: true })
    .filter((mention) => !isOnlyFrame(mention, text) && !(mention.via === 'misspelling' && isGivenName(mention.text.toLowerCase())));
  const selves = ownNameSpans(words, text, chart, mentions);
  const items: Item[] = [...selves];
  const free = (span: { start: number; end: number }): boolean => !items.some((item) => clash(item, span));

  const times = timeExpressions(text, now);
  const amounts = quantities(text);
  for (const whole of mentions) {
    const mention = measuredPart(whole, chart);
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
  for (const time of times) if (free(time)) items.push({ ...time, type: 'time' });
  const thisYear = Number(now.slice(0, 4));
  for (const amount of amounts) {
    if (!free(amount) || isPronoun(amount, text)) continue;
    // "Platelet count 2015": a year.
    const year = /^(?:19|20)\d\d$/.test(amount.text) && !amount.unit && amount.value <= thisYear + 2;
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
  items.sort((a, b) => a.start - b.start);
  const misspelled = items.flatMap((item) => (item.type === 'named' && item.readAs ? [{ text: item.text, as: item.readAs }] : []));
  return { text, items, tokens: words, readAs: [...readAs, ...misspelled] };
}
