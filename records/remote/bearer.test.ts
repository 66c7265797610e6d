import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bearerToken, tokenFileAt } from './bearer.ts';
import { bundle, fault, observations, of, serve } from './odd-server.fixture.ts';

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

describe('what another person has read', () => {
  /** Two may read, each what is theirs to see; the file names the one or the other. */
  async function shared(guard: (who: string, path: string) => number = () => 200) {
    const { store, asked } = await serve(
      ({ path: where, headers }) => {
        const status = where === 'metadata' ? 200 : guard(String(headers.authorization).slice('Bearer '.length), where);
        if (status !== 200) return { status, body: '' };
        return where === 'Observation' ? { body: bundle([of('Observation', 'k')]) } : undefined;
      },
      { authorization: bearerToken(tokenFileAt(path)) },
    );
    const ids = async () => (await store.everything('ann')).resources.map(({ id }) => id);
    return { store, asked, ids };
  }

  test('is not given to whoever may not read it', async () => {
    const { store, ids } = await shared((who, where) => (who === 'second' && where === 'Observation' ? 403 : 200));
    expect(await ids()).toEqual(['ann', 'k']);
    const before = await store.stamp('ann');
    writeFileSync(path, 'second');
    expect(await ids()).toEqual(['ann']);
    expect((await store.everything('ann')).gaps).toEqual([{ type: 'Observation', why: '403 not permitted' }]);
    expect(await store.stamp('ann')).not.toBe(before);
  });

  test('is not given to them while the server is down either', async () => {
    let down = false;
    const { store, ids } = await shared(() => (down ? 503 : 200));
    expect(await ids()).toEqual(['ann', 'k']);
    writeFileSync(path, 'second');
    down = true;
    expect(await fault(ids())).toMatch(/^record-unavailable/);
    expect(await fault(store.patients({ named: 'Patient/ann' }))).toMatch(/^record-unavailable/);
  });

  test('is read again where the file changes while it is being read', async () => {
    const { ids } = await shared((who, where) => {
      if (who === 'first' && where === 'Observation') writeFileSync(path, 'second');
      return who === 'second' && where === 'Observation' ? 403 : 200;
    });
    expect(await ids()).toEqual(['ann']);
  });

  test('is kept while the file holds the same', async () => {
    const { ids, asked } = await shared();
    await ids();
    const before = asked.length;
    writeFileSync(path, 'first');
    expect([await ids(), asked.length]).toEqual([['ann', 'k'], before]);
  });
});
