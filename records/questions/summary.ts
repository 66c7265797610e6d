import { compareFhirDates } from '../../language/dates.ts';
import type { Fact } from '../contract.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, isVoid, newestFirst } from './select.ts';

/** A summary and the three things that matter most are made by the chart; here stand the facts that they rest on. */
export function askedSummary({ chart, question }: Scope): Found {
  const alive = chart.facts.filter((fact) => !isVoid(fact));
  const active = (kind: Fact['kind']): readonly Fact[] =>
    alive.filter((fact) => fact.kind === kind && isActive(fact, chart.asOf)).sort(newestFirst);
  const lastVisit = alive
    .filter((fact) => fact.kind === 'visit' && fact.date !== undefined && compareFhirDates(fact.date, chart.asOf) <= 0)
    .sort(newestFirst)
    .slice(0, 1);
  const facts = [
    ...chart.facts.filter((fact) => fact.id === `Patient/${chart.patientId}`),
    ...active('problem'),
    ...active('medication'),
    ...active('allergy'),
    ...lastVisit,
  ];
  return {
    outcome: facts.length > 0 ? 'found' : 'not-recorded',
    facts,
    considered: facts,
    searched: question.aspect === 'summary' ? 'summary of the record' : 'what matters most',
  };
}
