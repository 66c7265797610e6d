import { compareFhirDates } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { isOf, isVoid } from './select.ts';

/** Asks for a day that is still to come; "when is it done" and "when is it due" ask for something else. */
const WHEN_IS =
  /^\W*(?:and |so |ok )?(?:on (?:what|which) (?:day|date) |when)(?:['’]s| is| are| will)\b(?!.*\b(?:last|latest|due|first|previous|done|usually|given)\b)/;

/** Whether something of these concepts is booked or ordered for a day to come. */
export const isComing = (concepts: readonly string[], chart: Chart): boolean =>
  chart.facts.some(
    (fact) =>
      (fact.kind === 'appointment' || fact.kind === 'order') &&
      !isVoid(fact) &&
      fact.date !== undefined &&
      compareFhirDates(fact.date, chart.asOf) >= 0 &&
      isOf(fact, concepts, chart),
  );

/** "When is the induction", "when will she be induced": the appointment for it, where one is booked. */
export function comingAsked(clause: Clause, { letter, concepts, name }: Topic, chart: Chart): Question | undefined {
  if (letter !== 'p' || concepts.length === 0 || clause.times.time || clause.person || clause.asked.polar) return undefined;
  if (!WHEN_IS.test(clause.text.toLowerCase()) || !isComing(concepts, chart)) return undefined;
  return { aspect: 'next', kinds: ['appointment', 'order'], concepts: [...concepts], name: `appointments for ${name}`, text: clause.text };
}
