/** The words that deny, doubt or place in the past, in the family or in the future, and on which side of them what they govern stands. */
export type NegationKind = 'negated' | 'uncertain' | 'historical' | 'family' | 'hypothetical';

export interface Cue {
  readonly re: RegExp;
  readonly kind: NegationKind | 'pseudo';
  readonly side: 'after' | 'before' | 'both';
  /** Reads as this cue, where the matched words vary. */
  readonly name?: string;
}

const words = (source: string): RegExp => new RegExp(`(?<![\\w'’-])(?:${source})(?![\\w'’])`, 'gi');
const cue = (kind: Cue['kind'], side: Cue['side'], source: string, name?: string): Cue => ({
  re: words(source),
  kind,
  side,
  ...(name ? { name } : {}),
});

const BE = "(?:is|are|was|were|has been|have been|had been|be|been|being|'s|’s|'re|’re)";
const ADVERB =
  '(?:currently |presently |ever |really |actually |yet |also |still |clearly |previously |recently |now |at all |at present |at this time )*';
/** "isn't", "hasn't", "didn't" ... with either apostrophe, or none. */
const CONTRACTED =
  "(?:is|are|was|were|has|have|had|does|do|did|ca|can|could|wo|would|should)n['’]?t(?: been)?|(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|may|must) not(?: been| be| had| have)?|cannot(?: be)?";

const DONE =
  '(?:known|given|done|performed|taken|prescribed|had|received|started(?: on)?|ordered|checked|measured|tested|administered|repeated|drawn|obtained|completed|offered|diagnosed(?: with)?|confirmed|treated|used|required|needed|placed|begun|established|carried out)';

export const CUES: readonly Cue[] = [
  // Words that look like a denial and are none.
  cue(
    'pseudo',
    'after',
    'no (?:significant |appreciable |substantial |real |major |interval |other |further |new |acute )?(?:change|changes|increase|decrease|improvement|worsening|difference|difficulty|problem|issue|trouble|doubt|question|matter|wonder)s?(?: in| with| from| about| that| for)?|no (?:more|less|fewer|greater|later|lower|higher|earlier|older|younger|sooner) than|not (?:only|just|merely|simply|necessarily|certain(?:ly)?(?: if| whether| that)?|sure(?: if| whether)?|clear(?: if| whether)?|entirely|completely|fully|limited to|uncommon|unusual|infrequently|more than|less than|at least|later than|earlier than|drain)|without (?:difficulty|complications?|incident|problems?|issues?|event|change|delay|doubt|further delay|help|assistance|interruption)|no (?:one|body)|no\\.? ?\\d+|gram negative|rh[- ]negative|rhesus negative|(?:blood (?:type|group) )?(?:a|b|ab|o)[- ]negative|negative (?:pressure|feedback)|no doubt|nothing by mouth|why not|whether or not|if not|not otherwise specified|not elsewhere classified|not elsewhere specified|non-?stop|no wonder|not well controlled|not (?:well|poorly|optimally|adequately) controlled|not at goal|no stranger to|could not be (?:higher|better)|never mind',
  ),
  // Double denial: what is denied is the denial.
  cue(
    'pseudo',
    'after',
    "(?:not|never|no|n['’]t|cannot|can['’]?t|couldn['’]?t|does not|doesn['’]?t|did not|didn['’]?t) (?:be )?(?:deny|denies|denied|without|free of|negative for|absent)",
  ),
  cue('pseudo', 'after', `(?:${CONTRACTED}) (?:been )?(?:without|free of|negative for|absent|denied|un\\w+ed)`),
  // A change of status: it was so, and is no longer.
  cue('negated', 'both', 'no longer|not any (?:more|longer)|not anymore', 'no longer'),
  cue(
    'negated',
    'before',
    `${BE}? ?(?:now )?(?:ruled out|excluded|disproved|refuted|denied|unremarkable for|absent|not (?:present|seen|found|identified|detected|noted|observed|recorded|documented|appreciated|evident|reported|demonstrated|visualized))`,
  ),
  cue('negated', 'both', `(?:${CONTRACTED}) (?:been |be )?${ADVERB}${DONE}`),
  cue('negated', 'both', `(?:${BE}|has|have|had)? ?(?:not|never) (?:yet |ever )?(?:been |be )?${ADVERB}${DONE}`),
  cue(
    'negated',
    'before',
    `(?:${CONTRACTED}) (?:been |be )?${ADVERB}(?:present|seen|found|identified|detected|noted|observed|recorded|documented|appreciated|evident|reported|demonstrated|visualized|on (?:file|record)|in (?:the|her|his|their) (?:chart|record|file)|an? (?:issue|problem|concern))`,
  ),
  {
    re: /(?<=\w)\)?(?::| -| –) ?(?:negative|none|neg|no|absent|nil|denied|denies|never|unremarkable)(?=[\s.,;]*(?:$|\n|[.,;]))/gi,
    kind: 'negated',
    side: 'before',
  },
  cue('negated', 'before', `(?:${BE}|came back|returned|tested|remains?|remained) (?:${ADVERB})(?:negative|absent)(?! for)`),
  cue(
    'negated',
    'after',
    'no(?: known| documented| recorded| reported| prior| previous| past| current| active| definite| clear| obvious| radiographic| clinical| convincing| other| further| new| personal| relevant| significant| mention of| complaints? of| signs? of| symptoms? of| signs or symptoms of| evidence of| evidence for| indication of| indications? for| suggestion of| suspicion of| history of| hx of| h/o| record of| documentation of| report of| reports of| findings? of| diagnosis of| need for)*',
  ),
  cue(
    'negated',
    'after',
    `(?:${CONTRACTED})(?: ${ADVERB.trim()})?(?: (?:show|reveal|demonstrate|have|has|had|any|suffer from|complain of|report|take|taking|on|use|using|need|require|receive|get|got|smoke|drink)(?: any)?)?`,
  ),
  cue(
    'negated',
    'after',
    'never(?: (?:been|had|taken|received|used|diagnosed with|has|have))*|not|denies(?: any| having)?|denied(?: any| having)?|denying|deny|without(?: any)?(?: evidence of| signs? of| history of)?|w/o|absence of|lack of|lacks|lacking|negative for|neg for|tested negative for|(?:is |are |was |were |remains? |remained )?free of|free from|ruled out for|rules out|ruling out|failed to (?:reveal|show|demonstrate)|fails to (?:reveal|show)|(?:is |was )?unable to|rather than|instead of|nor|neither|none of|nil|non-?existent|unremarkable for|declines|declined|refuses|refused|with no|zero',
  ),
  // Doubt
  cue(
    'uncertain',
    'after',
    "possible|possibly|probable|probably|suspected|suspect|suspects|suspicion (?:of|for)|suspicious for|likely|unlikely|presumed|presumably|presumptive|questionable|query|\\?(?= ?[a-z])|r/o|rule out|to rule out|concern(?:ing)? for|worrisome for|suggests?|suggestive of|suggesting|consistent with|compatible with|may (?:have|be|represent|reflect|indicate)|might (?:have|be|represent)|could (?:have|be|represent)|appears? to (?:have|be)|seems? to (?:have|be)|differential(?: diagnosis)?(?: includes?)?|ddx|perhaps|maybe|potential(?:ly)?|cannot (?:rule out|exclude)|can['’]t (?:rule out|exclude)|not (?:certain|sure|clear) (?:if|whether|that)|unclear (?:if|whether)|uncertain (?:if|whether)|evaluate for|evaluation for|work-?up for|screen(?:ing)? for|borderline",
  ),
  cue(
    'uncertain',
    'before',
    "(?:is|are|was|were|remains?) (?:possible|likely|probable|suspected|unlikely|uncertain|questionable|unclear|in question|to be ruled out)|(?:cannot|can['’]t|could not|couldn['’]t) be (?:ruled out|excluded)|(?:(?:has|have|had|is|was|were) )?(?:not|never) (?:yet )?(?:been )?(?:ruled out|excluded)|(?:has|is|was)n['’]?t (?:been )?(?:ruled out|excluded)|(?<=\\w) ?\\?",
  ),
  // The past
  cue(
    'historical',
    'after',
    'history of|past (?:medical )?history(?: of| is significant for| significant for)?|past surgical history(?: of)?|pmhx?|hx of|hx|h/o|s/p|status post|previous(?:ly)?|prior(?! to)|past(?! (?:the )?(?:year|month|week|day|hour|decade|few|several|couple|\\d|two|three|four|five|six|ten|twelve|24))|former(?:ly)?|remote|in the past(?! (?:year|month|week|day|hour|decade|few|several|couple|\\d|two|three|four|five|six|ten|twelve))|used to(?: have| be| take)?|once had|formerly|had(?! been on| not)|old|childhood|resolved|recovered from|healed|ex(?=-)|stopped|discontinued',
  ),
  cue(
    'historical',
    'before',
    'in the past(?! (?:year|month|week|day|hour|decade|few|several|couple|\\d|two|three|four|five|six|ten|twelve))|years ago|(?:has |have |had |is |was |were |now )*(?:resolved|recovered|healed|remitted|cleared)|in remission|previously|in childhood|as a child|formerly',
  ),
  // The family
  cue(
    'family',
    'after',
    "family history(?: of| is significant for| significant for| notable for| positive for)?|fhx?(?: of)?|fam hx(?: of)?|(?:(?:her|his|their|the patient['’]s|patient['’]s|maternal|paternal|my|a) )*(?:mother|father|mom|mum|dad|brother|sister|sibling|parent|son|daughter|aunt|uncle|cousin|niece|nephew|grand(?:mother|father|parent|ma|pa)|twin|husband|wife|spouse|partner|relative|family)s?(?:['’]s)?(?! (?:physician|doctor|medicine|practice|practitioner|member (?:present|was)))",
  ),
  // What is not yet
  cue(
    'hypothetical',
    'after',
    'if|should (?:she|he|they|the patient|symptoms|pain|fever)|in case of|in the event of|return (?:if|for)|unless|to prevent|prevention of|prophylaxis (?:for|against)|risk of|at risk for|at risk of|(?:will|would|should|could|may|might|can) (?:be )?(?:start|begin|consider|need|require|stop|switch|increase|decrease|add)(?:ed)?|consider(?:ing)?|plan(?:s|ned|ning)? (?:to|for|on)|scheduled (?:for|to)|recommend(?:ed|s|ing)?|advised? (?:to|against)|as needed for|prn for|watch for|monitor for|educated (?:on|about)|counsell?ed (?:on|about)|when (?:she|he|they) (?:develops?|has)|next',
  ),
];
