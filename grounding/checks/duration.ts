/** For how long something was so. */
import { daysBetween, formatDate } from '../../language/dates.ts';
import { sessionsWith } from '../../records/chart/sessions.ts';
import type { Fact } from '../../records/contract.ts';
import { sameLength } from '../matching/dates.ts';
import type { Tested, World } from '../matching/world.ts';

export const UNIT_DAYS: Readonly<Record<string, number>> = { a: 365.25, mo: 30.4375, wk: 7, d: 1, h: 1 / 24, min: 1 / 1440 };

export const LASTING = new Set<Fact['kind']>([
  'problem',
  'medication',
  'allergy',
  'care-plan',
  'coverage',
  'device',
  'care-team',
  'social',
]);

function durationOf(fact: Fact, world: World): number | undefined {
  if (!fact.date) return undefined;
  if (fact.end) return daysBetween(fact.date, fact.end);
  return LASTING.has(fact.kind) && fact.status === 'active' ? daysBetween(fact.date, lifeEnd(world)) : undefined;
}

/** What goes on is counted to today, of the dead to the day of death. */
export const lifeEnd = ({ context: { patient, now } }: World): string => (typeof patient?.deceased === 'string' ? patient.deceased : now);

/** From 21 to 23 September are three days, where no time of day tells their hours. */
const withBothEnds = ({ date, end }: Fact, recorded: number): number | undefined =>
  date?.length === 10 && end?.length === 10 ? recorded + 1 : undefined;

export function testDuration(days: number, unitDays: number, text: string, fact: Fact, world: World): Tested {
  const own = durationOf(fact, world);
  const held = own !== undefined && holds(own, days, unitDays, text, fact);
  // "On dialysis for four years": the length of the course, not that of its last session.
  const course = held || unitDays < 1 ? undefined : sessionsWith(fact, world.facts, world.context.now);
  const recorded = course?.days ?? own;
  if (recorded === undefined || Number.isNaN(recorded)) return { outcome: 'unknown', reason: `the record does not say how long (${text})` };
  if (held || (course && holds(course.days, days, unitDays, text, fact)))
    return { outcome: 'pass', reason: `it is ${recorded} days in the record` };
  const [from, to] = course ? [course.facts[0]?.date, course.facts.at(-1)?.date] : [fact.date, fact.end];
  return {
    outcome: 'fail',
    reason: `the sentence says ${text}, the record says ${recorded} days${from ? ` from ${formatDate(from)}` : ''}${to ? ` to ${formatDate(to)}` : ''}`,
  };
}

function holds(recorded: number, days: number, unitDays: number, text: string, fact: Fact): boolean {
  // "For more than 20 years" is said of 28 as well.
  return /\b(?:more than|over|at least|longer than|upwards of|no less than)\b|>/i.test(text)
    ? recorded >= days - unitDays * 0.1
    : /\b(?:less than|under|at most|up to|no more than|no longer than)\b|</i.test(text)
      ? recorded <= days + unitDays * 0.1
      : sameLength(days, unitDays, recorded) || (unitDays === UNIT_DAYS['d'] && withBothEnds(fact, recorded) === Math.round(days));
}

export function unitOfDuration(text: string): number {
  const unit = /year|yr|decade/i.test(text)
    ? 'a'
    : /month|mo/i.test(text)
      ? 'mo'
      : /week|wk|fortnight/i.test(text)
        ? 'wk'
        : /hour|hr/i.test(text)
          ? 'h'
          : 'd';
  return UNIT_DAYS[unit]!;
}
