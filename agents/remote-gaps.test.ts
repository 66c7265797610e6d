import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, composeRecords, type Records, type Rounds } from '../compose.ts';
import { parseConfig } from '../config.ts';
import { type FhirServer, serveFhir } from '../records/sandbox/serve.ts';
import { createFhirService, type FhirService } from '../records/sandbox/service.ts';

/** The whole product before a FHIR server that refuses one type, fails on another, and at last is gone. */
const MARGARET = 'margaret-hale';
let now = new Date('2026-11-21T12:00:00Z');
let dataDir: string;
let kept: Records;
let server: FhirServer;
let rounds: Rounds;

/** The invented patients' record, as a server that does not permit allergies and breaks on measurements. */
function unwell(service: FhirService): FhirService {
  const said = (status: number, code: string) => ({
    status,
    headers: { 'content-type': 'application/fhir+json' },
    body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics: 'Penicillin' }] },
  });
  return async (request) =>
    request.path.startsWith('AllergyIntolerance')
      ? said(403, 'forbidden')
      : request.path.startsWith('Observation')
        ? said(500, 'exception')
        : service(request);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rounds-gaps-'));
  const clock = () => now;
  kept = await composeRecords(parseConfig({ DATA_DIR: join(dataDir, 'server') }), { clock });
  await kept.seedIfEmpty();
  server = await serveFhir(unwell(createFhirService({ store: kept.store })));
  rounds = await compose(
    parseConfig({ DATA_DIR: join(dataDir, 'rounds'), FHIR_BASE_URL: server.baseUrl.href.replace(/\/$/, ''), FHIR_TIMEOUT_SECONDS: '2' }),
    { clock },
  );
}, 120_000);
afterAll(async () => {
  await rounds?.close();
  await server?.close();
  await kept?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ask = async (question: string) => {
  const result = await rounds.ask({ patient: MARGARET, question });
  return { ...result, said: result.claims.map(({ text }) => text).join('\n'), told: (result.notes ?? []).join('\n') };
};
const ALLERGIES = 'Allergies could not be read from the FHIR server (403 not permitted): what is said here does not cover them.';
const RESULTS =
  'Results, vital signs and social history could not be read from the FHIR server (the server fails with 500): what is said here does not cover them.';

describe('answers where a part of the record could not be read', () => {
  test.each([
    ['any allergies?', ALLERGIES],
    ['is she allergic to penicillin?', ALLERGIES],
    ['how many allergies does she have?', ALLERGIES],
    ['list her allergies', ALLERGIES],
    ['no known allergies, right?', ALLERGIES],
    ['has she ever been allergic to latex', ALLERGIES],
    ['has her troponin ever been measured?', RESULTS],
    ['how many potassium results are there?', RESULTS],
    ['does she smoke?', RESULTS],
  ])('%s', async (question, note) => {
    const { status, claims, notes, reading } = await ask(question);
    expect([status, claims]).toEqual(['not-read', []]);
    expect(notes?.filter((one) => one === note)).toEqual([note]);
    expect(reading?.gaps).toEqual(
      expect.arrayContaining([
        { type: 'AllergyIntolerance', why: '403 not permitted' },
        { type: 'Observation', why: 'the server fails with 500' },
      ]),
    );
  });

  test.each(['what is her latest A1c?', 'lowest eGFR', 'blood pressure trend'])(
    '%s: what else speaks of it is shown for itself',
    async (question) => {
      const { claims, said, told } = await ask(question);
      expect(claims.map(({ verdict }) => verdict)).toEqual(claims.map(() => 'supported'));
      expect(said).toMatch(/panel|Progress note|Blood pressure below 130\/80/);
      expect(said).not.toMatch(/\b(?:latest|lowest|no|never)\b.*\b(?:A1c|recorded)\b/i);
      expect(told).toContain(RESULTS);
    },
  );

  test('what was read is answered as ever, and what is missing is said once', async () => {
    const { status, said, told, claims } = await ask('is she on a blood thinner?');
    expect([status, claims.map(({ verdict }) => verdict)]).toEqual(['answered', ['supported']]);
    expect(said).toMatch(/^Yes: Apixaban 5 mg/);
    expect(told).toBe(
      'Not read from the FHIR server: results, vital signs and social history (the server fails with 500); allergies (403 not permitted).',
    );
    expect((await ask('has she had a stroke?')).status).toBe('not-recorded');
  });

  test('a summary does not say that there is no allergy', async () => {
    const { said, told } = await ask('summarise this patient');
    expect(said).toMatch(/atrial fibrillation/i);
    expect(said).not.toMatch(/allerg/i);
    expect(told).toContain(ALLERGIES);
    expect(told).toContain(RESULTS);
  });

  test('a greeting tells nothing of the record, and of what it lacks', async () => {
    expect((await ask('hello')).notes).toHaveLength(1);
  });

  test('nothing of what the server wrote in its refusal is repeated', async () => {
    expect(JSON.stringify(await ask('any allergies?'))).not.toContain('Penicillin');
  });
});

test('a text is checked against what was read alone, and the report says what that was not', async () => {
  const { claims, notes, reading } = await rounds.verify({
    patient: MARGARET,
    text: 'She takes apixaban. She has no known drug allergies. Her latest A1c was 7.2 %. No stroke is recorded.',
  });
  expect(claims.map(({ verdict }) => verdict)).toEqual(['supported', 'unverified', 'unverified', 'supported']);
  expect(claims[1]!.checks[0]!.reason).toBe('not read from the FHIR server: allergies (403 not permitted)');
  expect(claims[2]!.checks[0]!.reason).toContain('results, vital signs and social history (the server fails with 500)');
  expect(notes?.slice().sort()).toEqual([ALLERGIES, RESULTS]);
  expect(reading?.readAt).toBe('2026-11-21T12:00:00.000Z');
});

test('after the server has gone, the copy answers and says as of when it is', async () => {
  expect((await ask('is she on apixaban?')).reading?.stale).toBeUndefined();
  await server.close();
  now = new Date('2026-11-21T12:05:00Z');
  const { status, said, told, reading } = await ask('is she on apixaban?');
  expect([status, said]).toEqual(['answered', expect.stringMatching(/^Yes: Apixaban 5 mg/)]);
  expect(told).toContain(
    'The FHIR server cannot be read now: this is the record as it was read on 21-Nov-2026 at 12:00 UTC; what was written since is not in it.',
  );
  expect(reading).toMatchObject({ readAt: '2026-11-21T12:00:00.000Z', stale: expect.stringMatching(/cannot be reached/) });
  expect(reading?.readAtOf?.MedicationRequest).toBe('2026-11-21T12:00:00.000Z');
  const { claims, notes } = await rounds.verify({ patient: MARGARET, text: 'She takes apixaban.' });
  expect([claims.map(({ verdict }) => verdict), notes?.at(-1)]).toEqual([['supported'], expect.stringContaining('at 12:00 UTC')]);
  expect((await rounds.ask({ patient: 'victor-lindqvist', question: 'allergies?' })).status).toBe('failed');
}, 60_000);
