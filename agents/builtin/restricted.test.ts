import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const social = (id: string, display: string, value: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [{ coding: [{ code: 'social-history' }] }],
  code: { text: display },
  effectiveDateTime: date,
  valueCodeableConcept: { text: value },
});

const converse = conversations([
  {
    ...person,
    maritalStatus: { text: 'Divorced' },
    communication: [{ language: { text: 'Portuguese' } }],
  },
  problem('chol', 'Hyperlipidemia', '2010-01-01'),
  { ...problem('cf', 'Cystic fibrosis', '2000-01-01'), verificationStatus: { coding: [{ code: 'refuted' }] } },
  seen('ed', 'Emergency department visit', '2023-04-04', { class: { code: 'EMER' }, reasonCode: [{ text: 'Renal colic' }] }),
  seen('stay', 'Hospital admission', '2020-02-02', { class: { code: 'IMP' }, reasonCode: [{ text: 'Pneumonia' }] }),
  seen('lipids', 'Follow-up visit', '2022-04-04', { reasonCode: [{ text: 'Hyperlipidemia' }] }),
  drug('budesonide', 'budesonide 0.2 MG/ACTUAT Inhaler', '2021-01-01'),
  drug('salbutamol', 'albuterol 0.09 MG/ACTUAT Inhaler', '2021-01-01'),
  drug('pill-1', 'Levora 28 Day Pack', '2019-01-01', { status: 'stopped' }),
  drug('pill-2', 'Levora 28 Day Pack', '2022-01-01'),
  measured('t1', '8310-5', 'Body temperature', 39.1, 'Cel', '2023-04-04'),
  measured('t2', '8310-5', 'Body temperature', 36.8, 'Cel', '2024-04-04'),
  measured('bmi', '39156-5', 'Body mass index', 17.1, 'kg/m2', '2024-04-04'),
  measured('na', '2951-2', 'Sodium', 139, 'mmol/L', '2023-04-04'),
  measured('k', '2823-3', 'Potassium', 4.4, 'mmol/L', '2023-04-04'),
  social('ipv1', 'Intimate partner violence', 'Severe signs/symptoms', '2020-04-04'),
  social('ipv2', 'Intimate partner violence', 'No signs/symptoms', '2024-04-04'),
  done('cast', 'Application of plaster cast', '2018-01-01'),
  done('uncast', 'Removal of plaster cast', '2018-02-15'),
  { ...done('rehab', 'Cardiac rehabilitation', '2024-01-01'), status: 'not-done' },
  {
    resourceType: 'AllergyIntolerance',
    id: 'codeine',
    patient: subject,
    type: 'intolerance',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Codeine' },
  },
]);

describe('words that restrict are kept', () => {
  test.each([
    ['which controller inhaler does she use', /^Budesonide.*Inhaler[^\n]*$/i],
    ['on the pill since when', /01-Jan-2019/],
    ['which drugs could she not tolerate', /^Intolerance of codeine/],
    ['na and k in 2023', /Sodium was 139[\s\S]*Potassium was 4\.4|Potassium was 4\.4[\s\S]*Sodium was 139/],
    ['partner violence ever', /Severe signs/],
    ['when did the cast come off', /^Removal of plaster cast/],
    ['is the patient divorced', /[Dd]ivorced/],
    ['marital status', /^Marital status: divorced/i],
    ['does she need an interpreter?', /Portuguese/],
    ['how many times was she hospitalized and how many ER visits', /Pneumonia[\s\S]*1 emergency visit/i],
    ['how many visits for cholesterol', /hyperlipidemia/],
    ['did she decline any treatment', /Cardiac rehabilitation/],
  ])('%s', async (question, says) => expect((await converse(question)).said).toMatch(says));
});

test('a diagnosis that nobody made is denied, and what is measured of it stands beside', async () => {
  const { said, status } = await converse('is she underweight');
  expect(status).toBe('not-recorded');
  expect(said).toMatch(/^No underweight is recorded\.\nBody mass index was/);
});

describe('nothing is denied that is recorded in other words', () => {
  test.each([
    ['fever in 2023?', /^Body temperature was 39\.1/],
    ['CF carrier?', /^Cystic fibrosis: refuted/],
    ['was she in the hospital in 2023', /renal colic/],
  ])('%s', async (question, says) => expect((await converse(question)).said).toMatch(says));

  test('a relative is never told from the own details of the patient', async () =>
    expect((await converse('is her grandfather alive')).said).not.toMatch(/Rosa|born|death is recorded/));
});
