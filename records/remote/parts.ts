import { type AppError, isAppError } from '../../errors.ts';
import { type FhirResource, NOT_OFFERED } from '../contract.ts';
import { ownersOf } from '../owners.ts';
import { hasGone, within } from '../waiting.ts';
import { MOST_PAGES, offsetIn, readAhead } from './ahead.ts';
import type { Authorization } from './authorization.ts';
import type { Capability } from './capability.ts';
import { mayBeCut, statedSize } from './capped.ts';
import { needsCategory, readByCategory, takesCategory } from './categories.ts';
import type { FhirClient } from './client.ts';
import { isNobodys, narrowedBy, narrowedEverything, owned, requireAsked, unique } from './held.ts';
import { haveMoved, MOVED } from './moved.ts';
import { cutBy, type Page } from './page.ts';
import { type Params, type ReadAll, whyUnread } from './part.ts';
import { readInWindows } from './windows.ts';

/** What a server holds of one type for one patient, as it was when it was read. */
export interface Part {
  readonly resources: readonly FhirResource[];
  /** ISO instant */
  readonly readAt: string;
  /** Why these are not all there may be, for a person: the type is not offered, not permitted, or failed. */
  readonly gap?: string;
  /** The gap is a fault that may pass: the server was not reached, or broke. */
  readonly failed?: true;
}

export interface PartsDeps {
  readonly client: FhirClient;
  readonly capability: Capability;
  readonly authorization: Pick<Authorization, 'mayRead'>;
  readonly clock: () => Date;
  /** A part may take so long, in milliseconds: what has not come then is a gap. */
  readonly readMs: number;
}

const IN_PART = 'Rounds is permitted to read a part of it only';
/** Asked for at once; a server may give fewer. */
const PAGE = 1_000;
/** Above so many pages a type is read side by side. */
const PAGES_IN_ROW = 2;

/** When entries of a type took place: the search parameter to divide it by. */
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
export const readPart = (type: string, patientId: string, deps: PartsDeps, signal?: AbortSignal): Promise<Part> =>
  within(deps.readMs, signal, (bounded) => readInTime(type, patientId, deps, bounded));

async function readInTime(type: string, patientId: string, deps: PartsDeps, signal: AbortSignal): Promise<Part> {
  const readAt = deps.clock().toISOString();
  const gap = (why: string): Part => ({ resources: [], readAt, gap: why });
  const may = deps.authorization.mayRead(type);
  if (!may) return gap('not among what Rounds is permitted to read');
  try {
    const by = patientParameter(type, patientId, deps.capability);
    const offersAll = deps.capability.types.get('Patient')?.operations.has('everything') === true;
    if (!by && !offersAll) return gap(NOT_OFFERED);
    const { resources, total, incomplete, failed } = by
      ? await readSearched(type, patientId, by, deps, signal)
      : await readOfEverything(type, patientId, deps, signal);
    const short = total !== undefined ? `the server counts ${total.counted} and gives ${total.given}` : undefined;
    const why = incomplete?.replace(/^it\b/, 'the server') ?? short ?? (may === 'part' ? IN_PART : undefined);
    return { resources, readAt, ...(why === undefined ? {} : { gap: why }), ...(failed ? { failed } : {}) };
  } catch (error) {
    if (hasGone(signal) || isAppError(error, 'foreign-patient')) throw error;
    if (isAppError(error)) return { ...gap(whyUnread(error)), ...(isAppError(error, 'record-unavailable') ? { failed: true } : {}) };
    throw error;
  }
}

/** By patient; where the server refuses that and wants to be told a category: all at once where it offers that, else by category. */
async function readSearched(
  type: string,
  patientId: string,
  by: readonly [string, string],
  deps: PartsDeps,
  signal: AbortSignal,
): Promise<ReadAll> {
  const { capability } = deps;
  let refusal: AppError | undefined;
  if (!needsCategory(type, capability))
    try {
      return await readAll(type, patientId, [by], deps, signal);
    } catch (error) {
      if (!isAppError(error, 'bad-request') || !takesCategory(type, capability, error)) throw error;
      refusal = error;
    }
  if (capability.types.get('Patient')?.operations.has('everything')) {
    const all = await readOfEverything(type, patientId, deps, signal).catch((error: unknown) => {
      if (hasGone(signal) || !isAppError(error) || isAppError(error, 'foreign-patient')) throw error;
      return undefined;
    });
    if (all && all.incomplete === undefined && all.total === undefined) return all;
  }
  return readByCategory(type, capability, (more, firm) => readAll(type, patientId, [by, ...more], deps, signal, firm)).catch(
    (error: unknown) => {
      throw isAppError(error, 'bad-request') ? (refusal ?? error) : error;
    },
  );
}

/** Names of conditions, as far as they are names: nothing else of an address is told. */
const wordsOfNames = (names: readonly string[]): string =>
  names.filter((name) => /^[\w.:-]{1,40}$/.test(name)).join(', ') || 'an unknown condition';
const narrower = (names: readonly string[]): string => `it answers a narrower search than was asked (${wordsOfNames(names)})`;

/** Gathers the pages of one type of one patient. @throws AppError `foreign-patient` */
function createGathering(type: string, patientId: string, { client }: Pick<PartsDeps, 'client'>) {
  const found: FhirResource[] = [];
  const given = new Set<string>();
  let incomplete: string | undefined;
  let counted: number | undefined;
  let failed = false;
  return {
    size: () => found.length,
    /** The rest could not be had: what was given before stands. */
    fail(error: AppError): void {
      incomplete ??= whyUnread(error);
      failed = isAppError(error, 'record-unavailable');
    },
    /** The server counts so many, on a page of its own. */
    expect(total: number): void {
      counted = total;
    },
    /** These are not all. */
    lacks(why: string): void {
      incomplete ??= why;
    },
    add(page: Page, isAnyType = false): void {
      const all = [...page.matches, ...page.included];
      for (const { resourceType, id } of all) given.add(`${resourceType}/${id}`);
      counted ??= page.total;
      const somebodys = (some: readonly FhirResource[]) => some.filter((one) => !isNobodys(one, client.addresses));
      owned(somebodys(page.matches), patientId, client.addresses);
      found.push(...owned(somebodys(all.filter(({ resourceType }) => resourceType === type)), patientId, client.addresses));
      const other = isAnyType ? undefined : page.matches.find((one) => one.resourceType !== type);
      // A device may be nobody's; one in an answer about a patient is somebody's, and does not say whose.
      const nobodys = (isAnyType ? all.filter(({ resourceType }) => resourceType === type) : page.matches).find(
        (one) => ownersOf(one, client.addresses.patientIdOf).length === 0,
      );
      const cut = page.matches.find((one) => one.resourceType === type && cutBy(one) !== undefined);
      incomplete ??=
        page.incomplete ??
        (other && `it answers a search of ${type} with ${other.resourceType}`) ??
        (nobodys && `it answers with ${nobodys.resourceType} that names no patient`) ??
        (cut && `it leaves parts of an entry out (${cutBy(cut)})`);
    },
    result(countsOf: 'type' | 'all'): ReadAll {
      const resources = unique(found);
      const size = countsOf === 'type' ? resources.length : given.size;
      return {
        resources,
        ...(counted !== undefined && counted > size ? { total: { counted, given: size } } : {}),
        ...(incomplete === undefined ? {} : { incomplete }),
        ...(failed ? { failed } : {}),
      };
    },
  };
}

/** What `$everything` holds of one type. Its total counts what it gives of all types. */
async function readOfEverything(type: string, patientId: string, { client }: PartsDeps, signal?: AbortSignal): Promise<ReadAll> {
  const path = `Patient/${patientId}/$everything`;
  const params: Params = [
    ['_type', type],
    ['_count', String(PAGE)],
  ];
  const gathered = createGathering(type, patientId, { client });
  const pages: Page[] = [];
  for await (const page of client.pages({ path, params, ...(signal ? { signal } : {}) })) {
    const added = pages.length === 0 ? narrowedEverything(page.answer.resource, type, client.addresses) : [];
    if (added.length > 0) gathered.lacks(narrower(added));
    pages.push(page);
    gathered.add(page, true);
  }
  if (await haveMoved(pages, (address) => pageAt(address, client, signal))) gathered.lacks(MOVED);
  return gathered.result('all');
}

async function pageAt(address: string, client: PartsDeps['client'], signal?: AbortSignal): Promise<Page | undefined> {
  for await (const page of client.pages({ path: address, ...(signal ? { signal } : {}) }, 1)) return page;
  return undefined;
}

async function readAll(
  type: string,
  patientId: string,
  conditions: Params,
  deps: PartsDeps,
  signal?: AbortSignal,
  firm = false,
): Promise<ReadAll> {
  const { client, capability } = deps;
  const asked = (more: Params, count = PAGE) =>
    client.pages({
      path: type,
      params: [...conditions, ...more, ['_count', String(count)]],
      wished: { total: true, strict: true },
      ...(firm ? { firm } : {}),
      ...(signal ? { signal } : {}),
    });
  const date = DATE_PARAMETER[type];
  const sliceable = date !== undefined && capability.types.get(type)?.searchParams.has(date) === true;
  let gathered = createGathering(type, patientId, deps);
  let isAnswer = false;
  let before: typeof gathered | undefined;
  let hasMoved = false;
  for (;;) {
    try {
      const read = await inOrder();
      if (read !== undefined) return read;
      hasMoved = true;
      gathered = createGathering(type, patientId, deps);
    } catch (error) {
      if (hasGone(signal) || !isAppError(error) || isAppError(error, 'foreign-patient')) throw error;
      const best = before !== undefined && before.size() > gathered.size() ? before : gathered;
      if (!isAnswer || best.size() === 0) throw error;
      // Some keep the pages of a search for a while only: a new search has new ones.
      if (before !== undefined || !isAppError(error, 'not-found')) {
        best.fail(error);
        return best.result('type');
      }
      before = gathered;
      gathered = createGathering(type, patientId, deps);
    }
  }

  /** Undefined where entries changed places meanwhile, for the first time. */
  async function inOrder(): Promise<ReadAll | undefined> {
    const pages: Page[] = [];
    for await (const page of asked([])) {
      gathered.add(page);
      pages.push(page);
      if (pages.length > 1) {
        const narrowed = narrowedLater(page);
        if (narrowed.length > 0) gathered.lacks(narrower(narrowed));
        continue;
      }
      isAnswer = false;
      requireAsked(page.answer.resource, conditions, type, client.addresses);
      isAnswer = true;
      const added = narrowedBy(page.answer.resource, conditions, client.addresses);
      if (added.length > 0) gathered.lacks(narrower(added));
      if (page.next === undefined || page.matches.length === 0 || page.incomplete !== undefined || added.length > 0) continue;
      const all = await sideBySide(page, page.next);
      if (all) return { resources: all };
    }
    if (await haveMoved(pages, onePage)) {
      if (!hasMoved) return undefined;
      gathered.lacks(MOVED);
    }
    if (mayBeCut(pages)) {
      const counted = await count();
      const stated = statedSize(pages[0]!);
      if (counted !== undefined) gathered.expect(counted);
      else if (stated !== undefined && stated < PAGE && stated === pages.at(-1)!.matches.length)
        gathered.lacks(`it gives the ${stated} that it gives at most, and does not say whether there are more`);
    }
    return gathered.result('type');
  }

  /** All of it, with the pages after the first side by side; undefined where the server gives no way, or the sum is not what it counts. */
  async function sideBySide(first: Page, next: string): Promise<readonly FhirResource[] | undefined> {
    const size = first.matches.length;
    if (first.total !== undefined) {
      if (first.total <= PAGES_IN_ROW * size) return undefined;
      return (await besideEachOther(first, next, first.total)) ?? (await inWindows(first, first.total));
    }
    const ahead = await readAhead(next, size, onePage);
    if (ahead) {
      const pages = [first, ...ahead];
      if (await haveMoved(pages, onePage)) return undefined;
      return whole(pages, mayBeCut(pages) ? await count() : undefined);
    }
    const counted = sliceable ? await count() : undefined;
    if (counted === undefined) return undefined;
    gathered.expect(counted);
    return counted > PAGES_IN_ROW * size ? inWindows(first, counted) : undefined;
  }

  function onePage(address: string): Promise<Page | undefined> {
    return pageAt(address, client, signal);
  }

  /** Some servers that count no pages count when they are asked for nothing else. */
  async function count(): Promise<number | undefined> {
    try {
      const params = [...conditions, ['_summary', 'count'] as const];
      for await (const page of client.pages({ path: type, params, wished: { strict: true }, ...(signal ? { signal } : {}) }, 1)) {
        requireAsked(page.answer.resource, conditions, type, client.addresses);
        return page.next === undefined ? page.total : undefined;
      }
      return undefined;
    } catch (error) {
      if (hasGone(signal) || !isAppError(error)) throw error;
      return undefined;
    }
  }

  /** Conditions that a page after the first adds: by the place in a search, which servers call as they like, nothing is narrowed. */
  function narrowedLater(page: Page): readonly string[] {
    const known = capability.types.get(type)?.searchParams;
    const mayStand = new Set(date === undefined ? [] : [date]);
    return narrowedBy(page.answer.resource, conditions, client.addresses).filter((name) => known?.has(name) && !mayStand.has(name));
  }

  /** Each once, where that is all that the server counts, of this type and this patient. */
  function whole(pages: readonly Page[], total?: number): readonly FhirResource[] | undefined {
    const all = unique(pages.flatMap(({ matches }) => matches));
    if (all.some((one) => isNobodys(one, client.addresses))) return undefined;
    owned(all, patientId, client.addresses);
    const isWhole = (total === undefined || all.length === total) && all.every(({ resourceType }) => resourceType === type);
    const isAsAsked = pages.every((page) => page.incomplete === undefined && narrowedLater(page).length === 0);
    return isWhole && isAsAsked && !all.some(cutBy) ? all : undefined;
  }

  /**
   * The pages after the first, side by side, where the address of the second tells how far in it begins; undefined where it does not, or where
   * the sum is not what the server says there is.
   */
  async function besideEachOther(first: Page, next: string, total: number): Promise<readonly FhirResource[] | undefined> {
    const size = first.matches.length;
    const offset = offsetIn(next, size);
    // A number that no record reaches is a fault of the server's: what is there tells how much it is.
    if (offset === undefined || total > MOST_PAGES * size) return undefined;
    const starts = Array.from({ length: Math.ceil(total / size) - 1 }, (_, i) => (i + 1) * size);
    try {
      const faults: AppError[] = [];
      const pages = await Promise.all(
        starts.map(async (start) => {
          const url = new URL(next);
          url.searchParams.set(offset, String(start));
          try {
            return await onePage(url.href);
          } catch (error) {
            if (hasGone(signal) || !isAppError(error, 'record-unavailable')) throw error;
            faults.push(error);
            return undefined;
          }
        }),
      );
      if (faults[0] !== undefined) {
        for (const page of pages) if (page) gathered.add(page);
        throw faults[0];
      }
      // A number that is a bound or a guess ends before the pages do.
      if (pages.at(-1)?.next !== undefined) return undefined;
      return whole([first, ...pages.flatMap((page) => page ?? [])], total);
    } catch (error) {
      if (isAppError(error, 'bad-request') || isAppError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  /** All in windows of time side by side; undefined where the sum is not what the server says there is. */
  async function inWindows(first: Page, total: number): Promise<readonly FhirResource[] | undefined> {
    if (!sliceable) return undefined;
    try {
      const pages = await readInWindows({ asked, date, total, first });
      return pages && whole(pages, total);
    } catch (error) {
      // A server that cannot sort or search by date is read page after page.
      if (isAppError(error, 'bad-request')) return undefined;
      throw error;
    }
  }
}
