import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isAppError } from '../errors.ts';
import { writeFirstUse } from '../evals/first-use.ts';
import { openRounds } from '../evals/open-rounds.ts';
import { discoverSuites, judgeThresholds, renderReport, runSuite, toReport } from '../evals/runner.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `npm run eval -- <suite> [--data <folder>] [--terms <folder>] [--json] [--limit N] [--seed N]

  --data <folder>  FHIR bundles to run on (default: the invented patients, as a fresh clone has them today)
  --terms <folder> reference terminology tables to judge codes and their names by (suite generated)
  --json           one object on stdout: { suite, cases, metrics, failures: [{ id, why }] }
  --limit N        at most N cases, taken evenly
  --seed N         other wordings and choices (default 1)

Exit code 0: every threshold is met; 1: one is not; 2: wrong usage, broken data or a fault.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const suites = await discoverSuites(join(ROOT, 'evals'));
  const parsed = parse(args);
  if ('problem' in parsed) return misuse(parsed.problem);
  if (parsed.help) {
    console.log(`${USAGE}\nSuites:\n${suites.map((s) => `  ${s.name.padEnd(10)} ${s.description}`).join('\n')}`);
    return 0;
  }
  const suite = suites.find(({ name }) => name === parsed.suite);
  if (suite === undefined) {
    const known = suites.map(({ name }) => name).join(', ');
    return misuse(
      parsed.suite === undefined ? `which suite? There are: ${known}` : `there is no suite "${parsed.suite}". There are: ${known}`,
    );
  }

  const dataDir = await mkdtemp(join(tmpdir(), 'rounds-eval-'));
  const invented = await mkdtemp(join(tmpdir(), 'rounds-patients-'));
  const progress = createProgress();
  try {
    const now = new Date();
    if (parsed.data === undefined) await writeFirstUse(invented, now);
    const result = await runSuite(suite, {
      data: parsed.data ?? invented,
      now: now.toISOString(),
      open: () => openRounds(dataDir),
      progress: progress.show,
      ...(parsed.limit === undefined ? {} : { limit: parsed.limit }),
      ...(parsed.seed === undefined ? {} : { seed: parsed.seed }),
      ...(parsed.terms === undefined ? {} : { terms: parsed.terms }),
    });
    progress.end();
    if (!result.ok) {
      console.error(`eval: ${result.fault}`);
      return 2;
    }
    const { outcome } = result;
    console.log(parsed.json ? JSON.stringify(toReport(suite, outcome)) : renderReport(suite, outcome));
    return judgeThresholds(suite, outcome).every(({ met }) => met) ? 0 : 1;
  } catch (fault) {
    progress.end();
    console.error(`eval: ${isAppError(fault) ? fault.message : fault instanceof Error ? fault.stack : String(fault)}`);
    return 2;
  } finally {
    for (const folder of [dataDir, invented]) await rm(folder, { recursive: true, force: true });
  }
}

interface Arguments {
  readonly help: boolean;
  readonly suite?: string;
  readonly data?: string;
  readonly json: boolean;
  readonly limit?: number;
  readonly seed?: number;
  readonly terms?: string;
}

function parse(args: readonly string[]): Arguments | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        limit: { type: 'string' },
        seed: { type: 'string' },
        terms: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (positionals.length > 1) return { problem: `one suite at a time, not "${positionals.join(' ')}"` };
    for (const name of ['limit', 'seed'] as const) {
      const value = values[name];
      if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value))
        return { problem: `--${name} takes a whole number above 0, not "${value}"` };
    }
    return {
      help: values.help,
      json: values.json,
      ...(values.data === undefined ? {} : { data: resolve(values.data) }),
      ...(positionals[0] === undefined ? {} : { suite: positionals[0] }),
      ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
      ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
      ...(values.terms === undefined ? {} : { terms: resolve(values.terms) }),
    };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function misuse(problem: string): number {
  console.error(`eval: ${problem}\n\n${USAGE}`);
  return 2;
}

function createProgress() {
  let last = 0;
  let drawn = false;
  return {
    show(done: number, total: number, what = ''): void {
      const now = Date.now();
      if (now - last < (process.stderr.isTTY ? 100 : 5_000) && done < total) return;
      last = now;
      drawn = true;
      const line = `${String(done).padStart(6)} of ${total} ${what}`;
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    },
    end(): void {
      if (drawn && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    },
  };
}
