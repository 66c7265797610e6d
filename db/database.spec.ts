import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppError, isAppError } from '../errors.ts';
import { type Database, openDatabase } from './database.ts';
import { lostDatabase } from './fault.ts';
import { claims, messages, threads } from './schema.ts';
import { type TestDatabase, testDatabases, withDatabase } from './test-database.ts';

const now = new Date('2026-03-04T05:06:07Z');
const thread = (id: string) => ({ id, patientId: 'ann', createdAt: now, updatedAt: now });
const message = (id: string, threadId: string, position = 0) => ({
  id,
  threadId,
  position,
  role: 'user' as const,
  text: 'Größe?',
  createdAt: now,
});

describe.each(testDatabases)('database on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    place = await create();
    database = await openDatabase(place.settings);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  test('keeps threads, messages and claims with their checks', async () => {
    const { db } = database;
    await db.insert(threads).values(thread('t1'));
    await db.insert(messages).values({ ...message('m1', 't1'), status: 'answered' });
    const checks = [{ name: 'number', outcome: 'pass', reason: 'the record says 5.1' }] as const;
    await db
      .insert(claims)
      .values({ messageId: 'm1', position: 0, text: 'Potassium is 5.1.', verdict: 'supported', citations: ['Observation/1'], checks });
    expect(await db.select().from(claims).where(eq(claims.messageId, 'm1'))).toEqual([
      { messageId: 'm1', position: 0, text: 'Potassium is 5.1.', verdict: 'supported', citations: ['Observation/1'], checks },
    ]);
    await db.delete(threads).where(eq(threads.id, 't1'));
    expect(await db.select().from(claims)).toEqual([]);
  });

  test('a transaction that fails leaves nothing, and the next one works', async () => {
    const { db } = database;
    const failed = db.transaction(async (tx) => {
      await tx.insert(threads).values(thread('t2'));
      await tx.insert(messages).values(message('m2', 'no such thread'));
    });
    await expect(failed).rejects.toThrow();
    expect(await db.select().from(threads).where(eq(threads.id, 't2'))).toEqual([]);
    await db.transaction((tx) => tx.insert(threads).values(thread('t2')));
    expect(await db.select().from(threads).where(eq(threads.id, 't2'))).toHaveLength(1);
  });

  test('many at once take turns', async () => {
    const { db } = database;
    await db.insert(threads).values(thread('t3'));
    await Promise.all(Array.from({ length: 40 }, (_, i) => db.transaction((tx) => tx.insert(messages).values(message(`c${i}`, 't3', i)))));
    expect(await db.select().from(messages).where(eq(messages.threadId, 't3'))).toHaveLength(40);
  });

  test('LangGraph’s checkpoints live beside', async () => {
    const saver = await database.checkpointer();
    expect(await database.checkpointer()).toBe(saver);
    expect(await saver.getTuple({ configurable: { thread_id: 'none' } })).toBeUndefined();
    const { rows } = await database.pool.query(
      `select count(*)::int as tables from information_schema.tables where table_schema = 'langgraph'`,
    );
    expect(rows[0].tables).toBeGreaterThan(2);
  });

  test('what was committed is there after a restart; opening again migrates nothing', async () => {
    await database.db.insert(threads).values(thread('kept'));
    await database.close();
    await database.close();
    database = await openDatabase(place.settings);
    expect(await database.db.select().from(threads).where(eq(threads.id, 'kept'))).toHaveLength(1);
  });

  test('a process killed in the middle of a write leaves it whole', async () => {
    await database.close();
    const child = run(
      `const { openDatabase } = await import(${JSON.stringify(fileURLToPath(new URL('./database.ts', import.meta.url)))});
       const { pool } = await openDatabase(${JSON.stringify(place.settings)});
       await pool.query("insert into threads (id, patient_id, created_at, updated_at) values ('whole', 'ann', now(), now())");
       const client = await pool.connect();
       await client.query('begin');
       for (let i = 0; ; i++) {
         await client.query("insert into threads (id, patient_id, title, created_at, updated_at) values ($1, 'ann', repeat('x', 5000), now(), now())", ['half-' + i]);
         if (i === 200) console.log('writing');
       }`,
    );
    await said(child, 'writing');
    child.kill('SIGKILL');
    await ended(child);
    database = await openDatabase(place.settings);
    const kept = (await database.db.select().from(threads)).map(({ id }) => id);
    expect(kept).toContain('whole');
    expect(kept.filter((id) => id.startsWith('half'))).toEqual([]);
  }, 60_000);
});

describe('the lock of the embedded database', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rounds-lock-'));
  const lock = join(dataDir, 'db.lock');
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const faultOf = async (): Promise<AppError> => {
    const fault = await openDatabase({ dataDir }).then(
      () => new Error('opened'),
      (error: unknown) => error,
    );
    if (!isAppError(fault)) throw fault;
    return fault;
  };

  test('a second opening is told who has it and what to do', async () => {
    await withDatabase({ dataDir }, async () => {
      const fault = await faultOf();
      expect(fault.code).toBe('database-locked');
      expect(fault.message).toContain(String(process.pid));
      expect(fault.message).toContain('DATA_DIR');
      expect(fault.message).toContain('DATABASE_URL');
    });
    expect(existsSync(lock)).toBe(false);
  }, 60_000);

  test('another process is told too', async () => {
    const child = run(
      `const { openDatabase } = await import(${JSON.stringify(fileURLToPath(new URL('./database.ts', import.meta.url)))});
       await openDatabase({ dataDir: ${JSON.stringify(dataDir)} });
       console.log('open');
       setInterval(() => undefined, 1000);`,
    );
    await said(child, 'open');
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number };
    const fault = await faultOf();
    expect(fault.code).toBe('database-locked');
    expect(fault.message).toContain(String(holder.pid));
    child.kill('SIGKILL');
    await ended(child);
  }, 60_000);

  test.each([
    ['of a process that is dead', { pid: 2 ** 22 + 5, started: 'x', host: hostname(), token: 'a' }],
    ['of a process whose pid another has now', { pid: process.pid, started: 'long ago', host: hostname(), token: 'b' }],
    ['that is no lock at all', 'nonsense'],
  ])('a lock %s is taken over', async (_, left) => {
    writeFileSync(lock, typeof left === 'string' ? left : JSON.stringify(left));
    await withDatabase({ dataDir }, async ({ pool }) => {
      expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
    });
  });

  test('a lock of another machine is respected while it is touched', async () => {
    writeFileSync(lock, JSON.stringify({ pid: 1, started: 'x', host: 'elsewhere', token: 'c' }));
    expect((await faultOf()).message).toContain('process 1 on elsewhere');
    rmSync(lock);
  });
});

test('a folder that is no database is left alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rounds-other-'));
  mkdirSync(join(dataDir, 'db'));
  writeFileSync(join(dataDir, 'db', 'schema.ts'), 'precious');
  const fault = await openDatabase({ dataDir }).catch((error: unknown) => error);
  expect(isAppError(fault, 'bad-setting')).toBe(true);
  expect(readFileSync(join(dataDir, 'db', 'schema.ts'), 'utf8')).toBe('precious');
  rmSync(dataDir, { recursive: true });
});

test.each([
  ['a file', (path: string) => writeFileSync(path, 'precious'), 'a file, not a folder'],
  [
    'half a database',
    (path: string) => {
      mkdirSync(join(path, 'db'), { recursive: true });
      writeFileSync(join(path, 'db', 'PG_VERSION'), '17');
    },
    '',
  ],
])('a DATA_DIR that is %s is named, and left as it is', async (_, make, reason) => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'rounds-odd-')), 'state');
  make(dataDir);
  const fault = await openDatabase({ dataDir }).catch((error: unknown) => error);
  expect(isAppError(fault, 'database-unavailable')).toBe(true);
  expect((fault as Error).message).toContain(`${dataDir} (DATA_DIR)`);
  expect((fault as Error).message).toContain(reason);
  expect(existsSync(dataDir)).toBe(true);
  expect(existsSync(join(dataDir, 'db.lock'))).toBe(false);
});

test('a DATA_DIR where no folder can be made is named', { skip: !existsSync('/proc/self') }, async () => {
  const fault = await openDatabase({ dataDir: '/proc/none/deep/state' }).catch((error: unknown) => error);
  expect(isAppError(fault, 'database-unavailable')).toBe(true);
});

test('an older server is named with what is needed', async () => {
  const server = await oldServer(14);
  const fault = await openDatabase({ dataDir: tmpdir(), databaseUrl: server.url }).catch((error: unknown) => error);
  server.close();
  expect(isAppError(fault, 'database-too-old')).toBe(true);
  expect((fault as Error).message).toMatch(/DATABASE_URL is a Postgres 14; 15 or newer/);
});

test('a server that cannot be reached is named without its password', async () => {
  const fault = await openDatabase({ dataDir: tmpdir(), databaseUrl: 'postgres://me:secret@127.0.0.1:1/none' }).catch(
    (error: unknown) => error,
  );
  expect(isAppError(fault, 'database-unavailable')).toBe(true);
  expect((fault as Error).message).not.toContain('secret');
  expect((fault as Error).message).toContain('127.0.0.1:1/none (DATABASE_URL)');
});

const server = process.env.TEST_DATABASE_URL;
test.runIf(server)('a connection that the server drops at work fails its query, and the next one works', async () => {
  await withDatabase({ dataDir: tmpdir(), databaseUrl: server as string }, async ({ pool }) => {
    const client = await pool.connect();
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error);
    await pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
    const fault = await running;
    client.release(true);
    expect(lostDatabase(fault)?.code).toBe('database-unavailable');
    const idle = await pool.connect();
    const other = (await idle.query('select pg_backend_pid() as pid')).rows[0].pid;
    await pool.query('select pg_terminate_backend($1)', [other]); // between two queries: nobody waits for an answer
    await new Promise((resolve) => setTimeout(resolve, 300));
    idle.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

test('a connection that is lost is told from a query that is wrong', async () => {
  const lost = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  expect(lostDatabase(new Error('Failed query: insert ... params: Jane Park', { cause: lost }))?.message).not.toContain('Jane');
  expect(lostDatabase(new Error('x', { cause: Object.assign(new Error('duplicate key'), { code: '23505' }) }))).toBeUndefined();
});

function run(script: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const said = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(word)) resolve();
    });
    child.once('exit', (status) => reject(new Error(`ended with ${status} before it said “${word}”`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** As much of a Postgres server as it takes to be asked for its version: see "Message Formats" of its documentation. */
async function oldServer(version: number): Promise<{ readonly url: string; close(): void }> {
  const message = (type: string, ...parts: readonly (Buffer | number | string)[]) => {
    const body = Buffer.concat(
      parts.map((part) => {
        if (typeof part === 'string') return Buffer.from(`${part}\0`);
        if (typeof part === 'number') return Buffer.from(Int32Array.of(part).buffer).swap32();
        return part;
      }),
    );
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const two = (value: number) => Buffer.of(value >> 8, value & 255);
  const ready = message('Z', Buffer.from('I'));
  const value = Buffer.from(String(version * 10_000 + 5));
  const server = createServer((socket) => {
    let greeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (!greeted) {
        greeted = true;
        socket.write(Buffer.concat([message('R', 0), ready]));
      } else if (chunk[0] === 'Q'.charCodeAt(0)) {
        const column = message('T', two(1), 'version', 0, two(0), 25, two(65_535), -1, two(0));
        socket.write(Buffer.concat([column, message('D', two(1), value.length, value), message('C', 'SELECT 1'), ready]));
      } else socket.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return { url: `postgres://old@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/old`, close: () => server.close() };
}
