/**
 * What words, codes, numbers, units and dates mean. This layer knows no patient and no FHIR resource:
 * it turns text into mentions, quantities and time expressions with their positions.
 */

/** A code in a system, as FHIR writes it. `system` is the FHIR URI (http://loinc.org ...). */
export interface CodeRef {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export const CONCEPT_KINDS = [
  'observation', // lab test, vital sign, score, survey item: what an Observation can measure
  'condition',
  'drug', // an ingredient (RxNorm IN/PIN)
  'drug-class',
  'vaccine',
  'procedure',
  'allergen', // a substance that is not a drug: food, pollen, latex ...
  'social', // tobacco, alcohol, housing, food, transport, employment ...
  'section', // a part of the record as people name it: "meds", "shots", "problem list", "vitals"
] as const;
export type ConceptKind = (typeof CONCEPT_KINDS)[number];

/**
 * A meaning that names and codes share. Ids are readable and stable: `lab/hba1c`, `vital/weight`, `drug/metformin`, `class/nsaid`,
 * `condition/type-2-diabetes`, `vaccine/influenza`, `procedure/colonoscopy`, `allergen/peanut`, `social/tobacco`, `section/medications`.
 * A code that no table knows gets the id `code/<system>|<code>` (see `localConcept`).
 */
export interface Concept {
  readonly id: string;
  readonly kind: ConceptKind;
  /** Preferred name as a clinician would read it in a sentence: "hemoglobin A1c", "type 2 diabetes", "metformin". */
  readonly name: string;
  /** Other names: synonyms, brand names, abbreviations, lay words. */
  readonly synonyms: readonly string[];
  readonly codes: readonly CodeRef[];
  /** Broader concepts: type 2 diabetes -> diabetes; metformin -> biguanide. Acyclic. */
  readonly parents: readonly string[];
}

/** Where a name stands in a text, and what it can mean. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Concept ids, most likely first; several where the word is ambiguous ("ms", "cold"). */
  readonly concepts: readonly string[];
  readonly via: 'name' | 'synonym' | 'misspelling' | 'record';
  /** What a misspelling was read as. */
  readonly readAs?: string;
}

export interface Terminology {
  get(id: string): Concept | undefined;
  /** Concepts of these codes, the most specific first; ICD-10-CM codes also by prefix (E11.22 -> type 2 diabetes). */
  byCode(codes: readonly CodeRef[]): readonly Concept[];
  /** Concepts whose name or synonym is this text (case, punctuation and plural folded; no misspelling allowed). */
  byName(name: string): readonly Concept[];
  /** Reflexive and transitive: isA('drug/ibuprofen', 'class/nsaid'). */
  isA(id: string, ancestor: string): boolean;
  /** The concept itself and everything below it. */
  descendants(id: string): readonly string[];
  /** Longest names first, not overlapping, in order of position. `fuzzy` also reads misspellings (default false). */
  mentions(text: string, options?: { readonly fuzzy?: boolean }): readonly Mention[];
  /** The same terminology with further concepts or names: a patient's own displays. Cheap: the base is shared, not copied. */
  extend(concepts: readonly Concept[]): Terminology;
}

/** A number with its unit in a text. "BP 128/82 mmHg" is one with `value` 128 and `second` 82. */
export interface TextQuantity {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly value: number;
  /** The second number of "128/82" or the upper end of "between 4 and 6", "4-6 mg". */
  readonly second?: number;
  readonly form: 'single' | 'pair' | 'range';
  readonly comparator?: '<' | '<=' | '>' | '>=' | '~';
  /** Digits after the decimal point as written: tells what rounding the text admits. */
  readonly decimals: number;
  /** Unit as written, and its UCUM code where known. Absent: no unit stands there. */
  readonly unit?: string;
  readonly ucum?: string;
  /** Number written as a word ("three", "twice"). */
  readonly worded?: boolean;
}

export type DatePrecision = 'year' | 'month' | 'day' | 'minute';

/**
 * A point or span of time in a text, resolved against `now`. `from` and `to` are inclusive ISO dates (YYYY-MM-DD or with time);
 * one of them absent means open. "in March 2020" -> 2020-03-01..2020-03-31; "since 2019" -> 2019-01-01.. ; "two years ago" -> a day,
 * with `fuzzyDays` telling how loosely it was said.
 */
export interface TimeExpression {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly from?: string;
  readonly to?: string;
  readonly precision: DatePrecision;
  readonly relation: 'on' | 'in' | 'since' | 'before' | 'after' | 'until' | 'between' | 'ago' | 'within' | 'for';
  readonly fuzzyDays?: number;
  /** Length in days for durations ("for 3 years", "7-day"). */
  readonly days?: number;
  /** "last", "this", "yesterday", "currently": relative to now rather than a calendar date. */
  readonly relative?: boolean;
  /** ISO day that an ambiguous date (7/2/2021) is in the other order of day and month. */
  readonly otherwise?: string;
}
