/** A point or span of time that a sentence says of one fact, held against its dates. */
import { daysBetween, formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate, dayOf } from '../matching/dates.ts';
import { said, type Tested, type World } from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import { LASTING, testDuration, unitOfDuration } from './duration.ts';
import { testStay } from './stay.ts';

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
  // "It had been 5.0 in December": of which year is not said.
  if (dated.outcome === 'fail' && fact.date && monthAlone(time.text) === fact.date.slice(5, 7))
    return { outcome: 'unknown', reason: `of which year "${time.text}" is meant is not said` };
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
  // What was booked for a day, or due on it, is not what was done on another.
  if (
    said(assertion, 'status', 'planned') &&
    fact.status !== 'planned' &&
    time.from !== undefined &&
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

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The number of a month that is named without a year: "in December", not "last December". */
function monthAlone(text: string): string | undefined {
  const month = /^(?:in |during |of )?([a-z]{3})[a-z]*\.?$/i.exec(text.trim())?.[1]?.toLowerCase();
  const place = month === undefined ? -1 : MONTHS.indexOf(month);
  return place < 0 ? undefined : String(place + 1).padStart(2, '0');
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
