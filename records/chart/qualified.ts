import type { FhirResource } from '../contract.ts';
import { DEEPEST } from './bounded.ts';

/**
 * Whether the resource says that what it states is changed by a rule or an extension that its reader must know; Rounds knows none. It may be a
 * denial, or another patient's. http://hl7.org/fhir/R4/extensibility.html#modifierExtension, http://hl7.org/fhir/R4/resource.html#Resource
 */
export const isQualified = (resource: FhirResource): boolean =>
  (typeof resource.implicitRules === 'string' && resource.implicitRules !== '') || holdsModifier(resource, 0);

/** What lies deeper than is read may be one. */
function holdsModifier(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEEPEST) return true;
  if (Array.isArray(value)) return value.some((item) => holdsModifier(item, depth + 1));
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'modifierExtension' ? Array.isArray(inner) && inner.length > 0 : holdsModifier(inner, depth + 1)) return true;
  }
  return false;
}
