import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** Blanks around a value are a slip of the pen; nothing but blanks is no value. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim() || undefined : value), schema);

/** Every setting, by the name of its environment variable. `.env.example` lists the same ones; a test holds the two together. */
export const settings = {
  DATA_DIR: unlessEmpty(z.string('a folder').default('.rounds')),
  DATABASE_URL: unlessEmpty(
    z.string().refine(isPostgresUrl, 'a URL of a Postgres database, like postgres://user:password@host:5432/name').optional(),
  ),
};

export interface Config {
  /** Absolute path of the folder that holds all state of the embedded defaults. */
  readonly dataDir: string;
  /** A real Postgres; absent: the embedded one in `dataDir`. */
  readonly databaseUrl?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, read once.
 * @throws AppError `bad-setting` that names every bad variable and what was expected of it. Values are not repeated: they may be secrets.
 */
export function parseConfig(env: Environment, root: string = projectRoot): Config {
  const parsed = z.object(settings).safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: expected ${issue.message}`);
    throw new AppError('bad-setting', `Settings that cannot be used:\n${faults.join('\n')}`);
  }
  const { DATA_DIR, DATABASE_URL } = parsed.data;
  return Object.freeze({
    dataDir: resolve(root, DATA_DIR),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
  });
}

/** The process environment over a `.env` file in the project's root, where there is one. */
export function loadConfig(env: Environment = process.env, root: string = projectRoot): Config {
  return parseConfig({ ...readEnvFile(resolve(root, '.env')), ...env }, root);
}

/** The folder that holds this file, whatever the working directory. */
export const projectRoot: string = fileURLToPath(new URL('.', import.meta.url));

function readEnvFile(path: string): Environment {
  if (!existsSync(path)) return {};
  if (typeof parseEnv !== 'function')
    throw new AppError('bad-setting', `Reading ${path} needs Node 20.12 or newer; this is ${process.version}.`);
  return parseEnv(readFileSync(path, 'utf8')) as Environment;
}

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:$/.test(URL.canParse(value) ? new URL(value).protocol : '');
}
