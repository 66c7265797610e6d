import { ORDERS } from './aspect.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';

/** "Polyp: size, when removed": the removal of what was just named. */
export const removedOf = (clause: Clause, before: Clause | undefined): Clause =>
  clause.topics.length === 0 &&
  !clause.reasons &&
  before &&
  before.topics.length > 0 &&
  /\b(?:removed|taken out|excised|removal)\b/.test(clause.rest)
    ? { ...clause, topics: before.topics }
    : clause;

/** "Simvastatin - how many prescriptions": those of the drug just named. */
export function ordersOf(clause: Clause, before: Clause | undefined): Clause {
  const [topic, other] = clause.topics;
  const drugs = before?.topics.filter(({ letter }) => letter === 'd') ?? [];
  if (!topic || other || drugs.length === 0 || topic.sectionId !== 'section/medications') return clause;
  return ORDERS.test(topic.item?.text ?? '') ? { ...clause, topics: drugs } : clause;
}

/** "List every order": also those that are over. */
export const everyOrder = (question: Question): Question => {
  if (!question.kinds.includes('medication') || !EVERY_ORDER.test(question.text) || question.aspect !== 'list') return question;
  const { status: _, ...every } = question;
  return every;
};

const EVERY_ORDER = /\b(?:all|every|each|any)\b.*\b(?:orders?|prescriptions?|scripts?|courses?|renewals?|refills?)\b/i;
