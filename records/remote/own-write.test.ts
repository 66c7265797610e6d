/** A write under a condition that was carried out and whose answer was lost: its repeat meets its own doing, which is no conflict. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { FhirResource, PatchOperation, RecordStore } from '../contract.ts';
import { createRemoteStore } from '../remote.ts';
import { noAuthorization } from './authorization.ts';
import { createWire, type Wire } from './wire.ts';

let server: Server;
let wire: Wire;
afterEach(async () => {
  await wire.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const goal: FhirResource = {
  resourceType: 'Goal',
  id: 'g',
  lifecycleStatus: 'active',
  description: { text: 'walk' },
  meta: { versionId: '1' },
};
type Fields = Readonly<Record<string, unknown>>;

/** One Goal, versioned; the first write is met as told, every later one as a server should. `meddle`: what somebody else makes of it before the repeat. */
async function serve(first: 'applied and lost' | 'lost unseen', meddle?: Fields, keepsVersions = true): Promise<RecordStore> {
  const versions: FhirResource[] = [goal];
  const now = () => versions.at(-1)!;
  const put = (fields: Fields) =>
    versions.push({ ...now(), ...fields, meta: { versionId: String(versions.length + 1), lastUpdated: '2026-01-02T00:00:00Z' } });
  let writes = 0;
  server = createServer(async (req, res) => {
    const say = (status: number, body: unknown) =>
      res.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
    const path = new URL(req.url ?? '', 'http://host').pathname.replace('/r4/', '');
    if (path === 'metadata')
      return say(200, {
        resourceType: 'CapabilityStatement',
        fhirVersion: '4.0.1',
        rest: [{ mode: 'server', resource: [{ type: 'Goal', interaction: ['read', 'update', 'patch'].map((code) => ({ code })) }] }],
      });
    const version = /_history\/(\d+)$/.exec(path)?.[1];
    if (req.method === 'GET') {
      const found = version === undefined ? now() : keepsVersions ? versions[Number(version) - 1] : undefined;
      return say(found ? 200 : 404, found ?? { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] });
    }
    let text = '';
    for await (const chunk of req) text += chunk;
    const body = JSON.parse(text);
    const changed: Fields = Array.isArray(body)
      ? Object.fromEntries((body as PatchOperation[]).map(({ path: field, value }) => [field.slice(1), value]))
      : body;
    const due = req.headers['if-match'] === `W/"${(now().meta as { versionId: string }).versionId}"`;
    if (++writes === 1) {
      if (first === 'applied and lost') put(changed);
      if (meddle) put(meddle);
      return req.socket.destroy();
    }
    if (!due) return say(412, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'conflict' }] });
    put(changed);
    return say(200, now());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  wire = createWire({ pauseMs: 1, timeoutMs: 500, retries: 1, failuresToOpen: 100 });
  return createRemoteStore({
    wire,
    baseUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/r4/`),
    authorization: noAuthorization,
    clock: () => new Date(),
    types: ['Goal'],
  });
}

const wanted: FhirResource = { ...goal, lifecycleStatus: 'completed' };
const done: readonly PatchOperation[] = [{ op: 'replace', path: '/lifecycleStatus', value: 'completed' }];
const outcome = (write: Promise<FhirResource>) =>
  write.then(
    ({ lifecycleStatus, meta }) => `${lifecycleStatus} as version ${(meta as { versionId: string }).versionId}`,
    (error: Error & { code?: string }) => error.code,
  );

describe('a write whose answer was lost', () => {
  test.each<[string, Parameters<typeof serve>, string]>([
    ['was carried out', ['applied and lost'], 'completed as version 2'],
    ['was not', ['lost unseen'], 'completed as version 2'],
    ['came after somebody else’s', ['lost unseen', { description: { text: 'swim' } }], 'version-conflict'],
    ['was carried out, and somebody wrote over it', ['applied and lost', { lifecycleStatus: 'cancelled' }], 'version-conflict'],
    ['was carried out, and somebody added to it', ['applied and lost', { note: [{ text: 'tired' }] }], 'version-conflict'],
  ])('%s', async (_, how, said) => {
    expect(await outcome((await serve(...how)).update(wanted, { ifMatch: '1' }))).toBe(said);
    await wire.close();
    server.closeAllConnections();
    expect(await outcome((await serve(...how)).patch('Goal', 'g', done, { ifMatch: '1' }))).toBe(said);
  });

  test.each<[string, readonly PatchOperation[], boolean]>([
    ['a server without old versions', done, false],
    ['a place within a list', [{ op: 'add', path: '/note/0', value: { text: 'x' } }], true],
  ])('stays a conflict where it cannot be told: %s', async (_, operations, keeps) => {
    const store = await serve('applied and lost', undefined, keeps);
    expect(await outcome(store.patch('Goal', 'g', operations, { ifMatch: '1' }))).toBe('version-conflict');
  });

  test('a conflict at the first attempt is one', async () => {
    expect(await outcome((await serve('lost unseen')).update(wanted, { ifMatch: '7' }))).toBe('version-conflict');
  });
});
