import { inWindow } from './nearby.ts';
import type { Found, Scope } from './scope.ts';
import { isOf, isVoid, newestFirst, visitsFor } from './select.ts';

/** Things whose number the record may state itself: entries of the present one are not all there were. */
const STATED: readonly (readonly [thing: string, number: string])[] = [
  ['condition/pregnancy', 'vital/gravida'],
  // A measure of its own: "how many pack-years" asks its value.
  ['social/pack-years', 'social/pack-years'],
];

/** "How many pregnancies", where a gravida is recorded: that number, as the record gives it. */
export function statedCount({ question, chart, facts: inTime }: Scope): Found | undefined {
  if (question.aspect !== 'count' || question.threshold || question.status) return undefined;
  const [, number] = STATED.find(([thing]) => question.concepts.length === 1 && question.concepts[0] === thing) ?? [];
  if (number === undefined || (question.time && !question.concepts.includes(number))) return undefined;
  const facts = (question.time ? inTime : chart.facts)
    .filter((fact) => fact.value && !isVoid(fact) && isOf(fact, [number], chart))
    .sort(newestFirst);
  const [newest] = facts;
  if (!newest) return undefined;
  return {
    outcome: 'found',
    question: { ...question, aspect: 'latest', kinds: [newest.kind], concepts: [number], name: newest.name },
    facts: [newest],
    considered: facts,
  };
}

const OFTEN = /\b(?:repeated|recurrent|recurring|multiple|frequent|several)\b/i;

/** "How many falls", and the entry is of repeated falls: it counts none of them; it is shown with the visits for them. */
export function uncounted(scope: Scope): Found | undefined {
  const { question, chart, facts, kinds } = scope;
  if (question.aspect !== 'count' || question.threshold || question.polar || !question.kinds.includes('problem')) return undefined;
  const often = facts.filter(({ kind, name }) => kind === 'problem' && OFTEN.test(name));
  if (often.length === 0) return undefined;
  const visits = inWindow(visitsFor({ kinds, concepts: question.concepts }, chart), scope);
  const all = [...new Set([...facts, ...[...visits].sort(newestFirst)])];
  return {
    outcome: 'found',
    question: { ...question, aspect: 'list' },
    facts: all,
    considered: all,
    notes: [
      {
        kind: 'qualifier',
        text: `recorded as “${often[0]!.name}”: the record does not count them; visits that name it are shown`,
        facts: often,
      },
    ],
  };
}
