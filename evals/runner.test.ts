import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineSuite, type SuiteOutcome } from './contract.ts';
import { readRawData } from './raw-data.ts';
import { judgeThresholds, type OpenedRounds, renderReport, runSuite, toReport, wilson } from './runner.ts';

const suite = defineSuite({
  name: 'sample',
  description: 'a sample',
  thresholds: { correct: { min: 0.9 }, wrong: { max: 0 }, missing: { min: 1 } },
  run: async ({ patients }) => ({
    cases: patients.length,
    metrics: { correct: { hits: 9, of: 10 }, wrong: 1 },
    failures: [{ id: 'a', why: 'b' }],
  }),
});
const outcome: SuiteOutcome = {
  cases: 10,
  metrics: { correct: { hits: 9, of: 10 }, wrong: 1, nothing: { hits: 0, of: 0 } },
  failures: [{ id: 'a', why: 'asked x' }],
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eval-runner-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const opened = (failed: readonly { file: string; fault: string }[] = []) => {
  const log: string[] = [];
  const rounds: OpenedRounds = {
    ask: async () => ({ id: '1', status: 'failed', claims: [], evidence: [], ms: 0 }),
    verify: async () => ({ id: '1', claims: [] }),
    importFiles: async (files) => {
      log.push(`import ${files.length}`);
      return { failed };
    },
    close: async () => {
      log.push('close');
    },
  };
  return { log, open: async () => rounds };
};

describe('a report', () => {
  it('is one object of numbers, without shares of nothing', () => {
    expect(toReport(suite, outcome)).toEqual({
      suite: 'sample',
      cases: 10,
      metrics: { correct: 0.9, wrong: 1 },
      failures: [{ id: 'a', why: 'asked x' }],
    });
  });
  it('judges thresholds inclusively; a figure that is not there is not met', () => {
    expect(judgeThresholds(suite, outcome).map(({ metric, met }) => [metric, met])).toEqual([
      ['correct', true],
      ['wrong', false],
      ['missing', false],
    ]);
  });
  it('shows intervals, thresholds and failures', () => {
    const text = renderReport(suite, outcome);
    expect(text).toMatch(/correct\s+0\.9000\s+\[0\.596, 0\.982\]\s+9 of 10/);
    expect(text).toContain('NOT MET  wrong at most 0: 1');
    expect(text).toContain('asked x');
  });
  it('has Wilson intervals that stay within 0 and 1', () => {
    expect(wilson({ hits: 0, of: 10 })[0]).toBe(0);
    expect(wilson({ hits: 10, of: 10 })[1]).toBeLessThanOrEqual(1);
    expect(wilson({ hits: 98, of: 100 }).map((n) => Number(n.toFixed(4)))).toEqual([0.93, 0.9945]);
  });
});

describe('a run', () => {
  const options = (open: () => Promise<OpenedRounds>) => ({ data: folder, now: '2026-01-01T00:00:00Z', progress: () => {}, open });
  it('imports the files, runs and closes', async () => {
    await writeFile(join(folder, 'p.json'), JSON.stringify({ resourceType: 'Patient', id: 'p' }));
    const { log, open } = opened();
    expect(await runSuite(suite, options(open))).toMatchObject({ ok: true, outcome: { cases: 1 } });
    expect(log).toEqual(['import 1', 'close']);
  });
  it('names broken data instead of scoring it', async () => {
    const { open } = opened();
    expect(await runSuite(suite, options(open))).toEqual({ ok: false, fault: `no .json or .ndjson file in "${folder}"` });
    await writeFile(join(folder, 'p.json'), '{"resourceType":"Patient","id":"p"}');
    const refusing = opened([{ file: 'p.json', fault: 'no' }]);
    expect(await runSuite(suite, options(refusing.open))).toEqual({ ok: false, fault: 'the import refused p.json: no' });
    expect(refusing.log).toContain('close');
    await writeFile(join(folder, 'q.json'), '{"resourceType":');
    expect(await runSuite(suite, options(open))).toMatchObject({ ok: false, fault: expect.stringContaining('q.json: not JSON') });
    expect(await runSuite(suite, { ...options(open), data: join(folder, 'nowhere') })).toMatchObject({
      ok: false,
      fault: expect.stringContaining('nowhere'),
    });
  });
});

describe('raw data', () => {
  it('joins files and reference styles into patients', async () => {
    await mkdir(join(folder, 'sub'));
    const subject = { reference: 'urn:uuid:1' };
    await writeFile(
      join(folder, 'a.json'),
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient', id: 'p1' } },
          { fullUrl: 'urn:uuid:2', resource: { resourceType: 'Condition', id: 'c1', subject } },
          {
            fullUrl: 'urn:uuid:3',
            resource: { resourceType: 'Appointment', id: 'a1', participant: [{ actor: { reference: 'https://x.org/fhir/Patient/p1' } }] },
          },
        ],
      }),
    );
    await writeFile(
      join(folder, 'sub', 'b.ndjson'),
      '{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/p1"}}\n\n{"resourceType":"Organization","id":"o1"}\n{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/p1"}}\n',
    );
    const data = await readRawData(folder);
    expect(data.ok && data.patients.map(({ id, resources }) => [id, resources.map((r) => r.id)])).toEqual([['p1', ['c1', 'a1', 'c2']]]);
    await writeFile(join(folder, 'c.ndjson'), '{"resourceType":"Patient","id":"p2"}\n{oops\n');
    expect(await readRawData(folder)).toMatchObject({
      ok: false,
      fault: { code: 'broken-file', message: expect.stringContaining('line 2') },
    });
  });
});
