import type { Question } from './contract.ts';

export const same = (a: Question, b: Question): boolean => JSON.stringify({ ...a, text: '' }) === JSON.stringify({ ...b, text: '' });

/** Aspects whose answer says its date anyway. */
const DATED: ReadonlySet<string> = new Set(['latest', 'first', 'highest', 'lowest', 'range', 'list', 'change', 'trend', 'flag']);

/** When a thing was taken out is not when it came. */
const REMOVED = /\b(?:removed|removal|taken out|excised)\b/i;

/** "When was her first colonoscopy?" asks for the first, and the first says when. */
export const FIRST = /\b(?:first|earliest|oldest|initial(?:ly)?)\b(?! (?:degree|trimester|name|visit of))/;

const AND_WHY = /(?:\band|&|,|\+) ?(?:why|what for|for what(?: reason)?|(?:the |their )?reasons?)\W*$/i;

/** "Which visits in 2014, and why": all of them, each with its reason, also those without one. */
const asList = (question: Question): Question =>
  question.aspect === 'reason' && question.concepts.length === 0 && AND_WHY.test(question.text)
    ? { ...question, aspect: 'list' }
    : question;

/** "What is her latest A1c and when was it taken": the value's sentence says when; "what matters most, and why" says why. */
export function merge(all: readonly Question[]): readonly Question[] {
  const whole = all.some(({ aspect }) => aspect === 'summary' || aspect === 'top-three');
  const questions = all
    .filter((question) => !(whole && question.aspect === 'reason' && question.concepts.length + question.kinds.length === 0))
    .map(asList);
  const about = (question: Question): string => `${question.kinds.join()} ${question.concepts.join()} ${question.words?.join() ?? ''}`;
  // "Asthma: is it active?" names the thing, and asks one question.
  const opens = (question: Question, index: number): boolean =>
    question.aspect === 'exists' &&
    !question.polar &&
    questions.some(
      (other, at) => at > index && other.polar && /^(?:exists|status)$/.test(other.aspect) && about(other) === about(question),
    );
  return questions.filter(
    (question, index) =>
      !opens(question, index) &&
      (question.aspect !== 'date' ||
        REMOVED.test(question.text) ||
        !questions.some((other, at) => at < index && DATED.has(other.aspect) && about(other) === about(question))),
  );
}
