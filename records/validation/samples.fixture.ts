import { HL7, LOINC, OBSERVATION_CATEGORY, RACE_AND_ETHNICITY, RXNORM, SNOMED, UCUM } from './profiles/systems.ts';

/** Valid resources, one for each profile of our tables: small, with every element that the table speaks of as required, fixed or sliced. */
export interface Sample {
  readonly [element: string]: unknown;
  readonly resourceType: string;
}

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition';
const coded = (system: string, ...codes: string[]) => ({ coding: codes.map((code) => ({ system, code })) });
const snomed = (...codes: string[]) => coded(SNOMED, ...codes);
const loinc = (...codes: string[]) => coded(LOINC, ...codes);
const category = (...names: string[]) => names.map((name) => coded(OBSERVATION_CATEGORY, name));
const ucum = (value: number, code: string) => ({ value, unit: code, system: UCUM, code });
const subject = { reference: 'Patient/p' };
const NPI_IDENTIFIER = { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' };
const WHEN = '2026-03-04T10:00:00Z';

const observation = (rest: object) => ({ resourceType: 'Observation', status: 'final', subject, effectiveDateTime: WHEN, ...rest });
const vital = (codes: readonly string[], value: number, unit: string) =>
  observation({ category: category('vital-signs'), code: loinc(...codes), valueQuantity: ucum(value, unit) });
const blood = observation({
  category: category('vital-signs'),
  code: loinc('85354-9'),
  component: [
    { code: loinc('8480-6'), valueQuantity: ucum(128, 'mm[Hg]') },
    { code: loinc('8462-4'), valueQuantity: ucum(76, 'mm[Hg]') },
  ],
});
const condition = (where: string) => ({
  resourceType: 'Condition',
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: '2020-05-01' }],
  clinicalStatus: coded(`${HL7}/condition-clinical`, 'active'),
  verificationStatus: coded(`${HL7}/condition-ver-status`, 'confirmed'),
  category: [coded(`${HL7}/condition-category`, where)],
  code: snomed('44054006'),
  subject,
});
const medicationRequest = {
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: coded(RXNORM, '860975'),
  subject,
  requester: { reference: 'Practitioner/d' },
  reasonReference: [{ reference: 'Condition/c' }],
};
const procedure = {
  resourceType: 'Procedure',
  status: 'completed',
  code: snomed('73761001'),
  subject,
  performedPeriod: { start: '2026-03-04', end: '2026-03-05' },
  reasonReference: [{ reference: 'Condition/c' }],
};
const specimen = { resourceType: 'Specimen', type: snomed('119297000'), subject };
const report = (system: string, code: string) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  category: [coded(system, code)],
  code: loinc('58410-2'),
  subject,
  effectiveDateTime: WHEN,
  issued: WHEN,
});
const part = (url: string, value: object) => ({ url, ...value });
const patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:clinic', value: '1' }],
  name: [{ family: 'Doe', given: ['Jo'] }],
  telecom: [{ system: 'phone', value: '555-0100' }],
  gender: 'female',
  birthDate: '1950-02-03',
  extension: [
    {
      url: `${US_CORE}/us-core-race`,
      extension: [
        part('ombCategory', { valueCoding: { system: RACE_AND_ETHNICITY, code: '2106-3', display: 'White' } }),
        part('text', { valueString: 'White' }),
      ],
    },
    {
      url: `${US_CORE}/us-core-ethnicity`,
      extension: [
        part('ombCategory', { valueCoding: { system: RACE_AND_ETHNICITY, code: '2186-5', display: 'Not Hispanic or Latino' } }),
        part('text', { valueString: 'Not Hispanic or Latino' }),
      ],
    },
    { url: `${US_CORE}/us-core-birthsex`, valueCode: 'F' },
    { url: `${US_CORE}/us-core-sex`, valueCode: '248152002' },
    { url: `${US_CORE}/us-core-genderIdentity`, valueCodeableConcept: coded(`${HL7}/v3-NullFlavor`, 'ASKU') },
    {
      url: `${US_CORE}/us-core-tribal-affiliation`,
      extension: [
        part('tribalAffiliation', { valueCodeableConcept: coded(`${HL7}/v3-TribalEntityUS`, '187') }),
        part('isEnrolled', { valueBoolean: false }),
      ],
    },
  ],
};
const staged = (code: string, rest: object = {}) =>
  observation({
    category: category('exam'),
    code: snomed(code),
    method: snomed('897275008'),
    focus: [{ reference: 'Condition/c' }],
    valueCodeableConcept: snomed('1229967007'),
    ...rest,
  });
const variantPart = (code: string) => ({ code: loinc(code), valueCodeableConcept: { text: 'stated' } });

const US: Readonly<Record<string, Sample>> = {
  'us-core-patient': patient,
  'us-core-condition-problems-health-concerns': condition('problem-list-item'),
  'us-core-condition-encounter-diagnosis': condition('encounter-diagnosis'),
  'us-core-medicationrequest': medicationRequest,
  'us-core-procedure': procedure,
  'us-core-specimen': specimen,
  'us-core-allergyintolerance': {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: coded(`${HL7}/allergyintolerance-clinical`, 'active'),
    verificationStatus: coded(`${HL7}/allergyintolerance-verification`, 'confirmed'),
    code: snomed('91936005'),
    patient: subject,
  },
  'us-core-careplan': {
    resourceType: 'CarePlan',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Plan</div>' },
    status: 'active',
    intent: 'plan',
    category: [coded('http://hl7.org/fhir/us/core/CodeSystem/careplan-category', 'assess-plan')],
    subject,
  },
  'us-core-careteam': {
    resourceType: 'CareTeam',
    status: 'active',
    subject,
    participant: [{ role: [snomed('17561000')], member: { reference: 'Practitioner/d' } }],
  },
  'us-core-coverage': {
    resourceType: 'Coverage',
    status: 'active',
    subscriberId: '88',
    identifier: [{ type: coded(`${HL7}/v2-0203`, 'MB'), system: 'urn:payer', value: '88' }],
    beneficiary: subject,
    relationship: coded(`${HL7}/subscriber-relationship`, 'self'),
    payor: [{ reference: 'Organization/o' }],
    class: [
      { type: coded(`${HL7}/coverage-class`, 'group'), value: 'g' },
      { type: coded(`${HL7}/coverage-class`, 'plan'), value: 'p' },
    ],
  },
  'us-core-diagnosticreport-lab': report(`${HL7}/v2-0074`, 'LAB'),
  'us-core-diagnosticreport-note': report(LOINC, 'LP29684-5'),
  'us-core-documentreference': {
    resourceType: 'DocumentReference',
    status: 'current',
    type: loinc('11506-3'),
    category: [coded('http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', 'clinical-note')],
    subject,
    content: [{ attachment: { contentType: 'text/plain', data: 'Tm90ZQ==' } }],
    context: { encounter: [{ reference: 'Encounter/e' }] },
  },
  'us-core-encounter': {
    resourceType: 'Encounter',
    identifier: [{ system: 'urn:clinic:visit', value: '7' }],
    status: 'finished',
    class: { system: `${HL7}/v3-ActCode`, code: 'AMB' },
    type: [snomed('185345009')],
    subject,
    participant: [{ individual: { reference: 'Practitioner/d' } }],
  },
  'us-core-goal': {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: 'Walk daily' },
    subject,
    target: [{ dueDate: '2026-09-01' }],
  },
  'us-core-immunization': {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '140'),
    patient: subject,
    occurrenceDateTime: '2025-10-01',
  },
  'us-core-implantable-device': {
    resourceType: 'Device',
    udiCarrier: [{ deviceIdentifier: '00844588003288' }],
    type: snomed('72506001'),
    patient: subject,
  },
  'us-core-location': { resourceType: 'Location', name: 'Clinic' },
  'us-core-medication': { resourceType: 'Medication', code: coded(RXNORM, '860975') },
  'us-core-medicationdispense': {
    resourceType: 'MedicationDispense',
    status: 'completed',
    medicationCodeableConcept: coded(RXNORM, '860975'),
    subject,
    performer: [{ actor: { reference: 'Organization/o' } }],
    whenHandedOver: WHEN,
  },
  'us-core-organization': {
    resourceType: 'Organization',
    identifier: [
      NPI_IDENTIFIER,
      { system: 'urn:oid:2.16.840.1.113883.4.7', value: '12D4567890' },
      { system: 'urn:oid:2.16.840.1.113883.6.300', value: '12345' },
    ],
    active: true,
    name: 'Clinic',
    address: [{ line: ['1 Main St'] }],
  },
  'us-core-practitioner': {
    resourceType: 'Practitioner',
    identifier: [NPI_IDENTIFIER],
    name: [{ family: 'Roe' }],
    address: [{ line: ['1 Main St'] }],
  },
  'us-core-practitionerrole': {
    resourceType: 'PractitionerRole',
    practitioner: { reference: 'Practitioner/d' },
    telecom: [{ system: 'phone', value: '555-0101' }],
  },
  'us-core-provenance': {
    resourceType: 'Provenance',
    target: [{ reference: 'Observation/o' }],
    recorded: WHEN,
    agent: [
      { who: { reference: 'Practitioner/d' }, onBehalfOf: { reference: 'Organization/o' } },
      {
        type: coded('http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type', 'transmitter'),
        who: { reference: 'Organization/o' },
      },
    ],
  },
  'us-core-questionnaireresponse': {
    resourceType: 'QuestionnaireResponse',
    questionnaire: 'http://example.org/Questionnaire/q',
    status: 'completed',
    subject,
    authored: WHEN,
    item: [{ linkId: '1', answer: [{ valueBoolean: true }] }],
  },
  'us-core-relatedperson': { resourceType: 'RelatedPerson', active: true, patient: subject, name: [{ family: 'Doe' }] },
  'us-core-servicerequest': {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    code: snomed('73761001'),
    subject,
    occurrenceDateTime: '2026-05-01',
  },
  'us-core-observation-clinical-result': observation({
    category: category('imaging'),
    code: loinc('10230-1'),
    valueQuantity: ucum(55, '%'),
  }),
  'us-core-observation-lab': observation({ category: category('laboratory'), code: loinc('4548-4'), valueQuantity: ucum(7, '%') }),
  'us-core-simple-observation': observation({ category: category('social-history'), code: loinc('82589-3'), valueString: 'college' }),
  'us-core-observation-screening-assessment': observation({
    category: [...category('survey'), coded('http://hl7.org/fhir/us/core/CodeSystem/us-core-category', 'sdoh')],
    code: loinc('71802-3'),
    valueCodeableConcept: loinc('LA30190-5'),
  }),
  'us-core-smokingstatus': observation({
    category: category('social-history'),
    code: loinc('72166-2'),
    valueCodeableConcept: snomed('8517006'),
  }),
  'us-core-observation-occupation': observation({
    category: category('social-history'),
    code: loinc('11341-5'),
    valueCodeableConcept: { text: 'nurse' },
    component: [{ code: loinc('86188-0'), valueCodeableConcept: { text: 'hospital' } }],
  }),
  'us-core-observation-pregnancystatus': observation({
    category: category('social-history'),
    code: loinc('82810-3'),
    valueCodeableConcept: snomed('77386006'),
  }),
  'us-core-observation-pregnancyintent': observation({
    category: category('social-history'),
    code: loinc('86645-9'),
    valueCodeableConcept: snomed('454381000124105'),
  }),
  'us-core-observation-sexual-orientation': observation({ code: loinc('76690-7'), valueCodeableConcept: snomed('38628009') }),
  'us-core-vital-signs': vital(['8867-4'], 70, '/min'),
  'us-core-blood-pressure': blood,
  'us-core-body-weight': vital(['29463-7'], 70, 'kg'),
  'us-core-body-height': vital(['8302-2'], 170, 'cm'),
  'us-core-bmi': vital(['39156-5'], 24, 'kg/m2'),
  'us-core-body-temperature': vital(['8310-5'], 37, 'Cel'),
  'us-core-heart-rate': vital(['8867-4'], 70, '/min'),
  'us-core-respiratory-rate': vital(['9279-1'], 14, '/min'),
  'us-core-head-circumference': vital(['9843-4'], 40, 'cm'),
  'head-occipital-frontal-circumference-percentile': vital(['8289-1'], 50, '%'),
  'pediatric-bmi-for-age': vital(['59576-9'], 50, '%'),
  'pediatric-weight-for-height': vital(['77606-2'], 50, '%'),
  'us-core-pulse-oximetry': {
    ...vital(['59408-5', '2708-6'], 95, '%'),
    component: [
      { code: loinc('3151-8'), valueQuantity: ucum(2, 'L/min') },
      { code: loinc('3150-0'), valueQuantity: ucum(28, '%') },
    ],
  },
};

const CANCER: Readonly<Record<string, Sample>> = {
  'mcode-cancer-patient': patient,
  'mcode-primary-cancer-condition': {
    ...condition('problem-list-item'),
    code: snomed('254837009'),
    extension: [{ url: `${MCODE}/mcode-histology-morphology-behavior`, valueCodeableConcept: snomed('82711006') }],
    bodySite: [
      { ...snomed('76752008'), extension: [{ url: `${MCODE}/mcode-laterality-qualifier`, valueCodeableConcept: snomed('7771000') }] },
    ],
    stage: [{ assessment: [{ reference: 'Observation/stage' }] }],
  },
  'mcode-secondary-cancer-condition': { ...condition('problem-list-item'), code: snomed('94222008') },
  'mcode-cancer-stage': staged('385349001', { component: [{ code: snomed('371469007'), valueCodeableConcept: { text: 'G2' } }] }),
  'mcode-tnm-stage-group': staged('399537006'),
  'mcode-tnm-primary-tumor-category': staged('399504009'),
  'mcode-tnm-regional-nodes-category': staged('399534004'),
  'mcode-tnm-distant-metastases-category': staged('399387003'),
  'mcode-tumor-marker-test': observation({
    category: category('laboratory'),
    code: loinc('85337-4'),
    valueCodeableConcept: snomed('10828004'),
  }),
  'mcode-human-specimen': specimen,
  'mcode-cancer-related-medication-request': medicationRequest,
  'mcode-cancer-related-surgical-procedure': procedure,
  'mcode-radiotherapy-course-summary': {
    ...procedure,
    code: snomed('1217123003'),
    extension: [
      { url: `${MCODE}/mcode-procedure-intent`, valueCodeableConcept: snomed('373808002') },
      { url: `${MCODE}/mcode-radiotherapy-sessions`, valueUnsignedInt: 16 },
      {
        url: `${MCODE}/mcode-radiotherapy-modality-and-technique`,
        extension: [
          { url: `${MCODE}/mcode-radiotherapy-modality`, valueCodeableConcept: snomed('1156506007') },
          { url: `${MCODE}/mcode-radiotherapy-technique`, valueCodeableConcept: snomed('441799006') },
        ],
      },
      {
        url: `${MCODE}/mcode-radiotherapy-dose-delivered-to-volume`,
        extension: [
          part('volume', { valueReference: { reference: 'BodyStructure/b' } }),
          part('totalDoseDelivered', { valueQuantity: ucum(4256, 'cGy') }),
          part('fractionsDelivered', { valueUnsignedInt: 16 }),
        ],
      },
    ],
  },
  'mcode-radiotherapy-volume': { resourceType: 'BodyStructure', patient: subject, description: 'left breast' },
  'mcode-ecog-performance-status': observation({ category: category('exam'), code: loinc('89247-1'), valueInteger: 1 }),
  'mcode-karnofsky-performance-status': observation({ category: category('exam'), code: loinc('89243-0'), valueInteger: 90 }),
  'mcode-cancer-disease-status': observation({ code: loinc('97509-4'), valueCodeableConcept: snomed('268910001') }),
  'mcode-tumor-size': observation({
    code: loinc('21889-1'),
    specimen: { reference: 'Specimen/s' },
    component: [{ code: loinc('33728-7'), valueQuantity: ucum(2.1, 'cm') }],
  }),
  'mcode-genomic-variant': observation({
    category: [...category('laboratory'), coded(`${HL7}/v2-0074`, 'GE')],
    code: loinc('69548-6'),
    valueCodeableConcept: loinc('LA9633-4'),
    component: [
      ...['48018-6', '48004-6', '48002-0', '53034-5', '81252-9'].map(variantPart),
      { code: loinc('81258-6'), valueQuantity: ucum(0.42, '1') },
    ],
  }),
};

/** By profile; each names it. */
export const SAMPLES: ReadonlyMap<string, Sample> = new Map(
  [
    ...Object.entries(US).map(([name, sample]) => [`${US_CORE}/${name}`, sample] as const),
    ...Object.entries(CANCER).map(([name, sample]) => [`${MCODE}/${name}`, sample] as const),
    ['http://hl7.org/fhir/StructureDefinition/bp', blood] as const,
  ].map(([url, sample]) => [url, { ...sample, id: 'x', meta: { profile: [url] } }]),
);
