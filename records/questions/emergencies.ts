import type { Answer } from './contract.ts';
import type { Scope } from './scope.ts';
import { hasReason, isOfClass, isVoid, newestFirst, place } from './select.ts';

/** "In hospital in 2024": no admission, and what took her to the emergency department then. */
export function emergenciesThen({ question, chart, window }: Scope): Partial<Answer> | undefined {
  if (question.visitClass !== 'inpatient') return undefined;
  const emergencies = chart.facts
    .filter((fact) => fact.kind === 'visit' && !isVoid(fact) && isOfClass(fact, 'emergency'))
    .filter((fact) => place(fact, window, false, chart.asOf) === 'in')
    .filter((fact) => !question.reasons || hasReason(fact, question.reasons, chart))
    .sort(newestFirst)
    .slice(0, 3);
  if (emergencies.length === 0) return undefined;
  return {
    instead: emergencies,
    notes: [{ kind: 'elsewhere', text: 'no admission to a ward; the emergency visits are shown', facts: emergencies }],
  };
}
