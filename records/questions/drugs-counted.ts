import { drugsOf } from '../chart/drugs-of.ts';
import type { Scope } from './scope.ts';

/** Words that count the orders and not the drugs: "how many opioid prescriptions", "how many times was a steroid ordered". */
export const COUNTS_ORDERS =
  /\b(?:times|orders|prescriptions?|scripts?|refills?|renewals?|courses?|bursts?|rounds?|entries)\b|\bhow (?:often|frequently)\b/i;

/**
 * The different drugs among the orders that are counted, by name: of a class its ingredients; of all drugs a combination once.
 * None where orders are counted, or those of one drug.
 */
export function drugsCounted({ question, facts, chart }: Scope): readonly string[] | undefined {
  if (question.kinds.length !== 1 || question.kinds[0] !== 'medication' || COUNTS_ORDERS.test(question.text) || question.course)
    return undefined;
  const { terminology } = chart;
  const asked = question.concepts.filter((id) => !id.startsWith('section/'));
  if (asked.some((id) => terminology.get(id)?.kind !== 'drug-class')) return undefined;
  const named = (id: string): string => terminology.get(id)?.name ?? id;
  // An inhaler holds several of them.
  const apart = asked.length > 0 && !asked.includes('class/inhaler-drug');
  const names = facts.flatMap((fact) => {
    const drugs = drugsOf(fact, asked, terminology).map(named).sort();
    return drugs.length === 0 ? [fact.name] : apart ? drugs : [drugs.join(' / ')];
  });
  return [...new Set(names)].sort();
}
