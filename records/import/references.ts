import type { FhirResource } from '../contract.ts';
import { keyOf, type Queryable } from '../sandbox/table.ts';

/** A reference that is not `Type/id` yet: what has to be looked for. */
export type Wanted =
  | { readonly kind: 'url'; readonly url: string }
  /** No `system`: of any. */
  | { readonly kind: 'identifier'; readonly resourceType: string; readonly system?: string; readonly value: string };

/** What is known of where a URL or an identifier leads: `Type/id`. Several: it is not decided. */
export interface Directory {
  addEntry(resource: FhirResource, fullUrl: string | undefined): void;
  /** Looks all of them up in the database where the files did not tell. */
  load(db: Queryable, wanted: readonly Wanted[]): Promise<void>;
  find(wanted: Wanted): string | undefined;
}

export function createDirectory(): Directory {
  const urls = new Map<string, string>();
  const bases = new Set<string>();
  const identifiers = new Map<string, Set<string>>();
  const known = (key: string, reference: string) => {
    const references = identifiers.get(key);
    if (references) references.add(reference);
    else identifiers.set(key, new Set([reference]));
  };
  const learn = (resourceType: string, system: string, value: string, reference: string) => {
    known(identifierKey(resourceType, system, value), reference);
    known(identifierKey(resourceType, undefined, value), reference);
  };

  return {
    addEntry(resource, fullUrl) {
      const reference = keyOf(resource);
      if (fullUrl !== undefined) {
        urls.set(fullUrl, reference);
        const base = /^(https?:\/\/.+)\/[A-Z][A-Za-z]+\/[^/]+$/.exec(fullUrl)?.[1];
        if (base !== undefined) bases.add(base);
      }
      if (!BY_IDENTIFIER.has(resource.resourceType)) return;
      for (const { system, value } of identifiersOf(resource)) learn(resource.resourceType, system, value, reference);
    },

    async load(db, wanted) {
      const ids = wanted.flatMap((one) => (one.kind === 'url' && this.find(one) === undefined ? (uuidOf(one.url) ?? []) : []));
      if (ids.length > 0) {
        const { rows } = await db.query(
          'select id, min(resource_type) as type from sandbox_resources where id = any($1) group by id having count(*) = 1',
          [[...new Set(ids)]],
        );
        for (const { id, type } of rows) urls.set(`urn:uuid:${id}`, `${type}/${id}`);
      }
      const missing = wanted.filter((one) => one.kind === 'identifier' && this.find(one) === undefined) as Extract<
        Wanted,
        { kind: 'identifier' }
      >[];
      for (const type of new Set(missing.map((one) => one.resourceType))) {
        const values = [...new Set(missing.filter((one) => one.resourceType === type).map((one) => one.value))];
        const { rows } = await db.query(
          `select id, one ->> 'system' as system, one ->> 'value' as value
           from sandbox_resources, json_array_elements(case when json_typeof(content -> 'identifier') = 'array' then content -> 'identifier' else '[]' end) as one
           where resource_type = $1 and not deleted and one ->> 'value' = any($2)`,
          [type, values],
        );
        for (const { id, system, value } of rows) learn(type, system ?? '', value, `${type}/${id}`);
      }
    },

    find(wanted) {
      if (wanted.kind === 'url') {
        const exact = urls.get(wanted.url) ?? urls.get(wanted.url.replace(/\/_history\/[^/]+$/, ''));
        if (exact !== undefined) return exact;
        const [, base, reference] = /^(https?:\/\/.+)\/([A-Z][A-Za-z]+\/[^/]+?)(?:\/_history\/[^/]+)?$/.exec(wanted.url) ?? [];
        return base !== undefined && bases.has(base) ? reference : undefined;
      }
      const found = identifiers.get(identifierKey(wanted.resourceType, wanted.system, wanted.value));
      return found?.size === 1 ? [...found][0] : undefined;
    },
  };
}

/** Types that others point to by an identifier, as Synthea's practitioners and organizations. */
const BY_IDENTIFIER = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Device',
  'Medication',
  'Encounter',
]);

const identifierKey = (resourceType: string, system: string | undefined, value: string): string =>
  `${resourceType} ${system === undefined ? 'any' : `of ${system}`} ${value}`;
const uuidOf = (url: string): string | undefined => /^urn:(?:uuid|oid):(.+)$/.exec(url)?.[1];

/**
 * The resource with every reference as `Type/id`, as far as the directory tells.
 * `unresolved` is what it does not tell: those references stay as they were.
 */
export function resolveReferences(
  resource: FhirResource,
  directory: Directory,
): { readonly resource: FhirResource; readonly unresolved: readonly Wanted[] } {
  const unresolved: Wanted[] = [];
  const look = (wanted: Wanted): string | undefined => {
    const found = directory.find(wanted);
    if (found === undefined) unresolved.push(wanted);
    return found;
  };
  const rewrite = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return rewriteAll(value, field);
    if (typeof value !== 'object' || value === null) return value;
    let changed: Record<string, unknown> | undefined;
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      const inner = record[key];
      let next = inner;
      if (typeof inner === 'string') {
        const wanted = key === 'reference' || (key === 'url' && inner.startsWith('urn:')) ? wantedOf(inner) : undefined;
        if (wanted !== undefined) next = look(wanted) ?? inner;
      } else next = rewrite(inner, key);
      if (next !== inner) {
        changed ??= { ...record };
        changed[key] = next;
      }
    }
    const patient = field === 'subject' || field === 'patient' || field === 'beneficiary' ? patientByIdentifier(record) : undefined;
    const reference = patient && look(patient);
    return reference === undefined ? (changed ?? value) : { ...(changed ?? record), reference };
  };
  const rewriteAll = (items: readonly unknown[], field: string): unknown => {
    const next = items.map((item) => rewrite(item, field));
    return next.some((item, i) => item !== items[i]) ? next : items;
  };
  return { resource: rewrite(resource, '') as FhirResource, unresolved };
}

function wantedOf(reference: string): Wanted | undefined {
  if (reference.startsWith('urn:') || /^https?:\/\//.test(reference)) return { kind: 'url', url: reference };
  const [, resourceType, query] = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(reference) ?? [];
  return resourceType === undefined || query === undefined ? undefined : wantedByQuery(resourceType, query);
}

/** What `identifier=system|value` looks for. Other queries decide nothing here. */
export function wantedByQuery(resourceType: string, query: string): Extract<Wanted, { kind: 'identifier' }> | undefined {
  const identifier = new URLSearchParams(query.replaceAll('+', '%2B')).get('identifier');
  if (identifier === null) return undefined;
  const bar = identifier.indexOf('|');
  const value = identifier.slice(bar + 1);
  return value === '' ? undefined : { kind: 'identifier', resourceType, value, ...(bar < 0 ? {} : { system: identifier.slice(0, bar) }) };
}

/** `{ identifier: { system, value } }` with no reference: whose record it is in is told by the number alone. */
function patientByIdentifier({ reference, identifier, type }: Record<string, unknown>): Wanted | undefined {
  if (reference !== undefined || (type !== undefined && type !== 'Patient') || typeof identifier !== 'object' || identifier === null)
    return undefined;
  const { system, value } = identifier as Record<string, unknown>;
  if (typeof system !== 'string' || typeof value !== 'string') return undefined;
  return { kind: 'identifier', resourceType: 'Patient', system, value };
}

function identifiersOf(resource: FhirResource): readonly { readonly system: string; readonly value: string }[] {
  if (!Array.isArray(resource.identifier)) return [];
  return resource.identifier.flatMap((one: Record<string, unknown> | null) =>
    typeof one?.value === 'string' ? [{ system: typeof one.system === 'string' ? one.system : '', value: one.value }] : [],
  );
}

/** The id that a resource gets that has none: out of its full URL. */
export function idFromUrl(fullUrl: string | undefined): string | undefined {
  if (fullUrl === undefined) return undefined;
  const id = uuidOf(fullUrl) ?? /^https?:\/\/.+\/[A-Z][A-Za-z]+\/([^/?#|\s]+?)(?:\/_history\/[^/]+)?$/.exec(fullUrl)?.[1];
  return id !== undefined && /^[A-Za-z0-9.-]{1,64}$/.test(id) ? id : undefined;
}
