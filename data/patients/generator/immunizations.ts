import type { Immunization } from '@medplum/fhirtypes';
import type { Day } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import type { Draft } from './draft.ts';
import { profile } from './person.ts';
import { inUse, type Vaccine, vaccines } from './tables.ts';

/** Where a dose was given: at a visit, or elsewhere, of which a pharmacy, a school or a registry told. */
export type Given = { readonly at: { readonly encounter: string; readonly by: StaffId } } | { readonly toldBy: string };

/** The vaccine, or the one of its name that was in use then: the influenza vaccine of the season, which is over from April to July, the HPV vaccine of the year. */
const usedThen = (key: string, day: Day): Vaccine | undefined => {
  const row = vaccines.of(key);
  if (/influenza/i.test(row.label) && /-0[4-7]-/.test(day)) return undefined;
  return inUse(row, day) ? row : [...vaccines.all().values()].find((one) => one.label === row.label && inUse(one, day));
};

/** A dose of a vaccine, or that it was refused. Before there was one of its name nothing is given. */
export function addImmunization(draft: Draft, key: string, day: Day, given: Given, refused?: string): Immunization | undefined {
  const row = usedThen(key, day);
  if (row === undefined) return undefined;
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
