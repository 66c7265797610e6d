import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Rounds } from '../compose.ts';
import { parseConfig } from '../config.ts';

/** Conversations with the invented patients of a fresh clone. */
const HALE = 'margaret-hale';
const LINDQVIST = 'victor-lindqvist';
const OSEI = 'amara-osei';
let dataDir: string;
let rounds: Rounds;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rounds-conversations-'));
  rounds = await compose(parseConfig({ DATA_DIR: dataDir }), { clock: () => new Date('2026-11-21T12:00:00Z') });
});
afterAll(async () => {
  await rounds?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** One conversation; what its last turn answers. */
async function converse(patient: string, turns: string) {
  let last: Awaited<ReturnType<Rounds['ask']>> | undefined;
  for (const question of turns.split(' > '))
    last = await rounds.ask({ patient, question, ...(last?.thread ? { thread: last.thread } : {}) });
  const { status, claims, notes } = last!;
  const said = claims.filter(({ verdict }) => verdict === 'supported').map(({ text }) => text);
  return { status, said: said.join('\n'), notes: (notes ?? []).join('\n') };
}

describe('a follow-up says yes only to what was weighed', () => {
  test.each([
    [HALE, 'blood pressure > was it ever normal', /^Blood pressure 142\/76/, /no reference range or flag/],
    [HALE, 'her A1c > has it ever been in range', /^No: Hemoglobin A1c/, /^$/],
    [HALE, 'was her potassium ever elevated', /^No: Potassium was 5 mEq/, /^$/],
    [LINDQVIST, 'potassium > has it ever been normal?', /^Yes: Potassium .*4\.6/, /^$/],
    [LINDQVIST, 'potassium > was it ever higher than that?', /^The highest potassium is 5\.3/, /^$/],
    [LINDQVIST, 'potassium > is there a higher reading > how about last year', /4\.6 mmol\/L on 04-Nov-2025/, /^$/],
    [HALE, 'A1c > has it been below 8 > what about her weight', /^The latest body weight is 77\.4 kg/, /^$/],
    [HALE, 'A1c > since when has it been under 8', /^Hemoglobin A1c was 7\.2 %/, /Compared in %/],
    [HALE, 'LDL > okay, back to the A1c', /^The latest hemoglobin A1c is 7\.2 %/, /^$/],
  ])('%s: %s', async (patient, turns, says, notes) => {
    const { said, notes: told } = await converse(patient, turns);
    expect(said).toMatch(says);
    expect(told).toMatch(notes);
  });
});

describe('drugs and visits for what was asked about', () => {
  test.each([
    [HALE, 'BP > is she on anything for it?', /Lisinopril/, /latest blood pressure|Apixaban/],
    [HALE, 'how is her hypertension > what does she take for that', /Lisinopril/, /Apixaban/],
    [HALE, 'LDL > what is she taking for it > what dose', /Atorvastatin 40 mg/, /Lisinopril/],
    [LINDQVIST, 'ejection fraction > what meds is he on for this', /Entresto/, /Ezetimibe|ejection fraction is/],
    [LINDQVIST, 'heart attack? > what is he on for it', /^No active medications for myocardial infarction.*\nEzetimibe/, /Carvedilol/],
    [OSEI, 'asthma > what is she using for it', /Fluticasone/, /is active since/],
    [OSEI, 'asthma medication?', /Fluticasone/, /prednisolone/],
    [OSEI, 'what is she on for her asthma', /Albuterol.*\n.*Fluticasone|Fluticasone.*\n.*Albuterol/, /is active since/],
    [HALE, 'how is her deep vein thrombosis treated', /^Deep vein thrombosis is not recorded\./, /Apixaban|Atorvastatin|Lisinopril/],
    [HALE, 'what does she take for her gout', /^Gout is not recorded\./, /Acetaminophen|Atorvastatin/],
  ])('%s: %s', async (patient, turns, says, never) => {
    const { said } = await converse(patient, turns);
    expect(said).toMatch(says);
    expect(said).not.toMatch(never);
  });
});

describe('yes and no of a single question', () => {
  test.each([
    [LINDQVIST, 'has the potassium ever been higher than it is today', /^The highest potassium is 5\.3/],
    [HALE, 'is the hemoglobin lower than it was before', /^Hemoglobin was 11\.6/],
    [LINDQVIST, 'has his blood pressure been under 110?', /^Yes: .*(?<!dia)systolic/],
    [OSEI, 'what was her first ER visit for', /24-May-2025 for fell/],
    [LINDQVIST, 'medicines for heart failure', /Furosemide(?:.|\n)*Carvedilol/],
    [HALE, 'medications > which of those were started this year', /^Metformin 1000 mg tablets(?!(?:.|\n)*Apixaban)/],
  ])('%s: %s', async (patient, turns, says) => {
    expect((await converse(patient, turns)).said).toMatch(says);
  });
});

describe('short words lean on what was asked', () => {
  test.each([
    [LINDQVIST, 'has he had a flu shot > what about the covid one', /^(?:Yes: )?COVID-19 vaccine was given on 04-Nov-2025/],
    [HALE, 'allergies > what happened with the penicillin one', /^Allergy to penicillin is active/],
    [OSEI, 'ER visits > the first one, why was it', /24-May-2025 for fell from a climbing frame/],
    [HALE, 'A1c > how about 2025?', /8\.1 % on 08-Sep-2025/],
    [HALE, 'A1c > does she frobnicate > and in 2025?', /8\.1 % on 08-Sep-2025/],
    [HALE, 'A1c > and her kidneys?', /eGFR is 46/],
    [HALE, 'is she anticoagulated? > since when', /^Apixaban.*08-Nov-2021/],
  ])('%s: %s', async (patient, turns, says) => {
    expect((await converse(patient, turns)).said).toMatch(says);
  });
});
