import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bundle } from '@medplum/fhirtypes';
import { createDescription, type DescribedFigure, type Description } from '../data/patients/describe.ts';
import { generate } from '../data/patients/generate.ts';
import { personas } from '../data/patients/personas/index.ts';
import { AppError } from '../errors.ts';

export interface DescribeOptions {
  readonly count: number;
  readonly seed: number;
  readonly asOf: string;
  /** A folder of generated files in place of patients sampled for it. */
  readonly data?: string;
  readonly json: boolean;
}

const PARTS: Readonly<Record<DescribedFigure['part'], string>> = {
  prevalence: 'Share of people (%)',
  measure: 'Mean of the latest results, and the 5th, 25th, 50th, 75th and 95th percentile',
  treatment: 'Share of those with the problem (%)',
  appointments: 'Share of past appointments (%)',
};

/** Describes patients by their records alone, and lays published figures beside them. */
export function describePatients({ count, seed, asOf, data, json }: DescribeOptions): number {
  const description = createDescription(asOf);
  for (const bundle of data === undefined ? sampled(count, seed, asOf) : bundlesIn(data)) description.add(bundle);
  const done = description.done();
  if (done.patients === 0) throw new AppError('bad-usage', `--data: no generated patient is in ${data}.`);
  process.stdout.write(
    json
      ? `${JSON.stringify({ asOf, ...done }, null, 2)}\n`
      : rendered(done, data === undefined ? `sampled with seed ${seed}` : `in ${data}`, asOf),
  );
  return 0;
}

function* sampled(count: number, seed: number, asOf: string): Generator<Bundle> {
  const told = new Set(personas.map(({ id }) => id));
  for (const bundle of generate({ seed, asOf, count: personas.length + count })) if (!told.has(bundle.id ?? '')) yield bundle;
}

function* bundlesIn(folder: string): Generator<Bundle> {
  const path = resolve(folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new AppError('bad-usage', `--data: there is no folder ${path}.`);
  for (const file of readdirSync(path).sort()) {
    if (!file.endsWith('.json')) continue;
    const parsed = JSON.parse(readFileSync(join(path, file), 'utf8')) as Partial<Bundle>;
    if (parsed.resourceType === 'Bundle') yield parsed as Bundle;
  }
}

function rendered({ patients, adults, resources, figures }: Description, where: string, asOf: string): string {
  const far = figures.filter((figure) => figure.far);
  const compared = figures.filter(({ published, figure }) => published !== undefined && figure !== undefined);
  const lines = [
    `${patients} patients ${where}, ${adults} of them adults, as of ${asOf}; ${resources.least} to ${resources.most} resources each, half of them up to ${Math.round(resources.median)}.`,
    'All invented. “!” marks a figure that is far from the published one: by more than two standard errors and a fifth of it (a mean: a twentieth).',
  ];
  for (const [part, title] of Object.entries(PARTS)) {
    const rows = figures.filter((figure) => figure.part === part);
    if (rows.length === 0) continue;
    lines.push(
      '',
      title,
      `  ${'WHAT'.padEnd(56)} ${'AGES'.padEnd(6)} ${'OF'.padStart(6)} ${'HERE'.padStart(7)} ${'+/-'.padStart(5)} ${'US'.padStart(6)}   SOURCE`,
    );
    for (const row of rows) lines.push(lineOf(row));
  }
  lines.push(
    '',
    far.length === 0
      ? `None of ${compared.length} figures is far from the published one.`
      : `${far.length} of ${compared.length} figures ${far.length === 1 ? 'is' : 'are'} far from the published one: ${far.map(({ words, ages, figure, published }) => `${words}, ${ages}: ${figure?.toFixed(1)} against ${published}`).join('; ')}.`,
  );
  return `${lines.join('\n')}\n`;
}

function lineOf({ words, ages, of, figure, standardError, percentiles, published, source, far }: DescribedFigure): string {
  const number = (value: number | undefined, width: number) => (value === undefined ? '-' : value.toFixed(1)).padStart(width);
  const spread = percentiles ? `  (${percentiles.map((value) => value.toFixed(1)).join(' ')})` : '';
  return `${far ? '!' : ' '} ${words.padEnd(56)} ${ages.padEnd(6)} ${String(of).padStart(6)} ${number(figure, 7)} ${number(standardError === undefined ? undefined : 2 * standardError, 5)} ${number(published, 6)}   ${source}${spread}`;
}
