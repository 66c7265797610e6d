import { expect, test } from 'vitest';
import { verifyText } from '../grounding/verify.ts';
import { chartOf } from '../records/chart/chart.fixture.ts';
import type { FhirResource } from '../records/contract.ts';
import { answered, coded, entry, loinc, measured } from './foreign-records.fixture.ts';

const potassium = (value: number, effectiveDateTime?: string): FhirResource =>
  entry('Observation', {
    status: 'final',
    category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
    code: loinc('2823-3', 'Potassium [Moles/volume] in Serum or Plasma'),
    valueQuantity: measured(value, 'mmol/L'),
    ...(effectiveDateTime ? { effectiveDateTime } : {}),
  });

test.each([
  ['without a date', undefined],
  ['of its year', '2019'],
  ['of its month', '2019-05'],
  ['of no readable date', '20191001'],
])('a value that may be newer is named beside the latest: %s', async (_, when) => {
  const chart = chartOf(potassium(4.4, '2019-05-01'), potassium(6.4, when));
  const answer = await answered('What is her latest potassium?', chart);
  expect(answer).toContain('4.4');
  expect(answer).toContain('6.4');
  expect(answer).toMatch(/1 entry that the record gives no day for may be newer than that of 01-May-2019/);
  expect(answer).not.toMatch(/latest potassium is/i);
  const verdict = (text: string) => verifyText(text, chart)[0]?.verdict;
  expect(verdict('Her latest potassium is 4.4 mmol/L.')).toBe('unverified');
  expect(verdict('Her latest potassium is 6.4 mmol/L.')).toBe('unverified');
  expect(verdict('Her potassium is 6.4 mmol/L.')).not.toBe('contradicted');
});

test('of two that are both too coarse to tell, neither is the latest', () => {
  const verdict = (text: string) => verifyText(text, chartOf(potassium(4.4, '2019-05'), potassium(6.4, '2019')))[0]?.verdict;
  expect(verdict('Her latest potassium is 4.4 mmol/L.')).toBe('unverified');
  expect(verdict('Her latest potassium is 6.4 mmol/L.')).toBe('unverified');
});

test('a value of an earlier year or month is older, whatever its day', async () => {
  const chart = chartOf(potassium(4.4, '2019-05-01'), potassium(6.4, '2018'), potassium(5.9, '2019-04'));
  expect(await answered('What is her latest potassium?', chart)).toMatch(/latest potassium is 4\.4/i);
  expect(verifyText('Her latest potassium is 4.4 mmol/L.', chart)[0]?.verdict).toBe('supported');
  expect(verifyText('Her latest potassium is 6.4 mmol/L.', chart)[0]?.verdict).toBe('contradicted');
});
