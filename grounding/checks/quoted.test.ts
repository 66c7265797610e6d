import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const order = (id: string, status: string, drug: string, sig: string, note?: string) => ({
  resourceType: 'MedicationRequest',
  id,
  subject,
  status,
  intent: 'order',
  authoredOn: '2024-02-05',
  medicationCodeableConcept: { text: drug },
  dosageInstruction: [{ text: sig }],
  ...(note ? { note: [{ text: note }] } : {}),
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
    order('m1', 'active', 'Warfarin 5 mg tablet', 'as the clinic says, up to 7.5 mg on Sundays', 'Never to be stopped before dental work.'),
    order('m2', 'stopped', 'Aspirin 81 mg tablet', 'one tablet each morning unless bleeding'),
    order('m3', 'active', 'Ramipril 5 mg capsule', '5 mg by mouth once daily'),
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe("the record's own words in a sentence", () => {
  it.each([
    'Warfarin 5 mg tablet: as the clinic says, up to 7.5 mg on Sundays; active.',
    'Warfarin is active (note: Never to be stopped before dental work).',
    'Aspirin 81 mg tablet, one tablet each morning unless bleeding, stopped.',
    'Ramipril 5 mg capsule is active; start date not recorded; ordered 05-Feb-2024.'.replace('start date', 'route'),
  ])('are stated: %s', (text) => expect(verdicts(text)).toEqual(['supported']));

  it.each([
    ['another drug with them', 'Aspirin 81 mg tablet: as the clinic says, up to 7.5 mg on Sundays; stopped.'],
    ['the other state', 'Warfarin 5 mg tablet: as the clinic says, up to 7.5 mg on Sundays; stopped.'],
    ['another number in them', 'Warfarin 5 mg tablet: as the clinic says, up to 10 mg on Sundays; active.'],
    ['a detail said to be missing that is there', 'Ramipril 5 mg capsule is active; dose not recorded.'],
  ])('do not carry %s', (_what, text) => expect(verdicts(text)).not.toContain('supported'));
});
