import { moreNarrowlyNamed } from './elsewhere.ts';
import { describedInstead, type Found, type Scope, scopeOf } from './scope.ts';
import { isVoid, newestFirst, place } from './select.ts';

/** "Any rhinitis", of a record of perennial allergic rhinitis: told as what it is recorded as. */
export function narrowerTold({ question, kinds, all, window, chart }: Scope): Found | undefined {
  if (question.words?.length || all.some((fact) => !isVoid(fact))) return undefined;
  const facts = moreNarrowlyNamed(question.concepts, kinds, chart)
    .filter((fact) => place(fact, window, true, chart.asOf) !== 'out')
    .toSorted(newestFirst);
  if (facts.length === 0) return undefined;
  const text = `recorded as ${[...new Set(facts.map(({ name }) => name))].slice(0, 4).join(', ')}, not as ${question.name} by itself`;
  return {
    outcome: 'found',
    question: { ...question, aspect: question.aspect === 'exists' || question.aspect === 'ever' ? 'describe' : question.aspect },
    facts,
    considered: facts,
    notes: [{ kind: 'qualifier', text, facts }],
  };
}

const ADMITTED = /^(?:hospital )?admission (?:to|of)\b|^hospital admission\b|^admit\b/i;

/** Admissions that stand among the procedures, where no visit is one. */
export function admissionsDone({ question, chart, window }: Scope): Found | undefined {
  if (question.visitClass !== 'inpatient') return undefined;
  const facts = chart.facts
    .filter(
      (fact) => fact.kind === 'procedure' && !isVoid(fact) && ADMITTED.test(fact.name) && place(fact, window, false, chart.asOf) !== 'out',
    )
    .sort(newestFirst);
  if (facts.length === 0) return undefined;
  const text = 'no inpatient visit is recorded; an admission is recorded among the procedures';
  return { ...describedInstead(question, facts, text), considered: facts };
}

/** "Any diuretic other than furosemide", where that is all there is: it is shown as what it is, and nothing beside it. */
export function onlyThose({ question, chart }: Scope): Found | undefined {
  const { except, ...whole } = question;
  const facts = scopeOf(whole, chart).facts;
  if (!except || facts.length === 0) return undefined;
  const text = `nothing among ${question.name} other than ${except.name} is found in the record: ${facts.length > 1 ? 'these are' : 'this is'} all that it has`;
  return { outcome: 'not-recorded', facts: [], instead: facts, notes: [{ kind: 'qualifier', text, facts }] };
}
