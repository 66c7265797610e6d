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
const ROMAN: Readonly<Record<string, string>> = {
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
};
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
export const FILLERS: ReadonlySet<string> = new Set(['of', 'the', 'a', 'an', 'in', 'to', 'for', 'due', 'on', 'at', 'by', 'nos']);

/** Latin and Greek plurals and adjectives that the rules below would not bring together. */
const IRREGULAR: Readonly<Record<string, string>> = {
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
};

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
  let w = word.replace(/['’][sS]$/, '');
  // "UTIs", "MIs": an abbreviation in capitals with a plural s.
  if (/^[A-Z][A-Z0-9]+s$/.test(w)) w = w.slice(0, -1);
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
  const irregular = IRREGULAR[w];
  if (irregular !== undefined) return irregular;
  if (w.length < 4) return w;
  w = spelling(w);
  return IRREGULAR[w] ?? singular(w);
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
  s = s
    .replace(/^fibre/, 'fiber')
    .replace(/^mould/, 'mold')
    .replace(/^programme$/, 'program')
    .replace(/^counsell/, 'counsel')
    .replace(/^labell/, 'label');
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
  TOKEN.lastIndex = 0;
  for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
    const raw = m[0];
    let key = fold(raw);
    const previous = tokens[tokens.length - 1];
    if (previous && NUMBERED.has(previous.key)) key = ROMAN[key] ?? key;
    tokens.push({ start: m.index, end: m.index + raw.length, raw, key });
  }
  return tokens;
}
