import type { MedicationStatement, Resource } from '@medplum/fhirtypes';
import { type ProcedureDetails, procedure } from './acts.ts';
import { type Day, instant, later, minus, openDay, openDayBefore, plus, type Span, yearsFrom } from './calendar.ts';
import {
  type AppointmentSpec,
  addAppointment,
  addCarePlan,
  addCareTeam,
  addDevice,
  addGoal,
  addMessage,
  addSmoking,
  type BookingSpec,
  bookAhead,
  type CarePlanSpec,
  type DeviceSpec,
  type GoalSpec,
  keptAppointment,
  type MessageSpec,
  MINUTES,
  type Smoking,
  type TeamMember,
} from './care.ts';
import { type Clinic, type StaffId, staffReference } from './clinic.ts';
import { createDraft, type Draft, referenceTo } from './draft.ts';
import { addGenotypes } from './genotypes.ts';
import { addImmunization } from './immunizations.ts';
import { bloodPressure, laboratory, observation } from './observations.ts';
import { type Dosage, drugConcept } from './orders.ts';
import { coverage, type Payer, type Person, patientResource, payerOrganization, relatedPerson } from './person.ts';
import { CKD_EPI_2021_SINCE, createBody } from './physiology.ts';
import {
  type AllergyDetails,
  addAllergy,
  addFamilyHistory,
  addNoKnownAllergy,
  addProblem,
  type Problem,
  type ProblemDetails,
  type Relative,
} from './problems.ts';
import type { Random } from './random.ts';
import { drugs, panels, tests } from './tables.ts';
import { type OrderOptions, orderDetails, startTreatment, type Treatment } from './treatments.ts';
import { createVisit, type Visit } from './visit.ts';
import { inHospital, VISITS, type VisitSpec } from './visit-kinds.ts';

export type PatientRecord = ReturnType<typeof createRecord>;

export interface TakenDetails {
  /** The day on which it was told. */
  readonly told: Day;
  /** When it was stopped. */
  readonly until?: Day;
  /** Who found it out, where it was not the patient who told. */
  readonly by?: StaffId;
}

export interface RecordParts {
  readonly id: string;
  readonly recordNumber: string;
  readonly person: Person;
  readonly asOf: Day;
  readonly clinic: Clinic;
  readonly random: Random;
}

/** What a person's course is written with: everything in it is dated, belongs to the one patient, and refers only to what is there. */
export function createRecord({ recordNumber, ...parts }: RecordParts) {
  const { person, asOf, random } = parts;
  const body = createBody({ birthDate: person.birthDate, sex: person.sex, random: random.of('body') });
  const draft: Draft = createDraft({ ...parts, body });
  draft.add(patientResource(parts.id, recordNumber, person));
  if (person.contact) draft.add(relatedPerson(draft.idFor('RelatedPerson', person.contact.relation), parts.id, person.contact));

  /** A time at which the patient and those whom the visit needs are free; the one that is asked for where it is. */
  const freeTime = (day: Day, minutes: number, staff: readonly StaffId[], wanted?: string): string =>
    parts.clinic.diary.take(day, [parts.id, ...staff], minutes, wanted ?? random.of(`time/${day}`));

  /** The day on which the clinic is open that comes next, or where that is still to come, the last one. */
  const workingDay = (day: Day): Day => (openDay(day) > asOf && day <= asOf ? openDayBefore(day) : openDay(day));

  return {
    id: parts.id,
    person,
    asOf,
    body,
    random,
    draft,
    /** A day before now. */
    ago: (span: Span): Day => minus(asOf, span),
    /** A day after now. */
    ahead: (span: Span): Day => plus(asOf, span),
    add: draft.add,
    idFor: draft.idFor,

    /**
     * A visit, and what its work gives back. Office days are moved to days on which the clinic is open. Visits are written in the order of
     * their days: what one reads of the body knows only the drugs that were started before it was written.
     */
    visit: <T>(spec: VisitSpec, work: (visit: Visit) => T): T => {
      const moved = { ...spec, day: inHospital(spec.kind) ? spec.day : workingDay(spec.day) };
      if (moved.day > asOf) throw new RangeError(`a visit of ${parts.id} on ${moved.day} is in the future`);
      // In the hospital several patients are under one hand, and hours are what they are.
      const hospital = inHospital(moved.kind);
      const staff = hospital ? [] : [moved.with ?? person.primaryCare];
      const time = hospital && moved.time ? moved.time : freeTime(moved.day, VISITS[moved.kind].minutes || 20, staff, moved.time);
      const visit = createVisit(draft, moved, time);
      const made = work(visit);
      visit.close();
      keptAppointment(draft, moved, time, visit.staff);
      return made;
    },

    /** An entry of the problem list that no visit here made. */
    problem: (key: string, onset: Day, details: ProblemDetails = {}): Problem =>
      addProblem(draft, key, details.recorded ?? onset, { onset, ...details }),
    allergy: (key: string, details: AllergyDetails) => addAllergy(draft, key, details),
    noKnownAllergies: (recorded: Day) => addNoKnownAllergy(draft, recorded),
    family: (relative: Relative) => addFamilyHistory(draft, relative),
    smoking: (smoking: Smoking, day: Day) => addSmoking(draft, smoking, workingDay(day)),
    /** What was done at no visit that is told, on a day on which those who do it work; `unplanned` is what waits for no such day. */
    procedure: (key: string, day: Day, { unplanned = false, ...details }: ProcedureDetails & { readonly unplanned?: boolean } = {}) =>
      draft.add(procedure(draft, key, unplanned ? day : workingDay(day), details)),
    /** A vaccination of which somebody else told: a pharmacy, a school, another state's registry. */
    immunize: (key: string, day: Day, toldBy = 'Pharmacy') => addImmunization(draft, key, workingDay(day), { toldBy }),
    /** A drug that was ordered on a day of which no visit is told: before the first one, or between two. */
    order: (drug: string, dosage: Dosage, day: Day, options: OrderOptions = {}): Treatment =>
      startTreatment(draft, drug, dosage, day, { patient: parts.id, prescriber: person.primaryCare, ...orderDetails(options) }),
    /** What the patient says that he takes, and nobody here ordered: known from the day on which it was told, which is after what it tells. */
    takes: (drug: string, since: Day, words: string, { told, until, by }: TakenDetails): MedicationStatement => {
      if (told < (until ?? since)) throw new RangeError(`${drug} of ${parts.id} was told on ${told}, before what was told`);
      return draft.add<MedicationStatement>({
        resourceType: 'MedicationStatement',
        id: draft.idFor('MedicationStatement', drug),
        status: until ? 'stopped' : 'active',
        medicationCodeableConcept: drugConcept(drugs.of(drug)),
        subject: draft.patient,
        effectivePeriod: { start: since, ...(until ? { end: until } : {}) },
        dateAsserted: told,
        informationSource: by ? staffReference(by) : draft.patient,
        dosage: [{ text: words }],
      });
    },
    /** Genes that an outside laboratory reported, at no visit. */
    genotypes: (found: Readonly<Record<string, string>>, day: Day, laboratory: string, note?: string) =>
      void addGenotypes(draft, found, { at: instant(day, '15:10'), laboratory, note }),
    /** A result of a day of which no visit is told: that of the body then, or what `made` makes of it. */
    earlier: (test: string, day: Day, made: (value: number) => number = (value) => value) => {
      const row = tests.of(test === 'egfr' && day < CKD_EPI_2021_SINCE ? 'egfr-2009' : test);
      const at = instant(day, '09:30');
      const lab = row.category === 'laboratory';
      return draft.add(
        observation(row, made(row.category === 'survey' ? 0 : body.read(test, at)), {
          id: draft.idFor('Observation', test, day),
          patient: parts.id,
          sex: person.sex,
          years: yearsFrom(person.birthDate, day),
          at,
          performer: lab ? laboratory : staffReference(person.primaryCare),
          ...(lab ? { issued: later(at, 180) } : {}),
        }),
      );
    },
    /** A reading that the patient took at home. */
    home: (test: string, day: Day, time: string, device?: string, given?: number | readonly [systolic: number, diastolic: number]) => {
      const at = instant(day, time);
      const measured = {
        id: draft.idFor('Observation', `home-${test}`, day),
        patient: parts.id,
        sex: person.sex,
        at,
        performer: draft.patient,
        device,
        note: 'Measured at home by the patient.',
      };
      if (test === 'blood-pressure') {
        const [systolic, diastolic] = Array.isArray(given) ? given : [body.read('systolic', at), body.read('diastolic', at)];
        return draft.add(bloodPressure(panels.of('blood-pressure'), systolic, diastolic, measured));
      }
      return draft.add(observation(tests.of(test), typeof given === 'number' ? given : body.read(test, at), measured));
    },

    /** An appointment of the past that was not kept. */
    missed: (spec: Omit<AppointmentSpec, 'booked'> & { readonly booked?: Day }) => {
      const day = openDay(spec.day);
      const time = freeTime(day, MINUTES, [spec.with], spec.time);
      return addAppointment(draft, { ...spec, day, time, booked: spec.booked ?? minus(day, { days: 21 }) });
    },
    book: (spec: BookingSpec) => bookAhead(draft, spec),
    careTeam: (members: readonly (TeamMember | StaffId)[], since: Day, name = `Care team of ${person.given[0]} ${person.family}`) =>
      addCareTeam(
        draft,
        name,
        members.map((member) => (typeof member === 'string' ? { who: member } : member)),
        since,
      ),
    goal: (words: string, spec: GoalSpec) => addGoal(draft, words, spec),
    carePlan: (title: string, spec: CarePlanSpec) => addCarePlan(draft, title, spec),
    coverage: (payer: Payer, from: Day, until?: Day) => {
      if (payer !== 'self pay') {
        const organization = payerOrganization(payer);
        if (!draft.all().some((one) => one.resourceType === 'Organization' && one.id === organization.id)) draft.add(organization);
      }
      const member = `MR${random.of(`member/${payer}`).whole(100_000, 999_999)}`;
      return draft.add(
        coverage(draft.idFor('Coverage', `coverage-${payer.replaceAll(/[^a-z]+/g, '-')}`), parts.id, {
          payer,
          member,
          from,
          until,
          cancelled: until !== undefined && until < asOf,
        }),
      );
    },
    device: (spec: DeviceSpec) => addDevice(draft, spec),
    /** Something that the clinic sent to the patient. */
    message: (day: Day, spec: MessageSpec) => addMessage(draft, day, spec),
    resources: (): readonly Resource[] => draft.all(),
    reference: referenceTo,
  };
}
