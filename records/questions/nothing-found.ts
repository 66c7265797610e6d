import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Answer, Note, Question } from './contract.ts';
import { emergenciesThen } from './emergencies.ts';
import { related } from './instead.ts';
import { isRelative } from './kin.ts';
import { measuredSign } from './measured-sign.ts';
import { inOtherEntries, inTheirWords, withinNames } from './named-in.ts';
import { doneFound, inWindow, knownByItsOther } from './nearby.ts';
import { notYet } from './not-yet.ts';
import { nearOperations } from './operations.ts';
import { admissionsDone, narrowerTold, onlyThose } from './otherwise-told.ts';
import { type Found, type Scope, scopeOf } from './scope.ts';
import { LASTING } from './sections.ts';
import { hasReason, isActive, isVoid, matching, nearest, newestFirst, newestOf, visitsFor } from './select.ts';
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
  if (question.status === 'not-done' && anyState.length > 0 && voids.length === 0)
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: newestOf(anyState),
      ...says('unknown'),
      notes: [{ kind: 'qualifier', text: 'recorded as done; none as missed, declined or cancelled', facts: newestOf(anyState) }],
    };
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
  const said = inTheirWords(scope) ?? withinNames(scope);
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
