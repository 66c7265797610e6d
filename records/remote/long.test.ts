import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { createRemoteStore } from '../remote.ts';
import { noAuthorization } from './authorization.ts';
import type { Wire } from './wire.ts';

/** Long records on servers that tell more or less of how to read them side by side: all of it is read, or what is missing is said. */
interface Place {
  readonly links: 'offset' | 'opaque';
  /** Where the number of entries stands: in each page, in an answer without entries alone, nowhere. */
  readonly counts: 'pages' | 'alone' | 'never';
  /** One entry decades before all others, which fall into ten days. */
  readonly crowded?: boolean;
  /** Conditions on dates are overlooked. */
  readonly overlooksDates?: boolean;
  /** More than there are. */
  readonly says?: number;
  /** The name that the server has for itself. */
  readonly named?: string;
  /** The address of every page is the one before it, once more by so many. */
  readonly step?: number;
}
const COUNT = 1_000;
const SIZE = 50;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function serve({ links, counts, crowded, overlooksDates, says, named, step = SIZE }: Place) {
  const base = 'http://fhir.example.org/r4';
  const dateOf = (i: number) =>
    i === 0 ? '1965-01-01' : crowded ? day(Date.parse('2026-11-01') + (i % 10) * 864e5) : day(Date.parse('1990-01-01') + i * 12 * 864e5);
  const all = Array.from({ length: COUNT }, (_, i) => ({
    resourceType: 'Observation',
    id: `o${i}`,
    subject: { reference: 'Patient/ann' },
    ...(i === 7 ? {} : { effectiveDateTime: dateOf(i) }),
  }));
  const words = new Map<string, string>();
  let under = 0;
  let most = 0;
  let asked = 0;

  function search(url: URL): object {
    const word = url.searchParams.get('page');
    const params = word === null ? url.searchParams : new URLSearchParams(words.get(word));
    let found = all;
    if (!overlooksDates) {
      for (const date of params.getAll('date')) {
        const edge = date.slice(2);
        found = found.filter(({ effectiveDateTime: one }) => one !== undefined && (date.startsWith('ge') ? one >= edge : one < edge));
      }
      const missing = params.get('date:missing');
      if (missing !== null) found = found.filter(({ effectiveDateTime }) => (effectiveDateTime === undefined) === (missing === 'true'));
    }
    const byDate = (a: (typeof all)[0], b: (typeof all)[0]) => (a.effectiveDateTime ?? '').localeCompare(b.effectiveDateTime ?? '');
    const sort = params.get('_sort');
    if (sort) found = [...found].sort((a, b) => (sort.startsWith('-') ? byDate(b, a) : byDate(a, b)));
    const alone = params.get('_summary') === 'count' && counts !== 'never';
    const offset = Number(params.get('_offset') ?? 0);
    const size = alone ? 0 : Math.min(SIZE, Number(params.get('_count') ?? SIZE));
    const link = [{ relation: 'self', url: `${named ?? base}/Observation?${params}` }];
    if (size > 0 && offset + size < found.length) {
      const further = new URLSearchParams(params);
      further.set('_offset', String(offset + (offset === 0 ? size : step)));
      if (links === 'opaque') {
        words.set(`w${words.size}`, String(further));
        link.push({ relation: 'next', url: `${named ?? base}/Observation?page=w${words.size - 1}` });
      } else link.push({ relation: 'next', url: `${named ?? base}/Observation?${further}` });
    }
    const told = counts === 'pages' || (counts === 'alone' && alone) ? { total: says ?? found.length } : {};
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      ...told,
      link,
      entry: found.slice(offset, offset + size).map((resource) => ({ resource })),
    };
  }

  const statement: FhirResource = {
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: ['Patient', 'Observation'].map((type) => ({
          type,
          interaction: [{ code: 'search-type' }],
          searchParam: ['_id', 'patient', 'date'].map((name) => ({ name })),
        })),
      },
    ],
  };
  const wire: Pick<Wire, 'send'> = {
    async send({ url }) {
      asked++;
      most = Math.max(most, ++under);
      await new Promise((done) => setTimeout(done, 1));
      under--;
      const path = url.pathname.replace('/r4/', '');
      const body = path === 'metadata' ? statement : path === 'Patient/ann' ? { resourceType: 'Patient', id: 'ann' } : search(url);
      return { status: 200, headers: {}, body: JSON.stringify(body) };
    },
  };
  const store = createRemoteStore({
    wire,
    baseUrl: new URL(`${base}/`),
    authorization: noAuthorization,
    clock: () => new Date(),
    types: ['Observation'],
  });
  return {
    async read() {
      const { resources, gaps } = await store.everything('ann');
      return { observations: resources.length - 1, gaps };
    },
    asked: () => asked,
    most: () => most,
  };
}

describe('a long record is read whole, side by side', () => {
  test.each<[string, Place, number]>([
    ['pages that say where they begin, and the number', { links: 'offset', counts: 'pages' }, 23],
    ['pages that say where they begin, without a number', { links: 'offset', counts: 'never' }, 55],
    ['behind a proxy, pages that say where they begin', { links: 'offset', counts: 'pages', named: 'http://fhir.internal:8080/base' }, 23],
    ['behind a proxy, without a number', { links: 'offset', counts: 'never', named: 'http://fhir.internal:8080/base' }, 55],
    ['pages that say nothing, and the number', { links: 'opaque', counts: 'pages' }, 75],
    ['pages that say nothing, and the number where it is asked for alone', { links: 'opaque', counts: 'alone' }, 75],
    ['all but one entry within ten days', { links: 'opaque', counts: 'pages', crowded: true }, 75],
    ['all but one entry within ten days, the number alone', { links: 'opaque', counts: 'alone', crowded: true }, 75],
  ])('%s', async (_, place, most) => {
    const server = serve(place);
    expect(await server.read()).toEqual({ observations: COUNT, gaps: [] });
    expect(server.most()).toBeGreaterThanOrEqual(8);
    expect(server.asked()).toBeLessThanOrEqual(most);
  });
});

describe('and whole all the same, page after page,', () => {
  test.each<[string, Place]>([
    ['where nothing is counted and no page says where it begins', { links: 'opaque', counts: 'never' }],
    ['where conditions on dates are overlooked', { links: 'opaque', counts: 'pages', overlooksDates: true }],
    ['where a page does not follow as it was guessed', { links: 'offset', counts: 'never', step: SIZE - 10 }],
  ])('%s', async (_, place) => {
    expect(await serve(place).read()).toEqual({ observations: COUNT, gaps: [] });
  });
});

test.each<[string, Place]>([
  ['in its pages', { links: 'opaque', counts: 'pages', says: COUNT + 5 }],
  ['alone', { links: 'opaque', counts: 'alone', says: COUNT + 5 }],
])('what the server counts %s and does not give is a gap', async (_, place) => {
  expect(await serve(place).read()).toEqual({
    observations: COUNT,
    gaps: [{ type: 'Observation', why: `the server counts ${COUNT + 5} and gives ${COUNT}` }],
  });
});

test.each<[string, number, string]>([
  ['a million', 1_000_000, `the server counts 1000000 and gives ${COUNT}`],
  ['as many as FHIR can count', 2 ** 31 - 1, `the server counts ${2 ** 31 - 1} and gives ${COUNT}`],
  ['more than FHIR can count', 1e15, 'its number of matches is none'],
  ['less than nothing', -1, 'its number of matches is none'],
])('a server that counts %s is not asked for so many', async (_, says, why) => {
  const server = serve({ links: 'offset', counts: 'pages', says });
  const { observations, gaps } = await server.read();
  expect([observations, gaps]).toEqual([COUNT, [{ type: 'Observation', why: expect.stringContaining(why) }]]);
  expect(server.asked()).toBeLessThan(1_000);
});
