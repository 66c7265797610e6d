import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../../records/contract.ts';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const given = (id: string, cvx: string, display: string, date: string): FhirResource => ({
  resourceType: 'Immunization',
  id,
  status: 'completed',
  patient: { reference: 'Patient/p1' },
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx, display }], text: display },
  occurrenceDateTime: date,
});

const gfr = (id: string, value: number, date: string) => measured(id, '33914-3', 'eGFR', value, 'mL/min/{1.73_m2}', date);
const ldl = (id: string, value: number, date: string) => measured(id, '18262-6', 'LDL cholesterol', value, 'mg/dL', date);

const ask = conversations([
  { ...person, communication: [{ language: { text: 'Portuguese' }, preferred: true }] },
  problem('c1', 'Normal pregnancy', '1988-02-01', '1988-10-20'),
  problem('c2', 'Normal pregnancy', '1991-03-01', '1991-12-04'),
  problem('c3', 'Hypertension', '2005-05-05'),
  problem('c4', 'Asthma', '1999-04-01'),
  done('p1', 'Cesarean section', '1988-10-20'),
  done('p2', 'Childbirth', '1991-12-04'),
  done('p3', 'Colonoscopy', '2018-06-01'),
  done('p4', 'Appendectomy', '2001-01-09'),
  done('p5', 'Laparoscopy', '2001-01-09'),
  seen('e1', 'Prenatal visit', '1991-05-02'),
  drug('m1', 'Lisinopril 10 MG Oral Tablet', '2006-01-01', { reasonCode: [{ text: 'Hypertension' }] }),
  drug('m2', 'Omeprazole 20 MG Oral Capsule', '2012-01-01'),
  drug('m3', 'albuterol 0.09 MG/ACTUAT Metered Dose Inhaler', '1999-04-01'),
  drug('m4', 'beclomethasone 0.04 MG/ACTUAT Metered Dose Inhaler', '1999-04-01'),
  given('v1', '121', 'zoster, live', '2014-03-03'),
  given('v2', '133', 'Pneumococcal conjugate PCV 13', '2016-03-03'),
  given('v3', '118', 'HPV, bivalent', '2009-03-03'),
  gfr('g1', 104, '2014-01-01'),
  gfr('g2', 61, '2016-01-01'),
  gfr('g3', 80, '2019-01-01'),
  ldl('l1', 130, '2014-01-01'),
  ldl('l2', 110, '2016-01-01'),
  ldl('l3', 90, '2019-01-01'),
]);

describe('what is said of an event before', () => {
  it.each([
    [['when did she last give birth', 'was it a caesarean'], /^No cesarean section on 04-Dec-1991 is recorded/],
    [['when did she last give birth', 'was that by c-section?'], /^No cesarean section on 04-Dec-1991 is recorded/],
    [['when did she last give birth', 'was it a section', 'was it a c-section'], /^No cesarean section on 04-Dec-1991 is recorded/],
    [['when was her appendectomy', 'was it a laparoscopy'], /^Yes: Laparoscopy was done on 09-Jan-2001/],
  ])('%j', async (turns, says) => {
    const answer = await ask(...turns);
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
  });

  it('says no yes to a reason that was not checked', async () => {
    const answer = await ask('is she still on lisinopril, was it stopped because of the pregnancy');
    expect(answer.said.match(/Yes/g)).toHaveLength(1);
    expect(answer.said).not.toContain('pregnancy is resolved');
  });

  it('does not narrow a drug by its name by what the drugs before were for', async () => {
    const answer = await ask('what is she taking for her blood pressure', 'and the omeprazole, why');
    expect(answer.said).toContain('Omeprazole');
    expect(answer.said).not.toContain('for blood pressure is recorded');
  });
});

describe('a product of a vaccine', () => {
  it.each([
    [
      'did she have shingrix',
      /^No recombinant zoster vaccine is recorded\.\nZoster vaccine, live|^No recombinant zoster vaccine is recorded\.\nZoster, live/,
    ],
    ['zostavax given?', /zoster, live vaccine was given on 03-Mar-2014/i],
    ['has she had prevnar 20', /^No 20-valent/],
    ['prevnar 13?', /PCV 13 vaccine was given on 03-Mar-2016/],
    ['prevnar', /PCV 13 vaccine was given on 03-Mar-2016/],
    ['gardasil', /^No Gardasil is recorded/],
    ['shingles vaccine', /zoster, live vaccine was given on 03-Mar-2014/i],
  ])('%s', async (question, says) => {
    const answer = await ask(question);
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
  });
});

describe('plainly answered', () => {
  it.each([
    ['egfr over time', /^eGFR is fluctuating: from 104 .* to 80 /],
    ['ldl trend', /^LDL cholesterol is falling/],
    ['what does she use for her asthma', /albuterol[\s\S]*beclomethasone|beclomethasone[\s\S]*albuterol/i],
    ['which tablet is she on', /Lisinopril/],
    ['interpreter required?', /Portuguese/],
    ['preferred language', /Portuguese/],
    ['does she speak Spanish', /Portuguese/],
  ])('%s', async (question, says) => {
    const answer = await ask(question);
    expect(answer.said).toMatch(says);
    expect(answer.status).toBe('answered');
    expect(answer.said).not.toMatch(/^Yes/);
    expect(answer.verdicts).toEqual(['supported']);
  });

  it('tells no illness of the family where births are counted', async () => {
    expect((await ask('how many children or pregnancies has she had')).said).not.toContain('family history');
  });
});
