import { expect, test } from 'vitest';
import { terminology } from '../chart/chart.fixture.ts';
import { buildChart } from '../chart/chart.ts';
import type { FhirResource } from '../contract.ts';
import { bundle, of, on, type Said, serve, statement } from './odd-server.fixture.ts';

/** An order of one version of a medication: what stands there now may be another drug. */
const tablet = (version: string, text: string): FhirResource => ({
  resourceType: 'Medication',
  id: 'm',
  meta: { versionId: version, lastUpdated: `2026-0${version}-01T00:00:00Z` },
  code: { text },
});
const FIRST = tablet('1', 'metformin 500 MG Oral Tablet');
const NOW = tablet('2', 'warfarin 5 MG Oral Tablet');

async function read(reference: string, first: Said | undefined, offersVersions = true) {
  const [rest] = statement().rest as { resource: { interaction: object[] }[] }[];
  const interaction = offersVersions ? [{ code: 'vread' }] : [];
  const resource = rest!.resource.map((one) => ({ ...one, interaction: [...one.interaction, ...interaction] }));
  const { store, asked, later } = await serve((one) => {
    const order = of('MedicationRequest', 'r', 'ann', {
      status: 'active',
      intent: 'order',
      authoredOn: '2026-05-01',
      medicationReference: { reference: reference.replace('ORIGIN', one.origin) },
    });
    return (
      on('metadata', { body: { ...statement(), rest: [{ ...rest, resource }] } })(one) ??
      on('MedicationRequest', { body: bundle([order]) })(one) ??
      on('Medication', { body: bundle([NOW]) })(one) ??
      (first && on('Medication/m/_history/1', first)(one))
    );
  });
  const drugs = async () => {
    const { resources } = await store.everything('ann');
    const { facts, unnamed } = buildChart(resources, { patientId: 'ann', asOf: '2026-11-21T12:00:00Z', terminology });
    return { named: facts.filter(({ kind }) => kind === 'medication').map(({ name }) => name), unnamed: unnamed.map(({ id }) => id) };
  };
  return { drugs, later, asked: () => asked.filter(({ path }) => path.includes('_history')).map(({ path }) => path) };
}

test.each(['Medication/m/_history/1', 'ORIGIN/r4/Medication/m/_history/1'])('%s is read as that version', async (reference) => {
  const { drugs, later, asked } = await read(reference, { body: FIRST });
  expect(await drugs()).toEqual({ named: [expect.stringMatching(/^metformin/)], unnamed: [] });
  expect(asked()).toEqual(['Medication/m/_history/1']);
  later(3_600_000);
  expect(await drugs()).toEqual({ named: [expect.stringMatching(/^metformin/)], unnamed: [] });
});

test.each<[string, Said | undefined, boolean]>([
  ['is not there any more', undefined, true],
  ['is not offered', { body: FIRST }, false],
  ['cannot be read', { status: 500, body: '' }, true],
  ['is answered with another', { body: NOW }, true],
])('of a version that %s it is not known what it is', async (_, said, offersVersions) => {
  const { drugs, later } = await read('ORIGIN/r4/Medication/m/_history/1', said, offersVersions);
  expect(await drugs()).toEqual({ named: [], unnamed: ['MedicationRequest/r'] });
  later(3_600_000);
  expect(await drugs()).toEqual({ named: [], unnamed: ['MedicationRequest/r'] });
});

test.each(['Medication/m', 'Medication/m/_history/2'])('%s is what stands there now, and is not read again', async (reference) => {
  const { drugs, asked } = await read(reference, undefined);
  expect(await drugs()).toEqual({ named: [expect.stringMatching(/^warfarin/)], unnamed: [] });
  expect(asked()).toEqual([]);
});
