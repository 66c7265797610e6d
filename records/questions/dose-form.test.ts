import { expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../chart/chart.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';

const order = (id: string, name: string, authoredOn: string, text: string, status: 'active' | 'completed') => ({
  resourceType: 'MedicationRequest' as const,
  id,
  status,
  intent: 'order' as const,
  subject: { reference: 'Patient/p' },
  authoredOn,
  medicationCodeableConcept: { text: name },
  dosageInstruction: [{ text }],
});
const now = '2026-11-20T10:00:00-05:00';
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Moss' }], birthDate: '1960-02-03' },
    order('tablet', 'cyanocobalamin 1 MG Oral Tablet', '2021-03-01', '1 tablet by mouth once daily', 'active'),
    order('shot', '1 ML cyanocobalamin 1 MG/ML Injection', '2025-06-02', '1 mL into the muscle every month', 'active'),
    order('puffer', '200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler', '2022-01-05', '2 puffs as needed', 'active'),
    order('ointment', 'clobetasol propionate 0.5 MG/ML Topical Ointment', '2024-01-05', 'thinly once daily', 'active'),
  ],
  { patientId: 'p', asOf: now, terminology: baseTerminology() },
);
const ids = (text: string) => {
  const { questions } = parseQuestions(text, { chart, now });
  return answer(questions[0]!, chart).facts.map(({ id }) => id.replace('MedicationRequest/', ''));
};

test.each([
  ['what is the dose of the B12 pills?', ['tablet']],
  ['dose of her cyanocobalamin capsules', ['tablet']],
  ['how much is in the B12 shot?', ['shot']],
  ['does she get vitamin B12 injections?', ['shot']],
  ['dose of her albuterol inhaler', ['puffer']],
  ['what pills is she on?', ['shot', 'ointment', 'puffer', 'tablet']],
])('%s', (text, expected) => {
  expect(ids(text)).toEqual(expected);
});

test('a drug that is recorded as something else is shown as that, with a word on it', () => {
  const { questions } = parseQuestions('what dose of clobetasol tablets does she take?', { chart, now });
  const result = answer(questions[0]!, chart);
  const told = [...result.facts, ...result.instead].map(({ id }) => id);
  expect(told).toEqual(['MedicationRequest/ointment']);
  expect(result.notes.map(({ text }) => text).join(' ')).toMatch(/not as tablets|without “tablets?”/);
});
