import type { FhirResource } from './contract.ts';

const RECORD_NUMBER = /^(?:mrn?|(?:medical |patient |hospital )?record (?:number|no\.?)|(?:patient|hospital|chart) (?:number|no\.?|id))$/i;

const objects = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];

/** Every other number in use by which somebody may know the patient: of an insurer, a health service, a state. */
export function otherNumbersOf(patient: FhirResource): readonly string[] {
  const recordNumber = recordNumberOf(patient);
  return objects(patient.identifier).flatMap(({ use, value }) =>
    use !== 'old' && typeof value === 'string' && value !== '' && value !== recordNumber ? [value] : [],
  );
}

/** The identifier in use of type MR (http://terminology.hl7.org/CodeSystem/v2-0203), or one that its type's words call a record number. */
export function recordNumberOf(patient: FhirResource): string | undefined {
  const identifiers = objects(patient.identifier).filter(({ use, value }) => use !== 'old' && typeof value === 'string' && value !== '');
  const typeOf = ({ type }: Record<string, unknown>) => (type ?? {}) as { coding?: unknown; text?: unknown };
  const coded = identifiers.find((identifier) => objects(typeOf(identifier).coding).some(({ code }) => code === 'MR'));
  const named = identifiers.find((identifier) => {
    const { text, coding } = typeOf(identifier);
    return [text, ...objects(coding).map(({ display }) => display)].some(
      (said) => typeof said === 'string' && RECORD_NUMBER.test(said.trim()),
    );
  });
  return (coded ?? named)?.value as string | undefined;
}
