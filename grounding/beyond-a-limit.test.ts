/** "Rose above 6", "fell below 90": one recorded value beyond the limit makes it so, whatever came after. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { bp, lab, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const weight = (values: readonly (readonly [string, number])[]) =>
  lab({ loinc: '29463-7', name: 'Body weight', unit: 'kg', ucum: 'kg', category: 'vital-signs', values });

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1991-03-09' },
    ...lab({
      loinc: '2823-3',
      name: 'Potassium',
      unit: 'mmol/L',
      ucum: 'mmol/L',
      values: [
        ['2024-03-01', 5.0],
        ['2025-03-01', 6.8],
        ['2025-03-04', 5.1],
        ['2026-03-01', 5.3],
      ],
    }),
    ...lab({
      loinc: '718-7',
      name: 'Hemoglobin',
      unit: 'g/dL',
      ucum: 'g/dL',
      values: [
        ['2022-06-22', 9.6],
        ['2023-06-22', 12.4],
        ['2026-11-02', 11.6],
      ],
    }),
    bp('2025-04-01', 124, 75),
    bp('2026-10-30', 148, 94),
    bp('2026-11-19', 85, 47),
    bp('2026-11-20', 118, 92),
    ...weight([
      ['2021-03-22', 79.3],
      ['2026-05-22', 86],
      ['2026-11-19', 96.4],
    ]),
    problem('77386006', 'Pregnancy', '2026-03-26'),
  ],
  { patientId: 'p1', asOf: '2026-11-22T12:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdictOf = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('a limit that was passed', () => {
  it.each([
    'Her potassium rose above 6.',
    'Her potassium rose above 6 in March 2025.',
    'Her potassium exceeded 6 in 2025.',
    'Her hemoglobin fell below 10.',
    'Her hemoglobin has fallen below 12.',
    'Her systolic pressure fell below 90.',
    'Her systolic pressure went below 90 in November 2026.',
    'Her blood pressure rose above 140/90.',
    'Her blood pressure fell below 100 in November 2026.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['supported']);
  });
});

describe('a limit that no value passed', () => {
  it.each([
    'Her potassium rose above 7.',
    'Her potassium rose above 6 in 2024.',
    'Her potassium exceeded 6 in 2026.',
    'Her hemoglobin fell below 9.',
    'Her systolic pressure fell below 80.',
    'Her blood pressure rose above 150/100.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['contradicted']);
  });
});

describe('a limit of which the record does not tell', () => {
  it.each([
    'Her hemoglobin has fallen below 10.',
    'Her potassium rose above 6 in 2021.',
    'Her potassium rose above 4.',
    'Her blood pressure fell below 80.',
    'Her potassium rose above 6 for three days.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['unverified']);
  });
});

describe('the weight of a pregnancy', () => {
  it('is that since its start', () => {
    expect(verdictOf('She gained 10 kg in this pregnancy.')).toEqual(['supported']);
    expect(verdictOf('She gained 17 kg in this pregnancy.')).toEqual(['unverified']);
    expect(verdictOf('She lost weight in this pregnancy.')).toEqual(['contradicted']);
  });
});
