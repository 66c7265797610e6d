import { describe, expect, test } from 'vitest';
import { conversations, done, drug, person, problem } from './conversation.fixture.ts';

const allergy = (id: string, display: string, onset: string, recorded: string) => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: { reference: 'Patient/p1' },
  code: { text: display },
  clinicalStatus: { coding: [{ code: 'active' }] },
  onsetDateTime: onset,
  recordedDate: recorded,
});

const letter = (id: string, title: string, date: string, words: string) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: { reference: 'Patient/p1' },
  type: { text: 'Consult note' },
  description: title,
  date,
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(words).toString('base64') } }],
});

describe('a time told by when something was written down', () => {
  const converse = conversations([
    person,
    allergy('sulfa', 'Sulfamethoxazole', '1990', '2014-03-01'),
    allergy('latex', 'Latex', '2001', '2016-06-01'),
    problem('gout', 'Gout', '2012-02-02'),
    drug('ibuprofen', 'ibuprofen 400 MG Oral Tablet', '2015-05-05', { status: 'completed' }),
    drug('doxycycline', 'doxycycline 100 MG Oral Tablet', '2012-09-09', { status: 'completed' }),
    drug('cefalexin', 'cephalexin 500 MG Oral Capsule', '2018-08-08', { status: 'completed' }),
  ]);
  test.each<[string, RegExp, RegExp?]>([
    ['has she had any ibuprofen since the latex allergy was recorded?', /^No ibuprofen since 01-Jun-2016 is recorded/, /^Yes/],
    ['was ibuprofen ever given after the sulfamethoxazole allergy was entered?', /^Yes, past: Ibuprofen/],
    ['did she get an antibiotic after her allergy to sulfamethoxazole was documented?', /^Yes, past: Cephalexin/, /Doxycycline/],
    ['any antibiotics before the sulfamethoxazole allergy was charted?', /Doxycycline/, /Cephalexin/],
    ['had she had doxycycline since the sulfamethoxazole allergy was put on her chart?', /^No doxycycline since 01-Mar-2014/, /^Yes/],
  ])('%s', async (question, says, never) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });
});

describe('an entry of its own before what a letter says', () => {
  const converse = conversations([
    person,
    problem('leak', 'Perilymphatic zorbitis', '2019-04-04', '2019-05-05'),
    letter('note', 'After zorbitis', '2020-07-07', 'She came after her zorbitis and is well.'),
    done('splint', 'Quillar flexotomy', '2018-03-03'),
    letter('note-2', 'Flexotomy check', '2021-01-01', 'Healed after the flexotomy.'),
  ]);
  test.each<[string, RegExp]>([
    ['when did she have zorbitis?', /^Perilymphatic zorbitis .*04-Apr-2019/],
    ['has she ever had zorbitis', /^Yes, past: Perilymphatic zorbitis/],
    ['when was the flexotomy', /^Quillar flexotomy .*03-Mar-2018/],
  ])('%s', async (question, says) => {
    expect((await converse(question)).said).toMatch(says);
  });
});
