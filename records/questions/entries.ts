import { compareFhirDates, daysBetween, formatDate, mayBeLater } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Note, Numbers } from './contract.ts';
import { drugsCounted } from './drugs-counted.ts';
import { earlierDose } from './earlier.ts';
import { isStopAsked, stoppedThen } from './ended.ts';
import { askedNumbers } from './measures.ts';
import { removalsOf } from './nearby.ts';
import { askedFlag, everFlagged, habit, polarOf } from './polarity.ts';
import type { Found, Scope } from './scope.ts';
import { describeSearch } from './searched.ts';
import { LASTING, MEASURED } from './sections.ts';
import { hasReason, hasWords, isActive, isPast, isVoid, nearest, newestFirst, newestOf } from './select.ts';
import { unique } from './series.ts';

/** How many visits are named that a problem brought about. */
const VISITS_FOR = 5;

const NO_DAY = 'the record gives no day for';
/** So many of them are named beside the newest that has a date. */
const MAYBE_NEWER = 3;

/** Other values of the same test of which the record does not tell that they are older. */
const maybeNewer = (newest: Fact, facts: readonly Fact[]): readonly Fact[] =>
  newest.date === undefined
    ? []
    : facts.filter(
        (fact) =>
          fact.id !== newest.id &&
          MEASURED.has(fact.kind) &&
          fact.value !== undefined &&
          fact.concepts[0] === newest.concepts[0] &&
          fact.part === newest.part &&
          mayBeLater(fact.date, newest.date!),
      );

/** Aspects that are answered by entries rather than by numbers. */
export function askedFacts(asked: Scope): Found {
  const scope = ownEntriesFirst(asked);
  const { question, facts, chart } = scope;
  const oldest = [...facts].reverse();
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  const stopped = stoppedThen(scope);
  if (stopped) return stopped;
  switch (question.aspect) {
    case 'latest': {
      if (question.time && !question.limit && !question.offset && question.time.relation === 'ago') return ago(scope);
      const valued = facts.some((fact) => MEASURED.has(fact.kind) && fact.value)
        ? facts.filter((fact) => fact.value || !MEASURED.has(fact.kind))
        : facts;
      const each = valued.every(({ kind }) => kind === 'genotype') && !question.limit && !question.offset ? question.concepts : [];
      const chosen =
        each.length > 1
          ? unique(each.flatMap((gene) => newestOf(valued.filter(({ concepts }) => concepts.includes(gene)))))
          : newestOf(valued, question.limit ?? 1, question.offset ?? 0);
      const empty = facts.filter((fact) => MEASURED.has(fact.kind) && !fact.value);
      const notes: Note[] = [];
      if (chosen.length > 1 && !question.limit && sameThing(chosen))
        notes.push({ kind: 'same-time', text: `${chosen.length} entries of the same time`, facts: chosen });
      if (empty.length > 0 && empty[0]!.date && chosen[0]?.date && compareFhirDates(empty[0]!.date, chosen[0].date) > 0)
        notes.push({ kind: 'no-value', text: 'a newer entry has no value', facts: [empty[0]!] });
      const [newest] = chosen;
      const later = newest && !question.offset && !question.time ? maybeNewer(newest, valued).filter((fact) => !chosen.includes(fact)) : [];
      if (newest?.date && later.length > 0)
        notes.push({
          kind: 'undated',
          text: `${later.length === 1 ? '1 entry' : `${later.length} entries`} that ${NO_DAY} may be newer than that of ${formatDate(newest.date)}`,
          facts: later.slice(0, MAYBE_NEWER),
        });
      if (chosen.length === 0)
        return {
          outcome: 'not-recorded',
          facts: [],
          instead: newestOf(facts),
          notes: [{ kind: 'limited', text: `only ${facts.length} recorded`, facts: newestOf(facts) }],
        };
      return { outcome: 'found', facts: [...chosen, ...later.slice(0, MAYBE_NEWER)], notes, ...polarOf(scope, chosen) };
    }
    case 'first': {
      const dated = oldest.filter((fact) => fact.date);
      const placed = newestOf(dated.length > 0 ? dated : oldest, question.limit ?? 1, question.offset ?? 0);
      if (placed.length === 0)
        return {
          outcome: 'not-recorded',
          facts: [],
          instead: newestOf(facts),
          notes: [{ kind: 'qualifier', text: `only ${new Set(facts.map(({ id }) => id)).size} recorded`, facts: newestOf(facts) }],
        };
      return {
        outcome: 'found',
        facts: placed,
        ...polarOf(scope, facts),
      };
    }
    case 'count': {
      // One order is many tablets: how often a drug was given, an order does not say.
      const given = facts.filter(({ id }) => /^Medication(?:Administration|Dispense)\//.test(id));
      if (
        question.concepts.length > 0 &&
        given.length === 0 &&
        facts.every(({ kind }) => kind === 'medication') &&
        SHOTS.test(question.text)
      ) {
        const text = 'these are orders: how many times it was given, the record does not say';
        return { outcome: 'found', question: { ...question, aspect: 'list' }, facts, notes: [{ kind: 'limited', text, facts: [] }] };
      }
      const drugs = drugsCounted(scope);
      return { outcome: 'found', facts, numbers: drugs ? { count: drugs.length, drugs } : { count: countOf(scope) } };
    }
    case 'exists':
    case 'ever': {
      if (facts.every((fact) => MEASURED.has(fact.kind)) && facts.some((fact) => fact.kind === 'social')) return habit(scope);
      if (question.flag && facts.every((fact) => MEASURED.has(fact.kind))) return everFlagged(scope, question.flag);
      if (facts.every(({ kind }) => kind === 'genotype')) return { outcome: 'found', facts, polarity: variantFound(facts) };
      // "Is it stopped": an older order that ended does not stop what another order keeps going.
      const kept = question.status === 'past' && isStopAsked(question) ? scope.anyState.filter((fact) => isActive(fact, chart.asOf)) : [];
      if (kept.length > 0)
        return {
          outcome: 'found',
          facts: [...kept, ...facts],
          polarity: 'no',
          notes: [{ kind: 'conflict', text: 'still active', facts: kept }],
        };
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
      const ended = endedSince(active, scope);
      if (ended.length > 0)
        return {
          outcome: 'found',
          facts: [...active, ...ended],
          polarity: 'unknown',
          notes: [{ kind: 'qualifier', text: 'one entry says that it is taken, a later one that it ended', facts: ended }],
        };
      return {
        outcome: 'found',
        facts: question.aspect === 'exists' && active.length > 0 && !question.time ? active : facts,
        polarity: 'yes',
        notes,
      };
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
      // Of a problem what is going on stands before a form of it that is over, though that is newer.
      const on = question.kinds.includes('problem') && !question.status ? facts.filter((fact) => isActive(fact, chart.asOf)) : [];
      const ordered = [...on, ...facts.filter((fact) => !on.includes(fact))];
      return { outcome: 'found', facts: ordered, ...(question.polar ? { polarity } : {}) };
    }
    case 'onset': {
      const oldest = [...renewed(scope)].reverse();
      // A narrower kind of what was asked for may have begun earlier: it does not answer first.
      const itself = oldest.filter((fact) => isItself(fact, question.concepts, chart));
      const dated = [...itself, ...oldest.filter((fact) => !itself.includes(fact))];
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
            ? ownFirst(facts, scope).slice(0, question.limit ?? facts.length)
            : newestOf(facts, 1, question.offset ?? 0),
      };
    case 'dose': {
      if (question.offset) return earlierDose(scope);
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
      // Whose illness it is, a family history says itself.
      if (question.kinds.includes('family-history')) return { outcome: 'found', facts };
      const candidates = newestOf(active.length > 0 && question.kinds.includes('medication') ? active : facts, 1, question.offset ?? 0);
      const named = (set: readonly Fact[]): readonly Fact[] =>
        set.filter((fact) =>
          question.aspect === 'who' ? fact.people?.length || fact.kind === 'care-team' : (fact.organization ?? fact.details?.location),
        );
      const own = question.kinds.includes('care-team') || question.time ? named(facts) : named(candidates);
      // A problem names nobody: the visits because of it do.
      const chosen =
        own.length === 0 && question.kinds.includes('problem')
          ? named(
              chart.facts
                .filter((fact) => fact.kind === 'visit' && !isVoid(fact) && hasReason(fact, question, chart))
                .sort(newestFirst)
                .slice(0, VISITS_FOR),
            )
          : own;
      return chosen.length > 0
        ? { outcome: 'found', facts: chosen }
        : {
            outcome: 'not-recorded',
            facts: [],
            instead: candidates,
            searched: `${question.aspect === 'who' ? 'person' : 'place'} for ${question.name}`,
            notes: [
              {
                kind: 'limited',
                text: `the record does not say ${question.aspect} for ${candidates.length === 1 ? 'this entry' : 'these'}`,
                facts: [],
              },
            ],
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

const MOMENTS: ReadonlySet<string> = new Set(['date', 'onset', 'end', 'duration', 'first', 'status', 'exists', 'ever', 'latest']);
const OWN_ENTRIES = ['problem', 'procedure', 'immunization', 'allergy', 'medication', 'device'] as const;

/** Of a name that no table knows, the entry that bears it answers; a letter that only speaks of it has another day. */
function ownEntriesFirst(scope: Scope): Scope {
  const { question, facts } = scope;
  const { words } = question;
  if (!words?.length || question.concepts.length > 0 || question.kinds.length > 0 || !MOMENTS.has(question.aspect)) return scope;
  const bearing = (fact: Fact): boolean => hasWords({ ...fact, details: {} }, words);
  for (const kind of OWN_ENTRIES) {
    const own = facts.filter((fact) => fact.kind === kind && bearing(fact));
    if (own.length > 0) return { ...scope, facts: own };
  }
  return scope;
}

/** "Since when is she on it": the drugs in force with their earlier orders. */
/** Of the very concept, not of a narrower one. */
const isItself = ({ concepts }: Fact, wanted: readonly string[], { terminology }: Chart): boolean =>
  concepts.some((id) => wanted.includes(id) && !concepts.some((other) => other !== id && terminology.isA(other, id)));

function renewed({ question, facts, anyState, chart }: Scope): readonly Fact[] {
  if (!question.kinds.includes('medication') || question.status !== 'active') return facts;
  const drugs = new Set(facts.flatMap((fact) => fact.concepts.filter((id) => chart.terminology.get(id)?.kind === 'drug')));
  return anyState.filter((fact) => facts.includes(fact) || fact.concepts.some((id) => drugs.has(id)));
}

/** A drug that one entry has in force and another of the same drug has ended after that began: which holds, the record does not say. */
function endedSince(active: readonly Fact[], { anyState, chart }: Scope): readonly Fact[] {
  const [newest] = newestOf(active);
  if (newest?.kind !== 'medication' || !newest.date) return [];
  const drugs = active.flatMap(({ concepts }) => concepts.filter((id) => id.startsWith('drug/')));
  return anyState.filter(
    (fact) =>
      fact.kind === 'medication' &&
      fact.end !== undefined &&
      isPast(fact, chart.asOf) &&
      compareFhirDates(fact.end.slice(0, 10), newest.date!.slice(0, 10)) > 0 &&
      fact.concepts.some((id) => drugs.includes(id)),
  );
}

const NO_VARIANT =
  /^(?:absent|negative|not (?:detected|found|present|identified)|none(?: detected)?|no\b.*|wild[- ]?type|benign.*|likely benign.*)$/i;
const VARIANT = /^(?:present|positive|detected|found|identified|pathogenic.*|likely pathogenic.*)$/i;

/** "Does she have a BRCA1 variant": that a gene was looked at is no yes; what was found says it. */
function variantFound(facts: readonly Fact[]): 'yes' | 'no' | 'unknown' {
  const said = facts.map(({ value }) => (value?.type === 'coded' || value?.type === 'text' ? value.text.trim() : ''));
  if (said.every((text) => NO_VARIANT.test(text))) return 'no';
  return facts.length === 1 && VARIANT.test(said[0]!) ? 'yes' : 'unknown';
}

/** Asks how often a drug was given, not how often it was ordered. */
const SHOTS = /^(?!.*\b(?:order|prescri|refill|renew|issued)).*\b(?:shots?|injections?|infusions?|jabs?|doses|tablets|pills|capsules)\b/i;

/** Entries; what two of them tell of one thing is counted once. */
function countOf({ facts }: Scope): number {
  // The clinic's entry and the registry's of one day are one dose.
  if (facts.every(({ kind, date }) => kind === 'immunization' && date !== undefined))
    return new Set(facts.map((fact) => `${fact.concepts[0]} ${fact.date!.slice(0, 10)}`)).size;
  // An allergy may stand on the list of problems, too.
  if (facts.every(({ kind }) => kind === 'allergy')) return new Set(facts.map(({ concepts, id }) => concepts[0] ?? id)).size;
  return new Set(facts.map((fact) => fact.id)).size;
}

/** "When was the osteoporosis found?": its own entry before a fracture that it led to. */
function ownFirst(facts: readonly Fact[], { question, chart }: Scope): readonly Fact[] {
  if (facts[0]?.kind !== 'problem') return facts;
  const known = (fact: Fact): readonly string[] => fact.concepts.filter((id) => !/^(?:code|text|section)\//.test(id));
  const isOwn = (fact: Fact): boolean =>
    question.concepts.some((id) => known(fact).includes(id) && !known(fact).some((own) => own !== id && chart.terminology.isA(own, id)));
  return [...facts.filter(isOwn), ...facts.filter((fact) => !isOwn(fact))];
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

/** "two years ago": the entry nearest to that day, within what the words admit. */
function ago(scope: Scope): Found {
  const { question, facts } = scope;
  return { outcome: 'found', facts: nearest(facts, scope.window).slice(0, question.limit ?? 1), considered: facts };
}

/** Words that ask for every course of a drug, not for the one in force. */
const EACH = /\b(?:all|every|each|ever|courses|orders|prescriptions|scripts|times|had|history)\b/i;

function askedReason({ question, facts, chart, window }: Scope): Found {
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  const drugs = question.kinds.includes('medication');
  const list = question.concepts.length === 0 && !question.words?.length && !question.time && drugs;
  // Courses that are over were given each for its own reason.
  const courses = drugs && !question.offset && (active.length === 0 || EACH.test(question.text));
  const chosen =
    list || courses ? facts : drugs && active.length > 0 ? active : question.time ? facts : newestOf(facts, 1, question.offset ?? 0);
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
  const orders = question.kinds.includes('medication') ? renewed(scope).filter((one) => one.date) : [];
  if (orders.length > 1 || (orders.length > 0 && chart.patient.deceased)) {
    const ends = [orders.at(-1)!, orders[0]!];
    return { outcome: 'found', facts: ends[0] === ends[1] ? [ends[0]!] : ends, considered: scope.facts };
  }
  // How long a cast was on: from its own day to that of its removal.
  if (question.kinds.includes('procedure')) {
    const [put] = facts.filter((fact) => fact.kind === 'procedure' && fact.date && !fact.end);
    const off = put
      ? removalsOf({ ...question, text: 'removed' }, facts, chart)
          .filter((fact) => fact.date && fact.date > put.date!)
          .at(-1)
      : undefined;
    if (put && off) return { outcome: 'found', facts: [put, off], considered: scope.facts };
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
  // What was never ended went on until the patient died.
  const { deceased } = chart.patient;
  const death = going && typeof deceased === 'string' && deceased >= fact.date ? deceased : undefined;
  if (going && deceased && !death) return { outcome: 'found', facts: [fact] };
  const duration = {
    days: daysBetween(fact.date, fact.end ?? death ?? chart.asOf),
    from: fact.date,
    ...(fact.end && !going ? { to: fact.end } : {}),
    ...(death ? { toDeath: true } : {}),
  };
  const notes: Note[] = death ? [{ kind: 'limited', text: `counted to the day of death, ${formatDate(death)}`, facts: [] }] : [];
  return { outcome: 'found', facts: [fact], numbers: { count: facts.length, duration }, notes };
}
