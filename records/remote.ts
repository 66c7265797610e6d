import { AppError, isAppError } from '../errors.ts';
import type { FhirBundle, FhirResource, RecordStore, SearchResult } from './contract.ts';
import { isCircular, mergedInto, ownersOf } from './owners.ts';
import { summarise } from './patient-summary.ts';
import { FHIR_ID, FHIR_TYPE } from './remote/addresses.ts';
import type { Authorization } from './remote/authorization.ts';
import { boundTo } from './remote/bound.ts';
import { askedOf, carriedOut, requireOwners } from './remote/bundles.ts';
import { type Capability, isR4, readCapability } from './remote/capability.ts';
import { createFhirClient, type FhirAnswer } from './remote/client.ts';
import { createCopies } from './remote/copies.ts';
import { searchHeader, versionHeader } from './remote/header-values.ts';
import { keptOwners, movesOwner, narrowedBy, owned, ownedOrNobodys, requireAsked, unique } from './remote/held.ts';
import { patientsNamed } from './remote/named.ts';
import { isPatched, isWritten } from './remote/own-write.ts';
import { refuseUnknown } from './remote/refuse.ts';
import type { Wire } from './remote/wire.ts';
import { orGone, within } from './waiting.ts';

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
  /** A search with all its pages, or the parts of a record, may take so long, in milliseconds: what has not come of a record then is a gap. */
  readonly readMs?: number;
  readonly keep?: { readonly patients: number; readonly resources: number };
}

const JSON_PATCH = 'application/json-patch+json';
const DEFAULT_LIMIT = 10_000;
/** So many patients are listed; more are found by name, number or id. */
const MOST_PATIENTS = 1_000;

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
  readMs = 20_000,
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
    const { resource } = await client.request({ method: 'GET', path: 'metadata' }).catch((error: unknown) => {
      if (!isAppError(error, 'not-found')) throw error;
      const base = `FHIR_BASE_URL is expected to be the address of a FHIR R4 server up to where “/metadata” follows`;
      throw new AppError('record-unavailable', `There is nothing at ${new URL('metadata', baseUrl).href}: ${base}.`, { cause: error });
    });
    const found = resource && readCapability(resource);
    if (!found)
      throw new AppError('record-unavailable', `${new URL('metadata', baseUrl).href} is no CapabilityStatement of a FHIR server.`);
    if (!isR4(found))
      throw new AppError(
        'record-unavailable',
        `The FHIR server at ${baseUrl.href} speaks FHIR ${found.fhirVersion}; Rounds needs R4 (4.0.1).`,
      );
    if (found.baseUrl !== undefined) client.addresses.add(found.baseUrl);
    return found;
  }
  const { patientIdOf } = client.addresses;
  const copies = createCopies({ client, authorization, clock, capability, types, maxAgeMs, readMs, keep });

  async function requireOffered(type: string, interaction: string): Promise<void> {
    const { types } = await capability();
    const known = types.get(type);
    if (!known) throw new AppError('bad-request', `The FHIR server has no ${type}.`);
    if (known.interactions.size > 0 && !known.interactions.has(interaction))
      throw new AppError('bad-request', `The FHIR server offers no “${interaction}” of ${type}.`);
  }

  /** @throws AppError `bad-request` where an edit of one version could replace another that nobody has seen */
  async function requireVersions(type: string, ifMatch: string | undefined): Promise<void> {
    if (ifMatch !== undefined && (await capability()).types.get(type)?.keepsNoVersions)
      throw new AppError('bad-request', `The FHIR server keeps no versions of ${type}: what was changed meanwhile would be overwritten.`);
  }

  async function requireJsonPatch(): Promise<void> {
    const { patchFormats } = await capability();
    if (patchFormats.size > 0 && !patchFormats.has(JSON_PATCH))
      throw new AppError('bad-request', `The FHIR server takes no JSON Patch, only ${[...patchFormats].join(', ').slice(0, 200)}.`);
  }

  type SearchOptions = { readonly limit?: number; readonly signal?: AbortSignal };
  const search = (resourceType: string, params: readonly (readonly [string, string])[], options: SearchOptions = {}) =>
    within(readMs, options.signal, (signal) => searched(resourceType, params, { ...options, signal }));

  async function searched(
    resourceType: string,
    params: readonly (readonly [string, string])[],
    { limit = DEFAULT_LIMIT, signal }: SearchOptions & { readonly signal: AbortSignal },
  ): Promise<SearchResult> {
    const known = (await orGone(capability(), signal)).types.get(resourceType);
    await requireOffered(resourceType, 'search-type');
    for (const [name, value] of params) refuseUnknown(resourceType, name, value, known!);
    const patientId = boundTo(resourceType, params, client.addresses);
    const matches: FhirResource[] = [];
    const included: FhirResource[] = [];
    const pages = client.pages({ path: resourceType, params, wished: { strict: true }, signal }, limit);
    let first = true;
    for await (const page of pages) {
      if (first)
        requireAsked(
          page.answer.resource,
          params.filter(([name]) => !name.startsWith('_')),
          resourceType,
          client.addresses,
        );
      if (first && narrowedBy(page.answer.resource, params, client.addresses).length > 0)
        throw new AppError(
          'record-unavailable',
          `The FHIR server narrows a search of ${resourceType} further than was asked: its answer is not used.`,
        );
      first = false;
      if (page.incomplete !== undefined)
        throw new AppError(
          'record-unavailable',
          `The FHIR server at ${baseUrl.origin} cannot be used for ${resourceType}: ${page.incomplete}.`,
        );
      const other = page.matches.find((resource) => resource.resourceType !== resourceType);
      if (other)
        throw new AppError('record-unavailable', `The FHIR server answers a search of ${resourceType} with ${other.resourceType}.`);
      matches.push(...(patientId === undefined ? page.matches : owned(page.matches, patientId, client.addresses)));
      included.push(...(patientId === undefined ? page.included : ownedOrNobodys(page.included, patientId, client.addresses)));
    }
    // What is written meanwhile can move an entry from one page to the next.
    return { matches: unique(matches).slice(0, limit), included: unique(included) };
  }

  return {
    async read(resourceType, id, options = {}) {
      requireId(id);
      if (!FHIR_TYPE.test(resourceType)) throw new AppError('bad-request', `“${resourceType.slice(0, 80)}” is no type of resource.`);
      const { resource } = await client.request({ method: 'GET', path: `${resourceType}/${id}`, ...options });
      if (resource?.resourceType !== resourceType || resource.id !== id)
        throw new AppError('record-unavailable', `The FHIR server answers with another resource than ${resourceType}/${id}.`);
      return resource;
    },
    search,

    async everything(patientId, options) {
      requireId(patientId);
      const { stamp: _, ...snapshot } = await copies.read(patientId, options);
      return snapshot;
    },
    async stamp(patientId, options) {
      requireId(patientId);
      return (await copies.read(patientId, options)).stamp;
    },

    async create(resource, { ifNoneExist } = {}) {
      await requireOffered(resource.resourceType, 'create');
      if (ifNoneExist !== undefined && (await capability()).types.get(resource.resourceType)?.conditionalCreate === false)
        throw new AppError('bad-request', `The FHIR server offers no conditional create of ${resource.resourceType}.`);
      const { id: _, ...body } = resource;
      const sent = client.request({
        method: 'POST',
        path: resource.resourceType,
        body,
        headers: { prefer: 'return=representation', ...(ifNoneExist === undefined ? {} : { 'if-none-exist': searchHeader(ifNoneExist) }) },
        tellsRepeat: ifNoneExist !== undefined,
      });
      const owners = ownersOf(resource, patientIdOf);
      // Also where no answer came: it may have been carried out.
      const answer = await sent.finally(() => copies.forget({ patientIds: owners }));
      const made = await written(answer.resource, answer.headers.location ?? answer.headers['content-location'], resource.resourceType);
      return keptOwners(made, owners, patientIdOf);
    },

    async update(resource, { ifMatch } = {}) {
      const { resourceType, id = '' } = resource;
      requireId(id);
      await requireOffered(resourceType, 'update');
      await requireVersions(resourceType, ifMatch);
      const owners = ownersOf(resource, patientIdOf);
      try {
        const answer = await client.request({
          method: 'PUT',
          path: `${resourceType}/${id}`,
          body: resource,
          headers: { prefer: 'return=representation', ...(ifMatch === undefined ? {} : { 'if-match': versionHeader(ifMatch) }) },
          tellsRepeat: ifMatch !== undefined,
          ...(ifMatch === undefined ? {} : { isOwn: async () => standing(resourceType, id, (now) => isWritten(now, resource, ifMatch)) }),
        });
        return keptOwners(await written(answer.resource, `${resourceType}/${id}`, resourceType, id), owners, patientIdOf);
      } finally {
        copies.forget({ patientIds: owners, resource: `${resourceType}/${id}` });
      }
    },

    async patch(resourceType, id, operations, { ifMatch } = {}) {
      requireId(id);
      await requireOffered(resourceType, 'patch');
      await requireVersions(resourceType, ifMatch);
      await requireJsonPatch();
      const resource = `${resourceType}/${id}`;
      const before = await standing(resourceType, id, (now) => now.id === id);
      const owners = before?.resource && !movesOwner(operations) ? ownersOf(before.resource, patientIdOf) : [];
      try {
        const answer = await client.request({
          method: 'PATCH',
          path: resource,
          body: operations,
          headers: {
            'content-type': JSON_PATCH,
            prefer: 'return=representation',
            ...(ifMatch === undefined ? {} : { 'if-match': versionHeader(ifMatch) }),
          },
          tellsRepeat: ifMatch !== undefined,
          ...(ifMatch === undefined
            ? {}
            : {
                isOwn: () =>
                  standing(resourceType, id, async (now) => {
                    const before = await client.request({ method: 'GET', path: `${resource}/_history/${ifMatch}` });
                    return before.resource?.resourceType === resourceType && isPatched(now, before.resource, operations);
                  }),
              }),
        });
        const now = await written(answer.resource, resource, resourceType, id);
        copies.forget({ patientIds: ownersOf(now, patientIdOf) });
        return keptOwners(now, owners, patientIdOf);
      } finally {
        copies.forget({ patientIds: owners, resource });
      }
    },

    async transaction(bundle) {
      if (bundle.type !== 'transaction' && bundle.type !== 'batch')
        throw new AppError('bad-request', `A bundle of type “${bundle.type}” cannot be carried out: only transaction and batch.`);
      const { interactions } = await capability();
      // Some that take both name the one.
      const offered = interactions.has(bundle.type) || (bundle.type === 'batch' && interactions.has('transaction'));
      if (interactions.size > 0 && !offered) throw new AppError('bad-request', `The FHIR server offers no ${bundle.type}.`);
      for (const { request } of bundle.entry ?? []) await requireVersions(request?.url.split('/')[0] ?? '', request?.ifMatch);
      const asked = askedOf(bundle, await capability(), client.addresses);
      try {
        const { resource } = await client.request({ method: 'POST', path: '', body: bundle });
        if (resource?.resourceType !== 'Bundle')
          throw new AppError('record-unavailable', 'The FHIR server does not say what became of the bundle.');
        const answer = carriedOut(resource as FhirBundle, bundle);
        requireOwners(answer, asked, client.addresses);
        return answer;
      } finally {
        copies.forget();
      }
    },

    async patients({ named, signal: caller, onMore } = {}) {
      const found = await within(readMs, caller, async (signal) => {
        // One more than is listed: whether there are more.
        const options = { limit: MOST_PATIENTS + 1, signal };
        return named === undefined
          ? await listedPatients(options, onMore)
          : await patientsNamed(named.trim(), { client, capability, search, most: MOST_PATIENTS }, options).catch((error: unknown) =>
              keptPatient(named.trim(), error),
            );
      });
      const current = found.filter(
        (patient) => mergedInto(patient, patientIdOf) === undefined || found.some((other) => isCircular(patient, other, patientIdOf)),
      );
      const summaries = [...new Map(current.map((patient) => [patient.id, summarise(patient)])).values()];
      return summaries.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id));
    },
  };

  async function listedPatients(
    options: { readonly limit: number; readonly signal?: AbortSignal },
    onMore?: (listed: number) => void,
  ): Promise<readonly FhirResource[]> {
    const { matches } = await search('Patient', [['_count', '250']], options);
    if (matches.length > MOST_PATIENTS) onMore?.(MOST_PATIENTS);
    return matches.slice(0, MOST_PATIENTS);
  }

  /** While the server is away, whose record is kept can be named by the id alone: of a name it is not known how many others have it. */
  function keptPatient(named: string, error: unknown): readonly FhirResource[] {
    const patient = isAppError(error, 'record-unavailable') ? copies.patient(named.replace(/^Patient\//, '')) : undefined;
    if (!patient) throw error;
    return [patient];
  }

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

  /**
   * What a write has made. A server may answer with nothing: then what stands there is read.
   * @param id the one that it must have, where that is known
   */
  async function written(
    resource: FhirResource | undefined,
    location: string | undefined,
    type: string,
    id?: string,
  ): Promise<FhirResource> {
    let made = resource?.resourceType === 'OperationOutcome' ? undefined : resource;
    if (made === undefined) {
      const whole = location !== undefined && URL.canParse(location, baseUrl.href) ? new URL(location, baseUrl).href : undefined;
      const at = whole === undefined ? undefined : client.addresses.relative(whole);
      if (whole !== undefined && at === undefined)
        throw new AppError('record-unavailable', `The FHIR server says that the ${type} stands at an address that is none of its own.`);
      if (at?.startsWith(`${type}/`)) made = (await client.request({ method: 'GET', path: at })).resource;
    }
    if (made === undefined) throw new AppError('record-unavailable', `The FHIR server does not say what became of the ${type}.`);
    if (made.resourceType !== type || !FHIR_ID.test(made.id ?? '') || (id !== undefined && made.id !== id))
      throw new AppError('record-unavailable', `The FHIR server answers a write of ${type}/${id ?? '(new)'} with another resource.`);
    return made;
  }
}

function requireId(id: string): void {
  if (!FHIR_ID.test(id)) throw new AppError('bad-request', `“${id.slice(0, 80)}” is not a FHIR id.`);
}
