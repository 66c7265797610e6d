import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';

const STATUS = 'social/insurance-status';

export const asksInsuranceSaid = ({ concepts }: Question): boolean => concepts.includes(STATUS);

/** "Was she ever without insurance": what was answered to that question, where it was asked; who paid says nothing of the times between. */
export function insuranceSaid(clause: Clause, chart: Chart): Question | undefined {
  if (!clause.topics.some(({ sectionId }) => sectionId === 'section/coverage') || !LAPSED.test(clause.text)) return undefined;
  if (!chart.facts.some(({ concepts }) => concepts.includes(STATUS))) return undefined;
  const name = chart.terminology.get(STATUS)?.name ?? 'insurance status';
  const time = clause.times.time ? { time: clause.times.time } : {};
  return { aspect: 'list', kinds: ['social', 'survey', 'result'], concepts: [STATUS], name, text: clause.text, ...time };
}

const LAPSED = /\b(?:without|no|not|never|ever|lapse[ds]?|gaps?|lost|lose|say|said|says|told|reported|answer\w*)\b/i;
