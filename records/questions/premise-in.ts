import type { Chart, FactKind } from '../contract.ts';
import { becameOf } from './altered.ts';
import type { Aspect, Question } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { hasReason, isVoid } from './select.ts';

/** "Why did she stop metformin", "when did his asthma resolve" take the stop for granted. */
export function premisesOf(clause: Clause, topic: Topic, aspect: Aspect): NonNullable<Question['premise']> {
  if (
    clause.asked.polar ||
    (topic.letter !== 'd' && topic.letter !== 'c') ||
    (aspect !== 'reason' && aspect !== 'end' && aspect !== 'date' && aspect !== 'onset')
  )
    return [];
  const { rest } = clause;
  const thing = {
    kinds: [...topic.kinds],
    concepts: [...topic.concepts],
    ...(topic.words?.length ? { words: [...topic.words] } : {}),
    name: topic.name,
    text: clause.text,
  };
  if (topic.letter === 'd') {
    const state = becameOf(clause.text.toLowerCase());
    if (state) return [{ ...thing, state }];
  }
  if (/\b(?:resolved?|go away|went away|clear(?:ed)? up|get over|got over)\b/.test(rest) && topic.letter === 'c')
    return [{ ...thing, state: 'resolved' }];
  if (aspect === 'reason' && topic.letter === 'd' && /\b(?:is|still|taking|takes?)\b/.test(rest) && !/\b(?:was|were|had|did)\b/.test(rest))
    return [{ ...thing, state: 'active' }];
  return [];
}

/** "How is her gout treated", where no gout is recorded: drugs that are there for other things are no answer to it. */
export function ofReason(about: Topic, kinds: readonly FactKind[], clause: Clause, chart: Chart): NonNullable<Question['premise']> {
  if (about.letter !== 'c' || about.concepts.length === 0 || !kinds.includes('medication')) return [];
  const presumed =
    !clause.asked.polar && (/\b(?:her|his|their|the) (?:‹|$)/.test(clause.mask) || /\bhow (?:is|are|was|were)\b/.test(clause.mask));
  const wanted = { kinds: [...about.kinds], concepts: [...about.concepts], name: about.name };
  if (!presumed || chart.facts.some((fact) => !isVoid(fact) && hasReason(fact, wanted, chart))) return [];
  return [{ kinds: ['problem'], concepts: [...about.concepts], name: about.name, text: clause.text, state: 'present' }];
}
