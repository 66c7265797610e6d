/**
 * Makes concepts/drugs.tsv, concepts/drug-classes.tsv, drug-brands.tsv and drug-products.tsv.
 * Usage: npx tsx data/knowledge/build/drugs.ts <reference folder>
 */
import { isCommonWord } from '../../../language/terminology/spelling.ts';
import { items, type Row, readCurated, readTable, referenceFolder, slug, writeConcepts, writeTable } from './reference.ts';

const folder = referenceFolder();
const SALT =
  /\b(?:hydrochloride|dihydrochloride|hydrobromide|sodium|disodium|potassium|calcium|magnesium|sulfate|bisulfate|maleate|tartrate|bitartrate|besylate|besilate|mesylate|succinate|fumarate|citrate|phosphate|acetate|nitrate|hcl|hbr|monohydrate|dihydrate|trihydrate|hemihydrate|anhydrous|medoxomil|axetil|proxetil|pivoxil|olamine|tromethamine|meglumine|lysine|arginine|erbumine|xinafoate|furoate|propionate|dipropionate|valerate|acetonide|decanoate|enanthate|cypionate|pamoate|palmitate|lactate|gluconate|oxalate|malate|tosylate|edisylate|etabonate|human|lactobionate|macrocrystals|saccharate|aspartate|micronized|extended release)\b/g;
const NOT_DRUGS =
  /\b(?:pollen|allergenic|allergen|extract|antigen|venom|dander|feather|hair|epithel|virus|vaccine|toxoid|mite|mold|fungal|spore|inert|flavor|grass|weed|tree|fur|whole|bacteri|capsular|conjugate|live attenuated|inactivated|protein|hydrolysate|technetium|gallium|fluorine|indium|rubidium|iodine i|xenon|copper cu)\b/i;
const KEPT = new Set(['iodixanol', 'protein c concentrate', 'ginkgo biloba extract', 'hydrolyzed']);

interface Drug {
  name: string;
  readonly synonyms: Set<string>;
  readonly codes: Set<string>;
  readonly classes: Set<string>;
  uses: number;
}
const drugs = new Map<string, Drug>();
/** Every known writing of an ingredient (lower case) -> name of its entry in `drugs`. */
const writings = new Map<string, string>();

const clean = (name: string): string => name.toLowerCase().replace(/\s+/g, ' ').trim();
const drugOf = (name: string): Drug => {
  let drug = drugs.get(name);
  if (!drug) {
    drug = { name, synonyms: new Set(), codes: new Set(), classes: new Set(), uses: 0 };
    drugs.set(name, drug);
    writings.set(clean(name), name);
  }
  return drug;
};

// 1. Names by hand: they say which writings are one ingredient.
for (const [name = '', synonyms] of readCurated('drug-names.txt')) {
  const drug = drugOf(name);
  for (const synonym of items(synonyms)) {
    drug.synonyms.add(synonym);
    if (!writings.has(clean(synonym))) writings.set(clean(synonym), name);
  }
}
const classRows = readCurated('drug-classes.txt');
for (const [, , , , members] of classRows) for (const member of items(members, ',')) if (!writings.has(clean(member))) drugOf(member);

// 2. RxNorm ingredients; precise ingredients (salts) go to their base.
const table = readTable(folder, 'terms/rxnorm/rxnorm_ingredients_merged.tsv').filter((row) => /^\d+$/.test(row.rxcui ?? ''));
const plain = (name: string): string => {
  const n = clean(name);
  const asKnown = writings.get(n);
  if (asKnown) return asKnown;
  const turned = /^([a-z-]+), (.+)$/.exec(n);
  return turned && writings.get(`${turned[2]} ${turned[1]}`) ? (writings.get(`${turned[2]} ${turned[1]}`) as string) : n;
};
for (const row of table) {
  const name = row.name as string;
  if (!(row.tty as string).startsWith('IN') || name.includes(' / ') || (NOT_DRUGS.test(name) && !KEPT.has(clean(name)))) continue;
  const drug = drugOf(plain(name));
  drug.codes.add(`RXN:${row.rxcui}`);
  if (clean(name) !== clean(drug.name)) drug.synonyms.add(name.toLowerCase());
  writings.set(clean(name), drug.name);
}

/** The entry of an ingredient's writing: as it is, without its biosimilar suffix, without its salt, by its first words. */
function base(text: string): string | undefined {
  const n = clean(text).replace(/^inert ingredients.*$/, '');
  if (n === '') return undefined;
  const direct = writings.get(n) ?? writings.get(n.replace(/-[a-z]{4}$/, ''));
  if (direct) return direct;
  const bare = n
    .replace(SALT, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[,\s]+$/, '');
  const saltless = writings.get(bare);
  if (saltless) return saltless;
  const words = n.split(' ');
  for (let length = words.length - 1; length > 0; length--) {
    const head = words.slice(0, length).join(' ').replace(/,$/, '');
    const found = writings.get(head);
    if (found && words.slice(length).join(' ').replace(SALT, '').trim().length < 12) return found;
  }
  return undefined;
}
for (const row of table) {
  if (row.tty !== 'PIN') continue;
  const name = row.name as string;
  const found = base(name);
  const drug = found ? drugs.get(found) : undefined;
  if (!drug) continue;
  drug.codes.add(`RXN:${row.rxcui}`);
  if (!/-[a-z]{4}$/.test(name)) drug.synonyms.add(name);
  writings.set(clean(name), drug.name);
}

// 3. Products: who is really used, and which ingredients come together.
const products = new Map<string, string>();
for (const row of readTable(folder, 'terms/rxnorm/rxnorm_prescribe_2025_scd.tsv')) products.set(row.rxcui as string, row.name as string);
for (const path of ['terms/omop_concepts/rxnorm.tsv', 'terms/vsac_ecqm2026/rxnorm.tsv']) {
  for (const row of readTable(folder, path)) {
    const name = (row.name ?? row.description) as string;
    if (/\d/.test(name) && !products.has(row.code as string)) products.set(row.code as string, name);
  }
}
const combinations = new Map<string, { parts: string[]; synonyms: Set<string>; codes: Set<string>; uses: number }>();
function combine(names: readonly (string | undefined)[]): string[] | undefined {
  if (names.some((name) => name === undefined)) return undefined;
  return [...new Set(names as string[])].sort();
}
function combinationOf(parts: string[]) {
  const key = parts.map(slug).sort().join('+');
  let entry = combinations.get(key);
  if (!entry) {
    entry = { parts, synonyms: new Set(), codes: new Set(), uses: 0 };
    combinations.set(key, entry);
  }
  return entry;
}
function ingredientNames(product: string): (string | undefined)[] {
  return product
    .replace(/\[[^\]]*\]/g, '')
    .replace(/^\{|\}\s*Pack.*$/g, '')
    .split(/ \/ (?!\d)|\) \/ \d+ \(|\) \/ /)
    .map((part) =>
      part
        .replace(/^\s*\d+ \(/, '')
        .replace(
          /^(?:(?:NDA|BLA|ANDA)\d+|Abuse-Deterrent|Once-Daily|Sensor|Evening Dosing|\d+\/\d+ Release|\d-Bead|[\d.]+ MG Dose|\d+ DAY)\s+/i,
          '',
        )
        .replace(/^(?:\d[\d.]*\s*(?:ML|HR|ACTUAT|MG|G)\s+)+/i, '')
        .replace(/\s\d[\d.,]*\s*(?:MG|MCG|UNT|MEQ|ML|G|%|MMOL|IU|CELLS|NG|UG|BAU|AU).*$/i, '')
        .trim(),
    )
    .filter((part) => part !== '' && !/^inert/i.test(part))
    .map(base);
}
const kept: string[] = [];
for (const [code, name] of products) {
  const names = ingredientNames(name);
  const parts = combine(names);
  if (!parts || parts.length === 0) continue;
  for (const part of parts) (drugs.get(part) as Drug).uses++;
  if (parts.length > 1 && parts.length <= 5) combinationOf(parts).uses++;
  kept.push(`${code}\t${name}`);
}
for (const row of table) {
  if (row.tty !== 'MIN') continue;
  const parts = combine((row.name as string).split(' / ').map(base));
  if (!parts || parts.length < 2 || parts.length > 5) continue;
  combinationOf(parts).codes.add(`RXN:${row.rxcui}`);
}

// 4. Brands.
const classNames = new Set(classRows.flatMap(([, name = '', synonyms]) => [name, ...items(synonyms)].map(clean)));
const otherBrands = new Map<string, string[]>();
const skipped: string[] = [];
for (const row of readTable(folder, 'terms/drugs_merged/brand_to_ingredients.tsv')) {
  const brand = (row.brand as string).replace(/\s+/g, ' ').trim();
  if (row.ingredients_from === 'unii2025only' || brand.length < 3 || brand.length > 40) continue;
  const parts = combine(
    (row.ingredients as string)
      .split(' / ')
      .filter((part) => !/^inert/i.test(part))
      .map(base),
  );
  if (!parts || parts.length === 0 || parts.length > 5) continue;
  const words = brand.toLowerCase().split(/[^a-z0-9]+/);
  const everyday = words.every((word) => word.length < 3 || /^\d+$/.test(word) || isCommonWord(word));
  const ofRxNorm = /rxnorm/.test(row.all_sources as string);
  if (!ofRxNorm && row.all_sources === 'ndc2019' && words.length > 2) continue;
  const ids = parts.map((part) => `drug/${slug(part)}`);
  if (everyday) {
    skipped.push(brand);
    otherBrands.set(brand.toLowerCase(), ids);
    continue;
  }
  if (
    classNames.has(clean(brand)) ||
    (/\b(?:reliever|reducer|remover|relief|formula|allergy|cold|cough|sinus|headache)s?\b/i.test(brand) && !ofRxNorm)
  )
    continue;
  if (parts.some((part) => clean(part) === clean(brand))) continue;
  if (parts.length === 1) (drugs.get(parts[0] as string) as Drug).synonyms.add(brand);
  else combinationOf(parts).synonyms.add(brand);
  for (const part of parts) (drugs.get(part) as Drug).uses++;
}
for (const [brand = '', names] of readCurated('drug-brands.txt')) {
  const parts = combine(items(names, ',').map((name) => base(name)));
  for (const drug of drugs.values()) removeName(drug.synonyms, brand);
  for (const entry of combinations.values()) removeName(entry.synonyms, brand);
  if (!parts) throw new Error(`unknown ingredient for brand ${brand}: ${names}`);
  if (parts.length === 1) (drugs.get(parts[0] as string) as Drug).synonyms.add(brand);
  else combinationOf(parts).synonyms.add(brand);
  otherBrands.delete(brand.toLowerCase());
}

/** What is said by hand about a brand replaces what the tables say. */
function removeName(names: Set<string>, name: string): void {
  for (const each of names) if (each.toLowerCase() === name.toLowerCase()) names.delete(each);
}

/** The names that classes have by hand: a wording that is made for one class is never the name of another. */
const given = new Set(classRows.flatMap(([, name = '', synonyms]) => [name, ...items(synonyms)]).map(clean));

/** "seizure medicine" is also said as seizure medication, meds, pills, drugs. */
function wordings(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const stem = /^(.*\S) (?:medicine|medication)$/i.exec(name)?.[1];
    return stem && !/^(?:medicine|something)\b/.test(stem)
      ? [
          name,
          ...['medicine', 'medication', 'medications', 'meds', 'pill', 'drug', 'treatment']
            .map((word) => `${stem} ${word}`)
            .filter((made) => !given.has(clean(made))),
        ]
      : [name];
  });
}

// 5. Classes.
const classes: Row[] = [];
for (const [id = '', name = '', synonyms, parents, members] of classRows) {
  classes.push({ id, kind: 'drug-class', name, synonyms: wordings(items(synonyms)), codes: [], parents: items(parents, ',') });
  for (const member of items(members, ',')) drugs.get(writings.get(clean(member)) ?? '')?.classes.add(id);
}

/** Ingredients whose whole name begins that of another: "polyethylene glycol 3350" is a polyethylene glycol, "penicillin G benzathine" a penicillin G. */
const isKept = (drug: { readonly uses: number; readonly classes: ReadonlySet<string> }): boolean => drug.uses > 0 || drug.classes.size > 0;
const written = [...drugs.values()].filter(isKept).map(({ name }) => name);
const formOf = (name: string): readonly string[] =>
  written.filter((other) => other !== name && `${name.toLowerCase()} `.startsWith(`${other.toLowerCase().replace(/s$/, '')} `));

// 6. Write.
const rows: Row[] = [];
const unused: string[] = [];
for (const drug of [...drugs.values()].sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1))) {
  if (!isKept(drug)) continue;
  if (drug.codes.size === 0) unused.push(drug.name);
  rows.push({
    id: `drug/${slug(drug.name)}`,
    kind: 'drug',
    name: drug.name,
    synonyms: drug.synonyms,
    codes: drug.codes,
    parents: new Set([...drug.classes, ...formOf(drug.name).map((other) => `drug/${slug(other)}`)]),
  });
}
const ids = new Set(rows.map((row) => row.id));
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bacetaminophen\b/, 'APAP'],
  [/\bhydrochlorothiazide\b/, 'HCTZ'],
  [/\bclavulanate\b/, 'clavulanic acid'],
  [/\baspirin\b/, 'ASA'],
  [/\bacetaminophen\b/, 'paracetamol'],
  [/\balbuterol\b/, 'salbutamol'],
];
for (const [key, entry] of [...combinations].sort((a, b) => b[1].uses - a[1].uses || (a[0] < b[0] ? -1 : 1))) {
  const parents = entry.parts.map((part) => `drug/${slug(part)}`);
  if (parents.some((id) => !ids.has(id)) || (entry.uses === 0 && entry.synonyms.size === 0 && entry.codes.size === 0)) continue;
  const name = entry.parts.join(' / ');
  const synonyms = new Set(entry.synonyms);
  for (const [long, short] of SHORT) if (long.test(name)) synonyms.add(name.replace(long, short));
  rows.push({ id: `drug/${key}`, kind: 'drug', name, synonyms, codes: entry.codes, parents });
}
const RXNORM = 'RxNorm Current Prescribable Content 2025 (letter A: 2019), U.S. National Library of Medicine, public domain';
writeConcepts(
  'drugs.tsv',
  [
    'Ingredients and combinations of prescribable drugs with brand names and salts.',
    `Sources: ${RXNORM}; FDA National Drug Code Directory 2019, public domain; further names by hand (build/curated/drug-names.txt).`,
    'Made by data/knowledge/build/drugs.ts.',
  ],
  rows,
);
writeConcepts(
  'drug-classes.tsv',
  [
    'Drug classes; members name them as parents in drugs.tsv.',
    'Source: own table (build/curated/drug-classes.txt), checked against FDA established pharmacologic classes 2019.',
    'Made by data/knowledge/build/drugs.ts.',
  ],
  classes,
);
writeTable(
  'drug-brands.tsv',
  [
    'Brand names that are also English words or names of people: understood only where a drug is named anyway. Columns: brand, ingredients.',
    `Source: ${RXNORM}; FDA NDC 2019.`,
    'Made by data/knowledge/build/drugs.ts.',
  ],
  [...otherBrands]
    .filter(([, list]) => list.every((id) => ids.has(id)))
    .sort()
    .map(([brand, list]) => `${brand}\t${list.join('|')}`),
);
writeTable(
  'drug-products.tsv',
  [
    'Clinical drugs: RxCUI, RxNorm name. Their ingredients are read from the name.',
    `Source: ${RXNORM}; OHDSI vocabulary extracts 2023-26 (Apache-2.0).`,
    'Made by data/knowledge/build/drugs.ts.',
  ],
  kept.sort(),
);
console.log(`${skipped.length} brands that are everyday words`, process.argv.includes('-v') ? skipped.join(', ') : '');
console.log(`without a code: ${unused.join(', ')}`);
