import { dayNumber, isoDay, placeInRange } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Anchor, Note, QuestionTime } from './contract.ts';
import { namedElsewhere } from './elsewhere.ts';
import { LASTING, MEASURED } from './sections.ts';
import { day, isOfClass, isPlanned, isVoid, lastDay, matching, newestFirst, visitsFor, type Window } from './select.ts';

const shift = (date: string, days: number): string => isoDay(dayNumber(date) + days);

/** Entries that tell of an event, on its own day: a plan or a goal for it is another thing. */
export const isToldOf = ({ kind }: Fact): boolean => MEASURED.has(kind) || kind === 'report' || kind === 'imaging' || kind === 'procedure';

function anchorFacts(anchor: Anchor, chart: Chart): readonly Fact[] {
  const future = anchor.which === 'next';
  const now = chart.asOf.slice(0, 10);
  const own = matching(anchor, chart);
  const visits = own.length > 0 ? [] : visitsFor(anchor, chart);
  // "Before the sudden cardiac death": a coded answer, a report or a letter may be all that tells of it.
  const found =
    own.length > 0 ? own : visits.length > 0 ? visits : namedElsewhere(anchor.concepts, anchor.kinds, chart).stated.filter(isToldOf);
  return found
    .filter((fact) => !isVoid(fact))
    .map((fact) => (anchor.edge === 'recorded' && fact.recorded ? { ...fact, date: fact.recorded } : fact))
    .filter((fact) => fact.date !== undefined)
    .filter((fact) => !anchor.visitClass || isOfClass(fact, anchor.visitClass))
    .filter((fact) => (future ? day(fact.date!) >= now : day(fact.date!) <= now && !isPlanned(fact)))
    .filter((fact) => placeInRange(fact.date!, anchor.from, anchor.to) !== 'out')
    .sort(newestFirst);
}

function pick(facts: readonly Fact[], which: Anchor['which']): Fact | undefined {
  if (which === 'first') return facts.at(-1);
  if (which === 'next') return facts.at(-1);
  if (which === 'previous') return facts.find((fact) => day(fact.date!) < day(facts[0]!.date!)) ?? facts[1];
  return facts[0];
}

/** Finds the days that a time means in this record. */
export function windowOf(time: QuestionTime | undefined, chart: Chart): Window {
  if (!time) return { notes: [] };
  const { anchor } = time;
  if (!anchor)
    return { ...(time.from ? { from: time.from.slice(0, 10) } : {}), ...(time.to ? { to: time.to.slice(0, 10) } : {}), notes: [] };
  const found = anchorFacts(anchor, chart);
  const event = pick(found, anchor.which);
  if (!event?.date) return { missing: anchor.text, notes: [] };
  const start = day(event.date);
  const lasting = anchor.edge !== 'start' && anchor.edge !== 'recorded' && LASTING.has(event.kind);
  const end = anchor.edge === 'recorded' ? lastDay(event.date) : event.end ? lastDay(event.end) : lasting ? undefined : lastDay(event.date);
  if (anchor.edge === 'end' && !event.end) return { missing: anchor.text, anchor: [event], notes: [] };
  const note: Note = { kind: 'anchor', text: anchor.text, facts: [event] };
  const base = { anchor: [event], notes: [note] };
  switch (time.relation) {
    case 'since':
      return { ...base, from: anchor.edge === 'end' ? end! : start };
    case 'after':
      // What is done on the day of an injury follows it.
      if (event.kind === 'problem' && anchor.edge !== 'end') return { ...base, from: start };
      return { ...base, from: shift(anchor.edge === 'end' || event.kind === 'visit' ? (end ?? start) : start, 1) };
    case 'before':
      return { ...base, to: shift(start, -1) };
    case 'until':
    case 'as-of':
      return { ...base, to: anchor.edge === 'end' ? end! : start };
    default: {
      // "At discharge": the last day of the stay.
      if (event.kind === 'visit' && anchor.edge === 'end') return { ...base, from: end!, to: end! };
      // "When the polyp was found" is the day that it was found, however long it lasted.
      const began = (anchor.edge === 'start' || anchor.edge === 'recorded') && LASTING.has(event.kind) ? lastDay(event.date) : undefined;
      return { ...base, from: start, to: began ?? end ?? chart.asOf.slice(0, 10), ...(event.kind === 'visit' ? { visit: event.id } : {}) };
    }
  }
}
