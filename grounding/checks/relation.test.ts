import { describe, expect, it } from 'vitest';
import { fixtureChart } from '../park.fixture.ts';
import { verifyText } from '../verify.ts';

const chart = fixtureChart();
const verdicts = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);
const never = (text: string) => expect(verdicts(text), text).not.toContain('supported');

describe('what one thing is said to be', () => {
  it.each([
    'Her ACE inhibitor is lisinopril.',
    'Metformin is her diabetes drug.',
    'Takes lisinopril as her antihypertensive.',
    'She is on lisinopril, an ACE inhibitor.',
    'The treatment for her hypertension is lisinopril.',
    'Her diabetes is treated with metformin.',
    'She has diabetes and hypertension, and takes metformin and lisinopril.',
  ])('is supported where the record has it so: %s', (text) => expect(verdicts(text)).toEqual(['supported']));

  it.each([
    'Her ACE inhibitor is metformin.',
    'Lisinopril is her diabetes drug.',
    'Takes metformin as her antihypertensive.',
    'She is on metformin, an ACE inhibitor.',
    'Her painkiller: lisinopril.',
    'The medicine for her hypertension is metformin.',
    'The origin of her hypertension is metformin.',
    'Lisinopril is the reason for her osteoarthritis.',
    'Her osteoarthritis was the first sign of diabetes.',
    'She got lisinopril instead of metformin.',
    'Penicillin allergy treated with lisinopril.',
  ])('is no fact because both are on record: %s', never);
});

describe('the first and last of a whole part of the record', () => {
  it.each([
    'Osteoarthritis of the left knee was diagnosed after her diabetes.',
    'Her first diagnosis was hypertension.',
    'The earliest problem on her list is hypertension.',
    'Her last vaccine was a flu shot.',
    'Most recent procedure: colonoscopy.',
  ])('%s', (text) => expect(verdicts(text)).toEqual(['supported']));

  it.each([
    'Her latest diagnosis is hypertension.',
    'The newest problem on her list is type 2 diabetes.',
    'Her oldest diagnosis is osteoarthritis of the knee.',
    'Most recently diagnosed with diabetes.',
    'The first drug she ever took was metformin.',
    'Her last medication was amlodipine.',
    'Her first illness was diabetes.',
    'The last infection she had was diabetes.',
    'Her first antihypertensive was lisinopril.',
  ])('is no fact because it is the only one of its own kind: %s', never);
});

describe('a drug set beside a problem', () => {
  it.each([
    'Diabetes, on metformin.',
    'HTN - lisinopril 10 mg.',
    'T2DM: metformin.',
    'She has osteoarthritis and is on metformin.',
    'Patient with osteoarthritis, on metformin.',
    'Hypertension on lisinopril.',
  ])('%s', (text) => expect(verdicts(text)).toEqual(['supported']));
  it.each([
    'Diabetes, on lisinopril.',
    'HTN - metformin 500 mg.',
    'OA knee: metformin.',
    'Hypertension, currently on metformin.',
    'Takes lisinopril to control her sugar.',
  ])('is for it: %s', never);
});

describe('what is done about a disease', () => {
  it.each([
    'Screened for hypertension.',
    'Vaccinated against diabetes.',
    'She is at risk of osteoarthritis.',
    'Worried about diabetes.',
    'Cause of death was hypertension.',
    'Hypertension was the cause of her death.',
    'Hypertension at birth.',
    'Metformin from birth.',
    'Portal hypertension.',
  ])('does not say that it is had: %s', never);
});

describe('since when', () => {
  it.each(['Hypertension since 2004.', 'On metformin since October 2012.'])('%s', (text) => expect(verdicts(text)).toEqual(['supported']));
  it.each(['Sinusitis since 2016.', 'HbA1c 6.5% since 2018.', 'Ex-smoker since 2020.', 'BP 128/82 since 2019.', 'Amlodipine since 2010.'])(
    'is no fact where it does not last, or where only one value of that time is known: %s',
    never,
  );
});
