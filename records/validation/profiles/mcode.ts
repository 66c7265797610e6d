/**
 * Profiles of mCODE 4.0.0 (HL7, CC0-1.0; github.com/HL7/fhir-mCODE-ig, 2025-01; hl7.org/fhir/us/mcode/STU4), restated, with the variant of
 * Genomics Reporting (github.com/HL7/genomics-reporting) that the genomic profile stands on. They stand on US Core 6.1.0.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Invariant, ProfileTable } from '../rules.ts';
import { HL7, ICD10CM, LOINC, OBSERVATION_CATEGORY, SNOMED, tokens, UCUM } from './systems.ts';
import { MEDICATION_REQUEST, PROBLEM, PROCEDURE, SPECIMEN, US_CORE_PROFILES } from './us-core.ts';
import { CLINICAL_RESULT, LABORATORY, SIMPLE } from './us-core-observations.ts';

const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition';
/** SNOMED CT codes for why a treatment ended before its time. */
const TERMINATIONS = new Set(
  '182992009 266721009 407563006 160932005 105480006 184081006 309846006 399307001 419620001 7058009 443729008 77386006'.split(' '),
);
const REASON: Invariant = {
  key: 'mcode-reason-required',
  says: 'a treatment should name its reason',
  severity: 'warning',
  fhirPath: 'reasonCode.exists() or reasonReference.exists()',
};
function statusReason(resource: Resource) {
  const reason = 'statusReason' in resource && !Array.isArray(resource.statusReason) ? resource.statusReason : undefined;
  const codes = typeof reason === 'object' ? (reason.coding ?? []) : [];
  return { codes, listed: codes.some(({ system, code }) => system === SNOMED && TERMINATIONS.has(code ?? '')) };
}
const TERMINATION: readonly Invariant[] = [
  {
    key: 'termination-reason-invariant',
    says: 'a reason for ending the treatment goes with the status stopped',
    holds: (resource) => !statusReason(resource).listed || ('status' in resource && resource.status === 'stopped'),
  },
  {
    key: 'termination-reason-code-invariant',
    says: 'a coded reason for stopping is one of the listed reasons',
    holds: (resource) => {
      const { codes, listed } = statusReason(resource);
      return !('status' in resource && resource.status === 'stopped') || codes.length === 0 || listed;
    },
  },
];
/** Radiotherapy techniques (SNOMED CT) that go with each modality. */
const TECHNIQUES: Readonly<Record<string, string>> = {
  '1156506007': '441799006 1156530009 1162782007 1156526006 168524008 1163157007',
  '45643008': '1162782007 1156526006 168524008 1163157007',
  '80347004': '169317000 1162782007',
  '1156505006': '1156529004 1156528007 1204242009',
  '10611004': '1156529004 1156528007 1204242009 1163157007',
  '169359004': '113120007',
  '1156708005': '384692006 113120007 14473006',
  '1156384006': '384692006 113120007',
  '394902000': '384692006 1156382005 113120007 1156383000 384691004 168524008 14473006',
  '438629002': '384692006 1156382005 113120007 384691004 168524008 14473006',
  '440252007': '16560241000119104 1156383000 384692006 113120007',
};
const MODALITY_AND_TECHNIQUE: Invariant = {
  key: 'mcode-techniques-for-modality',
  says: 'the modality is given with a technique that goes with it',
  holds: (resource) =>
    resource.resourceType !== 'Procedure' ||
    (resource.extension ?? [])
      .filter(({ url }) => url === `${MCODE}/mcode-radiotherapy-modality-and-technique`)
      .every(({ extension = [] }) => {
        const codes = (name: string) =>
          extension
            .filter(({ url }) => url === `${MCODE}/mcode-radiotherapy-${name}`)
            .flatMap(({ valueCodeableConcept }) => (valueCodeableConcept?.coding ?? []).map(({ code = '' }) => code));
        const techniques = codes('technique');
        return codes('modality').every((modality) => {
          const allowed = TECHNIQUES[modality]?.split(' ');
          return allowed === undefined || techniques.some((technique) => technique === 'UNC' || allowed.includes(technique));
        });
      }),
};
const PRIMARY_CANCER: ProfileTable = {
  url: `${MCODE}/mcode-primary-cancer-condition`,
  type: 'Condition',
  parent: PROBLEM,
  systems: { code: [SNOMED, ICD10CM] },
  targets: { 'stage.assessment': ['Observation'] },
};
const STAGED = { subject: ['Patient'], focus: ['Condition'] };
const STAGE: ProfileTable = {
  url: `${MCODE}/mcode-cancer-stage`,
  type: 'Observation',
  parent: SIMPLE,
  types: { 'value[x]': ['CodeableConcept'], 'component.value[x]': ['CodeableConcept'] },
  targets: STAGED,
};
const TNM_METHODS = [SNOMED, 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl'];
function tnmCategory(name: string, snomed: string, loinc: string): ProfileTable {
  return {
    url: `${MCODE}/mcode-tnm-${name}-category`,
    type: 'Observation',
    parent: SIMPLE,
    required: ['method'],
    types: { 'value[x]': ['CodeableConcept'] },
    codes: { code: [...tokens(SNOMED, snomed), ...tokens(LOINC, loinc)] },
    systems: { method: TNM_METHODS },
    targets: STAGED,
  };
}

export const MCODE_PROFILES: readonly ProfileTable[] = [
  {
    url: `${MCODE}/mcode-cancer-patient`,
    type: 'Patient',
    parent: US_CORE_PROFILES.find(({ type }) => type === 'Patient') as ProfileTable,
  },
  PRIMARY_CANCER,
  {
    url: `${MCODE}/mcode-secondary-cancer-condition`,
    type: 'Condition',
    parent: PROBLEM,
    systems: { code: [SNOMED, ICD10CM] },
  },
  STAGE,
  {
    url: `${MCODE}/mcode-tnm-stage-group`,
    type: 'Observation',
    parent: STAGE,
    required: ['method', 'focus'],
    atMost: { focus: 1 },
    codes: { code: [...tokens(SNOMED, '399390009 399537006 399588009'), ...tokens(LOINC, '21908-9 21902-2 21914-7')] },
    systems: { method: TNM_METHODS },
    targets: { hasMember: ['Observation', 'QuestionnaireResponse', 'MolecularSequence'] },
  },
  tnmCategory('primary-tumor', '78873005 399504009 384625004', '21905-5 21899-0 21911-3'),
  tnmCategory('regional-nodes', '277206009 399534004 371494008', '21906-3 21900-6 21912-1'),
  tnmCategory('distant-metastases', '277208005 399387003 371497001', '21907-1 21901-4 21913-9'),
  {
    url: `${MCODE}/mcode-tumor-marker-test`,
    type: 'Observation',
    parent: LABORATORY,
    required: ['value[x]'],
    types: { 'value[x]': ['Quantity', 'Ratio', 'String', 'CodeableConcept'], 'effective[x]': ['DateTime', 'Period'] },
    targets: { subject: ['Patient'], specimen: ['Specimen'] },
  },
  { url: `${MCODE}/mcode-human-specimen`, type: 'Specimen', parent: SPECIMEN },
  {
    url: `${MCODE}/mcode-cancer-related-medication-request`,
    type: 'MedicationRequest',
    parent: MEDICATION_REQUEST,
    targets: { requester: ['Practitioner', 'Organization', 'Patient'], reasonReference: ['Condition'] },
    invariants: [REASON, ...TERMINATION],
  },
  {
    url: `${MCODE}/mcode-cancer-related-surgical-procedure`,
    type: 'Procedure',
    parent: PROCEDURE,
    targets: { reasonReference: ['Condition'] },
    invariants: [REASON],
  },
  {
    url: `${MCODE}/mcode-radiotherapy-course-summary`,
    type: 'Procedure',
    parent: PROCEDURE,
    fixed: { code: `${SNOMED}|1217123003` },
    types: { 'performed[x]': ['Period'] },
    targets: { reasonReference: ['Condition'] },
    slices: [
      { at: 'extension', name: 'treatmentIntent', is: ['url', `${MCODE}/mcode-procedure-intent`], max: 1 },
      { at: 'extension', name: 'actualNumberOfSessions', is: ['url', `${MCODE}/mcode-radiotherapy-sessions`], max: 1 },
    ],
    invariants: [REASON, ...TERMINATION, MODALITY_AND_TECHNIQUE],
  },
  {
    url: `${MCODE}/mcode-radiotherapy-volume`,
    type: 'BodyStructure',
    required: ['patient'],
    targets: { patient: ['Patient'] },
    invariants: [
      {
        key: 'mcode-description-or-id-required',
        says: 'a volume has a description or an identifier',
        fhirPath: 'description.exists() or identifier.exists()',
      },
    ],
  },
  {
    url: `${MCODE}/mcode-ecog-performance-status`,
    type: 'Observation',
    parent: CLINICAL_RESULT,
    fixed: { code: `${LOINC}|89247-1` },
    types: { 'value[x]': ['Integer'], 'effective[x]': ['DateTime', 'Period'] },
    targets: { basedOn: ['ServiceRequest', 'CarePlan'], partOf: ['Procedure'] },
  },
  {
    url: `${MCODE}/mcode-karnofsky-performance-status`,
    type: 'Observation',
    parent: CLINICAL_RESULT,
    fixed: { code: `${LOINC}|89243-0` },
    types: { 'value[x]': ['Integer'], 'effective[x]': ['DateTime', 'Period'] },
  },
  {
    url: `${MCODE}/mcode-cancer-disease-status`,
    type: 'Observation',
    required: ['subject'],
    fixed: { code: `${LOINC}|97509-4` },
    types: { 'value[x]': ['CodeableConcept'], 'effective[x]': ['DateTime'] },
    targets: { subject: ['Patient'], performer: ['Practitioner'] },
  },
  {
    url: `${MCODE}/mcode-tumor-size`,
    type: 'Observation',
    required: ['subject'],
    fixed: { code: `${LOINC}|21889-1` },
    slices: [
      {
        at: 'component',
        name: 'tumorLongestDimension',
        on: 'code',
        among: tokens(LOINC, '33728-7'),
        min: 1,
        max: 1,
        types: { 'value[x]': ['Quantity'] },
      },
    ],
    invariants: [
      {
        key: 'must-have-focus-or-specimen-invariant',
        says: 'either a focus or a specimen is named, not both',
        fhirPath: 'focus.exists() xor specimen.exists()',
      },
    ],
  },
  {
    url: `${MCODE}/mcode-genomic-variant`,
    type: 'Observation',
    required: ['status', 'category', 'code', 'subject'],
    fixed: { code: `${LOINC}|69548-6` },
    types: { 'value[x]': ['CodeableConcept'] },
    codes: { valueCodeableConcept: tokens(LOINC, 'LA9633-4 LA9634-2 LA18198-4 LA11884-6') },
    slices: [
      { at: 'category', name: 'labCategory', among: tokens(OBSERVATION_CATEGORY, 'laboratory'), min: 1, max: 1 },
      { at: 'category', name: 'geCategory', among: [`${HL7}/v2-0074|GE`], min: 1, max: 1 },
      ...['48018-6', '48004-6', '48002-0', '53034-5', '81252-9'].map((code) => ({
        at: 'component',
        name: code,
        on: 'code',
        among: tokens(LOINC, code),
        required: ['value[x]'],
        types: { 'value[x]': ['CodeableConcept'] },
        ...(code === '48018-6' || code === '81252-9' ? {} : { max: 1 }),
      })),
      {
        at: 'component',
        name: 'sample-allelic-frequency',
        on: 'code',
        among: tokens(LOINC, '81258-6'),
        max: 1,
        types: { 'value[x]': ['Quantity'] },
        fixed: { 'valueQuantity.system': UCUM },
      },
    ],
    targets: { subject: ['Patient'], specimen: ['Specimen'] },
  },
];
