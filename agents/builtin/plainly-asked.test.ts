import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const because = (text: string) => ({ reasonCode: [{ text }] });

const converse = conversations([
  person,
  problem('bronchitis', 'Acute bronchitis', '2021-01-10', '2021-02-01'),
  problem('ankle', 'Sprain of ankle', '2017-04-04', '2017-05-01'),
  problem('gastritis', 'Gastritis', '2014-01-01', '2014-03-01'),
  problem('anemia', 'Anemia', '2014-01-01'),
  seen('flare', 'Emergency room admission', '2024-02-02', because('Gout flare')),
  measured('urate', '3084-1', 'Uric acid', 9.9, 'mg/dL', '2024-02-02'),
  measured('urate-later', '3084-1', 'Uric acid', 5.5, 'mg/dL', '2025-02-02'),
  measured('sodium', '2951-2', 'Sodium', 139, 'mmol/L', '2025-02-02'),
  measured('creatinine', '2160-0', 'Creatinine', 88.4, 'umol/L', '2025-02-02'),
  drug('doxycycline', 'doxycycline 100 MG Oral Tablet', '2021-01-10', { status: 'completed', ...because('Acute bronchitis') }),
  drug('ramipril', 'ramipril 5 MG Oral Capsule', '2019-01-10', { status: 'stopped', statusReason: { text: 'Dry cough' } }),
  { ...done('scope', 'Colonoscopy', '2019-09-09'), outcome: { text: 'One tubular adenoma removed' } },
  { ...done('shoulder', 'Rotator cuff repair', '2018-08-08'), bodySite: [{ text: 'Right shoulder' }] },
  {
    resourceType: 'Observation',
    id: 'job',
    status: 'final',
    subject: { reference: 'Patient/p1' },
    category: [{ coding: [{ code: 'social-history' }] }],
    code: { text: 'Employment status' },
    effectiveDateTime: '2025-05-05',
    valueString: 'Retired',
  },
]);

describe('asked plainly', () => {
  test.each([
    // The second half is about the illness of the first.
    ['bronchitis when, and which drugs were used', /bronchitis[\s\S]*Doxycycline/],
    ['how often bronchitis and treated with what', /Bronchitis is recorded once[\s\S]*Doxycycline/],
    // A number held against the record.
    ['is her sodium 128?', /^No: Sodium was 139 mmol\/L/],
    ['is sodium now 139', /^Yes: /],
    // Units that need the substance.
    ['creatinine in mg/dL', /88\.4 umol\/L[\s\S]*1\.00 mg\/dL/],
    ['sprains count', /Sprain is recorded once|recorded once/],
    ['is she employed?', /Retired/],
    ['any medicine stopped because of side effects', /Ramipril.*Dry cough/],
    // What was found stands in the outcome.
    ['were there any colon polyps', /tubular adenoma/],
    // The value of the day of a flare that only a visit names.
    ['uric acid during the gout flare', /9\.9 mg\/dL/],
    ['which shoulder was the rotator cuff repair on', /right shoulder.*08-Aug-2018|08-Aug-2018.*right/i],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
    expect(answer.status).toBe('answered');
  });

  test('a side that is not recorded is said not to be', async () => {
    const answer = await converse('ankle sprain, which side?');
    expect(answer.said).toMatch(/^Sprain of ankle is resolved/);
    expect(answer.notes).toMatch(/does not say which side/);
  });

  test('two problems are no yes to the one being the cause', async () => {
    const answer = await converse('was her anemia due to gastritis');
    expect(answer.said).not.toMatch(/^Yes/m);
    expect(answer.notes).not.toMatch(/guideline/);
    expect(answer.notes).toMatch(/due to/);
  });

  test('general knowledge stays declined', async () =>
    expect((await converse('what are the side effects of ramipril')).status).toBe('declined'));
});
