import { compareFhirDates } from '../../language/dates.ts';
import { overdueItems } from '../chart/overdue.ts';
import type { Fact, FactKind } from '../contract.ts';
import type { Found, Scope } from './scope.ts';
import { hasWords, isActive, isOf, isPlanned, isVoid, newestFirst } from './select.ts';

const STATES_DUE: ReadonlySet<FactKind> = new Set([
  'care-plan',
  'goal',
  'appointment',
  'order',
  'immunization',
  'visit',
  'procedure',
  'medication',
]);

/** What is due is seldom a result yet. */
const TESTS: readonly FactKind[] = ['order', 'procedure', 'imaging', 'report'];

const VAGUE = /^(?:item|thing|stuff|task|matter|care)s?$/i;

const OVERDUE = /\b(?:over-?due|past due|behind|late|lapsed|missed)\b/i;

/**
 * What the record itself states as due: recommendations, open orders, planned visits, active care plans and goals. Guideline schedules are
 * not consulted here, and the answer says so; beside it stand the last dates of what was asked for.
 */
export function askedDue(scope: Scope): Found {
  const { question, chart } = scope;
  const named = question.concepts.filter((id) => !id.startsWith('section/'));
  const words = (question.words ?? []).filter((word) => !VAGUE.test(word));
  const about = (fact: Fact): boolean =>
    (named.length === 0 && words.length === 0) ||
    (named.length > 0 &&
      (isOf(fact, named, chart) ||
        fact.reasons.some((reason) => reason.concepts.some((own) => named.some((id) => chart.terminology.isA(own, id)))))) ||
    (words.length > 0 && hasWords(fact, words));
  // "Overdue vaccines": one part of the record; a thing by its name is looked for in all of them.
  const kinds = question.kinds.includes('result') ? [...question.kinds, ...TESTS] : question.kinds;
  const ofKind = (fact: Fact): boolean => named.length > 0 || kinds.length === 0 || kinds.includes(fact.kind);
  const open = chart.facts.filter((fact) => {
    if (!ofKind(fact) || isVoid(fact) || !STATES_DUE.has(fact.kind) || !about(fact)) return false;
    if (fact.kind === 'care-plan' || fact.kind === 'goal' || fact.kind === 'order')
      return isActive(fact, chart.asOf) || isPlanned(fact) || fact.status === 'active';
    if (isPlanned(fact)) return true;
    return (fact.kind === 'appointment' || fact.kind === 'visit') && fact.date !== undefined && compareFhirDates(fact.date, chart.asOf) > 0;
  });
  // Plans and goals go on; they are not due at a time.
  const standing = open.filter((fact) => (fact.kind === 'care-plan' || fact.kind === 'goal') && !isPlanned(fact));
  const due = open.filter((fact) => !standing.includes(fact));
  const late = overdueItems(chart).filter(
    ({ fact, of }) => ofKind(fact) && (about(fact) || about({ ...fact, concepts: of ?? [] }) || scope.anyState.includes(fact)),
  );
  const last = named.length > 0 || words.length > 0 ? [...scope.anyState].sort(newestFirst).slice(0, 1) : [];
  const note = {
    kind: 'record-only' as const,
    text: 'Only what this record itself states is considered; guideline schedules are not consulted.',
    facts: [],
  };
  const notes = [...late.map(({ fact, text }) => ({ kind: 'record-only' as const, text, facts: [fact] })), note];
  const coming = due.filter((fact) => !late.some((item) => item.fact === fact));
  if (late.length === 0 && OVERDUE.test(question.text) && (due.length > 0 || named.length === 0))
    return {
      outcome: 'not-recorded',
      facts: [],
      considered: [],
      instead: [...coming, ...last].slice(0, 5),
      notes: [{ kind: 'record-only', text: 'Nothing that this record dates is past its date', facts: [] }, note],
      searched: 'overdue item',
      ...(question.polar ? { polarity: 'unknown' as const } : {}),
    };
  const facts = [...late.map(({ fact }) => fact), ...(OVERDUE.test(question.text) ? [] : coming)];
  if (facts.length > 0)
    return {
      outcome: 'found',
      facts,
      considered: facts,
      instead: last,
      notes,
      ...(question.polar ? { polarity: 'yes' as const } : {}),
    };
  return {
    outcome: 'not-recorded',
    facts: [],
    considered: [],
    instead: last.length > 0 ? last : standing.slice(0, 5),
    notes,
    searched: named.length > 0 || words.length > 0 ? `due date for ${question.name}` : 'due or overdue item',
    ...(question.polar ? { polarity: 'unknown' as const } : {}),
  };
}
