import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const subject = { reference: 'Patient/p1' };
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display });
const measure = (id: string, code: object, value: number, unit: string, date: string, visit?: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code,
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  ...(visit ? { encounter: { reference: `Encounter/${visit}` } } : {}),
});
const visit = (id: string, code: string, type: string, date: string) => ({
  resourceType: 'Encounter',
  id,
  subject,
  status: 'finished',
  class: { code },
  type: [{ text: type }],
  period: { start: `${date}T09:00:00Z`, end: `${date}T10:00:00Z` },
});
const weight = loinc('29463-7', 'Body weight');
const pulse = loinc('8867-4', 'Heart rate');
const a1c = loinc('4548-4', 'Hemoglobin A1c');

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
    visit('v1', 'EMER', 'Emergency department visit', '2023-11-05'),
    visit('v2', 'AMB', 'Office visit', '2024-05-20'),
    measure('w1', weight, 71, 'kg', '2023-11-05T09:10:00Z', 'v1'),
    measure('w2', weight, 68, 'kg', '2024-05-20T09:10:00Z', 'v2'),
    measure('h1', pulse, 112, '/min', '2023-11-05T09:10:00Z', 'v1'),
    measure('h2', pulse, 74, '/min', '2024-05-20T09:10:00Z', 'v2'),
    measure('a1', a1c, 7.6, '%', '2024-05-20T09:10:00Z', 'v2'),
    {
      resourceType: 'Goal',
      id: 'g1',
      subject,
      lifecycleStatus: 'active',
      achievementStatus: { coding: [{ code: 'not-achieved' }] },
      description: { text: 'Hemoglobin A1c below 7 %' },
      startDate: '2024-01-10',
      target: [{ measure: a1c, detailQuantity: { value: 7, unit: '%', comparator: '<' } }],
    },
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('goals, and what was measured at a visit', () => {
  it.each([
    'The A1c goal of below 7 % has not been met.',
    'Her A1c target has not been reached.',
    'A1c is above target at 7.6 %.',
    'In the ED on 5 November 2023 her pulse was 112 and she weighed 71 kg.',
    'At her visit in May 2024 the heart rate was 74.',
    'Heart rate was 112 at the November 2023 emergency visit.',
  ])('are supported: %s', (sentence) => expect(verdicts(sentence)).toEqual(['supported']));

  it.each([
    ['met', 'The A1c goal of below 7 % has been met.'],
    ['another goal', 'The A1c goal of below 8 % has not been met.'],
    ['the other direction', 'The A1c goal of above 7 % has not been met.'],
    ['of something else', 'Her weight target has not been reached.'],
    ['on the other side', 'A1c is below target at 7.6 %.'],
    ['at it', 'A1c is at goal at 7.6 %.'],
    ['another value', 'A1c is above target at 8.6 %.'],
    ['the value of another visit', 'In the ED on 5 November 2023 her pulse was 74.'],
    ['another day', 'In the ED on 6 November 2023 her pulse was 112.'],
    ['another kind of visit', 'In the ED on 20 May 2024 her pulse was 74.'],
    ['not measured there', 'In the ED on 5 November 2023 her A1c was 7.6 %.'],
    ['denied', 'In the ED on 5 November 2023 her pulse was not 112.'],
  ])('are not supported: %s', (_, sentence) => expect(verdicts(sentence)).not.toContain('supported'));
});
