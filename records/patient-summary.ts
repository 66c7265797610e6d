import type { FhirResource, PatientSummary } from './contract.ts';
import { otherNumbersOf, recordNumberOf } from './record-number.ts';

/** What a list of patients shows. A patient without a name is called by the id. */
export function summarise(patient: FhirResource): PatientSummary {
  const { id = '', birthDate, gender, deceasedDateTime, deceasedBoolean } = patient;
  const [name, ...otherNames] = namesOf(patient);
  const recordNumber = recordNumberOf(patient);
  const otherNumbers = otherNumbersOf(patient);
  const deceased = typeof deceasedDateTime === 'string' ? deceasedDateTime : deceasedBoolean;
  return {
    id,
    name: name ?? `Patient ${id}`,
    ...(otherNames.length > 0 ? { otherNames } : {}),
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
    ...(typeof gender === 'string' ? { gender } : {}),
    ...(recordNumber === undefined ? {} : { recordNumber }),
    ...(otherNumbers.length > 0 ? { otherNumbers } : {}),
    ...(typeof deceased === 'string' || typeof deceased === 'boolean' ? { deceased } : {}),
  };
}

/** Uses in the order in which they tell who someone is now (http://hl7.org/fhir/R4/valueset-name-use.html). */
const NAME_USES = ['official', 'usual', undefined, 'nickname', 'temp', 'anonymous', 'maiden', 'old'];

/** Every name once, the one in use first. */
function namesOf(patient: FhirResource): readonly string[] {
  const names = objects(patient.name).sort((a, b) => rank(a.use) - rank(b.use));
  const written = names.flatMap(({ given, family, text }) => {
    const parts = [...strings(given), ...strings(family)];
    if (parts.length > 0) return [parts.join(' ')];
    return typeof text === 'string' && text.trim() !== '' ? [plain(text)] : [];
  });
  return [...new Set(written)];
}
const rank = (use: unknown): number => {
  const at = NAME_USES.indexOf(use as string | undefined);
  return at < 0 ? NAME_USES.length : at;
};

const objects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string' && item.trim() !== '').map(plain);

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ');
