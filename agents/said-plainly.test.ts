/** Common ways of asking that were read halfway: a disease by whose name its vaccine is called, a night in hospital, whether a problem is over. */
import { describe, expect, test } from 'vitest';
import { active, asked, coded, entry } from './foreign-records.fixture.ts';

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
  const note = entry('DocumentReference', {
    status: 'current',
    type: { text: 'Progress note' },
    date: '2024-04-04T10:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data: btoa('Gout is quiet on allopurinol.') } }],
  });
  test.each([
    ['has her gout cleared up?', [gout, note], /^answered \| Gout is active since 02-Feb-2020(?!.*Not taken)/],
    ['is her gout in remission?', [gout], /Gout is active since 02-Feb-2020(?!.*Not taken)/],
    ['has her gout resolved?', [note], /no entry of its own for gout(?!.*Not taken)/],
  ])('%s', async (question, entries, says) => {
    expect(await asked(question, ...entries)).toMatch(says);
  });
});
