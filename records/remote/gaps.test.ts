import { expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { ann, type Behaviour, bundle, fault, observations, of, on, serve, statement } from './odd-server.fixture.ts';

/** What cannot be read for sure is a gap that says why: nothing that might stand there is denied, and the rest is there. */
const outcome = (severity: string, code: string) => ({
  resource: { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics: 'Ann Smith' }] },
  search: { mode: 'outcome' },
});
const o = of('Observation', 'o');
const whole = { resource: o };
const nested = (depth: number): string => `${'{"extension":['.repeat(depth)}{}${']}'.repeat(depth)}`;

const gapsOf = async (behaviour: Behaviour) => {
  const { store } = await serve(behaviour);
  const [{ resources, gaps }, search] = [await store.everything('ann'), await fault(store.search('Observation', observations))];
  return { ids: resources.map(({ id }) => id), gaps, search };
};

test.each<[string, object, readonly string[], RegExp]>([
  ['a warning that it is incomplete', { entry: [outcome('warning', 'incomplete')] }, [], /in part only \(incomplete\)/],
  ['a word that something is suppressed', { entry: [whole, outcome('information', 'suppressed')] }, ['o'], /in part only \(suppressed\)/],
  ['a warning of what is forbidden', { entry: [outcome('warning', 'forbidden')] }, [], /in part only \(forbidden\)/],
  ...['required', 'invalid', 'value', 'business-rule', 'processing'].map((code): [string, object, readonly string[], RegExp] => [
    `nothing, and a warning that says ${code}`,
    { total: 0, entry: [outcome('warning', code)] },
    [],
    new RegExp(`nothing but a warning \\(${code}\\)`),
  ]),
  ...['required', 'business-rule', 'processing', 'code-invalid'].map((code): [string, object, readonly string[], RegExp] => [
    `what was found, and a warning that says ${code}`,
    { entry: [whole, outcome('warning', code)] },
    ['o'],
    new RegExp(`entries and a warning \\(${code}\\)`),
  ]),
  ['a label that it is cut', { meta: { tag: [{ code: 'SUBSETTED' }] } }, [], /in part only \(SUBSETTED\)/],
  [
    'a label that something was taken out',
    { entry: [whole], meta: { security: [{ code: 'REDACTED' }] } },
    ['o'],
    /in part only \(REDACTED\)/,
  ],
  ['an error beside what was found', { entry: [whole, outcome('error', 'timeout')] }, ['o'], /in part only \(timeout\)/],
  ['an entry without a resource', { entry: [{ fullUrl: 'http://x/Observation/o' }], total: undefined }, [], /holds no resource/],
  ['a refused entry', { entry: [whole, { response: { status: '403' } }], total: undefined }, ['o'], /holds no resource/],
  ['an entry that is null', { entry: [null, whole] }, ['o'], /holds no resource/],
  ['a resource that is null', { entry: [{ resource: null }] }, [], /holds no resource/],
  ['entries that are no list', { entry: { resource: o } }, [], /no list/],
  ['a page after this one without address', { entry: [whole], link: [{ relation: 'next' }] }, ['o'], /next page has no address/],
  ['a page after this one that is a number', { entry: [whole], link: [{ relation: 'next', url: 5 }] }, ['o'], /next page has no address/],
  ['links that are no list', { entry: [whole], link: {} }, ['o'], /links are none/],
  ['a link that is none', { entry: [whole], link: [null] }, ['o'], /links are none/],
  ['a number of matches that is none', { entry: [whole], total: {} }, ['o'], /number of matches is none/],
  [
    'an id with a line in it',
    { entry: [whole, { resource: { ...o, id: 'x\n✓ Well.' } }] },
    ['o'],
    /Observation that has an id that is none$/,
  ],
])('%s', async (_, more, ids, why) => {
  const told = await gapsOf(on('Observation', { body: { ...bundle([]), total: undefined, ...more } }));
  expect(told).toMatchObject({ ids: ['ann', ...ids], gaps: [{ type: 'Observation', why: expect.stringMatching(why) }] });
  expect(told.search).toMatch(/^record-unavailable: .*cannot be used for Observation/);
  expect(JSON.stringify(told)).not.toMatch(/Smith|Well/);
});

test.each(['REDACTED', 'SUBSETTED', 'MASKED'])('an entry of which parts were left out (%s) is there, and not whole', async (code) => {
  const label = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code }];
  for (const meta of [{ tag: label }, { security: label }]) {
    const { ids, gaps } = await gapsOf(on('Observation', { body: bundle([{ ...o, meta: { ...(o.meta as object), ...meta } }]) }));
    expect([ids, gaps]).toEqual([['ann', 'o'], [{ type: 'Observation', why: `the server leaves parts of an entry out (${code})` }]]);
  }
});

test.each([202, 206])('an answer with status %i is not the whole', async (status) => {
  const { gaps, search } = await gapsOf(on('Observation', { status, body: bundle([]) }));
  expect(gaps).toEqual([{ type: 'Observation', why: `the server answers with status ${status}, which is not the whole answer` }]);
  expect(search).toMatch(/^record-unavailable/);
});

test.each([
  ['warning', 'informational'],
  ['warning', 'not-found'],
  ['information', 'processing'],
])('nothing beside an issue of %s, %s is nothing', async (severity, code) => {
  const { gaps, search } = await gapsOf(on('Observation', { body: { ...bundle([]), entry: [outcome(severity, code)] } }));
  expect([gaps, search]).toEqual([[], 'no fault']);
});

test.each<[string, unknown, RegExp]>([
  ['a count in words', bundle([], { total: '3' }), /counts 3 and gives 0/],
  ['another type', bundle([of('Condition', 'c')]), /^the server answers a search of Observation with Condition$/],
  ['what is nested without end', `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":${nested(60_000)}}]}`, /no FHIR/],
])('%s is no answer that there is nothing', async (_, body, why) => {
  const { ids, gaps } = await gapsOf(on('Observation', { body }));
  expect([ids, gaps]).toEqual([['ann'], [{ type: 'Observation', why: expect.stringMatching(why) }]]);
});

test('a device in an answer about a patient that names nobody', async () => {
  const device = { resourceType: 'Device', id: 'd', type: { text: 'Insulin pump' } };
  const { store } = await serve(
    ({ path }) =>
      ({
        metadata: { body: statement({}, ['Patient', 'Device']) },
        Device: { body: bundle([device]) },
      })[path],
    { types: ['Device'] },
  );
  expect((await store.everything('ann')).gaps).toEqual([{ type: 'Device', why: 'the server answers with Device that names no patient' }]);
});

test.each<[string, string, RegExp]>([
  ['another patient', 'patient=bob', /changes “patient” in a search of Observation/],
  ['nobody', 'patient=', /leaves “patient” out/],
  ['somebody besides', 'patient=ann&patient=bob', /adds to “patient”/],
])('an answer that says that it was asked for %s', async (_, query, why) => {
  const { gaps, search } = await gapsOf(
    on('Observation', ({ origin }) => ({ body: bundle([], { link: [{ relation: 'self', url: `${origin}/r4/Observation?${query}` }] }) })),
  );
  expect(gaps).toEqual([{ type: 'Observation', why: expect.stringMatching(why) }]);
  expect(search).toMatch(why);
});

test.each([
  ['status', 'patient=ann&status=final'],
  ['clinical-status', 'patient=ann&clinical-status=inactive'],
  ['date', 'patient=ann&date=ge2025-11-22&_count=1000'],
  ['_lastUpdated', 'patient=ann&_lastUpdated=ge2026-01-01'],
  ['_elements', 'patient=ann&_elements=code'],
  ['code:in', 'patient=ann&code:in=http://x'],
  ['subject', 'patient=ann&subject=Patient/bob'],
  ['_has:Provenance:target:agent', 'patient=ann&_has:Provenance:target:agent=x'],
])('an answer that says that it was asked for less, by %s', async (name, query) => {
  const { gaps, search, ids } = await gapsOf(
    on('Observation', ({ origin }) => ({ body: bundle([o], { link: [{ relation: 'self', url: `${origin}/r4/Observation?${query}` }] }) })),
  );
  expect(gaps).toEqual([{ type: 'Observation', why: `the server answers a narrower search than was asked (${name})` }]);
  expect(ids).toContain('o');
  expect(search).toMatch(/narrows a search of Observation further than was asked/);
});

test.each([
  'patient=Patient/ann',
  'patient:Patient=ann',
  'patient=Patient%2Fann&_count=1000',
  'patient=ORIGIN/r4/Patient/ann',
  'patient=ann&subject=Patient/ann',
  'patient=ann&status=',
  'patient=ann&_sort=-date&_include=Observation:performer&_format=json&_total=accurate&_summary=false&_pretty=true',
  'patient=ann&page=1&_getpagesoffset=0&_offset=0&-pageContext=a1&sessionID=7&ct=x&pageToken=q',
])('one that says it in words of its own, %s', async (query) => {
  const { gaps } = await gapsOf(
    on('Observation', ({ origin }) => ({
      body: bundle([], { link: [{ relation: 'self', url: `${origin}/r4/Observation?${query.replace('ORIGIN', origin)}` }] }),
    })),
  );
  expect(gaps).toEqual([]);
});

test('what was changed while its pages were read is taken as it is now', async () => {
  const after = { ...o, status: 'amended', meta: { versionId: '2', lastUpdated: '2026-03-01T00:00:00Z' } };
  const paged = (first: FhirResource, second: FhirResource): Behaviour =>
    on('Observation', ({ params, origin }) => ({
      body: params.has('page')
        ? bundle([second], { total: undefined })
        : bundle([first], { total: undefined, link: [{ relation: 'next', url: `${origin}/r4/Observation?page=2` }] }),
    }));
  for (const [first, second] of [
    [o, after],
    [after, o],
  ] as const) {
    const { store } = await serve(paged(first, second));
    expect((await store.everything('ann')).resources.slice(1)).toEqual([after]);
    expect((await store.search('Observation', observations)).matches).toEqual([after]);
  }
});

test('everything at once that is less than it counts', async () => {
  const [rest] = statement().rest as { resource: { type: string }[] }[];
  const resource = rest!.resource.map((one) => ({
    ...one,
    searchParam: [{ name: 'code' }],
    ...(one.type === 'Patient' ? { operation: [{ name: 'everything' }] } : {}),
  }));
  const { store } = await serve(
    ({ path }) =>
      ({
        metadata: { body: { ...statement(), rest: [{ mode: 'server', resource }] } },
        'Patient/ann/$everything': { body: bundle([ann], { total: 4 }) },
      })[path],
  );
  expect((await store.everything('ann')).gaps).toContainEqual({ type: 'Observation', why: 'the server counts 4 and gives 1' });
});

const everything = (query: string): Behaviour => {
  const [rest] = statement().rest as { resource: { type: string }[] }[];
  const resource = rest!.resource.map((one) => ({
    ...one,
    searchParam: [{ name: 'code' }],
    ...(one.type === 'Patient' ? { operation: [{ name: 'everything' }] } : {}),
  }));
  return ({ path, params, origin }) =>
    ({
      metadata: { body: { ...statement(), rest: [{ mode: 'server', resource }] } },
      'Patient/ann/$everything': {
        body: bundle(params.get('_type') === 'Observation' ? [ann, o] : [ann], {
          link: [{ relation: 'self', url: `${origin}/r4/Patient/ann/$everything?${query.replace('TYPE', params.get('_type') ?? '')}` }],
        }),
      },
    })[path];
};

test.each([
  ['start', '_type=TYPE&start=2026-01-01'],
  ['end', 'end=2026-01-01'],
  ['_since', '_type=TYPE&_since=2026-01-01T00:00:00Z'],
  ['_type', '_type=Goal,CarePlan'],
  ['status', '_type=TYPE&status=final'],
])('everything at once that says that it was asked for less, by %s', async (name, query) => {
  const { store } = await serve(everything(query));
  const { resources, gaps } = await store.everything('ann');
  expect(gaps).toContainEqual({ type: 'Observation', why: `the server answers a narrower search than was asked (${name})` });
  expect(resources.map(({ id }) => id)).toContain('o');
});

test.each(['_type=TYPE&_count=1000', '_type=Goal,TYPE', '_count=50&_page=1', 'start=&_format=json'])(
  'everything at once that says it in words of its own, %s',
  async (query) => {
    const { store } = await serve(everything(query));
    expect((await store.everything('ann')).gaps).toEqual([]);
  },
);

test('a warning that goes without the number that was wished for is none of the record', async () => {
  const { store } = await serve(
    on('Observation', ({ params }) => ({
      body: { ...bundle([o]), entry: [whole, ...(params.has('_total') ? [outcome('warning', 'processing')] : [])] },
    })),
  );
  const { resources, gaps } = await store.everything('ann');
  expect([resources.map(({ id }) => id), gaps]).toEqual([['ann', 'o'], []]);
});

test('a server that refuses a size of page is asked without, from then on', async () => {
  const refusal = { status: 400, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] } };
  const { store, asked } = await serve(({ path, params }) =>
    params.has('_count') ? refusal : path === 'Observation' ? { body: bundle([o]) } : undefined,
  );
  const { resources, gaps } = await store.everything('ann');
  expect([resources.map(({ id }) => id), gaps]).toEqual([['ann', 'o'], []]);
  const before = asked.length;
  await store.search('Observation', [...observations, ['_count', '5']]);
  expect(asked).toHaveLength(before + 1);
  expect(asked.at(-1)!.headers.prefer).toBe('handling=strict');
});

test('a server that points elsewhere is said to', async () => {
  const { gaps } = await gapsOf(on('Observation', { status: 307, headers: { location: '/elsewhere' }, body: '' }));
  expect(gaps).toEqual([{ type: 'Observation', why: 'the server points to another address, 307' }]);
});

/** So many of more, without a number and without a page that follows. */
const capped = (given: number, stated: string, counted?: number) =>
  on('Observation', ({ params, origin }) => ({
    body:
      params.get('_summary') === 'count'
        ? bundle([], { total: counted, entry: undefined })
        : bundle(
            Array.from({ length: given }, (_, i) => of('Observation', `o${i}`)),
            { total: undefined, link: [{ relation: 'self', url: `${origin}/r4/Observation?patient=ann${stated}` }] },
          ),
  }));
test.each<[string, Behaviour, readonly string[]]>([
  ['says so in its address', capped(70, '&_count=70', 71), ['the server counts 71 and gives 70']],
  ['says nothing', capped(100, '', 101), ['the server counts 101 and gives 100']],
  ['counts no more', capped(100, '&_count=100', 100), []],
  ['cannot count', capped(70, '&_count=70'), ['the server gives the 70 that it gives at most, and does not say whether there are more']],
  ['gives fewer than that', capped(69, '&_count=70', 71), []],
])('as many as a server gives at most, where it %s', async (_, behaviour, why) => {
  const { gaps } = await (await serve(behaviour)).store.everything('ann');
  expect(gaps).toEqual(why.map((one) => ({ type: 'Observation', why: one })));
});

test('a full page at the end may have been cut as well', async () => {
  const page = (i: number) => Array.from({ length: 7 }, (_, k) => of('Observation', `o${i}-${k}`));
  const { store } = await serve(
    on('Observation', ({ params, origin }) => ({
      body: bundle(params.has('more') ? page(2) : params.has('_summary') ? [] : page(1), {
        total: params.has('_summary') ? 20 : undefined,
        link: params.has('more') || params.has('_summary') ? [] : [{ relation: 'Next', url: `${origin}/r4/Observation?more=x` }],
      }),
    })),
  );
  const { resources, gaps } = await store.everything('ann');
  expect([resources.length, gaps]).toEqual([15, [{ type: 'Observation', why: 'the server counts 20 and gives 14' }]]);
});

test.each([
  ['of its own', 'code=9', ['the server answers a narrower search than was asked (code)']],
  ['of none', 'w=9', []],
])('a later page that says that it is of a condition %s', async (_, more, why) => {
  const { store } = await serve(
    on('Observation', ({ params, origin }) => {
      const [relation, address] = params.has('w') ? ['self', `patient=ann&${more}`] : ['next', 'w=1'];
      const link = [{ relation, url: `${origin}/r4/Observation?${address}` }];
      return { body: bundle([of('Observation', params.has('w') ? 'b' : 'a')], { total: undefined, link }) };
    }),
  );
  const { resources, gaps } = await store.everything('ann');
  expect([resources.length, gaps]).toEqual([3, why.map((one) => ({ type: 'Observation', why: one }))]);
});
