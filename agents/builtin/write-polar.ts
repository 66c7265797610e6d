import type { Answer } from '../../records/questions/contract.ts';
import { isStopAsked } from '../../records/questions/ended.ts';
import type { DraftClaim } from '../contract.ts';
import { claim, entries, line, listed, SERIES_LISTED, type Writing } from './claims.ts';
import { isDeniedIn } from './denied.ts';
import { capital, flagWord, numberAt, on, valueText } from './phrases.ts';
import { notRecorded } from './write-absent.ts';
import { writeChange, writeTrend } from './write-series.ts';

const SAID = { yes: 'Yes: ', no: 'No: ', unknown: '' } as const;

/** An entry that exists is never put behind a bare "no": it was so and is not any more, or it was, which answers "ever". */
function opening({ polarity, outcome, notes, facts }: Answer): string {
  const over = notes.some((note) => note.kind === 'no-longer');
  if (over && outcome === 'found' && polarity === 'yes') return 'Yes, past: ';
  if (over && outcome === 'absent' && polarity === 'no')
    return facts.length > 0 && facts.every(({ recordedStatus }) => recordedStatus === 'on-hold') ? 'On hold: ' : 'No longer: ';
  return SAID[polarity ?? 'unknown'];
}

/** Words of a note or a name that say no to what is asked, and a "never" that a yes or no could answer either way. */
export const isWithheld = ({ facts, question }: Answer): boolean =>
  facts.some((fact) => isDeniedIn(fact.name, question.text)) ||
  facts[0]?.kind === 'document' ||
  facts[0]?.kind === 'goal' ||
  (question.threshold !== undefined && /\bnever\b/i.test(question.text)) ||
  NEGATIVE.test(question.text);

/** "Has she no history of it", "has he ever not smoked": a yes to it would say the contrary of what the entry says. */
const NEGATIVE =
  /^\W*(?:(?:and|so|but) )?(?:is|are|was|were|has|have|had|does|do|did) (?:\S+ ){1,3}?(?:no|not|never|without|free of|free from|clear of)\b(?! (?:only|just)\b)|^\W*(?:no|not|never)\b(?! (?:only|just)\b)/i;

const stopSaid = ({ facts, question, polarity, notes }: Answer): string =>
  polarity === 'no' && facts[0]?.status === 'active' && notes.some((note) => note.kind === 'conflict')
    ? SAID.no
    : question.aspect === 'ever' || new Set(facts.map((fact) => fact.status)).size > 1
      ? ''
      : facts[0]?.status === 'active'
        ? SAID.no
        : facts[0]?.status === 'stopped'
          ? SAID.yes
          : '';

export function writePolar(writing: Writing): readonly DraftClaim[] {
  const { answer, question, name, search, within } = writing;
  // A state says itself ("Hypertension: active"): yes and no would hang on how it was asked ("still active?", "gone away?").
  // Nor does a bare name ask for one ("heart drugs").
  const asks = question.polar || /\?\s*$/.test(question.text);
  const withheld = question.aspect === 'status' || question.aspect === 'due' || !asks || isWithheld(answer);
  const ended = isStopAsked(question) && !question.unread?.length && answer.polarity !== 'unknown' ? stopSaid(answer) : undefined;
  const said = withheld ? '' : (ended ?? opening(answer));
  const { numbers } = answer;
  // A movement that no two values show is neither so nor not.
  if (question.aspect === 'change' && !numbers?.change) return listed(answer.facts, SERIES_LISTED);
  if ((question.aspect === 'trend' || question.aspect === 'change') && numbers?.first && numbers.last && !question.compare?.time)
    return question.aspect === 'trend' ? writeTrend(writing) : writeChange(writing);
  if (question.compare && numbers?.change) return writeChange(writing).map((change) => ({ ...change, text: `${said}${change.text}` }));
  // "At every visit": a value that does not meet it is the answer.
  if (question.every && answer.polarity === 'no') {
    const [first, ...rest] = entries(answer.facts);
    if (first) return [line(first, said), ...listed(rest, SERIES_LISTED)];
  }
  // "Was it 5.2 before the fracture": the value that is asked about, else all that there are then.
  if (question.threshold?.op === '=' && numbers?.meeting !== undefined && !question.every && (numbers.meeting > 0 || question.time)) {
    const [first, ...rest] = entries(numbers.meeting > 0 ? answer.facts : answer.considered);
    if (first) return [line(first, said), ...listed(rest, SERIES_LISTED)];
  }
  if (question.threshold && numbers?.meeting !== undefined && numbers.count > 1) {
    const { meeting } = numbers;
    const below = question.threshold.op.startsWith('<');
    // Of all values the one nearest to the limit tells most.
    const low = question.every ? !below : below;
    // "Was there a 7.9?": the values that are so, else all that there are.
    if (question.threshold.op === '=' && !question.every) {
      const [first, ...rest] = entries(meeting === 0 ? answer.considered : answer.facts);
      if (meeting > 0) return first ? [line(first, said), ...listed(rest, SERIES_LISTED)] : [];
      return first ? [line(first), ...listed(rest, SERIES_LISTED - 1)] : notRecorded(writing);
    }
    const at = low ? numbers.min : numbers.max;
    return [
      claim(
        meeting === 0
          ? `${said}${name} was never ${question.threshold.text}${within}.`
          : `${said}${meeting} ${name} ${meeting === 1 ? 'result is' : 'results are'} ${question.threshold.text}${within}.`,
        search,
      ),
      ...(at
        ? [claim(`The ${low ? 'lowest' : 'highest'} ${name}${within} is ${numberAt(at, numbers)}${on(at.date)}.`, at.fact.id, search)]
        : []),
    ];
  }
  const [first, ...rest] = entries(answer.facts);
  if (!first) return notRecorded(writing);
  return [line(first, said), ...listed(rest, SERIES_LISTED)];
}

export function writeFlag({ answer, search }: Writing): readonly DraftClaim[] {
  const said = answer.question.polar ? SAID[answer.polarity ?? 'unknown'] : '';
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .flatMap((fact) => {
      const word = flagWord(fact);
      const value = `${valueText(fact)}${on(fact.date)}`;
      return word
        ? [
            claim(
              `${said}${capital(fact.name)} is ${word}: ${value}${fact.referenceRange ? ` (reference range ${fact.referenceRange.text})` : ''}.`,
              fact.id,
            ),
          ]
        : fact.referenceRange
          ? [line(fact)]
          : [line(fact), claim(`No reference range or flag is recorded with ${fact.name}${on(fact.date)}.`, fact.id, search)];
    });
}
