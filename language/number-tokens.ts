/** Numbers in text: which digits and words are quantities, and which are names, dates, identifiers and ordinals. */
import { ONES, TENS } from './number-words.ts';
import { AGE, LETTER_UNIT, MONTHS_OLD, type Token, UNIT } from './quantity-units.ts';

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

export const NUMBER = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+/g;
export const VULGAR: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 1 / 3, '⅔': 2 / 3 };

/** Words after which a number names a kind, a place or an identifier, and measures nothing. */
const NAMING =
  /(?:^|[\s(/,-])(?:type|stage|grade|class|phase|category|cat|level|step|tier|room|rm|bed|ward|unit|floor|suite|apt|box|page|pg|fig|figure|table|section|chapter|item|question|visit|no|number|nr|mrn|id|lot|ref|account|acct|phone|tel|fax|zip|icd|cpt|loinc|snomed|rxnorm|code|vitamin|vit|factor|interleukin|il|omega|coenzyme|trisomy|chromosome|mobitz|gold|nyha|ckd|asa|bi-?rads|pi-?rads|li-?rads|ti-?rads|hpv|hsv|hhv|htlv|hiv|sars-cov|covid|cov|influenza a h|coxsackie|phq|gad|gds|fev|pcv|ppsv|prevnar|pneumovax|gardasil|alpha|beta|gamma|mutation|exon|variant|version|release|protocol|group|arm|cohort|day|week|trial|cycle|part|parity|gravida|route|highway|interstate)\.?[ -]?#?$/i;
/** ... unless a unit follows: "level 95 mg/dL", "visit 120/80 mmHg". */
const NAMING_ALWAYS =
  /(?:^|[\s(/,-])(?:type|stage|grade|vitamin|vit|factor|no|number|mrn|id|lot|icd|cpt|room|bed|phone|tel|fax|trisomy|covid|omega|mobitz|nyha|ckd|gravida)\.?[ -]?#?$/i;

export function isQuantity(text: string, start: number, end: number, spans: readonly (readonly [number, number])[]): boolean {
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
  if (/\b[A-Za-z]{1,2}\d{1,2}[-–/]$/.test(before)) return false;
  if (/\bgrade [IV\d]{1,3} ?(?:\/|out of|over|of) ?$/i.test(before)) return false;
  if (/^0\d/.test(number)) return false;
  if (/^\d{8,}$/.test(number)) return false;
  if (/\[(?:\d+(?:[-–]\d+)?, ?)*(?:\d+[-–])?$/.test(before) && /^(?:(?:, ?|[-–])\d+)*\]/.test(after)) return false;
  // Telephone numbers; "900-1200 mL" and "150-400" are none.
  if (/^[-.]\d{3}[-.]\d{4}\b|^\) ?\d{3}-\d{4}/.test(after)) return false;
  if (/^\d{3}$/.test(number) && /^-\d{4}\b/.test(after) && !UNIT.test(after.slice(5))) return false;
  if (/^\d{4}$/.test(number) && /(?:^|[^\d.])\d{3}[-.]$/.test(before) && !UNIT.test(after)) return false;
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

export function worded(text: string, spans: readonly (readonly [number, number])[]): Token[] {
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
