/** Common ways of asking that were read halfway: a disease by whose name its vaccine is called, a night in hospital, whether a problem is over. */
import { describe, expect, test } from 'vitest';
import { active, asked, coded, entry, loinc } from './foreign-records.fixture.ts';

const SNOMED = 'http://snomed.info/sct';

describe('a disease whose name its vaccine bears too', () => {
  const shot = entry('Immunization', {
    status: 'completed',
    vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '187', 'zoster recombinant'),
    occurrenceDateTime: '2025-01-05',
  });
  test.each([
    ['did she ever catch covid?', /^not-recorded \| No COVID-19 diagnosis is recorded/],
    ['has she had chickenpox or the mumps?', /No chickenpox diagnosis is recorded.*No mumps diagnosis is recorded/],
    ['any history of tuberculosis?', /^not-recorded \| No tuberculosis diagnosis is recorded/],
    ['when did she have whooping cough?', /^not-recorded \| No pertussis diagnosis is recorded/],
    ['when was her last episode of shingles?', /^not-recorded \| No shingles diagnosis is recorded/],
    ['does she have HIV?', /^not-recorded \| No HIV infection is recorded/],
  ])('%s', async (question, says) => {
    expect(await asked(question, shot)).toMatch(says);
  });
  test('the vaccine itself is still found', async () => {
    expect(await asked('did she get her shingles shot?', shot)).toMatch(/zoster[^|]*was given on 05-Jan-2025/i);
  });
});

describe('nights in hospital', () => {
  const stay = (start: string, end: string) =>
    entry('Encounter', { status: 'finished', class: { code: 'IMP', display: 'inpatient encounter' }, period: { start, end } });
  const week = stay('2024-05-01', '2024-05-06');
  const day = stay('2025-03-03T08:00:00Z', '2025-03-03T17:00:00Z');
  test.each([
    ['has she been in hospital overnight?', [week], /^answered \| Yes: .*01-May-2024 to 06-May-2024(?!.*Not taken)/],
    ['was this lady ever an inpatient overnight?', [week], /^answered \| Yes: .*01-May-2024/],
    ['was she kept in overnight as an inpatient?', [week], /^answered \| Yes: .*01-May-2024/],
    ['how many overnight admissions has she had?', [week, day], /^answered \| [^|]*01-May-2024 to 06-May-2024(?!.*03-Mar-2025)/],
    ['was she ever admitted overnight?', [day], /^answered \| (?!Yes).*03-Mar-2025.*Not taken into account: “overnight”/],
    ['did she stay overnight in the hospital?', [], /^not-recorded \| No hospital admissions are recorded/],
  ])('%s', async (question, stays, says) => {
    expect(await asked(question, ...stays)).toMatch(says);
  });
});

describe('whether a problem is over', () => {
  const gout = entry('Condition', { clinicalStatus: active, code: coded(SNOMED, '90560007', 'Gout'), onsetDateTime: '2020-02-02' });
  // A symptom for which somebody was seen is no diagnosis of the disease that may cause it.
  const burning = entry('Encounter', {
    status: 'finished',
    class: { code: 'AMB' },
    period: { start: '2025-06-06T09:00:00Z', end: '2025-06-06T09:30:00Z' },
    reasonCode: [{ text: 'Heartburn at night' }],
  });
  const reflux = entry('Condition', { clinicalStatus: active, code: { text: 'Acid reflux' }, onsetDateTime: '2023-01-01' });
  const note = entry('DocumentReference', {
    status: 'current',
    type: { text: 'Progress note' },
    date: '2024-04-04T10:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data: btoa('Gout is quiet on allopurinol.') } }],
  });
  test.each([
    ['has her gout cleared up?', [gout, note], /^answered \| Gout is active since 02-Feb-2020(?!.*Not taken)/],
    ['is her gout in remission?', [gout], /Gout is active since 02-Feb-2020(?!.*Not taken)/],
    ['did her acid reflux go away?', [burning], /^not-recorded \| No gastroesophageal reflux disease is recorded/],
    ['has she had heartburn?', [burning], /heartburn/i],
    ['has she had heartburn?', [reflux], /^answered \| Yes.*[Rr]eflux/],
    ['has her gout resolved?', [note], /no entry of its own for gout(?!.*Not taken)/],
  ])('%s', async (question, entries, says) => {
    expect(await asked(question, ...entries)).toMatch(says);
  });
});

describe('a course of which some values are limits or words', () => {
  const CRP = '1988-5';
  let day = 0;
  const result = (code: string, name: string, date: string, value: Record<string, unknown>) =>
    entry('Observation', { status: 'final', code: loinc(code, name), effectiveDateTime: `${date}T08:00:0${day++ % 10}Z`, ...value });
  const copies = (date: string, value: number, comparator?: string) =>
    result('11011-4', 'Hepatitis C viral load', date, {
      valueQuantity: { value, unit: 'IU/mL', code: '[IU]/mL', system: 'http://unitsofmeasure.org', ...(comparator ? { comparator } : {}) },
    });
  const none = (date: string) => result('11011-4', 'Hepatitis C viral load', date, { valueString: 'Not detected' });
  const crp = (date: string, value: number, comparator?: string) =>
    result(CRP, 'C-reactive protein', date, {
      valueQuantity: { value, unit: 'mg/L', code: 'mg/L', system: 'http://unitsofmeasure.org', ...(comparator ? { comparator } : {}) },
    });
  const cured = [copies('2024-01-10', 910000), copies('2024-03-10', 340), copies('2024-05-10', 15, '<'), copies('2024-08-10', 15, '<')];
  test.each([
    [
      'how has her viral load progressed?',
      cured,
      /fell from 910000 IU\/mL on 10-Jan-2024 to <15 IU\/mL on 10-Aug-2024.*was <15 IU\/mL in 2 of 4 values/,
    ],
    [
      'how has her viral load developed?',
      [...cured, none('2025-01-10')],
      /The first [^|]* is 910000 IU\/mL.*The latest [^|]* is Not detected on 10-Jan-2025/,
    ],
    ['show the trend of her viral load', [...cured, none('2025-01-10')], /^(?!.*fell from).*Not detected on 10-Jan-2025/],
    ['how did her viral load change?', [...cured, none('2025-01-10')], /Newer and no number: Not detected on 10-Jan-2025/],
    ['has her viral load gone down?', [...cured, none('2025-01-10')], /^answered \| (?!Yes|No:).*Not detected on 10-Jan-2025/],
    [
      'what is the CRP trend?',
      [crp('2024-01-01', 5, '<'), crp('2024-02-01', 88), crp('2024-03-01', 3, '<')],
      /^(?!.*(?:fell|rose) from).*The first C-reactive protein is <5 mg\/L.*The latest C-reactive protein is <3 mg\/L/,
    ],
    [
      'what is the CRP trend?',
      [crp('2024-01-01', 5, '<'), crp('2024-02-01', 88), crp('2024-03-01', 120)],
      /rose from <5 mg\/L on 01-Jan-2024 to 120 mg\/L on 01-Mar-2024/,
    ],
    [
      'what is the CRP trend?',
      [crp('2024-01-01', 5, '<'), crp('2024-02-01', 4)],
      /^(?!.*(?:fell|rose) from).*latest C-reactive protein is 4 mg\/L/,
    ],
    ['what is the viral load of CMV?', cured, /^(?!.*Hepatitis C)(?!.*910000)/i],
    ['her CMV viral load?', cured, /^(?!.*910000)/i],
  ])('%s', async (question, entries, says) => {
    expect(await asked(question, ...entries)).toMatch(says);
  });
});
