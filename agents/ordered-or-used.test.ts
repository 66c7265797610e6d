/** "Has he used it?", "when was it last given?": administrations and notes answer; an order is no use. */
import { expect, test } from 'vitest';
import { asked, entry } from './foreign-records.fixture.ts';

const order = (text: string, date: string, sig: string, more: object = {}) =>
  entry('MedicationRequest', {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text },
    authoredOn: date,
    dosageInstruction: [{ text: sig }],
    ...more,
  });
const PEN = order('epinephrine 0.3 mg auto-injector', '2023-03-15', '0.3 mg into the muscle as needed for hives');
const KIT = order('glucagon 3 mg nasal powder', '2025-03-12', '3 mg into the nose as needed for severe low blood sugar');
const note = (text: string) =>
  entry('DocumentReference', {
    status: 'current',
    type: { text: 'Progress note' },
    date: '2025-06-01',
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  });

test.each(['has she used glucagon?', 'when was glucagon last given?', 'has she ever needed glucagon?', 'was glucagon given in 2025?'])(
  'an order alone is no yes: %s',
  async (question) => {
    const said = await asked(question, KIT);
    expect(said).toMatch(/^not-recorded \| (?!Yes)(?!No glucagon).*glucagon 3 mg nasal powder.*no use of it is recorded/i);
  },
);

test.each(['is she on glucagon?', 'was glucagon prescribed?', 'does she have glucagon?'])(
  'it tells that it is ordered: %s',
  async (question) => expect(await asked(question, KIT)).toMatch(/^answered \| Yes: glucagon/i),
);

test('the last time that it was given is that of the administration, not of a later order', async () => {
  const given = entry('MedicationAdministration', {
    status: 'completed',
    medicationCodeableConcept: { text: 'epinephrine 0.3 mg' },
    effectiveDateTime: '2020-09-13',
  });
  const said = await asked('when was epinephrine last given?', PEN, given);
  expect(said).toMatch(/^answered \| .*13-Sep-2020/);
  expect(said).not.toMatch(/2023/);
});

test.each(['has she used glucagon?', 'when was glucagon given?', 'was glucagon given in 2025?'])(
  'a note that tells of it is quoted: %s',
  async (question) => {
    const said = await asked(question, KIT, note('Her son could not wake her and gave glucagon.\nWell now.'));
    expect(said).toMatch(/^answered \| Progress note on 01-Jun-2025 says: "Her son could not wake her and gave glucagon"/);
    expect(said).not.toMatch(/Yes:|No glucagon/);
  },
);

test.each([
  'How to use glucagon was shown.',
  'Glucagon is given if she does not wake.',
  'Her sister took glucagon.',
  'She did not need glucagon.',
])('a note that does not is not: %s', async (text) => {
  const said = await asked('has she used glucagon?', KIT, note(text));
  expect(said).toMatch(/^not-recorded \| (?!Yes).*order tells no use/i);
  expect(said).not.toMatch(/says:/);
});

test('what was bought was prescribed by nobody', async () => {
  const bought = entry('MedicationStatement', {
    status: 'active',
    medicationCodeableConcept: { text: 'aspirin 81 mg tablet' },
    dosage: [{ text: '1 tablet daily, bought without prescription' }],
  });
  expect(await asked('did a doctor prescribe aspirin?', bought)).toMatch(/^answered \| No: aspirin/i);
  expect(await asked('does she take aspirin?', bought)).toMatch(/^answered \| Yes: aspirin/i);
});
