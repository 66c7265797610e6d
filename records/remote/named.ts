import { AppError, isAppError } from '../../errors.ts';
import type { FhirResource, RecordStore } from '../contract.ts';
import { isCircular, mergedFault, mergedInto } from '../owners.ts';
import { hasGone, orGone } from '../waiting.ts';
import { FHIR_ID } from './addresses.ts';
import type { Capability } from './capability.ts';
import type { FhirClient } from './client.ts';
import { issues } from './page.ts';

export interface NamedDeps {
  readonly client: FhirClient;
  readonly capability: () => Promise<Capability>;
  readonly search: RecordStore['search'];
  /** More than so many are not told apart. */
  readonly most: number;
}

/** Says how to name a patient where what was said could not be looked for. */
const BY_ID = 'Name the patient as Patient/ and the id.';

/**
 * Patients who may be meant by an id, a number or words of a name: all of them, and maybe more. Each is looked for on its own, so that a server that
 * refuses one of the three is not refused altogether; what failed is a fault where somebody else might be meant by it.
 * @throws AppError
 */
export async function patientsNamed(
  named: string,
  { client, capability, search, most }: NamedDeps,
  options: { readonly limit: number; readonly signal?: AbortSignal },
): Promise<readonly FhirResource[]> {
  const id = named.replace(/^Patient\//, '');
  const exact = FHIR_ID.test(id) ? await attempt(byId(id)) : [];
  const one = isAppError(exact) ? undefined : exact[0];
  const into = one && mergedInto(one, client.addresses.patientIdOf);
  if (one && into !== undefined) {
    const other = FHIR_ID.test(into) ? await attempt(byId(into)) : [];
    if (isAppError(other) || !isCircular(one, other[0], client.addresses.patientIdOf)) throw mergedFault(id, into);
    return [one, ...other];
  }
  if (id !== named && isAppError(exact)) throw exact;
  if (id !== named && one) return [one];
  // Words are nobody's number; who is found by an id that has a digit in it may not be who has that number.
  const isNumber = /\d/.test(named);
  if (one && !isNumber) return [one];
  const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&');
  const words = named.split(/[\s,]+/).filter((word) => word.length > 1);
  const stated = await orGone(capability(), options.signal).catch((error: unknown) => {
    if (one === undefined || !isAppError(error) || hasGone(options.signal)) throw error;
    return undefined;
  });
  const known = stated?.types.get('Patient')?.searchParams;
  const by = (params: readonly (readonly [string, string])[]) => attempt(search('Patient', params, options).then(({ matches }) => matches));
  const [numbered, called] = await Promise.all([
    known?.has('identifier') === false ? [] : by([['identifier', escaped(named)]]),
    words.length > 0 && !one ? by(words.map((word) => ['name', escaped(word)] as const)) : [],
  ]);
  const ways = [exact, numbered, called];
  const found = ways.flatMap((way) => (isAppError(way) ? [] : way));
  if (ways.some((way) => !isAppError(way) && way.length > most))
    throw new AppError('bad-request', `More than ${most} patients match “${named}”: use the id or the record number.`);
  const unsure = [
    // 403 is said of whom nobody may see as well as of whom there is not.
    ...(isNumber && !isAppError(exact, 'not-permitted') ? [exact] : []),
    ...(isNumber && !one ? [numbered] : []),
    called,
    ...(found.length === 0 ? ways : []),
  ].find((way) => isAppError(way));
  if (isAppError(unsure)) throw new AppError(unsure.code, `${unsure.message} ${BY_ID}`, { cause: unsure });
  return found;

  async function byId(id: string): Promise<readonly FhirResource[]> {
    const answer = await client
      .request({ method: 'GET', path: `Patient/${id}`, ...(options.signal ? { signal: options.signal } : {}) })
      .catch((error: unknown) => {
        if (isAppError(error, 'not-found') || isAppError(error, 'bad-request')) return undefined;
        throw error;
      });
    const resource = answer?.resource;
    if (answer === undefined || isOnlyAbsent(resource)) return [];
    if (resource?.resourceType === 'Patient' && resource.id === id) return [resource];
    throw new AppError('record-unavailable', `The FHIR server answers with another resource than Patient/${id}.`);
  }

  /** What is found, or the fault of looking. */
  async function attempt(looking: Promise<readonly FhirResource[]>): Promise<readonly FhirResource[] | AppError> {
    try {
      return await looking;
    } catch (error) {
      if (!isAppError(error) || hasGone(options.signal)) throw error;
      return error;
    }
  }
}

/** Some say 200, and in words that there is none. */
function isOnlyAbsent(outcome: FhirResource | undefined): boolean {
  const told = issues(outcome);
  return told.length > 0 && told.every(({ code }) => code === 'not-found' || code === 'deleted');
}
