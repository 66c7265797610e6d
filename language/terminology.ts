import type { CodeRef, Concept, ConceptKind, Mention, Terminology } from './contract.ts';
import { codeKey, normalCode, SYSTEMS, systemName } from './terminology/codes.ts';
import { FILLERS, type Token, tokenize } from './terminology/fold.ts';
import { loadConcepts } from './terminology/load.ts';
import { bagOf, buildNames, type NameIndex, type Sense } from './terminology/names.ts';
import { drugProduct, productName } from './terminology/products.ts';
import { createSpeller, isCommonWord, type Speller } from './terminology/spelling.ts';

export { loadConcepts };

/** What one layer holds: the tables, or a patient's record over them. */
interface Layer {
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly index: NameIndex;
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** ICD-10-CM categories written with *, without it. */
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  speller?: Speller;
}

/**
 * Words and codes to concepts. Building indexes every name once; look-ups then cost microseconds. Throws where two rows have one id.
 */
export function createTerminology(concepts: readonly Concept[]): Terminology {
  return overLayers([buildLayer(concepts)]);
}

let base: Terminology | undefined;

/** The project's own tables, read and indexed once for the process. */
export function baseTerminology(): Terminology {
  base ??= createTerminology(loadConcepts());
  return base;
}

function buildLayer(concepts: readonly Concept[], via?: Mention['via']): Layer {
  const byId = new Map<string, Concept>();
  const codes = new Map<string, string[]>();
  const prefixes = new Map<string, string[]>();
  const children = new Map<string, string[]>();
  for (const concept of concepts) {
    const known = byId.get(concept.id);
    if (known && !via) throw new Error(`two concepts have the id ${concept.id}`);
    byId.set(concept.id, known ? merge(known, concept) : concept);
    for (const code of concept.codes) {
      const key = codeKey(code);
      if (key.endsWith('*')) push(prefixes, key.slice(6, -1), concept.id);
      else push(codes, key, concept.id);
    }
    for (const parent of concept.parents) push(children, parent, concept.id);
  }
  return { concepts: byId, index: buildNames(concepts, via), codes, prefixes, children };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function merge(a: Concept, b: Concept): Concept {
  const names = new Set([...a.synonyms, b.name, ...b.synonyms]);
  names.delete(a.name);
  return { ...a, synonyms: [...names], codes: [...a.codes, ...b.codes], parents: [...new Set([...a.parents, ...b.parents])] };
}

/** The first layer is the nearest (a patient's record), the last the tables. */
function overLayers(layers: readonly Layer[]): Terminology {
  const merged = new Map<string, Concept | undefined>();
  const above = new Map<string, ReadonlySet<string>>();

  const get = (id: string): Concept | undefined => {
    if (layers.length === 1) return layers[0]?.concepts.get(id);
    if (merged.has(id)) return merged.get(id);
    let concept: Concept | undefined;
    for (let i = layers.length - 1; i >= 0; i--) {
      const here = layers[i]?.concepts.get(id);
      if (here) concept = concept ? merge(concept, here) : here;
    }
    merged.set(id, concept);
    return concept;
  };

  const ancestors = (id: string): ReadonlySet<string> => {
    let all = above.get(id);
    if (!all) {
      const found = new Set<string>([id]);
      for (const each of found) for (const parent of get(each)?.parents ?? []) found.add(parent);
      all = found;
      above.set(id, all);
    }
    return all;
  };
  const isA = (id: string, ancestor: string): boolean => id === ancestor || ancestors(id).has(ancestor);

  const lookup = (key: string): readonly Sense[] => {
    let all: readonly Sense[] | undefined;
    for (let i = layers.length - 1; i >= 0; i--) {
      const senses = layers[i]?.index.names.get(key);
      if (!senses) continue;
      all = all ? [...all, ...senses.filter((s) => !all?.some((t) => t.id === s.id))] : senses;
    }
    return all ?? [];
  };
  const keysOfBag = (bag: string): readonly string[] => layers.flatMap((layer) => layer.index.bags.get(bag) ?? []);
  const keyOfRun = (run: string): string | undefined => {
    for (const layer of layers) {
      const key = layer.index.joined.get(run);
      if (key !== undefined) return key;
    }
    return undefined;
  };
  const isWord = (key: string): boolean => layers.some((layer) => layer.index.words.has(key));
  const longest = Math.max(...layers.map((layer) => layer.index.longest));

  const nearest = (token: Token): readonly string[] => {
    const found: string[] = [];
    for (const layer of layers) {
      layer.speller ??= createSpeller(layer.index.words);
      for (const word of layer.speller.nearest(token.key)) if (!found.includes(word)) found.push(word);
    }
    return found.slice(0, 4);
  };

  const byName = (name: string): readonly Concept[] => {
    const tokens = tokenize(name);
    if (tokens.length === 0) return [];
    const key = tokens.map((t) => t.key).join(' ');
    let senses: readonly Sense[] = lookup(key).filter((sense) => !sense.exact || writtenAs(name.trim(), sense.name));
    if (senses.length === 0 && tokens.length <= 4) senses = sensesOf(keyOfRun(key.replaceAll(' ', '')));
    if (senses.length === 0 && tokens.length > 1) senses = keysOfBag(bagOf(tokens)).flatMap((k) => sensesOf(k));
    return unique(senses.map((sense) => sense.id)).flatMap((id) => get(id) ?? []);
  };
  const sensesOf = (key: string | undefined): readonly Sense[] => (key === undefined ? [] : lookup(key).filter((s) => !s.exact));

  const byCode = (codes: readonly CodeRef[]): readonly Concept[] => {
    const ids: string[] = [];
    for (const code of codes) {
      const key = codeKey(code);
      for (const layer of layers) for (const id of layer.codes.get(key) ?? []) if (!ids.includes(id)) ids.push(id);
      if (ids.length === 0 && systemName(code.system) === 'RXN') for (const id of ofProduct(code.code)) ids.push(id);
      if (systemName(code.system) !== 'ICD10') continue;
      const icd = normalCode('ICD10', code.code);
      for (let length = icd.length; length >= 1; length--) {
        const prefix = icd.slice(0, length);
        if (prefix.endsWith('.')) continue;
        for (const layer of layers) for (const id of layer.prefixes.get(prefix) ?? []) if (!ids.includes(id)) ids.push(id);
      }
    }
    return specificFirst(ids).flatMap((id) => get(id) ?? []);
  };

  const ofProduct = (rxcui: string): readonly string[] => {
    const name = productName(rxcui);
    return name === undefined ? [] : drugProduct(name, { get, byName, mentions }).concepts;
  };

  const specificFirst = (ids: readonly string[]): readonly string[] => {
    if (ids.length < 2) return ids;
    const sorted: string[] = [];
    for (const id of ids) {
      const at = sorted.findIndex((other) => isA(id, other));
      if (at < 0) sorted.push(id);
      else sorted.splice(at, 0, id);
    }
    return sorted;
  };

  const descendants = (id: string): readonly string[] => {
    const found = new Set<string>([id]);
    for (const each of found) for (const layer of layers) for (const child of layer.children.get(each) ?? []) found.add(child);
    return [...found];
  };

  const mentions = (text: string, options?: { readonly fuzzy?: boolean }): readonly Mention[] =>
    findMentions(text, { lookup, keysOfBag, keyOfRun, isWord, longest, ...(options?.fuzzy ? { nearest } : {}) });

  return {
    get,
    byCode,
    byName,
    isA,
    descendants,
    mentions,
    extend: (concepts) => overLayers([buildLayer(concepts, 'record'), ...layers]),
  };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

interface Lookups {
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
const GAP = /^(?:[\s\-‐‑–/,()[\]&+'’"*_]|\.(?!\s))*$/;
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

function findMentions(text: string, lookups: Lookups): readonly Mention[] {
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
      if (found) candidates.push({ from, to, weight: token.end - first.start, ...found });
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
      concepts: unique(candidate.senses.map((s) => s.id)),
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
        .filter((sense) => !sense.exact || (!misspelled && isMeant(span[0] as Token, from, sense)));
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
    if (FILLERS.has((span[0] as Token).key) || FILLERS.has((span[span.length - 1] as Token).key)) return undefined;
    if (span.some((_, i) => !known[from + i])) return undefined;
    for (const keys of misspelled ? variants(readings.slice(from, to + 1)) : [span.map((t) => t.key)]) {
      const bag = keys
        .filter((k) => !FILLERS.has(k))
        .sort()
        .join(' ');
      const shuffled = lookups.keysOfBag(bag).flatMap((key) => lookups.lookup(key).filter((s) => !s.exact && !s.whole));
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

function writtenAs(raw: string, name: string): boolean {
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

/** Words that make a name say less, or something else, than the disease that it mentions. */
const NOT_THE_THING = new Set(
  'risk fear no not non without absent history hx suspected possible probable screening screen exposure concern worried family rule pseudo anti pre contact carrier prevention prophylaxi test testing check assessment education counseling status vaccination immunization vaccine therapy surgery repair removal replacement allergy'.split(
    ' ',
  ),
);
const HEAD_ENDS = new Set([
  'due',
  'with',
  'without',
  'following',
  'during',
  'complicating',
  'associated',
  'secondary',
  'caused',
  'after',
  'resulting',
  'causing',
  'affecting',
  'involving',
  'and',
  'or',
]);
const OF_WORDS = new Set(['of', 'in', 'at', 'on', 'to', 'from']);

/** A longer name means a narrower thing in these kinds; "LDL cholesterol goal" is no LDL cholesterol. */
const INHERITING: ReadonlySet<string> = new Set(['condition', 'procedure', 'vaccine', 'allergen']);
/** First words of LOINC's imaging terms ("XR Knee - left 2 Views"). */
const MODALITIES: Readonly<Record<string, string>> = {
  XR: 'procedure/x-ray',
  CT: 'procedure/ct-scan',
  MR: 'procedure/mri',
  MRI: 'procedure/mri',
  MG: 'procedure/mammography',
  US: 'procedure/ultrasound',
  DXA: 'procedure/bone-density-scan',
  PET: 'procedure/pet-scan',
};

/**
 * Broader concepts of a name that no table has as it is: "Displaced fracture of shaft of left clavicle" -> fracture; "Acute exacerbation of
 * bronchial asthma" -> none, because what comes first is not the disease. Only the head of the name counts ("neuropathy due to ..." is a
 * neuropathy), and nothing is inferred from names of history, suspicion, risk, screening or absence. Ids, the most specific first.
 */
export function broaderOf(name: string, kinds: readonly ConceptKind[], terminology: Terminology): readonly string[] {
  const bare = name.replace(/\s*\([^)]*\)\s*$/, '').replace(/[[\]]/g, ' ');
  const tokens = tokenize(bare);
  if (tokens.length < 2 || tokens.length > 16 || tokens.some((token) => NOT_THE_THING.has(token.key))) return [];
  const cut = tokens.findIndex((token, i) => i > 0 && HEAD_ENDS.has(token.key));
  const head = cut < 0 ? tokens : tokens.slice(0, cut);
  const end = head[head.length - 1]?.end ?? 0;
  const first = head.findIndex((token) => OF_WORDS.has(token.key));
  const nounEnd = first < 0 ? end : (head[first - 1]?.end ?? 0);
  const text = bare.slice(0, end);
  const found = terminology.mentions(text).filter((mention) => {
    if (mention.end - mention.start === text.length) return false;
    // "Fracture of shaft of clavicle": the noun before the first "of". "Tubular adenoma polyp": the last noun.
    return mention.start < nounEnd && mention.end >= nounEnd;
  });
  const ids = found.flatMap((mention) =>
    mention.concepts
      .filter((id) => INHERITING.has(terminology.get(id)?.kind ?? 'section') && kinds.includes(terminology.get(id)!.kind))
      .slice(0, 1),
  );
  if (ids.length === 0 && kinds.includes('procedure')) {
    const modality = MODALITIES[tokens[0]?.raw ?? ''];
    if (modality && tokens.length > 1 && terminology.get(modality)) return [modality];
  }
  return unique(ids);
}

/**
 * A concept for something that only the record names: id `code/<system>|<code>`, or `text/<kind>/<words>` where it has no code.
 * `names` are the record's displays and texts, the first preferred. Parents are the broader concepts that the tables know (see `broader`).
 */
export function localConcept(
  kind: ConceptKind,
  names: readonly string[],
  codes: readonly CodeRef[],
  parents: readonly string[] = [],
): Concept {
  const code = codes[0];
  const name = names[0] ?? code?.display ?? code?.code ?? 'unnamed';
  const id = code
    ? `code/${code.system}|${code.code}`
    : `text/${kind}/${tokenize(name)
        .map((t) => t.key)
        .join('-')}`;
  return { id, kind, name, synonyms: unique(names.slice(1)), codes, parents };
}

export { SYSTEMS };
