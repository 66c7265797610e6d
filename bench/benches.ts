import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, composeRecords, type Records, type Rounds } from '../compose.ts';
import { parseConfig, projectRoot } from '../config.ts';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { factLine } from '../records/chart/evidence.ts';
import { selectLines } from '../records/chart/select.ts';
import { fhir } from './fhir.ts';
import { type Figure, percentile, timed, tokensOf } from './figures.ts';
import { generation } from './generate.ts';
import { growRecord, toBundle } from './grow-record.ts';
import { NOTE } from './note.ts';
import { QUESTIONS } from './questions.ts';
import type { Seed } from './seed.ts';

export interface BenchContext {
  readonly seed: Seed;
  /** An empty folder; removed after the run. */
  readonly workDir: string;
  readonly quick: boolean;
}
type Bench = (context: BenchContext) => Promise<Figure[]>;

const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Reading the concept tables and indexing their names, as each process does once. */
async function terminology(): Promise<Figure[]> {
  const [load] = await timed(1, () => loadConcepts());
  const concepts = loadConcepts();
  const [index] = await timed(1, () => createTerminology(concepts));
  const words = createTerminology(concepts);
  const text = QUESTIONS.join(' ');
  const mentions = await timed(20, () => words.mentions(text));
  return [
    { name: 'concepts', value: concepts.length, unit: '' },
    { name: 'read the tables', value: load!, unit: 'ms' },
    { name: 'index the names', value: index!, unit: 'ms' },
    { name: `find the mentions in ${text.split(' ').length} words`, value: median(mentions), unit: 'ms' },
  ];
}

const SIZES = [100, 1_000, 5_000];

/** The chart from resources in memory, and what of it a prompt would hold, against the raw bundle. */
async function chart({ seed, quick }: BenchContext): Promise<Figure[]> {
  const words = createTerminology(loadConcepts());
  const options = { patientId: seed.patientId, asOf: new Date().toISOString(), terminology: words };
  const figures: Figure[] = [];
  const times: number[] = [];
  for (const size of SIZES) {
    const resources = growRecord(seed.resources, size);
    const first = buildChart(resources, options);
    const build = median(await timed(quick ? 3 : 9, () => buildChart(resources, options)));
    const lines = selectLines(first, { maxTokens: 4_000 });
    const select = median(await timed(quick ? 3 : 9, () => selectLines(first, { maxTokens: 4_000 })));
    const raw = tokensOf(JSON.stringify(toBundle(resources)));
    const chosen = tokensOf(lines.map(({ text }) => text).join('\n'));
    const whole = tokensOf(first.facts.map((fact) => factLine(fact)).join('\n'));
    times.push(build);
    figures.push(
      { name: `${size} resources: build`, value: build, unit: 'ms' },
      { name: `${size} resources: choose lines`, value: select, unit: 'ms' },
      { name: `${size} resources: raw bundle`, value: raw, unit: 'tokens' },
      { name: `${size} resources: every line`, value: whole, unit: 'tokens' },
      { name: `${size} resources: chosen lines`, value: chosen, unit: 'tokens' },
      { name: `${size} resources: raw / chosen`, value: raw / chosen, unit: 'x' },
    );
  }
  figures.push({ name: 'build time, 5,000 against 1,000', value: times[2]! / times[1]!, unit: 'x' });
  return figures;
}

/** A bundle from a file into an empty embedded database, and the same once more. */
async function imports({ seed, workDir }: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES.slice(1)) {
    const records = await composeRecords(parseConfig({ DATA_DIR: join(workDir, `import-${size}`) }));
    try {
      const file = writeRecord(workDir, seed, size);
      const [first] = await timed(1, () => importFile(records, file));
      const [again] = await timed(1, () => importFile(records, file));
      figures.push(
        { name: `${size} resources: new`, value: size / (first! / 1000), unit: 'resources/s' },
        { name: `${size} resources: unchanged`, value: size / (again! / 1000), unit: 'resources/s' },
      );
    } finally {
      await records.close();
    }
  }
  return figures;
}

/** Questions to the whole agent, each in a new thread, on a record of 1,000 resources; warm after one round. */
async function answer({ seed, workDir, quick }: BenchContext): Promise<Figure[]> {
  return withRecord(join(workDir, 'answer'), writeRecord(workDir, seed, 1_000), async (rounds) => {
    const ask = (index: number) => rounds.ask({ patient: seed.patientId, question: QUESTIONS[index % QUESTIONS.length]! });
    const [cold] = await timed(1, ask);
    const states = new Map<string, number>();
    for (let index = 0; index < QUESTIONS.length; index += 1) {
      const { status } = await ask(index);
      states.set(status, (states.get(status) ?? 0) + 1);
    }
    const taken = await timed(QUESTIONS.length * (quick ? 1 : 4), ask);
    return [
      { name: 'questions', value: QUESTIONS.length, unit: '' },
      ...[...states].map(([status, count]) => ({ name: `of them ${status}`, value: count, unit: '' })),
      { name: 'the first (reads the chart)', value: cold!, unit: 'ms' },
      { name: 'p50', value: percentile(taken, 0.5), unit: 'ms', goal: 150 },
      { name: 'p95', value: percentile(taken, 0.95), unit: 'ms', goal: 400 },
      { name: 'slowest', value: percentile(taken, 1), unit: 'ms' },
    ];
  });
}

/** A note of 20 sentences against a record of 1,000 resources. */
async function verify({ seed, workDir, quick }: BenchContext): Promise<Figure[]> {
  return withRecord(join(workDir, 'verify'), writeRecord(workDir, seed, 1_000), async (rounds) => {
    const check = () => rounds.verify({ patient: seed.patientId, text: NOTE });
    const [cold] = await timed(1, check);
    const { claims } = await check();
    const taken = await timed(quick ? 3 : 10, check);
    return [
      { name: 'sentences', value: claims.length, unit: '' },
      { name: 'the first time (reads the chart)', value: cold!, unit: 'ms' },
      { name: 'p50', value: median(taken), unit: 'ms' },
      { name: 'p50 a sentence', value: median(taken) / claims.length, unit: 'ms' },
    ];
  });
}

/** The whole process, from the command to its answer: on an empty folder (database made, patients loaded), then again. */
async function start({ workDir, quick }: BenchContext): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    const dataDir = join(workDir, `start-${round}`);
    cold.push(...(await timed(1, () => runAsk(dataDir))));
    warm.push(...(await timed(quick ? 1 : 3, () => runAsk(dataDir))));
  }
  return [
    { name: 'cold: empty folder to answer', value: median(cold), unit: 'ms' },
    { name: 'warm: start to answer', value: median(warm), unit: 'ms' },
  ];
}

export const BENCHES: Readonly<Record<string, Bench>> = {
  terminology,
  chart,
  import: imports,
  answer,
  verify,
  fhir,
  generate: generation,
  start,
};

/** The composed product on a data folder of its own that holds the record of `file`. */
async function withRecord<T>(dataDir: string, file: string, use: (rounds: Rounds) => Promise<T>): Promise<T> {
  const rounds = await compose(parseConfig({ DATA_DIR: dataDir }));
  try {
    await importFile(rounds, file);
    return await use(rounds);
  } finally {
    await rounds.close();
  }
}

async function importFile({ importFiles }: Pick<Records, 'importFiles'>, file: string): Promise<void> {
  const { failed } = await importFiles([file]);
  if (failed[0]) throw new Error(`the record of the bench cannot be imported: ${failed[0].fault}`);
}

function writeRecord(workDir: string, seed: Seed, size: number): string {
  const file = join(workDir, `record-${size}.json`);
  writeFileSync(file, JSON.stringify(toBundle(growRecord(seed.resources, size))));
  return file;
}

/** Asks a patient that ships, in a process of its own. Rejects where it fails. */
function runAsk(dataDir: string): Promise<void> {
  const patient = shippedPatient();
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  const args = [join(projectRoot, 'scripts', 'run.mjs'), 'ask', '--json', '--patient', patient, 'Which medicines is the patient on?'];
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (part) => {
      errors += part;
    });
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`ask ended with exit code ${code}: ${errors.slice(-500)}`))));
  });
}

function shippedPatient(): string {
  const folder = join(projectRoot, 'data', 'patients');
  for (const file of readdirSync(folder).sort()) {
    const id = /"resourceType"\s*:\s*"Patient"[^{}]*?"id"\s*:\s*"([^"]+)"/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
    if (id) return id;
  }
  throw new Error(`${folder} holds no patient`);
}
