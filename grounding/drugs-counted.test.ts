import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const text = (words: string) => ({ text: words });
let next = 0;
const order = (name: string, from: string, status = 'stopped') => {
  next += 1;
  return {
    resourceType: 'MedicationRequest',
    id: `m${next}`,
    status,
    intent: 'order',
    subject,
    medicationCodeableConcept: text(name),
    authoredOn: from,
  };
};
const session = (day: string) => ({
  resourceType: 'Procedure',
  id: `hd-${day}`,
  status: 'completed',
  subject,
  code: text('Hemodialysis'),
  performedPeriod: { start: `${day}T08:00:00Z`, end: `${day}T12:00:00Z` },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Ruiz', given: ['Juan'] }], gender: 'male', birthDate: '1960-01-01' },
    order('acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet', '2018-05-21'),
    order('oxycodone hydrochloride 5 MG Oral Tablet', '2019-03-21'),
    order('oxycodone hydrochloride 10 MG Oral Tablet', '2022-09-21'),
    order('morphine sulfate 15 MG Extended Release Oral Tablet', '2023-09-21'),
    order('oxycodone hydrochloride 5 MG Oral Tablet', '2025-10-07', 'active'),
    order('morphine sulfate 15 MG Extended Release Oral Tablet', '2026-03-23', 'active'),
    ...['2022-06-22', '2022-08-01', '2022-10-03', '2022-12-05', '2023-02-06', '2023-04-03', '2023-06-05'].map(session),
  ],
  { patientId: 'p1', asOf: '2026-11-20T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);

describe('how many drugs of a class, and how long a course of sessions', () => {
  it.each([
    ['He has had six opioids.', 'contradicted'],
    ['6 opioids are recorded.', 'contradicted'],
    ['He has had three opioids.', 'supported'],
    ['He has had three different opioids.', 'supported'],
    ['3 different opioids are recorded.', 'supported'],
    ['He has had 4 opioids.', 'contradicted'],
    ['He has tried three opioids.', 'supported'],
    ['He has tried six opioids.', 'contradicted'],
    ['3 opioids were recorded: hydrocodone, morphine and oxycodone.', 'supported'],
    ['3 opioids were recorded: hydrocodone, fentanyl and oxycodone.', 'not supported'],
    ['Six opioid orders are recorded.', 'supported'],
    ['Three opioid orders are recorded.', 'contradicted'],
    ['He was prescribed opioids six times.', 'supported'],
    ['He was prescribed six opioids.', 'unverified'],
    ['He takes two opioids.', 'supported'],
    ['He takes three opioids.', 'contradicted'],
    ['Two opioids were tried before morphine.', 'not contradicted'],
    ['He has taken two long-acting opioids.', 'not contradicted'],
    ['Hemodialysis was done for 11 months, from 22-Jun-2022 to 05-Jun-2023.', 'supported'],
    ['Hemodialysis was done for 4 years.', 'contradicted'],
  ])('%s is %s', (sentence, wanted) => {
    const verdicts = verifyText(sentence, chart).map(({ verdict }) => verdict);
    expect(verdicts).toHaveLength(1);
    if (wanted.startsWith('not ')) expect(verdicts[0]).not.toBe(wanted.slice(4));
    else expect(verdicts[0]).toBe(wanted);
  });
});
