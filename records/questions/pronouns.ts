import { dateSpan } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { sectionTopic } from './build.ts';
import type { Question, QuestionContext, QuestionTime } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { isOf } from './select.ts';

const FOR_IT =
  /\b(?:for|about|because of|due to|related to|against|caused by) (?:it|that|this|them|those|these)\b(?! \w+ed\b| (?:patient|person|lady|woman|man|gentleman|guy|girl|boy|child|kid|one)\b)/;
const TO_IT =
  /(?:\bto|:allergies›) (?:it|that|this|them|those|these|either|any of (?:them|those|these))(?= *(?:[?.!,]|$| too\b| as well\b| or\b| and\b))/;

/** The problem that was asked about, or that the drugs asked about were for. */
function problemOf(questions: readonly Question[]): NonNullable<Question['reasons']> | undefined {
  const last = questions.at(-1);
  if (!last) return undefined;
  if (last.reasons) return last.reasons;
  const named = last.concepts.length > 0 || last.words?.length;
  if (last.kinds[0] !== 'problem' || !named) return undefined;
  return { kinds: last.kinds, concepts: last.concepts, ...(last.words ? { words: last.words } : {}), name: last.name };
}

export interface Resolved {
  readonly clause: Clause;
  /** Words that refer to something that was not asked about before. */
  readonly unread?: string;
}

/** "Any ER visits for it": what the pronoun behind a preposition stands for in what was asked before. */
export function resolveObject(clause: Clause, questions: readonly Question[]): Resolved {
  const match = FOR_IT.exec(clause.rest);
  if (!match || clause.reasons || clause.topics.length === 0) return { clause };
  const problem = problemOf(questions);
  const without = (text: string): string => text.replace(FOR_IT, ' ');
  if (!problem) return { clause, unread: match[0] };
  const reasons: Topic = {
    letter: 'c',
    name: problem.name,
    kinds: problem.kinds,
    concepts: problem.concepts,
    ...(problem.words ? { words: problem.words } : {}),
  };
  return { clause: { ...clause, rest: without(clause.rest), left: without(clause.left), reasons } };
}

/** "Any allergies to it": allergies to the drugs that were asked about. */
export function allergyToIt(clause: Clause, questions: readonly Question[]): Question | undefined {
  const last = questions.at(-1);
  if (!last || !TO_IT.test(clause.mask) || !/\b(?:allerg\w*|react\w*|intoleran\w*)\b|:allergies›/.test(clause.mask)) return undefined;
  if (last.kinds[0] !== 'medication' || last.concepts.length === 0) return undefined;
  return {
    aspect: 'exists',
    kinds: ['allergy'],
    concepts: last.concepts,
    name: `${last.name} allergy`,
    text: clause.text,
    polar: true,
    expects: 'yes',
  };
}

/** "Is she allergic to it" with nothing that "it" can be. */
export const unboundAllergen = ({ rest, mask }: Clause): readonly string[] => {
  const it = /\b(?:allerg\w*|react\w*|intoleran\w*)\b|:allergies›/.test(`${rest} ${mask}`) ? TO_IT.exec(mask)?.[0] : undefined;
  return it ? [it.replace(/^\S+ /, '')] : [];
};

const AMONG =
  /\b(?:which|what|any|how many) (?:ones? )?of (?:those|these|them|the (?:above|ones?))\b|\b(?:one|some|part|among|amongst) (?:of )?(?:those|these|them)\b|\b(?:which|what) ones?\b|^\W*(?:and |so )?(?:which|what) (?:is|are|was|were) for\b/;

/** "Which of those are for her heart", "any of them statins": what was listed, narrowed. */
export function among(clause: Clause, questions: readonly Question[], chart: Chart): Question | undefined {
  const last = questions.at(-1);
  const [topic, other] = clause.topics;
  if (!last || !topic || other || !AMONG.test(clause.mask)) return undefined;
  const { polar: _polar, expects: _expects, limit: _limit, offset: _offset, premise: _premise, reasons: _reasons, ...kept } = last;
  const base: Question = { ...kept, aspect: 'list', text: clause.text };
  if (topic.kinds.some((kind) => last.kinds.includes(kind)) && topic.letter !== 'x')
    return { ...base, concepts: [...topic.concepts], ...(topic.words?.length ? { words: [...topic.words] } : {}), name: topic.name };
  // "For the heart": the class that is called so.
  const classes = [`${topic.item?.text ?? topic.name} drug`, `${topic.item?.text ?? topic.name} medication`]
    .flatMap((name) => chart.terminology.byName(name))
    .filter((concept) => concept.kind === 'drug-class');
  if (last.kinds[0] === 'medication' && classes[0])
    return { ...base, concepts: [classes[0].id], name: `${topic.item?.text ?? topic.name} drugs` };
  if ((topic.letter === 'c' || topic.letter === 'u') && /\b(?:for|about|because of|due to|against|treat\w*)\b/.test(clause.rest))
    return {
      ...base,
      reasons: {
        kinds: [...topic.kinds],
        concepts: [...topic.concepts],
        ...(topic.words?.length ? { words: [...topic.words] } : {}),
        name: topic.name,
      },
    };
  return undefined;
}

const HAS_IT =
  /\bdiagnos\w*|\b(?:had|have|has|having|got|get|getting) (?:s?he |they )?(?:it|this|that)\b|\b(?:has|have) (?:s?he|they) had\b/;

/** "How long has she had it" of drugs for a problem: the problem. */
export function problemMeant(rest: string, question: Question): Question | undefined {
  if (!question.reasons || !HAS_IT.test(rest)) return undefined;
  const { reasons } = question;
  return {
    aspect: 'describe',
    kinds: ['problem'],
    concepts: reasons.concepts,
    ...(reasons.words ? { words: reasons.words } : {}),
    name: reasons.name,
    text: question.text,
  };
}

const factsOf = (ids: readonly string[], chart: Chart): readonly Fact[] =>
  ids.flatMap((id) => chart.facts.find((fact) => fact.id === id && fact.part === undefined) ?? []);

const dayOf = (fact: Fact): string | undefined => (fact.date ? dateSpan(fact.date)?.from : undefined);

const onDay = (day: string): QuestionTime => ({ text: `on ${day}`, relation: 'on', from: day, to: day });

/** The one day of what was shown: "that day". */
export function dayShown(context: Pick<QuestionContext, 'facts'> | undefined, chart: Chart): QuestionTime | undefined {
  const days = new Set(factsOf(context?.facts ?? [], chart).map(dayOf));
  const [day] = days;
  return days.size === 1 && day ? onDay(day) : undefined;
}

const HAPPENED =
  /\b(?:did (?:s?he|they)|was (?:s?he|anything|there)|were (?:any|there|s?he))\b.*\b(?:get|given|give|prescribed?|done|do|start(?:ed)?|have|find|found|order(?:ed)?|change[d]?|check(?:ed)?)\b|\bwhat was (?:given|prescribed|done|started|found|ordered|checked)\b/;

/** "Did she get any meds?" after one visit: at that visit. */
function atVisitShown(clause: Clause, context: QuestionContext | undefined, chart: Chart): QuestionTime | undefined {
  const last = context?.questions.at(-1);
  const ids = last?.entries ?? context?.rows ?? [];
  const [visit, other] = factsOf(ids, chart);
  const { topics } = clause;
  const ofRecord = topics.every(({ letter, sectionId }) => letter === 'x' && !/visits|hospital|appointments/.test(sectionId ?? ''));
  // And once more: "what was done?" after "did she get any meds".
  if (
    last?.time?.anchor?.kinds.join() === 'visit' &&
    last.time.relation === 'in' &&
    !clause.times.time &&
    ofRecord &&
    HAPPENED.test(clause.rest)
  )
    return last.time;
  if (!visit || other || visit.kind !== 'visit' || !visit.date || clause.times.time || !HAPPENED.test(clause.rest)) return undefined;
  if (/\b(?:ever|before|since|after|previously|next)\b/.test(clause.rest)) return undefined;
  if (!ofRecord) return undefined;
  const day = dayOf(visit);
  return day
    ? {
        text: 'that visit',
        relation: 'in',
        anchor: { kinds: ['visit'], concepts: [], which: 'last', edge: 'span', from: day, to: day, text: visit.name },
      }
    : undefined;
}

const GIVEN_THEN = /\b(?:start(?:ed)?|given|give|prescribed?|stopped|put on)\b/;

/** What was done, found or given, asked after one visit: of that visit. */
export function ofVisitShown(clause: Clause, context: QuestionContext | undefined, chart: Chart): Clause {
  const time = atVisitShown(clause, context, chart);
  if (!time) return clause;
  const drugs = clause.topics.length === 0 && GIVEN_THEN.test(clause.rest);
  return { ...clause, times: { ...clause.times, time }, ...(drugs ? { topics: [sectionTopic('medications')] } : {}) };
}

export const SINCE_THEN = /\b(?:ever )?(?:since|after) (?:then|that|that (?:day|time|visit|one))(?= *[?.!]*$)/;

/** "Since then": from the one day of what was shown on. */
export function sinceThen(words: string, context: Pick<QuestionContext, 'facts'> | undefined, chart: Chart): QuestionTime | undefined {
  if (!SINCE_THEN.test(words)) return undefined;
  const then = dayShown(context, chart);
  return then?.from ? { text: `since ${then.from}`, relation: 'since', from: then.from } : undefined;
}

/** The entry that was shown because what was asked for is not recorded: "why?", "who?" are about it. */
export function insteadOf(context: QuestionContext, chart: Chart): Question | undefined {
  const facts = factsOf(context.instead ?? [], chart);
  const [fact] = facts;
  const day = fact && dayOf(fact);
  if (!fact || !day || facts.some((other) => other.kind !== fact.kind || dayOf(other) !== day)) return undefined;
  const meant = fact.concepts.filter((id) => !id.startsWith('section/'));
  const own = meant.filter((id) => !meant.some((other) => other !== id && chart.terminology.isA(other, id)));
  if (facts.some((other) => own.length > 0 && !isOf(other, own, chart))) return undefined;
  return {
    aspect: 'describe',
    kinds: [fact.kind],
    concepts: fact.kind === 'visit' ? [] : own,
    name: fact.kind === 'visit' ? 'visits' : fact.name,
    text: '',
    time: onDay(day),
    placed: 'start',
  };
}
