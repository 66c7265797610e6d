import { expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../chart/chart.ts';
import type { FhirResource } from '../contract.ts';
import { allergiesTold, allergiesToldTo, allergiesUnlisted } from './allergies-told.ts';

const note = (text: string, more: object = {}) => ({
  resourceType: 'DocumentReference',
  id: 'n',
  status: 'current',
  subject: { reference: 'Patient/p' },
  type: { text: 'Progress note' },
  date: '2025-02-01',
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  ...more,
});
const chartOf = (...resources: readonly FhirResource[]) =>
  buildChart([{ resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }], birthDate: '1955-05-05' }, ...resources], {
    patientId: 'p',
    asOf: '2026-01-10T09:00:00Z',
    terminology: baseTerminology(),
  });
const told = (text: string) => allergiesTold(chartOf(note(text))).map(({ sentence, to }) => [sentence, ...to]);

test.each([
  ['Cough. She is allergic to penicillin, rash in 2019. Fluids.', 'She is allergic to penicillin, rash in 2019.', 'class/penicillin'],
  ['Allergies: amoxicillin (hives).', 'Allergies: amoxicillin (hives).', 'drug/amoxicillin'],
  ['ALLERGIES: sulfa - rash\nMeds: none', 'ALLERGIES: sulfa - rash', 'class/sulfonamide-antibiotic'],
  ['Drug allergies / intolerances - codeine (nausea)', 'Drug allergies / intolerances - codeine (nausea)', 'drug/codeine'],
  ['Cough. Allergies: latex. No fever.', 'Allergies: latex.', 'allergen/latex'],
  ['She had anaphylaxis with amoxicillin in 2011.', 'She had anaphylaxis with amoxicillin in 2011.', 'drug/amoxicillin'],
  ['Could not tolerate it: adverse reaction to lisinopril.', 'Could not tolerate it: adverse reaction to lisinopril.', 'drug/lisinopril'],
])('%s', (text, sentence, to) => {
  const [found] = told(text);
  expect(found?.[0]).toBe(sentence);
  expect(found).toContain(to);
});

test('a list below its heading is read to its end', () => {
  const found = told('Allergies:\n- penicillin: hives\n* latex\n\nMedications:\n- lisinopril 10 mg');
  expect(found.map(([sentence]) => sentence)).toEqual(['- penicillin: hives', '* latex']);
  expect(told('Allergies:\npenicillin\nMedications: lisinopril').map(([sentence]) => sentence)).toEqual(['penicillin']);
});

test('hives after a drug tell of it, a rash without one does not', () => {
  expect(told('Developed hives after Bactrim.')).toHaveLength(1);
  expect(told('A rash on the arm for three days.')).toEqual([]);
  expect(told('The rash improved with hydrocortisone.')).toEqual([]);
});

test('what else the sentence names is not what the allergy is to', () => {
  const [found] = told('Started doxycycline for 5 days: green sputum; penicillin is on his list of allergies');
  expect(found!.slice(1)).toEqual(['class/penicillin']);
  expect(told('Given epinephrine for her penicillin and latex allergies.')[0]!.slice(1)).toEqual(['class/penicillin', 'allergen/latex']);
  expect(told('Started epinephrine as needed for hives for peanut allergy')[0]!.slice(1)).toEqual(['allergen/peanut']);
  expect(told('Given azithromycin because she is allergic to penicillin.')[0]!.slice(1)).toEqual(['class/penicillin']);
});

test.each([
  'Allergies: none.',
  'Allergies: NKDA',
  'No known drug allergies.',
  'She denies allergies to drugs.',
  'He is not allergic to penicillin.',
  'Cough. Allergies: NKDA. Takes lisinopril.',
  'Her mother is allergic to penicillin.',
  'Allergies: reviewed',
  'Allergic rhinitis since childhood.',
  'Seen in the allergy clinic.',
  'Impaired glucose intolerance.',
  'No adverse reaction to the vaccine.',
  'Is he allergic to penicillin?',
])('no allergy is told by: %s', (text) => expect(told(text)).toEqual([]));

test('a note that is void tells nothing', () => {
  expect(allergiesTold(chartOf(note('Allergic to penicillin.', { status: 'entered-in-error' })))).toEqual([]);
});

test('one to a class bears on its drugs, and one to a drug on its class; what the list has is not told anew', () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    id: 'a',
    patient: { reference: 'Patient/p' },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
    code: { text: 'Amoxicillin' },
  };
  const chart = chartOf(note('Allergic to amoxicillin. Allergic to latex.'), allergy);
  expect(allergiesToldTo('class/penicillin', chart)).toHaveLength(1);
  expect(allergiesToldTo('drug/ampicillin', chart)).toHaveLength(1);
  expect(allergiesToldTo('drug/metformin', chart)).toEqual([]);
  expect(allergiesUnlisted(chart).map(({ sentence }) => sentence)).toEqual(['Allergic to latex.']);
});
