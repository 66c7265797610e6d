import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { Database } from '../db/database.ts';
import { isAppError } from '../errors.ts';
import type { FhirResource } from './contract.ts';
import { settleConditions } from './import/conditions.ts';
import { requireSameOwner, requireSamePerson } from './import/guards.ts';
import { type FileEntry, readRecordFile } from './import/read-file.ts';
import { createDirectory, type Directory, idFromUrl, resolveReferences, type Wanted } from './import/references.ts';
import { isAboutPatients, ownersOf } from './owners.ts';
import { digestOf, type Existing, inTransaction, keyOf, type ResourceKey, readExisting, readRows, writeRows } from './sandbox/table.ts';

export interface ImportDeps {
  readonly db: Database;
  readonly clock: () => Date;
}
export interface ImportCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}
export interface FileReport extends ImportCounts {
  readonly file: string;
  /** Ids of the patients in the file. */
  readonly patients: readonly string[];
  /** For a person: what was left out, what is told twice. */
  readonly notes: readonly string[];
  /** Why nothing of the file was taken. */
  readonly fault?: string;
  /** 1 of `of` */
  readonly number: number;
  readonly of: number;
}
export interface ImportReport extends ImportCounts {
  readonly files: readonly FileReport[];
  readonly failed: readonly { readonly file: string; readonly fault: string }[];
  readonly patients: readonly string[];
  /** References that lead nowhere in these files or the record; they stay as they were. */
  readonly unresolved: number;
  /** Ids of patients whom resources are about and who are not in the record: nobody can ask about them. */
  readonly absentPatients: readonly string[];
  readonly ms: number;
}

interface Prepared {
  readonly resources: readonly FhirResource[];
  readonly notes: readonly string[];
}
/** Where a file stands that takes its time: being read, then `done` of `total` resources written. */
export interface ImportStep extends Pick<FileReport, 'file' | 'number' | 'of'> {
  readonly done?: number;
  readonly total?: number;
}
/** References of one written resource that no file so far explains. */
interface Loose {
  readonly key: ResourceKey;
  readonly wanted: readonly Wanted[];
}

/**
 * Takes files of FHIR R4 into the sandbox: bundles of any type, single resources, NDJSON; folders with all that is in them. Each file wholly or not
 * at all; a broken one is reported and the rest goes on. Ids are kept, references end as `Type/id`, across files too. What is there already
 * is not written again.
 */
export async function importFiles(
  { db: { pool }, clock }: ImportDeps,
  paths: readonly string[],
  onProgress: (report: FileReport) => void = () => undefined,
  onStep: (step: ImportStep) => void = () => undefined,
): Promise<ImportReport> {
  const started = performance.now();
  const listed = listFiles(paths);
  const directory = createDirectory();
  const files: FileReport[] = [];
  let loose: Loose[] = [];
  const owners = new Set<string>();

  for (const [i, { file, fault }] of listed.entries()) {
    const position = { file, number: i + 1, of: listed.length };
    const step = (done?: number, total?: number) =>
      onStep({ ...position, ...(done === undefined ? {} : { done }), ...(total === undefined ? {} : { total }) });
    const taken = fault === undefined ? await takeFile(pool, file, directory, clock(), step) : { fault };
    const report: FileReport = {
      added: 0,
      updated: 0,
      unchanged: 0,
      patients: [],
      notes: [],
      ...('fault' in taken ? taken : taken.report),
      ...position,
    };
    if ('loose' in taken) {
      loose.push(...taken.loose);
      for (const owner of taken.owners) owners.add(owner);
    }
    files.push(report);
    onProgress(report);
  }
  if (loose.length > 0) loose = await takeLoose(pool, loose, directory, clock());

  const there = await readExisting(
    pool,
    [...owners].map((id) => ({ resourceType: 'Patient', id })),
  );
  const sum = (count: (report: FileReport) => number) => files.reduce((total, report) => total + count(report), 0);
  return {
    files,
    failed: files.flatMap(({ file, fault }) => (fault === undefined ? [] : [{ file, fault }])),
    patients: [...new Set(files.flatMap((report) => report.patients))],
    added: sum((report) => report.added),
    updated: sum((report) => report.updated),
    unchanged: sum((report) => report.unchanged),
    unresolved: loose.reduce((total, { wanted }) => total + wanted.length, 0),
    absentPatients: [...owners].filter((id) => !there.has(keyOf({ resourceType: 'Patient', id }))),
    ms: performance.now() - started,
  };
}

/** Resources written between two words about it. */
const STEP = 5_000;
const RECORD_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/** Files named are taken whatever they are called; of a folder, those that look like FHIR, at any depth, in the order of their names. */
function listFiles(paths: readonly string[]): readonly { readonly file: string; readonly fault?: string }[] {
  return paths.flatMap((path): readonly { readonly file: string; readonly fault?: string }[] => {
    if (!existsSync(path)) return [{ file: path, fault: 'no such file or folder' }];
    if (!statSync(path).isDirectory()) return [{ file: path }];
    let names: readonly string[];
    try {
      names = readdirSync(path, { recursive: true, encoding: 'utf8' });
    } catch (error) {
      return [{ file: path, fault: `the folder cannot be read: ${(error as NodeJS.ErrnoException).code}` }];
    }
    const inside = names
      .filter((name) => RECORD_FILE.test(name) && !/(^|[\\/])\./.test(name))
      .map((name) => join(path, name))
      // A link that leads nowhere is a file that is not there, and said.
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() !== false)
      .sort();
    return inside.length > 0 ? inside.map((file) => ({ file })) : [{ file: path, fault: 'the folder holds no .json or .ndjson file' }];
  });
}

/** All files, and bundles made just now, in one transaction: every one of them or none. @throws Error that names the first broken file */
export async function importTogether(
  { db: { pool }, clock }: ImportDeps,
  paths: readonly string[],
  bundles: Iterable<Bundle> = [],
): Promise<void> {
  const entries: FileEntry[] = [];
  for (const { file, fault } of listFiles(paths)) {
    const content = fault === undefined ? readRecordFile(file) : { ok: false as const, fault };
    if (!content.ok) throw new Error(`${file}: ${content.fault}`);
    entries.push(...content.entries);
  }
  for (const { id, entry = [] } of bundles)
    for (const { resource, fullUrl } of entry)
      entries.push({ resource: resource as FhirResource, at: `bundle ${id}`, ...(fullUrl === undefined ? {} : { fullUrl }) });
  const taken = await takeContent(pool, { entries, notes: [] }, createDirectory(), clock(), () => undefined);
  if ('fault' in taken) throw new Error(`${paths.join(', ')}: ${taken.fault}`);
}

type Taken =
  | {
      readonly report: ImportCounts & Pick<FileReport, 'patients' | 'notes'>;
      readonly loose: readonly Loose[];
      readonly owners: readonly string[];
    }
  | { readonly fault: string };
type Step = (done?: number, total?: number) => void;

async function takeFile(pool: pg.Pool, file: string, directory: Directory, now: Date, step: Step): Promise<Taken> {
  step();
  const content = readRecordFile(file);
  return content.ok ? takeContent(pool, content, directory, now, step) : { fault: content.fault };
}

async function takeContent(
  pool: pg.Pool,
  content: { readonly entries: readonly FileEntry[]; readonly notes: readonly string[] },
  directory: Directory,
  now: Date,
  step: Step,
): Promise<Taken> {
  try {
    return await inTransaction(pool, async (client) => {
      const settled = await settleConditions(client, content.entries, directory);
      const prepared = withIds(settled.entries, directory);
      const { resources, loose } = await resolveAll(client, prepared.resources, directory);
      const written = await writeChanged(client, resources, now, step);
      const counts = { ...written, unchanged: written.unchanged + settled.standing };
      const nobodys = resources.filter((resource) => isAboutPatients(resource.resourceType) && ownersOf(resource).length === 0).length;
      const notes = [...content.notes, ...prepared.notes, ...(nobodys > 0 ? [`${nobodys} clinical resource(s) name no patient`] : [])];
      const patients = resources.filter(({ resourceType }) => resourceType === 'Patient').map(({ id }) => id as string);
      return { report: { ...counts, patients, notes }, loose, owners: resources.flatMap((resource) => ownersOf(resource)) };
    });
  } catch (error) {
    if (isAppError(error, 'bad-request') || isAppError(error, 'foreign-patient')) return { fault: error.message };
    throw error;
  }
}

/** Gives ids where they are missing (from the full URL, else from the content, so that they stay the same) and joins what is told twice. */
function withIds(entries: readonly FileEntry[], directory: Directory): Prepared {
  const byKey = new Map<string, FhirResource>();
  const repeated = new Set<string>();
  const seen = new Map<string, number>();
  for (const { resource, fullUrl } of entries) {
    let id = resource.id ?? idFromUrl(fullUrl);
    if (id === undefined) {
      const digest = digestOf(resource);
      const nth = seen.get(digest) ?? 0;
      seen.set(digest, nth + 1);
      id = `${digest.replaceAll('_', '.').slice(0, 32)}${nth === 0 ? '' : `.${nth}`}`;
    }
    const whole = resource.id === undefined ? { ...resource, id } : resource;
    directory.addEntry(whole, fullUrl);
    const key = keyOf(whole);
    const other = byKey.get(key);
    if (other !== undefined && digestOf(other) !== digestOf(whole)) repeated.add(key);
    if (other === undefined || lastUpdated(whole) >= lastUpdated(other)) byKey.set(key, whole);
  }
  const notes =
    repeated.size === 0
      ? []
      : [
          `${repeated.size} resource(s) stand in the file more than once with different content, the newest kept: ${[...repeated].slice(0, 3).join(', ')}`,
        ];
  return { resources: [...byKey.values()], notes };
}

const lastUpdated = (resource: FhirResource): string => String((resource.meta as { lastUpdated?: unknown } | undefined)?.lastUpdated ?? '');

async function resolveAll(client: pg.PoolClient, resources: readonly FhirResource[], directory: Directory) {
  let resolved = resources.map((resource) => resolveReferences(resource, directory));
  const wanted = resolved.flatMap((one) => one.unresolved);
  if (wanted.length > 0) {
    await directory.load(client, wanted);
    resolved = resolved.map((one) => (one.unresolved.length === 0 ? one : resolveReferences(one.resource, directory)));
  }
  const loose = resolved.flatMap(({ resource, unresolved }): readonly Loose[] =>
    unresolved.length === 0 ? [] : [{ key: { resourceType: resource.resourceType, id: resource.id as string }, wanted: unresolved }],
  );
  return { resources: resolved.map((one) => one.resource), loose };
}

/** What a later file explained. */
async function takeLoose(pool: pg.Pool, loose: readonly Loose[], directory: Directory, now: Date): Promise<Loose[]> {
  return inTransaction(pool, async (client) => {
    const wanted = loose.flatMap((one) => one.wanted);
    await directory.load(client, wanted);
    const solved = loose.filter((one) => one.wanted.some((want) => directory.find(want) !== undefined));
    const stored = await readRows(client, [...new Map(solved.map(({ key }) => [keyOf(key), key])).values()]);
    const { resources } = await resolveAll(client, stored, directory);
    await writeChanged(client, resources, now);
    return loose
      .map(({ key, wanted }) => ({ key, wanted: wanted.filter((want) => directory.find(want) === undefined) }))
      .filter((one) => one.wanted.length > 0);
  });
}

async function writeChanged(
  client: pg.PoolClient,
  resources: readonly FhirResource[],
  now: Date,
  step: (done: number, total: number) => void = () => undefined,
): Promise<ImportCounts> {
  const existing = await readExisting(
    client,
    resources.map(({ resourceType, id }) => ({ resourceType, id: id as string })),
  );
  const superseded = await readSuperseded(client, resources, existing);
  const changed = resources.filter((resource) => {
    const known = existing.get(keyOf(resource));
    return known === undefined || (known.digest !== digestOf(resource) && !superseded.has(keyOf(resource)));
  });
  for (const resource of changed) requireSameOwner(resource, existing.get(keyOf(resource)));
  await requireSamePerson(
    client,
    changed.filter((resource) => resource.resourceType === 'Patient' && existing.has(keyOf(resource))),
  );
  for (let from = 0; from < changed.length; from += STEP) {
    if (from > 0) step(from, changed.length);
    await writeRows(client, changed.slice(from, from + STEP), now);
  }
  const updated = changed.filter((resource) => existing.has(keyOf(resource))).length;
  return { added: changed.length - updated, updated, unchanged: resources.length - changed.length };
}

/**
 * Practitioners, organizations and the like that the record has had in this very form before. Several files tell of the same organization,
 * each in its own words: reading them again must not turn it back and forth.
 */
async function readSuperseded(
  client: pg.PoolClient,
  resources: readonly FhirResource[],
  existing: ReadonlyMap<string, Existing>,
): Promise<ReadonlySet<string>> {
  const shared = resources.filter(
    (resource) => !isAboutPatients(resource.resourceType) && existing.has(keyOf(resource)) && ownersOf(resource).length === 0,
  );
  if (shared.length === 0) return new Set();
  const { rows } = await client.query(
    `select distinct resource_type, id from sandbox_history
     where (resource_type, id, digest) in (select * from unnest($1::text[], $2::text[], $3::text[]))`,
    [shared.map((resource) => resource.resourceType), shared.map((resource) => resource.id), shared.map(digestOf)],
  );
  return new Set(rows.map((row) => `${row.resource_type}/${row.id}`));
}
