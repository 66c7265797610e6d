/** What a sentence says by pointing at the one before it, and what one clause must not lend the other. */
import { describe, expect, it } from 'vitest';
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { code, dosage, lab, medication, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const terminology = createTerminology(loadConcepts());
const subject = { reference: 'Patient/p1' };
const over = (end: string) => ({ clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: end });
const because = (sct: string, name: string) => ({ reasonCode: [code('http://snomed.info/sct', sct, name)] });
const of = (resourceType: string, id: string, fields: object): FhirResource => ({ resourceType, id, subject, patient: subject, ...fields });
const stay = (id: string, classCode: string, name: string, start: string, end: string) =>
  of('Encounter', id, { status: 'finished', class: { code: classCode }, type: [{ text: name }], period: { start, end } });
const patient = (more: object = {}): FhirResource => ({
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Okafor', given: ['Ada'] }],
  gender: 'female',
  birthDate: '1951-03-20',
  ...more,
});
const verdicts = (resources: readonly FhirResource[], asOf = '2020-07-01T09:00:00Z') => {
  const chart = buildChart(resources, { patientId: 'p1', asOf, terminology });
  return (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);
};

const told = verdicts([
  patient(),
  problem('444814009', 'Viral sinusitis', '2011-04-02', over('2011-04-16')),
  problem('444814009', 'Viral sinusitis', '2015-09-12', over('2015-09-26')),
  problem('62106007', 'Concussion with no loss of consciousness', '2008-01-05', over('2008-02-05')),
  problem('10509002', 'Acute bronchitis', '2019-10-14', over('2019-10-28')),
  problem('38341003', 'Hypertension', '2001-05-06'),
  medication('313782', 'Acetaminophen 325 MG Oral Tablet', '2019-10-14', {
    status: 'stopped',
    ...dosage(325, 'mg', 3),
    ...because('10509002', 'Acute bronchitis'),
  }),
  medication('849574', 'Naproxen sodium 220 MG Oral Tablet', '2016-02-03', { status: 'stopped', ...dosage(220, 'mg', 2) }),
  medication('1000158', '1 ML medroxyprogesterone acetate 150 MG/ML Injection', '2012-03-01', { status: 'stopped' }),
  of('Encounter', 'v1', {
    status: 'finished',
    class: { code: 'AMB' },
    type: [{ text: 'Encounter for check up' }],
    period: { start: '2019-10-21T09:00:00Z', end: '2019-10-21T09:30:00Z' },
  }),
  ...lab({
    loinc: '2823-3',
    name: 'Potassium',
    unit: 'mmol/L',
    ucum: 'mmol/L',
    values: [
      ['2017-11-20', 5.1],
      ['2018-06-19', 3.9],
      ['2019-06-19', 4.1],
      ['2020-06-19', 4.0],
    ],
  }),
  ...lab({
    loinc: '72106-8',
    name: 'Total score [MMSE]',
    unit: '{score}',
    ucum: '{score}',
    values: [
      ['2012-05-02', 22.4],
      ['2018-05-02', 2.6],
    ],
  }),
]);

describe('a sentence that points at the one before', () => {
  it.each([
    ['Acute bronchitis was diagnosed in October 2019. For this she was given acetaminophen.', ['supported', 'supported']],
    ['Acute bronchitis was diagnosed in October 2019. For this she was given naproxen.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. Because of that she was prescribed naproxen.', ['supported', 'unverified']],
    ['For that she was given naproxen.', ['unverified']],
    ['Acute bronchitis was diagnosed on 14 October 2019. Acetaminophen was prescribed that day.', ['supported', 'supported']],
    ['Acute bronchitis was diagnosed on 14 October 2019. Naproxen was prescribed that same day.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed on 14 October 2019. Naproxen was prescribed at that time.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed on 14 October 2019. On the same day naproxen was prescribed.', ['supported', 'unverified']],
    ['Naproxen was prescribed that day.', ['unverified']],
    ['Acute bronchitis was diagnosed in October 2019. As a result she was prescribed naproxen.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. It was treated with naproxen.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. It was treated with acetaminophen.', ['supported', 'supported']],
    ['Acute bronchitis was diagnosed in October 2019. The treatment was naproxen.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. She received naproxen then.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. That month she was prescribed naproxen.', ['supported', 'unverified']],
    ['Acute bronchitis was diagnosed in October 2019. That month she was prescribed acetaminophen.', ['supported', 'supported']],
    ['She had acute bronchitis in October 2019, and naproxen was given that day.', ['unverified']],
    [
      'Acute bronchitis was diagnosed on 14 October 2019. She has hypertension. Acetaminophen was prescribed that day.',
      ['supported', 'supported', 'supported'],
    ],
    ['Acetaminophen was prescribed for bronchitis in October 2019. Naproxen was begun the same day.', ['supported', 'unverified']],
  ])('%s is %s', (text, wanted) => expect(told(text)).toEqual(wanted));
});

describe('what belongs to another clause, person or thing', () => {
  it.each([
    ['Potassium 3.9 in June 2018; it had been 5.1 in November.', 'contradicted', false],
    ['Potassium 3.9 in June 2018; it had been 6.6 in November 2017.', 'contradicted', true],
    ['Sinusitis in 2011 and 2015, all viral.', 'contradicted', false],
    ['Potassium stable around 3.9-4.1.', 'contradicted', false],
    ['Potassium stable around 5.6-5.8.', 'contradicted', true],
    ['MMSE fell from about 23 in 2012 to below 3 in 2018.', 'contradicted', false],
    ['Medroxyprogesterone injections were given four times from 2012 to 2013.', 'contradicted', false],
    ['She has had hypertension since 2001 and five listed allergies: peanut, latex, mold, egg and milk.', 'contradicted', false],
    ['Potassium was 3.9 in June 2018, the lowest of the last four.', 'contradicted', false],
    ['Her second daughter was born in May 1984.', 'contradicted', false],
    ['She was born in May 1984.', 'contradicted', true],
    ['68F seen in October 2019.', 'contradicted', false],
    ['54F seen in October 2019.', 'contradicted', true],
    ['Hypertension at about fifty years of age.', 'contradicted', false],
    ['Hypertension at about thirty years of age.', 'contradicted', true],
    ['Seen on 21 October 2019 for a check-up, a week after acute bronchitis.', 'contradicted', false],
    ['Seen on 21 October 2019 for a check-up, a year after acute bronchitis.', 'contradicted', true],
    ['She was knocked unconscious.', 'supported', false],
  ])('%s: %s is %s', (text, verdict, wanted) => expect(told(text).includes(verdict as 'contradicted')).toBe(wanted));

  it('a letter may begin with a greeting or thanks', () => {
    expect(told('Dear doctor, hypertension was diagnosed in 2001.')).toEqual(['supported']);
    expect(told('Good afternoon colleagues, hypertension was diagnosed in 2009.')).toEqual(['contradicted']);
    expect(told('Thank you for asking us to assess Mrs Okafor, who has hypertension.')).toEqual(['supported']);
    expect(told('Thank you for asking us to assess Mrs Pringle, who has hypertension.')).toEqual(['contradicted']);
  });

  it('a sentence may end in a preposition', () => {
    expect(told('Hypertension was there before the check-up that she came in. Potassium was 4.0 in June 2020.')[1]).toBe('supported');
  });
});

describe('how long before a death', () => {
  const dead = verdicts([
    patient({ deceasedDateTime: '2016-07-21T23:00:00Z' }),
    stay('e1', 'IMP', 'Inpatient stay', '2016-07-18T11:00:00Z', '2016-07-20T02:00:00Z'),
  ]);
  it.each([
    ['Three days before her death she was admitted to hospital.', 'supported'],
    ['Twelve days before her death she was admitted to hospital.', 'contradicted'],
    ['She was admitted three days before she died.', 'supported'],
  ])('%s is %s', (text, wanted) => expect(dead(text)).toEqual([wanted]));
});

describe('what came with an event', () => {
  const hit = verdicts([patient(), problem('62564004', 'Concussion with loss of consciousness', '2014-02-27', over('2014-04-01'))]);
  it.each([
    ['She never lost consciousness.', 'contradicted'],
    ['She was not knocked unconscious.', 'contradicted'],
    ['There was no loss of consciousness.', 'contradicted'],
    ['She was knocked unconscious in February 2014.', 'supported'],
  ])('%s is %s', (text, wanted) => expect(hit(text)).toEqual([wanted]));
  it('is not denied by what it came without', () => expect(told('There was no loss of consciousness.')).not.toContain('contradicted'));
});
