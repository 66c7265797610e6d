import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { isTooDeep } from '../depth.ts';
import { FHIR_ID } from './addresses.ts';
import type { FhirAnswer } from './client.ts';

/** One page of a search's answer. */
export interface Page {
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
  readonly total?: number;
  /** Address of the page after this one. */
  readonly next?: string;
  /** Why this is not all that was asked for: "it answers in part only (suppressed)". */
  readonly incomplete?: string;
  readonly answer: FhirAnswer;
}

/**
 * Issues that say, at whatever severity, that something was kept back or not reached: the codes under `security` and `transient`, and those of a
 * search that was cut short. http://hl7.org/fhir/R4/valueset-issue-type.html
 */
const KEPT_BACK: ReadonlySet<string> = new Set(
  'security login unknown expired forbidden suppressed transient lock-error no-store exception timeout incomplete throttled too-costly too-long'.split(
    ' ',
  ),
);

/** Issues with which an answer is whole all the same: nothing was kept from it. */
const HARMLESS: ReadonlySet<string> = new Set('informational success not-found deleted duplicate'.split(' '));

/** http://hl7.org/fhir/R4/datatypes.html#unsignedInt */
const LARGEST_TOTAL = 2 ** 31 - 1;

/**
 * The entries of a Bundle, read as what may be anything. What in it cannot be used makes the page incomplete, and the rest is there.
 * @throws AppError `bad-request` where the server says that it left a condition out
 */
export function readPage(bundle: FhirResource, answer: FhirAnswer, where: string): Page {
  const matches: FhirResource[] = [];
  const included: FhirResource[] = [];
  let incomplete: string | undefined;
  const warned: Issue[] = [];
  const cut = cutBy(bundle);
  if (bundle.entry !== undefined && !Array.isArray(bundle.entry)) incomplete = 'its entries are no list';
  // 203: what stands between may have changed the wrapping, and the answer is there.
  if (answer.status !== 200 && answer.status !== 203)
    incomplete ??= `it answers with status ${answer.status}, which is not the whole answer`;
  if (cut !== undefined) incomplete ??= `it answers in part only (${cut})`;
  if (bundle.link !== undefined && !(Array.isArray(bundle.link) && bundle.link.every(isObject))) incomplete ??= 'its links are none';
  for (const entry of listOf(bundle.entry)) {
    const { resource, search } = (isObject(entry) ? entry : {}) as { readonly resource?: unknown; readonly search?: unknown };
    if (!isResource(resource)) incomplete ??= 'it answers with an entry that holds no resource';
    else if (resource.resourceType === 'OperationOutcome') {
      const told = issues(resource).filter(({ severity, code }) => severity === 'error' || severity === 'fatal' || KEPT_BACK.has(code));
      if (told.length > 0) incomplete ??= `it answers in part only (${wordsOf(told)})`;
      else if (issues(resource).some(({ code }) => code === 'not-supported'))
        throw new AppError('bad-request', `The FHIR server leaves a part of a search of ${where} out: its answer is not used.`);
      else warned.push(...issues(resource).filter(({ severity, code }) => severity === 'warning' && !HARMLESS.has(code)));
    } else if (typeof resource.id !== 'string' || !FHIR_ID.test(resource.id)) {
      // It could be neither cited nor told from another.
      const type = /^[A-Z][A-Za-z]{1,40}$/.test(resource.resourceType) ? resource.resourceType : 'a resource';
      incomplete ??= `it answers with ${type} that has ${typeof resource.id === 'string' && resource.id !== '' ? 'an id that is none' : 'no id'}`;
    } else (isObject(search) && search.mode === 'include' ? included : matches).push(resource);
  }
  const total = typeof bundle.total === 'string' && /^\d+$/.test(bundle.total) ? Number(bundle.total) : bundle.total;
  const isNumber = typeof total === 'number' && Number.isInteger(total) && total >= 0 && total <= LARGEST_TOTAL;
  if (total !== undefined && !isNumber) incomplete ??= 'its number of matches is none';
  if (warned.length > 0)
    incomplete ??= `it answers with ${matches.length === 0 ? 'nothing but' : 'entries and'} a warning (${wordsOf(warned) || 'of no kind'})`;
  const next = linkOf(bundle, 'next');
  if (next === '') incomplete ??= 'its next page has no address';
  return {
    matches,
    included,
    ...(isNumber ? { total } : {}),
    ...(next ? { next } : {}),
    ...(incomplete === undefined ? {} : { incomplete }),
    answer,
  };
}

/** Labels that say that a part was taken out: http://terminology.hl7.org/CodeSystem/v3-ObservationValue. */
const CUT = new Set(['REDACTED', 'SUBSETTED', 'MASKED', 'ABSTRED', 'AGGRED']);

/** The label by which a resource says that it is not all of itself. */
export function cutBy(resource: FhirResource): string | undefined {
  const meta = isObject(resource.meta) ? resource.meta : {};
  for (const label of [...listOf(meta.tag), ...listOf(meta.security)])
    if (isObject(label) && typeof label.code === 'string' && CUT.has(label.code)) return label.code;
  return undefined;
}

/** Where a Bundle's link of this name leads; empty where it is there and leads nowhere. */
export function linkOf(bundle: FhirResource | undefined, relation: string): string | undefined {
  const found = listOf(bundle?.link).find((link) => isObject(link) && String(link.relation).trim().toLowerCase() === relation) as
    | { readonly url?: unknown }
    | undefined;
  return found && (typeof found.url === 'string' ? found.url : '');
}

export interface Issue {
  readonly severity: string;
  readonly code: string;
}
/** Severities and codes alone: what an outcome says in words may quote a record. */
export const issues = (outcome: FhirResource | undefined): readonly Issue[] =>
  outcome?.resourceType === 'OperationOutcome'
    ? listOf(outcome.issue).flatMap((issue) =>
        isObject(issue)
          ? [{ severity: String(issue.severity), code: /^[a-z-]{1,30}$/.test(String(issue.code)) ? String(issue.code) : '' }]
          : [],
      )
    : [];
export const wordsOf = (some: readonly Issue[]): string => [...new Set(some.flatMap(({ code }) => code || []))].join(', ');

/** The resource that a body holds; undefined where it holds none. */
export function resourceOf(body: string): FhirResource | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isResource(parsed) && !isTooDeep(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isResource = (value: unknown): value is FhirResource =>
  isObject(value) && typeof value.resourceType === 'string' && value.resourceType !== '';
