import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHES } from '../bench/benches.ts';
import { type Figure, renderFigures, rounded } from '../bench/figures.ts';
import { loadSeed } from '../bench/seed.ts';
import { projectRoot } from '../config.ts';
import { AppError } from '../errors.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Measure Rounds on this machine, on a record grown from the patients that ship.

  npm run bench                      all benches
  npm run bench -- <name>...         ${Object.keys(BENCHES).join(', ')}

  --data <folder>   FHIR bundles to grow the record from (default: data/patients)
  --quick           fewer repetitions
  --json            one object on stdout: { machine, <bench>: { <figure>: number } }
`;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) throw new AppError('bad-usage', `There is no bench "${unknown.join('", "')}".`);
  const chosen = Object.entries(BENCHES).filter(([name]) => positionals.length === 0 || positionals.includes(name));

  const workDir = await mkdtemp(join(tmpdir(), 'rounds-bench-'));
  try {
    const seed = loadSeed(values.data === undefined ? join(projectRoot, 'data', 'patients') : resolve(values.data));
    const machine = `Node ${process.versions.node}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} at the start`;
    if (!values.json) process.stdout.write(`${machine}\n\n`);
    const all: Record<string, readonly Figure[]> = {};
    for (const [name, bench] of chosen) {
      process.stderr.write(`${name} ...\n`);
      all[name] = await bench({ seed, workDir, quick: values.quick });
      if (!values.json) process.stdout.write(`${renderFigures(name, all[name])}\n`);
    }
    if (values.json) {
      const object = Object.entries(all).map(([bench, figures]) => [
        bench,
        Object.fromEntries(figures.map(({ name, value, unit }) => [unit ? `${name} (${unit})` : name, rounded(value)])),
      ]);
      process.stdout.write(`${JSON.stringify({ machine, ...Object.fromEntries(object) })}\n`);
    }
    return 0;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
});
