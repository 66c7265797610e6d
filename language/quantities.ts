/**
 * Numbers with their units in text. A number that is part of a name ("COVID-19", "B12", "type 2"), an identifier, an ordinal, a calendar
 * date, a clock time or a time expression ("2 years ago", "for 3 years": see dates.ts) is no quantity. Every number is reported once.
 */
import type { TextQuantity } from './contract.ts';
import { timeSpans } from './dates.ts';
import { toUcum } from './units.ts';

const TIME_UNITS = 'seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos|years?|yrs?';
/** Units that letters alone make sure of. */
const ATOMS = [
  'millimet(?:er|re)s? of mercury|mm ?\\[?Hg\\]?|cm ?\\[?H2O\\]?|kPa|torr',
  'degrees? (?:fahrenheit|celsius|centigrade|[FC])|deg\\.? ?[FC]|° ?[FC]|℃|℉|fahrenheit|celsius|degrees',
  'international units?|I\\.?U\\.?s?|\\[?[mu]?IU\\]?|units?|unt',
  'milligrams?|micrograms?|kilograms?|nanograms?|picograms?|grams?|mcg|[µμu]g|mgs?|kgs?|kilos?|ng|pg|gm|g',
  'pounds?|lbs?|ounces?|oz|stones?|st',
  'millilit(?:er|re)s?|microlit(?:er|re)s?|decilit(?:er|re)s?|lit(?:er|re)s?|mls?|mcL|[µμu]L|dL|fL|cc|L',
  'millimoles?|micromoles?|nanomoles?|picomoles?|mmols?|[µμu]mol|nmol|pmol|mol',
  'milliequivalents?|m?Eqs?|mOsm(?:ol)?',
  'centimet(?:er|re)s?|millimet(?:er|re)s?|kilomet(?:er|re)s?|met(?:er|re)s?|cm|mm3|mm|km|m(?:2|²|\\^2)|sq\\.? m',
  'inch(?:es)?|feet|foot|ft|miles?',
  'percent|per cent|pct|%',
  'tablespoons?|teaspoons?|tbsp|tsp',
  'tablets?|tabs?|capsules?|caps?|pills?|puffs?|inhalations?|actuations?|actuat|sprays?|drops?|gtts?|patch(?:es)?|suppositor(?:y|ies)|lozenges?|vials?|ampoules?|doses?',
  'pack[- ]years?|cigarettes?|packs?|drinks?',
  'beats?|breaths?|bpm|resp(?:irations)?|cells?|copies|points?|pts|score|times?|steps?|calories|kcal|METs?|diopters?',
  TIME_UNITS,
  '[mkμµu]?U(?= ?/)|HPF|LPF|kat|thousand|million|billion|K|M|ratio',
];
const ATOM = `(?:${ATOMS.join('|')})`;
const DENOMINATOR = `(?:\\(\\d+ ?(?:h|hr|mL)\\)|\\{?1\\.73 ?_?m(?:2|²|\\^2|\\*2)?\\}?|\\d* ?(?:${ATOMS.join('|')}|h|d|day|hr|wk|min|s|creat(?:inine)?|g creat(?:inine)?))`;
const POWER = '(?:[x×*]? ?10 ?(?:\\^|\\*\\*?|[eE]) ?\\(?\\d{1,2}\\)?|[x×] ?10\\(\\d{1,2}\\)|[x×] ?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)';
const PER = '(?: ?\\/ ?|\\bper | per | an? (?=day|week|month|year|minute|hour|night))';
const UNIT = new RegExp(
  `^(?: ?-?(?:${POWER}) ?\\/ ?${ATOM}|[ -]?${ATOM}(?:${PER}${DENOMINATOR}){0,3}|(?: ?\\/ ?| per )(?:min(?:ute)?|sec(?:ond)?|hours?|hr|day|week|month|year|[µμu]L|mcL|mm3|HPF|LPF|mL|L)|["″](?! ?\\w))(?![A-Za-z0-9])|^ ?['′](?= ?\\d)`,
  'i',
);
const UNIT_BARE_TIME = new RegExp(`^[ -]?(?:${TIME_UNITS})\\b`, 'i');
/** One letter only counts as written: "5 L", "10 U", "37.2 C", "5 h", "1.7 m". */
const LETTER_UNIT = /^ ?(L|U|C|F|h|g|m|d)(?![A-Za-z0-9'’.-]|\.\d)/;
const AGE =
  /^[ -]?(?:(?:years?|yrs?|y)[ -]?(?:old|of age|o\b\.?)|y\.? ?\/? ?o\.?(?![a-z])|years? young|-?year-?olds?)|^(?: ?(?:M|F))(?= (?:with|who|presents|presenting|here|seen|s\/p|p\/w|w\/|h\/o|hx|admitted)\b|,)/i;
const MONTHS_OLD = /^[ -](?:months?|mos?|weeks?|wks?|days?)[ -](?:old|of age)/i;

const ONES: Record<string, number> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const TENS: Record<string, number> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
const ONE = Object.keys(ONES).join('|');
const TEN = Object.keys(TENS).join('|');
const SMALL = `(?:(?:${TEN})(?:[- ](?:${ONE}))?|${ONE})`;
const WORDED = new RegExp(
  `\\b(?:(?:(?:an?|${ONE}) (?:hundred|thousand))(?:(?: and)? ${SMALL})?|${SMALL}(?: hundred(?:(?: and)? ${SMALL})?)?)(?: point(?: (?:${ONE}))+| and a half)?\\b|\\bhalf(?= an? |-? ?(?:tablet|tab|pill|capsule|dose|teaspoon|milligram|mg))|\\b(?:a )?dozen\\b|\\b(?:a )?couple(?= of)|\\bonce\\b|\\btwice\\b|\\bthrice\\b`,
  'gi',
);

function wordValue(text: string): { value: number; decimals: number } | undefined {
  const t = text.toLowerCase().trim();
  if (t === 'half') return { value: 0.5, decimals: 1 };
  if (t === 'once') return { value: 1, decimals: 0 };
  if (t === 'twice') return { value: 2, decimals: 0 };
  if (t === 'thrice') return { value: 3, decimals: 0 };
  if (/dozen$/.test(t)) return { value: 12, decimals: 0 };
  if (/couple$/.test(t)) return { value: 2, decimals: 0 };
  let total = 0;
  let current = 0;
  const [whole, fraction] = t.split(' point ');
  const half = / and a half$/.test(whole!);
  for (const word of whole!
    .replace(/ and a half$/, '')
    .replace(/-/g, ' ')
    .split(' ')) {
    if (word === 'and') continue;
    if (word === 'a' || word === 'an') current = 1;
    else if (word === 'hundred') current = (current || 1) * 100;
    else if (word === 'thousand') {
      total += (current || 1) * 1000;
      current = 0;
    } else {
      const n = ONES[word] ?? TENS[word];
      if (n === undefined) return undefined;
      current += n;
    }
  }
  const value = total + current + (half ? 0.5 : 0);
  if (fraction === undefined) return { value, decimals: half ? 1 : 0 };
  const digits = fraction
    .split(' ')
    .map((w) => ONES[w])
    .join('');
  return { value: Number(`${value}.${digits}`), decimals: digits.length };
}

interface Token {
  start: number;
  end: number;
  value: number;
  decimals: number;
  worded?: boolean;
  unit?: string;
  ucum?: string;
  /** End of number and unit. */
  unitEnd: number;
  score?: boolean;
}

const NUMBER = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+/g;
const VULGAR: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 1 / 3, '⅔': 2 / 3 };

/** Words after which a number names a kind, a place or an identifier, and measures nothing. */
const NAMING =
  /(?:^|[\s(/,-])(?:type|stage|grade|class|phase|category|cat|level|step|tier|room|rm|bed|ward|unit|floor|suite|apt|box|page|pg|fig|figure|table|section|chapter|item|question|visit|no|number|nr|mrn|id|lot|ref|account|acct|phone|tel|fax|zip|icd|cpt|loinc|snomed|rxnorm|code|vitamin|vit|factor|interleukin|il|omega|coenzyme|trisomy|chromosome|mobitz|gold|nyha|ckd|asa|bi-?rads|pi-?rads|li-?rads|ti-?rads|hpv|hsv|hhv|htlv|hiv|sars-cov|covid|cov|influenza a h|coxsackie|phq|gad|gds|fev|pcv|ppsv|prevnar|pneumovax|gardasil|alpha|beta|gamma|mutation|exon|variant|version|release|protocol|group|arm|cohort|day|week|trial|cycle|part|parity|gravida|route|highway|interstate)\.?[ -]?#?$/i;
/** ... unless a unit follows: "level 95 mg/dL", "visit 120/80 mmHg". */
const NAMING_ALWAYS =
  /(?:^|[\s(/,-])(?:type|stage|grade|vitamin|vit|factor|no|number|mrn|id|lot|icd|cpt|room|bed|phone|tel|fax|trisomy|covid|omega|mobitz|nyha|ckd|gravida)\.?[ -]?#?$/i;

function isQuantity(text: string, start: number, end: number, spans: readonly (readonly [number, number])[]): boolean {
  if (spans.some(([a, b]) => start < b && end > a)) return false;
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 40);
  const number = text.slice(start, end);
  if (/[\p{L}_]$/u.test(before) && !/(?:^|[\s(])[x×]$/i.test(before)) return false;
  if (/[\p{L}\d][-–/]$/u.test(before) && !/(?:\d|mm|mg|BP|HR|RR|\bT|Wt|Ht|was|is|of|[)%])[-–/]$/i.test(before)) return false;
  if (/[.\d]$/.test(before) && !/[^\d]\.$|^\.$/.test(before)) return false;
  if (/^(?:st|nd|rd|th)\b/i.test(after) || /^['’]?s\b/i.test(after)) return false;
  if (/^\d|^[.,]\d/.test(after)) return false;
  if (/^:\d|^ ?(?:[ap]\.?m\.?\b|o'clock)/i.test(after) || /\d:$/.test(before)) return false;
  if (/^-?(?:fold|lead|vessel|view|way|step|level|item|question|point review|channel|chamber|digit)\b/i.test(after)) return false;
  if (/^[A-Za-z]/.test(after) && !UNIT.test(after) && !LETTER_UNIT.test(after) && !AGE.test(after) && !/^x\b/i.test(after)) return false;
  if (/^-[A-Za-z]/.test(after) && !UNIT.test(after) && !AGE.test(after) && !MONTHS_OLD.test(after)) return false;
  if (/^0\d/.test(number)) return false;
  if (/^\d{8,}$/.test(number)) return false;
  if (/\[(?:\d+(?:[-–]\d+)?, ?)*(?:\d+[-–])?$/.test(before) && /^(?:(?:, ?|[-–])\d+)*\]/.test(after)) return false;
  if (
    /^[-.]\d{3}[-.]\d{4}\b|^\) ?\d{3}-\d{4}|^-\d{4}\b(?!\s?(?:mg|mL|kcal|calories|units))/.test(after) ||
    /\d{3}[-.]$|\d{3}\) $/.test(before)
  )
    return false;
  if (
    /(?:^|\n)\s*$/.test(before) &&
    /^[.)]\s+[A-Za-z]/.test(after) &&
    /^\d{1,2}$/.test(number) &&
    start - before.length + before.length === start &&
    (start === 0 || /\n\s*$/.test(text.slice(0, start)) || text.slice(0, start).trim() === '')
  )
    return false;
  if (/#$/.test(before) || /\bq\d{1,2}[-–]$/i.test(before)) return false;
  if (NAMING_ALWAYS.test(before)) return false;
  if (NAMING.test(before) && !number.includes('.') && !UNIT.test(after)) return false;
  if (/\bCA[ -]$/.test(before) && /^(?:125|19|15|27|72)$/.test(number) && !UNIT.test(after)) return false;
  // "24 HR metformin": an extended-release form, not a time.
  if (/^(?:8|12|24|72)$/.test(number) && /^ ?HR\b/.test(after) && !/\b(?:every|for|in|q|x|over|past|last)\s?$/i.test(before)) return false;
  if (
    /^-(?:hour|hr)\b/i.test(after) ||
    (/^(?:24|48|72)$/.test(number) && /^ (?:hour|hr) (?:urine|holter|collection|monitor|ambulatory|protein)/i.test(after))
  )
    return false;
  if (/^24$/.test(number) && /^\/7\b/.test(after)) return false;
  if (/^7$/.test(number) && /\b24\/$/.test(before)) return false;
  return true;
}

const NOT_COUNT_BEFORE =
  /\b(?:no|this|that|the|another|any|every|each|which|some|someone|other|only the|an?|first|last|next|old|new|loved) $/i;

function worded(text: string, spans: readonly (readonly [number, number])[]): Token[] {
  const found: Token[] = [];
  WORDED.lastIndex = 0;
  for (let m = WORDED.exec(text); m; m = WORDED.exec(text)) {
    const start = m.index;
    const end = start + m[0].length;
    const before = text.slice(Math.max(0, start - 25), start);
    const after = text.slice(end, end + 25);
    const word = m[0].toLowerCase();
    if (spans.some(([a, b]) => start < b && end > a)) continue;
    if (/[-\w]$/.test(before) || (/^-/.test(after) && !UNIT.test(after) && !AGE.test(after))) continue;
    if (
      word === 'one' &&
      (NOT_COUNT_BEFORE.test(before) ||
        /^(?:['’]s| of (?:the|her|his|their|these|those|my|our|which|whom)| another| side| (?:can|should|must|may|might|would|could|needs|has|is|was)\b| who)/i.test(
          after,
        ))
    )
      continue;
    if (
      word === 'once' &&
      (/\bat $/i.test(before) ||
        /^ (?:she|he|they|it|we|you|the|her|his|their|this|that|all|off|on|started|stopped|finished|discharged|home|stable|again|more)\b/i.test(
          after,
        ))
    )
      continue;
    if (NAMING.test(before) && word !== 'once' && word !== 'twice') continue;
    const read = wordValue(m[0]);
    if (read) found.push({ start, end, ...read, worded: true, unitEnd: end });
  }
  return found;
}

function attachUnit(text: string, token: Token): void {
  const after = text.slice(token.end, token.end + 60);
  const age = AGE.exec(after);
  const preceding = text.slice(Math.max(0, token.start - 14), token.start);
  if (age) {
    set(token, age[0], 'a');
    return;
  }
  const old = MONTHS_OLD.exec(after);
  if (old) {
    const unit = /^[ -]([a-z]+)/i.exec(old[0])![1]!;
    set(token, old[0], toUcum(unit));
    return;
  }
  const outOf = /^ ?(?:\/|out of|over) ?(\d{1,3}|ten)(?![\d/.]|,\d| ?(?:mm|mg|tab|pill|min|kg|days?|weeks?|months?))/i.exec(after);
  if (outOf && Number.isInteger(token.value) && /^ ?(?:\/|out)/i.test(outOf[0])) {
    const top = outOf[1] === 'ten' ? 10 : Number(outOf[1]);
    if (SCALES.has(top) && token.value <= top && !(token.value === 20 && top >= 15)) {
      set(token, outOf[0], '{score}');
      token.score = true;
      return;
    }
  }
  const found = UNIT.exec(after);
  if (found) {
    const shown = found[0].replace(/^[ -]+/, '').trimEnd();
    const letters = /^(?:K|M|m|l|g|st|c|f|cap|caps|mol|pts|time|l|s)$/.test(shown);
    if (/^in$/i.test(shown)) return;
    if (!letters || (shown === 'g' && /^ ?g/.test(found[0]))) {
      const code = toUcum(unitText(shown));
      if (code !== undefined || /^degrees?$/i.test(shown)) {
        set(token, found[0].trimEnd(), code);
        return;
      }
      // The longest part that is a unit: "5 mg / visit" is 5 mg.
      const head = /^[ -]?[^/ ]+/.exec(found[0]);
      const headCode = head ? toUcum(unitText(head[0].replace(/^[ -]+/, ''))) : undefined;
      if (head && headCode !== undefined) {
        set(token, head[0], headCode);
        return;
      }
    }
  }
  const letter = LETTER_UNIT.exec(after);
  if (letter) {
    const unit = letter[1]!;
    const plausible =
      unit === 'C' || unit === 'F'
        ? token.value >= 25 && token.value <= 115
        : unit === 'm'
          ? token.decimals > 0
          : unit === 'd'
            ? !letter[0].startsWith(' ')
            : true;
    if (plausible) {
      set(token, letter[0], unit === 'm' ? 'm' : toUcum(unit));
      return;
    }
  }
  const inches = /^ in(?:\.|ch(?:es)?)?(?= ?(?:tall|high|in height|long|$|[,;.)]))/i.exec(after);
  if (inches) {
    set(token, inches[0], '[in_i]');
    return;
  }
  const multiple = /^ ?x\b(?= ?(?:daily|a day|per|\/|weekly|a week|week|day))/i.exec(after);
  if (multiple) {
    set(token, multiple[0], '{times}');
    return;
  }
  if (/\b(?:aged?|age(?: of|:)?|ages) (?:of )?$/i.test(preceding) && token.value <= 125 && token.decimals === 0) token.ucum = 'a';
}
const SCALES = new Set([
  4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 21, 24, 25, 26, 27, 28, 29, 30, 33, 40, 42, 50, 56, 60, 63, 70, 75, 84, 96, 100,
]);

function unitText(shown: string): string {
  return shown
    .replace(/ an? (?=day|week|month|year|minute|hour|night)/i, '/')
    .replace(/\/night/i, '/d')
    .replace(/\bresp(?:irations)?\b/i, 'breaths');
}

function set(token: Token, shown: string, code: string | undefined): void {
  token.unit = shown.replace(/^[ -]+/, '');
  token.unitEnd = token.end + shown.length;
  if (code !== undefined) token.ucum = code;
}

const COMPARATORS: readonly (readonly [RegExp, NonNullable<TextQuantity['comparator']>])[] = [
  [
    /(?:<=|≤|=<|\b(?:no|not) (?:more|greater|higher|over)(?: than)?|\bat most|\bat or below|\bup to|\bmaximum(?: of)?|\bmax(?: of)?|\bless than or equal to|\bno higher than|\bnot exceeding|\bdoes not exceed) ?$/i,
    '<=',
  ],
  [
    /(?:>=|≥|=>|\b(?:no|not) (?:less|fewer|lower|under)(?: than)?|\bat least|\bat or above|\bminimum(?: of)?|\bgreater than or equal to|\bnot below) ?$/i,
    '>=',
  ],
  [/(?:<|\b(?:less|fewer|lower|smaller|younger) than|\bunder|\bbelow|\bshort of|\bjust under) ?$/i, '<'],
  [
    /(?:(?<![-=])>|\b(?:more|greater|higher|larger|older) than|\bover|\babove|\bexceed(?:s|ed|ing)?|\bin excess of|\bupwards of|\bjust over) ?$/i,
    '>',
  ],
  [
    /(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|close to|near|some|an estimated|somewhere around|in the region of|ca\.)) ?$/i,
    '~',
  ],
];
const TRAILING: readonly (readonly [RegExp, NonNullable<TextQuantity['comparator']>])[] = [
  [/^(?:\+(?!\d)| or (?:more|higher|greater|above|over|older)\b| and (?:above|over|up)\b| (?:at|as a) minimum\b)/i, '>='],
  [/^(?: or (?:less|fewer|lower|below|under|younger)\b| and (?:below|under)\b| (?:at most|maximum|max)\b)/i, '<='],
  [/^(?:-ish\b| or so\b| or thereabouts\b| give or take\b)/i, '~'],
];
const CHANGE =
  /\b(?:rose|risen|rise|rising|fell|fallen|fall|falling|increas\w+|decreas\w+|dropp?\w*|went|gone|improv\w+|worsen\w+|climb\w+|declin\w+|titrat\w+|chang\w+|up|down|reduc\w+|rais\w+|lower\w+|grew|grow\w*|progress\w+|move[ds]?|moving|trend\w*|gain\w*|lost)\b[^.;]*$/i;
const RANGING = /\b(?:rang\w+|var(?:y|ied|ying|ies)|fluctuat\w+|between|anywhere|target|goal|normal|reference)\b[^.;]*$/i;

/** Every quantity of the text, in order, not overlapping. */
export function quantities(text: string): readonly TextQuantity[] {
  if (
    !/\d|[½¼¾⅓⅔]/.test(text) &&
    !/\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundred|thousand|dozen|couple|half|once|twice|thrice)\b/i.test(
      text,
    )
  )
    return [];
  const spans = timeSpans(text);
  const tokens: Token[] = worded(text, spans);
  NUMBER.lastIndex = 0;
  for (let m = NUMBER.exec(text); m; m = NUMBER.exec(text)) {
    const start = m.index;
    const end = start + m[0].length;
    if (!isQuantity(text, start, end, spans)) continue;
    const plain = m[0].replace(/,/g, '');
    tokens.push({
      start,
      end,
      value: Number(plain),
      decimals: plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0,
      unitEnd: end,
    });
  }
  for (const m of text.matchAll(/[½¼¾⅓⅔]/g)) {
    const last = tokens.find((t) => !t.worded && (t.end === m.index || (t.end === m.index - 1 && text[t.end] === ' ')));
    if (last) {
      last.value += VULGAR[m[0]]!;
      last.decimals = 1;
      last.end = m.index + 1;
      last.unitEnd = last.end;
    } else tokens.push({ start: m.index, end: m.index + 1, value: VULGAR[m[0]]!, decimals: m[0] === '½' ? 1 : 2, unitEnd: m.index + 1 });
  }
  tokens.sort((a, b) => a.start - b.start);
  const joined = powers(text, fractions(text, signs(text, tokens)));
  for (const token of joined) attachUnit(text, token);
  return combine(text, joined);
}

/** "-2.5": a sign where no range or hyphen can be meant. */
function signs(text: string, tokens: Token[]): Token[] {
  for (const token of tokens) {
    const before = text.slice(0, token.start);
    if (
      !token.worded &&
      /[-−–]$/.test(before) &&
      /(?:^|[\s(:=])[-−–]$/.test(before) &&
      !/[\d%] *[-−–]$/.test(before) &&
      (token.decimals > 0 || /(?:score|of|is|was|:|=|excess|deficit)\s*[-−]$/i.test(before))
    ) {
      token.value = -token.value;
      token.start -= 1;
    } else if (/\b(?:minus|negative) $/i.test(before) && token.decimals > 0) {
      token.value = -token.value;
      token.start -= /minus $/i.test(before) ? 6 : 9;
    }
  }
  return tokens;
}

/** "1/2 tablet", "1 1/2 tabs" */
function fractions(text: string, tokens: Token[]): Token[] {
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const a = tokens[i]!;
    const b = tokens[i + 1];
    if (
      b &&
      text.slice(a.end, b.start) === '/' &&
      [2, 3, 4].includes(b.value) &&
      a.value < b.value &&
      a.decimals === 0 &&
      /^ ?-?(?:of an? )?(?:an? )?(?:tab|pill|cap|dose|teaspoon|tsp|cup|pack|mg|inch|hour|litre|liter|bottle)/i.test(text.slice(b.end))
    ) {
      const whole = result.at(-1);
      if (whole && !whole.worded && /^[ -]$/.test(text.slice(whole.end, a.start))) {
        whole.value += a.value / b.value;
        whole.decimals = 1;
        whole.end = whole.unitEnd = b.end;
      } else result.push({ start: a.start, end: b.end, value: a.value / b.value, decimals: b.value === 4 ? 2 : 1, unitEnd: b.end });
      i++;
    } else result.push(a);
  }
  return result;
}

/** "5 x 10^9" without a volume behind it is a number. With one it is part of the unit (attachUnit reads it), and the "10" is no quantity. */
function powers(text: string, tokens: Token[]): Token[] {
  const result: Token[] = [];
  let covered = -1;
  for (const token of tokens) {
    if (token.start < covered) continue;
    const power = new RegExp(`^ ?${POWER}`).exec(text.slice(token.end, token.end + 20));
    if (power && /^ ?[x×*]/.test(power[0])) {
      covered = token.end + power[0].length;
      if (!UNIT.test(text.slice(token.end, token.end + 60))) {
        const exponent = Number(/(\d{1,2})\)?$/.exec(power[0].normalize('NFKC').replace(/10(?=\d{1,2}$)/, '10^'))?.[1] ?? 0);
        token.value *= 10 ** exponent;
        token.end = token.unitEnd = covered;
      } else {
        covered = token.end + UNIT.exec(text.slice(token.end, token.end + 60))![0].length;
      }
    }
    result.push(token);
  }
  return result;
}

function combine(text: string, tokens: readonly Token[]): readonly TextQuantity[] {
  const result: TextQuantity[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const a = tokens[i]!;
    const floor = result.at(-1)?.end ?? 0;
    if (a.start < floor) continue;
    const b = tokens[i + 1];
    const feet =
      b && a.ucum === '[ft_i]' && b.start - a.unitEnd <= 5 && /^[ ,]*(?:and )?$/.test(text.slice(a.unitEnd, b.start)) && b.value < 12;
    const pounds = b && a.ucum === '[lb_av]' && b.ucum === '[oz_av]' && /^[ ,]*(?:and )?$/.test(text.slice(a.unitEnd, b.start));
    if (b && (feet || pounds)) {
      const end = b.ucum === '[in_i]' || pounds ? b.unitEnd : b.end;
      const value = feet ? a.value * 12 + b.value : a.value * 16 + b.value;
      result.push(
        quantity(text, a.start, end, { ...b, value, unit: text.slice(a.end, end).trim(), ucum: feet ? '[in_i]' : '[oz_av]' }, 'single'),
      );
      i++;
      continue;
    }
    if (b && !a.score) {
      const between = text.slice(a.unitEnd, b.start);
      const before = text.slice(floor, a.start);
      const form = link(before, between, a, b);
      if (form === 'pair' || form === 'range') {
        const unit = b.unit === undefined ? a : b;
        const lead = form === 'range' ? (/\b(?:between|from|anywhere (?:between|from)) $/i.exec(before)?.[0].length ?? 0) : 0;
        const start = a.start - (/from /i.test(before.slice(-lead || before.length)) && form === 'range' ? lead : lead);
        result.push(
          quantity(
            text,
            start,
            b.unitEnd,
            { ...unit, value: a.value, decimals: Math.max(a.decimals, b.decimals) },
            form,
            b.value,
            a.worded || b.worded,
          ),
        );
        i++;
        continue;
      }
    }
    const before = text.slice(floor, a.start);
    const after = text.slice(a.unitEnd);
    const lead = COMPARATORS.map(([re, c]) => ({ m: re.exec(before), c })).find(({ m }) => m);
    const overTime = lead?.c === '>' && /over ?$/i.test(before) && UNIT_BARE_TIME.test(text.slice(a.end)) && !AGE.test(text.slice(a.end));
    const trail = TRAILING.map(([re, c]) => ({ m: re.exec(after), c })).find(({ m }) => m);
    const start = lead && !overTime ? a.start - lead.m![0].length : a.start;
    const end = trail ? a.unitEnd + trail.m![0].length : a.unitEnd;
    const comparator = lead && !overTime ? lead.c : trail?.c;
    result.push({ ...quantity(text, start, end, a, 'single'), ...(comparator ? { comparator } : {}) });
  }
  return result;
}

function link(before: string, between: string, a: Token, b: Token): TextQuantity['form'] | undefined {
  const unitsFit = a.ucum === undefined || b.ucum === undefined || a.ucum === b.ucum;
  if (!unitsFit || b.score) return undefined;
  if (/^ ?\/ ?$/.test(between) && a.unit === undefined) return 'pair';
  if (/^ over $/i.test(between) && a.unit === undefined && a.value >= 50 && b.value >= 20 && a.value > b.value) return 'pair';
  if (/\b(?:between|anywhere between) $/i.test(before) && /^ and $/i.test(between)) return 'range';
  const from = /\bfrom $/i.test(before);
  if (from && /^ (?:to|up to|through) $/i.test(between)) return RANGING.test(before) ? 'range' : undefined;
  if (/^ ?[-–—] ?$/.test(between) && (a.worded ?? false) === (b.worded ?? false)) {
    if (a.value < b.value && (b.value < a.value * 10 || a.value === 0)) return 'range';
    return a.unit === undefined && b.unit !== undefined && !between.includes(' ') ? 'pair' : undefined;
  }
  if (/^ (?:to|or) $/i.test(between) && a.value < b.value && !/^ to $/i.test(between))
    return a.unit === undefined && b.unit !== undefined && b.value <= a.value * 2.5 ? 'range' : undefined;
  if (/^ to $/i.test(between) && a.value < b.value && !(CHANGE.test(before.slice(-60)) && !RANGING.test(before.slice(-60)))) return 'range';
  return undefined;
}

function quantity(
  text: string,
  start: number,
  end: number,
  token: Token,
  form: TextQuantity['form'],
  second?: number,
  anyWorded?: boolean,
): TextQuantity {
  return {
    start,
    end,
    text: text.slice(start, end),
    value: token.value,
    ...(second === undefined ? {} : { second }),
    form,
    decimals: token.decimals,
    ...(token.unit === undefined ? {} : { unit: token.unit }),
    ...(token.ucum === undefined ? {} : { ucum: token.ucum }),
    ...((anyWorded ?? token.worded) ? { worded: true } : {}),
  };
}
