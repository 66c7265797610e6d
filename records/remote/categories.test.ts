import { expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { type Asked, type Behaviour, bundle, of, type Said, serve, statement, TYPES } from './odd-server.fixture.ts';

/** Servers that refuse a search of observations or problems by the patient alone: they want to be told a category. */
const inCategory = (type: string, id: string, code?: string): FhirResource =>
  of(type, id, 'ann', code === undefined ? {} : { category: [{ coding: [{ system: 'http://x', code }] }] });
const RECORD = [
  inCategory('Observation', 'k', 'laboratory'),
  inCategory('Observation', 'bp', 'vital-signs'),
  inCategory('Observation', 'odd', 'house-category'),
  inCategory('Condition', 'dm', 'problem-list-item'),
  inCategory('Condition', 'flu', 'encounter-diagnosis'),
];
const NEEDED = new Set(['Observation', 'Condition']);
const REFUSED: Said = { status: 400, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'required' }] } };
const ONLY = 'the server can be asked by category only: entries of other categories, or of none, may be missing';
const codeOf = ({ category }: FhirResource): string | undefined =>
  (category as { coding: { code: string }[] }[] | undefined)?.[0]?.coding[0]?.code;

const searched = ({ path, params }: Asked, known: readonly string[] = []): Said | undefined => {
  if (!NEEDED.has(path)) return undefined;
  const asked = params.get('category');
  if (asked === null || (known.length > 0 && !known.includes(asked))) return REFUSED;
  return { body: bundle(RECORD.filter((one) => one.resourceType === path && codeOf(one) === asked)) };
};
const stated = (more: object = {}): FhirResource => {
  const [rest] = statement().rest as { resource: { type: string; searchParam: { name: string }[] }[] }[];
  const resource = rest!.resource.map((one) => ({
    ...one,
    searchParam: [...one.searchParam, { name: 'category' }],
    ...(one.type === 'Patient' ? more : {}),
  }));
  return { ...statement(), rest: [{ mode: 'server', resource }] };
};
async function read(behaviour: Behaviour, metadata: FhirResource = stated()) {
  const { store, asked, later } = await serve((one) => behaviour(one) ?? (one.path === 'metadata' ? { body: metadata } : undefined));
  const once = async () => {
    const { resources, gaps } = await store.everything('ann');
    return { ids: resources.slice(1).map(({ id }) => id), gaps };
  };
  return { ...(await once()), once, asked, later };
}

test.each([
  ['state that they can be searched by it', stated()],
  ['say that something is required', statement()],
])('that %s are asked for each category, and the part is said to be one in part', async (_, metadata) => {
  const { ids, gaps } = await read((asked) => searched(asked), metadata);
  expect([new Set(ids), gaps]).toEqual([
    new Set(['k', 'bp', 'dm', 'flu']),
    [
      { type: 'Condition', why: ONLY },
      { type: 'Observation', why: ONLY },
    ],
  ]);
});

test('that were asked for each category are asked for nothing that they refused then', async () => {
  const known = ['laboratory', 'vital-signs', 'problem-list-item'];
  const { ids, asked, once, later } = await read((one) => searched(one, known));
  expect(new Set(ids)).toEqual(new Set(['k', 'bp', 'dm']));
  const before = asked.length;
  later(61_000);
  expect(new Set((await once()).ids)).toEqual(new Set(['k', 'bp', 'dm']));
  const again = asked.slice(before).filter(({ path }) => NEEDED.has(path));
  expect(again.map(({ params }) => params.get('category')).sort()).toEqual([...known].sort());
});

test('of which one category fails are read in the others, and the fault is told', async () => {
  const { ids, gaps } = await read((asked) =>
    asked.path === 'Observation' && asked.params.get('category') === 'vital-signs' ? { status: 500, body: '' } : searched(asked),
  );
  expect(ids).toContain('k');
  expect(gaps[1]).toEqual({ type: 'Observation', why: `vital-signs: the server fails with 500; ${ONLY}` });
});

test('that take no category either are a gap with the refusal', async () => {
  for (const metadata of [stated(), statement()]) {
    const { ids, gaps } = await read(({ path }) => (NEEDED.has(path) ? REFUSED : undefined), metadata);
    expect([ids, gaps]).toEqual([
      [],
      [
        { type: 'Condition', why: 'the server fails with 400' },
        { type: 'Observation', why: 'the server fails with 400' },
      ],
    ]);
  }
});

test('that offer everything at once are read whole', async () => {
  const all: Behaviour = (asked) =>
    asked.path === 'Patient/ann/$everything'
      ? { body: bundle(RECORD.filter(({ resourceType }) => resourceType === asked.params.get('_type'))) }
      : searched(asked);
  const { ids, gaps } = await read(all, stated({ operation: [{ name: 'everything' }] }));
  expect([new Set(ids), gaps]).toEqual([new Set(['k', 'bp', 'odd', 'dm', 'flu']), []]);
});

test('another patient’s entry in one category is an error, never data', async () => {
  const behaviour: Behaviour = (asked) =>
    asked.path === 'Observation' && asked.params.get('category') === 'survey'
      ? { body: bundle([of('Observation', 'x', 'bob')]) }
      : searched(asked);
  await expect(read(behaviour)).rejects.toMatchObject({ code: 'foreign-patient' });
});

test('a category that is told with its system is the one that was asked for', async () => {
  const { gaps } = await read((asked) => {
    const said = searched(asked);
    if (said?.status === 400 || !NEEDED.has(asked.path)) return said;
    const url = `${asked.origin}/r4/${asked.path}?patient=ann&category=http://x|${asked.params.get('category')}`;
    return { body: { ...(said!.body as object), link: [{ relation: 'self', url }] } };
  });
  expect(gaps).toEqual(TYPES.slice(0, 2).map((type) => ({ type, why: ONLY })));
});
