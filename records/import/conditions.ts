import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { keyOf, type Queryable, readRow } from '../sandbox/table.ts';
import { isSomeoneElse } from './guards.ts';
import type { FileEntry } from './read-file.ts';
import { createDirectory, type Directory, wantedByQuery } from './references.ts';

/**
 * Entries to be written only where nothing like it is there (`ifNoneExist`), or over what is there (`PUT Type?identifier=...`): what the record has
 * by that identifier stays, or is written over; references to the entry lead there. A query that is not an identifier, or leads to several, is
 * not followed: such an entry is taken as it is.
 * @returns what is left to write, and how many stand already
 * @throws AppError `foreign-patient` where the identifier is another person's
 */
export async function settleConditions(
  db: Queryable,
  entries: readonly FileEntry[],
  directory: Directory,
): Promise<{ readonly entries: readonly FileEntry[]; readonly standing: number }> {
  const asked = entries.map(({ resource, condition }) => condition && wantedByQuery(resource.resourceType, condition.query));
  const wanted = asked.filter((one) => one !== undefined);
  if (wanted.length === 0) return { entries, standing: 0 };
  const record = createDirectory(); // not the files': what stands in a file that failed is not there
  await record.load(db, wanted);

  const left: FileEntry[] = [];
  let standing = 0;
  for (const [i, entry] of entries.entries()) {
    const one = asked[i];
    const id = one && record.find(one)?.split('/')[1];
    if (id === undefined || id === entry.resource.id) {
      left.push(entry);
      continue;
    }
    const there: FhirResource = { resourceType: entry.resource.resourceType, id };
    if (there.resourceType === 'Patient') await requireSame(db, { ...entry.resource, id });
    if (entry.condition?.write === 'update') left.push({ ...entry, resource: { ...entry.resource, id } });
    else {
      directory.addEntry(there, entry.fullUrl);
      standing += 1;
    }
  }
  return { entries: left, standing };
}

async function requireSame(db: Queryable, patient: FhirResource & { readonly id: string }): Promise<void> {
  const there = await readRow(db, patient);
  if (typeof there === 'object' && isSomeoneElse(patient, there, 'names'))
    throw new AppError(
      'foreign-patient',
      `${keyOf(patient)} has the identifier of this entry and is someone else: another name and birth date`,
    );
}
