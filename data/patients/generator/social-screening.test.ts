import type { Observation } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { generate } from '../generate.ts';

test('a screening is a panel without a value that holds one observation for each answer, and problems name their evidence', () => {
  const [bundle] = [...generate({ seed: 1, asOf: '2026-11-21', persona: 'joao-ferreira' })];
  const resources = (bundle?.entry ?? []).map(({ resource }) => resource);
  const observations = resources.filter((one): one is Observation => one?.resourceType === 'Observation');
  const panel = observations.find(({ code }) => code.coding?.[0]?.code === '93025-5');
  expect(panel?.valueCodeableConcept).toBeUndefined();
  const members = panel?.hasMember?.map(({ reference }) => observations.find(({ id }) => reference === `Observation/${id}`));
  expect(members?.every((one) => one?.valueCodeableConcept?.coding?.[0]?.code?.startsWith('LA'))).toBe(true);
  const unmet = members?.filter((one) => one?.code.coding?.[0]?.code === '93031-3');
  expect(unmet?.length).toBeGreaterThan(1);
  const homeless = resources.find((one) => one?.resourceType === 'Condition' && one.code?.coding?.some(({ code }) => code === 'Z59.02'));
  expect(homeless).toMatchObject({ evidence: [{ detail: [{ reference: expect.stringContaining('prapare-housing') }] }] });
});
