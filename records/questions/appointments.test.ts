import { describe, expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../chart/chart.ts';
import type { FhirResource } from '../contract.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';

const NOW = '2026-11-21T15:00:00Z';
const appointment = (id: string, status: string, time: object): FhirResource => ({
  resourceType: 'Appointment',
  id,
  status,
  serviceType: [{ text: 'Cardiology' }],
  participant: [{ actor: { reference: 'Patient/p' }, status: 'accepted' }],
  ...time,
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p', gender: 'female' },
    appointment('kept', 'fulfilled', { start: '2026-10-05T09:00:00-04:00', end: '2026-10-05T09:20:00-04:00' }),
    appointment('missed', 'noshow', { start: '2026-11-02T09:00:00-05:00', end: '2026-11-02T09:20:00-05:00' }),
    appointment('booked', 'booked', { start: '2026-12-18T13:00:00-05:00', end: '2026-12-18T13:20:00-05:00' }),
    appointment('waiting', 'waitlist', { requestedPeriod: [{ start: '2026-12-26', end: '2027-01-20' }] }),
  ],
  { patientId: 'p', asOf: NOW, terminology: baseTerminology() },
);
const told = (text: string) =>
  parseQuestions(text, { chart, now: NOW }).questions.flatMap((question) =>
    answer(question, chart).facts.map(({ id }) => id.split('/')[1]),
  );

describe('appointments', () => {
  test.each([
    ['when was her last appointment', ['kept']],
    ['date of the latest appointment she came to', ['kept']],
    ['when is her next appointment', ['booked', 'waiting']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});
