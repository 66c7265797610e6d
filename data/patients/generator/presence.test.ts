import { expect, test } from 'vitest';
import { presence, presenceTest } from './presence.ts';

const measured = {
  id: 'x',
  patient: 'somebody',
  sex: 'male' as const,
  at: '2026-01-05T09:00:00-05:00',
  performer: { reference: 'Organization/o' },
};

test('a test that looks for something says whether it is there', () => {
  expect(presence('hbsag', 'negative', measured)).toMatchObject({
    code: { coding: [{ code: '5196-1' }], text: 'Hepatitis B surface antigen' },
    valueCodeableConcept: { coding: [{ code: '260385009', display: 'Negative' }] },
  });
  expect(() => presenceTest('no such test')).toThrow(RangeError);
});
