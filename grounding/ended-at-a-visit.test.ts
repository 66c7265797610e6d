import { describe, expect, it } from 'vitest';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p' };
const of = (resourceType: string, fields: object) => ({ resourceType, subject, ...fields });
const resources = [
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], gender: 'female', birthDate: '1960-01-01' },
  of('Encounter', {
    id: 'stay',
    status: 'finished',
    class: { code: 'IMP' },
    type: [{ text: 'Hospital admission' }],
    period: { start: '2026-03-10T08:00:00Z', end: '2026-03-14T10:00:00Z' },
  }),
  of('MedicationRequest', {
    id: 'm1',
    status: 'stopped',
    intent: 'order',
    authoredOn: '2020-11-23',
    medicationCodeableConcept: { text: 'simvastatin 20 mg oral tablet' },
    dosageInstruction: [{ text: 'one daily', timing: { repeat: { boundsPeriod: { start: '2020-11-23', end: '2026-03-10' } } } }],
  }),
  of('MedicationRequest', {
    id: 'm2',
    status: 'stopped',
    intent: 'order',
    authoredOn: '2020-11-23',
    medicationCodeableConcept: { text: 'lisinopril 10 mg oral tablet' },
    dosageInstruction: [{ text: 'one daily', timing: { repeat: { boundsPeriod: { start: '2020-11-23', end: '2024-05-01' } } } }],
  }),
];
const chart = buildChart(resources, { patientId: 'p', asOf: '2026-11-01T12:00:00Z', terminology: baseTerminology() });
const verdict = (text: string) => verifyText(text, chart)[0]?.verdict;

describe('what ended at a visit is judged by its end', () => {
  it.each([
    ['Simvastatin was stopped on admission.', 'supported'],
    ['Simvastatin was started on admission.', 'contradicted'],
    ['Lisinopril was stopped on admission.', 'contradicted'],
  ])('%s', (text, expected) => {
    expect(verdict(text)).toBe(expected);
  });
});
