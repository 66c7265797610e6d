import { describe, expect, test } from 'vitest';
import { conversations, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const saturation = (id: string, value: number, date: string, encounter?: string) => ({
  ...measured(id, '59408-5', 'Oxygen saturation', value, '%', date),
  ...(encounter ? { encounter: { reference: `Encounter/${encounter}` } } : {}),
});
const ldl = (id: string, value: number, date: string) => measured(id, '18262-6', 'LDL cholesterol', value, 'mg/dL', date);
const allergy = (id: string, display: string, more: Record<string, unknown> = {}) => ({
  resourceType: 'AllergyIntolerance',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  category: ['medication'],
  code: { text: display },
  patient: { reference: 'Patient/p1' },
  ...more,
});

const record = [
  person,
  ldl('l1', 171, '2018-04-02'),
  ldl('l2', 96, '2021-04-02'),
  ldl('l3', 118, '2026-04-10'),
  saturation('s1', 97, '2025-01-07'),
  saturation('s2', 88, '2025-06-03', 'er'),
  saturation('s3', 98, '2026-04-10'),
  seen('v1', 'Encounter for check up', '2025-01-07'),
  seen('er', 'Emergency room admission', '2025-06-03', { class: { code: 'EMER' } }),
  seen('v2', 'Encounter for check up', '2026-04-10'),
  problem('asthma', 'Asthma', '2001-01-01'),
  drug('tramadol', 'tramadol 50 MG Oral Tablet', '2026-01-05'),
  drug('amoxicillin', 'amoxicillin 500 MG Oral Capsule', '2026-03-01'),
];
const converse = conversations([...record, allergy('pcn', 'Penicillin'), allergy('cod', 'Codeine'), allergy('sulfa', 'Sulfamethoxazole')]);

describe('every part of a question is answered', () => {
  test.each([
    ['newest LDL, plus the peak one', [/latest LDL cholesterol is 118/, /highest LDL cholesterol is 171/]],
    ['lowest LDL and the current one', [/lowest LDL cholesterol is 96/, /latest LDL cholesterol is 118/]],
    ['LDL first and highest', [/first LDL cholesterol is 171/, /highest LDL cholesterol is 171/]],
    ['o2 sats at the ER versus now', [/rose by 10 points, from 88 % on 03-Jun-2025 to 98 % on 10-Apr-2026/]],
    ['oxygen saturation in the emergency room', [/^Oxygen saturation was 88 %/]],
    ['oxygen saturation now compared with June', [/./]],
    ['ldl k spo2', [/LDL cholesterol/, /potassium/i, /oxygen saturation/]],
    ['LDL then vs now', [/fell by 53 mg\/dL, from 171 .* to 118/]],
    ['has she got gout, asthma or lupus', [/No gout is recorded/, /Asthma is active/, /No (?:systemic )?lupus/]],
    ['does she take warfarin or tramadol or insulin', [/No warfarin/, /Yes: Tramadol/, /No insulin/]],
  ])('%s', async (question, said) => {
    const answer = await converse(question);
    for (const pattern of said) expect(answer.said).toMatch(pattern);
    expect(answer.notes).not.toMatch(/Not taken into account/);
  });
  test('a side of a comparison that is not understood is named', async () => {
    const { status, notes } = await converse('LDL at the last visit vs at her wedding');
    expect(status).toBe('clarify');
    expect(notes).toMatch(/wedding/);
  });
});

describe('drugs that are taken against what the patient is allergic to', () => {
  test.each([
    [['does she take anything she is allergic to?']],
    [['allergies', 'is she prescribed any of these?']],
    [['what is she allergic to, and is she getting any of them']],
  ])('%j', async (questions) => {
    const { said, notes, verdicts } = await converse(...questions);
    expect(said).toMatch(/Yes: Amoxicillin/);
    expect(said).toMatch(/No codeine medication is recorded/);
    expect(said).toMatch(/Tramadol 50 mg/);
    expect(said).not.toMatch(/Yes: Tramadol/);
    expect(notes).toMatch(/same class as codeine/i);
    expect(said).toMatch(/No sulfamethoxazole medication is recorded/);
    expect(verdicts).toEqual(['supported']);
  });
  test('no drug allergy is recorded', async () => {
    const other = conversations([...record, allergy('pollen', 'Grass pollen', { category: ['environment'] })]);
    const { said } = await other('is she on anything she is allergic to');
    expect(said).toMatch(/grass pollen/);
    expect(said).not.toMatch(/Yes|Tramadol|Amoxicillin/);
  });
});

describe('a value beyond what was measured', () => {
  test('is told as it stands', async () => {
    const above = { ...measured('b1', '33762-6', 'NT-proBNP', 35000, 'pg/mL', '2024-02-11') };
    const bounded = { ...above, valueQuantity: { ...(above.valueQuantity as Record<string, unknown>), comparator: '>' } };
    const ask = conversations([person, bounded, measured('b2', '33762-6', 'NT-proBNP', 1240, 'pg/mL', '2025-11-04')]);
    const { said, verdicts } = await ask('is her NT-proBNP lower than in 2024');
    expect(said).toBe('Yes: NT-proBNP fell, from >35000 pg/mL on 11-Feb-2024 to 1240 pg/mL on 04-Nov-2025.');
    expect(verdicts).toEqual(['supported']);
  });
});
