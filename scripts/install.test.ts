import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureInstalled, mismatch } from './install.mjs';

let root = '';
const LOCK = {
  packages: {
    '': { name: 'x' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/dev': { version: '2.0.0', integrity: 'sha512-d', dev: true },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true, os: ['no-such-system'] },
    'node_modules/here': { version: '1.0.0', integrity: 'sha512-h', optional: true, os: [process.platform], cpu: [process.arch] },
  },
};
type Lock = { packages: Record<string, Record<string, unknown>> };

function writeLock(lock: Lock): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
}
/** What `npm ci` leaves: the packages and its own record of them. */
function install(lock: Lock, keep: (path: string) => boolean = () => true): void {
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  const packages = Object.fromEntries(
    Object.entries(lock.packages).filter(([path]) => path !== '' && !path.endsWith('elsewhere') && keep(path)),
  );
  for (const path of Object.keys(packages)) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}
const changed = (path: string, entry: Record<string, unknown>): Lock => ({ packages: { ...LOCK.packages, [path]: entry } });

async function ensure(
  development = true,
  run = async () => {
    install(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
    return 0;
  },
  staleMs = 20_000,
) {
  const said: string[] = [];
  let runs = 0;
  const counted = async (): Promise<number> => {
    runs += 1;
    return run();
  };
  await ensureInstalled(root, { development, say: (line) => said.push(line), run: counted, staleMs });
  return { said, runs };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rounds-install-'));
  writeLock(LOCK);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('ensureInstalled', () => {
  it('installs on a fresh clone, says so in one line, and does nothing the second time', async () => {
    const first = await ensure();
    expect(first.runs).toBe(1);
    expect(first.said[0]).toMatch(/npm ci.*node_modules is missing/);
    expect((await ensure()).runs).toBe(0);
    expect(existsSync(join(root, '.install.lock'))).toBe(false);
  });

  it('accepts an installation made by hand, without the network', async () => {
    install(LOCK);
    expect(await ensure()).toEqual({ said: [], runs: 0 });
  });

  it('installs anew when the lockfile changes in version or in content', async () => {
    await ensure();
    writeLock(changed('node_modules/a', { version: '1.0.1', integrity: 'sha512-a2' }));
    expect(mismatch(root, true)).toMatch(/^a differs/);
    expect((await ensure()).runs).toBe(1);
    writeLock(changed('node_modules/a', { version: '1.0.1', integrity: 'sha512-other' }));
    expect((await ensure()).runs).toBe(1);
  });

  it('installs anew on another platform and after an installation that was broken off', async () => {
    await ensure();
    install(LOCK, (path) => !path.endsWith('here'));
    expect((await ensure()).runs).toBe(1);
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    rmSync(join(root, 'node_modules', '.rounds-lock-sha256'));
    expect((await ensure()).runs).toBe(1);
    rmSync(join(root, 'node_modules', 'a'), { recursive: true });
    rmSync(join(root, 'node_modules', '.rounds-lock-sha256'));
    expect((await ensure()).runs).toBe(1);
  });

  it('lets commands run without the development dependencies, tests not', async () => {
    install(LOCK, (path) => !path.endsWith('dev'));
    expect((await ensure(false)).runs).toBe(0);
    expect((await ensure(true)).runs).toBe(1);
  });

  it('fails with the exit code of npm, and frees the lock', async () => {
    await expect(ensure(true, async () => 7)).rejects.toMatchObject({
      name: 'InstallError',
      exitCode: 7,
      message: expect.stringContaining('failed with exit code 7'),
    });
    expect((await ensure()).runs).toBe(1);
  });

  it('does not start when npm ends well and yet leaves something out', async () => {
    await expect(
      ensure(true, async () => {
        install(LOCK, (path) => !path.endsWith('/a'));
        return 0;
      }),
    ).rejects.toThrow(/does not match the lockfile: a /);
  });

  it('names a lockfile that is missing or broken', async () => {
    writeFileSync(join(root, 'package-lock.json'), '{');
    await expect(ensure()).rejects.toThrow(/package-lock.json/);
  });

  it('installs once for two that start at the same time', async () => {
    const slow = async (): Promise<number> => {
      await sleep(300);
      install(LOCK);
      return 0;
    };
    const both = await Promise.all([ensure(true, slow), ensure(true, slow), ensure(true, slow)]);
    expect(both.map(({ runs }) => runs).reduce((a, b) => a + b)).toBe(1);
    expect(both.flatMap(({ said }) => said).filter((line) => line.startsWith('Waiting'))).toHaveLength(2);
  });

  it('takes over the lock of a process that is gone, once', async () => {
    const file = join(root, '.install.lock');
    writeFileSync(file, 'someone');
    utimesSync(file, new Date(0), new Date(0));
    const both = await Promise.all([ensure(), ensure()]);
    expect(both.map(({ runs }) => runs).reduce((a, b) => a + b)).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});
