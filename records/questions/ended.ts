import { placeInRange } from '../../language/dates.ts';
import type { Question } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, isPast, isVoid } from './select.ts';

/** "Did she stop X", "is he off X": asks for the end of a drug, not for the drug. */
export const isStopAsked = ({ kinds, text }: Question): boolean =>
  kinds.includes('medication') && /\b(?:off|stop\w*|discontinu\w*|quit|ceased|come off|came off|withdrawn)\b/i.test(text);

/** "Was it stopped in 1998", "before the other was started": the day of an order is not the day that it ended. */
export function stoppedThen({ question, all, window, chart }: Scope): Found | undefined {
  const polar = question.polar || question.aspect === 'exists' || question.aspect === 'ever' || question.aspect === 'status';
  if (
    !question.time ||
    !polar ||
    !isStopAsked({ ...question, text: question.text.replace(question.time.text, ' ') }) ||
    (!window.from && !window.to)
  )
    return undefined;
  const orders = all.filter((fact) => !isVoid(fact));
  const over = orders.filter((fact) => isPast(fact, chart.asOf));
  if (over.length === 0) return undefined;
  const polarity = (one: 'yes' | 'no' | 'unknown') => (question.polar ? { polarity: one } : {});
  const then = over.filter(({ end }) => end !== undefined && placeInRange(end, window.from, window.to) === 'in');
  const silent = over.filter(({ end }) => end === undefined);
  const going = orders.filter((fact) => isActive(fact, chart.asOf));
  // Another order of it begun after that time, or one without an end, leaves it open.
  const later = orders.filter(
    (fact) => !then.includes(fact) && window.to !== undefined && fact.date !== undefined && fact.date > window.to,
  );
  if (then.length > 0 && silent.length === 0 && going.length === 0 && later.length === 0)
    return { outcome: 'found', facts: then, considered: orders, ...polarity('yes') };
  if (then.length === 0 && silent.length === 0) return { outcome: 'found', facts: orders, considered: orders, ...polarity('no') };
  const text =
    silent.length > 0
      ? `the record gives no day on which ${question.name} ended; ${going.length > 0 ? 'an order is still active; ' : ''}its orders are shown`
      : 'one order ended then, and another stands beside or after it';
  return {
    outcome: 'found',
    facts: orders,
    considered: orders,
    ...polarity('unknown'),
    notes: [{ kind: 'qualifier', text, facts: orders }],
  };
}
