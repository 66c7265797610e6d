import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig, parseConfig, projectRoot, settings } from './config.ts';
import { isAppError } from './errors.ts';

test('nothing set gives the defaults, frozen', () => {
  const config = parseConfig({}, '/srv/rounds');
  expect(config).toEqual({ dataDir: '/srv/rounds/.rounds', logLevel: 'warn' });
  expect(Object.isFrozen(config)).toBe(true);
});

test('an empty value is no value', () => {
  expect(parseConfig({ DATABASE_URL: '', DATA_DIR: '', LOG_LEVEL: '' }, '/srv')).toEqual({ dataDir: '/srv/.rounds', logLevel: 'warn' });
});

test('every bad value is named at once, with what was expected and without repeating it', () => {
  let fault: unknown;
  try {
    parseConfig({ DATABASE_URL: 'mysql://root:secret@db/x', LOG_LEVEL: 'loud' });
  } catch (error) {
    fault = error;
  }
  expect(isAppError(fault, 'bad-setting')).toBe(true);
  const { message } = fault as Error;
  expect(message).toContain('DATABASE_URL: expected a URL of a Postgres database');
  expect(message).toContain('LOG_LEVEL: expected one of silent, error');
  expect(message).not.toContain('secret');
});

test('.env.example lists every setting, each with its default', () => {
  const example = parseEnv(readFileSync(join(projectRoot, '.env.example'), 'utf8'));
  expect(Object.keys(example).sort()).toEqual(Object.keys(settings).sort());
  expect(parseConfig(example)).toEqual(parseConfig({}));
});

test('a .env file is read, and the environment wins over it', () => {
  const root = mkdtempSync(join(tmpdir(), 'rounds-config-'));
  writeFileSync(join(root, '.env'), 'LOG_LEVEL=debug\nDATA_DIR=state\n');
  expect(loadConfig({}, root)).toEqual({ dataDir: join(root, 'state'), logLevel: 'debug' });
  expect(loadConfig({ LOG_LEVEL: 'error' }, root).logLevel).toBe('error');
});
