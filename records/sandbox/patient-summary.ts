import type { FhirResource, PatientSummary } from '../contract.ts';

/** What a list of patients shows. A patient without a name is called by the id. */
export function summarise(patient: FhirResource): PatientSummary {
  const { id = '', birthDate, gender, deceasedDateTime, deceasedBoolean } = patient;
  const recordNumber = recordNumberOf(patient);
  const deceased = typeof deceasedDateTime === 'string' ? deceasedDateTime : deceasedBoolean;
  return {
    id,
    name: nameOf(patient) ?? `Patient ${id}`,
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
    ...(typeof gender === 'string' ? { gender } : {}),
    ...(recordNumber === undefined ? {} : { recordNumber }),
    ...(typeof deceased === 'string' || typeof deceased === 'boolean' ? { deceased } : {}),
  };
}

/** Uses in the order in which they tell who someone is now (http://hl7.org/fhir/R4/valueset-name-use.html). */
const NAME_USES = ['official', 'usual', undefined, 'nickname', 'temp', 'anonymous', 'maiden', 'old'];

function nameOf(patient: FhirResource): string | undefined {
  const names = objects(patient.name).sort((a, b) => rank(a.use) - rank(b.use));
  for (const { given, family, text } of names) {
    const parts = [...strings(given), ...strings(family)];
    if (parts.length > 0) return parts.join(' ');
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return undefined;
}
const rank = (use: unknown): number => {
  const at = NAME_USES.indexOf(use as string | undefined);
  return at < 0 ? NAME_USES.length : at;
};

/** The identifier of type MR (http://terminology.hl7.org/CodeSystem/v2-0203). */
function recordNumberOf(patient: FhirResource): string | undefined {
  const identifiers = objects(patient.identifier).filter(({ use }) => use !== 'old');
  const record = identifiers.find(({ type }) => objects((type as FhirResource | undefined)?.coding).some(({ code }) => code === 'MR'));
  return typeof record?.value === 'string' ? record.value : undefined;
}

const objects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((item): item is string => typeof item === 'string' && item.trim() !== '')
    .map((item) => item.trim());
