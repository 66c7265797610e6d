import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem } from './conversation.fixture.ts';

const ferritin = (id: string, value: number, date: string) => measured(id, '2276-4', 'Ferritin', value, 'ng/mL', date);
const pulse = (id: string, value: number, date: string) => measured(id, '8867-4', 'Heart rate', value, '/min', date);
const peptide = (id: string, value: number, date: string) => measured(id, '33762-6', 'NT-proBNP', value, 'pg/mL', date);

const converse = conversations([
  person,
  ferritin('f1', 12, '2019-03-03'),
  ferritin('f2', 48, '2021-03-05'),
  ferritin('f3', 61, '2022-03-04'),
  ferritin('f4', 75, '2023-03-03'),
  pulse('p1', 112, '2024-04-06'),
  pulse('p2', 71, '2024-04-20'),
  pulse('p3', 118, '2026-09-28'),
  pulse('p4', 66, '2026-11-17'),
  peptide('n1', 4100, '2023-01-09'),
  peptide('n2', 640, '2024-08-08'),
  peptide('n3', 380, '2026-02-02'),
  drug('iron', 'ferrous sulfate 325 MG Oral Tablet', '2019-04-01', { status: 'completed' }),
  drug('warfarin-old', 'warfarin sodium 3 MG Oral Tablet', '2020-02-02', { status: 'completed' }),
  drug('warfarin', 'warfarin sodium 5 MG Oral Tablet', '2023-05-05'),
  drug('lisinopril', 'lisinopril 10 MG Oral Tablet', '2021-01-01'),
  drug('metoprolol', 'metoprolol tartrate 50 MG Oral Tablet', '2022-02-02'),
  problem('flutter', 'Atrial flutter', '2020-01-30'),
  done('ablation', 'Catheter ablation of atrial flutter', '2021-03-20'),
]);

describe('the time, the number and the exception of a question are kept', () => {
  test.each([
    // What stands in for a test that is not recorded is of the time and the end asked for.
    ['BNP in january 2023', /NT-proBNP was 4100 /, /380/],
    ['peak BNP', /NT-proBNP was 4100 /, /380/],
    ['lowest BNP', /NT-proBNP was 380 /, /4100/],
    // A part of a month is not the month, and not the days before today.
    ['heart rate first week of april 2024', /112/, /71|66|118/],
    ['heart rate in the last week of september', /118/, /66|112/],
    ['pulse in the second half of april 2024', /71/, /112|66/],
    ['heart rate the second week of april 2024', /^No heart rate/, /✓/],
    // So long before the newest is not the one before it.
    ['ferritin two years before the last', /48/, /61|75/],
    ['ferritin 1 year prior to the latest one', /61/, /48|12/],
    // All that are beyond it, not the newest.
    ['heart rate above 100 dates', /118[\s\S]*112/, /66|71/],
    ['on which days was the heart rate over 110', /118[\s\S]*112/, /66|71/],
    ['pulse >= 112, list them', /118[\s\S]*112/, /66|71/],
    ['dates with heart rate over 150', /^Heart rate was never above 150/, /Yes/],
    // The value that is asked about, before the event.
    ['was ferritin 48 before the ablation', /^Yes: Ferritin was 48/, /No/],
    ['was ferritin 90 prior to the ablation', /^No: Ferritin was (?:48|12)/, /Yes/],
    // The order before the one in force.
    ['previous warfarin dose', /3 mg/, /5 mg/],
    ['what was her warfarin dose before', /3 mg/, /5 mg/],
    ['the old dose of warfarin', /3 mg/, /5 mg/],
    ['previous lisinopril dose', /^Lisinopril 10 mg/, /Yes/],
    // What is left out is not the answer.
    ['any other anticoagulant than warfarin', /^Warfarin/, /Yes/],
    ['is there another blood pressure drug than lisinopril', /Metoprolol/, /Lisinopril/],
  ])('%s', async (question, says, never) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });

  test('a question typed again and again is asked once', async () => {
    const asked = 'what is her ferritin and heart rate and does she take lisinopril ';
    const { said, verdicts } = await converse(asked.repeat(40));
    expect(said).toBe((await converse(asked)).said);
    expect(said).not.toMatch(/^No /m);
    expect(verdicts).toEqual(['supported']);
  });

  test('an endless word is not read back whole', async () => {
    expect((await converse('a'.repeat(9_000))).notes.length).toBeLessThan(400);
  });

  test('of an only drug it is said that there is no other', async () => {
    expect((await converse('any other anticoagulant than warfarin')).notes).toMatch(
      /Nothing among anticoagulant other than warfarin is found/,
    );
    expect((await converse('previous lisinopril dose')).notes).toMatch(/No order of lisinopril before this one/);
  });
});
