import { describe, expect, it } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { code, problem } from '../park.fixture.ts';
import { verifyText } from '../verify.ts';

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor' }], gender: 'female', birthDate: '1991-03-09' },
    problem('733423003', 'Food insecurity', '2024-12-02', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
    {
      resourceType: 'Observation',
      id: 'needs',
      status: 'final',
      subject: { reference: 'Patient/p1' },
      category: [{ coding: [{ code: 'survey' }] }],
      code: code('http://loinc.org', '93031-3', 'Could not get in the past year'),
      effectiveDateTime: '2024-12-02',
      valueCodeableConcept: { text: 'Food' },
    },
  ],
  { patientId: 'p1', asOf: '2026-11-22T10:00:00Z', terminology: baseTerminology() },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => claim.verdict)[0];

describe('a name that begins with the recorded answer to a question', () => {
  it('is the name of the problem', () => {
    expect(verdict('Past problem, now resolved: food insecurity.')).toBe('supported');
    expect(verdict('She has food insecurity.')).not.toBe('supported');
  });
});
