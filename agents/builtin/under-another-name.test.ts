import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const died = {
  resourceType: 'Observation',
  id: 'cause',
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { coding: [{ system: 'http://loinc.org', code: '69453-9', display: 'Cause of Death [US Standard Certificate of Death]' }] },
  effectiveDateTime: '2026-10-01',
  valueCodeableConcept: { text: 'Stroke' },
};

const converse = conversations([
  person,
  problem('cough', 'Seasonal vernal conjunctivitis', '2012-04-04'),
  problem('heart', 'Coronary heart disease', '2018-02-02'),
  problem('cyst', 'Ovarian cyst', '2014-03-10', '2016-09-09'),
  seen('fatigue', 'Office visit', '2011-05-05', { reasonCode: [{ text: 'Anemia' }] }),
  seen('wheeze', 'Follow-up visit', '2019-01-01', { reasonCode: [{ text: 'Asthma' }] }),
  measured('hb', '718-7', 'Hemoglobin', 13.4, 'g/dL', '2025-01-01'),
  measured('w1', '29463-7', 'Body weight', 70, 'kg', '2014-03-10'),
  measured('w2', '29463-7', 'Body weight', 81, 'kg', '2015-06-06'),
  done('admission', 'Admission to neurology department', '2017-07-07'),
  done('birth', 'Cesarean section', '1990-02-02'),
  drug('pen', '0.5 ML enoxaparin sodium 100 MG/ML Prefilled Syringe', '2024-01-01'),
  drug('temazepam', 'temazepam 15 MG Oral Capsule', '2023-01-01'),
  drug('prednisone-1', 'prednisone 10 MG Oral Tablet', '2015-03-03', { status: 'stopped' }),
  drug('prednisone-2', 'prednisone 10 MG Oral Tablet', '2019-04-04', { status: 'stopped' }),
  drug('methotrexate', 'methotrexate 2.5 MG Oral Tablet', '2018-08-08'),
  died,
]);

describe('what the record has under another name or in another part is not denied', () => {
  test.each([
    ['conjunctivitis?', /^Seasonal vernal conjunctivitis is active/],
    ['has she ever been anemic', /for anemia/i],
    ['any lung disease', /for asthma/i],
    ['vascular disease?', /Coronary heart disease is active/],
    ['any hospital admissions', /Admission to neurology department/],
    ['how many admissions', /Admission to neurology department/],
    ['any operations', /^Yes: Cesarean section/],
    ['is she on a sedative', /^Yes: Temazepam/],
  ])('%s', async (question, says) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/^No |^0 /m);
    expect(verdicts).toEqual(['supported']);
  });

  test.each([
    ['is her enoxaparin 50 mg', /^Yes: /],
    ['is her enoxaparin 100 mg', /^No: /],
    ['enoxaparin 40 or 50 mg?', /^0\.5 mL enoxaparin/i],
    ['enoxaparin 40 or 60 mg?', /^No: /],
  ])('a dose is its volume times what is in it: %s', async (question, says) => {
    expect((await converse(question)).said).toMatch(says);
  });

  test.each(['was prednisone stopped before methotrexate was started', 'was prednisone stopped in 2015', 'did prednisone stop in 2019'])(
    'the day of an order is not the day of its end: %s',
    async (question) => {
      const { said, notes } = await converse(question);
      expect(said).not.toMatch(/^Yes|^No/);
      expect(said).toMatch(/2019[\s\S]*2015/);
      expect(notes).toMatch(/no day on which prednisone ended/);
    },
  );

  test('a recorded cause of death is an event of the record', async () => {
    const { said, notes } = await converse('any weight before her stroke');
    expect(said).not.toMatch(/Stroke is not recorded/);
    expect(said + notes).toMatch(/Body weight/);
  });

  test.each(['weight when the ovarian cyst was found', 'her weight at the time of the ovarian cyst diagnosis'])(
    'the day that a problem was found, not all of it: %s',
    async (question) => {
      const { said } = await converse(question);
      expect(said).toMatch(/70 kg/);
      expect(said).not.toMatch(/81 kg/);
    },
  );
});
