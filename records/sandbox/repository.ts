import {
  badRequest,
  type Filter,
  gone,
  notFound,
  OperationOutcomeError,
  preconditionFailed,
  type SearchRequest,
  type WithId,
} from '@medplum/core';
import { type CreateResourceOptions, FhirRepository, MemoryRepository, type UpdateResourceOptions } from '@medplum/fhir-router';
import type { Bundle, Reference, Resource } from '@medplum/fhirtypes';
import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { ownersOf } from '../owners.ts';
import { readSearch, requireResourceType, type Search } from './search.ts';
import {
  deleteRow,
  keyOf,
  type Queryable,
  readExisting,
  readHistory,
  readRow,
  readWhere,
  type StoredResource,
  writeRows,
} from './table.ts';

interface RepositoryDeps {
  readonly db: Queryable;
  readonly clock: () => Date;
  readonly ids: () => string;
}

/** Runs a search that has been read. @throws AppError `foreign-patient` where a result is another patient's */
export async function runSearch(db: Queryable, search: Search): Promise<readonly StoredResource[]> {
  const { resourceType, patientId, ids } = search;
  const candidates = await readWhere(db, {
    resourceType,
    ...(patientId === undefined ? {} : { patientId }),
    ...(ids === undefined ? {} : { ids }),
  });
  const found = candidates.filter(search.matches);
  const foreign = patientId === undefined ? undefined : found.find((resource) => !ownersOf(resource).includes(patientId));
  if (foreign) {
    throw new AppError('foreign-patient', `${keyOf(foreign)} belongs to another patient than Patient/${patientId}. Nothing is shown.`);
  }
  return search.compare ? found.sort(search.compare) : found;
}

/** Medplum's repository over the sandbox's table, for one request within one transaction: `withTransaction` is that transaction. */
export class SandboxRepository extends FhirRepository {
  /** A fault that the router would turn into an outcome: whoever runs the request throws it on. */
  fault: unknown;
  readonly #db: Queryable;
  readonly #clock: () => Date;
  readonly #ids: () => string;

  constructor({ db, clock, ids }: RepositoryDeps) {
    super();
    this.#db = db;
    this.#clock = clock;
    this.#ids = ids;
  }

  setMode(): void {}
  generateId(): string {
    return this.#ids();
  }

  async createResource<T extends Resource>(resource: T, options?: CreateResourceOptions): Promise<WithId<T>> {
    return this.#guard(async () => {
      const id: string = options?.assignedId === true && resource.id !== undefined ? resource.id : this.#ids();
      return this.#write({ ...resource, id });
    });
  }

  async updateResource<T extends Resource>(resource: T, options?: UpdateResourceOptions): Promise<WithId<T>> {
    return this.#guard(async () => {
      const { resourceType, id } = resource;
      if (id === undefined || !/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new OperationOutcomeError(badRequest(`“${id}” is not a FHIR id`));
      const existing = (await readExisting(this.#db, [{ resourceType, id }])).get(keyOf(resource));
      if (options?.ifMatch !== undefined) {
        if (existing === undefined || existing.deleted) throw new OperationOutcomeError(notFound);
        if (String(existing.version) !== options.ifMatch) throw new OperationOutcomeError(preconditionFailed);
      }
      const owners = ownersOf(resource as unknown as FhirResource);
      const before = existing?.patientIds ?? [];
      if (before.length > 0 && owners.length > 0 && !owners.some((owner) => before.includes(owner))) {
        throw new AppError(
          'foreign-patient',
          `${keyOf(resource)} is of another patient: it cannot be moved to Patient/${owners.join(', ')}.`,
        );
      }
      return this.#write(resource as WithId<T>);
    });
  }

  async patchResource<T extends Resource>(resourceType: T['resourceType'], id: string, patch: never[]): Promise<WithId<T>> {
    const scratch = new MemoryRepository();
    await scratch.createResource(await this.readResource<T>(resourceType, id));
    return this.updateResource(await scratch.patchResource<T>(resourceType, id, patch));
  }

  async readResource<T extends Resource>(resourceType: string, id: string): Promise<WithId<T>> {
    const found = await this.#guard(() => readRow(this.#db, { resourceType, id }));
    if (found === undefined) throw new OperationOutcomeError(notFound);
    if (found === 'deleted') throw new OperationOutcomeError(gone);
    return found as unknown as WithId<T>;
  }

  async readReference<T extends Resource>({ reference = '' }: Reference<T>): Promise<WithId<T>> {
    const [resourceType, id, ...more] = reference.split('/');
    if (!resourceType || !id || more.length > 0) throw new OperationOutcomeError(badRequest('Invalid reference'));
    return this.readResource(resourceType, id);
  }

  async readReferences<T extends Resource>(references: readonly Reference<T>[]): Promise<(T | Error)[]> {
    const results: (T | Error)[] = [];
    for (const reference of references) results.push(await this.readReference<T>(reference).catch((error: Error) => error));
    return results;
  }

  async readHistory<T extends Resource>(resourceType: string, id: string): Promise<Bundle<WithId<T>>> {
    const versions = await this.#guard(() => readHistory(this.#db, { resourceType, id }));
    if (versions.length === 0) throw new OperationOutcomeError(notFound);
    return { resourceType: 'Bundle', type: 'history', entry: versions.map((resource) => ({ resource: resource as unknown as WithId<T> })) };
  }

  async readVersion<T extends Resource>(resourceType: string, id: string, vid: string): Promise<WithId<T>> {
    const { entry = [] } = await this.readHistory<T>(resourceType, id);
    const version = entry.find(({ resource }) => resource?.meta?.versionId === vid)?.resource;
    if (version === undefined) throw new OperationOutcomeError(notFound);
    return version;
  }

  async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    return this.#guard(async () => {
      const search = readSearch(request.resourceType, paramsOf(request));
      const found = await runSearch(this.#db, search);
      const { count = found.length, offset } = search;
      const entry = found.slice(offset, offset + count).map((resource) => ({ resource: resource as unknown as WithId<T> }));
      return { resourceType: 'Bundle', type: 'searchset', total: found.length, ...(entry.length > 0 ? { entry } : {}) };
    });
  }

  async searchByReference<T extends Resource>(
    request: SearchRequest<T>,
    field: string,
    references: string[],
  ): Promise<Record<string, WithId<T>[]>> {
    const results: Record<string, WithId<T>[]> = {};
    for (const value of references) {
      const filters = [...(request.filters ?? []), { code: field, operator: 'eq', value } satisfies Filter];
      results[value] = await this.searchResources({ ...request, filters });
    }
    return results;
  }

  async deleteResource(resourceType: string, id: string): Promise<void> {
    if (!(await this.#guard(() => deleteRow(this.#db, { resourceType, id }, this.#clock())))) throw new OperationOutcomeError(notFound);
  }

  withTransaction<TResult>(callback: (client: unknown) => Promise<TResult>): Promise<TResult> {
    return callback(undefined);
  }

  async #write<T extends Resource>(resource: WithId<T>): Promise<WithId<T>> {
    requireResourceType(resource.resourceType);
    const [written] = await writeRows(this.#db, [resource as unknown as FhirResource], this.#clock());
    return written as unknown as WithId<T>;
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad-request') throw new OperationOutcomeError(badRequest(error.message), error);
      if (!(error instanceof OperationOutcomeError)) this.fault ??= error;
      throw error;
    }
  }
}

const PREFIXES = new Set(['ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap']);

/** Medplum has taken the request apart: put it together again, as it was written. */
function paramsOf(request: SearchRequest): readonly (readonly [string, string])[] {
  const { filters = [], sortRules = [], count, offset, include, revInclude, fields, summary, types } = request;
  const unsupported = { _include: include, _revinclude: revInclude, _elements: fields, _summary: summary, _type: types };
  for (const [name, value] of Object.entries(unsupported)) {
    if (value !== undefined) throw new AppError('bad-request', `The search parameter “${name}” is not supported here.`);
  }
  return [
    ...filters.map(({ code, operator, value }): readonly [string, string] => {
      if (operator === 'eq') return [code, value];
      return PREFIXES.has(operator) || operator === 'sw' ? [code, `${operator}${value}`] : [`${code}:${operator}`, value];
    }),
    ...(sortRules.length > 0
      ? [['_sort', sortRules.map(({ code, descending }) => `${descending ? '-' : ''}${code}`).join(',')] as const]
      : []),
    ...(count === undefined ? [] : [['_count', String(count)] as const]),
    ...(offset === undefined ? [] : [['_offset', String(offset)] as const]),
  ];
}
