import { describe, expect, test } from 'vitest';
import { conversations, done, drug, person, problem, seen } from './conversation.fixture.ts';

const because = (text: string) => ({ reasonCode: [{ text }] });

const converse = conversations([
  person,
  problem('copd', 'Chronic obstructive pulmonary disease', '2018-01-01'),
  problem('tonsils', 'Streptococcal sore throat', '2019-03-01', '2019-03-12'),
  problem('bang', 'Concussion with loss of consciousness', '2016-05-01', '2016-06-01'),
  problem('cut', 'Laceration of hand', '2020-07-04', '2020-08-01'),
  {
    ...problem('psoriasis', 'Psoriasis', '2004-01-01'),
    clinicalStatus: { coding: [{ code: 'inactive' }] },
  },
  done('tdap', 'Vaccination for diphtheria, pertussis, and tetanus', '2022-02-02'),
  done('antitoxin', 'Injection of tetanus antitoxin', '2020-07-04'),
  done('hbsag', 'Hepatitis B surface antigen measurement', '2021-03-01'),
  {
    resourceType: 'Immunization',
    id: 'td',
    status: 'completed',
    patient: { reference: 'Patient/p1' },
    vaccineCode: { text: 'Td (adult)' },
    occurrenceDateTime: '2012-12-21',
  },
  seen('worse', 'Emergency room admission', '2026-03-03', because('Acute exacerbation of COPD')),
  drug('steroid', 'prednisone 20 MG Oral Tablet', '2026-03-03', { status: 'completed', ...because('Acute exacerbation of COPD') }),
  drug('penicillin', 'penicillin V 500 MG Oral Tablet', '2019-03-01', { status: 'completed', ...because('Streptococcal sore throat') }),
  drug('bupropion', 'bupropion 150 MG Oral Tablet', '2023-01-01', { status: 'stopped', statusReason: { text: 'Vivid dreams' } }),
  {
    resourceType: 'Observation',
    id: 'job',
    status: 'final',
    subject: { reference: 'Patient/p1' },
    category: [{ coding: [{ code: 'social-history' }] }],
    code: { text: 'Work' },
    effectiveDateTime: '2025-05-05',
    valueString: 'Drives a forklift at night',
  },
]);

describe('what stands in another part of the record than its own', () => {
  test.each([
    // A vaccination may be recorded as something done.
    ['latest tetanus vaccine', /diphtheria, pertussis, and tetanus .*02-Feb-2022/],
    ['tetanus jab in 2022', /diphtheria, pertussis, and tetanus .*02-Feb-2022/],
    ['was tetanus cover given after the hand laceration', /tetanus antitoxin was done on 04-Jul-2020/],
    // An event that only a visit and a drug name.
    ['number of COPD exacerbations in 2026', /(?=[\s\S]*Emergency)(?=[\s\S]*Prednisone)/],
    ['exacerbations this year', /(?=[\s\S]*Emergency)(?=[\s\S]*Prednisone)/],
    // Words of a reason or an answer.
    ['did he have vivid dreams', /Bupropion.*Vivid dreams/i],
    ['does she drive a forklift', /forklift/],
    // What was given for an illness that is over.
    ['strep throat meds', /Penicillin.*completed/],
    // Lay words.
    ['when was the last sore throat', /sore throat .*Mar-2019/],
    ['ever blacked out?', /Concussion with loss of consciousness/],
  ])('%s', async (question, says) => {
    const answer = await converse(question.replace(' he ', ' she '));
    expect(answer.said).toMatch(says);
    expect(answer.said).not.toMatch(/^No .*recorded/m);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test('an antitoxin is no vaccine in a count', async () =>
    expect((await converse('how many tetanus vaccinations')).said).not.toMatch(/antitoxin/));

  test.each(['hepatitis B vaccine?', 'how many hepatitis A shots'])(
    'an antigen that was measured is no vaccination: %s',
    async (question) => expect((await converse(question)).said).toMatch(/^No hepatitis [AB] vaccine is recorded/),
  );

  test('an onset does not read as the day of becoming inactive', async () =>
    expect((await converse('psoriasis status')).said).toMatch(/inactive, onset 01-Jan-2004/));

  test('a concussion with loss of consciousness is none without', async () =>
    expect((await converse('any concussion without loss of consciousness')).said).toMatch(/^No concussion without/));
});
