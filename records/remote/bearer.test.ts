import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bearerToken, tokenFileAt } from './bearer.ts';
import { bundle, fault, observations, serve } from './odd-server.fixture.ts';

/** A token is renewed by whoever writes the file: it is used as soon as it stands there. */
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rounds-token-'));
  path = join(folder, 'token');
  writeFileSync(path, 'first\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A server that takes this one token. */
async function serving(good: () => string, authorization = bearerToken(tokenFileAt(path))) {
  const used: unknown[] = [];
  const { store } = await serve(
    ({ path: where, headers }) => {
      if (where === 'metadata') return undefined;
      used.push(headers.authorization);
      return headers.authorization === `Bearer ${good()}` ? { body: bundle([]) } : { status: 401, body: '' };
    },
    { authorization },
  );
  return { search: () => fault(store.search('Observation', observations)), used };
}

test('another token in the file is sent from then on', async () => {
  const { search, used } = await serving(() => 'second');
  expect(await search()).toMatch(/^not-permitted: .*the token of FHIR_TOKEN_FILE is not accepted\.$/);
  writeFileSync(path, 'second');
  expect(await search()).toBe('no fault');
  expect(used).toEqual(['Bearer first', 'Bearer second']);
});

test('one that is turned away is looked for again, once, though nothing tells that the file has changed', async () => {
  let text = 'first';
  const { search, used } = await serving(() => 'second', bearerToken({ read: () => text, version: () => '1' }));
  text = 'second';
  expect(await search()).toBe('no fault');
  text = 'third';
  expect(await search()).toBe('no fault');
  expect(used).toEqual(['Bearer first', 'Bearer second', 'Bearer second']);
});

test.each([
  ['is gone', () => rmSync(path)],
  ['has two lines', () => writeFileSync(path, 'hush\nhush')],
  ['has a control character', () => writeFileSync(path, 'hu\u0007sh')],
])('a file that %s leaves the token that it held, and is named when that is turned away', async (_, change) => {
  let good = 'first';
  const { search, used } = await serving(() => good);
  change();
  expect(await search()).toBe('no fault');
  good = 'second';
  const told = await search();
  expect(told).toMatch(/the token of FHIR_TOKEN_FILE is not accepted; .* expected a file/);
  expect(told).not.toMatch(/hush/);
  expect(used).toEqual(['Bearer first', 'Bearer first']);
});

test.each(['hush\nhush', 'hu\u0007sh', '', 'hüsh'])('a token that cannot be one is refused at the start, and is not repeated', (text) => {
  expect(() => bearerToken({ read: () => text, version: () => '' })).toThrow(/^a file with a token in one line$/);
});
