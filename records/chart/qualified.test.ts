import { expect, test } from 'vitest';
import { missingParts } from '../missing.ts';
import { chartOf, of } from './chart.fixture.ts';

const problem = (more: object) =>
  of('Condition', { id: 'c1', code: { text: 'Hypertension' }, clinicalStatus: { coding: [{ code: 'active' }] }, ...more });
const nested = (depth: number): unknown => {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};
const negated = [{ url: 'https://example.org/negated', valueBoolean: true }];

test.each([
  ['a modifier', { modifierExtension: negated }],
  ['a modifier inside', { stage: [{ modifierExtension: negated, summary: { text: 'II' } }] }],
  ['rules', { implicitRules: 'https://example.org/rules' }],
  ['a depth that is not read', { extension: nested(10_000) }],
])('what %s changes is stated by nobody who does not know it, and something is there', (_, more) => {
  const chart = chartOf(problem(more));
  expect(chart.facts.filter(({ kind }) => kind === 'problem')).toEqual([]);
  expect(missingParts(chart)).toEqual([
    expect.objectContaining({ name: '1 problem with a modifier that Rounds does not know', kinds: ['problem'] }),
  ]);
});

test('an extension that changes nothing is passed over', () => {
  const chart = chartOf(problem({ extension: negated, modifierExtension: [] }));
  expect(chart.facts.filter(({ kind }) => kind === 'problem')).toHaveLength(1);
});
