import type { Bundle, Encounter, Patient, Resource } from '@medplum/fhirtypes';
import { isUcum } from '../../language/units.ts';
import type { Contents, Fault, Resolve } from './contract.ts';

/** A resource of a bundle with what the validator found in it. */
export interface Examined {
  readonly resource: Resource;
  readonly fullUrl?: string;
  readonly contents?: Contents;
}
/** A fault and the resource that has it (`Observation/8f2`). */
export interface PlacedFault extends Fault {
  readonly resource: string;
}

/** Resolves the references of a bundle: by full URL, by `Type/id`, by identifier (`Practitioner?identifier=system|value`); then elsewhere. */
export function resolverOf(entries: NonNullable<Bundle['entry']>, elsewhere: Resolve = () => undefined): Resolve {
  const index = new Map<string, Resource>();
  for (const { resource, fullUrl } of entries) {
    if (resource === undefined) continue;
    if (fullUrl !== undefined) index.set(fullUrl, resource);
    if (resource.id !== undefined) index.set(`${resource.resourceType}/${resource.id}`, resource);
    if ('identifier' in resource && Array.isArray(resource.identifier))
      for (const { system, value } of resource.identifier) index.set(`${resource.resourceType}?identifier=${system}|${value}`, resource);
  }
  return (reference) => index.get(reference) ?? elsewhere(reference);
}

/** What is wrong among the resources of one bundle. `resolve` knows the bundle and whatever it shares with others. */
export function checkCollection(entries: readonly Examined[], resolve: Resolve): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const say = (resource: Resource, rule: string, path: string, message: string, severity: Fault['severity'] = 'error') =>
    faults.push({ resource: nameOf(resource), severity, rule, path, message, by: 'table' });

  const seen = new Set<string>();
  for (const { resource, fullUrl } of entries) {
    if (resource.id === undefined) say(resource, 'id', resource.resourceType, 'has no id');
    for (const name of [resource.id && nameOf(resource), fullUrl]) {
      if (name === undefined || name === '') continue;
      if (seen.has(name)) say(resource, 'unique', resource.resourceType, `${name} is there twice`);
      seen.add(name);
    }
  }

  const patients = entries.map(({ resource }) => resource).filter((resource): resource is Patient => resource.resourceType === 'Patient');
  const owner = patients.length === 1 ? patients[0] : undefined;
  for (const { resource, contents } of entries) {
    if (contents === undefined) continue;
    for (const { path, reference } of contents.references) {
      const target = resolve(reference);
      if (target === undefined) say(resource, 'unresolved', path, `${reference} is not there`);
      else if (target.resourceType === 'Patient' && owner !== undefined && target !== owner && !path.startsWith('Patient.link'))
        say(resource, 'other-patient', path, `names ${nameOf(target)} in the record of ${nameOf(owner)}`);
    }
    const named = new Set(
      contents.references
        .filter(({ path }) => !path.startsWith('Patient.link'))
        .map(({ reference }) => resolve(reference))
        .filter((target) => target?.resourceType === 'Patient'),
    );
    if (owner === undefined && named.size > 1) say(resource, 'other-patient', resource.resourceType, 'names several patients');
    for (const { path, start, end } of contents.periods)
      if (start !== undefined && end !== undefined && order(start, end) > 0) say(resource, 'period', path, `starts ${start}, ends ${end}`);
    for (const { path, value } of contents.times) {
      if (/T/.test(value) && !/T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value))
        say(resource, 'zone', path, `${value}: a time needs seconds and a zone`);
      if (!isOnCalendar(value)) say(resource, 'calendar', path, `${value} is no day of the calendar`);
    }
    for (const { path, system, code } of contents.quantities)
      if (system === 'http://unitsofmeasure.org' && !(code !== undefined && isUcum(code)))
        say(resource, 'ucum', path, `"${code ?? ''}" is no UCUM unit`);
  }

  for (const { resource, contents } of entries) {
    const patient = owner ?? patientOf(resource, resolve);
    if (contents === undefined || patient === undefined || VOID.has(statusOf(resource))) continue;
    const events = contents.times.filter(({ path }) => EVENTS.test(path));
    for (const { path, value } of events) {
      if (patient.birthDate !== undefined && order(value, patient.birthDate) < 0)
        say(resource, 'before-birth', path, `${value} is before the birth on ${patient.birthDate}`);
      if (patient.deceasedDateTime !== undefined && order(value, patient.deceasedDateTime) > 0)
        say(resource, 'after-death', path, `${value} is after the death on ${patient.deceasedDateTime}`);
    }
    const visit = visitOf(resource, resolve);
    if (visit?.period === undefined) continue;
    const { start, end } = visit.period;
    for (const { path, value } of events) {
      if (!WITHIN_VISIT.test(path)) continue;
      if ((start !== undefined && order(value.slice(0, 10), start) < 0) || (end !== undefined && order(value.slice(0, 10), end) > 0))
        say(resource, 'outside-visit', path, `${value} is outside ${nameOf(visit)}, ${start} to ${end ?? 'open'}`, 'warning');
    }
  }
  return faults;
}

/** Elements that say when something happened to the patient. */
const EVENTS =
  /^(Observation\.effective|Procedure\.performed|Immunization\.occurrence|MedicationAdministration\.effective|MedicationRequest\.authoredOn|MedicationDispense\.whenHandedOver|Encounter\.period\.start|Condition\.onset|Condition\.recordedDate|AllergyIntolerance\.onset|Specimen\.collection\.collected|DiagnosticReport\.effective|ServiceRequest\.authoredOn)/;
/** Of these, what is done at the visit that it names. Results and prescriptions of a visit may come later; what it found began before. */
const WITHIN_VISIT =
  /^(Procedure\.performed|Immunization\.occurrence|MedicationAdministration\.effective|MedicationRequest\.authoredOn|Observation\.effective)/;
const VOID = new Set(['entered-in-error', 'cancelled', 'not-done', 'nullified']);

function nameOf({ resourceType, id }: Resource): string {
  return `${resourceType}/${id ?? '?'}`;
}

function statusOf(resource: Resource): string {
  if ('verificationStatus' in resource && typeof resource.verificationStatus === 'object')
    return resource.verificationStatus.coding?.[0]?.code ?? '';
  return 'status' in resource && typeof resource.status === 'string' ? resource.status : '';
}

function patientOf(resource: Resource, resolve: Resolve): Patient | undefined {
  for (const field of ['subject', 'patient', 'beneficiary'] as const) {
    const held = (resource as unknown as Record<string, { reference?: string } | undefined>)[field];
    const target = held?.reference === undefined ? undefined : resolve(held.reference);
    if (target?.resourceType === 'Patient') return target;
  }
  return undefined;
}

function visitOf(resource: Resource, resolve: Resolve): Encounter | undefined {
  const held = 'encounter' in resource ? (resource.encounter as { reference?: string } | undefined) : undefined;
  const target = held?.reference === undefined ? undefined : resolve(held.reference);
  return target?.resourceType === 'Encounter' ? target : undefined;
}

/** Which of two FHIR times is earlier, at the precision that both have; days are as written, moments by their zones. */
export function order(a: string, b: string): number {
  if (a.includes('T') && b.includes('T')) return Date.parse(a) - Date.parse(b);
  const length = Math.min(a.slice(0, 10).length, b.slice(0, 10).length);
  return a.slice(0, length).localeCompare(b.slice(0, length));
}

function isOnCalendar(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value) ?? [];
  if (day === undefined) return true;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
