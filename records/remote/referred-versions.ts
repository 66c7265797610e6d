import { isAppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { isAboutPatients } from '../owners.ts';
import { hasGone } from '../waiting.ts';
import type { OwnAddresses } from './addresses.ts';
import { versionOf } from './held.ts';
import type { PartsDeps } from './parts.ts';

/** What references to one version of what belongs to nobody lead to, by `Type/id/_history/version`; undefined where that version could not be read. */
export type Versions = ReadonlyMap<string, FhirResource | undefined>;

/** More than these are not read: what they are is not known then. */
const MOST_VERSIONS = 200;
const IS_VERSION = /\/_history\/([A-Za-z0-9.-]{1,64})$/;

/** `Type/id/_history/version` of a reference to one version of what belongs to nobody on this server. */
function versionIn(reference: string, { relative }: OwnAddresses): string | undefined {
  const [suffix] = IS_VERSION.exec(reference) ?? [];
  const own = suffix === undefined ? undefined : relative(reference);
  const type = own?.split('/')[0];
  return own === undefined || type === undefined || type === 'Patient' || isAboutPatients(type) ? undefined : `${own}${suffix}`;
}

function* versionsIn(value: unknown, addresses: OwnAddresses): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    const named = field === 'reference' && typeof inner === 'string' ? versionIn(inner, addresses) : undefined;
    if (named !== undefined) yield named;
    else yield* versionsIn(inner, addresses);
  }
}

/**
 * The versions that a record refers to, of medications and the like: an order of one version of a medication is no order of what stands there now.
 * @param current as they stand now
 */
export async function readVersions(
  own: readonly FhirResource[],
  current: readonly FhirResource[],
  { client, capability }: Pick<PartsDeps, 'client' | 'capability'>,
  signal: AbortSignal,
): Promise<Versions> {
  const wanted = new Set([...own, ...current].flatMap((resource) => [...versionsIn(resource, client.addresses)]));
  const now = new Map(current.map((resource) => [`${resource.resourceType}/${resource.id}/_history/${versionOf(resource)}`, resource]));
  const missing = [...wanted].filter((name) => !now.has(name));
  const read = await Promise.all(missing.slice(0, MOST_VERSIONS).map(async (name) => [name, await one(name)] as const));
  const found = new Map(read);
  return new Map([...wanted].map((name) => [name, now.get(name) ?? found.get(name)]));

  async function one(path: string): Promise<FhirResource | undefined> {
    const [type = '', id = '', , version] = path.split('/');
    const offered = capability.types.get(type)?.interactions;
    if (offered === undefined || (offered.size > 0 && !offered.has('vread'))) return undefined;
    try {
      const { resource } = await client.request({ method: 'GET', path, signal });
      const isIt = resource?.resourceType === type && resource.id === id && [undefined, version].includes(versionOf(resource));
      return isIt ? resource : undefined;
    } catch (error) {
      if (hasGone(signal) || !isAppError(error)) throw error;
      return undefined;
    }
  }
}

/**
 * The same resources; a reference to one version leads to that version, contained in the resource that names it, or nowhere: to what stands there
 * now it does not lead.
 */
export function withVersions(resources: readonly FhirResource[], versions: Versions, addresses: OwnAddresses): readonly FhirResource[] {
  if (versions.size === 0) return resources;
  const standing = new Set(resources.map((one) => `${one.resourceType}/${one.id}/_history/${versionOf(one)}`));
  return resources.map((resource) => {
    const contained = new Map<string, FhirResource>();
    const changed = rewritten(resource) as FhirResource;
    const before = Array.isArray(changed.contained) ? (changed.contained as unknown[]) : [];
    return contained.size === 0 ? changed : { ...changed, contained: [...before, ...contained.values()] };

    function rewritten(value: unknown): unknown {
      if (typeof value !== 'object' || value === null) return value;
      let next: Record<string, unknown> | unknown[] | undefined;
      for (const [key, inner] of Object.entries(value)) {
        const now = key === 'reference' && typeof inner === 'string' ? led(inner) : rewritten(inner);
        if (now === inner) continue;
        next ??= Array.isArray(value) ? [...value] : { ...value };
        Object.assign(next, { [key]: now });
      }
      return next ?? value;
    }

    function led(reference: string): string {
      const name = versionIn(reference, addresses);
      if (name === undefined || standing.has(name)) return reference;
      const found = versions.get(name);
      if (found === undefined) return addresses.absolute(name);
      const id = name.replace('/_history/', '-').replace('/', '-');
      contained.set(id, { ...found, id });
      return `#${id}`;
    }
  });
}
