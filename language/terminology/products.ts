/**
 * Reads names of drug products as RxNorm, Synthea, prescribers and patients write them: "Acetaminophen 325 MG / Oxycodone 10 MG Oral
 * Tablet [Percocet]", "24 HR metoprolol succinate 100 MG Extended Release Oral Tablet", "Lasix 40mg", "insulin glargine 100 UNT/ML".
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mention, Terminology } from '../contract.ts';

/** Amount of one ingredient in the product, as its name states it: { value: 100, unit: 'units', per: 'mL' }. */
export interface Strength {
  readonly value: number;
  readonly unit: string;
  readonly per?: string;
}

export interface Ingredient {
  /** Concept id of the ingredient: `drug/acetaminophen`. */
  readonly concept: string;
  readonly strength?: Strength;
}

export interface DrugProduct {
  /** Concept ids, the most specific first: the combination where one is known (`drug/acetaminophen+oxycodone`), then the ingredients. */
  readonly concepts: readonly string[];
  readonly ingredients: readonly Ingredient[];
}

const AMOUNT =
  /(\d+(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)\s*(milligrams?|micrograms?|grams?|mcg|ug|µg|μg|mg|gm|g|units?|unt|iu|i\.u\.|u|meq|mmol|ml|%|mci|mbq|ng|kg|bau|au|pfu|cells?|puffs?)(?![\p{L}])(?:\s*(?:\/|per)\s*(\d+(?:\.\d+)?)?\s*(ml|l|mg|g|actuat(?:ion)?s?|act|spray|puff|inh(?:alation)?|hrs?|hour|h|day|d|dose|tab(?:let)?|cap(?:sule)?|sqcm|cm2|patch)(?![\p{L}]))?/giu;

const UNITS: Readonly<Record<string, string>> = {
  milligram: 'mg',
  milligrams: 'mg',
  mg: 'mg',
  microgram: 'mcg',
  micrograms: 'mcg',
  mcg: 'mcg',
  ug: 'mcg',
  µg: 'mcg',
  μg: 'mcg',
  gram: 'g',
  grams: 'g',
  gm: 'g',
  g: 'g',
  unit: 'units',
  units: 'units',
  unt: 'units',
  u: 'units',
  iu: 'units',
  'i.u.': 'units',
  meq: 'mEq',
  mmol: 'mmol',
  ml: 'mL',
  mci: 'mCi',
  mbq: 'MBq',
};
const PER: Readonly<Record<string, string>> = {
  ml: 'mL',
  l: 'L',
  actuat: 'actuation',
  actuation: 'actuation',
  actuations: 'actuation',
  act: 'actuation',
  inh: 'inhalation',
  hr: 'hour',
  hrs: 'hour',
  h: 'hour',
  d: 'day',
  tab: 'tablet',
  cap: 'capsule',
};
/** Units that measure the container or the schedule, not the drug ("10 ML furosemide", "24 HR metoprolol"). */
const NOT_STRENGTH = new Set(['mL', 'kg', 'cells', 'cell', 'puff', 'puffs']);

interface Amount extends Strength {
  readonly start: number;
  readonly end: number;
}

/** What reading a drug's name needs of a terminology. */
export type DrugTerms = Pick<Terminology, 'get' | 'byName' | 'mentions'>;

/**
 * The product that a display or a free-text order names. No ingredients where the tables know none of its words. A misspelled name
 * ("Simvistatin 10 MG") is read only where nothing else fits, one drug alone is near and the name is long.
 */
export function drugProduct(display: string, terms: DrugTerms): DrugProduct {
  const { body, brand } = split(display);
  const fromBody = read(body, terms);
  if (fromBody.ingredients.length) return fromBody;
  if (brand) {
    const named = read(brand, terms);
    if (named.ingredients.length) return { concepts: named.concepts, ingredients: single(named.ingredients, amounts(body)) };
  }
  const branded = byBrand(brand ?? body, body, terms);
  return branded.ingredients.length ? branded : read(body, terms, true);
}

/** Brackets and braces of RxNorm off: "{7 (A 1 MG) / 21 (B)} Pack [Brand]" -> body, brand. Commas inside names go ("Insulin, Aspart, Human"). */
function split(display: string): { readonly body: string; readonly brand?: string } {
  let brand: string | undefined;
  const body = display
    .replace(/\[([^\]]*)\]/g, (_, name: string) => {
      brand ??= name;
      return ' ';
    })
    .replace(/\b(?:NDA|BLA|ANDA)\d{5,6}\b/g, ' ')
    .replace(/[{}]/g, ' ')
    .replace(/,(?=\s)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return brand === undefined ? { body } : { body, brand };
}

/** A long name written wrong. A short one, or one near a brand, may be another country's brand of another drug: Clenil (beclometasone) is not Clenia. */
const isSlipOf = (written: string, name: string | undefined): boolean =>
  name !== undefined &&
  written.length >= 8 &&
  Math.abs(written.length - name.length) <= 2 &&
  written.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase();

function read(text: string, terms: DrugTerms, fuzzy = false): DrugProduct {
  const found = amounts(text);
  const drugs = terms.mentions(text, { fuzzy }).flatMap((mention) => {
    const id = mention.concepts.find((c) => c.startsWith('drug/'));
    if (mention.via === 'misspelling' && (mention.concepts.length > 1 || !isSlipOf(mention.text, terms.get(id ?? '')?.name))) return [];
    return id ? [{ id, mention }] : [];
  });
  if (drugs.length === 0) return { concepts: [], ingredients: [] };
  const concepts = new Set<string>();
  const ingredients = new Map<string, Ingredient>();
  drugs.forEach(({ id, mention }, i) => {
    const next = drugs[i + 1]?.mention.start ?? text.length;
    const previous = i > 0 ? (drugs[i - 1]?.mention.end ?? 0) : 0;
    const after = found.filter((a) => a.start >= mention.end && a.end <= next);
    const before = found.filter(
      (a) => a.end <= mention.start && a.start >= previous && text.slice(a.end, mention.start).trim().length <= 3,
    );
    const parts = components(id, terms);
    if (parts.length > 1) concepts.add(id);
    const each =
      parts.length === 1
        ? [{ concept: id, ...strengthOf(text, mention, after, drugs.length === 1 ? before : []) }]
        : inOrder(text, mention, next, parts, terms);
    const part = text.slice(previous, mention.start).includes(' / ');
    for (const ingredient of each) {
      const known = ingredients.get(ingredient.concept)?.strength;
      if (!known) ingredients.set(ingredient.concept, ingredient);
      else if (part && ingredient.strength)
        ingredients.set(ingredient.concept, { ...ingredient, strength: together(known, ingredient.strength) });
    }
  });
  const all = [...ingredients.values()];
  const known = all.length > 1 && concepts.size === 0 ? combination(all, terms) : undefined;
  return { concepts: [...(known ? [known] : concepts), ...all.map((i) => i.concept)], ingredients: all };
}

/** Two salts of one drug in a product ("macrocrystals 25 MG / monohydrate 75 MG") are one strength of it. */
const together = (known: Strength, more: Strength): Strength =>
  known.unit === more.unit && known.per === more.per ? { ...known, value: Number((known.value + more.value).toFixed(6)) } : known;

/** A combination's ingredients; the concept itself where it is one. */
function components(id: string, terms: DrugTerms): readonly string[] {
  if (!id.includes('+')) return [id];
  return terms.get(id)?.parents.filter((p) => p.startsWith('drug/')) ?? [id];
}

function combination(ingredients: readonly Ingredient[], terms: DrugTerms): string | undefined {
  const id = `drug/${ingredients
    .map((i) => i.concept.slice('drug/'.length))
    .sort()
    .join('+')}`;
  return terms.get(id) ? id : undefined;
}

/** The amount next to the name, unless two different ones stand there ("0.12/0.015 MG", or a dose range): then none is sure. */
function strengthOf(text: string, mention: Mention, after: readonly Amount[], before: readonly Amount[]): { strength?: Strength } {
  const amount = after[0] ?? before[before.length - 1];
  if (!amount) return {};
  const lead = text.slice(Math.max(0, amount.start - 12), amount.start);
  if (/\d\s*[/-]\s*$/.test(lead) || (after[0] && /\b(?:packs?|days?)\b/i.test(text.slice(mention.end, amount.start)))) return {};
  const { value, unit, per } = amount;
  return { strength: per === undefined ? { value, unit } : { value, unit, per } };
}

/** "amoxicillin-clavulanate 875-125 mg": numbers go with names in the order written; with a brand name alone their order is not known. */
function inOrder(text: string, mention: Mention, next: number, parts: readonly string[], terms: DrugTerms): readonly Ingredient[] {
  const bare = parts.map((concept) => ({ concept }));
  const names = mention.text
    .split(/[\s/+&-]+/)
    .map((word) => terms.byName(word).find((c) => parts.includes(c.id))?.id)
    .filter((id): id is string => id !== undefined);
  if (names.length !== parts.length || new Set(names).size !== parts.length) return bare;
  const list =
    /^[^\d]{0,12}?(\d+(?:\.\d+)?(?:\s*(?:[a-z]{1,5})?\s*[-/]\s*\d+(?:\.\d+)?)+)\s*(mg|mcg|g|units?)(?![\p{L}])(?!\s*\/\s*\d*\s*ml)/iu.exec(
      text.slice(mention.end, next),
    );
  if (!list?.[1] || !list[2]) return bare;
  const numbers = list[1].split(/[-/]/).map((n) => Number(n.replace(/[^\d.]/g, '')));
  const unit = UNITS[list[2].toLowerCase()];
  if (numbers.length !== names.length || !unit || /[a-z]/i.test(list[1].replace(new RegExp(list[2], 'gi'), ''))) return bare;
  return names.map((concept, i) => ({ concept, strength: { value: numbers[i] as number, unit } }));
}

function single(ingredients: readonly Ingredient[], found: readonly Amount[]): readonly Ingredient[] {
  const [only, more] = ingredients;
  const [amount, other] = found;
  if (!only || more || !amount || other) return ingredients;
  const { value, unit, per } = amount;
  return [{ concept: only.concept, strength: per === undefined ? { value, unit } : { value, unit, per } }];
}

function amounts(text: string): readonly Amount[] {
  const found: Amount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const unit = UNITS[(match[2] ?? '').toLowerCase()] ?? (match[2] ?? '').toLowerCase();
    const perUnit = match[4]?.toLowerCase();
    if (NOT_STRENGTH.has(unit) && !perUnit) continue;
    const count = match[3];
    const per = perUnit === undefined ? undefined : `${count ? `${count} ` : ''}${PER[perUnit] ?? perUnit}`;
    const value = Number((match[1] ?? '').replace(/,/g, ''));
    found.push({ start: match.index, end: match.index + match[0].length, value, unit, ...(per === undefined ? {} : { per }) });
  }
  return found;
}

let brands: ReadonlyMap<string, readonly string[]> | undefined;

/** Brand names that are also people's names or English words ("Camila", "Heather"): understood only at the head of a drug's name. */
function byBrand(name: string, body: string, terms: DrugTerms): DrugProduct {
  brands ??= readBrands();
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9'-]+/)
    .filter(Boolean);
  for (let length = Math.min(words.length, 5); length > 0; length--) {
    const ids = brands.get(words.slice(0, length).join(' '))?.filter((id) => terms.get(id));
    if (!ids?.length) continue;
    const bare = ids.map((concept) => ({ concept }));
    const known = ids.length > 1 ? combination(bare, terms) : undefined;
    return { concepts: [...(known ? [known] : []), ...ids], ingredients: single(bare, amounts(body)) };
  }
  return { concepts: [], ingredients: [] };
}

let productNames: ReadonlyMap<string, string> | undefined;

/** RxNorm's name of a clinical drug: "860975" -> "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet". Read on first use. */
export function productName(rxcui: string): string | undefined {
  if (!productNames) {
    const text = readFileSync(fileURLToPath(new URL('../../data/knowledge/drug-products.tsv', import.meta.url)), 'utf8');
    const map = new Map<string, string>();
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      if (tab > 0 && line[0] !== '#') map.set(line.slice(0, tab), line.slice(tab + 1));
    }
    productNames = map;
  }
  return productNames.get(rxcui);
}

function readBrands(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  const text = readFileSync(fileURLToPath(new URL('../../data/knowledge/drug-brands.tsv', import.meta.url)), 'utf8');
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [brand = '', ids = ''] = line.split('\t');
    map.set(brand, ids.split('|'));
  }
  return map;
}
