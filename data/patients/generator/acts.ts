import type { Procedure, ServiceRequest } from '@medplum/fhirtypes';
import { type Day, dayOf } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import { type Draft, slugOf } from './draft.ts';
import { profile, socialNeeds } from './person.ts';
import type { Problem } from './problems.ts';
import { procedures, SNOMED } from './tables.ts';

const REQUESTS = {
  Laboratory: ['108252007', 'Laboratory procedure'],
  Imaging: ['363679005', 'Imaging'],
  Counseling: ['409063005', 'Counseling'],
  Education: ['409073007', 'Education'],
  Surgery: ['387713003', 'Surgical procedure'],
  Evaluation: ['386053000', 'Evaluation procedure'],
} as const;
export interface RequestOptions {
  readonly to?: StaffId;
  readonly for?: Problem;
  readonly status?: ServiceRequest['status'];
  readonly kind?: keyof typeof REQUESTS;
  readonly social?: boolean;
  readonly code?: { readonly system: string; readonly code: string; readonly display: string };
  readonly note?: string;
}

/** A referral or another order that is not a drug. */
export function serviceRequest(
  draft: Draft,
  what: string,
  details: RequestOptions & { readonly by: StaffId; readonly encounter: string; readonly day: Day },
): ServiceRequest {
  const { status = 'active', to, for: problem, social = false, kind: sort, by, encounter, day } = details;
  return {
    resourceType: 'ServiceRequest',
    id: draft.idFor('ServiceRequest', slugOf(what).slice(0, 24), day),
    meta: profile('servicerequest'),
    status,
    intent: 'order',
    category: [
      social
        ? socialNeeds()
        : sort
          ? { coding: [{ system: SNOMED, code: REQUESTS[sort][0], display: REQUESTS[sort][1] }], text: sort }
          : { text: 'Referral' },
    ],
    code: { ...(details.code ? { coding: [details.code] } : {}), text: what },
    subject: draft.patient,
    encounter: { reference: encounter },
    authoredOn: day,
    requester: staffReference(by),
    ...(to ? { performer: [staffReference(to)] } : {}),
    ...(problem ? { reasonReference: [{ reference: problem.reference }] } : {}),
    ...(details.note ? { note: [{ text: details.note }] } : {}),
  };
}

export interface ProcedureDetails {
  readonly by?: StaffId;
  readonly encounter?: string;
  readonly outcome?: string;
  readonly complication?: string;
  readonly followUp?: string;
  readonly site?: string;
  readonly note?: string;
  readonly for?: Problem;
  readonly status?: Procedure['status'];
  readonly why?: string;
  readonly until?: string;
}

export function procedure(draft: Draft, key: string, at: string, details: ProcedureDetails): Procedure {
  return {
    resourceType: 'Procedure',
    id: draft.idFor('Procedure', key, dayOf(at)),
    meta: profile('procedure'),
    status: details.status ?? 'completed',
    ...(details.why ? { statusReason: { text: details.why } } : {}),
    code: procedures.of(key).code,
    subject: draft.patient,
    ...(details.encounter ? { encounter: { reference: details.encounter } } : {}),
    ...(details.status === 'not-done'
      ? {}
      : details.until
        ? { performedPeriod: { start: at, end: details.until } }
        : { performedDateTime: at }),
    ...(details.by ? { performer: [{ actor: staffReference(details.by) }] } : {}),
    ...(details.for ? { reasonReference: [{ reference: details.for.reference }] } : {}),
    ...(details.site ? { bodySite: [{ text: details.site }] } : {}),
    ...(details.outcome ? { outcome: { text: details.outcome } } : {}),
    ...(details.complication ? { complication: [{ text: details.complication }] } : {}),
    ...(details.followUp ? { followUp: [{ text: details.followUp }] } : {}),
    ...(details.note ? { note: [{ text: details.note }] } : {}),
  };
}
