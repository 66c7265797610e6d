import { expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const note = (id: string, date: string, text: string) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: { reference: 'Patient/p' },
  type: { text: 'Progress note' },
  date,
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], birthDate: '1955-05-05' },
    note('n1', '2025-02-01', 'She is not allergic to penicillin. Cough\nfor two weeks.\nALLERGIES: sulfa - rash'),
    note('n2', '2025-03-01', 'Allergies: none.'),
  ],
  { patientId: 'p', asOf: '2026-01-10T09:00:00Z', terminology: baseTerminology() },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => [claim.verdict, ...claim.citations]);

test('a line or sentence of a note, word for word, is what the note says', () => {
  expect(verdict('Progress note on 01-Feb-2025 says: "ALLERGIES: sulfa - rash".')).toEqual([['supported', 'DocumentReference/n1']]);
  expect(verdict('Progress note on 01-Feb-2025 says: "She is not allergic to penicillin".')).toEqual([
    ['supported', 'DocumentReference/n1'],
  ]);
});

test.each([
  ['part of a sentence', 'Progress note on 01-Feb-2025 says: "allergic to penicillin".'],
  ['other words', 'Progress note on 01-Feb-2025 says: "ALLERGIES: codeine - rash".'],
  ['the note of another day', 'Progress note on 01-Mar-2025 says: "ALLERGIES: sulfa - rash".'],
  ['another note', 'Discharge summary on 01-Feb-2025 says: "ALLERGIES: sulfa - rash".'],
])('but not %s', (_, text) => {
  expect(verdict(text).map(([said]) => said)).not.toContain('supported');
});

test('a note that denies allergies does not outweigh one that tells of them', () => {
  for (const text of ['No known allergies.', 'NKDA.', 'She has no allergies.', 'No allergies are recorded.'])
    expect([text, ...verdict(text).map(([said]) => said)]).toEqual([text, 'unverified']);
  expect(verdict('Progress note on 01-Mar-2025 says: "Allergies: none".')).toEqual([['supported', 'DocumentReference/n2']]);
});
