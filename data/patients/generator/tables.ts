import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeableConcept } from '@medplum/fhirtypes';

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const CVX = 'http://hl7.org/fhir/sid/cvx';
export const UCUM = 'http://unitsofmeasure.org';

export type Sex = 'female' | 'male';

/** Lines of a table: tab-separated, `#` begins a comment. */
export function readRows(path: string): readonly (readonly string[])[] {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

/** A table by its key, read on first use. Asking for a row that is not there is a mistake of the author and throws. */
function table<Row>(
  name: string,
  read: (cells: readonly string[]) => Row,
): { readonly of: (key: string) => Row; readonly all: () => ReadonlyMap<string, Row> } {
  let rows: ReadonlyMap<string, Row> | undefined;
  const all = () => {
    rows ??= new Map(readRows(`../catalogue/${name}.tsv`).map((cells) => [cells[0]!, read(cells)]));
    return rows;
  };
  return {
    all,
    of: (key) => {
      const row = all().get(key);
      if (row === undefined) throw new RangeError(`data/patients/catalogue/${name}.tsv has no row “${key}”`);
      return row;
    },
  };
}

const optionalNumber = (cell: string | undefined): number | undefined => (cell === undefined || cell === '' ? undefined : Number(cell));
/** "0.50/0.70": a woman's and a man's. */
function bySex(cell: string | undefined): Readonly<Record<Sex, number | undefined>> {
  const [female, male = female] = (cell ?? '').split('/');
  return { female: optionalNumber(female), male: optionalNumber(male) };
}

export interface Test {
  readonly key: string;
  /** LOINC; SNOMED CT where LOINC has none. */
  readonly loinc: string;
  readonly display: string;
  readonly label: string;
  readonly unit: string;
  readonly ucum: string;
  readonly decimals: number;
  readonly low: Readonly<Record<Sex, number | undefined>>;
  readonly high: Readonly<Record<Sex, number | undefined>>;
  /** In a healthy adult. */
  readonly typical: Readonly<Record<Sex, number | undefined>>;
  /** Of single results, as a share of the level. */
  readonly variation: number;
  readonly category: string;
}
export const tests = table(
  'tests',
  ([key, loinc, display, label, unit, ucum, decimals, low, high, female, male, cv, category]): Test => ({
    key: key!,
    loinc: loinc!,
    display: display!,
    label: label!,
    unit: unit!,
    ucum: ucum!,
    decimals: Number(decimals),
    low: bySex(low),
    high: bySex(high),
    typical: { female: optionalNumber(female), male: optionalNumber(male) },
    variation: Number(cv) / 100,
    category: category!,
  }),
);

export interface Panel {
  readonly key: string;
  readonly loinc: string;
  readonly display: string;
  readonly label: string;
  readonly members: readonly string[];
}
export const panels = table(
  'panels',
  ([key, loinc, display, label, members]): Panel => ({
    key: key!,
    loinc: loinc!,
    display: display!,
    label: label!,
    members: members!.split(' '),
  }),
);

export interface ConditionRow {
  readonly key: string;
  readonly code: CodeableConcept;
  readonly label: string;
}
export const conditions = table(
  'conditions',
  ([key, sct, sctDisplay, icd, icdDisplay, label]): ConditionRow => ({
    key: key!,
    label: label!,
    code: {
      coding: [
        ...(sct ? [{ system: SNOMED, code: sct, display: sctDisplay! }] : []),
        ...(icd ? [{ system: ICD10, code: icd, display: icdDisplay! }] : []),
      ],
      text: label!,
    },
  }),
);

export interface Coded {
  readonly key: string;
  readonly code: CodeableConcept;
  readonly label: string;
}
const coded =
  (system: string) =>
  ([key, code, display, label]: readonly string[]): Coded => ({
    key: key!,
    label: label!,
    code: { coding: [{ system, code: code!, display: display! }], text: label! },
  });
/** A vaccine, with the days between which it was in use in the United States. */
export interface Vaccine extends Coded {
  readonly since?: string;
  readonly until?: string;
}
export const vaccines = table(
  'vaccines',
  ([key, code, display, label, since, until]): Vaccine => ({
    ...coded(CVX)([key!, code!, display!, label!]),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  }),
);
export const inUse = ({ since = '', until = '9999' }: Vaccine, day: string): boolean => since <= day && day <= until;
export const procedures = table('procedures', coded(SNOMED));

export interface Drug {
  readonly key: string;
  readonly rxcui: string;
  /** RxNorm name of the product. */
  readonly product: string;
  /** As a clinician says it: "metformin". */
  readonly ingredient: string;
  /** Of one unit, where doses are counted in units: 500 (mg a tablet). Absent where the dose is measured (insulin). */
  readonly strength?: number;
  /** Of the dose: mg, ug, [iU] ... */
  readonly ucum: string;
  /** What is taken: tablet, capsule, puff, unit ... */
  readonly form: string;
  readonly route: string;
}
let products: ReadonlyMap<string, string> | undefined;
function rxcuiOf(product: string): string {
  products ??= new Map(readRows('../../knowledge/drug-products.tsv').map(([rxcui, name]) => [name!, rxcui!]));
  const found = products.get(product);
  if (found === undefined) throw new RangeError(`data/knowledge/drug-products.tsv has no product “${product}”`);
  return found;
}
export const drugs = table(
  'drugs',
  ([key, product, ingredient, strength, ucum, form, route]): Drug => ({
    key: key!,
    rxcui: rxcuiOf(product!),
    product: product!,
    ingredient: ingredient!,
    ...(strength ? { strength: Number(strength) } : {}),
    ucum: ucum!,
    form: form!,
    route: route!,
  }),
);

export interface Allergen extends Coded {
  readonly category: 'medication' | 'food' | 'environment' | 'reaction';
}
export const allergens = table(
  'allergens',
  ([key, system, code, display, label, category]): Allergen => ({
    ...coded(system === 'rxnorm' ? RXNORM : SNOMED)([key!, code!, display!, label!]),
    category: category as Allergen['category'],
  }),
);
