/** Makes typed text plain: one kind of quote, contractions and clinic shorthand written out, spaces single. Meaning is left alone. */

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(can)(?:'t|not)\b/gi, '$1 not'],
  [/\bwon't\b/gi, 'will not'],
  [/\bshan't\b/gi, 'shall not'],
  [/\bain't\b/gi, 'is not'],
  [/\b(is|are|was|were|has|have|had|does|do|did|would|should|could)n'?t\b/gi, '$1 not'],
  [/\b(what|who|where|when|how|why|which|that|there|here)'?s (been|had|got|gotten|happened|changed|gone)\b/gi, '$1 has $2'],
  [/\b(what|who|where|when|how|why|that|there|here)'s\b/gi, '$1 is'],
  [/^(what|who|where|when|how)s\b/gi, '$1 is'],
  [/\b(what|how|when|where|who)s (?=her|his|the|their|this|that|my)\b/gi, '$1 is '],
  [/\b(what|who|where|when|how|why)'re\b/gi, '$1 are'],
  [/\b(what|who|where|when|how|why)'d\b/gi, '$1 did'],
  [
    /\b(he|she|it|pt|patient)'s (been|had|got|gotten|ever|never|taken|gained|lost|gone|received|undergone|developed|stopped|started|seen)\b/gi,
    '$1 has $2',
  ],
  [/\b(he|she|it)'s\b/gi, '$1 is'],
  [/\b(i|you|we|they)'ve\b/gi, '$1 have'],
  [/\b(you|we|they)'re\b/gi, '$1 are'],
  [/\bi'm\b/gi, 'I am'],
  [/\b(i|you|he|she|we|they|it)'ll\b/gi, '$1 will'],
  [/\b(i)'d\b/gi, '$1 would'],
  [/\b(he|she|they|we|you)'d\b/gi, '$1 had'],
  [/\blet's\b/gi, 'let us'],
  [/\bgimme\b/gi, 'give me'],
  [/\blemme\b/gi, 'let me'],
  [/\bwanna\b/gi, 'want to'],
  [/\bgonna\b/gi, 'going to'],
  [/\bgotta\b/gi, 'got to'],
];

/** Bones and organs as people call them, where a picture of one is asked for: records have the name of anatomy. */
const PICTURED: readonly (readonly [string, string])[] = [
  ['collar ?bone', 'clavicle'],
  ['shoulder ?blade', 'scapula'],
  ['breast ?bone', 'sternum'],
  ['thigh ?bone', 'femur'],
  ['shin ?bone|shin', 'tibia'],
  ['knee ?cap', 'patella'],
  ['tail ?bone', 'coccyx'],
  ['jaw ?bone', 'mandible'],
  ['womb', 'uterus'],
];
const PICTURE = '(?:x-?rays?|films?|scans?|radiographs?|ct|mri|ultrasounds?)';
const ANATOMY = PICTURED.flatMap(([lay, name]): readonly (readonly [RegExp, string])[] => [
  [new RegExp(`\\b(?:${lay})(?= ${PICTURE}\\b)`, 'gi'), name],
  [new RegExp(`\\b(${PICTURE} (?:of|on) (?:(?:the|her|his|their) )?(?:left |right )?)(?:${lay})\\b`, 'gi'), `$1${name}`],
]);

const SHORTHAND: readonly (readonly [RegExp, string])[] = [
  [/(^|\s)#\s?(?=[a-z])/gi, '$1number of '],
  [/\bw\/o(?:ut)?\b/gi, 'without'],
  [/\bw\/(?=\s|[a-z])/gi, 'with '],
  [/\ballerg(?:y|ies) to (?:any )?(?:meds?|medications?|medicines?|drugs?)\b/gi, 'drug allergies'],
  [/\ballergic to any (?:meds?|medications?|medicines?|drugs?)\b/gi, 'has any drug allergies'],
  // It stands among the allergies; an acute one is a problem of its own.
  [/(?<!\bacute )\b(?:an )?allergic reactions?\b(?! (?:to|after|from))/gi, 'allergies'],
  // Of a tumor; "ER" alone is the emergency room, "PR" alone a time of the heart's.
  [/\bER ?(?:[/,&+]|and)? ?PR(?: (?:status|receptors?))?(?= ?[/,&+]? ?(?:and )?HER-?2\b)/gi, 'estrogen receptor, progesterone receptor,'],
  [/\b(?:ER ?(?:[/,&+]|and) ?PR|hormone receptors?)(?: status)?\b/gi, 'estrogen receptor and progesterone receptor'],
  [/\bER(?=[- ](?:positive|negative)\b| status\b(?! of))/g, 'estrogen receptor'],
  [/\bPR(?=[- ](?:positive|negative|status)\b)/g, 'progesterone receptor'],
  [/(?<=receptor,) ?[/,&+] ?/g, ' '],
  [/\ball[- ]time (high|low)\b/gi, 'all-time $1est'],
  [/\bvitamine\b/gi, 'vitamin'],
  [/\b1st(?=[- ](?:degree|trimester|grade))/gi, 'first'],
  [/\b2nd(?=[- ](?:degree|trimester|grade))/gi, 'second'],
  [/\b3rd(?=[- ](?:degree|trimester|grade))/gi, 'third'],
  [/\b(?:top|upper) number (?:of )?(?:(?:his|her|their|the) )?(?:blood pressure|bp)\b/gi, 'systolic blood pressure'],
  [/\b(?:bottom|lower) number (?:of )?(?:(?:his|her|their|the) )?(?:blood pressure|bp)\b/gi, 'diastolic blood pressure'],
  [/\bheaviest(?: (?:body )?weight)?\b/gi, 'highest weight'],
  [/\blightest(?: (?:body )?weight)?\b/gi, 'lowest weight'],
  [/\btallest(?: (?:body )?height)?\b/gi, 'highest height'],
  [/\bbody temp\b/gi, 'body temperature'],
  [/\bcx\b/gi, 'culture'],
  [/\bb\/c\b/gi, 'because'],
  [/\bb\/w\b/gi, 'between'],
  [/\bb\/p\b/gi, 'BP'],
  [/\bf\/u\b/gi, 'follow-up'],
  [/\bs\/p\b/gi, 'status post'],
  [/\bd\/c'?(?:e?d)?\b/gi, 'discontinued'],
  [/\b(?:fam|family) ?hx\b/gi, 'family history'],
  [/\bfhx\b/gi, 'family history'],
  [/\bpmhx?\b/gi, 'past medical history'],
  [/\bpshx?\b/gi, 'past surgical history'],
  [/\bmyocardial infraction(s?)\b/gi, 'myocardial infarction$1'],
  [/\bshx\b/gi, 'social history'],
  [/\b(?:med)?hx\b/gi, 'history'],
  [/\bh\/o\b/gi, 'history of'],
  [/\bc\/o\b/gi, 'complains of'],
  [/\bdx'?e?d\b/gi, 'diagnosed'],
  [/\bdx\b/gi, 'diagnosis'],
  [/\brx'?e?d\b/gi, 'prescribed'],
  [/\btx'?e?d\b/gi, 'treated'],
  [/\bpts?\b(?='s|\s|\?|$|,|\.)/g, 'patient'],
  [/\bPt\b/g, 'patient'],
  [/\btarget(s?)\b(?![- ](?:range|interval|limit|organ|lesion|cell))/gi, 'goal$1'],
  [/\bappts\b/gi, 'appointments'],
  [/\bnebs?\b/gi, 'nebulized'],
  [
    /\b(?:which|what) (?:drugs?|meds?|medications?|medicines?|pills?) (?:did|does|could|can|has) (she|he|they|the patient) (?:not (?:been able to |able to )?tolerat\w+|(?:had )?trouble tolerating|react badly to)/gi,
    'what drug allergies does $1 have',
  ],
  [/\b(kidney|renal|liver|lung|thyroid|heart) (?:fn|fxn|func)\b/gi, '$1 function'],
  [/\b(devices?|implants?|stents?|pacemaker|icd|iud|coil|catheter|line) in situ\b/gi, '$1'],
  [/\b(was|were|is|been) (it|that|this|they|the \S+) x-?rayed\b/gi, '$1 there an x-ray for $2'],
  [/\b(was|were|is|been) (it|that|this|they|the \S+) biopsied\b/gi, '$1 there a biopsy for $2'],
  [/\bvax(?:es)?\b/gi, 'vaccine'],
  [/\bvaxx?ed\b/gi, 'vaccinated'],
  [/\btx\b/gi, 'treatment'],
  [/\betoh\b/gi, 'alcohol'],
  [/\brxns?\b/gi, 'reactions'],
  [/\bwell[- ](child|baby|woman|man|person)(?: (?:checks?|check-?ups?|exams?))\b/gi, 'well $1 visits'],
  [/\b(?:someone|somebody|anyone|anybody|they|we|a doctor) (?:last )?look(?:ed)? at\b/gi, 'we checked'],
  [
    /\b(?:anything|something|a drug|a pill|medicine|any drugs?|drugs) (?:that |which |to )?thin(?:s|ning)? (?:the |her |his |their )?blood\b/gi,
    'a blood thinner',
  ],
  [
    /\b(?:(?:trouble|problems?|difficult\w*|issues?|worr\w+) (?:about |with )?(?:affording|buying|getting|having)|afford(?:ing)?|buy(?:ing)?|not enough|no access to|lack of|short of|run(?:s|ning)? out of|going without) (?:enough |healthy |any )?food\b|\bfood (?:problems?|issues?|shortage)\b/gi,
    'food insecurity',
  ],
  [/\b(?:access to|enough) (?:healthy |any )?food\b|\bfood[- ]secure\b/gi, 'food security'],
  [
    /\b(pack[- ]?years?)(?: of (?:smoking|tobacco|cigarettes?)| (?:has|have|had|did|does|do) (?:he|she|they|the patient) (?:smoked?|have|had))\b/gi,
    '$1',
  ],
  [/\bfood[- ]insecure\b/gi, 'food insecurity'],
  [/\b(which|what) (\w+) (?:did|has) (she|he|they|the patient) (?:break|broken?|fractured?)\b/gi, '$1 $2 fracture did $3 have'],
  [/\bhow long (?:has it been |is it )?since (?=(?:her|his|their|the) (?:last|latest|most recent)\b)/gi, 'when was '],
  [/^(\W*(?:please |can you |could you |now |and )?)count (?:up )?(?:(?:the|all|her|his|their|every|of) )*(?=\w)/i, '$1how many '],
  [/\b(problems?|medications?|meds?|labs?|allerg(?:y|ies)|vaccines?|weight|bp|blood pressure)[- ]wise\b/gi, '$1'],
  [/\b(flu|influenza|tetanus|covid|pneumonia|shingles) shoot(s?)\b/gi, '$1 shot$2'],
  [/\bappt\b/gi, 'appointment'],
  [/\bprn\b/gi, 'as needed'],
  [/\b(?:been )?tr(?:y|ied) (?:and|but) (?:they |it |have |has )?fail(?:ed)?\b/gi, 'failed'],
  [/\b(?:pls|plz)\b/gi, 'please'],
  [/\b(?:thx|ty)\b/gi, 'thanks'],
  [/\brn\b/g, 'right now'],
  [/\bhow r\b/gi, 'how are'],
  [/\bvs?\.(?=\s)/gi, 'vs'],
  [/\bprev\b/gi, 'previous'],
  [/\bcurr\b/gi, 'current'],
  [/\bmost rec\b/gi, 'most recent'],
  [/\bdr\.(?=\s)/gi, 'Dr'],
  [/\b(?:what|how|why) (?:did|has) (?:she|he|they|the patient) (?:die|died)(?: of| from)?\b/gi, 'what is the cause of death'],
  [/\bintolerant (?:of|to|with)\b/gi, 'allergic to'],
  [
    /\b(?:can|could|does|did|has|is)(?:n['’]?t (she|he|they|the patient)| (she|he|they|the patient) (?:not|never|unable to)) (?:been able to |able to )?tolerat(?:e|es|ed)\b/gi,
    'is $1$2 allergic to',
  ],
  [/\bk\+/gi, 'potassium'],
  [/\bna\+/gi, 'sodium'],
  [/\b(serum|plasma|lowest|highest|latest|last|first|her|his|low|high) na\b/gi, '$1 sodium'],
  [/\b(serum|plasma|lowest|highest|latest|last|first|her|his|low|high) k\b/gi, '$1 potassium'],
  [/\b(give|gave|giving|given) birth\b/gi, '$1 childbirth'],
  [/\bdid (she|the patient) (last )?deliver(?: (?:her|the|a) (?:baby|child))?(?= *(?:last)?\W*$| (?:in|on)\b)/gi, 'was the $2delivery'],
  [
    /\b(?:is|are) (she|he|they|the patient)(?: still| currently| now)? (?:working|in work|out of work|unemployed|employed)(?= *[?.!]*$)/gi,
    'what is the employment status',
  ],
  [/(?<!\b(?:pre|post|peri|intra|co)[- ]?)\bop\b(?=(?: (?:on|in|done|date|was|were)\b| *[?.!]*$))/gi, 'surgery'],
  // "MMR x2?", "ear infections count": how many.
  [/^(\W*[a-z][\w -]*?[a-z]) ?x ?[2-9]\s*\?*$/i, 'how many $1'],
  [/^(\W*(?!.*\b(?:platelets|cells|counts)\b)[a-z][\w -]*[a-z]s(?<!is|us|ss)) count\W*$/i, 'how many $1'],
  [/^(\W*[a-z][\w -]*[a-z])(?: ?[-:,]| ) ?how many\W*$/i, 'how many $1'],
  [/\bbp (?=(?:tab(?:let)?|pill|med(?:icine|ication)?|drug)s?\b)/gi, 'blood pressure '],
  [/\bt(?:otal)?[ .-]?chol\b/gi, 'total cholesterol'],
  [/\b(?:surger(?:y|ies)|operations?)(?:,? (?:or|and)|,| ?\/) ?(?:any |other )?procedures?\b/gi, 'procedures'],
  [/\bprocedures?(?:,? (?:or|and)|,| ?\/) ?(?:any |other )?(?:surger(?:y|ies)|operations?)\b/gi, 'procedures'],
  [/\b(?:home|house|domiciliary) (visit|call|encounter)(s?)\b/gi, 'domiciliary visit$2'],
  [/\b(visits?|seen|visited|reviewed) (?:at|in) (?:her |his |their |the |own )*home\b/gi, '$1 domiciliary'],
  [/\b(how old|what age) (s?he|they|the patient) (was|were)\b/gi, '$1 $3 $2'],
  [/\buninsured\b/gi, 'without insurance'],
  [/\bdid (?:she|the patient|pt) (?:last )?(?:deliver|give birth)\b/gi, 'was the delivery'],
  // "Asthma - is it on the problem list?": whether it is active.
  [
    /(?<!\b(?:that|which|what|whatever|who) (?:still )?)\b(is|are|was|were) ((?!there\b|anything|something|what|which|active\b|current|still\b|now\b|listed\b|recorded\b)[\w' -]{2,40}?) (?:still )?(?:listed )?(?:on|in) (?:the |her |his |their )?(?:active |current )?problems? list\b/gi,
    '$1 $2 active',
  ],
  // "ALT over 50, dates", "systolic >= 175 - list": of those that are so.
  [/^(.*\d[^,;?]*?)\s*[,;-]\s*(?:list|list (?:them|all|those)|all of them)\W*$/i, 'list all $1'],
  [/^(.*\d[^,;?]*?)\s*[,;-]\s*(?:on )?(?:which |what |give |list )?(?:the )?dates?\W*$/i, 'dates of $1'],
  [/\bsz(?:'?s)?\b/gi, 'seizures'],
  [/\b(mr|mrs|ms|mx)\.(?=\s)/gi, '$1'],
];

const ORDINALS = [
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  ),
  ...'first second third fourth fifth sixth seventh eighth ninth'.split(' ').map((unit) => `twenty-${unit}`),
  'thirtieth',
  'thirty-first',
];
/** "The first of March" is a day, not the first value. */
const ORDINAL_DAY = new RegExp(
  `\\b(?:the )?(${[...ORDINALS].reverse().join('|')}) of (january|february|march|april|may|june|july|august|september|october|november|december)\\b`,
  'gi',
);

/** Chemical symbols as they are typed in haste: "her k", "the na of 3 May". Elsewhere two small letters are no name. */
const SYMBOL =
  /(^|\b(?:the|her|his|their|latest|last|recent|current|first|highest|lowest) )(k|na|ca|cl|mg)(?=\W*$| (?:of|on|in|at|from|since|go|goes|going|gone|went|was|were|is|been|level|value|result|trend|today|now|up|down|rise|rose|fall|fell|high|low|normal|latest|last|(?:19|20)\d\d)\b)/g;

/** "a1c, k, and creat" */
const LISTED_SYMBOL =
  /((?:^|,|\band|&|\+) ?)(k|na|ca|cl|mg)(?= ?(?:,|\band\b|&|\+|$|\?)| (?:in|on|at|since|from|of|latest|last|today|now|trend|levels?|results?|values?|(?:19|20)\d\d)\b)/g;
/** "Ok - whats the target", "right, back to the A1c": talk before a question, of which "ok" and "right" ask nothing. */
const OPENER =
  /^(?:(?:ok|okay|right(?=\s*[,.!:;-]|\s+(?:so|then|ok|okay)\b)|alright|all right|good|great|fine|cool|perfect|sure|thanks|thank you|thx|hmm+|um|uh|yes|yeah)(?: so| then| now)?[\s,.!:;-]+(?=\S+ \S)(?!(?:now|away|side|sided|ventric\w*|atri\w*|bundle|heart|arm|leg|eye|ear|hip|knee|foot|hand|wrist|ankle|shoulder|breast|kidney|lung|upper|lower|cholesterol)\b))?(?:so )?(?:(?:let us |lets |let's |can we )?(?:go(?:ing)? )?back to (?=(?:the|her|his|their) ))?/i;
/** "What about last year", "how about 2019": another time, and "about" makes it no less exact. */
const ABOUT_TIME =
  /^((?:and |but |so )?)(?:what|how) about (?=(?:in |on |since |before |after |back in |during |the )?(?:(?:19|20)\d\d\b|(?:last|this|the previous|the past|early|late|mid)[- ](?:year|month|week|spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october|november|december|\d{4})\b|yesterday\b|\w+ (?:years?|months?|weeks?|days?) ago\b|(?:january|february|march|april|june|july|august|september|october|november|december)\b|may (?:of )?\d|a (?:year|month|week) ago))/i;

/** A please at the end asks nothing. */
const CLOSER = /(?<=\S.{6,})[, ]+(?:please|pls|plz)\b[ ]*([?.!]*)$/i;

export function plainWording(raw: string): string {
  let text = raw
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2012\u2212]/g, '-')
    .replace(/[\u2013\u2014]/g, ' - ')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  text = text.replace(OPENER, '').replace(ABOUT_TIME, '$1 ').replace(CLOSER, '$1');
  text = text.replace(ORDINAL_DAY, (_, word: string, month: string) => `${ORDINALS.indexOf(word.toLowerCase()) + 1} ${month}`);
  for (const [pattern, replacement] of [...SHORTHAND, ...ANATOMY]) text = text.replace(pattern, replacement);
  text = text.replace(SYMBOL, (_, before: string, symbol: string) => `${before}${symbol[0]!.toUpperCase()}${symbol.slice(1)}`);
  text = text.replace(LISTED_SYMBOL, (_, before: string, symbol: string) => `${before}${symbol[0]!.toUpperCase()}${symbol.slice(1)}`);
  // A goal that is met is no "mets".
  text = text.replace(/\b(are|is|been|being|was|were|not|they|it|she|he) (?:all )?met\b/gi, '$1 reached');
  for (const [pattern, replacement] of CONTRACTIONS) text = text.replace(pattern, replacement);
  // "Hi, ...", "quick one, ..." before a question.
  text = text.replace(
    /^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: there| again| doc| doctor| rounds| team)?|quick one|quick question|one more thing|by the way|btw)\s*[,!:.-]+\s*(?=\S)/i,
    '',
  );
  return text.replace(/\s+/g, ' ').trim();
}

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Lower case, possessive taken off. */
  readonly word: string;
  readonly possessive: boolean;
}

/** Words of a text with their positions: letters and digits, with inner hyphens and apostrophes. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:[-'./][\p{L}\p{N}]+)*'?/gu)) {
    const written = match[0];
    const possessive = /(?:'s|s')$/i.test(written);
    const bare = possessive ? written.replace(/'s?$/i, '') : written.replace(/'$/, '');
    found.push({ start: match.index, end: match.index + written.length, text: written, word: bare.toLowerCase(), possessive });
  }
  return found;
}

/** Damerau-Levenshtein (adjacent swaps count one), cut off above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** The stem that forms of a word share: "suturing", "suture", "sutured". */
export function stem(word: string): string {
  const folded = fold(word);
  const cut = folded.replace(/(?:ings?|ed|es|e|ion|al)$/, '');
  return cut.length >= 4 ? cut : folded;
}

/** "fractures" and "fracture", "allergies" and "allergy" fold to one. */
export function fold(word: string): string {
  const lower = word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  if (lower.length > 4 && lower.endsWith('ies')) return `${lower.slice(0, -3)}y`;
  if (lower.length > 4 && /(?:ses|xes|ches|shes)$/.test(lower)) return lower.slice(0, -2);
  if (lower.length > 3 && lower.endsWith('s') && !/(?:ss|us|is)$/.test(lower)) return lower.slice(0, -1);
  return lower;
}
