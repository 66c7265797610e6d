import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const panel = (id: string, text: string, parts: Readonly<Record<string, string>>): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { text },
  effectiveDateTime: '2026-05-01',
  component: Object.entries(parts).map(([name, value]) => ({ code: { text: name }, valueCodeableConcept: { text: value } })),
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }], gender: 'female' },
    panel('pupils', 'Pupillary light reflex', { 'Left pupil': 'Brisk', 'Right pupil': 'Sluggish' }),
    panel('dip', 'Urine dipstick', { Ketones: '2+', Nitrite: 'Negative', Blood: 'Trace' }),
    panel('screen', 'Otoacoustic emissions', { 'Right ear': 'Refer', 'Left ear': 'Pass' }),
  ],
  { patientId: 'p1', asOf: '2026-11-21T12:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdict = (text: string) => verifyText(text, chart)[0]!.verdict;

describe('a result in words of one part of a panel', () => {
  it.each([
    'Left pupil: sluggish.',
    'Right pupil: brisk.',
    'Pupillary light reflex: left brisk, right brisk.',
    'Urine dipstick nitrite 2+.',
    'Dipstick ketones negative.',
    'Urine dipstick: 2+ nitrite and negative ketones.',
    'The left ear was referred on otoacoustic emissions.',
    'Left ear: refer.',
  ])('is not that of another: %s', (text) => expect(verdict(text)).not.toBe('supported'));

  it.each(['Left pupil: brisk.', 'Right pupil: sluggish.', 'Urine dipstick nitrite negative.', 'Left ear: pass.', 'Right ear: refer.'])(
    'is its own: %s',
    (text) => expect(verdict(text)).toBe('supported'),
  );
});

describe('a citation behind the full stop', () => {
  const claims = (text: string) => verifyText(text, chart).map(({ text: said, verdict: found }) => [said.replace(/ \[.*/, ''), found]);
  it('is of the sentence before it', () => {
    expect(claims('Left ear: pass. [Observation/screen]')).toEqual([['Left ear: pass.', 'supported']]);
    expect(claims('Left ear: pass. [Observation/dip]')).toEqual([['Left ear: pass.', 'contradicted']]);
    expect(claims('Left ear: pass. [Observation/none]')).toEqual([['Left ear: pass.', 'unverified']]);
  });
  it('leaves the next sentence its own', () =>
    expect(claims('Left ear: pass. [Observation/screen] Urine dipstick nitrite negative. [Observation/dip]')).toEqual([
      ['Left ear: pass.', 'supported'],
      ['Urine dipstick nitrite negative.', 'supported'],
    ]));
});
