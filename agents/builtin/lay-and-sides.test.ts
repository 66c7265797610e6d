import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const site = (display: string) => ({ bodySite: [{ text: display }] });
const converse = conversations([
  { ...person, deceasedDateTime: '2026-08-30' },
  problem('otitis', 'Otitis media of left ear', '2020-01-01', '2020-02-01'),
  drug('dabigatran', 'dabigatran etexilate 150 MG Oral Capsule', '2024-01-01', { reasonCode: [{ text: 'Atrial fibrillation' }] }),
  drug('budesonide', 'budesonide 0.2 MG/ACTUAT Inhalation Powder', '2024-01-01'),
  drug('salbutamol', 'albuterol 0.09 MG/ACTUAT Metered Dose Inhaler', '2024-01-01'),
  { ...done('cast', 'Cast of right lower leg', '2021-03-01'), ...site('Right lower leg') },
  done('cast-off', 'Removal of cast', '2021-04-12'),
  { ...done('eyes', 'Retinal examination', '2025-05-05'), note: [{ text: 'Mild background changes' }] },
  seen('first', 'Antenatal visit', '2001-03-01'),
  seen('second', 'Antenatal visit', '2001-05-01'),
  seen('well', 'Well child visit', '1963-03-02'),
  measured('height', '8302-2', 'Body height', 84, 'cm', '1963-05-02'),
  measured('weight-may', '29463-7', 'Body weight', 80.4, 'kg', '2026-05-04'),
  measured('weight-july', '29463-7', 'Body weight', 80.1, 'kg', '2026-07-04'),
  measured('sodium-may', '2951-2', 'Sodium', 136, 'mmol/L', '2026-05-04'),
  measured('sodium-july', '2951-2', 'Sodium', 141, 'mmol/L', '2026-07-04'),
]);

describe('in the words of a clinic', () => {
  test.each([
    ['does she take something that thins her blood', /^Yes: .*abigatran/],
    ['which inhaler is the reliever', /^Albuterol/],
    ['is her preventer still active', /udesonide/],
    ['when did we last look at her retinas', /05-May-2025/],
    ['did she die, and when', /died on 30-Aug-2026/],
    ['when was the cast taken off', /12-Apr-2021/],
    ['how long was the cast on for', /01-Mar-2021.*\n.*12-Apr-2021/],
    ['right ear infection?', /of left ear/],
    ['last prenatal visit', /01-May-2001/],
    ['height at age 2', /84 cm/],
    ['is the dabigatran for migraine', /atrial fibrillation/i],
    ['sodium may vs july', /rose by 5 mmol\/L/],
    ['did her weight go up or down between may and july', /fell by 0\.3 kg/],
    ['what happened at the visit on 1 May 2001', /Antenatal visit/],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer.status).toBe('answered');
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test('another reason than the recorded one is no yes', async () =>
    expect((await converse('is the dabigatran for migraine')).said).not.toMatch(/^Yes/));

  test('visits of a name are counted by that name', async () =>
    expect((await converse('how many prenatal visits did she have')).said).toMatch(/^2 prenatal visits/));
});
