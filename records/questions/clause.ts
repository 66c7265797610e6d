import type { ConceptKind } from '../../language/contract.ts';
import { toUcum } from '../../language/units.ts';
import type { Chart, FactKind } from '../contract.ts';
import { readTimes, type TimeReading, unmask, visitClassOf } from './anchors.ts';
import type { Aspect, Question, Threshold } from './contract.ts';
import { type AspectReading, directionAsked, readAspect } from './cues.ts';
import { asksFamily } from './gate.ts';
import { cue, type Item, itemIndex, masked, type Named, type QuantityItem, type Reading, type Unknown } from './reading.ts';
import { type Section, sectionOf } from './sections.ts';
import { hasWords, isOf } from './select.ts';
import { isEveryday } from './vocabulary.ts';
import { tokens } from './wording.ts';

/** One thing asked about: a name, a part of the record, or words that nothing explains. */
export interface Topic {
  readonly letter: string;
  readonly name: string;
  readonly kinds: readonly FactKind[];
  readonly concepts: readonly string[];
  readonly words?: readonly string[];
  readonly section?: Section;
  readonly sectionId?: string;
  readonly visitClass?: Question['visitClass'];
  readonly item?: Item;
  /** What entries of the section are about: "diabetes visits". */
  readonly about?: Topic;
}

/** One clause of what was typed, read but not yet joined with its neighbours or an earlier turn. */
export interface Clause {
  readonly text: string;
  readonly mask: string;
  /** Without times and events. */
  readonly rest: string;
  readonly times: TimeReading;
  readonly topics: readonly Topic[];
  /** Topics joined by "or": any of them. */
  readonly anyOf: boolean;
  readonly reasons?: Topic;
  readonly asked: AspectReading;
  readonly threshold?: Threshold;
  readonly limit?: number;
  readonly offset?: number;
  readonly status?: NonNullable<Question['status']>;
  readonly flag?: NonNullable<Question['flag']>;
  readonly laterality?: NonNullable<Question['laterality']>;
  readonly except?: Topic;
  readonly lacking?: NonNullable<Question['lacking']>;
  readonly person?: string;
  readonly field?: NonNullable<Question['field']>;
  readonly whole?: 'summary' | 'top-three';
  readonly versus: boolean;
  /** Begins as a question of its own: with a question word, a verb or an order. */
  readonly opens: boolean;
  readonly unread: readonly string[];
  /** "Weight in pounds", as UCUM. */
  readonly inUnit?: string;
  /** What stands when times, limits, persons and reasons are taken out. */
  readonly left: string;
}

const LETTERS: Readonly<Record<ConceptKind, string>> = {
  observation: 'o',
  condition: 'c',
  drug: 'd',
  'drug-class': 'd',
  vaccine: 'v',
  procedure: 'p',
  allergen: 'a',
  social: 's',
  section: 'x',
};
const CONCEPT_FACTS: Readonly<Record<Exclude<ConceptKind, 'section'>, readonly FactKind[]>> = {
  observation: ['result', 'vital', 'survey', 'social', 'genotype'],
  condition: ['problem'],
  drug: ['medication'],
  'drug-class': ['medication'],
  vaccine: ['immunization'],
  procedure: ['procedure', 'imaging', 'report'],
  allergen: ['allergy'],
  social: ['social', 'survey', 'problem'],
};

const FIELDS: readonly (readonly [NonNullable<Question['field']>, RegExp])[] = [
  [
    'birth-date',
    /\b(?:dob|date of birth|birth ?date|birthday|when (?:was|is) (?:she|he|they|the patient|this patient|‹n\d+›) born|year of birth|(?:what|which) (?:date|day|year|month)\b.*\bborn|born (?:on|in|when))\b/,
  ],
  ['birth-place', /\b(?:birth ?place|place of birth|where (?:was|is) .*born)\b/],
  [
    'age',
    /(?<!\b(?:at|by|from|until|before|after|since) (?:the )?)\bage\b(?! (?:at|when|of onset|\d|‹q))|\bhow (?:many years )?old\b(?! (?:is|are) (?:the(?! (?:patient|pt|person|man|woman|lady|gentleman|child|boy|girl)\b)|that|this(?! (?:patient|person|man|woman|lady|gentleman|child|boy|girl)\b)|these|those|it|‹[^n]))/,
  ],
  ['gender', /\b(?:gender|sex)\b(?!ual)|\b(?:male or female|female or male|man or (?:a )?woman|woman or (?:a )?man|boy or (?:a )?girl)\b/],
  [
    'address',
    /\b(?:address|where (?:does|do) (?:she|he|they|the patient|this patient|‹n\d+›) live|zip(?: code)?|postcode|postal code|home ?town|town|village|city|lives? in)\b/,
  ],
  ['phone', /\b(?:phone|telephone|cell|mobile|contact number|number to call)\b/],
  ['email', /\be-?mail\b/],
  ['language', /\b(?:languages?|speaks?|spoken|interpreter|mother tongue)\b/],
  ['marital-status', /\b(?:marital|married|single\?|divorced|widow(?:ed|er)?|spouse|relationship status)\b/],
  ['race', /\brac(?:e|ial)\b/],
  ['ethnicity', /\bethnic(?:ity)?\b|\bhispanic\b|\blatin[oax]\b/],
  ['record-number', /\b(?:mrn|(?:medical )?record number|chart number|patient (?:id|identifier|number))\b/],
  ['contact', /\b(?:next of kin|emergency contact|contact person|contacts?)\b/],
  ['primary-care', /\b(?:pcp|primary care|gp|general practitioner|family (?:doctor|physician)|primary (?:doctor|physician|provider))\b/],
  [
    'deceased',
    /\b(?:alive|dead|deceased|passed away|still living|(?:has|did|is) (?:she|he|they|the patient|‹n\d+›) (?:die|died|dead)|date of death|when did (?:she|he|they|the patient|‹n\d+›) die|died)\b/,
  ],
  [
    'name',
    /\b(?:(?:full|patient|patient's|her|his|their|first|last|legal) (?:full |first |last |legal )?name|who is (?:this|the) patient|who am i (?:seeing|looking at)|name of (?:the|this) patient)\b/,
  ],
  ['all', /\bdemographics?\b|\bpersonal (?:details|information|data)\b|‹x\d+:demographics›/],
];

const TOP_THREE =
  /\b(?:matters? most|most important|top (?:three|3|‹q\d+›|issues?|problems?|concerns?|priorit(?:y|ies)|things)|worr(?:y|ied|isome|ying)|priorit(?:y|ies|i[sz]e)|what should (?:i|we) (?:know|focus|look|watch|care|pay|be|address|discuss|ask|keep|raise|do|bring|think)|key (?:issues?|points?|concerns?|problems?|things|facts|findings)|main (?:issues?|concerns?|problems?|things|points?)|biggest (?:issues?|concerns?|problems?|risks?)|red flags?|needs? (?:my |our |the most )?(?:attention|addressing)|anything (?:urgent|alarming|worrying|concerning|worrisome|critical|important|i should|we should|to (?:worry|watch|flag|know|be))|stand(?:s|ing)? out|focus on|watch out|pressing|(?:three|‹q\d+›) (?:things|most|issues|key|main|biggest)|concerns?(?: me)?(?: today)?[?.! ]*$|be (?:concerned|aware|worried)|pay attention|highlights?|heads[- ]up|most (?:urgent|pressing|critical|significant|relevant|serious|concerning)|urgent (?:issues?|things?|problems?|matters?))(?!\w)/;
const SUMMARY =
  /\b(?:summar(?:y|i[sz]e[ds]?|ies)|overview|hand-?(?:over|off)|sign-?out|brief me|run me through|walk me through|(?:one|‹q\d+›)?[- ]?liner|snapshot|brief(?:ing)? (?:me|on)|catch me up|bring me up to speed|big picture|run-?down|synopsis|gist|recap|clinical picture|tl;?dr|at a glance|get me up to speed|fill me in|background|patient story|medical story|present (?:this|the) patient|case presentation|going on with (?:her|him|them|this patient|the patient|‹n\d+›))\b|\btell me (?:everything )?about (?:(?:the|this) (?:patient|person|man|woman|lady|gentleman|guy|record|chart|case)|her|him|them|‹n\d+›)[?.! ]*$|\b(?:what do (?:we|you|i) know|what is known|anything) about (?:(?:the|this) patient|her|him|them|‹n\d+›)[?.! ]*$|\bwho is (?:she|he|‹n\d+›|(?:this|the)(?: (?:lady|woman|man|gentleman|guy|person|patient|girl|boy|child|kid|baby))?)[?.! ]*$|^\W*(?:(?:the|this) patient|‹n\d+›)[?.! ]*$|\bhow (?:is|are) (?:she|he|the patient|this patient|‹n\d+›)(?: doing)?(?: overall| in general| generally| now| today)?[?.! ]*$/;

const QUANTITY = cue('{Q}');
const OP_BEFORE: readonly (readonly [RegExp, Threshold['op']])[] = [
  [/\b(?:at least|no (?:lower|less) than|not (?:below|under|less than)|minimum of)\s*(?:a |an )?$/, '>='],
  [/\b(?:at most|no (?:higher|more|greater) than|not (?:above|over|more than)|up to|maximum of)\s*$/, '<='],
  [
    /(?:\b(?:over|above|exceed(?:s|ed|ing)?|(?:greater|higher|more|larger|bigger|heavier|worse) than|in excess of|past|north of|topped|beyond|surpass(?:ed)?)|>)\s*(?:of |the |a )?$/,
    '>',
  ],
  [/(?:\b(?:under|below|(?:less|lower|smaller|fewer|lighter) than|south of|beneath)|<)\s*(?:of |the |a )?$/, '<'],
  [/\b(?:reach(?:ed|es)?|hit|hits|got to|as high as|went up to|climbed to|rose to|touched|attained)\s*(?:of |the |a )?$/, '>='],
  [/\b(?:as low as|fell to|dropped to|down to|went down to)\s*$/, '<='],
  [/\b(?:equal(?:s)? (?:to)?|exactly|precisely|=)\s*$/, '='],
];

const STATUS_PAST =
  /\b(?:stop taking|past|previous|previously|former|formerly|old|prior|stopped|discontinued|resolved|inactive|used to|no longer|historical|ended|finished|completed|ceased|not (?:active|current)|off|gone(?! up| down)|cleared|clear up|resolve|go away|heal|recover(?:ed)?|get over|got over|healed|over(?=\W*$)|went away|remission|cured)\b/;
const STATUS_ACTIVE =
  /\b(?:active|actively|current|currently|now|right now|still|ongoing|at present|presently|at the moment|these days|today|chronic|existing|open)\b/;

/** Reads one clause of a reading. */
export function readClause(reading: Reading, from: number, to: number, chart: Chart): Clause {
  const mask = masked(reading, from, to).trim();
  const text = reading.text.slice(from, to).trim();
  const times = readTimes(mask, reading, chart);
  let rest = times.mask;
  const unread: string[] = [];

  const person = personIn(rest, reading);
  if (person) rest = rest.replace(person.match, ' ');
  const limits = limitIn(rest, reading);
  rest = limits.rest;
  const threshold = thresholdIn(rest, reading);
  if (threshold) rest = threshold.rest;
  const except = exceptIn(rest, reading);
  if (except) rest = except.rest;
  const lacks = LACKING.exec(rest);
  const lacking = lacks ? (/dos|strength/.test(lacks[0]) ? 'dose' : /date|when/.test(lacks[0]) ? 'date' : 'reason') : undefined;
  if (lacks) rest = rest.replace(lacks[0], ' ');

  const family = asksFamily(mask);
  const spoken = masked(reading, from, to, true).trim();
  // "Was it stopped for hyperkalemia": why it ended, not what it was for.
  const reasons = WHY_ENDED.test(rest) ? undefined : (namedAfter(rest, reading, chart) ?? reasonsIn(rest, reading));
  const forTopics = reasons ? reasons.rest : rest;
  const items = itemsIn(forTopics, reading);
  const topics = family ? familyTopics(items) : topicsOf(items, forTopics, reading, chart, unread);
  const main = topics.find((topic) => topic.letter !== 'x') ?? topics[0];
  const primary =
    topics.length === 1 &&
    main?.sectionId === 'section/care-team' &&
    /\b(?:pcp|gp|primary|family (?:doctor|physician)|general practitioner)\b/i.test(main.item?.text ?? '');
  const field = primary
    ? ('primary-care' as const)
    : topics.some((topic) => topic.letter !== 'x')
      ? undefined
      : FIELDS.find(([, pattern]) => pattern.test(rest))?.[0];
  const contentless = topics.every((topic) => topic.letter === 'x' && (topic.section?.weak || topic.sectionId === 'section/visits'));
  const whole =
    contentless && !field
      ? TOP_THREE.test(spoken)
        ? 'top-three'
        : SUMMARY.test(spoken) && topics.length === 0
          ? 'summary'
          : undefined
      : undefined;
  const read = readAspect(forTopics, main?.letter ?? 'u');
  // "BP over 140/90?": bare, yet a yes or no.
  const bare =
    threshold !== undefined &&
    !/\b(?:values|results|readings|levels|times|measurements|all|first|earliest|last|latest|most recent)\b/.test(mask) &&
    !/\b(?:what|which|when|why|who|where|how|list|show|number|count)\b/.test(mask);
  const told =
    items.some((item) => item.type === 'named' && item.kind === 'section' && /histor/i.test(item.text)) &&
    (main?.letter === 'c' || main?.letter === 'p' || main?.letter === 'd') &&
    read.strength < 4.5;
  const history = told || (main?.letter === 'c' && /^(?:personal )?history of\b/i.test(main.item?.text ?? '') && read.strength < 4);
  const broke = main?.letter === 'c' && read.polar && /^(?:brok|break|fractur(?:ed|ing))/i.test(main.item?.text ?? '');
  // Some names are questions by themselves: "does she smoke".
  const wholly = /^(?:is|are|was|does|do|did|has|have) (?:s?he|they|the patient)\b/i.test(main?.item?.text ?? '') && !read.polar;
  const asked: AspectReading = wholly
    ? { ...read, polar: true, expects: 'yes' }
    : history || broke
      ? { ...read, aspect: 'ever' }
      : bare && !read.polar
        ? { ...read, polar: true, expects: 'yes' }
        : read;
  const laterality = /\bbilateral\b|\bboth sides\b/.test(rest)
    ? 'bilateral'
    : /\b(?:on|in|of) (?:the|her|his|their) right\b(?= *(?:side|hand|one)?[ ?.!,]*$)|\bright[- ]?(?:sided|side)\b/.test(rest)
      ? 'right'
      : /\bleft\b(?! (?:to|over|on|off))/.test(rest)
        ? 'left'
        : /\bright (?=[a-z‹])(?!now|away|after|before|then|and|or\b)/.test(rest)
          ? 'right'
          : undefined;
  const undone =
    /\b(?:refuse[sd]?|decline[sd]?|turned down|(?:not|n't) (?:given|done|taken|kept|attend(?:ed)?|show(?:n|ed)? up)|miss(?:ed|es)?(?! ‹n)|skip(?:s|ped)?|failed to (?:attend|show|come|turn)|cancel(?:s|l?ed)?|no[- ]?shows?)\b/.test(
      rest,
    ) && !/‹o\d+›/.test(rest);
  const status = undone
    ? 'not-done'
    : STATUS_PAST.test(rest) && !/\b(?:past medical|past surgical)\b/.test(rest)
      ? 'past'
      : STATUS_ACTIVE.test(mask)
        ? 'active'
        : undefined;
  return {
    text,
    mask,
    rest,
    times,
    topics: field && topics.every((topic) => topic.letter === 'x') ? [] : topics,
    anyOf:
      /‹[^›]+›(?:'s)?(?: \w+)? (?:or|and\/or|\/) (?:an? |any |the |other )?‹[^›]+›/.test(forTopics) &&
      !/\b(?:higher|lower|which|better|worse|bigger)\b/.test(forTopics),
    ...(reasons ? { reasons: organDisease(reasons.topic, chart) } : {}),
    asked,
    ...(threshold ? { threshold: threshold.threshold } : {}),
    ...(limits.limit ? { limit: limits.limit } : {}),
    ...(limits.offset ? { offset: limits.offset } : {}),
    ...(status ? { status } : {}),
    ...flagIn(rest, asked.aspect),
    ...(laterality ? { laterality } : {}),
    ...(except ? { except: except.topic } : {}),
    ...(lacking ? { lacking } : {}),
    ...(person ? { person: person.name } : {}),
    ...(field ? { field } : {}),
    ...(whole ? { whole } : {}),
    versus:
      /\b(?:vs|versus|compare[ds]?|comparison|or)\b/.test(forTopics) &&
      /\b(?:higher|lower|which|compare[ds]?|comparison|difference|vs|versus|bigger|worse|better|relation)\b/.test(forTopics) &&
      topics.filter((topic) => topic.letter === 'o').length === 2,
    opens:
      /^\W*(?:please |so |also |then |and |now |can you |could you |tell me |i want to know |ok |hi |hey )*(?:what|which|when|why|who|whom|whose|where|how|is|are|was|were|has|have|had|does|do|did|any|list|show|give|tell|summari[sz]e|compare|find|check|if (?:she|he|they|there|‹n)|whether)\b/.test(
        mask,
      ),
    unread,
    ...unitAsked(forTopics, reading),
    left: forTopics,
  };
}

const WHY_ENDED = cue(
  "{D}.*\\b(?:stop\\w*|discontinu\\w*|held|withdrawn|taken off|switched|d/?c[’']?d|ended|changed)\\b.* (?:for|because of|due to|from|over) |\\b(?:stop\\w*|discontinu\\w*|quit|taken off|come off|came off|off)\\b.*{D}.* (?:for|because of|due to|over) ",
);
const TIME_UNIT = /^(?:a|mo|wk|d|h|min|s)$/;

/** "Weight in lb", "height in inches". */
function unitAsked(rest: string, reading: Reading): { readonly inUnit?: string } {
  const match = /\b(?:in|as) (?<written>‹u\d+›|[a-z]{2,})\W*$/.exec(rest);
  const written = match?.groups?.written ?? '';
  const item = written.startsWith('‹') ? reading.items[itemIndex(written)] : undefined;
  const ucum = toUcum(item?.text ?? written);
  return ucum && !TIME_UNIT.test(ucum) ? { inUnit: ucum } : {};
}

const LACKING =
  /\b(?:without|with no|missing|lacking|that (?:has|have) no|having no) (?:an? |any |the )?(?:known |stated |clear |recorded |documented |given )?(?:reasons?|indications?|dos(?:e|es|age|ages)|dates?|start dates?|strengths?)(?: (?:recorded|given|stated|documented|listed|on (?:file|record)))?\b/;
const EXCEPT = cue(
  '\\b(?:except(?:ing)?(?: for)?|excluding|other than|besides|apart from|aside from|but not|not including|not counting|without|minus|leaving out|outside of) (?:the |her |his |any |a |an )?(?<things>{M}(?:(?:,| and| or|, and) (?:the |her |his )?{M})*)(?: ones?| shots?| vaccines?| visits?)?',
);

/** "Vaccines except flu", "drugs other than statins": what is left out. Only beside something that it is left out of. */
function exceptIn(rest: string, reading: Reading): { readonly rest: string; readonly topic: Topic } | undefined {
  const match = EXCEPT.exec(rest);
  if (!match?.groups?.things) return undefined;
  const before = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  const items = itemsIn(match.groups.things, reading).filter((item): item is Named => item.type === 'named');
  if (items.length === 0 || !/‹[ocdkvpasux]\d/.test(before)) return undefined;
  const [first] = items;
  const topic = topicOf(first!);
  return {
    rest: before.replace(/\s+/g, ' '),
    topic: { ...topic, concepts: items.flatMap((item) => item.concepts), name: items.map((item) => item.name).join(' and ') },
  };
}

function personIn(rest: string, reading: Reading): { readonly match: string; readonly name: string } | undefined {
  const match = cue("\\b(?:by |from |with |under |did )?(?:dr|doctor|prof|professor|nurse)\\.? (?<who>{ANY}(?: {U})?)(?:'s)?").exec(rest);
  const who = match?.groups?.who;
  return match && who ? { match: match[0].replace(/^did /, ''), name: unmask(who, reading).replace(/'s?$/, '') } : undefined;
}

const WORD_NUMBERS: Readonly<Record<string, number>> = { couple: 2, few: 3, several: 5 };

/** "Lower than the one before": the value before is the other side, not what is asked for. */
export const THAN_BEFORE =
  /\b(?:than|compared (?:to|with)|vs\.?|versus|from) (?:the |her |his |its )?(?:one (?:just )?before\b(?: (?:that|it|this))?|(?:(?:it was|they were|it has been|he was|she was) )?(?:before|previously)(?=\W*$)|(?:last|previous|prior|preceding|earlier) (?:(?:one|time|check|measurement|reading|value|test|lab|draw|result|level)\b|‹[qo]\d+›))/;

/** "The last three", "top 5", "two most recent", "the one before that". */
function limitIn(source: string, reading: Reading): { readonly rest: string; readonly limit?: number; readonly offset?: number } {
  let rest = source;
  let limit: number | undefined;
  let offset: number | undefined;
  const numbered = cue(
    '\\b(?:last|latest|first|past|previous|top|most recent|recent|newest|earliest|oldest|initial|any) (?<n>{Q})|(?<m>{Q}) (?:last|latest|most recent|newest|earliest|oldest|first)\\b',
  ).exec(rest);
  const item = numbered ? reading.items[itemIndex(numbered.groups?.n ?? numbered.groups?.m ?? '')] : undefined;
  if (
    numbered &&
    !THAN_BEFORE.test(rest) &&
    item?.type === 'quantity' &&
    !item.unit &&
    !item.comparator &&
    // "The previous one" is one back, not a list of one.
    !(item.worded && item.value === 1) &&
    Number.isInteger(item.value) &&
    item.value > 0 &&
    item.value <= 100
  ) {
    limit = item.value;
    rest = rest.replace(numbered[0], numbered[0].replace(QUANTITY, ' '));
  }
  const both =
    /\b(?:latest|last|newest|most recent|current)(?<what> (?:one|value|result|reading|‹[ovp]\d+›))? and (?:the )?(?:one before(?: (?:that|it))?|(?:previous|prior|preceding)(?: (?:one|value|result|reading))?)/.exec(
      rest,
    );
  if (both) {
    limit ??= 2;
    rest = rest.replace(both[0], ` last ${both.groups?.what ?? ''} `);
  }
  const worded = /\b(?:last|latest|first|past|previous|most recent) (?:a )?(couple|few|several)\b(?: of)?/.exec(rest);
  if (worded) limit ??= WORD_NUMBERS[worded[1]!];
  if (
    !THAN_BEFORE.test(rest) &&
    /\b(?:second|2nd)[- ](?:to[- ])?(?:last|latest|most recent)|\bnext[- ]to[- ]last\b|\bpenultimate\b|\bbefore (?:the )?(?:last|latest|that|this|most recent)(?: one)?\b|\bprevious (?:one|‹[oqvp]\d+›|value|result|reading|level|measurement|‹x\d+:visits›|visit)(?!\w)|\bone before\b|\bprior (?:‹[oqvp]\d+›|one|value|result|reading|level|measurement)(?!\w)/.test(
      rest,
    ) &&
    !limit
  )
    offset = 1;
  if (/\b(?:third|3rd)[- ](?:to[- ])?(?:last|latest|most recent)\b/.test(rest)) offset = 2;
  if (offset) rest = rest.replace(/\b(?:previous|prior|before)\b/g, ' last ');
  return { rest, ...(limit ? { limit } : {}), ...(offset ? { offset } : {}) };
}

const CHANGED_BY =
  /\b(?:drop\w*|fell|fall\w*|ris(?:e|es|en|ing)|rose|increas\w*|decreas\w*|gain\w*|lost|los(?:e|es|ing)|chang\w*|climb\w*|declin\w*|improv\w*|worsen\w*|go(?:ne|es)? (?:up|down)|went (?:up|down))(?: by)? ?$|\bby ?$/;
const BY_MORE = /^(?:by )?(?:(?:more|less|greater) than|at (?:least|most))\b/i;

function thresholdIn(source: string, reading: Reading): { readonly rest: string; readonly threshold: Threshold } | undefined {
  for (const match of source.matchAll(cue('{Q}', 'g'))) {
    const item = reading.items[itemIndex(match[0])];
    if (item?.type !== 'quantity' || item.ucum === 'a') continue;
    const before = source.slice(0, match.index);
    const after = source.slice(match.index + match[0].length);
    // "Did it fall more than 5": a limit of the change, not of the value.
    if (
      CHANGED_BY.test(before.replace(/(?:(?:more|less|greater) than|at (?:least|most)) ?$/, '')) &&
      (BY_MORE.test(item.text) || /(?:than|at least|at most|\bby) ?$/.test(before))
    )
      continue;
    // "Three times a day": how often, not how much.
    if (/^\s*(?:times?|x|(?:hours?|hrs?|h)\b)/.test(after)) continue;
    const spoken = OP_BEFORE.find(([pattern]) => pattern.test(before));
    const trailing = /^\s*(?:(?:or|and) )?(?:higher|more|above|over|greater)\b/.test(after)
      ? '>='
      : /^\s*(?:(?:or|and) )?(?:lower|less|below|under)\b/.test(after)
        ? '<='
        : undefined;
    const symbol = item.comparator && item.comparator !== '~' ? item.comparator : undefined;
    const op: Threshold['op'] | undefined = item.form === 'range' && !symbol ? 'between' : (symbol ?? spoken?.[1] ?? trailing);
    const measured = item.unit !== undefined || item.form === 'pair';
    const ofDrug = /‹d\d+›(?: (?:dose|strength|at|of|is|=))?\s*$/.test(before) && !item.worded;
    if (
      !op &&
      !measured &&
      !ofDrug &&
      !/\b(?:of|was|is|be|been|=|(?:is|was|are|were|been|be|sits?|stands?|stays?|stayed|held|still|remain\w*) at)\s*$/.test(before)
    )
      continue;
    const start = spoken && !symbol ? before.search(spoken[0]) : match.index;
    return {
      rest: `${source.slice(0, start)} ${after}`.replace(/\s+/g, ' '),
      threshold: {
        op: op ?? '=',
        value: item.value,
        ...(item.second === undefined ? {} : { second: item.second }),
        ...(item.unit ? { unit: item.unit } : {}),
        ...(item.ucum ? { ucum: item.ucum } : {}),
        text: spokenThreshold(op ?? '=', item),
      },
    };
  }
  return undefined;
}

const OP_WORDS: Readonly<Record<Threshold['op'], string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  '=': 'equal to',
  between: 'between',
};

/** The limit in one plain form: "above 160 mg/dL", "between 4 and 6". */
function spokenThreshold(op: Threshold['op'], item: QuantityItem): string {
  const number =
    item.second === undefined
      ? `${item.value}`
      : item.form === 'pair'
        ? `${item.value}/${item.second}`
        : `${item.value} and ${item.second}`;
  return `${OP_WORDS[op]} ${number}${item.unit ? (item.unit === '%' ? ' %' : ` ${item.unit}`) : ''}`;
}

function flagIn(rest: string, aspect: Aspect): { readonly flag?: NonNullable<Question['flag']> } {
  if (
    /\b(?:out of (?:range|whack|bounds)|outside (?:the )?(?:normal|reference|range)|abnormal\w*|not normal|off|flagged|concerning|worrisome|bad)\b/.test(
      rest,
    )
  )
    return { flag: 'abnormal' };
  if (/\b(?:critical(?:ly)?|panic|dangerous(?:ly)?)\b/.test(rest)) return { flag: 'critical' };
  if (
    /\b(?:too high|elevated|raised|high)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever' || /\b(?:any\w*|which|what|all|something)\b.*\b(?:high|elevated|raised)\b/.test(rest))
  )
    return { flag: 'high' };
  if (
    /\b(?:too low|low)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever' || /\b(?:any\w*|which|what|all|something)\b.*\blow\b/.test(rest))
  )
    return { flag: 'low' };
  if (
    /\b(?:normal|in range|within|okay|ok|fine|alright|all right|good|acceptable|healthy|at goal)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever')
  )
    return { flag: 'normal' };
  return {};
}

function itemsIn(mask: string, reading: Reading): (Named | Unknown)[] {
  return [...mask.matchAll(/‹[^›]+›/g)].flatMap((match) => {
    const item = reading.items[itemIndex(match[0])];
    return item && (item.type === 'named' || item.type === 'unknown') ? [item] : [];
  });
}

function topicOf(item: Named | Unknown, qualifiers: readonly string[] = []): Topic {
  if (item.type === 'unknown')
    return { letter: 'u', name: item.text.replace(/'s?$/, ''), kinds: [], concepts: [], words: [...qualifiers, ...item.words], item };
  if (item.kind === 'section') {
    const section = sectionOf(item.concepts[0]);
    return {
      letter: 'x',
      name: section?.name ?? item.name,
      kinds: section?.kinds ?? [],
      concepts: section?.concepts ?? [],
      ...(qualifiers.length > 0 ? { words: qualifiers } : {}),
      ...(section ? { section } : {}),
      ...(item.concepts[0] ? { sectionId: item.concepts[0] } : {}),
      ...(section?.visitClass ? { visitClass: section.visitClass } : {}),
      item,
    };
  }
  return {
    letter: LETTERS[item.kind],
    name: `${[...qualifiers, item.name].join(' ')}${item.kind === 'allergen' ? ' allergy' : ''}`,
    kinds: CONCEPT_FACTS[item.kind],
    concepts: item.concepts,
    ...(qualifiers.length > 0 ? { words: qualifiers } : {}),
    item,
  };
}

function familyTopics(items: readonly (Named | Unknown)[]): Topic[] {
  const named = items.filter((item) => item.type === 'unknown' || item.kind === 'condition');
  if (named.length === 0)
    return [
      {
        letter: 'x',
        name: 'family history',
        kinds: ['family-history'],
        concepts: [],
        sectionId: 'section/family-history',
        section: sectionOf('section/family-history')!,
      },
    ];
  return named.map((item) => ({
    ...topicOf(item),
    letter: 'c',
    kinds: ['family-history'],
    name: `family history of ${item.type === 'named' ? item.name : item.text}`,
  }));
}

/** Nouns of care that stand behind a name and only say what sort of thing it is. */
const DRUG_WORDS =
  /\b(?:takes?|taking|took|taken|given|prescribed|treated|treatments?|therap(?:y|ies)|on anything|anything|something|using|uses?|medicated|manag(?:ed|ing|ement))\b|\b(?:she|he|they|patient|‹n\d+›)(?: (?:still|now|currently|already))? on\b/;

/** "Asthma meds", "diabetes pills": a class by name, and every drug that the record gives for that problem. */
function namedAfter(rest: string, reading: Reading, chart: Chart): { readonly rest: string; readonly topic: Topic } | undefined {
  const found = cue('(?<thing>{D})').exec(rest)?.groups?.thing;
  const item = found ? reading.items[itemIndex(found)] : undefined;
  if (item?.type !== 'named' || item.kind !== 'drug-class') return undefined;
  const of = /^(.+?) (?:meds?|medicines?|medications?|drugs?|pills?|tablets?|treatments?)$/i.exec(item.text)?.[1];
  const named = of ?? /^(?:meds?|medicines?|medications?|drugs?|pills?|tablets?|treatments?) (?:for|against) (.+)$/i.exec(item.text)?.[1];
  const problem = named ? chart.terminology.byName(named).find((concept) => concept.kind === 'condition') : undefined;
  if (!problem || !found) return undefined;
  const topic = topicOf({ ...item, kind: 'condition', concepts: [problem.id, ...item.concepts], name: problem.name });
  return { rest: rest.replace(found, ' ').replace(/\s+/g, ' '), topic };
}

/** "for her diabetes": what a drug, visit or procedure is about. */
function reasonsIn(rest: string, reading: Reading): { readonly rest: string; readonly topic: Topic } | undefined {
  const match = cue(
    "\\b(?:for|against|because of|due to|to (?:treat|manage|control|help(?: with)?)|about|regarding) (?:the |her |his |their |a |an |any |my |‹n\\d+›'s )?(?:chronic |recent |acute |left |right )?(?<thing>{C}|{O}|{P}|{S}|{U})(?: (?:control|management|treatment|relief|prevention|symptoms|issues|problems?|condition))?",
  ).exec(rest);
  const before = match ? rest.slice(0, match.index) : '';
  // "Anything in the chart about depression" asks for the entries themselves.
  const told = match !== null && /^(?:about|regarding)/.test(match[0]);
  const head = cue('{D}|{X:medications|visits|hospitalizations|er-visits|procedures|surgeries|care-plans|orders|appointments|imaging}');
  const treated = cue(
    "\\b(?:treat(?:ed|ing|ment)?|manag(?:ed|ing|ement)|medicat(?:ed|ion)s?|therapy|drugs?) (?:of|for) (?:the |her |his |their )?(?<thing>{C}|{O})|(?<other>{C}|{O})(?:'s)? (?:(?:being|ever|currently|been|previously|also|still|now|well|already) )*(?:treat(?:ed|ment)|managed|management|therapy|medicated)",
  ).exec(rest);
  if (
    match &&
    ((head.test(before) && !told) ||
      (DRUG_WORDS.test(before) && !told) ||
      /\b(?:seen|saw|admitted|visit(?:ed|s)?|came in|come in|hospitali[sz]ed|been in|referred|evaluated|surgery|operated|operation)\b/.test(
        before,
      ))
  ) {
    const item = reading.items[itemIndex(match.groups?.thing ?? '')];
    if (!item || (item.type !== 'named' && item.type !== 'unknown')) return undefined;
    return { rest: `${before} ${rest.slice(match.index + match[0].length)}`, topic: topicOf(item) };
  }
  const beside =
    cue('(?<thing>{C}|{O}) (?<head>{X:medications})').exec(rest) ??
    cue('(?<head>{X:medications}) (?<thing>{C})').exec(rest) ??
    cue('(?<thing>{C}|{O}) (?:tablets?|pills?|capsules?|meds?|medicines?|medications?|drugs?|inhalers?)\\b').exec(rest);
  const found = treated ?? beside;
  const placeholder = found?.groups?.thing ?? found?.groups?.other;
  const item = placeholder ? reading.items[itemIndex(placeholder)] : undefined;
  if (!found || !placeholder || (item?.type !== 'named' && item?.type !== 'unknown')) return undefined;
  return { rest: rest.replace(placeholder, ' ').replace(/\s+/g, ' '), topic: topicOf(item) };
}

/** What the items of a clause ask about, with adjacent unexplained words kept as qualifiers of the name. */
function topicsOf(items: readonly (Named | Unknown)[], mask: string, reading: Reading, chart: Chart, unread: string[]): Topic[] {
  const topics: Topic[] = [];
  const near = (a: Item, b: Item): boolean => /^[\s-]*$/.test(reading.text.slice(a.end, b.start));
  const used = new Set<Item>();
  items.forEach((item, index) => {
    if (item.type !== 'named' || used.has(item)) return;
    const before = items[index - 1];
    const after = items[index + 1];
    const qualifiers: string[] = [];
    if (before?.type === 'unknown' && near(before, item) && !used.has(before)) {
      qualifiers.push(...before.words);
      used.add(before);
    }
    // "Laceration of the foot".
    const of =
      after !== undefined &&
      (item.kind === 'condition' || item.kind === 'procedure') &&
      /^\s+(?:of|in|to|on) (?:the |her |his |their )?(?:left |right )?$/.test(reading.text.slice(item.end, after.start));
    if (after?.type === 'unknown' && (near(item, after) || of) && !used.has(after)) {
      qualifiers.push(...after.words);
      used.add(after);
    }
    used.add(item);
    // An everyday word beside a name qualifies nothing; any other may change what is meant.
    const meant = item.kind === 'section' ? qualifiers : qualifiers.filter((word) => !isEveryday(word, chart));
    unread.push(...qualifiers.filter((word) => !meant.includes(word)));
    topics.push(phraseOf(item, qualifiers, reading, chart) ?? topicOf(item, meant));
  });
  for (const item of items) {
    if (item.type !== 'unknown' || used.has(item)) continue;
    if (topics.some((topic) => topic.letter !== 'x' || !topic.section?.weak)) unread.push(...item.words);
    else topics.push(topicOf(item));
  }
  return refine(topics, mask, chart);
}

const ALLERGY =
  /\bwhat happen(?:s|ed) (?:when|if)\b|\breact(?:s|ed|ion|ions)?\b|\b(?:allerg\w*|anaphyla\w*|intoleran\w*|hypersensitiv\w*)\b|‹x\d+:allergies›/;
const VACCINE = /\b(?:vaccin\w*|immuni[sz]\w*|shots?|jabs?|boosters?|inoculat\w*)\b|‹x\d+:immunizations›/;

/** "Any issues with her bones": the family of diseases of a part of the body, where the tables name one; "how are her kidneys": its tests. */
function asOrgan(topic: Topic, mask: string, chart: Chart): Topic {
  if (topic.letter !== 'u' || topic.words?.length !== 1) return topic;
  const organ = topic.words[0]!;
  const named = (frames: readonly string[], kind: ConceptKind) =>
    frames.flatMap((frame) => chart.terminology.byName(`${organ} ${frame}`)).find((concept) => concept.kind === kind);
  const tests =
    /^\W*(?:(?:and|so|what about|how about|now|ok|also) )*(?:the |her |his |their )?‹u\d+›\W*$|\bhow (?:is|are)\b|\b(?:numbers?|tests?|labs?|doing|working|worse|worsen\w*|better|improv\w*|declin\w*|deteriorat\w*)\b/.test(
      mask,
    )
      ? named(['function', 'tests', 'labs'], 'observation')
      : undefined;
  if (tests) return { ...topic, letter: 'o', kinds: CONCEPT_FACTS.observation, concepts: [tests.id], name: tests.name, words: [] };
  const disease =
    /\b(?:issues?|problems?|troubles?|wrong|going on|diseases?|conditions?|disorders?|complaints?|happening)\b|:problems›/.test(mask)
      ? named(['problem', 'disease', 'condition', 'disorder'], 'condition')
      : undefined;
  return disease ? { ...topic, letter: 'c', kinds: CONCEPT_FACTS.condition, concepts: [disease.id], name: disease.name, words: [] } : topic;
}

/** "Drugs for her kidneys": for their diseases. */
function organDisease(topic: Topic, chart: Chart): Topic {
  const [organ, more] = topic.words ?? [];
  if (topic.letter !== 'u' || !organ || more) return topic;
  const disease = ['disease', 'problem', 'condition', 'disorder']
    .flatMap((frame) => chart.terminology.byName(`${organ} ${frame}`))
    .find((concept) => concept.kind === 'condition');
  return disease ? { ...topic, letter: 'c', kinds: CONCEPT_FACTS.condition, concepts: [disease.id], name: disease.name, words: [] } : topic;
}

/** "Wound suturing", "depression screen": where the words as a whole name entries of the record, those are meant. */
function phraseOf(item: Named, qualifiers: readonly string[], reading: Reading, chart: Chart): Topic | undefined {
  if (qualifiers.length === 0 || item.kind === 'section') return undefined;
  const own = tokens(item.text).map((token) => token.word);
  const words = [...own, ...qualifiers];
  const found = chart.facts.filter((fact) => fact.part === undefined && fact.kind !== 'visit' && hasWords({ ...fact, details: {} }, words));
  if (found.length === 0 || found.some((fact) => isOf(fact, item.concepts, chart))) return undefined;
  const kinds = [...new Set(found.map((fact) => fact.kind))];
  const name = reading.text.slice(item.start, item.end);
  const letter = kinds.every((kind) => kind === 'procedure' || kind === 'imaging' || kind === 'report')
    ? 'p'
    : kinds[0] === 'problem'
      ? 'c'
      : kinds[0] === 'medication'
        ? 'd'
        : kinds[0] === 'immunization'
          ? 'v'
          : 'o';
  return { letter, name: `${qualifiers.join(' ')} ${name}`, kinds, concepts: [], words, item };
}

/** Sections and names together: "thyroid labs", "nut allergy", "tetanus shot", "diabetes visits". */
function refine(topics: readonly Topic[], mask: string, chart: Chart): Topic[] {
  const sections = topics.filter((topic) => topic.letter === 'x');
  let things = topics.filter((topic) => topic.letter !== 'x').map((topic) => asOrgan(topic, mask, chart));
  if (things.length === 0) {
    // "ER visits", "lab test results": the more telling one.
    const strong = sections.filter((topic) => !topic.section?.weak);
    return strong.length > 0 ? distinct(strong) : sections.slice(0, 1);
  }
  if (ALLERGY.test(mask)) {
    things = things.map((topic) =>
      topic.letter === 'd' || topic.letter === 'a' || topic.letter === 'u'
        ? { ...topic, letter: 'a', kinds: ['allergy'], name: allergyName(topic.name) }
        : topic,
    );
    const own = things.filter((topic) => topic.letter === 'a');
    if (own.length > 0) return own;
    if (sections.some((topic) => topic.sectionId === 'section/allergies') || /\ballergic to\b/.test(mask))
      return things.map((topic) => ({ ...topic, letter: 'a', kinds: ['allergy'], name: allergyName(topic.name) }));
  }
  if (VACCINE.test(mask)) {
    things = things.map((topic) =>
      topic.letter === 'c' || topic.letter === 'u' || topic.letter === 'o' ? asVaccine(topic, chart) : topic,
    );
    const own = things.filter((topic) => topic.letter === 'v');
    if (own.length > 0) return own;
  }
  const section = sections.find((topic) => !topic.section?.weak) ?? sections[0];
  if (section?.section) {
    const { sectionId } = section;
    if (/visits|hospitalizations|er-visits/.test(sectionId ?? '')) {
      const about = things.filter((topic) => topic.letter === 'c' || topic.letter === 'p' || topic.letter === 'u');
      const other = things.filter((topic) => !about.includes(topic));
      return other.length > 0 ? other : about.map((topic) => ({ ...section, about: topic }));
    }
    if (/medications/.test(sectionId ?? ''))
      return things.map((topic) => (topic.letter === 'u' ? { ...topic, letter: 'd', kinds: ['medication'] } : topic));
    if (/procedures|surgeries|imaging/.test(sectionId ?? ''))
      return things.map((topic) =>
        topic.letter === 'c'
          ? { ...section, about: topic }
          : topic.letter === 'u'
            ? { ...topic, letter: 'p', kinds: section.kinds }
            : topic,
      );
    if (/results/.test(sectionId ?? ''))
      return things.map((topic) =>
        topic.letter === 'u' ? { ...topic, letter: 'o', kinds: ['result', 'vital', 'survey', 'report'] } : topic,
      );
    if (/problems/.test(sectionId ?? ''))
      return things.map((topic) => (topic.letter === 'u' ? { ...topic, letter: 'c', kinds: ['problem'] } : topic));
    if (/family-history/.test(sectionId ?? ''))
      return things.map((topic) => ({ ...topic, letter: 'c', kinds: ['family-history'], name: `family history of ${topic.name}` }));
    if (
      /genotypes|devices|care-plans|goals|coverage|care-team|documents|orders|reports|appointments/.test(sectionId ?? '') &&
      things.every(
        (topic) =>
          topic.letter === 'u' ||
          topic.letter === 'c' ||
          topic.letter === 'p' ||
          (topic.letter === 'o' &&
            sectionId === 'section/goals' &&
            !/\b(?:at|to|met|meets?|reach\w*|hit|within|above|below) (?:the |her |his |their )?‹x\d+:goals›/.test(mask)),
      )
    )
      return things.map((topic) => ({ ...section, about: topic }));
  }
  return distinct(things);
}

const allergyName = (name: string): string => (/allergy$/.test(name) ? name : `${name} allergy`);

/** "Hepatitis B shot": the vaccine, where the tables have one; else vaccines with that word. */
export function asVaccine(topic: Topic, chart: Chart): Topic {
  const written = topic.item?.text ?? topic.name;
  const found = [`${written} vaccine`, `${topic.name} vaccine`, written]
    .flatMap((name) => chart.terminology.byName(name))
    .filter((concept) => concept.kind === 'vaccine');
  if (found.length > 0) return { ...topic, letter: 'v', kinds: ['immunization'], concepts: [found[0]!.id], name: found[0]!.name };
  return {
    ...topic,
    letter: 'v',
    kinds: ['immunization'],
    concepts: [],
    words: topic.words ?? written.toLowerCase().split(/\s+/),
    name: `${written} vaccine`,
  };
}

function distinct(topics: readonly Topic[]): Topic[] {
  return topics.filter(
    (topic, index) =>
      topics.findIndex((other) => other.name === topic.name && other.letter === topic.letter && other.about?.name === topic.about?.name) ===
      index,
  );
}

export { directionAsked, visitClassOf };
