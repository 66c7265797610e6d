import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { instantOf } from './fhir.ts';

export type Concern =
  | 'death'
  | 'safety'
  | 'result'
  | 'hospital'
  | 'directive'
  | 'problem'
  | 'goal'
  | 'overdue'
  | 'social'
  | 'medication-list'
  | 'upcoming'
  | 'conflict'
  | 'allergy'
  | 'visit'
  | 'reading';

/** One thing that matters, with the reason for its rank. `title` and `why` state only what the facts say, and name the source of any threshold. */
export interface MatterItem {
  readonly concern: Concern;
  /** No full stop at its end. */
  readonly title: string;
  /** A sentence or two. */
  readonly why: string;
  readonly facts: readonly Fact[];
  /** 0 to 100; each function that makes items says how it comes about. */
  readonly score: number;
  /** Two items of one topic are one thing to a clinician. */
  readonly topic?: string;
}

/** A goal's achievement status that says it is not met (FHIR R4 goal-achievement). */
export const UNMET = /^(not[- ]achieved|not[- ]attainable|worsening|no[- ]progress|not progressing)/i;

export const DAY = 86_400_000;
export const AGE_DAYS = { month: 30, quarter: 92, year: 366 } as const;

/** When the patient died, where a date is recorded. */
const deathOf = (chart: Chart): number | undefined => {
  const { deceased } = chart.patient;
  const at = typeof deceased === 'string' ? instantOf(deceased) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
};

/** Whether the record says that the patient has died. */
export const isDead = (chart: Chart): boolean => chart.patient.deceased !== undefined && chart.patient.deceased !== false;

/** Days from the fact to now; for the dead, to their death. Below 0 where it is still to come. */
export const age = (fact: Fact, chart: Chart) => ((deathOf(chart) ?? instantOf(chart.asOf)) - instantOf(fact.date)) / DAY;

/** "today", "12 days ago", "7 months ago", "5 years ago"; for the dead "12 days before the death". */
export function ago(days: number, chart: Chart): string {
  const whole = Math.max(0, Math.floor(days));
  const dead = deathOf(chart) !== undefined;
  if (whole === 0) return dead ? 'on the day of the death or the day before' : 'today';
  const [count, unit] =
    whole < 60 ? [whole, 'day'] : whole < 730 ? [Math.floor(whole / 30.44), 'month'] : [Math.floor(whole / 365.25), 'year'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ${dead ? 'before the death' : 'ago'}`;
}

/** Old news weigh less: all of it within a quarter, 0.85 within a year, 0.7 within three, 0.5 before. */
export function recency(days: number): number {
  return days <= AGE_DAYS.quarter ? 1 : days <= AGE_DAYS.year ? 0.85 : days <= 3 * AGE_DAYS.year ? 0.7 : 0.5;
}

export const since = (fact: Fact) => (fact.date ? ` on ${formatDate(fact.date)}` : '');
export const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;

/** "a", "a and b", "a, b and 3 more". */
export function enumerate(names: readonly string[], shown = 3): string {
  const head = names.slice(0, shown);
  const rest = names.length - head.length;
  if (rest > 0) return `${head.join(', ')} and ${rest} more`;
  return head.length < 2 ? (head[0] ?? '') : `${head.slice(0, -1).join(', ')} and ${head.at(-1)}`;
}

/** A drug by its ingredients, where the terminology knows them; else as the record names it. */
export function drugName(fact: Fact, chart: Chart): string {
  const names = fact.concepts.flatMap((id) => {
    const concept = chart.terminology.get(id);
    return concept?.kind === 'drug' && !id.includes('+') && !id.startsWith('code/') && !id.startsWith('text/') ? [concept.name] : [];
  });
  return names.length > 0 && names.length <= 3 ? names.join('/') : fact.name;
}

/** A vital sign of an emergency or a hospital stay tells of that day; after a month it is no longer where the patient stands. */
export function isOfAcuteVisit(fact: Fact, chart: Chart): boolean {
  if (fact.kind !== 'vital' || fact.date === undefined || age(fact, chart) <= AGE_DAYS.month) return false;
  const at = fact.date.slice(0, 10);
  return chart.facts.some(
    (visit) =>
      visit.kind === 'visit' &&
      (visit.details?.class === 'emergency' || visit.details?.class === 'inpatient') &&
      (fact.visit !== undefined
        ? visit.id === fact.visit
        : visit.date !== undefined && visit.date.slice(0, 10) <= at && at <= (visit.end ?? visit.date).slice(0, 10)),
  );
}
