import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createFhirClient } from './client.ts';
import { type Behaviour, bundle, fault, observations, of, on, serve } from './odd-server.fixture.ts';

/** An answer that is little on its way and much to read: it is a gap, and what else there is comes in its time. */
const READ_MS = 20_000;
const PATIENT = { timeoutMs: READ_MS };
const packed = (body: string | Buffer) => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(body, { level: 1 }) });
const entries = (of_: string, count: number) =>
  `{"resourceType":"Bundle","type":"searchset","entry":[${Array(count).fill(of_).join(',')}]}`;

test.each<[string, ReturnType<typeof packed>, string]>([
  ['many megabytes', packed(Buffer.alloc(70 * 2 ** 20, ' ')), 'the server’s answer is larger than 64 MB'],
  ['millions of empty entries', packed(entries('{}', 4_000_000)), 'the server’s answer holds more than 2 million values'],
  ['millions of numbers', packed(entries('1', 4_000_000)), 'the server’s answer holds more than 2 million values'],
  [
    'a page of entries without end',
    packed(entries(JSON.stringify({ resource: of('Condition', 'c') }), 60_000)),
    'the server answers with 60000 entries on one page',
  ],
])('%s', async (_, said, why) => {
  const result: Behaviour = on('Observation', { body: bundle([of('Observation', 'k')]) });
  const { store } = await serve((asked) => (asked.path === 'Condition' ? said : result(asked)), { readMs: READ_MS }, PATIENT);
  const { resources, gaps } = await store.everything('ann');
  expect([resources.map(({ id }) => id), gaps]).toEqual([['ann', 'k'], [{ type: 'Condition', why }]]);
});

test('a page as large as servers give at most is read', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => of('Observation', `k${i}`, 'ann', { note: [{ text: 'a, b' }] }));
  const { store } = await serve(on('Observation', { body: bundle(many) }), {}, PATIENT);
  expect((await store.search('Observation', observations)).matches).toHaveLength(10_000);
});

test('what comes after the time is over is not taken apart', async () => {
  const over = new AbortController();
  const wire = {
    send: async () => {
      over.abort(new Error('over'));
      return { status: 200, headers: {}, body: 'no JSON at all' };
    },
  };
  const client = createFhirClient({ wire, baseUrl: new URL('http://x/r4/') });
  expect(await fault(client.request({ method: 'GET', path: 'Patient/ann', signal: over.signal }))).toBe('undefined: over');
});
