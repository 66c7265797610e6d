import { daysBetween } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Aspect, Note } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { isActive, isPast } from './select.ts';

const COURSE = /\b(?:courses?|bursts?|rounds?) ?(?:of|‹|\W*$)|‹[dk]\d+› (?:courses?|bursts?|rounds?)\b/;
/** Longer ones are treatments that were stopped. */
const LONGEST_DAYS = 100;
const BOUNDED =
  /\bfor (?:\d+|a|one|two|three|five|seven|ten|fourteen) ?(?:more )?(?:days?|weeks?|doses)\b|\b\d+[- ](?:day|week)\b|\btaper\w*|\buntil finished\b/i;

/** "Last steroid course", "how many courses of antibiotics": what was given for a time, in any state. None: no course is asked for. */
export function courseAspect(clause: Clause, topic: Topic): Aspect | undefined {
  if (topic.letter !== 'd' || !COURSE.test(clause.rest)) return undefined;
  const { aspect } = clause.asked;
  if (/^(?:count|first|date|onset|end|duration|dose|reason|who|ever|exists)$/.test(aspect)) return aspect;
  return /\b(?:last|latest|most recent|newest|previous|prior)\b/.test(clause.rest) ? 'latest' : 'list';
}

/** Ordered for some days, or begun and over within a season. */
export function isCourse(fact: Fact, chart: Chart): boolean {
  if (fact.kind !== 'medication') return false;
  const said = [fact.dosage?.text ?? '', ...Object.values(fact.details ?? {}), fact.name].join(' ');
  if (BOUNDED.test(said)) return true;
  if (isActive(fact, chart.asOf) || !isPast(fact, chart.asOf)) return false;
  if (!fact.end || !fact.date) return fact.status === 'completed';
  return daysBetween(fact.date, fact.end) <= LONGEST_DAYS;
}

/** Of drugs the courses; where the record has none, all of them, and that it has none. */
export function coursesOf(facts: readonly Fact[], chart: Chart): { readonly facts: readonly Fact[]; readonly notes: readonly Note[] } {
  const courses = facts.filter((fact) => isCourse(fact, chart));
  if (courses.length > 0 || facts.length === 0) return { facts: courses.length > 0 ? courses : facts, notes: [] };
  return { facts, notes: [{ kind: 'qualifier', text: 'the record does not say that any of these was a course of limited time', facts }] };
}
