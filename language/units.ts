/**
 * Units of measure by UCUM (https://ucum.org), through @lhncbc/ucum-lhc: reading units as people and systems write them, converting, and
 * writing them as people read them. The library is loaded on first use (about 50 ms) and every answer is cached.
 * A unit that is not understood is `undefined`, never a guess.
 */
import { createRequire } from 'node:module';
import { fold, PART, part, WHOLE } from './unit-names.ts';

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

/** Whether a text is a unit in UCUM's own letters, as a record must write it: "mg/dL", "mm[Hg]"; not "mmHg per min", not "pounds". */
export function isUcum(code: string): boolean {
  return code !== '' && ucum().validateUnitString(code).status === 'valid';
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

const PER_SURFACE = /\{1[.,]73[ _]?m/;

function computeLine(from: string, to: string, molarMass: number | null, charge: number | null, hba1c: boolean): Line | undefined {
  if (from === to) return { slope: 1, offset: 0 };
  // A rate per 1.73 m² of body surface is another measure than the rate itself.
  if (PER_SURFACE.test(from) !== PER_SURFACE.test(to)) return undefined;
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

export { displayUnit } from './unit-display.ts';
