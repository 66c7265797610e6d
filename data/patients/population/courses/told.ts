import { type Day, minus, openDay, yearsFrom } from '../../generator/calendar.ts';
import type { Dosage } from '../../generator/orders.ts';
import type { Problem, ProblemDetails } from '../../generator/problems.ts';
import type { Random } from '../../generator/random.ts';
import type { PatientRecord } from '../../generator/record.ts';
import type { OrderOptions, Treatment } from '../../generator/treatments.ts';
import type { Visit } from '../../generator/visit.ts';
import type { Health } from '../health.ts';
import type { Sampled } from '../person.ts';
import { treated } from '../tables.ts';

/** A course while it is told: what is known of the person, and what has been found and begun so far. */
export interface Told {
  readonly record: PatientRecord;
  readonly health: Health;
  readonly sampled: Sampled;
  /** The first day of the visits that are told; what came before is in the problem list and among the orders. */
  readonly from: Day;
  readonly chance: Random;
  readonly problems: Map<string, Problem>;
  /** Keys of allergens.tsv. */
  readonly allergies: Set<string>;
  /** What a follow-up of each problem does. */
  readonly care: Care[];
  /** Drugs taken now, by ingredient or class. */
  readonly drugs: Map<string, Treatment>;
  /** Drugs for so many days. */
  readonly courses: Treatment[];
  /** Tests and questionnaires that the next follow-up does again, for what they showed. */
  readonly again: Set<string>;
}

/** The follow-up of a problem. */
export interface Care {
  readonly problem: Problem;
  /** "type 2 diabetes" */
  readonly words: string;
  /** Tests of a follow-up; the number of the follow-up, from 0. */
  readonly labs?: (visit: number) => readonly string[];
  /** Tests of which the note of a visit tells what they were, where they were done. */
  readonly measures?: readonly string[];
  /** What is aimed at, where a test has a goal: every one of `tests` below its number. */
  readonly goal?: (test: string) => Goal | undefined;
  /** Looks at the results of the visit, and acts on them. */
  readonly review?: (visit: Visit) => void;
  /** How much it asks for visits. */
  readonly weight: number;
}

export interface Goal {
  /** "130/80 mmHg" */
  readonly words: string;
  readonly tests: readonly (readonly [test: string, below: number])[];
}

/** When a problem is found: at a visit that is told, or before these. */
export interface Beginning {
  readonly day: Day;
  readonly visit?: Visit;
}

export function find({ record, problems }: Told, at: Beginning, key: string, details: ProblemDetails = {}): Problem {
  const problem = at.visit ? at.visit.diagnose(key, details) : record.problem(key, at.day, details);
  problems.set(key, problem);
  return problem;
}

/**
 * The day of an order as it stands. What was begun long before the visits that are told has been renewed since, as drugs and doses are: nobody's
 * order is twenty years old, and no drug is ordered before it was there.
 */
export function orderedOn({ chance, from }: Told, at: Beginning, name: string): Day {
  if (at.visit || at.day >= from) return at.day;
  const renewed = minus(from, { days: chance.of(`renewed/${name}`).whole(120, 2200) });
  return openDay(renewed > at.day ? renewed : at.day);
}

/** Full years on a day of the past. */
export const ageOn = ({ sampled }: Told, day: Day): number => yearsFrom(sampled.person.birthDate, day);

/** Begins a drug under a name by which it is found again. */
export function give(told: Told, at: Beginning, name: string, drug: string, dosage: Dosage, options: OrderOptions = {}): Treatment {
  const supplied = dosage.days === undefined && dosage.asNeeded === undefined ? { supply: 90, refills: 3, ...options } : options;
  const treatment = at.visit
    ? at.visit.start(drug, dosage, supplied)
    : told.record.order(drug, dosage, orderedOn(told, at, name), supplied);
  told.drugs.set(name, treatment);
  return treatment;
}

/** Whether what is indicated is done for this person, by its share of the table. */
export const isTreated = (told: Told, key: string, label = key): boolean => told.chance.of(`treated/${label}`).chance(treated(key));

/** Whether the patient does not want a treatment that is advised: one answer for each treatment. */
export const declines = ({ chance }: Told, treatment: string): boolean => chance.of(`declines/${treatment}`).chance(treated('declines'));

/** Lines of a plan that answer a question of a visit; none where it does not arise. */
export type Answer = readonly string[] | undefined;
/** What a plan says of a treatment that the patient declines. */
export const LATER = 'not wanted for now, to be talked about again at the next visit';

/** A visit above goal ends with a step up, or not. */
export const stepsUp = (told: Told, visit: Visit, label: string): boolean =>
  told.chance.of(`step/${label}/${visit.day()}`).chance(treated('step-up'));

export const reading = ({ record }: Told, visit: Visit, test: string): number => record.body.read(test, visit.now());
/** The level on a day, without scatter: what somebody knew who saw earlier results. */
export const levelOn = ({ record }: Told, test: string, day: Day): number => record.body.level(test, day);
/** Filtration on a day. */
export const filtration = (told: Told, day: Day): number => levelOn(told, 'egfr', day);
