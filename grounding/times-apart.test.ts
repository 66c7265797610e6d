/** How far apart two things were, an age that was not reached, limits that were never met: each against the dates and values on record. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const subject = { reference: 'Patient/o1' };
const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }], text: display });
const event = (resourceType: 'Condition' | 'Procedure', id: string, code: string, display: string, date: string) => ({
  resourceType,
  id,
  subject,
  code: coded(SCT, code, display),
  ...(resourceType === 'Condition'
    ? {
        clinicalStatus: { coding: [{ code: id.startsWith('r') ? 'resolved' : 'active' }] },
        verificationStatus: { coding: [{ code: 'confirmed' }] },
        onsetDateTime: date,
        ...(id.startsWith('r') ? { abatementDateTime: date } : {}),
      }
    : { status: 'completed', performedDateTime: date }),
});
const number = (id: string, loinc: string, display: string, value: number, unit: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: coded('http://loinc.org', loinc, display),
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'o1', name: [{ family: 'Osei', given: ['Abena'] }], gender: 'female', birthDate: '1980-06-15' },
    event('Condition', 'c1', '195967001', 'Asthma', '1984-02-01'),
    event('Condition', 'c2', '38341003', 'Hypertension', '2010-02-01'),
    event('Condition', 'c3', '37796009', 'Migraine', '2016-02-01'),
    event('Condition', 'r1', '65363002', 'Otitis media', '1981-03-01'),
    event('Procedure', 'p1', '40701008', 'Echocardiography', '2011-05-01'),
    event('Procedure', 'p2', '40701008', 'Echocardiography', '2015-05-03'),
    event('Procedure', 'p3', '40701008', 'Echocardiography', '2018-05-03'),
    number('t1', '777-3', 'Platelets', 180, '10*3/uL', '2014-04-01'),
    number('t2', '777-3', 'Platelets', 310, '10*3/uL', '2019-04-01'),
    number('f1', '2276-4', 'Ferritin', 80, 'ng/mL', '2013-02-01'),
    number('f2', '2276-4', 'Ferritin', 30, 'ng/mL', '2016-02-01'),
    number('f3', '2276-4', 'Ferritin', 55, 'ng/mL', '2019-02-01'),
    {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      subject,
      authoredOn: '2017-01-01',
      medicationCodeableConcept: { text: 'Lisinopril 10 MG Oral Tablet' },
    },
  ],
  { patientId: 'o1', asOf: '2021-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdict = (text: string) =>
  verifyText(text, chart)
    .map((claim) => claim.verdict)
    .join(' ');

describe('what is true', () => {
  it.each([
    'The second echocardiogram came four years after the first.',
    'Third echocardiogram three years after the second.',
    'The first echocardiogram was seven years before the last.',
    'Migraine followed the hypertension by six years.',
    'Hypertension preceded migraine by more than five years.',
    'Otitis media when she was not yet one year old.',
    'Otitis media before her first birthday.',
    'Asthma was diagnosed before she was five.',
    'Asthma when she was under five years old.',
    'Platelets rose by more than 100 from 2014 to 2019.',
    'None of her ferritin results has reached 100.',
    'Ferritin never hit 90.',
    'No ferritin was above 100.',
    'Ferritin 30, the lowest in ten years.',
    'Ferritin fell from 80 to 30 between 2013 and 2016 and was 55 in 2019.',
    'Ferritin fell despite lisinopril, from 80 in 2013 to 30 in 2016.',
    'Ferritin 2013/2016/2019: 80/30/55.',
  ])('is never contradicted: %s', (text) => {
    expect(verdict(text)).not.toBe('contradicted');
  });
  it.each([
    'The second echocardiogram came four years after the first.',
    'Migraine followed the hypertension by six years.',
    'Otitis media before her first birthday.',
    'Platelets rose by more than 100 from 2014 to 2019.',
    'Ferritin never hit 90.',
    'Ferritin fell from 80 to 30 between 2013 and 2016 and was 55 in 2019.',
  ])('is supported: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
});

describe('what is false', () => {
  it.each([
    'The second echocardiogram came two years after the first.',
    'Third echocardiogram six years after the second.',
    'The first echocardiogram was more than eight years before the last.',
    'Migraine followed the hypertension by ten years.',
    'Hypertension followed the migraine by six years.',
    'Hypertension preceded migraine by more than seven years.',
    'Asthma when she was not yet three years old.',
    'Hypertension before her twentieth year.',
    'Platelets rose by more than 150 from 2014 to 2019.',
    'Platelets fell by more than 100 from 2014 to 2019.',
    'None of her ferritin results has reached 60.',
    'Ferritin never hit 70.',
    'No ferritin was above 50.',
    'Ferritin 30, the highest in ten years.',
    'Ferritin fell from 80 to 30 between 2013 and 2016 and was 65 in 2019.',
    'Ferritin rose despite lisinopril, from 80 in 2013 to 30 in 2016.',
    'Ferritin 2013/2016/2019: 80/55/30.',
  ])('is not supported: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });
});

describe('what the day of writing or another place decides', () => {
  it.each(['Seen today.', 'Her last migraine was two weeks ago.', 'Platelets 250 at home.'])('is left open: %s', (text) => {
    expect(verdict(text)).toBe('unverified');
  });
});
