import { AppError } from '../../errors.ts';
import { isAboutPatients } from '../owners.ts';
import { FHIR_ID, type OwnAddresses } from './addresses.ts';

const PATIENT_SEARCH = new Set(['patient', 'subject', 'beneficiary', 'actor', 'individual', 'candidate']);
/** Those that may lead to somebody else than a patient as well. */
const ANYBODY = new Set(['actor', 'subject', 'individual']);

/**
 * The one patient to whom a search is bound; undefined where it is of a type that belongs to nobody, or of patients.
 * @throws AppError `bad-request` where it names several, none that can be told, or nobody
 */
export function boundTo(
  resourceType: string,
  params: readonly (readonly [string, string])[],
  { relative }: OwnAddresses,
): string | undefined {
  const found = new Set<string>();
  for (const [name, value] of params) {
    const [code = '', modifier = ''] = name.split(':');
    if (resourceType === 'Patient') {
      if (name === '_id') for (const id of value.split(',')) found.add(id);
      continue;
    }
    if (!PATIENT_SEARCH.has(code) || modifier === 'missing') continue;
    const isPatient = modifier === 'Patient' || !ANYBODY.has(code);
    for (const one of value.split(',')) {
      const own = relative(one);
      const id = own?.startsWith('Patient/') ? own.slice('Patient/'.length) : FHIR_ID.test(one) && code !== 'actor' ? one : undefined;
      const isVersion = one.includes('/_history/');
      if (id !== undefined && !isVersion && (modifier === '' || modifier === 'Patient')) found.add(id);
      else if (isAboutPatients(resourceType) && (isPatient || isVersion || own === undefined))
        throw new AppError('bad-request', `“${name}” does not name the patient of a search of ${resourceType} by an id on this server.`);
    }
  }
  if (resourceType === 'Patient') return found.size === 1 ? [...found][0] : undefined;
  if (found.size > 1) throw new AppError('bad-request', `A search of ${resourceType} names ${found.size} patients: one at a time.`);
  if (found.size === 0 && isAboutPatients(resourceType))
    throw new AppError('bad-request', `A search of ${resourceType} is of one patient: it names none.`);
  return [...found][0];
}
