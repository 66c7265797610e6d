import { expect, test } from 'vitest';
import { plus } from './calendar.ts';
import { bmiPercentile } from './growth.ts';

const born = '2016-01-10';
// Percentiles as the CDC table itself prints them.
test.each([
  ['male', 24, 16.575, 50],
  ['male', 24, 19.338, 95],
  ['male', 24, 14.737, 5],
] as const)('%s, %d months, %d kg/m2 is the %dth percentile', (sex, months, bmi, percentile) => {
  expect(bmiPercentile(bmi, born, plus(born, { months, days: 1 }), sex)).toBeCloseTo(percentile, 0);
});

test('the same BMI is higher up among younger schoolchildren, and there is none for infants and adults', () => {
  const at = (years: number) => bmiPercentile(18, born, plus(born, { years }), 'female');
  expect(at(6)).toBeGreaterThan(at(10));
  expect(() => at(1)).toThrow('no BMI');
  expect(() => at(21)).toThrow('no BMI');
});

test('the second birthday has a BMI whatever leap days the two years had', () => {
  for (const born of ['2021-03-01', '2022-02-28', '2024-02-29', '2025-07-03'])
    expect(bmiPercentile(16.5, born, plus(born, { years: 2 }), 'male')).toBeGreaterThan(30);
});
