import type {
  Appointment,
  CodeableConcept,
  HealthcareService,
  Location,
  Organization,
  Practitioner,
  PractitionerRole,
  Resource,
  Schedule,
  Slot,
} from '@medplum/fhirtypes';
import { type Day, dayOf, instant, isOpen, later, plus } from './calendar.ts';
import { createDiary, type Diary } from './diary.ts';
import type { Random } from './random.ts';

/** Everything of the clinic and the hospital beside it is invented. */
export const INVENTED = 'urn:rounds:invented';

interface StaffMember {
  readonly given: string;
  readonly family: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly role: string;
  readonly specialty: string;
  readonly where: Place;
  /** Minutes of a visit; those who have a schedule that patients book into. */
  readonly visit?: number;
}
type Place = 'clinic' | 'hospital';
/** Where somebody is seen. */
export type Site = Place | 'ward' | 'emergency' | 'labor';

export const STAFF = {
  okafor: {
    given: 'Ngozi',
    family: 'Okafor',
    prefix: 'Dr.',
    role: 'Family physician',
    specialty: 'Family medicine',
    where: 'clinic',
    visit: 20,
  },
  lindgren: {
    given: 'Per',
    family: 'Lindgren',
    prefix: 'Dr.',
    role: 'Internist',
    specialty: 'Internal medicine',
    where: 'clinic',
    visit: 20,
  },
  tran: {
    given: 'Minh',
    family: 'Tran',
    suffix: 'NP',
    role: 'Nurse practitioner',
    specialty: 'Family medicine',
    where: 'clinic',
    visit: 20,
  },
  abadi: { given: 'Leila', family: 'Abadi', prefix: 'Dr.', role: 'Pediatrician', specialty: 'Pediatrics', where: 'clinic', visit: 20 },
  rosen: {
    given: 'Miriam',
    family: 'Rosen',
    prefix: 'Dr.',
    role: 'Obstetrician',
    specialty: 'Obstetrics and gynecology',
    where: 'clinic',
    visit: 30,
  },
  castillo: {
    given: 'Andrés',
    family: 'Castillo',
    prefix: 'Dr.',
    role: 'Psychiatrist',
    specialty: 'Psychiatry',
    where: 'clinic',
    visit: 30,
  },
  whitehorse: {
    given: 'Dana',
    family: 'Whitehorse',
    suffix: 'LCSW',
    role: 'Social worker',
    specialty: 'Social work',
    where: 'clinic',
    visit: 30,
  },
  bergeron: {
    given: 'Claire',
    family: 'Bergeron',
    suffix: 'PharmD',
    role: 'Pharmacist',
    specialty: 'Clinical pharmacy',
    where: 'clinic',
    visit: 30,
  },
  mbeki: { given: 'Thandi', family: 'Mbeki', suffix: 'RN', role: 'Nurse care manager', specialty: 'Nursing', where: 'clinic', visit: 20 },
  iyer: { given: 'Suresh', family: 'Iyer', prefix: 'Dr.', role: 'Cardiologist', specialty: 'Cardiology', where: 'hospital', visit: 30 },
  novak: { given: 'Jana', family: 'Novak', prefix: 'Dr.', role: 'Nephrologist', specialty: 'Nephrology', where: 'hospital', visit: 30 },
  haddad: { given: 'Omar', family: 'Haddad', prefix: 'Dr.', role: 'Pulmonologist', specialty: 'Pulmonology', where: 'hospital', visit: 30 },
  petrov: {
    given: 'Irina',
    family: 'Petrov',
    prefix: 'Dr.',
    role: 'Endocrinologist',
    specialty: 'Endocrinology',
    where: 'hospital',
    visit: 30,
  },
  nakamura: {
    given: 'Kenji',
    family: 'Nakamura',
    prefix: 'Dr.',
    role: 'Oncologist',
    specialty: 'Medical oncology',
    where: 'hospital',
    visit: 30,
  },
  oneill: {
    given: 'Siobhan',
    family: 'O’Neill',
    prefix: 'Dr.',
    role: 'Surgeon',
    specialty: 'General surgery',
    where: 'hospital',
    visit: 30,
  },
  duarte: {
    given: 'Paulo',
    family: 'Duarte',
    prefix: 'Dr.',
    role: 'Gastroenterologist',
    specialty: 'Gastroenterology',
    where: 'hospital',
    visit: 30,
  },
  mensah: {
    given: 'Kofi',
    family: 'Mensah',
    prefix: 'Dr.',
    role: 'Infectious disease physician',
    specialty: 'Infectious disease',
    where: 'hospital',
    visit: 30,
  },
  fischer: {
    given: 'Anke',
    family: 'Fischer',
    prefix: 'Dr.',
    role: 'Emergency physician',
    specialty: 'Emergency medicine',
    where: 'hospital',
  },
  delacroix: { given: 'Marc', family: 'Delacroix', prefix: 'Dr.', role: 'Hospitalist', specialty: 'Hospital medicine', where: 'hospital' },
  soto: { given: 'Elena', family: 'Soto', suffix: 'RN', role: 'Ward nurse', specialty: 'Nursing', where: 'hospital' },
} as const satisfies Readonly<Record<string, StaffMember>>;
export type StaffId = keyof typeof STAFF;

const PLACES = {
  clinic: { name: 'Mill River Community Clinic', phone: '413-555-0100', street: '40 Mill River Road', postalCode: '01060' },
  hospital: { name: 'Mill River Regional Hospital', phone: '413-555-0170', street: '9 Hospital Hill', postalCode: '01060' },
} as const satisfies Readonly<Record<Place, object>>;

export const staffName = (id: StaffId): string => {
  const { given, family, prefix, suffix }: StaffMember = STAFF[id];
  return `${prefix ? `${prefix} ` : ''}${given} ${family}${suffix ? `, ${suffix}` : ''}`;
};
export const staffReference = (id: StaffId) => ({ reference: `Practitioner/mr-${id}`, display: staffName(id) });
export const organizationReference = (place: Place) => ({ reference: `Organization/mr-${place}`, display: PLACES[place].name });
export const locationReference = (place: Site) => ({ reference: `Location/mr-${place}` });
export const placeOf = (id: StaffId): Place => STAFF[id].where;

/** A national provider number would be somebody’s: invented people have invented ones. */
const identified = (kind: string, value: string) => [{ system: `${INVENTED}:${kind}`, value }];
const address = (place: Place) => ({
  use: 'work' as const,
  line: [PLACES[place].street],
  city: 'Millbrook Falls',
  state: 'MA',
  postalCode: PLACES[place].postalCode,
  country: 'US',
});
const profile = (name: string) => ({ profile: [`http://hl7.org/fhir/us/core/StructureDefinition/us-core-${name}`] });

function places(): readonly (Organization | Location)[] {
  const both = ['clinic', 'hospital'] as const;
  const sites = [
    ['clinic', 'clinic', 'Mill River Community Clinic'],
    ['hospital', 'hospital', 'Mill River Regional Hospital, outpatient center'],
    ['ward', 'hospital', 'Mill River Regional Hospital, ward 4 West'],
    ['emergency', 'hospital', 'Mill River Regional Hospital, emergency department'],
    ['labor', 'hospital', 'Mill River Regional Hospital, labor ward'],
  ] as const satisfies readonly (readonly [Site, Place, string])[];
  return [
    ...both.map(
      (place): Organization => ({
        resourceType: 'Organization',
        id: `mr-${place}`,
        meta: profile('organization'),
        identifier: identified('organization', place),
        active: true,
        name: PLACES[place].name,
        telecom: [{ system: 'phone', value: PLACES[place].phone, use: 'work' }],
        address: [address(place)],
      }),
    ),
    ...sites.map(
      ([id, place, name]): Location => ({
        resourceType: 'Location',
        id: `mr-${id}`,
        meta: profile('location'),
        status: 'active',
        name,
        telecom: [{ system: 'phone', value: PLACES[place].phone, use: 'work' }],
        address: address(place),
        managingOrganization: organizationReference(place),
      }),
    ),
  ];
}

const specialty = (id: StaffId): CodeableConcept => ({ text: STAFF[id].specialty });

function people(): readonly (Practitioner | PractitionerRole | HealthcareService)[] {
  return (Object.keys(STAFF) as StaffId[]).flatMap((id) => {
    const member: StaffMember = STAFF[id];
    return [
      {
        resourceType: 'Practitioner',
        id: `mr-${id}`,
        meta: profile('practitioner'),
        identifier: identified('practitioner', id),
        active: true,
        name: [
          {
            use: 'official',
            family: member.family,
            given: [member.given],
            ...(member.prefix ? { prefix: [member.prefix] } : {}),
            ...(member.suffix ? { suffix: [member.suffix] } : {}),
          },
        ],
        telecom: [{ system: 'phone', value: PLACES[member.where].phone, use: 'work' }],
      } satisfies Practitioner,
      {
        resourceType: 'PractitionerRole',
        id: `mr-${id}-role`,
        meta: profile('practitionerrole'),
        active: true,
        practitioner: staffReference(id),
        organization: organizationReference(member.where),
        code: [{ text: member.role }],
        specialty: [specialty(id)],
        location: [locationReference(member.where)],
        telecom: [{ system: 'phone', value: PLACES[member.where].phone, use: 'work' }],
      } satisfies PractitionerRole,
    ];
  });
}

/** Half days worked, by weekday from Sunday: morning and afternoon. */
const HOURS = { morning: ['08:40', '11:40'], afternoon: ['13:00', '16:00'] } as const;

/** How far ahead patients can book. */
export const BOOKABLE = { weeks: 5 } as const;

interface Opening {
  readonly slot: Slot;
  readonly staff: StaffId;
}

/** The clinic's people, places and calendar, in which a patient's future appointments take their slots. */
export interface Clinic {
  readonly resources: () => readonly Resource[];
  /** Takes the first free slot of somebody on or after a day, after `hour` where given. `undefined`: none in the weeks that can be booked. */
  readonly book: (staff: StaffId, day: Day, hour?: string) => Slot | undefined;
  /**
   * Takes somebody's time outside of the slots that can be booked, so that nobody books into it.
   * @returns when: `at`, or the next time at which no patient is booked
   */
  readonly hold: (staff: StaffId, at: string, minutes: number) => string;
  /** The clinic's days until now. */
  readonly diary: Diary;
}

/** @param asOf the day that "now" means: slots are for the weeks after it */
export function createClinic(asOf: Day, random: Random): Clinic {
  const openings: Opening[] = [];
  const schedules: Schedule[] = [];
  const last = plus(asOf, BOOKABLE);
  for (const id of Object.keys(STAFF) as StaffId[]) {
    const member: StaffMember = STAFF[id];
    if (member.visit === undefined) continue;
    schedules.push({
      resourceType: 'Schedule',
      id: `mr-${id}-schedule`,
      active: true,
      specialty: [specialty(id)],
      actor: [staffReference(id), locationReference(member.where)],
      planningHorizon: { start: instant(plus(asOf, { days: 1 }), '00:00'), end: instant(last, '23:59') },
      comment: `Visits of ${member.visit} minutes.`,
    });
    for (let day = plus(asOf, { days: 1 }); day <= last; day = plus(day, { days: 1 })) {
      if (!isOpen(day)) continue;
      const chance = random.of(`slots/${id}/${day}`);
      const away = chance.chance(0.12); // a day off, a course, a ward round
      for (const [from, to] of Object.values(HOURS)) {
        if (chance.chance(member.where === 'clinic' ? 0.3 : 0.75)) continue; // half days without visits
        for (let start = instant(day, from); later(start, member.visit) <= instant(day, to); start = later(start, member.visit)) {
          const end = later(start, member.visit);
          // Nearer weeks are fuller. A slot that other work holds is unavailable, and nobody is named.
          const taken = away || chance.chance(0.8 - 0.12 * Math.floor((Date.parse(start) - Date.parse(`${asOf}T12:00:00Z`)) / 604_800_000));
          openings.push({
            staff: id,
            slot: {
              resourceType: 'Slot',
              id: `mr-${id}-${day.replaceAll('-', '')}-${start.slice(11, 16).replace(':', '')}`,
              schedule: { reference: `Schedule/mr-${id}-schedule` },
              specialty: [specialty(id)],
              status: taken ? 'busy-unavailable' : 'free',
              start,
              end,
            },
          });
        }
      }
    }
  }
  const fixed = [...places(), ...people(), ...schedules];
  return {
    resources: () => [...fixed, ...openings.map(({ slot }) => slot)],
    book: (staff, day, hour = '00:00') => {
      const found = openings.find(
        (opening) =>
          opening.staff === staff &&
          opening.slot.status === 'free' &&
          dayOf(opening.slot.start) >= day &&
          opening.slot.start.slice(11, 16) >= hour,
      );
      if (found === undefined) return undefined;
      found.slot.status = 'busy';
      return found.slot;
    },
    hold: (staff, at, minutes) => {
      for (let start = at; ; start = later(start, 20)) {
        const end = later(start, minutes);
        const over = openings.filter((one) => one.staff === staff && one.slot.start < end && start < one.slot.end);
        if (over.some(({ slot }) => slot.status === 'busy')) continue;
        for (const { slot } of over) slot.status = 'busy-unavailable';
        return start;
      }
    },
    diary: createDiary(),
  };
}

/** Who takes part in an appointment. */
export function participants(patient: string, staff: StaffId, accepted: boolean, at: Site = placeOf(staff)): Appointment['participant'] {
  return [
    { actor: { reference: `Patient/${patient}` }, status: accepted ? 'accepted' : 'declined' },
    { actor: staffReference(staff), status: 'accepted' },
    { actor: locationReference(at), status: 'accepted' },
  ];
}
