import { createTerminology, loadConcepts } from '../../language/terminology.ts';
import { buildChart } from '../chart/chart.ts';
import type { Chart, FhirResource } from '../contract.ts';

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const CVX = 'http://hl7.org/fhir/sid/cvx';
const subject = { reference: 'Patient/ada' };

export const NOW = '2024-06-15T09:00:00Z';

let count = 0;
const id = (prefix: string): string => `${prefix}${++count}`;

const lab = (code: string, display: string, date: string, value: number, unit: string, extra: object = {}): FhirResource => ({
  resourceType: 'Observation',
  id: id('o'),
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { coding: [{ system: LOINC, code, display }], text: display },
  subject,
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  ...extra,
});
const vital = (code: string, display: string, date: string, value: number, unit: string, visit?: string): FhirResource => ({
  ...lab(code, display, date, value, unit),
  category: [{ coding: [{ code: 'vital-signs' }] }],
  ...(visit ? { encounter: { reference: `Encounter/${visit}` } } : {}),
});
const pressure = (date: string, systolic: number, diastolic: number): FhirResource => ({
  resourceType: 'Observation',
  id: id('o'),
  status: 'final',
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { coding: [{ system: LOINC, code: '85354-9', display: 'Blood pressure panel' }], text: 'Blood pressure' },
  subject,
  effectiveDateTime: date,
  component: [
    {
      code: { coding: [{ system: LOINC, code: '8480-6', display: 'Systolic blood pressure' }] },
      valueQuantity: { value: systolic, unit: 'mm[Hg]', code: 'mm[Hg]' },
    },
    {
      code: { coding: [{ system: LOINC, code: '8462-4', display: 'Diastolic blood pressure' }] },
      valueQuantity: { value: diastolic, unit: 'mm[Hg]', code: 'mm[Hg]' },
    },
  ],
});
const problem = (
  code: string,
  display: string,
  onset: string,
  clinical: string,
  end?: string,
  verification = 'confirmed',
): FhirResource => ({
  resourceType: 'Condition',
  id: id('c'),
  clinicalStatus: { coding: [{ code: clinical }] },
  verificationStatus: { coding: [{ code: verification }] },
  code: { coding: [{ system: SNOMED, code, display }], text: display },
  subject,
  onsetDateTime: onset,
  ...(end ? { abatementDateTime: end } : {}),
});
const drug = (code: string, display: string, date: string, status: string, extra: object = {}): FhirResource => ({
  resourceType: 'MedicationRequest',
  id: id('m'),
  status,
  intent: 'order',
  medicationCodeableConcept: { coding: [{ system: RXNORM, code, display }], text: display },
  subject,
  authoredOn: date,
  ...extra,
});
const visit = (key: string, cls: string, type: string, start: string, end: string, reason?: string): FhirResource => ({
  resourceType: 'Encounter',
  id: key,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: cls },
  type: [{ text: type }],
  subject,
  period: { start, end },
  participant: [{ individual: { display: 'Dr. Noor Haddad' } }],
  serviceProvider: { display: 'Harbour Clinic' },
  ...(reason ? { reasonCode: [{ text: reason }] } : {}),
});

/** A small record with something of every kind, made by hand. */
export const RESOURCES: readonly FhirResource[] = [
  {
    resourceType: 'Patient',
    id: 'ada',
    name: [{ given: ['Ada', 'Ruth'], family: 'Moreno' }],
    gender: 'female',
    birthDate: '1958-03-02',
    maritalStatus: { text: 'Married' },
    communication: [{ language: { text: 'Spanish' } }],
    address: [{ line: ['4 Pier Road'], city: 'Ashby' }],
    telecom: [{ system: 'phone', value: '555-0101' }],
  },
  lab('4548-4', 'Hemoglobin A1c', '2020-02-10', 8.1, '%'),
  lab('4548-4', 'Hemoglobin A1c', '2021-03-01', 7.4, '%'),
  lab('4548-4', 'Hemoglobin A1c', '2022-04-05', 6.9, '%'),
  lab('4548-4', 'Hemoglobin A1c', '2024-01-20', 6.5, '%', {
    referenceRange: [{ low: { value: 4, unit: '%', code: '%' }, high: { value: 5.6, unit: '%', code: '%' } }],
  }),
  lab('2823-3', 'Potassium', '2022-04-05', 4.9, 'mmol/L', { referenceRange: [{ low: { value: 3.5 }, high: { value: 5.1 } }] }),
  lab('2823-3', 'Potassium', '2024-01-20', 5.4, 'mmol/L', { referenceRange: [{ low: { value: 3.5 }, high: { value: 5.1 } }] }),
  lab('2951-2', 'Sodium', '2024-01-20', 139, 'mmol/L'),
  lab('2160-0', 'Creatinine', '2022-04-05', 0.9, 'mg/dL'),
  lab('2160-0', 'Creatinine', '2024-01-20', 1.2, 'mg/dL'),
  lab('3094-0', 'Urea nitrogen', '2024-01-20', 18, 'mg/dL'),
  lab('18262-6', 'LDL cholesterol', '2018-05-02', 171, 'mg/dL'),
  lab('18262-6', 'LDL cholesterol', '2021-03-01', 118, 'mg/dL'),
  lab('18262-6', 'LDL cholesterol', '2023-03-01', 96, 'mg/dL'),
  lab('2085-9', 'HDL cholesterol', '2023-03-01', 48, 'mg/dL'),
  lab('718-7', 'Hemoglobin', '2024-01-20', 11.2, 'g/dL', { interpretation: [{ coding: [{ code: 'L' }] }] }),
  vital('29463-7', 'Body weight', '2017-06-01', 88, 'kg'),
  vital('29463-7', 'Body weight', '2021-03-01', 84, 'kg'),
  vital('29463-7', 'Body weight', '2024-01-20', 79.5, 'kg', 'v4'),
  pressure('2021-03-01', 148, 92),
  pressure('2024-01-20', 128, 82),
  {
    resourceType: 'Observation',
    id: 'smoke',
    status: 'final',
    category: [{ coding: [{ code: 'social-history' }] }],
    code: { coding: [{ system: LOINC, code: '72166-2', display: 'Tobacco smoking status' }] },
    subject,
    effectiveDateTime: '2024-01-20',
    valueCodeableConcept: { text: 'Former smoker' },
  },
  problem('44054006', 'Type 2 diabetes mellitus', '2019-11-04', 'active'),
  problem('38341003', 'Hypertension', '2015-02-01', 'active'),
  problem('36971009', 'Sinusitis', '2018-01-10', 'resolved', '2018-01-24'),
  problem('363406005', 'Malignant neoplasm of colon', '2021-05-01', 'active', undefined, 'refuted'),
  problem('263225007', 'Fracture of hip', '2022-07-01', 'resolved', '2022-12-01'),
  drug('860975', 'Metformin 500 MG Oral Tablet', '2019-11-04', 'active', {
    reasonCode: [{ text: 'Type 2 diabetes mellitus', coding: [{ system: SNOMED, code: '44054006' }] }],
    requester: { display: 'Dr. Noor Haddad' },
    dosageInstruction: [{ text: '500 mg by mouth twice daily' }],
  }),
  drug('314077', 'Lisinopril 20 MG Oral Tablet', '2020-01-15', 'active', { requester: { display: 'Dr. Omar Reyes' } }),
  drug('312961', 'Simvastatin 20 MG Oral Tablet', '2019-03-01', 'stopped', { statusReason: { text: 'Muscle pain' } }),
  drug('308416', 'Aspirin 81 MG Oral Tablet', '2016-01-01', 'completed'),
  {
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: RXNORM, code: '7980', display: 'Penicillin G' }], text: 'Penicillin G' },
    patient: subject,
    reaction: [{ manifestation: [{ text: 'Hives' }], severity: 'moderate' }],
    recordedDate: '2001-05-05',
  },
  {
    resourceType: 'Immunization',
    id: 'i1',
    status: 'completed',
    vaccineCode: { coding: [{ system: CVX, code: '140', display: 'Influenza, seasonal' }] },
    patient: subject,
    occurrenceDateTime: '2022-10-03',
  },
  {
    resourceType: 'Immunization',
    id: 'i2',
    status: 'completed',
    vaccineCode: { coding: [{ system: CVX, code: '140', display: 'Influenza, seasonal' }] },
    patient: subject,
    occurrenceDateTime: '2023-10-11',
  },
  {
    resourceType: 'Immunization',
    id: 'i3',
    status: 'not-done',
    vaccineCode: { coding: [{ system: CVX, code: '187', display: 'zoster recombinant' }] },
    patient: subject,
    occurrenceDateTime: '2023-10-11',
    statusReason: { text: 'Patient declined' },
  },
  {
    resourceType: 'Procedure',
    id: 'p1',
    status: 'completed',
    code: { coding: [{ system: SNOMED, code: '73761001', display: 'Colonoscopy' }] },
    subject,
    performedDateTime: '2019-09-09',
  },
  visit('v1', 'AMB', 'General examination of patient', '2021-03-01T09:00:00Z', '2021-03-01T09:30:00Z', 'Cough'),
  visit('v2', 'EMER', 'Emergency room admission', '2022-07-01T02:00:00Z', '2022-07-01T08:00:00Z', 'Fall'),
  visit('v3', 'IMP', 'Inpatient stay', '2022-07-01T08:00:00Z', '2022-07-09T10:00:00Z', 'Fracture of hip'),
  visit('v4', 'AMB', 'Follow-up visit', '2024-01-20T10:00:00Z', '2024-01-20T10:20:00Z', 'Diabetes follow-up'),
  {
    resourceType: 'Appointment',
    id: 'ap1',
    status: 'booked',
    description: 'Eye examination',
    start: '2024-07-02T08:00:00Z',
    participant: [{ actor: subject, status: 'accepted' }],
  },
];

export function fixtureChart(resources: readonly FhirResource[] = RESOURCES): Chart {
  return buildChart(resources, { patientId: 'ada', asOf: NOW, terminology: createTerminology(loadConcepts()) });
}
