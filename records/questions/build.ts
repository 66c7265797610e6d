import type { Chart, FactKind } from '../contract.ts';
import { aspectOf, statusOf } from './aspect.ts';
import { comingAsked } from './coming.ts';
import type { Aspect, Question, QuestionTime } from './contract.ts';
import { courseAspect } from './course.ts';
import { directionAsked, worst } from './cues.ts';
import { asksEarlierDose, timeBack } from './earlier.ts';
import { frequencyIn } from './frequency.ts';
import { THAN_BEFORE } from './limits.ts';
import { mannerIn } from './manner.ts';
import type { Clause, Topic } from './parsed.ts';
import { ofReason, premisesOf } from './premise-in.ts';
import { sectionOf } from './sections.ts';
import { hasWords } from './select.ts';
import { STATED_NAMES } from './stated.ts';
import { toldApart } from './visit-types.ts';

/** A part of the record as what is asked about. */
export const sectionTopic = (id: string): Topic => section(id);

export const section = (id: string): Topic => {
  const found = sectionOf(`section/${id}`)!;
  return {
    letter: 'x',
    name: found.name,
    kinds: found.kinds,
    concepts: found.concepts ?? [],
    section: found,
    sectionId: `section/${id}`,
    ...(found.visitClass ? { visitClass: found.visitClass } : {}),
  };
};

const several = (name: string, kinds: readonly FactKind[]): Topic => ({ letter: 'x', name, kinds, concepts: [], section: { kinds, name } });

const REFUSED = /\b(?:refuse[sd]?|refusing|decline[sd]?|declining|turn(?:ed)? down)\b/;

/** What a clause without a name is about, by its verb: "what is she taking", "what was done". */
export function implied(clause: Clause): Topic | undefined {
  const { rest, times, mask } = clause;
  if (clause.status === 'not-done' && REFUSED.test(rest))
    return several('care', ['procedure', 'immunization', 'medication', 'order', 'imaging']);
  if (clause.status === 'not-done' && /\b(?:anything|any|something|treatments?|therap(?:y|ies)|tests?|care|what)\b/.test(rest))
    return several('care', ['procedure', 'immunization', 'medication', 'order', 'appointment']);
  if (clause.status === 'not-done' && /\bno[- ]?shows?\b/.test(rest)) return section('visits');
  if (/\b(?:next time|com(?:es?|ing) (?:back|in next)|return(?:s|ing)?|next visit)\b/.test(mask) && !/\blast\b/.test(mask))
    return section('appointments');
  if (/\b(?:allergic|allergy|allergies|react(?:s|ed|ing)? (?:badly )?to|intolerant)\b/.test(rest)) return section('allergies');
  if (/\b(?:vaccinated|immuni[sz]ed|vaccin\w+|immuni[sz]\w+)\b/.test(rest)) return section('immunizations');
  if (/\b(?:in|at|to|into) (?:the |a )?hospital\b/.test(rest)) return section('hospitalizations');
  if (/\b(?:admitted|hospitali[sz]ed|inpatient|admissions?|discharge[ds]?)\b/.test(rest)) return section('hospitalizations');
  if (
    /\b(?:prescri\w+|taking|takes?|medicat\w+|medicines?|on anything|refill\w*)\b|\bwhat (?:is|was|are|were) (?:she|he|they|the patient|‹n\d+›)(?: \w+)? on\b|(?<!\bhow much\b.*)\bput on\b(?! (?:hold|weight))|\bstarted on\b/.test(
      rest,
    )
  )
    return section('medications');
  if (/\b(?:which|what) (?:pill|tablet|tab|capsule|drug|medicine|med)s?\b.*\b(?:on|using|given)\b/.test(rest))
    return section('medications');
  if (
    /\b(?:measured|checked|tested|drawn|tests|(?<!\b(?:the|that|this) )test|labs?|lab ?work|blood ?work|bloods|results|abnormal|out of range|values)\b/.test(
      rest,
    ) ||
    (times.time !== undefined && /\b(?:result|value|reading)\b/.test(rest)) ||
    /\b(?:anything|something) (?:\w+ )?(?:high|low|elevated|raised|flagged|off|out)\b/.test(rest)
  )
    return several('results and vital signs', ['result', 'vital', 'survey']);
  if (/\b(?:diagnosed|diagnos[ei]s|suffer\w*|wrong|conditions?|illness\w*|sick|problems?|ill with)\b/.test(rest))
    return section('problems');
  if (/\btreated for\b/.test(rest)) return section('problems');
  if (/\b(?:on the schedule|schedule|booked|follow[- ]?up)\b/.test(rest) && !/\blast\b/.test(rest)) return section('appointments');
  if ((clause.asked.aspect === 'where' || clause.asked.aspect === 'who') && /\b(?:clinic|hospital|doctor|facility|go|goes)\b/.test(rest))
    return section('visits');
  // "What was done at the last visit": all that the visit brought.
  if (
    /\b(?:done|found|discussed|accomplished)\b/.test(rest) &&
    /\b(?:visit|appointment|encounter|admission|check-?up|consultation|stay)\b/.test(rest)
  )
    return section('visits');
  if (/\b(?:ordered)\b/.test(rest)) return several('orders and prescriptions', ['order', 'medication']);
  if (/\b(?:performed|done|removed|taken out|surger\w*|operat\w*|procedures?|underg\w+|underwent)\b/.test(rest))
    return section('procedures');
  if (
    /\b(?:visits?|seen|saw|appointments?|encounters?|check-?ups?|physical|consult\w*|see|came in|comes?(?: in)?|coming in|(?:brought|brings?) (?:her|him|them|‹n\d+›|the patient) in|here)\b/.test(
      rest,
    )
  ) {
    return /\b(?:next|upcoming|scheduled|future)\b/.test(rest) ? section('appointments') : section('visits');
  }
  if (/\b(?:new|changed?|changes|happened|happen(?:ing)?|going on|developments?|update)\b/.test(mask) && times.time)
    return several('entries', ['problem', 'medication', 'allergy', 'visit', 'procedure', 'immunization', 'result', 'vital']);
  if (/\bhave\b.*\?$|\bwhat does (?:she|he|they|‹n\d+›) have\b/.test(rest)) return section('problems');
  return undefined;
}

/** A class of drugs, not one of them. */
const isClass = ({ item }: Topic): boolean => item?.type === 'named' && item.kind === 'drug-class';

/** Kinds to search where only words say what is asked: narrowed by the verb, else everything. */
function kindsOfWords(clause: Clause): readonly FactKind[] {
  const { rest } = clause;
  if (/\b(?:tak(?:e|es|ing)|took|taken|prescri\w+|dos(?:e|age)|pill|tablet|medic\w+)\b|\bon (?:an? |any |the |her |his )?‹u/.test(rest))
    return ['medication'];
  if (/\b(?:levels?|values?|readings?)\b/.test(rest)) return ['result', 'vital', 'survey', 'social', 'genotype'];
  if (/\ballerg\w*\b/.test(rest)) return ['allergy'];
  if (/\b(?:who|whom|which doctor|which specialist)\b/.test(rest)) return ['care-team', 'visit', 'patient'];
  return [];
}

const EVERY =
  /\b(?:every|each|always|consistently|all|throughout|every single|invariably|constantly|without exception)\b(?! (?:there|right|well)\b)/i;

const SINCE_LAST =
  /\b(?:since|from|than|compared (?:to|with)|between) (?:the |her |his )?(?:last|previous|prior) (?:one|two|time|check|measurement|reading|value|test|lab|draw|result|level)\b/;

/** "Worse" and "better" say nothing of up or down by themselves. */
const WORSE = /\b(?:worse|worsening|worsened|better|improv\w*|deteriorat\w*)\b/;

const JUDGED = /\b(?:control\w*|worse|worsening|worsened|better|improv\w*|deteriorat\w*)\b/;

/** "Has it ever been stable": that there are values is no yes to it. */
export const isJudgedEver = (rest: string): boolean =>
  /\b(?:ever|never|always) (?:been|be|go|gone|went|get|got|gotten|come|look(?:ed)?|seem(?:ed)?|stay(?:ed)?) (?!(?:done|checked|measured|tested|drawn|taken|run|recorded|ordered|repeated|monitored|looked|assessed|performed)\b)\S/.test(
    rest,
  );

function directionOf(clause: Clause, topic: Topic): NonNullable<Question['compare']>['direction'] | undefined {
  if (clause.threshold) return undefined;
  const direction = directionAsked(clause.rest);
  if (direction || !WORSE.test(clause.rest) || /\bbetter or worse|worse or better\b/.test(clause.rest)) return direction;
  const end = worst(/\b(?:better|improv\w*)\b/.test(clause.rest) ? 'best' : 'worst', topic.concepts);
  return end === 'highest' ? 'higher' : end === 'lowest' ? 'lower' : undefined;
}

/** That it was there once is no yes to its return. */
const RECURRED = /\b(?:come|came|comes|coming) back\b|\b(?:recur\w*|return(?:ed|s)?|relapse\w*|again|another|second)\b/;

/** "Or was there a problem": that the first is so says nothing of the second. */
const OTHERWISE = /\bor (?:was|were|is|are|did|does|has|had) (?:there|s?he|it|they|the)\b/;

/** The typed question of a clause about one topic. */
export function buildQuestion(clause: Clause, topic: Topic, chart: Chart, forced?: Aspect): Question {
  const { asked, times } = clause;
  const coming = forced ? undefined : comingAsked(clause, topic, chart);
  if (coming) return coming;
  const shaped = aspectOf(clause, topic, chart);
  const course = courseAspect(clause, topic);
  const aspect = forced ?? course ?? shaped.aspect;
  const status = course ? undefined : statusOf(clause, topic, aspect);
  const earlier = asksEarlierDose(clause, topic) && /^(?:dose|list|describe|exists|latest|status)$/.test(aspect);
  // A visit or a session that somebody did not come to stands in the record as an appointment; so may one of a specialty that no visit names.
  const missed: readonly FactKind[] =
    (status === 'not-done' && (topic.sectionId === 'section/visits' || topic.letter === 'p')) ||
    (topic.sectionId === 'section/visits' && topic.words?.length && !isNamedVisit(topic.words, chart))
      ? ['appointment']
      : [];
  const booked: readonly FactKind[] = aspect === 'next' && topic.kinds.join() === 'visit' ? ['appointment'] : [];
  const kinds = topic.kinds.length > 0 ? [...booked, ...topic.kinds, ...missed] : kindsOfWords(clause);
  const stated = aspect !== 'next' && (topic.letter === 'x' || isClass(topic)) ? clause.stated : undefined;
  const about = clause.reasons ?? topic.about;
  const direction = directionOf(clause, topic);
  // "Is her A1c at goal": the value answers; whether it is good the record alone does not say.
  const judged =
    topic.letter === 'o' &&
    !clause.threshold &&
    ((direction === undefined && JUDGED.test(clause.rest)) ||
      /\b(?:goals?|targets?)\b|:goals›/.test(clause.rest) ||
      (asked.polar && shaped.aspect === 'latest' && !/\bpositive|negative|detected\b/.test(clause.rest)));
  const doing = topic.letter === 'c' && aspect === 'describe';
  const plain = aspect === 'flag' && clause.flag !== undefined && !/\b(?:what|which|when|why|who|where|how)\b/.test(clause.mask);
  // Words that were not understood may turn a yes into a no: then only the entries are told.
  // "Is it weekly", "twice a day?": asks whether it is so often.
  const frequency =
    topic.letter === 'd' && (asked.polar || aspect === 'exists') && !/\b(?:what|which|when|why|who|where|how)\b/.test(clause.mask)
      ? frequencyIn(clause.text)
      : undefined;
  const polar =
    (asked.polar || plain || frequency !== undefined) &&
    !forced &&
    !judged &&
    aspect !== 'highest' &&
    aspect !== 'lowest' &&
    !(topic.letter === 'o' && !clause.threshold && !clause.flag && isJudgedEver(clause.rest)) &&
    // "Higher" that no comparison took up: that there are values is no yes to it.
    !(
      topic.letter === 'o' &&
      !clause.threshold &&
      (aspect === 'ever' || aspect === 'exists') &&
      /\b(?:high|low|great|heavi|light)er\b/.test(clause.rest)
    ) &&
    !doing &&
    !(topic.letter === 'c' && RECURRED.test(clause.rest)) &&
    !OTHERWISE.test(clause.rest) &&
    !(topic.item?.type === 'named' && topic.item.widened) &&
    clause.unread.every((word) => frequency?.text.toLowerCase().includes(word)) &&
    // "Lower in 2012 or 2017?": neither yes nor no.
    !(times.compare !== undefined && /‹t\d+› or (?:in )?‹t\d+›/.test(clause.mask));
  const wantsCompare =
    topic.letter === 'o' &&
    (aspect === 'change' || aspect === 'trend') &&
    (times.compare !== undefined || (asked.polar && direction !== undefined));
  const said = `${clause.rest} ${topic.item?.text ?? ''}`;
  const visitClass =
    topic.visitClass ?? (/^section\/visits$/.test(topic.sectionId ?? '') ? toldApart(visitClassIn(said), said, chart) : undefined);
  const category = topic.sectionId === 'section/allergies' ? categoryIn(`${topic.item?.text ?? ''} ${clause.rest}`) : undefined;
  const manner = topic.letter === 'o' ? mannerIn(clause.text, topic.name) : [];
  // Newest of all is asked, not of a time that the words merely set ("today").
  const time = clause.back && !times.time ? timeBack(clause.back, { kinds: [...kinds], concepts: [...topic.concepts] }, chart) : times.time;
  const premise = [...times.premises, ...premisesOf(clause, topic, aspect), ...(about ? ofReason(about, kinds, clause, chart) : [])];
  return {
    aspect: earlier ? 'dose' : stated && /^(?:status|reason|describe|exists|ever|latest)$/.test(aspect) ? 'list' : aspect,
    kinds: [...kinds],
    concepts: [...topic.concepts],
    ...(topic.words?.length ? { words: [...topic.words] } : {}),
    name: stated ? `${topic.name} ${STATED_NAMES[stated]}` : nameOf(topic, status, category, visitClass),
    text: clause.text,
    ...(status && !earlier && !(stated && stated !== 'as-needed') ? { status } : {}),
    ...(time ? { time: aspect === 'next' ? ahead(time, chart) : time } : {}),
    ...(clause.threshold ? { threshold: clause.threshold } : {}),
    ...(wantsCompare ? { compare: { ...(direction ? { direction } : {}), ...(times.compare ? { time: times.compare } : {}) } } : {}),
    ...(premise.length > 0 ? { premise } : {}),
    ...(about
      ? {
          reasons: {
            kinds: [...about.kinds],
            concepts: [...about.concepts],
            ...(about.words?.length ? { words: [...about.words] } : {}),
            name: about.name,
          },
        }
      : {}),
    ...(clause.except
      ? {
          except: {
            kinds: [...clause.except.kinds],
            concepts: [...clause.except.concepts],
            ...(clause.except.words?.length ? { words: [...clause.except.words] } : {}),
            name: clause.except.name,
          },
        }
      : {}),
    ...(stated ? { stated } : {}),
    ...(course ? { course: true } : {}),
    ...(clause.lacking ? { lacking: clause.lacking } : {}),
    ...(category ? { category } : {}),
    ...(visitClass ? { visitClass } : {}),
    ...(frequency ? { frequency } : {}),
    ...(manner.length > 0 ? { manner: [...manner] } : {}),
    ...(clause.laterality ? { laterality: clause.laterality } : {}),
    ...(clause.flag && (aspect === 'flag' || topic.letter === 'x' || (topic.letter === 'o' && aspect === 'ever'))
      ? { flag: clause.flag }
      : {}),
    ...(clause.person ? { person: clause.person } : {}),
    ...(polar && clause.threshold && EVERY.test(clause.text) ? { every: true } : {}),
    ...(polar ? { polar: true } : {}),
    ...(polar && !asked.expects ? { expects: 'yes' as const } : {}),
    ...(polar && asked.expects ? { expects: asked.expects } : {}),
    ...(clause.limit ? { limit: clause.limit } : {}),
    ...(clause.offset || earlier
      ? { offset: clause.offset ?? 1 }
      : aspect === 'change' && (SINCE_LAST.test(clause.mask) || THAN_BEFORE.test(clause.mask))
        ? { offset: 1 }
        : {}),
    ...(shaped.placed ? { placed: shaped.placed } : {}),
    ...(topic.letter === 'o' && clause.inUnit ? { inUnit: clause.inUnit } : {}),
  };
}

const isNamedVisit = (words: readonly string[], chart: Chart): boolean =>
  chart.facts.some((fact) => fact.kind === 'visit' && hasWords(fact, words));

/** "Drug allergies", "any food allergy". */
function categoryIn(text: string): Question['category'] {
  if (/\banything\b/i.test(text)) return undefined;
  if (/\b(?:drug|medication|medicine|med)s?\b/i.test(text)) return 'medication';
  if (/\bfoods?\b/i.test(text)) return 'food';
  return /\benvironment\w*|seasonal\b/i.test(text) ? 'environment' : undefined;
}

/** "In July" of an appointment is the July to come. */
function ahead(time: QuestionTime, chart: Chart): QuestionTime {
  if (!time.from || !time.to || /\d{4}/.test(time.text)) return time;
  let { from, to } = time;
  for (let years = 0; to < chart.asOf.slice(0, 10) && years < 2; years += 1) {
    from = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
    to = `${Number(to.slice(0, 4)) + 1}${to.slice(4)}`;
  }
  return { ...time, from, to };
}

function visitClassIn(rest: string): Question['visitClass'] | undefined {
  if (/\b(?:virtual|telehealth|telemedicine|video|phone|telephone)\b/.test(rest)) return 'virtual';
  if (/\b(?:wellness|well|annual|check[- ]?ups?|physical|preventive)\b/.test(rest)) return 'wellness';
  if (/\burgent care\b/.test(rest)) return 'urgent-care';
  if (/\bdomiciliary\b/.test(rest)) return 'home';
  if (/\b(?:emergency|er|ed)\b/.test(rest)) return 'emergency';
  if (/\b(?:inpatient|hospital)\b/.test(rest)) return 'inpatient';
  return undefined;
}

const VISIT_NAMES: Readonly<Record<NonNullable<Question['visitClass']>, string>> = {
  inpatient: 'inpatient',
  emergency: 'emergency',
  ambulatory: 'outpatient',
  virtual: 'virtual',
  home: 'home',
  'urgent-care': 'urgent care',
  wellness: 'check-up',
};

function nameOf(
  topic: Topic,
  status: Question['status'] | undefined,
  category: Question['category'],
  visitClass: Question['visitClass'],
): string {
  if (topic.letter !== 'x') return topic.name;
  if (visitClass && topic.name === 'visits') return `${VISIT_NAMES[visitClass]} visits`;
  if (category)
    return {
      medication: 'drug allergies',
      food: 'food allergies',
      environment: 'environmental allergies',
      biologic: 'allergies to biologics',
    }[category];
  if (status === 'not-done')
    return topic.sectionId === 'section/appointments' || topic.sectionId === 'section/visits'
      ? 'missed or cancelled appointments'
      : `declined or missed ${topic.name}`;
  const word = status === 'active' ? 'active ' : status === 'past' ? 'past ' : '';
  return `${word}${topic.name}`;
}

/** A question without a clause behind it: the whole record, or a detail of the person. */
export function wholeQuestion(aspect: 'summary' | 'top-three', text: string): Question {
  return { aspect, kinds: [], concepts: [], name: aspect === 'summary' ? 'summary of the record' : 'what matters most', text };
}

export function fieldQuestion(field: NonNullable<Question['field']>, clause: Clause): Question {
  return {
    aspect: 'describe',
    kinds: field === 'primary-care' ? ['patient', 'care-team'] : ['patient'],
    concepts: [],
    name: field.replace('-', ' '),
    text: clause.text,
    field,
    ...(clause.asked.polar ? { polar: true, expects: clause.asked.expects ?? 'yes' } : {}),
  };
}
