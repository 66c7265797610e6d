import type { FhirResource } from '../contract.ts';
import { token } from './fhir.ts';
import { isQualified } from './qualified.ts';

const enteredInError = (value: string | undefined): boolean => value === 'entered-in-error' || value === 'nullified';

/** Taken back by whoever wrote it: it states nothing. http://hl7.org/fhir/R4/lifecycle.html */
export const isEnteredInError = (resource: FhirResource): boolean =>
  [resource.status, resource.verificationStatus, resource.clinicalStatus, resource.lifecycleStatus, resource.docStatus].some((value) =>
    enteredInError(token(value)),
  );

/** Whether nothing may be read from it, whoever refers to it. */
export const isWithdrawn = (resource: FhirResource): boolean => isEnteredInError(resource) || isQualified(resource);
