import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type Rounds } from '../compose.ts';
import { parseConfig, projectRoot } from '../config.ts';

/** Somebody asks of a record on a server that takes requests and never answers, and goes. */
const place = mkdtempSync(join(tmpdir(), 'rounds-given-up-'));
let server: Server;
let heard: () => void = () => {};
/** How many requests are still waited for. */
let open = 0;
let answered = new Set<string>();
const settings = { FHIR_BASE_URL: '' };

const search = (type: string) => ({
  interaction: [{ code: 'search-type' }],
  type,
  searchParam: ['_id', 'patient', 'identifier', 'name'].map((name) => ({ name })),
});
const BODIES: Readonly<Record<string, object>> = {
  metadata: {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [{ mode: 'server', resource: ['Patient', 'Observation'].map(search) }],
  },
  'Patient/ann': { resourceType: 'Patient', id: 'ann', name: [{ family: 'Ahn' }] },
};

beforeAll(async () => {
  server = createServer((req, res) => {
    const path = (req.url ?? '').replace('/r4/', '').replace(/\?.*/, '');
    const body = answered.has(path) ? BODIES[path] : undefined;
    if (body) return res.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(body));
    open++;
    res.on('close', () => open--);
    heard();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  settings.FHIR_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/r4`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(place, { recursive: true, force: true });
});

describe.each([
  ['finding the patient', []],
  ['the server’s statement', ['Patient/ann']],
  ['the record', ['Patient/ann', 'metadata']],
])('whoever gives up while waiting for %s', (_, paths) => {
  let rounds: Rounds;
  beforeAll(async () => {
    answered = new Set(paths);
    rounds = await compose(parseConfig({ ...settings, DATA_DIR: join(place, `library-${paths.length}`) }));
  });
  afterAll(() => rounds.close());

  test.each([
    [
      'a question',
      (signal: AbortSignal) => rounds.ask({ patient: 'ann', question: 'latest potassium?' }, { signal }),
      'The question was given up.',
    ],
    [
      'a text',
      (signal: AbortSignal) => rounds.verify({ patient: 'ann', text: 'Her potassium is 4.' }, { signal }),
      'The text was given up.',
    ],
  ])('with %s is let go at once', async (_, work, told) => {
    const caller = new AbortController();
    const result = work(caller.signal);
    await new Promise((done) => setTimeout(done, 300));
    expect(open).toBeGreaterThan(0);
    const started = performance.now();
    caller.abort(new Error('gone'));
    expect((await result).error).toBe(told);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test('Ctrl-C ends the command, and what it asked the server for', async () => {
  answered = new Set(['metadata', 'Patient/ann']);
  await new Promise((done) => setTimeout(done, 50));
  const before = open;
  const waiting = new Promise<void>((done) => (heard = done));
  const command = spawn(process.execPath, ['--import', 'tsx', 'cli/ask.ts', '--patient', 'ann', 'latest potassium?'], {
    cwd: projectRoot,
    env: { ...process.env, ...settings, DATABASE_URL: '', DATA_DIR: join(place, 'command') },
  });
  let out = '';
  command.stdout.on('data', (text) => (out += text));
  const ended = new Promise<number | null>((done) => command.once('exit', done));
  await waiting;
  command.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(out).toContain('The question was given up.');
  await new Promise((done) => setTimeout(done, 100));
  expect(open).toBe(before);
}, 30_000);
