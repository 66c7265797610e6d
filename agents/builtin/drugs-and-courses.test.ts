import { describe, expect, test } from 'vitest';
import { conversations, done, drug, person, problem } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const text = (display: string) => ({ text: display });
const stopped = (id: string, display: string, ordered: string, reason?: string) =>
  drug(id, display, ordered, { status: 'stopped', ...(reason ? { statusReason: text(reason) } : {}) });

const appointment = (id: string, status: string, description: string, start: string) => ({
  resourceType: 'Appointment',
  id,
  status,
  description,
  reasonCode: [text(description)],
  start,
  participant: [{ actor: subject, status: 'accepted' }],
});

const gene = (id: string, studied: string, found: string, date: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code: '69548-6', display: 'Genetic variant assessment' }], text: `${studied} variant` },
  effectiveDateTime: date,
  valueCodeableConcept: text(found),
  component: [
    {
      code: { coding: [{ system: 'http://loinc.org', code: '48018-6', display: 'Gene studied [ID]' }] },
      valueCodeableConcept: text(studied),
    },
  ],
});

const DIALYSIS = ['2022-06-24', '2022-08-15', '2022-10-31', '2026-10-12', '2026-11-02', '2026-11-16', '2026-11-19'];

const converse = conversations([
  person,
  stopped('p10', 'paroxetine 10 MG Oral Tablet', '2020-12-10'),
  stopped('p20', 'paroxetine 20 MG Oral Tablet', '2020-11-23', 'Nausea'),
  stopped('c20', 'citalopram 20 MG Oral Tablet', '2021-01-07'),
  stopped('c40', 'citalopram 40 MG Oral Tablet', '2024-01-03', 'No response'),
  stopped('s50', 'sertraline 50 MG Oral Tablet', '2024-04-04'),
  drug('s100', 'sertraline 100 MG Oral Tablet', '2024-04-26'),
  ...DIALYSIS.map((day) => done(`hd-${day}`, 'Hemodialysis', day)),
  problem('dependence', 'Dependence on dialysis', '2026-10-10'),
  appointment('hd-missed-1', 'noshow', 'Hemodialysis', '2026-10-26T08:00:00Z'),
  appointment('hd-missed-2', 'noshow', 'Hemodialysis', '2026-11-09T08:00:00Z'),
  appointment('labor', 'booked', 'Induction of labor', '2026-12-11T08:00:00Z'),
  gene('b1', 'BRCA1', 'Absent', '2024-10-14'),
  gene('b2', 'BRCA2', 'Present', '2023-10-14'),
  gene('pik', 'PIK3CA', 'Present', '2024-10-14'),
  { ...done('breast', 'Lumpectomy of breast', '2024-09-28'), outcome: text('Tumor of 16 mm removed, margins clear') },
  { ...done('scope', 'Colonoscopy', '2023-09-28'), outcome: text('Two polyps of 6 to 9 mm removed') },
]);

describe('drugs of a class, courses of sessions, genes and sizes', () => {
  test.each<[string, RegExp, RegExp?]>([
    ['how many antidepressants has she tried?', /^3 antidepressants were recorded: citalopram, paroxetine and sertraline\./, /6 /],
    ['how many antidepressants has she been prescribed?', /^3 antidepressants/],
    ['how many antidepressants does she take?', /^1 active antidepressant is recorded: sertraline\./],
    ['how many antidepressant prescriptions has she had?', /^6 antidepressant orders are recorded\./],
    ['how many times was an antidepressant prescribed?', /^6 antidepressant orders are recorded\./],
    ['how many times was paroxetine prescribed?', /^2 paroxetine orders are recorded\./],
    ['how many drugs has she ever taken?', /^3 medications were recorded\./],
    [
      'how long has she been on dialysis?',
      /^Hemodialysis has been done for 40 days, since 12-Oct-2026\.\nDependence on dialysis is active/,
      /for 0 days|2022/,
    ],
    ['since when is she on dialysis?', /since 12-Oct-2026\./, /2022/],
    ['when was dialysis started?', /since 12-Oct-2026\./, /2022/],
    ['when was her last dialysis?', /19-Nov-2026/],
    ['when did she last miss dialysis?', /missed; 09-Nov-2026/, /19-Nov-2026|26-Oct-2026/],
    ['last missed dialysis?', /missed; 09-Nov-2026/, /19-Nov-2026/],
    ['did she miss dialysis recently?', /missed; 09-Nov-2026/, /19-Nov-2026/],
    ['when is the induction?', /planned; 11-Dec-2026/],
    ['when will she be induced?', /planned; 11-Dec-2026/],
    ['BRCA result?', /BRCA1 variant is Absent.*\n.*BRCA2 variant is Present/],
    ['BRCA1/2?', /BRCA1 variant is Absent.*\n.*BRCA2 variant is Present/],
    ['is she BRCA positive?', /BRCA1 variant: Absent|BRCA2 variant: Present/, /^(?:Yes|No)\b/],
    ['does she have a BRCA1 variant?', /^No: BRCA1 variant: Absent/],
    ['does she have a BRCA2 variant?', /^Yes: BRCA2 variant: Present/],
    ['PIK3CA?', /PIK3CA variant is Present/],
    ['what was the size of the tumor?', /tumor of 16 mm removed/, /No tumor|polyps/],
    ['how big was the tumor?', /tumor of 16 mm removed/],
    ['how big were the polyps?', /polyps of 6 to 9 mm/, /tumor/],
  ])('%s', async (question, says, never) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
    expect(verdicts).toEqual(['supported']);
  });

  test('what was taken before the drug that is taken now', async () => {
    const since = await converse('what antidepressant is she on?', 'since when?');
    expect(since.said).toMatch(/sertraline 50 mg.*04-Apr-2024/i);
    expect(since.said).not.toMatch(/paroxetine/i);
    const before = await converse('what antidepressant is she on?', 'since when?', 'what did she take before that?');
    expect(before.said).toMatch(/Citalopram 40 mg.*\n[\s\S]*Paroxetine/i);
    expect(before.said).not.toMatch(/No antidepressant/);
  });
});
