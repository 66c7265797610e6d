import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { createRemoteStore } from '../remote.ts';
import { type Authorization, noAuthorization } from './authorization.ts';
import { bearerToken } from './bearer.ts';
import { createWire, type Wire } from './wire.ts';

/** What a person reads who has set something wrong: the setting by its name. */
let server: Server;
let wire: Wire;
afterEach(async () => {
  await wire.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const statement = (fhirVersion: string): FhirResource => ({
  resourceType: 'CapabilityStatement',
  fhirVersion,
  rest: [{ mode: 'server', resource: [{ type: 'Patient', interaction: [{ code: 'search-type' }] }] }],
});
interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** What listing patients says, of a server that answers everything with this, or by path. */
async function told(
  said: (path: string) => Said,
  { authorization = noAuthorization, scheme = 'http' }: { authorization?: Authorization; scheme?: string } = {},
) {
  server = createServer((req, res) => {
    const { status = 200, headers = {}, body = {} } = said((req.url ?? '').replace('/r4/', '').replace(/\?.*/, ''));
    res.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  wire = createWire({ pauseMs: 1, retries: 1, timeoutMs: 2_000 });
  const baseUrl = new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/r4/`);
  const store = createRemoteStore({ wire, baseUrl, authorization, clock: () => new Date(), types: ['Condition'] });
  const failure = await store.patients().then(
    (patients) => `${patients.length} patients`,
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );
  return failure.replaceAll(/127\.0\.0\.1:\d+/g, 'host');
}

test.each<[string, Parameters<typeof told>, RegExp]>([
  [
    'a base that is none',
    [() => ({ status: 404 })],
    /^record-unavailable: There is nothing at http:\/\/host\/r4\/metadata: FHIR_BASE_URL is expected/,
  ],
  [
    'a base that has moved',
    [() => ({ status: 301, headers: { location: 'https://x.example/' } })],
    /another address \(HTTP 301\), which is not followed: see FHIR_BASE_URL/,
  ],
  ['no sign-in where one is asked for', [() => ({ status: 401 })], /HTTP 401\): .*neither FHIR_TOKEN_FILE nor FHIR_CLIENT_ID is set/],
  [
    'a token that is not accepted',
    [() => ({ status: 401 }), { authorization: bearerToken({ read: () => 'hush', version: () => '' }) }],
    /HTTP 401\): the token of FHIR_TOKEN_FILE is not accepted\.$/,
  ],
  [
    'https where http is spoken',
    [() => ({}), { scheme: 'https' }],
    /^record-unavailable: .*cannot be reached: it does not speak https at that port\.$/,
  ],
  ['R5 in draft', [() => ({ body: statement('4.6.0') })], /speaks FHIR 4\.6\.0; Rounds needs R4/],
  ['R4B in draft', [() => ({ body: statement('4.1.0') })], /speaks FHIR 4\.1\.0; Rounds needs R4/],
])('%s', async (_, asked, expected) => {
  const words = await told(...asked);
  expect(words).toMatch(expected);
  expect(words).not.toContain('hush');
});

test.each(['4.0.1', '4.0.0', '4.3.0'])('FHIR %s is taken', async (version) => {
  const empty = { resourceType: 'Bundle', type: 'searchset', total: 0 };
  expect(await told((path) => ({ body: path === 'metadata' ? statement(version) : empty }))).toBe('0 patients');
});
