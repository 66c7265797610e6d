import { expect, test } from 'vitest';
import { fixtureChart } from './park.fixture.ts';
import { verifyText } from './verify.ts';

test('what is longer than any sentence is not read, and left open', () => {
  const text = `She has asthma${' and asthma'.repeat(500)}.`;
  const [claim] = verifyText(text, fixtureChart());
  expect(claim?.verdict).toBe('unverified');
  expect(claim?.checks.map(({ reason }) => reason)).toContain('longer than 4000 characters: it was not checked');
});
