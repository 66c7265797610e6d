import { createHash } from 'node:crypto';
import { AppError, isAppError } from '../../errors.ts';
import type { FhirResource, RecordSnapshot } from '../contract.ts';
import { isAboutPatients, mergedFrom, mergedInto } from '../owners.ts';
import type { Capability } from './capability.ts';
import { longestFirst, owned, type Part, type PartsDeps, patientParameter, readPart, unique, whyUnread } from './parts.ts';

export interface CopiesDeps extends Omit<PartsDeps, 'capability'> {
  readonly capability: () => Promise<Capability>;
  /** Of the server, ending in a slash. */
  readonly baseUrl: URL;
  /** Types of which a patient's record is made. */
  readonly types: readonly string[];
  /** For so long a copy is taken as it is; then the server is asked what has changed. */
  readonly maxAgeMs: number;
  /** Patients, and resources of all of them together, of which a copy is kept. */
  readonly keep: { readonly patients: number; readonly resources: number };
}

interface Copy {
  readonly patient: FhirResource;
  readonly parts: ReadonlyMap<string, Part>;
  /** Whom and what the record refers to and belongs to nobody. */
  readonly mentioned: readonly FhirResource[];
  readonly mentionedGaps: RecordSnapshot['gaps'];
  /** Epoch milliseconds of the last answer that said it is up to date. */
  readonly checkedAt: number;
  readonly stale?: string;
}

/** Copies of patients' records on one server, as one set of credentials sees them: bounded, and asked for anew when they have aged. */
export interface Copies {
  read(patientId: string, signal?: AbortSignal): Promise<RecordSnapshot & { readonly stamp: string }>;
  /** The patient of a copy, however old. */
  patient(patientId: string): FhirResource | undefined;
  /** A write has been made: what is kept of these patients, or of all, is read again. */
  forget(patientIds?: readonly string[]): void;
}

const IDS_AT_ONCE = 50;

export function createCopies(deps: CopiesDeps): Copies {
  const kept = new Map<string, Copy>();
  const underWay = new Map<string, { readonly promise: Promise<Copy>; readonly abort: AbortController; waiting: number }>();

  /** Shared by all who wait for the same patient; ended when the last of them has gone. */
  async function current(patientId: string, signal?: AbortSignal): Promise<Copy> {
    signal?.throwIfAborted();
    const known = kept.get(patientId);
    if (known && !known.stale && deps.clock().getTime() - known.checkedAt < deps.maxAgeMs) {
      kept.delete(patientId);
      kept.set(patientId, known);
      return known;
    }
    let shared = underWay.get(patientId);
    if (!shared) {
      const abort = new AbortController();
      const promise = renew(patientId, known, abort.signal).finally(() => {
        if (underWay.get(patientId)?.promise === promise) underWay.delete(patientId);
      });
      shared = { promise, abort, waiting: 0 };
      underWay.set(patientId, shared);
    }
    shared.waiting++;
    const mine = shared;
    try {
      return await (signal ? Promise.race([mine.promise, gone(signal)]) : mine.promise);
    } finally {
      if (--mine.waiting === 0) {
        mine.abort.abort(new Error('nobody waits for it any more'));
        mine.promise.catch(() => {});
      }
    }
  }

  async function renew(patientId: string, known: Copy | undefined, signal: AbortSignal): Promise<Copy> {
    let copy: Copy;
    try {
      copy = known ? await checked(patientId, known, signal) : await loaded(patientId, signal);
    } catch (error) {
      // What was read before is better than nothing, as long as it is said to be old.
      if (!known || signal.aborted || !isAppError(error, 'record-unavailable')) {
        if (known && isAppError(error)) kept.delete(patientId);
        throw error;
      }
      copy = { ...known, stale: error.message };
    }
    kept.delete(patientId);
    kept.set(patientId, copy);
    const size = () =>
      [...kept.values()].reduce((sum, { parts }) => sum + [...parts.values()].reduce((n, part) => n + part.resources.length, 0), 0);
    while (kept.size > deps.keep.patients || (kept.size > 1 && size() > deps.keep.resources)) kept.delete(kept.keys().next().value!);
    return copy;
  }

  async function loaded(patientId: string, signal: AbortSignal): Promise<Copy> {
    const capability = await deps.capability();
    const checkedAt = deps.clock().getTime();
    const [patient, ...parts] = await Promise.all([
      readPatient(patientId, signal),
      ...longestFirst(deps.types).map(async (type) => [type, await readPart(type, patientId, { ...deps, capability }, signal)] as const),
    ]);
    const read = new Map(parts);
    return completed({ patient, parts: new Map(deps.types.map((type) => [type, read.get(type)!])), checkedAt }, capability, signal);
  }

  /** Only what has changed is read again: what of a type is newest, and how many there are, says so. */
  async function checked(patientId: string, known: Copy, signal: AbortSignal): Promise<Copy> {
    const capability = await deps.capability();
    const checkedAt = deps.clock().getTime();
    const [patient, ...parts] = await Promise.all([
      readPatient(patientId, signal),
      ...[...known.parts].map(async ([type, part]) => {
        const same = part.gap === undefined && (await isUnchanged(type, patientId, part, capability, signal));
        return [
          type,
          same ? { ...part, readAt: new Date(checkedAt).toISOString() } : await readPart(type, patientId, { ...deps, capability }, signal),
        ] as const;
      }),
    ]);
    // A part that failed now and was whole before: the server is not well, and the copy is older than it should be.
    const lost = parts.find(([type, part]) => part.gap !== undefined && known.parts.get(type)?.gap === undefined);
    if (lost) throw new AppError('record-unavailable', `${lost[0]}: ${lost[1].gap}.`);
    return completed({ patient, parts: new Map(parts), checkedAt }, capability, signal);
  }

  async function readPatient(patientId: string, signal: AbortSignal): Promise<FhirResource> {
    const { resource } = await deps.client.request({ method: 'GET', path: `Patient/${patientId}`, signal });
    if (resource?.resourceType !== 'Patient' || resource.id !== patientId)
      throw new AppError('foreign-patient', `The FHIR server answers with another resource than Patient/${patientId}. Nothing is shown.`);
    return resource;
  }

  /** What a record that was merged into this one says of the person; nothing where it does not say so itself, or cannot be read. */
  async function readMerged(id: string, into: string, signal: AbortSignal): Promise<readonly FhirResource[]> {
    try {
      const patient = await readPatient(id, signal);
      return mergedInto(patient) === into ? [patient] : [];
    } catch (error) {
      if (isAppError(error, 'not-found') || isAppError(error, 'not-permitted')) return [];
      throw error;
    }
  }

  async function isUnchanged(type: string, patientId: string, part: Part, capability: Capability, signal: AbortSignal): Promise<boolean> {
    const by = patientParameter(type, patientId, capability);
    if (!by) return false;
    try {
      const pages = deps.client.pages(
        {
          path: type,
          params: [by, ['_sort', '-_lastUpdated'], ['_count', '1']],
          wished: { total: true, strict: true },
          signal,
        },
        1,
      );
      for await (const { matches, total } of pages) {
        owned(matches, patientId);
        return total === part.resources.length && updatedOf(matches[0]) === newest(part.resources);
      }
      return false;
    } catch (error) {
      if (isAppError(error, 'bad-request')) return false;
      throw error;
    }
  }

  /** Adds what the record refers to: practitioners, organizations, places, medications, and what those refer to. */
  async function completed(
    copy: Pick<Copy, 'patient' | 'parts' | 'checkedAt'>,
    capability: Capability,
    signal: AbortSignal,
  ): Promise<Copy> {
    const merged = await Promise.all(mergedFrom(copy.patient).map((id) => readMerged(id, copy.patient.id as string, signal)));
    const own = [copy.patient, ...[...copy.parts.values()].flatMap(({ resources }) => resources)];
    const seen = new Set(own.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const mentioned: FhirResource[] = merged.flat();
    const bases = [deps.baseUrl.href, ...(capability.baseUrl === undefined ? [] : [`${capability.baseUrl.replace(/\/+$/, '')}/`])];
    const gaps = new Map<string, string>();
    let next: readonly FhirResource[] = own;
    while (next.length > 0) {
      const byType = new Map<string, string[]>();
      for (const reference of next.flatMap((resource) => [...referencesIn(resource, bases)])) {
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
            return await readByIds(type, ids, capability, signal);
          } catch (error) {
            if (signal.aborted || !isAppError(error)) throw error;
            gaps.set(type, whyUnread(error));
            return [];
          }
        }),
      );
      next = read.flat().filter(({ resourceType }) => !isAboutPatients(resourceType));
      mentioned.push(...next);
    }
    return { ...copy, mentioned: unique(mentioned), mentionedGaps: [...gaps].map(([type, why]) => ({ type, why })) };
  }

  async function readByIds(
    type: string,
    ids: readonly string[],
    { types }: Capability,
    signal: AbortSignal,
  ): Promise<readonly FhirResource[]> {
    const known = types.get(type);
    if (!known) return [];
    const found: FhirResource[] = [];
    if (known.searchParams.has('_id')) {
      const pages = deps.client.pages({
        path: type,
        params: [
          ['_id', ids.join(',')],
          ['_count', String(IDS_AT_ONCE)],
        ],
        signal,
      });
      for await (const { matches } of pages) found.push(...matches);
      return found.filter(({ resourceType, id }) => resourceType === type && ids.includes(id ?? ''));
    }
    const single = async (id: string): Promise<FhirResource[]> => {
      try {
        const { resource } = await deps.client.request({ method: 'GET', path: `${type}/${id}`, signal });
        return resource?.resourceType === type && resource.id === id ? [resource] : [];
      } catch (error) {
        // A reference that leads nowhere is common, and no fault.
        if (isAppError(error, 'not-found')) return [];
        throw error;
      }
    };
    return (await Promise.all(ids.map(single))).flat();
  }

  return {
    async read(patientId, signal) {
      const copy = await current(patientId, signal);
      const parts = [...copy.parts];
      return {
        resources: [copy.patient, ...parts.flatMap(([, { resources }]) => resources), ...copy.mentioned],
        gaps: [...parts.flatMap(([type, { gap }]) => (gap === undefined ? [] : [{ type, why: gap }])), ...copy.mentionedGaps],
        readAt: new Date(copy.checkedAt).toISOString(),
        readAtOf: Object.fromEntries([
          ['Patient', new Date(copy.checkedAt).toISOString()],
          ...parts.map(([type, { readAt }]) => [type, readAt]),
        ]),
        ...(copy.stale === undefined ? {} : { stale: copy.stale }),
        stamp: stampOf(copy),
      };
    },
    patient: (patientId) => kept.get(patientId)?.patient,
    forget(patientIds) {
      if (!patientIds) kept.clear();
      for (const id of patientIds ?? []) kept.delete(id);
    },
  };
}

const gone = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

const updatedOf = (resource: FhirResource | undefined): string | undefined =>
  (resource?.meta as { lastUpdated?: string } | undefined)?.lastUpdated;
const newest = (resources: readonly FhirResource[]): string | undefined =>
  resources
    .map(updatedOf)
    .reduce<string | undefined>((a, b) => (b !== undefined && (a === undefined || Date.parse(b) > Date.parse(a)) ? b : a), undefined);

/** Changes whenever any version, any number of entries, a gap or the staleness does. */
function stampOf({ patient, parts, mentioned, stale, mentionedGaps }: Copy): string {
  const hash = createHash('sha256');
  const add = ({ resourceType, id, meta }: FhirResource): void => {
    const { versionId, lastUpdated } = (meta ?? {}) as { versionId?: string; lastUpdated?: string };
    hash.update(`${resourceType}/${id}/${versionId}/${lastUpdated}\n`);
  };
  add(patient);
  for (const [type, { resources, gap }] of parts) {
    hash.update(`${type} ${gap ?? ''}\n`);
    resources.forEach(add);
  }
  mentioned.forEach(add);
  hash.update(JSON.stringify([stale ?? '', mentionedGaps]));
  return hash.digest('base64url');
}

/** `Type/id` of every reference to this server: relative, or under one of its own addresses. Another server's `Practitioner/1` is somebody else. */
function* referencesIn(value: unknown, bases: readonly string[]): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item, bases);
  else if (typeof value === 'object' && value !== null) {
    for (const [field, inner] of Object.entries(value)) {
      if (field === 'reference' && typeof inner === 'string') {
        const base = bases.find((one) => inner.startsWith(one)) ?? '';
        const [, resourceType, id] = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(inner.slice(base.length)) ?? [];
        if (resourceType !== undefined && id !== undefined) yield `${resourceType}/${id}`;
      } else if (typeof inner === 'object') yield* referencesIn(inner, bases);
    }
  }
}
