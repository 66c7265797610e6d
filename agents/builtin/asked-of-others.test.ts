import { describe, expect, test } from 'vitest';
import { conversations, drug, person, problem } from './conversation.fixture.ts';

const relative = (id: string, said: string, conditions: readonly object[], more: object = {}) => ({
  resourceType: 'FamilyMemberHistory',
  id,
  status: 'completed',
  patient: { reference: 'Patient/p1' },
  relationship: { text: said },
  condition: conditions,
  ...more,
});

const converse = conversations([
  person,
  problem('asthma', 'Asthma', '2001-04-04'),
  problem('afib', 'Atrial fibrillation', '2019-02-02'),
  problem('kidney', 'Chronic kidney disease stage 3', '2020-02-02'),
  drug('statin', 'atorvastatin 20 MG Oral Tablet', '2020-05-05'),
  relative('aunt', 'Maternal aunt', [{ code: { text: 'Ovarian cancer' } }], { deceasedBoolean: true }),
  relative('brother', 'Brother', [{ code: { text: 'Myocardial infarction' } }]),
]);

describe('what is asked of the family is never told from the patient', () => {
  test.each([
    ['has her family any history of asthma', /^No family history of asthma/],
    ['do her relatives suffer from atrial fibrillation', /^No family history of atrial fibrillation/],
    ['kidney disease among the relatives?', /^No family history of kidney disease/],
    ['does the family have cancer', /^Yes: Family history: maternal aunt: ovarian cancer/],
    ['family heart history', /^Family history: brother: myocardial infarction/],
    ['which diseases do her relatives have', /ovarian cancer[\s\S]*myocardial infarction|myocardial infarction[\s\S]*ovarian cancer/],
    ['what do her relatives have', /ovarian cancer/],
    ['illnesses in the family', /ovarian cancer/],
  ])('%s', async (question, says) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/asthma is active|fibrillation is active|kidney disease stage 3/i);
    expect(verdicts).toEqual(['supported']);
  });

  test.each([
    'is anybody in her family on a statin',
    'does a relative take atorvastatin',
    'do her relatives have high LDL cholesterol results',
  ])('%s: not told from the patient', async (question) => {
    const { status, said } = await converse(question);
    expect(status).toBe('declined');
    expect(said).toBe('');
  });

  test.each(['is her brother alive', 'is her husband still living'])('%s: the record does not say', async (question) => {
    const { said, notes } = await converse(question);
    expect(said).not.toMatch(/^Yes/);
    expect(notes).toMatch(/does not say|husband is recorded/);
  });

  test('who lives with the patient is not the patient', async () => {
    expect((await converse('does anyone at home have asthma')).said).not.toMatch(/asthma is active/i);
  });

  test('the family doctor is no relative', async () => {
    expect((await converse('who is her family doctor')).said).not.toMatch(/Family history/);
  });
});
