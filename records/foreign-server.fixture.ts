import { randomUUID } from 'node:crypto';
import { isAppError } from '../errors.ts';
import { CHART_TYPES } from './chart/chart.ts';
import type { FhirBundle, FhirResource, RecordStore, SearchResult } from './contract.ts';
import { isSafeForSecrets, noAuthorization } from './remote/authorization.ts';
import { bearerToken, tokenFileAt } from './remote/bearer.ts';
import { createFhirClient } from './remote/client.ts';
import { createWire } from './remote/wire.ts';
import { createRemoteStore } from './remote.ts';

/** Marks what the suite has written, so that a person can find what a killed run leaves behind: `_tag=urn:rounds:contract-suite|`. */
const TAG = 'urn:rounds:contract-suite';
/** So long a server may take until its searches find what it has been given. */
const LONGEST_INDEXING_MS = 20_000;

/** Why this server cannot be held to a part of the suite, in its own words or ours. */
export type Lack = (feature: 'patch' | 'transaction' | 'batch' | 'conditional create' | 'own ids' | 'delete') => string | undefined;

export interface ForeignServer {
  readonly store: RecordStore;
  readonly lacks: Lack;
  /** The same, with a new client that has seen nothing yet. */
  readonly reopen: () => Promise<RecordStore>;
  /** Deletes what the suite has written, and says what is left. */
  readonly close: () => Promise<void>;
}

/**
 * A server that is not ours, with other people's data on it, behind a store that speaks the suite's own names: "ann" is an id of this run there, or
 * one that the server has given. What a search finds beside the suite's own patients is left out, and a write counts as done when it can be found.
 * @param url FHIR_TEST_URL @param tokenFile FHIR_TEST_TOKEN_FILE
 */
export async function openForeignServer(url: string, tokenFile?: string): Promise<ForeignServer> {
  const baseUrl = new URL(`${url.replace(/\/+$/, '')}/`);
  if (tokenFile !== undefined && !isSafeForSecrets(baseUrl)) throw new Error('FHIR_TEST_TOKEN_FILE needs an https FHIR_TEST_URL');
  const authorization = tokenFile === undefined ? noAuthorization : bearerToken(tokenFileAt(tokenFile));
  const run = `r${randomUUID().slice(0, 8)}`;
  const names = createNames(run);
  let wire = createWire();
  const open = (): RecordStore =>
    createRemoteStore({ wire, baseUrl, authorization, clock: () => new Date(), types: CHART_TYPES, maxAgeMs: 0 });
  let inner = open();
  const client = () => createFhirClient({ wire, baseUrl, authorization });
  const statement = (await client().request({ method: 'GET', path: 'metadata' })).resource as unknown as Statement;
  const rest = statement.rest[0]!;
  const offers = (code: string) =>
    rest.resource.every(({ interaction = [] }) => interaction.length === 0 || interaction.some((one) => one.code === code));
  const whole = (code: string) => rest.interaction === undefined || rest.interaction.some((one) => one.code === code);
  let ownIds = rest.resource.every(({ updateCreate }) => updateCreate !== false);
  const made = new Set<string>();

  const lacks: Lack = (feature) => {
    const named = (text: string) => `the CapabilityStatement of ${statement.software?.name ?? baseUrl.host} ${text}`;
    if (feature === 'own ids') return ownIds ? undefined : 'the server gives ids itself and takes none (updateCreate)';
    if (feature === 'patch' || feature === 'delete') return offers(feature) ? undefined : named(`offers no ${feature}`);
    if (feature === 'conditional create')
      return rest.resource.every((one) => one.conditionalCreate) ? undefined : named('offers no conditional create');
    return whole(feature) || (feature === 'batch' && whole('transaction')) ? undefined : named(`offers no ${feature}`);
  };

  const tagged = (resource: FhirResource): FhirResource => ({
    ...names.there(resource),
    meta: { ...(resource.meta as object | undefined), tag: [{ system: TAG, code: run }] },
  });

  /** Waits until a search finds the version that was written, or finds nothing any more. */
  async function findable(type: string, id: string, version: string | undefined): Promise<void> {
    const until = Date.now() + LONGEST_INDEXING_MS;
    for (;;) {
      // Not through the store, which searches of one patient alone.
      const { value: page } = await client()
        .pages({ path: type, params: [['_id', id]] }, 1)
        .next();
      const matches: readonly FhirResource[] = page?.matches ?? [];
      if (version === undefined ? matches.length === 0 : versionOf(matches[0]) === version) return;
      if (Date.now() > until) throw new Error(`${type}/${id} cannot be found ${LONGEST_INDEXING_MS / 1000} s after it was written`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  async function written(resource: FhirResource): Promise<FhirResource> {
    made.add(`${resource.resourceType}/${resource.id}`);
    await findable(resource.resourceType, resource.id!, versionOf(resource));
    return names.back(resource);
  }
  const found = ({ matches, included }: SearchResult, own: (resource: FhirResource) => boolean): SearchResult => ({
    matches: matches.filter(own).map(names.back),
    included: included.map(names.back),
  });

  const store: RecordStore = {
    read: async (type, id, options) => names.back(await inner.read(type, names.idThere(type, id), options)),
    search: async (type, params, options) =>
      found(
        await inner.search(type, params.map(names.paramThere), options),
        // Somebody else may bear the same name.
        (resource) => type !== 'Patient' || names.isOurs(resource),
      ),
    async everything(id, options) {
      const snapshot = await inner.everything(names.idThere('Patient', id), options);
      return { ...snapshot, resources: snapshot.resources.map(names.back) };
    },
    create: async (resource, options) =>
      written(
        await inner.create(
          tagged(resource),
          options?.ifNoneExist === undefined ? {} : { ifNoneExist: names.textThere(options.ifNoneExist) },
        ),
      ),
    async update(resource, options) {
      const { resourceType, id = '' } = resource;
      if (names.knows(resourceType, id)) return written(await inner.update(tagged(resource), options));
      if (ownIds) {
        names.give(resourceType, id, `${run}-${id}`);
        try {
          return await written(await inner.update(tagged(resource), options));
        } catch (error) {
          if (made.size > 0 || !['bad-request', 'not-found', 'not-permitted'].some((code) => isAppError(error, code as 'bad-request')))
            throw error;
          ownIds = false;
          names.forget(resourceType, id);
        }
      }
      const { id: _, ...rest } = resource;
      const created = await inner.create(tagged(rest as FhirResource));
      names.give(resourceType, id, created.id!);
      return written(created);
    },
    patch: async (type, id, operations, options) => written(await inner.patch(type, names.idThere(type, id), operations, options)),
    async transaction(bundle) {
      for (const { request, resource } of bundle.entry ?? [])
        if (request?.method === 'PUT' && resource?.id && !names.knows(resource.resourceType, resource.id))
          names.give(resource.resourceType, resource.id, `${run}-${resource.id}`);
      const sent = {
        ...bundle,
        entry: (bundle.entry ?? []).map((entry) => ({
          ...entry,
          ...(entry.resource ? { resource: tagged(entry.resource) } : {}),
          ...(entry.request ? { request: { ...entry.request, url: names.urlThere(entry.request.url) } } : {}),
        })),
      };
      const answer = await inner.transaction(sent as FhirBundle);
      for (const [i, { response }] of (answer.entry ?? []).entries()) {
        const [, type, id] =
          /(?:^|\/)([A-Z]\w+)\/([^/]+)(?:\/_history\/.*)?$/.exec(response?.location ?? sent.entry[i]?.request?.url ?? '') ?? [];
        if (type === undefined || id === undefined || !/^2/.test(response?.status ?? '')) continue;
        const gone = sent.entry[i]?.request?.method === 'DELETE';
        if (!gone) made.add(`${type}/${id}`);
        await findable(type, id, gone ? undefined : versionOf(await inner.read(type, id)));
      }
      return names.back(answer) as FhirBundle;
    },
    patients: async (options) =>
      (await inner.patients(options)).filter(({ id }) => names.isOurs({ resourceType: 'Patient', id })).map(names.back),
    stamp: (id, options) => inner.stamp(names.idThere('Patient', id), options),
  };

  return {
    store,
    lacks,
    async reopen() {
      await wire.close();
      wire = createWire();
      inner = open();
      return store;
    },
    async close() {
      let left = [...made];
      // What is still referred to may not be deleted: the others first, then it.
      for (let before = -1; left.length !== before; ) {
        before = left.length;
        const still: string[] = [];
        for (const path of left.reverse())
          await client()
            .request({ method: 'DELETE', path })
            .catch((error: unknown) => void (isAppError(error, 'not-found') || still.push(path)));
        left = still;
      }
      if (left.length > 0)
        console.warn(`${baseUrl.href} still holds ${left.length} resources with the tag ${TAG}|${run}: ${left.slice(0, 5).join(', ')} ...`);
      await wire.close();
    },
  };
}

interface Statement {
  readonly software?: { readonly name?: string };
  readonly rest: readonly {
    readonly interaction?: readonly { readonly code: string }[];
    readonly resource: readonly {
      readonly interaction?: readonly { readonly code: string }[];
      readonly updateCreate?: boolean;
      readonly conditionalCreate?: boolean;
    }[];
  }[];
}

const versionOf = (resource: FhirResource | undefined): string => String((resource?.meta as { versionId?: string } | undefined)?.versionId);

/** The suite's names and the server's ids, each way. Systems of identifiers are the run's own, so that no earlier run's are found. */
function createNames(run: string) {
  const ids = new Map<string, string>();
  const locals = new Map<string, string>();
  const idThere = (type: string, id: string): string => ids.get(`${type}/${id}`) ?? id;
  const textThere = (text: string): string => text.replace(/\burn:(mrn|org|l)(?=$|[|"])/g, `urn:$1:${run}`);
  const urlThere = (url: string): string =>
    url.replace(/^([A-Z]\w+)\/([^/?]+)/, (_, type: string, id: string) => `${type}/${idThere(type, id)}`);
  const each = (value: unknown, change: (field: string, text: string) => string, field = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => each(item, change, field));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner, change, name)]));
    return typeof value === 'string' ? change(field, value) : value;
  };
  const PATIENTS = new Set(['patient', 'subject', 'subject:Patient']);

  return {
    give(type: string, local: string, id: string): void {
      ids.set(`${type}/${local}`, id);
      locals.set(`${type}/${id}`, local);
    },
    forget(type: string, local: string): void {
      locals.delete(`${type}/${idThere(type, local)}`);
      ids.delete(`${type}/${local}`);
    },
    knows: (type: string, local: string): boolean => ids.has(`${type}/${local}`),
    isOurs: ({ resourceType, id }: FhirResource): boolean => locals.has(`${resourceType}/${id}`),
    idThere,
    textThere,
    urlThere,
    there: (resource: FhirResource): FhirResource => {
      const changed = each(resource, (field, text) =>
        field === 'reference' ? textThere(urlThere(text)) : field === 'system' ? textThere(text) : text,
      );
      const { id } = resource;
      return { ...(changed as FhirResource), ...(id === undefined ? {} : { id: idThere(resource.resourceType, id) }) };
    },
    paramThere: ([name, value]: readonly [string, string]): readonly [string, string] => {
      const mapped = value.split(',').map((one) => {
        if (PATIENTS.has(name) && !one.includes('/')) return idThere('Patient', one);
        if (name === 'actor' && !one.includes('/')) return idThere('Practitioner', one);
        if (name === '_id') return idThere('Observation', idThere('Patient', one));
        return textThere(urlThere(one));
      });
      return [name, mapped.join(',')];
    },
    back: <T extends object>(resource: T): T => {
      const changed = each(resource, (field, text) =>
        ['reference', 'location', 'url', 'fullUrl'].includes(field)
          ? text.replace(/([A-Z]\w+)\/([^/?]+)/g, (all, type: string, id: string) => `${type}/${locals.get(`${type}/${id}`) ?? id}` || all)
          : text.replaceAll(`:${run}`, ''),
      ) as T & { resourceType?: string; id?: string };
      const type = changed.resourceType ?? 'Patient';
      return changed.id === undefined ? changed : { ...changed, id: locals.get(`${type}/${changed.id}`) ?? changed.id };
    },
  };
}
