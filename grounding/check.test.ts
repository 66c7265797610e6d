import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Chart } from '../records/contract.ts';
import { notesChart } from './notes.fixture.ts';
import { fixtureChart } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const RECORDS: readonly (readonly [string, () => Chart, string])[] = [
  ['one patient', fixtureChart, 'park-sentences.txt'],
  ['a patient with much that comes more than once', notesChart, 'notes-sentences.txt'],
];

const linesOf = (file: string) =>
  readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /^([+x?-]) (.*)$/.exec(line);
      return match ? [[match[1]!, match[2]!] as const] : [];
    });

describe.each(RECORDS)('sentences about %s', (_, open, file) => {
  const chart = open();
  const lines = linesOf(file);
  const verdicts = (text: string) => verifyText(text, chart).map((claim) => claim.verdict);
  const why = (text: string) =>
    verifyText(text, chart)
      .flatMap((claim) => claim.checks.filter((check) => check.outcome !== 'pass'))
      .map((check) => `${check.name}: ${check.reason}`)
      .join('; ');

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
