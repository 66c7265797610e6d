import { toUcum } from '../../language/units.ts';
import type { Chart } from '../contract.ts';
import { readTimes } from './anchors.ts';
import type { Question } from './contract.ts';
import { type AspectReading, readAspect } from './cues.ts';
import { backIn } from './earlier.ts';
import { asksFamily, familialDisease, namesRelative } from './family.ts';
import type { Reading } from './items.ts';
import { limitIn, thresholdIn, unitAsked } from './limits.ts';
import type { Clause, Topic } from './parsed.ts';
import { exceptIn, flagIn, namedAfter, personIn, reasonsIn } from './qualifiers.ts';
import { cue, itemIndex, masked } from './reading.ts';
import { sectionOf } from './sections.ts';
import { statedIn } from './stated.ts';
import { familyTopics, itemsIn, organDisease, topicsOf } from './topics.ts';

const FIELDS: readonly (readonly [NonNullable<Question['field']>, RegExp])[] = [
  [
    'birth-date',
    /\b(?:dob|date of birth|birth ?date|birthday|when (?:was|is) (?:she|he|they|the patient|this patient|‹n\d+›) born|\b(?:is|was) (?:she|he|they|(?:the|this) patient|‹n\d+›) born(?! (?:at|early|late|prem|pre-|pre ?term|by|via|with|full))|year of birth|(?:what|which) (?:date|day|year|month)\b.*\bborn|born (?:on|in|when))\b/,
  ],
  ['birth-place', /\b(?:birth ?place|place of birth|where (?:was|is) .*born)\b/],
  [
    'age',
    /(?<!\b(?:at|by|from|until|before|after|since) (?:the )?)\bage\b(?! (?:at|when|of onset|\d|‹q))|\bhow (?:many years )?old\b(?! (?:is|are) (?:the(?! (?:patient|pt|person|man|woman|lady|gentleman|child|boy|girl)\b)|that|this(?! (?:patient|person|man|woman|lady|gentleman|child|boy|girl)\b)|these|those|it|‹[^n]))/,
  ],
  [
    'gender',
    /\b(?:gender|sex)\b(?!ual)|\b(?:male or female|female or male|man or (?:a )?woman|woman or (?:a )?man|boy or (?:a )?girl)\b|^\W*(?:is|was) (?:she|he|they|(?:the|this) patient|‹n\d+›) (?:an? )?(?:fe)?(?:male|man|woman|boy|girl|lady|gentleman)\W*$/,
  ],
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
  [
    'primary-care',
    /\b(?:pcp|primary care|gp|general practitioner|family (?:doctor|physician)|primary (?:doctor|physician|provider))\b|\bwho (?:is|are) (?:her|his|their|the patient's) (?:doc|doctor|physician|provider|practitioner)\W*$/,
  ],
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

/** "Is she over 65?" */
const IS_SO_OLD =
  /\b(?:is|was) (?:she|he|they|(?:the|this) patient) (?:already |now |still )?(?:(?:over|under|above|below|at least|older than|younger than|more than|less than|past) )?(?:the age of )?\d{1,3}(?:[- ]?(?:years?|yrs?|y)(?:[- ]?o(?:ld)?)?)?(?: or (?:older|over|above|younger|under))?(?: please)?\W*$/i;

/** What the record's personal details say where no entry of its own does. */
const PERSONAL: Readonly<Record<string, NonNullable<Question['field']>>> = {
  'social/marital-status': 'marital-status',
  'social/language': 'language',
  'social/race': 'race',
  'social/ethnicity': 'ethnicity',
};

const holds = (chart: Chart, { kinds, concepts }: Topic): boolean =>
  chart.facts.some((fact) => kinds.includes(fact.kind) && fact.concepts.some((id) => concepts.includes(id)));

/** Details of the patient alone: beside a relative they would be told of the wrong person. */
const OWN: ReadonlySet<NonNullable<Question['field']>> = new Set([
  'birth-date',
  'birth-place',
  'age',
  'gender',
  'address',
  'email',
  'language',
  'race',
  'ethnicity',
  'record-number',
  'deceased',
  'all',
]);

const TOP_THREE =
  /\b(?:matters? most|most important|top (?:three|3|‹q\d+›|issues?|problems?|concerns?|priorit(?:y|ies)|things)|worr(?:y|ied|isome|ying)|priorit(?:y|ies|i[sz]e)|what should (?:i|we) (?:know|focus|look|watch|care|pay|be|address|discuss|ask|keep|raise|do|bring|think)|key (?:issues?|points?|concerns?|problems?|things|facts|findings)|main (?:issues?|concerns?|problems?|things|points?)|biggest (?:issues?|concerns?|problems?|risks?)|red flags?|needs? (?:my |our |the most )?(?:attention|addressing)|anything (?:urgent|alarming|worrying|concerning|worrisome|critical|important|i should|we should|to (?:worry|watch|flag|know|be))|stand(?:s|ing)? out|focus on|watch out|pressing|(?:three|‹q\d+›) (?:things|most|issues|key|main|biggest)|concerns?(?: me)?(?: today)?[?.! ]*$|be (?:concerned|aware|worried)|pay attention|highlights?|heads[- ]up|most (?:urgent|pressing|critical|significant|relevant|serious|concerning)|urgent (?:issues?|things?|problems?|matters?))(?!\w)/;

const SUMMARY =
  /\b(?:summar(?:y|i[sz]e[ds]?|ies)|overview|hand-?(?:over|off)|sign-?out|brief me|run me through|walk me through|(?:one|‹q\d+›)?[- ]?liner|snapshot|brief(?:ing)? (?:me|on)|catch me up|bring me up to speed|big picture|run-?down|synopsis|gist|recap|clinical picture|tl;?dr|at a glance|get me up to speed|fill me in|background|patient story|medical story|present (?:this|the) patient|case presentation|going on with (?:her|him|them|this patient|the patient|‹n\d+›))\b|\btell me (?:everything )?about (?:(?:the|this) (?:patient|person|man|woman|lady|gentleman|guy|record|chart|case)|her|him|them|‹n\d+›)[?.! ]*$|\b(?:what do (?:we|you|i) know|what is known|anything) about (?:(?:the|this) patient|her|him|them|‹n\d+›)[?.! ]*$|\bwho is (?:she|he|‹n\d+›|(?:this|the)(?: (?:lady|woman|man|gentleman|guy|person|patient|girl|boy|child|kid|baby))?)[?.! ]*$|^\W*(?:(?:the|this) patient|‹n\d+›)[?.! ]*$|\bhow (?:is|are) (?:she|he|the patient|this patient|‹n\d+›)(?: doing)?(?: overall| in general| generally| now| today)?[?.! ]*$/;

const STATUS_PAST =
  /\b(?:stop taking|past|previous|previously|former|formerly|(?<!how )old|prior|stopped|discontinued|resolved|inactive|used to|no longer|historical|ended|finished|completed|ceased|not (?:active|current)|off|gone(?! up| down)|cleared|clear up|resolve|go away|heal|recover(?:ed)?|get over|got over|healed|over(?=\W*$)|went away|remission|cured)\b/;

const STATUS_ACTIVE =
  /\b(?:active|actively|current|currently|now|right now|still|ongoing|at present|presently|at the moment|these days|today|chronic|existing|open)\b/;

/** Reads one clause of a reading. */
export function readClause(reading: Reading, from: number, to: number, chart: Chart): Clause {
  const mask = masked(reading, from, to).trim();
  const text = reading.text.slice(from, to).trim();
  const times = readTimes(mask, reading, chart);
  let rest = times.mask;
  const unread: string[] = [];

  const person = personIn(rest, reading, chart);
  if (person) rest = rest.replace(person.match, ' ');
  const back = backIn(rest, reading);
  if (back) rest = back.rest;
  const limits = limitIn(rest, reading);
  rest = limits.rest;
  const threshold = thresholdIn(rest, reading);
  if (threshold) rest = threshold.rest;
  const except = exceptIn(rest, reading, chart);
  if (except) rest = except.rest;
  const lists = itemsIn(rest, reading).find((item) => item.type === 'named' && (item.kind === 'section' || item.kind === 'drug-class'));
  const narrowed =
    lists?.type === 'named'
      ? statedIn(spokenOf(rest, reading), lists.kind === 'section' ? (sectionOf(lists.concepts[0])?.kinds ?? []) : ['medication'])
      : undefined;
  if (narrowed) rest = rest.replace(maskedSpan(narrowed.said, rest, reading), ' ').replace(/\s+/g, ' ');
  const lacks = LACKING.exec(rest);
  const lacking = lacks ? (/dos|strength/.test(lacks[0]) ? 'dose' : /date|when/.test(lacks[0]) ? 'date' : 'reason') : undefined;
  if (lacks) rest = rest.replace(lacks[0], ' ');

  const spoken = masked(reading, from, to, true).trim();
  const family = asksFamily(mask) || asksFamily(spoken);
  const relative = namesRelative(mask);
  // "Was it stopped for hyperkalemia": why it ended, not what it was for.
  const reasons = WHY_ENDED.test(rest) ? undefined : (namedAfter(rest, reading, chart) ?? reasonsIn(rest, reading));
  const forTopics = reasons ? reasons.rest : rest;
  const items = itemsIn(forTopics, reading);
  const { inUnit } = unitAsked(forTopics, reading);
  const named = family
    ? familyTopics(items, mask).map((topic) => familialDisease(topic, chart))
    : topicsOf(items, forTopics, reading, chart, unread);
  // "In mg/dl?": a unit is nothing that is asked about.
  const topics = inUnit ? named.filter(({ letter, item }) => letter !== 'u' || toUcum(item?.text ?? '') !== inUnit) : named;
  const main = topics.find((topic) => topic.letter !== 'x') ?? topics[0];
  const primary =
    topics.length === 1 &&
    main?.sectionId === 'section/care-team' &&
    /\b(?:pcp|gp|primary|family (?:doctor|physician)|general practitioner)\b/i.test(main.item?.text ?? '');
  const personal = topics.length === 1 && !relative && !holds(chart, topics[0]!) ? PERSONAL[topics[0]!.concepts[0] ?? ''] : undefined;
  const tongue =
    topics.length > 0 &&
    !relative &&
    topics.every(({ letter }) => letter === 'u') &&
    /\b(?:speaks?|fluent in) ‹u\d+›\W*$|\binterpreter (?:‹u\d+›|is ‹u\d+›)\W*$/.test(rest);
  const field = personal
    ? personal
    : tongue
      ? ('language' as const)
      : primary
        ? ('primary-care' as const)
        : topics.some((topic) => topic.letter !== 'x')
          ? undefined
          : IS_SO_OLD.test(text)
            ? ('age' as const)
            : FIELDS.find(([name, pattern]) => pattern.test(rest) && !(relative && OWN.has(name)))?.[0];
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
    !/\b(?:what|which|when|why|who|where|how|list|show|number|count|dates?|days|occasions)\b/.test(mask);
  const told =
    items.some((item) => item.type === 'named' && item.kind === 'section' && /histor/i.test(item.text)) &&
    (main?.letter === 'c' || main?.letter === 'p' || main?.letter === 'd') &&
    read.strength < 4.5;
  const history = told || (main?.letter === 'c' && /^(?:personal )?history of\b/i.test(main.item?.text ?? '') && read.strength < 4);
  const broke = main?.letter === 'c' && read.polar && /^(?:brok|break|fractur(?:ed|ing))/i.test(main.item?.text ?? '');
  // Some names are questions by themselves: "does she smoke".
  const wholly = /^(?:is|are|was|does|do|did|has|have) (?:s?he|they|the patient)\b/i.test(main?.item?.text ?? '') && !read.polar;
  // "Was the fracture due to osteoporosis": that both are recorded is no yes to the one being the cause.
  const caused = CAUSED.exec(forTopics);
  if (caused) unread.push(caused[1]!);
  const asked: AspectReading = caused
    ? { ...read, aspect: 'describe', polar: false }
    : wholly
      ? { ...read, polar: true, expects: 'yes' }
      : history || broke
        ? { ...read, aspect: 'ever' }
        : bare && !read.polar
          ? { ...read, polar: true, expects: 'yes' }
          : read;
  // The left anterior descending artery and the right ventricle are names, not sides.
  const inName = /\b(?:right|left) (?:coronary|anterior|circumflex|main|ventric\w*|atri\w*|bundle|heart)\b/i.test(text);
  const laterality = inName
    ? undefined
    : /\bbilateral\b|\bboth sides\b/.test(rest)
      ? 'bilateral'
      : /\b(?:on|in|of) (?:the|her|his|their) right\b(?= *(?:side|hand|one)?[ ?.!,]*$)|\bright[- ]?(?:sided|side)\b/.test(rest)
        ? 'right'
        : /(?<!\b(?:doses?|shots?|jabs?|boosters?|refills?|pills?|tablets?|visits?|many|much|any|is|are|has|have|‹[vx]\d+(?::[\w-]+)?›) )\bleft\b(?! (?:to|over|on|off))/.test(
              rest,
            )
          ? 'left'
          : /\bright (?=[a-z‹])(?!now|away|after|before|then|and|or\b)/.test(rest)
            ? 'right'
            : undefined;
  const undone =
    /\b(?:refuse[sd]?|decline[sd]?|turn(?:ed)? down|(?:not|n't) (?:given|done|taken|kept|attend(?:ed)?|show(?:n|ed)? up|(?:come|came) (?:to|for)(?! (?:the )?(?:hospital|er\b|emergency))|make it to)|miss(?:ed|es)?(?! ‹n)|skip(?:s|ped)?|failed to (?:attend|show|come|turn)|cancel(?:s|l?ed)?|no[- ]?shows?)\b/.test(
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
    topics: field && (personal || topics.every((topic) => topic.letter === 'x')) ? [] : topics,
    anyOf:
      /‹[^›]+›(?:'s)?(?: \w+)? (?:or|and\/or|\/) (?:an? |any |the |other )?‹[^›]+›/.test(forTopics) &&
      !/\b(?:higher|lower|which|better|worse|bigger)\b/.test(forTopics),
    ...(reasons ? { reasons: organDisease(reasons.topic, chart) } : {}),
    asked,
    ...(threshold ? { threshold: threshold.threshold } : {}),
    ...(limits.limit ? { limit: limits.limit } : {}),
    ...(limits.offset ? { offset: limits.offset } : {}),
    ...(back ? { back: back.back } : {}),
    ...(status ? { status } : {}),
    ...flagIn(rest, asked.aspect),
    ...(laterality ? { laterality } : {}),
    ...(except ? { except: except.topic } : {}),
    ...(narrowed ? { stated: narrowed.state } : {}),
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
    unread: inUnit ? unread.filter((word) => toUcum(word) !== inUnit) : unread,
    ...(inUnit ? { inUnit } : {}),
    left: forTopics,
  };
}

const CAUSED = cue(
  '{C}(?: \\w+)? (due to|caused by|secondary to|because of|as a result of|a result of|the result of) (?:the |her |his |their |an? )?{C}',
);

const WHY_ENDED = cue(
  "{D}.*\\b(?:stop\\w*|discontinu\\w*|held|withdrawn|taken off|switched|d/?c[’']?d|ended|changed)\\b.* (?:for|because of|due to|from|over) |\\b(?:stop\\w*|discontinu\\w*|quit|taken off|come off|came off|off)\\b.*{D}.* (?:for|because of|due to|over) ",
);

/** The rest of a clause with the words that nothing explains written out. */
const spokenOf = (rest: string, reading: Reading): string =>
  rest.replace(/‹u\d+›/g, (placeholder) => reading.items[itemIndex(placeholder)]?.text.toLowerCase() ?? '');

/** Where such words stand in the mask: as they are, or as the placeholder of what was not explained. */
function maskedSpan(said: string, rest: string, reading: Reading): string {
  if (rest.includes(said)) return said;
  return (rest.match(/‹u\d+›/g) ?? []).find((one) => (reading.items[itemIndex(one)]?.text.toLowerCase() ?? '').includes(said)) ?? said;
}

const LACKING =
  /\b(?:without|with no|missing|lacking|(?:that |which )?(?:has|have|do not have|does not have|lacks?)(?: no| any| an?)?|having no|no) (?:an? |any |the )?(?:known |stated |clear |recorded |documented |given )?(?:reasons?|indications?|dos(?:e|es|age|ages)|dates?|start dates?|strengths?)(?: (?:recorded|given|stated|documented|listed|on (?:file|record)))?\b/;
