import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** Blanks around a value are a slip of the pen; nothing but blanks is no value. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim() || undefined : value), schema);

const file = unlessEmpty(z.string('a file').optional());
const whole = (expected: string, least: number, most: number, fallback: number) =>
  unlessEmpty(
    z
      .string()
      .regex(/^\d{1,6}$/, expected)
      .transform(Number)
      .refine((value) => value >= least && value <= most, expected)
      .default(fallback),
  );

/** Every setting, by the name of its environment variable. `.env.example` lists the same ones; a test holds the two together. */
export const settings = {
  DATA_DIR: unlessEmpty(z.string('a folder').default('.rounds')),
  DATABASE_URL: unlessEmpty(
    z.string().refine(isPostgresUrl, 'a URL of a Postgres database, like postgres://user:password@host:5432/name').optional(),
  ),
  FHIR_BASE_URL: unlessEmpty(
    z
      .string()
      .refine(isPlainHttpUrl, 'the base URL of a FHIR R4 server, like https://fhir.example.org/r4, without a user, query or fragment')
      .optional(),
  ),
  FHIR_TOKEN_FILE: file,
  FHIR_CLIENT_ID: unlessEmpty(z.string().optional()),
  FHIR_PRIVATE_KEY_FILE: file,
  FHIR_KEY_ID: unlessEmpty(z.string().optional()),
  FHIR_SCOPES: unlessEmpty(
    z
      .string()
      .regex(/^system\/\S+(\s+system\/\S+)*$/, 'SMART system scopes with blanks between them, like system/*.rs')
      .default('system/*.rs'),
  ),
  FHIR_CERT_FILE: file,
  FHIR_CERT_KEY_FILE: file,
  FHIR_CA_FILE: file,
  FHIR_TIMEOUT_SECONDS: whole('seconds, 1 to 300', 1, 300, 15),
  FHIR_READ_SECONDS: whole('seconds, 1 to 3600', 1, 3_600, 20),
  FHIR_PARALLEL: whole('a number of requests, 1 to 64', 1, 64, 16),
  FHIR_CACHE_SECONDS: whole('seconds, 0 to 86400', 0, 86_400, 60),
  // Many other programs read these: what is wrong in them is a fault only where they are used.
  HTTPS_PROXY: unlessEmpty(z.string().optional()),
  HTTP_PROXY: unlessEmpty(z.string().optional()),
  NO_PROXY: unlessEmpty(z.string().optional()),
};

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;

/** They are also written in small letters. */
const withProxies = (env: Environment): Environment => ({
  ...env,
  ...Object.fromEntries(PROXIES.map((name) => [name, env[name]?.trim() || env[name.toLowerCase()]])),
});

/** Settings that mean nothing, or two things, without or beside others. @returns what is wrong */
function contradictions(given: Readonly<Partial<Record<keyof typeof settings, unknown>>>): readonly string[] {
  const set = (name: keyof typeof settings): boolean => given[name] !== undefined;
  const faults: string[] = [];
  const needs = (name: keyof typeof settings, other: keyof typeof settings) => {
    if (set(name) && !set(other)) faults.push(`${other}: expected with ${name}, which is set`);
  };
  needs('FHIR_CLIENT_ID', 'FHIR_PRIVATE_KEY_FILE');
  needs('FHIR_PRIVATE_KEY_FILE', 'FHIR_CLIENT_ID');
  needs('FHIR_KEY_ID', 'FHIR_PRIVATE_KEY_FILE');
  needs('FHIR_CERT_FILE', 'FHIR_CERT_KEY_FILE');
  needs('FHIR_CERT_KEY_FILE', 'FHIR_CERT_FILE');
  for (const name of ['FHIR_TOKEN_FILE', 'FHIR_CLIENT_ID', 'FHIR_CERT_FILE', 'FHIR_CA_FILE'] as const) needs(name, 'FHIR_BASE_URL');
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'] as const)
    if (set('FHIR_BASE_URL') && set(name) && !isProxyUrl(String(given[name])))
      faults.push(`${name}: expected the address of a proxy, like http://proxy.example.org:3128`);
  if (set('FHIR_TOKEN_FILE') && set('FHIR_CLIENT_ID'))
    faults.push('FHIR_TOKEN_FILE: expected without FHIR_CLIENT_ID: one way of signing in');
  return faults;
}

export interface Config {
  /** Absolute path of the folder that holds all state of the embedded defaults. */
  readonly dataDir: string;
  /** A real Postgres; absent: the embedded one in `dataDir`. */
  readonly databaseUrl?: string;
  /** Any FHIR R4 server; absent: the sandbox. */
  readonly fhir?: FhirSettings;
}

export interface FhirSettings {
  /** Ending in a slash. */
  readonly baseUrl: string;
  /** Absolute path of a file with a bearer token. */
  readonly tokenFile?: string;
  /** SMART Backend Services: who Rounds is to the server, and the file with the key that it signs with. */
  readonly client?: { readonly id: string; readonly keyFile: string; readonly keyId?: string; readonly scopes: string };
  /** By which way to servers outside of this machine: of https, of http, and the hosts that are reached without. */
  readonly proxies?: { readonly https?: string; readonly http?: string; readonly none?: string };
  readonly tls: { readonly certFile?: string; readonly keyFile?: string; readonly caFile?: string };
  readonly timeoutMs: number;
  readonly readMs: number;
  readonly parallel: number;
  readonly cacheMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, read once.
 * @throws AppError `bad-setting` that names every bad variable and what was expected of it. Values are not repeated: they may be secrets.
 */
export function parseConfig(env: Environment, root: string = projectRoot): Config {
  const parsed = z.object(settings).safeParse(withProxies(env));
  const faults = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: expected ${issue.message}`);
  if (!parsed.success || faults.length > 0)
    throw new AppError('bad-setting', `Settings that cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  const { DATA_DIR, DATABASE_URL } = parsed.data;
  const fhir = fhirSettings(parsed.data, root);
  return Object.freeze({
    dataDir: resolve(root, DATA_DIR),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(fhir === undefined ? {} : { fhir }),
  });
}

type Parsed = z.infer<z.ZodObject<typeof settings>>;

function fhirSettings(given: Parsed, root: string): FhirSettings | undefined {
  const { FHIR_BASE_URL, FHIR_TOKEN_FILE, FHIR_CLIENT_ID, FHIR_PRIVATE_KEY_FILE, FHIR_KEY_ID, FHIR_SCOPES } = given;
  if (FHIR_BASE_URL === undefined) return undefined;
  const { FHIR_CERT_FILE, FHIR_CERT_KEY_FILE, FHIR_CA_FILE } = given;
  const { HTTPS_PROXY: https, HTTP_PROXY: http, NO_PROXY: none } = given;
  const proxies = {
    ...(https === undefined ? {} : { https }),
    ...(http === undefined ? {} : { http }),
    ...(none === undefined ? {} : { none }),
  };
  const tls = { certFile: FHIR_CERT_FILE, keyFile: FHIR_CERT_KEY_FILE, caFile: FHIR_CA_FILE };
  return Object.freeze({
    baseUrl: `${FHIR_BASE_URL.replace(/\/+$/, '')}/`,
    ...(FHIR_TOKEN_FILE === undefined ? {} : { tokenFile: resolve(root, FHIR_TOKEN_FILE) }),
    ...(FHIR_CLIENT_ID === undefined || FHIR_PRIVATE_KEY_FILE === undefined
      ? {}
      : {
          client: {
            id: FHIR_CLIENT_ID,
            keyFile: resolve(root, FHIR_PRIVATE_KEY_FILE),
            scopes: FHIR_SCOPES,
            ...(FHIR_KEY_ID === undefined ? {} : { keyId: FHIR_KEY_ID }),
          },
        }),
    ...(https === undefined && http === undefined ? {} : { proxies }),
    tls: Object.fromEntries(Object.entries(tls).flatMap(([name, path]) => (path === undefined ? [] : [[name, resolve(root, path)]]))),
    timeoutMs: given.FHIR_TIMEOUT_SECONDS * 1_000,
    readMs: given.FHIR_READ_SECONDS * 1_000,
    parallel: given.FHIR_PARALLEL,
    cacheMs: given.FHIR_CACHE_SECONDS * 1_000,
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

function isPlainHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}

const isProxyUrl = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:$/.test(URL.canParse(value) ? new URL(value).protocol : '');
}
