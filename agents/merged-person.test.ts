/** What a record that was merged into the patient's says otherwise of the person is told with exactly that which was asked. */
import { describe, expect, test } from 'vitest';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { answered, NOW } from './foreign-records.fixture.ts';

const own = {
  resourceType: 'Patient',
  id: 'kept',
  name: [
    { use: 'official', given: ['Oda', 'Marie'], family: 'Lind' },
    { use: 'maiden', given: ['Oda'], family: 'Berg' },
  ],
  gender: 'female',
  birthDate: '1971-08-30',
  address: [{ use: 'home', line: ['4 Elm Road'], city: 'Salem', state: 'OR', country: 'US' }],
  telecom: [{ system: 'phone', value: '503-555-0101', use: 'home' }],
  maritalStatus: { coding: [{ code: 'M' }] },
  link: [{ other: { reference: 'Patient/joined' }, type: 'replaces' }],
};

const charted = (other: Record<string, unknown>) => {
  const merged = {
    resourceType: 'Patient',
    id: 'joined',
    active: false,
    name: [{ given: ['Oda'], family: 'Lind' }],
    link: [{ other: { reference: 'Patient/kept' }, type: 'replaced-by' }],
    ...other,
  };
  return buildChart([own, merged] as unknown as FhirResource[], { patientId: 'kept', asOf: NOW, terminology: baseTerminology() });
};

const CONTRADICTS = /contradicts itself here/;

describe('a merged record says otherwise', () => {
  test.each([
    ['what sex is she?', { gender: 'male' }, /Gender: female.*gender female, and in a record that was merged into this one male/],
    ["what's the date of birth?", { birthDate: '1971-03-08' }, /Born 30-Aug-1971.*born 30-Aug-1971, and .* 08-Mar-1971/],
    ['how old is this woman?', { birthDate: '1981-08-30' }, /Age: 54.*born 30-Aug-1971, and .* 30-Aug-1981/],
    ["what's the patient's full name?", { name: [{ given: ['Ada'], family: 'Lindh' }] }, /Oda Marie Lind.*name .*, and .* Ada Lindh/],
    [
      'where does she live?',
      { address: [{ line: ['9 Oak Court'], city: 'Eugene' }] },
      /Address: 4 Elm Road.*address .*, and .* 9 Oak Court, Eugene/,
    ],
    [
      'what is her phone number?',
      { telecom: [{ system: 'phone', value: '(541) 555 0199' }] },
      /503-555-0101.*phone .*, and .*\(541\) 555 0199/,
    ],
    ['is she married?', { maritalStatus: { coding: [{ code: 'D' }] } }, /married.*marital status married, and .* divorced/],
    ['is she still alive?', { deceasedDateTime: '2020-02-02' }, /died not recorded, and .* 02-Feb-2020/],
  ])('%s', async (question, other, says) => {
    const told = await answered(question, charted(other));
    expect(told).toMatch(says);
    expect(told).toMatch(CONTRADICTS);
    expect(told).not.toMatch(/No death is recorded/);
  });

  test.each([
    ['where does she live?', { gender: 'male', birthDate: '1981-08-30' }],
    ['what is her gender?', { birthDate: '1981-08-30', address: [{ line: ['9 Oak Court'], city: 'Eugene' }] }],
    ['what is her gender?', { gender: 'unknown' }],
    ['when was she born?', { gender: 'male', birthDate: '1971-08' }],
    ['what is her name?', { name: [{ given: ['Oda'], family: 'Berg' }] }],
    ['what is her address?', { address: [{ line: ['4 Elm Road'], city: 'Salem' }] }],
    ['what is her phone number?', { telecom: [{ system: 'phone', value: '(503) 555-0101', use: 'work' }] }],
  ])('%s has nothing against it in %j', async (question, other) => {
    const told = await answered(question, charted(other));
    expect(told).toMatch(/^answered/);
    expect(told).not.toMatch(CONTRADICTS);
  });
});
