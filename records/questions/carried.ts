import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';

export const THEN =
  /\b(?:at|on|around|during) (?:that|the same) (?:time|day|date|visit|moment|point)\b|\b(?:that|the same|same|that same) (?:day|visit)\b|\bthen\b(?= *[?.!]*$)/;

/** "What about the pain level then?": no time is meant. */
export const TALKED = /^\W*(?:and |so |ok |okay )?(?:what|how) about\b.*\bthen\b\W*$/;

/** What "then" and "that day" refer to: the event that was just asked about. None where an event cannot say all that was asked. */
export function eventOf(question: Question | undefined): Question['time'] {
  if (!question || question.field || question.kinds.length === 0) return undefined;
  const { time } = question;
  const dated = time?.from !== undefined && time.to !== undefined && /^(?:in|on|between|within)$/.test(time.relation);
  if (/^(?:list|count|trend|range|average|summary|top-three|due|next|change)$/.test(question.aspect))
    return time && ((time.anchor && time.relation === 'in') || dated) ? time : undefined;
  if (time?.anchor) return time.relation === 'in' ? time : undefined;
  const { reasons, person, laterality, flag, threshold, except, offset = 0, limit = 1 } = question;
  if (reasons || person || laterality || flag || threshold || except || offset > 1 || limit > 1) return undefined;
  const first = question.aspect === 'first' || question.aspect === 'onset' || question.aspect === 'exists' || question.aspect === 'ever';
  if (question.aspect === 'highest' || question.aspect === 'lowest') return undefined;
  return {
    text: question.name,
    relation: 'in',
    anchor: {
      kinds: question.kinds,
      concepts: question.concepts,
      ...(question.words ? { words: question.words } : {}),
      ...(question.visitClass ? { visitClass: question.visitClass } : {}),
      ...(time?.from ? { from: time.from } : {}),
      ...(time?.to ? { to: time.to } : {}),
      which: first ? 'first' : offset === 1 ? 'previous' : 'last',
      edge: 'start',
      text: question.name,
    },
  };
}

/** "Latest sodium and potassium": the second name takes what is asked of the first. */
export function inherit(clause: Clause, before: Clause | undefined): Clause {
  if (!before || clause.opens || clause.topics.length === 0 || clause.whole || clause.field) return clause;
  const weak = clause.asked.strength < 2;
  const bare = !/\b(?:trend|history|latest|last|highest|lowest|average|dose|why|when)\b/.test(clause.rest);
  if (!weak && !bare) return clause;
  if (
    before.topics.length > 0 &&
    before.topics[0]!.letter !== clause.topics[0]!.letter &&
    before.topics[0]!.letter !== 'x' &&
    clause.topics[0]!.letter === 'x'
  )
    return clause;
  const polar = before.asked.polar;
  return {
    ...clause,
    mask: weak ? `${before.mask.replace(/‹[^›]+›/g, '')} ${clause.mask}` : clause.mask,
    rest: weak ? `${before.rest.replace(/‹[^›]+›/g, '')} ${clause.rest}` : clause.rest,
    asked: weak
      ? { ...before.asked, polar, also: [] }
      : {
          ...clause.asked,
          polar: polar || clause.asked.polar,
          ...(polar && before.asked.expects ? { expects: before.asked.expects } : {}),
        },
    times: clause.times.time || !before.times.time ? clause.times : { ...clause.times, time: before.times.time },
    ...(before.limit && !clause.limit ? { limit: before.limit } : {}),
    ...(before.status && !clause.status ? { status: before.status } : {}),
    ...(before.flag && !clause.flag && weak ? { flag: before.flag } : {}),
    ...(before.reasons && !clause.reasons && weak ? { reasons: before.reasons } : {}),
  };
}

/** "A1c and LDL trend", "sodium and potassium in 2019": the first name takes what only the last says. */
export function shareAhead(clause: Clause, later: Clause | undefined): Clause {
  if (
    !later ||
    later.opens ||
    later.topics.length === 0 ||
    clause.topics.length === 0 ||
    clause.topics[0]!.letter !== later.topics[0]!.letter
  )
    return clause;
  const weak = clause.asked.strength < 2 && later.asked.strength >= 2;
  const time = clause.times.time ?? later.times.time;
  return {
    ...clause,
    ...(weak
      ? {
          asked: { ...later.asked, polar: clause.asked.polar, ...(clause.asked.expects ? { expects: clause.asked.expects } : {}) },
          rest: `${clause.rest} ${later.rest.replace(/‹[^›]+›/g, '')}`,
        }
      : {}),
    ...(weak && later.flag && !clause.flag ? { flag: later.flag } : {}),
    ...(weak && later.limit && !clause.limit ? { limit: later.limit } : {}),
    ...(time && clause.asked.strength < 2 ? { times: { ...clause.times, time } } : {}),
  };
}
