/**
 * Units of measure by UCUM (https://ucum.org), through @lhncbc/ucum-lhc: reading units as people and systems write them, converting, and
 * writing them as people read them. The library is loaded on first use (about 50 ms) and every answer is cached.
 * A unit that is not understood is `undefined`, never a guess.
 */
import { createRequire } from 'node:module';

/** What is known of the measured substance, for conversions that units alone do not decide. A bare number is its molar mass in g/mol. */
export type Substance =
  | number
  | {
      /** g/mol: mass <-> amount of substance (mg/dL <-> mmol/L). */
      readonly molarMass?: number;
      /** Valence: equivalents <-> moles (mEq/L <-> mmol/L). 1 for Na, K, Cl, HCO3; 2 for Ca, Mg. */
      readonly charge?: number;
      /** Glycated haemoglobin: NGSP % <-> IFCC mmol/mol is an equation, not a ratio. */
      readonly hba1c?: boolean;
    };

interface UcumLhc {
  validateUnitString(unit: string): { status: 'valid' | 'invalid' | 'error' };
  convertUnitTo(
    from: string,
    value: number,
    to: string,
    options: { suggest: boolean; molecularWeight: number | null; charge: number | null },
  ): { status: 'succeeded' | 'failed' | 'error'; toVal: number | null };
}

let library: UcumLhc | undefined;
function ucum(): UcumLhc {
  if (!library) {
    const loaded = createRequire(import.meta.url)('@lhncbc/ucum-lhc') as { UcumLhcUtils: { getInstance(): UcumLhc } };
    library = loaded.UcumLhcUtils.getInstance();
  }
  return library;
}

const COUNTED: Record<string, string> = {
  tablet: 'tablets tab tabs tbl',
  capsule: 'capsules cap caps',
  pill: 'pills',
  puff: 'puffs inhalation inhalations actuation actuations actuat',
  spray: 'sprays squirt squirts',
  drop: 'drops gtt gtts',
  patch: 'patches',
  suppository: 'suppositories',
  lozenge: 'lozenges',
  ampule: 'ampules ampoule ampoules',
  vial: 'vials',
  dose: 'doses',
  cigarette: 'cigarettes cigs',
  drink: 'drinks',
  pack: 'packs',
  PackYears: 'packyears packyear pack-years pack-year',
  T: 't-score t-scores',
  Z: 'z-score z-scores',
  score: '(score) points point pts scores',
  count: 'counts {#} #',
  times: 'time',
  INR: 'inr',
  ratio: 'ratio',
  copies: 'copies copy cp',
  cells: 'cells cell',
  beats: 'beats beat',
  breaths: 'breaths breath respirations resp',
  steps: 'steps step',
  index: 'index index_val',
  titer: 'titer titre',
};

/** One part between slashes, lower case, as people and systems write it -> UCUM. */
const PART: Record<string, string> = {};
function add(code: string, names: string): void {
  for (const name of names.split('|')) PART[name] = code;
}
for (const [annotation, names] of Object.entries(COUNTED)) {
  const name = annotation === 'T' || annotation === 'Z' ? `${annotation}-score` : annotation;
  add(`{${name}}`, [name.toLowerCase(), ...names.split(' ')].join('|'));
}
add('%', '%|percent|per cent|pct|% of total|percentage');
add('kg', 'kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes');
add('g', 'g|gm|gms|gram|grams|gramme|grammes|grm');
add('mg', 'mg|mgs|mgm|milligram|milligrams|milligramme|milligrammes');
add('ug', 'ug|mcg|mcgs|microgram|micrograms|microgramme|microgrammes');
add('ng', 'ng|nanogram|nanograms');
add('pg', 'pg|picogram|picograms');
add('[lb_av]', 'lb|lbs|pound|pounds|lb.|lbs.|#s');
add('[oz_av]', 'oz|ounce|ounces|ozs');
add('[stone_av]', 'stone|stones');
add('L', 'l|liter|liters|litre|litres');
add('dL', 'dl|deciliter|deciliters|decilitre|decilitres');
add('mL', 'ml|mls|cc|ccs|milliliter|milliliters|millilitre|millilitres');
add('uL', 'ul|mcl|microliter|microliters|microlitre|microlitres|mm3|mm^3|mm*3|cumm|cu mm|cmm');
add('fL', 'fl|femtoliter|femtoliters|femtolitre|femtolitres');
add('[tsp_us]', 'tsp|teaspoon|teaspoons');
add('[tbs_us]', 'tbsp|tablespoon|tablespoons');
add('[foz_us]', 'fl oz|fluid ounce|fluid ounces');
add('m', 'm|meter|meters|metre|metres');
add('cm', 'cm|cms|centimeter|centimeters|centimetre|centimetres');
add('mm', 'mm|mms|millimeter|millimeters|millimetre|millimetres');
add('um', 'um|micron|microns|micrometer|micrometers');
add('km', 'km|kilometer|kilometers|kilometre|kilometres');
add('[in_i]', 'in|inch|inches|in.|"|″|ins');
add('[ft_i]', "ft|foot|feet|'|′|ft.");
add('[mi_i]', 'mile|miles');
add('m2', 'm2|m^2|m*2|sq m|sqm|square meter|square meters|square metre|square metres');
add('cm2', 'cm2|cm^2|sq cm|square centimeters');
add('s', 's|sec|secs|second|seconds');
add('min', 'min|mins|minute|minutes');
add('h', 'h|hr|hrs|hour|hours|h.|hr.');
add('d', 'd|day|days|diem');
add('wk', 'wk|wks|week|weeks');
add('mo', 'mo|mos|month|months|mth|mths');
add('a', 'a|yr|yrs|year|years|y|yo|y.o.|y/o|years old|year old|years of age|yrs old');
add('mm[Hg]', 'mm[hg]|mmhg|mm hg|mm of hg|millimeters of mercury|millimetres of mercury|torr');
add('cm[H2O]', 'cm[h2o]|cmh2o|cm h2o|cm of water');
add('kPa', 'kpa|kilopascal|kilopascals');
add('Cel', 'cel|c|°c|degc|deg c|deg. c|degrees c|degree c|degrees celsius|degree celsius|celsius|° c|℃|centigrade|degrees centigrade');
add('[degF]', '[degf]|f|°f|degf|deg f|deg. f|degrees f|degree f|degrees fahrenheit|degree fahrenheit|fahrenheit|° f|℉');
add('mol', 'mol|mole|moles');
add('mmol', 'mmol|mmols|millimole|millimoles|mm/l');
add('umol', 'umol|micromol|micromole|micromoles|mcmol');
add('nmol', 'nmol|nanomole|nanomoles');
add('pmol', 'pmol|picomole|picomoles');
add('meq', 'meq|meqs|milliequivalent|milliequivalents');
add('mosm', 'mosm|mosmol|milliosmole|milliosmoles');
add('U', 'u|unit|units|unt|unts');
add('mU', 'milliunit|milliunits|mu');
add('[IU]', '[iu]|iu|ius|i.u.|international unit|international units|int. unit|int. units');
add('m[IU]', 'm[iu]|miu|milli-international units');
add('u[IU]', 'u[iu]|uiu|mciu|micro-international units');
add('k[IU]', 'k[iu]|kiu');
add("[USP'U]", "[usp'u]");
add('kat', 'kat|katal|katals');
add('kcal', 'kcal|kilocalorie|kilocalories|cal|calories');
add('[HPF]', '[hpf]|hpf|high power field|hpf.');
add('[LPF]', '[lpf]|lpf|low power field');
add('/min', 'bpm|rpm');
add('[MET]', 'mets|[met]');
add('[diop]', 'diopter|diopters|dpt');
add('[pH]', '[ph]|ph|ph units');
add('dB', 'db|decibel|decibels');
add('Hz', 'hz|hertz');
add('10*3', 'k|thou|thousand|thousands|th|10*3');
add('10*6', 'million|millions|mil|mill|mio|m10*6|10*6');
add('10*9', 'billion|billions|10*9|giga');
add('10*12', '10*12|tera');
add('mg/dL', 'mg%|mg percent');
add('g/dL', 'g%|gm%|g percent');
add('kg/m2', 'bmi units');
add('[ppm]', 'ppm|parts per million');
add('{creat}', 'creat|creatinine|cr');
add('mm', 'millimetre');

/** Where case decides, or where UCUM reads the same letters as something else (K/uL is kelvin, M/uL nothing, G/L giga-nothing). */
const WHOLE: Record<string, string> = {
  'M/uL': '10*6/uL',
  'm/ul': '10*6/uL',
  'M/mcL': '10*6/uL',
  'M/mm3': '10*6/uL',
  'G/L': '10*9/L',
  'T/L': '10*12/L',
  'U/l': 'U/L',
  MU: 'MU',
  'Million/uL': '10*6/uL',
  'mm/Hg': 'mm[Hg]',
  'mm hg': 'mm[Hg]',
  'kg/m': 'kg/m',
  '1': '1',
  '{1}': '1',
};

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function fold(written: string): string {
  return written
    .trim()
    .replace(/10\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, digits: string) => `10*${[...digits].map((d) => SUPERSCRIPTS.indexOf(d)).join('')}`)
    .replace(/[µμ]/g, 'u')
    .normalize('NFKC')
    .replace(/[µμ]/g, 'u')
    .replace(/[⁄∕]/g, '/')
    .replace(/·/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/(?:[x×*]\s*)?10\s*(?:\^|\*\*?|e|E)\s*\(?(\d{1,2})\)?/g, '10*$1')
    .replace(/(?:[x×]\s*)?\b10\((\d{1,2})\)/g, '10*$1')
    .replace(/^10 (\d{1,2}) ?(?=\/)/, '10*$1')
    .replace(/^[x×]\s*(?=10\*)/, '');
}

function part(written: string): string {
  const p = written.trim();
  const known = PART[p.toLowerCase()] ?? PART[p.toLowerCase().replace(/\.$/, '')];
  if (known !== undefined) return known;
  const annotated = /^([^{]+)(\{[^}]*\})$/.exec(p);
  if (annotated) return part(annotated[1]!) + annotated[2]!;
  const power = /^(10\*\d+)[ .]?(.+)$/.exec(p);
  if (power) return `${power[1]}.${part(power[2]!)}`;
  const amount = /^\(?(\d+(?:\.\d+)?)[ .]?([A-Za-z].*?)\)?$/.exec(p);
  if (amount) return `(${amount[1]}.${part(amount[2]!)})`;
  const ofCreatinine = /^([A-Za-z]+)[ _]?(?:of )?\(?(?:creatinine|creat|cr)\)?$/i.exec(p);
  if (ofCreatinine && PART[ofCreatinine[1]!.toLowerCase()]) return `${PART[ofCreatinine[1]!.toLowerCase()]}{creat}`;
  return p;
}

const PER_BODY_SURFACE =
  /\/\s*(?:\{|\()?1[.,]73(?:[ _]?(?:m(?:\^|\*)?2?|sq\.? ?m(?:eters?)?|square met(?:er|re)s?))?(?:\}|\))?(?:\s*(?:BSA|\{BSA\}))?\s*$/i;

const ucumCache = new Map<string, string | undefined>();

/**
 * The UCUM code of a unit as recorded or as people write it: "mg/dl", "mm Hg", "x10^9/L", "beats per minute", "µg", "lbs", "°F".
 * Case is folded except where it decides. `undefined` where the unit is not understood.
 */
export function toUcum(written: string): string | undefined {
  if (ucumCache.has(written)) return ucumCache.get(written);
  const code = readUnit(written);
  if (ucumCache.size > 20_000) ucumCache.clear();
  ucumCache.set(written, code);
  return code;
}

function readUnit(written: string): string | undefined {
  let text = fold(written);
  if (text === '' || text.length > 60) return undefined;
  if (WHOLE[text] !== undefined) return WHOLE[text];
  const whole = PART[text.toLowerCase()];
  if (whole !== undefined) return whole;
  if (/^\{[^}]*\}$/.test(text)) return PART[text.slice(1, -1).toLowerCase()] ?? text;
  text = text.replace(/\s*\bper\b\s*/gi, '/').replace(/\s*\/\s*/g, '/');
  let tail = '';
  if (PER_BODY_SURFACE.test(text)) {
    text = text.replace(PER_BODY_SURFACE, '');
    tail = '/{1.73_m2}';
  }
  if (WHOLE[text] !== undefined) return WHOLE[text] + tail;
  const code = splitOutside(text).map(part).join('/') + tail;
  if (/^[A-Za-z]+ /.test(code) || /\s/.test(code)) return undefined;
  return ucum().validateUnitString(code).status === 'valid' ? code : undefined;
}

/** Splits at slashes that stand outside braces and brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '{' || char === '[') depth++;
    if (char === '}' || char === ']') depth--;
    if (char === '/' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** Units of activity are written U, IU or "units" for one thing (AST in U/L or IU/L, insulin in units): they count as one here. */
function forConversion(code: string): string {
  return code.replace(/\[(?:IU|iU|USP'U)\]|\{(?:units?|IU)\}/g, 'U').replace(/\{[^}]*\}/g, (annotation, at: number, all: string) => {
    const alone =
      (at === 0 || /[/.(]/.test(all[at - 1]!)) && (at + annotation.length === all.length || /[/.)]/.test(all[at + annotation.length]!));
    return alone ? '1' : '';
  });
}

/** The thing counted, where a unit is nothing but a count: "{tablet}" -> "tablet", "1" -> "", "{tablet}/d" -> "tablet". */
function counted(code: string): string | undefined {
  if (code === '1') return '';
  const match = /^\{([^}]*)\}(?=$|\/)/.exec(code);
  return match ? match[1]!.toLowerCase() : undefined;
}
const NEUTRAL_COUNTS = new Set([
  '',
  'score',
  'count',
  'index',
  'ratio',
  'inr',
  't-score',
  'z-score',
  'times',
  'beats',
  'breaths',
  'cells',
  '#',
]);

function countsClash(a: string, b: string): boolean {
  const x = counted(a);
  const y = counted(b);
  if (x === undefined && y === undefined) return false;
  if (x !== undefined && y !== undefined) return x !== y && !(NEUTRAL_COUNTS.has(x) && NEUTRAL_COUNTS.has(y));
  const bare = x === undefined ? b : a;
  if (bare === '1' || bare === '{ratio}') return false;
  const other = x === undefined ? a : b;
  // "{score}" is no percentage; "{beats}/min" and "/min" are one unit, "{tablet}/d" and "/d" are not.
  return !bare.includes('/') || !(NEUTRAL_COUNTS.has((x ?? y)!) && other.startsWith('/'));
}

interface Line {
  readonly slope: number;
  readonly offset: number;
}
const lines = new Map<string, Line | undefined>();

const IFCC = 'mmol/mol';
/** NGSP (%) = 0.09148 x IFCC (mmol/mol) + 2.152: master equation of the IFCC working group, https://ngsp.org/ifccngsp.asp (Hoelzel et al., Clin Chem 2004;50:166-174). */
const NGSP_SLOPE = 0.09148;
const NGSP_OFFSET = 2.152;

function details(substance: Substance | undefined): { molarMass: number | null; charge: number | null; hba1c: boolean } {
  const s = typeof substance === 'number' ? { molarMass: substance } : (substance ?? {});
  return {
    molarMass: s.molarMass ?? null,
    charge: 'charge' in s ? (s.charge ?? null) : null,
    hba1c: 'hba1c' in s ? (s.hba1c ?? false) : false,
  };
}

function line(from: string, to: string, substance: Substance | undefined): Line | undefined {
  const { molarMass, charge, hba1c } = details(substance);
  const key = `${from}|${to}|${molarMass}|${charge}|${hba1c}`;
  if (lines.has(key)) return lines.get(key);
  const found = computeLine(from, to, molarMass, charge, hba1c);
  lines.set(key, found);
  return found;
}

function computeLine(from: string, to: string, molarMass: number | null, charge: number | null, hba1c: boolean): Line | undefined {
  if (from === to) return { slope: 1, offset: 0 };
  const bases = [from, to].map((code) => code.replace(/\{[^}]*\}/g, ''));
  if (bases.includes(IFCC) && bases.includes('%')) {
    if (!hba1c) return undefined;
    return bases[0] === IFCC ? { slope: NGSP_SLOPE, offset: NGSP_OFFSET } : { slope: 1 / NGSP_SLOPE, offset: -NGSP_OFFSET / NGSP_SLOPE };
  }
  if (countsClash(from, to)) return undefined;
  const a = forConversion(from);
  const b = forConversion(to);
  if (a === b) return { slope: 1, offset: 0 };
  const at = (value: number): number | undefined => {
    const result = ucum().convertUnitTo(a, value, b, { suggest: false, molecularWeight: molarMass, charge });
    return result.status === 'succeeded' && result.toVal !== null ? result.toVal : undefined;
  };
  const one = at(1);
  const two = at(2);
  const five = at(5);
  if (one === undefined || two === undefined || five === undefined) return undefined;
  const slope = two - one;
  const offset = one - slope;
  // Logarithmic units (pH, dB) are no line: they convert to themselves only.
  if (!Number.isFinite(slope) || Math.abs(offset + 5 * slope - five) > Math.abs(five) * 1e-9 + 1e-12) return undefined;
  return { slope: tidy(slope), offset: Math.abs(offset) < Math.abs(slope) * 1e-9 ? 0 : tidy(offset) };
}

/** Floating-point dust away: 12 significant digits. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** `value` in another UCUM unit, or `undefined` where the units (with what is known of the substance) do not convert. */
export function convert(value: number, from: string, to: string, substance?: Substance): number | undefined {
  const found = line(from, to, substance);
  return found ? tidy(value * found.slope + found.offset) : undefined;
}

export function commensurable(a: string, b: string, substance?: Substance): boolean {
  return line(a, b, substance) !== undefined;
}

/** The same unit in other letters: "10*3/uL" and "10*9/L", "{beats}/min" and "/min", "U/L" and "[IU]/L". */
export function sameUnit(a: string, b: string): boolean {
  const found = line(a, b, undefined);
  return found !== undefined && Math.abs(found.slope - 1) < 1e-9 && found.offset === 0;
}

const SHOWN: readonly (readonly [RegExp, string])[] = [
  [/\/\{1\.73_m2\}/g, '/1.73 m²'],
  [/mm\[Hg\]/g, 'mmHg'],
  [/cm\[H2O\]/g, 'cmH2O'],
  [/\bCel\b/g, '°C'],
  [/\[degF\]/g, '°F'],
  [/\[lb_av\]/g, 'lb'],
  [/\[oz_av\]/g, 'oz'],
  [/\[stone_av\]/g, 'stone'],
  [/\[in_i\]/g, 'in'],
  [/\[ft_i\]/g, 'ft'],
  [/\[mi_i\]/g, 'miles'],
  [/\[tsp_us\]/g, 'tsp'],
  [/\[tbs_us\]/g, 'tbsp'],
  [/\[foz_us\]/g, 'fl oz'],
  [/\[(?:IU|iU)\]/g, 'IU'],
  [/\[USP'U\]/g, 'units'],
  [/\[HPF\]/g, 'HPF'],
  [/\[LPF\]/g, 'LPF'],
  [/\[MET\]/g, 'METs'],
  [/\[ppm\]/g, 'ppm'],
  [/\[pH\]/g, ''],
  [/\bug\b/g, 'mcg'],
  [/\bmeq\b/g, 'mEq'],
  [/\bmosm\b/g, 'mOsm'],
  [/10\*(\d+)/g, '10^$1'],
  [/\((\d+)\.h\)/g, '$1 h'],
  [/\((\d+(?:\.\d+)?)\.([A-Za-z]+)\)/g, '$1 $2'],
  [/\bm2\b/g, 'm²'],
];
const SHOWN_WHOLE: Record<string, string> = {
  '1': '',
  '{score}': '',
  '{count}': '',
  '{T-score}': '',
  '{Z-score}': '',
  '{INR}': '',
  '{ratio}': '',
  '{index}': '',
  '{PackYears}': 'pack-years',
  U: 'units',
  a: 'years',
  mo: 'months',
  wk: 'weeks',
  d: 'days',
  h: 'hours',
};

/** A UCUM unit as people write it: "mm[Hg]" -> "mmHg", "Cel" -> "°C", "ug" -> "mcg", "{score}" -> "". */
export function displayUnit(code: string): string {
  const whole = SHOWN_WHOLE[code];
  if (whole !== undefined) return whole;
  let text = code;
  for (const [pattern, shown] of SHOWN) text = text.replace(pattern, shown);
  return text
    .replace(/^\{([^}]*)\}/, '$1')
    .replace(/(?<=\/)\{([^}]*)\}/g, '$1')
    .replace(/\{[^}]*\}/g, '');
}
