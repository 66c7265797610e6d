import type { Clause } from './parsed.ts';

const TREATED = /\b(?:treated|treatment|managed|given|prescribed|used|taken|received|got)\b|\bwhat (?:for it|helped)\b/;

/** "Ear infection in 2019, and drug used": the drugs for what was just asked about. */
export function treatedWith(clause: Clause, before: Clause | undefined): Clause {
  const [problem] = before?.topics ?? [];
  if (problem?.letter !== 'c' || problem.concepts.length === 0 || clause.reasons || clause.field || clause.whole) return clause;
  if (!TREATED.test(clause.rest) || clause.topics.some(({ sectionId }) => sectionId !== 'section/medications')) return clause;
  // "Given when?" asks of the illness, "given penicillin?" of that drug.
  if (!/‹x\d+:medications›|\bwhat\b|\bwith\b|\btreatment\b/.test(clause.rest)) return clause;
  return {
    ...clause,
    topics: [],
    reasons: problem,
    rest: `${clause.rest} treated`,
    asked: clause.asked.strength >= 4 ? clause.asked : { ...clause.asked, aspect: 'list', polar: false },
  };
}
