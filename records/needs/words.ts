/**
 * What a text says of a social need: that the person has it met ("is housed", "has transportation") or lacks it ("homeless", "no housing"). The
 * same words are read in sentences, in questions and in what a record's entries are called and answer. Domains: those of the Gravity Project
 * (https://thegravityproject.net).
 */

/** A need, or a degree of it: to have food is less than to be sure of it. `met` of each is the good of it, but for `shelter` and `street`. */
export const NEEDS = [
  'housing',
  'steady-housing',
  'shelter', // lives in a shelter
  'street', // lives on the street
  'food',
  'food-security',
  'food-risk', // met: not at risk of food insecurity
  'transport',
  'transport-enough',
  'transport-need', // met: no trouble for want of it
  'job',
  'full-time',
  'part-time',
  'no-unemployment', // who is retired has no job and is not unemployed
  'utilities',
  'utilities-enough',
  'money',
  'company',
  'safety',
  'no-abuse', // no violence from a partner
  'childcare',
  'childcare-enough',
  'phone',
  'phone-enough',
  'clothing',
  'clothing-enough',
  'care',
  'care-enough',
  'literacy',
] as const;
export type Need = (typeof NEEDS)[number];

export interface Standing {
  readonly need: Need;
  readonly met: boolean;
}

export interface SaidNeed extends Standing {
  /** Where it stands, with the words that grant or deny it. */
  readonly start: number;
  readonly end: number;
}

interface Resource {
  readonly plain?: Need;
  /** "enough", "stable": the need met for sure. */
  readonly sure: Need;
  readonly noun: string;
  /** "access to" it is the thing itself, unless it is the sure one that is accessed. */
  readonly accessIsSure?: boolean;
}

const OWN_PLACE =
  '(?:a |any )?(?:place|somewhere) (?:to (?:live|stay|sleep)|of (?:his|her|their|my) own)|roof over (?:his|her|their|my) head';
const RESOURCES: readonly Resource[] = [
  { plain: 'housing', sure: 'steady-housing', noun: `housing|homes?|house|apartment|flat|accommodation|${OWN_PLACE}` },
  { plain: 'food', sure: 'food-security', noun: 'food|groceries|to eat', accessIsSure: true },
  { plain: 'transport', sure: 'transport-enough', noun: 'transport(?:ation)?' },
  { plain: 'job', sure: 'job', noun: 'jobs?|work|employment' },
  { plain: 'utilities', sure: 'utilities-enough', noun: 'utilities|electricity|heating|running water' },
  { sure: 'money', noun: 'money' },
  { plain: 'company', sure: 'company', noun: 'social (?:support|contacts?|connections?)|support (?:system|network)' },
  { plain: 'childcare', sure: 'childcare-enough', noun: 'child ?care' },
  { plain: 'phone', sure: 'phone-enough', noun: '(?:cell |mobile )?(?:tele)?phone' },
  { plain: 'clothing', sure: 'clothing-enough', noun: 'clothing|clothes' },
  { plain: 'care', sure: 'care-enough', noun: 'health ?care|medical care' },
];

/** Troubles are named after what there is trouble with; "work problems" are no lack of work. */
const TROUBLED: readonly (readonly [Need, string])[] = [
  ['steady-housing', 'housing'],
  ['food-security', 'food'],
  ['transport-need', 'transport(?:ation)?'],
  ['utilities-enough', 'utilit(?:y|ies)'],
  ['money', 'financial|money'],
  ['childcare-enough', 'child ?care'],
];
const TROUBLE =
  '(?:needs?|problems?|insecurity|insecure|instability|unstable|barriers?|difficult(?:y|ies)|issues?|hardships?|shortages?|strain)';

const HIS = '(?:his|her|their|your|my|the)';
const PARTNER = '(?:ex-?)?(?:partner|husband|wife|spouse)';
const ENDS = '(?=\\s*(?:$|[.,;:!?)([]|and\\b|or\\b|but\\b))';

/** Words and names of a state, as they stand without a denial. `once`: what its denial says is open ("not retired"). */
const STATES: readonly (readonly [need: Need, met: boolean, words: string, once?: 'once'])[] = [
  ['shelter', false, 'unsheltered|(?:sleep(?:s|ing)?|living) rough|rough sleep(?:er|ing)', 'once'],
  ['housing', false, 'homeless(?:ness)?(?! (?:in|within) (?:the )?past)|unhoused|undomiciled|roofless|(?:of )?no fixed (?:abode|address)'],
  ['shelter', true, '(?:lives?|living|stay(?:s|ing)?|sleep(?:s|ing)?) (?:in|at) (?:a |the )?(?:homeless )?shelters?'],
  ['street', true, '(?:lives?|living|stay(?:s|ing)?|sleep(?:s|ing)?) (?:in|on) the streets?'],
  ['steady-housing', false, '(?:unstably|precariously|insecurely) housed|(?:unstable|insecure|precarious) housing'],
  [
    'steady-housing',
    false,
    `(?:at )?risk of (?:homelessness|losing ${HIS} (?:home|housing))|worr(?:ied|ies) about losing (?:${HIS} )?(?:home|housing)`,
  ],
  ['steady-housing', true, '(?:stably|securely) housed|housing[- ]secure'],
  ['housing', true, 'housed|domiciled'],
  ['food-risk', false, '(?:at )?risk (?:of|for) food insecurity|food insecurity risk'],
  [
    'food-security',
    false,
    "food (?:would run out|(?:just )?did(?: not|n['’]t) last|(?:that .{0,20} )?bought just didn['’]t last|running out)|goes hungry|going hungry",
  ],
  ['food-security', true, 'food[- ]secur(?:e|ity)'],
  ['transport', false, 'transport(?:ation)? (?:is )?unavailable'],
  ['no-unemployment', false, 'unemployed|unemployment|jobless|out of (?:work|a job)'],
  [
    'job',
    false,
    `retired|(?:unable|not able) to work|cannot work|(?:does|do)(?: not|n['’]t) (?:currently )?work${ENDS}|not in (?:the )?labor force`,
    'once',
  ],
  ['full-time', true, 'full[- ]time (?:work|employment|job)|works? full[- ]time|(?:working|employed) full[- ]time'],
  ['part-time', true, 'part[- ]time(?: or temporary)? (?:work|employment|job)|works? part[- ]time|(?:working|employed) part[- ]time'],
  ['job', true, `(?:gainfully )?employed|(?:in|has paid) work${ENDS}|work(?:s|ing)${ENDS}`],
  ['utilities', false, '(?:utilities|electricity|services) (?:(?:were|was|are|is|been) )?(?:already )?shut off'],
  ['money', false, 'in poverty|poverty|low income|financially (?:insecure|strained|unstable)|financial (?:resource )?strain'],
  ['money', true, 'financially (?:secure|stable)|financial (?:security|stability)'],
  ['company', false, `social(?:ly)? isolat(?:ed|ion)|lonel(?:y|iness)|isolated${ENDS}`],
  ['company', true, 'socially connected|well supported'],
  ['safety', false, 'unsafe'],
  [
    'no-abuse',
    false,
    `victim of (?:(?:intimate|domestic) )?(?:partner )?(?:abuse|violence)|(?:intimate partner|domestic) (?:abuse|violence)|afraid of ${HIS} ${PARTNER}|(?:being )?abused by ${HIS} ${PARTNER}`,
  ],
  [
    'safety',
    true,
    `(?:feel(?:s|ing)?|is|are) (?:physically and emotionally )?safe(?: at home| where (?:he|she|they|you) (?:currently )?lives?)?${ENDS}`,
  ],
  ['literacy', false, 'illitera(?:te|cy)'],
  ['literacy', true, 'literate|able to read|can read'],
];

const SURE = '(?:enough|sufficient|adequate|stable|steady|permanent|secure|reliable|regular)';
const PLAIN = `(?:an?|any|the|${HIS}|own|paid|current|much)`;
const HAVE = '(?:has got|have got|has|have|having|had|owns?|rents?)';
const NOW = '(?:(?:currently|now|still|really|always) )?';
const LACK = `(?:lack(?:s|ed|ing)?(?: of)?|without|(?:has|have|had|having|with|but|and|or|got) no|no longer (?:has|have)|(?:does|do|did)(?: not|n['’]?t) ${NOW}(?:have|own|get)|(?:has|have)(?: not|n['’]t) (?:got|had|enough)|(?:has|have|had) not|^no|cannot (?:get|afford)|unable to (?:get|afford)|not (?:have|having)|den(?:y|ies|ied) having|absence of|inadequate|insufficient|not enough)`;
/** A noun of its own, not the first part of another: "food allergy", "job interview". */
const ALONE =
  "(?=\\s*(?:$|[.,;:!?)(]|'s\\b)|\\s+(?:and|or|but|nor|at|in|on|since|now|for|to|because|currently|when|while|where|during|as|is|was|right|today|yet|any|anymore|kept|with|of|unspecified)\\b)";

const STATE_DENIED =
  /(?:\bnot|n['’]t|\bnever|\bno longer|\bno|\bwithout|\bdenie[sd](?: being| having)?|\bdeny|\bfree of|\blacks?)\s+(?:(?:been|being|be|a|an|any|currently|now|still|longer|known|considered|have|has|having|experiencing|evidence of|signs? of|concerns? (?:for|about))\s+)*$/i;

const compile = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}-])(?:${source})(?![\\p{L}\\p{N}-])`, 'giu');

interface Pattern {
  readonly regex: RegExp;
  /** `lack`: empty where the thing is had; absent where nothing can be joined to it. */
  readonly read: (match: RegExpMatchArray, before: string) => (Omit<SaidNeed, 'end'> & { readonly lack?: string }) | undefined;
}

const stateOf =
  (need: Need, met: boolean, once?: 'once'): Pattern['read'] =>
  (match, before) => {
    const denied = STATE_DENIED.exec(before);
    if (denied && once) return undefined;
    return { need, met: denied ? !met : met, start: denied ? denied.index : match.index! };
  };

const KIND = `(?<kind>(?:(?:${SURE}|${PLAIN}|access to)\\s+)*)`;

function resourceSaid({ plain, sure, accessIsSure }: Resource, kind: string, lack: string | undefined): Standing | undefined {
  const isSure =
    new RegExp(`\\b${SURE}\\b`, 'i').test(kind) ||
    (accessIsSure === true && /access/i.test(kind)) ||
    /\b(?:in|not )?adequate|insufficient|enough\b/i.test(lack ?? '');
  const need = isSure ? sure : plain;
  return need && { need, met: lack === undefined };
}

const resourcePattern = (resource: Resource): Pattern => ({
  regex: compile(`(?:(?<lack>${LACK})|(?<have>${HAVE}))\\s+${KIND}(?:${resource.noun})${ALONE}`),
  read: ({ groups, index }) => {
    const said = resourceSaid(resource, groups?.['kind'] ?? '', groups?.['lack']);
    return said && { ...said, start: index!, lack: groups?.['lack'] ?? '' };
  },
});

const JOINED = RESOURCES.map((resource) => ({
  resource,
  regex: new RegExp(`^(?<joint>\\s*(?:,|,?\\s*\\b(?:and|or|nor))\\s+)(?:no\\s+)?${KIND}(?:${resource.noun})${ALONE}`, 'iu'),
}));

/** "No job or home", "stable housing and a job": what is joined is had or lacked with the first. */
function joinedTo(text: string, from: number, lack: string): readonly SaidNeed[] {
  for (const { resource, regex } of JOINED) {
    const match = regex.exec(text.slice(from));
    const said = match && resourceSaid(resource, match.groups?.['kind'] ?? '', lack === '' ? undefined : lack);
    if (!match || !said) continue;
    const end = from + match[0].length;
    const start = from + (match.groups?.['joint'] ?? '').length;
    return [{ ...said, start, end }, ...joinedTo(text, end, lack)];
  }
  return [];
}

const PATTERNS: readonly Pattern[] = [
  ...TROUBLED.flatMap(([need, noun]): readonly Pattern[] => [
    { regex: compile(`(?:${noun})[- ](?:related )?${TROUBLE}`), read: stateOf(need, false) },
    {
      regex: compile(
        `(?:problems?|trouble|difficult(?:y|ies)|issues?) (?:with|getting|affording|finding) (?:enough |any )?(?:${noun})${ALONE}`,
      ),
      read: stateOf(need, false),
    },
  ]),
  ...TROUBLED.map(
    ([need, noun]): Pattern => ({
      regex: compile(`(?:${noun}) (?:is|are|remains?)(?: not|n['’]t)? (?:an? |no |never an? )?(?:problem|issue|barrier|concern)`),
      read: ({ 0: words, index }) => ({ need, met: /\b(?:not|no|never)\b|n['’]t/i.test(words), start: index! }),
    }),
  ),
  ...STATES.map(([need, met, words, once]): Pattern => ({ regex: compile(words), read: stateOf(need, met, once) })),
  ...RESOURCES.map(resourcePattern),
];

/** What the text says of needs, in its order; of two readings of the same words the one of more words. */
export function needsSaid(text: string): readonly SaidNeed[] {
  const found: SaidNeed[] = [];
  for (const { regex, read } of PATTERNS)
    for (const match of text.matchAll(regex)) {
      const said = read(match, text.slice(0, match.index));
      const end = match.index + match[0].length;
      // "Food insecurity: never true": what was asked, of which the answer says how it is.
      if (!said || /^\s*:/.test(text.slice(end))) continue;
      const { lack, ...one } = said;
      found.push({ ...one, end }, ...(lack === undefined ? [] : joinedTo(text, end, lack)));
    }
  return found
    .sort((a, b) => b.end - b.start - (a.end - a.start))
    .filter((said, index, all) => !all.slice(0, index).some((longer) => longer.start < said.end && longer.end > said.start))
    .sort((a, b) => a.start - b.start);
}

/** What follows from what: whoever is sure of food has it, and whoever has none is not sure of it. `only`: not the other way round. */
const FOLLOWS: readonly (readonly [need: Need, met: boolean, other: Need, otherMet: boolean, only?: 'only'])[] = [
  ['steady-housing', true, 'housing', true],
  ['shelter', true, 'housing', false],
  ['street', true, 'housing', false],
  ['street', true, 'shelter', false],
  ['food-security', true, 'food', true],
  ['food-risk', true, 'food-security', true],
  ['transport', false, 'transport-enough', false],
  ['transport-enough', false, 'transport-need', false, 'only'],
  ['utilities', false, 'utilities-enough', false],
  ['childcare', false, 'childcare-enough', false],
  ['phone', false, 'phone-enough', false],
  ['clothing', false, 'clothing-enough', false],
  ['care', false, 'care-enough', false],
  ['job', true, 'no-unemployment', true],
  ['full-time', true, 'job', true],
  ['part-time', true, 'job', true],
  ['full-time', true, 'part-time', false],
];

/** All that is so where this is so, itself first. */
export function followsFrom(said: Standing): readonly Standing[] {
  const found: Standing[] = [{ need: said.need, met: said.met }];
  for (const one of found)
    for (const [need, met, other, otherMet, only] of FOLLOWS) {
      const to =
        one.need === need && one.met === met
          ? { need: other, met: otherMet }
          : !only && one.need === other && one.met !== otherMet
            ? { need, met: !met }
            : undefined;
      if (to && !found.some((each) => each.need === to.need)) found.push(to);
    }
  return found;
}

const DOMAINS: Readonly<Record<Need, string>> = {
  housing: 'housing',
  'steady-housing': 'housing',
  shelter: 'housing',
  street: 'housing',
  food: 'food-insecurity',
  'food-security': 'food-insecurity',
  'food-risk': 'food-insecurity',
  transport: 'transportation',
  'transport-enough': 'transportation',
  'transport-need': 'transportation',
  job: 'employment',
  'full-time': 'employment',
  'part-time': 'employment',
  'no-unemployment': 'employment',
  utilities: 'utilities',
  'utilities-enough': 'utilities',
  money: 'income',
  company: 'social-support',
  safety: 'violence',
  'no-abuse': 'violence',
  childcare: 'childcare',
  'childcare-enough': 'childcare',
  phone: 'phone-access',
  'phone-enough': 'phone-access',
  clothing: 'needs',
  'clothing-enough': 'needs',
  care: 'needs',
  'care-enough': 'needs',
  literacy: 'education',
};

/** The concept of the social tables that a need belongs to. */
export const domainOf = (need: Need): string => `social/${DOMAINS[need]}`;
