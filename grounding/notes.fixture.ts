/** A made-up patient with much that comes more than once (vaccines, visits, episodes, renewed and stopped drugs), for tests of notes. */
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { Chart, FhirResource } from '../records/contract.ts';
import { bp, code, dosage, lab, medication, problem } from './park.fixture.ts';

const SCT = 'http://snomed.info/sct';
const CVX = 'http://hl7.org/fhir/sid/cvx';
const subject = { reference: 'Patient/p1' };
const resolved = (end: string) => ({ clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: end });

const vaccine = (id: string, cvx: string, name: string, date: string): FhirResource => ({
  resourceType: 'Immunization',
  id,
  patient: subject,
  status: 'completed',
  vaccineCode: code(CVX, cvx, name),
  occurrenceDateTime: date,
});

const procedure = (id: string, sct: string, name: string, date: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Procedure',
  id,
  subject,
  status: 'completed',
  code: code(SCT, sct, name),
  performedDateTime: date,
  ...more,
});

const visit = (
  id: string,
  classCode: string,
  name: string,
  start: string,
  end: string,
  more: Record<string, unknown> = {},
): FhirResource => ({
  resourceType: 'Encounter',
  id,
  subject,
  status: 'finished',
  class: { code: classCode },
  type: [{ text: name }],
  period: { start, end },
  ...more,
});

export function notesResources(): readonly FhirResource[] {
  return [
    {
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: 'Reyes', given: ['Carla'] }],
      gender: 'female',
      birthDate: '1970-08-02',
      communication: [{ language: { text: 'Spanish' }, preferred: true }],
      telecom: [{ system: 'phone', value: '555-0190', use: 'home' }],
      contact: [
        {
          relationship: [{ text: 'daughter' }],
          name: { family: 'Reyes', given: ['Ines'] },
          telecom: [{ system: 'phone', value: '555-0133' }],
        },
      ],
    },
    ...lab({
      loinc: '718-7',
      name: 'Hemoglobin',
      unit: 'g/dL',
      ucum: 'g/dL',
      values: [
        ['2016-05-04', 12.6],
        ['2018-05-11', 13.1],
        ['2021-05-14', 14.3],
      ],
    }),
    ...lab({
      loinc: '777-3',
      name: 'Platelets',
      unit: '10*3/uL',
      ucum: '10*3/uL',
      values: [
        ['2016-05-04', 300],
        ['2021-05-14', 201.4],
      ],
    }),
    ...lab({
      loinc: '18262-6',
      name: 'LDL Cholesterol',
      unit: 'mg/dL',
      ucum: 'mg/dL',
      values: [
        ['2018-05-11', 160.2],
        ['2020-06-09', 131.7],
        ['2021-05-14', 98.4],
      ],
    }),
    // In two units: 97 umol/L is 1.10 mg/dL.
    ...lab({ loinc: '2160-0', name: 'Creatinine', unit: 'umol/L', ucum: 'umol/L', values: [['2020-06-09', 97]] }),
    ...lab({ loinc: '2160-0', name: 'Creatinine', unit: 'mg/dL', ucum: 'mg/dL', values: [['2021-05-14', 1.31]] }),
    ...lab({
      loinc: '29463-7',
      name: 'Body weight',
      unit: 'kg',
      ucum: 'kg',
      values: [
        ['2016-05-04', 80.4],
        ['2018-05-11', 84.2],
        ['2020-06-09', 78.4],
        ['2021-05-14', 76.9],
      ],
      category: 'vital-signs',
    }),
    ...lab({
      loinc: '9279-1',
      name: 'Respiratory rate',
      unit: '/min',
      ucum: '/min',
      values: [
        ['2020-06-09', 14],
        ['2021-05-14', 16],
      ],
      category: 'vital-signs',
    }),
    ...lab({ loinc: '8867-4', name: 'Heart rate', unit: '/min', ucum: '/min', values: [['2021-05-14', 72]], category: 'vital-signs' }),
    bp('2020-06-09', 148, 92),
    bp('2021-05-14', 134, 84),
    problem('38341003', 'Hypertension', '2009-03-20'),
    problem('55822004', 'Hyperlipidemia', '2018-05-11'),
    problem('37796009', 'Migraine', '2008-09-14'),
    problem('444814009', 'Viral sinusitis', '2014-02-11', {
      id: 'sin1',
      ...resolved('2014-02-18'),
      encounter: { reference: 'Encounter/v1' },
    }),
    problem('444814009', 'Viral sinusitis', '2020-03-02', { id: 'sin2', ...resolved('2020-03-23') }),
    problem('65363002', 'Otitis media', '2016-10-18', { id: 'ear', ...resolved('2016-11-22'), encounter: { reference: 'Encounter/v2' } }),
    problem('195662009', 'Acute viral pharyngitis', '2017-06-05', { ...resolved('2017-06-12') }),
    problem('62564004', 'Concussion with loss of consciousness', '2015-06-16', { ...resolved('2015-08-15') }),
    problem('33737001', 'Fracture of rib', '2013-12-31', { ...resolved('2014-02-21') }),
    medication('313782', 'acetaminophen 325 MG Oral Tablet', '2014-02-11', {
      status: 'stopped',
      reasonReference: [{ reference: 'Condition/sin1' }],
    }),
    medication('308182', 'Amoxicillin 250 MG Oral Capsule', '2016-10-18', { status: 'stopped', encounter: { reference: 'Encounter/v2' } }),
    medication('834061', 'Penicillin V Potassium 250 MG Oral Tablet', '2017-06-05', {
      status: 'stopped',
      reasonCode: [code(SCT, '195662009', 'Acute viral pharyngitis')],
    }),
    medication('310798', 'Hydrochlorothiazide 25 MG Oral Tablet', '2009-03-27', {
      status: 'stopped',
      ...dosage(1, 'tablet', 1),
      reasonCode: [code(SCT, '38341003', 'Hypertension')],
    }),
    medication('310798', 'Hydrochlorothiazide 25 MG Oral Tablet', '2021-05-14', {
      ...dosage(1, 'tablet', 1),
      reasonCode: [code(SCT, '38341003', 'Hypertension')],
    }),
    medication('312961', 'Simvastatin 5 MG Oral Tablet', '2018-05-25', {
      status: 'stopped',
      ...dosage(1, 'tablet', 1),
      reasonCode: [code(SCT, '55822004', 'Hyperlipidemia')],
    }),
    medication('314231', 'Simvastatin 10 MG Oral Tablet', '2019-06-03', {
      ...dosage(1, 'tablet', 1),
      reasonCode: [code(SCT, '55822004', 'Hyperlipidemia')],
    }),
    vaccine('fl1', '140', 'Influenza, seasonal, injectable, preservative free', '2018-10-03'),
    vaccine('fl2', '140', 'Influenza, seasonal, injectable, preservative free', '2019-10-15'),
    vaccine('fl3', '140', 'Influenza, seasonal, injectable, preservative free', '2020-10-20'),
    vaccine('zo1', '121', 'zoster', '2020-06-09'),
    vaccine('zo2', '121', 'zoster', '2021-05-14'),
    procedure('col1', '73761001', 'Colonoscopy', '2014-02-27'),
    procedure('col2', '73761001', 'Colonoscopy', '2015-02-20'),
    procedure('col3', '73761001', 'Colonoscopy', '2020-02-25'),
    procedure('thr', '117015009', 'Throat culture', '2017-06-05'),
    procedure('iud', '65200003', 'Insertion of intrauterine contraceptive device', '2010-01-12'),
    procedure('iudx', '68254000', 'Removal of intrauterine device', '2012-02-01'),
    procedure('sut', '288086009', 'Suture open wound', '2013-12-31'),
    visit('v1', 'AMB', 'Encounter for symptom', '2014-02-11T10:00:00Z', '2014-02-11T10:20:00Z', {
      reasonCode: [code(SCT, '444814009', 'Viral sinusitis')],
    }),
    visit('v2', 'AMB', 'Encounter for symptom', '2016-10-18T10:00:00Z', '2016-10-18T10:20:00Z'),
    visit('v3', 'EMER', 'Emergency room admission', '2015-06-16T10:00:00Z', '2015-06-16T12:00:00Z'),
    visit('v4', 'AMB', 'General examination of patient', '2020-06-09T10:00:00Z', '2020-06-09T10:20:00Z'),
    visit('v5', 'AMB', 'General examination of patient', '2021-05-14T10:00:00Z', '2021-05-14T10:20:00Z'),
    {
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      patient: subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: code(SCT, '419474003', 'Allergy to mould'),
      type: 'allergy',
    },
    {
      resourceType: 'Observation',
      id: 's1',
      subject,
      status: 'final',
      category: [{ coding: [{ code: 'social-history' }] }],
      code: code('http://loinc.org', '72166-2', 'Tobacco smoking status'),
      effectiveDateTime: '2021-05-14',
      valueCodeableConcept: code(SCT, '266919005', 'Never smoker'),
    },
    {
      resourceType: 'Appointment',
      id: 'ap1',
      status: 'cancelled',
      description: 'Podiatry appointment',
      start: '2021-06-02T09:00:00Z',
      participant: [{ actor: subject, status: 'declined' }],
    },
    {
      resourceType: 'Goal',
      id: 'g1',
      subject,
      lifecycleStatus: 'active',
      description: { text: 'Maintain blood pressure below 140/90 mm[Hg]' },
    },
  ];
}

/** The chart as of 1 July 2021. */
export function notesChart(): Chart {
  return buildChart(notesResources(), { patientId: 'p1', asOf: '2021-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) });
}
