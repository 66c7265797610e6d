import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { verifyText } from './verify.ts';

const terminology = createTerminology(loadConcepts());
const subject = { reference: 'Patient/p1' };
let next = 0;
const of = (resourceType: string, fields: object): FhirResource => ({
  resourceType,
  id: `r${next++}`,
  subject,
  patient: subject,
  ...fields,
});
const observed = (text: string, value: object) =>
  of('Observation', { status: 'final', code: { text }, effectiveDateTime: '2026-10-01', ...value });
const coded = (code: string, display: string) => ({ valueCodeableConcept: { coding: [{ code, display }] } });
const verdictOf = (resources: readonly FhirResource[]) => {
  const chart = buildChart([{ resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }], gender: 'female' }, ...resources], {
    patientId: 'p1',
    asOf: '2026-11-21T12:00:00Z',
    terminology,
  });
  return (text: string) => verifyText(text, chart)[0]!.verdict;
};

describe('a finding with a value in words', () => {
  const verdict = verdictOf([
    observed('Suicidal ideation', { valueString: 'Denies' }),
    observed('On home oxygen', { valueBoolean: false }),
    observed('Breastfeeding', coded('LA32-8', 'No')),
    observed('Hepatitis C antibody', { valueString: 'non reactive' }),
    observed('Wheezing', coded('52101004', 'Present')),
  ]);
  it.each([
    ['She has suicidal ideation.', 'contradicted'],
    ['No suicidal ideation.', 'supported'],
    ['On home oxygen.', 'contradicted'],
    ['Not on home oxygen.', 'supported'],
    ['She is breastfeeding.', 'contradicted'],
    ['Hepatitis C antibody reactive.', 'contradicted'],
    ['Hepatitis C antibody non-reactive.', 'supported'],
    ['She has wheezing.', 'supported'],
  ])('%s %s', (text, expected) => expect(verdict(text)).toBe(expected));
});

describe('entries that cannot be read', () => {
  const foreign = of('MedicationRequest', { status: 'active', intent: 'order', medicationCodeableConcept: { text: 'ASS 100 mg' } });
  const german = of('Condition', {
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', code: 'I10.00' }], text: 'Benigne Hypertonie' },
  });
  const english = of('MedicationRequest', { status: 'active', intent: 'order', medicationCodeableConcept: { text: 'Lisinopril 10 mg' } });
  it('let no search deny what they may be', () => {
    expect(verdictOf([foreign])('No aspirin is recorded.')).toBe('unverified');
    expect(verdictOf([english])('No aspirin is recorded.')).toBe('supported');
    // A problem in German is no drug.
    expect(verdictOf([german])('No aspirin is recorded.')).toBe('supported');
  });
  it('are read by an international code', () => expect(verdictOf([german])('She has hypertension.')).toBe('supported'));
});

describe('entries of one day', () => {
  const drug = (text: string) =>
    of('MedicationRequest', { status: 'active', intent: 'order', authoredOn: '2024-03-01', medicationCodeableConcept: { text } });
  const verdict = verdictOf([drug('Lisinopril 10 mg'), drug('Metformin 500 mg'), drug('Atorvastatin 20 mg')]);
  it('are counted each', () => {
    expect(verdict('She takes only one medication.')).toBe('contradicted');
    expect(verdict('She takes three medications.')).toBe('supported');
  });
});

describe('advice, opinion and small talk', () => {
  const chart = buildChart([{ resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }], gender: 'female' }], {
    patientId: 'p1',
    asOf: '2026-11-21T12:00:00Z',
    terminology,
  });
  it.each([
    ['She should have her feet examined soon.', /advice/],
    ['In my view she is frail.', /opinion/],
    ['Many thanks for sending this lady to us.', /courtesy/],
    ['She is a delightful woman.', /courtesy/],
    ['Consider a statin.', /instruction/],
  ])('%s', (text, says) => {
    const { verdict, checks } = verifyText(text, chart)[0]!;
    expect(verdict).toBe('unverified');
    expect(checks[0]?.reason).toMatch(says);
  });
});

describe('what a relative or a whole has is not what a part has', () => {
  const verdict = verdictOf([
    of('Condition', { code: { text: 'Asthma' }, clinicalStatus: { coding: [{ code: 'active' }] } }),
    of('FamilyMemberHistory', { status: 'completed', relationship: { text: 'uncle' }, condition: [{ code: { text: 'Gout' } }] }),
    of('AllergyIntolerance', { clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: 'Amoxicillin / Clavulanate' } }),
  ]);
  it.each([
    ['No family history of asthma is recorded.', 'supported'],
    ['No family history of gout is recorded.', 'contradicted'],
    ['No family history of stroke.', 'unverified'],
    ['She is allergic to co-amoxiclav.', 'supported'],
    ['She is allergic to clavulanate.', 'unverified'],
  ])('%s', (sentence, expected) => expect(verdict(sentence)).toBe(expected));
});

it('a value in another language says neither yes nor no', () => {
  const verdict = verdictOf([
    observed('Tobacco smoking', { valueString: 'Nichtraucher seit Jugend' }),
    of('AllergyIntolerance', {
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Latex' },
      reaction: [{ manifestation: [{ text: 'Nesselsucht' }] }],
    }),
  ]);
  expect(verdict('She smokes.')).toBe('unverified');
  expect(verdict('She is allergic to latex with hives.')).toBe('unverified');
  expect(verdict('She is allergic to latex.')).toBe('supported');
});
