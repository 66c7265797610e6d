import type { FhirBundle, FhirResource } from '../records/contract.ts';

/** What a longer life in care adds to a record. Problems, allergies, coverage and the like are not repeated. */
const REPEATED = new Set([
  'Observation',
  'Encounter',
  'DiagnosticReport',
  'Procedure',
  'Immunization',
  'MedicationRequest',
  'MedicationAdministration',
  'DocumentReference',
  'ServiceRequest',
]);
/** Days between one copy and the one before it. */
const STEP_DAYS = 91;
const DATE = /^(\d{4}-\d{2}-\d{2})(T.*)?$/;

/**
 * A record of exactly `size` resources in the shape of `seed` (one patient's resources): the seed itself, then copies of its visits,
 * results, procedures and orders with new ids, each set of copies a quarter year earlier. Copies refer to each other as the originals do;
 * numbers vary a little from copy to copy, orders of the past are completed. Deterministic.
 */
export function growRecord(seed: readonly FhirResource[], size: number): FhirResource[] {
  if (seed.length > size) return shrink(seed, size);
  const repeated = seed.filter(({ resourceType, id, status }) => REPEATED.has(resourceType) && id && status !== 'entered-in-error');
  if (repeated.length === 0) throw new Error('the seed record has nothing that repeats');
  const own = new Set(repeated.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const grown = [...seed];
  for (let copy = 1; grown.length < size; copy += 1) {
    for (const resource of repeated.slice(0, size - grown.length)) grown.push(copyOf(resource, copy, own));
  }
  return grown;
}

/** The patient first, then every nth of the rest, so that all types stay. */
function shrink(seed: readonly FhirResource[], size: number): FhirResource[] {
  const patient = seed.filter(({ resourceType }) => resourceType === 'Patient');
  const rest = seed.filter(({ resourceType }) => resourceType !== 'Patient');
  const wanted = size - patient.length;
  return [...patient, ...Array.from({ length: wanted }, (_, index) => rest[Math.floor((index * rest.length) / wanted)]!)];
}

function copyOf(resource: FhirResource, copy: number, own: ReadonlySet<string>): FhirResource {
  const change = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => change(item, key));
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, name)]));
    if (typeof value === 'number' && key === 'value') return vary(value, copy);
    if (typeof value !== 'string') return value;
    if (key === 'reference') return own.has(value) ? `${value}-${copy}` : value;
    const date = DATE.exec(value);
    return date ? earlier(date[1]!, copy * STEP_DAYS) + (date[2] ?? '') : value;
  };
  const copied = change(resource, '') as FhirResource;
  const past = resource.resourceType === 'MedicationRequest' ? { status: 'completed' } : {};
  return { ...copied, ...past, id: `${resource.id}-${copy}` };
}

/** Up to 8 % up or down, with as many decimals as before. */
function vary(value: number, copy: number): number {
  const decimals = (String(value).split('.')[1] ?? '').length;
  return Number((value * (1 + 0.08 * Math.sin(copy * 1.7 + value))).toFixed(Math.min(decimals, 4)));
}

function earlier(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

export function toBundle(resources: readonly FhirResource[]): FhirBundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}
