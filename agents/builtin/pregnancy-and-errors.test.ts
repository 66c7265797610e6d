import { describe, expect, test } from 'vitest';
import { conversations, person, problem } from './conversation.fixture.ts';

const term = (value: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  resourceType: 'Observation',
  id: 'term',
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { coding: [{ system: 'http://loinc.org', code: '11778-8', display: 'Delivery date Estimated' }] },
  effectiveDateTime: '2026-06-01',
  ...value,
  ...more,
});
const pregnant = { ...problem('pregnancy', 'Pregnancy', '2026-04-20') };

describe('the day that a birth is due', () => {
  const asked = ['when is the baby due?', 'EDD?', 'what is the expected date of delivery', 'due date?', 'when is she due to give birth?'];
  const recorded = conversations([person, pregnant, term({ valueDateTime: '2027-01-24' })]);
  test.each(asked)('%s', async (question) => {
    const { said, verdicts } = await recorded(question);
    expect(said).toMatch(/^Estimated date of delivery\b.*(?:2027-01-24|24-Jan-2027)/i);
    expect(verdicts).toEqual(['supported']);
  });
  const told = conversations([person, { ...pregnant, note: [{ text: 'Second child, delivery expected on 24 January 2027.' }] }]);
  test.each(asked)('%s (told in a note)', async (question) => {
    const { said, notes, verdicts } = await told(question);
    expect(said).toMatch(/^Pregnancy .*delivery expected on 24 January 2027/);
    expect(notes).toMatch(/No estimated date of delivery is recorded as such/);
    expect(verdicts).toEqual(['supported']);
  });
  test('nothing else that is due is read as a birth', async () => {
    for (const question of [
      'is she due for a mammogram?',
      'due date of her next visit?',
      'what is the due date for the lab?',
      'is the baby due for its vaccines?',
    ])
      expect((await told(question)).said).not.toMatch(/Pregnancy/);
    expect((await conversations([person])('when is the baby due?')).said).not.toMatch(/\d{4}/);
  });
});

describe('entries marked as errors', () => {
  const wrong = { verificationStatus: { coding: [{ code: 'entered-in-error' }] }, clinicalStatus: undefined };
  const marked = conversations([
    person,
    pregnant,
    { ...problem('gout', 'Gout', '2020-01-01'), ...wrong },
    term({ valueDateTime: '2020-01-24' }, { status: 'entered-in-error', id: 'e1' }),
    term({ valueDateTime: '2020-02-24' }, { status: 'entered-in-error', id: 'e2' }),
  ]);
  test.each([
    'what was recorded by mistake?',
    'which diagnoses were entered in error',
    'any wrongly recorded entries?',
    'are there mistakes in her chart?',
  ])('%s', async (question) => {
    const { notes, said } = await marked(question);
    expect(said).toBe('');
    expect(notes).toMatch(
      /leaves out every entry .*entered in error.* In this record 3 are marked so: 1 problem, 2 results or observations/,
    );
    expect(notes).not.toMatch(/gout/i);
  });
  test('none marked is said so', async () => {
    expect((await conversations([person, pregnant])('which results were entered in error?')).notes).toMatch(
      /None in this record is marked so/,
    );
  });
  test.each(['any history of medication errors?', 'does she have a refractive error', 'is she pregnant?'])(
    '%s asks something else',
    async (question) => {
      expect((await marked(question)).notes).not.toMatch(/leaves out every entry/);
    },
  );
});
