/** What one thing is said to have done to another, what it is said to be for, when it was last given, and what kind of it is meant: only as an entry states it. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const subject = { reference: 'Patient/n1' };
const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }], text: display });
const problem = (id: string, code: string, display: string, onset: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'Condition',
  id,
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  category: [{ coding: [{ code: 'problem-list-item' }] }],
  code: coded(SCT, code, display),
  onsetDateTime: onset,
  ...more,
});
const drug = (id: string, text: string, date: string, reason?: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: date,
  medicationCodeableConcept: { text },
  ...(reason ? { reasonCode: [{ text: reason }] } : {}),
  ...more,
});
const number = (id: string, loinc: string, display: string, value: number, unit: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: coded('http://loinc.org', loinc, display),
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } };

const chart = buildChart(
  [
    {
      resourceType: 'Patient',
      id: 'n1',
      name: [{ family: 'Brandt', given: ['Nils'] }],
      gender: 'male',
      birthDate: '1950-03-01',
      deceasedDateTime: '2022-05-04T10:00:00Z',
    },
    problem('c1', '38341003', 'Hypertension', '1990-06-01'),
    problem('c2', '55822004', 'Hyperlipidemia', '2001-02-01'),
    problem('c3', '90560007', 'Gout', '2005-09-10'),
    problem('c4', '271737000', 'Anemia due to chronic kidney disease', '2015-01-20'),
    problem('c8', '709044004', 'Chronic kidney disease', '2012-03-03'),
    problem('c5', '10509002', 'Acute bronchitis', '2016-11-02', { ...resolved, abatementDateTime: '2016-11-20' }),
    problem('c6', '396275006', 'Osteoarthritis', '2010-04-04'),
    problem('c7', '73211009', 'Diabetes mellitus', '2008-01-08'),
    drug('m1', 'Lisinopril 10 MG Oral Tablet', '1991-01-10', 'Hypertension'),
    drug('m2', 'Atorvastatin 20 MG Oral Tablet', '2002-03-04', 'Hyperlipidemia'),
    drug('m3', 'Allopurinol 100 MG Oral Tablet', '2006-01-15'),
    drug('m4', 'Naproxen 500 MG Oral Tablet', '2010-05-01', undefined, { status: 'stopped' }),
    drug('m5', 'Naproxen 500 MG Oral Tablet', '2012-08-21', undefined, { status: 'stopped' }),
    drug('m6', 'Naproxen 500 MG Oral Tablet', '2014-02-11', undefined, { status: 'stopped' }),
    drug('m7', 'Amoxicillin 500 MG Oral Capsule', '2016-11-03', 'Acute bronchitis', { status: 'completed' }),
    {
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      patient: subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Codeine' },
      recordedDate: '1999-01-01',
      reaction: [{ manifestation: [{ text: 'Nausea' }] }],
    },
    {
      resourceType: 'Procedure',
      id: 'p1',
      subject,
      status: 'completed',
      code: coded(SCT, '80146002', 'Appendectomy'),
      performedDateTime: '1968-07-01',
    },
    number('l1', '13457-7', 'LDL Cholesterol', 160, 'mg/dL', '2001-02-01'),
    number('l2', '13457-7', 'LDL Cholesterol', 95, 'mg/dL', '2018-02-01'),
    {
      ...number('h1', '85354-9', 'Blood pressure', 0, '', '2018-02-01'),
      valueQuantity: undefined,
      component: [
        number('h2', '8480-6', 'Systolic blood pressure', 150, 'mm[Hg]', ''),
        number('h3', '8462-4', 'Diastolic blood pressure', 90, 'mm[Hg]', ''),
      ].map(({ code, valueQuantity }) => ({ code, valueQuantity })),
    },
    number('t1', '2093-3', 'Total cholesterol', 210, 'mg/dL', '2018-02-01'),
    number('w1', '29463-7', 'Body weight', 88, 'kg', '2017-02-01'),
    number('w2', '29463-7', 'Body weight', 88, 'kg', '2018-02-01'),
    number('w3', '29463-7', 'Body weight', 88, 'kg', '2019-02-01'),
    number('u1', '3084-1', 'Urate', 7.1, 'mg/dL', '2018-02-01'),
    number('k1', '2823-3', 'Potassium', 4.4, 'mmol/L', '2018-02-01'),
    {
      ...number('d1', '69453-9', 'Cause of death', 0, '', '2022-05-04'),
      valueQuantity: undefined,
      valueCodeableConcept: { text: 'Stroke' },
    },
  ],
  { patientId: 'n1', asOf: '2023-01-01T00:00:00Z', terminology: createTerminology(loadConcepts()) },
);

const verdict = (text: string) =>
  verifyText(text, chart)
    .map((claim) => claim.verdict)
    .join(' ');

describe('what acted on what', () => {
  it.each([
    'Lisinopril caused his gout.',
    'Naproxen brought about his hypertension.',
    'Hypertension resulted in his gout.',
    'Gout led to osteoarthritis.',
    'His gout came from atorvastatin.',
    'The diabetes stems from his hyperlipidemia.',
    'Hyperlipidemia is a consequence of his diabetes.',
    'Naproxen, which triggered the gout, was stopped.',
    'Amoxicillin cleared the bronchitis.',
    'Amoxicillin settled his bronchitis.',
    'Atorvastatin lowered his LDL.',
    'Lisinopril raised his potassium.',
    'Osteoarthritis is responsible for his hypertension.',
    'His diabetes contributed to the gout.',
    'Naproxen use led to hypertension.',
    'Gout from naproxen.',
    'Naproxen gout.',
  ])('is not decided by both being there: %s', (text) => {
    expect(verdict(text)).toBe('unverified');
  });
  it.each([
    'Gout caused his death.',
    'Atorvastatin killed him.',
    'Diabetes led to his death.',
    'Diabetes caused his anemia.',
    'His anemia results from gout.',
  ])('is contradicted where the record names another cause: %s', (text) => {
    expect(verdict(text)).toBe('contradicted');
  });
  it.each([
    'Chronic kidney disease led to his anemia.',
    'Codeine gives him nausea.',
    'He died of a stroke.',
    'Hypertension was followed by hyperlipidemia.',
  ])('is supported where the record says so: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
});

describe('what a drug is for', () => {
  it.each([
    'His weight is controlled with lisinopril.',
    'His LDL is managed with allopurinol.',
    'His potassium is kept in check by atorvastatin.',
    'The codeine allergy is treated with lisinopril.',
    'His urate is brought down with atorvastatin.',
    'It is for his weight.',
    'Allopurinol is for pain.',
    'Naproxen is for sleep.',
    'He takes lisinopril. It is for his LDL.',
    'He takes allopurinol. It is for his gout.',
  ])('is not decided where no such reason is recorded: %s', (text) => {
    expect(verdict(text)).not.toMatch(/(^|\s)supported$/);
  });
  it.each([
    'His blood pressure is controlled with lisinopril.',
    'His hypertension is treated with lisinopril.',
    'His cholesterol is managed with atorvastatin.',
    'He takes lisinopril. It is for hypertension.',
  ])('is supported by the recorded reason: %s', (text) => {
    expect(verdict(text)).toMatch(/^(supported ?)+$/);
  });
});

describe('when a drug of several orders was last given', () => {
  it.each([
    'Naproxen was last given in 2010.',
    'His last naproxen was in 2012.',
    'Last prescribed naproxen in August 2012.',
    'The most recent naproxen was ordered in 2010.',
  ])('is not an older order: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });
  it.each(['Naproxen was last given in 2014.', 'His last naproxen was in February 2014.', 'Naproxen was last prescribed in 2014.'])(
    'is the newest: %s',
    (text) => {
      expect(verdict(text)).toBe('supported');
    },
  );
});

describe('a word that makes the thing less than it, or another', () => {
  it.each([
    'Open osteoarthritis.',
    'He had an open appendectomy.',
    'Allergic gout.',
    'Bacterial bronchitis in 2016.',
    'His bronchitis was viral.',
    'Diastolic hypertension.',
    'He is nearly diabetic.',
    'He was once diabetic.',
    'So-called gout.',
    'A short course of allopurinol.',
    'Atorvastatin, single dose.',
    'He has complete gout.',
  ])('is not supported: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });
  it.each([
    'He has yet to be diagnosed with gout.',
    'Not yet on a statin.',
    'No statin yet.',
    'He has not yet been diagnosed with diabetes.',
    'Yet to start lisinopril.',
  ])('denies what is there: %s', (text) => {
    expect(verdict(text)).toBe('contradicted');
  });
  it.each(['Acute bronchitis in 2016.', 'He had an appendectomy in 1968.', 'He is diabetic.'])('leaves true ones supported: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
});

describe('what was done with a drug', () => {
  it.each([
    'He returned atorvastatin.',
    'The patient shares lisinopril.',
    'He requested allopurinol.',
    'He was to take allopurinol.',
    'He is to start atorvastatin.',
    'Atorvastatin was returned.',
    'He was offered lisinopril.',
    'Allopurinol was tested.',
    'He is hypertensive at times.',
    'He was briefly diabetic.',
    'Weight unchanged except in 2018.',
  ])('is not that it is on record: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });
  it.each([
    'He takes atorvastatin.',
    'He has lisinopril.',
    'He was given amoxicillin.',
    'He got naproxen in 2012.',
    'Potassium measured 4.4 in 2018.',
  ])('is supported: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
});
