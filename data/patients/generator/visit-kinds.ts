import type { Day } from './calendar.ts';
import type { StaffId } from './clinic.ts';
import type { Problem } from './problems.ts';

/** What sets one kind of visit apart from another. */
export interface Kind {
  readonly words: string;
  readonly class: readonly [code: string, display: string];
  readonly type: readonly [code: string, display: string];
  readonly note: readonly [code: string, display: string];
  readonly minutes: number;
  /** Booked ahead, so that it had an appointment. */
  readonly booked: boolean;
}
const AMB = ['AMB', 'ambulatory'] as const;
export const PROGRESS = ['11506-3', 'Progress note'] as const;
export const VISITS = {
  office: {
    words: 'Office visit',
    class: AMB,
    type: ['390906007', 'Follow-up encounter (procedure)'],
    note: PROGRESS,
    minutes: 20,
    booked: true,
  },
  checkup: {
    words: 'Yearly check-up',
    class: AMB,
    type: ['185349003', 'Encounter for check up (procedure)'],
    note: PROGRESS,
    minutes: 40,
    booked: true,
  },
  'well child': {
    words: 'Well-child visit',
    class: AMB,
    type: ['410620009', 'Well child visit'],
    note: PROGRESS,
    minutes: 20,
    booked: true,
  },
  prenatal: { words: 'Prenatal visit', class: AMB, type: ['424619006', 'Prenatal visit'], note: PROGRESS, minutes: 30, booked: true },
  specialist: {
    words: 'Specialist visit',
    class: AMB,
    type: ['11429006', 'Consultation (procedure)'],
    note: ['11488-4', 'Consult note'],
    minutes: 30,
    booked: true,
  },
  nurse: {
    words: 'Nurse visit',
    class: AMB,
    type: ['390906007', 'Follow-up encounter (procedure)'],
    note: PROGRESS,
    minutes: 20,
    booked: true,
  },
  telephone: {
    words: 'Telephone call',
    class: ['VR', 'virtual'],
    type: ['185317003', 'Telephone encounter (procedure)'],
    note: PROGRESS,
    minutes: 10,
    booked: false,
  },
  video: {
    words: 'Video visit',
    class: ['VR', 'virtual'],
    type: ['448337001', 'Telemedicine consultation with patient (procedure)'],
    note: PROGRESS,
    minutes: 20,
    booked: true,
  },
  home: {
    words: 'Home visit',
    class: ['HH', 'home health'],
    type: ['185468001', 'Home visit for chronic condition (procedure)'],
    note: PROGRESS,
    minutes: 40,
    booked: false,
  },
  urgent: {
    words: 'Urgent visit',
    class: AMB,
    type: ['185349003', 'Encounter for check up (procedure)'],
    note: PROGRESS,
    minutes: 20,
    booked: false,
  },
  emergency: {
    words: 'Emergency department visit',
    class: ['EMER', 'emergency'],
    type: ['4525004', 'Emergency department patient visit (procedure)'],
    note: ['34111-5', 'Emergency department Note'],
    minutes: 240,
    booked: false,
  },
  inpatient: {
    words: 'Hospital stay',
    class: ['IMP', 'inpatient encounter'],
    type: ['32485007', 'Hospital admission (procedure)'],
    note: ['18842-5', 'Discharge summary'],
    minutes: 0,
    booked: false,
  },
} as const satisfies Readonly<Record<string, Kind>>;
export type VisitKind = keyof typeof VISITS;

/** At any hour, on days on which the clinic is closed too. */
export const inHospital = (kind: VisitKind): boolean => kind === 'inpatient' || kind === 'emergency';

export interface VisitSpec {
  readonly day: Day;
  /** "09:20"; a free one of the day where not given. */
  readonly time?: string;
  readonly kind: VisitKind;
  readonly with?: StaffId;
  readonly reason: string;
  readonly for?: readonly Problem[];
  /** Last day of a hospital stay. */
  readonly until?: Day;
  readonly discharge?: string;
  /** A hospital stay that goes on. */
  readonly ongoing?: boolean;
  /** No note is written (blood drawn, vaccination). */
  readonly quiet?: boolean;
  /** Comes by a standing plan, without an appointment of its own. */
  readonly unbooked?: boolean;
  /** How many days before it was booked. */
  readonly booked?: number;
}
