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
  | 'visit';

/** One thing that matters, with the reason for its rank. `title` and `why` state only what the facts say, and name the source of any threshold. */
export interface MatterItem {
  readonly concern: Concern;
  readonly title: string;
  readonly why: string;
  readonly facts: readonly Fact[];
  /** 0 to 100; how it came about is the table in `rank`'s comments. */
  readonly score: number;
}

export const DAY = 86_400_000;
export const AGE_DAYS = { month: 30, quarter: 92, year: 366 } as const;

export const age = (fact: Fact, chart: Chart) => (instantOf(chart.asOf) - instantOf(fact.date)) / DAY;

/** Old news weigh less: all of it within a quarter, 0.85 within a year, 0.6 within three, 0.4 before. */
export function recency(days: number): number {
  return days <= AGE_DAYS.quarter ? 1 : days <= AGE_DAYS.year ? 0.85 : days <= 3 * AGE_DAYS.year ? 0.6 : 0.4;
}

export const since = (fact: Fact) => (fact.date ? ` on ${formatDate(fact.date)}` : '');
export const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;
