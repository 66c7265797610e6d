import { sessionsWith } from '../chart/sessions.ts';
import type { Fact } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, newestFirst } from './select.ts';
import { tokens } from './wording.ts';

/** Asks when a treatment began, not when it was last given. */
const SINCE =
  /\b(?:since when|since what|from when|how long|when did (?:\S+ ){1,4}(?:start|begin)|when (?:was|were) (?:\S+ ){1,4}(?:started|begun))\b/i;

/** The record's own statement that it goes on: "dependence on dialysis", "on hemodialysis". */
const LIVES_ON = /\b(?:dependen\w+ (?:on|upon)|dependent on|receiving|undergoing|maintenance|chronic|status|on)\b/i;

function statedStart({ name }: Question, { chart }: Scope, given: readonly Fact[]): readonly Fact[] {
  const words = new Set([name, ...given.map((fact) => fact.name)].flatMap((text) => tokens(text.toLowerCase()).map(({ word }) => word)));
  return chart.facts
    .filter(
      (fact) =>
        fact.kind === 'problem' &&
        fact.date !== undefined &&
        isActive(fact, chart.asOf) &&
        fact.names.some((own) => LIVES_ON.test(own) && tokens(own.toLowerCase()).some(({ word }) => word.length > 4 && words.has(word))),
    )
    .sort(newestFirst)
    .slice(-1);
}

/** "How long has he been on dialysis", "since when": of sessions their first tells it, or what the record itself says of its start. */
export function askedCourse(scope: Scope): Found | undefined {
  const { question, facts, chart } = scope;
  const { aspect } = question;
  const begun = aspect === 'duration' || aspect === 'onset' || (aspect === 'date' && SINCE.test(question.text));
  if (!begun || !question.kinds.includes('procedure') || question.status || question.time || question.limit || question.offset)
    return undefined;
  const [newest] = facts;
  const course = newest ? sessionsWith(newest, facts, chart.asOf) : undefined;
  if (!course) return undefined;
  const [first, last] = [course.facts[0]!, course.facts.at(-1)!];
  const stated = course.going ? statedStart(question, scope, [first]) : [];
  return {
    outcome: 'found',
    question: { ...question, aspect: 'duration' },
    facts: [...stated, first, last],
    considered: facts,
    numbers: {
      count: course.facts.length,
      duration: { days: course.days, from: first.date!, ...(course.going ? {} : { to: last.date! }) },
      sessions: course.facts.length,
    },
  };
}
