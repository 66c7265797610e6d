import { formatDate } from '../../language/dates.ts';
import type { Answer, Note, Question } from '../../records/questions/contract.ts';
import { KIND_NAMES } from '../../records/questions/sections.ts';
import type { DraftClaim } from '../contract.ts';
import type { Written } from './claims.ts';
import { claim, entries, line, type Writing, withinOf } from './claims.ts';
import { capital } from './phrases.ts';

/** A part of the record is named in the plural ("upcoming visits"), a thing in the singular. */
const isPlural = (question: Question, searched: string): boolean =>
  !/^(?:reason|date|start|end|duration|reference range|person|place|reaction)\b/.test(searched) &&
  !question.words?.length &&
  question.concepts.every((id) => id.startsWith('section/')) &&
  /[^su]s$/.test(question.name);

/** "Surgeries", a family of things that is named in the plural. */
const isManifold = (what: string): boolean => /[a-z]ies$/.test(what) && !/\b(?:series|species|rabies|scabies|caries|facies)$/.test(what);

/** The event that a time refers to is not in the record: the note says so in a sentence. */
const isMissingEvent = (note: Note): boolean => note.kind === 'anchor' && note.text.endsWith('.');

/** "Time meant: start of simvastatin, 03-Jan-2015." */
export const told = (note: Note): string =>
  note.kind === 'anchor' && !isMissingEvent(note)
    ? `Time meant: ${note.text}${note.facts[0]?.date ? `, ${formatDate(note.facts[0].date)}` : ''}.`
    : `${capital(note.text).replace(/\.$/, '')}.`;

export const isNamed = ({ concepts }: Question): boolean => concepts.some((id) => !id.startsWith('section/'));

const LONGEST_QUOTED = 80;

/** Words that no table and no entry of the record knows: whether they are recorded cannot be told from an ordinary slip. */
function unknownWords({ question, outcome, notes }: Answer): string | undefined {
  if (outcome !== 'not-recorded' || isNamed(question) || !question.words?.length) return undefined;
  if (notes.some((note) => note.kind === 'anchor' || note.kind === 'nearest')) return undefined;
  // As it was typed: the words of a question are kept without their endings.
  const typed = question.words.map((word) =>
    /^[\p{L}\p{N}]+$/u.test(word) ? (new RegExp(`\\b${word}\\p{L}*`, 'iu').exec(question.text)?.[0] ?? word) : word,
  );
  const said = typed.join(' ');
  return said.length > LONGEST_QUOTED ? `${said.slice(0, LONGEST_QUOTED)}…` : said;
}

/** Frames that take a clinical name: what stands there is a thing, though unknown, and can be searched for by its word. */
const TAKES_NAME =
  /\b(?:have|has|had|having|history|taking|takes?|took|prescribed|diagnosed|allergic|allergy|suffer\w*|vaccinated|receive[ds]?|undergo\w*|underwent|ever|done|levels?|latest|last)\b|\bon (?:an? |any )?/i;

/** What to say of words that were not understood, and whether to ask back. */
export function asking(answer: Answer): Pick<Written, 'notes' | 'status'> | undefined {
  const words = unknownWords(answer);
  if (!words) return undefined;
  const { question } = answer;
  const where =
    question.kinds.length > 0 && question.kinds.length < 4
      ? `the ${question.kinds.map((kind) => KIND_NAMES[kind]).join(', ')}`
      : 'the record';
  return TAKES_NAME.test(question.text)
    ? { notes: [`No entry of ${where} has the word “${words}”, and I do not know another name for it.`] }
    : { notes: [`I do not understand “${words}”, and no entry of ${where} has it. What do you mean by it?`], status: 'clarify' };
}

/** "neck injury" without the word that no table knows: "injury". */
function unqualified({ name, words = [] }: Question): string | undefined {
  const kept = name.split(' ').filter((word) => !words.some((own) => word.toLowerCase().startsWith(own)));
  return kept.length > 0 && kept.length < name.split(' ').length ? kept.join(' ') : undefined;
}

/** Why something that was not found is not denied either. */
export function undenied({ question, spoken }: Writing): readonly string[] {
  return spoken.length > 0 ? [`No entry is ${question.name} by its own code; what speaks of it is shown.`] : [];
}

/** "COVID-19 in 2024" as "COVID-19 diagnosis in 2024"; a name that says itself that it is the disease stays as it is. */
const asDiagnosis = (what: string, name: string): string =>
  /\b(?:infections?|disease|virus|illness|diagnos\w+|history|episodes?|vaccin\w+)\b/i.test(what) || !what.startsWith(name)
    ? what
    : `${name} diagnosis${what.slice(name.length)}`;

export function notRecorded({ answer, question, search, spoken, told, ofDisease, missing }: Writing): readonly DraftClaim[] {
  if (missing.length > 0)
    return entries([...new Set([...spoken, ...answer.instead])])
      .slice(0, 4)
      .map((fact) => line(fact));
  const allergies = question.kinds.includes('allergy');
  // Quoted with the warnings.
  if (allergies && told.length > 0) return entries(answer.instead).map((fact) => line(fact));
  const others = entries(answer.instead)
    .slice(0, allergies ? 5 : 3)
    .map((fact) => line(fact));
  // That each entry states it is said in a note: a denial of "entries without a reason" reads as one of the entries.
  if ((question.lacking || question.stated) && !answer.notes.some(isMissingEvent)) return [];
  if (answer.notes.some(isMissingEvent)) return others;
  // The entries are there: that they name nobody and no place is said in a note.
  if ((question.aspect === 'who' || question.aspect === 'where') && others.length > 0) return others;
  // The denial of a category would be read as one of all allergies: what is recorded is shown, the note says what it is not.
  if (question.category && others.length > 0) return others;
  if (question.aspect === 'due')
    return others.length > 0
      ? others
      : [claim(search.length > 1 ? `No ${question.name} is recorded.` : 'No planned appointment or order is recorded.', search)];
  // What only words of the question name is told as a search for those words (see `unknownWords`), not as a fact.
  if (question.field && question.field !== 'deceased') return others;
  if (
    question.relative ||
    (others.length > 0 && (question.person || question.aspect === 'next') && answer.notes.some((note) => note.kind === 'nearest'))
  )
    return others;
  if (allergies && others.length > 0 && answer.notes.some((note) => note.kind === 'broader')) return others;
  if (unknownWords(answer) || answer.notes.some((note) => note.kind === 'qualifier')) return others;
  if (spoken.length > 0) {
    // Of a test that is shown already, the value that was asked for stands, not another of its values.
    const more = spoken.filter((fact) => !fact.value || !answer.instead.some(({ concepts }) => concepts[0] === fact.concepts[0]));
    const shown = entries([...new Set([...more, ...answer.instead])]).slice(0, 4);
    return shown.map((fact) => line(fact));
  }
  const allergy =
    question.kinds.length === 1 && question.kinds[0] === 'allergy' && question.concepts.some((id) => !id.startsWith('section/'));
  // Of a named thing there is nothing in any state: "no active fracture" would leave room for an old one.
  const named = isNamed(question);
  // Nothing of the thing at all is recorded: that covers it with any further word, and can be checked.
  const bare = named && question.words?.length && !answer.notes.some((note) => note.kind === 'nearest') ? unqualified(question) : undefined;
  const what = allergy
    ? `allergy to ${question.name.replace(/ allerg(?:y|ies)$/, '')}`
    : bare
      ? bare
      : named
        ? answer.searched.replace(/^(?:active|past) /, '')
        : answer.searched;
  // Values there are, and none of them is so.
  if (question.threshold && named && answer.numbers?.meeting === 0)
    return [claim(`${capital(question.name)} was never ${question.threshold.text}${withinOf(answer.scope)}.`, search), ...others];
  const denied = ofDisease ? asDiagnosis(what, question.name) : what;
  return [claim(`No ${denied} ${isPlural(question, denied) || isManifold(denied) ? 'are' : 'is'} recorded.`, search), ...others];
}

/** What a reader must be told beside the sentences; where a note is about entries, their own lines say it. */
export const TOLD = new Set<Note['kind']>([
  'anchor',
  'broader',
  'elsewhere',
  'future',
  'limited',
  'nearest',
  'no-unit',
  'no-value',
  'not-applicable',
  'other-unit',
  'qualifier',
  'record-only',
  'undated',
]);
