import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, QuantityValue } from '../contract.ts';
import { trend, turned } from './trend.ts';

const measured = (date: string, value: number, extra: Partial<QuantityValue> & { range?: Fact['referenceRange'] } = {}): Fact => {
  const { range, ...more } = extra;
  return {
    id: `Observation/${date}-${value}`,
    kind: 'result',
    subject: 'Patient/p',
    name: 'creatinine',
    names: [],
    codes: [],
    concepts: ['lab/creatinine'],
    status: 'completed',
    negated: false,
    reasons: [],
    date,
    value: { type: 'quantity', value, text: String(value), unit: 'mg/dL', ucum: 'mg/dL', ...more },
    ...(range ? { referenceRange: range } : {}),
  };
};
const yearly = (...values: readonly number[]) => values.map((value, index) => measured(`${2010 + index}-03-01`, value));

describe('trend', () => {
  it.each([
    ['rising', yearly(0.9, 1.0, 1.1, 1.3, 1.6)],
    ['falling', yearly(88, 80, 75, 61, 48)],
    ['stable', yearly(140, 141, 139, 140, 142)],
    ['fluctuating', yearly(100, 160, 90, 150, 95, 155)],
    ['rising', yearly(5.7, 6.5)],
    ['stable', yearly(5.7, 5.8)],
    ['rising', yearly(5.0, 5.4, 5.2, 6.0, 9.9, 6.4, 6.9, 7.3)],
  ])('reads %s', (direction, facts) => {
    expect(trend(facts)?.direction).toBe(direction);
  });

  it('takes a quarter of the recorded reference range as a change where that is smaller', () => {
    const range = { low: 136, high: 145, unit: 'mmol/L', text: '136-145' };
    const sodium = [141, 139, 137, 135, 133].map((value, index) =>
      measured(`${2015 + index}-01-01`, value, { unit: 'mmol/L', ucum: 'mmol/L', range }),
    );
    expect(trend(sodium)).toMatchObject({ direction: 'falling', minimalChange: 2.25 });
    expect(trend(sodium.map(({ referenceRange: _, ...fact }) => fact))?.direction).not.toBe('rising');
  });

  it('converts to the unit of the newest value and says so', () => {
    const facts = [measured('2019-01-01', 70, { unit: 'kg', ucum: 'kg' }), measured('2020-01-01', 176, { unit: 'lb', ucum: '[lb_av]' })];
    const found = trend(facts)!;
    expect(found.first).toMatchObject({ converted: true });
    expect(found.first.value).toBeCloseTo(154.32, 1);
    expect(found.direction).toBe('rising');
    expect(found.unit).toBe('lb');
  });

  it('leaves out what it cannot place, and says what', () => {
    const facts = [
      measured('2019-01-01', 1),
      measured('2020-01-01', 5, { comparator: '<' }),
      measured('2021-01-01', 3, { unit: 'cells', ucum: 'kg' }),
      measured('2022-01-01', 1.2),
    ];
    const found = trend(facts)!;
    expect(found.points.map((point) => point.value)).toEqual([1, 1.2]);
    expect(found.excluded).toHaveLength(2);
  });

  it.each([
    ['after a rise', [0.8, 0.9, 1.0, 1.1, 1.9, 1.5], 1.9],
    ['after a fall', [90, 80, 70, 60, 50, 58], 50],
    ['and creeps on', [0.8, 0.9, 1.0, 1.1, 1.9, 1.5, 1.52], 1.9],
  ])('says where it turned, %s', (_, values, value) => expect(turned(trend(yearly(...values))!)?.value).toBe(value));

  it.each([
    ['goes on', [0.9, 1.0, 1.1, 1.3, 1.6]],
    ['went back by less than counts as a change', [70, 80, 90, 100, 98]],
    ['went back and on again', [5.0, 5.4, 5.2, 6.0, 9.9, 6.4, 6.9, 7.3]],
    ['has no direction', [100, 160, 90, 150, 95, 155]],
  ])('has not turned where it %s', (_, values) => expect(turned(trend(yearly(...values))!)).toBeUndefined());

  it('has no direction for one value and none for none', () => {
    expect(trend(yearly(4))?.direction).toBeUndefined();
    expect(trend(yearly(4))?.change).toBeUndefined();
    expect(trend([])).toBeUndefined();
  });

  it('is the same whatever the order of the facts, and turns with them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 30 }), (values) => {
        const facts = yearly(...values);
        const shuffled = [...facts].sort((a, b) => (a.id < b.id ? 1 : -1));
        expect(trend(shuffled)?.direction).toBe(trend(facts)?.direction);
        const turned = trend(yearly(...[...values].reverse()))?.direction;
        const mirror = { rising: 'falling', falling: 'rising', stable: 'stable', fluctuating: 'fluctuating' } as const;
        expect(turned).toBe(mirror[trend(facts)!.direction!]);
      }),
    );
  });

  it('does not change with the unit that all values are in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 200 }), { minLength: 2, maxLength: 12 }), (values) => {
        const kilos = values.map((value, index) => measured(`${2000 + index}-01-01`, value, { unit: 'kg', ucum: 'kg' }));
        const grams = values.map((value, index) => measured(`${2000 + index}-01-01`, value * 1000, { unit: 'g', ucum: 'g' }));
        expect(trend(grams)?.direction).toBe(trend(kilos)?.direction);
      }),
    );
  });
});
