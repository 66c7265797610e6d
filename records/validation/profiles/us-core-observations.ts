/**
 * Observation profiles of US Core 6.1.0 (HL7, CC0-1.0; github.com/HL7/US-Core, tag 6.1.0, 2023-06-30; hl7.org/fhir/us/core/STU6.1), restated:
 * cardinality, slices, fixed values, required bindings, reference targets and invariants. 6.1.0 is the version that mCODE 4.0.0 builds on.
 */
import type { Invariant, ProfileTable, Slice } from '../rules.ts';
import { LOINC, NULL_FLAVOR, OBSERVATION_CATEGORY, SNOMED, tokens, UCUM } from './systems.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const PERFORMERS = ['Practitioner', 'Organization', 'Patient', 'PractitionerRole', 'CareTeam', 'RelatedPerson'];

const HAS_RESULT: Invariant = {
  key: 'us-core-2',
  says: 'without component or hasMember a value or a dataAbsentReason must be present',
  fhirPath: 'component.exists() or hasMember.exists() or dataAbsentReason.exists() or value.exists()',
};
const TO_THE_DAY: Invariant = {
  key: 'us-core-1',
  says: 'effectiveDateTime must be exact at least to the day',
  holds: (resource) => resource.resourceType !== 'Observation' || (resource.effectiveDateTime?.length ?? 10) >= 10,
};
const UCUM_UNITS: Invariant = {
  key: 'us-core-3',
  says: 'coded units must be UCUM',
  holds: (resource) => resource.resourceType !== 'Observation' || [undefined, UCUM].includes(resource.valueQuantity?.system),
};
const SNOMED_RESULTS: Invariant = {
  key: 'us-core-4',
  severity: 'warning',
  says: 'a coded result should be of SNOMED CT',
  holds: (resource) => {
    const codings = resource.resourceType === 'Observation' ? (resource.valueCodeableConcept?.coding ?? []) : [];
    return codings.length === 0 || codings.some(({ system }) => system === undefined || system === SNOMED);
  },
};

function category(name: string, min = 1): Slice {
  return { at: 'category', name, among: tokens(OBSERVATION_CATEGORY, name), min, max: 1 };
}
const SUBJECT = { subject: ['Patient'] };

export const CLINICAL_RESULT: ProfileTable = {
  url: `${US_CORE}/us-core-observation-clinical-result`,
  type: 'Observation',
  required: ['status', 'category', 'code', 'subject'],
  targets: SUBJECT,
  types: { 'effective[x]': ['DateTime', 'Period', 'Timing', 'Instant'] },
  invariants: [HAS_RESULT, TO_THE_DAY, UCUM_UNITS],
};

export const LABORATORY: ProfileTable = {
  url: `${US_CORE}/us-core-observation-lab`,
  type: 'Observation',
  parent: CLINICAL_RESULT,
  slices: [category('laboratory')],
  systems: { code: [LOINC] },
  targets: { specimen: ['Specimen'] },
  invariants: [SNOMED_RESULTS],
};

export const SIMPLE: ProfileTable = {
  url: `${US_CORE}/us-core-simple-observation`,
  type: 'Observation',
  required: ['status', 'category', 'code', 'subject'],
  targets: {
    ...SUBJECT,
    performer: PERFORMERS,
    derivedFrom: ['Observation', 'DocumentReference', 'QuestionnaireResponse', 'ImagingStudy', 'Media', 'MolecularSequence'],
  },
};

const SCREENING: ProfileTable = {
  url: `${US_CORE}/us-core-observation-screening-assessment`,
  type: 'Observation',
  required: ['status', 'category', 'code', 'subject'],
  slices: [category('survey')],
  targets: {
    ...SUBJECT,
    performer: PERFORMERS,
    hasMember: ['Observation', 'QuestionnaireResponse', 'MolecularSequence'],
    derivedFrom: ['Observation', 'DocumentReference', 'QuestionnaireResponse', 'ImagingStudy', 'Media', 'MolecularSequence'],
  },
  invariants: [HAS_RESULT, TO_THE_DAY, UCUM_UNITS],
};

const SMOKING: ProfileTable = {
  url: `${US_CORE}/us-core-smokingstatus`,
  type: 'Observation',
  required: ['status', 'category', 'code', 'subject', 'effectiveDateTime', 'value[x]'],
  codes: { status: ['|final', '|entered-in-error'] },
  systems: { code: [LOINC] },
  slices: [category('social-history')],
  targets: SUBJECT,
  invariants: [UCUM_UNITS],
};

const OCCUPATION: ProfileTable = {
  url: `${US_CORE}/us-core-observation-occupation`,
  type: 'Observation',
  required: ['status', 'code', 'subject', 'valueCodeableConcept'],
  fixed: { code: `${LOINC}|11341-5` },
  slices: [
    category('social-history', 0),
    { at: 'component', name: 'industry', on: 'code', among: tokens(LOINC, '86188-0'), max: 1, required: ['valueCodeableConcept'] },
  ],
  targets: SUBJECT,
};

function pregnancy(name: string, code: string, bound?: readonly string[]): ProfileTable {
  return {
    url: `${US_CORE}/us-core-observation-${name}`,
    type: 'Observation',
    required: ['status', 'code', 'subject', 'effectiveDateTime', 'valueCodeableConcept'],
    fixed: { code: `${LOINC}|${code}` },
    slices: [category('social-history', 0)],
    ...(bound === undefined ? {} : { systems: { valueCodeableConcept: bound } }),
    targets: SUBJECT,
  };
}

const SEXUAL_ORIENTATION: ProfileTable = {
  url: `${US_CORE}/us-core-observation-sexual-orientation`,
  type: 'Observation',
  required: ['status', 'code', 'subject'],
  fixed: { code: `${LOINC}|76690-7` },
  types: { 'value[x]': ['CodeableConcept'], 'effective[x]': ['DateTime', 'Period', 'Timing', 'Instant'] },
  systems: { valueCodeableConcept: [SNOMED, NULL_FLAVOR] },
  targets: SUBJECT,
  invariants: [HAS_RESULT],
};

/** The US Core profile stands on R4's `vitalsigns`; what that asks (vs-1, vs-2) is restated here too. */
export const VITAL_SIGNS: ProfileTable = {
  url: `${US_CORE}/us-core-vital-signs`,
  type: 'Observation',
  required: ['status', 'category', 'code', 'subject', 'effective[x]'],
  types: { 'effective[x]': ['DateTime', 'Period'] },
  slices: [category('vital-signs')],
  systems: { code: [LOINC] },
  targets: SUBJECT,
  invariants: [
    { ...TO_THE_DAY, key: 'vs-1' },
    { ...HAS_RESULT, key: 'vs-2' },
    {
      key: 'vs-3',
      says: 'a component without a value needs a dataAbsentReason',
      fhirPath: 'component.all(value.exists() or dataAbsentReason.exists())',
    },
  ],
};

const MEASURED = ['value', 'unit', 'system', 'code'];
const inQuantity = (names: readonly string[]) => names.map((name) => `valueQuantity.${name}`);

function vital(name: string, code: string, units: string | { readonly valueSet: string }): ProfileTable {
  return {
    url: `${US_CORE}/${name}`,
    type: 'Observation',
    parent: VITAL_SIGNS,
    required: inQuantity(MEASURED),
    types: { 'value[x]': ['Quantity'] },
    fixed: {
      code: `${LOINC}|${code}`,
      'valueQuantity.system': UCUM,
      ...(typeof units === 'string' ? { 'valueQuantity.code': units } : {}),
    },
    ...(typeof units === 'string' ? {} : { bound: { 'valueQuantity.code': units.valueSet } }),
  };
}
function measured(name: string, code: string, unit: string, min: number): Slice {
  return {
    at: 'component',
    name,
    on: 'code',
    among: tokens(LOINC, code),
    min,
    max: 1,
    required: inQuantity(MEASURED),
    types: { 'value[x]': ['Quantity'] },
    fixed: { 'valueQuantity.system': UCUM, 'valueQuantity.code': unit },
  };
}
const BLOOD_PRESSURE_PARTS = [measured('systolic', '8480-6', 'mm[Hg]', 1), measured('diastolic', '8462-4', 'mm[Hg]', 1)];
const LENGTH = { valueSet: 'http://hl7.org/fhir/ValueSet/ucum-bodylength' };

const VITALS: readonly ProfileTable[] = [
  VITAL_SIGNS,
  {
    url: `${US_CORE}/us-core-blood-pressure`,
    type: 'Observation',
    parent: VITAL_SIGNS,
    required: ['component'],
    fixed: { code: `${LOINC}|85354-9` },
    slices: BLOOD_PRESSURE_PARTS,
  },
  vital('us-core-body-weight', '29463-7', { valueSet: 'http://hl7.org/fhir/ValueSet/ucum-bodyweight' }),
  vital('us-core-body-height', '8302-2', LENGTH),
  vital('us-core-bmi', '39156-5', 'kg/m2'),
  vital('us-core-body-temperature', '8310-5', { valueSet: 'http://hl7.org/fhir/ValueSet/ucum-bodytemp' }),
  vital('us-core-heart-rate', '8867-4', '/min'),
  vital('us-core-respiratory-rate', '9279-1', '/min'),
  vital('us-core-head-circumference', '9843-4', LENGTH),
  vital('head-occipital-frontal-circumference-percentile', '8289-1', '%'),
  vital('pediatric-bmi-for-age', '59576-9', '%'),
  vital('pediatric-weight-for-height', '77606-2', '%'),
  {
    ...vital('us-core-pulse-oximetry', '59408-5', '%'),
    slices: [
      { at: 'code.coding', name: 'PulseOx', among: tokens(LOINC, '59408-5'), min: 1, max: 1 },
      { at: 'code.coding', name: 'O2Sat', among: tokens(LOINC, '2708-6'), min: 1, max: 1 },
      measured('FlowRate', '3151-8', 'L/min', 0),
      measured('Concentration', '3150-0', '%', 0),
    ],
  },
  // The package's own R4 `bp` cannot be used: its slices are cut by a path inside a list, which the library reads as absent.
  {
    url: 'http://hl7.org/fhir/StructureDefinition/bp',
    type: 'Observation',
    parent: VITAL_SIGNS,
    required: ['component'],
    absent: ['valueQuantity'],
    fixed: { code: `${LOINC}|85354-9` },
    slices: BLOOD_PRESSURE_PARTS,
  },
];

export const OBSERVATION_PROFILES: readonly ProfileTable[] = [
  CLINICAL_RESULT,
  LABORATORY,
  SIMPLE,
  SCREENING,
  SMOKING,
  OCCUPATION,
  pregnancy('pregnancystatus', '82810-3'),
  pregnancy('pregnancyintent', '86645-9', [SNOMED, NULL_FLAVOR]),
  SEXUAL_ORIENTATION,
  ...VITALS,
];
