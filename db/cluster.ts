import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';

const CLUSTER_PART = /^(base|global|pg_\w+(\.conf)?|postgresql(\.auto)?\.conf|postmaster\.(pid|opts))$/;

/**
 * Lays an empty database cluster down where there is none. Making one takes PGlite about five seconds, copying it a tenth of one: the first is kept
 * beside the installed packages, one for each release of PGlite. Where that cannot be written, PGlite makes a new one when it opens.
 * @param make creates a cluster and closes it cleanly
 * @throws AppError `bad-setting` where something else stands at `path`
 */
export async function prepareCluster(path: string, make: (path: string) => Promise<void>): Promise<void> {
  if (existsSync(join(path, 'PG_VERSION'))) return;
  const left = existsSync(path) ? readdirSync(path) : [];
  if (left.some((name) => !CLUSTER_PART.test(name))) {
    throw new AppError('bad-setting', `DATA_DIR: ${path} is there and is not a database. Name another folder.`);
  }
  // Parts of a cluster without its version: left by a process that ended while it made one.
  rmSync(path, { recursive: true, force: true });
  const template = templatePath();
  if (template === undefined) return;
  if (!existsSync(template)) {
    const draft = `${template}.${process.pid}`;
    try {
      mkdirSync(dirname(template), { recursive: true });
      await make(draft);
      renameSync(draft, template);
    } catch {
      // No place to keep it, or another process has kept its own meanwhile.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  if (!existsSync(template)) return;
  const copy = `${path}.copy`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(template, copy, { recursive: true });
  renameSync(copy, path);
}

function templatePath(): string | undefined {
  // .../node_modules/@electric-sql/pglite/dist/index.cjs
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const [, packages] = /^(.*node_modules)[\\/]@electric-sql[\\/]pglite[\\/]/.exec(entry) ?? [];
  if (packages === undefined) return undefined;
  const { version } = createRequire(import.meta.url)(join(packages, '@electric-sql/pglite/package.json')) as { version: string };
  return join(packages, '.cache', 'rounds', `pglite-${version}`);
}
