import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../records/contract.ts';
import { growRecord } from './grow-record.ts';

const seed: FhirResource[] = [
  { resourceType: 'Patient', id: 'p', birthDate: '1950-04-01' },
  { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/p' } },
  { resourceType: 'Encounter', id: 'e', period: { start: '2026-03-01T09:00:00+01:00' }, subject: { reference: 'Patient/p' } },
  {
    resourceType: 'Observation',
    id: 'o',
    encounter: { reference: 'Encounter/e' },
    effectiveDateTime: '2026-03-01',
    valueQuantity: { value: 6.5, unit: '%' },
  },
  {
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    reasonReference: [{ reference: 'Condition/c' }],
    authoredOn: '2026-03-01',
  },
];

describe('growRecord', () => {
  it.each([2, 5, 100, 1000])('gives exactly %d resources with ids of their own', (size) => {
    const record = growRecord(seed, size);
    expect(record).toHaveLength(size);
    expect(new Set(record.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(size);
    expect(record.filter(({ resourceType }) => resourceType === 'Patient')).toHaveLength(1);
  });

  it('keeps references whole, dates in their form, and past orders completed', () => {
    const record = growRecord(seed, 11);
    expect(record.find(({ id }) => id === 'o-2')).toMatchObject({
      encounter: { reference: 'Encounter/e-2' },
      effectiveDateTime: '2025-08-31',
    });
    expect(record.find(({ id }) => id === 'e-1')).toMatchObject({
      period: { start: '2025-11-30T09:00:00+01:00' },
      subject: { reference: 'Patient/p' },
    });
    expect(record.find(({ id }) => id === 'm-1')).toMatchObject({ status: 'completed', reasonReference: [{ reference: 'Condition/c' }] });
    const ids = new Set(record.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const references = JSON.stringify(record)
      .match(/"reference":"[^"]+"/g)!
      .map((text) => text.slice(13, -1));
    expect(references.filter((reference) => !ids.has(reference))).toEqual([]);
  });

  it('is deterministic and varies the numbers', () => {
    const values = growRecord(seed, 50)
      .filter(({ resourceType }) => resourceType === 'Observation')
      .map((o) => (o.valueQuantity as { value: number }).value);
    expect(growRecord(seed, 50)).toEqual(growRecord(seed, 50));
    expect(new Set(values).size).toBeGreaterThan(3);
    expect(values.every((value) => value > 5.9 && value < 7.1)).toBe(true);
  });

  it('refuses a seed with nothing to repeat', () => {
    expect(() => growRecord(seed.slice(0, 2), 10)).toThrow(/nothing that repeats/);
  });
});
