import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { ann, type Behaviour, bundle, fault, of, on, serve, statement, TYPES } from './odd-server.fixture.ts';

const idsOf = (found: readonly { readonly id?: string }[]) => found.map(({ id }) => id);
const about = (reference: string) => of('Observation', 'o', 'ann', { subject: { reference } });

describe('a reference to a patient', () => {
  test('of another server’s Patient/ann is somebody else', async () => {
    const { store } = await serve(on('Observation', { body: bundle([about('https://other.example/fhir/Patient/ann')]) }));
    expect(await fault(store.everything('ann'))).toMatch(/^foreign-patient: Observation\/o belongs to another patient/);
    expect(await fault(store.search('Observation', [['patient', 'ann']]))).toMatch(/^foreign-patient/);
  });

  test.each([
    ['our address', 'ORIGIN/r4/Patient/ann'],
    ['our address and a version', 'ORIGIN/r4/Patient/ann/_history/3'],
    ['the address in its statement', 'https://fhir.example/base/Patient/ann'],
    ['the address in its answers', 'http://fhir.internal:8080/base/Patient/ann'],
  ])('by %s is Ann', async (_, reference) => {
    const { store } = await serve((asked) =>
      asked.path === 'metadata'
        ? { body: { ...statement(), implementation: { description: 'a server', url: 'https://fhir.example/base' } } }
        : asked.path === 'Observation'
          ? {
              body: bundle([about(reference.replace('ORIGIN', asked.origin))], {
                link: [{ relation: 'self', url: 'http://fhir.internal:8080/base/Observation?patient=ann' }],
              }),
            }
          : undefined,
    );
    expect(idsOf((await store.everything('ann')).resources)).toEqual(['ann', 'o']);
  });
});

describe('a search', () => {
  test.each<[string, [string, string][]]>([
    ['of nobody', [['code', '2823-3']]],
    ['by id', [['_id', 'o']]],
    ['by the patient’s number', [['patient:identifier', 'urn:mrn|M-1']]],
    ['by whether there is a patient', [['patient:missing', 'false']]],
    ['by a version of a patient', [['patient', 'Patient/ann/_history/1']]],
    ['by a patient of another server', [['patient', 'https://other.example/fhir/Patient/ann']]],
    [
      'by a patient and a number',
      [
        ['patient', 'ann'],
        ['patient:identifier', 'urn:mrn|M-2'],
      ],
    ],
  ])('%s is refused before it is sent', async (_, params) => {
    const { store, asked } = await serve(() => undefined);
    expect(await fault(store.search('Observation', params))).toMatch(/^bad-request: /);
    expect(asked.map(({ path }) => path)).toEqual(['metadata']);
  });

  test('by a whole address on the server itself is one of that patient', async () => {
    const { store, asked } = await serve(on('Observation', { body: bundle([of('Observation', 'x', 'bob')]) }));
    await store.read('Patient', 'ann');
    const { origin } = asked[0]!;
    expect(await fault(store.search('Observation', [['patient', `${origin}/r4/Patient/ann`]]))).toMatch(/^foreign-patient/);
  });
});

describe('the answer to a write', () => {
  const answered = (body: object): Behaviour => {
    return (asked) => (['Observation', 'Observation/o'].includes(asked.path) ? { body } : undefined);
  };
  test.each<[string, object, RegExp]>([
    ['another resource of the same patient', of('Observation', 'other'), /^record-unavailable: .*with another resource/],
    ['another patient’s of that id', of('Observation', 'o', 'bob'), /^foreign-patient: .*Observation\/o of another patient/],
    ['another type', of('Condition', 'o'), /^record-unavailable: .*with another resource/],
  ])('that is %s is no result', async (_, body, expected) => {
    const { store } = await serve(answered(body));
    expect(await fault(store.update(of('Observation', 'o')))).toMatch(expected);
  });

  test('that names another patient than the created one is no result', async () => {
    const { store } = await serve(answered(of('Observation', 'new', 'bob')));
    expect(await fault(store.create(of('Observation', 'o')))).toMatch(/^foreign-patient: .*Observation\/new of another patient/);
  });

  test.each<[string, string, object, RegExp]>([
    [
      'a refused entry',
      'transaction',
      { entry: [{ response: { status: '422' } }] },
      /^record-unavailable: .*refuses its entry 1 \(HTTP 422\)/,
    ],
    ['an entry of another version', 'transaction', { entry: [{ response: { status: '412' } }] }, /^version-conflict: /],
    ['no entries', 'transaction', {}, /^record-unavailable: .*each of the 1 entries/],
    ['no entries', 'batch', { entry: [] }, /^record-unavailable: .*each of the 1 entries/],
    ['an entry without an outcome', 'batch', { entry: [{}] }, /^record-unavailable: .*each of the 1 entries/],
    ['a refused entry', 'batch', { entry: [{ response: { status: '422' } }] }, /^no fault/],
    ['what it did', 'transaction', { entry: [{ response: { status: '201 Created' } }] }, /^no fault/],
  ])('with %s of a %s', async (_, type, more, expected) => {
    const { store } = await serve(on('/r4', { body: { resourceType: 'Bundle', type: `${type}-response`, ...more } }));
    const entry = [{ resource: of('Observation', 'o'), request: { method: 'PUT', url: 'Observation/o' } }];
    expect(await fault(store.transaction({ resourceType: 'Bundle', type, entry }))).toMatch(expected);
  });
});

describe('a record that names another of the same person', () => {
  const linked = (type: string, reference: string) => on('Patient/ann', { body: { ...ann, link: [{ other: { reference }, type }] } });
  const gaps = async (behaviour: Behaviour) => (await (await serve(behaviour)).store.everything('ann')).gaps;

  test.each([
    ['seealso', 'Patient/bob', 'Patient/bob'],
    ['refer', 'Patient/bob', 'Patient/bob'],
    ['seealso', 'https://other.example/fhir/Patient/ann', 'one on another server'],
  ])('by %s to %s lacks what stands there', async (type, reference, told) => {
    const why = `another record of the same person, ${told}, was not read`;
    expect(await gaps(linked(type, reference))).toEqual(TYPES.map((one) => ({ type: one, why })));
  });

  test.each([
    ['seealso', 'RelatedPerson/r'],
    ['seealso', 'Patient/ann'],
  ])('by %s to %s lacks nothing', async (type, reference) => {
    expect(await gaps(linked(type, reference))).toEqual([]);
  });
});

describe('two records that each say that the other took their place', () => {
  const replaced = (id: string, by: string) => ({
    ...ann,
    id,
    name: [{ text: `${id} Quill` }],
    link: [{ other: { reference: `Patient/${by}` }, type: 'replaced-by' }],
  });
  const [one, other] = [replaced('ann', 'bob'), replaced('bob', 'ann')];
  const behaviour: Behaviour = ({ path, params }) =>
    path === 'Patient/ann'
      ? { body: one }
      : path === 'Patient/bob'
        ? { body: other }
        : path === 'Patient'
          ? { body: bundle(params.has('identifier') ? [] : [one, other]) }
          : undefined;

  test('can be asked for, each by its id, and stand on the list', async () => {
    const { store } = await serve(behaviour);
    for (const named of ['ann', 'Patient/bob', 'Quill', undefined])
      expect(idsOf(await store.patients(named === undefined ? {} : { named })).sort()).toEqual(['ann', 'bob']);
  });

  test('and are read without each other', async () => {
    const { gaps } = await (await serve(behaviour)).store.everything('ann');
    expect(gaps).toEqual(TYPES.map((type) => ({ type, why: 'another record of the same person, Patient/bob, was not read' })));
  });
});

describe('a record that was merged into another', () => {
  const link = (type: string, reference: string) => ({ link: [{ other: { reference }, type }] });
  const kept = { ...ann, ...link('replaces', 'Patient/old') };
  const former = { resourceType: 'Patient', id: 'old', ...link('replaced-by', 'Patient/ann') };
  const UNREAD = TYPES.map((type) => ({ type, why: 'the record that was merged into this one was not read' }));
  const place = (old: object | undefined, more: Behaviour = () => undefined): Behaviour => {
    return (asked) =>
      more(asked) ??
      (asked.path === 'Patient/ann'
        ? { body: kept }
        : asked.path === 'Patient/old'
          ? old && { body: old }
          : asked.params.get('patient') === 'old'
            ? { body: bundle(asked.path === 'Condition' ? [of('Condition', 'c', 'old')] : []) }
            : undefined);
  };

  test('is read as a part of it, each search bound to its own id', async () => {
    const { store } = await serve(place(former));
    const { resources, gaps } = await store.everything('ann');
    expect([idsOf(resources), gaps]).toEqual([['ann', 'old', 'c'], []]);
    const stolen = on('Condition', ({ params }) =>
      params.get('patient') === 'old' ? { body: bundle([of('Condition', 'x', 'bob')]) } : undefined,
    );
    expect(await fault((await serve(place(former, stolen))).store.everything('ann'))).toMatch(/^foreign-patient/);
  });

  test('has gaps of its own', async () => {
    const refused = on('Condition', ({ params }) => (params.get('patient') === 'old' ? { status: 403, body: '' } : undefined));
    const { store } = await serve(place(former, refused));
    expect((await store.everything('ann')).gaps).toEqual([{ type: 'Condition', why: '403 not permitted' }]);
  });

  test.each<[string, Behaviour]>([
    ['does not say so itself', place({ resourceType: 'Patient', id: 'old' })],
    ['says that it went into another', place({ ...former, ...link('replaced-by', 'Patient/bob') })],
    ['may not be read', place(former, on('Patient/old', { status: 403, body: '' }))],
    ['is gone and leaves something behind', place(undefined)],
    ['is on another server', on('Patient/ann', { body: { ...ann, ...link('replaces', 'https://other.example/fhir/Patient/old') } })],
  ])('and %s is said not to be read, of every part', async (_, behaviour) => {
    const { resources, gaps } = await (await serve(behaviour)).store.everything('ann');
    expect([idsOf(resources), gaps]).toEqual([['ann'], UNREAD]);
  });

  test('and is gone with all that it held lacks nothing', async () => {
    const { store } = await serve(place(undefined, ({ params }) => (params.get('patient') === 'old' ? { body: bundle([]) } : undefined)));
    expect(await store.everything('ann')).toMatchObject({ resources: [{ id: 'ann' }], gaps: [] });
  });

  test('is said to be so when it is asked for', async () => {
    const { store } = await serve(place(former));
    expect(await fault(store.patients({ named: 'old' }))).toBe(
      'not-found: The record of Patient/old was merged into Patient/ann: ask for that one.',
    );
  });
});

describe('a bundle is held to whom it is about', () => {
  const one = (request: object, resource?: FhirResource) => ({
    resourceType: 'Bundle' as const,
    type: 'batch',
    entry: [{ request: request as { method: string; url: string }, ...(resource ? { resource } : {}) }],
  });
  const answered = (resource: object) =>
    on('/r4', { body: { resourceType: 'Bundle', type: 'batch-response', entry: [{ resource, response: { status: '200' } }] } });

  test.each([
    'Observation?code=x',
    'Observation?patient=ann,bob',
    'Observation',
    'Observation/_search?patient=ann',
    '?patient=ann',
    'Patient/ann/$everything',
  ])('GET %s is not sent', async (url) => {
    const { store, asked } = await serve(answered(bundle([of('Observation', 'o', 'bob')])));
    expect(await fault(store.transaction(one({ method: 'GET', url })))).toMatch(/^bad-request: /);
    expect(asked.filter(({ path }) => path === '/r4')).toEqual([]);
  });

  test.each<[string, object, FhirResource | undefined, object, RegExp]>([
    ['a search', { method: 'GET', url: 'Observation?patient=ann' }, undefined, bundle([of('Observation', 'o', 'bob')]), /^foreign-patient/],
    ['its own search', { method: 'GET', url: 'Observation?patient=ann' }, undefined, bundle([of('Observation', 'o')]), /^no fault/],
    ['a read', { method: 'GET', url: 'Observation/o' }, undefined, of('Observation', 'p'), /^record-unavailable/],
    ['a write', { method: 'POST', url: 'Observation' }, of('Observation', 'x'), of('Observation', 'n', 'bob'), /^foreign-patient/],
    ['its own write', { method: 'POST', url: 'Observation' }, of('Observation', 'x'), of('Observation', 'n'), /^no fault/],
  ])('%s is answered with its own', async (_, request, resource, said, expected) => {
    const { store } = await serve(answered(said));
    expect(await fault(store.transaction(one(request, resource)))).toMatch(expected);
  });
});

test('a patient that a bundle creates may get another id', async () => {
  const resource = of('Observation', 'n', 'new');
  const entry = [{ response: { status: '201' } }, { resource, response: { status: '201' } }];
  const { store } = await serve(on('/r4', { body: { resourceType: 'Bundle', type: 'transaction-response', entry } }));
  const post = (one: FhirResource, fullUrl: string) => ({ fullUrl, resource: one, request: { method: 'POST', url: one.resourceType } });
  const asked = [post({ resourceType: 'Patient' }, 'Patient/own'), post(of('Observation', 'x', 'own'), 'Observation/x')];
  expect(await fault(store.transaction({ resourceType: 'Bundle', type: 'transaction', entry: asked }))).toBe('no fault');
});

test.each<[string, object, RegExp]>([
  ['names somebody else', of('Observation', 'o', 'bob'), /^foreign-patient/],
  ['names somebody else too', of('Observation', 'o', 'ann', { patient: { reference: 'Patient/bob' } }), /^foreign-patient/],
  ['is hers', of('Observation', 'o'), /^no fault/],
])('the answer to a patch that %s', async (_, said, expected) => {
  const [rest] = statement().rest as { resource: { interaction: object[] }[] }[];
  const resource = rest!.resource.map((type) => ({ ...type, interaction: [...type.interaction, { code: 'patch' }] }));
  const { store } = await serve((asked) =>
    asked.path === 'metadata'
      ? { body: { ...statement(), rest: [{ ...rest, resource }] } }
      : asked.path !== 'Observation/o'
        ? undefined
        : { body: String(asked.headers['content-type']).includes('patch') ? said : of('Observation', 'o') },
  );
  expect(await fault(store.patch('Observation', 'o', [{ op: 'replace', path: '/status', value: 'final' }]))).toMatch(expected);
});

test.each<[string, string, RegExp]>([
  ['another server', 'https://other.example/r4/Observation/n', /^record-unavailable: .*none of its own/],
  ['this server', '/r4/Observation/n/_history/1', /^no fault/],
  ['this server, shortly', 'Observation/n', /^no fault/],
])('what was made stands on %s', async (_, location, expected) => {
  const { store } = await serve(({ path }) =>
    path === 'Observation'
      ? { status: 201, headers: { location }, body: '' }
      : path === 'Observation/n'
        ? { body: of('Observation', 'n') }
        : undefined,
  );
  expect(await fault(store.create(of('Observation', 'x')))).toMatch(expected);
});
