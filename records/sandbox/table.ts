import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { FhirResource } from '../contract.ts';
import { ownersOf } from '../owners.ts';

/** The pool, or the client of a transaction. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

export interface ResourceKey {
  readonly resourceType: string;
  readonly id: string;
}
export type StoredResource = FhirResource & {
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string; readonly [field: string]: unknown };
};

const WRITER_LOCK = 7_686_833;
const CHUNK = 1_000;

/**
 * Runs `work` in one transaction. Writers take turns, in this process and across processes, so what a conditional write has looked up
 * still holds when it writes.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [WRITER_LOCK]);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((fault: Error) => {
      broken = fault;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

export async function readRow(db: Queryable, { resourceType, id }: ResourceKey): Promise<StoredResource | 'deleted' | undefined> {
  const { rows } = await db.query<{ content: string; deleted: boolean }>(
    'select content::text as content, deleted from sandbox_resources where resource_type = $1 and id = $2',
    [resourceType, id],
  );
  const row = rows[0];
  return row && (row.deleted ? 'deleted' : parse(row.content));
}

export async function readRows(db: Queryable, keys: readonly ResourceKey[]): Promise<readonly StoredResource[]> {
  const found: StoredResource[] = [];
  for (const some of chunks(keys)) {
    const { rows } = await db.query<{ content: string }>(
      `select content::text as content from sandbox_resources
       where (resource_type, id) in (select * from unnest($1::text[], $2::text[])) and not deleted`,
      [some.map((key) => key.resourceType), some.map((key) => key.id)],
    );
    found.push(...rows.map((row) => parse(row.content)));
  }
  return found;
}

/** Resources of a type and of a patient, each optional, in the order of type and id. */
export async function readWhere(
  db: Queryable,
  where: { readonly resourceType?: string; readonly patientId?: string; readonly ids?: readonly string[] },
): Promise<readonly StoredResource[]> {
  const { rows } = await db.query<{ content: string }>(
    `select content::text as content from sandbox_resources
     where not deleted and ($1::text is null or resource_type = $1) and ($2::text[] is null or patient_ids @> $2)
       and ($3::text[] is null or id = any($3))
     order by resource_type, id`,
    [where.resourceType ?? null, where.patientId === undefined ? null : [where.patientId], where.ids ?? null],
  );
  return rows.map((row) => parse(row.content));
}

/** Ids under which the patient's record stands: the patient's, and those of records that say they were merged into one of these. */
const OWN_IDS = `with recursive own (id) as (
  select $1::text union
  select other.id from sandbox_resources other join own on other.patient_ids @> array[own.id]
  where other.resource_type = 'Patient' and not other.deleted and other.id <> own.id)`;

export async function idsOf(db: Queryable, patientId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(`${OWN_IDS} select id from own`, [patientId]);
  return rows.map(({ id }) => id);
}

/** Changes with every write, deletion or move in the patient's record. */
export async function stampOf(db: Queryable, patientId: string): Promise<string> {
  const { rows } = await db.query<{ stamp: string }>(
    `${OWN_IDS} select concat_ws('/', count(*), coalesce(sum(version), 0), max(last_updated)) as stamp from sandbox_resources
     where patient_ids && (select array_agg(id) from own)`,
    [patientId],
  );
  return rows[0]?.stamp ?? '';
}

export async function countsByPatient(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ id: string; resources: string }>(
    'select unnest(patient_ids) as id, count(*) as resources from sandbox_resources where not deleted group by 1',
  );
  return new Map(rows.map((row) => [row.id, Number(row.resources)]));
}

export interface Existing {
  readonly version: number;
  readonly digest: string;
  readonly patientIds: readonly string[];
  readonly deleted: boolean;
}
export const keyOf = ({ resourceType, id }: { readonly resourceType: string; readonly id?: string }): string => `${resourceType}/${id}`;

export async function readExisting(db: Queryable, keys: readonly ResourceKey[]): Promise<ReadonlyMap<string, Existing>> {
  const existing = new Map<string, Existing>();
  for (const some of chunks(keys)) {
    const { rows } = await db.query(
      `select resource_type, id, version, digest, patient_ids, deleted from sandbox_resources
       where (resource_type, id) in (select * from unnest($1::text[], $2::text[]))`,
      [some.map((key) => key.resourceType), some.map((key) => key.id)],
    );
    for (const row of rows) {
      existing.set(`${row.resource_type}/${row.id}`, {
        version: row.version,
        digest: row.digest,
        patientIds: row.patient_ids,
        deleted: row.deleted,
      });
    }
  }
  return existing;
}

/** Writes each as its next version and keeps the one before. Each key at most once in `resources`. */
export async function writeRows(db: Queryable, resources: readonly FhirResource[], now: Date): Promise<readonly StoredResource[]> {
  const keys = resources.map(({ resourceType, id }) => ({ resourceType, id: id as string }));
  const existing = await readExisting(db, keys);
  await keepHistory(
    db,
    keys.filter((key) => existing.has(keyOf(key))),
  );
  const written = resources.map((resource) => stamped(resource, (existing.get(keyOf(resource))?.version ?? 0) + 1, now));
  for (const some of chunks(written)) {
    await db.query(
      `insert into sandbox_resources (resource_type, id, version, last_updated, patient_ids, content, digest)
       select resource_type, id, version, $7, patient_ids::text[], content::json, digest
       from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
         as row (resource_type, id, version, patient_ids, content, digest)
       on conflict (resource_type, id) do update set version = excluded.version, last_updated = excluded.last_updated,
         patient_ids = excluded.patient_ids, content = excluded.content, digest = excluded.digest, deleted = false`,
      [
        some.map((resource) => resource.resourceType),
        some.map((resource) => resource.id),
        some.map((resource) => Number(resource.meta.versionId)),
        some.map((resource) => arrayLiteral(ownersOf(resource))),
        some.map((resource) => JSON.stringify(resource)),
        some.map(digestOf),
        now,
      ],
    );
  }
  return written;
}

export async function deleteRow(db: Queryable, key: ResourceKey, now: Date): Promise<boolean> {
  await keepHistory(db, [key]);
  const { rowCount } = await db.query(
    `update sandbox_resources set deleted = true, version = version + 1, last_updated = $3, digest = ''
     where resource_type = $1 and id = $2 and not deleted`,
    [key.resourceType, key.id, now],
  );
  return rowCount === 1;
}

export async function readHistory(db: Queryable, { resourceType, id }: ResourceKey): Promise<readonly StoredResource[]> {
  const { rows } = await db.query<{ content: string }>(
    `select content::text as content from (
       select version, content from sandbox_history where resource_type = $1 and id = $2
       union all select version, content from sandbox_resources where resource_type = $1 and id = $2 and not deleted
     ) versions order by version desc`,
    [resourceType, id],
  );
  return rows.map((row) => parse(row.content));
}

async function keepHistory(db: Queryable, keys: readonly ResourceKey[]): Promise<void> {
  for (const some of chunks(keys)) {
    await db.query(
      `insert into sandbox_history (resource_type, id, version, last_updated, content, digest)
       select resource_type, id, version, last_updated, content, digest from sandbox_resources
       where (resource_type, id) in (select * from unnest($1::text[], $2::text[])) and not deleted`,
      [some.map((key) => key.resourceType), some.map((key) => key.id)],
    );
  }
}

/** SHA-256 of what a resource says: keys sorted, without the version and time that a server gives. */
export function digestOf(resource: FhirResource): string {
  const { meta, ...rest } = resource;
  const { versionId: _, lastUpdated: __, ...kept } = (meta ?? {}) as Record<string, unknown>;
  return createHash('sha256')
    .update(JSON.stringify(sorted(Object.keys(kept).length > 0 ? { ...rest, meta: kept } : rest)))
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, sorted(record[key])]),
  );
}

function stamped(resource: FhirResource, version: number, now: Date): StoredResource {
  const { resourceType, id, meta, ...rest } = resource;
  return {
    resourceType,
    id: id as string,
    meta: { ...(meta as object | undefined), versionId: String(version), lastUpdated: now.toISOString() },
    ...rest,
  };
}

/** Array of arrays cannot be unnested row by row: each row's array travels as its literal. */
const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`;

const parse = (content: string): StoredResource => JSON.parse(content) as StoredResource;

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += CHUNK) yield items.slice(from, from + CHUNK);
}
