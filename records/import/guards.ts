import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { ownersOf } from '../owners.ts';
import { type Existing, keyOf, type Queryable, readRows } from '../sandbox/table.ts';

/** The same id for something of another patient: two systems that number alike. Taking it would put one patient's data into the other's record. */
export function requireSameOwner(resource: FhirResource, existing: Existing | undefined): void {
  const owners = ownersOf(resource);
  if (existing === undefined || owners.length === 0 || existing.patientIds.length === 0) return;
  if (!owners.some((owner) => existing.patientIds.includes(owner))) {
    throw new AppError(
      'foreign-patient',
      `${keyOf(resource)} is of Patient/${owners.join(', ')} here, but of Patient/${existing.patientIds.join(', ')} in the record: two different things with one id`,
    );
  }
}

export async function requireSamePerson(db: Queryable, patients: readonly FhirResource[]): Promise<void> {
  const stored = new Map(
    (
      await readRows(
        db,
        patients.map(({ resourceType, id }) => ({ resourceType, id: id as string })),
      )
    ).map((one) => [one.id, one]),
  );
  for (const patient of patients) {
    const other = stored.get(patient.id as string);
    if (other !== undefined && isSomeoneElse(patient, other)) {
      throw new AppError(
        'foreign-patient',
        `${keyOf(patient)} is someone else here (another name and birth date) than in the record: two people with one id`,
      );
    }
  }
}

/** Another birth date and no name or identifier in common; `names`: no name, where an identifier has brought the two together. */
export function isSomeoneElse(a: FhirResource, b: FhirResource, by: 'names' | 'all' = 'all'): boolean {
  if (typeof a.birthDate !== 'string' || typeof b.birthDate !== 'string' || a.birthDate === b.birthDate) return false;
  const marks = (patient: FhirResource): readonly string[] => [
    ...(by === 'names' ? [] : list(patient.identifier)).flatMap(({ system, value }) =>
      typeof value === 'string' ? [`${system}|${value}`] : [],
    ),
    ...list(patient.name).flatMap(({ family, given, text }) => [
      `${family ?? ''} ${[given].flat().join(' ')} ${family === undefined ? (text ?? '') : ''}`.trim().toLowerCase(),
    ]),
  ];
  const others = new Set(marks(b));
  return !marks(a).some((mark) => others.has(mark));
}

const list = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];
