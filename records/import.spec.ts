import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { type TestDatabase, testDatabases } from '../db/test-database.ts';
import type { FhirResource } from './contract.ts';
import { parseRecordText } from './import/read-file.ts';
import { type ImportReport, importFiles } from './import.ts';
import { createSandboxStore, type SandboxStore } from './sandbox.ts';

const patient = (id: string, more: object = {}): FhirResource => ({
  resourceType: 'Patient',
  id,
  birthDate: '1950-01-02',
  name: [{ family: `F-${id}`, given: ['G'] }],
  ...more,
});
const observation = (id: string, subject: string, more: object = {}): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Potassium' },
  subject: { reference: subject },
  ...more,
});
const bundle = (type: string, entry: readonly object[]) => JSON.stringify({ resourceType: 'Bundle', type, entry });

describe.each(testDatabases)('import on $name', ({ create }) => {
  let place: TestDatabase;
  let db: Database;
  let store: SandboxStore;
  let folder: string;
  beforeAll(async () => {
    place = await create();
    db = await openDatabase(place.settings);
    store = createSandboxStore({ db, clock: () => new Date(), ids: () => 'unused' });
  }, 60_000);
  afterAll(async () => {
    await db.close();
    await place.drop();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rounds-import-'));
    await db.pool.query('truncate sandbox_resources, sandbox_history');
    return () => rmSync(folder, { recursive: true });
  });

  const put = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const take = (...paths: string[]): Promise<ImportReport> =>
    importFiles({ db, clock: () => new Date('2026-01-01') }, paths.length > 0 ? paths : [folder]);

  test.each(['transaction', 'batch', 'collection', 'searchset', 'document', 'message', 'history'])(
    'a %s bundle, ids kept',
    async (type) => {
      put('a.json', bundle(type, [{ resource: patient('p') }, { resource: observation('o', 'Patient/p') }]));
      expect(await take()).toMatchObject({ added: 2, updated: 0, unchanged: 0, failed: [], patients: ['p'] });
      expect((await store.everything('p')).resources.map(({ id }) => id)).toEqual(['o', 'p']);
    },
  );

  test('a single resource, a list of them, NDJSON, and all of it gzipped', async () => {
    put('single.json', JSON.stringify(patient('p')));
    put('list.json', JSON.stringify([observation('l1', 'Patient/p'), observation('l2', 'Patient/p')]));
    put(
      'bulk/Observation.ndjson',
      `${JSON.stringify(observation('n1', 'Patient/p'))}\r\n\n${JSON.stringify(observation('n2', 'Patient/p'))}\n`,
    );
    put('bulk/more.ndjson.gz', gzipSync(JSON.stringify(observation('z1', 'Patient/p'))));
    put('lines.json', `${JSON.stringify(observation('m1', 'Patient/p'))}\n${JSON.stringify(observation('m2', 'Patient/p'))}`);
    put('bom.json', `\uFEFF${JSON.stringify(observation('b1', 'Patient/p'))}`);
    put('notes.txt', 'not a record');
    expect(await take()).toMatchObject({ added: 9, failed: [] });
    expect((await store.everything('p')).resources.map(({ id }) => id)).toEqual(['b1', 'l1', 'l2', 'm1', 'm2', 'n1', 'n2', 'z1', 'p']);
  });

  test('importing twice changes nothing; a changed resource alone is written', async () => {
    const write = (value: number) =>
      put(
        'a.json',
        bundle('collection', [
          { resource: patient('p') },
          { resource: observation('o', 'Patient/p', { valueInteger: value, meta: { lastUpdated: `2020-01-0${value}` } }) },
        ]),
      );
    write(1);
    await take();
    const before = [await store.everything('p'), await store.stamp('p')];
    expect(await take()).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
    expect([await store.everything('p'), await store.stamp('p')]).toEqual(before);
    write(2);
    expect(await take()).toMatchObject({ added: 0, updated: 1, unchanged: 1 });
    expect(await store.read('Observation', 'o')).toMatchObject({ valueInteger: 2, meta: { versionId: '2' } });
  });

  test('references: urn:uuid, absolute, with a version, and what contains none', async () => {
    const base = 'https://ehr.example/r4';
    put(
      'a.json',
      bundle('collection', [
        { fullUrl: 'urn:uuid:AAAA-1', resource: patient('p') },
        { fullUrl: `${base}/Encounter/e`, resource: { resourceType: 'Encounter', id: 'e', subject: { reference: 'urn:uuid:AAAA-1' } } },
        {
          resource: observation('o', 'urn:uuid:AAAA-1', {
            encounter: { reference: `${base}/Encounter/e/_history/4` },
            performer: [
              { reference: `${base}/Practitioner/not-in-this-file` },
              { reference: 'https://other.example/r4/Practitioner/d' },
              { display: 'Somebody' },
            ],
            contained: [{ resourceType: 'Device', id: 'c', patient: { reference: 'urn:uuid:AAAA-1' } }],
            device: { reference: '#c' },
          }),
        },
      ]),
    );
    expect(await take()).toMatchObject({ added: 3, unresolved: 1 });
    expect(await store.read('Observation', 'o')).toMatchObject({
      subject: { reference: 'Patient/p' },
      encounter: { reference: 'Encounter/e' },
      performer: [
        { reference: 'Practitioner/not-in-this-file' },
        { reference: 'https://other.example/r4/Practitioner/d' },
        { display: 'Somebody' },
      ],
      contained: [{ patient: { reference: 'Patient/p' } }],
      device: { reference: '#c' },
    });
  });

  test('files that need each other, in any order: conditional references and urn:uuid', async () => {
    const system = 'http://hl7.org/fhir/sid/us-npi';
    put(
      'a-patient.json',
      bundle('transaction', [
        {
          fullUrl: 'urn:uuid:p',
          resource: patient('p', { generalPractitioner: [{ reference: `Practitioner?identifier=${system}|999` }] }),
        },
        {
          resource: observation('o', 'urn:uuid:p', {
            performer: [{ reference: `Organization?identifier=urn:org%7C7` }, { reference: 'urn:uuid:loc' }],
          }),
        },
      ]),
    );
    put(
      'b-hospital.json',
      bundle('batch', [
        { fullUrl: 'urn:uuid:loc', resource: { resourceType: 'Location', id: 'loc' } },
        { resource: { resourceType: 'Organization', id: 'org', identifier: [{ system: 'urn:org', value: '7' }] } },
      ]),
    );
    put(
      'c-practitioner.json',
      bundle('batch', [{ resource: { resourceType: 'Practitioner', id: 'doc', identifier: [{ system, value: '999' }] } }]),
    );
    expect(await take()).toMatchObject({ added: 5, unresolved: 0, failed: [] });
    expect(await store.read('Patient', 'p')).toMatchObject({ generalPractitioner: [{ reference: 'Practitioner/doc' }] });
    expect(await store.read('Observation', 'o')).toMatchObject({
      performer: [{ reference: 'Organization/org' }, { reference: 'Location/loc' }],
    });
    expect((await store.everything('p')).resources.map(({ id }) => id).sort()).toEqual(['doc', 'loc', 'o', 'org', 'p']);
    expect(await take()).toMatchObject({ added: 0, updated: 0, unchanged: 5, unresolved: 0 });
    expect(await take(join(folder, 'a-patient.json'))).toMatchObject({ added: 0, updated: 0, unchanged: 2, unresolved: 0 });
  });

  test('whose record it is can be told by a number; never by one that two people share', async () => {
    const numbered = (value: string) => observation(`o-${value}`, '', { subject: { identifier: { system: 'urn:mrn', value } } });
    put('1.json', bundle('collection', [{ resource: numbered('1') }, { resource: numbered('2') }]));
    put(
      '2.json',
      bundle(
        'collection',
        [
          patient('a', {
            identifier: [
              { system: 'urn:mrn', value: '1' },
              { system: 'urn:mrn', value: '2' },
            ],
          }),
          patient('b', { identifier: [{ system: 'urn:mrn', value: '2' }] }),
        ].map((resource) => ({ resource })),
      ),
    );
    const report = await take();
    expect(report).toMatchObject({ added: 4, unresolved: 1 });
    expect(report.files[0]?.notes.join()).toContain('name no patient');
    expect((await store.everything('a')).resources.map(({ id }) => id)).toEqual(['o-1', 'a']);
    expect((await store.everything('b')).resources.map(({ id }) => id)).toEqual(['b']);
  });

  describe('what a server would look for before it writes', () => {
    const npi = (value: string) => ({ identifier: [{ system: 'urn:npi', value }] });
    const doctor = (id: string, value: string, more: object = {}) => ({ resourceType: 'Practitioner', id, ...npi(value), ...more });
    const post = (resource: FhirResource, ifNoneExist?: string) => ({
      fullUrl: `urn:uuid:${resource.id}`,
      resource,
      request: { method: 'POST', url: resource.resourceType, ...(ifNoneExist === undefined ? {} : { ifNoneExist }) },
    });
    const visit = (id: string, by: string) =>
      ({
        resourceType: 'Encounter',
        id,
        subject: { reference: 'urn:uuid:p' },
        participant: [{ individual: { reference: by } }],
      }) as FhirResource;

    test('stands already: it is not made twice, and references lead to the one that stands', async () => {
      put('1.json', bundle('transaction', [post(patient('p')), post(doctor('d1', '7'), 'identifier=urn:npi|7')]));
      put(
        '2.json',
        bundle('transaction', [
          post(doctor('d2', '7'), 'identifier=urn:npi%7C7'),
          post(doctor('d3', '8'), 'identifier=urn:npi|8'),
          post(visit('v', 'urn:uuid:d2')),
        ]),
      );
      expect(await take()).toMatchObject({ added: 4, unchanged: 1, unresolved: 0 });
      expect(await store.read('Encounter', 'v')).toMatchObject({ participant: [{ individual: { reference: 'Practitioner/d1' } }] });
      expect((await store.search('Practitioner', [])).matches.map(({ id }) => id)).toEqual(['d1', 'd3']);
      expect(await take()).toMatchObject({ added: 0, updated: 0, unchanged: 5 });
    });

    test('an update by identifier writes over what has it; without a system any will do', async () => {
      put('1.json', bundle('collection', [{ resource: doctor('d1', '7') }]));
      await take();
      const newer = { resource: doctor('other', '7', { active: true }), request: { method: 'PUT', url: 'Practitioner?identifier=7' } };
      put('1.json', bundle('batch', [newer]));
      expect(await take()).toMatchObject({ added: 0, updated: 1 });
      expect((await store.search('Practitioner', [])).matches).toMatchObject([{ id: 'd1', active: true }]);
    });

    test('an identifier that is somebody else’s, or leads to two, brings nobody together', async () => {
      put(
        '1.json',
        bundle('collection', [{ resource: patient('a', npi('1')) }, { resource: doctor('d1', '7') }, { resource: doctor('d2', '7') }]),
      );
      const stranger = patient('b', { ...npi('1'), birthDate: '1999-09-09', name: [{ family: 'Else' }] });
      put('2.json', bundle('transaction', [post(stranger, 'identifier=urn:npi|1')]));
      put('3.json', bundle('transaction', [post(doctor('d3', '7'), 'identifier=urn:npi|7')]));
      expect(await take()).toMatchObject({ added: 4, failed: [{ fault: expect.stringContaining('someone else') }] });
    });
  });

  test('of what a history ends with deleting no version is left', async () => {
    const gone = { request: { method: 'DELETE', url: 'Observation/o' } };
    const was = { resource: observation('o', 'Patient/p'), request: { method: 'PUT', url: 'Observation/o' } };
    put('1.json', bundle('history', [{ resource: patient('p') }, gone, was, { resource: observation('kept', 'Patient/p') }]));
    expect(await take()).toMatchObject({ added: 2 });
    put('1.json', bundle('batch', [{ resource: patient('q') }, { ...gone, resource: observation('x', 'Patient/q') }]));
    expect(await take()).toMatchObject({ added: 1 });
    expect((await store.search('Observation', [], { anyPatient: true })).matches.map(({ id }) => id)).toEqual(['kept']);
  });

  test('missing ids are made from the full URL or the content, the same each time', async () => {
    const { id: _, ...nameless } = observation('x', 'urn:uuid:6f0e');
    const { id: __, ...person } = patient('x');
    put('a.json', bundle('transaction', [{ fullUrl: 'urn:uuid:6f0e', resource: person }, { resource: nameless }, { resource: nameless }]));
    expect(await take()).toMatchObject({ added: 3, patients: ['6f0e'] });
    expect((await store.everything('6f0e')).resources).toHaveLength(3);
    expect(await take()).toMatchObject({ added: 0, updated: 0, unchanged: 3 });
  });

  describe('a broken file is named with its fault, nothing of it is taken, and the rest goes on', () => {
    test.each<[string, string | Buffer, RegExp]>([
      ['cut off', bundle('collection', [{ resource: patient('bad') }]).slice(0, -9), /broken JSON at line 1, column \d+/],
      [
        'a depth that no resource has',
        `{"resourceType": "Patient", "id": "bad", "extension": ${'['.repeat(9_000)}${']'.repeat(9_000)}}`,
        /^nested deeper than any FHIR resource$/,
      ],
      ['a stray comma', '{\n  "resourceType": "Patient",\n  "id": "bad",,\n}', /line 3, column \d+/],
      [
        'a bad line',
        `${JSON.stringify(patient('bad'))}\n{"resourceType": "Observation", "id": }\n${JSON.stringify(patient('bad2'))}`,
        /line 2, column \d+/,
      ],
      [
        'an entry without a type',
        bundle('collection', [{ resource: patient('bad') }, { resource: { id: 'x' } }]),
        /^entry\[1\]\.resource: resourceType is missing$/,
      ],
      [
        'a type of another version',
        bundle('collection', [{ resource: patient('bad') }, { resource: { resourceType: 'MedicationOrder', id: 'x' } }]),
        /entry\[1\].*“MedicationOrder” is not a resource type of FHIR R4/,
      ],
      [
        'an id that is none',
        bundle('collection', [{ resource: patient('bad') }, { resource: observation('a/b', 'Patient/bad') }]),
        /entry\[1\]\.resource: id of Observation/,
      ],
      [
        'an entry that is a resource itself',
        bundle('collection', [patient('bad')]),
        /entry\[0\]: the resource must stand under “resource”/,
      ],
      ['no bundle entries', bundle('collection', []), /no resource/],
      ['entries that are no list', '{"resourceType":"Bundle","type":"collection","entry":{}}', /entry: expected a list/],
      ['nothing', '', /empty/],
      ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe]), /UTF-8/],
      ['a number', '42', /expected a FHIR resource/],
    ])('%s', async (_, content, fault) => {
      const file = put('1.json', content);
      put('2.json', JSON.stringify(patient('good')));
      const report = await take();
      expect(report.failed).toEqual([{ file, fault: expect.stringMatching(fault) }]);
      expect((await store.patients()).map(({ id }) => id)).toEqual(['good']);
    });

    test('a fault does not repeat the record', () => {
      const read = parseRecordText('{"resourceType":"Patient","name":[{"family":"Secretname" "given":["X"]}]}');
      expect(read).toMatchObject({ ok: false });
      expect(JSON.stringify(read)).not.toContain('Secretname');
    });

    test('what is not there', async () => {
      expect((await take(join(folder, 'none'), folder)).failed).toEqual([
        { file: join(folder, 'none'), fault: 'no such file or folder' },
        { file: folder, fault: 'the folder holds no .json or .ndjson file' },
      ]);
    });
  });

  test('one id for two people’s resources, or for two people, is refused and said', async () => {
    put('1.json', bundle('collection', [{ resource: patient('a') }, { resource: observation('1', 'Patient/a') }]));
    put(
      '2.json',
      bundle('collection', [
        { resource: patient('b') },
        { resource: observation('2', 'Patient/b') },
        { resource: observation('1', 'Patient/b') },
      ]),
    );
    put('3.json', JSON.stringify(patient('a', { birthDate: '1999-09-09', name: [{ family: 'Someone', given: ['Else'] }] })));
    put('4.json', JSON.stringify(patient('a', { name: [{ family: 'Married', given: ['G'] }] })));
    const report = await take();
    expect(report.failed).toEqual([
      {
        file: join(folder, '2.json'),
        fault: expect.stringMatching(/Observation\/1 is of Patient\/b here, but of Patient\/a in the record/),
      },
      { file: join(folder, '3.json'), fault: expect.stringMatching(/Patient\/a is someone else here/) },
    ]);
    expect((await store.patients()).map(({ name }) => name)).toEqual(['G Married']);
  });

  test('an organization that two files tell of differently does not go back and forth', async () => {
    const organization = (name: string) => ({ resource: { resourceType: 'Organization', id: 'o', name } });
    put('1.json', bundle('collection', [organization('Clinic')]));
    put('2.json', bundle('collection', [organization('The Clinic')]));
    expect(await take()).toMatchObject({ added: 1, updated: 1 });
    expect(await take()).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
    expect(await store.read('Organization', 'o')).toMatchObject({ name: 'The Clinic', meta: { versionId: '2' } });
  });

  test('the same resource twice in a file: the newest, and it is said', async () => {
    const version = (value: number, lastUpdated: string) => ({
      resource: observation('o', 'Patient/p', { valueInteger: value, meta: { lastUpdated } }),
    });
    put('1.json', bundle('history', [{ resource: patient('p') }, version(2, '2024-02-02T00:00:00Z'), version(1, '2024-01-01T00:00:00Z')]));
    const report = await take();
    expect(report).toMatchObject({ added: 2 });
    expect(report.files[0]?.notes.join()).toContain('Observation/o');
    expect(await store.read('Observation', 'o')).toMatchObject({ valueInteger: 2 });
  });

  test('outcomes of a search and deletions are left out and said', async () => {
    put(
      '1.json',
      bundle('searchset', [
        { resource: patient('p') },
        { resource: { resourceType: 'OperationOutcome', issue: [] } },
        { request: { method: 'DELETE', url: 'Patient/p' } },
      ]),
    );
    const report = await take();
    expect(report).toMatchObject({ added: 1, failed: [] });
    expect(report.files[0]?.notes).toHaveLength(2);
    put('1.json', bundle('transaction', [{ request: { method: 'DELETE', url: 'Patient/p' } }]));
    expect(await take()).toMatchObject({ added: 0, failed: [], files: [{ notes: ['entry[0]: a deletion, left out'] }] });
  });

  test.each([
    [{ effectiveDateTime: 'last Tuesday' }, 'Observation.effectiveDateTime is not a date'],
    [{ effectiveDateTime: '2025-02-29' }, 'Observation.effectiveDateTime is not a date'],
    [{ effectiveDateTime: '2025-13-01' }, 'Observation.effectiveDateTime is not a date'],
    [{ effectivePeriod: { start: '03/04/2020' } }, 'Observation.effectivePeriod.start is not a date'],
    [{ valueQuantity: { value: '4,2' } }, 'Observation.valueQuantity.value is not a number'],
    [{ component: [{ valueQuantity: { value: '7' } }] }, 'Observation.component[0].valueQuantity.value is not a number'],
    [{ referenceRange: [{ low: { value: null } }] }, 'Observation.referenceRange[0].low.value is not a number'],
  ])('a field that cannot be what it says is named: %j', async (more, fault) => {
    put('1.json', bundle('collection', [{ resource: patient('p') }, { resource: observation('o', 'Patient/p', more) }]));
    put('2.json', JSON.stringify(patient('q')));
    const report = await take();
    expect(report).toMatchObject({ added: 1, patients: ['q'] });
    expect(report.failed).toEqual([{ file: join(folder, '1.json'), fault: expect.stringContaining(`entry[1].resource: ${fault}`) }]);
  });

  test.each(['2020', '2020-03', '2020-03-04', '2020-03-04T10:00', '2020-03-04T10:00:00.000Z', '2020-03-04T10:00:00+02:00'])(
    'a date as systems write them is taken: %s',
    async (effectiveDateTime) => {
      put('1.json', bundle('collection', [{ resource: patient('p') }, { resource: observation('o', 'Patient/p', { effectiveDateTime }) }]));
      expect(await take()).toMatchObject({ added: 2, failed: [] });
    },
  );

  test('a patient who is named and not there is told, in whatever file', async () => {
    put('1.json', JSON.stringify(observation('o', 'Patient/p')));
    expect((await take()).absentPatients).toEqual(['p']);
    put('2.json', JSON.stringify(patient('p')));
    expect((await take()).absentPatients).toEqual([]);
  });
});

test('no text makes the reader throw, and what it reads has a type', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => `{"resourceType":"Bundle","entry":[{"resource":${json}}]}`),
      ),
      fc.boolean(),
      (text, byLines) => {
        const read = parseRecordText(text, byLines);
        return read.ok ? read.entries.every(({ resource }) => typeof resource.resourceType === 'string') : read.fault.length > 0;
      },
    ),
    { numRuns: 500 },
  );
});
