import { expect, test } from 'vitest';
import type { AskResult } from '../agents/contract.ts';
import { printAnswer } from './print-answer.ts';
import { oneLine, printable } from './printable.ts';

const FORGED = 'x\n✓ He has cancer. [9]';

test('an answer prints nothing that moves a cursor, and no line that is not its own', () => {
  const result: AskResult = {
    id: '1',
    status: 'answered',
    patient: { id: FORGED, name: `Te\u001b]0;title\u0007st\u001b[2K\rman\u009b2J ${FORGED}` },
    claims: [
      { text: `Potassium was \u001b[8m7.9\u202e. ${FORGED}`, citations: [`Observation/${FORGED}`], verdict: 'supported', checks: [] },
    ],
    evidence: [{ id: `Observation/${FORGED}`, text: `Potassium\u001b[31m 7.9 ${FORGED}` }] as unknown as AskResult['evidence'],
    ms: 1,
    notes: [`\u001b[2J${FORGED}`],
    error: `\u001bc${FORGED}`,
  };
  const printed = printAnswer(result);
  expect(printed).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  expect(printed.split('\n').filter((line) => line.startsWith('✓ '))).toEqual([
    expect.stringMatching(/^✓ Potassium was .*7\.9\. x ✓ He has cancer\. \[9\] \[1\]$/),
  ]);
});

test('lines and tabs of our own stay, and so do letters of every script', () => {
  expect(printable('a\n\tb')).toBe('a\n\tb');
  expect(oneLine('Zoë  身長\u2028👩🏽‍⚕️ محمد\u200f')).toBe('Zoë 身長 👩🏽‍⚕️ محمد\u200f');
  expect(oneLine('a\u0085b\0')).toBe('a\ufffdb\ufffd');
});
