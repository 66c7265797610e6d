import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtureChart } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const chart = fixtureChart();
const lines = readFileSync(new URL('./park-sentences.txt', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const match = /^([+x?-]) (.*)$/.exec(line);
    return match ? [[match[1]!, match[2]!] as const] : [];
  });

const verdicts = (text: string) => verifyText(text, chart).map((claim) => claim.verdict);
const why = (text: string) =>
  verifyText(text, chart)
    .flatMap((claim) => claim.checks.filter((check) => check.outcome !== 'pass'))
    .map((check) => `${check.name}: ${check.reason}`)
    .join('; ');

describe('sentences about one patient', () => {
  it.each(lines.filter(([mark]) => mark === '+').map(([, text]) => text))('supported: %s', (text) => {
    expect(verdicts(text), why(text)).toEqual(verdicts(text).map(() => 'supported'));
    expect(verdicts(text).length).toBeGreaterThan(0);
  });
  it.each(lines.filter(([mark]) => mark === 'x').map(([, text]) => text))('contradicted: %s', (text) => {
    expect(verdicts(text), why(text)).toContain('contradicted');
  });
  it.each(lines.filter(([mark]) => mark === '?').map(([, text]) => text))('unverified: %s', (text) => {
    expect(new Set(verdicts(text)), why(text)).toEqual(new Set(['unverified']));
  });
  it.each(lines.filter(([mark]) => mark === '-').map(([, text]) => text))('not supported: %s', (text) => {
    expect(
      verdicts(text).some((verdict) => verdict !== 'supported'),
      text,
    ).toBe(true);
  });
});
