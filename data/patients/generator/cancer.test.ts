import type { BodyStructure, Condition, Observation, Procedure } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { generate } from '../generate.ts';

const [bundle] = generate({ seed: 1, asOf: '2026-11-21', persona: 'ingrid-solberg' });
const of = <T extends { readonly resourceType: string }>(type: T['resourceType']) =>
  (bundle!.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as unknown as T] : []));
const profiled = (resource: { readonly meta?: { readonly profile?: string[] } }, name: string) =>
  resource.meta?.profile?.some((url) => url.endsWith(`/mcode-${name}`)) ?? false;

test('the stage group stands on its T, N and M, is about the cancer, and the cancer names it', () => {
  const cancer = of<Condition>('Condition').find((one) => profiled(one, 'primary-cancer-condition'))!;
  const group = of<Observation>('Observation').find((one) => profiled(one, 'tnm-stage-group'))!;
  expect(group.focus).toEqual([{ reference: `Condition/${cancer.id}` }]);
  expect(group.hasMember).toHaveLength(3);
  expect(cancer.stage?.[0]?.assessment).toEqual([{ reference: `Observation/${group.id}` }]);
});

test('radiotherapy has a dose delivered to a volume that is in the record', () => {
  const course = of<Procedure>('Procedure').find((one) => profiled(one, 'radiotherapy-course-summary'))!;
  const dose = course.extension!.find(({ url }) => url.endsWith('/mcode-radiotherapy-dose-delivered-to-volume'))!.extension!;
  const volume = dose.find(({ url }) => url === 'volume')!.valueReference!.reference;
  expect(of<BodyStructure>('BodyStructure').map(({ id }) => `BodyStructure/${id}`)).toEqual([volume]);
  expect(course.performedPeriod!.start! < course.performedPeriod!.end!).toBe(true);
});
