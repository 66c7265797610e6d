/** Every number, date and answer of a sentence is compared: what stands beside a part that is right may be wrong. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const coded = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display });
const number = (id: string, code: string, display: string, value: number, unit: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: coded(code, display),
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const answer = (id: string, code: string, display: string, valueString: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [{ coding: [{ code: 'social-history' }] }],
  code: coded(code, display),
  effectiveDateTime: date,
  valueString,
});
const drug = (id: string, text: string, date: string) => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: date,
  medicationCodeableConcept: { text },
});
const stay = (id: string, start: string, end: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'IMP' },
  type: [{ text: 'Encounter Inpatient' }],
  subject,
  period: { start, end },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Rask', given: ['Vera'] }], gender: 'female', birthDate: '1960-01-01' },
    answer('hiv', '55277-8', 'HIV status', 'not HIV positive', '2019-03-04'),
    answer('house', '71802-3', 'Housing status', 'Patient is homeless', '2019-03-04'),
    answer('orientation', '76690-7', 'Sexual orientation', 'heterosexual', '2019-03-04'),
    stay('s1', '2017-05-28', '2017-06-02'),
    number('f1', '2276-4', 'Ferritin', 40, 'ng/mL', '2016-02-01'),
    number('f2', '2276-4', 'Ferritin', 82, 'ng/mL', '2018-02-01'),
    number('f3', '2276-4', 'Ferritin', 55, 'ng/mL', '2020-02-01'),
    number('k1', '2823-3', 'Potassium', 3.6, 'mmol/L', '2016-02-01'),
    number('k2', '2823-3', 'Potassium', 4.2, 'mmol/L', '2018-02-01'),
    number('k3', '2823-3', 'Potassium', 4.9, 'mmol/L', '2020-02-01'),
    drug('m1', 'Methotrexate 25 MG/ML Injectable Solution', '2018-02-01'),
    drug('m2', 'Atorvastatin 40 MG Oral Tablet', '2018-02-01'),
  ],
  { patientId: 'p1', asOf: '2021-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);
const supported = (sentence: string) => expect(verdicts(sentence), sentence).toEqual(['supported']);
const notSupported = (sentence: string) => expect(verdicts(sentence), sentence).not.toContain('supported');

describe('the answer that an entry records in words', () => {
  it.each([
    'HIV test negative in 2019.',
    'She was homeless in March 2019.',
    'Sexual orientation: heterosexual.',
    'HIV status was recorded in 2019.',
  ])('is supported as recorded: %s', supported);
  it.each([
    'HIV test reactive in 2019.',
    'HIV test: positive.',
    'Stably housed in March 2019.',
    'Housing: rents a flat.',
    'Sexual orientation: lesbian.',
    'Sexual orientation recorded in 2019 as bisexual.',
    'Sexual orientation: asexual.',
  ])('is no other: %s', notSupported);
});

describe('both ends of a stay', () => {
  it.each(['In hospital from 28 May 2017 to 2 June 2017.', 'Inpatient 28.5.2017 - 2.6.2017.', 'Hospital stay from May to June 2017.'])(
    'are compared: %s',
    supported,
  );
  it.each([
    'In hospital from 28 May 2017 to 12 June 2017.',
    'Inpatient 25.5.2017 - 2.6.2017.',
    'Hospitalised from 29 May until 2 June 2017.',
    'Hospital stay from May to August 2017.',
    'The hospital stay of 2017-2019.',
  ])('and one right end is not enough: %s', notSupported);
});

describe('values beside a count', () => {
  it.each([
    'Three ferritins: 40, 82 and 55 ng/mL.',
    'Three ferritin values, the highest 82.',
    'Potassium was measured three times, latest 4.9.',
    'Three potassium results, all above 3.5.',
  ])('are supported where each is recorded: %s', supported);
  it.each([
    'Three ferritins: 40, 82 and 65 ng/mL.',
    'Three ferritins: 40, 40 and 55 ng/mL.',
    'Three ferritin values, the highest 92.',
    'Three ferritin values, maximum 92.',
    'Potassium was measured three times, latest 4.2.',
    'Three potassium results, every one 4.2.',
    'Potassium never above 5.5, the latest 4.6.',
  ])('are not let through by it: %s', notSupported);
});

describe('how many times, and which way', () => {
  it.each([
    'Ferritin doubled from 40 to 82.',
    'Ferritin fell by a third between 2018 and 2020.',
    'Ferritin more than doubled from 40 to 82.',
    'Ferritin dropped by about a third, from 82 to 55.',
  ])('is supported: %s', supported);
  it.each([
    'Ferritin halved from 40 to 82.',
    'Ferritin doubled from 82 to 40.',
    'Ferritin tripled from 40 to 82.',
    'Ferritin quadrupled from 40 to 82.',
    'Ferritin fell by half between 2018 and 2020.',
    'Ferritin rose by a quarter between 2016 and 2018.',
    'Ferritin went up threefold between 2016 and 2018.',
    'Potassium doubled from 3.6 to 4.9.',
  ])('is not: %s', notSupported);
});

describe('what stands beside a change', () => {
  it.each(['Potassium rose from 3.6 to 4.9, its highest.', 'Potassium rose to 4.2 in 2018.'])('is said of its end: %s', supported);
  it.each([
    'Potassium rose from 3.6 to 4.9, its lowest.',
    'Potassium rose from 3.6 to 4.9, above 5.',
    'Potassium rose to 4.9 in 2018.',
    'Potassium rose by 1.3 to 5.1 between 2016 and 2020.',
    'Potassium up to 5.9 in 2020.',
  ])('and is compared: %s', notSupported);
});

describe('values told in a row', () => {
  it('keep the order of their dates', () => {
    supported('Ferritin 40, 82, 55 from 2016 to 2020.');
    notSupported('Ferritin 40, 55, 82 from 2016 to 2020.');
  });
});

describe('the form of a drug', () => {
  it.each(['Atorvastatin 40 mg tablets.', 'Methotrexate injection since February 2018.'])('is the recorded one: %s', supported);
  it.each(['Atorvastatin 40 mg capsules.', 'Methotrexate 25 mg tablets.', 'Methotrexate pills.', 'An atorvastatin patch.'])(
    'is no other: %s',
    notSupported,
  );
});
