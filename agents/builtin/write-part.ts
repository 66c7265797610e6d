import type { DraftClaim } from '../contract.ts';
import { entries, line, listed, SERIES_LISTED, type Writing } from './claims.ts';
import { notRecorded } from './write-absent.ts';
import { isWithheld } from './write-polar.ts';

/** Answered by an entry alone, whatever else there may be. */
const OF_ONE_ENTRY = new Set<Writing['question']['aspect']>(['onset', 'end', 'date', 'duration', 'reference-range', 'who', 'where']);

/** What stands in the way of a plain yes: a limit, a comparison, or words that speak of all there is. */
const OF_ALL =
  /\b(?:only|just|all|every|each|always|never|still|any ?more|no longer|not?|none|nothing|else|other|complete|latest|last|first)\b/i;

/** Whether the answer would speak of all that there is, and some of it could not be read. */
export const isOfPart = ({ answer, question, missing }: Writing): boolean =>
  missing.length > 0 && !answer.field && !(OF_ONE_ENTRY.has(question.aspect) && answer.outcome === 'found' && !question.polar);

/** The entries that were read, each for itself: no denial, no number of them, none that is the latest or the highest. */
export function writePart(writing: Writing): readonly DraftClaim[] {
  const { answer, question } = writing;
  const [first, ...rest] = entries(answer.facts);
  if (answer.outcome === 'ambiguous' || answer.outcome === 'invalid') return [];
  if (answer.outcome === 'not-recorded' || !first) return notRecorded(writing);
  const { threshold, compare, every, except, limit, text } = question;
  const plain = answer.outcome === 'found' && answer.polarity === 'yes' && !threshold && !compare && !every && !except && !limit;
  const yes =
    plain && question.polar && !isWithheld(answer) && !OF_ALL.test(text) && !answer.notes.some(({ kind }) => kind === 'no-longer');
  return [line(first, yes ? 'Yes: ' : ''), ...listed(rest, SERIES_LISTED)];
}

/** A note or a correction that says there is none. */
export const SAYS_NONE = /\b(?:no|none|nothing|never|nobody)\b|\bnot (?:recorded|among|told|stated|given|found)\b|^Of the \d|^Only\b/i;

/** "Of what was read: none in that time." */
export const ofWhatWasRead = (note: string): string => (SAYS_NONE.test(note) ? `Of what was read: ${note}` : note);
