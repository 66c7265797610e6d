/** "Rose by 0.4", "a 10 % fall", "up 8 points": by how much, against two recorded values. */

import { substanceOf } from '../../language/analytes.ts';
import type { Fact } from '../../records/contract.ts';
import { amountOf, compares, inUnitOf, readQuantity, sameNumber, valueLike } from '../matching/quantities.ts';
import type { SaidQuantity } from '../reading/assertions.ts';

const isBound = ({ value }: Fact): boolean => value?.type === 'quantity' && value.comparator !== undefined;

export interface Moved {
  readonly from: number;
  readonly to: number;
  /** Whether the change is what was said. */
  readonly fits: boolean;
}

/** The step from one value to another in the unit of the change that is said; undefined where the units do not tell. */
export function stepOf(said: SaidQuantity, earlier: Fact, later: Fact): Moved | undefined {
  const [x, y] = [amountOf(earlier), amountOf(later)];
  // From ">35000" nobody knows by how much.
  if (!x || !y || isBound(earlier) || isBound(later)) return undefined;
  const quantity = readQuantity(said.quantity);
  const share = quantity.ucum === '%' && x.ucum !== '%';
  const substance = substanceOf(earlier.concepts);
  const [p, q] = share
    ? [{ value: x.value }, { value: valueLike(later, earlier) ?? Number.NaN }]
    : [inUnitOf(quantity, x, substance), inUnitOf(quantity, y, substance)];
  if (typeof p !== 'object' || typeof q !== 'object') return undefined;
  const difference = share ? ((q.value - p.value) / p.value) * 100 : q.value - p.value;
  const shown = share || x.ucum !== y.ucum ? difference : Number(y.text) - Number(x.text);
  const { comparator } = said.quantity;
  const least = quantity.value - 0.5 * 10 ** -quantity.decimals;
  const fits = [difference, shown].some((value) =>
    // "by more than 100": a limit of the change, and not far from it.
    comparator !== undefined && comparator !== '~'
      ? comparator.startsWith('>')
        ? Math.abs(value) >= least && Math.abs(value) < quantity.value * 2
        : Math.abs(value) <= quantity.value && Math.abs(value) > quantity.value / 2
      : sameNumber(quantity.value, quantity.decimals, Math.abs(value), comparator === '~') ||
        Math.abs(Math.abs(value) - quantity.value) <= 0.5 * 10 ** -quantity.decimals + 1e-9,
  );
  // "Up by more than 100": by any more than that.
  const op = said.op ?? (quantity.comparator === '~' ? undefined : quantity.comparator);
  if (op !== undefined) return { from: p.value, to: q.value, fits: compares(Math.abs(difference), op, quantity.value) };
  // "Rose 36 %" from 28 % to 38 %: a share of a share may be meant.
  const relative =
    quantity.ucum === '%' && !share && sameNumber(quantity.value, quantity.decimals, Math.abs((difference / p.value) * 100), true);
  // Far beyond a limit that is said, the limit holds and says too little.
  const loose = !fits && comparator === '>' && Math.abs(difference) >= least;
  return !fits && (relative || loose) ? undefined : { from: p.value, to: q.value, fits };
}
