import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const order = (id: string, drug: string, sig: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  subject,
  status: 'active',
  intent: 'order',
  authoredOn: '2024-02-05',
  medicationCodeableConcept: { text: drug },
  dosageInstruction: [{ text: sig }],
  ...more,
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
    order('m1', 'gabapentin 300 mg capsule', 'Take 2 capsules by mouth 3 (three) times daily., Disp-180 capsule, R-2'),
    order('m2', 'azathioprine 50 mg tabs', '75 mg TWICE WEEKLY'),
    order('m3', 'ramipril 5 mg capsule', 'as the clinic says'),
    order('m4', 'warfarin 1 mg tablet', '3 mg one day, 4 mg the next'),
    order('m5', 'ferrous sulfate 325 mg tablet', '325 mg daily'),
    order('m6', 'amoxicillin 250 mg capsule', '250 mg three times daily', {
      status: 'stopped',
      reasonReference: [{ reference: 'Condition/c1' }],
    }),
    {
      resourceType: 'Condition',
      id: 'c1',
      subject,
      code: { text: 'Otitis media' },
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      onsetDateTime: '2024-02-05',
      abatementDateTime: '2024-02-20',
    },
    {
      resourceType: 'Immunization',
      id: 'i1',
      status: 'not-done',
      patient: subject,
      occurrenceDateTime: '2024-01-05',
      vaccineCode: { text: 'Influenza vaccine' },
      statusReason: { text: 'Patient objection' },
    },
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('a dose that the order states in words only', () => {
  it.each([
    'On gabapentin 600 mg three times daily.',
    'She takes gabapentin 300 mg, two capsules three times a day.',
    'Azathioprine 75 mg twice weekly.',
    'Ferrous sulphate 325 mg once daily.',
    'Refused the flu jab.',
  ])('is stated: %s', (text) => expect(verdicts(text)).toEqual(['supported']));
  it.each([
    'On gabapentin 900 mg three times daily.',
    'On gabapentin 600 mg twice daily.',
    'She takes gabapentin 300 mg, three capsules three times a day.',
    'On gabapentin 300 mg three times daily.',
    'Azathioprine 75 mg daily.',
    'Azathioprine 150 mg twice weekly.',
  ])('is another: %s', (text) => expect(verdicts(text)).toEqual(['contradicted']));
  it.each(['Ramipril 5 mg twice daily.', 'Warfarin 5 mg daily.', 'Amoxicillin 250 mg tds for otitis media.'])(
    'is not decided where it is not understood, or told of a time that is over: %s',
    (text) => expect(verdicts(text)).toEqual(['unverified']),
  );
});
