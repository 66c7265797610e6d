import { expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { type Asked, bundle, of, on, type Said, serve } from './odd-server.fixture.ts';

/** One bad entry, or one bad page, does not lose the rest: what was read is shown, and what was not is a gap. */
const o = of('Observation', 'o');
const ids = (found: readonly FhirResource[]) => found.slice(1).map(({ id }) => id);

test.each<[string, object]>([
  ['whose patient is a number of another system', { subject: { identifier: { system: 'urn:mrn', value: '7' } } }],
  ['whose patient stands in it', { subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p' }] }],
  ['of a group', { subject: { reference: 'Group/g' } }],
  ['of nobody', { subject: undefined }],
])('one entry %s is left out and told', async (_, more) => {
  const { store } = await serve(on('Observation', { body: bundle([o, of('Observation', 'n', 'ann', more)]) }));
  const { resources, gaps } = await store.everything('ann');
  expect(ids(resources)).toEqual(['o']);
  expect(gaps).toEqual([{ type: 'Observation', why: 'the server answers with Observation that names no patient' }]);
});

const pages = (count: number, said: (page: number, asked: Asked) => Said | undefined, link = 'page') =>
  on('Observation', (asked) => {
    const page = Number(asked.params.get(link) ?? 0);
    const at = (i: number) => `${asked.origin}/r4/Observation?patient=ann&${link}=${i}`;
    return (
      said(page, asked) ?? {
        body: bundle([of('Observation', `o${page}`)], {
          total: link === 'page' ? undefined : count,
          ...(page + 1 < count ? { link: [{ relation: 'next', url: at(page + 1) }] } : {}),
        }),
      }
    );
  });

test('a page that fails leaves those before it', async () => {
  const { store } = await serve(pages(7, (page) => (page === 5 ? { status: 500, body: '' } : undefined)));
  const { resources, gaps } = await store.everything('ann');
  expect(ids(resources)).toEqual(['o0', 'o1', 'o2', 'o3', 'o4']);
  expect(gaps).toEqual([{ type: 'Observation', why: 'the server fails with 500' }]);
});

test('and where they are read side by side, all others', async () => {
  const { store } = await serve(pages(7, (page) => (page === 5 ? { status: 500, body: '' } : undefined), '_offset'));
  const { resources, gaps } = await store.everything('ann');
  expect(ids(resources)).toEqual(['o0', 'o1', 'o2', 'o3', 'o4', 'o6']);
  expect(gaps).toEqual([{ type: 'Observation', why: 'the server fails with 500' }]);
});

test('pages that the server keeps no longer are asked for once more by a new search', async () => {
  let isGone = true;
  const once = pages(4, (page) => {
    if (page !== 2 || !isGone) return undefined;
    isGone = false;
    return { status: 410, body: '' };
  });
  const { resources, gaps } = await (await serve(once)).store.everything('ann');
  expect([ids(resources), gaps]).toEqual([['o0', 'o1', 'o2', 'o3'], []]);
  const never = await serve(pages(4, (page) => (page === 2 ? { status: 410, body: '' } : undefined)));
  const part = await never.store.everything('ann');
  expect(ids(part.resources)).toEqual(['o0', 'o1']);
  expect(part.gaps).toEqual([{ type: 'Observation', why: 'no longer there, 410' }]);
});

test('what was asked for otherwise than it was is not shown, whatever comes after it', async () => {
  const { store } = await serve(
    on('Observation', ({ origin }) => ({ body: bundle([o], { link: [{ relation: 'self', url: `${origin}/r4/Observation?patient=` }] }) })),
  );
  expect(ids((await store.everything('ann')).resources)).toEqual([]);
});
