import type { CodeRef, Concept, ConceptKind, Mention, Terminology } from './contract.ts';
import { broaderOf } from './terminology/broader.ts';
import { codeKey, normalCode, SYSTEMS, systemName } from './terminology/codes.ts';
import { type Token, tokenize } from './terminology/fold.ts';
import { loadConcepts } from './terminology/load.ts';
import { findMentions, writtenAs } from './terminology/mentions.ts';
import { bagOf, buildNames, type NameIndex, type Sense } from './terminology/names.ts';
import { drugProduct, productName } from './terminology/products.ts';
import { createSpeller, type Speller } from './terminology/spelling.ts';

export { broaderOf, loadConcepts };

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
      // "Glucos": what was folded away as a plural may be the start of an ending that was left out.
      if (found.length === 0 && token.raw.toLowerCase() !== token.key)
        for (const word of layer.speller.nearest(token.raw.toLowerCase())) if (!found.includes(word)) found.push(word);
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

  const terminology: Terminology = {
    get,
    byCode,
    byName,
    isA,
    descendants,
    mentions,
    extend: (concepts) => overLayers([buildLayer(concepts.map(placed), 'record'), ...layers]),
  };

  /** A record's own concept that names no parent stands under what its name says (see `broaderOf`). */
  const placed = (concept: Concept): Concept => {
    if (concept.parents.length > 0 || get(concept.id)) return concept;
    const parents = broaderOf(concept.name, [concept.kind], terminology);
    return parents.length > 0 ? { ...concept, parents } : concept;
  };

  return terminology;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
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
