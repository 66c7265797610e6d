import { compareFhirDates, daysBetween } from '../../language/dates.ts';
import type { Fact } from '../contract.ts';

/** A treatment that is given again and again, as one course: dialysis, radiotherapy by fractions, physical therapy. */
export interface Sessions {
  /** Oldest first. */
  readonly facts: readonly Fact[];
  /** From the first to the last; where it goes on, to the chart's time. */
  readonly days: number;
  readonly going: boolean;
}

/** So many days of treatment make a course; two may be two operations. */
const FEWEST = 3;
/** What comes again after a longer time is another course. */
const LONGEST_GAP = 92;
/** A course whose last session is older is over. */
const STILL_GOING = 31;
/** An entry of a longer time is a course by itself. */
const LONGEST_SESSION = 2;

const isSession = ({ kind, date, end, negated, status, part }: Fact): boolean =>
  kind === 'procedure' &&
  part === undefined &&
  date !== undefined &&
  !negated &&
  !/^(?:planned|missed|cancelled|refuted)$/.test(status) &&
  (end === undefined || daysBetween(date, end) <= LONGEST_SESSION);

/** The course of sessions that `fact` is one of. `now`: the chart's time. */
export function sessionsWith(fact: Fact, facts: readonly Fact[], now: string): Sessions | undefined {
  const [own] = fact.concepts;
  if (own === undefined || !isSession(fact)) return undefined;
  const same = facts
    .filter((other) => other.concepts[0] === own && isSession(other) && compareFhirDates(other.date!, now) <= 0)
    .sort((a, b) => compareFhirDates(a.date!, b.date!));
  const at = same.findIndex(({ id }) => id === fact.id);
  if (at < 0) return undefined;
  const joins = (i: number): boolean => daysBetween(same[i - 1]!.date!.slice(0, 10), same[i]!.date!.slice(0, 10)) <= LONGEST_GAP;
  let from = at;
  while (from > 0 && joins(from)) from -= 1;
  let to = at;
  while (to + 1 < same.length && joins(to + 1)) to += 1;
  const course = same.slice(from, to + 1);
  if (new Set(course.map(({ date }) => date!.slice(0, 10))).size < FEWEST) return undefined;
  const [first, last] = [course[0]!.date!, course.at(-1)!.date!];
  const going = to === same.length - 1 && daysBetween(last.slice(0, 10), now.slice(0, 10)) <= STILL_GOING;
  return { facts: course, days: daysBetween(first.slice(0, 10), (going ? now : last).slice(0, 10)), going };
}
