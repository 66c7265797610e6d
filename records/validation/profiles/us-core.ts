/**
 * Profiles of US Core 6.1.0 on the patient and the care given, other than observations (HL7, CC0-1.0; github.com/HL7/US-Core, tag 6.1.0, 2023-06-30; hl7.org/fhir/us/core/STU6.1),
 * restated: cardinality, slices, fixed values, required bindings, reference targets and invariants. Elements that base R4 requires already
 * are left to the package's own definitions.
 */
import type { Invariant, ProfileTable, Slice } from '../rules.ts';
import { CPT, CVX, HL7, ICD9CM, ICD10CM, LOINC, NULL_FLAVOR, RXNORM, SNOMED } from './systems.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const AUTHORS = ['Practitioner', 'Organization', 'Patient', 'PractitionerRole', 'RelatedPerson'];
const REPORTED = 'partial preliminary final amended corrected appended'.split(' ');
const CONDITION_CODES = [SNOMED, ICD10CM, ICD9CM];
const PROCEDURE_CODES = [
  SNOMED,
  CPT,
  LOINC,
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'http://www.cms.gov/Medicare/Coding/ICD10',
  'http://www.ada.org/cdt',
];

function whenReported(key: string, element: 'effective' | 'issued'): Invariant {
  return {
    key,
    says: `${element} must be present in a report that has results (${REPORTED.join(', ')})`,
    fhirPath: `(${REPORTED.map((status) => `status = '${status}'`).join(' or ')}) implies ${element}.exists()`,
  };
}

const PATIENT: ProfileTable = {
  url: `${US_CORE}/us-core-patient`,
  type: 'Patient',
  required: ['identifier', 'identifier.system', 'identifier.value', 'name', 'telecom.system', 'telecom.value', 'gender'],
  systems: { 'communication.language': ['urn:ietf:bcp:47'] },
  slices: ['us-core-race', 'us-core-ethnicity', 'us-core-birthsex', 'us-core-sex'].map((name) => ({
    at: 'extension',
    name,
    is: ['url', `${US_CORE}/${name}`],
    max: 1,
  })),
  invariants: [
    {
      key: 'us-core-6',
      says: 'a name has a family or given name, or says by the data-absent-reason extension why not, never both',
      fhirPath:
        "name.all((family.exists() or given.exists()) xor extension.where(url='http://hl7.org/fhir/StructureDefinition/data-absent-reason').exists())",
    },
  ],
};

const ASSERTED: Slice = {
  at: 'extension',
  name: 'assertedDate',
  is: ['url', 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate'],
  max: 1,
};
export const PROBLEM: ProfileTable = {
  url: `${US_CORE}/us-core-condition-problems-health-concerns`,
  type: 'Condition',
  required: ['category', 'code'],
  slices: [
    ASSERTED,
    {
      at: 'category',
      name: 'us-core',
      among: [`${HL7}/condition-category|problem-list-item`, 'http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern'],
      min: 1,
    },
  ],
  systems: { code: CONDITION_CODES },
  targets: { subject: ['Patient'] },
};
export const ENCOUNTER_DIAGNOSIS: ProfileTable = {
  url: `${US_CORE}/us-core-condition-encounter-diagnosis`,
  type: 'Condition',
  required: ['category', 'code'],
  slices: [ASSERTED, { at: 'category', name: 'us-core', among: [`${HL7}/condition-category|encounter-diagnosis`], min: 1, max: 1 }],
  systems: { code: CONDITION_CODES },
  targets: { subject: ['Patient'], encounter: ['Encounter'] },
};

export const MEDICATION_REQUEST: ProfileTable = {
  url: `${US_CORE}/us-core-medicationrequest`,
  type: 'MedicationRequest',
  required: ['status', 'intent', 'medication[x]', 'subject'],
  systems: { medicationCodeableConcept: [RXNORM], reasonCode: CONDITION_CODES },
  targets: {
    subject: ['Patient'],
    encounter: ['Encounter'],
    medicationReference: ['Medication'],
    reportedReference: AUTHORS,
    requester: [...AUTHORS, 'Device'],
  },
  invariants: [
    {
      key: 'us-core-21',
      says: 'an order names its requester',
      fhirPath: `(${['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'].map((intent) => `intent = '${intent}'`).join(' or ')}) implies requester.exists()`,
    },
  ],
};

export const PROCEDURE: ProfileTable = {
  url: `${US_CORE}/us-core-procedure`,
  type: 'Procedure',
  required: ['status', 'code', 'subject'],
  systems: { code: PROCEDURE_CODES },
  targets: { subject: ['Patient'], basedOn: ['CarePlan', 'ServiceRequest'] },
  invariants: [
    {
      key: 'us-core-7',
      says: 'a procedure that is done or under way says when',
      fhirPath: "(status = 'completed' or status = 'in-progress') implies performed.exists()",
    },
  ],
};

export const SPECIMEN: ProfileTable = {
  url: `${US_CORE}/us-core-specimen`,
  type: 'Specimen',
  required: ['type'],
  systems: { type: [SNOMED] },
  targets: { subject: ['Patient'] },
};

export const US_CORE_PROFILES: readonly ProfileTable[] = [
  PATIENT,
  PROBLEM,
  ENCOUNTER_DIAGNOSIS,
  MEDICATION_REQUEST,
  PROCEDURE,
  SPECIMEN,
  {
    url: `${US_CORE}/us-core-allergyintolerance`,
    type: 'AllergyIntolerance',
    required: ['code', 'patient'],
    targets: { patient: ['Patient'] },
  },
  {
    url: `${US_CORE}/us-core-careplan`,
    type: 'CarePlan',
    required: ['status', 'intent', 'category', 'subject'],
    codes: { 'text.status': ['|generated', '|additional'] },
    slices: [
      {
        at: 'category',
        name: 'AssessPlan',
        among: ['http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan'],
        min: 1,
        max: 1,
      },
    ],
    targets: { subject: ['Patient'] },
  },
  {
    url: `${US_CORE}/us-core-diagnosticreport-lab`,
    type: 'DiagnosticReport',
    required: ['status', 'category', 'code', 'subject'],
    slices: [{ at: 'category', name: 'LaboratorySlice', among: [`${HL7}/v2-0074|LAB`], min: 1, max: 1 }],
    systems: { code: [LOINC] },
    targets: {
      subject: ['Patient'],
      performer: ['Practitioner', 'Organization', 'CareTeam', 'PractitionerRole'],
      result: ['Observation'],
    },
    invariants: [whenReported('us-core-8', 'effective'), whenReported('us-core-9', 'issued')],
  },
  {
    url: `${US_CORE}/us-core-diagnosticreport-note`,
    type: 'DiagnosticReport',
    required: ['status', 'category', 'code', 'subject'],
    systems: { code: [LOINC] },
    targets: {
      subject: ['Patient'],
      encounter: ['Encounter'],
      performer: ['Practitioner', 'Organization', 'CareTeam', 'PractitionerRole'],
      result: ['Observation'],
    },
    invariants: [whenReported('us-core-10', 'effective')],
  },
  {
    url: `${US_CORE}/us-core-documentreference`,
    type: 'DocumentReference',
    required: ['status', 'type', 'category', 'subject', 'content', 'content.attachment'],
    atMost: { 'context.encounter': 1 },
    targets: { subject: ['Patient'], author: [...AUTHORS, 'Device'], 'context.encounter': ['Encounter'] },
    invariants: [
      {
        key: 'us-core-6',
        says: 'an attachment has its data or a url',
        fhirPath: 'content.attachment.all(url.exists() or data.exists())',
      },
      {
        key: 'binding',
        says: 'the type must be a document of LOINC, or UNK',
        fhirPath: `type.coding.where(system='${LOINC}' or (system='${NULL_FLAVOR}' and code='UNK')).exists()`,
      },
    ],
  },
  {
    url: `${US_CORE}/us-core-encounter`,
    type: 'Encounter',
    required: ['identifier.system', 'identifier.value', 'status', 'class', 'type', 'subject'],
    systems: { type: [SNOMED, CPT] },
    targets: {
      subject: ['Patient'],
      'participant.individual': ['Practitioner', 'PractitionerRole', 'RelatedPerson'],
      reasonReference: ['Condition', 'Procedure', 'Observation', 'ImmunizationRecommendation'],
      serviceProvider: ['Organization'],
    },
  },
  {
    url: `${US_CORE}/us-core-goal`,
    type: 'Goal',
    required: ['lifecycleStatus', 'description', 'subject'],
    types: { 'target.due[x]': ['Date', 'Duration'] },
    targets: { subject: ['Patient'] },
  },
  {
    url: `${US_CORE}/us-core-immunization`,
    type: 'Immunization',
    required: ['status', 'vaccineCode', 'patient', 'occurrence[x]'],
    systems: { vaccineCode: [CVX] },
    targets: { patient: ['Patient'] },
  },
  {
    url: `${US_CORE}/us-core-implantable-device`,
    type: 'Device',
    required: ['type', 'patient', 'udiCarrier.deviceIdentifier'],
    atMost: { udiCarrier: 1 },
    targets: { patient: ['Patient'] },
  },
  { url: `${US_CORE}/us-core-medication`, type: 'Medication', required: ['code'], systems: { code: [RXNORM] } },
  {
    url: `${US_CORE}/us-core-medicationdispense`,
    type: 'MedicationDispense',
    required: ['status', 'medication[x]', 'subject'],
    systems: { medicationCodeableConcept: [RXNORM] },
    targets: {
      subject: ['Patient'],
      medicationReference: ['Medication'],
      'performer.actor': [...AUTHORS, 'Device'],
      authorizingPrescription: ['MedicationRequest'],
    },
    invariants: [
      {
        key: 'us-core-20',
        says: 'what was dispensed says when it was handed over',
        fhirPath: "status = 'completed' implies whenHandedOver.exists()",
      },
    ],
  },
  {
    // Stands on the profile of Structured Data Capture 3.0.0, which asks for the questionnaire and the day.
    url: `${US_CORE}/us-core-questionnaireresponse`,
    type: 'QuestionnaireResponse',
    required: ['questionnaire', 'status', 'subject', 'authored', 'item.linkId'],
    targets: { subject: ['Patient'], author: [...AUTHORS, 'Device'] },
  },
  {
    url: `${US_CORE}/us-core-servicerequest`,
    type: 'ServiceRequest',
    required: ['status', 'intent', 'code', 'subject'],
    systems: { code: PROCEDURE_CODES },
    targets: { subject: ['Patient'], requester: [...AUTHORS, 'Device'] },
    types: { 'occurrence[x]': ['Period', 'DateTime', 'Timing'] },
  },
];
