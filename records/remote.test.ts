import { describe, expect, test } from 'vitest';
import type { FhirResource } from './contract.ts';
import { noAuthorization } from './remote/authorization.ts';
import {
  type Asked,
  ann,
  type Behaviour,
  bundle,
  fault,
  observations,
  of,
  on,
  type Said,
  serve,
  statement,
  TYPES,
} from './remote/odd-server.fixture.ts';

describe('an answer that is none', () => {
  test.each<[string, Said, RegExp]>([
    [
      'HTML',
      { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' },
      /answers with text\/html that is no FHIR resource/,
    ],
    ['half a JSON', { body: '{"resourceType":"Bundle","entry":[{"resource":{"resou' }, /no FHIR resource in JSON/],
    ['nothing', { body: '' }, /answers with nothing instead of a Bundle/],
    ['no object', { body: '[]' }, /no FHIR resource/],
    ['another resource', { body: of('Observation', 'o') }, /answers with Observation instead of a Bundle/],
    ['resources of another type', { body: bundle([of('Condition', 'c')]) }, /answers a search of Observation with Condition/],
    ['500', { status: 500, body: 'Traceback: patient Ann Smith' }, /fails on GET Observation \(HTTP 500\)/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://elsewhere.example/' }, body: '' },
      /another address \(HTTP 302\), which is not followed/,
    ],
    [
      'a part only',
      { body: bundle([of('Observation', 'o'), { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'timeout' }] }]) },
      /in part only \(timeout\)/,
    ],
  ])('%s is a named fault of the record', async (_, said, expected) => {
    const { store } = await serve(on('Observation', said));
    const told = await fault(store.search('Observation', observations));
    expect(told).toMatch(/^record-unavailable: /);
    expect(told).toMatch(expected);
    expect(told).not.toMatch(/Smith/);
  });

  test('silence ends', async () => {
    const { store } = await serve((asked) => (asked.path === 'metadata' ? undefined : { status: 503, body: '' }));
    expect(await fault(store.search('Observation', observations))).toMatch(/HTTP 503/);
  });
});

describe('another patient’s data', () => {
  test.each<[string, Behaviour]>([
    ['in a search', on('Observation', { body: bundle([of('Observation', 'o'), of('Observation', 'x', 'bob')]) })],
    ['of nobody', on('Observation', { body: bundle([{ resourceType: 'Observation', id: 'o' }]) })],
    [
      'on a later page',
      on('Observation', ({ params, origin }) =>
        params.has('page')
          ? { body: bundle([of('Observation', 'x', 'bob')]) }
          : { body: bundle([of('Observation', 'o')], { link: [{ relation: 'next', url: `${origin}/r4/Observation?page=2` }] }) },
      ),
    ],
    [
      'beside the matches',
      on('Observation', {
        body: { ...bundle([of('Observation', 'o')]), entry: [{ resource: of('Condition', 'x', 'bob'), search: { mode: 'include' } }] },
      }),
    ],
  ])('%s is an error, never data', async (_, behaviour) => {
    const { store } = await serve(behaviour);
    expect(await fault(store.search('Observation', observations))).toMatch(/^foreign-patient: .*Nothing is shown\.$/);
    const all = await fault(store.everything('ann'));
    expect(all === 'no fault' ? 'an included resource is not read' : all).toMatch(/^foreign-patient|^an included/);
  });

  test('another patient than was asked for', async () => {
    const { store } = await serve(on('Patient/ann', { body: { resourceType: 'Patient', id: 'bob' } }));
    expect(await fault(store.read('Patient', 'ann'))).toMatch(/another resource than Patient\/ann/);
    expect(await fault(store.read('../../admin', 'k'))).toBe('bad-request: “../../admin” is no type of resource.');
    expect(await fault(store.everything('ann'))).toMatch(/^foreign-patient/);
  });
});

describe('a search that is not the one that was asked', () => {
  test('a parameter that the server says it left out', async () => {
    const { store } = await serve(
      on('Observation', ({ origin }) => ({
        body: bundle([of('Observation', 'o')], { link: [{ relation: 'self', url: `${origin}/r4/Observation?patient=ann` }] }),
      })),
    );
    expect(
      await fault(
        store.search('Observation', [
          ['patient', 'ann'],
          ['code', '2823-3'],
        ]),
      ),
    ).toMatch(/leaves “code” out of a search of Observation: its answer is not used/);
  });

  test('strictness is asked for, and nothing is sent that the server does not know', async () => {
    const { store, asked } = await serve(() => undefined);
    await store.search('Observation', observations);
    expect(asked.at(-1)!.headers.prefer).toBe('handling=strict');
    const before = asked.length;
    for (const params of [[['kode', '1']], [['patient.name', 'x']], [['_has:Provenance:target:agent', 'x']], [['code', ' ']]] as [
      string,
      string,
    ][][])
      expect(await fault(store.search('Observation', params))).toMatch(/^bad-request/);
    expect(await fault(store.search('Immunization', observations))).toBe('bad-request: The FHIR server has no Immunization.');
    expect(asked).toHaveLength(before);
  });
});

describe('pages', () => {
  const pages = (next: (page: number, origin: string) => string | undefined): Behaviour =>
    on('Observation', ({ params, origin }) => {
      const page = Number(params.get('page') ?? 1);
      const url = next(page, origin);
      return { body: bundle([of('Observation', `o${page}`)], { total: 99_999, ...(url ? { link: [{ relation: 'next', url }] } : {}) }) };
    });

  test('are followed to the end, relative links too', async () => {
    const { store } = await serve(
      pages((page, origin) => (page < 5 ? `${page % 2 ? `${origin}/r4/` : ''}Observation?page=${page + 1}` : undefined)),
    );
    expect((await store.search('Observation', observations)).matches.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3', 'o4', 'o5']);
    expect((await store.search('Observation', observations, { limit: 2 })).matches).toHaveLength(2);
  });

  test('are followed on the same server, beside the base and however they are written', async () => {
    const { store } = await serve((asked) => {
      const page = Number(asked.params.get('page') ?? 1);
      const next = [`${asked.origin}/pages?page=2`, `${asked.origin}/%72%34/Observation?page=3`][page - 1];
      if (!['Observation', '/pages', '/%72%34/Observation'].includes(asked.path)) return undefined;
      return { body: bundle([of('Observation', `o${page}`)], { total: 3, ...(next ? { link: [{ relation: 'next', url: next }] } : {}) }) };
    });
    expect((await store.search('Observation', observations)).matches.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3']);
    expect((await store.everything('ann')).gaps).toEqual([]);
  });

  test.each<[string, (page: number, origin: string) => string | undefined, RegExp]>([
    ['that lead back', (page, origin) => `${origin}/r4/Observation?page=${page === 1 ? 2 : 1}`, /lead back to one another/],
    ['that lead to themselves', (page, origin) => `${origin}/r4/Observation?page=${page === 1 ? 2 : page}`, /lead back to one another/],
    ['that never end', (page, origin) => `${origin}/r4/Observation?page=${page + 1}`, /do not end \(1000 pages, 1000 resources\)/],
    ['on another server', () => 'http://elsewhere.example/r4/Observation?page=2', /another address, which is not followed/],
    ['that are none', () => 'http://[::', /another address, which is not followed/],
  ])('%s are a fault', async (_, next, expected) => {
    const { store, asked } = await serve(pages(next));
    expect(await fault(store.search('Observation', observations))).toMatch(expected);
    expect(asked.length).toBeLessThanOrEqual(1_001);
  });
});

describe('what a server does not offer', () => {
  test('another version of FHIR', async () => {
    const { store } = await serve(on('metadata', { body: { ...statement(), fhirVersion: '3.0.2' } }));
    expect(await fault(store.everything('ann'))).toMatch(/speaks FHIR 3\.0\.2; Rounds needs R4/);
  });

  test('no FHIR server at all', async () => {
    const { store } = await serve(on('metadata', { body: '<html/>', headers: { 'content-type': 'text/html' } }));
    expect(await fault(store.everything('ann'))).toMatch(/text\/html that is no FHIR resource/);
  });

  test('a type, a right, a part that fails: gaps with their reasons, and the rest is there', async () => {
    const { store } = await serve(
      (asked) =>
        ({
          metadata: { body: statement({}, ['Patient', 'Observation', 'Condition']) },
          Observation: { status: 403, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] } },
          Condition: { body: bundle([of('Condition', 'c')]) },
        })[asked.path],
    );
    const { resources, gaps } = await store.everything('ann');
    expect(resources.map(({ id }) => id)).toEqual(['ann', 'c']);
    expect(gaps).toEqual([
      { type: 'Observation', why: '403 not permitted' },
      { type: 'MedicationRequest', why: 'not offered' },
    ]);
  });

  test('scopes that cover less are not tried', async () => {
    const { store, asked } = await serve(() => undefined, {
      authorization: { ...noAuthorization, mayRead: (type) => type !== 'Observation' },
    });
    expect((await store.everything('ann')).gaps).toEqual([{ type: 'Observation', why: 'not among what Rounds is permitted to read' }]);
    expect(asked.some(({ path }) => path === 'Observation')).toBe(false);
  });

  test('searches by patient: everything at once instead', async () => {
    const types = statement().rest as { resource: { type: string; searchParam: unknown[]; operation?: unknown }[] }[];
    const resource = types[0]!.resource.map((one) => ({
      ...one,
      searchParam: [{ name: 'code' }],
      ...(one.type === 'Patient' ? { operation: [{ name: '$everything' }] } : {}),
    }));
    const { store } = await serve(
      (asked) =>
        ({
          metadata: { body: { ...statement(), rest: [{ mode: 'server', resource }] } },
          'Patient/ann/$everything': { body: bundle([ann, of(asked.params.get('_type') ?? '', 'one')]) },
        })[asked.path],
    );
    const { resources, gaps } = await store.everything('ann');
    expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', ...TYPES]);
    expect(gaps).toEqual([]);
  });

  test('writes that it does not take are refused before they are sent', async () => {
    const { store, asked } = await serve(on('metadata', { body: statement({ interaction: [{ code: 'history-system' }] }) }));
    expect(await fault(store.patch('Condition', 'c', []))).toMatch(/^bad-request: .*no “patch” of Condition/);
    expect(await fault(store.create(of('Condition', 'c'), { ifNoneExist: 'code=1' }))).toMatch(/no conditional create of Condition/);
    expect(await fault(store.transaction({ resourceType: 'Bundle', type: 'batch' }))).toMatch(/offers no batch/);
    expect(asked.map(({ path }) => path)).toEqual(['metadata']);
  });
});

describe('a copy', () => {
  const versions = (state: { readonly observations: FhirResource[]; down?: boolean }): Behaviour => {
    return (asked) => {
      if (state.down) return { status: 503, body: '' };
      if (asked.path !== 'Observation') return undefined;
      const newestFirst = [...state.observations].sort((a, b) => updated(b).localeCompare(updated(a)));
      return {
        body: { ...bundle(newestFirst), entry: newestFirst.slice(0, Number(asked.params.get('_count'))).map((resource) => ({ resource })) },
      };
    };
  };
  const updated = ({ meta }: FhirResource): string => (meta as { lastUpdated: string }).lastUpdated;
  test('is taken as it is for a while, then read again', async () => {
    const state = { observations: [of('Observation', 'o1')] };
    const { store, asked, later } = await serve(versions(state), { maxAgeMs: 1_000 });
    const first = await store.stamp('ann');
    await store.everything('ann');
    const before = asked.length;
    expect(await store.stamp('ann')).toBe(first);
    expect(asked).toHaveLength(before);
    later(1_001);
    expect(await store.stamp('ann')).toBe(first);
    expect(asked.length).toBeGreaterThan(before);
    state.observations.push(of('Observation', 'o2', 'ann', { meta: { lastUpdated: '2026-02-02T00:00:00Z' } }));
    expect(await store.stamp('ann')).toBe(first);
    later(1_001);
    expect(await store.stamp('ann')).not.toBe(first);
    expect((await store.everything('ann')).resources.map(({ id }) => id)).toEqual(['ann', 'o2', 'o1']);
    state.observations.splice(0, 1);
    later(1_001);
    expect((await store.everything('ann')).resources.map(({ id }) => id)).toEqual(['ann', 'o2']);
  });

  test('is shown, and said to be old, while the server is down', async () => {
    const state = { observations: [of('Observation', 'o1')], down: false };
    const { store, later } = await serve(versions(state), { maxAgeMs: 1_000 });
    const fresh = await store.everything('ann');
    expect(fresh).toMatchObject({ readAt: '2026-11-21T12:00:00.000Z' });
    expect(fresh.stale).toBeUndefined();
    expect(fresh.readAtOf).toEqual(Object.fromEntries(['Patient', ...TYPES].map((type) => [type, '2026-11-21T12:00:00.000Z'])));
    const stamp = await store.stamp('ann');
    state.down = true;
    later(60_000);
    expect(await store.everything('ann')).toMatchObject({ readAt: '2026-11-21T12:00:00.000Z', stale: expect.stringMatching(/HTTP 503/) });
    expect(await store.stamp('ann')).not.toBe(stamp);
    expect(await fault(store.everything('bob'))).toMatch(/^record-unavailable/);
    expect((await store.patients({ named: 'Patient/ann' })).map(({ id }) => id)).toEqual(['ann']);
    expect(await fault(store.patients({ named: 'bob' }))).toMatch(/^record-unavailable/);
    expect(await fault(store.patients())).toMatch(/^record-unavailable/);
    state.down = false;
    const again = await store.everything('ann');
    expect([again.stale, again.readAt]).toEqual([undefined, '2026-11-21T12:01:00.000Z']);
  });

  test('of many is kept of a few', async () => {
    const patients = on('Patient/bob', { body: { resourceType: 'Patient', id: 'bob' } });
    const { store, asked } = await serve(
      (one) => patients(one) ?? (one.params.get('patient') === 'bob' ? { body: bundle([]) } : undefined),
      { keep: { patients: 1, resources: 1_000 } },
    );
    for (const id of ['ann', 'bob', 'ann', 'ann']) await store.everything(id);
    expect(asked.filter(({ path }) => path === 'Patient/ann')).toHaveLength(2);
  });

  test('is read once for all who ask at the same time; whoever goes does not end it for the others', async () => {
    const { store, asked } = await serve(() => undefined);
    const caller = new AbortController();
    const [left, stayed] = [store.everything('ann', { signal: caller.signal }), store.everything('ann')];
    caller.abort(new Error('gone'));
    expect(await fault(left)).toBe('undefined: gone');
    expect((await stayed).resources).toHaveLength(1);
    expect(asked.filter(({ path }) => path === 'Patient/ann')).toHaveLength(1);
  });

  test('is read again after a write of one’s own', async () => {
    const { store, asked } = await serve(on('Condition/c', { body: of('Condition', 'c') }));
    await store.everything('ann');
    await store.update(of('Condition', 'c'));
    await store.everything('ann');
    expect(asked.filter(({ path }) => path === 'Patient/ann')).toHaveLength(2);
  });
});

describe('a server that does some things its own way', () => {
  const one = [of('Observation', 'o')];
  const refusal = { status: 400, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] } };

  test.each<[string, number, (asked: Asked) => boolean]>([
    ['_total', 400, ({ params }) => params.has('_total')],
    ['strict handling', 400, ({ headers }) => headers.prefer !== undefined],
    ['either', 412, ({ params, headers }) => params.has('_total') || headers.prefer !== undefined],
  ])('refuses %s with %i: it is asked without, from then on', async (_, status, refuses) => {
    const { store, asked } = await serve(on('Observation', (one_) => (refuses(one_) ? { ...refusal, status } : { body: bundle(one) })));
    for (const _time of [1, 2]) expect((await store.search('Observation', observations)).matches).toHaveLength(1);
    const read = await store.everything('ann');
    expect([read.gaps, read.resources.map(({ id }) => id)]).toEqual([[], ['ann', 'o']]);
    const before = asked.length;
    await store.search('Observation', observations);
    expect(asked).toHaveLength(before + 1);
  });

  test('and what comes back without strict handling is looked at no less', async () => {
    const lenient = (said: (origin: string) => object): Behaviour =>
      on('Observation', ({ headers, origin }) => (headers.prefer === undefined ? { body: said(origin) } : refusal));
    const { store } = await serve(lenient(() => bundle([...one, of('Observation', 'x', 'bob')])));
    expect(await fault(store.search('Observation', observations))).toMatch(/^foreign-patient/);
  });

  test('leaves a condition out and says so: its answer is not used', async () => {
    const warned = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'not-supported' }] };
    const { store } = await serve(
      on('Observation', { body: { ...bundle(one), entry: [{ resource: one[0] }, { resource: warned, search: { mode: 'outcome' } }] } }),
    );
    expect(await fault(store.search('Observation', observations))).toMatch(/^bad-request: .*leaves a part of a search of Observation out/);
    expect((await store.everything('ann')).gaps).toEqual([{ type: 'Observation', why: expect.stringMatching(/leaves a part/) }]);
  });

  test('adds a word of its own to what it finds: that is no data', async () => {
    const hint = { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] };
    const { store } = await serve(
      on('Observation', { body: { ...bundle(one), entry: [{ resource: one[0] }, { resource: hint, search: { mode: 'outcome' } }] } }),
    );
    expect((await store.everything('ann')).resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Observation']);
  });

  test.each<[string, object, RegExp]>([
    ['a resource without an id', bundle([{ ...one[0], id: undefined }]), /Observation that has no id/],
    ['a history', bundle(one, { type: 'history' }), /a Bundle of type “history” instead of a searchset/],
    ['a batch’s answer', bundle(one, { type: 'batch-response' }), /“batch-response”/],
  ])('%s is no answer to a search', async (_, body, expected) => {
    const { store } = await serve(on('Observation', { body }));
    expect(await fault(store.search('Observation', observations))).toMatch(expected);
    expect((await store.everything('ann')).gaps).toMatchObject([{ type: 'Observation', why: expect.stringMatching(expected) }]);
  });

  test('304 to a question without a condition is no empty answer', async () => {
    const { store } = await serve(on('Observation', { status: 304, body: '' }));
    expect(await fault(store.search('Observation', observations))).toMatch(/^record-unavailable: .*nothing instead of a Bundle/);
  });

  test('410: what was deleted is not there', async () => {
    const { store } = await serve(on('Observation/o', { status: 410, body: '' }));
    expect(await fault(store.read('Observation', 'o'))).toMatch(/^not-found/);
  });

  test('repeats entries on its pages: each counts once', async () => {
    const { store } = await serve(
      on('Observation', ({ params, origin }) =>
        params.has('page')
          ? { body: bundle([...one, of('Observation', 'p')], { total: 2 }) }
          : { body: bundle(one, { total: 2, link: [{ relation: 'next', url: `${origin}/r4/Observation?page=2` }] }) },
      ),
    );
    expect((await store.search('Observation', observations)).matches.map(({ id }) => id)).toEqual(['o', 'p']);
    const { resources, gaps } = await store.everything('ann');
    expect([resources.map(({ id }) => id), gaps]).toEqual([['ann', 'o', 'p'], []]);
  });

  test('gives fewer than it counts: what it gives is shown, and that there is more', async () => {
    const { store } = await serve(on('Observation', { body: bundle(one, { total: 3 }) }));
    expect(await store.everything('ann')).toMatchObject({
      resources: [{ id: 'ann' }, { id: 'o' }],
      gaps: [{ type: 'Observation', why: 'the server counts 3 and gives 1' }],
    });
  });

  test('behind a proxy it names itself by another address: its pages are asked for by ours', async () => {
    const there = 'http://fhir.internal:8080/base';
    const { store, asked } = await serve(({ path, params }) => {
      if (path === 'Observation') {
        const link = [
          { relation: 'self', url: `${there}/Observation?patient=ann` },
          { relation: 'next', url: `${there}?_getpages=7f&_getpagesoffset=1` },
        ];
        return { body: bundle(one, { total: 2, link }) };
      }
      // As HAPI does it: all further pages at the base itself.
      if (path !== '/r4' || params.get('_getpages') !== '7f') return undefined;
      return {
        body: bundle([of('Observation', 'p')], { total: 2, link: [{ relation: 'self', url: `${there}?_getpages=7f&_getpagesoffset=1` }] }),
      };
    });
    expect((await store.search('Observation', observations)).matches.map(({ id }) => id)).toEqual(['o', 'p']);
    expect((await store.everything('ann')).gaps).toEqual([]);
    expect(asked.every(({ origin }) => !origin.includes('internal'))).toBe(true);
  });

  test('but an address that is nobody’s own is not followed', async () => {
    const { store } = await serve(
      on('Observation', ({ origin }) => ({
        body: bundle(one, {
          link: [
            { relation: 'self', url: `${origin}/r4/Observation?patient=ann` },
            { relation: 'next', url: 'http://elsewhere.example/r4/Observation?page=2' },
          ],
        }),
      })),
    );
    expect(await fault(store.search('Observation', observations))).toMatch(/refers to another address, which is not followed/);
  });

  test('answers a write with nothing: what stands there is read', async () => {
    const made = of('Condition', 'new-1');
    const { store } = await serve(
      (asked) =>
        ({
          Condition: { status: 201, headers: { location: `${asked.origin}/r4/Condition/new-1/_history/1` }, body: '' },
          'Condition/new-1': { body: made },
        })[asked.path],
    );
    expect(await store.create(of('Condition', 'x'))).toEqual(made);
  });

  test('nobody’s resources of another server are not taken for its own of the same id', async () => {
    const elsewhere = of('Observation', 'o', 'ann', {
      performer: [{ reference: 'https://other.example/fhir/Practitioner/1' }, { reference: 'Practitioner/2' }],
    });
    const { store, asked } = await serve(on('Observation', { body: bundle([elsewhere]) }));
    await store.everything('ann');
    expect(asked.find(({ path }) => path === 'Practitioner')?.params.get('_id')).toBe('2');
  });

  test('its own addresses are told from another server’s, in what is read', async () => {
    const order = (id: string, reference: string) => of('MedicationRequest', id, 'ann', { medicationReference: { reference } });
    const { store } = await serve((asked) =>
      asked.path === 'MedicationRequest'
        ? {
            body: bundle([
              order('own', `${asked.origin}/r4/Medication/m`),
              order('plain', 'Medication/m'),
              order('other', 'https://other.example/r4/Medication/m'),
            ]),
          }
        : undefined,
    );
    const { resources } = await store.everything('ann');
    const found = resources.filter(({ resourceType }) => resourceType === 'MedicationRequest');
    expect(found.map(({ medicationReference }) => medicationReference)).toEqual([
      { reference: 'Medication/m' },
      { reference: 'Medication/m' },
      { reference: 'https://other.example/r4/Medication/m' },
    ]);
  });
});

describe('long types', () => {
  const all = Array.from({ length: 950 }, (_, i) =>
    of('Observation', `o${i}`, 'ann', { effectiveDateTime: new Date(Date.UTC(2015, 0, 1 + 3 * i)).toISOString().slice(0, 10) }),
  );
  /** Pages of 100, the next one by its offset or by a word. */
  const paged = (
    opaque: boolean,
    spoil: (resources: readonly FhirResource[], offset: number) => readonly FhirResource[] = (r) => r,
  ): Behaviour => {
    return on('Observation', ({ params, origin }) => {
      const word = params.get('page');
      const search = new URLSearchParams(word === null ? params : Buffer.from(word, 'base64url').toString());
      const offset = Number(search.get('_offset') ?? 0);
      let found = all;
      for (const date of search.getAll('date')) {
        const test = (at: string) => (date.startsWith('ge') ? at >= date.slice(2) : at < date.slice(2));
        found = found.filter(({ effectiveDateTime }) => test(String(effectiveDateTime)));
      }
      if (search.get('date:missing') === 'true') found = [];
      if (search.get('_sort') === '-date') found = [...found].reverse();
      const count = Math.min(100, Number(search.get('_count')));
      search.set('_offset', String(offset + count));
      const query = opaque ? `page=${Buffer.from(search.toString()).toString('base64url')}` : search.toString();
      const link = offset + count < found.length ? [{ relation: 'next', url: `${origin}/r4/Observation?${query}` }] : [];
      return { body: bundle(spoil(found.slice(offset, offset + count), offset), { total: found.length, link }) };
    });
  };
  const readBy = async (behaviour: Behaviour) => {
    const { store, asked } = await serve(behaviour);
    const { resources, gaps } = await store.everything('ann');
    const searches = asked.filter(({ path }) => path === 'Observation');
    return {
      ids: new Set(resources.map(({ id }) => id)),
      gaps,
      pages: searches.filter(({ params }) => params.has('_offset')).length,
      sliced: searches.some(({ params }) => params.has('date')),
    };
  };

  test('are read page beside page where the pages say how far in they begin', async () => {
    const { ids, gaps, pages, sliced } = await readBy(paged(false));
    expect([ids.size, gaps, pages, sliced]).toEqual([951, [], 9, false]);
  });

  test('in slices of time where they do not, and no warning of Node’s is printed', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const { ids, gaps, sliced } = await readBy(paged(true));
    process.off('warning', note);
    expect([ids.size, gaps, sliced]).toEqual([951, [], true]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['by their offset', false],
    ['by a word', true],
  ])('whose number is a bound are read to the last page, addressed %s', async (_, opaque) => {
    const capped: Behaviour = (asked) => {
      const said = paged(opaque)(asked);
      return (
        said && {
          ...said,
          body: { ...(said.body as { readonly total: number }), total: Math.min(500, (said.body as { readonly total: number }).total) },
        }
      );
    };
    const { ids, gaps } = await readBy(capped);
    expect([ids.size, gaps]).toEqual([951, []]);
  });

  test('and are not taken for whole where the pages beside each other are not the whole', async () => {
    // A server that gives page 3 for page 2, where it is asked for all of them.
    const shifted = await readBy(
      paged(false, (resources, offset) => (offset === 100 && resources[0] === all[100] ? all.slice(200, 300) : resources)),
    );
    expect(shifted.ids.size === 951 || shifted.gaps.length === 1).toBe(true);
    expect([shifted.ids.has('o150'), shifted.gaps]).toEqual([true, []]);
  });
});

describe('a token that has ended', () => {
  test('is replaced once, for all who were turned away with it', async () => {
    let token = 'old';
    let renewed = 0;
    const authorization = {
      header: async () => `Bearer ${token}`,
      renew: (refused?: string) => {
        if (refused === 'Bearer old' && token === 'old') {
          token = 'new';
          renewed++;
        }
        return true;
      },
      who: () => '',
      unaccepted: 'the token is not accepted',
      mayRead: () => true,
    };
    const { store } = await serve(({ headers }) => (headers.authorization === 'Bearer new' ? undefined : { status: 401, body: '' }), {
      authorization,
    });
    expect((await store.everything('ann')).gaps).toEqual([]);
    expect(renewed).toBe(1);
  });

  test('and a server that takes no token at all is not asked for ever', async () => {
    const { store, asked } = await serve(() => ({ status: 401, body: '' }), { authorization: { ...noAuthorization, renew: () => true } });
    expect(await fault(store.read('Patient', 'ann'))).toMatch(/^not-permitted: .*HTTP 401/);
    expect(asked).toHaveLength(2);
  });
});

test('patients are found by id, number and words of the name, without listing all', async () => {
  const { store, asked } = await serve(
    on('Patient', ({ params }) => ({
      body: bundle(
        params.get('identifier') === 'M-7' ? [ann] : params.getAll('name').join() === 'ann,smith' ? [{ ...ann, id: 'smith' }] : [],
      ),
    })),
  );
  expect(await store.patients({ named: 'Patient/ann' })).toMatchObject([{ id: 'ann' }]);
  expect(await store.patients({ named: 'M-7' })).toMatchObject([{ id: 'ann' }]);
  expect(await store.patients({ named: 'ann smith' })).toMatchObject([{ id: 'smith' }]);
  expect(await store.patients({ named: 'nobody' })).toEqual([]);
  expect(asked.filter(({ path, params }) => path === 'Patient' && params.size < 1)).toEqual([]);
  for (const id of ['../admin', 'a/b', '', 'x'.repeat(65)]) expect(await fault(store.read('Patient', id))).toMatch(/is not a FHIR id/);
});

test('of more patients than are listed it is said that there are more, and none is picked among them', async () => {
  let size = 1_001;
  const { store } = await serve(
    on('Patient', ({ params, origin }) => {
      const from = Number(params.get('from') ?? 0);
      const page = Array.from({ length: Math.min(250, size - from) }, (_, i) => ({ resourceType: 'Patient', id: `p${from + i}` }));
      const link = from + 250 < size ? [{ relation: 'next', url: `${origin}/r4/Patient?from=${from + 250}` }] : [];
      return { body: bundle(params.has('identifier') ? [] : page, params.has('identifier') ? {} : { total: size, link }) };
    }),
  );
  const told: number[] = [];
  expect(await store.patients({ onMore: (listed) => told.push(listed) })).toHaveLength(1_000);
  expect(told).toEqual([1_000]);
  expect(await fault(store.patients({ named: 'jane smith' }))).toMatch(/^bad-request: More than 1000 patients match “jane smith”/);
  size = 1_000;
  expect(await store.patients({ onMore: (listed) => told.push(listed) })).toHaveLength(1_000);
  expect(told).toHaveLength(1);
});

test('a patient’s name is one line, whatever was typed into it', async () => {
  const { store } = await serve(on('Patient', { body: bundle([{ ...ann, name: [{ family: 'Smith\n✓ Well.', given: ['Ann\t'] }] }]) }));
  expect((await store.patients()).map(({ name }) => name)).toEqual(['Ann Smith ✓ Well.']);
});
