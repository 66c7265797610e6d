import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, type DatabaseSettings, openDatabase } from './database.ts';

/** A database for one suite: `settings` open it again, as after a restart. */
export interface TestDatabase {
  readonly name: string;
  readonly settings: DatabaseSettings;
  drop(): Promise<void>;
}

/** The embedded database always; the server of TEST_DATABASE_URL (a role that may create databases) where that is set. */
export const testDatabases: readonly { readonly name: string; create(): Promise<TestDatabase> }[] = [
  { name: 'embedded', create: async () => embedded() },
  ...(process.env.TEST_DATABASE_URL ? [{ name: 'postgres', create: () => onServer(process.env.TEST_DATABASE_URL as string) }] : []),
];

function embedded(): TestDatabase {
  const dataDir = mkdtempSync(join(tmpdir(), 'rounds-test-'));
  return { name: 'embedded', settings: { dataDir }, drop: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

async function onServer(url: string): Promise<TestDatabase> {
  const name = `rounds_test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    name: 'postgres',
    settings: { dataDir: tmpdir(), databaseUrl: own.href },
    drop: () => run(`drop database ${name} with (force)`),
  };
}

export async function withDatabase<T>(settings: DatabaseSettings, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(settings);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
