/**
 * Folds words so that spelling habits do not matter: case, accents, possessive, plural, hyphen, US and UK spelling,
 * Roman numerals after "type", "stage" and the like.
 */

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  /** Folded form; equal for words that differ only in spelling habit or number. */
  readonly key: string;
}

const TOKEN = /[\p{L}\p{N}]+(?:['’](?:s|S)(?![\p{L}\p{N}]))?/gu;
const ROMAN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    i: '1',
    ii: '2',
    iii: '3',
    iv: '4',
    v: '5',
    vi: '6',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
  }),
);
const NUMBERED = new Set([
  'type',
  'stage',
  'class',
  'grade',
  'phase',
  'bipolar',
  'factor',
  'herpe',
  'hsv',
  'men',
  'dose',
  'category',
  'killip',
  'nyha',
]);
const GREEK: Readonly<Record<string, string>> = { α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ω: 'omega', µ: 'mu', μ: 'mu' };

/** Words between the content words of a name ("fracture of the hip"). */
export const FILLERS: ReadonlySet<string> = new Set([
  'of',
  'the',
  'a',
  'an',
  'in',
  'to',
  'for',
  'due',
  'on',
  'at',
  'by',
  'nos',
  'his',
  'her',
  'their',
  'my',
  'your',
]);

/** What a letter follows that tells one from another: "hepatitis A" is no hepatitis B. */
const LETTERED = /^(?:hep|hepatitis?|vitamin|influenza|group|type|factor)$/;
/** A word between the content words of a name, after the one before it. */
export const isFiller = (key: string, before: string | undefined): boolean =>
  FILLERS.has(key) && !(key === 'a' && before !== undefined && LETTERED.test(before));

/** Latin and Greek plurals and adjectives that the rules below would not bring together. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    feet: 'foot',
    teeth: 'tooth',
    bacteria: 'bacterium',
    children: 'child',
    women: 'woman',
    vertebrae: 'vertebra',
    fundi: 'fundus',
    calculi: 'calculus',
    thrombi: 'thrombus',
    emboli: 'embolus',
    fungi: 'fungus',
    diverticula: 'diverticulum',
    doses: 'dose',
    noses: 'nose',
    roses: 'rose',
    shoes: 'shoe',
    toes: 'toe',
    does: 'does',
    gas: 'gas',
    gases: 'gas',
    us: 'us',
    was: 'was',
    has: 'has',
    is: 'is',
    as: 'as',
    his: 'his',
    this: 'this',
    lens: 'lens',
    lenses: 'lens',
    pus: 'pus',
    news: 'news',
    series: 'series',
    measles: 'measles',
    rabies: 'rabies',
    scabies: 'scabies',
    herpes: 'herpe',
    diabetes: 'diabete',
    pancreas: 'pancrea',
  }),
);

const cache = new Map<string, string>();

/** One word folded. */
export function fold(word: string): string {
  let key = cache.get(word);
  if (key === undefined) {
    key = foldWord(word);
    if (cache.size > 200_000) cache.clear();
    cache.set(word, key);
  }
  return key;
}

function foldWord(word: string): string {
  let w = word;
  const last = w.charCodeAt(w.length - 1);
  if (last === 115 || last === 83) {
    const mark = w.charCodeAt(w.length - 2);
    if (mark === 39 || mark === 8217) w = w.slice(0, -2);
    // "UTIs", "MIs": an abbreviation in capitals with a plural s.
    else if (last === 115 && /^[A-Z][A-Z0-9]+s$/.test(w)) w = w.slice(0, -1);
  }
  w = w.toLowerCase();
  if (/[^a-z0-9]/.test(w)) {
    w = w
      .replace(/[αβγδωµμ]/g, (c) => GREEK[c] ?? c)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/ß/g, 'ss')
      .replace(/œ/g, 'oe')
      .replace(/æ/g, 'ae')
      .replace(/ø/g, 'o');
  }
  const irregular = IRREGULAR.get(w);
  if (irregular !== undefined) return irregular;
  if (w.length < 4) return w;
  w = spelling(w);
  return IRREGULAR.get(w) ?? singular(w);
}

/** British to American spelling, as far as medical words need it; the same rule runs over names and texts, so a false change is harmless. */
function spelling(w: string): string {
  let s = w;
  if (s.length > 4 && s.includes('ae')) s = s.replace(/ae/g, 'e');
  if (s.includes('oe'))
    s = s
      .replace(/oea/g, 'ea')
      .replace(/oe(?=d|s[opt]|t[aou]|li|b|no)/g, 'e')
      .replace(/homoe/g, 'home');
  if (s.includes('our')) s = s.replace(/(tum|col|behavi|lab|hum|od|fav|rig|vap|arm)our/g, '$1or');
  if (s.includes('sulph')) s = s.replace(/sulph/g, 'sulf');
  if (s.includes('is') || s.includes('ys')) s = s.replace(/is(ation|ations|ed|ing|e|es)$/, 'iz$1').replace(/ys(e|ed|es|ing)$/, 'yz$1');
  if (s.endsWith('tre') || s.endsWith('tres')) s = s.replace(/(cen|fib|lit|met)tre(s?)$/, '$1ter$2').replace(/(li|me)tre(s?)$/, '$1ter$2');
  if (s.startsWith('fibre') || s.startsWith('mould')) s = s.replace(/^fibre/, 'fiber').replace(/^mould/, 'mold');
  else if (s.includes('ll') || s.endsWith('mme')) s = s.replace(/^programme$/, 'program').replace(/^(counse|labe)ll/, '$1l');
  return s;
}

function singular(w: string): string {
  if (!w.endsWith('s') || w.endsWith('ss') || w.endsWith('us') || w.endsWith('is')) return w;
  if (/[0-9]s$/.test(w)) return w;
  if (w.endsWith('oses') && w.length > 5) return `${w.slice(0, -2)}is`;
  if (w.endsWith('yses') || w.endsWith('yzes')) return `${w.slice(0, -4)}ysis`;
  if (w.endsWith('eses')) return `${w.slice(0, -2)}is`;
  if (w.endsWith('stases')) return `${w.slice(0, -2)}is`;
  if (w.endsWith('ies') && w.length > 4) return `${w.slice(0, -3)}y`;
  if (/(?:ss|ch|sh|x|zz)es$/.test(w)) return w.slice(0, -2);
  return w.slice(0, -1);
}

/** Words and numbers of a text, folded, with their positions. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; ) {
    const kind = CLASS[text.charCodeAt(i)];
    if (kind === undefined) return tokenizeAny(text);
    if (kind === 0) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < text.length && CLASS[text.charCodeAt(end)] === 1) end++;
    if (text.charCodeAt(end) > 127) return tokenizeAny(text);
    if (text.charCodeAt(end) === 39 && (text[end + 1] === 's' || text[end + 1] === 'S') && CLASS[text.charCodeAt(end + 2)] !== 1) {
      if (text.charCodeAt(end + 2) > 127) return tokenizeAny(text);
      end += 2;
    }
    add(tokens, text.slice(i, end), i, end);
    i = end;
  }
  return tokens;
}

/** ASCII: 1 for letters and digits, 0 for the rest; nothing for other characters. */
const CLASS = Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0));

function tokenizeAny(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) add(tokens, match[0], match.index, match.index + match[0].length);
  return tokens;
}

function add(tokens: Token[], raw: string, start: number, end: number): void {
  const previous = tokens[tokens.length - 1];
  const key = fold(raw);
  tokens.push({ start, end, raw, key: previous && NUMBERED.has(previous.key) ? (ROMAN.get(key) ?? key) : key });
}
