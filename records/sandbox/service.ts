import resourceTypeTable from '../../data/fhir/r4-resource-types.json' with { type: 'json' };
import parameterTable from '../../data/fhir/r4-search-parameters.json' with { type: 'json' };
import { AppError, HTTP_STATUS, isAppError } from '../../errors.ts';
import type { FhirBundle, FhirResource, RecordStore } from '../contract.ts';
import { isTooDeep } from '../depth.ts';

export interface FhirServiceDeps {
  readonly store: Pick<RecordStore, 'read' | 'search' | 'everything' | 'create' | 'update' | 'patch' | 'transaction'>;
  /** Longest page. */
  readonly pageSize?: number;
}

/** Answers one FHIR request. The path is relative to the server's base: "Patient/ann", "". */
export type FhirService = (request: ServiceRequest) => Promise<ServiceAnswer>;

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly params: readonly (readonly [string, string])[];
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  /** The base address as the client knows it, ending in a slash. */
  readonly base: string;
}
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: FhirResource;
}

const DEFAULT_PAGE = 100;
const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const PAGING = new Set(['_count', '_offset', '_total', '_format', '_pretty']);

/**
 * The sandbox as a FHIR R4 server: what a client over HTTP speaks with. It says in its CapabilityStatement what it does, and refuses the rest.
 * http://hl7.org/fhir/R4/http.html
 */
export function createFhirService({ store, pageSize = 1_000 }: FhirServiceDeps): FhirService {
  async function route(request: ServiceRequest): Promise<ServiceAnswer> {
    const { method, path, params, headers, body } = request;
    const [type = '', id = '', operation = '', ...more] = path.replace(/^\/+|\/+$/g, '').split('/');
    if (more.length > 0) throw notHere(path);
    if (method === 'GET' && type === 'metadata') return ok(capabilityStatement());
    if (method === 'POST' && type === '') return ok(await store.transaction(parsed(body) as FhirBundle));
    if (method === 'GET' && type !== '' && id === '') return ok(await searched(request, type, params));
    if (method === 'POST' && id === '_search') {
      const form = new URLSearchParams(body ?? '');
      return ok(await searched(request, type, [...params, ...form]));
    }
    if (method === 'GET' && type === 'Patient' && operation === '$everything') return ok(await everything(request, id));
    if (operation !== '') throw notHere(path);
    const match = headers['if-match']?.replace(/^(?:W\/)?"(.*)"$/, '$1');
    if (method === 'GET') {
      const resource = await store.read(type, id);
      return headers['if-none-match'] === etagOf(resource)
        ? { status: 304, headers: { etag: etagOf(resource) } }
        : withVersion(200, resource);
    }
    if (method === 'POST' && id === '') {
      const ifNoneExist = headers['if-none-exist'];
      const resource = await store.create(ofType(parsed(body), type), ifNoneExist === undefined ? {} : { ifNoneExist });
      return withVersion(versionOf(resource) === '1' ? 201 : 200, resource, `${request.base}${type}/${resource.id}`);
    }
    if (method === 'PUT') {
      const resource = await store.update(ofType(parsed(body), type, id), match === undefined ? {} : { ifMatch: match });
      return withVersion(versionOf(resource) === '1' ? 201 : 200, resource);
    }
    if (method === 'PATCH') {
      const operations = JSON.parse(body ?? 'null') as unknown;
      if (!Array.isArray(operations)) throw new AppError('bad-request', 'A patch is a JSON array of operations (RFC 6902).');
      if (isTooDeep(operations)) throw new AppError('bad-request', TOO_DEEP);
      return withVersion(200, await store.patch(type, id, operations, match === undefined ? {} : { ifMatch: match }));
    }
    if (method === 'DELETE' && id !== '') {
      await store.transaction({ resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method, url: `${type}/${id}` } }] });
      return { status: 204, headers: {} };
    }
    throw new AppError('bad-request', `${method} ${path} is not offered.`);
  }

  async function searched(request: ServiceRequest, type: string, params: ServiceRequest['params']): Promise<FhirBundle> {
    const counts = ([name, value]: readonly [string, string]) => name === '_summary' && value === 'count';
    const wanted = params.filter((one) => !PAGING.has(one[0]) && !counts(one));
    const settings = new Map(params.filter(([name]) => PAGING.has(name)));
    const { matches, included } = await store.search(type, wanted, { anyPatient: true });
    if (params.some(counts)) return page(request, type, params, new Map([['_count', '0']]), matches, []);
    return page(request, type, params, settings, matches, included);
  }

  async function everything(request: ServiceRequest, id: string): Promise<FhirBundle> {
    const types = request.params.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(','));
    const { resources } = await store.everything(id);
    const wanted = types.length === 0 ? resources : resources.filter(({ resourceType }) => types.includes(resourceType));
    return page(request, request.path, request.params, new Map(request.params), wanted, []);
  }

  function page(
    { base }: ServiceRequest,
    path: string,
    params: ServiceRequest['params'],
    settings: ReadonlyMap<string, string>,
    matches: readonly FhirResource[],
    included: readonly FhirResource[],
  ): FhirBundle {
    const count = Math.min(pageSize, wholeNumber('_count', settings.get('_count')) ?? DEFAULT_PAGE);
    const offset = wholeNumber('_offset', settings.get('_offset')) ?? 0;
    const address = (at: number) => {
      const query = new URLSearchParams();
      for (const [name, value] of params) if (name !== '_offset') query.append(name, value);
      if (at > 0) query.set('_offset', String(at));
      return `${base}${path}${query.size > 0 ? `?${query}` : ''}`;
    };
    const shown = matches.slice(offset, offset + count);
    const next = count > 0 && offset + count < matches.length;
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: matches.length,
      link: [{ relation: 'self', url: address(offset) }, ...(next ? [{ relation: 'next', url: address(offset + count) }] : [])],
      entry: [
        ...shown.map((resource) => ({ ...entry(base, resource), search: { mode: 'match' } })),
        // With the first page: what is included is found once.
        ...(offset === 0 ? included.map((resource) => ({ ...entry(base, resource), search: { mode: 'include' } })) : []),
      ],
    };
  }

  return async (request) => {
    try {
      return await route(request);
    } catch (error) {
      const code = isAppError(error) ? error.code : 'record-unavailable';
      const status = error instanceof SyntaxError ? 400 : HTTP_STATUS[code];
      return {
        status,
        headers: { 'content-type': FHIR_JSON },
        body: outcome(status, isAppError(error) ? error.message : 'The request failed.'),
      };
    }
  };
}

const entry = (base: string, resource: FhirResource) => ({ fullUrl: `${base}${resource.resourceType}/${resource.id}`, resource });
const notHere = (path: string): AppError => new AppError('not-found', `There is nothing at ${path}.`);
const versionOf = (resource: FhirResource): string => String((resource.meta as { versionId?: string } | undefined)?.versionId);
const etagOf = (resource: FhirResource): string => `W/"${versionOf(resource)}"`;
const ok = (body: FhirResource): ServiceAnswer => ({ status: 200, headers: { 'content-type': FHIR_JSON }, body });

function withVersion(status: number, body: FhirResource, location?: string): ServiceAnswer {
  const changed = (body.meta as { lastUpdated?: string } | undefined)?.lastUpdated;
  return {
    status,
    headers: {
      'content-type': FHIR_JSON,
      etag: etagOf(body),
      ...(changed === undefined ? {} : { 'last-modified': new Date(changed).toUTCString() }),
      ...(location === undefined ? {} : { location }),
    },
    body,
  };
}

function parsed(body = ''): FhirResource {
  const resource: unknown = JSON.parse(body);
  if (typeof resource !== 'object' || resource === null || typeof (resource as FhirResource).resourceType !== 'string')
    throw new AppError('bad-request', 'The body is no FHIR resource: resourceType is missing.');
  if (isTooDeep(resource)) throw new AppError('bad-request', TOO_DEEP);
  return resource as FhirResource;
}

const TOO_DEEP = 'The body is nested deeper than any FHIR resource.';

function ofType(resource: FhirResource, type: string, id?: string): FhirResource {
  if (resource.resourceType !== type) throw new AppError('bad-request', `resourceType: ${resource.resourceType} sent to ${type}.`);
  if (id !== undefined && resource.id !== id)
    throw new AppError('bad-request', `id: the resource does not carry the id ${id} of its address.`);
  return resource;
}

function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new AppError('bad-request', `“${name}” cannot be “${value}”: expected a whole number.`);
  return Number(value);
}

/** Issue types: http://hl7.org/fhir/R4/valueset-issue-type.html */
const ISSUE_CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'conflict',
};
const outcome = (status: number, text: string): FhirResource => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: ISSUE_CODES[status] ?? 'exception', details: { text } }],
});

let statement: FhirResource | undefined;
function capabilityStatement(): FhirResource {
  const tables = parameterTable as unknown as Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>>;
  const shared = { ...tables.Resource, ...tables.DomainResource };
  statement ??= {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-21',
    kind: 'instance',
    software: { name: 'Rounds sandbox' },
    implementation: { description: 'The sandbox of Rounds' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: resourceTypeTable.types.map((type) => {
          const parameters = Object.entries({ ...shared, ...tables[type] }).filter(([name]) => name !== '_has');
          const references = Object.entries(tables[type] ?? {}).filter(([, [kind]]) => kind === 'reference');
          return {
            type,
            interaction: ['read', 'search-type', 'create', 'update', 'patch', 'delete'].map((code) => ({ code })),
            versioning: 'versioned-update',
            updateCreate: true,
            conditionalCreate: true,
            searchInclude: references.map(([name]) => `${type}:${name}`),
            searchParam: parameters.map(([name, [kind]]) => ({ name, type: kind })),
            ...(type === 'Patient'
              ? { operation: [{ name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' }] }
              : {}),
          };
        }),
      },
    ],
  };
  return statement;
}
