import { substanceOf } from '../../language/analytes.ts';
import { formatDate } from '../../language/dates.ts';
import { convert, displayUnit } from '../../language/units.ts';
import { factLine } from '../../records/chart/evidence.ts';
import type { Fact } from '../../records/contract.ts';
import type { Answer } from '../../records/questions/contract.ts';
import type { ChartAnswer } from '../../tools/chart-question.ts';
import type { DraftClaim } from '../contract.ts';
import {
  byName,
  claim,
  entries,
  line,
  listed,
  quote,
  SERIES_LISTED,
  shortened,
  type Writing,
  type Written,
  wholeLine,
  withinOf,
} from './claims.ts';
import { capital, isMeasured, lengthOf, on, valueText } from './phrases.ts';
import { plural, singular } from './plural.ts';
import { asking, isNamed, notRecorded, TOLD, told, undenied } from './write-absent.ts';
import { isOfPart, ofWhatWasRead, SAYS_NONE, writePart } from './write-part.ts';
import { writeFlag, writePolar } from './write-polar.ts';
import { COURSE, course, newest, writeAverage, writeChange, writeExtreme, writeRange, writeTrend } from './write-series.ts';

/** So many drugs are named with their number. */
const NAMED = 12;
const joined = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function writeCount(writing: Writing): readonly DraftClaim[] {
  const { answer, search, within } = writing;
  const { question, numbers } = answer;
  if (numbers?.drugs) return writeDrugs(writing, numbers.drugs);
  const missed = entries(answer.facts);
  // No search holds just these: how many there are is told beside them.
  if (question.status === 'not-done' && isNamed(question) && missed.length > 0 && missed.every(({ kind }) => kind === 'appointment'))
    return listed(answer.facts, SERIES_LISTED);
  const count = numbers?.meeting ?? numbers?.count ?? entries(answer.facts).length;
  const one = question.kinds.length === 1 && question.kinds[0] === 'problem' && isNamed(question);
  const ordered = question.kinds.length === 1 && question.kinds[0] === 'medication' && !numbers?.drugs;
  const what =
    count === 1
      ? singular(question.name)
      : one
        ? question.name
        : plural(ordered && isNamed(question) ? `${question.name} order` : question.name);
  const head =
    numbers?.meeting !== undefined && question.threshold
      ? `${count} ${what} results${within} ${count === 1 ? 'is' : 'are'} ${question.threshold.text}.`
      : one && count > 0
        ? `${capital(what)} is recorded ${count === 1 ? 'once' : `${count} times`}${within}.`
        : `${count} ${what}${question.reasons ? ` for ${question.reasons.name}` : ''} ${count === 1 ? 'is' : 'are'} recorded${within}.`;
  // Of visits of one class or name no search holds just these: the entries themselves are counted.
  const unsearched = question.words?.length || (question.visitClass && !/^(?:inpatient|emergency)$/.test(question.visitClass));
  const counted = count > 0 && question.kinds.includes('visit') && unsearched;
  return [claim(head, counted ? entries(answer.facts).map(({ id }) => id) : search), ...listed(answer.facts, SERIES_LISTED)];
}

/** "3 opioids were recorded: hydrocodone, morphine and oxycodone.", with the orders. */
function writeDrugs({ answer, search, within }: Writing, drugs: readonly string[]): readonly DraftClaim[] {
  const { question, facts } = answer;
  const state = question.status === 'active' && isNamed(question) ? 'active ' : '';
  const what = `${state}${drugs.length === 1 ? singular(question.name) : plural(question.name)}`;
  const going = facts.every(({ status }) => status === 'active');
  const be = going ? (drugs.length === 1 ? 'is' : 'are') : drugs.length === 1 ? 'was' : 'were';
  const named = drugs.length <= NAMED && isNamed(question) ? `: ${joined(drugs)}` : '';
  const forWhat = question.reasons ? ` for ${question.reasons.name}` : '';
  return [
    claim(`${drugs.length} ${what}${forWhat} ${be} recorded${within}${named}.`, search, ...facts.map(({ id }) => id)),
    ...listed(facts, SERIES_LISTED),
  ];
}

function writeWhen(which: 'onset' | 'end' | 'date', { answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .map((fact) => {
      if (which === 'end' && fact.end && !isMeasured(fact)) return claim(`${capital(fact.name)} ended${on(fact.end)}.`, fact.id);
      return line(fact);
    });
}

/** "Hemodialysis has been done for 4 years, since 22-Jun-2022.", with what the record itself says of its start, and its first and last session. */
function writeSessions({ answer: { facts, numbers }, search }: Writing): readonly DraftClaim[] {
  const sessions = facts.filter(({ kind }) => kind === 'procedure');
  const [first, last] = [sessions[0]!, sessions.at(-1)!];
  const { days, from, to } = numbers!.duration!;
  const told = to
    ? `${capital(last.name)} was done for ${lengthOf(days)}, from ${formatDate(from)} to ${formatDate(to)}.`
    : `${capital(last.name)} has been done for ${lengthOf(days)}, since ${formatDate(from)}.`;
  return [claim(told, search, first.id, last.id), ...listed(facts)];
}

function writeDuration(writing: Writing): readonly DraftClaim[] {
  const { answer } = writing;
  const duration = answer.numbers?.duration;
  const [fact] = answer.facts;
  if (!duration || !fact) return listed(answer.facts);
  if (answer.numbers?.sessions) return writeSessions(writing);
  const text = duration.to
    ? `${capital(fact.name)} lasted ${lengthOf(duration.days)}, from ${formatDate(duration.from)} to ${formatDate(duration.to)}.`
    : `${capital(fact.name)} ${duration.toDeath ? 'was' : 'has been'} recorded for ${lengthOf(duration.days)}, since ${formatDate(duration.from)}.`;
  return [claim(text, fact.id)];
}

function writeReferenceRange({ answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) =>
    fact.referenceRange
      ? claim(`The reference range of ${fact.name} is ${fact.referenceRange.text}${on(fact.date)}.`, fact.id)
      : line(fact),
  );
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
  if (field.label === 'contact') return [claim(`The contact on record is ${field.text}.`, fact?.id)];
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

function writeSections(sections: NonNullable<ChartAnswer['sections']>, told: ChartAnswer['told'], asked: string): Written {
  const most = BRIEFLY.test(asked) ? BRIEF : SUMMARISED;
  const read = sections.map((section) => ({ section, shown: section.facts.slice(0, most[section.key] ?? 0) }));
  const cut = read.filter(({ section, shown }) => shown.length > 0 && shown.length < section.total);
  const unread = read.filter(({ section, shown }) => shown.length === 0 && section.total > 0);
  return {
    claims: read.flatMap(({ section, shown }) => [
      ...(section.emptySearch
        ? [claim(section.key === 'allergies' ? 'No allergy is recorded.' : (section.empty ?? ''), section.emptySearch)]
        : []),
      ...shown.map((fact) => (section.key === 'identity' ? identity(fact) : line(fact))),
      ...(section.key === 'allergies' ? told.map(quote) : []),
    ]),
    notes: [
      ...cut.map(({ section, shown }) => `${section.title}: showing ${shown.length} of ${section.total}.`),
      ...(told.length > 0 ? [TOLD_IN_NOTES] : []),
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

type Lengths = Partial<Record<NonNullable<ChartAnswer['sections']>[number]['key'], number>>;

/** How many entries of a section a summary reads out: what a clinician needs before a visit. The rest is counted. */
const SUMMARISED: Lengths = {
  identity: 1,
  allergies: 8,
  conflicts: 3,
  problems: 8,
  medications: 8,
  'abnormal-results': 6,
  vitals: 4,
  'recent-results': 5,
  hospital: 2,
  'last-visit': 1,
  social: 3,
  genotypes: 2,
  goals: 2,
  devices: 2,
  upcoming: 2,
};

/** "In two lines", "who is this": who it is, and what a colleague must know at once. */
const BRIEF: Lengths = { identity: 1, allergies: 3, conflicts: 2, problems: 5, medications: 8, 'abnormal-results': 3, 'last-visit': 1 };
const BRIEFLY =
  /\b(?:brief\w*|short|quick\w*|one[- ]?liner|one line|two lines|few (?:words|lines)|(?:\d+|thirty|ten|sixty)[- ]seconds?|(?:one|1|half a?)[- ]minute|in a (?:nutshell|sentence|word|line)|gist|elevator|who (?:is|am i seeing)|hand[- ]?(?:over|off))\b/i;

/** An earlier value of a series beside its newest: where it came from. */
function cameFrom(earlier: Fact, newest: Fact): DraftClaim | undefined {
  if (earlier.name !== newest.name || earlier.value?.type !== 'quantity' || newest.value?.type !== 'quantity') return undefined;
  const moved = newest.value.value > earlier.value.value ? 'rose' : 'fell';
  return claim(
    `${capital(newest.name)} ${moved} from ${valueText(earlier)}${on(earlier.date)} to ${valueText(newest)}${on(newest.date)}.`,
    earlier.id,
    newest.id,
  );
}

/** The record's lines are checked claims; why they matter most is Rounds' own reasoning and is told apart, with its source. */
function writeTop(top: NonNullable<ChartAnswer['top']>, whole: boolean): Written {
  return {
    claims: top.flatMap((item) => {
      const [newest, ...others] = entries(item.facts).slice(0, 3);
      return newest
        ? [line(newest), ...others.map((fact) => (whole && item.concern === 'result' ? cameFrom(fact, newest) : undefined) ?? line(fact))]
        : [];
    }),
    notes: top.map((item, i) => `${i + 1}. ${item.title}. ${item.why}`),
  };
}

/** Allergies to what was asked about, whatever was asked of it. */
export const writeAllergies = ({ allergies, told }: Pick<ChartAnswer, 'allergies' | 'told'>): readonly DraftClaim[] => [
  ...allergies.map((fact) => line(fact)),
  ...told.map(quote),
];

const TOLD_IN_NOTES = 'An allergy that a note tells of is not on the allergy list.';

/** Sentences for one answer: what was asked first, then what an honest reader must know with it. */
export function writeAnswer({
  answer,
  searches,
  premises,
  allergies,
  contradicting,
  disagreeing,
  parts,
  sections,
  top,
  spoken,
  told: toldInNotes,
  ofDisease,
  missing,
}: ChartAnswer): Written {
  const writing: Writing = {
    answer,
    question: answer.question,
    name: answer.question.name,
    search: searches,
    spoken,
    told: toldInNotes,
    ofDisease,
    missing,
    within: withinOf(answer.scope),
  };
  const corrections = answer.premise.flatMap((premise, i) =>
    premise.ok || (missing.length > 0 && SAYS_NONE.test(premise.text))
      ? []
      : [claim(`${premise.text}.`, ...premise.facts.map((fact) => fact.id), premises[i])],
  );
  if (top) return writeTop(top, missing.length === 0);
  if (sections) return writeSections(sections, toldInNotes, answer.question.text);
  const alone = answer.facts.length === 0 && answer.quoted !== undefined;
  const plainly = parts.length > 0 ? parts.flatMap((part) => writeAnswer(part).claims) : alone ? [] : body(writing);
  const claims = [...plainly, ...(answer.quoted ?? []).map(quote), ...converted(answer)];
  const inUnit = answer.question.inUnit;
  const already = answer.facts.some(({ value }) => value?.type === 'quantity' && value.ucum === inUnit);
  const unconverted = inUnit && !already && converted(answer).length === 0 && answer.outcome === 'found';
  const judged =
    answer.question.judged && answer.outcome !== 'not-recorded' && !answer.facts.some((fact) => /control/i.test(fact.names.join(' ')));
  const notes = [
    ...(converted(answer).length > 0 ? [`Converted to ${displayUnit(answer.question.inUnit!)} from the recorded unit.`] : []),
    ...(unconverted ? [`As recorded: not converted to ${displayUnit(answer.question.inUnit!)}.`] : []),
    ...(answer.question.kinOf && answer.outcome === 'found'
      ? [`Of the same class as ${answer.question.kinOf}, to which an allergy or intolerance is recorded; not that drug itself.`]
      : []),
    ...(judged ? ['Whether it is controlled is not recorded; the newest readings are shown.'] : []),
    ...shortened(claims, answer.facts),
    ...(toldInNotes.length > 0 ? [TOLD_IN_NOTES] : parts.length === 0 && !answer.question.field ? undenied(writing) : []),
    ...answer.notes.filter((note) => TOLD.has(note.kind)).map(told),
  ];
  const said = new Set(claims.flatMap(({ citations }) => citations));
  const warnings = [
    ...[...allergies, ...contradicting].filter(({ id }) => !said.has(id)).map((fact) => line(fact)),
    ...toldInNotes.filter(({ fact }) => !said.has(fact.id)).map(quote),
  ];
  const against =
    disagreeing.length > 0
      ? [`The record contradicts itself here: ${disagreeing.join('; ')}.`]
      : contradicting.some(({ id }) => !said.has(id))
        ? ['The record contradicts itself here.']
        : [];
  const asked = asking(answer);
  if (answer.question.field && answer.question.field !== 'deceased' && answer.outcome === 'not-recorded' && !answer.question.time)
    notes.unshift(`The record gives no ${answer.searched} of this patient.`);
  const read = [...(asked?.notes ?? []), ...notes, ...against];
  return {
    claims: [...corrections, ...claims, ...warnings],
    notes: missing.length > 0 ? read.map(ofWhatWasRead) : read,
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
      const value = convert(fact.value.value, fact.value.ucum, inUnit, substanceOf(fact.concepts));
      if (value === undefined || Number.isNaN(value)) return [];
      const decimals = Math.abs(value) < 0.1 ? 3 : Math.abs(value) < 10 ? 2 : 1;
      return [claim(`${capital(fact.name)} was ${value.toFixed(decimals)} ${displayUnit(inUnit)}${on(fact.date)}.`, fact.id)];
    });
}

function body(writing: Writing): readonly DraftClaim[] {
  const { answer, question, search } = writing;
  if (isOfPart(writing)) return writePart(writing);
  if (answer.outcome === 'ambiguous' || answer.outcome === 'invalid') return [];
  if (answer.outcome === 'not-recorded') return notRecorded(writing);
  if (answer.field) return writeField(writing);
  if (question.aspect === 'flag') return writeFlag(writing);
  if (question.polar && answer.polarity !== undefined) return writePolar(writing);
  if (answer.outcome === 'absent') {
    // "Current contraception": what was once taken is no answer by itself.
    const over =
      question.status === 'active' &&
      isNamed(question) &&
      !question.words?.length &&
      answer.notes.some((note) => note.kind === 'no-longer');
    return [...(over ? [claim(`No active ${question.name} is recorded.`, search)] : []), ...listed(answer.facts, SERIES_LISTED)];
  }
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
        !(question.kinds.includes('visit') && (question.visitClass || question.reasons || question.words?.length)) &&
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
      return byName(answer.facts, search) ?? listed(answer.facts);
  }
}
