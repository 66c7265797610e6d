/** True sentences that were once taken for false ones, each class with the false sentence beside it. */
import { describe, expect, it } from 'vitest';
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { code, dosage, lab, medication, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const visit = (id: string, classCode: string, name: string, start: string, end: string, reason?: string) => ({
  resourceType: 'Encounter',
  id,
  subject,
  status: 'finished',
  class: { code: classCode },
  type: [{ text: name }],
  period: { start, end },
  ...(reason ? { reasonCode: [{ text: reason }] } : {}),
});
const shot = (id: string, date: string, cvx: string, name: string) => ({
  resourceType: 'Immunization',
  id,
  patient: subject,
  status: 'completed',
  vaccineCode: code('http://hl7.org/fhir/sid/cvx', cvx, name),
  occurrenceDateTime: date,
});
const over = (end: string) => ({ clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: end });
const terminology = createTerminology(loadConcepts());

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Aalto', given: ['Minttu'] }], gender: 'female', birthDate: '1950-04-10' },
    ...lab({
      loinc: '2951-2',
      name: 'Sodium',
      unit: 'mmol/L',
      ucum: 'mmol/L',
      values: [
        ['2017-05-02', 141],
        ['2018-05-02', 140],
        ['2019-05-02', 139],
        ['2020-05-02', 138],
      ],
    }),
    ...lab({
      loinc: '4548-4',
      name: 'Hemoglobin A1c',
      unit: '%',
      ucum: '%',
      values: [
        ['2018-05-02', 6.1],
        ['2019-05-02', 6.8],
        ['2020-05-02', 6.3],
      ],
    }),
    ...lab({
      loinc: '718-7',
      name: 'Hemoglobin',
      unit: 'g/dL',
      ucum: 'g/dL',
      values: [
        ['2016-05-02', 12.4],
        ['2020-05-02', 13.7],
      ],
    }),
    ...lab({
      loinc: '29463-7',
      name: 'Body weight',
      unit: 'kg',
      ucum: 'kg',
      values: [
        ['2012-05-02', 82],
        ['2018-05-02', 74.1],
        ['2019-05-02', 75.7],
        ['2020-05-02', 69.9],
      ],
      category: 'vital-signs',
    }),
    problem('38341003', 'Hypertension', '1995-06-20'),
    problem('10509002', 'Acute bronchitis', '2013-02-01', over('2013-02-15')),
    medication('310798', 'hydrochlorothiazide 25 MG Oral Tablet', '1995-06-20', {
      ...dosage(25, 'mg', 1),
      reasonCode: [code('http://snomed.info/sct', '38341003', 'Hypertension')],
    }),
    medication('308182', 'amoxicillin 500 MG Oral Capsule', '2013-02-01', {
      status: 'stopped',
      ...dosage(500, 'mg', 3),
      reasonCode: [code('http://snomed.info/sct', '10509002', 'Acute bronchitis')],
    }),
    shot('t1', '2001-03-03', '113', 'Td (adult) preservative free'),
    shot('t2', '2011-10-09', '113', 'Td (adult) preservative free'),
    visit('e1', 'EMER', 'Emergency room admission', '2016-07-19T08:00:00Z', '2016-07-19T11:00:00Z'),
    visit('e2', 'IMP', 'Inpatient stay', '2016-07-19T11:00:00Z', '2016-07-22T10:00:00Z'),
    visit('e3', 'IMP', 'Inpatient stay', '2014-03-03T11:00:00Z', '2014-03-05T10:00:00Z'),
    visit('e4', 'AMB', 'Office visit', '2020-05-02T09:00:00Z', '2020-05-02T09:30:00Z', 'Giddiness and thyroid check'),
    visit('e6', 'AMB', 'Office visit', '2019-05-02T09:00:00Z', '2019-05-02T09:30:00Z', 'Routine review, 69 years'),
    visit('e5', 'EMER', 'Emergency room admission', '1998-01-04T08:00:00Z', '1998-01-04T11:00:00Z'),
  ],
  { patientId: 'p1', asOf: '2020-07-01T09:00:00Z', terminology },
);
const verdict = (sentence: string) => verifyText(sentence, chart).map((claim) => claim.verdict);

describe('what is told', () => {
  it.each([
    // The age of that day, not of today.
    ['45 years old when hypertension was diagnosed.', 'supported'],
    ['Aged 45 when hypertension was diagnosed.', 'supported'],
    ['She was 45 when hypertension was found.', 'supported'],
    ['She was 52 when hypertension was found.', 'contradicted'],
    ['70-year-old woman as of May 2020.', 'supported'],
    ['75-year-old woman as of May 2020.', 'contradicted'],
    // The last of them, and those in a row.
    ['The last two sodiums were 139 and 138.', 'supported'],
    ['The last two sodiums were 138 and 139.', 'supported'],
    ['The last two sodiums were 141 and 138.', 'contradicted'],
    ['The last two sodiums were 139 and 128.', 'contradicted'],
    ['Sodium falling: 140, 139, 138.', 'supported'],
    ['Sodium falling: 138, 139, 140.', 'contradicted'],
    ['Two hemoglobin values: 12.4 (2016), 13.7 (2020).', 'supported'],
    ['Two hemoglobin values: 12.4 (2016), 14.7 (2020).', 'contradicted'],
    ['Weights: 2018 74.1, 2019 75.7, 2020 69.9 kg.', 'supported'],
    ['Weights: 2018 75.7, 2019 74.1, 2020 69.9 kg.', 'contradicted'],
    ['HbA1c peaked at 6.8 % in 2019 and was 6.3 % in 2020.', 'supported'],
    ['HbA1c peaked at 6.3 % in 2020 and was 6.8 % in 2019.', 'contradicted'],
    // A small movement that every value goes on with.
    ['Her sodium has drifted down since 2017.', 'supported'],
    ['Her sodium has risen since 2017.', 'contradicted'],
    // What is over, without a verb or in the past.
    ['Amoxicillin 500 mg.', 'unverified'],
    ['She takes amoxicillin 500 mg.', 'contradicted'],
    ['Bronchitis was treated with amoxicillin.', 'supported'],
    ['She has bronchitis.', 'contradicted'],
    // How long, how far apart, by how much.
    ['Hydrochlorothiazide, taken for more than 20 years.', 'supported'],
    ['Hydrochlorothiazide, taken for more than 40 years.', 'contradicted'],
    ['Lost 5.8 kg in the year to May 2020.', 'supported'],
    ['Lost 12.1 kg in the year to May 2020.', 'contradicted'],
    // Numbers and words that are of something else.
    ['Td Oct 2011, none since.', 'supported'],
    ['Td March 2001, none since.', 'contradicted'],
    ['Td March 2001 and no boosters since.', 'contradicted'],
    ['Bronchitis twice a month.', 'unverified'],
    ['Baby boy, 3.1 kg.', 'unverified'],
    ['Hydrochlorothiazide 25 mg for blood pressure.', 'supported'],
    ['Hydrochlorothiazide 25 mg for cholesterol.', 'unverified'],
    ['Admitted 19 July 2016 via the emergency department.', 'supported'],
    ['Admitted 3 March 2014 via the emergency department.', 'unverified'],
    ['2 emergency attendances: 1998 and 2016.', 'supported'],
    ['The second ended in bronchitis in February 2013.', 'unverified'],
    // A reason in the words of the record, told before the visit.
    ['Giddiness and thyroid check was the reason for the visit on 2 May 2020.', 'supported'],
    ['Routine review, 69 years was the reason for the visit on 2 May 2019.', 'supported'],
    ['Giddiness and thyroid check was the reason for the visit on 4 January 1998.', 'unverified'],
    ['Acute bronchitis dates from 1-Feb-2013.', 'supported'],
    ['Acute bronchitis dates from 1-Feb-2015.', 'contradicted'],
  ])('%s is %s', (sentence, wanted) => expect(verdict(sentence)).toEqual([wanted]));

  it('a name that begins with a small letter begins a sentence', () => {
    expect(verdict('Sodium was 138. eGFR was 64.')).toHaveLength(2);
  });
});

describe('what a death followed', () => {
  const dead = buildChart(
    [
      {
        resourceType: 'Patient',
        id: 'p1',
        name: [{ family: 'Aalto', given: ['Minttu'] }],
        gender: 'female',
        birthDate: '1930-04-10',
        deceasedDateTime: '2016-07-21T02:00:00Z',
      },
      problem('84114007', 'Heart failure', '2015-12-30'),
      visit('e1', 'IMP', 'Inpatient stay', '2016-07-19T11:00:00Z', '2016-07-21T02:00:00Z'),
    ],
    { patientId: 'p1', asOf: '2020-07-01T09:00:00Z', terminology },
  );
  it.each([
    ['She died on 21 July 2016, two days after she had been admitted.', 'supported'],
    ['She died on 21 July 2016, nine days after she had been admitted.', 'contradicted'],
    ['She died on 1 July 2016, two days after she had been admitted.', 'contradicted'],
    ['She died seven months after heart failure was diagnosed.', 'supported'],
    ['She died four years after heart failure was diagnosed.', 'contradicted'],
  ])('%s is %s', (sentence, wanted) => expect(verifyText(sentence, dead).map((claim) => claim.verdict)).toEqual([wanted]));
});
