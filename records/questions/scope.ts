import type { SearchScope } from '../../grounding/contract.ts';
import { compareFhirDates, dateSpan, daysBetween, formatDate } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Answer, Note, Question } from './contract.ts';
import { coursesOf } from './course.ts';
import { vaccinationsDone } from './done.ts';
import { inForm } from './dose-form.ts';
import { isRelative } from './kin.ts';
import { takenSo } from './manner.ts';
import { operationsByName } from './operations.ts';
import { LASTING, MEASURED } from './sections.ts';
import {
  hasReason,
  isActive,
  isOf,
  isOfClass,
  isOfDrugClass,
  isOverNight,
  isPast,
  isPlanned,
  isVoid,
  kindsFor,
  matching,
  newestFirst,
  place,
  type Window,
} from './select.ts';
import { isStated } from './stated.ts';
import { type Classes, classesFor, isForAnother, treatedFor } from './treatments.ts';
import { windowOf } from './windows.ts';

/** What the aspects work on: the facts in scope, sorted out. */
export interface Scope {
  readonly question: Question;
  readonly chart: Chart;
  readonly kinds: readonly FactKind[];
  readonly window: Window;
  /** Everything of the asked kind, concept and words, at any time and in any state, newest first. */
  readonly all: readonly Fact[];
  /** Of these what came about and is in time and state: what answers. */
  readonly facts: readonly Fact[];
  /** In time, yet recorded as not so, not done or cancelled. */
  readonly voids: readonly Fact[];
  readonly planned: readonly Fact[];
  /** Came about and is in time, in any state. */
  readonly anyState: readonly Fact[];
  readonly notes: readonly Note[];
}

export type Found = Pick<Answer, 'outcome' | 'facts'> & Partial<Answer>;

/** Entries that tell of the thing though none of them is it by its code: described as they stand, with a note that says so. */
export const describedInstead = (question: Question, facts: readonly Fact[], text: string): Found => ({
  outcome: 'found',
  question: { ...question, aspect: 'describe' },
  facts,
  notes: [{ kind: 'elsewhere', text, facts }],
});

export function searchScope({ question, kinds, window }: Scope): SearchScope {
  return {
    kinds,
    concepts: question.concepts.filter((id) => !id.startsWith('section/')),
    ...(window.from ? { from: window.from } : {}),
    ...(window.to ? { to: window.to } : {}),
    ...(question.status === 'active' || question.status === 'past' ? { status: question.status } : {}),
  };
}

const START_ASPECTS = new Set(['onset', 'date', 'first', 'latest', 'count']);

function isOverlap(question: Question): boolean {
  if (question.placed) return question.placed === 'any';
  return !START_ASPECTS.has(question.aspect) && question.kinds.some((kind) => LASTING.has(kind));
}

const OVERNIGHT = /\bovernight\b/i;

export function scopeOf(asked: Question, chart: Chart): Scope {
  const kinds = asked.kinds.length > 0 ? asked.kinds : kindsFor(asked.concepts, chart);
  const ofDrugs = asked.reasons !== undefined && kinds.includes('medication');
  // A visit "for cholesterol" is one for the problem that it is measured for.
  const question: Question = asked.reasons
    ? { ...asked, reasons: { ...asked.reasons!, concepts: [...treatedFor(asked.reasons!.concepts)] } }
    : asked;
  const window = windowOf(question.time, chart);
  const classes = ofDrugs ? classesFor(asked.reasons!.concepts, chart.terminology) : NO_CLASSES;
  const overlap = isOverlap({ ...question, kinds: [...kinds] });
  const matched = matching({ ...question, kinds }, chart);
  const own = [...matched, ...operationsByName(question, chart).filter((fact) => !matched.includes(fact))];
  const done = own.length > 0 ? vaccinationsDone(question, kinds, chart) : [];
  const named = [...own, ...done];
  const narrowed = (question.manner ? takenSo(named, question.manner) : named)
    .filter((fact) => !question.entries || question.entries.includes(fact.id))
    .filter((fact) => !question.visitClass || isOfClass(fact, question.visitClass))
    .filter((fact) => !question.laterality || !fact.laterality || fact.laterality === question.laterality)
    .filter((fact) => !question.except || !isExcepted(fact, question.except, chart))
    .filter((fact) => !question.stated || isStated(fact, question.stated))
    .filter((fact) => !question.lacking || isLacking(fact, question.lacking))
    .filter((fact) => !question.category || isOfCategory(fact, question.category, chart))
    .filter((fact) => !question.criticality || fact.criticality === question.criticality)
    .filter((fact) => !question.person || isBy(fact, question.person))
    .filter((fact) => !question.relative || isRelative(fact.details?.relationship, question.relative))
    .filter((fact) => !question.reasons || hasReason(fact, question.reasons, chart) || isByClass(fact, classes, question.reasons, chart))
    .filter((fact) => !question.flag || question.aspect === 'flag' || question.aspect === 'ever' || hasFlag(fact, question.flag))
    .sort(newestFirst);
  const given = givenForIt(narrowed, classes, question.reasons, chart);
  const stays = question.visitClass === 'inpatient' && OVERNIGHT.test(question.text) ? given.filter(isOverNight) : [];
  const formed = inForm({ ...question, kinds: [...kinds] }, stays.length > 0 ? stays : given);
  const limited = question.course ? coursesOf(formed.facts, chart) : formed;
  const all = limited.facts;
  const placed = all.map((fact) => ({ fact, at: place(fact, window, overlap, chart.asOf) }));
  const inTime = placed.filter(({ at }) => at === 'in' || at === 'maybe').map(({ fact }) => fact);
  const undated = placed.filter(({ at }) => at === 'undated').map(({ fact }) => fact);
  // What was ruled out is what is asked for: it is not kept apart then.
  const voids = question.stated ? [] : inTime.filter(isVoid);
  const planned = question.stated ? [] : inTime.filter((fact) => isPlanned(fact) && !isVoid(fact));
  const came = question.stated ? inTime : inTime.filter((fact) => !isVoid(fact) && !isPlanned(fact));
  // A result or procedure dated after today cannot have come about: it never passes for the latest.
  const ahead = came.filter((fact) => isDatedAhead(fact, chart));
  const anyState = ahead.length > 0 && ahead.length < came.length ? came.filter((fact) => !ahead.includes(fact)) : came;
  const state = question.status;
  const facts =
    state === 'active'
      ? anyState.filter((fact) => isActive(fact, chart.asOf))
      : state === 'past'
        ? anyState.filter((fact) => isPast(fact, chart.asOf))
        : state === 'not-done'
          ? voids
          : state === 'planned'
            ? [...planned, ...anyState.filter((fact) => isAhead(fact, chart))]
            : state === 'any'
              ? inTime
              : anyState;
  const notes: Note[] = [...window.notes, ...(question.course ? formed.notes : []), ...limited.notes];
  const sideless = question.laterality ? (facts.length > 0 ? facts : anyState).filter((fact) => !fact.laterality) : [];
  if (sideless.length > 0) notes.push({ kind: 'qualifier', text: `the record does not say which side`, facts: sideless });
  const asProcedures = facts.filter((fact) => done.includes(fact));
  if (asProcedures.length > 0)
    notes.push({ kind: 'elsewhere', text: 'recorded among the procedures, not as an immunization', facts: asProcedures });
  const byClass = classes.own.length + classes.broader.length > 0 ? facts.filter((fact) => !hasReason(fact, question.reasons!, chart)) : [];
  if (byClass.length > 0) notes.push(...byClassNotes(byClass, question.reasons!.name));
  if (byClass.length > 0 && byClass.length === facts.length) notes.push(...unrecordedReason(question.reasons!, chart));
  if (ahead.length > 0)
    notes.push({
      kind: 'future',
      text: `dated in the future${ahead.length < came.length ? ' and left out' : ''}: ${ahead
        .slice(0, 3)
        .map((fact) => `${fact.name} on ${formatDate(fact.date!)}`)
        .join(', ')}`,
      facts: ahead,
    });
  if (undated.length > 0)
    notes.push({ kind: 'undated', text: `${undated.length} without a date cannot be placed in that time`, facts: undated });
  return { question, chart, kinds, window, all, facts, voids, planned, anyState, notes };
}

const NO_CLASSES: Classes = { own: [], broader: [] };

/** A drug that the record does not give for the problem, and whose class is one for it. */
const isByClass = (fact: Fact, classes: Classes, { concepts }: NonNullable<Question['reasons']>, chart: Chart): boolean =>
  isOfDrugClass(fact, classes.own, chart) ||
  (isOfDrugClass(fact, classes.broader, chart) && !isForAnother(fact.concepts, classes, concepts, chart.terminology));

/** Where the record gives one for the problem, another of a broader class that it gives for something else is none for it. */
function givenForIt(facts: readonly Fact[], { own, broader }: Classes, reasons: Question['reasons'], chart: Chart): readonly Fact[] {
  if (!reasons || broader.length === 0 || !facts.some((fact) => hasReason(fact, reasons, chart))) return facts;
  return facts.filter((fact) => fact.reasons.length === 0 || hasReason(fact, reasons, chart) || isOfDrugClass(fact, own, chart));
}

/** "What is she on for gout", and no gout is recorded: said beside the drugs that are used for it. */
function unrecordedReason({ concepts, name }: NonNullable<Question['reasons']>, chart: Chart): readonly Note[] {
  if (!concepts.some((id) => chart.terminology.get(id)?.kind === 'condition')) return [];
  const told = chart.facts.some((fact) => fact.kind === 'problem' && !isVoid(fact) && isOf(fact, concepts, chart));
  return told ? [] : [{ kind: 'limited', text: `no ${name} is recorded`, facts: [] }];
}

/** Drugs that are shown for their class alone: the record gives no reason for them, or another one. */
function byClassNotes(facts: readonly Fact[], name: string): readonly Note[] {
  const silent = facts.filter((fact) => fact.reasons.length === 0);
  const other = facts.filter((fact) => fact.reasons.length > 0);
  const named = (some: readonly Fact[]): string => [...new Set(some.map((fact) => fact.name))].slice(0, 4).join(', ');
  return [
    ...(silent.length > 0
      ? [
          {
            kind: 'qualifier' as const,
            text: `${named(silent)}: used for ${name} by its class; the record does not say why it was ordered`,
            facts: silent,
          },
        ]
      : []),
    ...(other.length > 0
      ? [
          {
            kind: 'qualifier' as const,
            text: `${named(other)}: used for ${name} by its class; the record gives another reason for it`,
            facts: other,
          },
        ]
      : []),
  ];
}

/** Kinds that state something that has come about. */
const DONE: ReadonlySet<FactKind> = new Set([...MEASURED, 'procedure', 'immunization', 'imaging', 'report']);

/** More than a day after the chart's time, whatever the time zone. */
const isDatedAhead = (fact: Fact, chart: Chart): boolean =>
  DONE.has(fact.kind) &&
  fact.date !== undefined &&
  fact.status !== 'active' &&
  daysBetween(chart.asOf.slice(0, 10), dateSpan(fact.date)?.from ?? fact.date) > 1;

/** Left out by what it is, or by what it is for: by its recorded reason or what its class of drug treats. */
const isExcepted = (fact: Fact, except: NonNullable<Question['except']>, chart: Chart): boolean =>
  isOf(fact, except.concepts, chart) ||
  // A drug leaves out itself, not what else is taken for the same.
  (except.concepts.every((id) => chart.terminology.get(id)?.kind === 'drug') ? false : isForExcepted(fact, except, chart));

const isForExcepted = (fact: Fact, except: NonNullable<Question['except']>, chart: Chart): boolean =>
  hasReason(fact, { ...except, concepts: [...treatedFor(except.concepts)] }, chart) ||
  (fact.kind === 'medication' && isOf(fact, Object.values(classesFor(treatedFor(except.concepts), chart.terminology)).flat(), chart));

const isLacking = (fact: Fact, what: NonNullable<Question['lacking']>): boolean =>
  what === 'reason' ? fact.reasons.length === 0 : what === 'date' ? !fact.date : fact.dosage === undefined;

/** By the category that the record gives; else by what the substance is. "No known allergies" is of every category. */
function isOfCategory(fact: Fact, wanted: NonNullable<Question['category']>, chart: Chart): boolean {
  const recorded = fact.details?.category;
  if (fact.details?.absence) return fact.details.absence === 'any' || (fact.details.absence === 'drug' && wanted === 'medication');
  const drug = fact.concepts.some((id) => /^drug(?:-class)?$/.test(chart.terminology.get(id)?.kind ?? ''));
  // Some systems file pollen under food: what the substance is counts before where it was put.
  const airborne = isOf(fact, ['allergen/environmental'], chart);
  const eaten = isOf(fact, ['allergen/food'], chart);
  if (wanted === 'food' && (airborne || eaten)) return eaten;
  if (wanted === 'environment' && (airborne || eaten)) return airborne;
  if (recorded) return recorded.split(', ').includes(wanted) || (wanted === 'medication' && drug);
  return wanted === 'medication' ? drug : wanted === 'food' || wanted === 'environment' ? false : !drug;
}

const isAhead = (fact: Fact, chart: Chart): boolean =>
  (fact.kind === 'appointment' || fact.kind === 'visit') && fact.date !== undefined && compareFhirDates(fact.date, chart.asOf) > 0;

function isBy(fact: Fact, person: string): boolean {
  const wanted = person.toLowerCase().split(/\s+/);
  return [...(fact.people ?? []), fact.organization ?? ''].some((name) => {
    const parts = name
      .toLowerCase()
      .replace(/\d+/g, '')
      .split(/[^\p{L}']+/u);
    return wanted.every((word) => parts.includes(word.replace(/\d+/g, '')));
  });
}

export function hasFlag(fact: Fact, wanted: NonNullable<Question['flag']>): boolean {
  switch (wanted) {
    case 'high':
      return fact.flag === 'H' || fact.flag === 'HH';
    case 'low':
      return fact.flag === 'L' || fact.flag === 'LL';
    case 'critical':
      return fact.flag === 'HH' || fact.flag === 'LL';
    case 'normal':
      return fact.flag === 'N';
    case 'abnormal':
      return fact.flag !== undefined && fact.flag !== 'N';
  }
}
