/** "Is rising", "getting worse" of a series whose newest values went back: neither the whole course nor its end alone decides it. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const chartOf = (loinc: string, display: string, unit: string, values: Readonly<Record<string, readonly [number, string]>>) =>
  buildChart(
    [
      { resourceType: 'Patient', id: 'o1', name: [{ family: 'Osei', given: ['Abena'] }], gender: 'female', birthDate: '1960-06-15' },
      ...Object.entries(values).map(([date, [value, flag]]) => ({
        resourceType: 'Observation',
        id: `v${date}`,
        status: 'final',
        subject: { reference: 'Patient/o1' },
        code: { coding: [{ system: 'http://loinc.org', code: loinc, display }], text: display },
        effectiveDateTime: date,
        valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
        interpretation: [{ coding: [{ code: flag }] }],
      })),
    ],
    { patientId: 'o1', asOf: '2021-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
  );

const injured = chartOf('2160-0', 'Creatinine', 'mg/dL', {
  '2016-04-01': [0.7, 'N'],
  '2018-04-01': [0.75, 'N'],
  '2020-04-01': [0.8, 'N'],
  '2021-06-25': [2.4, 'H'],
  '2021-06-28': [1.5, 'H'],
});
const climbing = chartOf('2160-0', 'Creatinine', 'mg/dL', {
  '2018-04-01': [0.8, 'N'],
  '2019-04-01': [1.1, 'N'],
  '2020-04-01': [1.4, 'H'],
  '2021-04-01': [1.6, 'H'],
});

const verdicts = (chart: typeof injured, text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('a course that has turned', () => {
  it.each([
    'Her creatinine is rising.',
    'Her creatinine is going up.',
    'Her creatinine is falling.',
    'Her creatinine is getting worse.',
    'Her creatinine is improving.',
    'Her creatinine has improved.',
    'Her creatinine has been rising since 2018.',
    'Her creatinine is rising, from 0.70 mg/dL in April 2016 to 1.50 mg/dL on 28 June 2021.',
  ])('leaves open: %s', (text) => expect(verdicts(injured, text)).toEqual(['unverified']));

  it.each([
    'Her creatinine rose from 0.70 mg/dL on 1 April 2016 to 2.40 mg/dL on 25 June 2021.',
    'Her creatinine then fell from 2.40 mg/dL on 25 June 2021 to 1.50 mg/dL on 28 June 2021.',
    'Her creatinine has fallen to 1.50 mg/dL.',
    'Her creatinine has fallen since 25 June 2021.',
    'Her creatinine went up from 0.70 mg/dL in 2016 to 1.50 mg/dL in June 2021.',
  ])('supports: %s', (text) => expect(verdicts(injured, text)).toEqual(['supported']));

  it('decides of one that goes on', () => {
    expect(verdicts(climbing, 'Her creatinine is rising.')).toEqual(['supported']);
    expect(verdicts(climbing, 'Her creatinine is getting worse.')).toEqual(['supported']);
    expect(verdicts(climbing, 'Her creatinine is falling.')).toEqual(['contradicted']);
    expect(verdicts(climbing, 'Her creatinine has improved.')).toEqual(['contradicted']);
  });
});
