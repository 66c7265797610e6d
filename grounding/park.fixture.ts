/** A made-up patient with every kind of entry that the checker reads, for tests. */
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { Chart, FhirResource } from '../records/contract.ts';

const LOINC = 'http://loinc.org';
const SCT = 'http://snomed.info/sct';
const RX = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const subject = { reference: 'Patient/p1' };
export const code = (system: string, value: string, display: string) => ({ coding: [{ system, code: value, display }], text: display });

let next = 0;
const id = (prefix: string): string => {
  next += 1;
  return `${prefix}${next}`;
};

interface Lab {
  readonly loinc: string;
  readonly name: string;
  readonly unit: string;
  readonly ucum: string;
  readonly values: readonly (readonly [string, number])[];
  readonly range?: readonly [number, number];
  readonly category?: string;
}

export const lab = ({ loinc, name, unit, ucum, values, range, category = 'laboratory' }: Lab): FhirResource[] =>
  values.map(([date, value]) => ({
    resourceType: 'Observation',
    id: id('o'),
    status: 'final',
    subject,
    category: [{ coding: [{ code: category }] }],
    code: code(LOINC, loinc, name),
    effectiveDateTime: date,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: ucum },
    ...(range ? { referenceRange: [{ low: { value: range[0], unit }, high: { value: range[1], unit } }] } : {}),
  }));

export const bp = (date: string, systolic: number, diastolic: number): FhirResource => ({
  resourceType: 'Observation',
  id: id('bp'),
  status: 'final',
  subject,
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: code(LOINC, '85354-9', 'Blood pressure panel'),
  effectiveDateTime: date,
  component: [
    { code: code(LOINC, '8480-6', 'Systolic blood pressure'), valueQuantity: { value: systolic, unit: 'mmHg', code: 'mm[Hg]' } },
    { code: code(LOINC, '8462-4', 'Diastolic blood pressure'), valueQuantity: { value: diastolic, unit: 'mmHg', code: 'mm[Hg]' } },
  ],
});

export const problem = (sct: string, name: string, onset: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Condition',
  id: id('c'),
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: code(SCT, sct, name),
  onsetDateTime: onset,
  ...more,
});

export const medication = (rx: string, name: string, date: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'MedicationRequest',
  id: id('m'),
  subject,
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: code(RX, rx, name),
  authoredOn: date,
  ...more,
});

export const dosage = (
  value: number,
  unit: string,
  frequency: number,
  period = 1,
  periodUnit = 'd',
  more: Record<string, unknown> = {},
) => ({
  dosageInstruction: [
    {
      timing: { repeat: { frequency, period, periodUnit } },
      route: { text: 'oral' },
      doseAndRate: [{ doseQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } }],
      ...more,
    },
  ],
});

export function fixtureResources(): readonly FhirResource[] {
  next = 0;
  const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } };
  return [
    {
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: 'Park', given: ['Jane', 'Anne'] }],
      gender: 'female',
      birthDate: '1961-05-14',
      maritalStatus: { text: 'Married' },
      address: [{ city: 'Springfield', state: 'MA' }],
    },
    ...lab({
      loinc: '4548-4',
      name: 'Hemoglobin A1c',
      unit: '%',
      ucum: '%',
      values: [
        ['2018-03-10', 7.4],
        ['2019-06-02', 7.0],
        ['2020-03-12', 6.5],
      ],
      range: [4, 5.6],
    }),
    ...lab({
      loinc: '2160-0',
      name: 'Creatinine',
      unit: 'mg/dL',
      ucum: 'mg/dL',
      values: [
        ['2018-03-10', 0.9],
        ['2019-06-02', 1.1],
        ['2020-03-12', 1.4],
      ],
      range: [0.5, 1.1],
    }),
    ...lab({
      loinc: '2823-3',
      name: 'Potassium',
      unit: 'mmol/L',
      ucum: 'mmol/L',
      values: [
        ['2019-06-02', 4.1],
        ['2020-03-12', 5.1],
      ],
      range: [3.5, 5.0],
    }),
    ...lab({
      loinc: '13457-7',
      name: 'LDL Cholesterol',
      unit: 'mg/dL',
      ucum: 'mg/dL',
      values: [
        ['2018-03-10', 162],
        ['2019-06-02', 130],
        ['2020-03-12', 98],
      ],
    }),
    ...lab({
      loinc: '29463-7',
      name: 'Body weight',
      unit: 'kg',
      ucum: 'kg',
      values: [
        ['2018-03-10', 84.2],
        ['2019-06-02', 82.6],
        ['2020-03-12', 79.3],
      ],
      category: 'vital-signs',
    }),
    bp('2019-06-02', 146, 92),
    bp('2020-03-12', 128, 82),
    problem('44054006', 'Type 2 diabetes mellitus', '2012-09-01'),
    problem('38341003', 'Hypertension', '2004-02-11'),
    problem('444814009', 'Viral sinusitis', '2016-11-03', { ...resolved, abatementDateTime: '2016-11-24' }),
    problem('239873007', 'Osteoarthritis of left knee', '2015-04-20', {
      bodySite: [code(SCT, '82169009', 'Left knee')],
      severity: { text: 'Moderate' },
    }),
    problem('13645005', 'Chronic obstructive pulmonary disease', '2019-01-01', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
    medication('861007', 'metformin hydrochloride 500 MG Oral Tablet', '2012-10-01', {
      ...dosage(500, 'mg', 2),
      reasonCode: [code(SCT, '44054006', 'Type 2 diabetes mellitus')],
      requester: { display: 'Dr. Amy Chen' },
    }),
    medication('314076', 'lisinopril 10 MG Oral Tablet', '2014-02-03', {
      ...dosage(10, 'mg', 1),
      reasonCode: [code(SCT, '38341003', 'Hypertension')],
    }),
    medication('197361', 'amlodipine 5 MG Oral Tablet', '2010-01-20', { status: 'stopped', ...dosage(5, 'mg', 1) }),
    medication('313782', 'acetaminophen 325 MG Oral Tablet', '2019-08-01', { ...dosage(650, 'mg', 1, 6, 'h', { asNeededBoolean: true }) }),
    {
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      patient: subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: code(RX, '7980', 'Penicillin'),
      type: 'allergy',
      criticality: 'high',
      recordedDate: '2001-07-07',
      reaction: [{ manifestation: [{ text: 'Hives' }] }],
    },
    {
      resourceType: 'Immunization',
      id: 'i1',
      patient: subject,
      status: 'completed',
      vaccineCode: code('http://hl7.org/fhir/sid/cvx', '140', 'Influenza, seasonal, injectable, preservative free'),
      occurrenceDateTime: '2019-10-15',
    },
    {
      resourceType: 'Procedure',
      id: 'pr1',
      subject,
      status: 'completed',
      code: code(SCT, '73761001', 'Colonoscopy'),
      performedDateTime: '2017-05-09',
      reasonCode: [{ text: 'Rectal bleeding' }],
    },
    {
      resourceType: 'Encounter',
      id: 'e1',
      subject,
      status: 'finished',
      class: { code: 'AMB' },
      type: [code(SCT, '185349003', 'Encounter for check up')],
      period: { start: '2020-03-12T09:00:00Z', end: '2020-03-12T09:30:00Z' },
      reasonCode: [code(SCT, '44054006', 'Type 2 diabetes mellitus')],
      participant: [{ individual: { display: 'Dr. Amy Chen' } }],
    },
    {
      resourceType: 'Encounter',
      id: 'e2',
      subject,
      status: 'finished',
      class: { code: 'EMER' },
      type: [code(SCT, '50849002', 'Emergency room admission')],
      period: { start: '2018-12-24T20:00:00Z', end: '2018-12-25T02:00:00Z' },
      reasonCode: [{ text: 'Chest pain' }],
    },
    {
      resourceType: 'FamilyMemberHistory',
      id: 'f1',
      patient: subject,
      status: 'completed',
      relationship: { text: 'mother' },
      condition: [{ code: code(SCT, '254837009', 'Breast cancer') }],
    },
    {
      resourceType: 'Observation',
      id: 's1',
      subject,
      status: 'final',
      category: [{ coding: [{ code: 'social-history' }] }],
      code: code(LOINC, '72166-2', 'Tobacco smoking status'),
      effectiveDateTime: '2020-03-12',
      valueCodeableConcept: code(SCT, '8517006', 'Former smoker'),
    },
    {
      resourceType: 'Appointment',
      id: 'ap1',
      status: 'booked',
      start: '2020-09-01T10:00:00Z',
      description: 'Diabetes review',
      participant: [{ actor: subject, status: 'accepted' }],
    },
  ];
}

/** The chart as of 1 July 2020. */
export function fixtureChart(): Chart {
  return buildChart(fixtureResources(), { patientId: 'p1', asOf: '2020-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) });
}
