import { dateSpan, dayNumber, isoDay } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import type { Question, QuestionContext } from './contract.ts';
import type { Clause } from './parsed.ts';
import { MEASURED } from './sections.ts';
import { hasReason, isVoid } from './select.ts';

const LETTER: Readonly<Record<string, string>> = {
  problem: 'c',
  medication: 'd',
  allergy: 'a',
  immunization: 'v',
  procedure: 'p',
  imaging: 'p',
  report: 'p',
  visit: 'x',
  appointment: 'x',
  social: 's',
};

/** What a question was about, by the letter of its placeholder. */
export function letterOf(question: Question): string {
  if (question.kinds.some((kind) => MEASURED.has(kind)) && question.kinds[0] !== 'social') return 'o';
  return LETTER[question.kinds[0] ?? ''] ?? 'u';
}

/** "Since?": since when. */
export const sinceAlone = (clause: Clause): Clause =>
  /^\W*(?:and |so )?since\W*$/.test(clause.mask) ? { ...clause, mask: 'since when', rest: 'since when', left: 'since when' } : clause;

const ONLY_EVER = /^\W*(?:and |but |so )?(?:(?:was|has|is|did) (?:it|s?he|they) )?(?:been )?ever(?: been)?(?: on it| had it)?\W*$/;

/** "Ever?": what was asked of now, of any time. */
export function bareWord(clause: Clause, last: Question, chart: Chart): Question | undefined {
  if (!ONLY_EVER.test(clause.text.toLowerCase()) || last.field) return undefined;
  const { time: _t, status: _s, limit: _l, offset: _o, entries: _e, ...open } = last;
  if (letterOf(last) === 'o' && !last.threshold) return undefined;
  const named = last.concepts.some((id) => chart.terminology.get(id)?.kind !== 'section') || last.words?.length || last.threshold;
  return named ? { ...open, aspect: 'ever', text: clause.text, polar: true, expects: 'yes' } : undefined;
}

const BEFORE_THAT = /\b(?:before (?:that|it|this|then)|previously|beforehand)\W*$|^\W*(?:and )?before\W*$/;

/** "And before that?" after a drug: its orders before those shown, and what was given before for the same reason. */
export function beforeShown(clause: Clause, last: Question, context: QuestionContext, chart: Chart): readonly Question[] | undefined {
  if (letterOf(last) !== 'd' || last.course || last.time || clause.times.time || !BEFORE_THAT.test(clause.mask)) return undefined;
  const shown = chart.facts.filter((fact) => fact.kind === 'medication' && context.facts.includes(fact.id) && fact.date);
  const first = shown.map(({ date }) => date!.slice(0, 10)).sort()[0];
  if (!first || (last.concepts.length === 0 && !last.words?.length)) return undefined;
  const day = (dateSpan(first)?.from ?? first).slice(0, 10);
  const time = { text: `before ${day}`, relation: 'before' as const, to: isoDay(dayNumber(day) - 1) };
  const { kinds, concepts, words, name } = last;
  const own: Question = { aspect: 'list', kinds, concepts, ...(words ? { words } : {}), name, text: clause.text, time, placed: 'start' };
  const reason = shown.find(({ reasons }) => reasons.length > 0)?.reasons[0];
  const same = { kinds: ['problem' as const], concepts: [...(reason?.concepts ?? [])], name: reason?.text ?? '' };
  const others = chart.facts.some(
    (fact) =>
      fact.kind === 'medication' && !isVoid(fact) && fact.date && fact.date.slice(0, 10) < day && reason && hasReason(fact, same, chart),
  );
  const earlier: Question = { ...own, concepts: [], name: 'medications', reasons: same };
  return reason && reason.concepts.length > 0 && others ? [own, earlier] : [own];
}
