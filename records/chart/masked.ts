import type { FhirResource } from '../contract.ts';
import { type Json, list, obj, str } from './fhir.ts';
import type { Reader } from './reader.ts';

/** Systems whose codes say why there is no code: `masked`, `unknown`, `MSK`, `NI`. http://hl7.org/fhir/R4/valueset-data-absent-reason.html */
const REASONS = /\/data-absent-reason$|\/v3[-/]NullFlavor$|^urn:oid:2\.16\.840\.1\.113883\.5\.1008$/i;

const MAIN: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['code'],
  Condition: ['code'],
  Immunization: ['vaccineCode'],
  MedicationRequest: ['medicationCodeableConcept', 'medication'],
  MedicationStatement: ['medicationCodeableConcept', 'medication'],
  Procedure: ['code'],
};

/** Whether the entry says, in place of what it is about, why that is not told: something is there, and its name was kept back. */
export function isMasked(resource: FhirResource, { resolve }: Pick<Reader, 'resolve'>): boolean {
  const fields = MAIN[resource.resourceType];
  if (!fields) return false;
  const medication = resource.medicationReference === undefined ? undefined : resolve(resource.medicationReference, resource);
  const code = fields.map((field) => obj(resource[field])).find((one) => one !== undefined) ?? obj(medication?.code);
  return code !== undefined && saysWhyNot(code);
}

function saysWhyNot({ concept, coding, text }: Json): boolean {
  const inner = obj(concept);
  if (inner) return saysWhyNot(inner);
  const codings = list(coding);
  if (codings.length === 0 || !codings.every(({ system }) => REASONS.test(str(system) ?? ''))) return false;
  const words = str(text)?.toLowerCase();
  const own = codings.flatMap(({ code, display }) => [str(code)?.toLowerCase(), str(display)?.toLowerCase()]);
  return words === undefined || own.includes(words) || /^\W*(?:masked|redacted|withheld|restricted|confidential|unknown)\W*$/.test(words);
}
