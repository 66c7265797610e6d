import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { prepareCluster } from './cluster.ts';
import { cannotOpen, placeOf } from './fault.ts';
import { acquireLock } from './lock.ts';
import * as schema from './schema.ts';

export type Db = NodePgDatabase<typeof schema>;

export interface Database {
  readonly db: Db;
  /** The same connections without drizzle. The embedded database has one: inside a transaction use its client, never the pool. */
  readonly pool: pg.Pool;
  readonly embedded: boolean;
  /** LangGraph's own tables, in the schema `langgraph`, set up at the first call. */
  checkpointer(): Promise<PostgresSaver>;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

const OLDEST_POSTGRES = 15;
const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any number, the same in every process: serialises migrations. */
const MIGRATION_LOCK = 7_686_832;

/**
 * Opens the database and brings its schema up to date: the server of `databaseUrl`, else the embedded one in `dataDir`/db.
 * @throws AppError `database-locked` | `database-unavailable` | `database-too-old`
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { pool, end } = settings.databaseUrl === undefined ? await openEmbedded(settings.dataDir) : await openServer(settings.databaseUrl);
  try {
    const db = drizzle(pool, { schema });
    await migrateOnce(pool);
    let saver: Promise<PostgresSaver> | undefined;
    let closing: Promise<void> | undefined;
    return {
      db,
      pool,
      embedded: settings.databaseUrl === undefined,
      checkpointer: () => {
        saver ??= openCheckpointer(pool, settings.databaseUrl !== undefined);
        return saver;
      },
      close: () => {
        closing ??= end();
        return closing;
      },
    };
  } catch (error) {
    await end();
    throw cannotOpen(error, placeOf(settings));
  }
}

interface Connection {
  readonly pool: pg.Pool;
  end(): Promise<void>;
}

async function openEmbedded(dataDir: string): Promise<Connection> {
  const release = lockFolder(dataDir);
  try {
    const [{ PGlite }, { createPgConfig }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite/node-postgres'),
    ]);
    await prepareCluster(join(dataDir, 'db'), (path) => PGlite.create(path).then((engine) => engine.close()));
    const engine = await PGlite.create(join(dataDir, 'db'));
    const adapter = createPgConfig(engine);
    const parse = adapter.connection.parse.bind(adapter.connection);
    // pg hands its result parsers (an object, set by drizzle) down as `types`; the adapter takes them for a list of parameter types and throws.
    adapter.connection.parse = (query: { readonly types?: unknown }) =>
      parse({ ...query, types: Array.isArray(query.types) ? query.types : [] });
    // The adapter stands in for pg's Connection, which pg's types do not know.
    const pool = new pg.Pool({ ...adapter, max: 1, idleTimeoutMillis: 0 } as unknown as pg.PoolConfig);
    return {
      pool,
      async end() {
        try {
          await pool.end();
          await engine.close();
        } finally {
          release();
        }
      },
    };
  } catch (error) {
    release();
    throw cannotOpen(error, placeOf({ dataDir }));
  }
}

function lockFolder(dataDir: string): () => void {
  try {
    makeFolder(dataDir);
    return acquireLock(join(dataDir, 'db.lock'));
  } catch (error) {
    throw cannotOpen(error, placeOf({ dataDir }));
  }
}

/** Like mkdir -p. (Node's own recursive one never ends where the system takes no folder at all, as in /proc.) */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return;
    throw new Error('it is a file, not a folder');
  }
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function openServer(databaseUrl: string): Promise<Connection> {
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that the server drops is replaced at the next query, and a query that it had running fails; without listeners, for those at rest and
  // those at work, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const { rows } = await pool.query<{ version: string }>("select current_setting('server_version_num') as version");
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    if (version < OLDEST_POSTGRES) {
      throw new AppError('database-too-old', `DATABASE_URL is a Postgres ${version}; ${OLDEST_POSTGRES} or newer is needed.`);
    }
  } catch (error) {
    await pool.end();
    throw cannotOpen(error, placeOf({ dataDir: '', databaseUrl }));
  }
  return { pool, end: () => pool.end() };
}

function migrateOnce(pool: pg.Pool): Promise<void> {
  return withMigrationLock(pool, async (client) => {
    await client.query('set client_min_messages = warning');
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    await client.query('reset client_min_messages');
  });
}

/** One process at a time changes the schema of a server. */
async function withMigrationLock(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work(client).finally(() => client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]));
  } finally {
    client.release();
  }
}

/** @param shared other processes may be setting the same tables up. (The embedded database has one connection: none is left to hold a lock on.) */
async function openCheckpointer(pool: pg.Pool, shared: boolean): Promise<PostgresSaver> {
  const { PostgresSaver } = await import('@langchain/langgraph-checkpoint-postgres');
  const saver = new PostgresSaver(pool, undefined, { schema: 'langgraph' });
  if (shared) await withMigrationLock(pool, () => saver.setup());
  else await saver.setup();
  return saver;
}
