import type { Token } from '../rules.ts';

/** Code systems that the profiles name. */
export const HL7 = 'http://terminology.hl7.org/CodeSystem';
export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const ICD10CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const ICD9CM = 'http://hl7.org/fhir/sid/icd-9-cm';
export const CVX = 'http://hl7.org/fhir/sid/cvx';
export const CPT = 'http://www.ama-assn.org/go/cpt';
export const UCUM = 'http://unitsofmeasure.org';
export const NULL_FLAVOR = `${HL7}/v3-NullFlavor`;
export const OBSERVATION_CATEGORY = `${HL7}/observation-category`;
export const RACE_AND_ETHNICITY = 'urn:oid:2.16.840.1.113883.6.238';
export const US_CORE_CATEGORY = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category';

/** `tokens(SNOMED, '1 2')` is `['http://snomed.info/sct|1', 'http://snomed.info/sct|2']`. */
export function tokens(system: string, codes: string): readonly Token[] {
  return codes.split(' ').map((code) => `${system}|${code}`);
}
