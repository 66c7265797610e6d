import { expect, test } from 'vitest';
import { verifyText } from '../grounding/verify.ts';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { findConflicts } from '../records/chart/conflicts.ts';
import type { Chart } from '../records/contract.ts';
import { answered, coded, entry, NOW } from './foreign-records.fixture.ts';

const warfarin = coded('http://www.nlm.nih.gov/research/umls/rxnorm', '855332', 'warfarin sodium 5 MG Oral Tablet');
const ordered = (display: string | undefined): Chart =>
  buildChart(
    [
      { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1950-05-05' },
      { resourceType: 'Medication', id: 'm1', code: warfarin },
      entry('MedicationRequest', {
        status: 'active',
        intent: 'order',
        authoredOn: '2025-05-01',
        medicationReference: { reference: 'Medication/m1', ...(display ? { display } : {}) },
        dosageInstruction: [
          { timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] },
        ],
      }),
    ],
    { patientId: 'p', asOf: NOW, terminology: baseTerminology() },
  );
const verdict = (text: string, chart: Chart) => verifyText(text, chart)[0]?.verdict;

test.each(['Is she on apixaban?', 'Is she on warfarin?', 'What medications does she take?', 'Is she on an anticoagulant?'])(
  'an order that is called by one drug and leads to another tells of both: %s',
  async (question) => {
    const answer = await answered(question, ordered('apixaban 5 MG'));
    expect(answer).toMatch(/contradicts itself: this entry is called apixaban 5 MG, and what it refers to is warfarin sodium 5 MG/);
    expect(answer).not.toMatch(/\bYes\b|\bNo (?:apixaban|warfarin)/);
  },
);

test('neither drug nor dose of such an order is supported, and neither is denied', () => {
  const chart = ordered('apixaban 5 MG');
  for (const drug of ['apixaban', 'warfarin']) {
    expect(verdict(`She takes ${drug}.`, chart)).toBe('unverified');
    expect(verdict(`She takes ${drug} 5 mg once daily.`, chart)).toBe('unverified');
    expect(verdict(`No ${drug} is recorded.`, chart)).not.toBe('supported');
    expect(verdict(`She does not take ${drug}.`, chart)).not.toBe('supported');
  }
  expect(findConflicts(chart.facts, chart.terminology).map(({ kind }) => kind)).toContain('two-drugs');
});

test.each([undefined, 'Coumadin', 'warfarin', 'Warfarin 5 mg tablets', 'blood thinner', 'see order'])(
  'the same drug under another name is no conflict: %s',
  async (display) => {
    const chart = ordered(display);
    expect(await answered('Is she on warfarin?', chart)).toMatch(/Yes: Warfarin/);
    expect(verdict('She takes warfarin 5 mg once daily.', chart)).toBe('supported');
    expect(findConflicts(chart.facts, chart.terminology)).toEqual([]);
  },
);
