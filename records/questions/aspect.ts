import type { Chart } from '../contract.ts';
import type { Aspect, Question, QuestionTime } from './contract.ts';
import { directionAsked, worst } from './cues.ts';
import { areEpisodes, asksAny } from './episodes.ts';
import { THAN_BEFORE } from './limits.ts';
import type { Clause, Topic } from './parsed.ts';
import { MEASURED } from './sections.ts';

function timeAspect(aspect: Aspect, clause: Clause, letter: string, time: QuestionTime | undefined): Aspect {
  if (!time || clause.asked.polar) return aspect;
  const explicit = /\b(?:latest|last|most recent|newest|recent)\b/.test(clause.rest);
  if (aspect === 'latest' && !explicit && time.relation !== 'ago' && !clause.limit && !clause.offset) return 'list';
  if (aspect === 'latest' && letter === 'x' && !explicit) return 'list';
  return aspect;
}

const EVER_BEYOND =
  /\bever (?:been )?(?:any )?(?:higher|lower|greater|heavier|lighter)\b|^\W*(?:was|were|has|have|had|did)\b.*\b(?:higher|lower|greater|heavier|lighter)(?: (?:before|in the past|previously|than (?:it is |they are |that |at )?(?:now|today|that|this)))?\W*$/;

const THEN_AND_NOW = /\b(?:then (?:and|vs|versus) now|now (?:and|vs|versus) then)\b/;

export function aspectOf(clause: Clause, topic: Topic, chart: Chart): { readonly aspect: Aspect; readonly placed?: 'start' | 'any' } {
  const { asked, rest, times, threshold, mask } = clause;
  let { aspect } = asked;
  const { letter } = topic;
  const direction = directionAsked(rest);
  // "EEG dates": of all of them.
  if (aspect === 'date' && /\bdates\b|\b(?:every|each|all)\b(?! (?:right|well)\b)/.test(rest) && !clause.offset)
    aspect = clause.limit ? 'latest' : 'list';
  // No gene is high or low: its status is what was found.
  if (aspect === 'flag' && topic.concepts.length > 0 && topic.concepts.every((id) => id.startsWith('gene/'))) aspect = 'latest';
  if (letter === 'o') {
    const extreme = worst(rest, topic.concepts);
    if (extreme) aspect = extreme;
    // "Was it ever higher than now", "was it lower before": the extreme of all values tells.
    const beyond = !threshold && !times.time && !times.compare && asked.polar && EVER_BEYOND.test(mask) && !THAN_BEFORE.test(mask);
    if (beyond && (direction === 'higher' || direction === 'lower')) return { aspect: direction === 'higher' ? 'highest' : 'lowest' };
    if (
      times.compare ||
      ((asked.polar || /\b(?:vs|versus|compared)\b/.test(mask)) && THAN_BEFORE.test(mask)) ||
      THEN_AND_NOW.test(rest) ||
      /\bdifference between\b.*\b(?:first|initial|earliest)\b.*\b(?:last|latest|current|most recent)\b/.test(rest)
    )
      aspect = 'change';
    else if (
      !threshold &&
      times.time &&
      direction &&
      (aspect === 'trend' || asked.polar) &&
      /since|after|within|between|before/.test(times.time.relation) &&
      !/\bover time\b|\btrend/.test(rest)
    )
      aspect = 'change';
    else if (
      !threshold &&
      asked.polar &&
      direction &&
      direction !== 'different' &&
      aspect !== 'flag' &&
      /\b(?:up|down|ris\w+|fall\w+|increas\w+|decreas\w+|gain\w*|los\w+|drop\w*|declin\w+|climb\w*|worse|better|stable|same|steady)\b/.test(
        rest,
      )
    )
      aspect = 'trend';
    if (threshold) {
      if (asked.polar)
        aspect =
          /\b(?:ever|at any|never|any|there|recorded|on file)\b/.test(rest) ||
          times.time ||
          /^\W*(?:was|were|has|have|had|did)\b/.test(mask)
            ? 'ever'
            : 'exists';
      else if (/\b(?:since when|from when|how long)\b/.test(rest)) aspect = 'onset';
      else if (/\bfirst\b/.test(rest)) aspect = 'first';
      else if (/\blast time|most recent|latest|last\b/.test(rest)) aspect = 'latest';
      else if (/\b(?:list|dates|days|each|which|all)\b/.test(rest)) aspect = 'list';
      else if (/\bwhen\b|\bdate\b/.test(rest)) aspect = 'date';
      else if (aspect === 'highest' || aspect === 'latest') aspect = 'list';
    }
    const had = /\b(?:have|has|had|any|there|done|checked|measured|tested|drawn|ever|get|got|did|taken|run|recorded|on file)\b/.test(rest);
    if (asked.polar && aspect === 'latest' && had && !/\b(?:latest|last|most recent)\b/.test(rest)) aspect = 'exists';
    if (asked.polar && aspect === 'exists' && !threshold && !had) aspect = 'latest';
  }
  // "When did he last miss dialysis", "why": the sessions that he did not come to, each with its day and reason.
  if (letter === 'p' && clause.status === 'not-done') {
    if (aspect === 'latest' || aspect === 'end') aspect = 'date';
    if (aspect === 'reason' || aspect === 'describe' || aspect === 'status') aspect = 'list';
  }
  if (letter === 'x') {
    const id = topic.sectionId ?? '';
    // What came of it, and why, stands in the entry of each that she did not come to.
    if (clause.status === 'not-done' && BOOKED.test(id) && aspect === 'reason') aspect = 'list';
    if (clause.status === 'not-done' && !/^(?:list|exists|ever|count|next|date|reason|who)$/.test(aspect)) aspect = 'list';
    if (
      id === 'section/appointments' &&
      clause.status !== 'not-done' &&
      !/\b(?:past|previous|missed|cancel\w*|last|latest|newest|most recent|had|kept|attend\w*|came|went|showed|ago)\b/.test(rest)
    )
      aspect = aspect === 'who' || aspect === 'where' || aspect === 'reason' || aspect === 'count' || aspect === 'due' ? aspect : 'next';
    if (/visits|hospitalizations|er-visits/.test(id)) {
      if (/\b(?:what happened|happened|details?|tell me (?:more )?about|describe|what went on|what was done|discussed|course)\b/.test(rest))
        aspect = 'describe';
      if (aspect === 'onset' || (aspect === 'date' && /\bfirst\b/.test(rest))) aspect = /\bfirst\b/.test(rest) ? 'first' : 'date';
      if (aspect === 'exists' && asked.polar) aspect = 'ever';
      if (
        aspect === 'list' &&
        /\b(?:last|latest|most recent|previous)\b/.test(rest) &&
        !clause.limit &&
        !/\b(?:all|visits|list)\b/.test(rest)
      )
        aspect = 'latest';
      if (aspect === 'latest' && clause.limit) aspect = 'list';
      if (aspect === 'latest' && times.time && /\b(?:why|reason)\b/.test(rest)) aspect = 'reason';
      if (aspect === 'end' && /\bdischarged\b/.test(rest)) aspect = 'end';
    }
    // "What was the first ED visit for": its own reason stands in its line.
    if (aspect === 'reason' && /visits|hospitalizations/.test(id) && /\b(?:first|earliest)\b/.test(rest)) aspect = 'first';
    if (aspect === 'exists' && asked.polar && id !== 'section/social') aspect = 'list';
    if (aspect === 'flag' && clause.flag) aspect = 'list';
    if (aspect === 'describe') aspect = /visits|hospitalizations|er-visits/.test(id) ? 'describe' : 'list';
    if (aspect === 'latest' && !/\b(?:latest|last|most recent|newest|recent)\b/.test(rest)) aspect = 'list';
    if (aspect === 'latest' && id === 'section/medications' && !/\b(?:latest|last|most recent(?:ly)?|newest|recently)\b/.test(rest))
      aspect = 'list';
    if (aspect === 'trend' && clause.times.time) aspect = 'list';
    if (aspect === 'change' && (topic.section?.kinds.length ?? 0) > 0) aspect = 'list';
    if (aspect === 'status' || (aspect === 'reason' && id === 'section/problems')) aspect = 'list';
    // Labs, vital signs and social history without a time: as they stand now.
    if (
      aspect === 'list' &&
      !times.time &&
      !clause.limit &&
      !clause.flag &&
      !clause.offset &&
      /section\/(?:results|vitals|social|surveys)$|^$/.test(id) &&
      topic.kinds.every((kind) => MEASURED.has(kind)) &&
      !/\b(?:all|every|each|full|complete|entire|over time|ever)\b/.test(rest)
    )
      aspect = 'latest';
    if (aspect === 'ever' && id !== 'section/visits' && !/visits|hospital/.test(id)) aspect = 'list';
  }
  // "Abuse ever?": the newest answer alone would hide an earlier one.
  if (letter === 's' && !asked.polar && aspect === 'latest' && /\bever\b/.test(rest)) return { aspect: 'list' };
  if (letter === 'c' && asked.polar && /\b(?:control\w*|managed|stable|wors\w*|better|improv\w*|bad|severe|serious|doing)\b/.test(rest))
    return { aspect: 'describe' };
  if (
    letter === 's' &&
    topic.item?.type === 'named' &&
    topic.item.widened &&
    /\b(?:quit|stop\w*|gave up|give up)\b/i.test(topic.item.text) &&
    (aspect === 'date' || aspect === 'onset' || aspect === 'end')
  )
    return { aspect: 'end' };
  // "Any previous heart failure": at some time.
  if (
    (letter === 'c' || letter === 'd') &&
    aspect === 'exists' &&
    clause.status === 'past' &&
    /\b(?:previous|prior|past|former|earlier|old)\b/.test(rest)
  )
    return { aspect: 'ever' };
  if (letter === 'c' && aspect === 'exists' && asked.polar && asksAny(rest) && areEpisodes(topic.concepts, chart))
    return { aspect: 'ever' };
  if (letter === 'c' || letter === 'd') {
    const newest = /\b(?:last|latest|most recent(?:ly)?|newest|recent)\b/.test(rest);
    if (aspect === 'latest' && !newest) aspect = 'exists';
    if (aspect === 'list' && asked.strength < 1.6) aspect = 'exists';
    // "Antibiotics since 2010", "which inhalers": the entries, not a yes.
    if (aspect === 'exists' && !asked.polar && (times.time || /^\W*(?:and |so )?(?:which|what)\b/.test(rest))) aspect = 'list';
  }
  const starts =
    /\b(?:diagnosed|new|newly|start|starts|started|starting|begin|begun|began|prescribed|ordered|develop\w*|onset|contracted|added|initiated|recorded|got|get|since when|came down)\b/.test(
      rest,
    );
  const changed = letter === 'x' && times.time?.relation === 'since' && /\b(?:chang(?:e|es|ed)|different|new|updates?)\b/.test(rest);
  const diagnoses = letter === 'x' && /diagnos|\bdx\b/i.test(topic.item?.text ?? rest);
  return {
    aspect: timeAspect(aspect, clause, letter, times.time),
    ...((starts || diagnoses || changed) && times.time ? { placed: 'start' as const } : {}),
  };
}

export function statusOf(clause: Clause, topic: Topic, aspect: Aspect): Question['status'] | undefined {
  const { rest, status, times } = clause;
  const { letter } = topic;
  const current = topic.section?.current;
  const pastTense =
    /^\W*(?:what|which)?\W*(?:\S+ )?(?:was|were|did|had)\b|\b(?:had|(?:has|have) (?:(?:s?he|they|the patient|‹n\d+›) )?(?:been|taken|had|used|ever|received|tried)|have been|been on|was (?:on|taking|prescribed)|were|did .* (?:take|have|use)|used to)\b/.test(
      rest,
    );
  const named = topic.item?.text ?? '';
  if (topic.kinds[0] === 'family-history') return undefined;
  if (status === 'not-done' && letter === 'x' && BOOKED.test(topic.sectionId ?? '') && /^(?:date|who|where|first|latest)$/.test(aspect))
    return 'not-done';
  if (status === 'not-done' && letter === 'p' && /^(?:date|first|who|where)$/.test(aspect)) return 'not-done';
  if (status === 'not-done')
    return aspect === 'list' || aspect === 'exists' || aspect === 'ever' || aspect === 'count' || aspect === 'next'
      ? 'not-done'
      : undefined;
  // "Which drugs is she not taking any more", "meds that are not active": those that are over.
  if (letter === 'x' && current === 'active' && (aspect === 'list' || aspect === 'latest') && NOT_IN_FORCE.test(clause.mask)) return 'past';
  if (letter === 'x' && /histor|\bpmh/i.test(named) && status !== 'active') return undefined;
  if (status === 'past' && topic.sectionId === 'section/allergies' && !/\bnot\b/.test(rest)) return 'past';
  if (aspect === 'status') return status;
  if (aspect === 'next' || aspect === 'due') return aspect === 'next' ? undefined : undefined;
  if (letter === 'd' || (letter === 'x' && current === 'active') || letter === 'c' || topic.kinds.includes('device')) {
    // "What is she taking and why": of what she takes.
    if (letter === 'x' && (aspect === 'reason' || aspect === 'dose' || aspect === 'who') && !times.time && !pastTense && status !== 'past')
      return 'active';
    if (aspect !== 'list' && aspect !== 'exists' && aspect !== 'count' && aspect !== 'describe') return undefined;
    if (status === 'past' && !/\bnot\b/.test(rest)) return 'past';
    if (
      /\b(?:ever|all|every|history|full|complete|entire|at any time|lifetime|over the years|before|dates)\b/.test(rest) &&
      status !== 'active'
    )
      return undefined;
    if (letter === 'd' && ORDER_LIST.test(rest) && status !== 'active') return undefined;
    if (status === 'active' && !(times.time && pastTense)) return 'active';
    if (aspect === 'describe') return undefined;
    if (times.time) return undefined;
    // "How many heart drugs": of those that are taken now; of one drug its orders are counted.
    const kind = topic.item?.type === 'named' ? topic.item.kind : undefined;
    if (aspect === 'count') return (letter === 'x' || (kind === 'drug-class' && !ORDERS.test(rest))) && !pastTense ? 'active' : undefined;
    return pastTense ? undefined : 'active';
  }
  if (status === 'past' && (letter === 'x' ? topic.sectionId === 'section/problems' : false)) return 'past';
  return undefined;
}

const BOOKED = /^section\/(?:visits|appointments)$/;

const NOT_IN_FORCE =
  /\b(?:not|n['’]?t|isn['’]?t|aren['’]?t|doesn['’]?t|never) (?:active|current|tak(?:e|ing)(?! any)|on(?! any)|use|using|have|has|be(?:ing)? (?:on|taken))\b|\b(?:not|n['’]?t|doesn['’]?t|isn['’]?t)\b.*\b(?:any ?more|any longer)\b/;

const ORDER_LIST = /\b(?:orders|prescriptions|scripts|refills|renewals|courses)\b/;

/** Words that count each order of a drug, not the drug once. */
export const ORDERS = /\b(?:times|orders?|ordered|prescriptions?|scripts?|prescribed|refills?|renewals?|renewed|courses?)\b/i;
