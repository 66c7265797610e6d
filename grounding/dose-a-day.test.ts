/** How much of a drug comes together in a day, and which way its dose goes now. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { dosage, medication } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const order = (rx: string, name: string, mg: number, times: number, start: string, end?: string, more: Record<string, unknown> = {}) =>
  medication(rx, name, start, {
    ...dosage(mg, 'mg', times, 1, 'd', {
      timing: { repeat: { frequency: times, period: 1, periodUnit: 'd', boundsPeriod: { start, ...(end ? { end } : {}) } } },
      ...more,
    }),
    ...(end ? { status: 'stopped' } : {}),
  });

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1961-03-09' },
    order('861004', 'metformin hydrochloride 1000 MG Oral Tablet', 1000, 2, '2013-04-22', '2025-02-06'),
    order('861007', 'metformin hydrochloride 500 MG Oral Tablet', 500, 2, '2025-02-06'),
    order('892345', 'morphine sulfate 30 MG Extended Release Oral Tablet', 30, 2, '2022-09-21', '2025-05-21'),
    order('891881', 'morphine sulfate 15 MG Extended Release Oral Tablet', 15, 2, '2025-05-21'),
    order('198440', 'acetaminophen 500 MG Oral Tablet', 1000, 3, '2024-09-21'),
    order('310965', 'ibuprofen 200 MG Oral Tablet', 400, 3, '2026-05-01', undefined, { asNeededBoolean: true }),
    order('200031', 'carvedilol 6.25 MG Oral Tablet', 6.25, 2, '2026-02-06', '2026-09-06'),
    order('200032', 'carvedilol 12.5 MG Oral Tablet', 12.5, 2, '2026-09-06'),
    order('314076', 'lisinopril 10 MG Oral Tablet', 10, 1, '2025-01-06'),
    order('310798', 'hydrochlorothiazide 25 MG Oral Tablet', 25, 1, '2015-01-06', '2018-01-06'),
  ],
  { patientId: 'p1', asOf: '2026-11-22T12:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdictOf = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('the doses of a day', () => {
  it.each([
    'She takes 1000 mg of metformin a day.',
    'She takes 1 g of metformin daily.',
    'She takes 30 mg of morphine a day.',
    'Her total daily dose of morphine is 30 mg.',
    'She takes 3 g of acetaminophen a day.',
    'She takes 10 mg of lisinopril a day.',
    'She takes 500 mg of metformin twice a day.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['supported']);
  });

  it.each([
    'She takes 2000 mg of metformin a day.',
    'She takes 500 mg of metformin a day.',
    'She takes 1000 mg of metformin once daily.',
    'She takes 60 mg of morphine a day.',
    'She takes 20 mg of lisinopril a day.',
  ])('is another: %s', (text) => {
    expect(verdictOf(text)).toEqual(['contradicted']);
  });

  it('of what is taken as needed are not told', () => {
    expect(verdictOf('She takes 1200 mg of ibuprofen a day.')).toEqual(['unverified']);
    expect(verdictOf('She takes 800 mg of ibuprofen a day.')).toEqual(['unverified']);
  });
});

describe('the way in which a dose goes now', () => {
  it.each(['Her carvedilol is being increased.', 'Her beta blocker has been increased.', 'Her morphine has been reduced.'])(
    '%s',
    (text) => {
      expect(verdictOf(text)).toEqual(['supported']);
    },
  );

  it.each([
    'Her carvedilol is being reduced.',
    'Her morphine has been increased.',
    'Her morphine is being reduced.',
    'Her metformin has been increased.',
    'Her lisinopril is being increased.',
  ])('%s is not stated by an older change', (text) => {
    expect(verdictOf(text)).toEqual(['unverified']);
  });
});
