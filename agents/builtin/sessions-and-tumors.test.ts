import { describe, expect, test } from 'vitest';
import { conversations, done, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };

const appointment = (id: string, status: string, specialty: string, description: string, start: string) => ({
  resourceType: 'Appointment',
  id,
  status,
  specialty: [{ text: specialty }],
  description,
  reasonCode: [{ text: description }],
  start,
  participant: [{ actor: subject, status: 'accepted' }],
});

const marker = (id: string, display: string, value: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { text: display },
  effectiveDateTime: '2024-09-06',
  valueCodeableConcept: { text: value },
});

const converse = conversations([
  person,
  done('hd-1', 'Hemodialysis', '2026-03-02'),
  done('hd-2', 'Hemodialysis', '2026-03-06'),
  appointment('hd-missed-1', 'noshow', 'Nephrology', 'Hemodialysis', '2026-03-04T08:00:00Z'),
  appointment('hd-missed-2', 'noshow', 'Nephrology', 'Hemodialysis', '2026-03-09T08:00:00Z'),
  done('mri', 'MRI of brain', '2025-01-01'),
  appointment('kidney', 'fulfilled', 'Nephrology', 'Kidney disease', '2026-06-22T08:00:00Z'),
  seen('kidney-visit', 'Specialist visit', '2026-06-22'),
  problem('brittle', 'Osteoporosis', '2018-07-09'),
  problem('broken', 'Osteoporosis with vertebral fracture', '2020-07-09', '2022-07-09'),
  problem('falls', 'Repeated falls', '2026-07-09'),
  seen('fall-1', 'Emergency department visit', '2026-01-21', { reasonCode: [{ text: 'Fall at home' }] }),
  seen('fall-2', 'Urgent visit', '2026-07-09', { reasonCode: [{ text: 'Fall on getting out of bed' }] }),
  marker('er', 'Estrogen receptor status', 'Positive'),
  marker('pr', 'Progesterone receptor status', 'Negative'),
  marker('her2', 'HER2 status', 'Negative'),
]);

describe('sessions that were missed, visits by their specialty, falls that nobody counted, receptors of a tumor', () => {
  test.each<[string, RegExp, RegExp?]>([
    [
      'how many dialysis sessions has she missed?',
      /missed; 09-Mar-2026.*\n.*missed; 04-Mar-2026[\s\S]*missed or cancelled appointments for dialysis: 2/i,
    ],
    ['did she miss dialysis?', /missed; 09-Mar-2026/, /06-Mar-2026/],
    ['did she miss an MRI?', /MRI of brain/i, /No longer|missed;/i],
    ['when did she last see nephrology?', /22-Jun-2026/],
    ['how many falls in the last year?', /Repeated falls[\s\S]*Fall on getting out of bed[\s\S]*Fall at home/i, /once|1 fall/i],
    [
      'ER PR HER2 status?',
      /estrogen receptor status is Positive.*\n.*progesterone receptor status is Negative.*\n.*HER2 status is Negative/i,
    ],
    ['hormone receptor status', /estrogen receptor status is Positive.*\n.*progesterone receptor status is Negative/i, /HER2/],
    ['is it PR positive?', /progesterone receptor status: Negative/i, /Yes/],
    ['status of osteoporosis', /^Osteoporosis.* active/i],
    ['last ER visit', /21-Jan-2026/, /receptor/],
  ])('%s', async (question, says, never) => {
    const { said, notes, verdicts } = await converse(question);
    expect(`${said}\n${notes}`).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });
});
