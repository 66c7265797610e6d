/**
 * The record that two charts were joined into: each trap in it, by what an answer must say and must not say, and by sentences about it that
 * are true, false, or not to be decided.
 */
import { describe, expect, test } from 'vitest';
import { generate } from '../data/patients/generate.ts';
import { verifyText } from '../grounding/verify.ts';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { answered } from './foreign-records.fixture.ts';

const asOf = '2026-11-21';
const [bundle] = [...generate({ seed: 1, asOf, persona: 'meera-krishnan' })];
const resources = bundle!.entry!.map(({ resource }) => resource as FhirResource);
const chart = buildChart(resources, { patientId: 'meera-krishnan', asOf: `${asOf}T15:00:00Z`, terminology: baseTerminology() });

type Trap = readonly [trap: string, question: string, says: RegExp, never?: RegExp];
const TRAPS: readonly Trap[] = [
  ['two birth dates', 'when was she born?', /Born 04-Mar-1967.*born 03-Apr-1967.*contradicts itself/],
  ['two birth dates, by age', 'how old is she?', /59 years.*born 03-Apr-1967/],
  ['whose name is another there', 'what is her name?', /Meera Krishnan: born.*in a record that was merged into this one Mira/, /\| Mira/],
  ['mmol/L beside mg/dL', 'what is her latest glucose?', /mg\/dL on 21-Sep-2026/, /8\.4/],
  ['mmol/L beside mg/dL, in one row', 'show all her glucose values', /8\.4 mmol\/L/],
  ['a glucose in mmol/L is no lowest value', 'what was her lowest glucose?', /mg\/dL/, /lowest glucose is 8\.4/],
  ['µmol/L beside mg/dL', 'what was her highest creatinine?', /mg\/dL/, /66/],
  ['HbA1c in two ways of reporting', 'what was her highest hemoglobin A1c?', /highest hemoglobin A1c is 7\.5 % on 23-Mar-2026/],
  ['pounds beside kilograms', 'what was her highest weight?', /71\.4 kg/, /highest body weight is (?:151|712)/],
  [
    'a weight that nobody has',
    'what was the highest weight recorded?',
    /712 on 21-Jul-2026 \(implausible value\)/,
    /highest body weight is 712/,
  ],
  ['a result entered in error', 'what was her highest potassium?', /4\.4 mmol\/L/, /7\.9/],
  ['a problem entered in error', 'does she have breast cancer?', /No breast cancer is recorded/],
  ['an order entered in error', 'is she on warfarin?', /No warfarin is recorded/],
  ['an allergy entered in error', 'is she allergic to latex?', /No known allergies: recorded as such/, /Allergy to latex/],
  [
    'a preliminary result and its correction',
    'what was her lowest hemoglobin?',
    /lowest hemoglobin is 12\.6.*6\.2 on 21-Sep-2026 \(preliminary\)/,
  ],
  ['one order told twice', 'how many drugs is she on for blood pressure?', /2 |amlodipine.*lisinopril/i, /\b3 /],
  ['one vaccination told twice', 'how many flu shots has she had?', /1 influenza vaccine is recorded/, /\b2 influenza/],
  ['two doses of one drug', 'what dose of metformin does she take?', /1000 mg by mouth twice daily.*500 mg by mouth twice daily/],
  ['a stale allergy', 'is she allergic to penicillin?', /Allergy to penicillin: unconfirmed.*Never tested/],
  ['an allergy beside "none"', 'does she have any allergies?', /penicillin.*No known allergies|No known allergies.*penicillin/],
  ['a drug taken in spite of the allergy', 'has she ever taken amoxicillin?', /amoxicillin.*completed/i],
  ['a diagnosis that was ruled out', 'does she have multiple sclerosis?', /refuted, recorded as not present/, /is active/],
  ['what is not on the problem list', 'what are her active problems?', /Type 2 diabetes/, /sclerosis|breast/i],
  ['active in one chart, over in the other', 'does she have asthma?', /active.*resolved.*contradicts itself/],
  ['one disease under two codes', 'when was her diabetes diagnosed?', /2016.*21-May-2018|21-May-2018.*2016/],
];

const SENTENCES: readonly (readonly [sentence: string, verdict: 'supported' | 'contradicted' | 'unverified'])[] = [
  ['Her highest weight was 71.4 kg.', 'supported'],
  ['Her highest weight was 712 kg.', 'contradicted'],
  ['Her potassium was 7.9 mmol/L.', 'contradicted'],
  ['She has multiple sclerosis.', 'contradicted'],
  ['Multiple sclerosis was ruled out.', 'supported'],
  ['She has breast cancer.', 'unverified'],
  ['She takes warfarin.', 'unverified'],
  ['She has had one flu shot.', 'supported'],
  ['She has had two flu shots.', 'unverified'],
  ['Her lowest hemoglobin was 6.2 g/dL.', 'contradicted'],
  ['She was born on 03-Apr-1967.', 'contradicted'],
  ['She takes metformin 850 mg twice daily.', 'contradicted'],
];

describe('a record with conflicts', () => {
  test.each(TRAPS.map(([trap, question, says, never]) => ({ trap, question, says, never })))(
    '$trap: $question',
    async ({ question, says, never }) => {
      const told = await answered(question, chart);
      expect(told).toMatch(says);
      if (never) expect(told).not.toMatch(never);
    },
  );
  test.each(SENTENCES)('%s is %s', (sentence, verdict) => {
    expect(verifyText(sentence, chart).map((claim) => claim.verdict)).toEqual([verdict]);
  });
});
