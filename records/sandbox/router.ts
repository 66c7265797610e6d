import { randomUUID } from 'node:crypto';
import { getStatus, type OperationOutcomeError } from '@medplum/core';
import { type FhirRequest, FhirRouter, type HttpMethod } from '@medplum/fhir-router';
import type { OperationOutcome } from '@medplum/fhirtypes';
import type pg from 'pg';
import { AppError } from '../../errors.ts';
import type { FhirBundle, FhirResource, RecordStore } from '../contract.ts';
import { createDirectory, resolveReferences } from '../import/references.ts';
import { isAboutPatients } from '../owners.ts';
import { runIncludes } from './includes.ts';
import { runSearch, SandboxRepository } from './repository.ts';
import { readSearch } from './search.ts';
import { inTransaction, type Queryable } from './table.ts';

export interface RouterDeps {
  readonly pool: pg.Pool;
  readonly clock: () => Date;
  readonly ids: () => string;
}

/** The part of the port that FHIR's own rules decide. Every write is one database transaction. */
export function createSandboxRouter({
  pool,
  clock,
  ids,
}: RouterDeps): Pick<RecordStore, 'search' | 'create' | 'update' | 'patch' | 'transaction'> {
  const router = new FhirRouter();

  async function handle(
    db: Queryable,
    method: HttpMethod,
    url: string,
    body: unknown,
    headers: FhirRequest['headers'] = {},
  ): Promise<FhirResource> {
    const repository = new SandboxRepository({ db, clock, ids });
    const request: FhirRequest = { method, url, pathname: '', params: {}, query: {}, body, headers };
    const [outcome, resource] = await router.handleRequest(request, repository);
    if (repository.fault instanceof AppError) throw repository.fault;
    if (repository.fault !== undefined) throw unavailable(repository.fault);
    if (getStatus(outcome) >= 400) throw faultOf(outcome, url);
    return resource as unknown as FhirResource;
  }

  return {
    async search(resourceType, params, { limit = 10_000, anyPatient } = {}) {
      const search = readSearch(resourceType, params);
      if (!anyPatient && search.patientId === undefined && resourceType !== 'Patient' && isAboutPatients(resourceType))
        throw new AppError('bad-request', `A search of ${resourceType} is of one patient: it names none.`);
      if (search.count === 0) return { matches: [], included: [] };
      const matches = (await runSearch(pool, search)).slice(search.offset, search.offset + limit);
      return { matches, included: await runIncludes(pool, search, matches) };
    },

    create: (resource, { ifNoneExist } = {}) =>
      inTransaction(pool, (client) => {
        const { id: _, ...body } = resource;
        return handle(client, 'POST', resource.resourceType, body, ifNoneExist === undefined ? {} : { 'if-none-exist': ifNoneExist });
      }),

    update: (resource, { ifMatch } = {}) =>
      inTransaction(pool, (client) =>
        handle(
          client,
          'PUT',
          `${resource.resourceType}/${resource.id}`,
          resource,
          ifMatch === undefined ? {} : { 'if-match': `W/"${ifMatch}"` },
        ),
      ),

    patch: (resourceType, id, operations, { ifMatch } = {}) =>
      inTransaction(pool, async (client) => {
        // The router's own patch knows no version: what it would write over is looked at first, within the transaction.
        const before = await handle(client, 'GET', `${resourceType}/${id}`, undefined);
        if (ifMatch !== undefined && (before.meta as { versionId?: string } | undefined)?.versionId !== ifMatch)
          throw new AppError('version-conflict', `${resourceType}/${id}: it has changed since it was read`);
        return handle(client, 'PATCH', `${resourceType}/${id}`, operations);
      }),

    async transaction(bundle) {
      if (bundle.type !== 'transaction' && bundle.type !== 'batch') {
        throw new AppError('bad-request', `A bundle of type “${bundle.type}” cannot be carried out: only transaction and batch.`);
      }
      const atomic = bundle.type === 'transaction';
      return inTransaction(pool, async (client) => {
        const prepared = await linked(client, bundle, atomic);
        // Medplum bounds a strict transaction to 50 updates. This one is atomic by the database: run as a batch, any refusal takes all back.
        const answer = (await handle(client, 'POST', '', prepared)) as FhirBundle;
        if (atomic) requireAllDone(answer);
        return answer;
      });
    },
  };
}

/** Entries whose references the router can follow: full URLs as `urn:uuid:`, conditional references as what they lead to. */
async function linked(db: Queryable, bundle: FhirBundle, atomic: boolean): Promise<FhirBundle> {
  const entries = bundle.entry ?? [];
  const stated = new Map<string, string>();
  const targets = new Set<string>();
  for (const { fullUrl, request } of entries) {
    if (request?.method === 'PUT' || request?.method === 'DELETE' || request?.method === 'PATCH') {
      if (atomic && targets.has(request.url)) throw new AppError('bad-request', `The transaction writes ${request.url} twice.`);
      targets.add(request.url);
      if (fullUrl !== undefined && !request.url.includes('?')) stated.set(fullUrl, request.url);
    } else if (fullUrl !== undefined) stated.set(fullUrl, `urn:uuid:${randomUUID()}`);
  }
  const outside = createDirectory();
  const find: typeof outside.find = (wanted) =>
    wanted.kind === 'url' ? (stated.get(wanted.url) ?? outside.find(wanted)) : outside.find(wanted);
  const directory = { ...outside, find };
  const wanted = entries.flatMap(({ resource }) => (resource ? resolveReferences(resource, directory).unresolved : []));
  await outside.load(db, wanted);
  const unknown = wanted.find((one) => one.kind === 'identifier' && outside.find(one) === undefined);
  if (atomic && unknown?.kind === 'identifier') {
    throw new AppError('bad-request', `A reference to ${unknown.resourceType} by identifier leads to none or to several.`);
  }
  return {
    ...bundle,
    entry: entries.map(({ fullUrl, resource, ...rest }) => ({
      ...rest,
      ...(fullUrl === undefined ? {} : { fullUrl: stated.get(fullUrl) ?? fullUrl }),
      ...(resource === undefined ? {} : { resource: resolveReferences(resource, directory).resource }),
    })),
  };
}

function requireAllDone(answer: FhirBundle): void {
  for (const [i, { response }] of (answer.entry ?? []).entries()) {
    const status = Number(response?.status?.slice(0, 3));
    if (!(status < 400)) throw faultOf(response?.outcome as unknown as OperationOutcome, `entry[${i}]`);
  }
}

function faultOf(outcome: OperationOutcome | undefined, where: string): AppError {
  const detail = outcome?.issue?.map((issue) => issue.details?.text ?? issue.diagnostics ?? issue.code).join('; ') ?? 'refused';
  const status = outcome === undefined ? 400 : getStatus(outcome);
  const message = `${where}: ${detail}`;
  if (status === 404 || status === 410) return new AppError('not-found', message);
  if (outcome?.id === 'precondition-failed') return new AppError('version-conflict', `${message}: it has changed since it was read`);
  if (status >= 500) return new AppError('record-unavailable', message);
  return new AppError('bad-request', message);
}

const unavailable = (cause: unknown): AppError =>
  new AppError('record-unavailable', `The record cannot be reached: ${(cause as OperationOutcomeError | Error).message}`, { cause });
