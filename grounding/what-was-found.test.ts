/** What the conclusion, outcome or note of an entry denies is not so, and what it denies may be denied. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { bp, code, problem } from './park.fixture.ts';
import { toldInText } from './reading/told-in-prose.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const subject = { reference: 'Patient/p1' };
const report = (id: string, name: string, date: string, conclusion: string) => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  subject,
  category: [{ text: 'Radiology' }],
  code: { text: name },
  effectiveDateTime: date,
  conclusion,
});
const procedure = (id: string, sct: string, name: string, date: string, outcome: string) => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  subject,
  code: code(SCT, sct, name),
  performedDateTime: date,
  outcome: { text: outcome },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1958-03-09' },
    report('ct', 'CT of the head', '2026-01-21', 'Shrinkage that is common at her age. No bleeding and no fracture.'),
    report('x1', 'chest X-ray', '2017-05-22', 'Flattened diaphragms. No mass. No nodules of silicosis.'),
    report('x2', 'chest X-ray', '2025-09-21', 'Overinflated lungs. No pneumonia, no pneumothorax, effusion or rib fracture.'),
    report('m1', 'mammogram', '2024-08-21', 'Irregular mass in the left breast. No enlarged node in the axilla.'),
    report('m2', 'mammogram', '2026-08-21', 'Scar in the left breast, no sign of recurrence. Possible cyst on the right.'),
    report('cy', 'cervical cytology', '2019-11-21', 'Negative for intraepithelial lesion or malignancy. High-risk HPV not found.'),
    procedure('eye1', '6615001', 'Retinal eye exam', '2023-02-21', 'no retinopathy in either eye'),
    procedure('eye2', '6615001', 'Retinal eye exam', '2026-10-05', 'mild nonproliferative retinopathy in the right eye, none in the left'),
    procedure('echo', '40701008', 'Echocardiogram', '2022-12-21', 'normal left ventricle, left atrium mildly enlarged, no valve disease'),
    report('us', 'obstetric ultrasound', '2024-11-21', 'The uterus, in which an embryo was seen on 12 November 2024, is empty.'),
    procedure('lump', '392021009', 'Lumpectomy of breast', '2024-09-27', 'tumor of 16 mm removed, margins clear'),
    procedure('ecg', '29303009', 'Electrocardiogram', '2026-10-12', 'sinus rhythm, no new change'),
    problem('390834004', 'Nonproliferative diabetic retinopathy', '2026-10-05'),
    problem('195967001', 'Asthma', '1996-11-21', { note: [{ text: 'No symptoms and no inhaler since.' }] }),
    problem('233604007', 'Pneumonia', '2020-03-01', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
    bp('2026-01-21', 130, 80),
    {
      resourceType: 'Observation',
      id: 'geno',
      status: 'final',
      subject,
      code: code(LOINC, '57132-5', 'CYP2C19 gene mutations found'),
      effectiveDateTime: '2026-10-31',
      valueCodeableConcept: { text: '*1/*2' },
      note: [{ text: 'Received by fax. Not yet reviewed by a clinician.' }],
    },
  ],
  { patientId: 'p1', asOf: '2026-11-22T10:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => claim.verdict)[0];

describe('what an examination found', () => {
  it.each([
    'The CT showed bleeding.',
    'There was bleeding on CT.',
    'Bleeding was seen on the CT of the head.',
    'The CT of the head showed shrinkage and bleeding.',
    'CT of the head: bleeding.',
    'The chest X-ray in May 2017 showed a mass.',
    'The latest chest X-ray showed pneumonia.',
    'The latest chest X-ray showed a rib fracture.',
    'The mammogram in 2026 showed recurrence.',
    'Cervical cytology in 2019 showed malignancy.',
    'Retinal exam in February 2023 showed retinopathy.',
    'The echocardiogram in 2022 showed valve disease.',
    'The mammogram in 2024 showed no mass.',
    'The retinal exam in October 2026 showed no retinopathy.',
  ])('is contradicted where the report denies it: %s', (text) => {
    expect(verdict(text)).toBe('contradicted');
  });

  it.each([
    'The chest X-ray showed a mass.',
    'The mammogram in 2024 showed an enlarged node.',
    'The mammogram in 2024 showed no node.',
    'The mammogram in 2026 showed a cyst.',
    'The chest X-ray in 2017 showed no nodules.',
    'The chest X-ray in September 2025 showed retinopathy.',
    'The retinal exam in October 2026 showed retinopathy in the left eye.',
    'His CT showed no bleeding.',
    "Her mother's CT showed no bleeding.",
    'The CT showed no tumor.',
    'The ultrasound on 21 November 2024 showed an embryo.',
    'The lumpectomy showed tumor at the margins.',
    'The electrocardiogram showed a new change.',
    'The CYP2C19 result was reviewed by a clinician.',
    'The CYP2C19 result was reviewed.',
    'Asthma with symptoms since.',
  ])('is not supported: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });

  it.each([
    'The CT showed no bleeding.',
    'The electrocardiogram showed sinus rhythm.',
    'The electrocardiogram showed no new change.',
    'The CT of the head did not show bleeding.',
    'There was no bleeding on CT.',
    'No fracture was seen on the CT of the head.',
    'The CT showed shrinkage, but no bleeding or fracture.',
    'The chest X-ray showed no mass.',
    'The latest chest X-ray showed overinflated lungs and no pneumonia.',
    'The chest X-ray in September 2025 showed no effusion.',
    'The mammogram in 2026 showed no recurrence.',
    'The mammogram in 2026 showed no sign of recurrence.',
    'The mammogram in 2024 showed a mass.',
    'Cervical cytology in 2019 was negative for malignancy.',
    'Retinal exam in February 2023 showed no retinopathy.',
    'No retinopathy was found at the retinal exam in February 2023.',
    'The retinal exam in October 2026 showed mild nonproliferative retinopathy in the right eye.',
    'The echocardiogram in 2022 showed no valve disease.',
  ])('is supported where the report says so: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
});

describe('prose', () => {
  it('is read by what it affirms, denies and leaves open', () => {
    const { affirmed, denied, open } = toldInText('Old scar. No bleeding, small cyst. Possible stroke. Not yet reviewed.');
    expect(affirmed.join(' ')).toContain('scar');
    expect(affirmed.join(' ')).not.toMatch(/bleeding|cyst|stroke|reviewed/);
    expect(denied.join(' ')).toMatch(/bleeding/);
    expect(denied.join(' ')).toMatch(/reviewed/);
    expect(denied.join(' ')).not.toMatch(/cyst|stroke/);
    expect(open.map(({ words }) => [...words].join(' ')).join(' ')).toMatch(/cyst.*strok/);
  });
});
