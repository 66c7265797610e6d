import { expect, test } from 'vitest';
import { fault, of, serve, statement } from './odd-server.fixture.ts';

/** What cannot stand in a header is written as it can, or refused: nobody is asked, and no server is at fault. */
const [rest] = statement().rest as { resource: object[] }[];
const stated = { ...statement(), rest: [{ ...rest, resource: rest!.resource.map((one) => ({ ...one, conditionalCreate: true })) }] };
const place = async () => {
  const { store, asked } = await serve(({ path, headers }) =>
    path === 'metadata'
      ? { body: stated }
      : headers['if-none-exist'] !== undefined || headers['if-match'] !== undefined
        ? { body: of('Observation', 'o') }
        : undefined,
  );
  return { store, written: () => asked.filter(({ path }) => path.startsWith('Observation')).map(({ headers }) => headers) };
};

test('letters in the condition of a create are sent as in any address', async () => {
  const { store, written } = await place();
  expect(await fault(store.create(of('Observation', 'o'), { ifNoneExist: 'identifier=a|Ménière日本' }))).toBe('no fault');
  expect(written().map((headers) => headers['if-none-exist'])).toEqual(['identifier=a|M%C3%A9ni%C3%A8re%E6%97%A5%E6%9C%AC']);
});

test.each(['identifier=a\r\nX-Other: 1', 'identifier=\0', 'identifier=\ud800'])('the condition %j is refused', async (ifNoneExist) => {
  const { store, written } = await place();
  expect(await fault(store.create(of('Observation', 'o'), { ifNoneExist }))).toMatch(/^bad-request: /);
  expect(written()).toEqual([]);
});

test.each(['1"', '1\r\nX-Other: 1', 'é', ''])('the version %j is refused', async (ifMatch) => {
  const { store, written } = await place();
  expect(await fault(store.update(of('Observation', 'o'), { ifMatch }))).toMatch(/^bad-request: /);
  expect(written()).toEqual([]);
});
