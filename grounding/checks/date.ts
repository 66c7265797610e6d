/** Dates, durations, ages at an event, first and latest. */
import { compareFhirDates, daysBetween, formatDate, wholeYears } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate, dayOf, sameLength } from '../matching/dates.ts';
import {
  type Candidate,
  type Constraint,
  completeSearch,
  kindsOfSection,
  matchesHead,
  said,
  type Tested,
  type World,
} from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import type { CheckPart, Pool } from './contract.ts';
import { begins } from './course.ts';
import { lasting } from './lasting.ts';
import { isCheckUp } from './setting.ts';
import { testStay } from './stay.ts';

const UNIT_DAYS: Readonly<Record<string, number>> = { a: 365.25, mo: 30.4375, wk: 7, d: 1, h: 1 / 24, min: 1 / 1440 };

const LASTING = new Set<Fact['kind']>(['problem', 'medication', 'allergy', 'care-plan', 'coverage', 'device', 'care-team', 'social']);

function durationOf(fact: Fact, world: World): number | undefined {
  if (!fact.date) return undefined;
  if (fact.end) return daysBetween(fact.date, fact.end);
  return LASTING.has(fact.kind) && fact.status === 'active' ? daysBetween(fact.date, lifeEnd(world)) : undefined;
}

/** What goes on is counted to today, of the dead to the day of death. */
const lifeEnd = ({ context: { patient, now } }: World): string => (typeof patient?.deceased === 'string' ? patient.deceased : now);

function testDuration(days: number, unitDays: number, text: string, fact: Fact, world: World): Tested {
  const recorded = durationOf(fact, world);
  if (recorded === undefined || Number.isNaN(recorded)) return { outcome: 'unknown', reason: `the record does not say how long (${text})` };
  // "For more than 20 years" is said of 28 as well.
  const held = /\b(?:more than|over|at least|longer than|upwards of|no less than)\b|>/i.test(text)
    ? recorded >= days - unitDays * 0.1
    : /\b(?:less than|under|at most|up to|no more than|no longer than)\b|</i.test(text)
      ? recorded <= days + unitDays * 0.1
      : sameLength(days, unitDays, recorded);
  return held
    ? { outcome: 'pass', reason: `it is ${recorded} days in the record` }
    : {
        outcome: 'fail',
        reason: `the sentence says ${text}, the record says ${recorded} days${fact.date ? ` from ${formatDate(fact.date)}` : ''}${fact.end ? ` to ${formatDate(fact.end)}` : ''}`,
      };
}

function unitOfDuration(text: string): number {
  const unit = /year|yr|decade/i.test(text)
    ? 'a'
    : /month|mo/i.test(text)
      ? 'mo'
      : /week|wk|fortnight/i.test(text)
        ? 'wk'
        : /hour|hr/i.test(text)
          ? 'h'
          : 'd';
  return UNIT_DAYS[unit]!;
}

export function testTime(saidTime: SaidTime, fact: Fact, assertion: Assertion, world: World): Tested {
  const { time, role } = saidTime;
  if (time.from === undefined && time.to === undefined && time.days !== undefined)
    return testDuration(time.days, unitOfDuration(time.text), time.text, fact, world);
  if (
    role === 'end' &&
    time.relation === 'within' &&
    time.days !== undefined &&
    fact.end &&
    fact.date &&
    !/\b(?:last|past|previous)\b/i.test(time.text)
  ) {
    const most = time.days;
    const took = daysBetween(fact.date, fact.end);
    return took <= most * 1.05 + 1
      ? { outcome: 'pass', reason: `it took ${took} days in the record` }
      : { outcome: 'fail', reason: `the sentence says ${time.text}, the record says ${formatDate(fact.date)} to ${formatDate(fact.end)}` };
  }
  if (role === 'end') {
    if (fact.end === undefined) return { outcome: 'unknown', reason: `the record gives no end date for ${fact.name}` };
    return compareDate(fact.end, time, true, 'the end');
  }
  if (LASTING.has(fact.kind) && time.relation === 'between' && time.from && time.to && role !== 'window') {
    const start = compareDate(fact.date, { ...time, to: endOfPoint(time.from, time.precision), relation: 'on' }, true, 'the start');
    const end = compareDate(fact.end, { ...time, from: startOfPoint(time.to, time.precision), relation: 'on' }, true, 'the end');
    if (start.outcome === 'pass' && end.outcome === 'pass') return start;
    const within = compareDate(fact.date, time, false);
    if (/between/i.test(time.text) && within.outcome === 'pass') return within;
    return start.outcome === 'fail' ? start : end.outcome === 'pass' ? start : end;
  }
  const stay = testStay(saidTime, fact);
  if (stay) return stay;
  if (
    fact.kind === 'visit' &&
    fact.end &&
    fact.date &&
    time.from &&
    time.to &&
    dayOf(fact.date) <= dayOf(time.to) &&
    dayOf(fact.end) >= dayOf(time.from)
  )
    return { outcome: 'pass', reason: `the visit was ${formatDate(fact.date)} to ${formatDate(fact.end)}` };
  // "The latest potassium dates from 6 October", "the LDL from June": of a single event that names its day, not a time since then.
  const ofOne = /^from\b/i.test(time.text) && assertion.times.length === 1 && role !== 'window';
  const asPoint = LASTING.has(fact.kind) || ofOne || /^(?:dat|go)(?:es|ing|ed)(?: back)? (?:to|from)\b/i.test(time.text);
  const dated = compareDate(fact.date, time, asPoint, asPoint ? 'the start' : 'the date');
  if (dated.outcome === 'pass') return dated;
  // The day of writing is not the day of reading.
  if (fact.kind === 'visit' && /^(?:today|tonight|this (?:morning|afternoon|evening|week)|yesterday|just now)$/i.test(time.text))
    return { outcome: 'unknown', reason: `"${time.text}" is the day of writing, which is not known` };
  // The last attack of a disease that is still there is not when it was found.
  if (fact.kind === 'problem' && fact.status === 'active' && dated.outcome === 'fail' && said(assertion, 'order', 'latest'))
    return { ...dated, outcome: 'unknown' };
  // What was missed or called off on a day is not what was done on another.
  if (
    assertion.cues.some((cue) => cue.type === 'status' && cue.sense === 'cancelled' && !cue.negated) &&
    !fact.negated &&
    !['cancelled', 'missed'].includes(fact.status)
  )
    return { outcome: 'unknown', reason: `the record does not say that ${fact.name} was missed or called off then` };
  // What is booked for a day to come is not what was done.
  if (
    said(assertion, 'status', 'planned') &&
    fact.status !== 'planned' &&
    time.from !== undefined &&
    (dayOf(time.from) > dayOf(world.context.now) || !/\d{4}|[/-]\d\d$/.test(time.text)) &&
    (fact.date === undefined || dayOf(fact.date) <= dayOf(world.context.now))
  )
    return { outcome: 'unknown', reason: `the record does not say that ${fact.name} is planned for "${time.text}"` };
  // A drug that was taken in a year that lies inside its course.
  if (
    fact.kind === 'medication' &&
    role !== 'start' &&
    (said(assertion, 'status', 'took') || said(assertion, 'status', 'takes')) &&
    time.relation === 'in' &&
    fact.date &&
    fact.end &&
    time.from &&
    time.to &&
    dayOf(fact.date) <= dayOf(time.to) &&
    dayOf(fact.end) >= dayOf(time.from)
  )
    return { outcome: 'pass', reason: `the course runs from ${formatDate(fact.date)} to ${formatDate(fact.end)}` };
  if (fact.recorded && fact.recorded !== fact.date && said(assertion, 'record')) {
    const written = compareDate(fact.recorded, time, true, 'the date of recording');
    if (written.outcome === 'pass') return written;
  }
  return dated;
}

function endOfPoint(iso: string, precision: SaidTime['time']['precision']): string {
  if (precision === 'year') return `${iso.slice(0, 4)}-12-31`;
  if (precision === 'month') return `${iso.slice(0, 7)}-31`;
  return iso;
}
function startOfPoint(iso: string, precision: SaidTime['time']['precision']): string {
  if (precision === 'year') return `${iso.slice(0, 4)}-01-01`;
  if (precision === 'month') return `${iso.slice(0, 7)}-01`;
  return iso;
}

/** The candidates that stand at one end of the series, or next to it. */
export function atEnd(candidates: readonly Candidate[], sense: string): readonly Candidate[] {
  const dated = candidates.filter((candidate) => candidate.fact.date !== undefined);
  const dates = [...new Set(dated.map((candidate) => candidate.fact.date!))].sort(compareFhirDates);
  const wanted = sense === 'first' ? dates[0] : sense === 'previous' ? dates.at(-2) : dates.at(-1);
  return dated.filter((candidate) => candidate.fact.date === wanted);
}

const VERB =
  /\b(?:is|was|were|are|came|stood|showed|shows|gave|read|measured|reads?|has been|had|went|happened|took place|occurred|fell|dates?|:|=)\b|[:=]/i;

/**
 * Times that limit what is looked at ("the latest in 2018 was 130"), not what is said of it ("the latest was in 2018"): something else must be
 * said of it after them. A time that opens the sentence limits a value; without a value it is itself what is said.
 */
function limits(assertion: Assertion): readonly SaidTime[] {
  const { text } = assertion;
  const value = Math.min(
    ...assertion.quantities.filter((q) => q.role === 'value').map((q) => q.start),
    ...assertion.literals.map((literal) => literal.start),
    Number.POSITIVE_INFINITY,
  );
  const head = Math.min(...assertion.heads.map(({ start }) => start));
  return assertion.times.filter((saidTime) => {
    if (saidTime.time.precision === 'day' && saidTime.time.relation === 'on') return false;
    const later = Math.min(value, ...assertion.times.filter((other) => other.start > saidTime.start).map((other) => other.start));
    if (!Number.isFinite(later)) return false;
    // "her last LDL, in March 2018, was 162": set apart, it says when that was.
    if (saidTime.start > head && /[,(–—-]\s*$/.test(text.slice(0, saidTime.start))) return false;
    if (saidTime.start < head) return value < Number.POSITIVE_INFINITY || later > head;
    return (
      !VERB.test(text.slice(head, saidTime.start)) &&
      /\b(?:in|of|for|from|during|before|until|since|between|after|by|up to|prior to|within|over)\b/i.test(saidTime.time.text) &&
      VERB.test(text.slice(saidTime.time.end, later))
    );
  });
}

/** A date that is no beginning and no length: when the last one was. */
const pointed = ({ times }: Assertion): boolean => times.some(({ time }) => !['since', 'for', 'until'].includes(time.relation));

function orderConstraint(sense: string, soft: boolean, assertion: Assertion, pool: Pool, world: World): Constraint {
  const limiting = limits(assertion);
  const happened = pool.candidates.filter(
    ({ fact }) => sense === 'first' || fact.status !== 'planned' || said(assertion, 'status', 'planned'),
  );
  const whole = atEnd(happened, sense);
  const windowed =
    limiting.length > 0
      ? atEnd(
          happened.filter(({ fact }) => limiting.every((saidTime) => testTime(saidTime, fact, assertion, world).outcome === 'pass')),
          sense,
        )
      : [];
  const ids = new Set([...whole, ...windowed].map((candidate) => candidate.fact));
  const word = sense === 'first' ? 'first' : sense === 'previous' ? 'one before the latest' : 'latest';
  return {
    check: 'date',
    weight: soft ? 1 : 3,
    test: ({ fact }) => {
      if (!soft && !pool.search)
        return { outcome: 'unknown', reason: `the evidence is no complete search, so it does not tell the ${word}` };
      if (ids.size === 0) return { outcome: 'unknown', reason: `the record gives no dates for ${pool.name}` };
      const end = ids.has(fact) ? fact : [...ids].find((other) => other.id === fact.id);
      // The last order is of its own date, also where several are told as one course from the first on.
      const moved = end !== undefined && end.date !== fact.date && sense !== 'first' && pointed(assertion);
      if (end && !moved) return { outcome: 'pass', reason: soft ? `no later ${pool.name} is known` : `it is the ${word} recorded` };
      const [other] = whole;
      return {
        outcome: 'fail',
        reason: `the ${word} ${pool.name} is of ${other?.fact.date ? formatDate(other.fact.date) : 'another date'}${other?.fact.value ? ` (${other.fact.value.text}${other.fact.value.type === 'quantity' && other.fact.value.unit ? ` ${other.fact.value.unit}` : ''})` : ''}`,
      };
    },
  };
}

/** "His second hepatitis A shot and a Td booster": of a list, the first after the word is counted. */
function isCounted(start: number, { head }: Pool, { heads }: Assertion): boolean {
  const meant = heads.find((one) => one.start > start) ?? heads.at(-1);
  return heads.length < 2 || meant === undefined || meant.start === head.start;
}

/** "The second ended in miscarriage": what is counted is named before, not after the verb. */
const VERB_BETWEEN =
  /^\s*(?:one\s+)?(?:had |has |have )?(?:ended|ends|was|were|is|resulted|delivered|finished|led|came|went|brought|gave)\b/i;
const countsAnother = (cue: { readonly start: number; readonly text: string }, { head }: Pool, { text }: Assertion): boolean =>
  cue.start < head.start && VERB_BETWEEN.test(text.slice(cue.start + cue.text.length, head.start));

/** "the second dose": so many in the order of their dates. */
function nth(place: number, text: string, pool: Pool, verb: boolean): Constraint {
  const happened = pool.candidates.filter(
    ({ fact }) => fact.date !== undefined && !fact.negated && !['planned', 'cancelled', 'missed', 'refuted'].includes(fact.status),
  );
  const dates = [...new Set(happened.map(({ fact }) => dayOf(fact.date!)))].sort(compareFhirDates);
  const wanted = dates[place - 1];
  return {
    check: 'date',
    weight: 3,
    test: ({ fact }) => {
      if (!pool.search) return { outcome: 'unknown', reason: `the evidence is no complete search, so it does not tell the ${text}` };
      if (verb) return { outcome: 'unknown', reason: `it is not clear what "${text}" counts` };
      if (wanted === undefined)
        return { outcome: 'fail', reason: `the sentence says ${text}, the record holds ${dates.length} of ${pool.name}` };
      return fact.date !== undefined && dayOf(fact.date) === wanted
        ? { outcome: 'pass', reason: `it is the ${text} recorded` }
        : { outcome: 'fail', reason: `the ${text} ${pool.name} is of ${formatDate(wanted)}` };
    },
  };
}

/** "at her last visit": the fact belongs to that visit, or is of its day. */
function atVisit(at: Assertion, pool: Pool, world: World): Constraint {
  const concept = at.heads[0]!.concepts[0]!;
  const kinds = kindsOfSection(concept.id);
  const visits = world.facts.filter(
    (fact) => kinds.includes(fact.kind) && fact.status !== 'planned' && matchesHead(fact, concept, at, world.terminology),
  );
  const search = completeSearch(concept, ['visit'], world);
  const general = at.times.length === 0 && !at.cues.some((cue) => cue.type === 'order');
  const ofKind = general && /check-?up|physical|wellness|\bwell\b/i.test(at.heads[0]!.text) ? visits.filter(isCheckUp) : visits;
  const timed = ofKind.filter((fact) => at.times.every((saidTime) => testTime(saidTime, fact, at, world).outcome === 'pass'));
  const order = at.cues.find((cue) => cue.type === 'order' && ['latest', 'first', 'previous'].includes(cue.sense));
  const ends = (facts: readonly Fact[]) =>
    order
      ? atEnd(
          facts.map((fact) => ({ fact, ids: [fact.id] })),
          order.sense,
        ).map(({ fact }) => fact)
      : [];
  // "the last check-up": the last visit of that name, or the last that was one.
  const checkUp = /check-?up|physical|wellness|\bwell\b/i.test(at.heads[0]!.text);
  const meant = order
    ? [...ends(visits), ...(checkUp ? ends(visits.filter(isCheckUp)) : [])].filter((fact) => timed.includes(fact))
    : timed;
  return {
    check: 'date',
    weight: 3,
    test: ({ fact }) => {
      if (at.cues.some((cue) => cue.type === 'order' && ['all', 'always'].includes(cue.sense)))
        return { outcome: 'unknown', reason: `what was so at every ${at.heads[0]!.text} is not decided` };
      if (order && !search) return { outcome: 'unknown', reason: `the evidence does not tell the ${order.text} visit` };
      const there = meant.some(
        (visit) =>
          visit.id === fact.visit || (visit.date !== undefined && fact.date !== undefined && dayOf(visit.date) === dayOf(fact.date)),
      );
      const none =
        order &&
        meant.every(
          ({ id, date }) =>
            !pool.candidates.some(
              (other) => other.fact.visit === id || (date && other.fact.date && dayOf(other.fact.date) === dayOf(date)),
            ),
        );
      if (!there && none)
        return {
          outcome: 'unknown',
          reason: `no ${pool.name} of that visit${meant[0]?.date ? ` (${formatDate(meant[0].date)})` : ''} is recorded`,
        };
      return there
        ? { outcome: 'pass', reason: 'it is of that visit' }
        : {
            outcome: 'fail',
            reason: `${fact.name}${fact.date ? ` of ${formatDate(fact.date)}` : ''} is not of that visit${meant[0]?.date ? ` (${formatDate(meant[0].date)})` : ''}`,
          };
    },
  };
}

const MEASURED = new Set<Fact['kind']>(['result', 'vital', 'survey', 'social']);

/** A value or limit without a date, an order or a visit: what is so now. */
function undated(assertion: Assertion): boolean {
  const states =
    assertion.quantities.some(({ role }) => role === 'value' || role === 'threshold') ||
    assertion.literals.length > 0 ||
    assertion.cues.some((cue) => cue.type === 'flag');
  return (
    states &&
    assertion.times.length + assertion.at.length === 0 &&
    !assertion.cues.some((cue) => cue.type === 'order' || cue.type === 'trend') &&
    !assertion.quantities.some(({ role }) => role === 'from' || role === 'to' || role === 'change') &&
    !assertion.cues.some((cue) => cue.type === 'status' && ['past', 'took', 'ended'].includes(cue.sense)) &&
    !assertion.quantities.some(({ role }) => role === 'age-at' || role === 'age')
  );
}

/** An older value is not what the sentence states, unless it is the very one that is cited; in the past tense it is left open which is meant. */
function latestMeant(assertion: Assertion, pool: Pool, world: World): Constraint {
  const now = said(assertion, 'status', 'current') || (assertion.tense.present && !assertion.tense.past);
  const latest = orderConstraint('latest', true, assertion, pool, world);
  const days = new Set(
    atEnd(
      pool.candidates.filter(({ fact }) => fact.status !== 'planned'),
      'latest',
    ).map(({ fact }) => dayOf(fact.date!)),
  );
  return {
    ...latest,
    test: (candidate) => {
      const { fact } = candidate;
      if (world.cited?.has(fact.id) || (fact.date && days.has(dayOf(fact.date))))
        return { outcome: 'pass', reason: `no later ${pool.name} is known` };
      const tested = latest.test(candidate);
      return tested.outcome === 'fail' && !now ? { outcome: 'unknown', reason: `no date is said, and ${tested.reason}` } : tested;
    },
  };
}

const EVENTS = new Set<Fact['kind']>(['problem', 'procedure', 'immunization', 'imaging', 'visit', 'report']);
const LATELY = 366;

/** What happened more than a year ago is not surely recent. */
function ofLate(world: World): Constraint {
  const end = lifeEnd(world);
  return {
    check: 'date',
    weight: 1,
    test: ({ fact }) =>
      EVENTS.has(fact.kind) && (fact.date === undefined || daysBetween(fact.date, end) > LATELY)
        ? { outcome: 'unknown', reason: `whether ${fact.date ? formatDate(fact.date) : 'an undated entry'} is recent is not decided` }
        : { outcome: 'pass', reason: '' },
  };
}

export const date: CheckPart = {
  constraints(assertion, pool, world) {
    const found: Constraint[] = [];
    for (const saidTime of assertion.times)
      found.push(
        { check: 'date', weight: 4, test: ({ fact }) => testTime(saidTime, fact, assertion, world) },
        ...lasting(saidTime, assertion, pool),
      );
    for (const { quantity, role } of assertion.quantities) {
      if (role === 'duration')
        found.push({
          check: 'date',
          weight: 2,
          test: ({ fact }) =>
            testDuration(
              quantity.value * (UNIT_DAYS[quantity.ucum ?? 'd'] ?? 1),
              UNIT_DAYS[quantity.ucum ?? 'd'] ?? 1,
              quantity.text,
              fact,
              world,
            ),
        });
      if (role === 'age-at' || role === 'age') {
        const birth = world.context.patient?.birthDate;
        found.push({
          check: 'date',
          weight: 2,
          test: ({ fact }) => {
            const age = birth && fact.date ? wholeYears(birth, fact.date) : undefined;
            if (age === undefined) return { outcome: 'unknown', reason: 'the age at that time cannot be told' };
            return age === quantity.value
              ? { outcome: 'pass', reason: `the patient was ${age}` }
              : { outcome: 'fail', reason: `the patient was ${age} on ${formatDate(fact.date!)}` };
          },
        });
      }
    }
    const starts = assertion.cues.find((cue) => cue.type === 'status' && cue.sense === 'started' && !cue.negated);
    const first = assertion.cues.some((cue) => cue.type === 'order' && cue.sense === 'first') || /first|initial/i.test(starts?.text ?? '');
    const spans =
      assertion.times.some(({ time }) => time.relation === 'since' || time.relation === 'for') ||
      assertion.quantities.some(({ role }) => role === 'duration');
    if (assertion.times.length + assertion.quantities.filter(({ role }) => role === 'duration').length > 0 && (starts || first || spans))
      found.push({
        check: 'date',
        weight: 3,
        test: ({ fact }) =>
          fact.kind === 'medication' && pool.head.concepts.every(({ kind }) => kind === 'drug')
            ? begins(
                fact,
                pool,
                first,
                assertion.quantities.some(({ role }) => role === 'value'),
              )
            : { outcome: 'pass', reason: '' },
      });
    // A series of doses is begun with the first and completed with the last.
    const whole = /\b(?:series|course|schedule|vaccinations?|immuni[sz]ations?|doses)\b/i.test(assertion.text);
    const begun = assertion.cues.some((cue) => /^(?:was |were )?(?:start|beg[aiu]n|began|initiat|commenc)/i.test(cue.text));
    const done = whole && assertion.cues.some((cue) => /^(?:was |were |been )?(?:completed|finished)$/i.test(cue.text));
    if (pool.head.concepts.some(({ kind }) => kind === 'vaccine') && (begun || done))
      found.push(orderConstraint(begun ? 'first' : 'latest', false, assertion, pool, world));
    for (const at of assertion.at) found.push(atVisit(at, pool, world));
    const orders = assertion.cues.filter(
      (cue) => cue.type === 'order' && (cue.sense === 'latest' || cue.sense === 'first' || cue.sense === 'previous'),
    );
    for (const cue of assertion.cues)
      if (cue.type === 'order' && /^nth-/.test(cue.sense) && isCounted(cue.start, pool, assertion))
        found.push(nth(Number(cue.sense.slice(4)), cue.text, pool, countsAnother(cue, pool, assertion)));
    for (const cue of orders) found.push(orderConstraint(cue.sense, false, assertion, pool, world));
    // "Her weight is the highest it has ever been": where no value or date says which is meant, the latest is.
    const extreme = assertion.cues.find((cue) => cue.type === 'order' && (cue.sense === 'highest' || cue.sense === 'lowest'));
    if (
      extreme &&
      assertion.times.length + assertion.at.length + assertion.literals.length === 0 &&
      !assertion.quantities.some(({ role }) => role !== 'count' && role !== 'of')
    ) {
      const latest = orderConstraint('latest', true, assertion, pool, world);
      found.push({
        ...latest,
        weight: 2,
        test: (candidate) => {
          const tested = latest.test(candidate);
          return tested.outcome === 'fail' && !assertion.tense.present
            ? { outcome: 'unknown', reason: 'it is not clear which value is meant' }
            : tested;
        },
      });
    }
    // "a recent colonoscopy": the latest, and not long ago.
    const recent = assertion.cues.find((cue) => cue.type === 'order' && /^recent$/i.test(cue.text));
    if (recent) found.push(ofLate(world));
    // "first recorded", "first diagnosed": no earlier one, whatever else is said of it. Orders of one drug are read as courses.
    const firstOf = assertion.cues.find(
      (cue) => cue.type === 'status' && !cue.negated && /^(?:was |were |been )?(?:first|earliest)\b/i.test(cue.text),
    );
    if (firstOf && orders.every((cue) => cue.sense !== 'first') && pool.candidates.every(({ fact }) => fact.kind !== 'medication'))
      found.push(orderConstraint('first', false, assertion, pool, world));
    if (undated(assertion) && pool.candidates.some(({ fact }) => MEASURED.has(fact.kind))) found.push(latestMeant(assertion, pool, world));
    return found;
  },
};
