import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../config.ts';

/** The commands on the sandbox itself, and on the same sandbox as a FHIR server in a process of its own. */
const place = mkdtempSync(join(tmpdir(), 'rounds-over-http-'));
const given = (env: object) => ({ ...process.env, DATABASE_URL: '', FHIR_BASE_URL: '', ...env });
const inside = { DATA_DIR: join(place, 'sandbox') };
const outside = { DATA_DIR: join(place, 'rounds'), FHIR_BASE_URL: '' };
let server: ChildProcess | undefined;
let ended: Promise<unknown>;

const COMMANDS: readonly (readonly [readonly string[], string])[] = [
  [['patients', 'list', '--json'], ''],
  [['ask', '--json', '--patient', 'Margaret Hale', 'Which medicines is she on, and what is her latest potassium?'], ''],
  [['ask', '--json', '--patient', 'victor', 'why was lisinopril stopped?'], ''],
  [['ask', '--json', '--patient', 'Patient/amara-osei', 'who is her doctor, and has she ever had a stroke?'], ''],
  [['verify', '--json', '--patient', 'Hale'], 'Her eGFR was 64 on 19 October 2026. She is allergic to penicillin. She has asthma.'],
];
const direct: unknown[] = [];

function run([args, input]: (typeof COMMANDS)[number], env: object): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    input,
    env: given(env),
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit code ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

beforeAll(async () => {
  for (const command of COMMANDS) direct.push(run(command, inside));
  server = spawn(process.execPath, ['scripts/run.mjs', 'sandbox', '--page-size', '20'], {
    cwd: projectRoot,
    env: given(inside),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ended = new Promise((done) => server?.once('exit', done));
  outside.FHIR_BASE_URL = await new Promise<string>((ready, fail) => {
    server?.stdout?.once('data', (line) => ready(String(line).trim()));
    server?.once('exit', (code) => fail(new Error(`the sandbox ended with exit code ${code}`)));
  });
});
afterAll(async () => {
  server?.kill('SIGTERM');
  await ended;
  rmSync(place, { recursive: true, force: true });
});

/**
 * Without what differs from one run to the next, without the counts, which are not Rounds' own to make on another server, and without how old each
 * part is, which only a record of another server has.
 */
const lasting = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(({ resources: _, ...rest }) => rest)
    : { ...(value as object), id: '', ms: 0, thread: '', reading: undefined };

test.each(COMMANDS.map(([args], i) => [args.slice(0, 2).join(' '), args.at(-1)!, i] as const))(
  '%s over HTTP says the same: %s',
  (_name, _last, i) => {
    const told = run(COMMANDS[i]!, outside);
    const { gaps = [] } = (told as { reading?: { gaps?: unknown[] } }).reading ?? {};
    expect(gaps).toEqual([]);
    const over = lasting(told);
    expect(over).toEqual(lasting(direct[i]));
    expect(JSON.stringify(over)).toMatch(/amara|Margaret|lisinopril|verdict/i);
  },
);
