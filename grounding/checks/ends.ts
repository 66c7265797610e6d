/** The first and the last of several different things. */
import { compareFhirDates } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';

export interface Ends {
  /** At the end however it is counted. */
  readonly surely: readonly Fact[];
  /** At the end in one way of counting: a drug by its first order, or by its last. */
  readonly possibly: readonly Fact[];
}

const at = (facts: readonly Fact[], date: string | undefined): readonly Fact[] => facts.filter((fact) => fact.date === date);

/** One entry of each thing, the first. */
function begun(facts: readonly Fact[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) if (!found.has(fact.concepts[0] ?? fact.name)) found.set(fact.concepts[0] ?? fact.name, fact);
  return [...found.values()];
}

export function endsOf(facts: readonly Fact[], sense: string): Ends {
  if (facts.some(({ date }) => date === undefined)) return { surely: [], possibly: [] };
  const sorted = [...facts].sort((a, b) => compareFhirDates(a.date!, b.date!));
  if (sense === 'previous') {
    const dates = [...new Set(sorted.map(({ date }) => date))];
    return { surely: [], possibly: at(sorted, dates.at(-2)) };
  }
  const end = sense === 'first' ? at(sorted, sorted[0]?.date) : at(sorted, sorted.at(-1)?.date);
  if (sense === 'first' || sorted[0]?.kind !== 'medication') return { surely: end, possibly: end };
  const starts = begun(sorted);
  const started = at(starts, starts.at(-1)?.date);
  const names = new Set(started.map(({ concepts, name }) => concepts[0] ?? name));
  const both = end.filter(({ concepts, name }) => names.has(concepts[0] ?? name));
  return { surely: both, possibly: [...end, ...started] };
}
