import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, type Rounds } from '../../compose.ts';
import { parseConfig } from '../../config.ts';

let dataDir: string;
let rounds: Rounds;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rounds-leftover-'));
  rounds = await compose(parseConfig({ DATA_DIR: dataDir }), { clock: () => new Date('2026-11-21T12:00:00Z') });
});
afterAll(async () => {
  await rounds?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a yes or no is given only to what was read', () => {
  it.each([
    ['victor-lindqvist', 'is his LDL at target'],
    ['amara-osei', 'was it her right arm that was fractured'],
    ['margaret-hale', 'is she taking anything that she is allergic to'],
    ['margaret-hale', 'did her eGFR drop by more than 5'],
    ['margaret-hale', 'is she on more than 5 drugs'],
    ['margaret-hale', 'has she bled'],
    ['margaret-hale', 'was the eGFR higher in 2023 than it is now'],
    ['margaret-hale', 'has her lisinopril been switched'],
  ])('%s: %s', async (patient, question) => {
    const { claims } = await rounds.ask({ patient, question });
    expect(claims.filter(({ text }) => /^(?:yes|no)\b[:,]/i.test(text))).toEqual([]);
  });

  it.each([
    ['margaret-hale', 'did her eGFR ever fall below 50?', /^Yes/],
    ['margaret-hale', 'has her eGFR gone under 30?', /^No/],
    ['margaret-hale', 'is she on apixaban right now?', /^Yes/],
  ])('%s: %s', async (patient, question, says) => {
    const { claims } = await rounds.ask({ patient, question });
    expect(claims.map(({ text }) => text).join('\n')).toMatch(says);
  });
});
