import type { Chart, Fact } from '../contract.ts';
import type { VisitClass } from './contract.ts';
import type { Named } from './items.ts';
import { hasWords, isOfClass } from './select.ts';

const isLocal = (id: string): boolean => id.startsWith('code/') || id.startsWith('text/');
const isVisit = (fact: Fact): boolean => fact.kind === 'visit' || fact.kind === 'appointment';
const named = (fact: Fact, words: readonly string[]): boolean => hasWords({ ...fact, details: {} }, words);

/** "Well child visit", "heart failure clinic": a name that only visits of this record bear is a sort of visit, not a procedure. */
export function asVisitType(item: Named, chart: Chart): Named {
  if (item.kind !== 'procedure' || item.concepts.length === 0 || !item.concepts.every(isLocal)) return item;
  // "Hospital stay", the record's own name for an admission too, is that part of the record.
  const part = item.others.find(
    ({ kind, concepts }) => kind === 'section' && /^section\/(?:hospitalizations|er-visits)$/.test(concepts[0] ?? ''),
  );
  if (part) return { ...item, kind: 'section', concepts: part.concepts, name: part.name };
  const words = item.text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !/^(?:visits?|encounters?|appointments?|for|of|the)$/.test(word));
  if (words.length === 0 || !chart.facts.some((fact) => isVisit(fact) && named(fact, words))) return item;
  const done = chart.facts.some((fact) => !isVisit(fact) && fact.concepts.some((id) => item.concepts.includes(id)));
  return done ? item : { ...item, kind: 'section', concepts: ['section/visits'], name: 'visits', words };
}

/** "At the check-up" is any visit where the record tells no visit of that class from the others; a wellness visit is not. */
export const toldApart = (visitClass: VisitClass | undefined, said: string, chart: Chart): VisitClass | undefined =>
  visitClass === 'wellness' &&
  /\bcheck[- ]?ups?\b/i.test(said) &&
  !/\b(?:wellness|annual|yearly|physical)\b/i.test(said) &&
  !chart.facts.some((fact) => fact.kind === 'visit' && isOfClass(fact, visitClass))
    ? undefined
    : visitClass;
