import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { isAboutPatients, ownersOf } from '../owners.ts';
import type { Include, Search } from './search.ts';
import { keyOf, type Queryable, type ResourceKey, readRows, readWhere, type StoredResource } from './table.ts';

/** What a search's `_include`s and `_revinclude`s bring beside its matches, each once. @throws AppError `foreign-patient` */
export async function runIncludes(
  db: Queryable,
  { includes, patientId }: Search,
  matches: readonly FhirResource[],
): Promise<readonly StoredResource[]> {
  const known = new Set(matches.map(keyOf));
  const included: StoredResource[] = [];
  for (const include of includes) {
    for (const resource of await (include.reverse ? pointingAt(db, include, matches, patientId) : pointedAt(db, include, matches))) {
      if (known.has(keyOf(resource))) continue;
      known.add(keyOf(resource));
      included.push(resource);
    }
  }
  const foreign = patientId === undefined ? undefined : included.find((resource) => isForeign(resource, patientId));
  if (foreign)
    throw new AppError('foreign-patient', `${keyOf(foreign)} belongs to another patient than Patient/${patientId}. Nothing is shown.`);
  return included;
}

const isForeign = (resource: FhirResource, patientId: string): boolean =>
  isAboutPatients(resource.resourceType) && ownersOf(resource).length > 0 && !ownersOf(resource).includes(patientId);

async function pointedAt(
  db: Queryable,
  { references, target }: Include,
  matches: readonly FhirResource[],
): Promise<readonly StoredResource[]> {
  const keys = new Map<string, ResourceKey>();
  for (const reference of matches.flatMap(references)) {
    const [resourceType, id, ...more] = reference.split('/');
    if (!resourceType || !id || more.length > 0 || (target !== undefined && target !== resourceType)) continue;
    keys.set(reference, { resourceType, id });
  }
  return keys.size === 0 ? [] : readRows(db, [...keys.values()]);
}

async function pointingAt(
  db: Queryable,
  { source, references, target }: Include,
  matches: readonly FhirResource[],
  patientId: string | undefined,
): Promise<readonly StoredResource[]> {
  const wanted = new Set(matches.filter(({ resourceType }) => target === undefined || target === resourceType).map(keyOf));
  const candidates = await readWhere(db, { resourceType: source, ...(patientId === undefined ? {} : { patientId }) });
  return candidates.filter((resource) => references(resource).some((reference) => wanted.has(reference)));
}
