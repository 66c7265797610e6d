import { isAppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { hasGone } from '../waiting.ts';
import { isNobodys, owned, updatedOf } from './held.ts';
import type { Params } from './part.ts';
import { type PartsDeps, patientParameter } from './parts.ts';

/** A part of no more than so many resources is read again as quickly as it is asked for what has changed in it. */
const SMALL_PART = 50;
/** So many of the newest are compared with what is held. */
const NEWEST = 200;
/** What is changed now may be stamped with a time before that of the newest: clocks differ, and a transaction may bear the time at which it began. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Whether the server says that a part is as it was: as many as are held, and of them those changed about when the newest was the same, word for word.
 * A server that leaves the condition out gives more than those, and the part is read again; so it is where anything does not say when it was changed.
 */
export async function isUnchanged(
  type: string,
  patientId: string,
  held: readonly FhirResource[],
  { client, capability }: Pick<PartsDeps, 'client' | 'capability'>,
  signal: AbortSignal,
): Promise<boolean> {
  const by = patientParameter(type, patientId, capability);
  const changedLast = newest(held);
  if (!by || changedLast === undefined || held.length <= SMALL_PART) return false;
  const since = changedLast - OVERLAP_MS;
  const expected = held.filter((resource) => Date.parse(updatedOf(resource)!) >= since);
  if (expected.length > NEWEST) return false;
  const first = async (params: Params) => {
    const pages = client.pages({ path: type, params: [by, ...params], wished: { total: true, strict: true }, signal }, 1);
    for await (const page of pages) {
      if (page.matches.some((one) => isNobodys(one, client.addresses))) return undefined;
      owned(page.matches, patientId, client.addresses);
      return page;
    }
    return undefined;
  };
  try {
    const [all, last] = await Promise.all([
      first([['_count', '1']]),
      first([
        ['_lastUpdated', `ge${new Date(since).toISOString()}`],
        ['_count', String(NEWEST + 1)],
      ]),
    ]);
    if (!all || !last || all.incomplete !== undefined || last.incomplete !== undefined || last.next !== undefined) return false;
    const identity = (resource: FhirResource): string => JSON.stringify(client.addresses.relativised(resource));
    const same = new Set(expected.map(identity));
    return all.total === held.length && last.matches.length === same.size && last.matches.every((one) => same.has(identity(one)));
  } catch (error) {
    // Reading it again tells what is wrong.
    if (hasGone(signal) || !isAppError(error) || isAppError(error, 'foreign-patient')) throw error;
    return false;
  }
}

/** When the newest was changed, in epoch milliseconds; undefined where one of them does not say when it was. */
function newest(resources: readonly FhirResource[]): number | undefined {
  const times = resources.map(updatedOf);
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return (times as string[]).map((time) => Date.parse(time)).reduce((a, b) => Math.max(a, b));
}
