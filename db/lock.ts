import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { AppError } from '../errors.ts';

/** Who holds the embedded database. `started` tells a process from a later one with the same pid. */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly host: string;
  readonly token: string;
}

const HEARTBEAT_MS = 5_000;
/** A holder on another machine (or container) that has not touched its lock for this long is taken for dead. */
const SILENT_MS = 60_000;
const TAKEOVER_MS = 10_000;

/**
 * Takes the lock file for this process, from a dead holder too.
 * @returns the release
 * @throws AppError `database-locked` that names the holder
 */
export function acquireLock(path: string): () => void {
  const own: Holder = { pid: process.pid, started: startOf(process.pid) ?? '', host: hostname(), token: randomUUID() };
  for (let attempt = 0; attempt < 20; attempt++) {
    if (place(path, own)) return hold(path, own);
    const holder = readHolder(path);
    if (holder === undefined) continue;
    if (isAlive(holder, path)) throw locked(holder, path);
    removeStale(path, holder);
  }
  throw new AppError('database-locked', `The lock ${path} changes hands too quickly. Try again.`);
}

/** The file appears with its whole content or not at all. */
function place(path: string, own: Holder): boolean {
  const draft = `${path}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function hold(path: string, own: Holder): () => void {
  const release = () => {
    clearInterval(heartbeat);
    process.off('exit', release);
    if (readHolder(path)?.token === own.token) unlinkSync(path);
  };
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The file is gone: someone removed it by hand. Nothing to keep alive.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  process.once('exit', release);
  return release;
}

/** Only one process at a time may remove a dead holder's lock, and only that very lock. */
function removeStale(path: string, stale: Holder): void {
  const guard = `${path}.takeover`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (ageOf(guard) > TAKEOVER_MS) rmdirSync(guard);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    return;
  }
  try {
    if (readHolder(path)?.token === stale.token) unlinkSync(path);
  } finally {
    rmdirSync(guard);
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid = 0, started = '', host = '', token = '' } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return { pid, started, host, token };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { pid: 0, started: '', host: hostname(), token: '' };
    throw error;
  }
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return ageOf(path) < SILENT_MS;
  if (holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const started = startOf(holder.pid);
  return started === undefined || holder.started === '' || started === holder.started;
}

/** When a process began, in whatever form the system tells it; undefined where it does not. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    try {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
        undefined
      );
    } catch {
      return undefined;
    }
  }
}

function locked(holder: Holder, path: string): AppError {
  const who =
    holder.pid === process.pid && holder.host === hostname()
      ? `this process (${holder.pid}) already`
      : `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`;
  return new AppError(
    'database-locked',
    `The embedded database is in use by ${who} (lock ${path}). Wait until it ends or stop it, give this one another DATA_DIR, or set DATABASE_URL to share a Postgres server.`,
  );
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
