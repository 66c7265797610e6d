import { expect, test } from 'vitest';
import { instant, isOpen, monthsFrom, nthOpenDay } from './calendar.ts';

test.each([
  ['2026-03-08', '01:00', '2026-03-08T01:00:00-05:00'],
  ['2026-03-08', '03:00', '2026-03-08T03:00:00-04:00'],
  ['2026-03-08', '17:00', '2026-03-08T17:00:00-04:00'],
  ['2026-11-01', '00:00', '2026-11-01T00:00:00-04:00'],
  ['2026-11-01', '02:00', '2026-11-01T02:00:00-05:00'],
  ['2026-11-01', '09:00', '2026-11-01T09:00:00-05:00'],
  ['2026-07-01', '09:00', '2026-07-01T09:00:00-04:00'],
  ['2026-01-01', '00:20', '2026-01-01T00:20:00-05:00'],
])('%s at %s is %s', (day, time, expected) => expect(instant(day, time)).toBe(expected));

test('the hours of a day on which clocks change follow each other', () => {
  for (const day of ['2026-03-08', '2026-11-01', '2027-03-14']) {
    const hours = Array.from({ length: 24 }, (_, hour) => Date.parse(instant(day, `${String(hour).padStart(2, '0')}:00`)));
    for (const [i, at] of hours.slice(1).entries()) expect(at).toBeGreaterThanOrEqual(hours[i]!);
  }
});

test.each([
  ['2026-11-26', false],
  ['2027-11-25', false],
  ['2026-11-19', true],
  ['2026-05-25', false],
  ['2026-05-18', true],
  ['2026-09-07', false],
  ['2026-09-14', true],
  ['2026-11-21', false],
  ['2026-12-25', false],
  ['2026-01-19', false],
  ['2026-01-12', true],
  ['2026-02-16', false],
  ['2026-10-12', false],
  ['2026-10-19', true],
  ['2026-07-03', false], // The Fourth is a Saturday.
  ['2023-01-02', false], // New Year was a Sunday.
  ['2020-06-19', true],
  ['2025-06-19', false],
])('the clinic on %s: open %s', (day, open) => expect(isOpen(day)).toBe(open));

test('full months', () => {
  expect(monthsFrom('2025-01-31', '2025-02-28')).toBe(0);
  expect(monthsFrom('2025-01-15', '2026-02-15')).toBe(13);
});

test('fifteen days of work from a Tuesday before Thanksgiving', () => {
  expect(nthOpenDay('2024-11-12', 1)).toBe('2024-11-12');
  expect(nthOpenDay('2024-11-12', 15)).toBe('2024-12-03');
  expect(nthOpenDay('2024-11-16', 1)).toBe('2024-11-18');
});
