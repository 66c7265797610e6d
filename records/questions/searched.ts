import { formatDate } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Window } from './select.ts';

/** What was looked for, as a sentence names it: "active NSAID since 01-Jan-2019". Fits behind "No ... is recorded". */
export function describeSearch(question: Question, _chart: Chart, window: Window): string {
  const parts = [question.name];
  if (question.status === 'active' && !/\b(?:active|current)\b/i.test(question.name)) parts.unshift('active');
  if (question.status === 'past' && !/\b(?:past|previous|former)\b/i.test(question.name)) parts.unshift('past');
  if (question.laterality && !question.name.includes(question.laterality)) parts.unshift(question.laterality);
  if (question.flag && question.aspect !== 'flag') parts.unshift(question.flag);
  if (question.reasons) parts.push(`for ${question.reasons.name}`);
  if (question.except) parts.push(`other than ${question.except.name}`);
  if (question.lacking) parts.push(`without a recorded ${question.lacking}`);
  if (question.person) parts.push(`by ${question.person}`);
  const time = timeText(window);
  if (time) parts.push(time);
  return parts.join(' ');
}

export function timeText({ from, to }: Window): string {
  if (from && to) return from === to ? `on ${formatDate(from)}` : `from ${formatDate(from)} to ${formatDate(to)}`;
  if (from) return `since ${formatDate(from)}`;
  return to ? `up to ${formatDate(to)}` : '';
}
