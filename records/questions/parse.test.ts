import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact } from './compact.fixture.ts';
import { type QuestionContext, questionSchema } from './contract.ts';
import { answer } from './executor.ts';
import { parseQuestions } from './parse.ts';
import { fixtureChart, NOW } from './patient.fixture.ts';
import { WORDINGS } from './wordings.fixture.ts';

const chart = fixtureChart();
const parse = (text: string, context?: QuestionContext) => parseQuestions(text, { chart, now: NOW, ...(context ? { context } : {}) });

describe('wordings', () => {
  it.each(WORDINGS)('%s', (text, expected) => {
    expect(compact(parse(text))).toBe(expected);
  });
});

describe('conversations', () => {
  const talk = (...turns: string[]): string[] => {
    let context: QuestionContext | undefined;
    return turns.map((turn) => {
      const result = parse(turn, context);
      if (result.questions.length > 0)
        context = { questions: result.questions, facts: result.questions.flatMap((q) => answer(q, chart).facts.map((f) => f.id)) };
      else if (result.ambiguous)
        context = { questions: context?.questions ?? [], facts: [], pending: { choices: result.ambiguous.choices } };
      return compact(result);
    });
  };

  it.each([
    [
      ['what is her latest potassium?', 'and her sodium?', 'what about in 2022?', 'trend?'],
      ['latest potassium', 'latest sodium', 'list sodium | [2022-01-01..2022-12-31]', 'trend sodium'],
    ],
    [
      ['is she on lisinopril?', 'why?', 'since when?', 'who prescribed it?', 'and metformin?'],
      ['exists lisinopril | active | yes/no', 'reason lisinopril | active', 'onset lisinopril', 'who lisinopril', 'who metformin'],
    ],
    [
      ['LDL?', 'the one before that?', 'and before that?', 'when was that?', 'was it ever over 130?'],
      [
        'latest LDL cholesterol',
        'latest LDL cholesterol | offset 1',
        'latest LDL cholesterol | offset 2',
        'date LDL cholesterol | offset 2',
        'ever LDL cholesterol | >130 | yes/no',
      ],
    ],
    [
      ['latest potassium', 'is that high?', 'reference range?'],
      ['latest potassium', 'flag potassium | high | yes/no', 'reference-range potassium'],
    ],
    [
      ['weight in 2021?', 'has it gone up since?', 'highest ever?'],
      ['list body weight | [2021-01-01..2021-12-31]', 'change body weight | [2021-01-01..] | vs higher | yes/no', 'highest body weight'],
    ],
    [
      ['when was diabetes diagnosed?', 'is it still active?', 'any treatment for it?'],
      [
        'onset diabetes mellitus',
        'status diabetes mellitus | active | yes/no',
        'list active medications | active | for diabetes mellitus | yes/no',
      ],
    ],
    [
      ['when was her last visit?', 'why?', 'and the one before?', 'what happened then?'],
      ['date visits', 'reason visits', 'latest visits | offset 1', 'describe visits | offset 1'],
    ],
    [
      ['A1c?', 'how does that compare to 2020?'],
      ['latest hemoglobin A1c', 'change hemoglobin A1c | vs [2020-01-01..2020-12-31]'],
    ],
    [
      ['what was the level?', 'potassium'],
      ['ask: Which result do you mean?', 'latest potassium'],
    ],
    [
      ['what was the level?', 'the second one'],
      ['ask: Which result do you mean?', 'latest hemoglobin'],
    ],
    [
      ['how many flu shots has she had?', 'when was the last one?'],
      ['count influenza vaccine', 'date influenza vaccine'],
    ],
  ])('%j', (turns, expected) => {
    expect(talk(...turns)).toEqual(expected);
  });
});

describe('what a parse always is', () => {
  const words = WORDINGS.flatMap(([text]) => text.split(' '));

  it('gives valid questions for any mixture of words, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })), { maxLength: 14 }), (parts) => {
        const result = parse(parts.join(' '));
        for (const question of result.questions) {
          questionSchema.parse(question);
          answer(question, chart);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('reads the same with other case of the first letter, a full stop, or polite words around', () => {
    const plain = WORDINGS.filter(([, expected]) => !/^declined|^nothing|^ask/.test(expected)).filter((_, index) => index % 7 === 0);
    for (const [text, expected] of plain) {
      const bare = text.replace(/[?.!]+$/, '');
      expect(compact(parse(`${bare[0]!.toUpperCase()}${bare.slice(1)}?`)), text).toBe(expected);
      expect(compact(parse(`Hi, ${bare} please`)), text).toBe(expected);
    }
  });

  it('answers a made-up name with nothing else', () => {
    for (const text of [
      'is she on glorbifen?',
      'what is her zorbulin level',
      'does she have quimbosis?',
      'when did she have her flarnectomy',
    ]) {
      const { questions } = parse(text);
      expect(questions.length, text).toBeGreaterThan(0);
      for (const question of questions) expect(answer(question, chart), text).toMatchObject({ outcome: 'not-recorded', facts: [] });
    }
  });
});
