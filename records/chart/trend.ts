import { convert, type Substance, sameUnit } from '../../language/units.ts';
import type { Fact, QuantityValue } from '../contract.ts';
import { instantOf } from './fhir.ts';

export type Direction = 'rising' | 'falling' | 'stable' | 'fluctuating';

export interface TrendPoint {
  /** In the trend's unit. */
  readonly value: number;
  /** True where the value was recorded in another unit. */
  readonly converted: boolean;
  readonly date: string;
  readonly fact: Fact;
}

export interface Trend {
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  readonly unit?: string;
  readonly ucum?: string;
  readonly first: TrendPoint;
  readonly last: TrendPoint;
  readonly min: TrendPoint;
  readonly max: TrendPoint;
  readonly mean: number;
  /** Absent where there are fewer than two values, or all of them at one moment. */
  readonly direction?: Direction;
  /** The newest movement of more than `minimalChange`, from the value where it set out: against `direction` where the course has turned. Absent where none moved so far. */
  readonly newest?: { readonly direction: 'rising' | 'falling'; readonly from: TrendPoint };
  /** From the first to the last value. `percent` is absent where the first is 0. */
  readonly change?: { readonly difference: number; readonly percent?: number; readonly days: number };
  /** The least change that counts as one, in the trend's unit. */
  readonly minimalChange: number;
  /** Facts without a plain number, a date or a convertible unit: not part of the figures. */
  readonly excluded: readonly Fact[];
}

/** A change of less than 5 % is no change, or less than a quarter of the reference range's width where that is recorded and smaller. */
export const MINIMAL_SHARE = 0.05;
export const MINIMAL_RANGE_SHARE = 0.25;
/** Values that spread over more than this many minimal changes without a direction fluctuate. */
const FLUCTUATION = 3;
/** Share of value pairs that must agree on the direction (Kendall's tau): with `CLEAR` whatever the scatter, with `LIKELY` where the change exceeds it. */
const CLEAR = 0.7;
const LIKELY = 0.3;

/** Of fewer values than this, those that went back by more than this share of the step from first to last show no one direction. */
const LONG = 8;
const TURNED = 1 / 3;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** `value` in `unit`; undefined where that cannot be said. A value without a unit compares only with others without one. */
function inUnit(value: QuantityValue, target: QuantityValue, substance: Substance | undefined): number | undefined {
  if (value.ucum && target.ucum) {
    if (value.ucum === target.ucum || sameUnit(value.ucum, target.ucum)) return value.value;
    return convert(value.value, value.ucum, target.ucum, substance);
  }
  return value.ucum === target.ucum && (value.unit ?? '') === (target.unit ?? '') ? value.value : undefined;
}

/**
 * How a measured thing developed, over facts of one concept, in the unit of the newest value. Pure. Undefined where no fact has a plain
 * number and a date. Values with a comparator ("< 5") are left out of the figures.
 *
 * Rising or falling: the line through the values (Theil-Sen: the median of all pairwise slopes, which single outliers do not turn) and the step
 * from first to last agree, the change exceeds `minimalChange`, and either almost all pairs of values agree on the direction or the change also
 * exceeds the values' own scatter about that line (1.48 x median absolute deviation). A few values that go back by a good part of that step are
 * fluctuating, whatever the ends say. Else fluctuating where the values spread over more than three minimal changes, else stable. Theil 1950; Sen, J Am Stat Assoc 1968;63:1379; Kendall, Biometrika 1938;30:81.
 */
export function trend(facts: readonly Fact[], substance?: Substance): Trend | undefined {
  const dated = [...facts].sort((a, b) => instantOf(a.date) - instantOf(b.date));
  const usable = (fact: Fact): fact is Fact & { readonly value: QuantityValue; readonly date: string } =>
    fact.value?.type === 'quantity' && fact.value.comparator === undefined && fact.date !== undefined;
  const target = dated.filter(usable).at(-1)?.value;
  if (!target) return undefined;
  const points: TrendPoint[] = [];
  const excluded: Fact[] = [];
  for (const fact of dated) {
    const value = usable(fact) ? inUnit(fact.value, target, substance) : undefined;
    if (value === undefined || !usable(fact)) excluded.push(fact);
    else points.push({ value, converted: value !== fact.value.value, date: fact.date, fact });
  }
  const first = points[0]!;
  const last = points.at(-1)!;
  const values = points.map((point) => point.value);
  const minimalChange = minimalChangeOf(points);
  const direction = directionOf(points, minimalChange);
  const newest = newestMovement(points, minimalChange);
  const difference = tidy(last.value - first.value);
  return {
    points,
    ...(target.unit ? { unit: target.unit } : {}),
    ...(target.ucum ? { ucum: target.ucum } : {}),
    first,
    last,
    min: points.reduce((best, point) => (point.value < best.value ? point : best)),
    max: points.reduce((best, point) => (point.value > best.value ? point : best)),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    ...(direction ? { direction } : {}),
    ...(direction && newest ? { newest } : {}),
    ...(points.length > 1
      ? {
          change: {
            difference,
            ...(first.value === 0 ? {} : { percent: (difference / Math.abs(first.value)) * 100 }),
            days: Math.round((instantOf(last.date) - instantOf(first.date)) / 86_400_000),
          },
        }
      : {}),
    minimalChange,
    excluded,
  };
}

/** Without the dust of binary subtraction: 6.5 - 5.9 is 0.6. */
const tidy = (value: number): number => Number(value.toPrecision(12));

function minimalChangeOf(points: readonly TrendPoint[]): number {
  const typical = median(points.map((point) => Math.abs(point.value)));
  const share = typical * MINIMAL_SHARE;
  const ranges = points.flatMap((point) => {
    const range = point.fact.referenceRange;
    const ownUnit = point.fact.value?.type === 'quantity' ? point.fact.value.ucum : undefined;
    if (point.converted || range?.low === undefined || range.high === undefined || range.high <= range.low) return [];
    return range.unit === undefined || ownUnit === undefined || sameUnit(range.unit, ownUnit) ? [range.high - range.low] : [];
  });
  return ranges.length > 0 ? Math.min(share, median(ranges) * MINIMAL_RANGE_SHARE) : share;
}

/** The most that values went against `sign` after one another. */
function wayBack(values: readonly number[], sign: number): number {
  let furthest = values[0]!;
  let most = 0;
  for (const value of values) {
    if (sign * (value - furthest) > 0) furthest = value;
    most = Math.max(most, sign * (furthest - value));
  }
  return most;
}

/** A movement lasts until the values have gone back by more than `minimal` from where they had come. */
function newestMovement(points: readonly TrendPoint[], minimal: number): Trend['newest'] {
  let [high, low] = [points[0]!, points[0]!];
  let found: Trend['newest'];
  for (const point of points) {
    if (point.value >= high.value) high = point;
    if (point.value <= low.value) low = point;
    if (found?.direction !== 'rising' && point.value - low.value > minimal) {
      found = { direction: 'rising', from: low };
      high = point;
    } else if (found?.direction !== 'falling' && high.value - point.value > minimal) {
      found = { direction: 'falling', from: high };
      low = point;
    }
  }
  return found;
}

/** Where the values went back against their course, if that is their newest movement. */
export const turned = ({ direction, newest }: Trend): TrendPoint | undefined =>
  newest && (direction === 'rising' || direction === 'falling') && newest.direction !== direction ? newest.from : undefined;

/** Pairs get many; past this number of values every k-th stands for its neighbours, first and last always kept. */
const PAIR_LIMIT = 200;

function directionOf(all: readonly TrendPoint[], minimal: number): Direction | undefined {
  if (all.length < 2) return undefined;
  const step = Math.ceil(all.length / PAIR_LIMIT);
  const points = all.filter((_, index) => index % step === 0 || index === all.length - 1);
  const days = points.map((point) => instantOf(point.date) / 86_400_000);
  const span = days.at(-1)! - days[0]!;
  if (span <= 0) return undefined;
  const slopes: number[] = [];
  let agreeing = 0;
  let pairs = 0;
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      const difference = points[j]!.value - points[i]!.value;
      pairs++;
      agreeing += Math.sign(difference);
      if (days[j]! > days[i]!) slopes.push(difference / (days[j]! - days[i]!));
    }
  }
  const slope = median(slopes);
  const fitted = slope * span;
  const change = points.at(-1)!.value - points[0]!.value;
  const concordance = agreeing / pairs;
  const level = median(points.map((point, index) => point.value - slope * days[index]!));
  const scatter = 1.4826 * median(points.map((point, index) => Math.abs(point.value - slope * days[index]! - level)));
  const oneWay = Math.sign(fitted) === Math.sign(change) && Math.abs(change) > minimal && Math.abs(fitted) > minimal;
  const sure =
    Math.abs(concordance) >= CLEAR || (Math.abs(concordance) >= LIKELY && Math.abs(fitted) > scatter && Math.abs(change) > scatter);
  const values = points.map((point) => point.value);
  const turned = all.length < LONG && Math.abs(concordance) < CLEAR && wayBack(values, Math.sign(change)) > TURNED * Math.abs(change);
  if (oneWay && turned) return 'fluctuating';
  if (oneWay && sure && Math.sign(concordance) === Math.sign(change)) return change > 0 ? 'rising' : 'falling';
  return Math.max(...values) - Math.min(...values) > FLUCTUATION * minimal ? 'fluctuating' : 'stable';
}
