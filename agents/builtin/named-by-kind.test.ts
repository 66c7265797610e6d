import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../../records/contract.ts';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };

const answered = (id: string, code: string, text: string, value: string, date: string): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display: text }], text },
  category: [{ coding: [{ code: 'social-history' }] }],
  effectiveDateTime: date,
  valueCodeableConcept: { text: value },
});

const allergy = (id: string, text: string): FhirResource => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: subject,
  code: { text },
  clinicalStatus: { coding: [{ code: 'active' }] },
});

const converse = conversations([
  person,
  problem('polyp', 'Polyp of colon', '2013-05-05', '2014-05-05'),
  problem('pharyngitis', 'Acute viral pharyngitis', '2019-03-01', '2019-03-10'),
  problem('concussion', 'Concussion with loss of consciousness', '2012-08-08', '2012-09-09'),
  problem('cad', 'Coronary heart disease', '2018-01-01'),
  done('polypectomy', 'Rectal polypectomy', '2013-06-06'),
  done('implant-off', 'Removal of subcutaneous contraceptive', '2010-02-02'),
  done('iud-off', 'Removal of intrauterine device', '2008-03-03'),
  done('section', 'Cesarean section', '1990-04-04'),
  done('knee', 'Total knee replacement', '2020-09-09'),
  drug('lorazepam', 'lorazepam 1 MG Oral Tablet', '2024-01-01'),
  drug('clopidogrel', 'clopidogrel 75 MG Oral Tablet', '2019-01-01', { reasonCode: [{ text: 'Coronary heart disease' }] }),
  allergy('dander', 'Animal dander'),
  allergy('mould', 'Mould'),
  seen('asthma-visit', 'Asthma follow-up', '2005-05-05', { reasonCode: [{ text: 'Asthma' }] }),
  answered('insured-1', '76437-3', 'Primary insurance', 'No', '2015-01-01'),
  answered('insured-2', '76437-3', 'Primary insurance', 'Yes', '2016-01-01'),
  measured('weight', '29463-7', 'Body weight', 61, 'kg', '2021-06-01'),
  measured('height', '8302-2', 'Body height', 168, 'cm', '2021-06-01'),
]);

const small = conversations([
  { ...person, deceasedDateTime: '2020-02-20' },
  done('coil', 'Insertion of intrauterine contraceptive device', '2011-01-01'),
  done('meds', 'Documentation of current medications', '2012-01-01'),
  answered('cause', '69453-9', 'Cause of death', 'Myocardial infarction', '2020-02-20'),
  problem('prediabetes', 'Prediabetes', '2010-01-01'),
]);

describe('what a kind takes in', () => {
  test.each<[string, RegExp, RegExp?]>([
    ['IUD taken out?', /^Removal of intrauterine device/, /subcutaneous|polypectomy/],
    ['IUD: when was it removed', /Removal of intrauterine device was done on 03-Mar-2008/, /subcutaneous/],
    ['colon polyp, when taken out?', /polypectomy was done on 06-Jun-2013/, /intrauterine/],
    ['past operations', /knee replacement[\s\S]*Cesarean section/],
    ['is there any history of surgery', /knee replacement[\s\S]*Cesarean section/],
    ['any procedures or surgeries', /polypectomy/],
    ['is she on a sedative', /^Yes: lorazepam/i],
    ['tranquillisers?', /lorazepam/i],
    ['any upper respiratory infections', /pharyngitis/],
    ['was she ever unconscious', /Concussion with loss of consciousness/],
    ['any blood vessel disease', /Coronary heart disease/],
    ['breathing problems?', /Asthma follow-up/],
    ['clopidogrel: indication and duration', /coronary heart disease[\s\S]*for 7 years/i],
    ['growth in 2021', /Body weight was 61 kg[\s\S]*Body height was 168 cm|Body height was 168 cm[\s\S]*Body weight was 61 kg/, /^No /],
    ['is she allergic to dogs', /dander/, /^No |mould/i],
    ['was she ever uninsured?', /No on 01-Jan-2015/, /Yes:/],
    ['at what dates did she say that she had insurance', /Yes on 01-Jan-2016/],
  ])('%s', async (question, says, never) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });

  test('an operation is not denied where one may be meant', async () => {
    const { status, said, notes } = await small('previous surgeries');
    expect([status, said]).toEqual(['not-recorded', 'Insertion of intrauterine contraceptive device was done on 01-Jan-2011.']);
    expect(notes).toMatch(/No entry is known to be an operation/);
  });

  test.each<[string, RegExp]>([
    ['what did she die from', /Myocardial infarction[\s\S]*died on 20-Feb-2020/i],
    ['the reason that she is dead', /Myocardial infarction/i],
    ['date and cause of death', /Myocardial infarction[\s\S]*died on 20-Feb-2020/i],
  ])('%s', async (question, says) => {
    expect((await small(question)).said).toMatch(says);
  });

  test('an event that only a coded answer tells is no false premise', async () => {
    const { said } = await small('any stroke before the myocardial infarction?');
    expect(said).not.toMatch(/Myocardial infarction is not recorded/i);
    expect(said).toMatch(/^No stroke .*is recorded/);
  });
});

describe('what is not answered is not taken for a yes', () => {
  test.each<[string, RegExp]>([
    ['has the colon polyp recurred?', /^(?!Yes)[\s\S]*Polyp of colon is resolved/],
    ['did the pharyngitis return after 2018', /^Acute viral pharyngitis/],
    ['was the concussion in 2012 or was it a stroke', /^(?!Yes)/],
  ])('%s', async (question, says) => {
    expect((await converse(question)).said).toMatch(says);
  });

  test('what is left to give is not a side', async () => {
    expect((await small('any vaccine doses left?')).notes).not.toMatch(/side/);
  });
});
