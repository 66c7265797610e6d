import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A stream of chance that a label begins: the same label gives the same draws on every machine. Streams of other labels are independent, so
 * that what is added to one part of a record moves nothing in another.
 */
export interface Random {
  /** From `low` up to, not including, `high`. */
  readonly between: (low: number, high: number) => number;
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** Bell-shaped, never more than 3 standard deviations away. */
  readonly normal: (mean: number, sd: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** By weights, which need not sum to 1. */
  readonly weighted: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
  readonly of: (label: string | number) => Random;
}

const STEPS = 2 ** 31;

export function createRandom(label: string): Random {
  const source = xoroshiro128plus(createHash('sha256').update(label).digest().readInt32BE(0));
  const next = (): number => uniformInt(source, 0, STEPS - 1) / STEPS;
  const random: Random = {
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => uniformInt(source, low, high),
    // Twelve even draws have variance 1. No logarithm or cosine: those may differ in the last bit between engines.
    normal: (mean, sd) => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return mean + sd * Math.max(-3, Math.min(3, sum));
    },
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[uniformInt(source, 0, items.length - 1)]!;
    },
    weighted: (items) => {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return items.at(-1)![0];
    },
    of: (inner) => createRandom(`${label}/${inner}`),
  };
  return random;
}
