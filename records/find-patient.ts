import { AppError } from '../errors.ts';
import type { PatientSummary } from './contract.ts';

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Names in test data may carry digits ("Jane12 Park34"): they need not be typed. */
const tokens = (name: string): readonly string[] => {
  const words = fold(name).split(' ').filter(Boolean);
  return [...words, ...words.map((word) => word.replace(/\d+$/, '')).filter(Boolean)];
};

const described = (patient: PatientSummary): string =>
  `${patient.name} (${[patient.birthDate && `born ${patient.birthDate}`, patient.gender, patient.id].filter(Boolean).join(', ')})`;

/**
 * The one patient meant by an id, `Patient/<id>`, a record number or a name (every word of it must be in the patient's name).
 * @throws AppError `not-found` where there is none, `bad-request` where there are several: it never picks one.
 */
export function findPatient(patients: readonly PatientSummary[], wanted: string): PatientSummary {
  const text = wanted.trim();
  const id = text.replace(/^Patient\//, '');
  const exact = patients.find((patient) => patient.id === id);
  if (exact) return exact;
  const numbered = patients.filter((patient) => patient.recordNumber !== undefined && patient.recordNumber === text);
  const words = fold(text).split(' ').filter(Boolean);
  const named = words.length === 0 ? [] : patients.filter((patient) => words.every((word) => tokens(patient.name).includes(word)));
  const found = numbered.length > 0 ? numbered : named;
  const [only, second] = found;
  if (only && !second) return only;
  if (only) {
    throw new AppError(
      'bad-request',
      `${found.length} patients match “${text}”: ${found.slice(0, 5).map(described).join('; ')}${found.length > 5 ? ' …' : ''}. Use the id.`,
    );
  }
  throw new AppError('not-found', `No patient matches “${text}”. \`npm run patients -- list\` shows who is there.`);
}
