import { AppError, isAppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { isAboutPatients, ownersOf } from '../owners.ts';
import type { Authorization } from './authorization.ts';
import type { Capability } from './capability.ts';
import type { FhirClient } from './client.ts';

/** What a server holds of one type for one patient, as it was when it was read. */
export interface Part {
  readonly resources: readonly FhirResource[];
  /** ISO instant */
  readonly readAt: string;
  /** Why these are not all there may be, for a person: the type is not offered, not permitted, or failed. */
  readonly gap?: string;
}

export interface PartsDeps {
  readonly client: FhirClient;
  readonly capability: Capability;
  readonly authorization: Pick<Authorization, 'mayRead'>;
  readonly clock: () => Date;
}

/** Asked for at once; a server may give fewer. */
const PAGE = 1_000;
/** Above so many pages a type is read in slices of time, side by side. */
const PAGES_IN_ROW = 2;
const MOST_SLICES = 32;

/** When entries of a type took place: the search parameter to slice it by. */
const DATE_PARAMETER: Readonly<Record<string, string>> = {
  Claim: 'created',
  DiagnosticReport: 'date',
  DocumentReference: 'date',
  Encounter: 'date',
  ExplanationOfBenefit: 'created',
  Immunization: 'date',
  MedicationAdministration: 'effective-time',
  MedicationRequest: 'authoredon',
  Observation: 'date',
  Procedure: 'date',
};
const PATIENT_PARAMETERS = ['patient', 'subject', 'beneficiary', 'actor'] as const;

/** Types of which there may be many pages are begun first, so that their later pages travel beside the others. */
export const longestFirst = (types: readonly string[]): readonly string[] =>
  [...types].sort((a, b) => Number(b in DATE_PARAMETER) - Number(a in DATE_PARAMETER));

/** `patient=<id>` in the words that the server takes for this type; undefined where it takes none. */
export function patientParameter(type: string, patientId: string, { types }: Capability): readonly [string, string] | undefined {
  const known = types.get(type);
  if (known === undefined || (known.interactions.size > 0 && !known.interactions.has('search-type'))) return undefined;
  const name = PATIENT_PARAMETERS.find((one) => known.searchParams.has(one));
  if (name !== undefined) return [name, name === 'patient' ? patientId : `Patient/${patientId}`];
  // A server that lists no parameters at all is taken at FHIR's word: each of these types has one.
  return known.searchParams.size === 0 ? ['patient', patientId] : undefined;
}

/**
 * Everything of one type of one patient. What cannot be had is a gap with its reason, not a fault; a resource of somebody else is a fault.
 * @throws AppError `foreign-patient`
 * @throws the signal's reason
 */
export async function readPart(type: string, patientId: string, deps: PartsDeps, signal?: AbortSignal): Promise<Part> {
  const readAt = deps.clock().toISOString();
  const gap = (why: string): Part => ({ resources: [], readAt, gap: why });
  if (!deps.authorization.mayRead(type)) return gap('not among what Rounds is permitted to read');
  try {
    const by = patientParameter(type, patientId, deps.capability);
    if (by) {
      const { resources, total } = await readAll(type, [by], deps, signal);
      owned(resources, patientId);
      const short = total !== undefined && total > resources.length;
      return { resources, readAt, ...(short ? { gap: `the server counts ${total} and gives ${resources.length}` } : {}) };
    }
    if (!deps.capability.types.get('Patient')?.operations.has('everything')) return gap('not offered');
    const pages = deps.client.pages({
      path: `Patient/${patientId}/$everything`,
      params: [
        ['_type', type],
        ['_count', String(PAGE)],
      ],
      ...(signal ? { signal } : {}),
    });
    const resources: FhirResource[] = [];
    for await (const page of pages)
      resources.push(...[...page.matches, ...page.included].filter(({ resourceType }) => resourceType === type));
    return { resources: owned(unique(resources), patientId), readAt };
  } catch (error) {
    if (signal?.aborted || isAppError(error, 'foreign-patient')) throw error;
    if (isAppError(error)) return gap(whyUnread(error));
    throw error;
  }
}

/** Why a part could not be read, in a few words for a clinician: "403 not permitted", "the server fails with 500". */
export function whyUnread({ code, message }: AppError): string {
  const status = /\bHTTP (\d{3})\b/.exec(message)?.[1];
  const refused = code === 'not-permitted' ? 'not permitted' : code === 'not-found' ? 'not offered' : undefined;
  if (refused) return status ? `${status} ${refused}` : refused;
  return status ? `the server fails with ${status}` : message.replace(/\.$/, '');
}

type Params = readonly (readonly [string, string])[];

interface ReadAll {
  readonly resources: readonly FhirResource[];
  /** As the server counts them. */
  readonly total?: number;
}

async function readAll(type: string, by: Params, deps: PartsDeps, signal?: AbortSignal): Promise<ReadAll> {
  const { client, capability } = deps;
  const found: FhirResource[] = [];
  const asked = (more: Params, count = PAGE) =>
    client.pages({
      path: type,
      params: [...by, ...more, ['_count', String(count)]],
      wished: { total: true, strict: true },
      ...(signal ? { signal } : {}),
    });
  const date = DATE_PARAMETER[type];
  const sliceable = date !== undefined && capability.types.get(type)?.searchParams.has(date) === true;
  let counted: number | undefined;
  for await (const { matches, total, next, answer } of asked([])) {
    const isFirst = found.length === 0;
    found.push(...matches);
    if (!isFirst) continue;
    requireAsked(answer.resource, by, type);
    counted = total;
    if (next === undefined || total === undefined || matches.length === 0 || total <= PAGES_IN_ROW * matches.length) continue;
    const all = (await besideEachOther(matches, next, total)) ?? (sliceable ? await inSlices(date, total, matches.length) : undefined);
    if (all) return { resources: all, total };
  }
  return { resources: unique(found), ...(counted === undefined ? {} : { total: counted }) };

  /**
   * The pages after the first, side by side, where the address of the second tells how far in it begins; undefined where it does not, or where
   * the sum is not what the server says there is.
   */
  async function besideEachOther(
    first: readonly FhirResource[],
    next: string,
    total: number,
  ): Promise<readonly FhirResource[] | undefined> {
    const offset = offsetIn(next, first.length);
    if (offset === undefined) return undefined;
    const starts = Array.from({ length: Math.ceil(total / first.length) - 1 }, (_, i) => (i + 1) * first.length);
    try {
      const pages = await Promise.all(
        starts.map(async (start) => {
          const url = new URL(next);
          url.searchParams.set(offset, String(start));
          for await (const { matches } of client.pages({ path: url.href, ...(signal ? { signal } : {}) }, 1)) return matches;
          return [];
        }),
      );
      const all = unique([first, ...pages].flat());
      return all.length === total ? all : undefined;
    } catch (error) {
      if (isAppError(error, 'bad-request') || isAppError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  /** All in slices of time side by side; undefined where the sum is not what the server says there is. */
  async function inSlices(date: string, total: number, pageSize: number): Promise<readonly FhirResource[] | undefined> {
    const end = async (sort: string): Promise<number | undefined> => {
      for await (const { matches } of asked(
        [
          [`${date}:missing`, 'false'],
          ['_sort', sort],
        ],
        1,
      )) {
        const text = JSON.stringify(matches[0] ?? {});
        const dates = [
          ...text.matchAll(/"(?:effective|performed|occurrence|authored|period|start|end|date|created)\w*":"(\d{4}-\d\d-\d\d)/g),
        ];
        const days = dates.map(([, day]) => Date.parse(day!)).filter((ms) => !Number.isNaN(ms));
        return days.length > 0 ? Math.min(...days) : undefined;
      }
      return undefined;
    };
    try {
      const [first, last] = await Promise.all([end(date), end(`-${date}`)]);
      if (first === undefined || last === undefined || last <= first) return undefined;
      const slices = Math.min(MOST_SLICES, 2 * Math.ceil(total / pageSize));
      const edges = Array.from({ length: slices - 1 }, (_, i) =>
        new Date(first + ((last - first) * (i + 1)) / slices).toISOString().slice(0, 10),
      );
      const windows: Params[] = [
        [[`${date}:missing`, 'true']],
        ...[undefined, ...edges].map(
          (from, i): Params => [
            ...(from === undefined ? [] : [[date, `ge${from}`] as const]),
            ...(edges[i] === undefined ? [] : [[date, `lt${edges[i]}`] as const]),
          ],
        ),
      ];
      const read = await Promise.all(
        windows.map(async (window) => {
          const resources: FhirResource[] = [];
          for await (const { matches } of asked(window)) resources.push(...matches);
          return resources;
        }),
      );
      const all = unique(read.flat());
      return all.length === total ? all : undefined;
    } catch (error) {
      // A server that cannot sort or slice is read page after page.
      if (isAppError(error, 'bad-request')) return undefined;
      throw error;
    }
  }
}

/** The one parameter of a second page's address that says how many entries come before it. */
function offsetIn(next: string, before: number): string | undefined {
  const [only, ...more] = [...new URL(next).searchParams].filter(
    ([name, value]) => value === String(before) && !/count|limit|size/i.test(name),
  );
  return only !== undefined && more.length === 0 && /off?set|skip|start/i.test(only[0]) ? only[0] : undefined;
}

/** The answer's own address says what it was asked: what is missing there was not taken into account. */
export function requireAsked(bundle: FhirResource | undefined, params: Params, type: string): void {
  const self = (bundle?.link as readonly { relation: string; url: string }[] | undefined)?.find(({ relation }) => relation === 'self')?.url;
  if (self === undefined || !self.includes('?')) return;
  const kept = new URLSearchParams(self.slice(self.indexOf('?') + 1));
  // `patient:Patient` and `patient` are one and the same.
  const plain = (name: string) => name.replace(/:Patient$/, '');
  const names = new Set([...kept.keys()].map(plain));
  const lost = params.find(([name]) => !names.has(plain(name)));
  if (lost)
    throw new AppError('record-unavailable', `The FHIR server leaves “${lost[0]}” out of a search of ${type}: its answer is not used.`);
}

/** @throws AppError `foreign-patient` where one is about somebody else, or about nobody */
export function owned(resources: readonly FhirResource[], patientId: string): readonly FhirResource[] {
  for (const resource of resources) {
    const owners = ownersOf(resource);
    if (owners.includes(patientId) || (owners.length === 0 && !isAboutPatients(resource.resourceType))) continue;
    const whose = owners.length === 0 ? 'names no patient' : 'belongs to another patient';
    throw new AppError(
      'foreign-patient',
      `${resource.resourceType}/${resource.id ?? '(no id)'} ${whose} in an answer about Patient/${patientId}. Nothing is shown.`,
    );
  }
  return resources;
}

/** Each resource once, as it came first. */
export function unique(resources: readonly FhirResource[]): readonly FhirResource[] {
  const found = new Map<string, FhirResource>();
  for (const resource of resources) {
    const key = `${resource.resourceType}/${resource.id}`;
    if (!found.has(key)) found.set(key, resource);
  }
  return [...found.values()];
}
