import { AppError } from '../errors.ts';
import type { FhirResource } from './contract.ts';

/**
 * Whose record a resource belongs to.
 *
 * Follows the R4 patient compartment (http://hl7.org/fhir/R4/compartmentdefinition-patient.html) with one difference: a resource belongs to the
 * patient whom it is about. Somebody who only took part (a mother who reports for her child is `performer`, `source`, `asserter`, `recipient` ...)
 * does not make it a part of her own record. Only types that are about nobody in particular are found by those who take part.
 * @param idOf the id of the patient that a reference leads to
 */
export function ownersOf(resource: FhirResource, idOf: PatientIdOf = patientIdOf): readonly string[] {
  if (resource.resourceType === 'Patient') {
    const kept = mergedInto(resource, idOf);
    return resource.id === undefined ? [] : unique([resource.id, ...(kept === undefined ? [] : [kept])]);
  }
  const about = SUBJECT_FIELDS.flatMap((field) => patientsIn(resource[field], idOf));
  if (about.length > 0) return unique(about);
  return unique((PARTICIPANT_PATHS[resource.resourceType] ?? []).flatMap((path) => patientsIn(follow(resource, path), idOf)));
}

/**
 * The patient whose record this one was merged into (`link` of type `replaced-by`): it is not used any more, and says no more than what the
 * other record once said of the person. http://hl7.org/fhir/R4/patient.html#links
 */
export function mergedInto(patient: FhirResource, idOf: PatientIdOf = patientIdOf): string | undefined {
  return linked(patient, 'replaced-by', idOf)[0];
}
/** Whether two records each say that the other took their place: neither did. */
export const isCircular = (one: FhirResource, other: FhirResource | undefined, idOf: PatientIdOf = patientIdOf): boolean =>
  other?.resourceType === 'Patient' && other.id !== one.id && mergedInto(one, idOf) === other.id && mergedInto(other, idOf) === one.id;
/** Told to whoever asks for a record that was merged into another. @param wanted `Patient/<id>` or the id */
export const mergedFault = (wanted: string, into: string): AppError =>
  new AppError(
    'not-found',
    `The record of Patient/${wanted.replace(/^Patient\//, '')} was merged into ${/^[A-Za-z0-9.-]{1,64}$/.test(into) ? `Patient/${into}: ask for that one` : 'one on another server'}.`,
  );

/** The patients whose records were merged into this one (`link` of type `replaces`). */
export const mergedFrom = (patient: FhirResource, idOf: PatientIdOf = patientIdOf): readonly string[] =>
  unique(linked(patient, 'replaces', idOf));

/**
 * Other patients whom this one's `link` names as the same person, each with a record of its own that may say more (`seealso`, `refer`, and
 * for whoever reads this one all the same, `replaced-by`).
 * http://hl7.org/fhir/R4/valueset-link-type.html
 */
export const samePersonAs = (patient: FhirResource, idOf: PatientIdOf = patientIdOf): readonly string[] =>
  unique(['seealso', 'refer', 'replaced-by'].flatMap((type) => linked(patient, type, idOf)));

const linked = (patient: FhirResource, type: string, idOf: PatientIdOf): readonly string[] =>
  Array.isArray(patient.link)
    ? patient.link.flatMap((link: unknown) => (isObject(link) && link.type === type ? patientsIn(link.other, idOf) : []))
    : [];

/** Elements that name whom a resource is about; `beneficiary`: Coverage, `individual`: ResearchSubject, `candidate`: EnrollmentRequest, `for`: Task. */
const SUBJECT_FIELDS = ['subject', 'patient', 'beneficiary', 'individual', 'candidate', 'for'] as const;

const PARTICIPANT_PATHS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Appointment: [['participant', 'actor']],
  AppointmentResponse: [['actor']],
  AuditEvent: [
    ['entity', 'what'],
    ['agent', 'who'],
  ],
  Basic: [['author']],
  Communication: [['recipient'], ['sender']],
  CommunicationRequest: [['recipient'], ['sender']],
  Coverage: [['subscriber'], ['policyHolder']],
  Group: [['member', 'entity']],
  Person: [['link', 'target']],
  Provenance: [['target']],
  Schedule: [['actor']],
  Task: [['focus']],
};

/** Types of R4's patient compartment, and `Device`, which names its patient though the definition leaves it out. Others belong to nobody. */
const COMPARTMENT_TYPES: ReadonlySet<string> = new Set(
  `Account AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic BodyStructure CarePlan CareTeam ChargeItem Claim
  ClaimResponse ClinicalImpression Communication CommunicationRequest Composition Condition Consent Coverage CoverageEligibilityRequest
  CoverageEligibilityResponse DetectedIssue DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference Encounter
  EnrollmentRequest EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag Goal Group ImagingStudy Immunization ImmunizationEvaluation
  ImmunizationRecommendation Invoice List MeasureReport Media MedicationAdministration MedicationDispense MedicationRequest MedicationStatement
  MolecularSequence NutritionOrder Observation Patient Person Procedure Provenance QuestionnaireResponse RelatedPerson RequestGroup
  ResearchSubject RiskAssessment ServiceRequest Specimen SupplyDelivery SupplyRequest Task VisionPrescription`
    .split(/\s+/)
    .filter(Boolean),
);

export const isAboutPatients = (resourceType: string): boolean => COMPARTMENT_TYPES.has(resourceType);

/** The id of the patient that a reference leads to; undefined where it leads to none. */
export type PatientIdOf = (reference: string) => string | undefined;

/** `Patient/x`, `https://host/fhir/Patient/x`, either with `/_history/3` -> `x`. */
export function patientIdOf(reference: string): string | undefined {
  return /(?:^|\/)Patient\/([^/?#|\s]+)(?:\/_history\/[^/]+)?$/.exec(reference)?.[1];
}

function patientsIn(value: unknown, idOf: PatientIdOf): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => patientsIn(item, idOf));
  const reference = isObject(value) ? value.reference : undefined;
  const id = typeof reference === 'string' ? idOf(reference) : undefined;
  return id === undefined ? [] : [id];
}

function follow(value: unknown, path: readonly string[]): unknown {
  const [field, ...rest] = path;
  if (field === undefined) return value;
  if (Array.isArray(value)) return value.flatMap((item) => follow(item, path));
  return isObject(value) ? follow(value[field], rest) : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();
