import { describe, expect, test } from 'vitest';
import { conversations, drug, measured, person, problem } from './conversation.fixture.ts';

const weight = (id: string, value: number, date: string) => measured(id, '29463-7', 'Body weight', value, 'kg', date);
const hdl = (id: string, value: number, date: string) => measured(id, '2085-9', 'HDL cholesterol', value, 'mg/dL', date);
const flagged = (id: string, value: number, date: string) => ({
  ...measured(id, '2160-0', 'Creatinine', value, 'mg/dL', date),
  referenceRange: [{ low: { value: 0.5, unit: 'mg/dL' }, high: { value: 1.1, unit: 'mg/dL' } }],
});
const converse = conversations([
  person,
  weight('w1', 81, '2025-01-10'),
  weight('w2', 78.5, '2026-10-02'),
  weight('w3', 80.1, '2026-10-09'),
  flagged('c1', 1.4, '2024-05-05'),
  flagged('c2', 0.9, '2026-05-05'),
  hdl('h1', 40, '2024-05-05'),
  hdl('h2', 52, '2026-05-05'),
  problem('tobacco', 'Tobacco dependence', '2001-01-01'),
  drug('s1', 'pravastatin 20 MG Oral Tablet', '2015-02-03', { status: 'stopped' }),
  drug('s2', 'pravastatin 20 MG Oral Tablet', '2025-02-03'),
  drug('m1', 'gabapentin 600 MG Oral Tablet', '2019-03-01', {
    status: 'stopped',
    statusReason: { text: 'Too drowsy on this dose' },
    dispenseRequest: { validityPeriod: { start: '2019-03-01', end: '2024-06-01' } },
  }),
  drug('m2', 'gabapentin 300 MG Oral Tablet', '2024-06-01'),
  drug('v', 'varenicline 1 MG Oral Tablet', '2026-02-01', {
    status: 'on-hold',
    statusReason: { text: 'Nightmares' },
    reasonCode: [{ text: 'Tobacco dependence' }],
  }),
  {
    resourceType: 'Goal',
    id: 'g',
    lifecycleStatus: 'active',
    achievementStatus: { coding: [{ code: 'not-achieved' }] },
    description: { text: 'HDL cholesterol above 60 mg/dL' },
    subject: { reference: 'Patient/p1' },
    startDate: '2025-01-01',
    target: [
      {
        measure: { coding: [{ system: 'http://loinc.org', code: '2085-9' }] },
        detailQuantity: { value: 60, comparator: '>', unit: 'mg/dL' },
      },
    ],
  },
]);

describe('what leans on the turn before', () => {
  test.each([
    [['creatinine', 'was it ever normal', 'and her HDL?'], /^The latest HDL cholesterol is 52/, /Yes|No:/],
    [['any statin?', 'since when?'], /03-Feb-2015/, /^$/],
    [['weight', 'and the one before that', 'how much has she put on?'], /rose by 1\.6 kg, from 78\.5 .* to 80\.1/, /81/],
    [['highest weight ever', 'and has it come down'], /from 81 kg on 10-Jan-2025 to 80\.1 kg/, /^$/],
    [['HDL in 2024', 'and creatinine since then?'], /1\.4 .*05-May-2024|0\.9 .*05-May-2026/, /HDL/],
    [['tobacco dependence', 'what has she tried?', 'why was it put on hold'], /Nightmares/, /Gabapentin/],
    [['weight', 'why was it put on hold'], /^$/, /Body weight/],
    [['gabapentin', 'why was it cut?'], /Too drowsy/, /^$/],
    [['creatinine', 'who ordered it', 'and her HDL?'], /^The latest HDL cholesterol is 52|^HDL cholesterol was 52/, /person/],
    [['drugs started in 2025', 'was gabapentin one of them'], /^(?!Yes)/, /Yes/],
  ])('%j', async (questions, says, never) => {
    const { said } = await converse(...questions);
    expect(said).toMatch(says);
    if (never.source !== '^$') expect(said).not.toMatch(never);
  });
});

describe('what became of a drug', () => {
  test.each([
    ['why was her gabapentin reduced', /stopped because of Too drowsy/],
    ['why was the gabapentin dose cut', /stopped because of Too drowsy/],
    ['why did they halve the gabapentin', /stopped because of Too drowsy/],
    ['why is the varenicline on hold', /Nightmares/],
    ['when was gabapentin changed', /Gabapentin 600 mg.*stopped because of/],
  ])('%s', async (question, says) => {
    const { said } = await converse(question);
    expect(said).toMatch(says);
  });
  test('a stop that never was is corrected, and the question answered without it', async () => {
    const { status, said, notes } = await converse('since she stopped pravastatin, what has happened to her HDL');
    expect(status).toBe('answered');
    expect(said).toMatch(/Pravastatin is recorded as active/);
    expect(said).toMatch(/HDL cholesterol/);
    expect(notes).toMatch(/has no stop of pravastatin/);
  });
});

describe('at goal', () => {
  test.each(['is her HDL at goal?', 'did her HDL reach its target', 'HDL target'])(
    '%s: the goal stands beside the value',
    async (question) => {
      const { said } = await converse(question);
      expect(said).toMatch(/HDL cholesterol above 60 mg\/dL: active.*not-achieved/);
    },
  );
});

describe('what holds now, where entries or their parts disagree', () => {
  const taken = (id: string, display: string, more: Record<string, unknown>) => ({
    resourceType: 'MedicationStatement',
    id,
    subject: { reference: 'Patient/p1' },
    medicationCodeableConcept: { text: display },
    ...more,
  });
  const ask = conversations([
    person,
    drug('w', 'warfarin 5 MG Oral Tablet', '2020-02-01'),
    taken('ws', 'warfarin 5 MG Oral Tablet', {
      status: 'stopped',
      effectivePeriod: { start: '2020-02-01', end: '2024-03-01' },
      dateAsserted: '2026-10-01',
    }),
    drug('later', 'semaglutide 0.25 MG injection', '2027-01-15'),
    drug('d', 'digoxin 0.125 MG Oral Tablet', '2024-01-15'),
    drug('p', 'dabigatran etexilate 150 MG Oral Capsule', '2024-04-15'),
    measured('dl', '10535-3', 'Digoxin [Mass/volume] in Serum or Plasma', 2.4, 'ng/mL', '2026-10-15'),
    ...[7.4, 8.3, 7.7, 7.1].map((value, i) => measured(`a${i}`, '4548-4', 'Hemoglobin A1c', value, '%', `202${i + 3}-05-01`)),
    {
      ...measured('crp', '1988-5', 'C-reactive protein', 4, 'mg/L', '2026-05-01'),
      valueQuantity: { value: 4, comparator: '<', unit: 'mg/L', code: 'mg/L', system: 'http://unitsofmeasure.org' },
      referenceRange: [{ high: { value: 5, unit: 'mg/L' } }],
    },
  ]);
  test.each([
    ['is she on warfarin', /^Warfarin.*active[\s\S]*stopped/, /a later one that it ended/],
    ['does she take semaglutide', /planned/, /not taken yet/],
    ['any DOAC?', /^Yes: Dabigatran/, /^$/],
    ['digoxin dose and level', /Digoxin 0\.125[\s\S]*2\.4 ng\/mL/, /^$/],
    ['since when is her A1c below 8', /7\.1 %.*\n.*7\.7 %.*\n.*8\.3 %/, /Not so on 01-May-2024/],
    ['has her CRP ever been high', /^No: /, /^$/],
  ])('%s', async (question, says, notes) => {
    const { said, notes: told } = await ask(question);
    expect(said).toMatch(says);
    expect(told).toMatch(notes);
  });
});
