import { describe, expect, test } from 'vitest';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { fixtureChart, fixtureResources } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const whole = fixtureChart();
const subject = { reference: `Patient/${whole.patientId}` };
const active = { coding: [{ code: 'active' }] };
const medicine = (id: string, said: object): FhirResource => ({
  resourceType: 'MedicationRequest',
  id,
  subject,
  status: 'active',
  intent: 'order',
  authoredOn: '2020-05-01',
  ...said,
});
const allergy = (id: string, said: object): FhirResource => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: subject,
  clinicalStatus: active,
  ...said,
});
const problem = (id: string, said: object): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject,
  clinicalStatus: active,
  ...said,
});
const KINDS = new Set(['MedicationRequest', 'MedicationStatement', 'AllergyIntolerance', 'Condition']);
const others = fixtureResources().filter(({ resourceType }) => !KINDS.has(resourceType));
const verdicts = (text: string, ...entries: readonly FhirResource[]) =>
  verifyText(
    text,
    buildChart([...others, ...entries], { patientId: whole.patientId, asOf: whole.asOf, terminology: whole.terminology }),
  ).map(({ verdict }) => verdict);

const metformin = medicine('m', { medicationCodeableConcept: { text: 'Metformin 500 mg' } });
const unresolved = medicine('u', { medicationReference: { reference: 'Medication/gone' } });
const penicillin = allergy('a', { code: { text: 'Penicillin' } });
const gout = problem('g', { code: { text: 'Gout' } });

describe('an entry that does not say what it is about', () => {
  test.each([
    ['Metformin is her only medication.', [metformin], unresolved],
    ['She takes no other drugs than metformin.', [metformin], unresolved],
    ['She takes one medicine.', [metformin], unresolved],
    ['1 active medication is recorded.', [metformin], unresolved],
    ['She is on metformin and no other medicines.', [metformin], unresolved],
    ['No warfarin is recorded.', [metformin], unresolved],
    ['Penicillin is her only allergy.', [penicillin], allergy('u', {})],
    ['She has one allergy.', [penicillin], allergy('u', {})],
    ['No latex allergy is recorded.', [penicillin], allergy('u', {})],
    ['Gout is her only problem.', [gout], problem('u', {})],
    ['She has one active problem.', [gout], problem('u', {})],
    ['No stroke is recorded.', [gout], problem('u', {})],
  ])('leaves open what it may make untrue: %s', (sentence, named, unnamed) => {
    expect(verdicts(sentence, ...named, unnamed)).toEqual(['unverified']);
  });

  test.each([
    ['She is on metformin.', [metformin, unresolved]],
    ['She is allergic to penicillin.', [penicillin, allergy('u', {})]],
    ['No latex allergy is recorded.', [penicillin, metformin, unresolved]],
    ['No warfarin is recorded.', [metformin, penicillin, allergy('u', {})]],
    ['1 active medication is recorded.', [metformin, penicillin, allergy('u', {})]],
  ])('does not hide what is there, or decide of another kind: %s', (sentence, entries) => {
    expect(verdicts(sentence, ...entries)).toEqual(['supported']);
  });
});
