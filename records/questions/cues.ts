import type { Aspect, Question } from './contract.ts';
import { picksIn } from './picks.ts';
import { cue } from './reading.ts';

/** Words that speak for an aspect, over masked text. Weights add up; what the words are about adds its own (see `PRIORS`). */
const CUES: readonly (readonly [Aspect, number, RegExp])[] = [
  ['count', 5, /^\W*times ‹|\btotal (?:‹[xvp]|visits|encounters|number)/],
  [
    'reason',
    4.6,
    /\b(?:what|which) (?:conditions?|problems?|diagnos[ei]s|diseases?|illness|indications?|disorders?|‹x\d+:problems›).*‹[dk]\d+›/,
  ],
  ['latest', 3, /\b(?:latest|most recent(?:ly)?|newest|last|current|currently|recent|recently|up to date value)\b/],
  ['latest', 1, /\b(?:now|today|at present|right now)\b/],
  [
    'first',
    3.5,
    /\b(?:first|earliest|initial|initially|oldest|eldest|baseline|originally|very first|at the start|starting value|starting (?:weight|point)|start(?:ed)? (?:out|off)|begin at|began at)\b/,
  ],
  ['list', 1.5, /^(?:\W*(?:please |and |so |can you |could you |now )*)(?:list|show|display|enumerate|give)\b/],
  [
    'list',
    2.5,
    /\b(?:all|every|each|list|everything|any other|history|past|previous|values|readings|results|measurements|entire|complete|full|timeline|log)\b|‹o\d+› scores\b/,
  ],
  [
    'trend',
    4,
    /\b(?:trend\w*|over time|over the years|progress(?:ed|ing|ion)?|course|trajectory|evol(?:ved?|ution|ving)|track record|pattern|direction|which way|heading|headed|fluctuat\w*|plateau\w*|curve|graph|plot)\b/,
  ],
  [
    'trend',
    3.2,
    /\b(?:(?:been |be |is |are |has |have )?(?:going|gone|go|went|trending|creeping|coming|come|came) (?:up|down)|rising|falling|climbing|dropping|declining|increasing|decreasing|improving|worsening|deteriorating|improves?|worsens?|deteriorates?|(?:got|gotten) (?:better|worse|higher|lower)|rise|rises|fall|falls|climb|drop|increase|decrease|decline|getting (?:better|worse|higher|lower|heavier|lighter|bigger|smaller|taller)|improved|worsened|increased|decreased|declined|risen|dropped|stable|steady|stabili[sz]ed|fluctuating|better or worse|up or down|worse or better|better|worse)\b/,
  ],
  [
    'trend',
    1.6,
    /\bhow (?:has|have|had|did|is|are|was|were)\b.*\b(?:been|changed|doing|moved|looked|looking|developed|behaved|varied|over|done)\b/,
  ],
  ['trend', 4, /\bhow (?:did|has|have|does)\b.*\b(?:develop(?:ed)?|evolved?|go|gone|moved?|progress(?:ed)?|behaved?|fared?)\b/],
  ['trend', 2, /\b(?:under control|well controlled|controlled|control)\b/],
  [
    'change',
    4,
    /\b(?:change|changes|changed|differ|difference|gain(?:ed)?|lost|loss|lose|delta|by how much|how much (?:has|did|have|had|(?:was|were)(?!(?: \S+)? ‹o\d+›(?! (?:drop|fall|rise|increase|decrease)))|more|less|higher|lower|up|down|heavier|lighter)|put on weight|moved|how much (?:\w+ |‹o\d+› )?(?:has|have|had|did) (?:s?he|they|‹n\d+›|the patient) (?:put on|gain\w*|los\w*|drop\w*))\b/,
  ],
  [
    'range',
    5,
    /\b(?:(?<!reference |normal |ref |healthy |target |therapeutic |\bin |\bin the |within |of |outside |to )ranged?(?! of normal)|ranging|min(?:imum)? and max(?:imum)?|max(?:imum)? and min(?:imum)?|high(?:est)? and low(?:est)?|low(?:est)? and high(?:est)?|highs and lows|lows and highs|best and worst|worst and best|how (?:low|high) and (?:how )?(?:low|high)|spread|extremes|vary|varied|variation|between what|from lowest to highest|ups and downs)\b/,
  ],
  [
    'highest',
    5,
    /\b(?:highest|max|maximum|maximal|peak(?:ed)?|greatest|largest|biggest|heaviest|tallest|fastest|top(?= ‹o)|top value|all-?time high|record high|upper limit reached|as high as|most (?:she|he|they|‹n\d+›|the patient)|how high (?:has|have|had|did|was|were))\b/,
  ],
  [
    'lowest',
    5,
    /\b(?:lowest|min|minimum|minimal|nadir|smallest|least|lightest|all-?time low|record low|trough|as low as|how low (?:has|have|had|did|was|were))\b/,
  ],
  ['average', 5.2, /\b(?:average[ds]?|avg|mean(?! for| by)|typical(?:ly)?|usual(?:ly)?|on average)\b/],
  [
    'count',
    5,
    /\b(?:how many(?! (?:mg|mcg|milligrams?|micrograms?|grams?|units?|ml|pills|tablets|capsules|puffs|doses (?:a|per)|times (?:a|per)|days has|years has|months has|weeks has|years (?:have|did)|days (?:have|did)|months (?:have|did)|weeks (?:have|did)|nights |pounds|kilos|kg|lbs|points|days was|days were|days ago|years ago|months ago|weeks ago|years since|years old))|number of|count(?:s)? of|total number|total (?=‹[xvp]|visits|encounters)|how often|how frequently|how frequent|count (?:the|all|up|her|his|their|how|every|each)|(?:visit|encounter|admission|vaccin\w+|procedure|er|ed) counts?|tally)\b|^\W*(?:please )?count (?=‹)|‹[xvp][^›]*› counts?\b/,
  ],
  [
    'reason',
    4.2,
    /\b(?:why|what for|for what|reasons?|indications?|how come|rationale|purpose|what brought|brought (?:her|him|them|‹n\d+›|the patient) in|what caused|because of what|chief complaint|presenting complaint|reason code|what led|prompted|indicated for)\b/,
  ],
  [
    'reason',
    4.6,
    /\bfor (?:what|which)\b|\b(?:what|which) (?:condition|problem|diagnosis|disease|illness|indication|disorder)s?\b.*‹[dk]\d+›/,
  ],
  ['reason', 4, /\bwhat (?:is|are|was|were|does|do|did)\b.*\bfor[?.! ]*$/],
  ['reason', 3, /\bfor\?$|\bwhat (?:is|was) (?:it|that|this|he|she|they|‹n\d+›)\b.*\bfor\b[?.! ]*$/],
  [
    'status',
    3.6,
    /\b(?:status|still|resolved|gone(?! up| down| from| to)|remission|ongoing|inactive|cleared(?: up)?|healed|over with|went away|go(?:ne)? away|no longer|any ?more|in force|continuing|persist\w*|get over|recovered|active or|current or)\b/,
  ],
  ['status', 1.2, /\bactive\b/],
  [
    'onset',
    4.6,
    /\b(?:since when|start(?:ing|s)? when|from when|as of when|how far back|onset|when (?:was|were|did|has|had|is)\b.*\b(?:diagnosed|start(?:ed)?|begin|began|begun|first|develop(?:ed)?|initiated|onset|noticed|get|got|contract(?:ed)?|put on|prescribed|come on|commence|appear(?:ed)?)|when .*\b(?:diagnosed|started|began|put on|initiated|prescribed)|date of (?:onset|diagnosis)|diagnosis date|start(?:ing)? date|onset date|first (?:diagnosed|noted|recorded|prescribed|started|given|put on)|diagnosed when|started when|since what (?:year|date)|what year (?:was|were|did)\b.*\b(?:diagnosed|start|begin|develop)|diagnosed|go on|went on)\b/,
  ],
  ['onset', 4.6, /^[^\p{L}‹]*‹[cdk]\d+› (?:since|start(?:ed)?|begin|begun|began|from)[\s?.!]*$/u],
  [
    'end',
    5,
    /\b(?:(?:when|what (?:date|day|month|year)|which (?:date|day|month|year)) (?:was|were|did|has|had|is)\b.*\b(?:stop(?:ped)?|end(?:ed)?|resolve[ds]?|discontinued?|discharged|finish(?:ed)?|quit|taken off|come off|came off|go away|gone|heal(?:ed)?|clear(?:ed)?|complete[ds]?)|stop(?:ped)? date|end date|date of (?:discontinuation|discharge|resolution)|discharge date|resolved when|stopped when|until when|till when)\b/,
  ],
  [
    'duration',
    5,
    /\b(?:how long(?! ago)|duration|length of (?:time|stay)|(?:for )?how many (?:years|months|weeks|days|nights) (?:has|have|had|did|was|were|is)|how many (?:years|months|weeks|days) since)\b/,
  ],
  [
    'date',
    3.4,
    /\b(?:when|what (?:date|day|year|month|time)|which (?:date|day|year|month)|on what (?:date|day)|date of|dates?|how (?:long ago|recent(?:ly)?)|how old (?:is|are|was|were) (?:that|this|the|it|those|these)\b|how many (?:days|weeks|months|years) ago|last time|timing)\b/,
  ],
  [
    'dose',
    4.4,
    /\b(?:dos(?:e|es|age|ages|ing)|strength|how strong|how much(?: of)? ‹[dk]\d+›|how much(?: of)? .*\btak(?:e|es|ing)\b|how many (?:mg|mcg|milligrams?|micrograms?|grams?|units?|ml|pills|tablets|capsules|puffs|times (?:a|per))|what (?:mg|milligrams?)|milligrams|sig|regimen|instructions|directions|how (?:is|does|do|should) .*\b(?:taken|take)|how often (?:does|do|is|should|must) .*\b(?:take|taken|taking|use|used|given|inject))\b/,
  ],
  // "How many bisoprolol a day": tablets of one, not orders.
  ['dose', 5.4, /\b(?:how many|number of|how much) ‹[dk]\d+›(?: \w+)? (?:(?:a|per|each|every) (?:day|night|week)|daily|nightly|weekly)\b/],
  [
    'reference-range',
    6,
    /\b(?:(?:reference|normal|ref|lab|healthy|target|expected) (?:range|interval|limits|values?)s?|normal limits for|what (?:is|counts as) normal|range of normal|cutoffs?)\b/,
  ],
  [
    'flag',
    3.6,
    /\b(?:normal|abnormal|elevated|too (?:high|low)|out of (?:range|whack|bounds)|outside (?:the )?(?:normal|reference)?|in (?:the )?(?:normal )?range|within (?:the )?(?:normal|limits|range|reference)|flag(?:ged)?|borderline|off|alright|all right|okay|ok|fine|good|bad|concerning|worrisome|dangerous|critical|acceptable|at goal|healthy)\b/,
  ],
  ['flag', 2.2, /(?:^|\bis|\bare|\bwas|\bwere|\bthat|\bit) (?:.*)\b(?:high|low|raised)\b/],
  ['next', 5, /\b(?:is|be|are) (?:it |that |this |they |s?he )?(?:being |to be )?(?:re-?checked|re-?tested|repeated|redone)\b/],
  ['trend', 4, /\bwhat (?:is|are) (?:her |his |their |the )?‹o\d+› (?:been )?doing\b/],
  ['next', 5, /\b(?:next|upcoming|scheduled|future|coming up|booked|planned|forthcoming|to come)\b/],
  [
    'who',
    4.6,
    /\b(?:who|whom|whose|by whom|which (?:doctor|provider|clinician|physician|nurse|specialist|surgeon|practitioner)|what (?:doctor|provider|clinician|physician)|prescriber|prescribed by|ordered by|name of (?:the |her |his )?(?:doctor|provider|physician|pcp|gp))\b/,
  ],
  [
    'where',
    4.6,
    /\b(?:where|which (?:hospital|clinic|facility|location|place|site|office|center|centre)|what (?:hospital|clinic|facility|location|place|office|center|centre))\b/,
  ],
  [
    'reaction',
    4.6,
    /\b(?:reactions?|react(?:s|ed)?|what happens (?:when|if)|what happened when .*\b(?:took|ate|given|exposed)|how (?:severe|bad|serious)|severity|manifestations?|anaphyla\w+|symptoms)\b/,
  ],
  [
    'describe',
    2.8,
    /\b(?:tell me (?:more )?about|details?|describe|more about|more on|info(?:rmation)?|what do (?:we|you|i) (?:know|have)(?: about| on)?|what (?:has )?happened|elaborate|anything (?:on|about)|what is (?:known|documented|recorded|charted)|update on|what about|how about|status of|how (?:is|are) .*\b(?:doing|looking)|findings|outcome|result of)\b/,
  ],
  [
    'due',
    4.6,
    /\b(?:due(?! to (?!(?:be|come|get|go|have|receive|return|see|start|stop)\b))|overdue|behind on|up[- ]to[- ]date|up on (?:her|his|their)|uptodate|current on(?! ‹[dk]\d+›)|care gaps?|gaps? in care|missing|outstanding|health maintenance|(?<!\bi |\bwe |\byou |\bme |^\W*(?:also |just |please )?)needs? (?:to have|to get|a|an|any|her|his)|screening due|still needs?|should (?:she|he|they|‹n\d+›) (?:get|have|receive))\b/,
  ],
];

const PRIORS: Readonly<Record<string, Partial<Record<Aspect, number>>>> = {
  o: { latest: 1 },
  c: { exists: 1 },
  d: { exists: 1 },
  v: { list: 0.8 },
  p: { list: 0.8 },
  a: { exists: 1 },
  s: { latest: 1 },
  x: { list: 1 },
};

/** Aspects that make no sense for a kind, and what is meant there instead. */
const INSTEAD: Readonly<Record<string, Partial<Record<Aspect, Aspect>>>> = {
  o: { dose: 'latest', onset: 'first', end: 'latest', reaction: 'latest', exists: 'exists', status: 'flag' },
  c: {
    dose: 'describe',
    flag: 'status',
    'reference-range': 'describe',
    highest: 'describe',
    lowest: 'describe',
    average: 'describe',
    range: 'describe',
    reaction: 'describe',
  },
  d: { flag: 'exists', 'reference-range': 'dose', highest: 'dose', lowest: 'dose', average: 'dose', range: 'dose', trend: 'list' },
  v: {
    dose: 'list',
    flag: 'exists',
    onset: 'date',
    status: 'exists',
    trend: 'list',
    range: 'list',
    average: 'list',
    duration: 'date',
    highest: 'list',
    lowest: 'list',
    change: 'list',
  },
  p: {
    dose: 'describe',
    onset: 'date',
    trend: 'list',
    range: 'list',
    average: 'list',
    highest: 'list',
    lowest: 'list',
    change: 'list',
    flag: 'describe',
  },
  a: {
    dose: 'describe',
    flag: 'exists',
    trend: 'exists',
    highest: 'describe',
    lowest: 'describe',
    average: 'describe',
    range: 'describe',
    change: 'describe',
  },
  s: { dose: 'latest', reaction: 'latest', onset: 'onset', flag: 'latest', exists: 'latest' },
};

export interface AspectReading {
  readonly aspect: Aspect;
  /** How sure the words make it; 0: nothing but the kind speaks. */
  readonly strength: number;
  readonly polar: boolean;
  readonly expects?: 'yes' | 'no';
  /** Every aspect that the words name outright: "when and why", "dose and start date". */
  readonly also: readonly Aspect[];
}

const OPENING =
  '^\\W*(?:(?:and|but|so|also|then|ok|okay|please|now|hi|hello|hey|um|well|just|in that case|by the way|quick question|tell me|do you know|can you (?:tell me|see|check|say)|could you (?:please )?(?:tell me|see|check|say)|please (?:tell me|check|confirm|say)|i (?:want|need|would like) to know|let me know|check|confirm|verify|i wonder|i am wondering|wondering|does the (?:chart|record) (?:say|show|mention)|is it (?:true|correct|right) that|is there (?:any )?(?:evidence|record|mention|documentation|sign|indication) (?:of|that|for)|if|whether|actually|really)[,: ]+)*';
const AUX = cue(`${OPENING}(?:is|are|was|were|has|have|had|does|do|did|any|can you see|am|isn t)\\b(?! (?:you|we) )`);
const STATEMENT = cue(
  `${OPENING}(?:she|he|they|patient|the patient|this patient|‹n\\d+›) (?:is|are|was|were|has|have|had|does|do|did|takes|uses|smokes|never|ever)\\b`,
);
const NOT = /\b(?:not|never|no|without|deny|denies|isn't|neither)\b/;

export function isPolar(mask: string): boolean {
  if (
    /\b(?:what|which|when|why|who|where|how)\b/.test(mask.replace(/\bno matter (?:what|when)\b/, '')) &&
    !/^\W*(?:is|are|was|were|has|have|had|does|did|any)\b/.test(mask)
  )
    return false;
  return AUX.test(mask) || STATEMENT.test(mask);
}

/** Reads what is asked from a clause's mask. `kind` is the placeholder letter of what it is asked about. */
export function readAspect(mask: string, kind: string): AspectReading {
  const scores = new Map<Aspect, number>();
  const add = (aspect: Aspect, weight: number): void => void scores.set(aspect, (scores.get(aspect) ?? 0) + weight);
  for (const [aspect, weight, pattern] of CUES) if (pattern.test(mask)) add(aspect, weight);
  const polar = isPolar(mask);
  const cued = Math.max(0, ...scores.values());
  for (const [aspect, weight] of Object.entries(PRIORS[kind] ?? {})) add(aspect as Aspect, weight);
  if (polar) {
    add('exists', kind === 'c' || kind === 'd' || kind === 'a' || kind === 'u' ? 2 : 1.2);
    if (/\bany\b/.test(mask)) add('exists', 1);
  }
  const everCue =
    /\b(?:ever|at any (?:time|point)|in the past|previously|before|prior|used to|never|already|once|history of|past|any history)\b/.test(
      mask,
    );
  if (everCue && (polar || /\bhistory of\b/.test(mask)) && kind !== 'x')
    add('ever', polar ? 5.5 : kind === 'c' || kind === 'p' || kind === 'd' ? 2.6 : 0);
  // "Any record of Tylenol being prescribed": at any time.
  if (
    polar &&
    kind === 'd' &&
    /\b(?:record|evidence|mention|documentation|trace|sign)s? of\b/.test(mask) &&
    !/\b(?:currently|now|still)\b/.test(mask)
  )
    add('ever', 5.5);
  if (kind === 'd' && /\bhistory\b/.test(mask) && !polar) add('list', 2);
  // "Had a flu shot", "did she get": done at some time.
  if (
    polar &&
    (kind === 'v' || kind === 'p') &&
    /\b(?:had|have|has|get|got|received?|given|done|did|undergo\w*|underwent|been|vaccinated|was|were)\b/.test(mask)
  )
    add('ever', 2.5);
  if (polar && kind === 'c' && /\b(?:had|did)\b/.test(mask)) add('ever', 3.6);
  if (polar && kind === 's' && /^\W*(?:did|was|has|had|have)\b|\bused to\b/.test(mask)) add('ever', 3);
  if (polar && kind === 'd' && /^\W*(?:did|was|were|had|has|have)\b/.test(mask) && !/\b(?:still|currently|now)\b/.test(mask))
    add('ever', 1.8);
  if (/\bhow (?:is|are)\b/.test(mask) && kind === 'o') add('latest', 1.6);
  if (/\bhow (?:is|are)\b/.test(mask) && (kind === 'c' || kind === 'd')) add('describe', 2);
  if (/^\W*(?:what|which) (?:is|was|are|were)\b/.test(mask) && kind === 'o') add('latest', 0.8);
  if (/\bresults?\b/.test(mask) && kind === 'o') add('latest', /\b(?:all|every)\b/.test(mask) ? 0 : 2.2);
  if (/\bhistory\b/.test(mask) && kind === 'o') add('list', 1);

  let aspect: Aspect = kind === 'x' || kind === 'u' ? 'list' : 'latest';
  let best = 0;
  for (const [candidate, score] of scores) {
    if (score > best) {
      best = score;
      aspect = candidate;
    }
  }
  aspect = combine(mask, scores, aspect, kind, polar);
  aspect = INSTEAD[kind]?.[aspect] ?? aspect;
  const told = /\b(?:ruled out|excluded|refuted)\b/.test(mask);
  const picks = kind === 'c' || kind === 'd' || aspect === 'range' ? [] : picksIn(mask);
  if (picks.length > 0 && !picks.includes(aspect) && PICKED.has(aspect)) aspect = picks[0]!;
  const also = [...WH.flatMap(([pattern, named]) => (pattern.test(mask) ? [INSTEAD[kind]?.[named] ?? named] : [])), ...picks].filter(
    (one) => one !== aspect,
  );
  const expects = polar ? (NOT.test(mask.replace(/\b(?:or not|not only|no longer|if not)\b/g, '')) ? 'no' : 'yes') : undefined;
  return { aspect, strength: cued, polar: polar && !told, ...(expects ? { expects } : {}), also: [...new Set(also)] };
}

/** Aspects that pick values out, and those that a second pick beside the first is taken for. */
const PICKED: ReadonlySet<Aspect> = new Set<Aspect>(['latest', 'first', 'highest', 'lowest', 'average', 'list', 'date']);

/** Two questions about one thing: "when and why", "what dose and since when". */
const WH: readonly (readonly [RegExp, Aspect])[] = [
  [/\bfirst and (?:last|latest|most recent|current)\b|\b(?:last|latest|most recent|current) and first\b/, 'first'],
  [/\bfirst and (?:last|latest|most recent|current)\b|\b(?:last|latest|most recent|current) and first\b/, 'latest'],
  [/\bwhen(?:,| and| or)+ (?:why|by whom|where|how)\b|\b(?:and|,) (?:since )?when\b/, 'onset'],
  [/\bwhy(?:,| and)+ (?:when|who|since|how|what)\b|\b(?:and|,) (?:why|for what|what for|the reason)\b/, 'reason'],
  [/\bwho(?: and|,)+ (?:when|why)\b|\b(?:and|,) (?:by whom|who)\b/, 'who'],
  [
    /\b(?:and|,) (?:at )?(?:what|which|the|in what)? ?(?:dose|dosage|strength)\b|\b(?:dose|dosage)(?: and|,) (?:since|when|why|start)/,
    'dose',
  ],
  [/\b(?:and|,) (?:for )?how long\b|\bhow long and\b|(?:\band|,|&|\+) ?(?:the )?duration\b/, 'duration'],
  [
    /\b(?:indications?|reasons?) ?(?:and|,|&|\+|\/) ?(?:the )?(?:dose|duration|how long|start|since|date|frequency)\b|(?:\band|,|&|\+) ?(?:the )?(?:indications?|reasons?)\b/,
    'reason',
  ],
  [/\b(?:and|,) where\b|\bwhere and\b/, 'where'],
];

/** Asks whether a problem is over. */
const ENDED = /\b(?:clear(?:ed)? up|go(?:ne)? away|went away|resolved?|heal(?:ed)?|get over|got over|recover(?:ed)?)\b/;

/** Cues that mean something together. */
function combine(mask: string, scores: ReadonlyMap<Aspect, number>, aspect: Aspect, kind: string, polar: boolean): Aspect {
  const has = (one: Aspect): boolean => (scores.get(one) ?? 0) >= 3;
  if (scores.has('highest') && scores.has('lowest')) return 'range';
  // "The trend, then the last one": the newest stands in the trend.
  if (aspect === 'latest' && kind === 'o' && !polar && /\b(?:trend|graph|curve|plot)\b/.test(mask)) return 'trend';
  if ((aspect === 'latest' || aspect === 'date') && /\bfirst\b/.test(mask) && (kind === 'c' || kind === 'd')) return 'onset';
  if (aspect === 'first' && (kind === 'c' || kind === 'd') && has('date')) return 'onset';
  if (aspect === 'first' && has('date') && kind !== 'c' && kind !== 'd') return 'first';
  if ((aspect === 'date' || aspect === 'latest') && scores.has('first') && !/\bfirst and\b|\band first\b/.test(mask)) return 'first';
  if (aspect === 'onset' && /\b(?:who|whom)\b/.test(mask) && !/\bwhen\b/.test(mask)) return 'who';
  if (
    aspect === 'onset' &&
    !polar &&
    !/\b(?:when|since|onset|date|year|how far|first|long)\b|(?:start|started|begin|begun|began|from)\W*$/.test(mask)
  )
    return kind === 'x' ? 'list' : 'describe';
  if (aspect === 'onset' && polar && !/\bwhen\b/.test(mask)) return /\bever\b/.test(mask) || kind === 'c' ? 'ever' : 'exists';
  if (aspect === 'onset' && kind === 'o') return /\bfirst|start/.test(mask) ? 'first' : 'date';
  if ((aspect === 'latest' || aspect === 'ever') && has('date') && !polar) return 'date';
  if (aspect === 'count' && /\bhow (?:often|frequently|frequent)\b/.test(mask) && kind === 'd') return 'dose';
  if (aspect === 'trend' && has('change') && !/\btrend|over time/.test(mask)) return 'change';
  if (aspect === 'where' && kind === 'o' && /\b(?:stand|stands|sit|sits|at|now|currently)\b/.test(mask)) return 'latest';
  if (polar && kind === 'c' && ENDED.test(mask)) return 'status';
  if (aspect === 'dose' && /^\W*(?:and |so |but )*why\b/.test(mask)) return 'reason';
  if (aspect === 'reason' && /\b(?:over-?)?due for\W*$/.test(mask)) return 'due';
  if (aspect === 'dose' && /\bincrease|decrease|chang/.test(mask)) return 'list';
  if (aspect === 'next' && scores.has('due') && /\bdue\b/.test(mask)) return 'due';
  if (aspect === 'next' && polar && kind !== 'x') return 'next';
  if (aspect === 'date' && polar && !/\bwhen|date/.test(mask)) return 'ever';
  if (/\b(?:ruled out|excluded|refuted)\b/.test(mask) && kind === 'c') return 'status';
  if (aspect === 'describe' && kind === 'o' && /\bhow (?:is|are)\b/.test(mask)) return 'latest';
  if (aspect === 'reason' && kind === 'o') return 'describe';
  if (aspect === 'flag' && kind === 'x') return 'list';
  if (aspect === 'status' && /\bstill (?:on|taking|take|takes|using|prescribed)\b/.test(mask) && kind !== 'c') return 'exists';
  return aspect;
}

/** "The worst LDL" is the highest, "the worst hemoglobin" the lowest; where neither is plain, both ends. */
const LOW_IS_WORSE =
  /^(?:lab\/(?:egfr|hemoglobin|hematocrit|hdl|albumin|vitamin|ferritin|platelets|rbc|neutrophil)|vital\/(?:oxygen|spo2)|score\/(?:mmse|moca)|survey\/(?:mmse|moca)|.*(?:ejection-fraction|fev1|bone-density|spo2|egfr|mmse|moca|t-score|gcs|asthma-control|apgar|karnofsky|braden|promis|vr12|visual-acuity|gestational))/;
const HIGH_IS_WORSE =
  /^(?:lab\/(?:hba1c|glucose|ldl|cholesterol|total-cholesterol|triglycerides|creatinine|urea|bun|psa|crp|alt|ast|bilirubin|troponin|bnp|nt-probnp|inr|uric|alkaline|lactate|d-dimer|esr|microalbumin)|vital\/(?:blood-pressure|systolic|diastolic|weight|bmi|pain|body-temperature|temperature)|panel\/(?:blood-pressure|lipids)|score\/|survey\/|.*(?:pain|phq|gad|blood-pressure|systolic|diastolic))/;

export function worst(mask: string, concepts: readonly string[]): Aspect | undefined {
  const bad = /\b(?:worst|poorest)\b/.test(mask);
  const good = /\bbest\b/.test(mask);
  if (!bad && !good) return undefined;
  const id = concepts[0] ?? '';
  if (LOW_IS_WORSE.test(id)) return bad ? 'lowest' : 'highest';
  if (HIGH_IS_WORSE.test(id)) return bad ? 'highest' : 'lowest';
  return 'range';
}

export function directionAsked(mask: string): NonNullable<Question['compare']>['direction'] | undefined {
  if (
    /\b(?:better or worse|up or down|higher or lower|worse or better|rising or falling|increas\w+ or decreas\w+|lower or higher)\b/.test(
      mask,
    )
  )
    return undefined;
  if (
    /\b(?:higher|up|rises?|risen|rising|rose|climb|grow|increas(?:ed|ing|e)|gained?|gaining|heavier|taller|climb\w*|elevated|more|greater|above|grown|creeping up|went up|put on)\b/.test(
      mask,
    )
  )
    return 'higher';
  if (
    /\b(?:lower|down|falls?|fallen|falling|fell|decline|sink|sunk|decreas(?:ed|ing|e)|drop(?:ped|ping)?|lost|losing|lighter|less|declin(?:ed|ing|e)|reduced|below|came down|smaller)\b/.test(
      mask,
    )
  )
    return 'lower';
  if (/\b(?:stable|same|unchanged|steady|constant|stabili[sz]ed|flat)\b/.test(mask)) return 'same';
  if (/\b(?:change[ds]?|different|differ|vary|varied)\b/.test(mask)) return 'different';
  return undefined;
}
