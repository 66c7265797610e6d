import type { FhirResource } from '../contract.ts';

/**
 * Whether the resource says that what it states is changed by a rule or an extension that its reader must know; Rounds knows none. It may be a
 * denial, or another patient's. http://hl7.org/fhir/R4/extensibility.html#modifierExtension, http://hl7.org/fhir/R4/resource.html#Resource
 */
export const isQualified = (resource: FhirResource): boolean =>
  (typeof resource.implicitRules === 'string' && resource.implicitRules !== '') || holdsModifier(resource);

function holdsModifier(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsModifier);
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'modifierExtension' ? Array.isArray(inner) && inner.length > 0 : typeof inner === 'object' && holdsModifier(inner))
      return true;
  }
  return false;
}
