import type { Chart } from '../contract.ts';
import { becameOf } from './altered.ts';
import { bareWord, beforeShown, letterOf, sinceAlone } from './asked-on.ts';
import { buildQuestion, isJudgedEver } from './build.ts';
import type { Aspect, Choice, Question, QuestionContext } from './contract.ts';
import { directionAsked, readAspect, worst } from './cues.ts';
import type { Clause } from './parsed.ts';
import { dayShown, insteadOf, problemMeant } from './pronouns.ts';

/** "And her potassium?", "what about 2019?", "why?": leans on what was asked before. */
const LEANS =
  /^\W*(?:and|also|plus|or|but|so|then|ok|okay|now|what about|how about|same (?:for|with|question)|as for|what of|and what about|and how about|about)\b/;

export function isElliptical(clause: Clause): boolean {
  if (!LEANS.test(clause.mask)) return false;
  const stripped = clause.mask.replace(LEANS, '').replace(LEANS, '');
  return (
    !/\b(?:what|which|when|why|who|where|how|is|are|was|were|has|have|had|does|do|did|list|show|give|any)\b/.test(stripped) &&
    clause.asked.strength < 3.3
  );
}

/** Restates earlier questions with what the new words change: another thing, another time, another aspect. */
export function followUp(asked: Clause, context: QuestionContext, chart: Chart): readonly Question[] {
  const before = context.questions;
  const last = before.at(-1);
  if (!last) return [];
  const clause = sinceAlone(asked);
  const { rest, times, mask } = clause;
  if (clause.topics.length > 0) {
    return clause.topics.map((topic): Question => {
      const like = before.find((question) => letterOf(question) === topic.letter) ?? last;
      const fresh = buildQuestion(clause, topic, chart);
      // A phone number, an age, a summary is asked of the patient: another noun is not.
      if (like.field || (letterOf(like) === 'u' && topic.letter === 'u')) return fresh;
      const kindred = letterOf(like) === topic.letter || (topic.kinds.length > 0 && topic.kinds.some((kind) => like.kinds.includes(kind)));
      // A limit on one test says nothing of another: "is it under 8", "and the weight?".
      const { limit: _limit, offset: _offset, premise: _premise, words: _words, flag: _flag, entries: _entries, reasons, ...whole } = like;
      // "What is she taking for it" - "and the iron?": a drug by its name is not asked for as one of those.
      const narrowed = reasons && !(like.concepts.length === 0 && fresh.concepts.length > 0 && topic.letter === 'd');
      const frame = narrowed ? { ...whole, reasons } : whole;
      if ((like.threshold || like.flag || isJudgedEver(like.text)) && !clause.threshold && !clause.flag)
        return {
          ...fresh,
          aspect: letterOf(fresh) === 'o' ? 'latest' : fresh.aspect,
          ...(like.time && !times.time ? { time: like.time } : {}),
        };
      if (!kindred || clause.asked.strength >= 2) return { ...fresh, ...(times.time || !kindred || !like.time ? {} : { time: like.time }) };
      return {
        ...frame,
        // Who ordered one test is not asked of the next one.
        ...(letterOf(fresh) === 'o' && /^(?:who|where|reason)$/.test(frame.aspect) ? { aspect: 'latest' as const } : {}),
        kinds: fresh.kinds,
        concepts: fresh.concepts,
        ...(fresh.words ? { words: fresh.words } : {}),
        name: fresh.name,
        text: clause.text,
        ...(times.time ? { time: times.time } : {}),
        ...(clause.threshold ? { threshold: clause.threshold } : {}),
      };
    });
  }
  const bare = bareWord(clause, last, chart);
  if (bare) return [bare];
  const earlier = beforeShown(clause, last, context, chart);
  if (earlier) return earlier;
  // "Why?" after "none is recorded; here is the nearest": about what was shown.
  const shown = times.time || clause.offset ? undefined : insteadOf(context, chart);
  if (shown) {
    const { aspect } = readAspect(rest.replace(LEANS, ' ').trim(), letterOf(shown));
    if (OF_SHOWN.has(aspect)) return [{ ...shown, aspect, text: clause.text }];
  }
  return before
    .map((question) => restate(clause, question, mask, rest, times.time ?? sinceShown(clause, question, context, chart)))
    .filter((question): question is Question => question !== undefined);
}

/** "How much has he gained?" after an older value: from that value on. */
function sinceShown(clause: Clause, question: Question, context: QuestionContext, chart: Chart): Question['time'] {
  const picked = question.aspect === 'highest' || question.aspect === 'lowest' || question.aspect === 'first';
  if (letterOf(question) !== 'o' || (!question.offset && !question.time && !picked) || clause.offset) return undefined;
  const { aspect } = readAspect(clause.rest.replace(LEANS, ' ').trim(), 'o');
  if (aspect !== 'change' && !(aspect === 'trend' && directionAsked(clause.rest))) return undefined;
  if (/\b(?:since|over time|overall|ever|over the years|in total|trend)\b/.test(clause.mask)) return undefined;
  const then = dayShown(context, chart);
  return then?.from ? { text: `since ${then.from}`, relation: 'since', from: then.from } : undefined;
}

/** Asked of a series as a whole: a point in time that was asked about before does not bind it. */
const WHOLE: ReadonlySet<Aspect> = new Set<Aspect>([
  'trend',
  'highest',
  'lowest',
  'range',
  'average',
  'first',
  'latest',
  'count',
  'ever',
  'change',
]);
/** Than what was shown. */
const EXTREME =
  /\b(?:higher|lower|greater|smaller|heavier|lighter|bigger)(?: (?:one|ones|‹q\d+›|value|values|reading|readings|result|results|than (?:that|this|it)|before|ever|in the past))?\W*$/;

const FOUND =
  /\b(?:what (?:did (?:they|it|s?he) (?:find|show|see|say)|was (?:found|seen|the (?:result|outcome|finding)))|findings?|results?|outcome|anything found)\b/;
const OF_A_DRUG = /\b(?:put on hold|on hold|held|refill\w*|titrat\w*|tapered|stepped (?:up|down))\b/;

const STARTED_ANY =
  /\b(?:start|started|give|given|prescribed?|stop|stopped|added?) (?:any|some)(?:thing)?\b|\b(?:any|some)thing (?:\w+ )?(?:started|given|prescribed|stopped|added)\b/;

/** Asked of the very entries that were shown. */
const OF_SHOWN: ReadonlySet<Aspect> = new Set<Aspect>([
  'flag',
  'date',
  'reference-range',
  'who',
  'where',
  'reason',
  'describe',
  'status',
  'dose',
]);

/** Asked on of an entry that was pointed at. */
const OF_ENTRY: ReadonlySet<Aspect> = new Set<Aspect>([...OF_SHOWN, 'onset', 'end', 'duration', 'reaction']);

/** "And last time?" after the newest value: the one before it. */
const LAST_TIME = /^\W*(?:and |what about |how about |(?:and )?what (?:was|were) (?:it|that|they) )(?:the )?(?:last|previous) time\W*$/;

function restate(clause: Clause, question: Question, mask: string, rest: string, time: Question['time']): Question | undefined {
  // Of the record as a whole nothing can be asked on: not since when, nor why.
  if (question.aspect === 'summary' || question.aspect === 'top-three') return undefined;
  const letter = letterOf(question);
  const said = rest.replace(LEANS, ' ').trim();
  const asked = readAspect(said, letter === 'u' ? 'x' : letter);
  const direction = directionAsked(said);
  // "Over 4.5 ever - when first?": the values over it.
  if (question.threshold && letter === 'o' && !time && !clause.threshold && /^(?:date|onset|first)$/.test(asked.aspect)) {
    const { polar: _, expects: __, ...limited } = question;
    return { ...limited, text: clause.text, aspect: 'list' };
  }
  // "Has it ever been above 6.3?" - "How many times?"
  if (question.threshold && letter === 'o' && !time && !clause.threshold && asked.aspect === 'count' && /\b(?:times|often)\b/.test(said)) {
    const { polar: _, expects: __, ...limited } = question;
    return { ...limited, text: clause.text, aspect: 'count' };
  }
  // "Who with?", "where?" of the next appointment: its line says it.
  if (question.aspect === 'next' && !time && OF_SHOWN.has(asked.aspect)) return { ...question, text: clause.text };
  // "Is she on any of them?" after allergies asks of drugs.
  if (letter === 'a' && /\b(?:on|taking|takes?|given|prescribed)\b/.test(said) && asked.polar) return undefined;
  const earlier =
    (question.aspect === 'latest' && LAST_TIME.test(mask) && !time) ||
    (/\b(?:one before|before (?:that|it|this|then)|previous(?: one| ‹q\d+›)?|prior(?: one| ‹q\d+›)?|earlier one|the last one before|preceding|before)\b\W*$/.test(
      mask,
    ) &&
      !time);
  const {
    limit,
    polar: _polar,
    expects: _expects,
    threshold,
    compare: _compare,
    offset,
    premise: _premise,
    flag: _flag,
    placed,
    entries,
    ...kept
  } = question;
  const base: Question = {
    ...kept,
    text: clause.text,
    ...(clause.limit ? { limit: clause.limit } : {}),
    ...(placed && question.time ? { placed } : {}),
  };
  // A dose, a pause or a refill is said of a drug: nothing else answers it.
  if (letter !== 'd' && question.kinds.length > 0 && !question.kinds.includes('medication') && OF_A_DRUG.test(said)) return undefined;
  // "Did they start anything?": drugs, of the same time.
  if (letter !== 'd' && !time && STARTED_ANY.test(said))
    return question.time
      ? {
          aspect: 'list',
          kinds: ['medication'],
          concepts: [],
          name: 'medications',
          text: clause.text,
          time: question.time,
          placed: 'start',
        }
      : undefined;
  // "In pounds please": the same, told in another unit.
  if (letter === 'o' && clause.inUnit && !time && asked.strength < 1 && !asked.polar)
    return { ...question, text: clause.text, inUnit: clause.inUnit };
  // "What did they find?": what the entry says of its outcome.
  if (letter === 'p' && !time && FOUND.test(said)) {
    const { polar: _p, expects: _e, ...shown } = question;
    return { ...shown, aspect: question.aspect === 'first' ? 'first' : 'describe', text: clause.text };
  }
  const problem = problemMeant(said, question);
  if (problem) return { ...problem, aspect: readAspect(said, 'c').aspect, text: clause.text };
  // No result is planned; the next visit is. Nor is there a reason for all results together.
  if (letter === 'o' && asked.aspect === 'next')
    return { aspect: 'next', kinds: ['appointment', 'visit'], concepts: [], name: 'upcoming visits', text: clause.text };
  if (letter === 'o' && asked.strength >= 3 && question.concepts.length === 0 && /\b(?:why|what for)\b/.test(said)) return undefined;
  const { time: formerTime, ...untimed } = base;
  if (earlier && formerTime?.anchor?.which === 'last')
    return { ...untimed, aspect: question.aspect, time: { ...formerTime, anchor: { ...formerTime.anchor, which: 'previous' } } };
  if (earlier || (clause.offset && !clause.times.compare))
    return {
      ...base,
      aspect: letter === 'o' || letter === 'x' || letter === 'p' || letter === 'v' ? 'latest' : base.aspect,
      offset: (offset ?? 0) + (clause.offset ?? 1),
    };
  // "Has it gone up since?"
  if (!time && letter === 'o' && question.time?.from && direction && /\bsince(?: then)?\W*$/.test(mask)) {
    const { to: _to, ...from } = question.time;
    return {
      ...base,
      aspect: 'change',
      time: { ...from, relation: 'since', text: `since ${question.time.text}` },
      compare: { direction },
      polar: true,
      expects: 'yes',
    };
  }
  if (time || clause.times.compare) {
    const named = asked.strength >= 3 ? asked.aspect : undefined;
    const aspect: Aspect = clause.times.compare
      ? 'change'
      : (named ?? (question.aspect === 'latest' && time?.relation !== 'ago' ? 'list' : question.aspect));
    return {
      ...base,
      aspect,
      ...(time ? { time } : {}),
      // "Which of those are new this year": begun in it, not merely still going on.
      ...(time && /\b(?:new|newly|started|added|begun|prescribed|diagnosed|chang\w+|alter\w+|adjust\w+|switch\w+)\b/.test(said)
        ? { placed: 'start' as const }
        : {}),
      // A limit goes on in another time only where it was asked as a yes or no.
      ...(threshold && !named && question.polar ? { threshold } : {}),
      // Of a value or a list there was nothing to say yes to.
      ...(question.polar && !named && aspect !== 'list' ? { polar: true, expects: question.expects ?? 'yes' } : {}),
      ...(clause.times.compare ? { compare: { time: clause.times.compare, ...(direction ? { direction } : {}) } } : {}),
    };
  }
  const { time: when, ...timeless } = base;
  if (clause.threshold && letter === 'o' && !asked.polar && /\b(?:since when|when|how long)\b/.test(said))
    return {
      ...timeless,
      aspect: /\bwhen\b/.test(said) && !/\bsince|how long\b/.test(said) ? 'list' : 'onset',
      threshold: clause.threshold,
    };
  if (clause.threshold && letter === 'o') return { ...timeless, aspect: 'ever', threshold: clause.threshold, polar: true, expects: 'yes' };
  const end = letter === 'o' && !clause.limit ? worst(said, question.concepts) : undefined;
  if (end && !asked.polar) return { ...timeless, aspect: end };
  const more =
    /\b(?:it|that|this|those|them|these|one|ones|then|there)\b/.test(mask) ||
    /^\W*(?:more|details?|go on|continue|elaborate|ok|yes)\W*$/.test(mask);
  if (asked.strength < 1 && !asked.polar && !clause.limit && !clause.status)
    return more ? { ...base, aspect: letter === 'o' ? 'latest' : 'describe' } : undefined;
  const aspect = asked.strength >= 1 || clause.limit ? asked.aspect : base.aspect;
  const anyOf = /^\W*(?:any|which|what|some)\b/.test(said) && letter === 'd' && question.concepts.every((id) => id.startsWith('section/'));
  if (clause.status && (anyOf || (!asked.polar && asked.strength < 3))) {
    const { status: _status, ...open } = timeless;
    return { ...open, aspect: 'list', status: clause.status };
  }
  // "Was there a higher one?" than the value that was shown: the highest of all tells.
  if (letter === 'o' && asked.polar && EXTREME.test(said) && (direction === 'higher' || direction === 'lower'))
    return { ...timeless, aspect: direction === 'higher' ? 'highest' : 'lowest' };
  // "The first one, what was it for?": of the one that was picked out.
  if (question.aspect === 'first' && letter !== 'c' && letter !== 'd' && (OF_SHOWN.has(aspect) || aspect === 'reason'))
    return { ...question, text: clause.text };
  // "When was that?" of the highest is the date of the highest.
  if (aspect === 'date' && /^(?:highest|lowest|first|range)$/.test(question.aspect) && !/\b(?:last|latest|first)\b/.test(said))
    return { ...question, text: clause.text };
  const status = clause.status && (aspect === 'status' || aspect === 'list' || aspect === 'exists') ? clause.status : undefined;
  const binds =
    when !== undefined &&
    !/\bever\b/.test(mask) &&
    !(WHOLE.has(aspect) && /^(?:on|in|ago)$/.test(when.relation) && !/\b(?:then|that (?:day|year|time)|at the time)\b/.test(mask));
  const { status: before, ...open } = binds ? base : timeless;
  // Of a class the drug in force is meant, from its own first order; a drug by its name began with its first.
  const ofClass = question.concepts.length > 0 && question.concepts.every((id) => id.startsWith('class/'));
  const began = letter === 'd' && !(ofClass && aspect !== 'first') && (aspect === 'onset' || aspect === 'first' || aspect === 'duration');
  // "Why?", "since when?" ask about the entries that were shown.
  const keep =
    before && !status && !began && !(letter === 'd' && aspect === 'count') && aspect !== 'status' && aspect !== 'ever'
      ? { status: before }
      : {};
  const flagged = (aspect === 'flag' || (aspect === 'ever' && letter === 'o')) && clause.flag ? { flag: clause.flag } : {};
  // A yes to words that were not weighed would be a yes to "there are entries".
  const weighed = letter === 'x' || letter === 'u' ? false : letter !== 'o' || asked.strength >= 1;
  const polar =
    (asked.polar && weighed && !(letter === 'o' && flagged.flag === undefined && isJudgedEver(said))) || flagged.flag !== undefined;
  // "Why was it cut?": of the orders that ended.
  const became =
    letter === 'd' && !asked.polar && /^(?:reason|date|onset|end)$/.test(aspect) ? becameOf(clause.text.toLowerCase()) : undefined;
  const { kinds, concepts, words, name } = question;
  if (became)
    return { ...open, aspect, premise: [{ kinds, concepts, ...(words ? { words } : {}), name, text: clause.text, state: became }] };
  return {
    ...open,
    ...keep,
    ...(status ? { status } : {}),
    aspect: clause.limit && aspect === 'exists' ? 'latest' : aspect,
    ...(entries && OF_ENTRY.has(aspect) && !time ? { entries } : {}),
    ...(offset && OF_SHOWN.has(aspect) && !/\b(?:last|latest|most recent)\b/.test(said) ? { offset } : {}),
    ...(limit && clause.limit === undefined && aspect === 'flag' ? { limit } : {}),
    ...flagged,
    ...(polar ? { polar: true, expects: asked.expects ?? 'yes' } : {}),
    ...(direction && (aspect === 'trend' || aspect === 'change') && asked.polar ? { compare: { direction } } : {}),
  };
}

const ORDINALS: readonly RegExp[] = [
  /^(?:the )?(?:first|1st|1|a|former)(?: one)?$/,
  /^(?:the )?(?:second|2nd|2|b|latter)(?: one)?$/,
  /^(?:the )?(?:third|3rd|3|c)(?: one)?$/,
  /^(?:the )?(?:fourth|4th|4|d)(?: one)?$/,
  /^(?:the )?(?:fifth|5th|5|e)(?: one)?$/,
  /^(?:the )?(?:sixth|6th|6)(?: one)?$/,
];

/** The choice that an answer to "which do you mean?" picks. */
export function pickChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  const said = text
    .toLowerCase()
    .replace(/[.!?,]/g, '')
    .replace(/^(?:the |i mean |i meant |her |his |it is )+/, '')
    .trim();
  const exact = choices.find((choice) => choice.label.toLowerCase() === said);
  if (exact) return exact;
  const ordinal = ORDINALS.findIndex((pattern) => pattern.test(text.toLowerCase().replace(/[.!?]/g, '').trim()));
  if (ordinal >= 0) return choices[ordinal];
  const within = choices.filter((choice) => said.length > 2 && choice.label.toLowerCase().includes(said));
  return within.length === 1 ? within[0] : undefined;
}
