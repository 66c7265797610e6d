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

describe('what was put in is weighed against its removal', () => {
  const worn = (id: string, name: string, from: string, to?: string) => ({
    resourceType: 'DeviceUseStatement',
    id,
    status: to ? 'completed' : 'active',
    subject: { reference: 'Patient/p1' },
    timingPeriod: { start: from, ...(to ? { end: to } : {}) },
    device: { display: name },
  });
  const stopped = (end: string) => ({
    status: 'stopped',
    dosageInstruction: [{ text: '1 device', timing: { repeat: { boundsPeriod: { end } } } }],
  });
  test.each<[string, string, readonly Parameters<typeof conversations>[0][number][], RegExp, RegExp?]>([
    [
      'does she still have a contraceptive implant?',
      'removed later',
      [
        done('in', 'Insertion of subcutaneous contraceptive', '2019-01-01'),
        done('out', 'Removal of subcutaneous contraceptive', '2022-02-02'),
      ],
      /^No longer: Removal of subcutaneous contraceptive .*02-Feb-2022/,
      /Yes/,
    ],
    [
      'is there an IUD in situ?',
      'renewed after a removal',
      [
        done('in', 'Insertion of intrauterine contraceptive device', '2014-01-01'),
        done('out', 'Removal of intrauterine device', '2019-02-02'),
        done('again', 'Replacement of intrauterine contraceptive device', '2019-03-03'),
        drug('lng', 'levonorgestrel 0.000833 MG/HR Intrauterine System', '2019-03-03'),
      ],
      /^Yes: Levonorgestrel[\s\S]*Replacement/,
      /No longer|Removal/,
    ],
    [
      'does she have an IUD?',
      'its order stopped, and no removal recorded',
      [
        done('in', 'Insertion of intrauterine contraceptive device', '2014-01-01'),
        drug('lng', 'levonorgestrel 0.000833 MG/HR Intrauterine System', '2014-01-01', stopped('2020-05-05')),
      ],
      /^Levonorgestrel[\s\S]*Insertion[\s\S]*ended on 05-May-2020; no removal is recorded since/,
      /^(?:Yes|No)/,
    ],
    [
      'does she still have the urinary catheter?',
      'a check is no removal and no new catheter',
      [
        done('in', 'Insertion of urethral catheter', '2024-03-01'),
        done('out', 'Removal of urethral catheter', '2024-03-09'),
        done('check', 'Urinary catheter care education', '2024-03-20'),
      ],
      /^No longer: Removal of urethral catheter/,
    ],
    [
      'has she got a port?',
      'nothing says that it came out',
      [done('in', 'Placement of venous access port', '2023-03-01')],
      /^Placement of venous access port[\s\S]*No removal is recorded; whether it is still in place the record does not say/,
      /^(?:Yes|No)/,
    ],
    [
      'is the plaster cast still on?',
      'taken off',
      [done('in', 'Application of cast', '2025-01-01'), done('out', 'Removal of cast', '2025-02-02')],
      /^No longer: Removal of cast/,
    ],
    [
      'does he have a pacemaker?',
      'stays for good',
      [done('in', 'Implantation of cardiac pacemaker', '2015-01-01')],
      /^Yes: Implantation of cardiac pacemaker/,
    ],
    ['is she on an insulin pump?', 'ended', [worn('pump', 'Insulin pump', '2019-01-01', '2023-01-01')], /^No longer: Insulin pump/],
    [
      'has she ever had an IUD?',
      'another question',
      [
        done('in', 'Insertion of intrauterine contraceptive device', '2014-01-01'),
        done('out', 'Removal of intrauterine device', '2019-02-02'),
      ],
      /^Yes: Insertion/,
    ],
  ])('%s (%s)', async (question, _, resources, says, never) => {
    const { said, notes, verdicts } = await conversations([person, ...resources])(question);
    expect(`${said}\n${notes}`).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });
});
