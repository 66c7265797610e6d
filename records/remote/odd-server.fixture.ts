import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { createRemoteStore, type RemoteStoreDeps } from '../remote.ts';
import { noAuthorization } from './authorization.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

/** A FHIR server that answers as a test tells it, and otherwise as one that knows Ann and has nothing of her. */

export interface Asked {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly origin: string;
}
export interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
  /** Nothing tells where the body ends but the closed connection. */
  readonly unended?: true;
}
/** What a server says to a path; undefined: nothing, for ever. */
export type Behaviour = (asked: Asked) => Said | undefined;

const open: { readonly server: Server; readonly wire: Wire }[] = [];
afterEach(async () => {
  for (const { server, wire } of open.splice(0)) {
    await wire.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

export const TYPES = ['Condition', 'Observation', 'MedicationRequest'];
export const statement = (
  more: object = {},
  types: readonly string[] = ['Patient', 'Practitioner', 'Medication', ...TYPES],
): FhirResource => ({
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'transaction' }],
      resource: types.map((type) => ({
        type,
        interaction: ['read', 'search-type', 'create', 'update'].map((code) => ({ code })),
        searchParam: ['_id', '_lastUpdated', 'patient', 'code', 'date', 'name', 'identifier'].map((name) => ({ name })),
      })),
      ...more,
    },
  ],
});
export const ann = { resourceType: 'Patient', id: 'ann', meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z' } };
export const of = (resourceType: string, id: string, patient = 'ann', more: object = {}): FhirResource => ({
  resourceType,
  id,
  subject: { reference: `Patient/${patient}` },
  meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z' },
  ...more,
});
export const bundle = (resources: readonly object[], more: object = {}) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
  ...more,
});

export async function serve(behaviour: Behaviour, options: Partial<RemoteStoreDeps> = {}, bounds: WireOptions = {}) {
  const asked: Asked[] = [];
  const listening = createServer((req, res) => {
    const url = new URL(req.url ?? '', `http://${req.headers.host}`);
    const one = { path: url.pathname.replace('/r4/', ''), params: url.searchParams, headers: req.headers, origin: url.origin };
    asked.push(one);
    const said =
      behaviour(one) ??
      (one.path === 'metadata'
        ? { body: statement() }
        : one.path === 'Patient/ann'
          ? { body: ann }
          : TYPES.includes(one.path) && one.params.get('patient') === 'ann'
            ? { body: bundle([]) }
            : { status: 404, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] } });
    const { status = 200, headers = {}, body, unended } = said;
    if (unended) res.useChunkedEncodingByDefault = false;
    res
      .writeHead(status, { 'content-type': 'application/fhir+json', ...headers })
      .end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const wire = createWire({ pauseMs: 1, timeoutMs: 500, retries: 1, failuresToOpen: 100, ...bounds });
  open.push({ server: listening, wire });
  let now = Date.parse('2026-11-21T12:00:00Z');
  const store = createRemoteStore({
    wire,
    baseUrl: new URL(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/r4/`),
    authorization: noAuthorization,
    clock: () => new Date(now),
    types: TYPES,
    ...options,
  });
  return { store, asked, later: (ms: number) => (now += ms) };
}
export const on = (path: string, said: Said | ((asked: Asked) => Said | undefined)): Behaviour => {
  return (asked) => (asked.path === path ? (typeof said === 'function' ? said(asked) : said) : undefined);
};
export const fault = (failure: Promise<unknown>): Promise<string> =>
  failure.then(
    () => 'no fault',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );
export const observations: [string, string][] = [['patient', 'ann']];
