import type { Fact } from '../contract.ts';
import type { Answer, Question } from './contract.ts';
import { type Found, hasFlag, type Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { newestOf } from './select.ts';

/** Yes or no by entries; for something measured, by what its value says ("Never smoker", "Positive"), where that is plain. */
export function polarOf({ question }: Scope, facts: readonly Fact[]): Partial<Answer> {
  if (!question.polar) return {};
  const measured = facts.filter((fact) => MEASURED.has(fact.kind));
  if (measured.length === 0) return { polarity: facts.length > 0 ? 'yes' : 'no' };
  const said = new Set(measured.map(saidBy));
  return { polarity: said.size === 1 ? [...said][0]! : 'unknown' };
}

/** "Has it ever been normal": by the flags that came with the values; a value without one decides nothing. */
export function everFlagged({ facts }: Scope, wanted: NonNullable<Question['flag']>): Found {
  const meeting = facts.filter((fact) => hasFlag(fact, wanted));
  if (meeting.length > 0) return { outcome: 'found', facts: meeting, polarity: 'yes' };
  const silent = facts.filter((fact) => !fact.flag && !isBeyond(fact, wanted));
  if (silent.length === 0) return { outcome: 'found', facts, polarity: 'no' };
  const text = `the record gives no reference range or flag with ${silent.length === facts.length ? 'these values' : `${silent.length} of these values`}, so it does not say whether any was ${wanted}`;
  return { outcome: 'found', facts, polarity: 'unknown', notes: [{ kind: 'qualifier', text, facts: silent }] };
}

/** "<3" of a range up to 5 was not high, whatever it was. */
function isBeyond({ value, referenceRange: range }: Fact, wanted: NonNullable<Question['flag']>): boolean {
  if (
    value?.type !== 'quantity' ||
    !value.comparator ||
    (range?.unit !== undefined && value.unit !== undefined && range.unit !== value.unit)
  )
    return false;
  return wanted === 'high'
    ? value.comparator.startsWith('<') && range?.high !== undefined && value.value <= range.high
    : wanted === 'low' && value.comparator.startsWith('>') && range?.low !== undefined && value.value >= range.low;
}

/** "Did she ever smoke": a former smoker did. */
export function habit({ question, facts }: Scope): Found {
  const former = facts.filter((fact) => fact.value && /\b(?:former|ex|quit|past|stopped|used to)\b/i.test(fact.value.text));
  const said = facts.map((fact) => (question.aspect === 'ever' && former.includes(fact) ? 'yes' : saidBy(fact)));
  const now = newestOf(facts);
  // Of a time that is named all its answers count, where they differ.
  if (question.time && new Set(facts.map(({ value }) => value?.text)).size > 1)
    return { outcome: 'found', facts, polarity: new Set(said).size === 1 ? said[0]! : 'unknown' };
  if (question.aspect === 'exists') return { outcome: 'found', facts: now, polarity: said[0] ?? 'unknown' };
  const yes = facts.filter((_, index) => said[index] === 'yes');
  const open = said.some((one) => one === 'unknown') ? facts.filter((_, index) => said[index] !== 'no') : [];
  return {
    outcome: 'found',
    // A value that the words do not decide stands before the newest: "severe signs" once is not undone by "no signs" since.
    facts: yes.length > 0 ? newestOf(yes) : [...open, ...now.filter((fact) => !open.includes(fact))],
    polarity: yes.length > 0 ? 'yes' : said.every((one) => one === 'no') ? 'no' : 'unknown',
  };
}

function saidBy({ value }: Fact): 'yes' | 'no' | 'unknown' {
  if (value?.type === 'boolean') return value.value ? 'yes' : 'no';
  if (value?.type !== 'coded' && value?.type !== 'text') return 'unknown';
  const text = value.text.toLowerCase();
  if (/\bunknown\b/.test(text)) return 'unknown';
  if (/\b(?:never|non|no|none|not|former|ex|quit|negative|absent|denies|undetected|past|stopped)\b|^n$/.test(text)) return 'no';
  if (
    /\b(?:current|every ?day|some ?days?|daily|yes|positive|detected|present|heavy|light|moderate|smoker|smokes|drinks|drinker|user)\b|^y$/.test(
      text,
    )
  )
    return 'yes';
  return 'unknown';
}

/** "Is it normal?", "is it high?": by the flag that the record or its reference range gives; without one the record does not say. */
export function askedFlag(scope: Scope): Found {
  const { question, facts } = scope;
  const graded = facts.filter((fact) => fact.value || fact.flag);
  const usable = graded.length > 0 ? graded : facts;
  const chosen = question.time && !question.offset ? usable : newestOf(usable, 1, question.offset ?? 0);
  if (!question.polar) return { outcome: 'found', facts: chosen };
  const flagged = chosen.filter((fact) => fact.flag);
  if (flagged.length === 0) return { outcome: 'found', facts: chosen, polarity: 'unknown' };
  const wanted = question.flag ?? 'normal';
  // "A" says abnormal, and not in which direction.
  const undecided = (wanted === 'high' || wanted === 'low' || wanted === 'critical') && flagged.some((fact) => fact.flag === 'A');
  const meeting = flagged.filter((fact) => hasFlag(fact, wanted));
  const yes = wanted === 'normal' ? meeting.length === flagged.length : meeting.length > 0;
  return { outcome: 'found', facts: chosen, polarity: yes ? 'yes' : undecided ? 'unknown' : 'no' };
}
