import { expect, test } from 'vitest';
import { type Behaviour, bundle, of, serve, statement } from './odd-server.fixture.ts';

/** What is deleted or changed while pages are read shifts those after it: an entry may stand on none of the pages that were read. */
const SIZE = 3;
const MOVED = 'the server moved entries from page to page while they were read: some may be missing';
const ids = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`);

/**
 * Pages without a number of matches, found by what their addresses count.
 * @param change what becomes of the list when so many answers of pages have been given
 */
function paged(
  name: string,
  change: (list: readonly string[], answers: number) => readonly string[],
  more: object = {},
  alignment?: 'refused' | 'rounded',
) {
  let list: readonly string[] = ids(8);
  let answers = 0;
  const starts: number[] = [];
  const isNumber = name.startsWith('page');
  const behaviour: Behaviour = ({ path, params, origin }) => {
    if (path !== 'Observation') return undefined;
    if (params.has('_summary') || params.has('_sort')) return { status: 400, body: '' };
    const at = Number(params.get(name) ?? (isNumber ? 1 : 0));
    if (at % SIZE > 0 && alignment === 'refused') return { status: 400, body: '' };
    const start = isNumber ? (at - 1) * SIZE : alignment === 'rounded' ? at - (at % SIZE) : at;
    const next = isNumber ? at + 1 : at + SIZE;
    const url = `${origin}/r4/Observation?patient=ann&${name}=${next}`;
    const body = bundle(
      list.slice(start, start + SIZE).map((id) => of('Observation', id)),
      { total: undefined, ...more, ...(start + SIZE < list.length ? { link: [{ relation: 'next', url }] } : {}) },
    );
    starts.push(start);
    list = change(list, ++answers);
    return { body };
  };
  return { behaviour, starts };
}
const without = (id: string, when: number) => (list: readonly string[], answers: number) =>
  answers === when ? list.filter((one) => one !== id) : list;
const first = (id: string, when: number) => (list: readonly string[], answers: number) =>
  answers === when ? [id, ...list.filter((one) => one !== id)] : list;

const read = async (behaviour: Behaviour, more: object = {}) => {
  const { store } = await serve(behaviour, more);
  const { resources, gaps } = await store.everything('ann');
  return { found: resources.slice(1).map(({ id }) => id!), gaps };
};

test.each<[string, string, (list: readonly string[], answers: number) => readonly string[], string]>([
  ['an entry of the first page is deleted, of pages by offset', '_getpagesoffset', without('k0', 1), 'k3'],
  ['an entry of the first page is deleted, of pages by number', 'page', without('k0', 1), 'k3'],
  ['an entry of the second page is deleted', 'page', without('k4', 2), 'k6'],
  ['an entry of the last page is changed, and stands first from then on', 'page', first('k7', 2), 'k7'],
])('%s: all of it is read again', async (_, name, change, lost) => {
  const { found, gaps } = await read(paged(name, change).behaviour);
  expect([found.includes(lost), gaps]).toEqual([true, []]);
});

test('pages that never hold still are a gap', async () => {
  const rolling = (list: readonly string[]) => [...list.slice(1), list[0]!];
  const { found, gaps } = await read(paged('page', rolling).behaviour);
  expect(found.length).toBeGreaterThan(0);
  expect(gaps).toEqual([{ type: 'Observation', why: MOVED }]);
});

test('pages by offset of a server whose copies differ are a gap', async () => {
  const all = ids(5);
  const { found, gaps } = await read(({ path, params, origin }) => {
    if (path !== 'Observation') return undefined;
    const at = Number(params.get('_offset') ?? 0);
    const list = at === 0 ? all : all.slice(1);
    const url = `${origin}/r4/Observation?patient=ann&_offset=${at + SIZE}`;
    const link = at + SIZE < list.length ? { link: [{ relation: 'next', url }] } : {};
    return {
      body: bundle(
        list.slice(at, at + SIZE).map((id) => of('Observation', id)),
        { total: undefined, ...link },
      ),
    };
  });
  expect([found, gaps]).toEqual([['k0', 'k1', 'k2', 'k4'], [{ type: 'Observation', why: MOVED }]]);
});

test.each(['refused', 'rounded'] as const)('offsets between pages may be %s', async (alignment) => {
  expect(await read(paged('_offset', (list) => list, {}, alignment).behaviour)).toEqual({ found: ids(8), gaps: [] });
});

test.each([
  ['pages by offset that hold still are asked for one before their borders', '_offset', {}, [0, 2, 3, 5, 6, 9, 12]],
  ['pages that hold still are asked for twice, but for the last', 'page', {}, [0, 3, 6, 0, 3]],
  ['pages at words that say nothing are read once', 'ct', {}, [0, 3, 6]],
  ['pages that are counted are read once', 'page', { total: 8 }, [0, 3, 6]],
])('%s', async (_, name, more, expected) => {
  const { behaviour, starts } = paged(name, (list) => list, more);
  expect(await read(behaviour)).toEqual({ found: ids(8), gaps: [] });
  expect(starts.sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
});

test('so it is of everything at once', async () => {
  const { behaviour } = paged('page', without('k0', 1));
  const everything: Behaviour = (asked) =>
    asked.path === 'metadata'
      ? {
          body: statement({
            resource: [
              { type: 'Patient', interaction: [{ code: 'read' }], operation: [{ name: 'everything' }] },
              { type: 'Observation', interaction: [{ code: 'read' }] },
            ],
          }),
        }
      : behaviour(asked.path.endsWith('$everything') ? { ...asked, path: 'Observation' } : asked);
  expect((await read(everything, { types: ['Observation'] })).gaps).toEqual([{ type: 'Observation', why: MOVED }]);
});
