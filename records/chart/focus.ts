import type { FhirResource } from '../contract.ts';
import { patientIdOf } from '../owners.ts';
import { list, obj, referenceOf, str } from './fhir.ts';
import type { Reader } from './reader.ts';

/** What a focus may lead to and still be of the patient: an illness, an act, a sample, something in or on the body. */
const OF_THE_PATIENT: ReadonlySet<string> = new Set(
  `AllergyIntolerance BodyStructure CarePlan Condition Device DeviceRequest DeviceUseStatement DiagnosticReport DocumentReference Encounter Goal
  ImagingStudy Immunization Medication MedicationAdministration MedicationDispense MedicationRequest MedicationStatement NutritionOrder Observation
  Procedure QuestionnaireResponse ServiceRequest Specimen Substance`.split(/\s+/),
);
/** http://hl7.org/fhir/extension-observation-focuscode.html, and the STU3 name of `focus` */
const FOCUS_EXTENSION = /\/observation-(?:focuscode|focal-subject)$/i;

/**
 * Of whom a resource of the patient's record speaks. An Observation may be filed under the patient and be about her baby, a donor or a spouse: its
 * `focus` says so (http://hl7.org/fhir/R4/observation-definitions.html#Observation.focus). `unknown` where it cannot be told.
 * @param ids of the patient
 */
export function focusOf(
  resource: FhirResource,
  ids: ReadonlySet<string>,
  { resolve }: Pick<Reader, 'resolve'>,
): 'patient' | 'another' | 'unknown' {
  const told = list(resource.focus).map((item) => {
    const reference = referenceOf(item);
    const patient = reference?.startsWith('urn:') ? undefined : patientIdOf(reference ?? '');
    if (patient !== undefined) return reference === `Patient/${patient}` && ids.has(patient) ? 'patient' : 'another';
    const target = resolve(item, resource);
    if (target?.resourceType === 'Patient') return ids.has(target.id ?? '') ? 'patient' : 'another';
    const type = target?.resourceType ?? /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(reference ?? '')?.[1] ?? str(item.type);
    if (type === undefined || type === 'Patient') return 'unknown';
    return OF_THE_PATIENT.has(type) ? 'patient' : 'another';
  });
  // Of whom a document was at its source: another patient here is another's document.
  const source = referenceOf(obj(resource.context)?.sourcePatientInfo);
  const patient = source === undefined ? undefined : patientIdOf(source);
  if (patient !== undefined && !ids.has(patient)) told.push('unknown');
  if (list(resource.extension).some(({ url }) => FOCUS_EXTENSION.test(str(url) ?? ''))) told.push('another');
  return told.includes('another') ? 'another' : told.includes('unknown') ? 'unknown' : 'patient';
}
