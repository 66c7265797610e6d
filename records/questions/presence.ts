import type { Chart } from '../contract.ts';

const indexes = new WeakMap<Chart, (concept: string) => number>();

/** How many facts of the chart are of a concept or of one below it. Kept with the chart. */
export function presence(chart: Chart): (concept: string) => number {
  let look = indexes.get(chart);
  if (!look) {
    const counts = new Map<string, number>();
    for (const fact of chart.facts) for (const concept of fact.concepts) counts.set(concept, (counts.get(concept) ?? 0) + 1);
    const known = new Map<string, number>();
    look = (concept) => {
      let total = known.get(concept);
      if (total === undefined) {
        total = 0;
        for (const [id, count] of counts) if (chart.terminology.isA(id, concept)) total += count;
        known.set(concept, total);
      }
      return total;
    };
    indexes.set(chart, look);
  }
  return look;
}
