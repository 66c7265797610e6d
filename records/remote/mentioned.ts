import { isAppError } from '../../errors.ts';
import type { FhirResource, RecordSnapshot } from '../contract.ts';
import { isAboutPatients } from '../owners.ts';
import { hasGone } from '../waiting.ts';
import type { OwnAddresses } from './addresses.ts';
import type { Capability } from './capability.ts';
import type { FhirClient } from './client.ts';
import { unique } from './held.ts';
import { whyUnread } from './part.ts';
import type { PartsDeps } from './parts.ts';
import { readVersions, type Versions } from './referred-versions.ts';

export interface Mentioned {
  readonly resources: readonly FhirResource[];
  readonly gaps: RecordSnapshot['gaps'];
  readonly versions: Versions;
}

const IDS_AT_ONCE = 50;

/** Whom and what a record refers to and belongs to nobody: practitioners, organizations, places, medications, and what those refer to. */
export async function readMentioned(
  own: readonly FhirResource[],
  { client, capability }: Pick<PartsDeps, 'client' | 'capability'>,
  signal: AbortSignal,
): Promise<Mentioned> {
  const seen = new Set(own.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const mentioned: FhirResource[] = [];
  const gaps = new Map<string, string>();
  let next: readonly FhirResource[] = own;
  while (next.length > 0) {
    const byType = new Map<string, string[]>();
    for (const reference of next.flatMap((resource) => [...referencesIn(resource, client.addresses)])) {
      const [type = '', id = ''] = reference.split('/');
      if (seen.has(reference) || isAboutPatients(type) || type === 'Patient' || gaps.has(type)) continue;
      seen.add(reference);
      byType.set(type, [...(byType.get(type) ?? []), id]);
    }
    const batches = [...byType].flatMap(([type, ids]) =>
      Array.from(
        { length: Math.ceil(ids.length / IDS_AT_ONCE) },
        (_, i) => [type, ids.slice(i * IDS_AT_ONCE, (i + 1) * IDS_AT_ONCE)] as const,
      ),
    );
    const read = await Promise.all(
      batches.map(async ([type, ids]) => {
        try {
          const { resources, incomplete } = await readByIds(type, ids, client, capability, signal);
          if (incomplete !== undefined) gaps.set(type, incomplete);
          return resources;
        } catch (error) {
          if (hasGone(signal) || !isAppError(error)) throw error;
          gaps.set(type, whyUnread(error));
          return [];
        }
      }),
    );
    next = read.flat().filter(({ resourceType }) => !isAboutPatients(resourceType));
    mentioned.push(...next);
  }
  const resources = unique(mentioned);
  const versions = await readVersions(own, resources, { client, capability }, signal);
  return { resources, gaps: [...gaps].map(([type, why]) => ({ type, why })), versions };
}

interface ByIds {
  readonly resources: readonly FhirResource[];
  readonly incomplete?: string;
}

async function readByIds(
  type: string,
  ids: readonly string[],
  client: FhirClient,
  { types }: Capability,
  signal: AbortSignal,
): Promise<ByIds> {
  const known = types.get(type);
  if (!known) return { resources: [] };
  const found: FhirResource[] = [];
  if (known.searchParams.has('_id')) {
    let incomplete: string | undefined;
    const pages = client.pages({
      path: type,
      params: [
        ['_id', ids.join(',')],
        ['_count', String(IDS_AT_ONCE)],
      ],
      signal,
    });
    for await (const page of pages) {
      found.push(...page.matches);
      incomplete ??= page.incomplete?.replace(/^it\b/, 'the server');
    }
    return {
      resources: found.filter(({ resourceType, id }) => resourceType === type && ids.includes(id ?? '')),
      ...(incomplete === undefined ? {} : { incomplete }),
    };
  }
  const single = async (id: string): Promise<FhirResource[]> => {
    try {
      const { resource } = await client.request({ method: 'GET', path: `${type}/${id}`, signal });
      return resource?.resourceType === type && resource.id === id ? [resource] : [];
    } catch (error) {
      // A reference that leads nowhere is common, and no fault.
      if (isAppError(error, 'not-found')) return [];
      throw error;
    }
  };
  return { resources: (await Promise.all(ids.map(single))).flat() };
}

/** `Type/id` of every reference to this server. Another server's `Practitioner/1` is somebody else. */
function* referencesIn(value: unknown, addresses: OwnAddresses): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item, addresses);
  else if (typeof value === 'object' && value !== null) {
    for (const [field, inner] of Object.entries(value)) {
      const own = field === 'reference' && typeof inner === 'string' ? addresses.relative(inner) : undefined;
      if (own !== undefined) yield own;
      else if (typeof inner === 'object') yield* referencesIn(inner, addresses);
    }
  }
}
