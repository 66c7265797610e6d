import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { composeRecords, type Records } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { generate } from '../data/patients/generate.ts';
import { dayIn, ZONE } from '../data/patients/generator/calendar.ts';
import { personas } from '../data/patients/personas/index.ts';
import { AppError } from '../errors.ts';
import type { FileReport, ImportStep } from '../records/import.ts';
import { describePatients } from './describe-patients.ts';
import { oneLine, printable } from './printable.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Import patients' records, list who is there, or invent more and describe them.

  npm run patients -- import <file or folder>...   FHIR R4: bundles of any type, single resources, NDJSON; .gz too
  npm run patients -- list                         name, birth date, gender, record number, id, resources
  npm run patients -- generate                     invented patients as FHIR R4 bundles, one file each, and the clinic's own
      --count N      how many; the personas come first (default: the personas)
      --seed S       the same seed and day give the same bytes (default 1)
      --persona X    one persona alone
      --as-of D      the day that "now" is in them, 2026-11-21 (default: today)
      --out folder   where the files go (default: patients-<seed>)

  npm run patients -- describe                     how common problems are, results and drugs, beside published US figures
      --count N      patients to sample for it, the personas left out (default 1000); --seed and --as-of as above
      --data folder  generated files in place of sampled patients

  --json      print JSON
  --help      print this
`;

async function main(): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    tokens: true,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      count: { type: 'string' },
      seed: { type: 'string' },
      persona: { type: 'string' },
      'as-of': { type: 'string' },
      out: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new AppError('bad-usage', `--${twice} is given twice.`);
  const [command, ...paths] = positionals;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command === 'import') {
    if (paths.length === 0) throw new AppError('bad-usage', 'Name the files or folders to import.');
    return withRecords((records) => runImport(records, paths, values.json));
  }
  if (command === 'list') {
    if (paths.length > 0) throw new AppError('bad-usage', `“list” takes no further words: ${paths.join(' ')}`);
    return withRecords((records) => runList(records, values.json));
  }
  if (command === 'generate') {
    if (paths.length > 0) throw new AppError('bad-usage', `“generate” takes options only: ${paths.join(' ')}`);
    return runGenerate(values);
  }
  if (command === 'describe') {
    if (paths.length > 0) throw new AppError('bad-usage', `“describe” takes options only: ${paths.join(' ')}`);
    const { seed, count, asOf } = sampling(values);
    if (values.data !== undefined && (count !== undefined || values.seed !== undefined))
      throw new AppError('bad-usage', '--data describes files that are there: it takes no --count and no --seed.');
    return describePatients({
      seed,
      count: count ?? 1_000,
      asOf,
      json: values.json,
      ...(values.data === undefined ? {} : { data: values.data }),
    });
  }
  throw new AppError(
    'bad-usage',
    command === undefined
      ? 'Say what to do: import, list, generate or describe.'
      : `There is no command “${command}”: import, list, generate or describe.`,
  );
}

function wholeNumber(name: string, value: string | undefined, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new AppError('bad-usage', `--${name}: expected a whole number from ${least} to ${most}.`);
  return number;
}

function sampling(values: { readonly count?: string; readonly seed?: string; readonly 'as-of'?: string }) {
  const seed = wholeNumber('seed', values.seed, 0, 999_999_999) ?? 1;
  const count = wholeNumber('count', values.count, 1, 100_000);
  const asOf = values['as-of'] ?? dayIn(ZONE, new Date());
  if (!/^\d{4}-\d\d-\d\d$/.test(asOf) || Number.isNaN(Date.parse(asOf)) || new Date(asOf).toISOString().slice(0, 10) !== asOf)
    throw new AppError('bad-usage', '--as-of: expected a day like 2026-11-21.');
  // The courses know the medicine of these years.
  if (asOf < '2024-01-01' || asOf > '2099-12-31') throw new AppError('bad-usage', '--as-of: expected a day from 2024-01-01 to 2099-12-31.');
  return { seed, count, asOf };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** @throws AppError `bad-usage` where it cannot be written */
function newFolderBeside(out: string): string {
  try {
    const folder = `${out}.partial-${process.pid}`;
    mkdirSync(folder);
    return folder;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new AppError('bad-usage', `--out: nothing can be written beside ${out}${code}.`);
  }
}

/** Writes into a folder of its own first, so that a run that is cut off leaves no half of it behind. */
function runGenerate(values: { count?: string; seed?: string; persona?: string; 'as-of'?: string; out?: string; json: boolean }): number {
  const { seed, count, asOf } = sampling(values);
  if (values.persona !== undefined && count !== undefined)
    throw new AppError('bad-usage', '--persona is one patient: it takes no --count.');
  if (values.persona !== undefined && !personas.some(({ id }) => id === values.persona))
    throw new AppError('bad-usage', `--persona: there is no “${values.persona}”. There are: ${personas.map(({ id }) => id).join(', ')}.`);
  const out = resolve(values.out ?? `patients-${seed}`);
  if (!isFolder(dirname(out))) throw new AppError('bad-usage', `--out: there is no folder ${dirname(out)} to write into.`);
  const there = statSync(out, { throwIfNoEntry: false });
  if (there && (!there.isDirectory() || readdirSync(out).length > 0))
    throw new AppError('bad-usage', `--out: ${out} is there already; name a new folder.`);
  const started = performance.now();
  const partial = newFolderBeside(out);
  let [patients, resources] = [0, 0];
  const options = {
    seed,
    asOf,
    ...(count === undefined ? {} : { count }),
    ...(values.persona === undefined ? {} : { persona: values.persona }),
  };
  try {
    for (const bundle of generate(options)) {
      writeFileSync(join(partial, `${bundle.id}.json`), `${JSON.stringify(bundle, null, 1)}\n`);
      if (bundle.id !== 'clinic') patients += 1;
      resources += bundle.entry?.length ?? 0;
    }
    if (there) rmdirSync(out);
    renameSync(partial, out);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  const ms = performance.now() - started;
  if (values.json) process.stdout.write(`${JSON.stringify({ out, seed, asOf, patients, resources, ms: Math.round(ms) }, null, 2)}\n`);
  else
    process.stdout.write(
      `${plural(patients, 'patient')} and the clinic, ${plural(resources, 'resource')}, as of ${asOf}, in ${out} (${(ms / 1000).toFixed(1)} s). All invented.\n`,
    );
  return 0;
}

async function withRecords(work: (records: Records) => Promise<number>): Promise<number> {
  const records = await composeRecords(loadConfig());
  try {
    return await work(records);
  } finally {
    await records.close();
  }
}

async function runImport(records: Records, paths: readonly string[], json: boolean): Promise<number> {
  const report = await records.importFiles(
    paths,
    (file) => process.stderr.write(printable(progressOf(file))),
    // Small files are done before one has read this.
    (step) => {
      if (step.done !== undefined || sizeOf(step.file) > LARGE) process.stderr.write(stepOf(step));
    },
  );
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const { added, updated, unchanged, patients, unresolved, absentPatients, failed, files, ms } = report;
    const total = added + updated + unchanged;
    process.stdout.write(
      `${plural(patients.length, 'patient')}, ${plural(total, 'resource')}: ${added} new, ${updated} changed, ${unchanged} as before` +
        ` (${plural(files.length, 'file')}, ${(ms / 1000).toFixed(1)} s, ${Math.round((total * 1000) / ms)} resources a second).\n`,
    );
    if (unresolved > 0)
      process.stdout.write(`${plural(unresolved, 'reference')} ${unresolved === 1 ? 'leads' : 'lead'} outside of what was imported.\n`);
    if (absentPatients.length > 0)
      process.stdout.write(
        `${plural(absentPatients.length, 'patient')} named by these resources ${absentPatients.length === 1 ? 'is' : 'are'} not in the record: ${absentPatients.slice(0, 5).map(oneLine).join(', ')}${absentPatients.length > 5 ? ' ...' : ''}.\n`,
      );
    if (failed.length > 0)
      process.stdout.write(`${plural(failed.length, 'file')} failed, and nothing of ${failed.length === 1 ? 'it' : 'them'} was taken:\n`);
    for (const { file, fault } of failed) process.stdout.write(printable(`  ${file}: ${fault}\n`));
  }
  return report.failed.length > 0 ? 1 : 0;
}

const LARGE = 8_000_000;
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function stepOf({ file, number, of, done, total }: ImportStep): string {
  const what = done === undefined ? `reading ${(sizeOf(file) / 1e6).toFixed(1)} MB ...` : `${done} of ${total} resources written ...`;
  return `[${number}/${of}] ${basename(file)}: ${what}\n`;
}

function progressOf({ file, number, of, added, updated, unchanged, notes, fault }: FileReport): string {
  const what = fault === undefined ? `${added} new, ${updated} changed, ${unchanged} as before` : `FAILED: ${fault}`;
  const shown = notes.slice(0, 3).map((note) => `\n    ${note}`);
  return `[${number}/${of}] ${basename(file)}: ${what}${shown.join('')}${notes.length > 3 ? `\n    and ${notes.length - 3} more notes` : ''}\n`;
}

async function runList({ store, counts: count, seedIfEmpty }: Records, json: boolean): Promise<number> {
  await seedIfEmpty();
  let more: number | undefined;
  const [patients, counts] = [await store.patients({ onMore: (listed) => (more = listed) }), await count()];
  const tellMore = (): void => {
    if (more !== undefined)
      process.stderr.write(`The FHIR server has more patients than the ${more} that are listed: ask for others by id, number or name.\n`);
  };
  const listed = patients.map((patient) => ({ ...patient, ...(counts ? { resources: counts.get(patient.id) ?? 0 } : {}) }));
  if (json) {
    process.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    tellMore();
    return 0;
  }
  const rows = [
    ['NAME', 'BORN', 'GENDER', 'RECORD NUMBER', 'ID', 'RESOURCES'],
    ...listed.map(({ name, birthDate = '-', gender = '-', recordNumber = '-', id, resources, deceased }) => [
      deceased === undefined || deceased === false ? name : `${name} (deceased)`,
      birthDate,
      gender,
      recordNumber,
      id,
      resources === undefined ? '-' : String(resources),
    ]),
  ].map((row) => row.map(oneLine));
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd()}\n`,
    );
  tellMore();
  return 0;
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

await runCommand(USAGE, main);
