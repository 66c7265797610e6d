import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const order = (id: string, status: string, drug: string, date: string, dosage: object, more: object = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  subject,
  status,
  intent: 'order',
  authoredOn: date,
  medicationCodeableConcept: { text: drug },
  dosageInstruction: [dosage],
  ...more,
});
const times = (text: string, value: number, frequency: number) => ({
  text,
  timing: { repeat: { frequency, period: 1, periodUnit: 'd' } },
  doseAndRate: [{ doseQuantity: { value, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
    order('m1', 'active', 'Tramadol 50 mg tablet', '2024-02-05', {
      text: '1-2 tablets every 8 hours as needed for back pain, maximum 300 mg daily',
    }),
    order('m2', 'active', 'Simvastatin 20 mg tablet', '2023-01-10', times('20 mg by mouth at bedtime', 20, 1)),
    order('m3', 'stopped', 'Ramipril 5 mg capsule', '2022-05-01', times('5 mg by mouth once daily', 5, 1), {
      statusReason: { text: 'Troublesome dry cough' },
    }),
    order('m4', 'completed', 'Bisoprolol 2.5 mg tablet', '2023-03-01', times('2.5 mg by mouth once daily', 2.5, 1)),
    order('m5', 'active', 'Bisoprolol 5 mg tablet', '2024-03-11', times('5 mg by mouth once daily with food', 5, 1)),
    order('m6', 'completed', 'Prednisone 20 mg tablet', '2024-01-08', times('40 mg by mouth once daily for 5 days', 40, 1)),
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('orders as clinicians write them', () => {
  it.each([
    'Tramadol 1-2 tabs q8h prn for back pain.',
    'Tramadol one to two tablets tds as needed, no more than 300 mg a day.',
    'Simvastatin 20 mg nocte.',
    'Simvastatin 20 mg at night.',
    'Bisoprolol 5 mg od with meals.',
    'Bisoprolol was doubled in March 2024.',
    'Bisoprolol was increased to 5 mg in March 2024.',
    'Bisoprolol 5 mg was added in March 2024.',
    'Ramipril was stopped because of a dry cough.',
    'Ramipril 5 mg was discontinued due to a troublesome cough.',
  ])('are supported: %s', (sentence) => expect(verdicts(sentence)).toEqual(['supported']));

  it.each([
    ['not only as needed', 'Tramadol 1-2 tablets every 8 hours.'],
    ['another range', 'Tramadol 2-3 tablets every 8 hours as needed.'],
    ['another interval', 'Tramadol 1-2 tablets every 6 hours as needed.'],
    ['another maximum', 'Tramadol 1-2 tablets q8h prn, max 400 mg a day.'],
    ['another pain', 'Tramadol 1-2 tablets q8h prn for knee pain.'],
    ['the maximum as a dose', 'Tramadol 300 mg every 8 hours as needed.'],
    ['another time of day', 'Simvastatin 20 mg mane.'],
    ['the strength as a dose', 'Took prednisone 20 mg once daily for 5 days in January 2024.'],
    ['before food', 'Bisoprolol 5 mg od before meals.'],
    ['the other way', 'Bisoprolol was halved in March 2024.'],
    ['another date', 'Bisoprolol was doubled in March 2023.'],
    ['another dose', 'Bisoprolol was increased to 10 mg in March 2024.'],
    ['another drug', 'Simvastatin was doubled in March 2024.'],
    ['another reason', 'Ramipril was stopped because of angioedema.'],
    ['another drug with the reason', 'Simvastatin was stopped because of a dry cough.'],
    ['not stopped', 'Ramipril was not stopped because of a dry cough.'],
  ])('are not supported: %s', (_, sentence) => expect(verdicts(sentence)).not.toContain('supported'));
});

describe('an amount a day that flows', () => {
  const pump = buildChart(
    [
      { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1990-01-01' },
      order('m1', 'active', 'Insulin lispro 100 units/mL', '2024-02-05', {
        text: '38 units a day by pump',
        doseAndRate: [
          {
            rateRatio: {
              numerator: { value: 38, unit: 'units', system: 'http://unitsofmeasure.org', code: '[iU]' },
              denominator: { value: 1, unit: 'day', system: 'http://unitsofmeasure.org', code: 'd' },
            },
          },
        ],
      }),
    ],
    { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
  );
  const verdict = (text: string) => verifyText(text, pump)[0]!.verdict;
  it('is stated as one', () => {
    expect(verdict('Insulin lispro 38 units a day by pump.')).toBe('supported');
  });
  it.each([
    'Insulin lispro 38 units once daily.',
    'She takes 38 units of insulin lispro once a day.',
    'Insulin lispro 38 units at bedtime.',
    'Insulin lispro 38 units twice daily.',
  ])('is no dose that is given at once: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });
});
