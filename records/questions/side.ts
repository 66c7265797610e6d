import type { Note, Question } from './contract.ts';
import type { Scope } from './scope.ts';

const SIDE = /[\s,;:-]*(?:\band )?\b(?:(?:on|in|at) )?(?:which|what) side\b(?: (?:is|was|were) (?:it|that|this))?/i;
/** "Which eye was the cataract surgery on": the part is paired, and which of the two is asked. */
const PAIRED =
  /^(\W*(?:and |so )?)(?:(?:on|in) )?(?:which|what) (?:eye|ear|leg|arm|knee|hip|foot|hand|shoulder|elbow|wrist|ankle|breast|kidney|lung|side) (?:is|was|were|had|has) (?=(?:the|her|his|their) )/i;
const TRAILING = / (?:on|in|to|done on|performed on|for)(?=\W*$)/i;

/** Takes the question for a side out of a text: what it is asked of stays. */
export function withoutSide(text: string): { readonly text: string; readonly asked: boolean } {
  if (PAIRED.test(text)) return { text: text.replace(PAIRED, '$1').replace(TRAILING, ''), asked: true };
  const left = text.replace(SIDE, ' ').replace(/\s+/g, ' ').trim();
  return left !== text && /\p{L}{3}/u.test(left) ? { text: left, asked: true } : { text, asked: false };
}

/** Asked of the entry itself, whatever its state: its line says which side, or a note that the record does not. */
export function ofSide(question: Question): Question {
  const { status: _, polar: __, expects: ___, ...rest } = question;
  return { ...rest, side: true, ...(/^(?:exists|ever|latest|status)$/.test(question.aspect) ? { aspect: 'describe' as const } : {}) };
}

export function sideNotes({ question }: Scope, facts: Scope['facts']): readonly Note[] {
  const silent = question.side
    ? facts.filter((fact) => !fact.laterality && !/\b(?:left|right|bilateral)\b/i.test(fact.names.join(' ')))
    : [];
  return silent.length > 0 ? [{ kind: 'qualifier', text: 'the record does not say which side', facts: silent }] : [];
}
