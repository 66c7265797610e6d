/** Sentences about things that the record holds, which say something else of them than the record does. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { bp, code, lab, medication, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const RX = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const SCT = 'http://snomed.info/sct';
const subject = { reference: 'Patient/p1' };
const over = { clinicalStatus: { coding: [{ code: 'resolved' }] } };
const allergy = (id: string, rx: string, name: string) => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: code(RX, rx, name),
  recordedDate: '2003-02-02',
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1958-03-09' },
    medication('617312', 'atorvastatin 20 MG Oral Tablet', '2016-05-04', { reasonCode: [code(SCT, '55822004', 'Hyperlipidemia')] }),
    medication('314076', 'lisinopril 10 MG Oral Tablet', '2011-08-20', { reasonCode: [code(SCT, '59621000', 'Essential hypertension')] }),
    medication('855332', 'warfarin sodium 5 MG Oral Tablet', '2014-01-10', { status: 'stopped' }),
    medication('855332', 'warfarin sodium 5 MG Oral Tablet', '2012-01-10', { status: 'stopped' }),
    medication('197318', 'alendronic acid 70 MG Oral Tablet', '2018-06-01T09:00:00Z', {}),
    problem('59621000', 'Essential hypertension', '2009-03-01'),
    problem('55822004', 'Hyperlipidemia', '2013-04-01'),
    problem('64859006', 'Osteoporosis', '2018-05-20'),
    problem('10509002', 'Acute bronchitis', '2015-01-05', over),
    problem('17369002', 'Miscarriage', '1990-07-07', over),
    problem('19169002', 'Miscarriage in first trimester', '1990-07-07', over),
    allergy('al1', '7980', 'Penicillin'),
    allergy('al2', '1191', 'Aspirin'),
    {
      resourceType: 'Procedure',
      id: 'dxa',
      status: 'completed',
      subject,
      code: code(SCT, '312681000', 'Bone density scan'),
      performedDateTime: '2018-06-01T09:00:00Z',
    },
    {
      resourceType: 'Coverage',
      id: 'cov',
      status: 'active',
      beneficiary: subject,
      payor: [{ display: 'Medicare' }],
      type: { text: 'Health insurance' },
      period: { start: '2020-01-01' },
    },
    bp('2017-02-03', 168, 104),
    bp('2019-02-03', 150, 92),
    ...lab({
      loinc: '718-7',
      name: 'Hemoglobin',
      unit: 'g/dL',
      ucum: 'g/dL',
      values: [
        ['2017-02-03', 12.604],
        ['2019-02-03', 12.596],
      ],
    }),
    ...lab({
      loinc: '13457-7',
      name: 'LDL Cholesterol',
      unit: 'mg/dL',
      ucum: 'mg/dL',
      values: [
        ['2016-02-03', 170],
        ['2019-02-03', 90],
      ],
    }),
  ],
  { patientId: 'p1', asOf: '2021-01-15T10:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('is never supported', () => {
  it.each([
    // What hangs on a name by a hyphen.
    'Statin-naive.',
    'ACE-inhibitor-naive.',
    'Anticoagulant-naïve.',
    'Non-hypertensive.',
    'Pseudo-hypertensive.',
    'Atorvastatin-induced.',
    'Not yet on an ACE inhibitor.',
    'She has yet to be diagnosed with osteoporosis.',
    // All of a part of the record.
    'Allergic to aspirin only.',
    'She is allergic to nothing but penicillin.',
    'No allergies except aspirin.',
    'Just the one allergy: penicillin.',
    'Only lisinopril is taken.',
    'She takes no drugs apart from lisinopril.',
    'Only osteoporosis is active.',
    'Her only recorded illness is hypertension.',
    // Numbers of a pair, and movements that nobody sees.
    'BP rose between 2017 and 2019.',
    'Blood pressure has gone up since 2017.',
    'Haemoglobin dropped from 2017 to 2019.',
    // Of one day.
    'Lisinopril was started the day hypertension was found.',
    'On the day that hyperlipidaemia was diagnosed she got atorvastatin.',
    'Atorvastatin in the year hyperlipidaemia was diagnosed.',
    'Lisinopril at diagnosis of hypertension.',
    'Alendronic acid was started before the bone density scan.',
    // Counts of entries that are no count of things.
    'On five drugs.',
    'Five medications.',
    'Two miscarriages.',
    // Said of something else, or of all the time.
    'Meds: none current, warfarin active.',
    'She has always had health insurance.',
    'Warfarin was last prescribed in 2012.',
    // One thing made the cause or the aim of another.
    'Lisinopril caused her osteoporosis.',
    'Hypertension led to hyperlipidaemia.',
    'Atorvastatin cleared the bronchitis.',
    'Her blood pressure is treated with atorvastatin.',
    'Her LDL is lowered by lisinopril.',
    'It is for her blood pressure.',
    'She takes lisinopril. It is for hyperlipidaemia.',
    // Words that make it another thing.
    'Almost hypertensive.',
    'So-called hypertension.',
    'Systolic hypertension.',
    'Viral bronchitis in January 2015.',
    'The bronchitis was bacterial.',
    'Allergic osteoporosis.',
    'Atorvastatin short course.',
    'LDL unchanged except in 2019.',
    'She shares atorvastatin.',
    'None of her LDL results has reached 150.',
    'LDL went down by more than 100 from 2016 to 2019.',
    'LDL fell, 170 to 80, between 2016 and 2019.',
    'P: continue atorvastatin.',
  ])('%s', (text) => expect(verdicts(text).every((verdict) => verdict === 'supported')).toBe(false));
});

describe('stays supported', () => {
  it.each([
    'She is on a statin.',
    'On three drugs.',
    'Three medications.',
    'Allergic to penicillin and aspirin only.',
    'BP fell between 2017 and 2019.',
    'Blood pressure has come down since 2017.',
    'Alendronic acid was started the day of the bone density scan.',
    'Atorvastatin was started three years after hyperlipidaemia was diagnosed.',
    'Her blood pressure is treated with lisinopril.',
    'She takes lisinopril. It is for hypertension.',
    'Warfarin was last prescribed in 2014.',
    'LDL fell from 2016 to 2019.',
    'Warfarin was stopped.',
    // Marks of notes and letters, and limits in other words.
    'O: BP 150/92 on 3 Feb 2019.',
    'Dear Ben, Ruth has osteoporosis.',
    'She miscarried in July 1990.',
    'None of her LDL results has reached 200.',
    'LDL went down by more than 50 from 2016 to 2019.',
    'LDL fell, 170 to 90, between 2016 and 2019.',
  ])('%s', (text) => expect(verdicts(text).filter((verdict) => verdict !== 'supported')).toEqual([]));
});
