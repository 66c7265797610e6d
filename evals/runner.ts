import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RoundsUnderTest, Share, Suite, SuiteContext, SuiteOutcome, SuiteReport, Threshold } from './contract.ts';
import { readRawData } from './raw-data.ts';

/** Suites are the `*.eval.ts` files of a folder, by the name they declare. */
export async function discoverSuites(folder: string): Promise<readonly Suite[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eval.ts')).sort();
  const suites: Suite[] = [];
  for (const name of names) {
    const loaded: { default?: Suite } = await import(pathToFileURL(join(folder, name)).href);
    const suite = loaded.default;
    if (suite === undefined) throw new Error(`${name} has no suite as its default export`);
    if (`${suite.name}.eval.ts` !== name) throw new Error(`${name} declares the suite "${suite.name}": the two names must be the same`);
    suites.push(suite);
  }
  return suites;
}

export interface RunOptions {
  /** A folder or file of FHIR bundles, resources or NDJSON. */
  readonly data: string;
  readonly limit?: number;
  readonly seed?: number;
  /** A folder of reference terminology tables. */
  readonly terms?: string;
  readonly now: string;
  readonly progress: SuiteContext['progress'];
  /** Opens the product on an empty data directory. */
  readonly open: () => Promise<OpenedRounds>;
}

export interface OpenedRounds extends RoundsUnderTest {
  /** Imports the files; what could not be read comes back by name. */
  importFiles(files: readonly string[]): Promise<{ readonly failed: readonly { readonly file: string; readonly fault: string }[] }>;
  close(): Promise<void>;
}

export type RunResult = { readonly ok: true; readonly outcome: SuiteOutcome } | { readonly ok: false; readonly fault: string };

/** Imports the data into an empty product and runs the suite on it. Broken data is a fault by name, never a score. */
export async function runSuite(suite: Suite, options: RunOptions): Promise<RunResult> {
  const data = await readRawData(options.data);
  if (!data.ok) return { ok: false, fault: data.fault.message };
  const context = {
    patients: data.patients,
    files: data.files,
    now: options.now,
    seed: options.seed ?? 1,
    progress: options.progress,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.terms === undefined ? {} : { terms: options.terms }),
  };
  if (suite.judges === 'data') return { ok: true, outcome: await suite.run({ ...context, rounds: NO_PRODUCT }) };
  const rounds = await options.open();
  try {
    options.progress(0, data.files.length, 'importing');
    const imported = await rounds.importFiles(data.files);
    const broken = imported.failed[0];
    if (broken !== undefined) return { ok: false, fault: `the import refused ${broken.file}: ${broken.fault}` };
    const outcome = await suite.run({ ...context, rounds });
    return { ok: true, outcome };
  } finally {
    await rounds.close();
  }
}

const NO_PRODUCT: RoundsUnderTest = {
  ask: () => Promise.reject(new Error('this suite judges data only')),
  verify: () => Promise.reject(new Error('this suite judges data only')),
};

export function toReport(suite: Suite, outcome: SuiteOutcome): SuiteReport {
  const metrics: Record<string, number> = {};
  for (const [name, metric] of Object.entries(outcome.metrics)) {
    const value = figure(metric);
    if (value !== undefined) metrics[name] = value;
  }
  const failures = outcome.failures.map(({ id, why }) => ({ id, why }));
  return { suite: suite.name, cases: outcome.cases, metrics, failures };
}

export interface ThresholdResult {
  readonly metric: string;
  readonly threshold: Threshold;
  /** Absent: the run gave no such metric, so the threshold is not met. */
  readonly value?: number;
  readonly met: boolean;
}

export function judgeThresholds(suite: Suite, outcome: SuiteOutcome): readonly ThresholdResult[] {
  return Object.entries(suite.thresholds).map(([metric, threshold]) => {
    const value = figure(outcome.metrics[metric]);
    if (value === undefined) return { metric, threshold, met: false };
    const met = value >= (threshold.min ?? Number.NEGATIVE_INFINITY) && value <= (threshold.max ?? Number.POSITIVE_INFINITY);
    return { metric, threshold, value, met };
  });
}

/** Readable table: metrics with intervals, thresholds, the worst failures. */
export function renderReport(suite: Suite, outcome: SuiteOutcome, worst = 20): string {
  const lines = [`${suite.name}: ${suite.description}`, `${outcome.cases} cases`, ''];
  const width = Math.max(0, ...Object.keys(outcome.metrics).map((name) => name.length));
  for (const [name, metric] of Object.entries(outcome.metrics)) {
    const value = figure(metric);
    if (value === undefined) continue;
    if (typeof metric === 'number') {
      lines.push(`  ${name.padEnd(width)}  ${formatNumber(value)}`);
    } else {
      const [low, high] = wilson(metric);
      lines.push(
        `  ${name.padEnd(width)}  ${value.toFixed(4)}  [${low.toFixed(3)}, ${high.toFixed(3)}]  ${String(metric.hits).padStart(6)} of ${metric.of}`,
      );
    }
  }
  if (outcome.details !== undefined) lines.push('', ...outcome.details);
  lines.push('');
  for (const { metric, threshold, value, met } of judgeThresholds(suite, outcome)) {
    const wanted = [
      threshold.min === undefined ? '' : `at least ${threshold.min}`,
      threshold.max === undefined ? '' : `at most ${threshold.max}`,
    ].filter((part) => part !== '');
    const got = value === undefined ? 'no such figure' : formatNumber(value);
    lines.push(`  ${met ? 'met    ' : 'NOT MET'}  ${metric} ${wanted.join(' and ')}: ${got}`);
  }
  if (outcome.failures.length > 0) {
    lines.push('', `${outcome.failures.length} failures${outcome.failures.length > worst ? `, the worst ${worst}` : ''}:`);
    for (const failure of outcome.failures.slice(0, worst)) lines.push(`  ${failure.id}`, `    ${failure.why.replaceAll('\n', '\n    ')}`);
  }
  return lines.join('\n');
}

/** Wilson score interval, 95 % (Wilson 1927, doi:10.1080/01621459.1927.10502953). */
export function wilson({ hits, of }: Share): readonly [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const p = hits / of;
  const centre = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

function figure(metric: number | Share | undefined): number | undefined {
  if (metric === undefined) return undefined;
  if (typeof metric === 'number') return Number.isFinite(metric) ? metric : undefined;
  return metric.of === 0 ? undefined : metric.hits / metric.of;
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 4 : 1);
}
