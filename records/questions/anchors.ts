import type { Chart, FactKind } from '../contract.ts';
import type { Anchor, Premise, QuestionTime, VisitClass } from './contract.ts';
import type { Item, Named, Reading, TimeItem } from './items.ts';
import { cue, itemIndex } from './reading.ts';
import { KINDS_OF, sectionOf } from './sections.ts';
import { toldApart } from './visit-types.ts';

/** What a clause says about time, with the words for it taken out of the mask. */
export interface TimeReading {
  readonly mask: string;
  readonly time?: QuestionTime;
  /** "than in 2018", "compared with her last visit". */
  readonly compare?: QuestionTime;
  readonly premises: readonly Premise[];
  /** The visit named by the anchor, where nothing else is asked about. */
  readonly anchorItems: readonly Item[];
  /** Times that found no place in the reading. */
  readonly dropped: readonly string[];
}

const DET = "(?:the |her |his |their |my |a |an |this |that |our |patient's |‹n\\d+›(?:'s)? )?";
const ADJ =
  "(?:(?:last|latest|most recent|recent|first|previous|prior|next|initial|earliest|upcoming|very first|very last|{T}|in-?person|virtual|video|phone|telephone|home|urgent care|last but {Q}|penultimate|second[- ](?:to[- ])?last|annual|yearly|routine|prenatal|wellness|well|follow-?up|emergency|hospital|clinic|office|inpatient|outpatient|er|ed|telehealth|doctor's|medical|same) )*";
const VISIT =
  '(?:{X:visits|hospitalizations|er-visits|appointments}(?: (?:visit|stay|admission|appointment)s?)?|visit|appointment|admission|encounter|check-?up|physical(?: exam)?|exam|consultation|consult|office visit|hospital stay|trip to the (?:er|ed|hospital))';
const PREP = '(since|after|before|prior to|following|during|until|till|while|at|on|in|from|as of|around|at the time of|upon|by)';
const WHO = '(?:he|she|they|it|patient|the patient|this patient|pt|i|‹n\\d+›)';

const VISIT_ANCHOR = cue(
  `(?<![\\w‹])${PREP} (?:the (?:time|day|date) of )?${DET}${ADJ}${VISIT}(?: (?:of|on|in|from|dated|for)? ?{T})?(?: before (?:the |her |his )?last(?: (?:one|visit))?| but {Q})?(?: to the (?:er|ed|emergency room|hospital|clinic|doctor|office))?`,
);
/** "During the 2022 admission", where the time has taken the preposition. */
const TIMED_VISIT = cue(`{T} ${ADJ}${VISIT}`);
const BARE_VISIT = cue(`(?:,| ) ?${DET}(?:last|latest|most recent|first|previous|prior) ${ADJ}${VISIT}(?= *[?.!]*$)`);
const LAST_SEEN = cue(
  `(?:(?:since|after|before|until) )?(?:the |my |our )?(?:last|first|previous) time (?:that )?(?:we|${WHO.replace('they|it|', 'they|').slice(3)} (?:was|were|came|visited|went|had been|saw)(?: (?:him|her|them|‹n\\d+›))?(?: ‹x\\d+:(?:visits|hospitalizations|er-visits)›| seen| in| here| to| admitted)*(?: (?:to|at|by|in|into)? ?(?:the |a )?(?:clinic|office|hospital|doctor|physician|er|ed|‹x\\d+:[\\w-]+›))?(?:,? ?(?:on |in )?{T})?`,
);
const SEEN = cue(
  `(?<![\\w‹])(since|after|before|when|while|until|during|from when) ${WHO} (?:was|were|got|has been|had been|is) (?:last |first |most recently |recently )?(?:{X:hospitalizations|er-visits|visits}|admitted|seen|hospitali[sz]ed|in (?:the )?(?:hospital|er|ed|clinic)|here|discharged)(?: (?:in|on|at|for)? ?{T})?`,
);

/** "Weight at discharge", "since discharge": the end of a stay. */
const DISCHARGE = cue(
  `(?<![\\w‹])(since|after|before|at|on|upon|until|by|from|following) (?:the |her |his |their |(?:time|day|date) of |last |latest |first |hospital |(?:his |her )?{T} )*discharge\\b(?! (?:summary|letter|note|papers|diagnos\\w*|med\\w*|planning|instructions))(?: from (?:the )?(?:hospital|ward|{X:hospitalizations}))?(?: ?(?:in|on|of)? ?{T})?`,
);

/** "When she came to emergency", "when he went to hospital". */
const CAME = cue(
  `(?<![\\w‹])(since|after|before|when|while|until) ${WHO} (?:came(?: in)?|went(?: in)?|got|was brought(?: in)?|was taken|presented|attended|turned up|landed|ended up)(?: (?:to|at|in|into))? ?(?:the |her |his )?(?:{X:er-visits|hospitalizations}|emergency(?: room| department)?|ed|er|a&e|casualty|hospital)(?: (?:in|on|at)? ?{T})?`,
);

const START =
  '(?:(?:has |have |had |was |were |is |been |being |got |first )*(?:start(?:ed|s)?(?: on| taking| using| to take)?|began(?: taking| using)?|begun|went on|put on|placed on|prescribed|initiated(?: on)?|commenced|been on|taking|been taking|takes|took|using|is on|was on|on|got on))';
const STOP =
  '(?:(?:has |have |had |was |were |is |been |being |got )*(?:stopp?(?:ed|s)?(?: taking| using)?|quit|came off|gone off|went off|discontinued|taken off|off|finished|completed|weaned off|no longer (?:takes|taking|on|uses|using)))';
const GOT =
  '(?:(?:has |have |had |was |were |is |been |being |became |got )*(?:diagnosed (?:with|as)|found to have|developed|suffered(?: from)?|contracted|came down with|broke|underwent|received|getting|had|has|have|got|was|is|became|been))';
const CLAUSE = cue(
  `(?<![\\w‹])(since|after|before|when|while|until|once|now that|given that|because|even though|although|as soon as|from when|ever since) ${WHO} (?:(?<start>${START})|(?<stop>${STOP})|(?<got>${GOT})) ${DET}(?:first |last |second |left |right |initially |recently )*(?<thing>{MU}|{X:surgeries|medications})(?: ?(?:in |on |of )?(?<when>{T}))?`,
);
/** "When she broke her hip", where the verb is part of the name. */
const OWN = cue(`(?<![\\w‹])(since|after|before|when|until) ${WHO} (?<thing>{C})(?: ?(?:in |on )?(?<when>{T}))?`);
const GERUND = cue(
  `(?<![\\w‹])(since|after|before|prior to|following|upon|from|ever since) (?:(?<start>(?:starting|beginning|going|being (?:started|put|placed|prescribed)|taking|using|initiating|initiation of|starting treatment with)(?: on| taking| using)?)|(?<stop>(?:stopping|quitting|discontinuing|coming off|going off|finishing|completing|being taken off|discontinuation of|stopping taking)(?: taking| using)?)|(?<got>(?:being diagnosed with|having|getting|receiving|undergoing|developing|suffering|breaking|being told she had))) ${DET}(?:first |last |second |left |right )*(?<thing>{MU})`,
);
const DONE =
  'diagnosed|found|discovered|detected|identified|noted|recognised|recognized|recorded|documented|charted|listed|entered|registered|logged|reported|written down|put (?:down|on (?:the|her|his|their) (?:chart|list|record))|picked up|started|begun|began|initiated|prescribed|ordered|added|stopped|discontinued|ended|resolved|done|performed|given|administered|removed|placed|inserted|fitted|measured|confirmed|made';
/** Of an entry by name: "the penicillin allergy", "her allergy to latex". */
const ALLERGY_TO = '(?<allergyTo>(?:{X:allergies}|allerg(?:y|ies)|intolerance|hypersensitivity|reaction) (?:to|against) (?:the )?)?';
const ALLERGIES: FactKind[] = ['allergy'];
const ALLERGY_AFTER = '(?<allergy> (?:{X:allergies}|allerg(?:y|ies)|intolerance|hypersensitivity))?';
/** When something was written down, which may be long after it began. */
const WRITTEN = /\b(?:recorded|noted|documented|charted|listed|entered|registered|logged|written down|put (?:down|on)|added)\b/;
/** "When CHD was diagnosed", "the day the clopidogrel was started". */
const PASSIVE = cue(
  `(?<![\\w‹])(since|after|before|when|while|until|once|as soon as|by the time|(?:on |at |around |from |since |until )?(?:the|that) (?:very )?(?:day|time|date|visit|moment)(?: that| when)?) ${DET}(?:(?:initial|first|last|latest|most recent|left|right) )*${ALLERGY_TO}(?<thing>{MU}|{X:surgeries})${ALLERGY_AFTER}(?: diagnosis| treatment| therapy)? (?:(?:was|were|got|is|had been|has been|being) )?(?:first |initially |newly |last )?(?<done>${DONE})(?: ?(?:in |on )?(?<when>{T}))?`,
);
const NOUN = cue(
  `(?<![\\w‹])(ever since|since|after|before|prior to|following|during|until|post|at the time of|around the time of|(?:on )?the (?:day|date) of|on the same day as|at the same time as|at(?= (?:the |her |his )?(?:start|initiation|beginning|introduction|onset|diagnosis|discontinuation|stopping|end|cessation|completion) of |(?: (?:the|her|his|last|first|latest|most recent))* ‹[pv])|in(?= (?:the |her |his |last |first |second |third |current |this )*‹c)) ${DET}(?:(?:initial|first|last|latest|most recent|recent|previous|left|right|second|original|big) )*(?:(?<start>(?:start|initiation|beginning|introduction|onset|diagnosis|first dose) of )|(?<stop>(?:discontinuation|stopping|end|cessation|completion) of ))?${DET}${ALLERGY_TO}(?<thing>{MU}|{X:surgeries})${ALLERGY_AFTER}(?<after> (?:was |were )?(?:diagnos(?:is|ed)|surgery|operation|procedure|treatment|therapy|episode|admission|initiation|start(?:ed)?|attack|event|began|initiated|prescribed|done|placed|given|repair|removal)| (?:was |were )?(?:stopped|discontinued|ended))?(?: ?(?:in |on |of )?(?<when>{T}))?`,
);

/** "How was it when he was admitted", "and at discharge?": of what was asked about before. */
const ON_FROM_BEFORE = /\b(?:it|that|this|they|those|them)\b|^\W*(?:and|what about|how about|but)(?: (?:what about|how about))?\W*$/;

/** A measured value, a drug, a vaccine or a procedure with the kind of visit that it was at. */
const AT_VISIT = /(?<=‹[odpv]\d+›[^?.;,]*)(‹x\d+:(?:er-visits|hospitalizations)›)(?: (?:visit|stay|admission)\b)?/;

/** Asks for what a visit brought, though it names nothing. */
const DONE_AT =
  /\bwhat (?:was|were|is|did|had) (?:s?he|they|the patient|‹n\d+›) (?:on|taking|take|been (?:on|taking)|sent home (?:on|with))\b|\b(?:measured|checked|prescribed|diagnosed|ordered|performed|given|tested|started|stopped|vaccinated|found|recorded|weigh\w*|labs?|lab ?work|tests|results|vaccines|procedures|blood ?work|bloods)\b/;

const COMPARE_BEFORE =
  /(?:\bthan|\bcompared? (?:to|with|against)|\bvs|\bversus|\brelative to|\bup from|\bdown from|\bdifferent from|\bcomparison (?:to|with)|(?<=‹o\d+›.*)\b(?:above|below|over|under)(?: the| her| his)?)(?: (?:it|they|that|this|he|she|what it|those) (?:was|were|had been|did|weighed)| that| those| what it was| the (?:one|value|level|result|reading)s?| where it was| back)?\s*$/;

function relation(word: string): QuestionTime['relation'] {
  switch (word) {
    case 'since':
    case 'ever since':
    case 'from':
    case 'from when':
      return 'since';
    case 'after':
    case 'following':
    case 'upon':
    case 'once':
    case 'post':
    case 'as soon as':
      return 'after';
    case 'before':
    case 'prior to':
      return 'before';
    case 'until':
    case 'till':
      return 'until';
    default:
      return 'in';
  }
}

function which(text: string): Anchor['which'] {
  if (/\b(?:first|initial|earliest)\b/.test(text)) return 'first';
  if (/\b(?:next|upcoming)\b/.test(text)) return 'next';
  if (/\b(?:previous|prior (?!to)|before (?:the |her |his )?last|second[- ](?:to[- ])?last|penultimate)\b|\bbut ‹q/.test(text))
    return 'previous';
  return 'last';
}

export function visitClassOf(text: string): VisitClass | undefined {
  if (/:er-visits›|\b(?:er|ed|emergency)\b/.test(text)) return 'emergency';
  if (/:hospitalizations›|\b(?:hospital|admission|admitted|hospitali[sz]\w+|inpatient|discharged?)\b/.test(text)) return 'inpatient';
  if (/\b(?:virtual|telehealth|telemedicine|video|phone|telephone)\b/.test(text)) return 'virtual';
  if (/\b(?:annual|yearly|wellness|well|check[- ]?ups?|physical|routine)\b/.test(text)) return 'wellness';
  if (/\burgent care\b/.test(text)) return 'urgent-care';
  if (/\bhome visit/.test(text)) return 'home';
  return undefined;
}

const itemsIn = (text: string, reading: Reading): Item[] =>
  [...text.matchAll(/‹[^›]+›/g)].flatMap((match) => reading.items[itemIndex(match[0])] ?? []);

/** The text behind the mask, for telling what an event was called. */
export function unmask(text: string, reading: Reading): string {
  return text
    .replace(/‹[^›]+›/g, (placeholder) => reading.items[itemIndex(placeholder)]?.text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const kindsOfNamed = (item: Named): FactKind[] =>
  item.kind === 'section' ? [...(sectionOf(item.concepts[0])?.kinds ?? [])] : [...KINDS_OF[item.kind]];

/** Age words as days of this patient's life. */
function ageWindow(text: string, age: number, chart: Chart): { from?: string; to?: string } | undefined {
  const birth = chart.patient.birthDate;
  if (!birth || !/^\d{4}-\d{2}-\d{2}/.test(birth)) return undefined;
  const on = (years: number): string => `${String(Number(birth.slice(0, 4)) + years).padStart(4, '0')}${birth.slice(4, 10)}`;
  if (/before|under|younger|by/.test(text)) return { to: on(age) };
  if (/after|since|from|over|past/.test(text)) return { from: on(age) };
  return { from: on(age), to: on(age + 1) };
}

const AGE = cue(
  `(?<![\\w‹])(?:when ${WHO} was|at (?:the )?(?:age(?: of)? )?|aged?|by (?:the )?age(?: of)?|before (?:the )?age(?: of)?|after (?:the )?age(?: of)?|since (?:the )?age(?: of)?) ?(?:about |around )?(?<age>{Q})(?: years?(?: old| of age)?)?`,
);
const CHILD =
  /\b(?:as a|when (?:he|she|they) was a|in|during) (?:his |her |their )?(child(?:hood)?|kid|bab(?:y|yhood)|infan(?:t|cy)|teenager|teens?|adolescen(?:t|ce))\b/;

/** Reads times and the events that times refer to, out of a clause's mask. */
export function readTimes(source: string, reading: Reading, chart: Chart): TimeReading {
  let mask = source;
  let time: QuestionTime | undefined;
  let compare: QuestionTime | undefined;
  const premises: Premise[] = [];
  const anchorItems: Item[] = [];
  const dropped: string[] = [];

  const take = (match: RegExpExecArray, anchor: Anchor | undefined, word: string): void => {
    const before = mask.slice(0, match.index);
    const asTime: QuestionTime | undefined = anchor ? { text: unmask(match[0], reading), relation: relation(word), anchor } : undefined;
    const comparing = COMPARE_BEFORE.exec(before);
    if (asTime && comparing) {
      compare ??= asTime;
      mask = `${before.slice(0, comparing.index)} ${mask.slice(match.index + match[0].length)}`;
    } else {
      if (asTime && time) dropped.push(asTime.text);
      if (asTime) time ??= asTime;
      mask = `${before} ${mask.slice(match.index + match[0].length)}`;
    }
    anchorItems.push(...itemsIn(match[0], reading));
  };

  // "Sats in the ED": the words that name the visit hold their own preposition.
  const place = AT_VISIT.exec(mask);
  const stay = place ? reading.items[itemIndex(place[1]!)] : undefined;
  if (place && stay && /^(?:in|at|during|from|on)\b/i.test(stay.text) && !/\b(?:how many|how often|any|number of)\b/.test(mask)) {
    const visitClass = visitClassOf(place[0]);
    take(
      place,
      {
        kinds: ['visit'],
        concepts: [],
        which: which(place[0]),
        edge: 'span',
        text: nameOfVisit(place[0], reading),
        ...(visitClass ? { visitClass } : {}),
      },
      'at',
    );
  }
  // Events: visits first, then what the patient did or had.
  for (let round = 0; round < 2; round += 1) {
    const seen =
      SEEN.exec(mask) ??
      CAME.exec(mask) ??
      DISCHARGE.exec(mask) ??
      VISIT_ANCHOR.exec(mask) ??
      (hasContent(mask) ? TIMED_VISIT.exec(mask) : null) ??
      LAST_SEEN.exec(mask) ??
      (hasContent(mask.replace(BARE_VISIT, '')) ? notNewest(BARE_VISIT.exec(mask)) : null);
    if (!seen || isInterrogativeWhen(mask, seen)) break;
    const rest = `${mask.slice(0, seen.index)} ${mask.slice(seen.index + seen[0].length)}`;
    const fixes = /^\s*(?:since|after|before|prior to|following|until|till|from)\b/.test(seen[0]);
    // "Was he seen in the ER": the visit itself is asked about.
    if (!fixes && !hasContent(rest) && !DONE_AT.test(rest) && !ON_FROM_BEFORE.test(rest)) break;
    const within = itemsIn(seen[0], reading).find((item): item is TimeItem => item.type === 'time');
    const said = `${seen[0]} ${unmask(seen[0], reading)}`;
    const visitClass = toldApart(visitClassOf(said), said, chart);
    const words = itemsIn(seen[0], reading).flatMap((item) => (item.type === 'named' ? (item.words ?? []) : []));
    const word =
      /^(?:since|after|before|prior to|following|during|until|till|from)/.exec(
        /^‹t/.test(seen[0]) ? (within?.text.toLowerCase() ?? '') : seen[0].trim(),
      )?.[0] ?? 'at';
    const edge = /discharged?\b/.test(seen[0]) ? 'end' : 'span';
    take(
      seen,
      {
        kinds: which(seen[0]) === 'next' ? ['visit', 'appointment'] : ['visit'],
        concepts: [],
        which: which(seen[0]),
        edge,
        text: `${/discharge\b/.test(seen[0]) ? 'discharge, ' : ''}${words.length > 0 ? unmask(seen[0], reading).replace(LEAD, '') : nameOfVisit(said, reading, visitClass)}`,
        ...(words.length > 0 ? { words } : visitClass ? { visitClass } : {}),
        ...(within?.from ? { from: within.from } : {}),
        ...(within?.to ? { to: within.to } : {}),
      },
      word === 'from' ? 'at' : word,
    );
  }
  for (const pattern of /\bwhat happen(?:s|ed) (?:when|if)\b/.test(mask) ? [] : [PASSIVE, CLAUSE, OWN, GERUND, NOUN]) {
    const match = pattern.exec(mask);
    if (!match || isInterrogativeWhen(mask, match)) continue;
    // "When CHD was diagnosed" alone asks for that date.
    if (pattern === PASSIVE && !`${mask.slice(0, match.index)}${mask.slice(match.index + match[0].length)}`.includes('‹')) continue;
    const groups = match.groups ?? {};
    const item = reading.items[itemIndex(groups.thing ?? '')];
    if (!item || (item.type !== 'named' && item.type !== 'unknown')) continue;
    const told = `${groups.after ?? ''} ${groups.done ?? ''}`;
    const within = groups.when ? reading.items[itemIndex(groups.when)] : undefined;
    const started = groups.start !== undefined || /\b(?:start|initiat|beg[au]n|prescribed|added)/.test(told);
    const stopped = groups.stop !== undefined || /\b(?:stopped|discontinued|ended|resolved)/.test(told);
    const newest = /\b(?:last|latest|most recent)\b/.test(match[0]);
    const causal =
      /^(?:now that|given that|because|even though|although)$/.test(match[1] ?? '') ||
      (match[1] === 'since' && /\b(?:is|has) (?:‹|a |an )/.test(match[0]) && !/\b(?:been|had)\b/.test(match[0]));
    const allergic = groups.allergy !== undefined || groups.allergyTo !== undefined;
    const thing = {
      kinds: allergic ? ALLERGIES : item.type === 'named' ? kindsOfNamed(item) : [],
      concepts: item.type === 'named' && item.kind !== 'section' ? [...item.concepts] : [],
      ...(item.type === 'unknown' ? { words: [...item.words] } : {}),
    };
    const name = `${item.type === 'named' ? item.name : item.text}${allergic ? ' allergy' : ''}`;
    const drug = !allergic && item.type === 'named' && (item.kind === 'drug' || item.kind === 'drug-class' || item.kind === 'section');
    premises.push({
      ...thing,
      name,
      text: unmask(match[0], reading),
      state: stopped ? 'stopped' : causal ? 'active' : started ? 'started' : 'present',
    });
    take(
      match,
      causal
        ? undefined
        : {
            ...thing,
            which:
              !newest &&
              (started ||
                /\b(?:diagnos|found|discovered|detected|identified|noted|onset)/.test(match[0]) ||
                WRITTEN.test(groups.done ?? '') ||
                (drug && !stopped))
                ? 'first'
                : which(match[0].replace(/^prior to/, '')),
            edge: stopped
              ? 'end'
              : !drug && WRITTEN.test(groups.done ?? '')
                ? 'recorded'
                : (/^(?:during|while|in|at the time of|around the time of)$/.test(match[1] ?? '') ||
                      (match[1] === 'when' && !groups.done && !started)) &&
                    !/ diagnos/.test(groups.after ?? '') &&
                    groups.start === undefined
                  ? 'span'
                  : 'start',
            ...(within?.type === 'time' && within.from ? { from: within.from } : {}),
            ...(within?.type === 'time' && within.to ? { to: within.to } : {}),
            text: stopped ? `stop of ${name}` : started ? `start of ${name}` : name,
          },
      (match[1] ?? 'since').replace(/^(since|until|from) the .*$/, '$1'),
    );
    break;
  }

  const age = AGE.exec(mask);
  const ageItem = age?.groups?.age ? reading.items[itemIndex(age.groups.age)] : undefined;
  if (
    age &&
    ageItem?.type === 'quantity' &&
    (ageItem.ucum === 'a' ||
      (ageItem.unit === undefined && (/\bage|when/.test(age[0]) || (/^at /.test(age[0]) && !/‹o\d+›/.test(mask) && !ageItem.worded)))) &&
    ageItem.value < 130
  ) {
    const window = ageWindow(age[0], ageItem.value, chart);
    if (window) {
      time ??= { text: unmask(age[0], reading), relation: 'in', ...window };
      mask = mask.replace(age[0], ' ');
    }
  }
  const child = CHILD.exec(mask);
  if (child && chart.patient.birthDate) {
    const [low, high] = /bab|infan/.test(child[1]!) ? [0, 2] : /teen|adolesc/.test(child[1]!) ? [13, 20] : [0, 13];
    const from = ageWindow('at', low, chart)?.from;
    const to = ageWindow('at', high, chart)?.from;
    if (from && to) {
      time ??= { text: child[0], relation: 'in', from, to };
      mask = mask.replace(child[0], ' ');
    }
  }

  // Calendar times.
  for (let match = cue('{T}').exec(mask); match; match = cue('{T}').exec(mask)) {
    const item = reading.items[itemIndex(match[0])];
    const before = mask.slice(0, match.index);
    const after = mask.slice(match.index + match[0].length);
    const comparing =
      COMPARE_BEFORE.exec(before) ??
      (item?.type === 'time' && /^(?:to|with)\b/i.test(item.text) ? /\b(?:compared?|comparison|relative)\s*$/.exec(before) : null);
    if (item?.type === 'time' && (item.from || item.to)) {
      const onward = opensTime(item, before, after);
      const as: QuestionTime = {
        text: item.text,
        relation: onward ? 'since' : item.relation,
        ...(item.from ? { from: item.from } : comparing && item.to ? { from: startOf(item.to, item.precision) } : {}),
        ...(item.to && !onward ? { to: item.to } : {}),
        ...(item.fuzzyDays ? { fuzzyDays: item.fuzzyDays } : {}),
      };
      const now = /^(?:today|now|right now|currently|at present|at the moment|as of now|as of today|these days|nowadays|presently)$/i.test(
        item.text.trim(),
      );
      if (comparing && time && /\b(?:vs|versus|compared?)\b/.test(comparing[0]) && !time.anchor && (time.from ?? '') < (as.from ?? '')) {
        compare ??= time;
        time = as;
      } else if (comparing) compare ??= as;
      else if (now && !/\b(?:visit|seen|admitted|appointment)\b|:visits›|:appointments›/.test(mask)) mask = `${before} now ${after}`;
      else if (!time) time = as;
      else if (!compare && cue('(?:vs|versus|compared|and|to|with|or)\\s*$').test(before)) {
        // "2018 versus 2020": the earlier is the other side.
        const earlier = (time.from ?? '') <= (as.from ?? '') ? time : as;
        compare = earlier;
        time = earlier === time ? as : time;
      } else if (time.from !== as.from || time.to !== as.to) dropped.push(item.text);
      if (now && !comparing && !/\b(?:visit|seen|admitted|appointment)\b|:visits›|:appointments›/.test(`${before}${after}`)) continue;
    }
    mask = `${comparing ? before.slice(0, comparing.index) : before} ${item?.type === 'time' && opensTime(item, before, after) ? after.replace(TO_NOW, ' ') : after}`;
  }
  // "BP in 2021 versus now".
  if (
    time &&
    !compare &&
    /‹o\d+›/.test(mask) &&
    /\b(?:vs|versus|compared? (?:to|with)|than|and|until|to) (?:it is |they are )?(?:now|today|currently|(?:the |her |his )?(?:latest|most recent|current))\b/.test(
      mask,
    )
  ) {
    compare = time;
    time = undefined;
  }
  return {
    mask: mask.replace(/\s+/g, ' ').trim(),
    premises,
    anchorItems,
    dropped,
    ...(time ? { time } : {}),
    ...(compare ? { compare } : {}),
  };
}

/** Words that let a time run on to the newest. */
const TO_NOW =
  /^\W*(?:up |right )?(?:to|till|until|through) (?:the |her |his )?(?:(?:last|latest|most recent|newest)(?: (?:one|value|result|reading))?|now|today|present|date|end)\b/;

const COURSE_FROM = /\b(?:trend\w*|course|graph|plot|curve|chart|progress\w*|develop\w*|evolution|over time|timeline|chang\w*)\b/;

/** "Creatinine trend from 1996", "LDL from 1997": from then on, unless it is the one value "from 2017". */
const opensTime = (item: TimeItem, before: string, after: string): boolean =>
  item.relation === 'in' &&
  /^from\b/i.test(item.text) &&
  /^(?:year|month|day)$/.test(item.precision) &&
  (TO_NOW.test(after) || COURSE_FROM.test(`${before} ${after}`) || /^\W*(?:‹o\d+›(?: and |, | |\/)?)+\s*$/.test(before));

/** First day of the year, month or day that ends there. */
function startOf(to: string, precision: TimeItem['precision']): string {
  return precision === 'year' ? `${to.slice(0, 4)}-01-01` : precision === 'month' ? `${to.slice(0, 7)}-01` : to.slice(0, 10);
}

/** "When was she seen", "when did he start": asks for a time and gives none. */
function isInterrogativeWhen(mask: string, match: RegExpExecArray): boolean {
  return (
    /^when\b/.test(match[0]) &&
    /^\W*(?:and |so |since )?$/.test(mask.slice(0, match.index)) &&
    !/[,;]/.test(mask.slice(match.index + match[0].length)) &&
    /^when (?:is|was|were|did|does|has|had|are|will)\b/.test(match[0])
  );
}

/** "BP last visit" asks for the newest; "BP previous visit" for that visit. */
function notNewest(match: RegExpExecArray | null): RegExpExecArray | null {
  return match && /\b(?:last|latest|most recent)\b/.test(match[0]) ? null : match;
}

function hasContent(mask: string): boolean {
  return /‹[ocdkvpasu]\d+›|‹x\d+:(?!visits|appointments|hospitalizations|er-visits)[\w-]+›/.test(mask);
}

const LEAD =
  /^(?:since|after|before|prior to|following|during|until|till|while|at|on|in|from|as of|around|upon|by) (?:the |her |his |their )?/i;

function nameOfVisit(text: string, reading: Reading, kind = visitClassOf(text)): string {
  const order = which(text);
  const word =
    kind === 'inpatient'
      ? 'hospital admission'
      : kind === 'emergency'
        ? 'emergency visit'
        : kind === 'wellness' && /\bcheck/.test(text)
          ? 'check-up'
          : kind === 'wellness'
            ? 'wellness visit'
            : 'visit';
  const time = itemsIn(text, reading).find((item) => item.type === 'time');
  return `${order === 'last' && time ? '' : `${order} `}${word}${time ? ` ${time.text}` : ''}`;
}
