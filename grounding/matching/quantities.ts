import { substanceOf } from '../../language/analytes.ts';
import type { TextQuantity } from '../../language/contract.ts';
import { commensurable, convert, displayUnit, type Substance, sameUnit } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import type { Tested } from './world.ts';

/** What rounding may hide without a word: a share of the value. Decimals written out admit more than none. */
const BARE_SHARE = 0.025;
const DECIMAL_SHARE = 0.07;
const HEDGED_SHARE = 0.1;
/** Conversion factors in use differ in the third digit (18 or 18.016; 2.2 or 2.2046). */
const CONVERSION_SLACK = 0.003;

/** Is the said number the recorded one, rounded as the text admits? `slack` is a share of the value. */
export function sameNumber(saidValue: number, decimals: number, recorded: number, hedged: boolean, slack = 0): boolean {
  const difference = Math.abs(saidValue - recorded);
  if (difference <= 1e-9 * Math.max(1, Math.abs(recorded))) return true;
  const size = Math.max(Math.abs(recorded), 1e-12);
  const margin = slack * size;
  const half = 0.5 * 10 ** -decimals;
  if (difference <= half + margin + 1e-9) {
    const share = decimals > 0 ? DECIMAL_SHARE : BARE_SHARE;
    if (difference / size <= (hedged ? HEDGED_SHARE : share)) return true;
  }
  if (!hedged) return false;
  // "about 130", "roughly 1,500": the zeros tell how coarsely it is said.
  const coarse = saidValue !== 0 && Number.isInteger(saidValue) ? 10 ** (/0*$/.exec(String(Math.abs(saidValue)))?.[0].length ?? 0) : 1;
  return difference <= Math.max(coarse / 2, half) + margin && difference / size <= (coarse > 1 ? 0.06 : HEDGED_SHARE);
}

export interface Amount {
  readonly value: number;
  readonly text: string;
  readonly unit?: string | undefined;
  readonly ucum?: string | undefined;
}

const fold = (unit: string): string =>
  unit
    .toLowerCase()
    .replace(/[\s.{}[\]]/g, '')
    .replace(/s$/, '');

/** Both are counts a minute, of different things. */
const beatsAndBreaths = (a: string, b: string): boolean => /breath/i.test(a + b) && /beat/i.test(a + b);

/** "38 beats/minute" of a respiratory rate that is recorded as 38 /min. */
const countsAnother = (quantity: TextQuantity, fact: Fact): boolean => {
  const name = [fact.name, ...fact.names].join(' ');
  return /beat/i.test(quantity.ucum ?? '') ? /breath|respir/i.test(name) : /breath/i.test(quantity.ucum ?? '') && /heart|pulse/i.test(name);
};

const ANY_MOLAR_MASS = 100;

/** The recorded amount in the unit that the sentence uses, or why not. */
export function inUnitOf(
  quantity: TextQuantity,
  amount: Amount,
  substance: Substance | undefined,
): { value: number; converted: boolean } | 'differs' | 'unknown' {
  if (quantity.unit === undefined) return { value: amount.value, converted: false };
  // "fell 0.9 points": of a share or a score.
  if (/^(?:points?|pts)$/i.test(quantity.unit) && (amount.ucum === '%' || amount.ucum === undefined || amount.ucum.startsWith('{')))
    return { value: amount.value, converted: false };
  if (amount.ucum === undefined && amount.unit === undefined)
    return /^(?:points?|pts|score|\{score\})$/i.test(quantity.unit) ? { value: amount.value, converted: false } : 'unknown';
  if (quantity.ucum !== undefined && amount.ucum !== undefined) {
    if (quantity.ucum === amount.ucum) return { value: amount.value, converted: false };
    // "Plts 335k": thousands of what is recorded in thousands a microlitre.
    if (quantity.ucum === '10*3' && /^10\*(?:3\/uL|9\/L)$/.test(amount.ucum)) return { value: amount.value, converted: false };
    if (/^\{/.test(amount.ucum) || /^\{/.test(quantity.ucum)) {
      if (sameUnit(amount.ucum, quantity.ucum) && !beatsAndBreaths(amount.ucum, quantity.ucum))
        return { value: amount.value, converted: false };
      return fold(quantity.ucum) === fold(amount.ucum) ? { value: amount.value, converted: false } : 'differs';
    }
    // Mass and amount of substance: without the substance's molar mass nothing is decided.
    if (!commensurable(amount.ucum, quantity.ucum, substance))
      return substance === undefined && commensurable(amount.ucum, quantity.ucum, ANY_MOLAR_MASS) ? 'unknown' : 'differs';
    const value = convert(amount.value, amount.ucum, quantity.ucum, substance);
    return value === undefined ? 'differs' : { value, converted: Math.abs(value - amount.value) > 1e-9 };
  }
  return amount.unit !== undefined && fold(amount.unit) === fold(quantity.unit) ? { value: amount.value, converted: false } : 'unknown';
}

export const amountOf = (fact: Fact): Amount | undefined =>
  fact.value?.type === 'quantity'
    ? { value: fact.value.value, text: fact.value.text, unit: fact.value.unit, ucum: fact.value.ucum }
    : undefined;

/** The recorded value in the unit of another one of the same thing; undefined where the two cannot be compared. */
export function valueLike(fact: Fact, like: Fact): number | undefined {
  const [amount, target] = [amountOf(fact), amountOf(like)];
  if (!amount || !target) return undefined;
  if (amount.ucum === target.ucum && (amount.ucum !== undefined || amount.unit === target.unit)) return amount.value;
  if (amount.ucum === undefined || target.ucum === undefined)
    return amount.unit !== undefined && target.unit !== undefined && fold(amount.unit) === fold(target.unit) ? amount.value : undefined;
  return sameUnit(amount.ucum, target.ucum) ? amount.value : convert(amount.value, amount.ucum, target.ucum, substanceOf(fact.concepts));
}

/** A number without a unit means nothing beside values in several units. */
export const inSeveralUnits = (facts: readonly Fact[]): boolean => {
  const units = [...new Set(facts.flatMap((fact) => amountOf(fact)?.ucum ?? []))];
  return units.slice(1).some((unit) => !sameUnit(unit, units[0]!));
};

export const showAmount = (amount: Amount): string =>
  `${amount.text}${amount.unit ? ` ${amount.unit}` : amount.ucum && !amount.ucum.startsWith('{') ? ` ${displayUnit(amount.ucum)}` : ''}`;

/** "98.6 F" is a temperature whatever stands behind the F. */
export function readQuantity(quantity: TextQuantity): TextQuantity {
  if (quantity.ucum === 'a' && /^(?:F|M)$/.test(quantity.unit ?? '') && quantity.decimals > 0) return { ...quantity, ucum: '[degF]' };
  return quantity;
}

export interface Compared extends Tested {
  /** `unit`: the numbers cannot even be compared, or only the unit differs. */
  readonly about: 'number' | 'unit';
}

/** Number and unit of one value against a recorded amount. */
export function compareAmount(saidQuantity: TextQuantity, amount: Amount, fact: Fact): Compared {
  const quantity = readQuantity(saidQuantity);
  const recorded = showAmount(amount);
  const substance = substanceOf(fact.concepts);
  const placed = inUnitOf(quantity, amount, substance);
  const hedged = quantity.comparator === '~';
  if (placed === 'unknown')
    return {
      outcome: 'unknown',
      about: 'unit',
      reason: `the record gives ${recorded} without a unit that could be compared with ${quantity.unit}`,
    };
  if (placed === 'differs' || countsAnother(quantity, fact))
    return { outcome: 'fail', about: 'unit', reason: `the sentence says ${quantity.text}, the record says ${recorded}` };
  if (sameNumber(quantity.value, quantity.decimals, placed.value, hedged, placed.converted ? CONVERSION_SLACK : 0))
    return { outcome: 'pass', about: 'number', reason: `${quantity.text} is ${recorded} in the record` };
  // The record's own readable rounding may be converted further.
  const shown = Number(amount.text);
  const digits = amount.text.split('.')[1]?.length ?? 0;
  if (Number.isFinite(shown) && shown !== amount.value && (placed.converted || quantity.decimals <= digits)) {
    const again = inUnitOf(quantity, { ...amount, value: shown }, substance);
    if (
      typeof again === 'object' &&
      sameNumber(quantity.value, quantity.decimals, again.value, hedged, again.converted ? CONVERSION_SLACK : 0)
    )
      return { outcome: 'pass', about: 'number', reason: `${quantity.text} is ${recorded} in the record` };
  }
  // Rounded to no less than the record's own last digit, once converted: "10 µmol/L" for 0.6 mg/dL (10.26).
  if (placed.converted && !hedged && Number.isFinite(shown)) {
    const up = inUnitOf(quantity, { ...amount, value: shown + 0.5 * 10 ** -digits }, substance);
    const own = typeof up === 'object' ? Math.abs(up.value - placed.value) : 0;
    const half = 0.5 * 10 ** -quantity.decimals;
    if (half <= own && Math.abs(quantity.value - placed.value) <= half + 1e-9)
      return { outcome: 'pass', about: 'number', reason: `${quantity.text} is ${recorded} in the record` };
  }
  // A whole number for a fraction of it ("16" for 15.54, "1" for 0.7) may be a coarse rounding: neither stated nor wrong.
  if (!hedged && Math.abs(quantity.value - placed.value) <= 0.5 * 10 ** -quantity.decimals + 1e-9)
    return { outcome: 'unknown', about: 'number', reason: `${quantity.text} is a coarse rounding: the record says ${recorded}` };
  const sameDigits = placed.converted && sameNumber(quantity.value, quantity.decimals, amount.value, hedged);
  return {
    outcome: 'fail',
    about: sameDigits ? 'unit' : 'number',
    reason: `the sentence says ${quantity.text}, the record says ${recorded}`,
  };
}

export function compares(value: number, op: '<' | '<=' | '>' | '>=', limit: number): boolean {
  const equal = Math.abs(value - limit) <= 1e-9 * Math.max(1, Math.abs(limit));
  if (op === '>') return value > limit && !equal;
  if (op === '<') return value < limit && !equal;
  return op === '>=' ? value >= limit || equal : value <= limit || equal;
}

/** Those from which something may be concluded of all: a preliminary or impossible value counts only where there is no other. */
export function concluding<T extends { readonly fact: Fact }>(candidates: readonly T[]): readonly T[] {
  const unsure = ({ fact }: T): boolean => fact.status === 'unconfirmed' && amountOf(fact) !== undefined;
  return candidates.some((candidate) => !unsure(candidate) && amountOf(candidate.fact))
    ? candidates.filter((one) => !unsure(one))
    : candidates;
}
