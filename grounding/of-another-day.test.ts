/** What an old note says of its day, an episode that is over beside one that is not, and units that only a molar mass would compare. */
import { expect, test } from 'vitest';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p' };
const note = (id: string, date: string, text: string) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject,
  date,
  type: { text: 'Progress note' },
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
});
const condition = (id: string, text: string, code: string, status: string, onset: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'Condition',
  id,
  subject,
  clinicalStatus: { coding: [{ code: status }] },
  code: { text, coding: [{ system: 'http://snomed.info/sct', code }] },
  onsetDateTime: onset,
  ...more,
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], gender: 'male', birthDate: '1955-05-05' },
    note('n1', '2024-02-01', 'Severe dizziness. Steps are difficult.'),
    note('n2', '2025-06-01', 'Mild hoarseness.'),
    condition('c0', 'Dizziness', '404640003', 'active', '2024-01-05'),
    condition('c1', 'Urinary tract infection', '68566005', 'resolved', '2025-01-05', { abatementDateTime: '2025-01-15' }),
    condition('c2', 'Acute pyelonephritis', '36689008', 'active', '2025-12-20'),
    {
      resourceType: 'Observation',
      id: 'o1',
      subject,
      status: 'final',
      code: { text: 'Zorbinase metabolite' },
      effectiveDateTime: '2025-03-03',
      valueQuantity: { value: 158, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    },
  ],
  { patientId: 'p', asOf: '2026-01-10T09:00:00Z', terminology: baseTerminology() },
);

test.each([
  ['He has severe dizziness.', 'unverified'],
  ['He has dizziness.', 'supported'],
  ['Mild hoarseness.', 'supported'],
  ['Urinary tract infection (resolved)', 'unverified'],
  ['Zorbinase metabolite 8.8 mmol/L on 3/3/2025.', 'unverified'],
  ['Zorbinase metabolite 158 mg/dL on 3/3/2025.', 'supported'],
  ['Zorbinase metabolite 158 kg on 3/3/2025.', 'contradicted'],
])('%s', (text, expected) => expect(verifyText(text, chart).map(({ verdict }) => verdict)).toEqual([expected]));

test('where a note tells of an allergy and no entry is one, that there is none is not stated', () => {
  const told = (text: string) =>
    verifyText(
      'No allergies are recorded.',
      buildChart(
        [{ resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], birthDate: '1955-05-05' }, note('n', '2025-02-01', text)],
        {
          patientId: 'p',
          asOf: '2026-01-10T09:00:00Z',
          terminology: baseTerminology(),
        },
      ),
    ).map(({ verdict }) => verdict);
  expect(told('He is allergic to latex: hives as a child.')).toEqual(['unverified']);
  expect(told('Anaphylaxis after a wasp sting in 1990.')).toEqual(['unverified']);
  expect(told('He is not allergic to anything he knows of.')).toEqual(['supported']);
  expect(told('Cough for two weeks.')).toEqual(['supported']);
});

test('what a note tells of a class bears on each drug of the class', () => {
  const told = (text: string) =>
    verifyText(
      'No allergy to amoxicillin is recorded.',
      buildChart(
        [{ resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], birthDate: '1955-05-05' }, note('n', '2025-02-01', text)],
        { patientId: 'p', asOf: '2026-01-10T09:00:00Z', terminology: baseTerminology() },
      ),
    ).map(({ verdict }) => verdict);
  expect(told('She is allergic to penicillin.')).toEqual(['unverified']);
  expect(told('She is allergic to latex.')).toEqual(['supported']);
});
