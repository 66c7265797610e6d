import type { Encounter } from '@medplum/fhirtypes';
import { locationReference, organizationReference, placeOf, type StaffId, staffReference } from './clinic.ts';
import type { Draft } from './draft.ts';
import { profile } from './person.ts';
import { SNOMED } from './tables.ts';
import { inHospital, type Kind, type VisitSpec } from './visit-kinds.ts';

interface Happening {
  readonly kind: Kind;
  readonly staff: StaffId;
  readonly start: string;
  readonly end: string;
}

/** The encounter of a visit: who saw the patient, where, when and why. */
export function encounterOf(draft: Draft, spec: VisitSpec, { kind, staff, start, end }: Happening): Encounter {
  const hospital = inHospital(spec.kind);
  return {
    resourceType: 'Encounter',
    id: draft.idFor('Encounter', spec.kind.replace(' ', '-'), spec.day),
    meta: profile('encounter'),
    status: spec.ongoing ? 'in-progress' : 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: kind.class[0], display: kind.class[1] },
    type: [{ coding: [{ system: SNOMED, code: kind.type[0], display: kind.type[1] }], text: kind.words }],
    subject: draft.patient,
    participant: [
      {
        type: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
                code: hospital ? 'ATND' : 'PPRF',
                display: hospital ? 'attender' : 'primary performer',
              },
            ],
          },
        ],
        individual: staffReference(staff),
      },
    ],
    period: { start, ...(spec.ongoing ? {} : { end }) },
    reasonCode: [{ text: spec.reason }],
    ...(spec.for && spec.for.length > 0 ? { reasonReference: spec.for.map(({ reference }) => ({ reference })) } : {}),
    location: [
      {
        location: locationReference(
          spec.kind === 'inpatient'
            ? 'ward'
            : spec.kind === 'emergency'
              ? 'emergency'
              : placeOf(staff) === 'hospital'
                ? 'hospital'
                : 'clinic',
        ),
      },
    ],
    serviceProvider: organizationReference(placeOf(staff)),
    ...(spec.kind === 'inpatient' && !spec.ongoing
      ? {
          hospitalization: {
            dischargeDisposition: {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition', code: 'home', display: 'Home' }],
              text: spec.discharge ?? 'Home',
            },
          },
        }
      : {}),
  };
}
