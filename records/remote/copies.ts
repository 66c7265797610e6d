import { setMaxListeners } from 'node:events';
import { AppError, isAppError } from '../../errors.ts';
import { formatDate } from '../../language/dates.ts';
import type { FhirResource, ReadOptions, RecordSnapshot } from '../contract.ts';
import { hasGone, orGone, tooLong, within } from '../waiting.ts';
import type { Authorization } from './authorization.ts';
import type { Capability } from './capability.ts';
import { unique } from './held.ts';
import { type Mentioned, readMentioned } from './mentioned.ts';
import { type Merged, readMerged } from './merged.ts';
import { type Notes, readNotes, withTexts } from './notes.ts';
import { longestFirst, type Part, type PartsDeps, readPart } from './parts.ts';
import { withVersions } from './referred-versions.ts';
import { stampOf } from './stamp.ts';
import { isUnchanged } from './unchanged.ts';

export interface CopiesDeps extends Omit<PartsDeps, 'capability' | 'authorization'> {
  readonly authorization: Pick<Authorization, 'mayRead' | 'who'>;
  readonly capability: () => Promise<Capability>;
  /** Types of which a patient's record is made. */
  readonly types: readonly string[];
  /** For so long a copy is taken as it is; then the server is asked what has changed. */
  readonly maxAgeMs: number;
  /** Patients, and resources of all of them together, of which a copy is kept. */
  readonly keep: { readonly patients: number; readonly resources: number };
}

/** A part, and when all of it was read last, in epoch milliseconds: since then it was asked for changes alone. */
interface HeldPart extends Part {
  readonly wholeAt: number;
}

interface Copy {
  readonly patient: FhirResource;
  readonly parts: ReadonlyMap<string, HeldPart>;
  readonly merged: Merged;
  readonly mentioned: Mentioned;
  readonly notes: Notes;
  /** Epoch milliseconds of the last answer that said it is up to date. */
  readonly checkedAt: number;
  /** Epoch milliseconds of the last time the server was asked, whatever came of it. */
  readonly askedAt: number;
  readonly stale?: string;
}

/** Copies of patients' records on one server, as one set of credentials sees them: forgotten when others are used, bounded, and asked for anew when they have aged. */
export interface Copies {
  read(patientId: string, options?: ReadOptions): Promise<RecordSnapshot & { readonly stamp: string }>;
  /** The patient of a copy, however old. */
  patient(patientId: string): FhirResource | undefined;
  /**
   * A write has been made, or may have been: what is kept of these patients, and wherever this resource (`Type/id`) stands, is read again; with
   * nothing named, all of it.
   */
  forget(written?: { readonly patientIds: readonly string[]; readonly resource?: string }): void;
}

/** Time for a record with all that it refers to, as against that for its parts, which come first. */
const WHOLE = 1.25;
/** After so long a part is read again whatever the server says of its changes. */
const WHOLE_AGAIN_MS = 10 * 60_000;

export function createCopies(deps: CopiesDeps): Copies {
  const kept = new Map<string, Copy>();
  const underWay = new Map<string, { readonly promise: Promise<Copy>; readonly abort: AbortController; waiting: number }>();

  let readAs = deps.authorization.who();
  /** What one may see another may not: with other credentials nothing is held. What is being read goes on, and is not kept. */
  function forgetOthers(): void {
    const now = deps.authorization.who();
    if (now === readAs) return;
    readAs = now;
    underWay.clear();
    kept.clear();
  }

  /** As the credentials of now see it: where others have come while it was read, it is read again. */
  async function current(patientId: string, options?: ReadOptions): Promise<Copy> {
    forgetOthers();
    const reader = readAs;
    const [read] = await Promise.allSettled([shared(patientId, options)]);
    if (deps.authorization.who() !== reader) return current(patientId, options);
    if (read.status === 'rejected') throw read.reason;
    return read.value;
  }

  /** Shared by all who wait for the same patient; ended when the last of them has gone. */
  async function shared(patientId: string, { signal, since }: ReadOptions = {}): Promise<Copy> {
    signal?.throwIfAborted();
    const held = kept.get(patientId);
    const isFresh = held && !held.stale && deps.clock().getTime() - held.checkedAt < deps.maxAgeMs;
    if (held && (isFresh || (since !== undefined && held.askedAt >= Date.parse(since)))) {
      kept.delete(patientId);
      kept.set(patientId, held);
      return held;
    }
    let reading = underWay.get(patientId);
    if (!reading) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(tooLong(WHOLE * deps.readMs)), WHOLE * deps.readMs);
      // Every request of a record listens, and there are more of them than Node warns at.
      setMaxListeners(0, abort.signal);
      const promise = renew(patientId, held, abort.signal).finally(() => {
        clearTimeout(timer);
        if (underWay.get(patientId)?.promise === promise) underWay.delete(patientId);
      });
      reading = { promise, abort, waiting: 0 };
      underWay.set(patientId, reading);
    }
    reading.waiting++;
    const mine = reading;
    try {
      return await orGone(mine.promise, signal);
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
      if (!known || hasGone(signal) || !isAppError(error, 'record-unavailable')) {
        if (known && isAppError(error)) kept.delete(patientId);
        throw error;
      }
      copy = { ...known, askedAt: deps.clock().getTime(), stale: error.message };
    }
    // What was written while it was read may be missing from it: whoever waits for it has it, and nobody after them.
    if (underWay.get(patientId)?.abort.signal !== signal) return copy;
    kept.delete(patientId);
    kept.set(patientId, copy);
    const size = () => [...kept.values()].reduce((sum, one) => sum + resourcesOf(one).length, 0);
    while (kept.size > deps.keep.patients || (kept.size > 1 && size() > deps.keep.resources)) kept.delete(kept.keys().next().value!);
    return copy;
  }

  async function loaded(patientId: string, signal: AbortSignal): Promise<Copy> {
    const capability = await orGone(deps.capability(), signal);
    const checkedAt = deps.clock().getTime();
    const [patient, ...parts] = await Promise.all([
      readPatient(patientId, signal),
      ...longestFirst(deps.types).map(async (type) => [type, await readWhole(type, patientId, capability, signal)] as const),
    ]);
    const read = new Map(parts);
    return completed(
      { patient, parts: new Map(deps.types.map((type) => [type, read.get(type)!])), checkedAt, askedAt: checkedAt },
      capability,
      signal,
    );
  }

  /** Only what may have changed is read again. */
  async function checked(patientId: string, known: Copy, signal: AbortSignal): Promise<Copy> {
    const capability = await orGone(deps.capability(), signal);
    const checkedAt = deps.clock().getTime();
    const [patient, ...parts] = await Promise.all([
      readPatient(patientId, signal),
      ...[...known.parts].map(async ([type, part]) => {
        const isYoung = part.gap === undefined && checkedAt - part.wholeAt < WHOLE_AGAIN_MS;
        if (isYoung && (await isUnchanged(type, patientId, part.resources, { ...deps, capability }, signal)))
          return [type, { ...part, readAt: new Date(checkedAt).toISOString() }] as const;
        const now = await readWhole(type, patientId, capability, signal);
        return [type, now.failed ? heldOver(part, now) : now] as const;
      }),
    ]);
    // Where nothing could be read, the server cannot; else what failed is shown as it was, and named.
    const lost = parts.find(([, part]) => part.failed);
    if (lost && parts.every(([, { gap }]) => gap !== undefined)) throw new AppError('record-unavailable', `${lost[0]}: ${lost[1].gap}.`);
    return completed({ patient, parts: new Map(parts), checkedAt, askedAt: checkedAt }, capability, signal);
  }

  async function readWhole(type: string, patientId: string, capability: Capability, signal: AbortSignal): Promise<HeldPart> {
    const wholeAt = deps.clock().getTime();
    return { ...(await readPart(type, patientId, { ...deps, capability }, signal)), wholeAt };
  }

  async function readPatient(patientId: string, signal: AbortSignal): Promise<FhirResource> {
    const { resource } = await deps.client.request({ method: 'GET', path: `Patient/${patientId}`, signal });
    if (resource?.resourceType !== 'Patient')
      throw new AppError(
        'record-unavailable',
        `The FHIR server answers with ${resource?.resourceType ?? 'nothing'} instead of Patient/${patientId}.`,
      );
    if (resource.id !== patientId)
      throw new AppError('foreign-patient', `The FHIR server answers with another resource than Patient/${patientId}. Nothing is shown.`);
    return resource;
  }

  /** Adds what stands in records that were merged into this one, and what all of it refers to. */
  async function completed(
    copy: Pick<Copy, 'patient' | 'parts' | 'checkedAt' | 'askedAt'>,
    capability: Capability,
    signal: AbortSignal,
  ): Promise<Copy> {
    const merged = await readMerged(copy.patient, deps.types, (id) => readPatient(id, signal), { ...deps, capability }, signal);
    const own = [copy.patient, ...[...copy.parts.values()].flatMap(({ resources }) => resources), ...merged.resources];
    const [mentioned, notes] = await Promise.all([
      readMentioned(own, { client: deps.client, capability }, signal),
      within(deps.readMs * (WHOLE - 1), signal, (bounded) => readNotes(own, deps, bounded)),
    ]);
    // Last of all: by now the server has said by which addresses it goes.
    const relative = <T extends { readonly resources: readonly FhirResource[] }>(part: T): T => ({
      ...part,
      resources: part.resources.map(deps.client.addresses.relativised),
    });
    const parts = new Map([...copy.parts].map(([type, part]) => [type, relative(part)]));
    return { ...copy, parts, merged: relative(merged), mentioned: relative(mentioned), notes };
  }

  return {
    async read(patientId, options) {
      const copy = await current(patientId, options);
      const { parts, merged, mentioned, notes, checkedAt, stale } = copy;
      const held = resourcesOf(copy);
      const resources = withVersions(withTexts(held, notes), mentioned.versions, deps.client.addresses);
      const own = [...parts].flatMap(([type, { gap }]) => (gap === undefined ? [] : [{ type, why: gap }]));
      const gaps = new Map([...merged.gaps, ...own, ...mentioned.gaps, ...notes.gaps].map((gap) => [gap.type, gap]));
      const readAt = new Date(checkedAt).toISOString();
      return {
        resources,
        gaps: [...gaps.values()],
        readAt: [readAt, ...[...parts].map(([, part]) => part.readAt)].reduce((a, b) => (a < b ? a : b)),
        readAtOf: Object.fromEntries([['Patient', readAt], ...[...parts].map(([type, { readAt }]) => [type, readAt])]),
        ...(stale === undefined ? {} : { stale }),
        stamp: stampOf(
          [...held, ...[...mentioned.versions.values()].flatMap((version) => version ?? [])],
          [[...gaps.values()], stale, notes.stamp],
        ),
      };
    },
    patient(patientId) {
      forgetOthers();
      return kept.get(patientId)?.patient;
    },
    forget(written) {
      underWay.clear();
      if (!written) return kept.clear();
      for (const id of written.patientIds) kept.delete(id);
      for (const [id, copy] of kept) if (resourcesOf(copy).some((one) => keyOf(one) === written.resource)) kept.delete(id);
    },
  };
}

const keyOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`;

/** All that a copy holds, the patient first, each once. */
function resourcesOf({ patient, parts, merged, mentioned }: Copy): readonly FhirResource[] {
  return unique([patient, ...[...parts.values()].flatMap(({ resources }) => resources), ...merged.resources, ...mentioned.resources]);
}

/** A part that fails now, with what is held of it from before, and as of when. */
function heldOver({ resources, readAt, wholeAt }: HeldPart, now: HeldPart): HeldPart {
  if (resources.length === 0) return now;
  const when = `${formatDate(readAt.slice(0, 10))} at ${readAt.slice(11, 16)} UTC`;
  const gap = `${now.gap}; what is shown of it was read on ${when}`;
  return { resources: unique([...resources, ...now.resources]), readAt, wholeAt, gap, failed: true };
}
