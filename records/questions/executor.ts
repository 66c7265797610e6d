import { compareFhirDates, formatDate, placeInRange } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { askedAltered } from './altered.ts';
import { withAnswers } from './answered-panel.ts';
import { type Answer, type Question, questionSchema } from './contract.ts';
import { deliveryTold } from './delivery.ts';
import { askedDue } from './due.ts';
import { askedFacts } from './entries.ts';
import { lifeUnsaid } from './family.ts';
import { askedFrequency } from './frequency.ts';
import { askedInPlace } from './in-place.ts';
import { unsaidManner } from './manner.ts';
import { askedNumbers, NUMERIC, partsOf } from './measures.ts';
import { inWindow, removalsOf } from './nearby.ts';
import { askedNeed, ownPolarity } from './needs.ts';
import { none, nothing } from './nothing-found.ts';
import { askedOverall } from './overall.ts';
import { askedField } from './person.ts';
import { checkPremises } from './premises.ts';
import { withheld } from './proposition.ts';
import { type Found, type Scope, scopeOf, searchScope } from './scope.ts';
import { describeSearch } from './searched.ts';
import { LASTING } from './sections.ts';
import { hasReason, isActive, isPlanned, isVoid, newestOf, place } from './select.ts';
import { sideNotes } from './side.ts';
import { sizeAsked } from './sizes.ts';
import { statedCount, uncounted } from './stated-count.ts';
import { askedStrength } from './strength.ts';
import { askedSummary } from './summary.ts';
import { askedCourse } from './treatment-course.ts';
import { askedPrescribed, askedUse } from './uses.ts';
import { askedVariants } from './variants.ts';

/**
 * Answers one question from the facts of a chart. Pure: the same question and chart give the same answer. Knows "no" (recorded as absent,
 * or no longer so) from "not recorded", and says which facts it searched.
 */
export function answer(asked: Question, chart: Chart): Answer {
  const question = questionSchema.parse(asked);
  const premise = checkPremises(question.premise ?? [], chart);
  const scope = scopeOf(question, chart);
  // "Since she stopped it", and she has not: corrected, and answered without that time.
  const untrue =
    scope.window.missing !== undefined && premise.some((one) => !one.ok && one.facts.some((fact) => isActive(fact, chart.asOf)));
  if (untrue && question.time) {
    const { time: _, ...always } = question;
    const timeless = answer(always, chart);
    return {
      ...timeless,
      ...(timeless.polarity ? { polarity: 'unknown' as const } : {}),
      notes: [...timeless.notes, { kind: 'anchor', text: `not limited in time: the record has no ${scope.window.missing}.`, facts: [] }],
    };
  }
  const decided = scope.window.missing ? missingAnchor(scope) : (otherSide(scope) ?? answerAspect(scope));
  const ownSaying = ownPolarity(question, decided);
  const given = ownSaying === undefined || ownSaying === decided.polarity ? decided : { ...decided, polarity: ownSaying };
  // Of a side that the record does not state, neither yes nor no is known.
  const sideless = question.laterality !== undefined && given.facts.length > 0 && given.facts.every((fact) => !fact.laterality);
  const unsaid = question.manner ? unsaidManner(given.facts, question.manner) : undefined;
  const forOther =
    question.reasons !== undefined &&
    question.kinds.includes('medication') &&
    question.concepts.some((id) => !id.startsWith('section/')) &&
    given.facts.length > 0 &&
    given.facts.every((fact) => fact.reasons.length > 0 && !hasReason(fact, question.reasons!, chart));
  // "Is her diabetes since 2015": there since then, and since when it says itself.
  const sinceThen =
    question.time?.relation === 'since' &&
    question.time.from !== undefined &&
    question.kinds.some((kind) => LASTING.has(kind)) &&
    given.facts.length > 0 &&
    given.facts.every((fact) => fact.date !== undefined && placeInRange(fact.date, question.time!.from, undefined) === 'out');
  const against = given.outcome === 'found' ? withheld(question, given, scope.window.anchor?.[0]) : [];
  const sided =
    (sideless || forOther || sinceThen || against.length > 0) && given.polarity === 'yes'
      ? { ...given, polarity: 'unknown' as const }
      : given;
  const found = unsaid
    ? { ...sided, notes: [...(sided.notes ?? []), ...unsaid.notes], ...(sided.polarity ? { polarity: unsaid.polarity } : {}) }
    : sided;
  const notes = [
    ...(found.notes ?? []),
    ...against,
    ...scope.notes,
    ...sideNotes(scope, given.facts),
    ...lifeUnsaid(question, found.facts),
    ...sessionsMissed(question, found.facts),
  ].filter((note, index, all) => all.findIndex((other) => other.kind === note.kind && other.text === note.text) === index);
  return {
    outcome: found.outcome,
    question: found.question ?? question,
    ...(found.polarity ? { polarity: found.polarity } : {}),
    facts: found.facts,
    considered: found.considered ?? scope.facts,
    instead: found.instead ?? [],
    ...(found.numbers ? { numbers: found.numbers } : {}),
    scope: found.scope ?? searchScope(scope),
    premise,
    choices: found.choices ?? [],
    notes,
    searched: found.searched ?? describeSearch(question, chart, scope.window),
    ...(found.quoted?.length ? { quoted: found.quoted } : {}),
    ...(found.parts?.length ? { parts: found.parts } : {}),
    ...(found.field ? { field: found.field } : {}),
  };
}

/** Of what is done at appointments ("dialysis"), how many were missed. */
function sessionsMissed({ aspect, status, concepts, name }: Question, facts: readonly Fact[]): Answer['notes'] {
  if (aspect !== 'count' || status !== 'not-done' || concepts.length === 0 || facts.some(({ kind }) => kind !== 'appointment')) return [];
  return facts.length > 0 ? [{ kind: 'qualifier', text: `missed or cancelled appointments for ${name}: ${facts.length}`, facts: [] }] : [];
}

/** The entry is there, on the other side: a correction, not an absence. */
function otherSide({ question, chart, all, kinds }: Scope): Found | undefined {
  const { laterality: side, ...anySide } = question;
  if (!side || side === 'bilateral' || all.length > 0) return undefined;
  const other = scopeOf({ ...anySide, kinds: [...kinds] }, chart).all.filter(
    (fact) => !isVoid(fact) && fact.laterality && fact.laterality !== side,
  );
  if (other.length === 0 || (question.concepts.length === 0 && !question.words?.length)) return undefined;
  return {
    outcome: 'found',
    facts: other,
    considered: other,
    ...(question.polar || question.aspect === 'exists' || question.aspect === 'ever' ? { polarity: 'no' as const } : {}),
    notes: [{ kind: 'qualifier', text: `the record has it on another side than the ${side}`, facts: other }],
  };
}

/** The event that the time refers to is not recorded, so nothing can be measured against it. */
function missingAnchor(scope: Scope): Found {
  const { window, question, chart } = scope;
  const known = window.anchor ?? [];
  const text =
    known.length > 0
      ? `The record gives no date for the ${window.missing}.`
      : `No ${window.missing} ${/[^su]s$/.test(window.missing ?? '') ? 'are' : 'is'} recorded.`;
  return {
    outcome: 'not-recorded',
    facts: [],
    considered: [],
    instead: newestOf(scope.all, 1),
    notes: [{ kind: 'anchor', text, facts: known }],
    searched: `${question.name} ${question.time?.relation ?? ''} ${window.missing}`.trim(),
    scope: { ...searchScope({ ...scope, window: { notes: [] } }), to: chart.asOf.slice(0, 10) },
  };
}

function answerAspect(scope: Scope): Found {
  const { question } = scope;
  if (question.field) return askedField(scope);
  const need = askedNeed(scope);
  if (need) return need;
  const inPlace = question.device ? askedInPlace(scope) : undefined;
  if (inPlace) return inPlace;
  switch (question.aspect) {
    case 'summary':
    case 'top-three':
      return askedSummary(scope);
    case 'due':
      return askedDue(scope);
    case 'next':
      return askedNext(scope);
    default:
  }
  const used = askedUse(scope) ?? askedPrescribed(scope);
  if (used) return used;
  const stated = statedCount(scope) ?? uncounted(scope);
  if (stated) return stated;
  const removals = inWindow(removalsOf(question, scope.all, scope.chart), scope);
  if (removals.length > 0)
    return { outcome: 'found', facts: removals, considered: removals, ...(question.polar ? { polarity: 'yes' as const } : {}) };
  const size = sizeAsked(scope);
  if (size) return size;
  const overall = askedOverall(scope);
  if (overall) return overall;
  const parts = partsOf(scope, (each) => answer(each, scope.chart));
  if (parts.length > 0) return fromParts(scope, parts);
  const variants = askedVariants(scope, (each) => answer(each, scope.chart));
  if (variants) return variants;
  const born = scope.facts.length === 0 ? deliveryTold(scope) : undefined;
  if (born) return born;
  if (scope.facts.length === 0) return question.aspect === 'count' ? none(scope) : nothing(scope);
  const course = askedCourse(scope);
  if (course) return course;
  const altered = askedAltered(scope);
  if (altered) return altered;
  const often = askedFrequency(scope);
  if (often) return often;
  const strength = askedStrength(scope);
  if (strength) return strength;
  if (question.threshold || question.compare || NUMERIC.has(question.aspect)) {
    const measured = askedNumbers(scope);
    if (measured) return measured;
  }
  const asked = askedFacts(scope);
  return asked.outcome === 'found' && !question.polar && question.aspect !== 'count'
    ? { ...asked, facts: withAnswers(asked.facts, scope.chart) }
    : asked;
}

function fromParts(scope: Scope, parts: readonly Answer[]): Found {
  const facts = parts.flatMap((part) => part.facts);
  const found = parts.some((part) => part.outcome === 'found');
  const first = parts.find((part) => part.outcome === 'found' && part.numbers) ?? parts[0];
  const polarities = parts.map((part) => part.polarity).filter((one) => one !== undefined);
  const polarity = polarities.includes('yes') ? 'yes' : polarities.includes('no') ? 'no' : polarities[0];
  return {
    outcome: found ? 'found' : (first?.outcome ?? 'not-recorded'),
    facts,
    parts,
    ...(first?.numbers && parts.length === 1 ? { numbers: first.numbers } : {}),
    ...(polarity ? { polarity } : {}),
    notes: parts.flatMap((part) => part.notes),
    ...(!found && first
      ? { searched: first.question.threshold ? `${scope.question.name} ${scope.question.threshold?.text ?? ''}`.trim() : first.searched }
      : {}),
    instead: found ? [] : parts.flatMap((part) => part.instead).slice(0, 3),
    considered: scope.facts,
  };
}

const isComing = (fact: Fact, now: string): boolean => !isVoid(fact) && fact.date !== undefined && compareFhirDates(fact.date, now) >= 0;

function askedNext(scope: Scope): Found {
  const { chart, question, window } = scope;
  const all = scope.all.filter((fact) => place(fact, window, false, chart.asOf) !== 'out');
  const now = chart.asOf;
  const ahead = all.filter((fact) => isComing(fact, now)).sort((a, b) => compareFhirDates(a.date!, b.date!));
  if (ahead.length > 0)
    return {
      outcome: 'found',
      facts: ahead.slice(0, question.limit ?? 5),
      considered: ahead,
      ...(question.polar ? { polarity: 'yes' } : {}),
    };
  const later =
    window.from || window.to ? scope.all.filter((fact) => isComing(fact, now)).sort((a, b) => compareFhirDates(a.date!, b.date!)) : [];
  if (later.length > 0) {
    const [next] = later;
    const notes = [{ kind: 'nearest' as const, text: `none in that time; the next is on ${formatDate(next!.date!)}`, facts: [next!] }];
    return question.polar
      ? { outcome: 'found', facts: [next!], considered: later, polarity: 'no', notes }
      : { outcome: 'not-recorded', facts: [], considered: later, instead: [next!], notes };
  }
  const undated = all.filter((fact) => isPlanned(fact) && !fact.date);
  if (undated.length > 0) return { outcome: 'found', facts: undated, considered: undated, ...(question.polar ? { polarity: 'yes' } : {}) };
  // Planned once, and nothing will come of it: said, where that very thing is asked for.
  const off = all.filter((fact) => isVoid(fact) && fact.date !== undefined && compareFhirDates(fact.date, now) >= 0);
  if (off.length > 0)
    return {
      outcome: 'absent',
      facts: off,
      considered: off,
      ...(question.polar ? { polarity: 'no' } : {}),
      notes: [{ kind: 'not-done', text: 'cancelled', facts: off }],
    };
  return { outcome: 'not-recorded', facts: [], considered: [], instead: [], ...(question.polar ? { polarity: 'unknown' } : {}) };
}
