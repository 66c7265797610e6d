import { describe, expect, test } from 'vitest';
import { conversations, done, drug, person, problem, seen } from './conversation.fixture.ts';

const nameless = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  patient: { reference: 'Patient/p1' },
  clinicalStatus: { coding: [{ code: 'active' }] },
};
const converse = conversations([
  person,
  nameless,
  problem('dermatitis', 'Perioral dermatitis', '2015-01-01'),
  seen('visit', 'Encounter for problem', '1999-01-01', { reasonCode: [{ text: 'Iron deficiency anemia' }] }),
  done('ward', 'Admission to cardiology department', '2011-03-03'),
  drug('stopped', 'ramipril 5 MG Oral Capsule', '2025-01-01', { status: 'stopped', statusReason: { text: 'Tickly cough' } }),
]);

describe('what the record speaks of under another code is shown, not denied', () => {
  test.each([
    ['any dermatitis?', /Perioral dermatitis/],
    ['was she ever anemic', /for iron deficiency anemia/],
    ['any hospital admissions?', /Admission to cardiology/],
    ['has she had a cough', /ramipril/i],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer.said).toMatch(says);
    expect(answer.said).not.toMatch(/^No .*recorded/m);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test.each(['allergies?', 'is she allergic to latex'])('an allergy that does not say to what: %s', async (question) => {
    const answer = await converse(question);
    expect(answer.said).not.toMatch(/No .*recorded/);
    expect(answer.notes).toMatch(/AllergyIntolerance\/a1 does not say what it is about/);
  });

  test.each([
    ['which medicines is she on?', /Metformin/i],
    ['how many medicines is she on?', /Metformin/i],
    ['is metformin her only medication?', /Metformin/i],
    ['what else does she take besides metformin?', /^(?!.*\bNo other)/],
  ])('an order whose drug is not told is neither counted out nor denied: %s', async (question, says) => {
    const order = { resourceType: 'MedicationRequest', id: 'r1', subject: { reference: 'Patient/p1' }, status: 'active', intent: 'order' };
    const unresolved = { ...order, medicationReference: { reference: 'Medication/gone' } };
    const answer = await conversations([person, drug('m', 'metformin 500 MG Oral Tablet', '2025-01-01'), unresolved])(question);
    expect(answer.said).toMatch(says);
    expect(answer.said).not.toMatch(/\b(?:1|one) (?:active )?medication|only|^Yes/im);
    expect(answer.notes).toMatch(/1 medication without a name: MedicationRequest\/r1 does not say what it is about/);
  });

  test('a true denial stands', async () => expect((await converse('any psoriasis?')).said).toMatch(/^No psoriasis is recorded/));
});
