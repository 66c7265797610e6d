import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const calcium = (id: string, date: string, amount: number) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code: '17861-6', display: 'Calcium [Mass/volume] in Serum or Plasma' }], text: 'Calcium' },
  effectiveDateTime: date,
  valueQuantity: { value: amount, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
});
const problem = (id: string, name: string, status: string, onset: string, end?: string) => ({
  resourceType: 'Condition',
  id,
  subject,
  clinicalStatus: { coding: [{ code: status }] },
  code: { text: name },
  onsetDateTime: onset,
  ...(end ? { abatementDateTime: end } : {}),
});

const NOTE = `Emergency department visit, 4 February 2025
History: He slipped on the ice and fell on his left wrist. He is still working as a roofer.
Results: Calcium 9.1 mg/dL. Magnesium 1.9 mg/dL.
Assessment and plan:
- Diagnosis: Hyponatremia.
- Gout: inactive. Now pseudogout.
- Diagnosis: Pneumonia due to Klebsiella pneumoniae.`;

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Olaf'] }], gender: 'male', birthDate: '1950-01-01' },
    {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      subject,
      type: { text: 'Emergency department note' },
      date: '2025-02-04T16:00:00Z',
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(NOTE).toString('base64') } }],
    },
    calcium('o1', '2025-02-04', 9.1),
    calcium('o2', '2026-05-11', 8.7),
    problem('c1', 'Hyponatremia', 'resolved', '2025-02-04', '2025-02-05'),
    problem('c2', 'Pseudogout', 'active', '2025-02-04'),
    problem('c3', 'Pneumonia due to Klebsiella pneumoniae', 'active', '2025-02-04'),
  ],
  { patientId: 'p1', asOf: '2026-11-20T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);

const verdictsOf = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('the prose of a note of some day', () => {
  it.each([
    'Calcium at last check: 9.1 mg/dL',
    'The last calcium on file was 9.1 mg/dL.',
    'Newest calcium 9.1 mg/dL.',
    'Calcium 9.1 mg/dL.',
    'The latest magnesium on record is 1.9 mg/dL.',
    'He currently has hyponatremia.',
    'Hyponatremia is still present.',
    'He has hyponatremia.',
    'Pseudogout is inactive.',
    'Family history of pneumonia due to Klebsiella pneumoniae.',
  ])('does not say what is newest, what is now or what became of it: %s', (sentence) => {
    expect(verdictsOf(sentence)).not.toContain('supported');
  });

  it.each([
    'Calcium was 9.1 mg/dL on 4 February 2025.',
    'The note of 4 February 2025 says magnesium 1.9 mg/dL.',
    'Magnesium was 1.9 mg/dL in February 2025.',
    'He slipped on the ice and fell on his left wrist.',
    'He is still working as a roofer.',
    'Gout is inactive.',
    'The last calcium was 8.7 mg/dL.',
  ])('says what was so on that day: %s', (sentence) => {
    expect(verdictsOf(sentence)).toEqual(['supported']);
  });
});
