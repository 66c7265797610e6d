import type { Found, Scope } from './scope.ts';
import { isOf, isVoid, newestFirst } from './select.ts';

/** Things whose number the record may state itself: entries of the present one are not all there were. */
const STATED: readonly (readonly [thing: string, number: string])[] = [['condition/pregnancy', 'vital/gravida']];

/** "How many pregnancies", where a gravida is recorded: that number, as the record gives it. */
export function statedCount({ question, chart }: Scope): Found | undefined {
  if (question.aspect !== 'count' || question.time || question.threshold || question.status) return undefined;
  const [, number] = STATED.find(([thing]) => question.concepts.length === 1 && question.concepts[0] === thing) ?? [];
  if (number === undefined) return undefined;
  const facts = chart.facts.filter((fact) => fact.value && !isVoid(fact) && isOf(fact, [number], chart)).sort(newestFirst);
  const [newest] = facts;
  if (!newest) return undefined;
  return {
    outcome: 'found',
    question: { ...question, aspect: 'latest', kinds: [newest.kind], concepts: [number], name: newest.name },
    facts: [newest],
    considered: facts,
  };
}
