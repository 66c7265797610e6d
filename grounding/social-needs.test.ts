import { describe, expect, test } from 'vitest';
import { asked, chartOf, having, lacking, problem } from '../records/needs/social.fixture.ts';
import type { Verdict } from './contract.ts';
import { verifyText } from './verify.ts';

type Row = readonly [sentence: string, ofLacking: Verdict, ofHaving: Verdict];
const [s, c, u] = ['supported', 'contradicted', 'unverified'] as const;

const ROWS: readonly Row[] = [
  ['She has housing.', c, s],
  ['She has no housing.', s, c],
  ['She does not have housing.', s, c],
  ["She doesn't have a home.", s, c],
  ['She is homeless.', s, c],
  ['She is not homeless.', c, s],
  ['She is housed.', c, s],
  ['Ana Ruiz is housed.', c, s],
  ['She has stable housing.', c, s],
  ['She lacks stable housing.', s, c],
  ['She has a job.', c, s],
  ['She has no job.', s, c],
  ['She is employed.', c, s],
  ['She is not employed.', s, c],
  ['She is unemployed.', s, c],
  ['She has a part-time job.', c, s],
  ['She works full-time.', c, c],
  ['She does not work.', s, c],
  ['Transportation is not a problem.', c, s],
  ['She is homeless and unemployed.', s, c],
  ['She has a home and a job.', c, s],
  ['She has no job or home.', s, c],
  ['She has transportation.', c, u],
  ['She has access to transportation.', c, u],
  ['She lacks transportation.', s, u],
  ['She has no transportation.', s, u],
  ['She has reliable transportation.', c, u],
  ['She has transportation problems.', s, c],
  ['She is food insecure.', s, c],
  ['She is food secure.', c, s],
  ['She has enough food.', c, s],
  ['She does not have enough food.', s, c],
  ['She has food insecurity.', s, c],
  ['She has no food insecurity.', c, s],
  ['She has food.', u, s],
  ['She has no food.', u, c],
  ['She feels safe at home.', c, s],
  ['She does not feel safe at home.', s, c],
  ['She is socially isolated.', s, u],
  ['She is not socially isolated.', c, u],
  ['She is financially secure.', c, u],
  ['She has a phone.', u, u],
  ['She has no phone.', u, u],
];

describe.each(ROWS)('%s', (sentence, ofLacking, ofHaving) => {
  test.each([
    ['lacking', lacking, ofLacking],
    ['having', having, ofHaving],
  ] as const)('%s', (_, chart, verdict) => {
    expect(verifyText(sentence, chart)[0]!.verdict).toBe(verdict);
  });
});

test('what ended or was otherwise once does not say how it is now', () => {
  expect(verifyText('She had food insecurity.', having)[0]!.verdict).toBe('supported');
  const sheltered = chartOf(
    problem('h', 'Sheltered homelessness', { clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: '2026-06-30' }),
    problem('h2', 'Unsheltered homelessness', { onsetDateTime: '2026-06-30', recordedDate: '2026-06-30' }),
  );
  expect(verifyText('She lives in a shelter.', sheltered)[0]!.verdict).toBe('contradicted');
  expect(verifyText('She is homeless.', sheltered)[0]!.verdict).toBe('supported');
});

test('who is retired has no job, and is not called unemployed', () => {
  const retired = chartOf(asked('work', '11341-5', 'History of Occupation', 'Retired foundry worker'));
  expect(verifyText('She has a job.', retired)[0]!.verdict).toBe('contradicted');
  expect(verifyText('She is unemployed.', retired)[0]!.verdict).toBe('unverified');
});

test('an active lack and a later answer that there is none decide nothing', () => {
  const both = chartOf(problem('h', 'Homeless'), asked('housing', '71802-3', 'Housing status', 'I have housing', '2026-09-01'));
  expect(verifyText('She has housing.', both)[0]!.verdict).toBe('unverified');
  expect(verifyText('She is homeless.', both)[0]!.verdict).toBe('unverified');
});

test.each([
  ['Transportation is available to her.', lacking],
  ['She has transportation to her visits.', lacking],
  [
    'She had housing in July 2026.',
    chartOf({
      resourceType: 'DocumentReference',
      id: 'note',
      status: 'current',
      subject: { reference: 'Patient/p' },
      type: { text: 'Progress note' },
      date: '2026-07-09',
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            data: btoa('Reason for visit: Housing, food, insurance. History: She sleeps in a car.'),
          },
        },
      ],
    }),
  ],
])('an entry that only names the need does not say that it is met: %s', (sentence, chart) => {
  expect(verifyText(sentence, chart)[0]!.verdict).not.toBe('supported');
});
