import type { Reading } from './items.ts';
import { cue, masked } from './reading.ts';

export interface Piece {
  readonly from: number;
  readonly to: number;
  /** What stands before it: a new sentence, or a word that joins. */
  readonly joint: 'start' | 'sentence' | 'and';
}

const CONTENT = /‹[ocdkvpasux]\d+(?::[\w-]+)?›/;
const WH = /\b(?:what|which|when|why|who|whom|where|how|since when)\b/;
const OPENER =
  /^\W*(?:also |then |please |if so,? )*(?:what|which|when|why|who|where|how|since when|is|are|was|were|has|have|had|does|do|did|any|list|show|give|tell|summari[sz]e|can you|could you|should|anything|(?:if|whether) (?:she|he|they|the patient|there|‹n\d+›))\b/;
/** Opens a phrase that belongs to what follows or precedes, not a question of its own. */
const PHRASE =
  /^\W*(?:since|after|before|when (?:she|he|they|the patient|‹|(?:the|her|his) \S+ (?:was|were|had|got))|while|during|at|in|on|as of|given|now that|for|because|until|from|with|if|even though|although|regarding|about|to|of|than|compared|per|ever since|by|prior to|following)\b/;
const FIELD =
  /\b(?:age|old|gender|sex|dob|born|birthday|address|phone|language|race|ethnicity|married|marital|email|mrn|insurance|overdue|due|up to date|matters most|summary|summari[sz]e|worry|reason|dose|dosage|why|when|die|died|dead|deceased|death|alive)\b/;

/** The entries of what stands before, and nothing of its own. */
const WHICH_OF_THEM =
  /^\W*(?:please )?(?:(?:list|show|give)(?: me)?(?: (?:them|those|these|all|the dates|dates|which|every one|each))*|(?:on )?(?:which|what)(?: (?:dates?|days?|ones?|visits?))+|(?:the )?dates?|when)(?: (?:please|were they|was it|was that))?\W*$/;

const TREATED_WITH = /^\W*(?:treated|managed|given) (?:with |for it )?what\b|^\W*(?:the )?treatment(?: given)?\W*$/;

/** Where a joining word may part two questions: its span in the text. */
function joints(reading: Reading): { start: number; end: number; hard: boolean }[] {
  const found: { start: number; end: number; hard: boolean }[] = [];
  const inside = (position: number): boolean => reading.items.some((item) => item.start < position && position < item.end);
  for (const match of reading.text.matchAll(
    /[?!]+(?:\s+|$)|[.;:](?=\s+\S)\s+|\s-\s|\s*,\s*(?:and|as well as|plus|also|then)\s+|\s+(?:and also|and then|and|as well as|along with|plus|also|&|then)\s+|\s*[,+]\s*|\s*\/\s*/gi,
  )) {
    const start = match.index;
    const end = start + match[0].length;
    if (inside(start + 1) || inside(end - 1)) continue;
    if (/^\s*\/\s*$/.test(match[0])) {
      // A slash joins only two names: "sodium/potassium".
      const left = reading.items.find((item) => item.end === start);
      const right = reading.items.find((item) => item.start === end);
      if (left?.type !== 'named' || right?.type !== 'named') continue;
    }
    // "Dr. Smith", "vs. 2019": no end of a sentence.
    if (/^\./.test(match[0]) && /\b(?:dr|mr|mrs|ms|vs|st|approx|no|e\.g|i\.e)$/i.test(reading.text.slice(0, start))) continue;
    found.push({ start, end, hard: /[?!;:.]/.test(match[0]) || /^\s-\s$/.test(match[0]) });
  }
  return found;
}

/** A dash or colon: what follows is said of what stands before it. */
const TURN = /^\s*(?:-|:)\s*$/;
/** One name with what limits it, and no question of its own: "creatinine above 3". */
const isPhrase = (mask: string): boolean =>
  !OPENER.test(mask) && !WH.test(mask) && (mask.match(new RegExp(CONTENT, 'g')) ?? []).length === 1;

/** Parts a text into the questions that it asks. What only adds to its neighbour stays with it. */
export function split(reading: Reading): readonly Piece[] {
  const whole = masked(reading);
  const comparing = /\b(?:compare[ds]?|comparison|difference between|between|relationship)\b/.test(whole) && !/\bbetween ‹t/.test(whole);
  const pieces: { from: number; to: number; joint: Piece['joint'] }[] = [];
  let from = 0;
  let joint: Piece['joint'] = 'start';
  const ends = [...joints(reading), { start: reading.text.length, end: reading.text.length, hard: true }];
  for (const end of ends) {
    pieces.push({ from, to: end.start, joint });
    from = end.end;
    joint = end.hard ? 'sentence' : 'and';
  }
  const kept: { from: number; to: number; joint: Piece['joint'] }[] = [];
  for (const piece of pieces) {
    const mask = masked(reading, piece.from, piece.to).trim();
    const previous = kept.at(-1);
    if (!/[\p{L}\p{N}‹]/u.test(mask)) continue;
    if (!previous) {
      kept.push(piece);
      continue;
    }
    const before = masked(reading, previous.from, previous.to).trim();
    const has = CONTENT.test(mask);
    const beforeHas = CONTENT.test(before) || FIELD.test(before);
    // "Quick question:", "one more thing,": talk before the question.
    const picks = /\b(?:first|second|third|last|latest|earliest|oldest|newest|previous|other|next) (?:ones?\b|‹q\d+›)/.test(before);
    const idle =
      !picks && !beforeHas && !WH.test(before) && !/\ballerg\w*/.test(before) && !cue('{T}').test(before) && !/‹u\d+›/.test(before);
    if (idle && (piece.joint === 'sentence' || (OPENER.test(mask) && !PHRASE.test(before)))) {
      previous.from = piece.from;
      previous.to = piece.to;
      continue;
    }
    const merge =
      (piece.joint === 'and' &&
        (comparing ||
          // "Since she stopped metformin, how has ..."
          (PHRASE.test(before) && !WH.test(before.replace(/^(\W*)when (?=s?he |they |the patient |‹|the |her |his )/, '$1'))) ||
          // "what are the highest and lowest ..."
          (!beforeHas && !picks && !/\ballerg\w* to \w+$/.test(before)) ||
          // ", if any", ", since 2018"
          (PHRASE.test(mask) && !OPENER.test(mask)) ||
          (!has &&
            !OPENER.test(mask) &&
            !FIELD.test(mask) &&
            !cue('{T}').test(mask) &&
            !(/‹c\d+›/.test(before) && TREATED_WITH.test(mask))) ||
          // "when and why was ..." keeps both words on one thing
          /^\W*(?:when|why|who|where|how|since when|what)\W*$/.test(before))) ||
      // "Systolic above 175, list", ", which dates": those that are above it.
      (!has && !OPENER.test(before) && /‹q\d+›/.test(before) && WHICH_OF_THEM.test(mask)) ||
      // "Amoxicillin - what for?", "A1c: when?": the name, then what is asked of it.
      (piece.joint === 'sentence' &&
        (/^‹[^›]+›$/.test(before) || (TURN.test(reading.text.slice(previous.to, piece.from)) && isPhrase(before))) &&
        !has &&
        (WH.test(mask) || FIELD.test(mask)) &&
        !/[?!]/.test(reading.text.slice(previous.to, piece.from))) ||
      (piece.joint === 'sentence' && !beforeHas && !OPENER.test(before) && before.length < 40 && !/^\W*‹n\d+›\W*$/.test(before)) ||
      (piece.joint === 'sentence' && /^\W*(?:please|thanks|thank you|thx|many thanks|cheers|asap)\b[\w\s]*\W*$/.test(mask));
    if (merge) previous.to = piece.to;
    else kept.push(piece);
  }
  return kept;
}
