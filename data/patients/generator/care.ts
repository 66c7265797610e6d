import type { Appointment, CarePlan, CareTeam, Communication, Device, DeviceUseStatement, Goal, Observation } from '@medplum/fhirtypes';
import { type Day, dayOf, instant, later, minus, openDay, plus } from './calendar.ts';
import { BOOKABLE, organizationReference, participants, type Site, STAFF, type StaffId, staffReference } from './clinic.ts';
import { type Draft, referenceTo, slugOf } from './draft.ts';
import { category, quantity } from './observations.ts';
import { profile } from './person.ts';
import type { Problem } from './problems.ts';
import { LOINC, SNOMED, tests } from './tables.ts';
import { VISITS, type VisitSpec } from './visit-kinds.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem/';

/** What an appointment of the past came to. */
export type Outcome = 'fulfilled' | 'noshow' | 'cancelled';
export interface AppointmentSpec {
  readonly day: Day;
  readonly time?: string;
  /** `MINUTES` where not given. */
  readonly minutes?: number;
  readonly with: StaffId;
  readonly reason: string;
  /** When it was made, or the day of the last visit before it where that is later. */
  readonly booked: Day;
  readonly outcome: Outcome;
  readonly why?: string;
  readonly by?: 'patient' | 'clinic';
}

/**
 * The day on which an appointment was made: that which is wanted, but not before the last visit or hospital stay that came before it, from
 * which it may follow ("After a hospital stay").
 */
function madeOn(draft: Draft, wanted: Day, start: string): Day {
  let made = wanted;
  for (const one of draft.all()) {
    if (one.resourceType !== 'Encounter' || Date.parse(one.period!.start!) >= Date.parse(start)) continue;
    const { start: begun, end = begun } = one.period!;
    const last = dayOf(Date.parse(end!) < Date.parse(start) ? end! : begun!);
    if (last > made) made = last;
  }
  return made;
}

export function addAppointment(draft: Draft, spec: AppointmentSpec): Appointment {
  const start = instant(spec.day, spec.time ?? '10:00');
  const cancelled = spec.outcome === 'cancelled';
  return draft.add<Appointment>({
    resourceType: 'Appointment',
    id: draft.idFor('Appointment', 'appointment', spec.day),
    status: spec.outcome,
    ...(cancelled
      ? {
          cancelationReason: {
            coding: [
              {
                system: `${HL7}appointment-cancellation-reason`,
                code: spec.by === 'clinic' ? 'prov' : 'pat',
                display: spec.by === 'clinic' ? 'Provider' : 'Patient',
              },
            ],
            ...(spec.why ? { text: spec.why } : {}),
          },
        }
      : {}),
    serviceType: [{ text: STAFF[spec.with].specialty }],
    specialty: [{ text: STAFF[spec.with].specialty }],
    reasonCode: [{ text: spec.reason }],
    description: spec.reason,
    start,
    end: later(start, spec.minutes ?? MINUTES),
    created: madeOn(draft, spec.booked, start),
    ...(!cancelled && spec.why ? { comment: spec.why } : {}),
    participant: participants(draft.id, spec.with, !cancelled),
  });
}
/** What an appointment takes where nobody says. */
export const MINUTES = 20;

/** The appointment that a booked visit was made by. */
export function keptAppointment(draft: Draft, spec: VisitSpec, time: string, staff: StaffId): void {
  if (!VISITS[spec.kind].booked || spec.unbooked) return;
  const ahead = spec.booked ?? draft.random.of(`booked/${spec.day}`).whole(5, 40);
  addAppointment(draft, {
    day: spec.day,
    time,
    minutes: VISITS[spec.kind].minutes,
    with: staff,
    reason: spec.reason,
    booked: minus(spec.day, { days: ahead }),
    outcome: 'fulfilled',
  });
}

export interface BookingSpec {
  readonly after: Day;
  readonly with: StaffId;
  readonly reason: string;
  readonly hour?: string;
  readonly note?: string;
  /** On that very day, in a place without a schedule to book into: the labor ward, an operating room. */
  readonly fixed?: Site;
}

const FIXED_MINUTES = 60;

/** Books the first free slot from a day on; where the weeks that can be booked are over or full, the patient is on a list instead. */
export function bookAhead(draft: Draft, spec: BookingSpec): Appointment {
  const start = spec.fixed ? draft.clinic.hold(spec.with, instant(spec.after, spec.hour ?? '08:00'), FIXED_MINUTES) : undefined;
  const slot = start ? undefined : draft.clinic.book(spec.with, spec.after, spec.hour);
  const settled = start !== undefined || slot !== undefined;
  const horizon = plus(draft.asOf, BOOKABLE);
  const wished = openDay(spec.after);
  return draft.add<Appointment>({
    resourceType: 'Appointment',
    id: draft.idFor('Appointment', 'appointment', (slot?.start ?? start ?? wished).slice(0, 10)),
    status: settled ? 'booked' : 'waitlist',
    serviceType: [{ text: STAFF[spec.with].specialty }],
    specialty: [{ text: STAFF[spec.with].specialty }],
    reasonCode: [{ text: spec.reason }],
    description: spec.reason,
    ...(start ? { start, end: later(start, FIXED_MINUTES) } : {}),
    ...(slot ? { start: slot.start!, end: slot.end!, slot: [{ reference: referenceTo(slot) }] } : {}),
    ...(settled ? {} : { requestedPeriod: [{ start: wished, end: wished > horizon ? plus(wished, { weeks: 4 }) : horizon }] }),
    created: madeOn(
      draft,
      minus(draft.asOf, { days: draft.random.of(`ahead/${spec.after}`).whole(1, 30) }),
      slot?.start ?? start ?? instant(wished, '08:00'),
    ),
    ...(spec.note ? { comment: spec.note } : {}),
    participant: settled
      ? participants(draft.id, spec.with, true, spec.fixed)
      : participants(draft.id, spec.with, true).map((one) => ({ ...one, status: 'tentative' as const })),
  });
}

/** Roles of a care team: SNOMED CT where the public tables have the occupation, words alone where not. */
export interface TeamMember {
  readonly who: StaffId;
  readonly role?: string;
}
export function addCareTeam(draft: Draft, name: string, members: readonly TeamMember[], since: Day): CareTeam {
  return draft.add<CareTeam>({
    resourceType: 'CareTeam',
    id: draft.idFor('CareTeam', 'care-team'),
    meta: profile('careteam'),
    status: 'active',
    name,
    subject: draft.patient,
    period: { start: since },
    participant: members.map(({ who, role }) => ({ role: [{ text: role ?? STAFF[who].role }], member: staffReference(who) })),
    managingOrganization: [organizationReference('clinic')],
  });
}

/** The day from which something can be aimed at or planned: that which is wanted, but not before the last of the problems was found. */
const sinceFound = (wanted: Day, problems: readonly Problem[]): Day =>
  problems.map(({ resource }) => resource.recordedDate!).reduce((last, found) => (found > last ? found : last), wanted);

export interface GoalSpec {
  /** Or the day on which the problem was found, where that is later. */
  readonly start: Day;
  readonly due?: Day;
  /** Below or above a level of a test. */
  readonly target?: { readonly test: string; readonly below?: number; readonly above?: number };
  readonly achievement?:
    | 'in-progress'
    | 'improving'
    | 'worsening'
    | 'no-change'
    | 'achieved'
    | 'sustaining'
    | 'not-achieved'
    | 'not-attainable';
  readonly for?: Problem;
  readonly status?: Goal['lifecycleStatus'];
  readonly note?: string;
}
export function addGoal(draft: Draft, words: string, spec: GoalSpec): Goal {
  const test = spec.target && tests.of(spec.target.test);
  const bound = spec.target?.below ?? spec.target?.above;
  return draft.add<Goal>({
    resourceType: 'Goal',
    id: draft.idFor('Goal', `goal-${slugOf(words).slice(0, 24)}`),
    meta: profile('goal'),
    lifecycleStatus: spec.status ?? 'active',
    achievementStatus: { coding: [{ system: `${HL7}goal-achievement`, code: spec.achievement ?? 'in-progress' }] },
    description: { text: words },
    subject: draft.patient,
    startDate: sinceFound(spec.start, spec.for ? [spec.for] : []),
    ...(test || spec.due
      ? {
          target: [
            {
              ...(test && bound !== undefined
                ? {
                    measure: { coding: [{ system: LOINC, code: test.loinc, display: test.display }], text: test.label },
                    detailQuantity: {
                      ...quantity(test, bound),
                      comparator: spec.target!.below === undefined ? ('>' as const) : ('<' as const),
                    },
                  }
                : {}),
              ...(spec.due ? { dueDate: spec.due } : {}),
            },
          ],
        }
      : {}),
    ...(spec.for ? { addresses: [{ reference: spec.for.reference }] } : {}),
    ...(spec.note ? { note: [{ text: spec.note }] } : {}),
  });
}

export interface CarePlanSpec {
  /** Or the day on which the last of the problems was found, where that is later. */
  readonly start: Day;
  readonly for: readonly Problem[];
  readonly goals?: readonly Goal[];
  readonly activities: readonly string[];
}
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export function addCarePlan(draft: Draft, title: string, spec: CarePlanSpec): CarePlan {
  return draft.add<CarePlan>({
    resourceType: 'CarePlan',
    id: draft.idFor('CarePlan', 'care-plan'),
    meta: profile('careplan'),
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${escaped(title)}</p><ul>${spec.activities.map((activity) => `<li>${escaped(activity)}</li>`).join('')}</ul></div>`,
    },
    status: 'active',
    intent: 'plan',
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
            code: 'assess-plan',
            display: 'Assessment and Plan of Treatment',
          },
        ],
      },
    ],
    title,
    subject: draft.patient,
    period: { start: sinceFound(spec.start, spec.for) },
    author: staffReference(draft.person.primaryCare),
    addresses: spec.for.map(({ reference }) => ({ reference })),
    ...(spec.goals && spec.goals.length > 0 ? { goal: spec.goals.map((goal) => ({ reference: referenceTo(goal) })) } : {}),
    activity: spec.activities.map((description) => ({ detail: { status: 'in-progress', description } })),
  });
}

const SMOKING = {
  never: ['266919005', 'Never smoked tobacco (finding)', 'Never smoked'],
  former: ['8517006', 'Ex-smoker (finding)', 'Former smoker'],
  daily: ['449868002', 'Smokes tobacco daily (finding)', 'Smokes daily'],
  some: ['428041000124106', 'Occasional tobacco smoker (finding)', 'Smokes on some days'],
} as const;
export type Smoking = keyof typeof SMOKING;
export function addSmoking(draft: Draft, smoking: Smoking, day: Day): Observation {
  const [code, display, text] = SMOKING[smoking];
  return draft.add<Observation>({
    resourceType: 'Observation',
    id: draft.idFor('Observation', 'smoking-status', day),
    meta: profile('smokingstatus'),
    status: 'final',
    category: [category('social-history')],
    code: { coding: [{ system: LOINC, code: '72166-2', display: 'Tobacco smoking status' }], text: 'Tobacco smoking status' },
    subject: draft.patient,
    effectiveDateTime: day,
    performer: [staffReference(draft.person.primaryCare)],
    valueCodeableConcept: { coding: [{ system: SNOMED, code, display }], text },
  });
}

export interface DeviceSpec {
  readonly name: string;
  readonly since: Day;
  readonly maker?: string;
  readonly model?: string;
  readonly until?: Day;
  readonly why?: Problem;
}
export function addDevice(draft: Draft, { name, since, maker, model, until, why }: DeviceSpec): Device {
  const device = draft.add<Device>({
    resourceType: 'Device',
    id: draft.idFor('Device', slugOf(name)),
    status: until ? 'inactive' : 'active',
    ...(maker ? { manufacturer: maker } : {}),
    deviceName: [{ name, type: 'user-friendly-name' }],
    ...(model ? { modelNumber: model } : {}),
    type: { text: name },
    patient: draft.patient,
  });
  draft.add<DeviceUseStatement>({
    resourceType: 'DeviceUseStatement',
    id: draft.idFor('DeviceUseStatement', slugOf(name)),
    status: until ? 'completed' : 'active',
    subject: draft.patient,
    timingPeriod: { start: since, ...(until ? { end: until } : {}) },
    recordedOn: since,
    device: { reference: referenceTo(device), display: name },
    ...(why ? { reasonReference: [{ reference: why.reference }] } : {}),
  });
  return device;
}

/** A letter, call or message of the clinic to the patient. */
export interface MessageSpec {
  readonly by: 'letter' | 'telephone' | 'text message';
  readonly about: string;
  readonly words: string;
  readonly from?: StaffId;
  /** What came of it: "no answer". */
  readonly outcome?: string;
}
export function addMessage(draft: Draft, day: Day, { by, about, words, from, outcome }: MessageSpec): Communication {
  return draft.add<Communication>({
    resourceType: 'Communication',
    id: draft.idFor('Communication', by.replace(' ', '-'), day),
    status: 'completed',
    category: [{ text: 'Message to the patient' }],
    medium: [{ text: by }],
    subject: draft.patient,
    topic: { text: about },
    sent: instant(day, '10:30'),
    recipient: [draft.patient],
    sender: from ? staffReference(from) : organizationReference('clinic'),
    payload: [{ contentString: words }],
    ...(outcome ? { note: [{ text: outcome }] } : {}),
  });
}
