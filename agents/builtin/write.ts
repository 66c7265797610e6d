import { formatDate } from '../../language/dates.ts';
import { convert, displayUnit } from '../../language/units.ts';
import { factLine } from '../../records/chart/evidence.ts';
import { trend } from '../../records/chart/trend.ts';
import type { Fact } from '../../records/contract.ts';
import type { Answer, Note, Question } from '../../records/questions/contract.ts';
import { KIND_NAMES } from '../../records/questions/sections.ts';
import type { ChartAnswer } from '../../tools/chart-question.ts';
import type { DraftClaim } from '../contract.ts';
import { be, capital, flagNote, flagWord, isMeasured, lengthOf, numberAt, on, rounded, valueText, withUnit } from './phrases.ts';
import { factSentence } from './sentences.ts';

export interface Written {
  readonly claims: readonly DraftClaim[];
  readonly notes: readonly string[];
  /** Where the words ask back rather than answer. */
  readonly status?: 'clarify';
}

/** Lists are read to the end up to here; longer ones show their newest and say how many there are. */
const LISTED = 40;
const SERIES_LISTED = 12;

interface Writing {
  readonly answer: Answer;
  readonly question: Question;
  readonly name: string;
  /** Evidence ids of the complete searches. */
  readonly search: readonly string[];
  /** " since 01-Jan-2019": the time that was asked for, where a sentence would else speak of the whole record. */
  readonly within: string;
}

const claim = (text: string, ...citations: readonly (string | readonly string[] | undefined)[]): DraftClaim => ({
  text,
  citations: [...new Set(citations.flat().filter((id) => id !== undefined))],
});

const line = (fact: Fact, prefix = ''): DraftClaim => claim(`${prefix}${factSentence(fact)}`, fact.id);

/** The record's own line, which states everything that it holds of the fact. */
const wholeLine = (fact: Fact): DraftClaim => claim(factLine(fact), fact.id);

/** One entry a resource: a blood pressure is not listed a second and third time by its parts. */
function entries(facts: readonly Fact[]): readonly Fact[] {
  const whole = new Set(facts.filter((fact) => fact.part === undefined).map((fact) => fact.id));
  return facts.filter((fact) => fact.part === undefined || !whole.has(fact.id));
}

function listed(facts: readonly Fact[], most = LISTED): readonly DraftClaim[] {
  return entries(facts)
    .slice(0, most)
    .map((fact) => line(fact));
}

/** A shortened list always says so. */
function shortened(claims: readonly DraftClaim[], facts: readonly Fact[]): readonly string[] {
  const all = entries(facts);
  const shown = all.filter((fact) => claims.some((each) => each.citations.length === 1 && each.citations[0] === fact.id)).length;
  return shown >= SERIES_LISTED && shown < all.length ? [`Showing ${shown} of ${all.length}, the newest first.`] : [];
}

const valueOn = (fact: Fact): string => `${valueText(fact)}${on(fact.date)}${flagNote(fact)}`;

/** "The latest potassium is 4.1 mmol/L on 12-Mar-2020." For what is done rather than measured, its date. */
function newest(fact: Fact, which: string, search: readonly string[]): DraftClaim {
  if (fact.details?.unitConflict) return line(fact);
  if (isMeasured(fact)) return claim(`The ${which} ${fact.name} ${be(fact.name)} ${valueOn(fact)}.`, fact.id, search);
  if (fact.kind === 'visit') return claim(`The ${which} visit was${on(fact.date)}: ${factSentence(fact)}`, fact.id, search);
  return fact.date && (fact.kind === 'procedure' || fact.kind === 'immunization' || fact.kind === 'imaging' || fact.kind === 'report')
    ? claim(`The ${which} ${fact.name} was${on(fact.date)}.`, fact.id, search)
    : line(fact);
}

function withinOf({ from, to }: Answer['scope']): string {
  if (from && to)
    return from.slice(0, 10) === to.slice(0, 10) ? ` on ${formatDate(from)}` : ` from ${formatDate(from)} to ${formatDate(to)}`;
  return from ? ` since ${formatDate(from)}` : to ? ` up to ${formatDate(to)}` : '';
}

function writeTrend({ answer, name, search, within }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (!numbers?.first || !numbers.last || numbers.count < 2) return listed(answer.facts, SERIES_LISTED);
  const { first, last, direction } = numbers;
  // Values in units that do not compare stand apart: the count would not be that of the whole series.
  const mixed = answer.notes.some((note) => note.kind === 'other-unit');
  const movement = direction ? `${capital(name)} ${be(name)} ${direction}: from` : `${capital(name)} went from`;
  return [
    claim(
      `${movement} ${numberAt(first, numbers)}${on(first.date)} to ${numberAt(last, numbers)}${on(last.date)}${mixed ? '' : `, over ${numbers.count} values`}${within}.`,
      first.fact.id,
      last.fact.id,
      search,
    ),
    ...listed(answer.facts, SERIES_LISTED),
  ];
}

/** "How is her kidney function?", "how's his pressure been": where it stands, and where it is going. */
const COURSE = /^(?:and |so |ok |well,? )*how(?:'s|’s| is| are| has| have| was| were)\b(?! (?:old|high|low|long|many|much|often|far))/i;
/** Fewer values show no course. */
const FEWEST = 3;

function course({ answer, name, search }: Writing): readonly DraftClaim[] {
  const values = answer.considered.filter((fact) => fact.part === answer.facts[0]?.part);
  const figures = answer.scope.from || answer.scope.to ? undefined : trend(values);
  if (!figures || figures.points.length < FEWEST || figures.excluded.length > 0) return [];
  const { first, last, direction } = figures;
  if (direction !== 'rising' && direction !== 'falling') return [];
  return [
    claim(
      `${capital(name)} ${be(name)} ${direction}: from ${valueText(first.fact)}${on(first.date)} to ${valueText(last.fact)}${on(last.date)}.`,
      first.fact.id,
      last.fact.id,
      search,
    ),
  ];
}

function writeChange({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  const change = numbers?.change;
  if (!numbers || !change) return listed(answer.facts, SERIES_LISTED);
  const { from, to, difference } = change;
  const none = Number(rounded(Math.abs(difference), [from.text, to.text])) === 0;
  const moved = none ? 'did not change' : difference > 0 ? 'rose' : 'fell';
  const by = none ? '' : ` by ${withUnit(rounded(Math.abs(difference), [from.text, to.text]), numbers.unit)}`;
  return [
    claim(
      `${capital(name)} ${moved}${by}, from ${numberAt(from, numbers)}${on(from.date)} to ${numberAt(to, numbers)}${on(to.date)}.`,
      from.fact.id,
      to.fact.id,
      search,
    ),
  ];
}

function writeExtreme(which: 'highest' | 'lowest', { answer, name, search, within }: Writing): readonly DraftClaim[] {
  const at = which === 'highest' ? answer.numbers?.max : answer.numbers?.min;
  if (!answer.numbers || !at) return listed(answer.facts);
  if (answer.scope.from && answer.scope.from.slice(0, 10) === answer.scope.to?.slice(0, 10)) return [line(at.fact)];
  return [claim(`The ${which} ${name}${within} ${be(name)} ${numberAt(at, answer.numbers)}${on(at.date)}.`, at.fact.id, search)];
}

function writeRange({ answer, name, search, within }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (!numbers?.min || !numbers.max) return listed(answer.facts);
  // Two dates of values and two of a time in one sentence would not say which are which.
  if (within !== '')
    return [
      claim(
        `${capital(name)} ranged from ${numberAt(numbers.min, numbers)} to ${numberAt(numbers.max, numbers)}${within}.`,
        numbers.min.fact.id,
        numbers.max.fact.id,
        search,
      ),
      ...listed(numbers.min.fact === numbers.max.fact ? [numbers.min.fact] : [numbers.min.fact, numbers.max.fact]),
    ];
  return [
    claim(
      `${capital(name)} ranged from ${numberAt(numbers.min, numbers)}${on(numbers.min.date)} to ${numberAt(numbers.max, numbers)}${on(numbers.max.date)}, over ${numbers.count} values${within}.`,
      numbers.min.fact.id,
      numbers.max.fact.id,
      search,
    ),
  ];
}

function writeAverage({ answer, name, search, within }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (numbers?.mean === undefined) return listed(answer.facts);
  const like = [numbers.min?.text ?? '', numbers.max?.text ?? ''];
  const mean = withUnit(rounded(numbers.mean, like), numbers.unit);
  const from = answer.question.limit ? numbers.first?.date : undefined;
  return [claim(`The average ${name} is ${mean} over ${numbers.count} values${from ? ` since ${formatDate(from)}` : within}.`, search)];
}

/** "colonoscopies", "heart drugs"; a name that has its own plural or none stays as it is. */
const plural = (name: string): string =>
  /(?:s|x|ia|is|um|uria|emia|\))$/i.test(name) ? name : /[^aeiou]y$/i.test(name) ? name.replace(/y$/i, 'ies') : `${name}s`;

function writeCount({ answer, search, within }: Writing): readonly DraftClaim[] {
  const { question, numbers } = answer;
  const count = numbers?.meeting ?? numbers?.count ?? entries(answer.facts).length;
  const one = question.kinds.length === 1 && question.kinds[0] === 'problem' && isNamed(question);
  const ordered =
    question.kinds.length === 1 && question.kinds[0] === 'medication' && question.concepts.every((id) => id.startsWith('drug/'));
  const what =
    count === 1
      ? question.name.replace(/([^su])s$/, '$1')
      : one
        ? question.name
        : plural(ordered && isNamed(question) ? `${question.name} order` : question.name);
  const head =
    numbers?.meeting !== undefined && question.threshold
      ? `${count} ${what} results${within} ${count === 1 ? 'is' : 'are'} ${question.threshold.text}.`
      : one && count > 0
        ? `${capital(what)} is recorded ${count === 1 ? 'once' : `${count} times`}${within}.`
        : `${count} ${what}${question.reasons ? ` for ${question.reasons.name}` : ''} ${count === 1 ? 'is' : 'are'} recorded${within}.`;
  return [claim(head, search), ...listed(answer.facts, SERIES_LISTED)];
}

const SAID = { yes: 'Yes: ', no: 'No: ', unknown: '' } as const;

const NEGATOR = /\b(?:no|not|non|without|absence of|absent|negative for|free of)\b[ -]/i;

/** "Concussion with no loss of consciousness" asked as "did she lose consciousness": the name says no to what is asked, so its entry is no yes. */
function isDeniedIn(name: string, asked: string): boolean {
  const at = NEGATOR.exec(name);
  if (!at || NEGATOR.test(asked)) return false;
  const stems = (text: string): readonly string[] => (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5));
  const asks = new Set(stems(asked));
  return (
    stems(name.slice(at.index + at[0].length)).some((stem) => asks.has(stem)) &&
    !stems(name.slice(0, at.index)).some((stem) => asks.has(stem))
  );
}

/** An entry that exists is never put behind a bare "no": it was so and is not any more, or it was, which answers "ever". */
function opening({ polarity, outcome, notes }: Answer): string {
  const over = notes.some((note) => note.kind === 'no-longer');
  if (over && outcome === 'found' && polarity === 'yes') return 'Yes, past: ';
  if (over && outcome === 'absent' && polarity === 'no') return 'No longer: ';
  return SAID[polarity ?? 'unknown'];
}

/** Words of a note or a name that say no to what is asked, and a "never" that a yes or no could answer either way. */
const isWithheld = ({ facts, question }: Answer): boolean =>
  facts.some((fact) => isDeniedIn(fact.name, question.text)) ||
  facts[0]?.kind === 'document' ||
  facts[0]?.kind === 'goal' ||
  (question.threshold !== undefined && /\bnever\b/i.test(question.text));

/** "Did she stop X", "is he off X": asks for the end of a drug, not for the drug. */
const isStopAsked = ({ kinds, text }: Question): boolean =>
  kinds.includes('medication') && /\b(?:off|stop\w*|discontinu\w*|quit|ceased|come off|came off|withdrawn)\b/i.test(text);

const stopSaid = ({ facts, question }: Answer): string =>
  question.aspect === 'ever' || new Set(facts.map((fact) => fact.status)).size > 1
    ? ''
    : facts[0]?.status === 'active'
      ? SAID.no
      : facts[0]?.status === 'stopped'
        ? SAID.yes
        : '';

function writePolar(writing: Writing): readonly DraftClaim[] {
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
  if (question.threshold && numbers?.meeting !== undefined && numbers.count > 1) {
    const { meeting } = numbers;
    const below = question.threshold.op.startsWith('<');
    const at = below ? numbers.min : numbers.max;
    return [
      claim(
        meeting === 0
          ? `${said}${name} was never ${question.threshold.text}${within}.`
          : `${said}${meeting} ${name} ${meeting === 1 ? 'result is' : 'results are'} ${question.threshold.text}${within}.`,
        search,
      ),
      ...(at
        ? [claim(`The ${below ? 'lowest' : 'highest'} ${name}${within} is ${numberAt(at, numbers)}${on(at.date)}.`, at.fact.id, search)]
        : []),
    ];
  }
  const [first, ...rest] = entries(answer.facts);
  if (!first) return notRecorded(writing);
  return [line(first, said), ...listed(rest, SERIES_LISTED)];
}

function writeWhen(which: 'onset' | 'end' | 'date', { answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .map((fact) => {
      if (which === 'end' && fact.end && !isMeasured(fact)) return claim(`${capital(fact.name)} ended${on(fact.end)}.`, fact.id);
      return line(fact);
    });
}

function writeDuration({ answer }: Writing): readonly DraftClaim[] {
  const duration = answer.numbers?.duration;
  const [fact] = answer.facts;
  if (!duration || !fact) return listed(answer.facts);
  const text = duration.to
    ? `${capital(fact.name)} lasted ${lengthOf(duration.days)}, from ${formatDate(duration.from)} to ${formatDate(duration.to)}.`
    : `${capital(fact.name)} has been recorded for ${lengthOf(duration.days)}, since ${formatDate(duration.from)}.`;
  return [claim(text, fact.id)];
}

function writeReferenceRange({ answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) =>
    fact.referenceRange
      ? claim(`The reference range of ${fact.name} is ${fact.referenceRange.text}${on(fact.date)}.`, fact.id)
      : line(fact),
  );
}

function writeFlag({ answer, search }: Writing): readonly DraftClaim[] {
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
        : [line(fact), claim(`No reference range or flag is recorded with ${fact.name}${on(fact.date)}.`, fact.id, search)];
    });
}

const BEGAN: Partial<Record<Fact['kind'], string>> = { problem: 'began', medication: 'was ordered', immunization: 'was given' };

function writeField({ answer, question }: Writing): readonly DraftClaim[] {
  const { field, facts } = answer;
  if (!field) return [];
  const [fact] = facts;
  const ids = facts.map(({ id }) => id);
  if (field.label === 'age then' && fact)
    return [claim(`${capital(fact.name)} ${BEGAN[fact.kind] ?? 'was'}${on(fact.date)} at age ${field.text}.`, ids)];
  // "Is she alive?" and "when did she die?" have one answer.
  if (question.field === 'deceased' && fact) {
    const aged = answer.field?.text.match(/\d{4}$/) ? died(fact) : '';
    return [claim(`${fact.name} died${aged}.`, fact.id)];
  }
  return [claim(field.label === 'date of birth' ? `Born ${field.text}.` : `${capital(field.label)}: ${field.text}.`, fact?.id)];
}

/** " on 19-Jan-2000 at age 75", as the patient's own line states it. */
function died(fact: Fact): string {
  const said = /\bdied (\d\d-\w{3}-\d{4}); at age (\d+)/.exec(factLine(fact));
  if (said) return ` on ${said[1]} at age ${said[2]}`;
  const date = /\bdied (\d\d-\w{3}-\d{4})/.exec(factLine(fact))?.[1];
  return date ? ` on ${date}` : '';
}

function writeWho({ answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).slice(0, SERIES_LISTED).map(wholeLine);
}

/** A part of the record is named in the plural ("upcoming visits"), a thing in the singular. */
const isPlural = (question: Question, searched: string): boolean =>
  !/^(?:reason|date|start|end|duration|reference range|person|place|reaction)\b/.test(searched) &&
  question.concepts.every((id) => id.startsWith('section/')) &&
  !question.words?.length &&
  /[^su]s$/.test(question.name);

/** The event that a time refers to is not in the record: the note says so in a sentence. */
const isMissingEvent = (note: Note): boolean => note.kind === 'anchor' && note.text.endsWith('.');

/** "Time meant: start of simvastatin, 03-Jan-2015." */
const told = (note: Note): string =>
  note.kind === 'anchor' && !isMissingEvent(note)
    ? `Time meant: ${note.text}${note.facts[0]?.date ? `, ${formatDate(note.facts[0].date)}` : ''}.`
    : `${capital(note.text).replace(/\.$/, '')}.`;
const isNamed = ({ concepts }: Question): boolean => concepts.some((id) => !id.startsWith('section/'));

/** Words that no table and no entry of the record knows: whether they are recorded cannot be told from an ordinary slip. */
function unknownWords({ question, outcome, notes }: Answer): string | undefined {
  if (outcome !== 'not-recorded' || isNamed(question) || !question.words?.length) return undefined;
  if (notes.some((note) => note.kind === 'anchor' || note.kind === 'nearest')) return undefined;
  // As it was typed: the words of a question are kept without their endings.
  const typed = question.words.map((word) =>
    /^[\p{L}\p{N}]+$/u.test(word) ? (new RegExp(`\\b${word}\\p{L}*`, 'iu').exec(question.text)?.[0] ?? word) : word,
  );
  return typed.join(' ');
}

/** Frames that take a clinical name: what stands there is a thing, though unknown, and can be searched for by its word. */
const TAKES_NAME =
  /\b(?:have|has|had|having|history|taking|takes?|took|prescribed|diagnosed|allergic|allergy|suffer\w*|vaccinated|receive[ds]?|undergo\w*|underwent|ever|done|levels?|latest|last)\b|\bon (?:an? |any )?/i;

/** What to say of words that were not understood, and whether to ask back. */
function asking(answer: Answer): Pick<Written, 'notes' | 'status'> | undefined {
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

function notRecorded({ answer, question, search }: Writing): readonly DraftClaim[] {
  const others = entries(answer.instead)
    .slice(0, 3)
    .map((fact) => line(fact));
  if (answer.notes.some(isMissingEvent)) return others;
  // The denial of a category would be read as one of all allergies: what is recorded is shown, the note says what it is not.
  if (question.category && others.length > 0) return others;
  if (question.aspect === 'due')
    return others.length > 0
      ? others
      : [claim(search.length > 1 ? `No ${question.name} is recorded.` : 'No planned appointment or order is recorded.', search)];
  // What only words of the question name is told as a search for those words (see `unknownWords`), not as a fact.
  if (question.field && question.field !== 'deceased') return others;
  if (unknownWords(answer) || answer.notes.some((note) => note.kind === 'qualifier')) return others;
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
  return [claim(`No ${what} ${isPlural(question, what) ? 'are' : 'is'} recorded.`, search), ...others];
}

function writeSections(sections: NonNullable<ChartAnswer['sections']>): Written {
  const read = sections.map((section) => ({ section, shown: section.facts.slice(0, SUMMARISED[section.key] ?? 0) }));
  const cut = read.filter(({ section, shown }) => shown.length > 0 && shown.length < section.total);
  const unread = read.filter(({ section, shown }) => shown.length === 0 && section.total > 0);
  return {
    claims: read.flatMap(({ section, shown }) => [
      ...(section.emptySearch
        ? [claim(section.key === 'allergies' ? 'No allergy is recorded.' : (section.empty ?? ''), section.emptySearch)]
        : []),
      ...shown.map((fact) => (section.key === 'identity' ? identity(fact) : line(fact))),
    ]),
    notes: [
      ...cut.map(({ section, shown }) => `${section.title}: showing ${shown.length} of ${section.total}.`),
      ...(unread.length > 0
        ? [`Not read out: ${unread.map(({ section }) => `${section.title.toLowerCase()} (${section.total})`).join(', ')}.`]
        : []),
    ],
  };
}

/** Who it is, in one line: address and telephone are asked for by themselves. */
function identity(fact: Fact): DraftClaim {
  const { birthDate, deceased, age, gender } = fact.details ?? {};
  const said = [
    birthDate && `born ${birthDate}`,
    deceased && `died ${deceased}`,
    age && `${deceased ? 'at age' : 'age'} ${age}`,
    gender,
  ].filter(Boolean);
  return said.length > 0 ? claim(`${fact.name}: ${said.join('; ')}.`, fact.id) : line(fact);
}

/** How many entries of a section a summary reads out: what a clinician needs before a visit. The rest is counted. */
const SUMMARISED: Partial<Record<NonNullable<ChartAnswer['sections']>[number]['key'], number>> = {
  identity: 1,
  allergies: 8,
  conflicts: 3,
  problems: 8,
  medications: 8,
  'abnormal-results': 6,
  vitals: 4,
  hospital: 2,
  'last-visit': 1,
  social: 3,
  genotypes: 2,
  goals: 2,
  devices: 2,
  upcoming: 2,
};

/** The record's lines are checked claims; why they matter most is Rounds' own reasoning and is told apart, with its source. */
function writeTop(top: NonNullable<ChartAnswer['top']>): Written {
  return {
    claims: top.flatMap((item) =>
      entries(item.facts)
        .slice(0, 3)
        .map((fact) => line(fact)),
    ),
    notes: top.map((item, i) => `${i + 1}. ${item.title}. ${item.why}`),
  };
}

/** What a reader must be told beside the sentences; where a note is about entries, their own lines say it. */
const TOLD = new Set<Note['kind']>([
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

export const writeAllergies = (allergies: readonly Fact[]): readonly DraftClaim[] => allergies.map((fact) => line(fact));

/** Sentences for one answer: what was asked first, then what an honest reader must know with it. */
export function writeAnswer({ answer, searches, premises, allergies, contradicting, parts, sections, top }: ChartAnswer): Written {
  const writing: Writing = {
    answer,
    question: answer.question,
    name: answer.question.name,
    search: searches,
    within: withinOf(answer.scope),
  };
  const corrections = answer.premise.flatMap((premise, i) =>
    premise.ok ? [] : [claim(`${premise.text}.`, ...premise.facts.map((fact) => fact.id), premises[i])],
  );
  if (top) return writeTop(top);
  if (sections) return writeSections(sections);
  const plainly = parts.length > 0 ? parts.flatMap((part) => writeAnswer(part).claims) : body(writing);
  const claims = [...plainly, ...converted(answer)];
  const unconverted = answer.question.inUnit && claims.length === plainly.length && answer.outcome === 'found';
  const judged =
    answer.question.judged && answer.outcome !== 'not-recorded' && !answer.facts.some((fact) => /control/i.test(fact.names.join(' ')));
  const notes = [
    ...(claims.length > plainly.length ? [`Converted to ${displayUnit(answer.question.inUnit!)} from the recorded unit.`] : []),
    ...(unconverted ? [`As recorded: not converted to ${displayUnit(answer.question.inUnit!)}.`] : []),
    ...(judged ? ['Whether it is controlled is not recorded; the newest readings are shown.'] : []),
    ...shortened(claims, answer.facts),
    ...answer.notes.filter((note) => TOLD.has(note.kind)).map(told),
  ];
  const said = new Set(claims.flatMap(({ citations }) => citations));
  const warnings = [...allergies, ...contradicting].filter(({ id }) => !said.has(id)).map((fact) => line(fact));
  const against = contradicting.some(({ id }) => !said.has(id)) ? ['The record contradicts itself here.'] : [];
  const asked = asking(answer);
  if (answer.question.field && answer.question.field !== 'deceased' && answer.outcome === 'not-recorded' && !answer.question.time)
    notes.unshift(`The record gives no ${answer.searched} of this patient.`);
  return {
    claims: [...corrections, ...claims, ...warnings],
    notes: [...(asked?.notes ?? []), ...notes, ...against],
    ...(asked?.status && corrections.length === 0 ? { status: asked.status } : {}),
  };
}

/** "Weight in pounds": the value as it is recorded stands before, and what it is in the unit asked for is said to be converted. */
function converted({ question, facts, parts = [] }: Answer): readonly DraftClaim[] {
  const { inUnit } = question;
  if (!inUnit || parts.length > 0) return [];
  return entries(facts)
    .slice(0, SERIES_LISTED)
    .flatMap((fact) => {
      if (fact.value?.type !== 'quantity' || !fact.value.ucum || fact.value.comparator || fact.value.ucum === inUnit) return [];
      // From the number as it is shown: the two must agree.
      const value = convert(Number(fact.value.text), fact.value.ucum, inUnit);
      if (value === undefined || Number.isNaN(value)) return [];
      return [claim(`${capital(fact.name)} was ${value.toFixed(1)} ${displayUnit(inUnit)}${on(fact.date)}.`, fact.id)];
    });
}

function body(writing: Writing): readonly DraftClaim[] {
  const { answer, question, search } = writing;
  if (answer.outcome === 'ambiguous' || answer.outcome === 'invalid') return [];
  if (answer.outcome === 'not-recorded') return notRecorded(writing);
  if (answer.field) return writeField(writing);
  if (question.aspect === 'flag') return writeFlag(writing);
  if (question.polar && answer.polarity !== undefined) return writePolar(writing);
  if (answer.outcome === 'absent') return listed(answer.facts, SERIES_LISTED);
  switch (question.aspect) {
    case 'latest':
    case 'first': {
      const superlative =
        !question.time &&
        !question.offset &&
        !question.limit &&
        !question.threshold &&
        !question.except &&
        // "The first visit" of all is not the first emergency visit.
        !(question.kinds.includes('visit') && (question.visitClass || question.reasons)) &&
        !answer.notes.some((note) => note.kind === 'future');
      const read = entries(answer.facts).map((fact) => (superlative ? newest(fact, question.aspect, search) : line(fact)));
      return question.aspect === 'latest' && COURSE.test(question.text) ? [...read, ...course(writing)] : read;
    }
    case 'trend':
      return writeTrend(writing);
    case 'change':
      return writeChange(writing);
    case 'range':
      return writeRange(writing);
    case 'highest':
    case 'lowest':
      return writeExtreme(question.aspect, writing);
    case 'average':
      return writeAverage(writing);
    case 'count':
      return writeCount(writing);
    case 'exists':
    case 'ever':
      return writePolar(writing);
    case 'onset':
    case 'end':
    case 'date':
      return writeWhen(question.aspect, writing);
    case 'duration':
      return writeDuration(writing);
    case 'reference-range':
      return writeReferenceRange(writing);
    case 'who':
    case 'where':
      return writeWho(writing);
    default:
      return listed(answer.facts);
  }
}
