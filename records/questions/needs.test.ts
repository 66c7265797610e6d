import { expect, test } from 'vitest';
import type { Chart } from '../contract.ts';
import { asked, chartOf, having, lacking, problem } from '../needs/social.fixture.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';

const answers = (text: string, chart: Chart) =>
  parseQuestions(text, { chart, now: chart.asOf }).questions.map((question) => answer(question, chart));
const polarity = (text: string, chart: Chart) => answers(text, chart).map((one) => one.polarity);

test.each([
  ['is she homeless?', 'yes', 'no'],
  ['is she housed?', 'no', 'yes'],
  ['does she have housing?', 'no', 'yes'],
  ['does she have a home?', 'no', 'yes'],
  ['is Ana Ruiz homeless?', 'yes', 'no'],
  ['and does she have a job?', 'no', 'yes'],
  ['is she employed?', 'no', 'yes'],
  ['is she currently unemployed?', 'yes', 'no'],
  ['does she work?', 'no', 'yes'],
  ['does she have transportation?', 'no', 'unknown'],
  ['does she lack transportation?', 'yes', 'unknown'],
  ['does she have transportation problems?', 'yes', 'no'],
  ['is she food insecure?', 'yes', 'no'],
  ['is she food secure?', 'no', 'yes'],
  ['does she have enough food?', 'no', 'yes'],
  ['does she have food?', 'unknown', 'yes'],
  ['any food insecurity?', 'yes', 'no'],
  ['has she ever been food insecure?', 'yes', 'yes'],
  ['does she feel safe at home?', 'no', 'yes'],
  ['is she socially isolated?', 'yes', 'unknown'],
  ['does she have a phone?', 'unknown', 'unknown'],
])('%s', (text, ofLacking, ofHaving) => {
  expect(polarity(text, lacking)).toEqual([ofLacking]);
  expect(polarity(text, having)).toEqual([ofHaving]);
});

test('two needs are two questions', () => {
  expect(polarity('is she homeless and unemployed?', lacking)).toEqual(['yes', 'yes']);
});

test.each(["doesn't she have housing?", 'did she have enough food in May 2024?', 'was she food secure in May 2024?'])(
  'an entry named after the need is no yes: %s',
  (text) => {
    for (const chart of [lacking, having]) for (const one of polarity(text, chart)) expect(one).not.toBe('yes');
  },
);

test('of what nobody asked nothing is known', () => {
  const [found] = answers('is she food insecure?', chartOf());
  expect(found).toMatchObject({ outcome: 'not-recorded', polarity: 'unknown', facts: [] });
  expect(found!.question.concepts).toEqual(['social/food-insecurity']);
});

test('where somebody without a home lives', () => {
  const [found] = answers('where does she live?', lacking);
  expect(found).toMatchObject({ outcome: 'not-recorded' });
  expect(found!.instead.map(({ id }) => id)).toContain('Condition/homeless');
  expect(answers('where does she live?', having)[0]!.instead).toEqual([]);
});

const packYears = (id: string, value: number, date: string) => ({
  resourceType: 'Observation' as const,
  id,
  status: 'final' as const,
  subject: { reference: 'Patient/p' },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '401201003', display: 'Cigarette pack-years' }] },
  effectiveDateTime: date,
  valueQuantity: { value, unit: '{PackYears}', system: 'http://unitsofmeasure.org', code: '{PackYears}' },
});

test.each(['how many pack-years has she smoked?', 'how many pack years?', 'pack-years?', 'what is her pack-year history?'])(
  '%s',
  (text) => {
    const smoked = chartOf(
      packYears('then', 45, '2018-08-21'),
      packYears('now', 48, '2023-11-21'),
      asked('status', '72166-2', 'Tobacco smoking status', 'Former smoker', '2026-03-21'),
    );
    const found = answers(text, smoked);
    expect(found.map(({ facts }) => facts.map(({ id }) => id))).toEqual([['Observation/now']]);
    expect(found[0]!.numbers?.count).toBeUndefined();
    expect(answers(text, chartOf(asked('status', '72166-2', 'Tobacco smoking status', 'Former smoker')))[0]!.outcome).toBe('not-recorded');
  },
);

test.each(['what did the food insecurity screening show?', 'what did the hunger vital sign show?', 'hunger vital sign result?'])(
  '%s',
  (text) => {
    const screened = chartOf(
      asked(
        'lasts',
        '88123-5',
        "The food that (I/we) bought just didn't last, and (I/we) didn't have money to get more.",
        'Sometimes true',
      ),
      asked('risk', '88124-3', 'Food insecurity risk [HVS]', 'At risk'),
      problem('depressed', 'Depression'),
      {
        resourceType: 'Observation',
        id: 'panel',
        status: 'final',
        subject: { reference: 'Patient/p' },
        code: { coding: [{ system: 'http://loinc.org', code: '88121-9', display: 'Hunger Vital Sign [HVS]' }] },
        effectiveDateTime: '2026-05-04',
        hasMember: [{ reference: 'Observation/lasts' }, { reference: 'Observation/risk' }],
      },
    );
    const [found] = answers(text, screened);
    expect(found!.outcome).toBe('found');
    expect(found!.facts.map(({ id }) => id)).toEqual(expect.arrayContaining(['Observation/lasts', 'Observation/risk']));
  },
);
