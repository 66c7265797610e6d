/**
 * Sentences of notes and letters: prose, bullets, numbered items and headed lines. No text is lost: every character that is no white
 * space belongs to exactly one sentence. "Medications: a; b; c" stays one sentence.
 */

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Words whose full stop ends no sentence, in lower case without it. */
const ABBREVIATIONS = new Set(
  (
    'dr drs mr mrs ms mx prof st sr jr rn md do np pa phd rev hon gen col lt vs v e.g i.e eg ie cf et al etc viz approx ca c no nos nr vol fig figs ' +
    'pt pts hx dx rx tx sx fx h/o s/p w/o temp resp ext inc ltd co dept univ ave blvd rd apt mt ft in lb lbs oz mg mcg kg g ml dl cm mm hr hrs min ' +
    'sec wk wks mo mos yr yrs y.o q.d b.i.d t.i.d q.i.d q.o.d q.h.s p.r.n p.o i.v i.m s.c s.q a.c p.c h.s q b.d o.d a.m p.m jan feb mar apr jun jul ' +
    'aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun avg max est tab tabs cap caps inj soln susp bid tid qid prn ' +
    'sol syr oint supp u.s u.k ph.d m.d d.o r.n'
  ).split(' '),
);
/** These may also end a sentence: they do before a capital that starts a usual sentence. */
const MAY_END = new Set(
  'etc mg mcg kg g ml dl cm mm hr hrs min sec wk wks mo mos yr yrs y.o q.d b.i.d t.i.d q.i.d q.o.d q.h.s p.r.n p.o i.v i.m s.c a.m p.m lb lbs oz ft in inc ltd bid tid qid prn tab tabs cap caps h.s p.c a.c b.d o.d al u.s u.k dx hx rx tx sx m.d d.o r.n md do rn np pa phd ph.d no jr sr pt pts'.split(
    ' ',
  ),
);
const STARTS_SENTENCE =
  /^["'“(]?(?:The|This|That|These|Those|There|Then|He|She|They|It|His|Her|Their|Its|We|I|You|Your|Our|My|Patient|Pt|Mr|Mrs|Ms|Dr|In|On|At|For|From|Since|After|Before|During|With|Without|No|Not|Also|However|But|And|Last|Latest|Most|Current|Currently|Today|Yesterday|Blood|Labs?|Vitals?|Will|Continue|Start|Stop|Follow|Plan|Denies|Reports|Has|Had|Is|Was|Were|Are|Recent|Her|An?|One|Two|Both|All|Please|Given|As|If|When|While|BP|HR|Weight|Allergies|Medications?)\b/;

/** Units, times and instructions of a dose: a capital after them begins a sentence, unless the instruction goes on. */
const SIG =
  /^(?:mg|mcg|kg|g|ml|dl|cm|mm|hrs?|min|sec|wks?|mos?|yrs?|y\.o|lbs?|oz|ft|in|q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.o\.d|q\.h\.s|p\.?r\.?n|p\.o|i\.v|i\.m|s\.c|s\.q|a\.c|p\.c|h\.s|b\.d|o\.d|a\.m|p\.m|tabs?|caps?)$/;
const COUNTED = /\d\s*\p{L}+$/u;
const SIG_GOES_ON =
  /^(?:[A-Z]{2,3}(?=[\s.,;)]|$)(?<=PO|BID|TID|QID|QD|QOD|QHS|PRN|IV|IM|SC|SQ|SL|OD|BD|TDS|QDS|HS|AM|PM|XR|ER|SR|XL|CR|LA|DR|IR)|(?:Oral|Tab|Tablets?|Cap|Capsules?|Extended|Delayed|Chewable|Disintegrating|Injection|Solution|Daily|Nightly|(?:Once|Twice|Three times) (?:daily|a|per)|Every|By mouth|Per)\b)/;
const BEGINS = /^["'“(]?(?:\p{Lu}|[a-z]{1,2}\p{Lu})/u;
/** What a single letter belongs to, other than a person's name: "penicillin V", "hepatitis B", "1.5 L". */
const LETTERED =
  /(?:^|[\s(])(?:penicillin|vitamin|hepatitis|influenza|h(?:a)?emophilus|type|group|grade|class|category|stage|pugh|factor|protein|amphotericin|polymyxin|immunoglobulin|h(?:a)?emoglobin|troponin|coenzyme|streptococcus|strep|botulinum(?: toxin)?|interferon|provitamin|antigen|arm|lead|wave|apolipoprotein)\s+[A-Z]$|\d\s*[A-Z]$/iu;

function endsSentence(text: string, at: number): boolean {
  const mark = text[at]!;
  const after = text.slice(at + 1);
  const closing = /^["'”’)\]]*/.exec(after)![0].length;
  const rest = after.slice(closing);
  if (rest !== '' && !/^\s/.test(rest)) {
    // "given.She": a missing space, never inside a number, an abbreviation or an address.
    return mark !== '.'
      ? /^[A-Z]/.test(rest)
      : /[a-z)\]%]$/.test(text.slice(0, at)) && /^[A-Z][a-z]/.test(rest) && !/\S*[@/]\S*$/.test(text.slice(0, at));
  }
  if (mark !== '.') return true;
  const next = rest.trimStart();
  if (next === '') return true;
  const word = /([\p{L}./]+)$/u.exec(text.slice(0, at))?.[1]?.toLowerCase() ?? '';
  const digitsBefore = /(?:^|\n|[.!?;]\s)\s*(?:\d{1,2}|[A-Za-z])$|:\s+(?:1|[Aa])$/.exec(text.slice(0, at));
  if (digitsBefore && /^[ \t]/.test(rest)) return false; // "1. Diabetes": the number of an item
  // "eGFR", "pH", "hsCRP": names that are written with a small letter first.
  if (/^[a-z]/.test(next) && !/^[a-z]{1,2}[A-Z]/.test(next) && !/^(?:pt|patient|on|denies|no)\b/.test(next)) return false;
  const before = text.slice(0, at);
  // "John A. Smith"
  if (/^\p{L}$/u.test(word) && /[A-Z]$/.test(before) && !STARTS_SENTENCE.test(next)) return LETTERED.test(before) && BEGINS.test(next);
  if (SIG.test(word) && (/\./.test(word) || !/^(?:in|min|sec|g|ft)$/.test(word) || COUNTED.test(before)) && BEGINS.test(next))
    return !SIG_GOES_ON.test(next);
  // "after it went in." is the preposition, "62 in." the unit.
  if (word === 'in' && !/\d\s*in$/i.test(before) && BEGINS.test(next)) return true;
  if (ABBREVIATIONS.has(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word))
    return MAY_END.has(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word)
      ? STARTS_SENTENCE.test(next) && !(word === 'no' && /^\d/.test(next))
      : false;
  return true;
}

const BULLET = /^[ \t]*(?:[-*•▪◦‣·–—]|\(?\d{1,2}[.)]|\(?[a-hA-H][.)])[ \t]+/;
const HEADED = /^[ \t]*(?:#{1,6} |[A-Z][\w /&'()-]{1,48}:)/;

/** A line that goes on in the next: no end mark, and the next starts in lower case or the line is long enough to have been wrapped. */
function wraps(line: string, next: string): boolean {
  const bare = line.trimEnd();
  if (bare === '' || next.trim() === '') return false;
  if (BULLET.test(next) || HEADED.test(next) || (bare.includes('|') && next.includes('|'))) return false;
  if (/[.!?:;]["'”’)\]]*$/.test(bare) && !/\b(?:Dr|Mr|Mrs|Ms|vs|St|approx)\.$/.test(bare)) return false;
  // "eGFR 60" on a line of its own begins with a small letter too.
  if (/^[ \t]*[a-z(]/.test(next) && !/^[ \t]*[a-z]{1,2}[A-Z]/.test(next)) return true;
  if (/[,–-]$/.test(bare) || /\b(?:and|or|of|the|a|an|with|in|on|at|for|to|by|from|was|is|her|his|Dr\.|Mr\.|Mrs\.|Ms\.)$/.test(bare))
    return true;
  return bare.length >= 60 && !BULLET.test(line);
}

/** The sentences of the text in order. `text` is the trimmed slice from `start` to `end`. */
export function sentences(text: string): readonly Sentence[] {
  const result: Sentence[] = [];
  const push = (from: number, to: number): void => {
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    if (trimmed === '') return;
    const start = from + (raw.length - raw.trimStart().length);
    result.push({ start, end: start + trimmed.length, text: trimmed });
  };
  for (const [from, to] of blocks(text)) {
    let start = from;
    for (let i = from; i < to; i++) {
      if (!'.!?'.includes(text[i]!)) continue;
      if (!endsSentence(text.slice(from, to), i - from)) continue;
      let end = i + 1;
      while (end < to && /[.!?"'”’)\]]/.test(text[end]!)) end++;
      push(start, end);
      start = end;
      i = end - 1;
    }
    push(start, to);
  }
  return joinMarks(result, text);
}

/** Runs of lines that belong together. */
function blocks(text: string): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  let at = 0;
  let previous: string | undefined;
  for (const line of text.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
    const end = at + line.length;
    const last = result.at(-1);
    if (last && previous !== undefined && wraps(previous, line)) last[1] = end;
    else result.push([at, end]);
    previous = line;
    at = end;
  }
  return result;
}

/** A piece without a letter or digit ("-", "***") goes with the one before it, or the one after where none is. */
function joinMarks(pieces: readonly Sentence[], text: string): readonly Sentence[] {
  const result: Sentence[] = [];
  let carry: number | undefined;
  for (const piece of pieces) {
    const start = carry ?? piece.start;
    if (!/[\p{L}\p{N}]/u.test(piece.text)) {
      const last = result.pop();
      const from = last?.start ?? start;
      if (last) result.push({ start: from, end: piece.end, text: text.slice(from, piece.end) });
      else carry = start;
      continue;
    }
    carry = undefined;
    result.push({ start, end: piece.end, text: text.slice(start, piece.end) });
  }
  if (carry !== undefined) result.push({ start: carry, end: pieces.at(-1)!.end, text: text.slice(carry, pieces.at(-1)!.end) });
  return result;
}
