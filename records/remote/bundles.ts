import { AppError } from '../../errors.ts';
import type { FhirBundle, FhirResource } from '../contract.ts';
import { ownersOf } from '../owners.ts';
import type { OwnAddresses } from './addresses.ts';
import { boundTo } from './bound.ts';
import type { Capability } from './capability.ts';
import { keptOwners, owned, ownedOrNobodys } from './held.ts';
import { refuseUnknown } from './refuse.ts';

/** What the answer to one entry of a bundle is held to. */
export type AskedEntry =
  | { readonly way: 'write'; readonly owners: readonly string[] }
  | { readonly way: 'read'; readonly at: string }
  | { readonly way: 'search'; readonly patientId: string | undefined };

/**
 * What each entry asks for. A search among them is bound as any other is.
 * @throws AppError `bad-request`
 */
export function askedOf({ entry = [] }: FhirBundle, { types }: Capability, addresses: OwnAddresses): readonly AskedEntry[] {
  // A patient that is created gets an id of the server's choice, and what refers to it follows.
  const created = new Set(
    entry.flatMap(({ request, resource, fullUrl }) =>
      request?.method === 'POST' && resource?.resourceType === 'Patient'
        ? [resource.id, ...(fullUrl === undefined ? [] : [addresses.patientIdOf(fullUrl)])].flatMap((id) => id ?? [])
        : [],
    ),
  );
  return entry.map(({ request, resource }): AskedEntry => {
    const { method, url = '' } = request ?? {};
    if (method !== 'GET' && method !== 'HEAD')
      return { way: 'write', owners: resource === undefined ? [] : keptBy(ownersOf(resource, addresses.patientIdOf)) };
    const at = addresses.relative(url);
    if (at !== undefined) return { way: 'read', at };
    const [type = '', query] = url.split('?');
    const known = types.get(type);
    if (query === undefined || known === undefined)
      throw new AppError('bad-request', 'An entry of a bundle that reads names one resource, or a search of one type.');
    const params = [...new URLSearchParams(query)];
    for (const [name, value] of params) refuseUnknown(type, name, value, known);
    return { way: 'search', patientId: boundTo(type, params, addresses) };
  });

  function keptBy(owners: readonly string[]): readonly string[] {
    return owners.some((one) => created.has(one)) ? [] : owners;
  }
}

/** @throws AppError `foreign-patient`, `record-unavailable` where an entry is answered with what is about somebody else, or is another resource */
export function requireOwners({ entry = [] }: FhirBundle, asked: readonly AskedEntry[], addresses: OwnAddresses): void {
  for (const [i, { resource }] of entry.entries()) {
    const one = asked[i];
    if (one === undefined || resource === undefined || resource === null || resource.resourceType === 'OperationOutcome') continue;
    if (one.way === 'write') keptOwners(resource, one.owners, addresses.patientIdOf);
    else if (one.way === 'read' && `${resource.resourceType}/${resource.id}` !== one.at)
      throw new AppError('record-unavailable', `The FHIR server answers with another resource than ${one.at}.`);
    else if (one.way === 'search' && one.patientId !== undefined) requireOf(resource, one.patientId, addresses);
  }
}

function requireOf({ entry }: FhirResource, patientId: string, addresses: OwnAddresses): void {
  for (const { resource, search } of Array.isArray(entry) ? (entry as { resource?: FhirResource; search?: { mode?: unknown } }[]) : []) {
    if (resource === undefined || resource === null || resource.resourceType === 'OperationOutcome') continue;
    if (search?.mode === 'include') ownedOrNobodys([resource], patientId, addresses);
    else owned([resource], patientId, addresses);
  }
}

/**
 * The answer to a bundle, where it tells what became of every entry, and a transaction left none out.
 * @throws AppError `version-conflict`, `record-unavailable`
 */
export function carriedOut(answer: FhirBundle, { type, entry: asked = [] }: FhirBundle): FhirBundle {
  const said = Array.isArray(answer.entry) ? (answer.entry as readonly { readonly response?: { readonly status?: unknown } }[]) : [];
  const statuses = said.map((one) => String(one?.response?.status ?? ''));
  if (answer.type !== `${type}-response` || statuses.length !== asked.length || !statuses.every((one) => /^\d{3}\b/.test(one)))
    throw new AppError(
      'record-unavailable',
      `The FHIR server does not say what became of each of the ${asked.length} entries of the ${type}.`,
    );
  const failed = type === 'transaction' ? statuses.findIndex((status) => !/^[23]/.test(status)) : -1;
  if (failed >= 0)
    throw new AppError(
      /^4(?:09|12)/.test(statuses[failed]!) ? 'version-conflict' : 'record-unavailable',
      `The FHIR server calls the transaction done and refuses its entry ${failed + 1} (HTTP ${statuses[failed]!.slice(0, 3)}): what became of the others is not known.`,
    );
  return answer;
}
