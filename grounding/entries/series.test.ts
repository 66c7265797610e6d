import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const measure = (id: string, [code, display]: readonly [string, string], value: number, unit: string, date: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  ...more,
});
const potassium = ['2823-3', 'Potassium'] as const;
const height = ['8302-2', 'Body height'] as const;
const weight = ['29463-7', 'Body weight'] as const;
const crp = ['1988-5', 'C-reactive protein'] as const;

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '2012-01-01' },
    measure('k1', potassium, 3.6, 'mmol/L', '2021-05-10'),
    measure('k2', potassium, 4.1, 'mmol/L', '2022-05-16'),
    measure('k3', potassium, 4.9, 'mmol/L', '2024-05-20'),
    measure('n1', ['2951-2', 'Sodium'], 131, 'mmol/L', '2024-05-20', { interpretation: [{ coding: [{ code: 'L' }] }] }),
    measure('b1', ['39156-5', 'Body mass index'], 30.2, 'kg/m2', '2024-05-20'),
    measure('h1', height, 141, 'cm', '2022-05-16'),
    measure('h2', height, 153.5, 'cm', '2024-05-20'),
    measure('w1', weight, 34, 'kg', '2022-05-16'),
    measure('w2', weight, 45, 'kg', '2024-05-20'),
    measure('c1', crp, 3, 'mg/L', '2024-05-20', { referenceRange: [{ high: { value: 5, unit: 'mg/L' } }] }),
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('values told in a row', () => {
  it.each([
    'Potassium 4.9, was 4.1 two years earlier.',
    'K 4.9 (prev 4.1).',
    'Potassium up to 4.9 from 4.1.',
    'Potassium was 4.9 in May 2024, up from 3.6 three years before.',
    'Potassium over time: 3.6, 4.1, 4.9.',
    'She grew 12.5 cm between May 2022 and May 2024.',
    'She has put on 11 kg since May 2022.',
    'She weighed more in May 2024 than in May 2022.',
    'Sodium low on 20 May 2024.',
    'She had a BMI of 30 on 20 May 2024.',
    'The CRP was within the normal range.',
  ])('is supported: %s', (sentence) => expect(verdicts(sentence)).toEqual(['supported']));

  it.each([
    ['another earlier value', 'Potassium 4.9, was 4.4 two years earlier.'],
    ['another gap', 'Potassium 4.9, was 4.1 four years earlier.'],
    ['the other way', 'Potassium down to 4.9 from 4.1.'],
    ['one left out', 'K 4.9 (prev 3.6).'],
    ['another order', 'Potassium over time: 4.9, 4.1, 3.6.'],
    ['another in the row', 'Potassium over time: 3.6, 4.4, 4.9.'],
    ['not the latest', 'Potassium up to 4.1 from 3.6.'],
    ['more growth', 'She grew 15.5 cm between May 2022 and May 2024.'],
    ['loss', 'She has lost 11 kg since May 2022.'],
    ['weighed less', 'She weighed less in May 2024 than in May 2022.'],
    ['the other flag', 'Sodium high on 20 May 2024.'],
    ['another index', 'She had a BMI of 40 on 20 May 2024.'],
    ['beyond the range', 'The CRP was above the normal range.'],
  ])('is not supported: %s', (_, sentence) => expect(verdicts(sentence)).not.toContain('supported'));
});
