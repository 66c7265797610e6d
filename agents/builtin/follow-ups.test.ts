import { describe, expect, test } from 'vitest';
import { conversations, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const creatinine = (id: string, value: number, date: string) => measured(id, '2160-0', 'Creatinine', value, 'mg/dL', date);
const weight = (id: string, value: number, date: string) => measured(id, '29463-7', 'Body weight', value, 'kg', date);

const converse = conversations([
  person,
  creatinine('c1', 0.9, '2019-02-01'),
  creatinine('c2', 1.3, '2021-02-01'),
  creatinine('c3', 1.1, '2023-02-01'),
  weight('w1', 70, '2019-02-01'),
  weight('w2', 75, '2021-02-01'),
  weight('w3', 72, '2023-02-01'),
  problem('asthma', 'Asthma', '2001-01-01'),
  problem('hypertension', 'Hypertension', '2010-01-01'),
  drug('albuterol', 'albuterol 0.83 MG/ML Inhalation Solution', '2015-01-01'),
  drug('lisinopril', 'lisinopril 10 MG Oral Tablet', '2012-01-01'),
  drug('simvastatin', 'simvastatin 20 MG Oral Tablet', '2013-01-01'),
  drug('loratadine', 'loratadine 10 MG Oral Tablet', '2020-01-01'),
  {
    resourceType: 'AllergyIntolerance',
    id: 'ace',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Lisinopril' },
    patient: { reference: 'Patient/p1' },
  },
  seen('fit', 'Encounter for problem', '2013-10-01', { reasonCode: [{ text: 'Sprain of ankle' }] }),
  seen('er', 'Emergency room admission', '2018-05-05', { class: { code: 'EMER' }, reasonCode: [{ text: 'Laceration of hand' }] }),
  seen('last', 'Encounter for check up', '2023-02-01'),
]);

describe('what a follow-up refers to', () => {
  test.each([
    [['creatinine', 'previous one'], ['Observation/c2']],
    [['creatinine', 'previous one', 'and before that?'], ['Observation/c1']],
    [['her previous creatinine'], ['Observation/c2']],
    [['last creatinine and the one before'], ['Observation/c3', 'Observation/c2']],
    [['highest creatinine ever', 'and her weight that same day'], ['Observation/w2']],
    [['latest creatinine in 2019', 'weight that day'], ['Observation/w1']],
    [['is she on lisinopril?', 'any allergies to it'], ['AllergyIntolerance/ace']],
    [
      ['list her medications', 'which of those are for the heart?'],
      ['MedicationRequest/lisinopril', 'MedicationRequest/simvastatin'],
    ],
    [['any asthma?', 'is she on treatment for it?', 'how long has she had it'], ['Condition/asthma']],
    [['visits in 2014', 'why?'], ['Encounter/fit']],
    [
      ['what was done on the last visit', 'same day labs'],
      ['Observation/c3', 'Observation/w3'],
    ],
  ])('%s', async (questions, ids) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('answered');
    const cited = [...new Set(answer.cited)].filter((id) => !id.startsWith('search/'));
    for (const id of ids) expect(cited).toContain(id);
    if (ids[0]?.startsWith('Observation')) expect(cited.sort()).toEqual([...ids].sort());
  });

  test('visits for a problem that was asked about before are only those', async () => {
    const answer = await converse('any asthma?', 'any ER visits for it');
    expect(answer.said).not.toMatch(/Emergency room/);
    expect(answer.status).toBe('not-recorded');
  });

  test('what a pronoun refers to without anything before it is asked back', async () => {
    const answer = await converse('any hospital admissions because of it?');
    expect(answer).toMatchObject({ status: 'clarify', said: '' });
  });

  test('the missing reason of one visit is not that of all', async () => {
    const answer = await converse('last visit', 'why');
    expect(answer.said).toMatch(/^No reason for the visit on 01-Feb-2023 is recorded\./);
  });
});
