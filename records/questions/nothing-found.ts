import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Answer, Note, Question } from './contract.ts';
import { broaderEntries, namedElsewhere, saidElsewhere } from './elsewhere.ts';
import { emergenciesThen } from './emergencies.ts';
import { isRelative } from './kin.ts';
import { measuredSign } from './measured-sign.ts';
import { doneFound, inWindow, knownByItsOther, namedNearby, nearAsAsked, relativesOf } from './nearby.ts';
import { notYet } from './not-yet.ts';
import { nearOperations } from './operations.ts';
import { admissionsDone, narrowerTold, onlyThose } from './otherwise-told.ts';
import { type Found, type Scope, scopeOf } from './scope.ts';
import { KIND_NAMES, LASTING, MEASURED } from './sections.ts';
import {
  hasReason,
  isActive,
  isOf,
  isOfClass,
  isPlanned,
  isVoid,
  matching,
  nearest,
  newestFirst,
  newestOf,
  place,
  visitsFor,
} from './select.ts';
import { STATED_NAMES } from './stated.ts';
import { unreadable } from './unreadable.ts';

/** Counted, and there are none: a number where the record has such entries in another time or state, else not recorded. */
export function none(scope: Scope): Found {
  const found = nothing(scope);
  // Under another name, or in another part of the record: told as what it is, and not counted as none.
  if (found.outcome === 'found' && found.facts.length > 0) return found;
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

/** How many entries there are before the list is narrowed by what the record states or leaves out of them. */
function unnarrowed({ question, chart }: Scope): number {
  const { stated: _, lacking: __, ...whole } = question;
  return scopeOf(whole, chart).facts.length;
}

/** Nothing answers: recorded as absent, no longer so, planned only, at another time, or not recorded at all. */
export function nothing(scope: Scope): Found {
  const { question, kinds, voids, planned, anyState, all, window, chart } = scope;
  const polar = question.polar || question.aspect === 'exists' || question.aspect === 'ever';
  const says = (polarity: 'yes' | 'no' | 'unknown'): Partial<Answer> => (polar ? { polarity } : {});
  /** These entries speak against it: none of it is so, and why. */
  const against = (facts: readonly Fact[], kind: Note['kind'], text: string, { considered = facts, noted = facts } = {}): Found => ({
    outcome: 'absent',
    facts,
    considered,
    ...says('no'),
    notes: [{ kind, text, facts: noted }],
  });
  if (question.status !== 'past' && anyState.length > 0) {
    const facts = question.status === 'active' ? anyState : newestOf(anyState);
    if (question.concepts.length > 0 || question.words?.length)
      return against(facts, 'no-longer', `recorded, not ${question.status ?? 'now'} any more`, { considered: anyState });
  }
  // What was given for an illness that is over is over, too; what the record gives another reason for was for that.
  const reason = question.status === 'active' && kinds.includes('medication') ? question.reasons : undefined;
  const given = reason ? anyState.filter((fact) => fact.reasons.length === 0 || hasReason(fact, reason, chart)) : [];
  if (given.length > 0) return against(given, 'no-longer', 'recorded, not active any more');
  if (question.status === 'past' && anyState.length > 0 && (question.concepts.length > 0 || question.words?.length))
    return against(anyState, 'conflict', 'still active');
  const whole = question.stated || question.lacking ? unnarrowed(scope) : 0;
  if (whole > 0) {
    const text = question.stated
      ? `of the ${whole} ${whole === 1 ? 'entry' : 'entries'} in question the record states none to be ${STATED_NAMES[question.stated]}`
      : `none of the ${whole} entries in question lacks its ${question.lacking}`;
    return { outcome: 'not-recorded', facts: [], ...says('no'), notes: [{ kind: 'not-applicable', text, facts: [] }] };
  }
  if (question.status === 'not-done') return { outcome: 'not-recorded', facts: [], ...says('unknown') };
  if (voids.length > 0) {
    const refuted = voids.filter((fact) => fact.status === 'refuted' || fact.details?.absence);
    return refuted.length > 0
      ? against(voids, 'refuted', 'recorded as not so', { noted: refuted })
      : against(voids, 'not-done', 'recorded as not done');
  }
  if (planned.length > 0) {
    const { kind, text } = notYet(planned, chart);
    return against(planned, kind, text);
  }
  const others = question.except ? onlyThose(scope) : undefined;
  if (others) return { ...others, ...says('no') };
  const allergies = question.kinds.includes('allergy') && question.concepts.length > 0 ? noneKnown(scope) : [];
  if (allergies.length > 0) return against(allergies, 'refuted', 'recorded as none known');
  const otherwise = narrowerTold(scope) ?? admissionsDone(scope);
  if (otherwise) return { ...otherwise, ...says('unknown') };
  // A visit for it says more than what is measured of it.
  const seenFor = visitsFor({ kinds: [...kinds], concepts: question.concepts }, chart);
  const asMeasured = seenFor.length > 0 || all.some((fact) => !isVoid(fact)) ? undefined : measuredSign(scope);
  if (asMeasured) return asMeasured;
  const near = inWindow(nearOperations(question, chart), scope);
  if (near.length > 0) {
    const text = 'no entry is known to be an operation; what may be called one is shown';
    return { outcome: 'not-recorded', facts: [], instead: near, ...says('unknown'), notes: [{ kind: 'qualifier', text, facts: near }] };
  }
  const emergencies = emergenciesThen(scope);
  if (emergencies) return { outcome: 'not-recorded', facts: [], ...says('unknown'), ...emergencies };
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
  const forAnother = question.polar ? forOthers(scope) : undefined;
  if (forAnother) return { ...forAnother, ...says('unknown') };
  const goals = goalsOfPlans(scope);
  if (goals.length > 0) return { outcome: 'found', facts: goals, considered: goals, ...says('yes') };
  const theirs = byOthers(scope);
  if (theirs) return { ...theirs, ...says(theirs.polarity ?? 'unknown') };
  if (question.relative) return { outcome: 'not-recorded', facts: [], ...says('unknown'), ...ofFamily(question, chart) };
  const said = inTheirWords(scope);
  if (said) return { ...said, ...says('unknown') };
  const done = knownByItsOther(scope) ?? doneFound(scope);
  if (done) return { ...done, ...says('yes') };
  const found = { outcome: 'not-recorded' as const, facts: [], ...says('unknown'), ...related(scope, chart), ...inOtherEntries(scope) };
  return { ...found, notes: [...(found.notes ?? []), ...unknownEntries(scope)] };
}

/** Entries in another language or with a bare code may be what was asked for. */
function unknownEntries({ question, kinds, chart }: Scope): readonly Note[] {
  if (question.concepts.every((id) => id.startsWith('section/'))) return [];
  const facts = unreadable(chart, kinds);
  const names = [...new Set(facts.map(({ name }) => name))];
  if (names.length === 0) return [];
  const text = `one of these may be it, as what they name is not known to Rounds: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}`;
  return [{ kind: 'limited', text, facts: [] }];
}

/** "Is metformin for weight loss": the thing is there, for what the record itself gives as its reason; whether that is another, a reader judges. */
function forOthers({ question, kinds, chart }: Scope): Found | undefined {
  const { reasons, ...plain } = question;
  if (!reasons || !kinds.includes('medication') || !question.concepts.some((id) => !id.startsWith('section/'))) return undefined;
  const found = matching({ ...plain, kinds }, chart)
    .filter((fact) => !isVoid(fact) && (question.status !== 'active' || isActive(fact, chart.asOf)))
    .sort(newestFirst);
  if (found.length === 0) return undefined;
  return {
    outcome: 'found',
    facts: found,
    considered: found,
    notes: [
      { kind: 'qualifier', text: `${reasons.name} is not among the reasons that the record gives for ${question.name}`, facts: found },
    ],
  };
}

/** Goals name no disease; the care plans for it name their goals. */
function goalsOfPlans({ question, kinds, chart }: Scope): readonly Fact[] {
  const { reasons } = question;
  if (!reasons || !kinds.includes('goal')) return [];
  const told = chart.facts
    .filter((fact) => fact.kind === 'care-plan' && !isVoid(fact) && hasReason(fact, reasons, chart))
    .map((fact) => (fact.details?.goals ?? '').toLowerCase());
  return chart.facts.filter(
    (fact) =>
      fact.kind === 'goal' &&
      !isVoid(fact) &&
      [fact.name, ...fact.names].some((name) => told.some((goals) => goals.includes(name.toLowerCase()))),
  );
}

/** There, yet by somebody else than was asked about. */
function byOthers({ question, kinds, chart }: Scope): Found | undefined {
  const { person, ...anybody } = question;
  if (!person || (question.concepts.length === 0 && !question.words?.length)) return undefined;
  const found = matching({ ...anybody, kinds }, chart)
    .filter((fact) => !isVoid(fact) && fact.people?.length)
    .sort(newestFirst);
  if (found.length === 0) return undefined;
  const facts = newestOf(found);
  return {
    outcome: 'found',
    facts,
    considered: found,
    polarity: 'no',
    notes: [
      {
        kind: 'qualifier',
        text: `nothing of it is recorded with ${person}; the record names ${[...new Set(facts.flatMap((fact) => fact.people ?? []))].join(', ')}`,
        facts,
      },
    ],
  };
}

/** Nothing of this in that relative: what the record tells of them, else of the family. */
function ofFamily(question: Question, chart: Chart): Partial<Answer> {
  const family = chart.facts.filter((fact) => fact.kind === 'family-history' && fact.part === undefined);
  const theirs = family.filter((fact) => isRelative(fact.details?.relationship, question.relative!));
  return {
    instead: theirs.length > 0 ? theirs : family,
    notes: [{ kind: 'limited', text: `no ${question.name} is recorded`, facts: [] }],
  };
}

/** How many entries are read out that name a thing which has no entry of its own. */
const NAMING = 5;

/** Somebody wrote it down in another place: those entries answer, and nothing is denied. Counts and numbers cannot be taken from them. */
function inOtherEntries({ question, kinds, chart, window }: Scope): Partial<Answer> {
  if (question.threshold || question.words?.length || question.person || question.laterality) return {};
  // A drug that was taken is no allergy to it, and a care plan of the patient no family history.
  if (kinds.includes('allergy') || kinds.includes('family-history')) return {};
  const named = namedElsewhere(question.concepts, kinds, chart);
  // What is planned has not come about: it is no last time.
  const past = /^(?:date|latest|first|ever|onset|end)$/.test(question.aspect);
  const stated = named.stated.filter((fact) => !past || !isPlanned(fact));
  const beside = [...named.beside, ...named.stated.filter((fact) => !stated.includes(fact))];
  const inTime = (fact: Fact): boolean => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf));
  // Its early stage is told before what only names it.
  const early = chart.facts.filter((fact) => fact.kind === 'problem' && !isVoid(fact) && isOf(fact, earlyStagesOf(question, chart), chart));
  const facts = [...early, ...stated.filter((fact) => !early.includes(fact)).sort(newestFirst)].filter(inTime).slice(0, NAMING);
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
  // A drug of which the record has the level alone: the level answers, and nothing is denied.
  if (
    against.length > 0 &&
    !question.polar &&
    (question.status ?? 'active') === 'active' &&
    against.every(({ kind }) => MEASURED.has(kind))
  ) {
    const text = `no order of ${question.name} is found; it is named in ${against.length === 1 ? 'this one' : 'these'}`;
    return {
      outcome: 'found',
      question: { ...question, aspect: 'describe' },
      facts: against,
      instead: [],
      notes: [{ kind: 'elsewhere', text, facts: against }],
    };
  }
  return against.length > 0 ? { instead: against } : {};
}

/** What may become the disease and is not the disease. */
const EARLY_STAGES: readonly (readonly [early: string, disease: string])[] = [
  ['condition/prediabetes', 'condition/diabetes-mellitus'],
  ['condition/elevated-blood-pressure-reading', 'condition/hypertension'],
];
const earlyStagesOf = ({ concepts }: Question, { terminology }: Chart): readonly string[] =>
  EARLY_STAGES.filter(([, disease]) => concepts.some((id) => id === disease || terminology.isA(id, disease))).map(([early]) => early);

/** Words that no entry is named by, and that entries say in a reason, an outcome or an answer: those are told, and nothing is concluded. */
function inTheirWords({ question, kinds, chart, window }: Scope): Found | undefined {
  if (question.concepts.length > 0 || !question.words?.length || question.threshold || question.person) return undefined;
  const facts = saidElsewhere(question.words, kinds, chart)
    .filter((fact) => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf)))
    .sort(newestFirst)
    .slice(0, NAMING);
  if (facts.length === 0) return undefined;
  const text = `there is no entry of its own for ${question.name}; it is named in ${facts.length === 1 ? 'this one' : 'these'}`;
  return {
    outcome: 'found',
    question: { ...question, aspect: 'describe' },
    facts,
    instead: [],
    notes: [{ kind: 'elsewhere', text, facts }],
  };
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

/** The newest of each answer that was given, what was seldom said first. */
function newestOfEach(facts: readonly Fact[]): readonly Fact[] {
  const said = (fact: Fact): string => fact.value?.text ?? '';
  const times = (fact: Fact): number => facts.filter((other) => said(other) === said(fact)).length;
  return facts
    .filter((fact, index) => facts.findIndex((other) => said(other) === said(fact)) === index)
    .sort((a, b) => times(a) - times(b));
}

/** What the record has that is near in meaning: the thing without the qualifying word, or a broader entry. */
function related({ question, kinds, window }: Scope, chart: Chart): Partial<Answer> {
  if (question.words?.length && question.concepts.length > 0) {
    const { words: _, ...without } = question;
    const found = [...matching({ ...without, kinds }, chart)].sort(newestFirst);
    if (found.length > 0) {
      // Answers that differ: the newest would hide what another said.
      const differ = new Set(found.map(({ value }) => (value?.type === 'coded' || value?.type === 'text' ? value.text : ''))).size > 1;
      const facts = differ ? newestOfEach(found) : newestOf(found);
      return {
        instead: facts,
        notes: [
          {
            kind: 'qualifier',
            text: `recorded without “${question.words.join(' ')}”: ${differ ? 'such entries are' : 'the newest such entry is'} shown`,
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
  const wider = kinds.includes('allergy') ? widerAllergies(question.concepts, chart) : [];
  if (wider.length > 0)
    return {
      instead: wider,
      notes: [
        { kind: 'broader', text: `the record has a broader entry, which takes in ${question.name.replace(/ allergy$/, '')}`, facts: wider },
      ],
    };
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
  const broader = broaderEntries(question.concepts, kinds, chart);
  if (broader.length > 0) {
    const facts = [...broader].sort(newestFirst).slice(0, 3);
    return { instead: facts, notes: [{ kind: 'broader', text: 'the record has a broader entry', facts }] };
  }
  const relatives = relativesOf({ ...question, kinds: [...kinds] }, chart).map((fact) =>
    nearAsAsked(scopeOf({ ...question, kinds: [...kinds], concepts: [fact.concepts[0]!] }, chart)),
  );
  if (relatives.length > 0) {
    const facts = relatives.flatMap((relative) => relative.facts);
    const text = 'shown instead: the nearest relative that is recorded';
    return { instead: facts, notes: [{ kind: 'elsewhere', text, facts }, ...relatives.flatMap(({ notes }) => notes)] };
  }
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

/** An allergy to animal dander is one to that of cats, as far as the record tells. */
const widerAllergies = (wanted: readonly string[], chart: Chart): readonly Fact[] =>
  chart.facts.filter(
    (fact) =>
      fact.kind === 'allergy' &&
      !isVoid(fact) &&
      fact.concepts.some(
        (own) =>
          /^(?:allergen|drug|class)\//.test(own) &&
          !/^allergen\/(?:food|environmental|drug|medication|insect|animal)$/.test(own) &&
          wanted.some((id) => id !== own && chart.terminology.isA(id, own)),
      ),
  );

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
    text: `${question.status === 'active' ? 'active ' : ''}${kind} recorded: ${many}; none of them ${found[0]!.kind === 'goal' ? 'is for' : 'names'} ${question.reasons!.name}${found[0]!.kind === 'goal' ? '' : ' as its reason'}`,
    facts: [],
  };
  const standing = found[0]!.kind === 'goal' || found[0]!.kind === 'care-plan';
  return { notes: [note], ...(standing ? { instead: [...found].sort(newestFirst) } : {}) };
}
