import { AppError } from '../errors.ts';
import type { PatientSummary } from './contract.ts';

/** Letters that no accent can be taken from, as those who lack them on their keyboard write them. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' };

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øæœßłđðþıħ]/g, (letter) => PLAIN[letter] ?? letter)
    // O'Brien, O’Brien and OBrien
    .replace(/(?<=\p{L})['’ʼ`](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Names in test data may carry digits ("Jane12 Park34"): they need not be typed. */
const tokens = (name: string): readonly string[] => {
  const words = fold(name).split(' ').filter(Boolean);
  return [...words, ...words.map((word) => word.replace(/\d+$/, '')).filter(Boolean)];
};

const described = (patient: PatientSummary): string =>
  `${patient.name} (${[patient.birthDate && `born ${patient.birthDate}`, patient.gender, patient.id].filter(Boolean).join(', ')})`;

/** The beginning of a name, or one letter away from it: worth asking about, never taken. */
function isNear(own: string, word: string): boolean {
  if (word.length < 2) return false;
  if (own.startsWith(word)) return true;
  if (word.length < 4 || Math.abs(own.length - word.length) > 1) return false;
  let start = 0;
  while (start < own.length && own[start] === word[start]) start++;
  let end = 0;
  while (end < Math.min(own.length, word.length) - start && own.at(-1 - end) === word.at(-1 - end)) end++;
  return Math.max(own.length, word.length) - start - end <= 1;
}

/**
 * The one patient meant by an id, `Patient/<id>`, a record number, another number of the patient's or a name (every word of it must be in one of the patient's names; former names count where no present one fits).
 * @throws AppError `not-found` where there is none, `bad-request` where there are several: it never picks one.
 */
export function findPatient(patients: readonly PatientSummary[], wanted: string): PatientSummary {
  const text = wanted.trim();
  const id = text.replace(/^Patient\//, '');
  const exact = patients.find((patient) => patient.id === id);
  const plain = (number: string): string => number.replace(/[\s-]/g, '').toLowerCase();
  const has = (number: string | undefined): boolean => number !== undefined && plain(number) === plain(text);
  const numbered = patients.filter((patient) => has(patient.recordNumber));
  // One patient's id may be another's number: nobody but who says which is meant knows.
  const others = [...numbered, ...patients.filter(({ otherNumbers = [] }) => otherNumbers.some(has))].filter(
    ({ id: own }) => own !== exact?.id,
  );
  if (exact && (id !== text || others.length === 0)) return exact;
  if (exact) {
    const both = [...new Set([exact, ...others])];
    throw new AppError(
      'bad-request',
      `“${text}” is the id of one patient and a number of another: ${both.slice(0, 5).map(described).join('; ')}. Use Patient/ and the id.`,
    );
  }
  const known = patients.filter(({ otherNumbers = [] }) => otherNumbers.some(has));
  const words = fold(text).split(' ').filter(Boolean);
  const called = (namesOf: (patient: PatientSummary) => readonly string[]) =>
    words.length === 0
      ? []
      : patients.filter((patient) => namesOf(patient).some((name) => words.every((word) => tokens(name).includes(word))));
  const named = called(({ name }) => [name]);
  const found = [numbered, known, named, called(({ otherNames = [] }) => otherNames)].find((some) => some.length > 0) ?? [];
  const [only, second] = found;
  if (only && !second) return only;
  if (only) {
    throw new AppError(
      'bad-request',
      `${found.length} patients match “${text}”: ${found.slice(0, 5).map(described).join('; ')}${found.length > 5 ? ' …' : ''}. Use the id.`,
    );
  }
  const near =
    words.length === 0 ? [] : patients.filter((patient) => words.every((word) => tokens(patient.name).some((own) => isNear(own, word))));
  const hint = near.length === 0 ? '' : ` Did you mean ${near.slice(0, 3).map(described).join(' or ')}?`;
  throw new AppError('not-found', `No patient matches “${text}”.${hint} \`npm run patients -- list\` shows who is there.`);
}
