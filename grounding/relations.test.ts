/**
 * What stands between two things or over a whole series, said in many manners for every pair and series of the fixture: order of events, first
 * and last, undated values, every one, how long. True it is supported, turned round it never is.
 */
import { describe, expect, it } from 'vitest';
import { displayUnit } from '../language/units.ts';
import type { Fact, QuantityValue } from '../records/contract.ts';
import { fixtureChart } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const chart = fixtureChart();
const verdicts = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);
const supported = (text: string): boolean => verdicts(text).every((verdict) => verdict === 'supported');

type Dated = Fact & { readonly date: string };
const problems = chart.facts.filter((fact): fact is Dated => fact.kind === 'problem' && fact.date !== undefined && !fact.negated);
const pairs = problems.flatMap((a) => problems.filter((b) => a.date < b.date).map((b) => [a, b] as const));
const yearsApart = (a: Dated, b: Dated): number => (Date.parse(b.date) - Date.parse(a.date)) / (365.25 * 86_400_000);

const inOrder: readonly ((earlier: string, later: string) => string)[] = [
  (a, b) => `Her ${a} was diagnosed before her ${b}.`,
  (a, b) => `Her ${b} was diagnosed after her ${a}.`,
  (a, b) => `She had ${a}, and later ${b}.`,
  (a, b) => `${a} preceded ${b}.`,
  (a, b) => `${b} came after ${a}.`,
  (a, b) => `First ${a}, then ${b}.`,
  (a, b) => `${a} was followed by ${b}.`,
  (a, b) => `Before ${b} she had ${a}.`,
  (a, b) => `${a} was noted prior to ${b}.`,
  (a, b) => `${b} was subsequent to ${a}.`,
];

describe('the order of two problems', () => {
  it.each(inOrder.map((say) => [say('A', 'B'), say] as const))('%s', (_, say) => {
    for (const [a, b] of pairs) expect(supported(say(b.name, a.name)), say(b.name, a.name)).toBe(false);
  });
  it('is supported where it is right', () => {
    const right = pairs.flatMap(([a, b]) => inOrder.slice(0, 2).map((say) => say(a.name, b.name)));
    expect(right.filter((text) => !supported(text))).toEqual([]);
  });
  it('holds how far they are apart', () => {
    for (const [a, b] of pairs) {
      const years = Math.round(yearsApart(a, b));
      if (years < 2) continue;
      expect(supported(`${b.name} was diagnosed ${years + 3} years after ${a.name}.`), `${a.name}, ${b.name}`).toBe(false);
    }
  });
});

type Measured = Dated & { readonly value: QuantityValue };
const measured = chart.facts.filter(
  (fact): fact is Measured =>
    fact.value?.type === 'quantity' &&
    fact.date !== undefined &&
    fact.part === undefined &&
    (fact.kind === 'result' || fact.kind === 'vital'),
);
const series = new Map<string, Measured[]>();
for (const fact of measured)
  series.set(
    fact.name,
    [...(series.get(fact.name) ?? []), fact].sort((a, b) => (a.date < b.date ? -1 : 1)),
  );
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const month = (iso: string): string => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
const shown = (fact: Measured): string => `${fact.value.text}${fact.value.ucum ? ` ${displayUnit(fact.value.ucum)}` : ''}`;

const ofEnd: readonly ((which: string, name: string, on: string, value: string) => string)[] = [
  (which, name, on) => `Her ${which} ${name} was in ${on}.`,
  (which, name, on) => `The ${which} ${name} is from ${on}.`,
  (which, name, on, value) => `${which} ${name} ${on}: ${value}`,
  (which, name, on, value) => `Her ${which} ${name}, in ${on}, was ${value}.`,
  (which, name, on) => `${which} ${name}: ${on}.`,
];

describe('the first and the last', () => {
  it.each(ofEnd.map((say) => [say('last', 'X', 'May 2019', '1'), say] as const))('%s', (_, say) => {
    for (const [name, facts] of series) {
      if (facts.length < 2) continue;
      for (const which of ['last', 'latest', 'most recent'])
        for (const fact of facts.slice(0, -1)) {
          const text = say(which, name, month(fact.date), shown(fact));
          expect(supported(text), text).toBe(false);
        }
      for (const which of ['first', 'earliest'])
        for (const fact of facts.slice(1)) {
          const text = say(which, name, month(fact.date), shown(fact));
          expect(supported(text), text).toBe(false);
        }
    }
  });
});

describe('values without a date', () => {
  it.each(
    [
      (name: string, value: string) => `${name} ${value}`,
      (name: string, value: string) => `${name}: ${value}.`,
      (name: string, value: string) => `Her ${name} is ${value}.`,
      (name: string, value: string) => `She has a ${name} of ${value}.`,
      (name: string, value: string) => `Her ${name} was ${value}.`,
      (name: string, value: string) => `Currently her ${name} stands at ${value}.`,
    ].map((say) => [say('X', '1'), say] as const),
  )('%s', (_, say) => {
    for (const [name, facts] of series)
      for (const fact of facts.slice(0, -1)) {
        const latest = facts.at(-1)!;
        if (fact.value.value === latest.value.value) continue;
        const text = say(name, shown(fact));
        expect(supported(text), text).toBe(false);
      }
  });
});

describe('said of every one', () => {
  it.each(
    [
      (name: string, limit: number) => `All of her ${name} results were above ${limit}.`,
      (name: string, limit: number) => `Her ${name} has always been above ${limit}.`,
      (name: string, limit: number) => `Her ${name} has never been below ${limit}.`,
      (name: string, limit: number) => `Her ${name} stayed above ${limit} between 2018 and 2020.`,
      (name: string, limit: number) => `${name} has been over ${limit} since 2018.`,
    ].map((say) => [say('X', 1), say] as const),
  )('%s', (_, say) => {
    for (const [name, facts] of series) {
      const values = facts.map(({ value }) => value.value).sort((a, b) => a - b);
      if (values.length < 2 || values[0] === values.at(-1)) continue;
      const middle = Number(((values[0]! + values.at(-1)!) / 2).toPrecision(3));
      expect(supported(say(name, middle)), say(name, middle)).toBe(false);
    }
  });
});

describe('by how much a value moved', () => {
  const steps = [...series.values()].flatMap((facts) =>
    facts
      .slice(1)
      .flatMap((to, i) =>
        to.value.value !== facts[i]!.value.value && to.value.ucum === facts[i]!.value.ucum ? [[facts[i]!, to] as const] : [],
      ),
  );
  const on = (fact: Measured): string => `${fact.date.slice(8, 10)} ${month(fact.date)}`;
  it.each(
    [
      (name: string, by: string, from: string, to: string) => `${name} moved by ${by}, from ${from} to ${to}.`,
      (name: string, by: string, from: string, to: string) => `${name} went from ${from} to ${to}, a change of ${by}.`,
    ].map((say) => [say('X', '1', 'A', 'B'), say] as const),
  )('%s', (_, say) => {
    for (const [from, to] of steps) {
      const difference = Math.abs(to.value.value - from.value.value);
      const wrong = say(
        from.name,
        `${(difference * 3).toFixed(2)} ${displayUnit(to.value.ucum ?? '')}`,
        `${shown(from)} on ${on(from)}`,
        `${shown(to)} on ${on(to)}`,
      );
      expect(supported(wrong), wrong).toBe(false);
    }
  });
  it('is supported where the step is right, and not where it is wrong', () => {
    expect(steps.length).toBeGreaterThan(0);
    for (const [from, to] of steps) {
      const difference = Number(Math.abs(to.value.value - from.value.value).toPrecision(6));
      const moved = to.value.value > from.value.value ? 'rose' : 'fell';
      const say = (by: number): string =>
        `${from.name} ${moved} by ${by} ${displayUnit(to.value.ucum ?? '')}, from ${shown(from)} on ${on(from)} to ${shown(to)} on ${on(to)}.`;
      expect(verdicts(say(difference)), say(difference)).toEqual(['supported']);
      expect(supported(say(difference * 2 + 1)), say(difference * 2 + 1)).toBe(false);
    }
  });
});
