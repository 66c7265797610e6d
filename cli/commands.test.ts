import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../config.ts';
import { personas } from '../data/patients/personas/index.ts';
import { withDatabase } from '../db/test-database.ts';

/** The commands as a person or a program runs them: processes of their own on one folder of state. */
const place = mkdtempSync(join(tmpdir(), 'rounds-commands-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Given {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const run = (args: readonly string[], { input = '', env = {} }: Given = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    input,
    env: { ...process.env, DATA_DIR: join(place, 'state'), DATABASE_URL: '', ...env },
  });
const file = (name: string, content: string): string => {
  writeFileSync(join(place, name), content);
  return join(place, name);
};
const objectsIn = (text: string): readonly Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const answer = z.object({
  id: z.string().min(1),
  status: z.enum(['answered', 'not-recorded', 'clarify', 'declined', 'failed']),
  claims: z.array(
    z.object({ text: z.string().min(1), verdict: z.enum(['supported', 'contradicted', 'unverified']), citations: z.array(z.string()) }),
  ),
  evidence: z.array(
    z.object({
      id: z.string().min(1),
      kind: z.enum(['record', 'passage', 'result', 'utterance', 'slot']),
      label: z.string().min(1),
      text: z.string().min(1),
    }),
  ),
  ms: z.number().min(0),
});

describe('ask', () => {
  test('--json is one object on standard output, every citation of it evidence, every resource under its own id', () => {
    const { status, stdout } = run(['ask', '--json', '--patient', 'victor', 'is he on a beta blocker, and what is his latest potassium?']);
    expect(status).toBe(0);
    const [object, ...more] = objectsIn(stdout).map((one) => answer.parse(one));
    expect(more).toEqual([]);
    expect(object?.status).toBe('answered');
    const ids = object?.evidence.map(({ id }) => id) ?? [];
    for (const { citations } of object?.claims ?? []) for (const id of citations) expect(ids).toContain(id);
    for (const { id, kind } of object?.evidence ?? []) expect(id).toMatch(kind === 'record' ? /^[A-Z][A-Za-z]+\/[^/]+$/ : /^search\//);
  });

  test.each<[string, readonly string[], Given, RegExp]>([
    ['an unknown patient', ['--patient', 'nobody at all'], {}, /No patient matches/],
    ['an unknown conversation', ['--patient', 'Hale', '--thread', 'none'], {}, /no conversation none/],
    ['a setting that cannot be used', ['--patient', 'Hale'], { env: { DATABASE_URL: 'nonsense' } }, /DATABASE_URL: expected/],
    [
      'a database that is not there',
      ['--patient', 'Hale'],
      { env: { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' } },
      /127\.0\.0\.1:1/,
    ],
  ])('--json of %s is an object that says so', (_, args, given, error) => {
    const { status, stdout } = run(['ask', '--json', ...args, 'potassium?'], given);
    expect(status).toBe(1);
    expect(objectsIn(stdout)).toEqual([
      { id: expect.any(String), status: 'failed', claims: [], evidence: [], ms: expect.any(Number), error: expect.stringMatching(error) },
    ]);
    expect(stdout).not.toContain('secret');
  });

  test('--batch answers in order in one process, whatever is wrong with a line', () => {
    const line = (value: object) => JSON.stringify(value);
    const lines = [
      `\uFEFF${line({ id: 'a', patient: 'margaret-hale', question: 'latest A1c?' })}`,
      'no JSON',
      line({ id: 7, patient: 'Victor', question: 'Any allergies?', thread: null, note: 'kept out' }),
      '',
      line({ id: 'b', question: 'latest A1c?' }),
      line({ id: 'c', patient: 'Margaret', question: 9 }),
      line({ id: 'd', patient: 'Nobody', question: 'latest A1c?' }),
      '   ',
      line({ id: 'e', patient: 'Amara', question: '' }),
      line({ id: 'a', patient: 'Patient/amara-osei', question: `${'Please, '.repeat(1_500)}what is she allergic to?` }),
    ];
    const { status, stdout } = run(['ask', '--batch', file('questions.jsonl', lines.join('\r\n'))]); // no line end at the end
    expect(status).toBe(0);
    const answers = objectsIn(stdout);
    expect(answers.map((one) => answer.parse(one).id)).toEqual(['a', 'line-2', '7', 'b', 'c', 'd', 'e', 'a']);
    const statuses = answers.map((one) => one.status);
    expect(statuses.slice(0, 6)).toEqual(['answered', 'failed', 'answered', 'failed', 'failed', 'failed']);
    for (const [i, named] of [
      [1, /Line 2 is not JSON/],
      [3, /patient/],
      [4, /question/],
      [5, /No patient matches/],
    ] as const)
      expect(answers[i]?.error).toMatch(named);
    expect(['clarify', 'declined', 'failed']).toContain(statuses[6]);
  });

  test.each([
    [['ask', '--batch', 'x.jsonl', '--patient', 'Hale'], /--batch takes patient/],
    [['ask', 'potassium?'], /--patient is missing/],
    [['ask', '--patient', 'Hale'], /question is missing/],
    [['ask', '--patient', 'Hale', '--patient', 'Osei', 'potassium?'], /--patient is given more than once/],
    [['verify', '-p', 'Hale', '--patient', 'Victor'], /--patient is given more than once/],
    [['ask', '--patient', 'Hale', '--colour'], /--colour/],
    [['ask', '--batch', join(place, 'missing.jsonl')], /Cannot read .*missing\.jsonl/],
    [['verify', '--patient', 'Hale', join(place, 'missing.txt')], /Cannot read .*missing\.txt/],
    [['verify', '--patient', 'Hale', place], /Cannot read/],
    [['verify'], /--patient is missing/],
    [['patients'], /import, list, generate or describe/],
    [['patients', 'import'], /Name the files/],
    [['patients', 'describe', '--data', join(place, 'missing')], /there is no folder/],
    [['patients', 'generate', '--seed', '7', '--seed', '8'], /--seed is given twice/],
    [['patients', 'describe', '--data', place, '--seed', '3'], /takes no --count and no --seed/],
  ])('wrong use ends with code 2, the reason and how it is used: %j', (args, reason) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(stderr).toContain(`npm run ${args[0]}`);
  });
});

describe('verify', () => {
  test('reads standard input or a file', () => {
    const text = 'Her latest HbA1c is 7.2 %. She is allergic to latex.';
    const piped = objectsIn(run(['verify', '--json', '-p', 'Hale'], { input: text }).stdout);
    const named = objectsIn(run(['verify', '--json', '-p', 'Hale', file('note.txt', `\uFEFF${text}`)]).stdout);
    expect(piped[0]?.claims).toEqual(named[0]?.claims);
    expect(piped[0]?.claims).toMatchObject([
      { text: 'Her latest HbA1c is 7.2 %.', verdict: 'supported', checks: expect.any(Array), citations: expect.any(Array) },
      { text: 'She is allergic to latex.', verdict: expect.not.stringMatching('^supported$') },
    ]);
  });

  test('an empty text holds no sentence', () => {
    const { status, stdout } = run(['verify', '--json', '-p', 'Hale'], { input: ' \n' });
    expect(status).toBe(0);
    expect(objectsIn(stdout)).toMatchObject([{ id: expect.any(String), claims: [] }]);
  });

  test('--batch names what is wrong with a line and goes on', () => {
    const lines = [
      { id: '1', patient: 'Hale', text: 'Her latest HbA1c is 9.9 %.' },
      { id: '2', patient: 'Hale' },
      { id: '3', patient: 'Hale', text: 'The latest HbA1c is 7.2 %.', citations: null },
    ].map((one) => JSON.stringify(one));
    const { stdout } = run(['verify', '--batch', '-'], { input: lines.join('\n') });
    expect(objectsIn(stdout)).toMatchObject([
      { id: '1', claims: [{ verdict: 'contradicted' }] },
      { id: '2', claims: [], error: expect.stringContaining('text') },
      { id: '3', claims: [{ verdict: 'supported' }] },
    ]);
  });
});

describe('patients', () => {
  const DATA_DIR = join(place, 'own');
  const person = (id: string, results: number) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: { resourceType: 'Patient', id, name: [{ family: id }] } },
        ...Array.from({ length: results }, (_, i) => ({
          resource: {
            resourceType: 'Observation',
            id: `${id}-${i}`,
            status: 'final',
            subject: { reference: `Patient/${id}` },
            code: { text: 'K' },
          },
        })),
      ],
    });

  test('import takes what it can, names what it cannot, and ends with code 1 then', () => {
    const folder = join(place, 'records');
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    writeFileSync(join(folder, 'a.json'), person('ann', 3));
    writeFileSync(join(folder, 'b.json'), '{');
    writeFileSync(join(folder, 'deep', 'er', 'c.ndjson'), '{"resourceType":"Patient","id":"cat"}\r\n');
    writeFileSync(join(folder, 'notes.txt'), 'not a record');
    symlinkSync(join(place, 'nowhere.json'), join(folder, 'd.json'));
    const { status, stdout, stderr } = run(['patients', 'import', folder, join(folder, 'a.json')], { env: { DATA_DIR } });
    expect(status).toBe(1);
    expect(stdout).toMatch(/2 patients, 9 resources: 5 new, 0 changed, 4 as before/);
    expect(stdout).toMatch(/2 files failed.*\n.*b\.json: broken JSON.*\n.*d\.json: no such file/);
    expect(stderr).toMatch(/\[1\/5\] a\.json: 4 new/);
    const list = JSON.parse(run(['patients', 'list', '--json'], { env: { DATA_DIR } }).stdout);
    expect(list).toMatchObject([
      { name: 'ann', resources: 4 },
      { id: 'cat', resources: 1 },
    ]);
  });

  test('generate goes on after the personas, and describe reads what it wrote', () => {
    const folder = join(place, 'generated');
    const day = ['--as-of', '2026-11-21', '--seed', '4'];
    const count = String(personas.length + 12);
    expect(run(['patients', 'generate', '--count', count, ...day, '--out', folder]).stdout).toContain(`${count} patients and the clinic`);
    const read = JSON.parse(run(['patients', 'describe', '--data', folder, '--as-of', '2026-11-21', '--json']).stdout);
    expect(read).toMatchObject({ asOf: '2026-11-21', patients: personas.length + 12 });
    const sampled = run(['patients', 'describe', '--count', '12', ...day]).stdout;
    expect(sampled).toMatch(/^12 patients sampled with seed 4/);
    expect(sampled).toMatch(/Obesity \(BMI 30 and more\) +20\+ .* 40\.3 +NHANES 2021-2023/);
  });

  test('generate touches no folder but its own, and names what it cannot write to', () => {
    const mine = join(place, 'mine.partial');
    mkdirSync(mine);
    writeFileSync(join(mine, 'kept.txt'), 'precious');
    const only = ['--persona', 'noor-karimi', '--as-of', '2026-11-21'];
    expect(run(['patients', 'generate', ...only, '--out', join(place, 'mine')]).stdout).toContain('1 patient and the clinic');
    expect(readFileSync(join(mine, 'kept.txt'), 'utf8')).toBe('precious');
    expect(readdirSync(place).filter((name) => name.startsWith('mine'))).toEqual(['mine', 'mine.partial']);
    const nowhere = run(['patients', 'generate', ...only, '--out', join(place, 'no', 'such', 'folder')]);
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('--out: there is no folder') });
    const under = run(['patients', 'generate', ...only, '--out', join(mine, 'kept.txt', 'x')]);
    expect(under).toMatchObject({ status: 2, stderr: expect.stringContaining('--out: there is no folder') });
    const early = run(['patients', 'generate', '--as-of', '1990-01-01', '--out', join(place, 'early')]);
    expect(early).toMatchObject({ status: 2, stderr: expect.stringContaining('--as-of') });
  });

  test('killed in the middle of a file it leaves that file out and all before it in', async () => {
    const dataDir = join(place, 'killed');
    const files = [file('1.json', person('first', 10)), file('2.json', person('second', 12_000))];
    const child = spawn(process.execPath, ['scripts/run.mjs', 'patients', 'import', ...files], {
      cwd: projectRoot,
      env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (/of 12001 resources written/.test(said)) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    expect(said).not.toMatch(/2\.json: \d+ new/);
    await withDatabase({ dataDir }, async ({ pool }) => {
      const { rows } = await pool.query('select patient_ids[1] as patient, count(*)::int from sandbox_resources group by 1');
      expect(rows).toEqual([{ patient: 'first', count: 11 }]);
    });
    expect(run(['patients', 'import', ...files], { env: { DATA_DIR: dataDir } }).stdout).toMatch(/12001 new|: 12001 new/);
  });
});
