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
