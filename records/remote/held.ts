import { AppError } from '../../errors.ts';
import type { FhirResource, PatchOperation } from '../contract.ts';
import { isAboutPatients, ownersOf, type PatientIdOf } from '../owners.ts';
import type { OwnAddresses } from './addresses.ts';
import { linkOf } from './page.ts';

/** What every answer of a server is held to, whoever asked. */

const PATIENT_PARAMETERS: ReadonlySet<string> = new Set(['patient', 'subject', 'beneficiary', 'actor', 'individual', 'candidate', '_id']);
/** A server may write a date with more or less of it than was asked. */
const DATE = /^(?:eq|ne|gt|lt|ge|le|sa|eb|ap)?\d{4}(?:-\d\d(?:-\d\d(?:t.*)?)?)?$/;

/**
 * The answer's own address says what it was asked: what is missing there, or is another there, was not taken into account.
 * @throws AppError `record-unavailable`
 */
export function requireAsked(
  bundle: FhirResource | undefined,
  params: readonly (readonly [string, string])[],
  type: string,
  { relative }: OwnAddresses,
): void {
  const self = linkOf(bundle, 'self');
  if (!self?.includes('?')) return;
  // `patient:Patient` and `patient` are one and the same, and so are `ann` and `Patient/ann` there.
  const plain = (name: string): string => name.replace(/:Patient$/, '');
  const comparable = (name: string, value: string): string => {
    const one = value.trim();
    return PATIENT_PARAMETERS.has(plain(name)) ? (relative(one) ?? one).replace(/^Patient\//, '') : one.toLowerCase();
  };
  const kept = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(self.slice(self.indexOf('?') + 1))) {
    const values = kept.get(plain(name)) ?? new Set();
    kept.set(plain(name), values.add(comparable(name, value)));
  }
  const wanted = new Map<string, Set<string>>();
  for (const [name, value] of params) wanted.set(plain(name), (wanted.get(plain(name)) ?? new Set()).add(comparable(name, value)));
  for (const [name, values] of wanted) {
    const there = kept.get(name);
    // A code may be written with its system.
    const isThere = (value: string): boolean => there?.has(value) || [...(there ?? [])].some((one) => one.endsWith(`|${value}`));
    const why = [...values].every((value) => isThere(value) || (DATE.test(value) && there && !there.has('')))
      ? PATIENT_PARAMETERS.has(name) && there!.size > values.size
        ? 'adds to'
        : undefined
      : there === undefined || there.has('')
        ? 'leaves'
        : 'changes';
    if (why === 'leaves')
      throw new AppError('record-unavailable', `The FHIR server leaves “${name}” out of a search of ${type}: its answer is not used.`);
    if (why !== undefined)
      throw new AppError('record-unavailable', `The FHIR server ${why} “${name}” in a search of ${type}: its answer is not used.`);
  }
}

/** Whether it should say whose it is, and does not: what has no owner is nobody's data, and nobody's fault either. */
export const isNobodys = (resource: FhirResource, { patientIdOf }: OwnAddresses): boolean =>
  isAboutPatients(resource.resourceType) && ownersOf(resource, patientIdOf).length === 0;

/** Result parameters that narrow a search all the same: http://hl7.org/fhir/R4/search.html#all, and those that leave parts of an entry out. */
const NARROWING = /^_(?:id|lastUpdated|tag|profile|security|source|text|content|list|has|type|query|filter|since|elements|summary)\b/;
/** How servers call the place of a page in a search. */
const PAGING =
  /^(?:[-_].*|page.*|off?set|skip|start(?:index)?|limit|count|cursor|ct|session(?:id)?|stateid|searchid|snapshot(?:id)?|\w*token)$/i;

/**
 * The conditions that the answer's own address adds to what was asked: it is an answer to a narrower search, and not all that there is.
 * @param params all that was asked
 */
export function narrowedBy(
  bundle: FhirResource | undefined,
  params: readonly (readonly [string, string])[],
  { relative }: OwnAddresses,
): readonly string[] {
  const self = linkOf(bundle, 'self');
  if (!self?.includes('?')) return [];
  const asked = new Set(params.map(([name]) => name.split(':')[0]!));
  const idIn = (value: string): string => (relative(value) ?? value).replace(/^Patient\//, '');
  const patients = new Set(params.flatMap(([name, value]) => (PATIENT_PARAMETERS.has(name.split(':')[0]!) ? [idIn(value)] : [])));
  const added = [...new URLSearchParams(self.slice(self.indexOf('?') + 1))].filter(([name, value]) => {
    const plain = name.split(':')[0]!;
    if (asked.has(plain) || value.trim() === '' || (plain === '_summary' && value === 'false')) return false;
    // One patient by another of the parameters for it.
    if (PATIENT_PARAMETERS.has(plain) && patients.has(idIn(value))) return false;
    return NARROWING.test(name) || !PAGING.test(name);
  });
  return [...new Set(added.map(([name]) => name))];
}

/** By these `$everything` gives less than all: http://hl7.org/fhir/R4/patient-operation-everything.html */
const LESS_OF_EVERYTHING: ReadonlySet<string> = new Set(['start', 'end']);

/** As `narrowedBy`, of `$everything` of one type: by a time as well, and by types among which that one is not. */
export function narrowedEverything(bundle: FhirResource | undefined, type: string, addresses: OwnAddresses): readonly string[] {
  const self = linkOf(bundle, 'self');
  if (!self?.includes('?')) return [];
  const told = [...new URLSearchParams(self.slice(self.indexOf('?') + 1))].filter(([, value]) => value.trim() !== '');
  const types = told.flatMap(([name, value]) => (name === '_type' ? value.split(',').map((one) => one.trim()) : []));
  const times = told.flatMap(([name]) => (LESS_OF_EVERYTHING.has(name) ? [name] : []));
  const other = types.length > 0 && !types.includes(type) ? ['_type'] : [];
  return [...new Set([...other, ...times, ...narrowedBy(bundle, [['_type', type]], addresses)])];
}

/** @throws AppError `foreign-patient` where one is about somebody else, or about nobody */
export function owned(resources: readonly FhirResource[], patientId: string, { patientIdOf }: OwnAddresses): readonly FhirResource[] {
  for (const resource of resources) {
    const owners = ownersOf(resource, patientIdOf);
    if (owners.includes(patientId) || (owners.length === 0 && !isAboutPatients(resource.resourceType))) continue;
    const whose = owners.length === 0 ? 'names no patient' : 'belongs to another patient';
    throw new AppError(
      'foreign-patient',
      `${resource.resourceType}/${resource.id ?? '(no id)'} ${whose} in an answer about Patient/${patientId}. Nothing is shown.`,
    );
  }
  return resources;
}

/** Each resource once, at its first place, as it was changed last: what is written while pages are read may come twice. */
export function unique(resources: readonly FhirResource[]): readonly FhirResource[] {
  const found = new Map<string, FhirResource>();
  for (const resource of resources) {
    const key = `${resource.resourceType}/${resource.id}`;
    const before = found.get(key);
    if (before === undefined || !isOlder(resource, before)) found.set(key, resource);
  }
  return [...found.values()];
}

export const updatedOf = (resource: FhirResource | undefined): string | undefined => {
  const { lastUpdated } = (resource?.meta ?? {}) as { readonly lastUpdated?: unknown };
  return typeof lastUpdated === 'string' && !Number.isNaN(Date.parse(lastUpdated)) ? lastUpdated : undefined;
};
export const versionOf = (resource: FhirResource | undefined): string | undefined => {
  const { versionId } = (resource?.meta ?? {}) as { readonly versionId?: unknown };
  return typeof versionId === 'string' && versionId !== '' ? versionId : undefined;
};

function isOlder(one: FhirResource, other: FhirResource): boolean {
  const [a, b] = [updatedOf(one), updatedOf(other)];
  if (a !== undefined && b !== undefined && Date.parse(a) !== Date.parse(b)) return Date.parse(a) < Date.parse(b);
  const [m, n] = [Number(versionOf(one)), Number(versionOf(other))];
  return m < n;
}

/** Whether a patch is of whom a resource is about. */
export const movesOwner = (operations: readonly PatchOperation[]): boolean =>
  operations.some(
    ({ op, path }) => op !== 'test' && /^\/?(?:subject|patient|beneficiary|individual|candidate|for|participant|$)(?:\/|$)/.test(path),
  );

/** @throws AppError `foreign-patient` where what stands there now is about somebody else than what was sent */
export function keptOwners(made: FhirResource, owners: readonly string[], idOf: PatientIdOf): FhirResource {
  if (made.resourceType === 'Patient' || owners.length === 0) return made;
  const now = ownersOf(made, idOf);
  if (owners.length === now.length && owners.every((one) => now.includes(one))) return made;
  throw new AppError(
    'foreign-patient',
    `The FHIR server answers a write for Patient/${owners.join(', Patient/')} with ${made.resourceType}/${made.id} of another patient.`,
  );
}

/** @throws AppError `foreign-patient` where one is somebody else's */
export function ownedOrNobodys(resources: readonly FhirResource[], patientId: string, addresses: OwnAddresses): readonly FhirResource[] {
  owned(
    resources.filter((resource) => ownersOf(resource, addresses.patientIdOf).length > 0),
    patientId,
    addresses,
  );
  return resources;
}
