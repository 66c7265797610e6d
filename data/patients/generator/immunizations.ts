import type { Immunization } from '@medplum/fhirtypes';
import type { Day } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import type { Draft } from './draft.ts';
import { profile } from './person.ts';
import { inUse, vaccines } from './tables.ts';

/** Where a dose was given: at a visit, or elsewhere, of which a pharmacy, a school or a registry told. */
export type Given = { readonly at: { readonly encounter: string; readonly by: StaffId } } | { readonly toldBy: string };

/**
 * A dose of a vaccine, or that it was refused.
 * @throws RangeError where the vaccine was not in use on that day
 */
export function addImmunization(draft: Draft, key: string, day: Day, given: Given, refused?: string): Immunization {
  const row = vaccines.of(key);
  if (!inUse(row, day)) throw new RangeError(`${draft.id}: the vaccine “${key}” was not in use on ${day}`);
  return draft.add<Immunization>({
    resourceType: 'Immunization',
    id: draft.idFor('Immunization', key, day),
    meta: profile('immunization'),
    status: refused ? 'not-done' : 'completed',
    ...(refused
      ? {
          statusReason: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'PATOBJ', display: 'patient objection' }],
            text: refused,
          },
        }
      : {}),
    vaccineCode: row.code,
    patient: draft.patient,
    occurrenceDateTime: day,
    ...('at' in given
      ? { encounter: { reference: given.at.encounter }, primarySource: true, performer: [{ actor: staffReference(given.at.by) }] }
      : { primarySource: false, reportOrigin: { text: given.toldBy } }),
  });
}
