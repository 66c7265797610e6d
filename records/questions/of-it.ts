import type { Chart } from '../contract.ts';
import { eventOf } from './carried.ts';
import type { Question, QuestionContext, QuestionTime } from './contract.ts';
import type { Clause } from './parsed.ts';
import { dayShown } from './pronouns.ts';

/** "Was it a ‹section›", "did it need ‹stitches›": what is named is said of the event before. */
const SAID_OF_IT =
  /\b(?:is|was|were|are) (?:it|that|this|they|those|these)(?: (?!(?:for|because|due|before|after|since|until|related|caused|from|about|treated|given|prescribed|than|or|and|if|when|while|not|on)\b)[a-z-]+){0,5} ‹[pcu]\d+›|\b(?:did|does|do) (?:it|that|this|they|those|these) (?:need|require|involve|include|become|turn into|lead to|end in)\b[^?.,;]*‹[pcu]\d+›/;

/** What brings about an event: a procedure, a visit, or a problem with its date. */
const HAPPENS = /^(?:procedure|visit|problem|imaging|report)$/;

/** The time of the event that a pronoun stands for. `unbound`: the pronoun, where the answer before was of several events. */
export interface OfIt {
  readonly time?: QuestionTime;
  readonly unbound?: string;
}

/**
 * "When did she deliver?" - "Was it a section?": only what was done or found at that very event says so; one of another day does not.
 * None where the clause says nothing of an event before, or names the thing that was asked about itself.
 */
export function ofItsEvent(
  clause: Clause,
  last: Question | undefined,
  context: QuestionContext | undefined,
  chart: Chart,
): OfIt | undefined {
  const [topic, other] = clause.topics;
  if (!last || !topic || other || clause.times.time || !/^[pcu]$/.test(topic.letter)) return undefined;
  if (
    !SAID_OF_IT.test(clause.mask) ||
    last.field ||
    (last.kinds.length === 0 && !last.time) ||
    !last.kinds.every((kind) => HAPPENS.test(kind))
  )
    return undefined;
  const { isA } = chart.terminology;
  // "Is it type 2?" of a diabetes: the same thing, told more narrowly.
  if (topic.letter === 'c' && last.kinds.includes('problem')) return undefined;
  if (topic.concepts.some((id) => last.concepts.some((own) => isA(own, id)))) return undefined;
  // Asked once more of the same event, after nothing was found of it.
  const same = last.time?.relation === 'on' && last.time.from !== undefined ? last.time : undefined;
  const time = same ?? (context ? dayShown(context, chart) : eventOf(last));
  if (time) return { time };
  return { unbound: /\b(?:it|that|this|they|those|these)\b/.exec(clause.mask)![0] };
}

const STOPPED =
  /\b(?:stopp?ed|held|discontinued|paused|d\/c'?d|ceased|withdrawn|withheld|changed|switched|started|given|prescribed|ordered)\b/;
const IT = /\b(?:was|is|were|are|has|had|did) (?:it|that|this|they|those|these)\b/;
const BECAUSE = /\b(?:for|because of|due to|over|owing to|on account of|during|after|when|while|in)\b[^‹?.;]*‹c\d+›/;

/** "On HCTZ, was it stopped for the pregnancy": stopping is said of the drug, not of the problem that is given as its reason. */
export function drugStoppedFor(clause: Clause, last: Question | undefined): Clause | undefined {
  if (!last?.kinds.includes('medication') || last.concepts.length === 0) return undefined;
  if (!IT.test(clause.mask) || !STOPPED.test(clause.mask) || !BECAUSE.test(clause.mask)) return undefined;
  if (clause.topics.length === 0 || clause.topics.some(({ letter }) => letter !== 'c')) return undefined;
  const { reasons: _, ...kept } = clause;
  return { ...kept, topics: [], rest: clause.rest.replace(BECAUSE, ' '), left: clause.left.replace(BECAUSE, ' ') };
}
