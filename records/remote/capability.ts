import type { FhirResource } from '../contract.ts';

/** What one type of resource can be asked for, as the server says itself. */
export interface TypeCapability {
  readonly interactions: ReadonlySet<string>;
  /** Name to type: `date`, `token` ..., empty where it is not said. */
  readonly searchParams: ReadonlyMap<string, string>;
  readonly includes: ReadonlySet<string>;
  readonly revIncludes: ReadonlySet<string>;
  readonly operations: ReadonlySet<string>;
  readonly conditionalCreate: boolean;
  /** What was changed since cannot be told: an edit of one version would replace any other. */
  readonly keepsNoVersions: boolean;
}

/** A server's own statement of what it does. http://hl7.org/fhir/R4/capabilitystatement.html */
export interface Capability {
  readonly fhirVersion: string;
  readonly software?: string;
  /** The address that the server knows itself by: another than ours where a proxy stands between. */
  readonly baseUrl?: string;
  readonly types: ReadonlyMap<string, TypeCapability>;
  readonly interactions: ReadonlySet<string>;
  /** Kinds of patches that it takes, as MIME types; empty where it does not say. */
  readonly patchFormats: ReadonlySet<string>;
}

interface RestResource {
  readonly type?: unknown;
  readonly interaction?: unknown;
  readonly searchParam?: unknown;
  readonly searchInclude?: unknown;
  readonly searchRevInclude?: unknown;
  readonly operation?: unknown;
  readonly conditionalCreate?: unknown;
  readonly versioning?: unknown;
}

/** @returns undefined where the resource is no CapabilityStatement of a server */
export function readCapability(statement: FhirResource): Capability | undefined {
  const [rest] = objects(statement.rest).filter(({ mode }) => mode === undefined || mode === 'server');
  if (statement.resourceType !== 'CapabilityStatement' || typeof statement.fhirVersion !== 'string' || rest === undefined) return undefined;
  // Operations and parameters for all types stand beside them, once.
  const everywhere = { operations: names(rest.operation, 'name'), params: parameters(rest.searchParam) };
  const software = (statement.software as { name?: unknown } | undefined)?.name;
  const ownUrl = (statement.implementation as { url?: unknown } | undefined)?.url;
  return {
    fhirVersion: statement.fhirVersion,
    ...(typeof software === 'string' ? { software } : {}),
    ...(typeof ownUrl === 'string' && ownUrl !== '' ? { baseUrl: ownUrl } : {}),
    interactions: new Set(names(rest.interaction, 'code')),
    patchFormats: new Set(strings(statement.patchFormat).map((type) => type.split(';')[0]!.trim().toLowerCase())),
    types: new Map(
      (objects(rest.resource) as readonly RestResource[]).flatMap((resource): [string, TypeCapability][] =>
        typeof resource.type === 'string' ? [[resource.type, typeCapability(resource, everywhere)]] : [],
      ),
    ),
  };
}

function typeCapability(
  resource: RestResource,
  everywhere: { readonly operations: readonly string[]; readonly params: readonly (readonly [string, string])[] },
): TypeCapability {
  return {
    interactions: new Set(names(resource.interaction, 'code')),
    searchParams: new Map([...everywhere.params, ...parameters(resource.searchParam)]),
    includes: new Set(strings(resource.searchInclude)),
    revIncludes: new Set(strings(resource.searchRevInclude)),
    operations: new Set([...names(resource.operation, 'name'), ...everywhere.operations].map((name) => name.replace(/^\$/, ''))),
    conditionalCreate: resource.conditionalCreate === true,
    keepsNoVersions: resource.versioning === 'no-version',
  };
}

/** R4, and R4B, in which nothing that a record is made of differs. Versions between and after them are drafts of others. */
export const isR4 = ({ fhirVersion }: Capability): boolean => /^4\.[03]\.\d/.test(fhirVersion);

const objects = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const parameters = (value: unknown): readonly (readonly [string, string])[] =>
  objects(value).flatMap(({ name, type }) => (typeof name === 'string' ? [[name, typeof type === 'string' ? type : ''] as const] : []));
const names = (value: unknown, field: string): readonly string[] => strings(objects(value).map((item) => item[field]));
