import { describe, expect, it } from 'vitest';
import { compact } from './compact.fixture.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';
import { fixtureChart, NOW } from './patient.fixture.ts';

const chart = fixtureChart();
const parse = (text: string) => parseQuestions(text, { chart, now: NOW });
const unread = (text: string) => [...new Set(parse(text).questions.flatMap((question) => question.unread ?? []))];
const answers = (text: string) => parse(text).questions.map((question) => answer(question, chart));

describe('what a question says and its reading leaves out', () => {
  it.each([
    ['her A1c when the roof was repaired', 'when'],
    ['potassium while on spironolactone', 'spironolactone'],
    ['median weight', 'median'],
    ['A1c in 2020, 2021 and 2022 and since 2019', '20'],
    ['LDL from 18 to 21', '18'],
    ['which labs were never repeated', 'never repeated'],
    ['the drug she has been taking longest', 'longest'],
    ['what was her address when she broke her hip', 'when'],
    ['did she have a flu shot every year', 'every year'],
    ['was her metformin doubled', 'doubled'],
    ['LDL before and after metformin', 'before and'],
    ['was metformin begun before or after the hip fracture', 'before or'],
  ])('%s', (text, word) => {
    const result = parse(text);
    const told = result.declined ? 'declined' : result.questions.length === 0 ? 'nothing' : unread(text).join(' ');
    if (result.questions.length > 0) expect(told).toContain(word);
  });

  it.each([
    'what is her latest A1c?',
    'tell me when the potassium was measured',
    'what happens when she takes penicillin',
    'BP at the last visit',
    'newest creatinine for this patient',
    'could you confirm whether she has gout',
    'how strong is her tramadol',
  ])('nothing of %s', (text) => expect(unread(text)).toEqual([]));
});

describe('what went before', () => {
  it.each(['any previous cataract surgery?', 'prior mammogram?', 'previous flu shots'])('is no step back in %s', (text) =>
    expect(parse(text).questions.every((question) => !question.offset)).toBe(true),
  );
  it.each(['her previous A1c', 'the previous mammogram', 'prior creatinine'])('is one back in %s', (text) =>
    expect(parse(text).questions[0]?.offset).toBe(1),
  );
});

describe('somebody else', () => {
  it.each([
    'does gertrude take insulin',
    'how is leopold doing with his sugar',
    'thaddeus: creatinine?',
    'her husbands A1c',
    'is Mr Moreno diabetic',
  ])('declines %s', (text) => expect(parse(text).declined?.reason).toBe('other-patient'));
  it.each(['is Ms Moreno diabetic', 'is amlodipine on the list', 'visits with Haddad'])('answers %s', (text) =>
    expect(parse(text).declined).toBeUndefined(),
  );
});

describe('her own name', () => {
  const named = { ...chart, patient: { ...chart.patient, name: "Siân O'Rourke-Patel", otherNames: ['Siân von Brandt'] } };
  it.each(["does Mrs O'Rourke-Patel take metformin", 'is Mrs Patel diabetic', 'is Ms von Brandt on a statin', "O'Rourke's last A1c"])(
    '%s',
    (text) => expect(parseQuestions(text, { chart: named, now: NOW }).declined).toBeUndefined(),
  );
  it('and no other', () => expect(parseQuestions("does Mrs O'Brien take metformin", { chart: named, now: NOW }).declined).toBeDefined());
});

describe('times of events', () => {
  it.each([
    ['weight when diabetes was diagnosed', 'condition/type-2-diabetes', 'first'],
    ['what was her BP the day the hip fracture was found', 'condition/hip-fracture', 'first'],
    ['A1c since her last influenza vaccine', 'vaccine/influenza', 'last'],
  ])('%s', (text, concept, which) => {
    const anchor = parse(text).questions[0]?.time?.anchor;
    expect(anchor?.which).toBe(which);
    expect(anchor?.concepts.some((id) => chart.terminology.isA(id, concept) || chart.terminology.isA(concept, id))).toBe(true);
  });

  it('"then" is the event that was just asked about', () => {
    const [, weight] = parse('when was hypertension diagnosed and what was her weight then?').questions;
    expect(weight?.time?.anchor?.text).toMatch(/hypertension/i);
  });
});

describe('exceptions, strengths, averages of a few', () => {
  it('leaves out what is excepted', () => {
    const [shots] = answers('vaccines other than flu');
    expect(shots?.facts.every((fact) => !fact.concepts.includes('vaccine/influenza'))).toBe(true);
    expect(shots?.facts.length).toBeGreaterThan(0);
  });
  it.each([
    ['average A1c over the last two', 6.7],
    ['mean of the last 3 A1c', 6.93],
  ])('%s', (text, mean) => expect(answers(text)[0]?.numbers?.mean).toBeCloseTo(mean, 1));
  it('a strength that the record does not give is no', () => {
    const taken = chart.facts.find((fact) => fact.kind === 'medication' && fact.status === 'active' && (fact.strengths?.length ?? 0) > 0)!;
    const name = chart.terminology.get(taken.concepts[0]!)!.name;
    const { value, unit } = taken.strengths![0]!;
    expect(answers(`is she on ${name} ${value} ${unit}?`)[0]?.polarity).toBe('yes');
    expect(answers(`is she on ${name} ${value}?`)[0]?.polarity).toBe('yes');
    expect(answers(`is she still taking ${name} ${value * 3}?`)[0]?.polarity).toBe('no');
  });
  it('both ends of "latest and the one before"', () => expect(answers('LDL latest and the one before')[0]?.facts).toHaveLength(2));
});

describe('whose and what', () => {
  it.each([
    ['allergies to meds', 'list drug allergies'],
    ['heaviest weight', 'highest body weight'],
    ['hypertension since?', 'onset hypertension'],
    ['drugs w/out indication', 'list medications | without reason'],
  ])('%s', (text, start) =>
    expect(compact(parse(text)).split(' |')[0]).toBe(start.split(' |')[0]!.replace('list medications', 'list active medications')),
  );
  it.each(['mother smokes?', "is Ada's husband on statins", 'brother A1c'])('%s is another person', (text) =>
    expect(parse(text).declined?.reason).toBe('other-patient'),
  );
  it('what she takes and why is of what she takes now', () =>
    expect(parse('what is she taking and why').questions.every((question) => question.status === 'active')).toBe(true));
  it('a side that is not recorded is neither yes nor no', () =>
    expect(answers('did she ever have a left hip fracture?')[0]?.polarity).not.toBe('yes'));
});
