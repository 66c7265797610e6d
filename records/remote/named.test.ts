import { expect, test } from 'vitest';
import { type Asked, ann, bundle, fault, type Said, serve } from './odd-server.fixture.ts';

/** Who is meant is looked for by id, by number and by name, each on its own. */
const quill = { ...ann, name: [{ text: 'Ann Quill' }], identifier: [{ system: 'urn:mrn', value: '1234' }] };
const bob = { ...ann, id: '1234', name: [{ text: 'Bob Quill' }] };
const refusal = (status: number): Said => ({
  status,
  body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] },
});

async function named(text: string, odd: (asked: Asked) => Said | undefined = () => undefined): Promise<string> {
  const { store } = await serve(
    (asked) =>
      odd(asked) ??
      (asked.path === 'Patient/1234'
        ? { body: bob }
        : asked.path !== 'Patient'
          ? undefined
          : asked.params.has('identifier')
            ? { body: bundle(asked.params.get('identifier') === '1234' ? [quill] : []) }
            : { body: bundle(asked.params.getAll('name').every((name) => /^(?:Ann|Quill)$/.test(name)) ? [quill] : []) }),
  );
  let found: readonly { readonly id: string }[] = [];
  const failed = await fault(store.patients({ named: text }).then((some) => (found = some)));
  return failed === 'no fault' ? found.map(({ id }) => id).join() : failed;
}

test('whose id is the number of somebody else is one of two', async () => {
  expect(await named('1234')).toBe('ann,1234');
  expect(await named('Patient/1234')).toBe('1234');
  expect(await named('1234', ({ params }) => (params.has('identifier') ? refusal(400) : undefined))).toBe('1234');
});

test.each<[string, (asked: Asked) => Said | undefined]>([
  ['403 for what is no id', ({ path }) => (path === 'Patient/Quill' ? refusal(403) : undefined)],
  ['500 for what is no id', ({ path }) => (path === 'Patient/Quill' ? refusal(500) : undefined)],
  ['400 for a number', ({ params }) => (params.has('identifier') ? refusal(400) : undefined)],
  [
    'a number search of which an entry cannot be used',
    ({ path, params }) => (path === 'Patient' && params.has('identifier') ? { body: bundle([{ resourceType: 'Patient' }]) } : undefined),
  ],
])('one word of a name finds whom it names: %s', async (_, odd) => {
  expect(await named('Quill', odd)).toBe('ann');
});

test('where somebody else may bear the name, it is said how to go on', async () => {
  const partial = ({ params }: Asked) => (params.has('name') ? { body: bundle([quill, { resourceType: 'Patient' }]) } : undefined);
  expect(await named('Quill', partial)).toMatch(/^record-unavailable: .*Name the patient as Patient\/ and the id\.$/);
});

test('a number that cannot be looked for is nobody else’s', async () => {
  expect(await named('1234', ({ path }) => (path === 'Patient/1234' ? refusal(500) : undefined))).toMatch(/^record-unavailable: /);
  expect(await named('1234', ({ path }) => (path === 'Patient/1234' ? refusal(403) : undefined))).toBe('ann');
  expect(await named('12345', ({ params }) => (params.has('identifier') ? refusal(400) : undefined))).toMatch(/^bad-request: /);
});

const outcome = (code: string): Said => ({ body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] } });
test.each<[string, Said]>([
  ['a fault that is called an answer', outcome('timeout')],
  ['nothing', { body: '' }],
  ['somebody else', { body: bob }],
])('%s is no word that there is no such patient', async (_, said) => {
  for (const one of ['Patient/ann', 'ann'])
    expect(
      await named(one, ({ path, params }) => (path === 'Patient/ann' ? said : params.size > 0 ? { body: bundle([]) } : undefined)),
    ).toMatch(/^record-unavailable: /);
});

test('an answer that says so itself is one', async () => {
  expect(await named('Patient/ann', ({ path }) => (path === 'Patient/ann' ? outcome('not-found') : undefined))).toBe('');
});
