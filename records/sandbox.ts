import type { Database } from '../db/database.ts';
import { AppError, isAppError } from '../errors.ts';
import type { FhirResource, PatientSummary, RecordStore } from './contract.ts';
import { isAboutPatients, mergedFault, mergedInto, ownersOf } from './owners.ts';
import { summarise } from './patient-summary.ts';
import {
  countsByPatient,
  idsOf,
  keyOf,
  type ResourceKey,
  readRow,
  readRows,
  readWhere,
  type StoredResource,
  stampOf,
} from './sandbox/table.ts';

export interface SandboxDeps {
  readonly db: Database;
  readonly clock: () => Date;
  /** New resource ids. */
  readonly ids: () => string;
}

export interface SandboxStore extends RecordStore {
  /** Resources in each patient's record. */
  counts(): Promise<ReadonlyMap<string, number>>;
}

/**
 * A FHIR R4 server in process. The database's table is the record: nothing is kept in memory between calls, so memory can be neither ahead of it
 * nor behind, and any number of processes may share one. Reading a record goes straight to the table; searches, conditional writes and
 * transactions go through Medplum's `FhirRouter` over the same table.
 */
export function createSandboxStore({ db: { pool }, clock, ids }: SandboxDeps): SandboxStore {
  const router = async () => (await import('./sandbox/router.ts')).createSandboxRouter({ pool, clock, ids });

  return reachable({
    async read(resourceType, id) {
      const found = await readRow(pool, { resourceType, id });
      if (found === undefined || found === 'deleted') {
        throw new AppError('not-found', `The record has no ${resourceType}/${id}${found === 'deleted' ? ': it was deleted' : ''}.`);
      }
      return found;
    },

    async search(resourceType, params, options) {
      return (await router()).search(resourceType, params, options);
    },

    async everything(patientId) {
      const own = await readWhere(pool, { patientId });
      if (!own.some((resource) => resource.resourceType === 'Patient' && resource.id === patientId)) {
        throw new AppError('not-found', `The record has no Patient/${patientId}.`);
      }
      for (const resource of own) requireOwner(resource, patientId);
      const resources = new Map(own.map((resource) => [keyOf(resource), resource]));
      for (const id of (await idsOf(pool, patientId)).filter((one) => one !== patientId)) {
        for (const resource of await readWhere(pool, { patientId: id })) {
          requireOwner(resource, id);
          resources.set(keyOf(resource), resource);
        }
      }
      const all = [...resources.values()];
      return { resources: [...all, ...(await readMentioned(all))], gaps: [] };
    },

    async create(resource, options) {
      return (await router()).create(resource, options);
    },
    async update(resource, options) {
      return (await router()).update(resource, options);
    },
    async patch(resourceType, id, operations, options) {
      return (await router()).patch(resourceType, id, operations, options);
    },
    async transaction(bundle) {
      return (await router()).transaction(bundle);
    },

    async patients({ named } = {}): Promise<readonly PatientSummary[]> {
      const patients = await readWhere(pool, { resourceType: 'Patient' });
      const into = mergedInto(patients.find(({ id }) => id === named?.trim().replace(/^Patient\//, '')) ?? { resourceType: 'Patient' });
      if (into !== undefined) throw mergedFault(named!.trim(), into);
      return patients
        .filter((patient) => mergedInto(patient) === undefined)
        .map(summarise)
        .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id));
    },
    stamp: (patientId) => stampOf(pool, patientId),
    counts: () => countsByPatient(pool),
  });

  /** Practitioners, organizations, locations, medications ... that these refer to, and what those refer to in turn. */
  async function readMentioned(resources: readonly FhirResource[]): Promise<readonly StoredResource[]> {
    const seen = new Set(resources.map(keyOf));
    const mentioned: StoredResource[] = [];
    let next: readonly FhirResource[] = resources;
    while (next.length > 0) {
      const keys = new Map<string, ResourceKey>();
      for (const resource of next) {
        for (const key of referencesIn(resource)) {
          if (!isAboutPatients(key.resourceType) && !seen.has(keyOf(key))) keys.set(keyOf(key), key);
        }
      }
      for (const key of keys.keys()) seen.add(key);
      const found = keys.size === 0 ? [] : await readRows(pool, [...keys.values()]);
      // A device or medication that names a patient of its own is in that patient's record already, or in another's, where it stays.
      next = found.filter((resource) => ownersOf(resource).length === 0);
      mentioned.push(...(next as readonly StoredResource[]));
    }
    return mentioned;
  }
}

/** Faults of the database under the record become the port's own. */
function reachable(store: SandboxStore): SandboxStore {
  const named = Object.entries(store).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (method as (...args: unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        if (isAppError(error)) throw error;
        throw new AppError('record-unavailable', `The record cannot be reached: ${(error as Error).message}`, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(named) as unknown as SandboxStore;
}

/** @throws AppError `foreign-patient` */
export function requireOwner(resource: FhirResource, patientId: string): void {
  const owners = ownersOf(resource);
  if (owners.length > 0 && !owners.includes(patientId)) {
    throw new AppError('foreign-patient', `${keyOf(resource)} belongs to another patient than Patient/${patientId}. Nothing is shown.`);
  }
}

function* referencesIn(value: unknown): Generator<ResourceKey> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [field, inner] of Object.entries(value)) {
      if (field === 'reference' && typeof inner === 'string') {
        const [, resourceType, id] = /^([A-Z][A-Za-z]+)\/([^/?#\s]+)(?:\/_history\/[^/]+)?$/.exec(inner) ?? [];
        if (resourceType !== undefined && id !== undefined) yield { resourceType, id };
      } else if (typeof inner === 'object') yield* referencesIn(inner);
    }
  }
}
