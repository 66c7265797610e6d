import { describe, expect, test } from 'vitest';
import { chartOf, of, patient, terminology } from './chart/chart.fixture.ts';
import { CHART_TYPES } from './chart/chart.ts';
import { searchEvidence } from './chart/evidence.ts';
import { overview } from './chart/overview.ts';
import { createCharts } from './charts.ts';
import { type Chart, FACT_KINDS, REPORT_TEXTS, type RecordSnapshot, type RecordStore } from './contract.ts';
import { kindsHolding, missingNames, missingOf, missingParts, missingWords, readingOf, tellMissing, tellStale } from './missing.ts';

const WHY = '403 not permitted';
const lacking = (...types: readonly string[]): Chart => ({ ...chartOf(), gaps: types.map((type) => ({ type, why: WHY })) });
const names = (chart: Chart): readonly string[] => missingParts(chart).map(({ name }) => name);

describe('what a resource type may hold', () => {
  test('each type of which a chart is made has a name of its own and a kind, and each kind a type', () => {
    const parts = CHART_TYPES.flatMap((type) => missingParts(lacking(type)));
    expect(parts.map(({ type }) => type)).toEqual(CHART_TYPES);
    expect(parts.filter(({ kinds, name }) => kinds.length === 0 || /^[A-Z]/.test(name))).toEqual([]);
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
    expect(FACT_KINDS.filter((kind) => missingOf(parts, [kind]).length === 0)).toEqual([]);
  });

  test.each([
    ['a drug', { id: 'drug/x', kind: 'drug', name: 'x', synonyms: [] }, ['medication']],
    ['a laboratory test', { id: 'lab/x', kind: 'observation', name: 'x', synonyms: [] }, ['result']],
    ['a vital sign', { id: 'vital/x', kind: 'observation', name: 'x', synonyms: [] }, ['vital']],
    ['an operation', { id: 'procedure/x', kind: 'procedure', name: 'appendectomy', synonyms: [] }, ['procedure', 'report']],
    ['an image', { id: 'procedure/y', kind: 'procedure', name: 'y', synonyms: ['chest X-ray'] }, ['procedure', 'report', 'imaging']],
    ['an implant', { id: 'procedure/z', kind: 'procedure', name: 'pacemaker insertion', synonyms: [] }, ['procedure', 'report', 'device']],
    ['a part of the record', { id: 'section/allergies', kind: 'section', name: 'allergies', synonyms: [] }, ['allergy']],
  ] as const)('%s', (_, concept, kinds) => {
    expect(kindsHolding(concept)).toEqual(kinds);
  });

  test('claims tell of a payer only where no coverage does', () => {
    const covered = chartOf({ resourceType: 'Coverage', id: 'c', beneficiary: { reference: 'Patient/p' }, status: 'active' });
    const gaps = [{ type: 'Claim', why: WHY }];
    expect(missingParts({ ...covered, gaps })).toEqual([]);
    expect(names(lacking('Claim'))).toEqual(['insurance claims']);
  });

  test('of what the server gave a part only, some is missing', () => {
    const gaps = [{ type: 'Goal', why: 'the server counts 3 and gives 1' }];
    const chart = { ...chartOf(of('Goal', { lifecycleStatus: 'active', description: { text: 'walk' } })), gaps };
    expect(tellMissing(missingParts(chart))).toEqual([
      'Some goals could not be read from the FHIR server (the server counts 3 and gives 1): what is said here does not cover them.',
    ]);
  });

  test('what only tells names of persons and places holds no facts', () => {
    const parts = missingParts(lacking('Practitioner', 'Goal', 'Basic'));
    expect(missingOf(parts, ['goal']).map(({ type }) => type)).toEqual(['Goal']);
    expect(missingNames(parts).map(({ type }) => type)).toContain('Practitioner');
    expect(names(lacking('Basic'))).toEqual(['Basic resources']);
  });
});

describe('what is said of it', () => {
  const [allergies, visits, family] = missingParts(lacking('AllergyIntolerance', 'Encounter', 'FamilyMemberHistory'));

  test.each([
    [[allergies!], [], ['Allergies could not be read from the FHIR server (403 not permitted): what is said here does not cover them.']],
    [[family!], [], ['Family history could not be read from the FHIR server (403 not permitted): what is said here does not cover it.']],
    [
      [allergies!, { ...visits!, why: 'the server fails with 500' }],
      [],
      [
        'Allergies could not be read from the FHIR server (403 not permitted): what is said here does not cover them.',
        'Visits could not be read from the FHIR server (the server fails with 500): what is said here does not cover them.',
      ],
    ],
    [
      [allergies!],
      [allergies!, visits!],
      [
        'Allergies could not be read from the FHIR server (403 not permitted): what is said here does not cover them.',
        'Also not read from the FHIR server: visits (403 not permitted).',
      ],
    ],
    [[], [allergies!, visits!], ['Not read from the FHIR server: allergies and visits (403 not permitted).']],
    [[], [], []],
  ])('once, with its reason (%#)', (asked, others, said) => {
    expect(tellMissing(asked, others)).toEqual(said);
  });

  test('of a copy, as of when it was read', () => {
    expect(tellStale({ readAt: '2026-11-21T09:15:00.000Z' })).toEqual([]);
    expect(tellStale({ stale: 'HTTP 503', readAt: '2026-11-21T09:15:00.000Z' })).toEqual([
      'The FHIR server cannot be read now: this is the record as it was read on 21-Nov-2026 at 09:15 UTC; what was written since is not in it.',
    ]);
    const old = { ...chartOf(), readAt: '2026-11-19T09:15:00.000Z', stale: 'HTTP 503' };
    expect(searchEvidence(old, { kinds: ['goal'], concepts: [] }, [], 'goals').text).toContain('as of 19-Nov-2026');
  });

  test('in what a search found, and in an overview instead of “none recorded”', () => {
    const chart = lacking('AllergyIntolerance');
    expect(searchEvidence(chart, { kinds: ['allergy'], concepts: [] }, [], 'allergies').text).toMatch(
      /nothing found; not read from the FHIR server: allergies \(403 not permitted\)$/,
    );
    expect(searchEvidence(chart, { kinds: ['goal'], concepts: [] }, [], 'goals').text).toMatch(/nothing found$/);
    expect(overview(chart).find(({ key }) => key === 'allergies')?.empty).toBe(
      'Not read from the FHIR server: allergies (403 not permitted).',
    );
    expect(overview(chart).find(({ key }) => key === 'problems')?.empty).toBe('No active problem is recorded.');
  });

  test('a record of Rounds’ own has nothing of the kind', () => {
    expect([readingOf({ ...chartOf(), gaps: [] }), missingParts(chartOf())]).toEqual([undefined, []]);
  });
});

test('a chart knows how old each part is, also after the server has said that nothing has changed', async () => {
  const snapshot = (readAt: string): RecordSnapshot => ({
    resources: [patient, of('Goal', { lifecycleStatus: 'active', description: { text: 'walk' } })],
    gaps: [],
    readAt,
    readAtOf: { Patient: readAt, Goal: readAt },
  });
  let now = '2026-11-21T09:00:00.000Z';
  const store = { stamp: async () => 'same', everything: async () => snapshot(now) } as unknown as RecordStore;
  const charts = createCharts({ store, terminology });
  const first = await charts.open('p', now);
  expect(await charts.open('p', now)).toBe(first);
  now = '2026-11-21T09:05:00.000Z';
  const later = await charts.open('p', now);
  expect([first.readAtOf?.Goal, later.readAtOf?.Goal, later.readAt]).toEqual(['2026-11-21T09:00:00.000Z', now, now]);
  expect(later.facts).toBe(first.facts);
});

test('no parenthesis stands in another', () => {
  const why = 'the server answers in part only (suppressed)';
  const parts = missingParts({ gaps: [{ type: 'Goal', why }], counts: {}, unnamed: [] });
  expect(tellMissing(parts)).toEqual([
    'Goals could not be read from the FHIR server (the server answers in part only: suppressed): what is said here does not cover them.',
  ]);
});

test('what the unread text of a report may tell of is not denied', () => {
  const parts = missingParts({ gaps: [{ type: REPORT_TEXTS, why: 'a PDF', count: 1 }], counts: {}, unnamed: [] });
  expect(missingWords(parts, ['problem'])).toEqual(parts);
  expect(missingWords(parts, ['allergy'])).toEqual([]);
  expect(tellMissing(parts)).toEqual([
    '1 report text could not be read from the FHIR server (a PDF): what is said here does not cover it.',
  ]);
});
