import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const flagged = (id: string, code: string, display: string, value: number, unit: string, date: string, flag: string) => ({
  ...measured(id, code, display, value, unit, date),
  interpretation: [{ coding: [{ code: flag }] }],
  category: [{ coding: [{ code: 'laboratory' }] }],
});
const given = (id: string, display: string, date: string) => ({
  resourceType: 'Immunization',
  id,
  status: 'completed',
  patient: subject,
  vaccineCode: { text: display },
  occurrenceDateTime: date,
});

const converse = conversations([
  { ...person, deceasedDateTime: '2026-10-01' },
  problem('copd', 'Chronic obstructive pulmonary disease', '2011-01-01'),
  problem('af', 'Permanent atrial fibrillation', '2015-01-01'),
  problem('cut', 'Laceration of hand', '2014-05-01', '2014-05-20'),
  seen('stay', 'Hospital admission', '2020-02-02', {
    class: { code: 'IMP' },
    reasonCode: [{ text: 'Pneumonia' }],
    period: { start: '2020-02-02', end: '2020-02-06' },
  }),
  drug('warfarin-old', 'warfarin 5 MG Oral Tablet', '2016-01-01', { status: 'stopped' }),
  drug('warfarin', 'warfarin 3 MG Oral Tablet', '2019-01-01'),
  drug('digoxin', 'digoxin 0.125 MG Oral Tablet', '2016-01-01', { status: 'stopped' }),
  given('td', 'Tdap vaccine', '2022-03-01'),
  given('pcv', 'Pneumococcal conjugate vaccine PCV15', '2021-03-01'),
  flagged('k1', '2823-3', 'Potassium', 5.8, 'mmol/L', '2026-05-01', 'H'),
  flagged('na1', '2951-2', 'Sodium', 140, 'mmol/L', '2026-05-01', 'N'),
  flagged('k0', '2823-3', 'Potassium', 4.2, 'mmol/L', '2025-05-01', 'N'),
  measured('w1', '29463-7', 'Body weight', 81, 'kg', '2025-05-01'),
  measured('w2', '29463-7', 'Body weight', 84, 'kg', '2026-05-01'),
  measured('t1', '8310-5', 'Body temperature', 98.8, '[degF]', '2026-05-01'),
  measured('ef1', '10230-1', 'Left ventricular ejection fraction', 38, '%', '2026-05-01'),
  measured('ef2', '10230-1', 'Left ventricular ejection fraction', 47, '%', '2026-05-01'),
  {
    resourceType: 'Observation',
    id: 'death',
    status: 'final',
    subject,
    code: { coding: [{ system: 'http://loinc.org', code: '69453-9' }], text: 'Cause of death' },
    effectiveDateTime: '2026-10-01',
    valueCodeableConcept: { text: 'Ruptured aortic aneurysm' },
  },
  {
    resourceType: 'FamilyMemberHistory',
    id: 'dad',
    status: 'completed',
    patient: subject,
    relationship: { text: 'father' },
    condition: [{ code: { text: 'Stroke' } }],
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'grass',
    patient: subject,
    category: ['food'],
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Grass pollen' },
  },
  {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    subject,
    participant: [
      { role: [{ text: 'Nephrologist' }], member: { display: 'Dr. Ada Lee' } },
      { role: [{ text: 'Dentist' }], member: { display: 'Dr. Bo Park' } },
    ],
  },
  { ...done('rehab', 'Pulmonary rehabilitation programme', '2024-01-01'), status: 'not-done' },
  {
    resourceType: 'DiagnosticReport',
    id: 'cta',
    status: 'final',
    subject,
    code: { text: 'CT angiogram of the chest' },
    effectiveDateTime: '2024-02-02',
    conclusion: 'No pulmonary embolism.',
  },
]);

describe('a yes or no only to the very proposition', () => {
  test.each([
    ['was she ever admitted for pneumonia', /^Yes: .*02-Feb-2020/],
    ['any admissions for COPD?', /^(?!Yes)/],
    ['was her weight over 80 kg every time', /^Yes: 2 body weight results are above 80 kg/],
    ['is her weight always above 82 kg', /^No: Body weight was 81 kg/],
    ['has she no COPD?', /^Chronic obstructive/],
    ['is warfarin discontinued', /^No: Warfarin 3 mg.*active/],
    ['is digoxin discontinued', /^Yes: Digoxin/],
    ['were all the labs normal?', /^No: Potassium was 5\.8/],
    ['recent labs normal', /^No: Potassium was 5\.8/],
    ['when was her potassium last over 5', /^Potassium was 5\.8 mmol\/L on 01-May-2026 \(high\)\.$/],
    ['has she been off oxygen', /^No oxygen therapy is recorded\.$/],
    ['result of her second potassium', /^Potassium was 5\.8 mmol\/L on 01-May-2026/],
    ['current digoxin', /^No active digoxin is recorded\.\nDigoxin/],
    ['anything abnormal on the latest labs', /^Yes: Potassium was 5\.8/],
    ['did she die of COPD', /^The latest cause of death is Ruptured aortic aneurysm/],
    ['did the atrial fibrillation kill her', /^The latest cause of death is Ruptured/],
    ['is her ejection fraction above 40', /^Left ventricular ejection fraction was/],
    ['was her temp over 38', /^Body temperature was 98\.8/],
    ['is her weight above 180', /^Body weight was 84 kg/],
    ['is her weight up more than 5 kg since 2025', /^Body weight rose by 3 kg/],
    ['has she had PCV20', /^No 20-valent pneumococcal conjugate vaccine is recorded[\s\S]*PCV15/],
    ['does she have paroxysmal AF', /^Permanent atrial fibrillation/],
    ['did she get a tetanus booster after she cut her hand', /^Tdap/],
    ['is Dr Park her nephrologist', /^Care team/],
    ['is Dr Lee her nephrologist', /Care team.*Dr\. Ada Lee \(nephrologist\)/],
    ['is her dad alive', /^Family history: father: stroke/],
    ['did she go to pulmonary rehab', /^No: .*not done/],
    ['has she had a CT of the chest', /^Yes: CT angiogram/],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer.said).toMatch(says);
    expect(answer.verdicts.filter((verdict) => verdict !== 'supported')).toEqual([]);
  });

  test.each([
    ['any food allergy?', /[Nn]one of the recorded allergies is among food allergies/],
    ['does she have paroxysmal AF', /without “paroxysmal”/],
    ['was her temp over 38', /another unit than the °F/],
    ['did she get a tetanus booster after she cut her hand', /[Ll]ong after/],
  ])('%s: said beside it', async (question, note) => {
    const answer = await converse(question);
    expect(answer.notes).toMatch(note);
    expect(answer.said).not.toMatch(/^Yes/);
  });

  test.each(['which shots has she not had', 'what is she not allergic to', 'first and second potassium'])(
    '%s is not answered',
    async (question) => expect((await converse(question)).status).toBe('clarify'),
  );

  test('what she does not take any more is what was stopped', async () => {
    const { said } = await converse('which medicines is she no longer taking');
    expect(said).toMatch(/Digoxin/);
    expect((await converse("what meds isn't she taking any more")).said).toBe(said);
  });
});
