/** Numbers and their units: values, limits, ranges, reference ranges, flags, highest and lowest. */

import { substanceOf } from '../../language/analytes.ts';
import type { Fact } from '../../records/contract.ts';
import {
  amountOf,
  compareAmount,
  compares,
  concluding,
  inUnitOf,
  readQuantity,
  sameNumber,
  showAmount,
  valueLike,
} from '../matching/quantities.ts';
import type { Candidate, Constraint, Tested, World } from '../matching/world.ts';
import type { Assertion, SaidCue, SaidQuantity } from '../reading/assertions.ts';
import type { CheckPart, Pool } from './contract.ts';

/** Scores that are said with their maximum: "pain 4/10". */
const MAXIMA: readonly (readonly [RegExp, number])[] = [
  [/pain/i, 10],
  [/phq-?9/i, 27],
  [/gad-?7/i, 21],
  [/mmse|mini-?mental|moca/i, 30],
  [/phq-?2/i, 6],
  [/glasgow|gcs/i, 15],
  [/apgar/i, 10],
];

export const partsOf = (fact: Fact, world: World): readonly Fact[] =>
  world.facts.filter((other) => other.id === fact.id && other.part !== undefined);

function testPair({ quantity }: SaidQuantity, fact: Fact, world: World): Tested & { about: 'number' | 'unit' } {
  const parts = partsOf(fact, world);
  const systolic = parts.find((part) => /systolic/.test(part.part ?? ''));
  const diastolic = parts.find((part) => /diastolic/.test(part.part ?? ''));
  const [first, second] = [systolic ?? parts[0], diastolic ?? parts[1]];
  if (first && second && fact.part === undefined) {
    const [a, b] = [amountOf(first), amountOf(second)];
    if (!a || !b) return { outcome: 'unknown', about: 'number', reason: 'the record states no two numbers here' };
    const upper = compareAmount({ ...quantity, form: 'single' }, a, first);
    const lower = compareAmount({ ...quantity, form: 'single', value: quantity.second ?? Number.NaN }, b, second);
    const worst =
      [upper, lower].find((tested) => tested.outcome === 'fail') ?? [upper, lower].find((tested) => tested.outcome === 'unknown') ?? upper;
    return {
      ...worst,
      reason:
        worst.outcome === 'pass'
          ? `${quantity.text} is ${fact.value?.text ?? ''} in the record`
          : `the sentence says ${quantity.text}, the record says ${fact.value?.text ?? `${showAmount(a)} and ${showAmount(b)}`}`,
    };
  }
  const amount = amountOf(fact);
  const most = MAXIMA.find(([name]) => name.test(fact.name) || name.test(fact.names.join(' ')))?.[1];
  if (amount && quantity.second !== undefined && quantity.second === most)
    return compareAmount({ ...quantity, form: 'single' }, amount, fact);
  return { outcome: 'unknown', about: 'number', reason: `the record states no pair of numbers for ${fact.name}` };
}

export function testValue(saidQuantity: SaidQuantity, fact: Fact, world: World): Tested & { about: 'number' | 'unit' } {
  const { quantity } = saidQuantity;
  if (quantity.form === 'pair') return testPair(saidQuantity, fact, world);
  const { value } = fact;
  if (value?.type === 'range' && quantity.form === 'range') {
    const ok =
      value.low !== undefined &&
      value.high !== undefined &&
      sameNumber(quantity.value, quantity.decimals, value.low, false) &&
      sameNumber(quantity.second ?? Number.NaN, quantity.decimals, value.high, false);
    return {
      outcome: ok ? 'pass' : 'fail',
      about: 'number',
      reason: ok ? `${value.text} in the record` : `the sentence says ${quantity.text}, the record says ${value.text}`,
    };
  }
  const amount = amountOf(fact);
  if (!amount) {
    const text = value && value.type !== 'range' ? value.text : undefined;
    if (text !== undefined && new RegExp(`(?<![\\d.])${quantity.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\d.])`, 'i').test(text))
      return { outcome: 'pass', about: 'number', reason: `the record says ${text}` };
    return {
      outcome: 'unknown',
      about: 'number',
      reason: text === undefined ? `the record gives no number for ${fact.name}` : `the record says ${text}, not ${quantity.text}`,
    };
  }
  if (quantity.form === 'range') return { outcome: 'unknown', about: 'number', reason: `the record says ${showAmount(amount)}` };
  if (fact.value?.type === 'quantity' && fact.value.comparator && quantity.comparator !== fact.value.comparator)
    return { outcome: 'fail', about: 'number', reason: `the record says ${fact.value.comparator}${showAmount(amount)}` };
  return compareAmount(quantity, amount, fact);
}

/** A limit ("above 130", "<5") against one recorded value; a value recorded as "<5" is only decided where the limits decide it. */
export function testLimit(saidQuantity: SaidQuantity, fact: Fact): Tested & { about: 'number' | 'unit' } {
  const quantity = readQuantity(saidQuantity.quantity);
  const op = saidQuantity.op ?? (quantity.comparator as SaidQuantity['op']) ?? '>';
  const amount = amountOf(fact);
  if (!amount) return { outcome: 'unknown', about: 'number', reason: `the record gives no number for ${fact.name}` };
  const placed = inUnitOf(quantity, amount, substanceOf(fact.concepts));
  if (placed === 'unknown')
    return { outcome: 'unknown', about: 'unit', reason: `the record gives ${showAmount(amount)} without a comparable unit` };
  if (placed === 'differs')
    return { outcome: 'fail', about: 'unit', reason: `the sentence says ${quantity.text}, the record says ${showAmount(amount)}` };
  const recorded = fact.value?.type === 'quantity' ? fact.value.comparator : undefined;
  if (recorded) {
    if (recorded[0] === op?.[0] && (op?.startsWith('<') ? placed.value <= quantity.value : placed.value >= quantity.value))
      return { outcome: 'pass', about: 'number', reason: `the record says ${recorded}${showAmount(amount)}` };
    return { outcome: 'unknown', about: 'number', reason: `the record says ${recorded}${showAmount(amount)}` };
  }
  // As shown, it is the limit itself: 145.88 is "not below 145.9".
  const value = !placed.converted && Number(amount.text) === quantity.value ? quantity.value : placed.value;
  const met = compares(value, op ?? '>', quantity.value);
  return {
    outcome: met ? 'pass' : 'fail',
    about: 'number',
    reason: met
      ? `${showAmount(amount)} is ${quantity.text}`
      : `the sentence says ${saidQuantity.op ?? ''} ${quantity.text}, the record says ${showAmount(amount)}`,
  };
}

export function testFlag(cue: SaidCue, fact: Fact): Tested {
  if (fact.kind === 'allergy') {
    const ok = fact.criticality?.toLowerCase() === cue.sense;
    return fact.criticality === undefined
      ? { outcome: 'unknown', reason: 'no criticality is recorded' }
      : { outcome: ok !== cue.negated ? 'pass' : 'fail', reason: `the record says ${fact.criticality} criticality` };
  }
  const { flag } = fact;
  const placed = flag ? undefined : inOneBound(cue, fact);
  if (placed) return placed;
  if (!flag)
    return {
      outcome: 'unknown',
      reason: `the record holds no flag and no reference range for ${fact.name}, so it does not say whether it is ${cue.text}`,
    };
  const holds =
    cue.sense === 'high'
      ? flag === 'H' || flag === 'HH'
      : cue.sense === 'low'
        ? flag === 'L' || flag === 'LL'
        : cue.sense === 'normal'
          ? flag === 'N'
          : cue.sense === 'critical'
            ? flag === 'HH' || flag === 'LL'
            : flag !== 'N';
  const shown = { LL: 'critically low', L: 'low', N: 'normal', H: 'high', HH: 'critically high', A: 'abnormal' }[flag];
  return { outcome: holds !== cue.negated ? 'pass' : 'fail', reason: `the record's flag says ${shown}` };
}

/** "Within the range" where the record gives one bound and no flag: the side that it gives decides, the other is open. */
function inOneBound(cue: SaidCue, fact: Fact): Tested | undefined {
  const range = fact.referenceRange;
  const amount = amountOf(fact);
  if (!range || !amount || fact.value?.type !== 'quantity' || (range.low === undefined) === (range.high === undefined)) return undefined;
  const unit = (text: string | undefined) =>
    text
      ?.replace(/^u(?=g|mol|L|IU)/, 'mc')
      .replace(/^mc(?=mol|L|IU)/, 'u')
      .toLowerCase();
  if (range.unit !== undefined && ![unit(amount.unit), unit(amount.ucum)].includes(unit(range.unit))) return undefined;
  // "<1" of at most 3.5 is inside; "<5" may be either.
  const open = fact.value.comparator?.[0];
  if (
    open !== undefined &&
    !(open === '<' ? range.high !== undefined && amount.value <= range.high : range.low !== undefined && amount.value >= range.low)
  )
    return undefined;
  const beyond = range.high !== undefined ? amount.value > range.high : amount.value < range.low!;
  const side = range.high !== undefined ? 'high' : 'low';
  const holds = cue.sense === 'normal' ? !beyond : cue.sense === side || cue.sense === 'abnormal' ? beyond : undefined;
  if (holds === undefined) return undefined;
  return { outcome: holds !== cue.negated ? 'pass' : 'fail', reason: `the recorded reference range is ${range.text}` };
}

function testReference({ quantity }: SaidQuantity, fact: Fact): Tested {
  const range = fact.referenceRange;
  if (!range) return { outcome: 'unknown', reason: `no reference range is recorded for ${fact.name}` };
  const numbers = [quantity.value, quantity.second].filter((value) => value !== undefined);
  const ok = numbers.every((value) => [range.low, range.high].some((bound) => bound !== undefined && Math.abs(bound - value) < 1e-9));
  return { outcome: ok ? 'pass' : 'fail', reason: `the recorded reference range is ${range.text}` };
}

function extreme(sense: string, pool: Pool): readonly Candidate[] {
  let best: Candidate[] = [];
  for (const candidate of concluding(pool.candidates)) {
    if (!amountOf(candidate.fact)) continue;
    const top = best[0] && amountOf(best[0].fact)!.value;
    const value = best[0] ? valueLike(candidate.fact, best[0].fact) : undefined;
    // One that cannot be compared may be the highest.
    if (top !== undefined && value === undefined) return [];
    if (top === undefined || value === undefined || (sense === 'highest' ? value > top : value < top)) best = [candidate];
    else if (value === top) best.push(candidate);
  }
  return best;
}

export const number: CheckPart = {
  constraints(assertion, pool, world) {
    const found: Constraint[] = [];
    const medication = (fact: Fact) => fact.kind === 'medication';
    for (const saidQuantity of assertion.quantities) {
      const { role } = saidQuantity;
      if (role === 'value') {
        found.push({
          check: 'number',
          weight: 5,
          test: ({ fact }) => (medication(fact) ? { outcome: 'pass', reason: '' } : renamed(testValue(saidQuantity, fact, world))),
        });
      } else if (role === 'threshold') {
        found.push({
          check: 'number',
          weight: 4,
          test: ({ fact }) =>
            medication(fact)
              ? { outcome: 'unknown', reason: `"${saidQuantity.quantity.text}" is not a recorded dose` }
              : renamed(testLimit(saidQuantity, fact)),
        });
      } else if (role === 'reference') found.push({ check: 'number', weight: 2, test: ({ fact }) => testReference(saidQuantity, fact) });
      else if (role === 'range')
        found.push({
          check: 'number',
          weight: 3,
          test: ({ fact }) => (fact.kind === 'medication' ? { outcome: 'pass', reason: '' } : testValue(saidQuantity, fact, world)),
        });
    }
    for (const cue of assertion.cues) {
      if (cue.type === 'flag') found.push({ check: 'number', weight: 3, test: ({ fact }) => testFlag(cue, fact) });
      if (cue.type === 'negated-value')
        found.push({ check: 'negation', weight: 1, test: () => ({ outcome: 'unknown', reason: 'what a value is not is not decided' }) });
      if (cue.type === 'order' && (cue.sense === 'highest' || cue.sense === 'lowest')) {
        const best = new Set(extreme(cue.sense, pool).flatMap((candidate) => candidate.ids));
        found.push({
          check: 'number',
          weight: 3,
          test: ({ fact }) => {
            if (!pool.search)
              return { outcome: 'unknown', reason: `the evidence is no complete search, so it does not tell the ${cue.sense}` };
            if (best.size === 0) return { outcome: 'unknown', reason: `the record gives no numbers for ${pool.name}` };
            const [top] = extreme(cue.sense, pool);
            const amount = top && amountOf(top.fact);
            return best.has(fact.id)
              ? { outcome: 'pass', reason: `it is the ${cue.sense} recorded` }
              : { outcome: 'fail', reason: `the ${cue.sense} recorded is ${amount ? showAmount(amount) : 'another'}` };
          },
        });
      }
    }
    return found;
  },
};

/** Faults of the unit are told as such. */
function renamed(tested: Tested & { about: 'number' | 'unit' }): Tested {
  return tested;
}

export const isUnitFault = (assertion: Assertion, candidate: Candidate, world: World): boolean =>
  assertion.quantities.some((saidQuantity) => {
    if (saidQuantity.role !== 'value' && saidQuantity.role !== 'threshold') return false;
    if (candidate.fact.kind === 'medication') return false;
    const tested = saidQuantity.role === 'value' ? testValue(saidQuantity, candidate.fact, world) : testLimit(saidQuantity, candidate.fact);
    return tested.outcome !== 'pass' && tested.about === 'unit';
  });
