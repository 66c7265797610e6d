import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';

const MOVED =
  /\bhow (?:much|many ‹u\d+›|many (?:kilos|pounds|kg|lbs|stone))(?: weight)? (?:has|have|had|did) (?:s?he|they|the patient|‹n\d+›) (?:lost|lose|gain(?:ed)?|put on|shed)\b/;

/** "How much has she lost?": weight, where nothing is named. */
export function weightMoved(clause: Clause, last: Question | undefined, chart: Chart): Clause {
  // After a weight it is asked on from that one.
  if (last?.concepts.some((id) => chart.terminology.isA(id, 'vital/weight'))) return clause;
  const weight =
    MOVED.test(clause.mask) && clause.topics.every(({ letter }) => letter === 'u') ? chart.terminology.get('vital/weight') : undefined;
  if (!weight) return clause;
  return { ...clause, topics: [{ letter: 'o', name: weight.name, kinds: ['vital', 'result'], concepts: [weight.id] }] };
}
