import { expect, test } from 'vitest';
import { conversations, measured, person, problem } from './conversation.fixture.ts';

const attack = (id: string, from: string, to: string) => problem(id, 'Acute exacerbation of COPD', from, to);
const converse = conversations([
  person,
  attack('old', '2022-11-22', '2022-12-04'),
  attack('middle', '2024-10-22', '2024-11-01'),
  attack('new', '2025-09-22', '2025-10-06'),
  measured('flow', '3151-8', 'Inhaled oxygen flow rate', 2, 'L/min', '2026-11-20'),
  measured('spo2', '59408-5', 'Oxygen saturation', 93, '%', '2026-11-20'),
]);
const cited = async (...questions: readonly string[]) => (await converse(...questions)).cited.filter((id) => !id.startsWith('search/'));

test.each([
  [['List her COPD exacerbations.', 'how severe was the last one?'], 'Condition/new'],
  [['How many COPD exacerbations has she had?', 'how was the last one treated?'], 'Condition/new'],
  [['List her COPD exacerbations.', 'when was the first one?'], 'Condition/old'],
  [['List her COPD exacerbations.', 'how severe was the last one?', 'and the first one?'], 'Condition/old'],
])('of attacks of one disease the last is the latest: %j', async (questions, id) => {
  expect(await cited(...questions)).toEqual([id]);
});

test.each(['What oxygen is she on?', 'How much oxygen is she getting?'])('how much oxygen is given is its flow: %s', async (question) => {
  expect(await cited(question)).toEqual(['Observation/flow']);
});

test('a deficiency that is asked for by its adjective is the deficiency', async () => {
  expect((await converse('is she iron deficient?')).said).toBe('No iron deficiency is recorded.');
});
