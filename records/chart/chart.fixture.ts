import type { Concept, Terminology } from '../../language/contract.ts';
import { createTerminology } from '../../language/terminology.ts';
import type { Chart, Fact, FhirResource } from '../contract.ts';
import { buildChart } from './chart.ts';

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';

const concept = (
  id: string,
  kind: Concept['kind'],
  name: string,
  more: { synonyms?: string[]; codes?: [string, string][]; parents?: string[] } = {},
): Concept => ({
  id,
  kind,
  name,
  synonyms: more.synonyms ?? [],
  codes: (more.codes ?? []).map(([system, code]) => ({ system, code })),
  parents: more.parents ?? [],
});

/** A few concepts: tests of the chart do not depend on the project's tables. */
export const CONCEPTS: readonly Concept[] = [
  concept('lab/hba1c', 'observation', 'hemoglobin A1c', { synonyms: ['HbA1c', 'A1c'], codes: [[LOINC, '4548-4']] }),
  concept('lab/potassium', 'observation', 'potassium', {
    codes: [
      [LOINC, '6298-4'],
      [LOINC, '2823-3'],
    ],
  }),
  concept('lab/egfr', 'observation', 'eGFR', { codes: [[LOINC, '33914-3']] }),
  concept('vital/blood-pressure', 'observation', 'blood pressure', {
    codes: [
      [LOINC, '85354-9'],
      [LOINC, '55284-4'],
    ],
  }),
  concept('vital/systolic', 'observation', 'systolic blood pressure', { codes: [[LOINC, '8480-6']], parents: ['vital/blood-pressure'] }),
  concept('vital/diastolic', 'observation', 'diastolic blood pressure', { codes: [[LOINC, '8462-4']], parents: ['vital/blood-pressure'] }),
  concept('vital/weight', 'observation', 'body weight', { synonyms: ['weight'], codes: [[LOINC, '29463-7']] }),
  concept('score/phq9', 'observation', 'PHQ-9', { codes: [[LOINC, '44261-6']] }),
  concept('social/tobacco', 'social', 'tobacco use', { codes: [[LOINC, '72166-2']] }),
  concept('social/housing', 'social', 'housing', { codes: [[LOINC, '71802-3']] }),
  concept('condition/diabetes', 'condition', 'diabetes mellitus', { synonyms: ['diabetes'] }),
  concept('condition/type-2-diabetes', 'condition', 'type 2 diabetes', {
    synonyms: ['type 2 diabetes mellitus'],
    codes: [
      [SNOMED, '44054006'],
      [ICD, 'E11*'],
    ],
    parents: ['condition/diabetes'],
  }),
  concept('condition/heart-failure', 'condition', 'heart failure', { codes: [[SNOMED, '84114007']] }),
  concept('condition/hypertension', 'condition', 'hypertension', { codes: [[SNOMED, '38341003']] }),
  concept('condition/breast-cancer', 'condition', 'breast cancer'),
  concept('class/penicillin', 'drug-class', 'penicillins', { synonyms: ['penicillin'] }),
  concept('class/nsaid', 'drug-class', 'NSAID'),
  concept('drug/amoxicillin', 'drug', 'amoxicillin', { parents: ['class/penicillin'] }),
  concept('drug/ibuprofen', 'drug', 'ibuprofen', { parents: ['class/nsaid'] }),
  concept('drug/metformin', 'drug', 'metformin'),
  concept('drug/simvastatin', 'drug', 'simvastatin'),
  concept('drug/warfarin', 'drug', 'warfarin'),
  concept('allergen/peanut', 'allergen', 'peanut'),
  concept('vaccine/influenza', 'vaccine', 'influenza vaccine', { codes: [['http://hl7.org/fhir/sid/cvx', '140']] }),
];

export const terminology: Terminology = createTerminology(CONCEPTS);
export const AS_OF = '2026-11-21T12:00:00Z';

export const patient: FhirResource = {
  resourceType: 'Patient',
  id: 'p',
  name: [{ use: 'official', given: ['Jane', 'Anne'], family: 'Park' }],
  gender: 'female',
  birthDate: '1951-04-02',
};

export const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }], text: display });
export const loinc = (code: string, display: string) => coded(LOINC, code, display);
export const snomed = (code: string, display: string) => coded(SNOMED, code, display);
export const status = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/x', code }] });

let counter = 0;
/** A resource of the test's patient, with an id of its own. */
export function of(resourceType: string, fields: Record<string, unknown>): FhirResource {
  const owner = ['AllergyIntolerance', 'Immunization', 'FamilyMemberHistory', 'Device', 'ImmunizationRecommendation'].includes(resourceType)
    ? 'patient'
    : resourceType === 'Coverage'
      ? 'beneficiary'
      : 'subject';
  return { resourceType, id: `r${counter++}`, [owner]: { reference: 'Patient/p' }, ...fields };
}

export const chartOf = (...resources: readonly FhirResource[]): Chart =>
  buildChart([patient, ...resources], { patientId: 'p', asOf: AS_OF, terminology });

/** The facts of the resources, without the patient's own. */
export const factsIn = (...resources: readonly FhirResource[]): readonly Fact[] =>
  chartOf(...resources).facts.filter((fact) => fact.id !== 'Patient/p');
export const onlyFact = (resource: FhirResource): Fact => {
  const facts = factsIn(resource);
  if (facts.length !== 1) throw new Error(`${facts.length} facts instead of one`);
  return facts[0]!;
};
