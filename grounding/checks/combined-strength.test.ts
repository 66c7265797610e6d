import { describe, expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';
import { combinedStrengths } from './combined-strength.ts';

const order = (id: string, drug: string, sig: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  subject: { reference: 'Patient/p' },
  status: 'active',
  intent: 'order',
  authoredOn: '2025-03-04',
  medicationCodeableConcept: { text: drug },
  dosageInstruction: [{ text: sig }],
  ...more,
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], gender: 'male', birthDate: '1955-05-05' },
    order('m1', 'amlodipine 5 MG / benazepril hydrochloride 20 MG Oral Capsule', '1 capsule by mouth once daily'),
    order('m2', 'calcium carbonate 1500 MG / cholecalciferol 400 UNT Oral Tablet', '1 tablet by mouth twice daily'),
    order('m3', '60 ACTUAT fluticasone propionate 0.25 MG/ACTUAT / salmeterol 0.05 MG/ACTUAT Dry Powder Inhaler', '1 puff twice daily'),
    order('m4', 'efavirenz 600 MG / emtricitabine 200 MG / tenofovir disoproxil fumarate 300 MG Oral Tablet', '1 tablet at bedtime'),
    order('m5', '1000 ML sodium chloride 9 MG/ML Injection', '1000 mL intravenously every 8 hours'),
    order('m6', 'nitrofurantoin, macrocrystals 25 MG / nitrofurantoin, monohydrate 75 MG Oral Capsule', '1 capsule by mouth twice daily'),
  ],
  { patientId: 'p', asOf: '2026-01-10T09:00:00Z', terminology: baseTerminology() },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => claim.verdict);

describe('a combination is said with the strengths of all its parts', () => {
  test.each([
    ['He takes amlodipine/benazepril 5/20 mg once daily.', 'supported'],
    ['He takes amlodipine/benazepril 5/40 mg once daily.', 'contradicted'],
    ['He takes amlodipine/benazepril 10/20 mg once daily.', 'contradicted'],
    ['He takes calcium carbonate/vitamin D 1500 mg/400 units twice daily.', 'supported'],
    ['He takes calcium carbonate/vitamin D 1,500 mg/800 units twice daily.', 'contradicted'],
    ['He uses fluticasone/salmeterol 250/50 mcg twice daily.', 'supported'],
    ['He uses fluticasone/salmeterol 250/100 mcg twice daily.', 'contradicted'],
    ['He takes efavirenz/emtricitabine/tenofovir 600/200/300 mg at bedtime.', 'supported'],
    ['He takes efavirenz/emtricitabine/tenofovir 600/200/245 mg at bedtime.', 'contradicted'],
    ['He gets sodium chloride 0.9 % every 8 hours.', 'supported'],
    ['He gets sodium chloride 0.45 % every 8 hours.', 'unverified'],
    ['He takes nitrofurantoin 25 mg twice daily.', 'contradicted'],
  ])('%s', (text, expected) => expect(verdict(text)).toEqual([expected]));
});

test('pressures, volumes and dates are no strengths', () => {
  expect(combinedStrengths('on amlodipine with 150/90 mmHg', 'amlodipine')).toEqual([]);
  expect(combinedStrengths('amoxicillin 400 mg/5 mL', 'amoxicillin')).toEqual([]);
  expect(combinedStrengths('started amlodipine on 3/4/2025', 'amlodipine')).toEqual([]);
  expect(combinedStrengths('benazepril 20/5', 'benazepril')).toMatchObject([{ parts: [{ value: 20 }, { value: 5 }] }]);
});
