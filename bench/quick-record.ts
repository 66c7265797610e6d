import { AppError } from '../errors.ts';
import type { FhirResource } from '../records/contract.ts';
import { ownersOf } from '../records/owners.ts';
import type { FhirServiceDeps } from '../records/sandbox/service.ts';

interface Indexed {
  readonly resource: FhirResource;
  readonly owners: readonly string[];
  readonly date?: number;
  readonly updated: string;
}

/**
 * A record in memory that is read in no time, as a hospital's server with its indexes does, so that what is measured is the client's reading and
 * the way there. It knows the searches that a chart is read by, and refuses any other.
 */
export function createQuickRecord(resources: readonly FhirResource[]): FhirServiceDeps['store'] {
  const byType = new Map<string, Indexed[]>();
  for (const resource of resources) byType.set(resource.resourceType, [...(byType.get(resource.resourceType) ?? []), indexed(resource)]);
  const refuse = async (): Promise<never> => {
    throw new AppError('bad-request', 'This record is for reading.');
  };

  return {
    async read(resourceType, id) {
      const found = byType.get(resourceType)?.find(({ resource }) => resource.id === id);
      if (!found) throw new AppError('not-found', `There is no ${resourceType}/${id}.`);
      return found.resource;
    },
    async search(resourceType, params) {
      let found: readonly Indexed[] = byType.get(resourceType) ?? [];
      for (const [name, value] of params) {
        if (name === 'patient') found = found.filter(({ owners }) => owners.includes(value));
        else if (name === '_id') found = found.filter(({ resource }) => value.split(',').includes(resource.id!));
        else if (name.endsWith(':missing')) found = found.filter(({ date }) => (date === undefined) === (value === 'true'));
        else if (name === '_sort') found = sorted(found, value);
        else if (DATES.has(name) && /^(?:ge|lt)\d{4}-\d\d-\d\d$/.test(value)) {
          const edge = Date.parse(value.slice(2));
          const wanted = value.startsWith('ge') ? (date: number) => date >= edge : (date: number) => date < edge;
          found = found.filter(({ date }) => date !== undefined && wanted(date));
        } else throw new AppError('bad-request', `This record is not searched by ${name}=${value}.`);
      }
      return { matches: found.map(({ resource }) => resource), included: [] };
    },
    everything: refuse,
    create: refuse,
    update: refuse,
    patch: refuse,
    transaction: refuse,
  };
}

const DATES = new Set(['date', 'authoredon', 'created', 'effective-time']);
const DATE_FIELDS = ['effectiveDateTime', 'performedDateTime', 'occurrenceDateTime', 'authoredOn', 'date', 'created'] as const;

function indexed(resource: FhirResource): Indexed {
  const period = (resource.effectivePeriod ?? resource.performedPeriod ?? resource.period) as { start?: unknown } | undefined;
  const text = DATE_FIELDS.map((field) => resource[field]).find((value) => typeof value === 'string') ?? period?.start;
  const date = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return {
    resource,
    owners: ownersOf(resource),
    updated: (resource.meta as { lastUpdated?: string } | undefined)?.lastUpdated ?? '',
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

function sorted(found: readonly Indexed[], by: string): readonly Indexed[] {
  const sign = by.startsWith('-') ? -1 : 1;
  const order = by.endsWith('_lastUpdated')
    ? (a: Indexed, b: Indexed) => a.updated.localeCompare(b.updated)
    : (a: Indexed, b: Indexed) => (a.date ?? 0) - (b.date ?? 0);
  return [...found].sort((a, b) => sign * order(a, b));
}
