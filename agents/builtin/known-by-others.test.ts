import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem } from './conversation.fixture.ts';

const family = (id: string, relative: string, illness: string) => ({
  resourceType: 'FamilyMemberHistory',
  id,
  status: 'completed',
  patient: { reference: 'Patient/p1' },
  relationship: { text: relative },
  condition: [{ code: { text: illness } }],
});

const breathing = [measured('fev1', '20150-9', 'FEV1', 2.2, 'L', '2025-03-04'), measured('fvc', '19868-9', 'FVC', 3.1, 'L', '2025-03-04')];
const own = conversations([
  person,
  ...breathing,
  measured('weight', '29463-7', 'Body weight', 70.352, 'kg', '2025-03-04'),
  problem('gout', 'Gout', '2015-01-01'),
  drug('allopurinol', 'allopurinol 100 MG Oral Tablet', '2015-02-01', { dosageInstruction: [{ text: 'two tablets in the morning' }] }),
  family('brother', 'brother', 'Bee sting allergy'),
  family('aunt', 'aunt', 'Stroke'),
]);

describe('told by what stands for it', () => {
  test.each([
    // An examination by what it measured, and the other way round.
    ['when was her last spirometry?', /FEV1 was 2\.2 L on 04-Mar-2025/],
    ['PFTs?', /FVC was 3\.1 L/],
    // Tablets of one drug are no orders of it.
    ['how many allopurinol per day', /^Allopurinol 100 mg oral tablet: two tablets in the morning/],
    ['who has the bee sting allergy', /^Family history: brother: bee sting allergy/],
    // From the value as recorded, not as shown.
    ['weight in lbs', /155\.1 lb/],
  ])('%s', async (question, says) => {
    const answer = await own(question);
    expect(answer.said).toMatch(says);
    expect(answer.status).toBe('answered');
    expect(answer.verdicts).toEqual(['supported']);
  });

  test.each([
    ['any family history of gout?', 'No family history of gout is recorded.'],
    ['does diabetes run in the family', 'No family history of diabetes mellitus is recorded.'],
    ['HIV test?', 'No HIV test is recorded.'],
    ['spirometry in 2019', 'No spirometry from 01-Jan-2019 to 31-Dec-2019 is recorded.'],
  ])('%s: not recorded', async (question, says) => {
    const answer = await own(question);
    expect(answer).toMatchObject({ status: 'not-recorded', said: says, verdicts: ['supported'] });
  });

  test('an examination without its values', async () => {
    const answer = await conversations([person, done('breath', 'Measurement of respiratory function', '2017-05-25')])('lung function?');
    expect(answer.said).toMatch(/^Measurement of respiratory function was done on 25-May-2017/);
    expect(answer.notes).toMatch(/no result is recorded/);
  });

  test('orders do not say that they are taken, nor who wrote them', async () => {
    const taken = await own('does she take her tablets?');
    expect(taken.said).not.toMatch(/^Yes/);
    expect(taken.notes).toMatch(/take her tablets/);
    const prescriber = await own('who prescribed the allopurinol');
    expect(prescriber.status).toBe('not-recorded');
    expect(prescriber.notes).toMatch(/does not say who/);
  });
});

test.each([
  ['is she diabetic?', problem('early', 'Prediabetes', '2019-01-01'), /^Prediabetes is active/],
  ['any headaches?', problem('head', 'Cluster headache', '2019-01-01'), /^Yes: Cluster headache is active/],
])('%s: the early stage, the kind', async (question, entry, says) => {
  expect(await conversations([person, entry])(question)).toMatchObject({ status: 'answered', said: expect.stringMatching(says) });
});

test('a vaccine against more is not the one that was named', async () => {
  const shots = conversations([
    person,
    done('tdap', 'Vaccination for diphtheria, pertussis, and tetanus', '2020-05-05'),
    {
      resourceType: 'Immunization',
      id: 'td',
      status: 'completed',
      patient: { reference: 'Patient/p1' },
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '113' }], text: 'Td (adult)' },
      occurrenceDateTime: '2012-12-21',
    },
  ]);
  expect((await shots('when was the last Td')).said).toMatch(/21-Dec-2012/);
  expect((await shots('when was the last Td')).said).not.toMatch(/2020/);
  expect((await shots('last tetanus shot')).said).toMatch(/05-May-2020/);
});

test('orders are not counted as doses, and the second half asks of the event of the first', async () => {
  const births = conversations([
    person,
    done('first', 'Cesarean section', '2013-10-25'),
    done('second', 'Childbirth', '2021-03-19'),
    drug('b12', 'cyanocobalamin 1 MG/ML Injectable Solution', '2020-01-02'),
  ]);
  const shots = await births('how many B12 injections has she had');
  expect(shots.said).not.toMatch(/^\d/);
  expect(shots.notes).toMatch(/these are orders/i);
  expect((await births('when did she deliver, was it a c-section?')).said).not.toMatch(/^Yes/m);
});

test('a mineral is its salts where it is taken', async () => {
  const answer = await conversations([person, drug('oxide', 'magnesium oxide 400 MG Oral Tablet', '2024-01-02')])(
    'is she taking magnesium',
  );
  expect(answer).toMatchObject({ status: 'answered', said: expect.stringMatching(/^Yes: Magnesium oxide 400 mg/) });
});

test('what goes on is counted to the day of death', async () => {
  const dead = conversations([{ ...person, deceasedDateTime: '2010-07-01' }, problem('failure', 'Heart failure', '2009-12-30')]);
  const { said, notes, verdicts } = await dead('how long did she have heart failure');
  expect(said).toMatch(/was recorded for 6 months, since 30-Dec-2009/);
  expect(notes).toMatch(/day of death, 01-Jul-2010/);
  expect(verdicts).toEqual(['supported']);
  expect((await dead('how old is she')).said).toBe('Age: 49 years (born 02-Mar-1961; died 01-Jul-2010).');
});
