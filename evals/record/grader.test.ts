import { describe, expect, it } from 'vitest';
import type { AskResult } from '../../agents/contract.ts';
import type { Verdict } from '../../grounding/contract.ts';
import type { Expectation, Point } from './expectation.ts';
import { grade } from './grader.ts';

type Said = readonly [text: string, citations: readonly string[], verdict?: Verdict];

function answer(status: AskResult['status'], ...said: readonly Said[]): AskResult {
  const ids = [...new Set(said.flatMap(([, citations]) => citations))];
  return {
    id: 'm1',
    status,
    ms: 1,
    claims: said.map(([text, citations, verdict = 'supported']) => ({ text, citations, verdict, checks: [] })),
    evidence: ids.map((id) => ({ id, kind: 'record', label: id, text: id, source: id, facts: [] })),
  };
}
const right = (e: Expectation, result: AskResult) => {
  const { correct, wrong, why } = grade(e, result);
  expect({ correct, wrong, why }).toEqual({ correct: true, wrong: [], why: '' });
};
/** Not correct, and shown as a fact. */
const wrong = (e: Expectation, result: AskResult) => {
  const graded = grade(e, result);
  expect(graded.correct).toBe(false);
  expect(graded.wrong.length).toBeGreaterThan(0);
};
/** Not correct, yet nothing false is shown as a fact. */
const short = (e: Expectation, result: AskResult) => {
  expect(grade(e, result)).toMatchObject({ correct: false, wrong: [] });
};

const p = (value: number, date: string, id: string): Point => ({ value, unit: 'mg/dL', date, ids: [`Observation/${id}`] });
const series = [
  p(140.21684, '2010-05-02T10:00:00-05:00', 'a'),
  p(118.5, '2014-01-20', 'b'),
  p(99.71234567, '2018-03-12T23:30:00-05:00', 'c'),
];
const ldl = { names: ['LDL cholesterol', 'LDL', 'low density lipoprotein'], ids: series.flatMap(({ ids }) => ids) };
const latest: Expectation = {
  type: 'value',
  thing: ldl,
  accepted: [series[2] as Point],
  withDate: false,
  part: false,
  series,
  beside: [130],
};
const dated: Expectation = { ...latest, withDate: true };

describe('a value', () => {
  it.each([
    'LDL cholesterol was 99.7 mg/dL on 12-Mar-2018.',
    'The latest LDL is 100 mg/dL (March 12, 2018).',
    'LDL: 99.71 mg/dL, 2018-03-12',
    'On 3/12/2018 the low density lipoprotein came back at 99.7 mg / dL, below 130 mg/dL.',
  ])('takes any wording: %s', (text) => {
    right(latest, answer('answered', [text, ['Observation/c']]));
    right(dated, answer('answered', [text, ['Observation/c']]));
  });
  it('takes value and date from two sentences', () => {
    right(dated, answer('answered', ['LDL is 99.7 mg/dL.', ['Observation/c']], ['It was measured on 12 March 2018.', ['Observation/c']]));
  });
  it.each([
    ['another value of the series', 'LDL cholesterol was 118.5 mg/dL on 20-Jan-2014.', 'b'],
    ['a value that is in no result', 'LDL cholesterol was 96.1 mg/dL on 12-Mar-2018.', 'c'],
    ['the right value on a wrong day', 'LDL cholesterol was 99.7 mg/dL on 13-Mar-2018.', 'c'],
    ['truncated instead of rounded', 'LDL cholesterol was 99.1 mg/dL on 12-Mar-2018.', 'c'],
  ])('%s is wrong as fact', (_, text, id) => wrong(latest, answer('answered', [text, [`Observation/${id}`]])));
  it('is not there without unit, name, citation or support', () => {
    short(latest, answer('answered', ['LDL cholesterol was 99.7 on 12-Mar-2018.', ['Observation/c']]));
    short(latest, answer('answered', ['LDL cholesterol was 99.7 mmol/L on 12-Mar-2018.', ['Observation/c']]));
    short(latest, answer('answered', ['LDL cholesterol was 99.7 mg/dL.', ['Observation/b']]));
    short(latest, answer('answered', ['LDL cholesterol was 99.7 mg/dL.', ['Observation/c'], 'unverified']));
    short(dated, answer('answered', ['LDL cholesterol was 99.7 mg/dL.', ['Observation/c']]));
    short(latest, answer('not-recorded'));
    short(latest, answer('clarify'));
    short(latest, answer('not-recorded', ['LDL cholesterol was 99.7 mg/dL.', ['Observation/c']]));
    short(latest, answer('answered', ['LDL fell from 118.5 mg/dL to 99.7 mg/dL.', ['Observation/c']]));
  });
  it('is not found by emptying the record into the answer', () => {
    const dump = series.map((point): Said => [`LDL was ${point.value} mg/dL on ${point.date.slice(0, 10)}.`, point.ids]);
    wrong(latest, answer('answered', ...dump));
    right(latest, answer('answered', ...dump.toReversed()));
  });
  it('cites only what is among the evidence', () => {
    const result = answer('answered', ['LDL was 99.7 mg/dL.', ['Observation/c']]);
    expect(grade(latest, { ...result, evidence: [] }).correct).toBe(false);
  });
  it('knows a longer name for another thing', () => {
    const total = p(190, '2018-03-12', 't');
    const thing = { names: ['total cholesterol', 'cholesterol'], unless: ['HDL cholesterol'], ids: ['Observation/t'] };
    const e: Expectation = { type: 'value', thing, accepted: [total], withDate: false, part: false, series: [total], beside: [] };
    right(e, answer('answered', ['Cholesterol was 190 mg/dL.', ['Observation/t']], ['HDL cholesterol was 61 mg/dL.', ['Observation/h']]));
    wrong(e, answer('answered', ['Cholesterol was 61 mg/dL.', ['Observation/h']]));
    expect(grade(e, answer('answered', ['HDL cholesterol was 61 mg/dL.', ['Observation/h']])).correct).toBe(false);
  });
  it('takes either of two results at one time', () => {
    const other = p(101, '2018-03-12T23:30:00-05:00', 'd');
    const tie: Expectation = { ...latest, accepted: [series[2] as Point, other], series: [...series, other] };
    right(tie, answer('answered', ['LDL was 101 mg/dL.', ['Observation/d']]));
  });
  it('reads pressures as pairs', () => {
    const point: Point = { value: 111.1, second: 80.19327, unit: 'mm[Hg]', date: '2006-01-11', ids: ['Observation/x'] };
    const bp: Expectation = {
      type: 'value',
      thing: { names: ['blood pressure', 'BP'], ids: point.ids },
      accepted: [point],
      withDate: false,
      part: false,
      series: [point],
      beside: [],
    };
    right(bp, answer('answered', ['Blood pressure was 111/80 mmHg on 11-Jan-2006.', ['Observation/x']]));
    wrong(bp, answer('answered', ['Blood pressure was 111/90 mmHg on 11-Jan-2006.', ['Observation/x']]));
  });
});

describe('a range, a direction, a count', () => {
  const range: Expectation = { type: 'range', thing: ldl, low: [series[2] as Point], high: [series[0] as Point], series, beside: [] };
  it('needs both ends', () => {
    right(range, answer('answered', ['LDL ranged from 99.7 to 140.2 mg/dL.', ['Observation/a', 'Observation/c']]));
    right(range, answer('answered', ['Lowest LDL: 99.7 mg/dL.', ['Observation/c']], ['Highest LDL: 140.2 mg/dL.', ['Observation/a']]));
    short(range, answer('answered', ['The highest LDL was 140.2 mg/dL.', ['Observation/a']]));
    wrong(range, answer('answered', ['LDL ranged from 97.2 mg/dL to 140.2 mg/dL.', ['Observation/a', 'Observation/c']]));
  });
  const down: Expectation = {
    type: 'direction',
    thing: ldl,
    direction: 'down',
    earlier: [series[0] as Point],
    later: [series[2] as Point],
    shown: 1,
  };
  it('reads which way it goes', () => {
    right(down, answer('answered', ['LDL fell from 140.2 mg/dL to 99.7 mg/dL.', ['Observation/a', 'Observation/c']]));
    right({ ...down, asked: 'up' }, answer('answered', ['No: LDL is lower now, 99.7 mg/dL.', ['Observation/c']]));
    right({ ...down, asked: 'up' }, answer('answered', ['No, it has not gone up: 99.7 mg/dL.', ['Observation/c']]));
    wrong(down, answer('answered', ['LDL rose to 140.2 mg/dL.', ['Observation/a', 'Observation/c']]));
    wrong({ ...down, asked: 'up' }, answer('answered', ['Yes. LDL 99.7 mg/dL.', ['Observation/c']]));
    short(down, answer('answered', ['LDL fell.', ['Observation/a', 'Observation/c']]));
    short(down, answer('answered', ['LDL was 99.7 mg/dL.', ['Observation/c']]));
  });
  const three: Expectation = { type: 'count', thing: ldl, accepted: [3], searchWillDo: true };
  it('reads numbers in digits and words', () => {
    right(three, answer('answered', ['There are 3 LDL results.', ['search/ldl']]));
    right(three, answer('answered', ['LDL was measured three times.', ['Observation/a']]));
    wrong(three, answer('answered', ['There are 4 LDL results.', ['search/ldl']]));
    wrong(three, answer('answered', ['No LDL is recorded.', ['search/ldl']]));
    short(three, answer('answered', ['There are 3 LDL results.', ['Observation/z']]));
    right({ ...three, accepted: [0] }, answer('not-recorded', ['No emergency visits are recorded.', ['search/visits']]));
  });
});

describe('yes or no', () => {
  const thing = { names: ['simvastatin', 'Zocor'], ids: ['MedicationRequest/s'] };
  const yes: Expectation = { type: 'polarity', thing, yes: true, now: true, absent: false };
  it('reads yes', () => {
    for (const text of [
      'Yes, she takes simvastatin 10 mg.',
      'Simvastatin 10 mg is active.',
      'Simvastatin is active; no stop date is recorded.',
    ]) {
      right(yes, answer('answered', [text, ['MedicationRequest/s']]));
    }
    wrong(yes, answer('answered', ['No simvastatin is recorded.', ['search/simvastatin']]));
    wrong(yes, answer('not-recorded', ['No simvastatin is recorded.', ['search/simvastatin']]));
    wrong(yes, answer('answered', ['Simvastatin was stopped in 2015.', ['MedicationRequest/s']]));
    short(yes, answer('not-recorded'));
    short(yes, answer('answered', ['Yes, she takes simvastatin.', ['MedicationRequest/other']]));
  });
  const stopped: Expectation = { ...yes, yes: false };
  it('reads no, and "stopped" as no where it is asked about now', () => {
    right(stopped, answer('answered', ['No. Simvastatin was stopped.', ['MedicationRequest/s']]));
    right(stopped, answer('answered', ['Simvastatin 10 mg: stopped, ordered 03-Jan-2015.', ['MedicationRequest/s']]));
    wrong(stopped, answer('answered', ['Simvastatin 10 mg is active.', ['MedicationRequest/s']]));
    wrong(stopped, answer('answered', ['Yes.', ['MedicationRequest/s']]));
    short(stopped, answer('not-recorded'));
  });
  const absent: Expectation = { type: 'polarity', thing: { names: ['metformin'], ids: [] }, yes: false, now: true, absent: true };
  it('takes "not recorded" for what is nowhere', () => {
    right(absent, answer('not-recorded'));
    right(absent, answer('answered', ['No metformin is recorded.', ['search/metformin']]));
    wrong(absent, answer('answered', ['She takes metformin 500 mg.', ['MedicationRequest/m']]));
    wrong(absent, answer('answered', ['Glipizide 5 mg is active.', ['MedicationRequest/g']]));
  });
  it('never lets silence of the record become "no known allergies"', () => {
    const none: Expectation = { type: 'not-recorded', thing: { names: ['allergy'], ids: [] }, forbidden: /\bno known\b|\bNKD?A\b/i };
    right(none, answer('not-recorded', ['No allergies are recorded.', ['search/allergies']]));
    wrong(none, answer('answered', ['No known allergies.', ['search/allergies']]));
  });
});

describe('dates, lists, reasons, states, doses, premises', () => {
  const thing = { names: ['hypertension', 'high blood pressure'], ids: ['Condition/h'] };
  it('reads dates in any format, whole', () => {
    const e: Expectation = { type: 'date', thing, accepted: ['2012-06-04T08:00:00-04:00'], alsoTrue: [] };
    for (const date of ['04-Jun-2012', 'June 4, 2012', '2012-06-04', '4 June 2012', '6/4/2012']) {
      right(e, answer('answered', [`Hypertension since ${date}.`, ['Condition/h']]));
    }
    wrong(e, answer('answered', ['Hypertension since 05-Jun-2012.', ['Condition/h']]));
    expect(grade(e, answer('answered', ['Hypertension since 2012.', ['Condition/h']])).correct).toBe(false);
    short(e, answer('answered', ['Hypertension is active.', ['Condition/h']]));
  });
  it('reads a year that ends a sentence, and no decimal as a year', () => {
    const e: Expectation = { type: 'date', thing, accepted: ['2004'], alsoTrue: [] };
    right(e, answer('answered', ['Hypertension is active since 2004.', ['Condition/h']]));
    wrong(e, answer('answered', ['Hypertension is active since 2005.', ['Condition/h']]));
    short(e, answer('answered', ['Hypertension, platelets 2004.5.', ['Condition/h']]));
  });
  const items = ['hypertension', 'obesity', 'osteoporosis'].map((name) => ({ names: [name], ids: [`Condition/${name}`] }));
  const list: Expectation = {
    type: 'list',
    items,
    neutral: [],
    foreign: [{ names: ['viral sinusitis'], ids: ['Condition/v'] }],
    counts: [3, 4],
  };
  const cited = items.flatMap(({ ids }) => ids);
  it('wants every item of a list and no other', () => {
    right(list, answer('answered', ['Active problems: hypertension, obesity and osteoporosis.', cited]));
    right(list, answer('answered', ...items.map(({ names: [name = ''], ids }): Said => [`${name} is active.`, ids])));
    right(
      list,
      answer('answered', ['Active: hypertension, obesity, osteoporosis.', cited], ['Viral sinusitis has resolved.', ['Condition/v']]),
    );
    short(list, answer('answered', ['Active problems: hypertension and obesity.', cited]));
    short(list, answer('answered', ['Active problems: hypertension, obesity and osteoporosis.', ['Condition/hypertension']]));
    wrong(list, answer('answered', ['Active: hypertension, obesity, osteoporosis, viral sinusitis.', [...cited, 'Condition/v']]));
  });
  it('takes a warning about a drug that is not tolerated for no entry of the list', () => {
    const drugs: Expectation = { ...list, foreign: [{ names: ['ticagrelor'], ids: ['MedicationRequest/t'] }] };
    const all: Said = ['Active: hypertension, obesity, osteoporosis.', cited];
    right(drugs, answer('answered', all, ['Intolerance of ticagrelor is active.', ['AllergyIntolerance/t']]));
    wrong(drugs, answer('answered', all, ['Ticagrelor 90 mg is active.', ['MedicationRequest/t']]));
  });
  it('counts "2 of 3" only where three is true', () => {
    right(list, answer('answered', ['Showing 2 of 3 active problems: hypertension and obesity.', cited]));
    short(list, answer('answered', ['Showing 2 of 9 active problems: hypertension and obesity.', cited]));
    short(list, answer('answered', ['Showing 3 of 3 active problems: hypertension and obesity.', cited]));
  });
  it('wants the recorded reason, and none where none is recorded', () => {
    const bronchitis = { names: ['acute bronchitis', 'bronchitis'], ids: ['Condition/b', 'Encounter/e'] };
    const e: Expectation = { type: 'reason', accepted: [bronchitis], others: [thing] };
    right(e, answer('answered', ['Prescribed for acute bronchitis.', ['Condition/b']]));
    wrong(e, answer('answered', ['Prescribed for hypertension.', ['Condition/h']]));
    short(e, answer('not-recorded'));
    const none: Expectation = { type: 'no-reason', thing: { names: ['aspirin'], ids: ['MedicationRequest/a'] }, others: [thing] };
    right(none, answer('not-recorded'));
    right(none, answer('answered', ['The record gives no reason for aspirin.', ['MedicationRequest/a']]));
    wrong(none, answer('answered', ['Aspirin is taken for hypertension.', ['MedicationRequest/a']]));
  });
  it('tells active from resolved', () => {
    const e: Expectation = { type: 'state', thing, over: false };
    right(e, answer('answered', ['Hypertension is active since 2012.', ['Condition/h']]));
    right(e, answer('answered', ['Hypertension has not resolved.', ['Condition/h']]));
    wrong(e, answer('answered', ['Hypertension resolved in 2014.', ['Condition/h']]));
    right({ ...e, over: true }, answer('answered', ['Hypertension is no longer active.', ['Condition/h']]));
    const no = answer('answered', ['No: hypertension: resolved in 2014.', ['Condition/h']]);
    expect(grade({ ...e, over: true }, no, 'Is it over with?').wrong).toHaveLength(1);
    expect(grade({ ...e, over: true }, no, 'Is it still active?').correct).toBe(true);
  });
  it('wants a dose that the record states', () => {
    const drug = { names: ['simvastatin'], ids: ['MedicationRequest/s'] };
    const e: Expectation = { type: 'dose', thing: drug, accepted: [{ value: 10, unit: 'mg' }] };
    right(e, answer('answered', ['Simvastatin 10 MG once daily.', ['MedicationRequest/s']]));
    wrong(e, answer('answered', ['Simvastatin 20 mg once daily.', ['MedicationRequest/s']]));
  });
  it('wants a wrong premise corrected', () => {
    const drug = { names: ['simvastatin'], ids: ['MedicationRequest/s'] };
    const e: Expectation = { type: 'premise', thing: drug, truth: 'active' };
    right(e, answer('answered', ['Simvastatin is still active.', ['MedicationRequest/s']]));
    right(e, answer('answered', ['Simvastatin has not been stopped.', ['MedicationRequest/s']]));
    wrong(e, answer('answered', ['Simvastatin was stopped on 3 May 2014.', ['MedicationRequest/s']]));
    short(e, answer('answered', ['Weight is 80 kg.', ['Observation/w']]));
    const gone: Expectation = { type: 'premise', thing: { names: ['gout'], ids: [] }, truth: 'absent' };
    right(gone, answer('not-recorded', ['No gout is recorded.', ['search/gout']]));
    wrong(gone, answer('answered', ['Gout started in 2014.', ['Condition/g']]));
  });
  it('wants the status where nothing may be answered', () => {
    const e: Expectation = { type: 'status', accepted: ['declined'] };
    right(e, answer('declined'));
    short(e, answer('not-recorded'));
    wrong(e, answer('answered', ['Potassium was 4.1 mmol/L.', ['Observation/k']]));
  });
  it('grades both parts of a double question', () => {
    const e: Expectation = { type: 'both', parts: [latest, { type: 'state', thing, over: false }] };
    right(e, answer('answered', ['LDL was 99.7 mg/dL.', ['Observation/c']], ['Hypertension is active.', ['Condition/h']]));
    short(e, answer('answered', ['LDL was 99.7 mg/dL.', ['Observation/c']]));
  });
});
