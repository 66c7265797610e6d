/** What bears on a drug is said whatever is asked of it: allergies on the list, and those that only a note tells of. */
import { expect, test } from 'vitest';
import { asked, entry } from './foreign-records.fixture.ts';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const allergy = (text: string, more: object = {}) =>
  entry('AllergyIntolerance', { clinicalStatus: { coding: [{ system: CLINICAL, code: 'active' }] }, code: { text }, ...more });
const note = (text: string) =>
  entry('DocumentReference', {
    status: 'current',
    type: { text: 'Progress note' },
    date: '2025-02-01',
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  });
const SULFA = note('Seen for cough.\nALLERGIES: sulfa - rash\nWell.');

test.each([
  ['is she allergic to sulfa?', /^not-recorded \| Progress note on 01-Feb-2025 says: "ALLERGIES: sulfa - rash"\..*not on the allergy list/],
  ['any allergies?', /Progress note on 01-Feb-2025 says: "ALLERGIES: sulfa - rash"/],
  ['can she have bactrim?', /Progress note on 01-Feb-2025 says: "ALLERGIES: sulfa - rash"/],
  ['give me a summary', /^(?!.*No allergy is recorded).*says: "ALLERGIES: sulfa - rash"/],
  ['is she allergic to latex?', /^not-recorded \| No allergy to latex is recorded/],
])('what only a note tells of is quoted: %s', async (question, says) => {
  expect(await asked(question, SULFA)).toMatch(says);
});

test.each([
  ['can she take lisinopril?', /^answered \| (?!Yes).*lisinopril/i],
  ['can I give her ramipril?', /lisinopril.*nothing was ordered/i],
  ['prescribe ramipril 5 mg', /lisinopril.*nothing was ordered/i],
])('no question for leave is answered with yes: %s', async (question, says) => {
  expect(await asked(question, allergy('Lisinopril', { type: 'intolerance' }))).toMatch(says);
});

test.each([
  'can she not tolerate lisinopril?',
  "doesn't she tolerate lisinopril?",
  'can she not tolerate lisinopril, is an allergy recorded?',
])('what is not tolerated is looked for among the allergies: %s', async (question) => {
  const said = await asked(question, allergy('Lisinopril', { type: 'intolerance' }));
  expect(said).toMatch(/lisinopril is active/i);
  expect(said).not.toMatch(/No lisinopril is recorded/i);
});

test('nor is one about food', async () => {
  expect(await asked('can she have peanuts?', allergy('Peanut'))).toMatch(/^answered \| (?!Yes).*peanut/i);
});

test('one allergy that stands among the problems, too, is one', async () => {
  const peanut = entry('Condition', {
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '91935009', display: 'Allergy to peanut' }], text: 'Peanut allergy' },
  });
  const listed = allergy('Peanut', { code: { coding: [{ system: 'http://snomed.info/sct', code: '256349002', display: 'Peanut' }] } });
  expect(await asked('how many allergies does she have?', listed, peanut)).toMatch(/^answered \| 1 allergy is recorded\./);
});
