import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import type { Chart } from '../../records/contract.ts';
import type { Answer, Question } from '../../records/questions/contract.ts';
import { ALIASES } from '../../records/questions/lexicon.ts';
import { isOverNight } from '../../records/questions/select.ts';
import { STATED_WORDS } from '../../records/questions/stated.ts';
import { isDeniedIn } from './denied.ts';

/** Words that a yes/no question is made of beside what it asks about; none of them changes what is asked. */
const FRAME = new Set(
  `a an and any anything at been being by can check checked could currently did do does doctor doctors either ever family find for from get
  gets getting given go going gone good got had has have having he her hers him his history how i in is it its just kindly know known last
  latest like list listed look me medical month months most my need new no nope not now of off ok okay old on once one or our over past patient
  patients please pls present presently previous previously prior pt question quick quickly really recent recently record recorded records
  right s see seen she should show sir so some someone sorry still t taken takes taking take tell thank thanks that the their them there these they
  this those time times to today told up us use used using was we were what when whether which while who whom with would yes you your also
  point moment occasion due overdue past outstanding missing behind
  already before after active inactive current chart file documented document noted known existing exist exists suffer suffers suffered suffering
  diagnosed diagnosis diagnoses problem problems condition conditions complaint complaints documentation report reported reports medication
  medications medicine medicines meds med drug drugs prescribed prescription prescriptions prescribe order ordered orders started start on
  receive received receives administered administer vaccine vaccinated vaccination vaccinations vaccines shot shots immunized immunised
  immunization immunizations jab jabs procedure procedures performed perform done undergo underwent undergone test tested tests result results
  value values level levels reading readings measured measurement measurements lab labs number numbers score scores above below over under
  higher lower greater less more than exceed exceeds exceeded fall falls fell drop drops dropped rise risen rose go went reach reached
  high low normal abnormal elevated reduced increased decreased increase decrease changed change gained gain lost lose up down worse better
  die died dies death stop stopped stopping stops discontinue discontinued discontinuing quit ceased withdrawn dead alive living deceased passed away date age aged since until between during within ago year years yr yrs week weeks day days yet through least all every each out another other different same
  allergic allergy allergies react reacts reaction reactions intolerance intolerant smoke smokes smoker smoking person people man woman lady
  gentleman mr mrs ms miss dr girl boy child kid guy case be am are isn aren wasn weren hasn haven hadn doesn don didn won isnt doesnt dont didnt
  hasnt havent whats hes shes theres im id ill confirm verify remind give mention mentioned want wondering wonder case say says said happen
  happened happens come comes came back keep kept continue continues remain remains stay stays stayed resolved resolve over treated treatment`
    .split(/\s+/)
    .filter(Boolean),
);

const FREQUENCY =
  /\b(?:once|twice|thrice|daily|weekly|monthly|nightly|hourly|every|each|times|bid|tid|qid|prn|as needed|mornings?|evenings?|nights?|bedtime)\b/gi;
const MOVEMENT =
  /\b(?:f[ae]ll\w*|drop\w*|ris(?:e|en|es|ing)|rose|increas\w*|decreas\w*|reduc\w*|chang\w*|gain\w*|los[et]\w*|worse\w*|better|improv\w*|switch\w*|adjust\w*)\b(?! (?:below|under|above|over|beneath|past|to)\b)/gi;
const ATTAINED = /\b(?:reach\w*|target|goal|hit|meets?|met|control(?:led)?)\b/gi;
const SIDE = /\b(?:left|right(?! (?:now|away|after|before))|bilateral(?:ly)?|both sides)\b/gi;
const LEVEL = /\b(?:normal|abnormal|high|low|elevated|raised|higher|lower)\b(?! (?:than|blood pressure|cholesterol)\b)/gi;
/** Whose illness a family history tells. */
const KIN_WORDS = 'relative relatives relations kin folks blood among amongst anyone anybody somebody hereditary inherited'.split(' ');
const SERIES: ReadonlySet<string> = new Set(['trend', 'change', 'count', 'range', 'highest', 'lowest', 'average']);

/**
 * Words that are common in any question and yet change this one, because its reading has no place for them: how often a drug is taken, which
 * side, whether a value moved or met its goal, whether a drug is one that the patient is allergic to.
 */
function telling({ question, facts }: Answer): readonly string[] {
  const { text, kinds, aspect, threshold, compare, flag, laterality } = question;
  const found = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([word]) => word);
  const drugs = kinds.includes('medication');
  const left: string[] = [];
  if (drugs && aspect !== 'dose' && !question.frequency && !question.stated) left.push(...found(FREQUENCY));
  if (!SERIES.has(aspect) && !compare) left.push(...found(MOVEMENT));
  // "Was it lower in 2019 than it is now": which side the comparison starts from is not read.
  if (compare) left.push(...found(/\bthan (?:it is |they are |at )?(?:now|today|currently|present(?:ly)?)\b/gi));
  if (aspect !== 'flag' && !flag && !threshold && !compare && (kinds.includes('result') || kinds.includes('vital')))
    left.push(...found(LEVEL));
  if (aspect !== 'flag' && !kinds.includes('goal')) left.push(...found(ATTAINED));
  // "Left ventricular ejection fraction": part of the name.
  if (!laterality) left.push(...found(SIDE).filter((word) => !question.name.toLowerCase().includes(word.toLowerCase())));
  // "More than five drugs" counts them; a limit is for measured values.
  if (threshold && drugs && question.concepts.length === 0) left.push(threshold.text);
  // "Since the penicillin allergy was recorded": read as the time.
  const apartFromTime = question.time?.anchor?.kinds.includes('allergy') ? text.replace(question.time.text, ' ') : text;
  if (
    /\ballerg\w*/i.test(apartFromTime) &&
    (!kinds.includes('allergy') || /\b(?:tak(?:e|es|ing)|is (?:s?he|the patient) on|given|prescribed)\b/i.test(text))
  )
    left.push(...found(/\ballerg\w*|\btak(?:e|es|ing)\b/gi));
  if (/\bovernight\b/i.test(text) && kinds.includes('visit') && !facts.every(isOverNight)) left.push('overnight');
  // A note that names it, or an entry that says "no ...", is no yes.
  const [first] = facts;
  if (first && !kinds.includes(first.kind) && (first.kind === 'document' || first.kind === 'report')) left.push(question.name);
  if (first && isDeniedIn(first.name, question.name)) left.push(question.name);
  return left;
}

/** "diabetes?" and "Diabetes" are one word; "doesn't" is "doesn" and "t". */
const words = (text: string): readonly { readonly word: string; readonly start: number }[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) => ({ word: found[0].toLowerCase(), start: found.index }));

function namesOf({ concepts, reasons, compare, premise, time, except }: Question): readonly string[] {
  return [
    ...concepts,
    ...(reasons?.concepts ?? []),
    ...(except?.concepts ?? []),
    ...(compare?.other?.concepts ?? []),
    ...(compare?.time?.anchor?.concepts ?? []),
    ...(time?.anchor?.concepts ?? []),
    ...(premise ?? []).flatMap((one) => one.concepts),
  ];
}

/**
 * What a question says that its reading left out: "safe" and "pregnancy" of "is HCTZ safe in pregnancy?" read as "is she on HCTZ?".
 * A yes or no to such a question would answer another one.
 */
export function leftover(answer: Answer, chart: Chart): readonly string[] {
  const { question } = answer;
  // Nothing but whether it is there was asked.
  if (question.device || question.need) return [];
  // The detail is told as it is recorded, beside whatever the question took it for.
  if (question.field === 'gender' || question.field === 'birth-date' || question.field === 'age') return [];
  const { text } = question;
  const { terminology } = chart;
  const names = namesOf(question);
  const spent: (readonly [number, number])[] = [];
  const left: string[] = [...telling(answer)];
  const own = new Set([
    ...words(chart.patient.name).map(({ word }) => word),
    ...words(question.name).map(({ word }) => word),
    ...words(question.frequency?.text ?? '').map(({ word }) => word),
    ...words(question.except?.name ?? '').map(({ word }) => word),
    ...words(question.person ?? '').map(({ word }) => word),
    ...words(`${question.time?.text ?? ''} ${question.compare?.time?.text ?? ''}`).map(({ word }) => word),
    ...(question.words ?? []).flatMap((each) => words(each).map(({ word }) => word)),
    ...(question.flag
      ? ['range', 'limits', 'within', 'outside', 'okay', 'fine', 'good', 'acceptable', 'raised', 'too', 'flagged', 'critical', 'critically']
      : []),
    ...(question.laterality ? [question.laterality] : []),
    ...(question.aspect === 'status' ? ['cleared', 'clear', 'healed', 'recovered', 'remission', 'cured'] : []),
    ...(question.kinds.includes('family-history') ? KIN_WORDS : []),
    ...(question.except ? ['besides', 'except', 'excepting', 'excluding', 'apart', 'aside', 'another'] : []),
    ...(question.stated ? STATED_WORDS : []),
    ...(question.every ? ['always', 'consistently', 'throughout', 'invariably', 'constantly', 'without', 'exception', 'single'] : []),
  ]);
  for (const mention of terminology.mentions(text, { fuzzy: true })) {
    const meant = mention.concepts.some(
      (id) => id.startsWith('section/') || names.some((name) => terminology.isA(id, name) || terminology.isA(name, id)),
    );
    if (meant || mention.text.split(/\s+/).every((word) => FRAME.has(word.toLowerCase()) || own.has(word.toLowerCase())))
      spent.push([mention.start, mention.end]);
    else left.push(mention.text);
    spent.push([mention.start, mention.end]);
  }
  const timed = question.time !== undefined || question.compare?.time !== undefined;
  for (const time of timeExpressions(text, chart.asOf)) {
    if (!timed && !time.relative) left.push(time.text);
    spent.push([time.start, time.end]);
  }
  const numbered =
    question.frequency !== undefined || question.threshold !== undefined || question.limit !== undefined || question.offset !== undefined;
  for (const quantity of quantities(text)) {
    if (spent.some(([start, end]) => quantity.start < end && start < quantity.end)) continue;
    if (!numbered && !timed && !quantity.worded) left.push(quantity.text);
    spent.push([quantity.start, quantity.end]);
  }
  for (const { word, start } of words(text)) {
    if (FRAME.has(word) || own.has(word) || own.has(word.replace(/s$/, ''))) continue;
    if (spent.some(([from, to]) => start >= from && start < to)) continue;
    const meant = ALIASES[word] ? terminology.byName(ALIASES[word]) : [];
    if (meant.some(({ id }) => names.some((name) => terminology.isA(id, name) || terminology.isA(name, id)))) continue;
    left.push(word);
  }
  return [...new Set(left)];
}
