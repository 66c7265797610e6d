import { expect, test } from 'vitest';
import { glucoseManagementIndicator, sensorResults } from './glucose-sensor.ts';

test.each([
  [100, 5.7],
  [150, 6.9],
  [200, 8.1],
  [350, 11.7],
])('a mean of %d mg/dL goes with %d %%, as in the published table', (mean, percent) => {
  expect(glucoseManagementIndicator(mean)).toBe(percent);
});

test('a report has its mean, its times and the indicator of that mean', () => {
  expect(sensorResults({ days: 14, mean: 150, inRange: 74, below: 2 })).toEqual([
    ['sensor-glucose', 150],
    ['time-in-range', 74],
    ['time-below-range', 2],
    ['gmi', 6.9],
  ]);
});
