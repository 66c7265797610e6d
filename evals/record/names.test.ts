import { expect, test } from 'vitest';
import { CLASSES } from './names.ts';

test('a name that only sounds like an opioid is none', () => {
  const opioid = CLASSES.find(({ key }) => key === 'opioid')!;
  expect(['tiotropium', 'ipratropium 0.2 MG/ML'].filter((name) => opioid.members.test(name))).toEqual([]);
  expect(['opium tincture', 'hydrocodone', 'morphine sulfate'].filter((name) => !opioid.members.test(name))).toEqual([]);
});
