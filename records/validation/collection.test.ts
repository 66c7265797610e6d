import type { Bundle, Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { createValidator } from '../validation.ts';
import { checkCollection, order, resolverOf } from './collection.ts';
import type { Validator } from './contract.ts';
import { readDefinitions } from './definitions.ts';

let validator: Validator;
beforeAll(() => {
  validator = createValidator(readDefinitions());
});

const patient = { resourceType: 'Patient', id: 'p', birthDate: '1950-02-03', deceasedDateTime: '2026-06-01T08:00:00Z' };
const visit = {
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: 'Patient/p' },
  period: { start: '2026-03-04T09:00:00-05:00', end: '2026-03-04T10:00:00-05:00' },
};
const result = (rest: object = {}) => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/p' },
  encounter: { reference: 'urn:uuid:visit' },
  effectiveDateTime: '2026-03-04T09:30:00-05:00',
  ...rest,
});
type Entries = NonNullable<Bundle['entry']>;
const bundle = (...extra: object[]): Entries => [
  { resource: patient as Resource },
  { fullUrl: 'urn:uuid:visit', resource: visit as Resource },
  ...extra.map((resource) => ({ resource: resource as Resource })),
];
function faultsOf(entries: Entries, elsewhere?: (reference: string) => Resource | undefined): string[] {
  const resolve = resolverOf(entries, elsewhere);
  const examined = entries.map(({ resource, fullUrl }) => {
    const { contents } = validator.examine(resource as Resource, resolve);
    return {
      resource: resource as Resource,
      ...(fullUrl === undefined ? {} : { fullUrl }),
      ...(contents === undefined ? {} : { contents }),
    };
  });
  return checkCollection(examined, resolve).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
}

describe('resources together', () => {
  it('are right where nothing is wrong', () => {
    expect(faultsOf(bundle(result()))).toEqual([]);
  });
  it('may name what other bundles hold', () => {
    const shared = bundle(result({ performer: [{ reference: 'Practitioner?identifier=urn:npi|1' }] }));
    const practitioner = { resourceType: 'Practitioner', id: 'd', identifier: [{ system: 'urn:npi', value: '1' }] } as Resource;
    expect(faultsOf(shared)).toEqual(['error unresolved Observation.performer[0]']);
    expect(faultsOf(shared, resolverOf([{ resource: practitioner }]))).toEqual([]);
  });
  it.each([
    ['a reference to nothing', { hasMember: [{ reference: 'Observation/none' }] }, 'error unresolved Observation.hasMember[0]'],
    ['no id', { id: undefined }, 'error id Observation'],
    [
      'a period that ends before it starts',
      { effectiveDateTime: undefined, effectivePeriod: { start: '2026-03-04', end: '2026-03-03' } },
      'error period Observation.effectivePeriod',
    ],
    ['a time without a zone', { effectiveDateTime: '2026-03-04T09:30:00' }, 'error zone Observation.effectiveDateTime'],
    ['a time without seconds', { effectiveDateTime: '2026-03-04T09:30Z' }, 'error zone Observation.effectiveDateTime'],
    ['a day that is not on the calendar', { effectiveDateTime: '2026-02-30' }, 'error calendar Observation.effectiveDateTime'],
    [
      'a unit that is not UCUM',
      { valueQuantity: { value: 1, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'pounds' } },
      'error ucum Observation.valueQuantity',
    ],
    ['an event before birth', { effectiveDateTime: '1950-02-02' }, 'error before-birth Observation.effectiveDateTime'],
    ['an event after death', { effectiveDateTime: '2026-06-01T09:00:00Z' }, 'error after-death Observation.effectiveDateTime'],
    ['an event outside its visit', { effectiveDateTime: '2026-03-06' }, 'warning outside-visit Observation.effectiveDateTime'],
  ])('report %s', (_what, change, wanted) => {
    expect(faultsOf(bundle(result(change)))).toContain(wanted);
  });
  it('let what is void be anywhere in time', () => {
    expect(faultsOf(bundle(result({ status: 'entered-in-error', effectiveDateTime: '1949-01-01' })))).toEqual([]);
  });
  it('report the same id twice, and another patient', () => {
    expect(faultsOf(bundle(result(), result()))).toEqual(['error unique Observation']);
    const other = { resourceType: 'Patient', id: 'q' } as Resource;
    const entries = bundle(result({ subject: { reference: 'Patient/q' } }));
    expect(faultsOf(entries, (reference) => (reference === 'Patient/q' ? other : undefined))).toEqual([
      'error other-patient Observation.subject',
    ]);
  });
});

it('reports a resource that names two of several patients', () => {
  const other = { resourceType: 'Patient', id: 'q', link: [{ other: { reference: 'Patient/p' }, type: 'replaces' }] };
  const both = result({ encounter: undefined, performer: [{ reference: 'Patient/q' }] });
  expect(faultsOf(bundle(other, both))).toEqual(['error other-patient Observation']);
});

it.each([
  ['2026-03', '2026-03-04', 0],
  ['2026-03-04T23:00:00-05:00', '2026-03-04', 0],
  ['2026-03-04T23:00:00-05:00', '2026-03-05T03:00:00Z', 1],
  ['2025', '2026-01-01', -1],
])('order of %s and %s', (a, b, wanted) => {
  expect(Math.sign(order(a, b))).toBe(wanted);
});
