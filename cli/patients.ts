import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { composeRecords, type Records } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { FileReport, ImportStep } from '../records/import.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Import patients' records, or list who is there.

  npm run patients -- import <file or folder>...   FHIR R4: bundles of any type, single resources, NDJSON; .gz too
  npm run patients -- list                         name, birth date, gender, record number, id, resources

  --json      print JSON
  --help      print this
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
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
  throw new AppError(
    'bad-usage',
    command === undefined ? 'Say what to do: import or list.' : `There is no command “${command}”: import or list.`,
  );
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
    (file) => process.stderr.write(progressOf(file)),
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
        `${plural(absentPatients.length, 'patient')} named by these resources ${absentPatients.length === 1 ? 'is' : 'are'} not in the record: ${absentPatients.slice(0, 5).join(', ')}${absentPatients.length > 5 ? ' ...' : ''}.\n`,
      );
    if (failed.length > 0)
      process.stdout.write(`${plural(failed.length, 'file')} failed, and nothing of ${failed.length === 1 ? 'it' : 'them'} was taken:\n`);
    for (const { file, fault } of failed) process.stdout.write(`  ${file}: ${fault}\n`);
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
  const [patients, counts] = [await store.patients(), await count()];
  const listed = patients.map((patient) => ({ ...patient, ...(counts ? { resources: counts.get(patient.id) ?? 0 } : {}) }));
  if (json) {
    process.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
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
  ];
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd()}\n`,
    );
  return 0;
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

await runCommand(USAGE, main);
