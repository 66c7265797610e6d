/**
 * Keeps node_modules equal to package-lock.json. Uses nothing outside Node itself.
 *
 * Fast path: node_modules/.rounds-lock-sha256 names the lockfile's hash and the platform. Without it npm's own record of what it installed
 * (node_modules/.package-lock.json) is compared, so an install made by hand, or a machine without a network, needs nothing. Else `npm ci`,
 * by one process at a time.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
/** A holder that has not touched its lock for so long is gone. */
const STALE_MS = 20_000;

export class InstallError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'InstallError';
    this.exitCode = exitCode;
  }
}

/**
 * Returns once node_modules holds what the lockfile says. `development`: with the development dependencies.
 * `run` starts the installer and gives its exit code (for tests). Throws InstallError with a message for a person.
 */
export async function ensureInstalled(root, { development, say, run = runNpm, staleMs = STALE_MS }) {
  if (upToDate(root, development)) return;
  const release = await acquireLock(join(root, '.install.lock'), { say, staleMs });
  try {
    const reason = mismatch(root, development); // another process may have installed meanwhile
    if (!reason) return;
    say(`Installing the dependencies by "npm ci" (${reason}) ...`);
    const started = Date.now();
    const stop = progress(root, say);
    let code;
    try {
      code = await run(root, development);
    } finally {
      stop();
    }
    if (code !== 0) throw new InstallError(`"npm ci" failed with exit code ${code}; nothing was started. The lines above say why.`, code);
    const left = mismatch(root, development);
    if (left) throw new InstallError(`"npm ci" ended well, yet node_modules does not match the lockfile: ${left}`);
    say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  } finally {
    release();
  }
}

function upToDate(root, development) {
  try {
    if (readFileSync(stampFile(root), 'utf8').trim() === stampText(root)) return true;
  } catch {
    // no stamp: compare below
  }
  return mismatch(root, development) === undefined;
}

/**
 * Why node_modules does not serve, or undefined. Where everything is there, development dependencies included, it is stamped.
 */
export function mismatch(root, development) {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (!wanted) throw new InstallError('package-lock.json is missing or broken: restore it from git');
  if (!existsSync(join(root, 'node_modules'))) return 'node_modules is missing';
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'node_modules is incomplete';
  const differing = (withDevelopment) =>
    Object.entries(wanted.packages).find(([path, entry]) => {
      if (path === '' || (entry.dev && !withDevelopment) || !fitsThisMachine(entry)) return false;
      const found = installed.packages[path];
      if (!found) return !(entry.optional && (!entry.os || entry.libc));
      return found.version !== entry.version || found.integrity !== entry.integrity || !existsSync(join(root, path));
    })?.[0];
  const withAll = differing(true);
  if (!withAll) {
    try {
      writeFileSync(stampFile(root), `${stampText(root)}\n`);
    } catch {
      // a read-only installation is compared anew each time
    }
    return undefined;
  }
  const name = development ? withAll : differing(false);
  return name && `${name.replace(/^.*node_modules\//, '')} differs from package-lock.json`;
}

const stampFile = (root) => join(root, 'node_modules', '.rounds-lock-sha256');
const stampText = (root) =>
  `${createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')} ${process.platform}-${process.arch}`;

function readLock(file) {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return lock && typeof lock.packages === 'object' ? lock : undefined;
  } catch {
    return undefined;
  }
}

function fitsThisMachine(entry) {
  const fits = (list, value) =>
    !list || ((list.includes(value) || list.every((item) => item.startsWith('!'))) && !list.includes(`!${value}`));
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
}

/** `npm ci`, its whole output on standard error. */
function runNpm(root, development) {
  const cli = process.env.npm_execpath;
  const byNode = cli && /npm-cli\.c?js$/.test(cli);
  const args = ['ci', '--loglevel=notice', ...(development ? ['--include=dev'] : [])];
  const child = byNode
    ? spawn(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    let interrupted;
    const pass = (signal) => {
      interrupted = signal;
      child.kill('SIGKILL'); // npm itself would go on to the end; what it leaves is seen as incomplete, the lock is kept until it is gone
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (error) => reject(new InstallError(`npm cannot be started (${error.message}): is it installed?`)));
    child.on('exit', (code) => {
      for (const signal of signals) process.off(signal, pass);
      if (interrupted) reject(new InstallError('Interrupted while installing.', interrupted === 'SIGINT' ? 130 : 143));
      else resolve(code ?? 1);
    });
  });
}

/** A line every few seconds with the number of packages so far: npm itself is silent where no terminal is. */
function progress(root, say) {
  const started = Date.now();
  const wanted = Object.keys(readLock(join(root, 'package-lock.json'))?.packages ?? {});
  const timer = setInterval(() => {
    const count = wanted.filter((path) => path && existsSync(join(root, path, 'package.json'))).length;
    say(`  ... ${Math.round((Date.now() - started) / 1000)} s, ${count} packages`);
  }, 5_000);
  return () => clearInterval(timer);
}

/**
 * One installer at a time: a file made exclusively, touched while held. A lock that nobody touches any more is moved aside by rename, so of
 * several that see it stale only one takes it over.
 */
async function acquireLock(file, { say, staleMs }) {
  const token = randomUUID();
  let told = false;
  for (;;) {
    try {
      const handle = openSync(file, 'wx');
      writeFileSync(handle, token);
      closeSync(handle);
      const beat = setInterval(() => {
        try {
          utimesSync(file, new Date(), new Date());
        } catch {
          // taken away by hand: the install goes on
        }
      }, BEAT_MS);
      const release = () => {
        clearInterval(beat);
        process.off('exit', release);
        if (contentOf(file) === token) rmSync(file, { force: true });
      };
      process.on('exit', release);
      return release;
    } catch (error) {
      if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM')
        throw new InstallError(`The dependencies must be installed, but this folder cannot be written: ${error.message}`);
      if (error.code !== 'EEXIST') throw error;
    }
    if (!told) say('Waiting for another process that installs the dependencies ...');
    told = true;
    const seen = contentOf(file);
    if (seen !== undefined && ageOf(file) > staleMs) takeAway(file, seen, `${file}.${token}`);
    await sleep(250);
  }
}

function takeAway(file, seen, aside) {
  try {
    renameSync(file, aside);
    if (contentOf(aside) !== seen && !existsSync(file))
      renameSync(aside, file); // it had just changed hands
    else rmSync(aside, { force: true });
  } catch {
    // another process was faster
  }
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
