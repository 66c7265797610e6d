import { describe, expect, test } from 'vitest';
import { conversations, drug, measured, person, problem } from './conversation.fixture.ts';

const answered = (id: string, text: string, value: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { coding: [{ system: 'http://loinc.org', code: '76499-3', display: text }], text },
  category: [{ coding: [{ code: 'social-history' }] }],
  effectiveDateTime: date,
  valueCodeableConcept: { text: value },
});

const given = (id: string, display: string, date: string) => ({
  resourceType: 'Immunization',
  id,
  status: 'completed',
  patient: { reference: 'Patient/p1' },
  vaccineCode: { text: display },
  occurrenceDateTime: date,
});

const because = (text: string) => ({ reasonCode: [{ text }] });

const converse = conversations([
  person,
  measured('hb-1', '718-7', 'Hemoglobin', 9.87, 'g/dL', '2012-05-01'),
  measured('hb-2', '718-7', 'Hemoglobin', 11.24, 'g/dL', '2016-05-02'),
  measured('hb-3', '718-7', 'Hemoglobin', 13.17, 'g/dL', '2018-05-03'),
  measured('hb-4', '718-7', 'Hemoglobin', 12.43, 'g/dL', '2020-05-04'),
  measured('weight', '29463-7', 'Body weight', 71.349, 'kg', '2020-05-04'),
  measured('na-1', '2951-2', 'Sodium', 131.2, 'mmol/L', '2017-02-01'),
  measured('na-2', '2951-2', 'Sodium', 138.6, 'mmol/L', '2019-02-01'),
  problem('gout', 'Gout', '2016-05-02', '2019-01-01'),
  problem('asthma', 'Asthma', '2001-01-01'),
  drug('naproxen-1', 'naproxen 500 MG Oral Tablet', '2013-03-03', { status: 'stopped', ...because('Gout') }),
  drug('naproxen-2', 'naproxen 500 MG Oral Tablet', '2017-07-07', { status: 'stopped', ...because('Ankle sprain') }),
  drug('pen', '0.5 ML sumatriptan 12 MG/ML Auto-Injector', '2022-01-01'),
  drug('allopurinol', 'allopurinol 100 MG Oral Tablet', '2015-01-01'),
  given('hepb', 'hepatitis B vaccine', '2014-04-04'),
  answered('abuse-1', 'Have you been abused', 'Moderate signs', '2018-01-01'),
  answered('abuse-2', 'Have you been abused', 'No signs', '2020-01-01'),
]);

describe('values over time', () => {
  test.each<[string, RegExp, RegExp?]>([
    ['plot of hemoglobin from 2016', /from 11\.24.* to 12\.43/],
    ['hemoglobin from 2018', /12\.43[\s\S]*13\.17/, /11\.24/],
    ['the hemoglobin from 2018', /13\.17/, /12\.43/],
    ['hgb from 2016 to the most recent', /12\.43[\s\S]*13\.17[\s\S]*11\.24/, /9\.87/],
    ['graph of her hemoglobin and then the latest one', /rose from 9\.87.* to 13\.17.*\n.*then fell from 13\.17.* to 12\.43/],
    ['haemoglobin four years before the most recent', /^Hemoglobin was 11\.2.* on 02-May-2016\.$/],
    ['Hb two years prior to the newest one', /^Hemoglobin was 13\.17.* on 03-May-2018\.$/],
    ['hemoglobin over 12, dates', /12\.43.*\n.*13\.17/, /11\.2|9\.87/],
    ['days with hemoglobin below 12', /11\.2.*\n.*9\.87/, /12\.4/],
    ['hemoglobin >= 13 - list', /13\.17/, /12\.4|No:/],
    ['sodium 140 or more, which dates', /^Sodium was never at least 140\.\nSodium was 138\.6/],
    ['was the sodium 131.2 before 2018?', /^Yes: Sodium was 131\.2/],
    ['was hemoglobin 11.24 before 2018?', /^Yes: Hemoglobin was 11\.2/],
    ['was hemoglobin 10.5 before 2018?', /^No: Hemoglobin was 11\.24[\s\S]*9\.87/],
    ['was hemoglobin higher in 2018 than in 2020', /^Yes: Hemoglobin fell by .*from 13\.17.* to 12\.43/],
    ['Hb in g/L', /\nHemoglobin was 124\.3 g\/L/],
    ['hemoglobin when the gout was diagnosed', /^Hemoglobin was 11\.24.*2016\.$/, /13\.17/],
  ])('%s', async (question, says, never) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });
});

describe('what was said once is not undone by what was said last', () => {
  test.each(['abuse documented ever?', 'has she ever been abused', 'any abuse at any time?'])('%s', async (question) => {
    expect((await converse(question)).said).toMatch(/Moderate signs on 01-Jan-2018/);
  });
});

describe('courses of a drug, and doses of a vaccine', () => {
  test.each<[string, RegExp]>([
    ['why was she given naproxen', /Ankle sprain|ankle sprain/],
    ['NSAIDs she had and the reasons', /(?:gout[\s\S]*ankle sprain|ankle sprain[\s\S]*gout)/i],
    ['each naproxen order with its date', /07-Jul-2017[\s\S]*03-Mar-2013/],
    ['naproxen prescriptions: all', /07-Jul-2017[\s\S]*03-Mar-2013/],
    ['naproxen - how many prescriptions', /^2 naproxen orders are recorded/],
  ])('%s', async (question, says) => {
    expect((await converse(question)).said).toMatch(says);
  });

  test('every reason of every course', async () => {
    expect((await converse('why was she given naproxen')).cited).toEqual(
      expect.arrayContaining(['MedicationRequest/naproxen-1', 'MedicationRequest/naproxen-2']),
    );
  });

  test.each(['did naproxen stop before allopurinol started?', 'was the naproxen stopped in 2013'])('%s', async (question) => {
    const { said, notes } = await converse(question);
    expect(said).not.toMatch(/^Yes|^No/);
    expect(said).toMatch(/07-Jul-2017/);
    expect(notes).toMatch(/no day on which naproxen ended/);
  });

  test.each(['hepatitis B third dose?', 'second shot of hep B'])('%s', async (question) => {
    const { status, notes } = await converse(question);
    expect([status, notes]).toEqual(['not-recorded', 'Only 1 recorded.']);
  });
});

describe('the strength of what is measured out', () => {
  test.each<[string, RegExp]>([
    ['is she on sumatriptan 6 mg?', /^Yes: 0\.5 mL sumatriptan/i],
    ['sumatriptan 3 mg?', /^No: 0\.5 mL sumatriptan/i],
    ['sumatriptan 3 or 6 mg', /^0\.5 mL sumatriptan/i],
  ])('%s', async (question, says) => {
    expect((await converse(question)).said).toMatch(says);
  });
});

describe('the list that a problem is on', () => {
  test.each<[string, RegExp]>([
    ['asthma: is it on her problem list?', /^Yes: Asthma is active since/],
    ['is gout still on the problem list', /^No longer: Gout|^Gout is resolved/],
  ])('%s', async (question, says) => {
    const { said } = await converse(question);
    expect(said).toMatch(says);
    expect(said.split('\n')).toHaveLength(1);
  });
});
