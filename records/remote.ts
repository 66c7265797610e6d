import { AppError, isAppError } from '../errors.ts';
import type { FhirBundle, FhirResource, RecordStore, SearchResult } from './contract.ts';
import { isAboutPatients, mergedInto, ownersOf } from './owners.ts';
import { summarise } from './patient-summary.ts';
import type { Authorization } from './remote/authorization.ts';
import { type Capability, isR4, readCapability } from './remote/capability.ts';
import { createFhirClient, type FhirAnswer } from './remote/client.ts';
import { createCopies } from './remote/copies.ts';
import { isPatched, isWritten } from './remote/own-write.ts';
import { owned, requireAsked, unique } from './remote/parts.ts';
import { refuseUnknown } from './remote/refuse.ts';
import type { Wire } from './remote/wire.ts';
import { orGone } from './waiting.ts';

export interface RemoteStoreDeps {
  readonly wire: Pick<Wire, 'send'>;
  /** Of a FHIR R4 server, ending in a slash. */
  readonly baseUrl: URL;
  readonly authorization: Authorization;
  readonly clock: () => Date;
  /** Types of which a patient's record is made. */
  readonly types: readonly string[];
  /** For so long, in milliseconds, a copy of a record is taken as it is. */
  readonly maxAgeMs?: number;
  readonly keep?: { readonly patients: number; readonly resources: number };
}

const DEFAULT_LIMIT = 10_000;
/** So many patients are listed; more are found by name, number or id. */
const MOST_PATIENTS = 1_000;
const ID = /^[A-Za-z0-9.-]{1,64}$/;
const PATIENT_SEARCH = new Set(['patient', 'subject', 'beneficiary', 'actor', 'individual', 'candidate']);

/**
 * Any FHIR R4 server, over HTTP, behind the record's port. One store is one set of credentials: what it keeps is seen by nobody else.
 * What the server's own statement does not offer is worked around, or refused by name before anything is sent.
 */
export function createRemoteStore({
  wire,
  baseUrl,
  authorization,
  clock,
  types,
  maxAgeMs = 60_000,
  keep = { patients: 16, resources: 100_000 },
}: RemoteStoreDeps): RecordStore {
  const client = createFhirClient({ wire, baseUrl, authorization });
  let stated: Promise<Capability> | undefined;

  /** Read once; a server that was away is asked again. */
  function capability(): Promise<Capability> {
    stated ??= readStatement();
    stated.catch(() => (stated = undefined));
    return stated;
  }
  async function readStatement(): Promise<Capability> {
    const { resource } = await client.request({ method: 'GET', path: 'metadata' });
    const found = resource && readCapability(resource);
    if (!found)
      throw new AppError('record-unavailable', `${new URL('metadata', baseUrl).href} is no CapabilityStatement of a FHIR server.`);
    if (!isR4(found))
      throw new AppError(
        'record-unavailable',
        `The FHIR server at ${baseUrl.href} speaks FHIR ${found.fhirVersion}; Rounds needs R4 (4.0.1).`,
      );
    return found;
  }
  const copies = createCopies({ client, baseUrl, authorization, clock, capability, types, maxAgeMs, keep });

  async function requireOffered(type: string, interaction: string): Promise<void> {
    const { types } = await capability();
    const known = types.get(type);
    if (!known) throw new AppError('bad-request', `The FHIR server has no ${type}.`);
    if (known.interactions.size > 0 && !known.interactions.has(interaction))
      throw new AppError('bad-request', `The FHIR server offers no “${interaction}” of ${type}.`);
  }

  async function search(
    resourceType: string,
    params: readonly (readonly [string, string])[],
    { limit = DEFAULT_LIMIT, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
  ): Promise<SearchResult> {
    const known = (await orGone(capability(), signal)).types.get(resourceType);
    await requireOffered(resourceType, 'search-type');
    for (const [name, value] of params) refuseUnknown(resourceType, name, value, known!);
    const patientId = patientOf(resourceType, params);
    const matches: FhirResource[] = [];
    const included: FhirResource[] = [];
    const pages = client.pages({ path: resourceType, params, wished: { strict: true }, ...(signal ? { signal } : {}) }, limit);
    let first = true;
    for await (const page of pages) {
      if (first)
        requireAsked(
          page.answer.resource,
          params.filter(([name]) => !name.startsWith('_')),
          resourceType,
        );
      first = false;
      const other = page.matches.find((resource) => resource.resourceType !== resourceType);
      if (other)
        throw new AppError('record-unavailable', `The FHIR server answers a search of ${resourceType} with ${other.resourceType}.`);
      matches.push(...(patientId === undefined ? page.matches : owned(page.matches, patientId)));
      included.push(...(patientId === undefined ? page.included : ownedOrNobodys(page.included, patientId)));
    }
    // What is written meanwhile can move an entry from one page to the next.
    return { matches: unique(matches).slice(0, limit), included: unique(included) };
  }

  return {
    async read(resourceType, id, options = {}) {
      requireId(id);
      const { resource } = await client.request({ method: 'GET', path: `${resourceType}/${id}`, ...options });
      if (resource?.resourceType !== resourceType || resource.id !== id)
        throw new AppError('record-unavailable', `The FHIR server answers with another resource than ${resourceType}/${id}.`);
      return resource;
    },
    search,

    async everything(patientId, { signal } = {}) {
      requireId(patientId);
      const { stamp: _, ...snapshot } = await copies.read(patientId, signal);
      return snapshot;
    },
    async stamp(patientId, { signal } = {}) {
      requireId(patientId);
      return (await copies.read(patientId, signal)).stamp;
    },

    async create(resource, { ifNoneExist } = {}) {
      await requireOffered(resource.resourceType, 'create');
      if (ifNoneExist !== undefined && (await capability()).types.get(resource.resourceType)?.conditionalCreate === false)
        throw new AppError('bad-request', `The FHIR server offers no conditional create of ${resource.resourceType}.`);
      const { id: _, ...body } = resource;
      const answer = await client.request({
        method: 'POST',
        path: resource.resourceType,
        body,
        headers: { prefer: 'return=representation', ...(ifNoneExist === undefined ? {} : { 'if-none-exist': ifNoneExist }) },
        tellsRepeat: ifNoneExist !== undefined,
      });
      copies.forget(ownersOf(resource));
      return written(answer.resource, answer.headers.location ?? answer.headers['content-location'], resource.resourceType);
    },

    async update(resource, { ifMatch } = {}) {
      const { resourceType, id = '' } = resource;
      requireId(id);
      await requireOffered(resourceType, 'update');
      try {
        const answer = await client.request({
          method: 'PUT',
          path: `${resourceType}/${id}`,
          body: resource,
          headers: { prefer: 'return=representation', ...(ifMatch === undefined ? {} : { 'if-match': `W/"${ifMatch}"` }) },
          tellsRepeat: ifMatch !== undefined,
          ...(ifMatch === undefined ? {} : { isOwn: async () => standing(resourceType, id, (now) => isWritten(now, resource, ifMatch)) }),
        });
        return await written(answer.resource, `${resourceType}/${id}`, resourceType);
      } finally {
        copies.forget(ownersOf(resource));
      }
    },

    async patch(resourceType, id, operations, { ifMatch } = {}) {
      requireId(id);
      await requireOffered(resourceType, 'patch');
      const answer = await client.request({
        method: 'PATCH',
        path: `${resourceType}/${id}`,
        body: operations,
        headers: {
          'content-type': 'application/json-patch+json',
          prefer: 'return=representation',
          ...(ifMatch === undefined ? {} : { 'if-match': `W/"${ifMatch}"` }),
        },
        tellsRepeat: ifMatch !== undefined,
        ...(ifMatch === undefined
          ? {}
          : {
              isOwn: () =>
                standing(resourceType, id, async (now) => {
                  const before = await client.request({ method: 'GET', path: `${resourceType}/${id}/_history/${ifMatch}` });
                  return before.resource?.resourceType === resourceType && isPatched(now, before.resource, operations);
                }),
            }),
      });
      const now = await written(answer.resource, `${resourceType}/${id}`, resourceType);
      copies.forget(ownersOf(now));
      return now;
    },

    async transaction(bundle) {
      if (bundle.type !== 'transaction' && bundle.type !== 'batch')
        throw new AppError('bad-request', `A bundle of type “${bundle.type}” cannot be carried out: only transaction and batch.`);
      const { interactions } = await capability();
      // Some that take both name the one.
      const offered = interactions.has(bundle.type) || (bundle.type === 'batch' && interactions.has('transaction'));
      if (interactions.size > 0 && !offered) throw new AppError('bad-request', `The FHIR server offers no ${bundle.type}.`);
      try {
        const { resource } = await client.request({ method: 'POST', path: '', body: bundle });
        if (resource?.resourceType !== 'Bundle')
          throw new AppError('record-unavailable', 'The FHIR server does not say what became of the bundle.');
        return resource as FhirBundle;
      } finally {
        copies.forget();
      }
    },

    async patients({ named, signal } = {}) {
      const options = { limit: MOST_PATIENTS, ...(signal ? { signal } : {}) };
      const found =
        named === undefined
          ? (await search('Patient', [['_count', '250']], options)).matches
          : await patientsNamed(named.trim(), options).catch((error: unknown) => keptPatient(named.trim(), error));
      const current = found.filter((patient) => mergedInto(patient) === undefined);
      const summaries = [...new Map(current.map((patient) => [patient.id, summarise(patient)])).values()];
      return summaries.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id));
    },
  };

  /** Patients who may be meant by an id, a number or words of a name: all of them, and maybe more. */
  async function patientsNamed(
    named: string,
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly FhirResource[]> {
    const id = named.replace(/^Patient\//, '');
    if (ID.test(id)) {
      const exact = await client
        .request({ method: 'GET', path: `Patient/${id}`, ...(options.signal ? { signal: options.signal } : {}) })
        .catch((error: unknown) => {
          if (isAppError(error, 'not-found') || isAppError(error, 'bad-request')) return undefined;
          throw error;
        });
      if (exact?.resource?.resourceType === 'Patient' && exact.resource.id === id) return [exact.resource];
    }
    const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&');
    const words = named.split(/[\s,]+/).filter((word) => word.length > 1);
    const known = (await orGone(capability(), options.signal)).types.get('Patient')?.searchParams;
    const by = [
      ...(known?.has('identifier') === false ? [] : [[['identifier', escaped(named)] as const]]),
      ...(words.length > 0 ? [words.map((word) => ['name', escaped(word)] as const)] : []),
    ];
    return (await Promise.all(by.map((params) => search('Patient', params, options)))).flatMap(({ matches }) => matches);
  }

  /** While the server is away, whose record is kept can be named by the id alone: of a name it is not known how many others have it. */
  function keptPatient(named: string, error: unknown): readonly FhirResource[] {
    const patient = isAppError(error, 'record-unavailable') ? copies.patient(named.replace(/^Patient\//, '')) : undefined;
    if (!patient) throw error;
    return [patient];
  }

  /** A server may answer a write with nothing: then what stands there is read. */
  /** What stands there now, where it is as expected; a fault of this look leaves the conflict as the server has told it. */
  async function standing(
    type: string,
    id: string,
    isExpected: (now: FhirResource) => boolean | Promise<boolean>,
  ): Promise<FhirAnswer | undefined> {
    try {
      const answer = await client.request({ method: 'GET', path: `${type}/${id}` });
      return answer.resource?.resourceType === type && (await isExpected(answer.resource)) ? answer : undefined;
    } catch (error) {
      if (isAppError(error)) return undefined;
      throw error;
    }
  }

  async function written(resource: FhirResource | undefined, location: string | undefined, type: string): Promise<FhirResource> {
    if (resource?.resourceType === type) return resource;
    const [, id] = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`).exec(location ?? '') ?? [];
    if (id === undefined) throw new AppError('record-unavailable', `The FHIR server does not say what became of the ${type}.`);
    return (await client.request({ method: 'GET', path: `${type}/${id}` })).resource!;
  }
}

function requireId(id: string): void {
  if (!ID.test(id)) throw new AppError('bad-request', `“${id.slice(0, 80)}” is not a FHIR id.`);
}

/** The one patient to whom a search is bound. @throws AppError `bad-request` where there are several */
function patientOf(resourceType: string, params: readonly (readonly [string, string])[]): string | undefined {
  const found = new Set<string>();
  for (const [name, value] of params) {
    const [code = '', modifier = ''] = name.split(':');
    if (resourceType === 'Patient' ? code !== '_id' : !PATIENT_SEARCH.has(code) || (modifier !== '' && modifier !== 'Patient')) continue;
    for (const one of value.split(',')) {
      const id = /^(?:.*\/)?Patient\/([^/]+)$/.exec(one)?.[1] ?? (one.includes('/') || code === 'actor' ? undefined : one);
      if (id !== undefined) found.add(id);
    }
  }
  if (found.size > 1 && resourceType !== 'Patient')
    throw new AppError('bad-request', `A search of ${resourceType} names ${found.size} patients: one at a time.`);
  return found.size === 1 && isAboutPatients(resourceType) ? [...found][0] : undefined;
}

const ownedOrNobodys = (resources: readonly FhirResource[], patientId: string): readonly FhirResource[] => {
  owned(
    resources.filter((resource) => ownersOf(resource).length > 0),
    patientId,
  );
  return resources;
};
