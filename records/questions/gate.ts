import { isCommonWord, isGivenName } from '../../language/terminology/spelling.ts';
import type { Chart } from '../contract.ts';
import { isComing as isBooked } from './coming.ts';
import type { DeclineReason } from './contract.ts';
import { asksFamily, namesFamily } from './family.ts';
import type { Reading, Unknown } from './items.ts';
import { asksContact, asksKin } from './kin.ts';
import { CLOSING, GREETING, INSTRUCTION, OFF_TOPIC, RELATIVES } from './lexicon.ts';
import { cue, masked } from './reading.ts';
import { ownNames } from './respell.ts';
import { isActive, isOf } from './select.ts';
import { SPECIALTY } from './specialty.ts';
import { isClinicalWord } from './vocabulary.ts';

export interface Declined {
  readonly reason: DeclineReason;
  readonly text: string;
  readonly other?: string;
}

const TOP_THREE =
  /\bshould (?:i|we) (?:know|worry|be (?:aware|concerned|worried)|focus|look|watch|pay|prioriti[sz]e|address|discuss|ask|care|keep|do today|think about|raise|bring)\b/;
const LEAD_IN =
  '(?:(?:ok|okay|so|now|then|and|also|please|hi|hello|hey|kindly|just|can|could|would|will|you|i|we|want|need|like|to|want you to|go ahead and|let us|help me|have to|for me)[ ,]+)*';
const WRITE_VERBS =
  'order|prescribe|represcribe|refill|renew|delete|remove|erase|cancel|schedule|book|reschedule|update|edit|modify|add|create|enter|write|draft|sign|send|fax|email|call|discontinue|stop|start|increase|decrease|reduce|double|change|approve|submit|message|page|refer|transfer|switch|titrate|wean|taper|mark|make|put|set|administer|inject|discharge|admit|save|document|record|chart|note|register|overwrite|amend|correct';
const WRITE = cue(
  `^${LEAD_IN}(?:${WRITE_VERBS})(?: (?:up|down|off|out|in))? (?:a |an |the |her |his |their |this |that |these |those |it\\b|him\\b|her$|them\\b|all |some |new |another |more |my |{N}|{D}|{P}|{V}|{U}|{Q}|{C}|{X}|{O}|patient|off\\b)`,
);
const GIVE = cue(
  `^${LEAD_IN}give (?:him|her|them|{N}|the patient|patient) (?!(?:latest|last|most|recent|current))(?:an? |some |the |more )?(?:{D}|{V}|{U}|{Q})`,
);
/** "Give me ...", "make a list", "write a summary", "put together an overview", "change in weight": asks to read. */
const READ_AFTER_ALL = cue(
  `^${LEAD_IN}(?:give|make|write|draft|create|put together|put|send|record|note|chart|document)(?: (?:up|down|out|together))? (?:me |us )?(?:a |an |the |your )?(?:\\w+[ -]){0,3}?(?:summar|overview|list\\b|rundown|recap|snapshot|synopsis|table|timeline|brief|update|picture|idea|number|value|latest|last|most recent|all (?:of )?(?:her|his|the)|history|info|details|reasons?|dates?|{X}|{O})|^${LEAD_IN}give (?:me|us)\\b|^${LEAD_IN}(?:change|changes|increase|decrease|note|record|document|order|start|stop|discharge|update|call|chart|refill|schedule|set) (?:in|of|since|over|from|date|dates|history|list|status|on|me|us|time|reason|reasons|notes|summary|between)\\b`,
);
const ADVICE = [
  /\bshould(?: not)? (?:i|we|you)\b/,
  /\bshould (?:she|he|they|the patient|‹n\d+›|it|her|his|this|that|be)\b/,
  /\b(?:what|which|how much|how|when|where|why) (?:\S+ ){0,4}should\b/,
  /\b(?:would|do|can|could) you (?:recommend|suggest|advise|think|prescribe|treat|diagnose)\b/,
  /\b(?:what|which|how) (?:would|do|can) (?:you|i|we) (?:recommend|suggest|advise|treat|manage|do|prescribe|give)\b/,
  /\b(?:can|could|may|might) (?:i|we) (?:give|start|stop|increase|decrease|switch|add|prescribe|use|combine|raise|lower|double|change|hold|skip|treat|safely)\b/,
  /\b(?:can|could|may) (?:she|he|they|the patient|‹n\d+›) (?:safely |still )?(?:take|have|eat|drink|use|get|be (?:given|treated|started|put|prescribed|discharged)|start|stop|combine|travel|fly|drive|exercise|go)\b/,
  /\bis it (?:safe|ok|okay|fine|advisable|reasonable|appropriate|worth|time|a good idea|dangerous|risky)\b/,
  /\b(?:safe|okay|ok|fine|appropriate|advisable) (?:to (?:give|start|stop|take|use|prescribe|combine|continue|increase|switch)|for (?:her|him|them) to)\b/,
  /\bbest (?:treatment|drug|medication|therapy|option|choice|antibiotic|way to|approach|management)\b/,
  /\b(?:treatment|therapeutic) options?\b/,
  /\bprognosis\b|\blife expectancy\b|\bhow long (?:will|does) (?:she|he) (?:live|have (?:left|to live))\b|\bsurvival\b/,
  /\b(?:chance|chances|odds|likelihood|probability|risk) (?:of|that|for)\b/,
  /\bwill (?:she|he|they|the patient|it|this|‹n\d+›) (?:be|get|need|develop|die|recover|have|improve|survive|respond|require)\b/,
  /\b(?:could|might|can|may) (?:this|that|it|her|his|the|‹\w\d+›)\b.*\b(?:be|cause|causing|caused|explain|due|related|affect|worsen|help)\b/,
  /\bdifferential(?: diagnosis)?\b|\bwhat (?:could|might|would) (?:explain|cause|be causing|be wrong)\b/,
  /\b(?:does|do|would|is) (?:she|he|they|the patient|‹n\d+›) (?:need|require)s? (?:to|more|less|treatment|surgery|a (?:higher|lower|different|change|referral|dose|biopsy)|an? (?:increase|adjustment)|to be (?:on|treated|started))\b/,
  /\b(?:needs?|require|requires) (?:to (?:be on|take|start|stop|have) )?(?:an? |any |more |some )?‹[dk]\d+›/,
  /\b(?:which|what) .*\bbest\b.*\bfor\b/,
  /\b(?:recommend|suggest|advise)(?:ation|ations|ion|ed)?\b.*\b(?:for (?:her|him|them|this patient)|treatment|next steps?)\b/,
  /\bnext (?:best )?steps?\b/,
  /\bcandidate for\b|\beligible for\b/,
];
const KNOWLEDGE = [
  /\bside effects?\b|\badverse effects?\b|\bcontraindicat\w*\b|\binteract(?:s|ion|ions|ing)?\b|\bmechanism of action\b|\bpathophysiology\b|\bhalf-?life\b/,
  /\bguidelines?\b|\bcriteria for\b|\b(?:usual|maximum|max|recommended|standard|starting|typical|adult|pediatric) dos(?:e|age|ing) (?:of|for)\b/,
  /\bwhat (?:does|do) (?:a |an |the )?(?:(?:high|low|elevated|normal|abnormal) )?‹[ocdkpv]\d+›(?: level| test)? (?:mean|do|measure|treat|indicate|cause|show)\b/,
  /\bhow (?:does|do) (?:a |an |the )?‹[dkcpv]\d+› (?:work|spread|happen|develop)\b/,
  /\bwhat (?:causes|cause|are the (?:symptoms|signs|causes|complications|stages|types|risk factors)|is the (?:definition|treatment|mechanism|pathogenesis))\b/,
  /\b(?:symptoms|signs|complications|stages|treatment|management|definition|causes) of (?:a |an )?‹c\d+›/,
  /^(?:please )?(?:define|explain what)\b/,
  /\bmeaning of\b|\bin general\b|\bhow (?:common|prevalent|serious|dangerous|contagious) is\b|\bis ‹c\d+› (?:contagious|hereditary|genetic|curable|dangerous|serious|fatal)\b/,
];
/** "Which drugs were stopped because of side effects": why this patient's drugs ended stands in the record. */
const STOPPED_FOR =
  /\b(?:stopp?ed|discontinued|withdrawn|quit|taken off|came off|switched|changed)\b.*\b(?:because of|due to|for|over|from|after) (?:the |an? |any |some |bad |adverse |its |their )*(?:side|adverse) effects?\b/;
/** No patient in it: a definition is asked for. */
const DEFINITION =
  /^(?:so |and |please )?what (?:is|are) (?:a |an )?‹[dkcpv]\d+›[?.! ]*$|^how (?:is|are) ‹c\d+› (?:treated|diagnosed|managed|caught|transmitted)\b|^what (?:is|are) (?:a |an |the )?(?:normal|healthy|typical|good|ideal)(?: range| value| level)?s?(?: for| of)?(?: a| an)? ‹o\d+›(?: level| range| value)?s?[?.! ]*$/;
const ABOUT_PATIENT =
  /\b(?:she|he|her|his|him|hers|they|their|them|patient|patients|this (?:patient|person|man|woman|lady|guy|gentleman|boy|girl|child|kid|baby|infant|one)|my|me|i|the (?:record|chart))\b|‹n\d+›/;
const OTHERS =
  /\b(?:another|other|different|next|all|these|those|our|how many|which|list of|every|any other|each) patients?\b|\bpatients (?:who|with|that|on|in)\b|\b(?:another|different|other|someone else's|somebody else's) (?:patient|person|chart|record)\b|\bpatient (?:#|no\.? ?|number |id |in (?:room|bed) )\w+|\bmrn\b ?#?:? ?\d+|\bpatient \d{3,}/i;
const DISEASE_NOUN =
  /^\s*(?:disease|syndrome|sign|palsy|thyroiditis|esophagus|oesophagus|contracture|phenomenon|lymphoma|sarcoma|test|criteria|score|disorder|tumou?r|anemia|anaemia|fracture|chorea|paralysis|granulomatosis|arteritis|elbow|foot|lake)\b/i;

/** Names that are everyday words too count where a person stands. */
const FIRST_NAMES = new Set(
  `james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua
  kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin
  samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy
  walter christian keith roger terry harry sean austin gerald carl arthur lawrence dylan jesse jordan bryan billy joe bruce gabriel logan albert
  willie alan juan wayne elijah randy roy vincent ralph eugene russell bobby mason philip louis bob bill tom jim mike dave steve dan matt tony mary
  patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol
  amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha
  katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan
  evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy
  sophia denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori jane kate sue
  mohammed ahmed ali fatima carlos luis jorge miguel pedro ana sofia lucia hans ivan olga wei ming chen raj priya`.split(/\s+/),
);

const fold = (word: string): string => word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Somebody whom the record names: a clinician, a contact, a place. */
function isInRecord(word: string, chart: Chart): boolean {
  const parts = (text: string | undefined): readonly string[] =>
    fold(text ?? '')
      .replace(/\d+/g, '')
      .split(/[^\p{L}]+/u);
  return chart.facts.some(
    (fact) =>
      (fact.people ?? []).some((name) => parts(name).includes(word)) ||
      parts(fact.organization).includes(word) ||
      (fact.kind === 'patient' && Object.values(fact.details ?? {}).some((text) => parts(text).includes(word))),
  );
}

/** A person of another name: "What is John Smith's potassium?", "is Bob on aspirin?". */
function otherPerson(reading: Reading, chart: Chart, mask: string): string | undefined {
  const own = ownNames(chart);
  const { text } = reading;
  const pronoun = /\b(?:she|he|her|his|him|their|they|the patient|this patient)\b|‹n\d+›/.test(mask);
  const shouting = text === text.toUpperCase();
  for (const [index, item] of reading.items.entries()) {
    if (item.type !== 'unknown') continue;
    const before = text.slice(0, item.start);
    const after = text.slice(item.end);
    if (
      /\b(?:dr|doctor|doc|nurse|prof|professor|by|np|pa|rn|with|from)\.? $/i.test(before) &&
      /\b(?:dr|doctor|doc|nurse|prof|professor)\.? $/i.test(before)
    )
      continue;
    const title = /\b(?:mr|mrs|ms|miss|mx|patient) $/i.test(before);
    const capitals = !shouting && item.words.length <= 3 && item.text.split(/\s+/).every((word) => /^\p{Lu}/u.test(word));
    const givenNames = item.text
      .split(/[\s']+/)
      .map(fold)
      .filter((word) => word.length > 3 && isGivenName(word) && !own.has(word) && !isClinicalWord(word, chart));
    const known = givenNames.length > 0 || item.words.some((word) => FIRST_NAMES.has(word));
    const possessive = /'s?$/i.test(item.text) && !DISEASE_NOUN.test(after);
    const next = reading.items[index + 1];
    const owns = possessive && (next !== undefined || /^\s*\w/.test(after));
    const previous = reading.items[index - 1];
    const ownPart = previous?.type === 'self' && /^\s*$/.test(text.slice(previous.end, item.start));
    const beforeOwn = next?.type === 'self' && /^\s*$/.test(text.slice(item.end, next.start));
    if ((ownPart || beforeOwn) && capitals) return clean(item);
    if (own.has(item.words[0] ?? '')) continue;
    // "Zorbl: last Hb".
    if (
      item.start === 0 &&
      /^:/.test(after) &&
      item.words.length <= 2 &&
      !item.words.some((word) => isCommonWord(word) && !isGivenName(word))
    )
      return clean(item);
    const placed = /\b(?:in|at|near|dr|doctor|nurse|prof|professor|by|with) $/i.test(before);
    if (givenNames.length > 0 && !placed && !DISEASE_NOUN.test(after) && !givenNames.some((word) => isInRecord(word, chart)))
      return clean(item);
    // "Does zorbl take insulin": whatever stands where a person stands.
    if (
      item.words.length <= 2 &&
      !pronoun &&
      !item.words.some((word) => (isCommonWord(word) && !isGivenName(word)) || isClinicalWord(word, chart) || SPECIALTY.test(word)) &&
      /^(?:(?:so|and|ok|okay|hi|hey|please|now)[, ]+)*(?:does|did|is|has|was|how (?:does|is|did|has)|when did|why (?:is|does|did)|what (?:is|does|did)) $/i.test(
        before,
      ) &&
      /^ (?:have|has|had|take|takes|taking|on|get|got|use|uses|using|need|smoke|smokes|drink|drinks|suffer|still (?:on|taking|have)|ever|been|do|doing|allergic to|diabetic|pregnant)\b(?! (?:file|record|chart))/i.test(
        after,
      )
    )
      return clean(item);
    if (title && (capitals || possessive || known || !/\bpatient $/i.test(before))) return clean(item);
    if (owns && (capitals || known || item.words.length <= 2)) return clean(item);
    if (pronoun) continue;
    const subject =
      /^(?:\W*(?:is|does|did|has|was|had|can|will|how is|how are|when (?:did|was|is)|why (?:is|was|did|does)|what (?:is|was|does|did|has)|tell me about|summarize|summarise|about|show me|and|what about|how about) )$/i.test(
        before.replace(/\b(?:please|so|ok|okay|hi|hey|and)[, ]+/gi, '').trimStart(),
      );
    const about = /\b(?:for|of|about|on|regarding|is|does|did|has|was) $/i.test(before);
    if (known && (subject || about || capitals)) return clean(item);
    if (
      item.words.length === 2 &&
      subject &&
      /^\s+(?:on|taking|have|has|had|still|allergic|ever|been|get|got|take|need|smoke|drink|doing|up)\b/i.test(after)
    )
      return clean(item);
    const verbBefore = /\b(?:is|are|was|were|does|did|do|has|have|had) $/i.test(before);
    const verbAfter =
      /^\s+(?:on|tak(?:e|es|ing)|taken|have|having|had|get|getting|see|seen|use|using|prescribed|diagnosed|receive[ds]?|weigh|due)\b/i.test(
        after,
      );
    if (item.words.length === 2 && verbBefore && verbAfter) return clean(item);
    if (capitals && item.words.length === 2 && about) return clean(item);
    if (
      capitals &&
      subject &&
      item.words.length <= 2 &&
      /^\s+(?:on|taking|have|has|had|still|allergic|diabetic|ever|been|get|got|take|need|smoke|drink|doing|pregnant|insured|up)\b/i.test(
        after,
      )
    )
      return clean(item);
  }
  return undefined;
}

const clean = (item: Unknown): string => item.text.replace(/'s?$/i, '');

/** What is not a question to this patient's record. `undefined`: go on. */
export function gate(reading: Reading, chart: Chart): Declined | undefined {
  const { text } = reading;
  if (!/[\p{L}\p{N}]/u.test(text)) return { reason: 'empty', text };
  if (CLOSING.test(text)) return { reason: 'closing', text };
  if (GREETING.test(text)) return { reason: 'greeting', text };
  if (INSTRUCTION.test(text)) return { reason: 'instruction', text };
  const mask = masked(reading, 0, reading.text.length, true);
  const named = reading.items.some((item) => item.type === 'named' && item.kind !== 'section');
  const aboutPatient = ABOUT_PATIENT.test(mask);
  if (OTHERS.test(text)) return { reason: 'other-patient', text, other: OTHERS.exec(text)![0] };
  const titled = /\b(mr|mister|sir|mrs|ms|miss|madam)\b(?=\.? ?(?:‹n|\p{L}))/iu.exec(text)?.[1]?.toLowerCase();
  const gender = chart.patient.gender;
  if (
    reading.items.some((item) => item.type === 'self') &&
    ((gender === 'female' && /^(?:mr|mister)$/.test(titled ?? '')) || (gender === 'male' && /^(?:mrs|ms|miss)$/.test(titled ?? '')))
  )
    return { reason: 'other-patient', text, other: `a ${titled} of that name` };
  const other = OFF_TOPIC.test(text) && !named ? undefined : otherPerson(reading, chart, mask);
  if (other) return { reason: 'other-patient', text, other };
  const relative = new RegExp(
    `(?:(?<!\\w)(?:my|his|her|their|your|the patient's|patient's|‹n\\d+›(?:'s)?|the) |^\\W*(?:(?:is|are|does|do|did|has|have|was|were|any) )?)(?:own |late |older |younger |other |oldest |youngest )?(${RELATIVES})('s|s)?\\b`,
  ).exec(mask);
  if (
    relative &&
    !asksFamily(mask) &&
    !asksKin(mask) &&
    !asksContact(mask) &&
    (reading.items.some((item) => item.type === 'named') ||
      relative[2] ||
      /^\W*\S+ \w+\W*$/.test(mask) ||
      /\bhow (?:is|are)\b/.test(mask)) &&
    !/\b(?:contact|next of kin|emergency|live|lives|living|married|names? of)\b/.test(mask)
  )
    return { reason: 'other-patient', text, other: relative[1]! };
  // "Is anybody in her family on insulin": a family history tells of illnesses, and the patient's own drugs and results are another's.
  if (
    namesFamily(mask) &&
    !asksFamily(mask) &&
    /‹[odkvp]\d+›/.test(mask) &&
    !/\b(?:and|or|also|plus)\b|[;,?](?=.)|:family-history›/.test(mask)
  )
    return { reason: 'other-patient', text, other: 'somebody in the family' };
  if (OFF_TOPIC.test(text) && !named) return { reason: 'not-clinical', text };
  const top = TOP_THREE.test(mask);
  const plain = mask.replace(/^[^\w‹]+/, '');
  if (!top && (GIVE.test(plain) || WRITE.test(plain)) && !READ_AFTER_ALL.test(plain)) return { reason: 'write', text };
  if (
    !top &&
    ADVICE.some((pattern) => pattern.test(mask)) &&
    !/\b(?:record|chart|noted|documented|recorded)\b/.test(mask) &&
    !isDueQuestion(mask) &&
    !asksContact(mask) &&
    !asksOrder(mask, chart, reading) &&
    !asksBooked(mask, chart, reading)
  )
    return { reason: 'advice', text };
  if ((KNOWLEDGE.some((pattern) => pattern.test(mask)) && !STOPPED_FOR.test(mask)) || (!aboutPatient && DEFINITION.test(mask)))
    return { reason: 'knowledge', text };
  return undefined;
}

/** "When will she be induced", of what is booked: its appointment says so. */
const asksBooked = (mask: string, chart: Chart, reading: Reading): boolean =>
  /\bwhen will (?:s?he|they|the patient|‹n\d+›) (?:be|get|have)\b/.test(mask) &&
  reading.items.some((item) => item.type === 'named' && item.kind === 'procedure' && isBooked(item.concepts, chart));

/** "How often can she use albuterol", of a drug that the record orders: its order says so. "Can she have amoxicillin" stays a decision. */
function asksOrder(mask: string, chart: Chart, reading: Reading): boolean {
  const asked =
    /\bhow (?:often|much|many)\b.*\b(?:can|may|could|is|are) (?:s?he|they|the patient|‹n\d+›)\b/.test(mask) ||
    /\baccording to (?:the |her |his )?(?:order|prescription|label|instructions?)\b/.test(mask);
  return (
    asked &&
    reading.items.some(
      (item) =>
        item.type === 'named' &&
        item.kind === 'drug' &&
        chart.facts.some((fact) => fact.kind === 'medication' && isActive(fact, chart.asOf) && isOf(fact, item.concepts, chart)),
    )
  );
}

/** "Should he get a flu shot", "does she need a mammogram": asks what is due, which the record may state. */
export function isDueQuestion(mask: string): boolean {
  return (
    /\b(?:need|needs|should|due(?! date or)|require|requires)\b.*(?:‹[vp]\d+›|‹x\d+:(?:immunizations|appointments|procedures|imaging)›)/.test(
      mask,
    ) &&
    !/\b(?:can|could|safe|treat|give|start|prescribe|surgery)\b/.test(mask) &&
    !/\bshould (?:i|we|you)\b/.test(mask) &&
    !/\bdid (?:it|this|that|s?he|they|‹[^›]+›) (?:need|require)\b/.test(mask)
  );
}
