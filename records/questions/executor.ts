import type { SearchScope } from '../../grounding/contract.ts';
import { compareFhirDates, dateSpan, dayNumber, daysBetween, formatDate, placeInRange } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import { type Answer, type Note, type Numbers, type Question, questionSchema } from './contract.ts';
import { askedDue } from './due.ts';
import { namedElsewhere } from './elsewhere.ts';
import { askedFrequency } from './frequency.ts';
import { takenSo, unsaidManner } from './manner.ts';
import { askedNumbers, NUMERIC, partsOf } from './measures.ts';
import { doneFound, inWindow, namedNearby, relativesOf, removalsOf } from './nearby.ts';
import { askedField } from './person.ts';
import { checkPremises } from './premises.ts';
import { describeSearch } from './searched.ts';
import { KIND_NAMES, LASTING, MEASURED } from './sections.ts';
import {
  hasReason,
  isActive,
  isOf,
  isOfClass,
  isPast,
  isPlanned,
  isVoid,
  kindsFor,
  matching,
  newestFirst,
  place,
  type Window,
  windowOf,
} from './select.ts';
import { askedStrength } from './strength.ts';
import { askedSummary } from './summary.ts';
import { classesFor, treatedFor } from './treatments.ts';

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

/**
 * Answers one question from the facts of a chart. Pure: the same question and chart give the same answer. Knows "no" (recorded as absent,
 * or no longer so) from "not recorded", and says which facts it searched.
 */
export function answer(asked: Question, chart: Chart): Answer {
  const question = questionSchema.parse(asked);
  const premise = checkPremises(question.premise ?? [], chart);
  const scope = scopeOf(question, chart);
  const given = scope.window.missing ? missingAnchor(scope) : (otherSide(scope) ?? answerAspect(scope));
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
  const sided = (sideless || forOther || sinceThen) && given.polarity === 'yes' ? { ...given, polarity: 'unknown' as const } : given;
  const found = unsaid
    ? { ...sided, notes: [...(sided.notes ?? []), ...unsaid.notes], ...(sided.polarity ? { polarity: unsaid.polarity } : {}) }
    : sided;
  const notes = [...(found.notes ?? []), ...scope.notes].filter(
    (note, index, all) => all.findIndex((other) => other.kind === note.kind && other.text === note.text) === index,
  );
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
    ...(found.parts?.length ? { parts: found.parts } : {}),
    ...(found.field ? { field: found.field } : {}),
  };
}

/** The entry is there, on the other side: a correction, not an absence. */
function otherSide({ question, chart, all, kinds }: Scope): Found | undefined {
  const { laterality: side, ...anySide } = question;
  if (!side || side === 'bilateral' || all.length > 0) return undefined;
  const other = scopeOf({ ...anySide, kinds: [...kinds] }, chart).facts.filter((fact) => fact.laterality && fact.laterality !== side);
  if (other.length === 0 || (question.concepts.length === 0 && !question.words?.length)) return undefined;
  return {
    outcome: 'found',
    facts: other,
    considered: other,
    ...(question.polar || question.aspect === 'exists' || question.aspect === 'ever' ? { polarity: 'no' as const } : {}),
    notes: [{ kind: 'qualifier', text: `the record has it on another side than the ${side}`, facts: other }],
  };
}

function searchScope({ question, kinds, window }: Scope): SearchScope {
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

function scopeOf(asked: Question, chart: Chart): Scope {
  const kinds = asked.kinds.length > 0 ? asked.kinds : kindsFor(asked.concepts, chart);
  const ofDrugs = asked.reasons !== undefined && kinds.includes('medication');
  const question: Question = ofDrugs
    ? { ...asked, reasons: { ...asked.reasons!, concepts: [...treatedFor(asked.reasons!.concepts)] } }
    : asked;
  const window = windowOf(question.time, chart);
  const classes = ofDrugs ? classesFor(asked.reasons!.concepts, chart.terminology) : [];
  const overlap = isOverlap({ ...question, kinds: [...kinds] });
  const named = matching({ ...question, kinds }, chart);
  const all = (question.manner ? takenSo(named, question.manner) : named)
    .filter((fact) => !question.visitClass || isOfClass(fact, question.visitClass))
    .filter((fact) => !question.laterality || !fact.laterality || fact.laterality === question.laterality)
    .filter((fact) => !question.except || !isOf(fact, question.except.concepts, chart))
    .filter((fact) => !question.lacking || isLacking(fact, question.lacking))
    .filter((fact) => !question.category || isOfCategory(fact, question.category, chart))
    .filter((fact) => !question.criticality || fact.criticality === question.criticality)
    .filter((fact) => !question.person || isBy(fact, question.person))
    .filter((fact) => !question.reasons || hasReason(fact, question.reasons, chart) || isOf(fact, classes, chart))
    .filter((fact) => !question.flag || question.aspect === 'flag' || question.aspect === 'ever' || hasFlag(fact, question.flag))
    .sort(newestFirst);
  const placed = all.map((fact) => ({ fact, at: place(fact, window, overlap, chart.asOf) }));
  const inTime = placed.filter(({ at }) => at === 'in' || at === 'maybe').map(({ fact }) => fact);
  const undated = placed.filter(({ at }) => at === 'undated').map(({ fact }) => fact);
  const voids = inTime.filter(isVoid);
  const planned = inTime.filter((fact) => isPlanned(fact) && !isVoid(fact));
  const came = inTime.filter((fact) => !isVoid(fact) && !isPlanned(fact));
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
            : anyState;
  const notes: Note[] = [...window.notes];
  const sideless = question.laterality ? facts.filter((fact) => !fact.laterality) : [];
  if (sideless.length > 0) notes.push({ kind: 'qualifier', text: `the record does not say which side`, facts: sideless });
  const byClass = classes.length > 0 ? facts.filter((fact) => !hasReason(fact, question.reasons!, chart)) : [];
  if (byClass.length > 0) notes.push(...byClassNotes(byClass, question.reasons!.name));
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

const isLacking = (fact: Fact, what: NonNullable<Question['lacking']>): boolean =>
  what === 'reason' ? fact.reasons.length === 0 : what === 'date' ? !fact.date : fact.dosage === undefined;

/** By the category that the record gives; else by what the substance is. "No known allergies" is of every category. */
function isOfCategory(fact: Fact, wanted: NonNullable<Question['category']>, chart: Chart): boolean {
  const recorded = fact.details?.category;
  if (fact.details?.absence) return fact.details.absence === 'any' || (fact.details.absence === 'drug' && wanted === 'medication');
  const drug = fact.concepts.some((id) => /^drug(?:-class)?$/.test(chart.terminology.get(id)?.kind ?? ''));
  if (recorded) return recorded.split(', ').includes(wanted) || (wanted === 'medication' && drug);
  return wanted === 'medication' ? drug : !drug;
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

function hasFlag(fact: Fact, wanted: NonNullable<Question['flag']>): boolean {
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

/** The facts of the newest moment. Several entries of one moment all count. */
export function newestOf(facts: readonly Fact[], many = 1, skip = 0): readonly Fact[] {
  const moments: Fact[][] = [];
  for (const fact of facts) {
    const open = moments.at(-1);
    const before = open?.[0];
    if (before?.date && fact.date && compareFhirDates(before.date, fact.date) === 0) open!.push(fact);
    else moments.push([fact]);
  }
  return moments.slice(skip, skip + many).flat();
}

function answerAspect(scope: Scope): Found {
  const { question } = scope;
  if (question.field) return askedField(scope);
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
  const removals = inWindow(removalsOf(question, scope.all, scope.chart), scope);
  if (removals.length > 0)
    return { outcome: 'found', facts: removals, considered: removals, ...(question.polar ? { polarity: 'yes' as const } : {}) };
  const parts = partsOf(scope, (each) => answer(each, scope.chart));
  if (parts.length > 0) return fromParts(scope, parts);
  if (scope.facts.length === 0) return question.aspect === 'count' ? none(scope) : nothing(scope);
  const often = askedFrequency(scope);
  if (often) return often;
  const strength = askedStrength(scope);
  if (strength) return strength;
  if (question.threshold || question.compare || NUMERIC.has(question.aspect)) {
    const measured = askedNumbers(scope);
    if (measured) return measured;
  }
  return askedFacts(scope);
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

/** Counted, and there are none: a number where the record has such entries in another time or state, else not recorded. */
function none(scope: Scope): Found {
  const found = nothing(scope);
  const named = scope.question.concepts.length > 0 || scope.question.words?.length || scope.question.reasons;
  if (named && scope.all.filter((fact) => !isVoid(fact)).length === 0) return found;
  return {
    ...found,
    outcome: 'found',
    facts: [],
    considered: [],
    numbers: { count: 0 },
    ...(scope.question.polar ? { polarity: 'no' } : {}),
  };
}

/** Nothing answers: recorded as absent, no longer so, planned only, at another time, or not recorded at all. */
export function nothing(scope: Scope): Found {
  const { question, voids, planned, anyState, all, window, chart } = scope;
  const polar = question.polar || question.aspect === 'exists' || question.aspect === 'ever';
  const says = (polarity: 'yes' | 'no' | 'unknown'): Partial<Answer> => (polar ? { polarity } : {});
  if (question.status !== 'past' && anyState.length > 0) {
    const facts = question.status === 'active' ? anyState : newestOf(anyState);
    if (question.concepts.length > 0 || question.words?.length)
      return {
        outcome: 'absent',
        facts,
        considered: anyState,
        ...says('no'),
        notes: [{ kind: 'no-longer', text: `recorded, not ${question.status ?? 'now'} any more`, facts }],
      };
  }
  if (question.status === 'past' && anyState.length > 0 && (question.concepts.length > 0 || question.words?.length)) {
    return {
      outcome: 'absent',
      facts: anyState,
      considered: anyState,
      ...says('no'),
      notes: [{ kind: 'conflict', text: 'still active', facts: anyState }],
    };
  }
  if (question.status === 'not-done') return { outcome: 'not-recorded', facts: [], ...says('unknown') };
  if (voids.length > 0) {
    const refuted = voids.filter((fact) => fact.status === 'refuted' || fact.details?.absence);
    return {
      outcome: 'absent',
      facts: voids,
      considered: voids,
      ...says('no'),
      notes: [
        refuted.length > 0
          ? { kind: 'refuted', text: 'recorded as not so', facts: refuted }
          : { kind: 'not-done', text: 'recorded as not done', facts: voids },
      ],
    };
  }
  if (planned.length > 0) {
    return {
      outcome: 'absent',
      facts: planned,
      considered: planned,
      ...says('no'),
      notes: [{ kind: 'planned-only', text: 'planned, not recorded as done', facts: planned }],
    };
  }
  const allergies = question.kinds.includes('allergy') && question.concepts.length > 0 ? noneKnown(scope) : [];
  if (allergies.length > 0) {
    return {
      outcome: 'absent',
      facts: allergies,
      considered: allergies,
      ...says('no'),
      notes: [{ kind: 'refuted', text: 'recorded as none known', facts: allergies }],
    };
  }
  const elsewhere = all.filter((fact) => !isVoid(fact));
  if (elsewhere.length > 0 && (window.from || window.to)) {
    const near = nearest(elsewhere, window);
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: near,
      ...says(question.placed === 'start' || !LASTING.has(elsewhere[0]!.kind) ? 'no' : 'unknown'),
      notes: [
        { kind: 'nearest', text: `the nearest is from ${near[0]?.date ? formatDate(near[0].date) : 'an unknown date'}`, facts: near },
      ],
    };
  }
  const done = doneFound(scope);
  if (done) return { ...done, ...says('yes') };
  return { outcome: 'not-recorded', facts: [], ...says('unknown'), ...related(scope, chart), ...inOtherEntries(scope) };
}

/** How many entries are read out that name a thing which has no entry of its own. */
const NAMING = 5;

/** Somebody wrote it down in another place: those entries answer, and nothing is denied. Counts and numbers cannot be taken from them. */
function inOtherEntries({ question, kinds, chart, window }: Scope): Partial<Answer> {
  // A drug that was taken is no allergy to it.
  if (kinds.includes('allergy')) return {};
  if (question.aspect === 'count' || question.threshold || question.words?.length || question.person || question.laterality) return {};
  // A drug that was taken is no allergy to it, and a care plan of the patient no family history.
  if (kinds.includes('allergy') || kinds.includes('family-history')) return {};
  const named = namedElsewhere(question.concepts, kinds, chart);
  // What is planned has not come about: it is no last time.
  const past = /^(?:date|latest|first|ever|onset|end)$/.test(question.aspect);
  const stated = named.stated.filter((fact) => !past || !isPlanned(fact));
  const beside = [...named.beside, ...named.stated.filter((fact) => !stated.includes(fact))];
  const inTime = (fact: Fact): boolean => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf));
  const facts = stated.filter(inTime).sort(newestFirst).slice(0, NAMING);
  if (facts.length > 0) {
    const text = `there is no entry of its own for ${question.name}; it is named in ${facts.length === 1 ? 'this one' : 'these'}`;
    return {
      outcome: 'found',
      question: { ...question, aspect: 'describe' },
      facts,
      instead: [],
      ...(question.polar ? { polarity: 'unknown' } : {}),
      notes: [{ kind: 'elsewhere', text, facts }],
    };
  }
  const against = beside.filter(inTime).sort(newestFirst).slice(0, NAMING);
  return against.length > 0 ? { instead: against } : {};
}

/** "No known drug allergies" answers for any drug, "no known allergies" for anything. */
function noneKnown({ question, chart }: Scope): readonly Fact[] {
  const drug = question.concepts.some((id) => {
    const kind = chart.terminology.get(id)?.kind;
    return kind === 'drug' || kind === 'drug-class';
  });
  return chart.facts.filter(
    (fact) => fact.kind === 'allergy' && (fact.details?.absence === 'any' || (drug && fact.details?.absence === 'drug')),
  );
}

/** Entries nearest in time to a window: the newest before it and the oldest after it, whichever is closer. */
export function nearest(facts: readonly Fact[], window: Window): readonly Fact[] {
  const dated = facts.filter((fact) => fact.date !== undefined);
  const distance = (fact: Fact): number => {
    const span = dateSpan(fact.date!);
    if (!span) return Number.POSITIVE_INFINITY;
    if (window.to && span.from > window.to) return dayNumber(span.from) - dayNumber(window.to);
    if (window.from && span.to < window.from) return dayNumber(window.from) - dayNumber(span.to);
    return 0;
  };
  const least = Math.min(...dated.map(distance));
  return dated.filter((fact) => distance(fact) === least).slice(0, 3);
}

/** What the record has that is near in meaning: the thing without the qualifying word, or a broader entry. */
function related({ question, kinds, window }: Scope, chart: Chart): Partial<Answer> {
  if (question.words?.length && question.concepts.length > 0) {
    const { words: _, ...without } = question;
    const found = [...matching({ ...without, kinds }, chart)].filter((fact) => !isVoid(fact)).sort(newestFirst);
    if (found.length > 0) {
      const facts = newestOf(found);
      return {
        instead: facts,
        notes: [
          {
            kind: 'qualifier',
            text: `recorded without “${question.words.join(' ')}”: the newest such entry is shown`,
            facts,
          },
        ],
      };
    }
  }
  if (question.reasons && !kinds.includes('medication')) {
    const { reasons: _, ...without } = question;
    const found = matching({ ...without, kinds }, chart).filter(
      (fact) =>
        !isVoid(fact) &&
        (question.status !== 'active' || isActive(fact, chart.asOf)) &&
        (!question.visitClass || isOfClass(fact, question.visitClass)) &&
        place(fact, window, false, chart.asOf) === 'in',
    );
    if (found.length > 0) return otherReasons(question, found);
  } else if (question.reasons) {
    const { reasons: _, ...without } = question;
    const found = matching({ ...without, kinds }, chart).filter(
      (fact) => !isVoid(fact) && (question.status !== 'active' || isActive(fact, chart.asOf)),
    );
    // "For her heart attack": a drug that the record gives for coronary disease is told as what it is.
    const wider = found.filter((fact) => fact.reasons.some((reason) => isParentOf(reason.concepts, question.reasons!.concepts, chart)));
    if (wider.length > 0)
      return {
        instead: wider,
        notes: [
          {
            kind: 'broader',
            text: `none names ${question.reasons.name} as its reason; shown instead: what is given for a wider problem that takes it in`,
            facts: wider,
          },
        ],
      };
    const silent = new Set(found.filter((fact) => fact.reasons.length === 0).map((fact) => fact.id)).size;
    if (found.length > 0 && silent === 0) return otherReasons(question, found);
    if (silent > 0)
      return {
        notes: [
          {
            kind: 'limited',
            text: `${silent} of the ${question.name} ${silent === 1 ? 'carries' : 'carry'} no reason in the record, so what ${silent === 1 ? 'it is' : 'they are'} for cannot be told`,
            facts: [],
          },
        ],
      };
  }
  const instead = kinds.includes('allergy')
    ? chart.facts.filter((fact) => fact.kind === 'allergy' && isActive(fact, chart.asOf)).slice(0, 5)
    : [];
  if (instead.length > 0)
    return {
      instead,
      ...(question.category
        ? { notes: [{ kind: 'qualifier' as const, text: `none of the recorded allergies is among ${question.name}`, facts: instead }] }
        : {}),
    };
  // What a fact is in general ("a kidney disease") makes no entry broader than it: only its own meaning does.
  const meaningOf = ({ concepts }: Fact) =>
    concepts.filter((id) => !concepts.some((other) => other !== id && chart.terminology.isA(other, id)));
  const broader = chart.facts.filter(
    (fact) =>
      kinds.includes(fact.kind) &&
      !isVoid(fact) &&
      meaningOf(fact).some(
        (own) => !own.startsWith('section/') && question.concepts.some((wanted) => own !== wanted && chart.terminology.isA(wanted, own)),
      ),
  );
  if (broader.length > 0) {
    const facts = [...broader].sort(newestFirst).slice(0, 3);
    return { instead: facts, notes: [{ kind: 'broader', text: 'the record has a broader entry', facts }] };
  }
  const relatives = relativesOf({ ...question, kinds: [...kinds] }, chart);
  if (relatives.length > 0)
    return {
      instead: relatives,
      notes: [{ kind: 'elsewhere', text: 'shown instead: the nearest relative that is recorded', facts: relatives }],
    };
  const elsewhere = namedNearby({ ...question, kinds: [...kinds] }, chart).slice(0, 3);
  if (elsewhere.length > 0)
    return {
      instead: elsewhere,
      notes: [
        {
          kind: 'elsewhere',
          text: `not among the ${kinds.map((kind) => KIND_NAMES[kind]).join(', ')}; named elsewhere in the record`,
          facts: elsewhere,
        },
      ],
    };
  return {};
}

/** Whether what a reason means, not what it is in general, is the next wider problem of one that was asked for. */
function isParentOf(own: readonly string[], wanted: readonly string[], { terminology }: Chart): boolean {
  const meant = own.filter((id) => !own.some((other) => other !== id && terminology.isA(other, id)));
  return wanted.some((id) => (terminology.get(id)?.parents ?? []).some((parent) => meant.includes(parent)));
}

/** Entries of the kind, none of them for what was asked: told as a number, and shown only where they may be meant (goals, plans). */
function otherReasons(question: Question, found: readonly Fact[]): Partial<Answer> {
  const kind = question.visitClass ? question.name : KIND_NAMES[found[0]!.kind];
  const many = new Set(found.map((fact) => fact.id)).size;
  const note: Note = {
    kind: 'limited',
    text: `${question.status === 'active' ? 'active ' : ''}${kind} recorded: ${many}; none of them names ${question.reasons!.name} as its reason`,
    facts: [],
  };
  const standing = found[0]!.kind === 'goal' || found[0]!.kind === 'care-plan';
  return { notes: [note], ...(standing ? { instead: [...found].sort(newestFirst) } : {}) };
}

function askedNext(scope: Scope): Found {
  const { chart, question, window } = scope;
  const all = scope.all.filter((fact) => place(fact, window, false, chart.asOf) !== 'out');
  const now = chart.asOf;
  const ahead = all
    .filter((fact) => !isVoid(fact) && fact.date !== undefined && compareFhirDates(fact.date, now) >= 0)
    .sort((a, b) => compareFhirDates(a.date!, b.date!));
  if (ahead.length > 0)
    return {
      outcome: 'found',
      facts: ahead.slice(0, question.limit ?? 5),
      considered: ahead,
      ...(question.polar ? { polarity: 'yes' } : {}),
    };
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

/** Aspects that are answered by entries rather than by numbers. */
function askedFacts(scope: Scope): Found {
  const { question, facts, chart } = scope;
  const oldest = [...facts].reverse();
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  switch (question.aspect) {
    case 'latest': {
      if (question.time && !question.limit && !question.offset && question.time.relation === 'ago') return ago(scope);
      const valued = facts.some((fact) => MEASURED.has(fact.kind) && fact.value)
        ? facts.filter((fact) => fact.value || !MEASURED.has(fact.kind))
        : facts;
      const chosen = newestOf(valued, question.limit ?? 1, question.offset ?? 0);
      const empty = facts.filter((fact) => MEASURED.has(fact.kind) && !fact.value);
      const notes: Note[] = [];
      if (chosen.length > 1 && !question.limit && sameThing(chosen))
        notes.push({ kind: 'same-time', text: `${chosen.length} entries of the same time`, facts: chosen });
      if (empty.length > 0 && empty[0]!.date && chosen[0]?.date && compareFhirDates(empty[0]!.date, chosen[0].date) > 0)
        notes.push({ kind: 'no-value', text: 'a newer entry has no value', facts: [empty[0]!] });
      if (chosen.length === 0)
        return {
          outcome: 'not-recorded',
          facts: [],
          instead: newestOf(facts),
          notes: [{ kind: 'limited', text: `only ${facts.length} recorded`, facts: newestOf(facts) }],
        };
      return { outcome: 'found', facts: chosen, notes, ...polarOf(scope, chosen) };
    }
    case 'first': {
      const dated = oldest.filter((fact) => fact.date);
      return {
        outcome: 'found',
        facts: newestOf(dated.length > 0 ? dated : oldest, question.limit ?? 1, question.offset ?? 0),
        ...polarOf(scope, facts),
      };
    }
    case 'count':
      return { outcome: 'found', facts, numbers: { count: countOf(scope) } };
    case 'exists':
    case 'ever': {
      if (facts.every((fact) => MEASURED.has(fact.kind)) && facts.some((fact) => fact.kind === 'social')) return habit(scope);
      if (question.flag && facts.every((fact) => MEASURED.has(fact.kind))) return everFlagged(scope, question.flag);
      const notes: Note[] = [];
      const unsure = facts.filter((fact) => fact.status === 'unconfirmed');
      if (unsure.length === facts.length)
        return {
          outcome: 'found',
          facts,
          polarity: 'unknown',
          notes: [{ kind: 'unconfirmed', text: 'recorded as unconfirmed', facts: unsure }],
        };
      if (active.length === 0 && facts.every((fact) => LASTING.has(fact.kind) && isPast(fact, chart.asOf)))
        notes.push({ kind: 'no-longer', text: 'not active any more', facts });
      return { outcome: 'found', facts: question.aspect === 'exists' && active.length > 0 ? active : facts, polarity: 'yes', notes };
    }
    case 'reason':
      return askedReason(scope);
    case 'status': {
      // "Has it resolved?": an older, ended entry does not end what is still going on.
      const going = question.status === 'past' ? scope.anyState.filter((fact) => isActive(fact, chart.asOf)) : [];
      if (going.length > 0)
        return {
          outcome: 'found',
          facts: [...going, ...facts],
          ...(question.polar ? { polarity: 'no' } : {}),
          notes: [{ kind: 'conflict', text: 'still active', facts: going }],
        };
      const polarity = question.status === 'past' || question.status === 'active' ? 'yes' : 'unknown';
      return { outcome: 'found', facts, ...(question.polar ? { polarity } : {}) };
    }
    case 'onset': {
      const dated = [...facts].reverse();
      const known = dated.filter((fact) => fact.date);
      const loose = dated.filter(
        (fact) => !fact.date && fact.details && Object.keys(fact.details).some((key) => /onset|performed|start/i.test(key)),
      );
      const chosen = known.length > 0 ? known : loose;
      if (chosen.length === 0)
        return { outcome: 'not-recorded', facts: [], instead: facts.slice(0, 5), searched: `start of ${question.name}` };
      if (!question.kinds.includes('medication')) return { outcome: 'found', facts: chosen, considered: facts };
      // A renewed drug began with its first order; the order in force stands beside it.
      const first = newestOf(chosen);
      const inForce = newestOf(active.filter((fact) => fact.date));
      return { outcome: 'found', facts: [...first, ...inForce.filter((fact) => !first.includes(fact))], considered: facts };
    }
    case 'end': {
      if (facts.every((fact) => MEASURED.has(fact.kind)))
        return { outcome: 'not-recorded', facts: [], instead: newestOf(facts), searched: `date of stopping ${question.name}` };
      const ended = facts.filter((fact) => fact.end);
      if (ended.length > 0) return { outcome: 'found', facts: ended };
      const over = facts.filter((fact) => isPast(fact, chart.asOf));
      return {
        outcome: over.length > 0 ? 'not-recorded' : 'absent',
        facts: over.length > 0 ? [] : facts,
        instead: over,
        searched: `end of ${question.name}`,
        notes:
          over.length > 0
            ? [{ kind: 'no-longer', text: 'over, the record does not say since when', facts: over }]
            : [{ kind: 'conflict', text: 'recorded as still active', facts: active }],
      };
    }
    case 'duration':
      return askedDuration(scope, active.length > 0 ? active : facts);
    case 'date':
      if (question.polar) return { outcome: 'found', facts, polarity: 'yes' };
      return {
        outcome: 'found',
        facts:
          question.time || question.limit || (facts[0]!.kind === 'problem' && !question.offset)
            ? facts.slice(0, question.limit ?? facts.length)
            : newestOf(facts, 1, question.offset ?? 0),
      };
    case 'dose': {
      const chosen = active.length > 0 ? active : newestOf(facts);
      return {
        outcome: 'found',
        facts: chosen,
        notes:
          active.length === 0 && facts[0]?.kind === 'medication' ? [{ kind: 'no-longer', text: 'not active any more', facts: chosen }] : [],
      };
    }
    case 'reference-range': {
      const ranged = facts.filter((fact) => fact.referenceRange);
      return ranged.length > 0
        ? { outcome: 'found', facts: newestOf(ranged) }
        : { outcome: 'not-recorded', facts: [], instead: newestOf(facts), searched: `reference range of ${question.name}` };
    }
    case 'flag':
      return askedFlag(scope);
    case 'who':
    case 'where': {
      const candidates = newestOf(active.length > 0 && question.kinds.includes('medication') ? active : facts, 1, question.offset ?? 0);
      const named = (set: readonly Fact[]): readonly Fact[] =>
        set.filter((fact) =>
          question.aspect === 'who' ? fact.people?.length || fact.kind === 'care-team' : (fact.organization ?? fact.details?.location),
        );
      const chosen = question.kinds.includes('care-team') || question.time ? named(facts) : named(candidates);
      return chosen.length > 0
        ? { outcome: 'found', facts: chosen }
        : {
            outcome: 'not-recorded',
            facts: [],
            instead: candidates,
            searched: `${question.aspect === 'who' ? 'person' : 'place'} for ${question.name}`,
          };
    }
    case 'reaction': {
      const known = facts.filter((fact) => fact.reactions?.length || fact.severity || fact.criticality);
      return known.length > 0
        ? { outcome: 'found', facts: known }
        : { outcome: 'not-recorded', facts: [], instead: facts, searched: `reaction to ${question.name}` };
    }
    case 'describe':
      if (facts[0]!.kind === 'visit') return describedVisits(scope);
      return { outcome: 'found', facts: question.limit ? facts.slice(0, question.limit) : facts };
    default: {
      const chosen = question.limit ? facts.slice(0, question.limit) : facts;
      return {
        outcome: 'found',
        facts: chosen,
        ...(question.polar ? { polarity: 'yes' } : {}),
        ...(question.kinds.some((kind) => MEASURED.has(kind)) && scope.question.concepts.length > 0 ? seriesNumbers(scope) : {}),
      };
    }
  }
}

const REPEATS = /\b(?:times|orders?|ordered|prescriptions?|prescribed|refills?|courses?)\b/i;

/** Entries; of a class of drugs in force the drugs, however often each was ordered. */
function countOf({ question, facts, chart }: Scope): number {
  const drugs = question.kinds.length === 1 && question.kinds[0] === 'medication' && question.status === 'active';
  if (!drugs || question.concepts.length === 0 || REPEATS.test(question.text)) return new Set(facts.map((fact) => fact.id)).size;
  const drugOf = (fact: Fact): string =>
    fact.concepts
      .filter((id) => chart.terminology.get(id)?.kind === 'drug')
      .sort()
      .join('+') || fact.name;
  return new Set(facts.map(drugOf)).size;
}

/** A visit with what was found, done and given at it. */
function describedVisits({ question, facts, chart, window }: Scope): Found {
  const timed = window.from !== undefined || window.to !== undefined;
  const visits = timed && !question.limit ? facts : newestOf(facts, question.limit ?? 1, question.offset ?? 0);
  const ids = new Set(visits.map((fact) => fact.id));
  const brought = chart.facts.filter((fact) => fact.visit !== undefined && ids.has(fact.visit) && fact.part === undefined && !isVoid(fact));
  return { outcome: 'found', facts: [...visits, ...brought], considered: facts };
}

function seriesNumbers(scope: Scope): { numbers?: Numbers } {
  const measured = askedNumbers({ ...scope, question: { ...scope.question, aspect: 'range' } });
  return measured?.numbers ? { numbers: measured.numbers } : {};
}

const sameThing = (facts: readonly Fact[]): boolean => new Set(facts.map((fact) => fact.concepts[0])).size === 1;

/** Yes or no by entries; for something measured, by what its value says ("Never smoker", "Positive"), where that is plain. */
function polarOf({ question }: Scope, facts: readonly Fact[]): Partial<Answer> {
  if (!question.polar) return {};
  const measured = facts.filter((fact) => MEASURED.has(fact.kind));
  if (measured.length === 0) return { polarity: facts.length > 0 ? 'yes' : 'no' };
  const said = new Set(measured.map(saidBy));
  return { polarity: said.size === 1 ? [...said][0]! : 'unknown' };
}

/** "Has it ever been normal": by the flags that came with the values; a value without one decides nothing. */
function everFlagged({ facts }: Scope, wanted: NonNullable<Question['flag']>): Found {
  const meeting = facts.filter((fact) => hasFlag(fact, wanted));
  if (meeting.length > 0) return { outcome: 'found', facts: meeting, polarity: 'yes' };
  const silent = facts.filter((fact) => !fact.flag);
  if (silent.length === 0) return { outcome: 'found', facts, polarity: 'no' };
  const text = `the record gives no reference range or flag with ${silent.length === facts.length ? 'these values' : `${silent.length} of these values`}, so it does not say whether any was ${wanted}`;
  return { outcome: 'found', facts, polarity: 'unknown', notes: [{ kind: 'qualifier', text, facts: silent }] };
}

/** "Did she ever smoke": a former smoker did. */
function habit({ question, facts }: Scope): Found {
  const former = facts.filter((fact) => fact.value && /\b(?:former|ex|quit|past|stopped|used to)\b/i.test(fact.value.text));
  const said = facts.map((fact) => (question.aspect === 'ever' && former.includes(fact) ? 'yes' : saidBy(fact)));
  const now = newestOf(facts);
  if (question.aspect === 'exists') return { outcome: 'found', facts: now, polarity: said[0] ?? 'unknown' };
  const yes = facts.filter((_, index) => said[index] === 'yes');
  return {
    outcome: 'found',
    facts: yes.length > 0 ? newestOf(yes) : now,
    polarity: yes.length > 0 ? 'yes' : said.every((one) => one === 'no') ? 'no' : 'unknown',
  };
}

function saidBy({ value }: Fact): 'yes' | 'no' | 'unknown' {
  if (value?.type === 'boolean') return value.value ? 'yes' : 'no';
  if (value?.type !== 'coded' && value?.type !== 'text') return 'unknown';
  const text = value.text.toLowerCase();
  if (/\bunknown\b/.test(text)) return 'unknown';
  if (/\b(?:never|non|no|none|not|former|ex|quit|negative|absent|denies|undetected|past|stopped)\b|^n$/.test(text)) return 'no';
  if (
    /\b(?:current|every ?day|some ?days?|daily|yes|positive|detected|present|heavy|light|moderate|smoker|smokes|drinks|drinker|user)\b|^y$/.test(
      text,
    )
  )
    return 'yes';
  return 'unknown';
}

/** "two years ago": the entry nearest to that day, within what the words admit. */
function ago(scope: Scope): Found {
  const { question, facts } = scope;
  return { outcome: 'found', facts: nearest(facts, scope.window).slice(0, question.limit ?? 1), considered: facts };
}

function askedReason({ question, facts, chart, window }: Scope): Found {
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  const drugs = question.kinds.includes('medication');
  const list = question.concepts.length === 0 && !question.words?.length && !question.time && drugs;
  const chosen = list ? facts : drugs && active.length > 0 ? active : question.time ? facts : newestOf(facts, 1, question.offset ?? 0);
  const reasoned = chosen.filter((fact) => fact.reasons.length > 0 || (fact.kind !== 'visit' && fact.statusReason));
  // Of several visits those without a reason stand beside the others: the list is not cut short.
  if (reasoned.length > 0) return { outcome: 'found', facts: question.kinds.includes('visit') ? chosen : reasoned, considered: facts };
  // A drug's earlier orders may say why where the newest does not.
  const earlier = drugs ? facts.filter((fact) => fact.reasons.length > 0) : [];
  if (earlier.length > 0)
    return {
      outcome: 'found',
      facts: newestOf(earlier),
      considered: facts,
      notes: [{ kind: 'nearest', text: 'the reason stands with an earlier order', facts: newestOf(earlier) }],
    };
  const visits = new Set(chosen.filter((fact) => fact.kind === 'visit').map((fact) => fact.id));
  const then = chart.facts.filter((fact) => fact.visit !== undefined && visits.has(fact.visit) && fact.kind === 'problem' && !isVoid(fact));
  return {
    outcome: 'not-recorded',
    facts: [],
    instead: [...chosen, ...then].slice(0, 10),
    considered: facts,
    searched:
      chosen.length === 1 && chosen[0]?.kind === 'visit' && chosen[0].date
        ? `reason for the visit on ${formatDate(chosen[0].date)}`
        : `reason for ${describeSearch(question, chart, window)}`,
  };
}

function askedDuration(scope: Scope, facts: readonly Fact[]): Found {
  const { question, chart } = scope;
  // Renewed orders may leave gaps, and a patient who died took nothing since: the orders are told, and no length.
  const orders = question.kinds.includes('medication') ? scope.facts.filter((one) => one.date) : [];
  if (orders.length > 1 || (orders.length > 0 && chart.patient.deceased)) {
    const ends = [orders.at(-1)!, orders[0]!];
    return { outcome: 'found', facts: ends[0] === ends[1] ? [ends[0]!] : ends, considered: scope.facts };
  }
  const dated = facts.filter((fact) => fact.date);
  const over = dated.every((one) => one.end !== undefined);
  const fact = question.kinds.includes('visit') || over ? dated[0] : dated.at(-1);
  if (!fact?.date) return { outcome: 'not-recorded', facts: [], instead: facts.slice(0, 3), searched: `duration of ${question.name}` };
  const going = !fact.end && isActive(fact, chart.asOf);
  if (!going && !fact.end)
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: [fact],
      searched: `duration of ${question.name}`,
      notes: [{ kind: 'no-longer', text: 'over, the record does not say since when', facts: [fact] }],
    };
  const days = daysBetween(fact.date, fact.end ?? chart.asOf);
  const duration = { days, from: fact.date, ...(fact.end && !going ? { to: fact.end } : {}) };
  return { outcome: 'found', facts: [fact], numbers: { count: facts.length, duration } };
}

/** "Is it normal?", "is it high?": by the flag that the record or its reference range gives; without one the record does not say. */
function askedFlag(scope: Scope): Found {
  const { question, facts } = scope;
  const graded = facts.filter((fact) => fact.value || fact.flag);
  const usable = graded.length > 0 ? graded : facts;
  const chosen = question.time && !question.offset ? usable : newestOf(usable, 1, question.offset ?? 0);
  if (!question.polar) return { outcome: 'found', facts: chosen };
  const flagged = chosen.filter((fact) => fact.flag);
  if (flagged.length === 0) return { outcome: 'found', facts: chosen, polarity: 'unknown' };
  const wanted = question.flag ?? 'normal';
  // "A" says abnormal, and not in which direction.
  const undecided = (wanted === 'high' || wanted === 'low' || wanted === 'critical') && flagged.some((fact) => fact.flag === 'A');
  const meeting = flagged.filter((fact) => hasFlag(fact, wanted));
  const yes = wanted === 'normal' ? meeting.length === flagged.length : meeting.length > 0;
  return { outcome: 'found', facts: chosen, polarity: yes ? 'yes' : undecided ? 'unknown' : 'no' };
}
