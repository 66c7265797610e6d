import { isAppError } from '../../errors.ts';
import type { FhirResource, RecordSnapshot } from '../contract.ts';
import { mergedFrom, mergedInto, samePersonAs } from '../owners.ts';
import { hasGone } from '../waiting.ts';
import { FHIR_ID } from './addresses.ts';
import { longestFirst, type Part, type PartsDeps, readPart } from './parts.ts';

/** What stands under the ids of records that were merged into another. */
export interface Merged {
  readonly resources: readonly FhirResource[];
  readonly gaps: RecordSnapshot['gaps'];
}

const UNREAD = 'the record that was merged into this one was not read';
const unreadBeside = (others: readonly string[]): string =>
  `another record of the same person, ${[...new Set(others)].join(' and ')}, was not read`;
/** More than a person is ever registered; each costs as many requests as a record. */
const MOST_MERGED = 4;

/**
 * The records that this patient's own `link` says it replaces. One that says so itself, and names nobody else, is read as a part of this one, each
 * search bound to its id; one that is no longer there is looked for, and must be empty. Of any other it is said that it was not read.
 * @throws AppError `foreign-patient`
 */
export async function readMerged(
  patient: FhirResource,
  types: readonly string[],
  readPatient: (id: string) => Promise<FhirResource>,
  deps: PartsDeps,
  signal: AbortSignal,
): Promise<Merged> {
  const { patientIdOf } = deps.client.addresses;
  const ids = mergedFrom(patient, patientIdOf).filter((id) => id !== patient.id);
  const unread: Merged = { resources: [], gaps: types.map((type) => ({ type, why: UNREAD })) };
  const all = await Promise.all(ids.slice(0, MOST_MERGED).map(one));
  if (ids.length > MOST_MERGED) all.push(unread);
  // Not for a client to decide that two records that both are in use are one.
  const beside = samePersonAs(patient, patientIdOf).filter((id) => id !== patient.id && !ids.includes(id));
  const others = beside.map((id) => (FHIR_ID.test(id) ? `Patient/${id}` : 'one on another server')).slice(0, MOST_MERGED);
  if (others.length > 0) all.push({ resources: [], gaps: types.map((type) => ({ type, why: unreadBeside(others) })) });
  const gaps = new Map(all.flatMap(({ gaps }) => gaps.map(({ type, why }) => [type, why] as const)));
  return { resources: all.flatMap(({ resources }) => resources), gaps: [...gaps].map(([type, why]) => ({ type, why })) };

  async function one(id: string): Promise<Merged> {
    if (!FHIR_ID.test(id)) return unread;
    let former: FhirResource | undefined;
    try {
      former = await readPatient(id);
    } catch (error) {
      if (hasGone(signal) || !isAppError(error)) throw error;
      if (!isAppError(error, 'not-found')) return unread;
    }
    const isConfirmed =
      former !== undefined && mergedInto(former, patientIdOf) === patient.id && mergedFrom(former, patientIdOf).length === 0;
    if (former !== undefined && !isConfirmed) return unread;
    const parts = await Promise.all(
      longestFirst(types).map(async (type): Promise<readonly [string, Part]> => [type, await readPart(type, id, deps, signal)]),
    );
    const resources = parts.flatMap(([, part]) => part.resources);
    if (former === undefined && resources.length > 0) return unread;
    return {
      resources: former === undefined ? [] : [former, ...resources],
      gaps: parts.flatMap(([type, { gap }]) => (gap === undefined ? [] : [{ type, why: gap }])),
    };
  }
}
