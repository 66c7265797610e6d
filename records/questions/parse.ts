import type { Chart } from '../contract.ts';
import { ALL_ALLERGIES, allergenQuestions, asksAllergens } from './allergens.ts';
import { besideBefore, sharedVaccine } from './beside.ts';
import { implied } from './build.ts';
import { caretakers } from './caretakers.ts';
import { eventOf, inherit, shareAhead, TALKED, THEN } from './carried.ts';
import { readClause } from './clause.ts';
import type { ParseResult, Question, QuestionContext } from './contract.ts';
import { everyOrder, ordersOf, removedOf } from './every-order.ts';
import { findingsOf } from './findings.ts';
import { followUp, isElliptical, pickChoice } from './follow-up.ts';
import { gate, isDueQuestion } from './gate.ts';
import { aboutKin } from './kin.ts';
import { FIRST, merge, same } from './merge.ts';
import { missedBy } from './missed.ts';
import { needsAsked } from './needs.ts';
import { drugStoppedFor, ofItsEvent } from './of-it.ts';
import type { Clause } from './parsed.ts';
import { allergyToIt, among, dayShown, ofVisitShown, resolveObject, SINCE_THEN, sinceThen, unboundAllergen } from './pronouns.ts';
import { asksCauseOfDeath, inPlace } from './proposition.ts';
import { isLong, questionsOf } from './questions-of.ts';
import { masked, readText } from './reading.ts';
import { askedOnce } from './repeated.ts';
import { ofRows } from './rows.ts';
import { drugsShown, eitherKind, forShown, inKind } from './shown.ts';
import { ofSide, withoutSide } from './side.ts';
import { clinicianRole } from './specialty.ts';
import { split } from './split.ts';
import { asVaccine } from './topics.ts';
import { treatedWith } from './treated-with.ts';
import { diagnosisOfWhat, unclear } from './unclear.ts';
import { weightMoved } from './weight-moved.ts';
import { plainWording } from './wording.ts';

export interface ParseOptions {
  readonly chart: Chart;
  /** ISO instant that "today" and "two years ago" are counted from. */
  readonly now: string;
  /** What the turn before asked and answered. */
  readonly context?: QuestionContext;
}

const LONGEST = 2000;

/** "When was the last one" beside "when is it due": of what was done. */
const TOLD_PAST = /\b(?:when was|was (?:it|the|his|her|their) last|did (?:it|s?he|they|‹n\d+›) (?:need|require))\b/;

const REFERS = /\b(?:it|that|this|them|those|these|one|ones|each|then)\b/;

/**
 * Understands what a clinician typed as typed questions to this patient's record: by the concepts and dates it names and by cue words of
 * what is asked about them, so that wordings never seen work. What is not understood is not answered with something near it.
 */
export function parseQuestions(raw: string, { chart, now, context }: ParseOptions): ParseResult {
  const plain = plainWording(askedOnce(raw).slice(0, LONGEST));
  const picked = context?.pending ? pickChoice(plain, context.pending.choices) : undefined;
  if (picked) return { questions: [picked.question], unread: [], readAs: [] };
  const needs = needsAsked(askedOnce(raw).slice(0, LONGEST), chart);
  if (needs) return { questions: needs, unread: [], readAs: [] };
  const side = withoutSide(plain);
  const reading = readText(side.text, chart, now);
  const declined = gate(reading, chart);
  const done = { unread: [] as string[], readAs: reading.readAs };
  if (declined) return { ...done, questions: [], declined };

  const clauses: { clause: Clause; joint: string }[] = split(reading).map(({ from, to, joint }) => ({
    clause: readClause(reading, from, to, chart),
    joint,
  }));
  const texts = clauses.map(({ clause }) => clause.text.toLowerCase());
  const all = clauses.map(({ clause }) => clause);
  clauses.forEach((each, index) => {
    each.clause = sharedVaccine(all, index, texts, (clause) => ({
      ...clause,
      asked: { ...clause.asked, aspect: 'list' },
      topics: clause.topics.map((topic) => asVaccine(topic, chart)),
    }));
  });
  const asksDue = isDueQuestion(masked(reading));
  const questions: Question[] = [];
  const unread: string[] = [];
  let ambiguous: ParseResult['ambiguous'];
  let previous: { clause: Clause; questions: readonly Question[] } | undefined;

  const resolved = clauses.map(({ clause, joint }, index) => ({
    clause:
      besideBefore(clause, clauses[index - 1]?.clause) ??
      (joint === 'start' || joint === 'sentence' ? clause : inherit(clause, clauses[index - 1]?.clause)),
    joint,
  }));
  for (const [index, { clause }] of resolved.entries()) {
    const whose = diagnosisOfWhat(clause, chart);
    if (whose) {
      ambiguous ??= whose;
      continue;
    }
    const later = resolved[index + 1]?.joint === 'and' ? resolved[index + 1]!.clause : undefined;
    let read = shareAhead(clause, later);
    unread.push(...read.unread);
    read = treatedWith(read, previous?.clause);
    read = removedOf(ordersOf(read, previous?.clause), previous?.clause);
    const frame = previous ? { questions: previous.questions, facts: [] } : context;
    const last = frame?.questions.at(-1);
    read = weightMoved(read, last, chart);
    read = inKind(read, last, isElliptical(read), chart);
    const vaccine = eitherKind(read, last, chart);
    const ofDrugs = last && !read.field && !read.whole ? drugsShown(read, frame, chart) : undefined;
    const shown = last && !read.field && !read.whole ? (forShown(read, last, chart) ?? (ofDrugs ? [ofDrugs] : undefined)) : undefined;
    const after = previous || read.times.time ? undefined : sinceThen(read.rest, context, chart);
    if (after)
      read = {
        ...read,
        rest: read.rest.replace(SINCE_THEN, ' '),
        left: read.left.replace(SINCE_THEN, ' '),
        times: { ...read.times, time: after },
      };
    const event =
      (read.topics.length > 0 || implied(read)) && THEN.test(read.rest) && !TALKED.test(read.mask) && !read.times.time
        ? (eventOf(frame?.questions.at(-1)) ?? (previous ? undefined : dayShown(context, chart)))
        : undefined;
    if (!previous && !event) read = ofVisitShown(read, context, chart);
    if (event)
      read = { ...read, rest: read.rest.replace(THEN, ' '), left: read.left.replace(THEN, ' '), times: { ...read.times, time: event } };
    if (TALKED.test(read.mask)) read = { ...read, rest: read.rest.replace(/\bthen\b/g, ' '), left: read.left.replace(/\bthen\b/g, ' ') };
    const ofIt = event || after ? undefined : ofItsEvent(read, last, previous ? undefined : context, chart);
    if (ofIt?.time) read = { ...read, times: { ...read.times, time: ofIt.time } };
    read = drugStoppedFor(read, last) ?? read;
    const safety = asksAllergens(read, last);
    if (safety) {
      const own = safety === 'alone' ? [ALL_ALLERGIES, ...allergenQuestions(chart)] : allergenQuestions(chart);
      questions.push(...own);
      previous = { clause: read, questions: own };
      continue;
    }
    const object = shown ? { clause: read } : resolveObject(read, frame?.questions ?? []);
    read = object.clause;
    // "Who prescribed it?": what was said before, not the whole section that the verb implies.
    const refers = frame !== undefined && read.topics.length === 0 && !read.field && !read.whole && REFERS.test(read.rest);
    // "For what condition?": without a subject of its own it asks about what stands.
    const leans =
      frame !== undefined &&
      read.topics.every(
        (topic) => topic.sectionId === 'section/problems' && /^(?:condition|problem|diagnosis|disease)s?$/i.test(topic.item?.text ?? ''),
      ) &&
      !read.field &&
      !read.whole &&
      read.asked.strength >= 3.4 &&
      !/\b(?:she|he|they|patient)\b|‹n\d+›/.test(read.rest) &&
      index === 0 &&
      context !== undefined;
    const orphan =
      frame === undefined && read.topics.length === 0 && !read.field && !read.whole && /\b(?:it|those|these|them)\b/.test(read.rest);
    const pointed = previous || !context ? undefined : (ofRows(read, context, chart) ?? findingsOf(read, context, chart));
    const part = frame ? (allergyToIt(read, frame.questions) ?? among(read, frame.questions, chart)) : undefined;
    const narrowed = pointed ? [pointed] : (shown ?? (part ? [part] : undefined));
    let own: readonly Question[] = narrowed ? narrowed : refers || leans ? followUp({ ...read, topics: [] }, frame!, chart) : [];
    const person = aboutKin(read, reading) ?? clinicianRole(read, chart);
    const kin = person ? [person] : caretakers(read, chart, last);
    if (kin) own = kin;
    const due = asksDue && !TOLD_PAST.test(read.mask);
    if (own.length === 0 && !orphan) own = questionsOf(read, chart, due);
    if (vaccine && !narrowed) own = [...questionsOf(vaccine, chart, due), ...own];
    if (own.length === 0) {
      const followed = frame ? followUp(read, frame, chart) : [];
      if (followed.length > 0) own = followed;
    } else if (!refers && !narrowed && index === 0 && context && isElliptical(read)) {
      const followed = followUp(read, context, chart);
      if (followed.length > 0) own = followed;
    }
    if (own.length === 0) {
      const asked = unclear(read, chart);
      if (asked) ambiguous ??= asked;
      continue;
    }
    own = own.map((question) => everyOrder(inPlace(read, question)));
    previous = { clause: read, questions: own };
    // "The three things that matter most today": the record as a whole answers, whatever number or day is named.
    const missed =
      clause.whole || kin || pointed
        ? []
        : [
            ...(ofIt?.unbound ? [ofIt.unbound] : []),
            ...missedBy(
              event || after || ofIt?.time || TALKED.test(read.mask) ? read : { ...clause, topics: read.topics },
              own,
              reading,
              chart,
            ),
            ...(object.unread ? [object.unread] : []),
            ...(narrowed ? [] : unboundAllergen(read)),
          ];
    const asked = own.map((question) =>
      question.aspect === 'date' && FIRST.test(clause.rest) ? { ...question, aspect: 'first' as const } : question,
    );
    questions.push(...asked.map(({ unread: _, ...question }) => (missed.length > 0 ? { ...question, unread: [...missed] } : question)));
  }
  // A sentence of words that nothing explains beside a real question is talk.
  const real = questions.some((question) => question.concepts.length > 0 || question.kinds.length > 0);
  const asked = real ? questions.filter((question) => !isTalk(question)) : [...questions];
  const recordly =
    resolved.some(({ clause }) => COUNTS.has(clause.asked.aspect) && clause.asked.strength >= 3) || RECORD_WORDS.test(masked(reading));
  if (asked.length > 0 && !context && asked.every(isTalk) && reading.tokens.length >= 4 && !recordly)
    return { ...done, questions: [], declined: { reason: 'not-clinical', text: plain }, unread };
  // Of what somebody died is told with when.
  const cause = asked.find(asksCauseOfDeath);
  if (cause && chart.patient.deceased && !asked.some(({ field }) => field === 'deceased'))
    asked.push({ aspect: 'describe', kinds: ['patient'], concepts: [], name: 'deceased', text: 'death', field: 'deceased' });
  const distinct = asked.filter((question, index) => asked.findIndex((other) => same(question, other)) === index);
  if (distinct.length === 0 && ambiguous) return { ...done, questions: [], ambiguous, unread };
  if (
    distinct.length === 0 &&
    !/\b(?:she|he|her|his|him|their|patient|record|chart)\b|‹n\d+›/.test(masked(reading)) &&
    isLong(reading.tokens.length) &&
    resolved.every(({ clause }) => clause.asked.strength < 3) &&
    !recordly &&
    !context
  )
    return { ...done, questions: [], declined: { reason: 'not-clinical', text: plain }, unread };
  return { ...done, questions: side.asked ? merge(distinct).map(ofSide) : merge(distinct), unread };
}

/** Words of asking a record rather than the world. */
const OF_RECORD =
  /\b(?:she|he|her|his|him|patient|any|has|had|have|latest|last|ever|was|were|performed|done|measured|checked|recorded|levels?|history|diagnosed)\b/i;

const isTalk = (question: Question): boolean =>
  question.words !== undefined && question.concepts.length === 0 && question.kinds.length === 0 && !OF_RECORD.test(question.text);

const RECORD_WORDS =
  /\b(?:visits?|admi(?:t|ssion)\w*|hospital\w*|clinic|doctor|nurse|pills?|tablets?|injections?|shots?|meds?|medic\w+|drugs?|dos(?:e|es|age)|results?|labs?|tests?|scans?|x-?rays?|surger\w+|operat\w+|removed|procedure\w*|sick|ill|pain|hurt\w*|symptoms?|wrong|disease|diagnos\w+|treat\w*|therap\w+|death|died|age|summary|allerg\w*|vaccin\w*|record|chart)\b/;

/** What only a record is asked for, whatever the words around it: not understood is not off the subject. */
const COUNTS: ReadonlySet<string> = new Set([
  'count',
  'dose',
  'reaction',
  'reference-range',
  'onset',
  'due',
  'flag',
  'highest',
  'lowest',
  'average',
]);
