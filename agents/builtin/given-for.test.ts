import { describe, expect, test } from 'vitest';
import { conversations, drug, person, problem } from './conversation.fixture.ts';

const because = (text: string) => ({ reasonCode: [{ text }] });

const converse = conversations([
  person,
  problem('hiv', 'HIV infection', '2015-05-02'),
  problem('syphilis', 'Syphilis', '2019-03-03', '2019-06-01'),
  problem('pneumonia', 'Pneumonia', '2018-02-02', '2018-03-01'),
  drug('arv', 'dolutegravir 50 MG Oral Tablet', '2016-01-01', because('HIV infection')),
  drug('pen', 'penicillin G benzathine 600000 UNT/ML Prefilled Syringe', '2019-03-03', { status: 'completed', ...because('Syphilis') }),
  drug('azi', 'azithromycin 250 MG Oral Tablet', '2018-02-02', { status: 'completed', ...because('Pneumonia') }),
  drug('nitro', 'nitrofurantoin 100 MG Oral Capsule', '2019-04-01', because('Urinary tract infection')),
]);

describe('a drug for a problem', () => {
  test.each<[string, RegExp, RegExp]>([
    ['what drug for syphilis?', /penicillin G/i, /dolutegravir|nitrofurantoin|azithromycin/i],
    ['when was she treated for syphilis and with what dose?', /penicillin G/i, /dolutegravir|nitrofurantoin|azithromycin/i],
    ['how was her syphilis treated?', /penicillin G/i, /dolutegravir|nitrofurantoin|azithromycin/i],
    ['what drug for pneumonia?', /azithromycin/i, /dolutegravir|nitrofurantoin|penicillin/i],
    ['what is she on for HIV?', /dolutegravir/i, /nitrofurantoin|penicillin|azithromycin/i],
    ['what did she take for cellulitis?', /nitrofurantoin[\s\S]*by its class/i, /dolutegravir/i],
  ])('%s', async (text, says, never) => {
    const { said, notes, verdicts } = await converse(text);
    expect(`${said}\n${notes}`).toMatch(says);
    expect(`${said}\n${notes}`).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });
});
