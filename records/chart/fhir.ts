import type { CodeRef } from '../../language/contract.ts';
import type { FhirResource } from '../contract.ts';
import { HAS_UNSEEN, visible } from './characters.ts';

/** A JSON object of unknown shape. What is read here comes from outside: every accessor gives `undefined` instead of throwing. */
export type Json = Readonly<Record<string, unknown>>;

export const obj = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

const NONE: readonly Json[] = [];

/** Objects of an array; a single object counts as an array of one (DSTU2 and some servers write it so). */
export function list(value: unknown): readonly Json[] {
  if (value === undefined) return NONE;
  if (Array.isArray(value))
    return value.flatMap((item): readonly Json[] => {
      const found = obj(item);
      return found ? [found] : [];
    });
  const single = obj(value);
  return single ? [single] : [];
}

const UNTIDY = /\s{2}|[^\S ]|^\s|\s$/u;
/** Names that every object has without having been given them: as a code or a unit they would be found in each of our tables. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
const LONGEST_INHERITED = Math.max(...[...INHERITED].map(({ length }) => length));

/** Text as it is seen, white space folded; empty text is absent. */
export function str(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.length <= LONGEST_INHERITED && INHERITED.has(value)) return undefined;
  if (!HAS_UNSEEN.test(value) && !UNTIDY.test(value)) return value === '' ? undefined : value;
  const text = visible(value).replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

export const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).flatMap((item) => str(item) ?? []);

/** A finite number, also where it was written as numeric text. */
export function num(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string' && /^[-+]?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
  return undefined;
}

export const bool = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

const FHIR_DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** A FHIR date, dateTime or instant that names a real day; anything else is absent. */
export function date(value: unknown): string | undefined {
  const text = str(value);
  return text && FHIR_DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Milliseconds of the earliest moment that a FHIR date can mean; sorts absent dates first. */
export const instantOf = (value: string | undefined): number => (value === undefined ? Number.NEGATIVE_INFINITY : Date.parse(value));

/** Milliseconds of the latest moment that a FHIR date can mean: the end of the year, month or day that it names. */
export function latestInstantOf(value: string): number {
  const start = Date.parse(value);
  if (value.length > 10) return start;
  const at = new Date(start);
  if (value.length === 4) at.setUTCFullYear(at.getUTCFullYear() + 1);
  else if (value.length === 7) at.setUTCMonth(at.getUTCMonth() + 1);
  else at.setUTCDate(at.getUTCDate() + 1);
  return at.getTime() - 1;
}

export interface Codeable {
  /** What a person chose to call it: the text, else the best coding's display. */
  readonly label?: string;
  readonly names: readonly string[];
  readonly codes: readonly CodeRef[];
}

/** A CodeableConcept that has words alone. */
export const named = (text: string): Codeable => ({ label: text, names: [text], codes: [] });

export const NOTHING: Codeable = { names: [], codes: [] };

const SYSTEM_ALIASES: Readonly<Record<string, string>> = {
  'urn:oid:2.16.840.1.113883.6.1': 'http://loinc.org',
  'urn:oid:2.16.840.1.113883.6.96': 'http://snomed.info/sct',
  'urn:oid:2.16.840.1.113883.6.88': 'http://www.nlm.nih.gov/research/umls/rxnorm',
  'urn:oid:2.16.840.1.113883.6.90': 'http://hl7.org/fhir/sid/icd-10-cm',
  'urn:oid:2.16.840.1.113883.6.3': 'http://hl7.org/fhir/sid/icd-10',
  'urn:oid:2.16.840.1.113883.6.103': 'http://hl7.org/fhir/sid/icd-9-cm',
  'urn:oid:2.16.840.1.113883.12.292': 'http://hl7.org/fhir/sid/cvx',
  'urn:oid:2.16.840.1.113883.6.12': 'http://www.ama-assn.org/go/cpt',
  'urn:oid:2.16.840.1.113883.6.69': 'http://hl7.org/fhir/sid/ndc',
  'http://loinc.org/': 'http://loinc.org',
  'http://snomed.info/sct/': 'http://snomed.info/sct',
};

/** Systems whose displays people read; a local or technical coding's display comes after these. */
const READABLE = ['http://snomed.info/sct', 'http://loinc.org', 'http://www.nlm.nih.gov/research/umls/rxnorm', 'http://hl7.org/fhir/sid/'];

function coding(value: unknown): CodeRef | undefined {
  const source = obj(value);
  const code = str(source?.code);
  if (!source || !code) return undefined;
  const system = str(source.system) ?? '';
  const display = str(source.display);
  return {
    system: SYSTEM_ALIASES[system] ?? system.replace(/^(http:\/\/snomed\.info\/sct)\/.*/, '$1'),
    code,
    ...(display ? { display } : {}),
  };
}

/** CodeableConcept, Coding, a plain code or text, CodeableReference's concept, or an array of which the first says something. */
export function codeable(value: unknown): Codeable {
  if (value === undefined || value === null) return NOTHING;
  if (Array.isArray(value)) {
    for (const item of value) {
      const read = codeable(item);
      if (read.label || read.codes.length > 0) return read;
    }
    return NOTHING;
  }
  const plain = str(value);
  if (plain) return { label: plain, names: [plain], codes: [] };
  const source = obj(value);
  if (!source) return NOTHING;
  if (source.concept !== undefined) return codeable(source.concept);
  const key = codedKey(source);
  if (key === undefined) return readCodeable(source);
  const known = coded.get(key);
  if (known) return known;
  const read = readCodeable(source);
  if (coded.size >= CODED_LIMIT) coded.clear();
  coded.set(key, read);
  return read;
}

/** Readings of coded concepts, by their whole content: a record says the same few hundred thousands of times. Free text is not kept. */
const coded = new Map<string, Codeable>();
const CODED_LIMIT = 4_000;

/** Everything that `readCodeable` looks at, where it is one complete coding with or without text. */
function codedKey(source: Json): string | undefined {
  const inner = Array.isArray(source.coding) && source.coding.length === 1 ? obj(source.coding[0]) : undefined;
  if (!inner || typeof inner.system !== 'string' || typeof inner.code !== 'string') return undefined;
  return `${inner.system}\n${inner.code}\n${String(inner.display)}\n${String(source.text)}`;
}

function readCodeable(source: Json): Codeable {
  // A Coding by itself, also one that has a display and no code.
  const single = source.coding === undefined && (source.code !== undefined || source.display !== undefined);
  const sources = single ? [source] : list(source.coding);
  const codes = sources.flatMap((item) => coding(item) ?? []);
  const displays = [
    ...sources.filter((item) => item.userSelected === true).map((item) => str(item.display)),
    ...READABLE.flatMap((prefix) => codes.filter((code) => code.system.startsWith(prefix)).map((code) => code.display)),
    ...sources.map((item) => str(item.display)),
  ];
  const names = [...new Set([str(source.text), ...displays].filter((name) => name !== undefined))];
  return { ...(names[0] ? { label: names[0] } : {}), names, codes };
}

/** All CodeableConcepts of an array (or a single one) that say something. */
export const codeables = (value: unknown): readonly Codeable[] =>
  value === undefined
    ? []
    : (Array.isArray(value) ? value : [value]).map(codeable).filter((item) => item.label !== undefined || item.codes.length > 0);

/** The words of a CodeableConcept: its label, else its bare codes. */
export const words = (value: unknown): string | undefined => {
  const read = codeable(value);
  return read.label ?? read.codes[0]?.code;
};

/** The first code of a CodeableConcept or Coding, or the plain string itself, in lower case. */
export const token = (value: unknown): string | undefined => {
  const read = codeable(value);
  return (read.codes[0]?.code ?? read.label)?.toLowerCase();
};

export interface When {
  readonly date?: string;
  readonly end?: string;
}

/** A choice of dateTime, date, instant, Period or Timing under `prefix`: effective, onset, performed, occurrence ... */
export function when(resource: Json, prefix: string): When {
  const point = date(resource[`${prefix}DateTime`]) ?? date(resource[`${prefix}Instant`]) ?? date(resource[`${prefix}Date`]);
  if (point) return { date: point };
  const period = obj(resource[`${prefix}Period`]) ?? obj(obj(obj(resource[`${prefix}Timing`])?.repeat)?.boundsPeriod);
  if (period) return periodOf(period);
  const event = strings(obj(resource[`${prefix}Timing`])?.event).flatMap((item) => date(item) ?? []);
  return event[0] ? { date: event[0] } : {};
}

export function periodOf(value: unknown): When {
  const start = date(obj(value)?.start);
  const end = date(obj(value)?.end);
  return { ...(start ? { date: start } : {}), ...(end ? { end } : {}) };
}

/**
 * `Type/id` of a reference within the record, whatever version it names; `#x`, `urn:uuid:x` and whole addresses stay as they are. An address
 * that leads to the record's own server is `Type/id` before a chart is made: what is left is another server's, and its `Medication/m1` another.
 */
export function referenceOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? str(value) : str(obj(value)?.reference);
  if (!text) return undefined;
  if (text.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return /^\/?([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(text)?.[1];
}

/** Notes (Annotation[] or DSTU2 string) as one text. */
export function notes(resource: FhirResource | Json): string | undefined {
  const plain = str(resource.note);
  if (plain) return plain;
  const parts = list(resource.note).flatMap((note) => str(note.text) ?? []);
  return parts.length > 0 ? parts.join(' ') : undefined;
}
