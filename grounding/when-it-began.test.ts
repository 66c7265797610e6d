/** When a disease began: by its earliest entry, not by a later stage, an attack or a complication of it. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const over = (status: string, end: string) => ({ clinicalStatus: { coding: [{ code: status }] }, abatementDateTime: end });
const coded = (sct: string, icd: string, name: string) => ({
  code: {
    coding: [
      { system: SCT, code: sct, display: name },
      { system: ICD, code: icd, display: name },
    ],
    text: name,
  },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1970-09-15' },
    problem('46635009', 'Type 1 diabetes mellitus', '1984-08-21'),
    problem('127013003', 'Albuminuria in type 1 diabetes', '2024-09-23', coded('127013003', 'E10.29', 'Albuminuria in type 1 diabetes')),
    problem('4855003', 'Diabetic retinopathy', '2026-10-05', coded('4855003', 'E10.319', 'Diabetic retinopathy')),
    problem('13645005', 'Chronic obstructive lung disease', '2017-05-22'),
    problem('195951007', 'Acute exacerbation of chronic obstructive airways disease', '2025-09-21', over('resolved', '2025-10-05')),
    problem('700378005', 'Chronic kidney disease stage 3A', '2020-02-21', over('inactive', '2025-09-22')),
    problem('700379002', 'Chronic kidney disease stage 3B', '2025-09-22'),
    problem('370143000', 'Major depressive disorder', '2018-11-23', over('inactive', '2020-06-21')),
    problem('66344007', 'Recurrent major depression', '2023-11-21', over('inactive', '2025-03-21')),
    problem('10509002', 'Acute bronchitis', '2019-01-10', over('resolved', '2019-01-24')),
    problem('10509002', 'Acute bronchitis', '2023-03-10', over('resolved', '2023-03-24')),
    problem('421893009', 'Renal disorder due to type 2 diabetes mellitus', '2015-06-01'),
  ],
  { patientId: 'p1', asOf: '2026-11-22T12:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdictOf = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('a disease began with its earliest entry', () => {
  it.each([
    'Type 1 diabetes was diagnosed in 1984.',
    'She has had type 1 diabetes since 1984.',
    'COPD was diagnosed in 2017.',
    'She has had COPD for nine years.',
    'She has had CKD since 2020.',
    'She has had CKD for six years.',
    'CKD stage 3b was diagnosed in 2025.',
    'Depression was diagnosed in 2018.',
    'Recurrent depression was diagnosed in 2023.',
    'Diabetic retinopathy was diagnosed in 2026.',
    'Acute bronchitis was diagnosed in March 2023.',
    'Acute bronchitis was diagnosed in January 2019.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['supported']);
  });
});

describe('a later stage, an attack or a complication is no diagnosis of it', () => {
  it.each([
    'Type 1 diabetes was diagnosed in 2024.',
    'Type 1 diabetes was diagnosed in 2026.',
    'She has had type 1 diabetes since 2024.',
    'She developed type 1 diabetes in 2024.',
    'COPD was diagnosed in 2025.',
    'CKD was diagnosed in 2025.',
    'She has had CKD since 2025.',
    'She has had CKD for one year.',
    'Depression was diagnosed in 2023.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['contradicted']);
  });

  it('and where nothing else tells of the disease, it is left open', () => {
    expect(verdictOf('Type 2 diabetes was diagnosed in 2015.')).toEqual(['unverified']);
    expect(verdictOf('She has had type 2 diabetes since 2015.')).toEqual(['unverified']);
  });
});

describe('an age is told by the year', () => {
  it('of either side of a birthday, some weeks away', () => {
    expect(verdictOf('Her type 1 diabetes was found at age 14.')).toEqual(['unverified']);
    expect(verdictOf('Her type 1 diabetes was found at age 13.')).toEqual(['supported']);
    expect(verdictOf('Her type 1 diabetes was found at age 20.')).toEqual(['contradicted']);
  });
});
