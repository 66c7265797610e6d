/** What stands in the prose of a note was so on the day of the note: it says nothing of what is newest, of now, or of what became of it. */
import type { Chart, Fact } from '../../records/contract.ts';
import { isNeutral, tokens } from '../reading/lexicon.ts';
import { wordStem } from './words.ts';

/** Words that say more than that it was so on some day. */
const BEYOND_A_DAY =
  /\b(?:last(?: (?:recorded|checked|measured|known|documented|seen))?|latest|newest|(?:most|more) recent(?:ly)?|recent(?:ly)?|current(?:ly)?|now|nowadays|still|today|tonight|at present|presently|at the moment|ongoing|on file|on record|to date|so far|up[- ]to[- ]date|(?:in)?active|resolved|remains?|remaining|continu(?:es?|ed|ing)|any ?(?:more|longer)|no longer|chronic(?:ally)?|persist(?:s|ent|ing)|always|never|ever|only|first|earliest|highest|lowest|all|every|family history|famil(?:y|ial)|fhx?|problem list|past|previous(?:ly)?|prior|former(?:ly)?|history of|h\/o)\b/gi;

/** What entries of its own say of such things outweighs what a note says of them without a date. */
const ENTERED: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'problem',
  'medication',
  'allergy',
  'result',
  'vital',
  'survey',
  'social',
]);

const isProse = ({ kind, details }: Fact): boolean => kind === 'document' || details?.['text'] !== undefined;

const stemsOf = (text: string): readonly string[] => tokens(text).map(({ word }) => wordStem(word));

/** One sentence of the prose says all of it, with that very word. */
function saidSo(sentence: string, beyond: readonly string[], prose: string): boolean {
  const wanted = tokens(sentence)
    .map(({ word }) => word)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !isNeutral(word))
    .map(wordStem);
  return prose.split(/(?<!\d)[.;](?!\d)|[.;](?=\s|$)|\n/).some((line) => {
    const own = stemsOf(line);
    return [...wanted, ...beyond].every((word) => own.includes(word));
  });
}

/** Entries of what the sentence names that the note of this day does not settle: of another day, or no longer as they were then. */
function enteredOtherwise(sentence: string, note: Fact, chart: Chart): boolean {
  const { terminology } = chart;
  const day = note.date?.slice(0, 10);
  const named = terminology.mentions(sentence).flatMap(({ concepts }) => concepts.filter((id) => !id.startsWith('section/')));
  return chart.facts.some(
    (fact) =>
      fact.id !== note.id &&
      ENTERED.has(fact.kind) &&
      [...fact.concepts, ...(fact.part ? [fact.part] : [])].some((held) => named.some((id) => held === id || terminology.isA(held, id))) &&
      (day === undefined ||
        fact.date === undefined ||
        fact.date.slice(0, 10) > day ||
        fact.end !== undefined ||
        fact.status === 'resolved' ||
        fact.status === 'inactive'),
  );
}

/**
 * May the sentence be taken from this entry's own words? Always where those are the entry of one thing. Of the prose of a note, which tells of
 * many things on one day, only what was so on that day. `dated`: the sentence says that day. `contradicted`: entries say otherwise.
 */
export function ofItsDay(sentence: string, fact: Fact, dated: boolean, contradicted: boolean, chart: Chart): boolean {
  if (!isProse(fact)) return true;
  const beyond = [...sentence.matchAll(BEYOND_A_DAY)].flatMap((match) => stemsOf(match[0]));
  if (beyond.length > 0 && !saidSo(sentence, beyond, fact.details?.['text'] ?? '')) return false;
  return dated || (!contradicted && !(PRESENT.test(sentence) && !isNewestNote(fact, chart)) && !enteredOtherwise(sentence, fact, chart));
}

/** "He has severe constipation": what is said of now. */
const PRESENT = /\b(?:has|have|is|are|suffers?|takes?|uses?|complains?|needs?|feels?)\b/i;
const isNewestNote = (note: Fact, chart: Chart): boolean =>
  !chart.facts.some((fact) => fact.kind === note.kind && isProse(fact) && (fact.date ?? '').slice(0, 10) > (note.date ?? '').slice(0, 10));
