import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { createRemoteStore } from '../remote.ts';
import { noAuthorization } from './authorization.ts';
import { createWire, type Wire } from './wire.ts';

/** A record has its time, and a part of it that takes longer is missing, by its name. */
const READ_MS = 1_600;
const TYPES = ['Condition', 'Observation', 'ImagingStudy'];
let server: Server;
let wire: Wire;
afterEach(async () => {
  await wire.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const of = (resourceType: string, id: string): FhirResource => ({
  resourceType,
  id,
  subject: { reference: 'Patient/ann' },
  performer: [{ reference: 'Practitioner/doc' }],
});
interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}
const SILENCE = 'silence';
type Behaviour = (path: string, params: URLSearchParams) => Said | typeof SILENCE | undefined;

async function serve(behaviour: Behaviour) {
  let asked = 0;
  let origin = '';
  const bundle = (resources: readonly FhirResource[], more: object = {}) => ({
    body: {
      resourceType: 'Bundle',
      type: 'searchset',
      total: resources.length,
      entry: resources.map((resource) => ({ resource })),
      ...more,
    },
  });
  const usual = (path: string): Said => {
    if (path === 'metadata')
      return {
        body: {
          resourceType: 'CapabilityStatement',
          fhirVersion: '4.0.1',
          rest: [
            {
              mode: 'server',
              resource: ['Patient', 'Practitioner', ...TYPES].map((type) => ({
                type,
                interaction: [{ code: 'search-type' }],
                searchParam: ['_id', 'patient', 'name', 'identifier'].map((name) => ({ name })),
              })),
            },
          ],
        },
      };
    if (path === 'Patient/ann') return { body: { resourceType: 'Patient', id: 'ann', name: [{ family: 'Ahn' }] } };
    if (path === 'Practitioner') return bundle([{ resourceType: 'Practitioner', id: 'doc', name: [{ text: 'Dr. Doc' }] }]);
    if (path === 'Condition') return bundle([of('Condition', 'c')]);
    return TYPES.includes(path) ? bundle([]) : { status: 404, body: { resourceType: 'OperationOutcome', issue: [] } };
  };
  server = createServer((req, res) => {
    asked++;
    const url = new URL(req.url ?? '', origin);
    const path = url.pathname.replace('/r4/', '');
    const said = behaviour(path, url.searchParams) ?? usual(path);
    if (said === SILENCE) return;
    const { status = 200, headers = {}, body } = said;
    setTimeout(() => res.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body ?? {})), 5);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // One attempt alone would take longer than the record may.
  wire = createWire({ timeoutMs: 5_000, pauseMs: 10 });
  let now = Date.parse('2026-11-21T12:00:00Z');
  const store = createRemoteStore({
    wire,
    baseUrl: new URL(`${origin}/r4/`),
    authorization: noAuthorization,
    clock: () => new Date(now),
    types: TYPES,
    readMs: READ_MS,
  });
  return { store, bundle, origin: () => origin, asked: () => asked, later: (ms: number) => (now += ms) };
}

const timed = async <T>(work: Promise<T>): Promise<{ result: T; ms: number }> => {
  const started = performance.now();
  const result = await work;
  return { result, ms: performance.now() - started };
};
const fault = (failure: Promise<unknown>): Promise<string> =>
  failure.then(
    () => 'no fault',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );
const TOO_LONG = 'needs longer than 2 s';

describe('a type', () => {
  test('that is never answered is a gap, and who is named in the others is read all the same', async () => {
    const { store } = await serve((path) => (path === 'ImagingStudy' ? SILENCE : undefined));
    const { result, ms } = await timed(store.everything('ann'));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result.gaps).toEqual([{ type: 'ImagingStudy', why: `the server ${TOO_LONG}` }]);
    expect(result.resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Condition', 'Practitioner']);
  });

  test('whose pages do not end in time is a gap', async () => {
    const pages = (params: URLSearchParams) => {
      const page = Number(params.get('page') ?? 0);
      const link = [{ relation: 'next', url: `Observation?patient=ann&page=${page + 1}` }];
      return {
        body: { resourceType: 'Bundle', type: 'searchset', link, entry: [{ resource: of('Observation', `o${page}`) }] },
      };
    };
    const { store } = await serve((path, params) => (path === 'Observation' ? pages(params) : undefined));
    const { result, ms } = await timed(store.everything('ann'));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result.gaps).toEqual([{ type: 'Observation', why: `the server ${TOO_LONG}` }]);
  });

  test('that is refused for being too much until the time is over says so', async () => {
    const { store } = await serve((path) => (path === 'Observation' ? { status: 429, headers: { 'retry-after': '0' } } : undefined));
    const { result, ms } = await timed(store.everything('ann'));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result.gaps).toEqual([{ type: 'Observation', why: `the server ${TOO_LONG}: too many requests (429)` }]);
  });
});

describe('a server that is silent', () => {
  test.each<[string, Behaviour]>([
    ['wholly', () => SILENCE],
    ['about what it does', (path) => (path === 'metadata' ? SILENCE : undefined)],
    ['about the patient', (path) => (path === 'Patient/ann' ? SILENCE : undefined)],
    ['about who is named', (path) => (path === 'Practitioner' ? SILENCE : undefined)],
  ])('%s holds nobody for longer', async (_, behaviour) => {
    const { store } = await serve(behaviour);
    const { result, ms } = await timed(fault(store.everything('ann')));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result).toMatch(/^(?:no fault|record-unavailable: The FHIR server needs longer than 2 s\.)$/);
  });

  test('after it was read once leaves what was read, said to be old', async () => {
    let silent = false;
    const { store, later } = await serve(() => (silent ? SILENCE : undefined));
    await store.everything('ann');
    silent = true;
    later(61_000);
    const { result, ms } = await timed(store.everything('ann'));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result.stale).toContain('needs longer than 2 s');
    expect(result.resources.map(({ id }) => id)).toContain('c');
  });

  test.each([
    ['a patient by name', 'Ahn'],
    ['a patient by id', 'ann'],
    ['all patients', undefined],
  ])('when asked for %s is waited for so long', async (_, named) => {
    const { store } = await serve((path) => (path.startsWith('Patient') ? SILENCE : undefined));
    const { result, ms } = await timed(fault(store.patients(named === undefined ? {} : { named })));
    expect(ms).toBeLessThan(2 * READ_MS);
    expect(result).toBe(`record-unavailable: The FHIR server ${TOO_LONG}.`);
  });
});

test('whoever goes is let go before the time is over, with a reason of their own', async () => {
  const { store } = await serve((path) => (path === 'metadata' ? SILENCE : undefined));
  const caller = new AbortController();
  setTimeout(() => caller.abort(new Error('gone')), 50);
  const { result, ms } = await timed(fault(store.search('Observation', [['patient', 'ann']], { signal: caller.signal })));
  expect(result).toBe('undefined: gone');
  expect(ms).toBeLessThan(READ_MS / 2);
});
