/**
 * What a sentence denies, doubts, places in the past, in the family or in the future: cues and the words they govern.
 * After NegEx (Chapman et al., J Biomed Inform 2001;34:301-310) and ConText (Harkema et al., J Biomed Inform 2009;42:839-851), with
 * cue lists and scope rules of our own: a cue governs what follows it (or, for some, what stands before it) up to a conjunction of
 * contrast, a change of subject or the end of the clause; a pseudo-cue ("no change", "not only") governs nothing.
 */

export type NegationKind = 'negated' | 'uncertain' | 'historical' | 'family' | 'hypothetical';

export interface Negation {
  /** The cue itself. */
  readonly start: number;
  readonly end: number;
  readonly cue: string;
  /** What it governs: [start, end) in the text. */
  readonly scope: readonly [number, number];
  readonly kind: NegationKind;
}

interface Cue {
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

const CUES: readonly Cue[] = [
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

/** A clause ends here: contrast, a new subject, an end mark. Commas and "and" do not end it ("no fever, cough or chills"). */
const CLAUSE_END =
  /(?:[;.!?](?=\s|$)|[:](?=\s)|\n\s*\n|\n\s*[-*•]|\bbut\b|\bhowever\b|\bexcept(?: for| that)?\b|\balthough\b|\bthough\b|\byet\b|\bstill (?=has|takes|on)|\baside from\b|\bapart from\b|\bother than\b|\bwhereas\b|\bwhile\b|\bwhich\b|\bbecause\b|\bsecondary to\b|\bdue to\b|\bnevertheless\b|\bsince (?=she|he|they|it)|,? and (?:(?:she|he|they|the patient|it|pt|patient) |(?:is|was|has|does|takes|had|continues|remains|reports|presents|currently|now) )|,? (?:she|he|they|pt|the patient|patient) (?:is|was|has|does|takes|had|continues|remains|reports|presents|currently|now|denies)\b|, (?:but|with|on|has|had|takes|currently|now|presents|reports|positive for)\b|\bpositive for\b|\bpresents with\b|\bcomplains? of\b|\breports\b(?! of)|\badmits to\b)/gi;

function clauseAfter(text: string, at: number): number {
  CLAUSE_END.lastIndex = at;
  for (let m = CLAUSE_END.exec(text); m; m = CLAUSE_END.exec(text)) {
    if (m.index === at && /^[:]/.test(m[0])) continue;
    if (m[0] === '.' && !realEnd(text, m.index)) continue;
    return m.index;
  }
  return text.length;
}

function clauseBefore(text: string, at: number): number {
  let last = 0;
  CLAUSE_END.lastIndex = 0;
  for (let m = CLAUSE_END.exec(text); m && m.index < at; m = CLAUSE_END.exec(text)) {
    const end = m.index + m[0].length;
    if (m[0] === '.' && !realEnd(text, m.index)) continue;
    if (end <= at) last = end;
  }
  return last;
}

/**
 * Where the subject of a cue begins: "she takes metformin, and asthma was not found" denies asthma alone, "she takes metformin and was
 * not given aspirin" nothing before the cue.
 */
function subjectStart(text: string, at: number): number {
  const clause = clauseBefore(text, at);
  const before = text.slice(clause, at);
  if (/(?:\b(?:and|or|but)|,) *$/i.test(before)) return at;
  const found = [...before.matchAll(/, (?:and |or |but )|\band (?=(?:(?:her|his|their|the|a|an) )?[\w-]+(?: [\w-]+)? *$)/gi)].at(-1);
  const verb = found && /\b(?:is|was|are|were|has|have|had|takes?|took|shows?|showed|reports?)\b/i.test(before.slice(0, found.index));
  return found && verb ? clause + found.index + found[0].length : clause;
}

function realEnd(text: string, at: number): boolean {
  return !/\b(?:Dr|Mr|Mrs|Ms|vs|approx|e\.g|i\.e|No|St|b\.i\.d|t\.i\.d|q\.d|p\.o)$/i.test(text.slice(Math.max(0, at - 8), at));
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly cue: Cue;
}

/** Cues of the text in order with what they govern. The longest cue wins where several start together; pseudo-cues only block. */
export function negations(text: string): readonly Negation[] {
  const hits: Hit[] = [];
  for (const c of CUES) {
    c.re.lastIndex = 0;
    for (let m = c.re.exec(text); m; m = c.re.exec(text)) {
      if (m[0] === '') c.re.lastIndex++;
      else hits.push({ start: m.index, end: m.index + m[0].trimEnd().length, cue: c });
    }
  }
  const priority = (hit: Hit): number => (hit.cue.kind === 'uncertain' ? 0 : 1);
  // A cue inside a longer one of its own group says the same; one of another group ("no history of": denial and past) stands beside it.
  const group = (kind: Cue['kind']): string => (kind === 'pseudo' || kind === 'negated' || kind === 'uncertain' ? 'polarity' : kind);
  hits.sort(
    (a, b) =>
      b.end - b.start - (a.end - a.start) || priority(a) - priority(b) || a.start - b.start || CUES.indexOf(a.cue) - CUES.indexOf(b.cue),
  );
  const kept: Hit[] = [];
  for (const hit of hits) {
    if (hit.end <= hit.start) continue;
    if (kept.some((k) => hit.start < k.end && k.start < hit.end && group(k.cue.kind) === group(hit.cue.kind))) continue;
    if (
      hit.cue.kind === 'historical' &&
      /^had$/i.test(text.slice(hit.start, hit.end)) &&
      kept.some((k) => k.start <= hit.start && hit.end <= k.end)
    )
      continue;
    if (hit.cue.kind === 'historical' && kept.some((k) => k.cue.kind === 'family' && k.start <= hit.start && hit.end <= k.end)) continue;
    kept.push(hit);
  }
  kept.sort((a, b) => a.start - b.start);
  const result: Negation[] = [];
  for (const hit of kept) {
    if (hit.cue.kind === 'pseudo') continue;
    result.push({
      start: hit.start,
      end: hit.end,
      cue:
        hit.cue.kind === 'negated' && /\b(?:any ?more|any longer)\b/i.test(text.slice(hit.end, clauseAfter(text, hit.end)))
          ? 'no longer'
          : (hit.cue.name ?? text.slice(hit.start, hit.end).replace(/^: ?/, '').toLowerCase()),
      scope: scopeOf(text, hit),
      kind: hit.cue.kind,
    });
  }
  return neitherNor(text, result);
}

function scopeOf(text: string, hit: Hit): readonly [number, number] {
  // "Diabetes: no", "cough - denies": the cue closes its line and speaks of what stands before it.
  const closing = hit.cue.side === 'after' && hit.cue.kind === 'negated' && /^\s*(?:[.;,)]|$|\n)/.test(text.slice(hit.end));
  if (hit.cue.side === 'before' || closing) return [subjectStart(text, hit.start), hit.start];
  const end = clauseAfter(text, hit.end);
  if (hit.cue.side === 'both') return [subjectStart(text, hit.start), end];
  return [hit.end, end];
}

/** "Neither A nor B": the first cue ends where the second begins, both deny. */
function neitherNor(text: string, found: readonly Negation[]): readonly Negation[] {
  return found.map((n) => {
    if (n.cue !== 'neither') return n;
    const nor = found.find((m) => m.cue === 'nor' && m.start > n.end && !/[.;]\s/.test(text.slice(n.end, m.start)));
    return nor ? { ...n, scope: [n.end, nor.start] as const } : n;
  });
}

/** The cues that govern a span of the text (a mention). */
export function negationsOf(found: readonly Negation[], start: number, end: number): readonly Negation[] {
  return found.filter((n) => n.scope[0] <= start && end <= n.scope[1]);
}

/** Whether a span is denied: an odd number of denials ("denies no pain" asserts it). */
export function isNegated(found: readonly Negation[], start: number, end: number): boolean {
  return negationsOf(found, start, end).filter((n) => n.kind === 'negated').length % 2 === 1;
}
