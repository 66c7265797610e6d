import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../contract.ts';
import type { Answer, Question } from './contract.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';
import { fixtureChart, NOW, RESOURCES } from './patient.fixture.ts';

const chart = fixtureChart();

/** The answer to the one question that a text asks. */
function ask(text: string, of = chart): Answer {
  const { questions } = parseQuestions(text, { chart: of, now: NOW });
  expect(questions.length, text).toBe(1);
  return answer(questions[0]!, of);
}
const shown = (fact: Fact): string => `${fact.name}${fact.value ? ` ${fact.value.text}` : ''} ${fact.date?.slice(0, 10) ?? ''}`.trim();
const facts = (result: Answer): string[] => result.facts.map(shown);

describe('values', () => {
  it('gives the newest, the oldest and the one before', () => {
    expect(facts(ask('latest A1c'))).toEqual(['hemoglobin A1c 6.5 2024-01-20']);
    expect(facts(ask('first A1c'))).toEqual(['hemoglobin A1c 8.1 2020-02-10']);
    expect(facts(ask('the A1c before the last'))).toEqual(['hemoglobin A1c 6.9 2022-04-05']);
    expect(facts(ask('last two A1c values'))).toEqual(['hemoglobin A1c 6.5 2024-01-20', 'hemoglobin A1c 6.9 2022-04-05']);
  });

  it('keeps everything searched beside what answers', () => {
    const result = ask('latest A1c');
    expect(result.considered).toHaveLength(4);
    expect(result.scope).toMatchObject({ concepts: ['lab/hba1c'] });
  });

  it('gives extremes, mean and trend with their dates', () => {
    expect(ask('highest LDL').numbers?.max).toMatchObject({ value: 171, date: '2018-05-02' });
    expect(ask('lowest LDL').numbers?.min).toMatchObject({ value: 96 });
    expect(ask('average A1c').numbers?.mean).toBeCloseTo(7.225, 6);
    expect(ask('A1c trend').numbers).toMatchObject({ direction: 'falling', count: 4 });
    expect(ask('how much weight has she lost since 2017').numbers?.change).toMatchObject({ difference: -8.5 });
  });

  it('answers a panel and a blood pressure a member at a time', () => {
    expect(
      ask('kidney function')
        .parts?.map((part) => part.question.name)
        .sort(),
    ).toEqual(['creatinine', 'urea nitrogen']);
    const highest = ask('highest blood pressure');
    expect(highest.parts?.map((part) => [part.question.name, part.numbers?.max?.value])).toEqual([
      ['systolic blood pressure', 148],
      ['diastolic blood pressure', 92],
    ]);
    expect(facts(ask('latest blood pressure'))).toEqual(['blood pressure 128/82 mmHg 2024-01-20']);
  });

  it('finds nothing on another day and says what is nearest', () => {
    const result = ask('weight in 2019');
    expect(result).toMatchObject({ outcome: 'not-recorded', facts: [] });
    expect(result.instead.map(shown)).toEqual(['body weight 84 2021-03-01']);
    expect(result.notes.map((note) => note.kind)).toContain('nearest');
  });
});

describe('yes and no', () => {
  it.each([
    ['is she on metformin?', 'found', 'yes'],
    ['is she on simvastatin?', 'absent', 'no'],
    ['has she ever taken simvastatin?', 'found', 'yes'],
    ['is she on warfarin?', 'not-recorded', 'unknown'],
    ['is she on an ACE inhibitor?', 'found', 'yes'],
    ['is she on a statin?', 'absent', 'no'],
    ['does she have hypertension?', 'found', 'yes'],
    ['does she have sinusitis?', 'absent', 'no'],
    ['did she ever have sinusitis?', 'found', 'yes'],
    ['does she have colon cancer?', 'absent', 'no'],
    ['does she have asthma?', 'not-recorded', 'unknown'],
    ['did she get the shingles vaccine?', 'absent', 'no'],
    ['did she get a flu shot in 2023?', 'found', 'yes'],
    ['did she get a flu shot in 2019?', 'not-recorded', 'no'],
    ['is she allergic to penicillin?', 'found', 'yes'],
    ['is she allergic to latex?', 'not-recorded', 'unknown'],
    ['was her LDL ever over 160 mg/dL?', 'found', 'yes'],
    ['was her LDL ever over 200 mg/dL?', 'found', 'no'],
    ['was her LDL ever over 4 mmol/L?', 'found', 'yes'],
    ['was her potassium ever over 7 mg/dL?', 'not-recorded', 'unknown'],
    ['is her potassium high?', 'found', 'yes'],
    ['is her potassium low?', 'found', 'no'],
    ['is her sodium normal?', 'found', 'unknown'],
    ['is her LDL lower than in 2021?', 'found', 'yes'],
    ['has her weight gone up since 2021?', 'found', 'no'],
    ['has she had a colonoscopy?', 'found', 'yes'],
    ['was she ever admitted to hospital?', 'found', 'yes'],
    ['is the sinusitis gone?', 'found', 'yes'],
    ['is the hypertension resolved?', 'absent', 'no'],
    ['did she smoke?', 'found', 'yes'],
    ['does she smoke?', 'found', 'no'],
    ['does she take anything for diabetes?', 'found', 'yes'],
    ['any upcoming visits?', 'found', 'yes'],
  ] as const)('%s', (text, outcome, polarity) => {
    expect(ask(text)).toMatchObject({ outcome, polarity });
  });

  it('judges the proposition, whichever way it was asked', () => {
    const result = ask('is she not on metformin?');
    expect(result).toMatchObject({ polarity: 'yes', question: { expects: 'no' } });
  });

  it('says that a drug answers by its class and not by a recorded reason', () => {
    const result = ask('is anything being given for her blood pressure?');
    expect(facts(result)).toEqual(['lisinopril 20 mg oral tablet 2020-01-15']);
    expect(result.notes.map((note) => note.kind)).toContain('qualifier');
  });

  it('knows that no known drug allergies answers for any drug, and not for a food', () => {
    const none = fixtureChart([
      RESOURCES[0]!,
      {
        resourceType: 'AllergyIntolerance',
        id: 'n',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { coding: [{ system: 'http://snomed.info/sct', code: '409137002', display: 'No known drug allergy' }] },
        patient: { reference: 'Patient/ada' },
      },
    ]);
    expect(ask('is she allergic to penicillin?', none)).toMatchObject({ outcome: 'absent', polarity: 'no' });
    expect(ask('is she allergic to peanuts?', none)).toMatchObject({ outcome: 'not-recorded', polarity: 'unknown' });
  });
});

describe('entries', () => {
  it('lists what is active, and what was', () => {
    expect(facts(ask('current medications'))).toEqual([
      'lisinopril 20 mg oral tablet 2020-01-15',
      'metformin 500 mg oral tablet 2019-11-04',
    ]);
    expect(ask('past medications').facts).toHaveLength(2);
    expect(facts(ask('active problems'))).toEqual(['type 2 diabetes mellitus 2019-11-04', 'hypertension 2015-02-01']);
    expect(ask('past medical history').facts).toHaveLength(4);
  });

  it('gives reasons, and says when none is recorded', () => {
    expect(ask('why is she on metformin?').facts[0]?.reasons[0]?.text).toMatch(/type 2 diabetes/i);
    expect(ask('why is she on lisinopril?')).toMatchObject({ outcome: 'not-recorded', searched: 'reason for lisinopril' });
    expect(ask('why was simvastatin stopped?').facts[0]?.statusReason).toBe('Muscle pain');
    expect(ask('why was she seen on 1 March 2021?').facts[0]?.reasons[0]?.text).toBe('cough');
  });

  it('corrects a wrong premise', () => {
    expect(ask('why did she stop metformin?').premise).toMatchObject([{ ok: false }]);
    expect(ask('since she stopped lisinopril, how has her potassium been?')).toMatchObject({
      outcome: 'found',
      premise: [{ ok: false }],
    });
    expect(ask('why did she stop simvastatin?').premise).toMatchObject([{ ok: true }]);
  });

  it('measures against events of the record', () => {
    expect(facts(ask('A1c before the hip fracture'))).toHaveLength(3);
    expect(facts(ask('weight at last visit'))).toEqual(['body weight 79.5 2024-01-20']);
    expect(ask('A1c since her glorbectomy')).toMatchObject({ outcome: 'not-recorded', facts: [] });
  });

  it('counts, also to zero', () => {
    expect(ask('how many visits in 2022').numbers?.count).toBe(2);
    expect(ask('how many ER visits since 2023')).toMatchObject({ outcome: 'found', numbers: { count: 0 } });
    expect(ask('how many A1c results over 7').numbers?.meeting).toBe(2);
  });

  it('tells how long, until when, and what comes', () => {
    expect(ask('how long was she in the hospital').numbers?.duration).toMatchObject({ days: 8 });
    expect(ask('when did the hip fracture resolve').facts[0]?.end).toBe('2022-12-01');
    expect(facts(ask('next appointment'))).toEqual(['eye examination appointment 2024-07-02']);
    expect(ask('is she due for a colonoscopy')).toMatchObject({ outcome: 'not-recorded', notes: [{ kind: 'record-only' }] });
  });

  it('knows the person', () => {
    expect(ask('how old is she').field).toMatchObject({ label: 'age' });
    expect(ask('language?').field?.text).toBe('Spanish');
    expect(ask('email?')).toMatchObject({ outcome: 'not-recorded' });
  });

  it('says where the side of a thing is not recorded', () => {
    expect(ask('did she ever have a left hip fracture?').notes.map((note) => note.kind)).toContain('qualifier');
  });
});

describe('what an answer always is', () => {
  const question = fc.record({
    aspect: fc.constantFrom(
      'latest',
      'first',
      'list',
      'trend',
      'change',
      'range',
      'highest',
      'average',
      'count',
      'exists',
      'ever',
      'status',
      'onset',
      'date',
      'flag',
      'describe',
    ) as fc.Arbitrary<Question['aspect']>,
    concepts: fc.constantFrom<string[]>(
      ['lab/hba1c'],
      ['lab/ldl'],
      ['vital/blood-pressure'],
      ['condition/hypertension'],
      ['drug/metformin'],
      ['vaccine/influenza'],
      ['no/such'],
    ),
    time: fc.option(
      fc.constantFrom(
        { text: 'in 2022', relation: 'in' as const, from: '2022-01-01', to: '2022-12-31' },
        { text: 'since 2021', relation: 'since' as const, from: '2021-01-01' },
      ),
      { nil: undefined },
    ),
    status: fc.constantFrom('active' as const, 'past' as const, undefined),
  });

  it('cites only what was searched, and says not recorded where nothing is', () => {
    fc.assert(
      fc.property(question, ({ aspect, concepts, time, status }) => {
        const result = answer(
          { aspect, concepts, kinds: [], name: 'thing', text: '', ...(time ? { time } : {}), ...(status ? { status } : {}) },
          chart,
        );
        const searched = new Set([...result.considered, ...(result.parts ?? []).flatMap((part) => part.considered)].map((fact) => fact.id));
        for (const fact of result.facts) expect(searched.has(fact.id) || result.numbers?.change !== undefined).toBe(true);
        if (result.considered.length === 0 && result.facts.length === 0)
          expect(['not-recorded', 'invalid', 'found']).toContain(result.outcome);
        if (concepts[0] === 'no/such') expect(result.facts).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order of the resources', () => {
    const shuffled = fixtureChart([...RESOURCES].reverse());
    for (const text of ['latest A1c', 'current medications', 'A1c trend', 'last visit', 'which vaccines has she had'])
      expect(facts(ask(text, shuffled))).toEqual(facts(ask(text)));
  });
});
