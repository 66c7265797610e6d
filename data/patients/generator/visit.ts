import type { Device, Immunization, Observation, Procedure, ServiceRequest } from '@medplum/fhirtypes';
import { type ProcedureDetails, procedure, type RequestOptions, serviceRequest } from './acts.ts';
import { type Day, dayOf, instant, later, minus, plus, yearsFrom } from './calendar.ts';
import { STAFF, type StaffId, staffReference } from './clinic.ts';
import { type Draft, referenceTo } from './draft.ts';
import { addGenotypes } from './genotypes.ts';
import { type SensorSummary, sensorResults } from './glucose-sensor.ts';
import { bmiPercentile } from './growth.ts';
import { addImmunization } from './immunizations.ts';
import { type Note, type WrittenNote, writeNote } from './note.ts';
import { bloodPressure, laboratory, type Measured, observation, panelReport } from './observations.ts';
import { type Dosage, isSingleDose } from './orders.ts';
import { CKD_EPI_2021_SINCE, FRIEDEWALD_LIMIT } from './physiology.ts';
import { type Found, presence, presenceTest } from './presence.ts';
import { addProblem, type Problem, type ProblemDetails, refuteProblem, resolveProblem } from './problems.ts';
import { drugs, panels, procedures, tests, vaccines } from './tables.ts';
import { list, type OrderOptions, orderDetails, startTreatment, stopTreatment, type Treatment } from './treatments.ts';
import { encounterOf } from './visit-encounter.ts';
import { findings } from './visit-findings.ts';
import { inHospital, type Kind, PROGRESS, VISITS, type VisitSpec } from './visit-kinds.ts';

export type Visit = ReturnType<typeof createVisit>;

/** A result as the note tells it, and whether it lies outside of its limits. */
export interface ToldResult {
  readonly words: string;
  readonly flagged: boolean;
}

/** A visit while it goes on: what is done in it is recorded with it, and told in its note. */
export function createVisit(draft: Draft, spec: VisitSpec, time: string) {
  const kind: Kind = VISITS[spec.kind];
  const staff: StaffId = spec.with ?? draft.person.primaryCare;
  const start = instant(spec.day, time);
  const end = spec.until ? instant(spec.until, '11:00') : later(start, kind.minutes);
  let now = start;
  const encounter = draft.add(encounterOf(draft, spec, { kind, staff, start, end }));
  const reference = referenceTo(encounter);
  const day = (): Day => dayOf(now);
  const note: Note = { history: [], medicines: [], allergies: [], vitals: [], results: [], findings: [], plan: [] };
  const toldOf = new Map<string, ToldResult>();
  let medicines: (() => readonly string[]) | undefined;

  const measured = (slug: string, performer = staffReference(staff)): Measured => ({
    id: draft.idFor('Observation', slug, day()),
    patient: draft.id,
    sex: draft.person.sex,
    years: yearsFrom(draft.person.birthDate, day()),
    at: now,
    encounter: reference,
    performer,
  });
  const value = (test: string): number => draft.body.read(test, now);

  function record(test: string, given?: number, told = true): Observation {
    const row = tests.of(test === 'egfr' && day() < CKD_EPI_2021_SINCE ? 'egfr-2009' : test);
    const lab = row.category === 'laboratory';
    const made = given ?? value(test);
    const { performer, ...rest } = measured(test);
    const added = draft.add(
      observation(row, made, {
        ...rest,
        performer: lab ? laboratory : performer,
        ...(lab ? { issued: later(now, 180) } : {}),
      }),
    );
    const flag = added.interpretation?.[0]?.coding?.[0]?.display;
    if (told) {
      const flagged = flag !== undefined && flag !== 'Normal';
      const words =
        `${row.label} ${made.toFixed(row.decimals)}${/^[%/]/.test(row.unit) ? '' : ' '}${row.unit.startsWith('{') ? '' : row.unit}${flagged ? ` (${flag.toLowerCase()})` : ''}`.trim();
      (lab ? note.results : row.category === 'vital-signs' ? note.vitals : note.findings).push(words);
      toldOf.set(test, { words, flagged });
    }
    return added;
  }

  const visit = {
    reference,
    staff,
    spec,
    /** Moves the clock of a long stay. */
    at: (to: Day, hour: string) => {
      now = instant(to, hour);
    },
    now: () => now,
    day,
    /** What the note tells of the results so far, by test. */
    told: toldOf as ReadonlyMap<string, ToldResult>,
    says: (...sentences: string[]) => void note.history.push(...sentences),
    /** The medicines that the note lists: asked for when the visit is over. */
    takes: (of: () => readonly string[]) => {
      medicines = of;
    },
    allergicTo: (...allergies: string[]) => void note.allergies.push(...allergies),
    finds: (...sentences: string[]) => void note.findings.push(...sentences),
    plans: (...sentences: string[]) => void note.plan.push(...sentences),
    /** Does what a problem asks for, under a heading that may tell what came of it. */
    assess: (work: () => void, heading: () => string | undefined): void => {
      const from = note.plan.length;
      work();
      const words = heading();
      if (words) note.plan.splice(from, 0, words);
    },

    /** A blood pressure of its own, mmHg. */
    pressure: (systolic: number, diastolic: number) => {
      draft.add(bloodPressure(panels.of('blood-pressure'), systolic, diastolic, measured('blood-pressure')));
      const words = `Blood pressure ${systolic}/${diastolic} mmHg`;
      note.vitals.push(words);
      toldOf.set('blood-pressure', { words, flagged: false });
    },
    /** Vital signs as the body has them; blood pressure, pulse and weight where none are named. */
    vitals: (...which: string[]) => {
      for (const test of which.length > 0 ? which : ['blood-pressure', 'heart-rate', 'weight']) {
        if (test === 'blood-pressure') visit.pressure(value('systolic'), value('diastolic'));
        else record(test);
      }
    },
    /** A reading of a bedside chart, too many of which are taken for a note to tell them. */
    reading: (test: string, given: number | readonly [systolic: number, diastolic: number]): Observation =>
      typeof given === 'number'
        ? record(test, given, false)
        : draft.add(bloodPressure(panels.of('blood-pressure'), given[0], given[1], measured('blood-pressure'))),
    /** Tests and panels, with the values that the body has then. */
    labs: (...which: string[]) => {
      for (const key of which) {
        const panel = panels.all().get(key);
        if (panel === undefined) record(key);
        else {
          const members = panel.members.filter(
            (test) =>
              !(test === 'egfr' && yearsFrom(draft.person.birthDate, day()) < 18) && // The equation is one for adults.
              !(test === 'ldl' && value('triglycerides') > FRIEDEWALD_LIMIT),
          );
          const results = members.map((test) => referenceTo(record(test)));
          draft.add(panelReport(panel, results, later(now, 180), { ...measured(key), id: draft.idFor('DiagnosticReport', key, day()) }));
        }
      }
    },
    /** A result under what the test can count: "<20". */
    below: (test: string, limit: number): Observation => {
      const row = tests.of(test);
      const { interpretation: _, ...made } = observation(row, limit, { ...measured(test, laboratory), issued: later(now, 180) });
      note.results.push(`${row.label} <${limit} ${row.unit}`);
      return draft.add<Observation>({ ...made, valueQuantity: { ...made.valueQuantity!, comparator: '<' } });
    },
    /** What a test looks for, found or not. */
    presence: (test: string, found: Found): Observation => {
      note.results.push(`${presenceTest(test).label} ${found}`);
      return draft.add(presence(test, found, { ...measured(test, laboratory), issued: later(now, 180) }));
    },
    /** One result with a value of its own. */
    result: record,
    /** What a panel of genes found: `{ CYP2D6: '*4/*4' }`. */
    genotypes: (found: Readonly<Record<string, string>>, laboratory?: string) =>
      void note.results.push(...addGenotypes(draft, found, { at: now, encounter: reference, laboratory })),
    /** A child's height and weight; from two years on with the BMI and its percentile, before with the head's circumference. */
    growth: () => {
      visit.vitals('height', 'weight');
      if (day() < plus(draft.person.birthDate, { years: 2 })) return visit.vitals('head-circumference');
      visit.vitals('bmi');
      const percentile = Math.round(bmiPercentile(value('bmi'), draft.person.birthDate, day(), draft.person.sex));
      // The name of this profile has no us-core in it.
      record('bmi-percentile', percentile).meta = { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/pediatric-bmi-for-age'] };
    },
    /** The report of a glucose sensor over the days until this visit. */
    sensor: (summary: SensorSummary, device?: Device): void => {
      note.findings.push(`Glucose sensor report over ${summary.days} days.`);
      for (const [test, result] of sensorResults(summary)) {
        const made = record(test, result);
        delete made.effectiveDateTime;
        delete made.encounter; // It was measured before the visit.
        made.effectivePeriod = { start: minus(day(), { days: summary.days }), end: day() };
        if (device) made.device = { reference: referenceTo(device) };
      }
    },

    diagnose: (key: string, details: ProblemDetails = {}): Problem => {
      const problem = addProblem(draft, key, day(), { by: staff, encounter: reference, ...details });
      note.plan.push(
        details.verification === 'provisional' || details.verification === 'differential' || details.verification === 'unconfirmed'
          ? `${problem.label} is suspected.`
          : `Diagnosis: ${problem.label}.`,
      );
      encounter.diagnosis = [...(encounter.diagnosis ?? []), { condition: { reference: problem.reference } }];
      return problem;
    },
    resolve: (problem: Problem, why?: string, to?: 'resolved' | 'remission' | 'inactive') => {
      resolveProblem(problem, day(), why, to);
      note.plan.push(`${problem.label}: ${to ?? 'resolved'}.${why ? ` ${why}` : ''}`);
    },
    refute: (problem: Problem, why: string) => {
      refuteProblem(problem, why);
      note.plan.push(`${problem.label} is ruled out. ${why}`);
    },

    start: (drug: string, dosage: Dosage = {}, options: OrderOptions = {}): Treatment => {
      const problems = list(options.for);
      const details = {
        patient: draft.id,
        prescriber: staff,
        encounter: reference,
        ...orderDetails({ setting: inHospital(spec.kind) ? 'inpatient' : 'outpatient', ...options }),
      };
      const treatment = startTreatment(draft, drug, dosage, day(), details, options.since);
      const reasons = problems.map(({ label }) => label).join(' and ');
      const because = options.because?.toLowerCase() === reasons.toLowerCase() ? undefined : options.because;
      note.plan.push(`${begun(treatment, options)}${reasons && ` for ${reasons}`}${because ? `: ${because}` : ''}.`);
      return treatment;
    },
    /** Another dose or strength, or another drug in its place: the old order ends with the reason, and the next one follows it. */
    change: (treatment: Treatment, to: { readonly drug?: string; readonly dosage?: Dosage }, why: string): void => {
      const before = treatment.label;
      stopTreatment(treatment, day(), why);
      const next = startTreatment(draft, to.drug ?? treatment.drug, to.dosage ?? treatment.dosage, day(), {
        ...treatment.details,
        prescriber: staff,
        encounter: reference,
        prior: referenceTo(treatment.order),
      });
      Object.assign(treatment, { drug: next.drug, dosage: next.dosage, label: next.label, order: next.order, effects: next.effects });
      note.plan.push(
        before === treatment.label ? `Changed how ${before} is taken: ${why}.` : `Changed ${before} to ${treatment.label}: ${why}.`,
      );
    },
    stop: (treatment: Treatment, why: string): void => {
      stopTreatment(treatment, day(), why);
      note.plan.push(`Stopped ${treatment.label}: ${why}.`);
    },
    /** Taken to its end as planned. */
    finish: (treatment: Treatment): void => {
      stopTreatment(treatment, day(), undefined, 'completed');
      note.plan.push(`${treatment.label} is finished.`);
    },

    immunize: (key: string, refused?: string): Immunization | undefined => {
      const { label } = vaccines.of(key);
      const given = addImmunization(draft, key, day(), { at: { encounter: reference, by: staff } }, refused);
      if (given) note.plan.push(refused ? `${label} not given: ${refused}.` : `${label} given.`);
      return given;
    },

    perform: (key: string, details: ProcedureDetails = {}): Procedure => {
      const row = procedures.of(key);
      const made = draft.add(procedure(draft, key, now, { by: staff, encounter: reference, ...details }));
      note.findings.push(`${row.label}${details.outcome ? `: ${details.outcome}` : ' done'}.`);
      return made;
    },

    ...findings({ draft, note, staff, reference, now: () => now, day, measured, record }),

    /** A referral or another order that is not a drug. */
    request: (what: string, options: RequestOptions = {}): ServiceRequest => {
      note.plan.push(`${what}${options.to ? ` (${STAFF[options.to].specialty})` : ''} ordered.`);
      return draft.add(serviceRequest(draft, what, { ...options, by: staff, encounter: reference, day: day() }));
    },

    /** Signs what was gathered so far as a note of its own, on the day that it is: a long stay has one for each day. */
    sign: (): void => {
      keepNote(draft, reference, writeNote(draft, { ...visit, spec: { ...spec, day: day() } }, kind.words, PROGRESS, note, now));
      for (const part of Object.values<string[]>({ ...note })) part.length = 0;
    },

    close: () => {
      if (spec.quiet) return;
      if (medicines) note.medicines.push(...(medicines().length > 0 ? medicines() : ['Takes no medicines']));
      // The last note of a stay is of its last day.
      const last = { ...visit, spec: { ...spec, day: day() } };
      keepNote(draft, reference, writeNote(draft, last, kind.words, spec.ongoing ? PROGRESS : kind.note, note, spec.ongoing ? now : end));
    },
  };
  return visit;
}

function keepNote(draft: Draft, encounter: string, note: WrittenNote): void {
  draft.add(note.resource);
  draft.notes.set(encounter, note);
}

/** How a note tells that a drug begins. */
function begun({ drug, dosage, label }: Treatment, { since }: OrderOptions): string {
  if (drugs.of(drug).route === 'intrauterine') return `Placed ${label}`;
  if (isSingleDose(dosage)) return `Gave ${label}`;
  return `${since ? 'Continued' : 'Started'} ${label}`;
}
