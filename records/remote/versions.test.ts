import { expect, test } from 'vitest';
import type { FhirBundle } from '../contract.ts';
import { fault, of, on, serve, statement } from './odd-server.fixture.ts';

const [rest] = statement().rest as { resource: { interaction: object[] }[] }[];
const versioned = (versioning: string) => ({
  ...statement(),
  rest: [
    {
      ...rest,
      resource: rest!.resource.map((one) => ({ ...one, interaction: [...one.interaction, { code: 'patch' }], versioning })),
    },
  ],
});
const condition = of('Condition', 'c');

test('an edit of one version is not sent where the server tells none from another', async () => {
  const { store, asked } = await serve(on('metadata', { body: versioned('no-version') }));
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: condition, request: { method: 'PUT', url: 'Condition/c', ifMatch: 'W/"1"' } }],
  } as FhirBundle;
  for (const write of [
    store.update(condition, { ifMatch: '1' }),
    store.patch('Condition', 'c', [{ op: 'remove', path: '/note' }], { ifMatch: '1' }),
    store.transaction(bundle),
  ])
    expect(await fault(write)).toBe(
      'bad-request: The FHIR server keeps no versions of Condition: what was changed meanwhile would be overwritten.',
    );
  expect(asked.map(({ path }) => path)).toEqual(['metadata']);
});

test.each(['versioned', 'versioned-update'])('where it says “%s” it is sent, and so is one of no version', async (versioning) => {
  for (const [said, options] of [
    [versioning, { ifMatch: '1' }],
    ['no-version', {}],
  ] as const) {
    const { store } = await serve((asked) =>
      asked.path === 'metadata' ? { body: versioned(said) } : asked.path === 'Condition/c' ? { body: condition } : undefined,
    );
    expect(await store.update(condition, options)).toMatchObject({ id: 'c' });
  }
});
