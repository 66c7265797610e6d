import { toUcum } from '../../language/units.ts';
import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import { asksDelivery } from './delivery.ts';
import { asksInsuranceSaid } from './insurance.ts';
import type { Item, Reading } from './items.ts';
import type { Clause } from './parsed.ts';
import { asksCauseOfDeath, asksContrary, ORDINAL } from './proposition.ts';
import { WHICH_IS } from './qualifiers.ts';
import { itemIndex } from './reading.ts';
import { sectionOf } from './sections.ts';
import { isEveryday } from './vocabulary.ts';
import { tokens } from './wording.ts';

const conceptsOf = ({ concepts, reasons, compare, premise, time, except }: Question): readonly string[] => [
  ...concepts,
  ...(reasons?.concepts ?? []),
  ...(except?.concepts ?? []),
  ...(compare?.other?.concepts ?? []),
  ...(compare?.time?.anchor?.concepts ?? []),
  ...(time?.anchor?.concepts ?? []),
  ...(premise ?? []).flatMap((one) => one.concepts),
];

const wordsOf = ({ words, reasons, compare, premise, time, person, name, except }: Question): readonly string[] =>
  [
    ...(words ?? []),
    ...(reasons?.words ?? []),
    reasons?.name ?? '',
    except?.name ?? '',
    ...(except?.words ?? []),
    ...(compare?.other?.words ?? []),
    compare?.other?.name ?? '',
    ...(time?.anchor?.words ?? []),
    time?.text ?? '',
    compare?.time?.text ?? '',
    ...(premise ?? []).flatMap((one) => [...(one.words ?? []), one.text]),
    person ?? '',
    name,
  ].flatMap((text) => tokens(text).map(({ word }) => word));

/** Another question behind an "or", and what is left to do. */
const ALTERNATIVE =
  /\bor (?:was|were|is|are|did|does|has|had) (?:there|s?he|it|they|the)\b[^?.;,]*|\b(?:doses?|shots?|jabs?|boosters?|‹[vx]\d+(?::[\w-]+)?›) (?:left|remaining|to go)\b/g;

const TAKEN = /\bwhat happen(?:s|ed) (?:when|if)\b[^?.;]*|\bat the moment\b/g;
/** "What happened at the visit on 18 April": that visit itself. */
const AT_THE_VISIT = /^(?:at|during|on) (?:the|her|his|their|that) (?:visit|appointment|encounter|check-?up|consultation)\s*$/;
/** An event or moment that was not found a place: "when she was admitted", "at that time", "the same day". */
const MOMENT =
  /(?<=‹[^›]+›.*|\b(?:it|that|they|those|them)\b.*)\b(?:when|while|whilst|once) (?!(?:is|was|were|are|did|does|has|had|and|or|why|how|who|what)\b)(?=\S)[^?.,;]*|^when (?:s?he|they|‹n\d+›|the patient) [^?.;]*,|(?<=^\W*(?:(?:and|so|but|ok|what about|how about) )+)(?:when|while) (?:s?he|they|‹n\d+›|the patient) [^?.,;]*|\b(?:before|after|since|until) (?:s?he|they|we|‹n\d+›|the patient) [^?.,;]*|\b(?:at|around|by|during|since|until|before|after|from) (?:that|this|the same|the) (?:time|day|date|visit|moment|point|period|year|month|episode|event|stay)\b|\b(?:the |that )*(?:same|that) (?:day|date|time|visit|year|month)\b|\b(?:since|until|before|by|from|after|during) (?:then|that|it)\b|\b(?:then|at that point)(?= *[?.!]*$)|\b(?:before|after|during|since|until|while) (?=‹[ocdkvpau]\d+›|(?:the |her |his |a |an )?‹[ocdkvpau]\d+›)[^?.,;]*/g;
/** Figures and superlatives that nothing here works out. */
const STATISTIC =
  /\b(?:median|percentiles?|percentage|percent (?:change|of)|standard deviation|variance|slope|rate of|per (?:year|month)|closest|nearest|longest|shortest|strongest|weakest|commonest|most (?:common|often|frequent(?:ly)?|expensive)|ratio of)\b/g;
/** Two sides of an event at once. */
const BOTH_SIDES =
  /\b(?:before (?:and|or|vs|versus) after|after (?:and|or|vs|versus) before)\b|\b(?:vs|versus|and|or) (?:after|before)(?= *[?.!]*$)|\b(?:before|after) (?:and|or|vs|versus)(?= *[?.!]*$)/g;
/** "Day 1", "visit 3": a place in a count of its own. */
const COUNTED = /\b(?:day|week|month|visit|round|cycle|session|dose) (?:\d+|one|two|three)\b/g;
/** A season is no time that the record has. */
const SEASON = /\b(?:this|last|the|current|next|coming) (?:flu |respiratory )?season\b/g;
/** "Every year": one entry does not say so. */
const EVERY = /\b(?:(?:every|each) (?:single )?(?:year|visit|month|day|time|season|winter)|always|consistently|regularly|without fail)\b/g;
/** What was done to a dose, which an entry of the drug does not say. */
const ALTERED = /\b(?:increas\w+|decreas\w+|reduced?|lowered|raised|doubled|halved|titrated|adjusted|changed|switched|tapered)\b/g;
/** A test or a drug that is not so. */
const NOT_DONE = /\b(?:not|never|no longer) (?:been |yet )?(?:done|checked|measured|repeated|tested|recorded|ordered|drawn)\b/g;
/** Whether an allergen is taken is another question than what the allergies are. */
const TAKES_ALLERGEN =
  /\b(?:on|tak(?:e|es|ing)|given|prescribed|received?)\b(?= .*\b(?:allerg|intoleran))|(?<=\b(?:allerg|intoleran).*)\b(?:is|are) (?:s?he|they) (?:on|taking|getting) (?:any|some|one|it|them)\b/g;
/** "Was the last delivery a c-section": one entry being another is not said by either. */
const IS_ANOTHER =
  /\b(?:is|was|were|are) (?:the |her |his |their )?(?:last |latest |first |most recent |previous |current )?‹[^x›][^›]*› (?:an? )(‹[^x›][^›]*›)/g;
/** Parts of the record that say something else of a named thing than its own entries. */
const OTHER_PART = /^section\/(?:goals|care-plans|family-history|genotypes|coverage|documents)$/;
/** The other side of a comparison. */
const OTHER_SIDE =
  /\b(?:vs|versus|compared? (?:to|with|against)|in comparison (?:to|with)|relative to)\b(?! (?:the |her |his )?(?:normal|reference|range|‹x\d+:goals›))(?=.*[a-z‹])[^?.;]*/g;
/** Takes something out of what is asked for. */
const EXCEPT =
  /\b(?:except(?:ing)?(?: for)?|excluding|exclude|other than|besides|apart from|aside from|but not|not including|minus|without|instead of|rather than)\b[^?.;]*/g;

/** Behind the name of a measurement, these make it another one: the variability of a heart rate is no heart rate. */
const OTHER_MEASURE =
  /^(?:variability|reserve|recovery|turbulence|gradient|velocity|acceleration|deceleration|antibod(?:y|ies)|ratio|index|gap|clearance|fraction|distribution|width|resistance|tolerance)$/;

/** Whether a drug is taken the way it was ordered, which no order of it says. */
const ADHERENCE =
  /\b(?:(?:as|like|the way|than|(?:what|that which) (?:s?he|they|it) (?:is|was|were)|(?<!^\W*(?:(?:and|so|then) )?)what (?:is|was|has been|had been)|what s?he was) (?:it (?:is|was) )?(?:prescribed|directed|instructed|ordered|told)|adher\w+|complian\w+|faithfully|reliably|properly|correctly)\b/g;
/** "Does she take her tablets": what was ordered does not say that it is. */
const TAKES_THEM =
  /\b(?:take|takes|taking) (?:all (?:of )?)?(?:his|her|their) (?:\w+ )?(?:meds?|medications?|medicines?|tablets|pills|drugs|tabs)\b/g;
/** Leaves something out of a list, or keeps only a part of it. */
const LIST_LEAVES_OUT = /\b(?:not|never)\b(?! (?:only|just|known|sure)\b)[^?.,;]*/g;
/** What came of a drug, which no entry of it says. */
const FAILED =
  /\b(?:tried and failed|failed|did not (?:work|help)|(?:has|have) not (?:worked|helped)|ineffective|useless|worked|helped)\b/g;

/** All entries of a part of the record, not narrowed by anything that leaves some out. */
const isWholeList = ({ kinds, concepts, words, polar, status, except, lacking, stated, reasons, flag, aspect }: Question): boolean =>
  kinds.length === 1 &&
  /^(?:medication|problem|allergy|immunization|procedure)$/.test(kinds[0]!) &&
  concepts.length === 0 &&
  !words?.length &&
  !polar &&
  !except &&
  !lacking &&
  !stated &&
  !flag &&
  (!reasons || aspect === 'list') &&
  status !== 'past' &&
  status !== 'not-done';

const isYesNo = ({ polar, aspect }: Question): boolean => polar === true || aspect === 'exists' || aspect === 'ever';

/**
 * What a clause says that its questions leave out and that may change the answer: a name, a number, a time, an event, an exception. An
 * answer that takes no account of it answers another question.
 */
export function missedBy(clause: Clause, questions: readonly Question[], reading: Reading, chart: Chart): readonly string[] {
  if (
    questions.every(
      (question) =>
        question.device || (asksDelivery(question) && !clause.times.time) || asksCauseOfDeath(question) || asksInsuranceSaid(question),
    )
  )
    return [];
  const { terminology } = chart;
  const concepts = questions.flatMap(conceptsOf);
  const words = new Set(questions.flatMap(wordsOf));
  const missed: string[] = [...clause.times.dropped];
  // An age or an address at another time than now is not in the record's personal details.
  if (clause.times.time && questions.every((one) => one.field && !one.time)) missed.push(clause.times.time.text);
  const spoken = (item: Item): boolean => tokens(item.text).every(({ word }) => words.has(word));
  const placeholders = (text: string): Item[] =>
    [...text.matchAll(/‹[^›]+›/g)].flatMap((match) => reading.items[itemIndex(match[0])] ?? []);
  for (const item of placeholders(clause.mask)) {
    // "Interpreter needed", "does he speak English": the language that the record states tells it.
    if (
      questions.every(({ field }) => field === 'language') &&
      (item.type === 'unknown' || (item.type === 'named' && item.kind === 'social'))
    )
      continue;
    if (item.type === 'self' || item.type === 'time' || item.type === 'quantity') continue;
    if (clause.times.anchorItems.includes(item) || spoken(item)) continue;
    if (clause.topics.some((topic) => topic.item === item && topic.concepts.some((id) => concepts.includes(id)))) continue;
    // "Prenatal visits" read as visits of that name.
    if (clause.topics.some((topic) => topic.item === item && topic.letter === 'x' && topic.words?.every((word) => words.has(word))))
      continue;
    if (item.type === 'named' && item.kind === 'drug-class' && WHICH_IS.test(clause.left)) continue;
    if (item.type === 'unknown' && item.text === 'domiciliary' && questions.some(({ visitClass }) => visitClass === 'home')) continue;
    if (item.type === 'unknown' && questions.some(({ inUnit }) => inUnit !== undefined && toUcum(item.text) === inUnit)) continue;
    if (item.type === 'unknown') {
      const left = item.words.filter((word) => !words.has(word));
      const named = reading.items.find(({ end }) => end < item.start && /^\s$/.test(reading.text.slice(end, item.start)));
      if (named?.type === 'named' && named.kind === 'observation' && OTHER_MEASURE.test(left[0] ?? '')) {
        missed.push(item.text);
        continue;
      }
      // "Gale temp": a word that leads a bare name may be somebody's.
      const leads = clause.mask.startsWith('‹u') && /^‹u\d+› ‹[^›]+›[?.! ]*$/.test(clause.mask) && item === placeholders(clause.mask)[0];
      if (left.some((word) => leads || !isEveryday(word, chart))) missed.push(item.text);
      continue;
    }
    // "LDL goal": the goals are asked for, not the value.
    if (
      item.kind === 'section' &&
      !/\b(?:at|to|met|meets?|reach\w*|hit|within) (?:the |her |his |their )?$/i.test(reading.text.slice(0, item.start)) &&
      OTHER_PART.test(item.concepts[0] ?? '') &&
      !questions.some((one) => one.kinds.some((kind) => sectionOf(item.concepts[0])?.kinds.includes(kind)))
    ) {
      missed.push(item.text);
      continue;
    }
    // "First degree burn": a word for something else before a name.
    const next = reading.items[reading.items.indexOf(item) + 1];
    if (
      item.kind === 'section' ||
      (item.kind === 'social' && next?.type === 'named' && /^\s$/.test(reading.text.slice(item.end, next.start)))
    )
      continue;
    const named = [...item.concepts, ...item.others.flatMap((other) => other.concepts)];
    const used = named.some((id) => concepts.some((own) => terminology.isA(id, own) || terminology.isA(own, id)));
    if (!used) missed.push(item.text);
  }
  const numbered = questions.some((one) => one.threshold || one.frequency || one.limit || one.offset || one.time || one.compare);
  for (const item of placeholders(clause.left))
    if (item.type === 'quantity' && !(numbered && item.worded) && !(item.worded && item.value === 1)) missed.push(item.text);
  const unmasked = (text: string): string =>
    text
      .replace(/‹[^›]+›/g, (placeholder) => reading.items[itemIndex(placeholder)]?.text ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  for (const match of clause.left.matchAll(ALTERNATIVE)) if (questions.length < 2) missed.push(unmasked(match[0]));
  const contrary = asksContrary(clause, questions);
  if (contrary) missed.push(contrary);
  if (questions.every((one) => !one.offset && !one.limit && !one.field)) {
    const ordinal = ORDINAL.exec(clause.left)?.[0];
    if (ordinal && !words.has(ordinal)) missed.push(ordinal);
  }
  const rest = clause.left.replace(TAKEN, ' ');
  const ofVisits = questions.some(({ kinds, time }) => kinds.includes('visit') && time !== undefined);
  for (const match of rest.matchAll(MOMENT)) if (!(ofVisits && AT_THE_VISIT.test(match[0]))) missed.push(unmasked(match[0]));
  const plain = unmasked(clause.left);
  for (const match of clause.left.matchAll(EXCEPT)) missed.push(unmasked(match[0]));
  const sided = questions.some(
    ({ compare, aspect }) => compare !== undefined || aspect === 'change' || aspect === 'trend' || aspect === 'range',
  );
  if (!sided && questions.length < 2 && clause.asked.also.length === 0 && clause.topics.length < 2 && !clause.times.compare)
    for (const match of clause.left.matchAll(OTHER_SIDE)) missed.push(unmasked(match[0]));
  // A percentile that stands in the name of what is asked for is no figure to work out.
  const inName = (text: string): boolean => tokens(text).every(({ word }) => words.has(word));
  const altered = questions.some((one) => isYesNo(one) && one.kinds.includes('medication') && one.concepts.length > 0);
  const polar = questions.some(isYesNo);
  for (const pattern of [
    STATISTIC,
    COUNTED,
    BOTH_SIDES,
    SEASON,
    ...(polar && !questions.every((one) => one.every) ? [EVERY] : []),
    ...(altered ? [ALTERED] : []),
  ])
    for (const match of plain.matchAll(pattern)) if (!inName(match[0])) missed.push(match[0]);
  if (polar && questions.some((one) => one.kinds.includes('allergy')))
    for (const match of plain.matchAll(TAKES_ALLERGEN)) missed.push(match[0]);
  if (polar) for (const match of clause.mask.matchAll(IS_ANOTHER)) missed.push(unmasked(match[1]!));
  if (questions.every(isWholeList)) {
    for (const match of clause.left.matchAll(LIST_LEAVES_OUT)) missed.push(unmasked(match[0]));
    if (questions.every(({ kinds }) => kinds[0] === 'medication')) for (const match of plain.matchAll(FAILED)) missed.push(match[0]);
  }
  if (questions.some(({ kinds, aspect }) => kinds.includes('medication') && aspect !== 'dose'))
    for (const pattern of [ADHERENCE, ...(polar ? [TAKES_THEM] : [])]) for (const match of plain.matchAll(pattern)) missed.push(match[0]);
  if (!questions.some((one) => one.status === 'not-done' || one.polar)) for (const match of plain.matchAll(NOT_DONE)) missed.push(match[0]);
  return [...new Set(missed.filter(Boolean))];
}
