import type { Chart, Fact } from '../contract.ts';
import { isVoid } from './select.ts';

/** "What did the PRAPARE show": beside a screening that has no value of its own the answers that it is made of. */
export function withAnswers(facts: readonly Fact[], chart: Chart): readonly Fact[] {
  const panels = facts.filter(
    ({ kind, value, details }) => (kind === 'social' || kind === 'survey') && value === undefined && details?.['members'] !== undefined,
  );
  if (panels.length === 0) return facts;
  const answers = panels.flatMap((panel) => {
    const members = new Set(panel.details!['members']!.toLowerCase().split(', '));
    return chart.facts.filter(
      (fact) =>
        fact.kind === panel.kind &&
        fact.value !== undefined &&
        fact.part === undefined &&
        !isVoid(fact) &&
        fact.date === panel.date &&
        [fact.name, ...fact.names].some((name) => members.has(name.toLowerCase())),
    );
  });
  return [...facts, ...answers.filter((fact, at) => !facts.includes(fact) && answers.indexOf(fact) === at)];
}
