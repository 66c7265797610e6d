import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { type TestDatabase, testDatabases } from '../db/test-database.ts';
import { CHART_TYPES } from './chart/chart.ts';
import type { FhirBundle, FhirResource, RecordSnapshot, RecordStore, SearchResult } from './contract.ts';
import { noAuthorization } from './remote/authorization.ts';
import { createWire } from './remote/wire.ts';
import { createRemoteStore } from './remote.ts';
import { serveFhir } from './sandbox/serve.ts';
import { createFhirService } from './sandbox/service.ts';
import { createSandboxStore } from './sandbox.ts';

const code = (failure: Promise<unknown>): Promise<unknown> =>
  failure.then(
    () => 'no fault',
    (error: { code?: string }) => error.code ?? error,
  );
const idsOf = (found: readonly FhirResource[] | SearchResult | RecordSnapshot) =>
  ('matches' in found ? found.matches : 'resources' in found ? found.resources : found).map((resource) => resource.id).sort();
const observation = (id: string, patient: string, more: object = {}): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }], text: 'Serum potassium' },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2024-05-06T10:30:00+02:00',
  valueQuantity: { value: 4.2, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  ...more,
});

interface Opened {
  readonly store: RecordStore;
  readonly close: () => Promise<void>;
}
const sandboxOf = (db: Database): RecordStore => {
  let next = 0;
  return createSandboxStore({ db, clock: () => new Date(), ids: () => `new-${next++}` });
};
/** The sandbox itself, and the same sandbox as a server on a socket, through the client that any other server is reached by. */
const stores: readonly { readonly kind: string; readonly over: (db: Database) => Promise<Opened> }[] = [
  { kind: 'sandbox', over: async (db) => ({ store: sandboxOf(db), close: async () => {} }) },
  {
    kind: 'server over HTTP',
    over: async (db) => {
      const server = await serveFhir(createFhirService({ store: sandboxOf(db), pageSize: 3 }));
      const wire = createWire();
      const store = createRemoteStore({
        wire,
        baseUrl: server.baseUrl,
        authorization: noAuthorization,
        clock: () => new Date(),
        types: CHART_TYPES,
        maxAgeMs: 0,
      });
      return {
        store,
        close: async () => {
          await wire.close();
          await server.close();
        },
      };
    },
  },
];

/** What every store behind the port must do. */
describe.each(testDatabases.flatMap((place) => stores.map((store) => ({ ...place, ...store }))))(
  '$kind on $name',
  ({ create, kind, over }) => {
    let place: TestDatabase;
    let db: Database;
    let store: RecordStore;
    let closeStore: () => Promise<void>;
    const open = async () => {
      db = await openDatabase(place.settings);
      ({ store, close: closeStore } = await over(db));
    };
    beforeAll(async () => {
      place = await create();
      await open();
      await store.update({
        resourceType: 'Patient',
        id: 'ann',
        name: [{ family: 'Müller-Østergård', given: ['Ann', 'Zoë'] }],
        birthDate: '1950-02-03',
        gender: 'female',
        identifier: [{ type: { coding: [{ code: 'MR' }] }, system: 'urn:mrn', value: 'M-1' }],
      });
      await store.update({ resourceType: 'Patient', id: 'bob', name: [{ text: 'Bob Ray' }] });
      await store.update({ resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Who' }] });
      await store.update(observation('k1', 'ann', { performer: [{ reference: 'Practitioner/dr' }] }));
      await store.update(
        observation('k2', 'ann', {
          effectiveDateTime: '2025-01',
          valueQuantity: { value: 5.6, code: 'mmol/L', system: 'http://unitsofmeasure.org' },
        }),
      );
      await store.update(
        observation('k3', 'ann', {
          effectiveDateTime: '2023-12-31',
          status: 'amended',
          code: { coding: [{ system: 'urn:other', code: '2823-3' }] },
        }),
      );
      await store.update(observation('kb', 'bob', { performer: [{ reference: 'Patient/ann' }] }));
    }, 120_000);
    afterAll(async () => {
      await closeStore();
      await db.close();
      await place.drop();
    });

    test('reads what was written, with version and time', async () => {
      const read = await store.read('Observation', 'k1');
      expect(read).toMatchObject(observation('k1', 'ann'));
      expect(read.meta).toMatchObject({ versionId: '1', lastUpdated: expect.stringMatching(/^\d{4}-.*Z$/) });
      expect(await code(store.read('Observation', 'none'))).toBe('not-found');
    });

    test('lists patients by name, with what is recorded and no more', async () => {
      expect(await store.patients()).toEqual([
        { id: 'ann', name: 'Ann Zoë Müller-Østergård', birthDate: '1950-02-03', gender: 'female', recordNumber: 'M-1' },
        { id: 'bob', name: 'Bob Ray' },
      ]);
    });

    test('everything of a patient: the compartment and whom it mentions, nothing of another', async () => {
      expect(idsOf(await store.everything('ann'))).toEqual(['ann', 'dr', 'k1', 'k2', 'k3']);
      expect(idsOf(await store.everything('bob'))).toEqual(['bob', 'kb']);
      expect(await code(store.everything('nobody'))).toBe('not-found');
    });

    describe('search', () => {
      const search = async (...params: [string, string][]) => idsOf(await store.search('Observation', params));

      test.each<[string, [string, string][], string[]]>([
        ['by patient id', [['patient', 'ann']], ['k1', 'k2', 'k3']],
        ['by subject reference', [['subject', 'Patient/ann']], ['k1', 'k2', 'k3']],
        ['by subject with its type', [['subject:Patient', 'bob']], ['kb']],
        [
          'by code of any system',
          [
            ['patient', 'ann'],
            ['code', '2823-3'],
          ],
          ['k1', 'k2', 'k3'],
        ],
        [
          'by code of one system',
          [
            ['patient', 'ann'],
            ['code', 'http://loinc.org|2823-3'],
          ],
          ['k1', 'k2'],
        ],
        [
          'by either of two codes',
          [
            ['patient', 'ann'],
            ['code', 'urn:other|2823-3,http://loinc.org|1'],
          ],
          ['k3'],
        ],
        [
          'repeated parameters are all kept',
          [
            ['patient', 'ann'],
            ['date', 'ge2024-01-01'],
            ['date', 'lt2025-01-01'],
          ],
          ['k1'],
        ],
        [
          'a day contains an instant in another zone',
          [
            ['patient', 'ann'],
            ['date', '2024-05-06'],
          ],
          ['k1'],
        ],
        [
          'a year contains a month',
          [
            ['patient', 'ann'],
            ['date', '2025'],
          ],
          ['k2'],
        ],
        [
          'after',
          [
            ['patient', 'ann'],
            ['date', 'gt2024-05-06'],
          ],
          ['k2'],
        ],
        [
          'up to',
          [
            ['patient', 'ann'],
            ['date', 'le2023-12-31'],
          ],
          ['k3'],
        ],
        [
          'status not',
          [
            ['patient', 'ann'],
            ['status:not', 'final'],
          ],
          ['k3'],
        ],
        [
          'quantity above',
          [
            ['patient', 'ann'],
            ['value-quantity', 'gt5.0|http://unitsofmeasure.org|mmol/L'],
          ],
          ['k2'],
        ],
        [
          'quantity of another unit',
          [
            ['patient', 'ann'],
            ['value-quantity', 'gt5.0||mg/dL'],
          ],
          [],
        ],
        [
          'missing',
          [
            ['patient', 'ann'],
            ['performer:missing', 'true'],
          ],
          ['k2', 'k3'],
        ],
        ['by id', [['_id', 'k1,k3']], ['k1', 'k3']],
        [
          'changed since',
          [
            ['patient', 'ann'],
            ['_lastUpdated', 'gt2020-01-01'],
          ],
          ['k1', 'k2', 'k3'],
        ],
        [
          'changed before',
          [
            ['patient', 'ann'],
            ['_lastUpdated', 'lt2020-01-01'],
          ],
          [],
        ],
        [
          'text of the code',
          [
            ['patient', 'ann'],
            ['code:text', 'serum'],
          ],
          ['k1', 'k2'],
        ],
        [
          'nothing',
          [
            ['patient', 'ann'],
            ['code', 'nothing'],
          ],
          [],
        ],
        ['of somebody who is not there', [['patient', 'nobody']], []],
        [
          'a code of which a value only begins alike',
          [
            ['patient', 'ann'],
            ['code', '2823'],
          ],
          [],
        ],
      ])('%s', async (_, params, expected) => {
        expect(await search(...params)).toEqual(expected);
      });

      test.each<[string, [string, string][]]>([
        [
          'an unknown parameter',
          [
            ['patient', 'ann'],
            ['kode', '1'],
          ],
        ],
        [
          'an unknown modifier',
          [
            ['patient', 'ann'],
            ['code:near', '1'],
          ],
        ],
        ['a chain', [['patient.name', 'Ann']]],
        ['a typed chain', [['subject:Patient.name', 'Ann']]],
        ['a second modifier', [['subject:Patient:missing', 'ann']]],
        ['a reverse chain', [['_has:Provenance:target:agent', 'ann']]],
        [
          'a date that is none',
          [
            ['patient', 'ann'],
            ['date', 'ge2024-13-77'],
          ],
        ],
        ['an empty value', [['patient', '']]],
        ['two patients at once', [['patient', 'ann,bob']]],
        [
          'an include that is no reference',
          [
            ['patient', 'ann'],
            ['_include', 'Observation:code'],
          ],
        ],
        [
          'an unknown sort',
          [
            ['patient', 'ann'],
            ['_sort', 'colour'],
          ],
        ],
      ])('%s is refused, not skipped', async (_, params) => {
        expect(await code(store.search('Observation', params))).toBe('bad-request');
      });

      test('sorts, and bounds by limit, whatever the size of a page', async () => {
        const sorted = async (sort: string) =>
          (
            await store.search('Observation', [
              ['patient', 'ann'],
              ['_sort', sort],
            ])
          ).matches.map(({ id }) => id);
        expect(await sorted('date')).toEqual(['k3', 'k1', 'k2']);
        expect(await sorted('-date')).toEqual(['k2', 'k1', 'k3']);
        const limited = await store.search(
          'Observation',
          [
            ['patient', 'ann'],
            ['_sort', '-date'],
            ['_count', '1'],
          ],
          { limit: 2 },
        );
        expect(limited.matches.map(({ id }) => id)).toEqual(['k2', 'k1']);
      });

      test('with what is found, what it refers to, or what refers to it', async () => {
        const included = async (type: string, ...params: [string, string][]) => idsOf((await store.search(type, params)).included);
        expect(await included('Observation', ['patient', 'ann'], ['_include', 'Observation:performer'])).toEqual(['dr']);
        expect(await included('Observation', ['patient', 'ann'], ['_include', 'Observation:performer:Organization'])).toEqual([]);
        expect(await included('Patient', ['_id', 'bob'], ['_revinclude', 'Observation:patient'])).toEqual(['kb']);
      });

      test('by whom it is about, where that need not be a patient', async () => {
        const device = { resourceType: 'Device', id: 'pump', patient: { reference: 'Patient/ann' } };
        const diary = { resourceType: 'Schedule', id: 'diary', actor: [{ reference: 'Practitioner/dr' }] };
        await store.transaction({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [device, diary].map((resource) => ({
            resource,
            request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
          })),
        });
        expect(idsOf(await store.search('Device', [['patient', 'ann']]))).toEqual(['pump']);
        expect(idsOf(await store.search('Device', [['patient', 'bob']]))).toEqual([]);
        expect(idsOf(await store.search('Schedule', [['actor', 'dr']]))).toEqual(['diary']);
        expect(idsOf(await store.search('Schedule', [['actor', 'Practitioner/dr']]))).toEqual(['diary']);
        expect(idsOf(await store.everything('ann'))).toContain('pump');
        await store.transaction({ resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'DELETE', url: 'Device/pump' } }] });
      });

      test('names: words, accents and case do not matter, other letters do', async () => {
        const named = async (name: string) => idsOf(await store.search('Patient', [['name', name]]));
        expect(await named('zoe')).toEqual(['ann']);
        expect(await named('muller')).toEqual(['ann']);
        expect(await named('oller')).toEqual([]);
        expect(idsOf(await store.search('Patient', [['identifier', 'urn:mrn|M-1']]))).toEqual(['ann']);
      });
    });

    test('create gives an id; a conditional one finds what is there', async () => {
      const made = await store.create({
        resourceType: 'Organization',
        id: 'mine',
        name: 'Clinic',
        identifier: [{ system: 'urn:org', value: '7' }],
      });
      expect(made.id).not.toBe('mine');
      const again = await store.create({ resourceType: 'Organization', name: 'Other' }, { ifNoneExist: 'identifier=urn:org|7' });
      expect(again).toMatchObject({ id: made.id, name: 'Clinic' });
      const other = await store.create({ resourceType: 'Organization', name: 'Other' }, { ifNoneExist: 'identifier=urn:org|8' });
      expect(other.id).not.toBe(made.id);
      expect(await code(store.create({ resourceType: 'Organization' }, { ifNoneExist: 'colour=red' }))).toBe('bad-request');
    });

    test('a patch changes what it names, of the version that it names', async () => {
      await store.update({ resourceType: 'Basic', id: 'p', subject: { reference: 'Patient/ann' }, language: 'en' });
      const replace = [{ op: 'replace', path: '/language', value: 'de' }];
      const { meta } = await store.patch('Basic', 'p', replace, { ifMatch: '1' });
      expect(await store.read('Basic', 'p')).toMatchObject({ language: 'de', subject: { reference: 'Patient/ann' }, meta });
      expect(await code(store.patch('Basic', 'p', replace, { ifMatch: '1' }))).toBe('version-conflict');
      expect(await code(store.patch('Basic', 'p', [{ op: 'remove', path: '/nothing' }]))).toBe('bad-request');
      expect(await code(store.patch('Basic', 'nobody', replace))).toBe('not-found');
    });

    test('an update needs the version that it names', async () => {
      const { meta } = await store.update({ resourceType: 'Basic', id: 'v', subject: { reference: 'Patient/ann' } });
      const version = (meta as { versionId: string }).versionId;
      const second = await store.update(
        { resourceType: 'Basic', id: 'v', subject: { reference: 'Patient/ann' }, language: 'en' },
        { ifMatch: version },
      );
      expect((second.meta as { versionId: string }).versionId).not.toBe(version);
      expect(await code(store.update({ resourceType: 'Basic', id: 'v' }, { ifMatch: version }))).toBe('version-conflict');
      expect(await store.read('Basic', 'v')).toMatchObject({ language: 'en' });
    });

    test('of writers who read the same version one wins', async () => {
      await store.update({ resourceType: 'Basic', id: 'race', subject: { reference: 'Patient/ann' } });
      const writes = await Promise.allSettled(
        [1, 2, 3, 4, 5].map((n) =>
          store.update({ resourceType: 'Basic', id: 'race', subject: { reference: 'Patient/ann' }, language: `x-${n}` }, { ifMatch: '1' }),
        ),
      );
      expect(writes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const made = await Promise.all(
        [1, 2, 3, 4].map(() =>
          store.create({ resourceType: 'Location', identifier: [{ system: 'urn:l', value: '1' }] }, { ifNoneExist: 'identifier=urn:l|1' }),
        ),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    });

    test('a transaction links its entries and answers in their order', async () => {
      const answer = await store.transaction({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:obs',
            resource: observation('x', 'ann', {
              encounter: { reference: 'urn:uuid:0E5c' },
              performer: [{ reference: 'Organization?identifier=urn:org|7' }],
            }),
            request: { method: 'POST', url: 'Observation' },
          },
          {
            fullUrl: 'urn:uuid:0E5c',
            resource: { resourceType: 'Encounter', status: 'planned', class: { code: 'AMB' }, subject: { reference: 'Patient/ann' } },
            request: { method: 'POST', url: 'Encounter' },
          },
        ],
      });
      expect(answer.type).toBe('transaction-response');
      const [first, second] = answer.entry ?? [];
      const made = await store.read('Observation', first?.response?.location?.split('/')[1] as string);
      expect(made.encounter).toEqual({ reference: second?.response?.location });
      expect((made.performer as { reference: string }[])[0]?.reference).toMatch(/^Organization\/new-/);
      expect(await store.read('Encounter', second?.response?.location?.split('/')[1] as string)).toMatchObject({ status: 'planned' });
    });

    const sequence = (type: string): FhirBundle => ({
      resourceType: 'Bundle',
      type,
      entry: [
        {
          resource: { resourceType: 'Basic', id: `good-${type}`, subject: { reference: 'Patient/ann' } },
          request: { method: 'PUT', url: `Basic/good-${type}` },
        },
        {
          resource: { resourceType: 'Basic', id: 'v', subject: { reference: 'Patient/ann' } },
          request: { method: 'PUT', url: 'Basic/v', ifMatch: 'W/"1"' },
        },
        {
          resource: { resourceType: 'Basic', id: `more-${type}`, subject: { reference: 'Patient/ann' } },
          request: { method: 'PUT', url: `Basic/more-${type}` },
        },
      ],
    });

    test('a transaction is all or nothing', async () => {
      const before = await store.stamp('ann');
      expect(await code(store.transaction(sequence('transaction')))).toBe('version-conflict');
      expect(await code(store.read('Basic', 'good-transaction'))).toBe('not-found');
      expect(await store.stamp('ann')).toBe(before);
    });

    test('a batch does each on its own', async () => {
      const answer = await store.transaction(sequence('batch'));
      expect(answer.entry?.map(({ response }) => response?.status?.slice(0, 1))).toEqual(['2', '4', '2']);
      expect(await store.read('Basic', 'more-batch')).toMatchObject({ id: 'more-batch' });
      expect(await code(store.transaction({ resourceType: 'Bundle', type: 'history' }))).toBe('bad-request');
    });

    test('more than fifty updates are one transaction', async () => {
      const entry = Array.from({ length: 120 }, (_, i) => ({
        resource: observation(`many-${i}`, 'bob'),
        request: { method: 'PUT', url: `Observation/many-${i}` },
      }));
      await store.transaction({ resourceType: 'Bundle', type: 'transaction', entry });
      expect((await store.everything('bob')).resources.length).toBe(122);
    });

    test('a deletion ends reading and searching', async () => {
      await store.update(observation('gone', 'ann', { effectiveDateTime: '1999-01-01' }));
      await store.transaction({
        resourceType: 'Bundle',
        type: 'batch',
        entry: [{ request: { method: 'DELETE', url: 'Observation/gone' } }],
      });
      expect(await code(store.read('Observation', 'gone'))).toBe('not-found');
      expect(
        await store.search('Observation', [
          ['patient', 'ann'],
          ['date', '1999'],
        ]),
      ).toEqual({ matches: [], included: [] });
      expect(idsOf(await store.everything('ann'))).not.toContain('gone');
      expect((await store.update(observation('gone', 'ann', { effectiveDateTime: '1999-01-01' }))).meta).toMatchObject({ versionId: '3' });
    });

    test('nothing is moved into another patient’s record', async () => {
      expect(await code(store.update(observation('k1', 'bob')))).toBe(kind === 'sandbox' ? 'foreign-patient' : 'not-permitted');
      expect(await store.read('Observation', 'k1')).toMatchObject({ subject: { reference: 'Patient/ann' } });
    });

    test.runIf(kind === 'sandbox')('another patient’s resource in an answer is a fault, never data', async () => {
      // What a store that mixes patients up would hold: the column says Ann, the resource Bob.
      await db.pool.query(`update sandbox_resources set patient_ids = '{ann}' where resource_type = 'Observation' and id = 'kb'`);
      try {
        expect(await code(store.everything('ann'))).toBe('foreign-patient');
      } finally {
        await db.pool.query(`update sandbox_resources set patient_ids = '{bob}' where resource_type = 'Observation' and id = 'kb'`);
      }
    });

    test('the stamp changes with any write in the record and with no other', async () => {
      const before = await store.stamp('ann');
      await store.update(observation('stamped-b', 'bob'));
      expect(await store.stamp('ann')).toBe(before);
      await store.update(observation('stamped', 'ann'));
      expect(await store.stamp('ann')).not.toBe(before);
    });

    test('unicode and large resources come back as they were, also after a restart', async () => {
      const div = `<div>${'Größe 身長 👩🏽‍⚕️ \u0001 \\ " \u2028'.repeat(20_000)}</div>`;
      const document = {
        resourceType: 'DocumentReference',
        id: 'large',
        status: 'current',
        subject: { reference: 'Patient/ann' },
        text: { status: 'additional', div },
      };
      await store.update(document);
      expect(await store.read('DocumentReference', 'large')).toMatchObject(document);
      const all = async () => {
        const { resources, gaps } = await store.everything('ann');
        return [resources, gaps, await store.patients(), await store.stamp('ann')];
      };
      const before = await all();
      await closeStore();
      await db.close();
      await open();
      expect(await all()).toEqual(before);
    });
  },
);
