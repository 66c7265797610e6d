import { expect, test } from 'vitest';
import { type Asked, fault, of, serve, statement } from './odd-server.fixture.ts';

/** Writes in the words that a server takes, at the address where it stands. */
const PATCHABLE = [{ type: 'Observation', interaction: ['read', 'search-type', 'patch'].map((code) => ({ code })) }];
const operations = [{ op: 'replace', path: '/status', value: 'amended' }] as const;

test('a transaction goes to the base as FHIR writes it, without a slash at its end', async () => {
  const { store } = await serve(({ path }) =>
    path === '/r4' ? { body: { resourceType: 'Bundle', type: 'transaction-response', entry: [] } } : undefined,
  );
  expect((await store.transaction({ resourceType: 'Bundle', type: 'transaction', entry: [] })).type).toBe('transaction-response');
});

/** What becomes of a patch on a server that says that it takes these, and answers so; and how often that was sent. */
async function patched(patchFormat: readonly string[] | undefined, status = 200) {
  const isPatch = ({ headers }: Asked) => String(headers['content-type']).includes('json-patch');
  const { store, asked } = await serve((one) => {
    if (one.path === 'metadata') return { body: { ...statement({ resource: PATCHABLE }), ...(patchFormat ? { patchFormat } : {}) } };
    if (one.path !== 'Observation/k') return undefined;
    return isPatch(one) && status !== 200 ? { status, body: '' } : { body: of('Observation', 'k') };
  });
  const said = await fault(store.patch('Observation', 'k', operations));
  return { said, sent: asked.filter(isPatch).length };
}

test('a server that takes other patches is sent none, and it is said which it takes', async () => {
  expect(await patched(['application/fhir+json', 'application/fhir+xml'])).toEqual({
    said: 'bad-request: The FHIR server takes no JSON Patch, only application/fhir+json, application/fhir+xml.',
    sent: 0,
  });
});

test.each([
  ['says nothing of patches', undefined],
  ['takes JSON Patch among others', ['application/fhir+json', 'application/json-patch+json; charset=utf-8']],
])('a server that %s is sent one', async (_, formats) => {
  expect(await patched(formats)).toEqual({ said: 'no fault', sent: 1 });
});

test('a patch that is refused for its format is a request that was refused, and no fault of the server', async () => {
  expect((await patched(undefined, 415)).said).toBe('bad-request: The FHIR server refuses PATCH Observation/k (HTTP 415).');
});
