import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig, parseConfig, projectRoot, settings } from './config.ts';
import { isAppError } from './errors.ts';

const SERVER = 'postgres://rounds@db/rounds';

test('nothing set gives the defaults, frozen', () => {
  const config = parseConfig({}, '/srv/rounds');
  expect(config).toEqual({ dataDir: '/srv/rounds/.rounds' });
  expect(Object.isFrozen(config)).toBe(true);
});

test.each(['', '  ', '\t'])('a value of %j is no value', (nothing) => {
  expect(parseConfig({ DATABASE_URL: nothing, DATA_DIR: nothing }, '/srv')).toEqual({ dataDir: '/srv/.rounds' });
});

test('blanks around a value are left out', () => {
  expect(parseConfig({ DATABASE_URL: ` ${SERVER}\r\n`, DATA_DIR: ' state ' }, '/srv')).toEqual({
    dataDir: '/srv/state',
    databaseUrl: SERVER,
  });
});

test.each(['mysql://root:secret@db/x', 'secret', 'localhost:5432/secret', 'postgres//secret'])(
  'a bad value is named with what was expected, and not repeated: %s',
  (value) => {
    let fault: unknown;
    try {
      parseConfig({ DATABASE_URL: value });
    } catch (error) {
      fault = error;
    }
    expect(isAppError(fault, 'bad-setting')).toBe(true);
    const { message } = fault as Error;
    expect(message).toContain('DATABASE_URL: expected a URL of a Postgres database');
    expect(message).not.toContain('secret');
  },
);

test('.env.example lists every setting, each with its default', () => {
  const example = parseEnv(readFileSync(join(projectRoot, '.env.example'), 'utf8'));
  expect(Object.keys(example).sort()).toEqual(Object.keys(settings).sort());
  expect(parseConfig(example)).toEqual(parseConfig({}));
});

test('a .env file is read, and the environment wins over it', () => {
  const root = mkdtempSync(join(tmpdir(), 'rounds-config-'));
  writeFileSync(join(root, '.env'), `DATABASE_URL=${SERVER}\nDATA_DIR=state\n`);
  expect(loadConfig({}, root)).toEqual({ dataDir: join(root, 'state'), databaseUrl: SERVER });
  expect(loadConfig({ DATABASE_URL: '' }, root)).toEqual({ dataDir: join(root, 'state') });
  expect(loadConfig({ DATA_DIR: '/elsewhere' }, root).dataDir).toBe('/elsewhere');
});

test('a FHIR server, with paths relative to the project and defaults for the rest', () => {
  const { fhir } = parseConfig(
    {
      FHIR_BASE_URL: 'https://fhir.example.org/r4',
      FHIR_CLIENT_ID: 'rounds',
      FHIR_PRIVATE_KEY_FILE: 'keys/own.pem',
      FHIR_CA_FILE: '/etc/ca.pem',
    },
    '/srv',
  );
  expect(fhir).toEqual({
    baseUrl: 'https://fhir.example.org/r4/',
    client: { id: 'rounds', keyFile: '/srv/keys/own.pem', scopes: 'system/*.rs' },
    tls: { caFile: '/etc/ca.pem' },
    timeoutMs: 15_000,
    readMs: 20_000,
    parallel: 16,
    cacheMs: 60_000,
  });
});

test('proxies are those of the environment, in capitals or not, and concern a FHIR server alone', () => {
  const base = { FHIR_BASE_URL: 'https://h/r4' };
  expect(parseConfig({ ...base, https_proxy: 'http://p:1', HTTPS_PROXY: '', NO_PROXY: 'a,b' }).fhir?.proxies).toEqual({
    https: 'http://p:1',
    none: 'a,b',
  });
  expect(parseConfig({ ...base, NO_PROXY: 'a' }).fhir?.proxies).toBeUndefined();
  expect(parseConfig({ HTTP_PROXY: 'proxy:3128' }).fhir).toBeUndefined();
});

test.each<[Record<string, string>, RegExp]>([
  [{ FHIR_BASE_URL: 'https://h/r4', HTTPS_PROXY: 'hunter2:3128' }, /HTTPS_PROXY: expected the address of a proxy/],
  [{ FHIR_BASE_URL: 'https://h/r4', http_proxy: 'socks5://hunter2:1' }, /HTTP_PROXY: expected the address of a proxy/],
  [{ FHIR_BASE_URL: 'fhir.example.org' }, /FHIR_BASE_URL: expected the base URL of a FHIR R4 server/],
  [{ FHIR_BASE_URL: 'ftp://fhir.example.org' }, /FHIR_BASE_URL: expected/],
  [{ FHIR_BASE_URL: 'https://user:hunter2@fhir.example.org' }, /FHIR_BASE_URL: expected/],
  [{ FHIR_BASE_URL: 'https://h/r4', FHIR_CLIENT_ID: 'x' }, /FHIR_PRIVATE_KEY_FILE: expected with FHIR_CLIENT_ID/],
  [{ FHIR_BASE_URL: 'https://h/r4', FHIR_PRIVATE_KEY_FILE: 'x' }, /FHIR_CLIENT_ID: expected with FHIR_PRIVATE_KEY_FILE/],
  [{ FHIR_BASE_URL: 'https://h/r4', FHIR_CERT_FILE: 'x' }, /FHIR_CERT_KEY_FILE: expected with FHIR_CERT_FILE/],
  [{ FHIR_TOKEN_FILE: 'x' }, /FHIR_BASE_URL: expected with FHIR_TOKEN_FILE/],
  [
    { FHIR_BASE_URL: 'https://h/r4', FHIR_TOKEN_FILE: 'x', FHIR_CLIENT_ID: 'y', FHIR_PRIVATE_KEY_FILE: 'z' },
    /FHIR_TOKEN_FILE: expected without FHIR_CLIENT_ID/,
  ],
  [{ FHIR_BASE_URL: 'https://h/r4', FHIR_SCOPES: 'user/*.rs' }, /FHIR_SCOPES: expected SMART system scopes/],
  [{ FHIR_TIMEOUT_SECONDS: '0' }, /FHIR_TIMEOUT_SECONDS: expected seconds, 1 to 300/],
  [{ FHIR_PARALLEL: 'many' }, /FHIR_PARALLEL: expected a number of requests/],
  [{ FHIR_CACHE_SECONDS: '-1' }, /FHIR_CACHE_SECONDS: expected seconds/],
])('settings of a FHIR server that cannot be: %j', (env, expected) => {
  expect(() => parseConfig(env)).toThrow(expected);
  expect(() => parseConfig(env)).not.toThrow(/hunter2/);
});
