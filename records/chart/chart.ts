import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../errors.ts';
import type { Terminology } from '../../language/contract.ts';
import type { Chart, Fact, FactKind, FhirResource } from '../contract.ts';
import { kindOf } from '../missing.ts';
import { mergedInto, patientIdOf } from '../owners.ts';
import { readAbsence } from './absence.ts';
import { readAllergy } from './allergies.ts';
import { boundedTexts } from './bounded.ts';
import { withConflicts } from './conflicts.ts';
import { coverageFromClaims, readCoverage } from './coverage.ts';
import { readDevice, readDeviceUse } from './devices.ts';
import { readNutritionOrder } from './diets.ts';
import { readEncounter } from './encounters.ts';
import { readFamilyHistory } from './families.ts';
import { instantOf, list, obj, referenceOf, str } from './fhir.ts';
import { focusOf } from './focus.ts';
import { readGoal } from './goals.ts';
import { readImmunization, readImmunizationRecommendation } from './immunizations.ts';
import { isMasked } from './masked.ts';
import { readMedicationAdministration, readMedicationDispense, readMedicationRequest, readMedicationStatement } from './medications.ts';
import { readObservation } from './observations.ts';
import { readAppointment, readOrder } from './orders.ts';
import { ageOf, patientSummary, readPatient, readRelatedPerson } from './patients.ts';
import { readCarePlan, readCareTeam } from './plans.ts';
import { withImplausible } from './plausible.ts';
import { readCondition } from './problems.ts';
import { readProcedure } from './procedures.ts';
import { isQualified } from './qualified.ts';
import { readQuestionnaire } from './questionnaires.ts';
import { createReader, type Reader, type ReadResource } from './reader.ts';
import { readDocument, readImaging, readReport } from './reports.ts';
import { withStaleness } from './staleness.ts';
import { withVariantsNamed } from './variants.ts';
import { isEnteredInError } from './withdrawn.ts';

/** How each resource type is read. A type that is not here gives no facts, but is counted. */
const FAMILIES: Readonly<Record<string, ReadResource>> = {
  Patient: readPatient,
  RelatedPerson: readRelatedPerson,
  Condition: readCondition,
  Observation: readObservation,
  MedicationRequest: readMedicationRequest,
  MedicationOrder: readMedicationRequest,
  MedicationStatement: readMedicationStatement,
  MedicationAdministration: readMedicationAdministration,
  MedicationDispense: readMedicationDispense,
  AllergyIntolerance: readAllergy,
  Immunization: readImmunization,
  ImmunizationRecommendation: readImmunizationRecommendation,
  Procedure: readProcedure,
  Encounter: readEncounter,
  DiagnosticReport: readReport,
  ImagingStudy: readImaging,
  DocumentReference: readDocument,
  CarePlan: readCarePlan,
  Goal: readGoal,
  CareTeam: readCareTeam,
  Appointment: readAppointment,
  ServiceRequest: readOrder,
  ReferralRequest: readOrder,
  ProcedureRequest: readOrder,
  DiagnosticOrder: readOrder,
  NutritionOrder: readNutritionOrder,
  Coverage: readCoverage,
  Device: readDevice,
  DeviceUseStatement: readDeviceUse,
  DeviceUsage: readDeviceUse,
  DeviceRequest: readDeviceUse,
  FamilyMemberHistory: readFamilyHistory,
  QuestionnaireResponse: readQuestionnaire,
};

/** What a resource of this type would state, if it said of what. */
const STATES: Readonly<Record<string, FactKind>> = {
  AllergyIntolerance: 'allergy',
  Condition: 'problem',
  MedicationRequest: 'medication',
  MedicationStatement: 'medication',
  Procedure: 'procedure',
  Immunization: 'immunization',
};

/** R4 types of which a chart is made, those that only tell of a payer among them. */
export const CHART_TYPES: readonly string[] = [
  ...Object.keys(FAMILIES).filter(
    (type) => !/^(?:Patient|MedicationOrder|ReferralRequest|ProcedureRequest|DiagnosticOrder|DeviceUsage)$/.test(type),
  ),
  'Claim',
  'ExplanationOfBenefit',
];

export interface ChartOptions {
  readonly patientId: string;
  /** ISO instant that "now" means. */
  readonly asOf: string;
  readonly terminology: Terminology;
}

const keyOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`;

/** Fields that say whose a resource is. Participants count for appointments alone. */
const OWNERS = ['subject', 'patient', 'beneficiary', 'individual'] as const;

/** The patients that a resource says it is about: `Patient/<id>`, or as written where it is no such reference. */
function ownersOf(resource: FhirResource): readonly string[] {
  if (resource.resourceType === 'Patient') return resource.id ? [`Patient/${mergedInto(resource) ?? resource.id}`] : [];
  const direct = OWNERS.flatMap((field) => list(resource[field]));
  const taking = resource.resourceType === 'Appointment' ? list(resource.participant).flatMap((item) => list(item.actor)) : [];
  return [...direct, ...taking].flatMap((item) => {
    const reference = referenceOf(item);
    if (reference === undefined || reference.startsWith('urn:')) return reference ?? [];
    const id = patientIdOf(reference);
    return id === undefined ? [] : [`Patient/${id}`];
  });
}

/** The patient's id, and those of the records that say they were merged into this one. */
function idsOf(patientId: string, resources: readonly FhirResource[]): ReadonlySet<string> {
  const ids = new Set([patientId]);
  const former = resources.filter((resource) => resource?.resourceType === 'Patient' && typeof resource.id === 'string');
  for (let before = 0; before !== ids.size; ) {
    before = ids.size;
    for (const patient of former) if (ids.has(mergedInto(patient) ?? '')) ids.add(patient.id!);
  }
  return ids;
}

/** Whether the resource is this patient's; undefined where it names no patient. @throws AppError `foreign-patient` */
function belongs(resource: FhirResource, patientId: string, ids: ReadonlySet<string>): boolean | undefined {
  const owners = ownersOf(resource);
  if (owners.length === 0) return undefined;
  const isOwn = (owner: string) => ids.has(owner.replace(/^(?:Patient\/|urn:uuid:)/, ''));
  if (owners.every(isOwn) || (owners.some(isOwn) && resource.resourceType === 'Appointment')) return true;
  throw new AppError(
    'foreign-patient',
    `${resource.resourceType}/${resource.id ?? '(no id)'} belongs to ${owners.join(', ')}, not to Patient/${patientId}`,
  );
}

/** What a resource holds inside is the same patient's; a contained Patient has no id of its own. @throws AppError `foreign-patient` */
function checkContained(resource: FhirResource, patientId: string, ids: ReadonlySet<string>): void {
  for (const inner of list(resource.contained)) if (inner.resourceType !== 'Patient') belongs(inner as FhirResource, patientId, ids);
}

/** Results that a report or a panel names and that did not come with it: something was measured, and what is not known. */
function missingResults(resource: FhirResource, reader: Reader): Chart['unnamed'] {
  if (resource.resourceType !== 'DiagnosticReport' && resource.resourceType !== 'Observation') return [];
  return [...list(resource.result), ...list(resource.hasMember)].flatMap((reference) => {
    if (reader.resolve(reference, resource) || reader.isSetAside(reference, resource)) return [];
    const id = referenceOf(reference) ?? str(reference.reference) ?? str(reference.display);
    return id === undefined ? [] : [{ id, kind: 'result', why: 'not-given' }];
  });
}

/**
 * Reads a patient's resources as a chart. Pure: the same resources, time and terminology give the same chart. Resources that name no
 * patient (practitioners, organizations, medications) are what references lead to, and state nothing by themselves.
 * @throws AppError `foreign-patient` where a resource is about somebody else
 */
export function buildChart(given: readonly FhirResource[], { patientId, asOf, terminology }: ChartOptions): Chart {
  const { resources, gaps } = boundedTexts(given);
  const byReference = new Map<string, FhirResource>();
  const counts: Record<string, number> = {};
  /** Given twice, each time with another content: which is right is not known. */
  const twice = new Set<string>();
  for (const resource of resources) {
    if (!obj(resource) || typeof resource.resourceType !== 'string') continue;
    counts[resource.resourceType] = (counts[resource.resourceType] ?? 0) + 1;
    if (typeof resource.id !== 'string') continue;
    const key = keyOf(resource);
    const twin = byReference.get(key);
    if (twin && twin !== resource && !isDeepStrictEqual(twin, resource)) twice.add(key);
    byReference.set(key, resource);
    byReference.set(`urn:uuid:${resource.id}`, resource);
  }
  const patient = byReference.get(`Patient/${patientId}`);
  const setAside = new Set<string>();
  const reader = createReader({ patientId, asOf, terminology, byReference, setAside, ...(patient ? { patient } : {}) });

  const ids = idsOf(patientId, resources);
  const elsewhere = new Map<FhirResource, 'another' | 'unknown'>();
  for (const resource of resources) {
    const focus = obj(resource) ? focusOf(resource, ids, reader) : 'patient';
    if (focus !== 'patient') elsewhere.set(resource, focus);
  }
  const inErrors = new Set<FhirResource>();
  const unclear = new Map<FhirResource, 'twice' | 'qualified'>();
  // A report of hers that leads to it makes it neither hers nor true.
  for (const resource of resources) {
    if (!obj(resource)) continue;
    if (isEnteredInError(resource)) inErrors.add(resource);
    if (resource.resourceType === 'Patient') continue;
    if (twice.has(keyOf(resource))) unclear.set(resource, 'twice');
    else if (isQualified(resource)) unclear.set(resource, 'qualified');
    if (!elsewhere.has(resource) && !inErrors.has(resource) && !unclear.has(resource)) continue;
    for (const key of [keyOf(resource), `urn:uuid:${resource.id}`]) {
      byReference.delete(key);
      setAside.add(key);
    }
  }
  const facts: Fact[] = [];
  const inError: Record<string, number> = {};
  const unnamed: Chart['unnamed'][number][] = [];
  for (const resource of resources) {
    const family = FAMILIES[resource?.resourceType ?? ''];
    if (belongs(resource, patientId, ids) !== true) continue;
    checkContained(resource, patientId, ids);
    if (family && inErrors.has(resource)) inError[resource.resourceType] = (inError[resource.resourceType] ?? 0) + 1;
    if (!family || typeof resource.id !== 'string' || inErrors.has(resource)) continue;
    const id = keyOf(resource);
    const why = unclear.get(resource);
    if (why) {
      unnamed.push({ id, kind: kindOf(resource.resourceType), why });
      continue;
    }
    const focus = elsewhere.get(resource);
    if (focus === 'unknown') unnamed.push({ id, kind: kindOf(resource.resourceType) });
    if (focus !== undefined) continue;
    const told = readAbsence(resource);
    const read = told ?? (isMasked(resource, reader) ? [] : family(resource, reader));
    for (const one of read) facts.push({ id, subject: reader.subject, ...one });
    const kind = STATES[resource.resourceType];
    if (!told && read.length === 0 && kind) unnamed.push({ id, kind });
    unnamed.push(...missingResults(resource, reader));
  }
  if (!facts.some((fact) => fact.kind === 'coverage')) {
    const benefits = resources.filter((resource) => resource.resourceType === 'ExplanationOfBenefit' && !inErrors.has(resource));
    const claims =
      benefits.length > 0 ? benefits : resources.filter((resource) => resource.resourceType === 'Claim' && !inErrors.has(resource));
    for (const { id, draft } of coverageFromClaims(claims, reader)) facts.push({ id, subject: reader.subject, ...draft });
  }
  const summary = patient ? patientSummary(patient, patientId) : { id: patientId, name: patientId };
  const age = ageOf(summary, asOf);
  const extended = terminology.extend(reader.locals());
  const aged = withStaleness(withImplausible(withVariantsNamed(newestFirst(facts))), reader.now);
  return {
    patientId,
    patient: summary,
    ...(age === undefined ? {} : { age }),
    asOf,
    facts: withConflicts(aged, extended),
    terminology: extended,
    counts,
    ...(gaps.length > 0 ? { gaps } : {}),
    ...(Object.keys(inError).length > 0 ? { inError } : {}),
    unnamed,
  };
}

/** The patient first, then the newest first; undated facts last; a whole before its parts. */
function newestFirst(facts: readonly Fact[]): Fact[] {
  const keyed = facts.map((fact) => ({
    fact,
    first: fact.kind === 'patient' ? (fact.details?.merged === undefined ? 0 : 1) : 2,
    at: instantOf(fact.date ?? fact.recorded),
    part: fact.part === undefined ? 0 : 1,
  }));
  keyed.sort((a, b) => {
    if (a.first !== b.first) return a.first - b.first;
    if (a.at !== b.at) return b.at > a.at ? 1 : -1;
    if (a.fact.id !== b.fact.id) return a.fact.id < b.fact.id ? -1 : 1;
    return a.part - b.part;
  });
  return keyed.map(({ fact }) => fact);
}
