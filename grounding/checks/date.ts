/** Dates, durations, ages at an event, first and latest. */
import { daysBetween, formatDate, wholeYears } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate, dayOf } from '../matching/dates.ts';
import { type Constraint, completeSearch, kindsOfSection, matchesHead, said, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { beginning, mayHaveBegun } from './beginning.ts';
import type { CheckPart, Pool } from './contract.ts';
import { begins, startsSeries } from './course.ts';
import { lifeEnd, testDuration, UNIT_DAYS } from './duration.ts';
import { lasting } from './lasting.ts';
import { atEnd, countsAnother, isCounted, nth, orderConstraint } from './order.ts';
import { testTime } from './said-time.ts';
import { isCheckUp } from './setting.ts';

/** "at her last visit": the fact belongs to that visit, or is of its day. */
function atVisit(at: Assertion, assertion: Assertion, pool: Pool, world: World): Constraint {
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
  const ending = assertion.cues.some(({ type, sense }) => type === 'status' && ['stopped', 'ended', 'held', 'resolved'].includes(sense));
  return {
    check: 'date',
    weight: 3,
    test: ({ fact }) => {
      if (at.cues.some((cue) => cue.type === 'order' && ['all', 'always'].includes(cue.sense)))
        return { outcome: 'unknown', reason: `what was so at every ${at.heads[0]!.text} is not decided` };
      if (order && !search) return { outcome: 'unknown', reason: `the evidence does not tell the ${order.text} visit` };
      // "Stopped on admission": what it is about is its end.
      if (ending && !fact.end) return { outcome: 'unknown', reason: `when ${fact.name} ended is not recorded` };
      const there = meant.some((visit) =>
        ending
          ? visit.date !== undefined && dayOf(fact.end!) >= dayOf(visit.date) && dayOf(fact.end!) <= dayOf(visit.end ?? visit.date)
          : visit.id === fact.visit || (visit.date !== undefined && fact.date !== undefined && dayOf(visit.date) === dayOf(fact.date)),
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
            reason: `${fact.name}${ending ? `, ended ${formatDate(fact.end!)},` : fact.date ? ` of ${formatDate(fact.date)}` : ''} is not of that visit${meant[0]?.date ? ` (${formatDate(meant[0].date)})` : ''}`,
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

/** Years on either side of a birthday within which an age may be told as the one before or after it. */
const NEAR = 0.25;

const nearBirthday = (birth: string, day: string, said: number, age: number): boolean =>
  Math.abs(daysBetween(birth, day) / 365.25 - Math.max(said, age)) <= NEAR;

const GOING_ON =
  /\b(?:(?:has|have|had|'s|was|is) (?:been )?(?:on|in|having|getting|receiving|undergoing|going to|dependent|doing)|has (?:had|needed|required)|dependent)\b/i;
const BEGUN = /\b(?:start|beg[aiu]n|initiat|commenc|introduc)/i;

export const date: CheckPart = {
  constraints(assertion, pool, world) {
    const found: Constraint[] = [];
    for (const saidTime of assertion.times)
      found.push(
        {
          check: 'date',
          weight: 4,
          test: ({ fact }) => mayHaveBegun(testTime(saidTime, fact, assertion, world), saidTime.time.from, assertion, pool, world),
        },
        ...lasting(saidTime, assertion, pool),
      );
    for (const { quantity, role } of assertion.quantities) {
      if (role === 'duration')
        found.push({
          check: 'date',
          weight: 2,
          test: ({ fact }) => {
            const unit = UNIT_DAYS[quantity.ucum ?? 'd'] ?? 1;
            return testDuration(quantity.value * unit, unit, quantity.text, fact, world);
          },
        });
      if (role === 'age-at' || role === 'age') {
        const birth = world.context.patient?.birthDate;
        found.push({
          check: 'date',
          weight: 2,
          test: ({ fact }) => {
            const age = birth && fact.date ? wholeYears(birth, fact.date) : undefined;
            if (age === undefined) return { outcome: 'unknown', reason: 'the age at that time cannot be told' };
            if (quantity.comparator === '~' && age !== quantity.value) {
              const apart = Math.abs(daysBetween(birth!, fact.date!) / 365.25 - quantity.value);
              if (apart <= Math.max(0.25, quantity.value * 0.05)) return { outcome: 'pass', reason: `the patient was ${age}, nearly so` };
              if (apart <= Math.max(1, quantity.value * 0.1))
                return { outcome: 'unknown', reason: `the patient was ${age}: whether that is about ${quantity.value} is not decided` };
            }
            // A beginning is remembered by the year: a few weeks before a birthday it is told by either age.
            if (fact.kind === 'problem' && Math.abs(age - quantity.value) === 1 && nearBirthday(birth!, fact.date!, quantity.value, age))
              return { outcome: 'unknown', reason: `the patient was ${age} on ${formatDate(fact.date!)}, near a birthday` };
            return age === quantity.value
              ? { outcome: 'pass', reason: `the patient was ${age}` }
              : { outcome: 'fail', reason: `the patient was ${age} on ${formatDate(fact.date!)}` };
          },
        });
      }
    }
    found.push(...beginning(assertion, pool, world));
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
    else if (assertion.cues.some((cue) => cue.type === 'status' && !cue.negated && (cue.sense === 'started' || BEGUN.test(cue.text))))
      found.push({ check: 'date', weight: 3, test: ({ fact }) => startsSeries(fact, pool) });
    // "On dialysis since 2024": begun then, not only done again since.
    if (GOING_ON.test(assertion.text))
      for (const { time } of assertion.times.filter((said) => said.time.relation === 'since'))
        found.push({
          check: 'date',
          weight: 3,
          test: ({ fact }) => {
            if (fact.kind !== 'procedure') return { outcome: 'pass', reason: '' };
            const begun = startsSeries(fact, pool);
            return begun.outcome === 'pass' ? compareDate(fact.date, time, true) : begun;
          },
        });
    for (const at of assertion.at) found.push(atVisit(at, assertion, pool, world));
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
