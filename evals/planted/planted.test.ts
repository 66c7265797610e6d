import { describe, expect, it } from 'vitest';
import type { RawPatient, RawResource } from '../contract.ts';
import suite from '../planted.eval.ts';
import type { Problem } from '../record/reading.ts';
import { plantedCases } from './cases.ts';
import { alsoOfName, trueDoses, wrongGravity, wrongSide } from './said-elsewhere.ts';
import { dateForms, fillIn, wrongDay } from './truth.ts';

const NOW = '2024-06-15T09:00:00Z';
const quantity = (id: string, code: string, display: string, date: string, value: number, unit: string): RawResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
  effectiveDateTime: date,
  valueQuantity: { value, unit },
});
const drug = (id: string, display: string, status: string, date: string): RawResource => ({
  resourceType: 'MedicationRequest',
  id,
  status,
  intent: 'order',
  medicationCodeableConcept: { text: display },
  authoredOn: date,
});
const problem = (id: string, display: string, status: string, date: string): RawResource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: status }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text: display },
  onsetDateTime: date,
});
const resources: readonly RawResource[] = [
  quantity('a1', '4548-4', 'Hemoglobin A1c', '2022-03-01', 7.4, '%'),
  quantity('a2', '4548-4', 'Hemoglobin A1c', '2023-03-03', 6.5, '%'),
  quantity('a3', '4548-4', 'Hemoglobin A1c', '2024-03-05', 6.9, '%'),
  quantity('w1', '29463-7', 'Body weight', '2024-03-05', 81.2, 'kg'),
  drug('m1', 'Simvastatin 20 MG Oral Tablet', 'active', '2020-02-02'),
  drug('m2', 'Ibuprofen 200 MG Oral Tablet', 'stopped', '2019-02-02'),
  problem('c1', 'Hypertension', 'active', '2015-05-05'),
  problem('c2', 'Fracture of left wrist', 'resolved', '2018-05-05'),
  {
    ...drug('m3', 'Metformin hydrochloride 500 MG Oral Tablet', 'active', '2021-03-01'),
    dosageInstruction: [
      { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity: { value: 1 } }] },
    ],
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'al1',
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text: 'Penicillin' },
    reaction: [{ manifestation: [{ text: 'Hives' }] }],
  },
  {
    ...quantity('k1', '2823-3', 'Potassium', '2024-03-05', 5.9, 'mmol/L'),
    referenceRange: [{ low: { value: 3.5 }, high: { value: 5.1 } }],
  },
  {
    resourceType: 'FamilyMemberHistory',
    id: 'f1',
    status: 'completed',
    relationship: { text: 'mother' },
    condition: [{ code: { text: 'Breast cancer' } }],
  },
];
const patient: RawPatient = {
  id: 'p1',
  file: 'p1.json',
  patient: { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ada'] }], gender: 'female', birthDate: '1960-01-31' },
  resources,
  resolve: () => undefined,
};
const quota = { errors: 500, reworded: 150, trues: 60, notes: 20 };

describe('plantedCases', () => {
  const cases = plantedCases([patient], NOW, 1, quota);

  it('draws what was asked for, each once, with every place filled', () => {
    expect(cases.filter((c) => c.what === 'error' && c.target === undefined)).toHaveLength(500);
    expect(cases.filter((c) => c.what === 'reworded')).toHaveLength(150);
    expect(new Set(cases.map((c) => c.id)).size).toBe(cases.length);
    for (const c of cases) expect(c.text).not.toMatch(/[{}\0]|undefined|NaN/);
  });
  it('hides errors in notes of true sentences', () => {
    const notes = cases.filter((c) => c.target !== undefined);
    expect(notes.length).toBeGreaterThan(10);
    for (const note of notes) expect(note.text).toContain(note.target);
  });
  it('is the same again for the same seed and another for another', () => {
    expect(plantedCases([patient], NOW, 1, quota)).toEqual(cases);
    expect(plantedCases([patient], NOW, 2, quota)).not.toEqual(cases);
  });
  it('never plants what is true', () => {
    const trues = new Set(
      plantedCases([patient], NOW, 1, { errors: 1, reworded: 2000, trues: 2000, notes: 0 })
        .filter((c) => c.what !== 'error')
        .map((c) => c.text),
    );
    for (const c of plantedCases([patient], NOW, 1, { errors: 3000, reworded: 1, trues: 1, notes: 0 }).filter((e) => e.what === 'error'))
      expect(trues.has(c.text), c.text).toBe(false);
  });
  it('plants every kind that the record has room for', () => {
    const kinds = new Set(cases.filter((c) => c.what === 'error').map((c) => c.kind));
    for (const kind of [
      'number',
      'unit',
      'date',
      'drug',
      'dose',
      'negation',
      'status',
      'trend',
      'patient',
      'count',
      'comparison',
      'onset',
      'entity',
      'stale',
      'extreme',
      'sex',
      'compound',
    ])
      expect(kinds, kind).toContain(kind);
  });
});

describe('the planted suite', () => {
  const run = (verdict: (text: string) => 'supported' | 'contradicted') =>
    suite.run({
      rounds: {
        ask: () => Promise.reject(new Error('not asked')),
        verify: ({ id = '', text }) => Promise.resolve({ id, claims: [{ text, verdict: verdict(text), checks: [], citations: [] }] }),
      },
      patients: [patient],
      files: [],
      now: NOW,
      seed: 1,
      limit: 400,
      progress: () => undefined,
    });

  it('scores one who believes everything and one who believes nothing', async () => {
    const credulous = await run(() => 'supported');
    expect(credulous.metrics.caught).toMatchObject({ hits: 0 });
    expect(credulous.metrics.falselyRejected).toMatchObject({ hits: 0 });
    expect(credulous.failures.length).toBe(credulous.metrics.errors);
    const sceptic = await run(() => 'contradicted');
    const { hits, of } = sceptic.metrics.caught as { hits: number; of: number };
    expect(hits).toBe(of);
    expect(sceptic.failures.length).toBe(sceptic.metrics.harmless);
  });
});

describe('the parts of sentences', () => {
  it('fills places, articles, numbers and capitals', () => {
    expect(fillIn('{X} {was} high.', { x: 'triglycerides' })).toBe('Triglycerides were high.');
    expect(fillIn('{S} had {ax} of {vu}.', { S: 'She', x: 'LDL', vu: '100 mg/dL' })).toBe('She had an LDL of 100 mg/dL.');
    expect(fillIn('{Ax} was low.', { x: 'eGFR' })).toBe('An eGFR was low.');
    expect(fillIn('{x} on {d}', { x: 'eGFR' })).toBeUndefined();
  });
  it('writes dates and picks wrong ones', () => {
    expect(dateForms('2020-03-02')).toContain('the 2nd of March 2020');
    const choices = {
      next: () => 0.4,
      pick: <T>(list: readonly T[]) => list[0] as T,
      some: <T>(list: readonly T[], n: number) => list.slice(0, n),
    };
    expect(wrongDay('2020-03-02', ['2019-01-01', '2020-03-02'], new Set(['2019-01-01']), NOW, choices)).toBe('2020-03-03');
  });
});

describe('what an entry says beside its name', () => {
  const choices = {
    next: () => 0,
    pick: <T>(list: readonly T[]) => list[0] as T,
    some: <T>(list: readonly T[], n: number) => list.slice(0, n),
  };
  const others = (display: string): Problem[] => [
    { id: 'Condition/x', codes: [], displays: [display], state: 'active', listed: true, beside: [] },
  ];

  it.each([
    ['no side', ['Replacement of knee'], [], 'left'],
    ['a body site', ['Replacement of knee'], ['Left knee'], 'right'],
    ['the other', ['Replacement of knee'], ['Right knee joint structure'], 'left'],
    ['both', ['Replacement of knee'], ['Left knee', 'Right knee'], undefined],
    ['its own name', ['Replacement of left knee'], [], undefined],
  ])('plants no side that the record states: %s', (_, displays, beside, side) => {
    expect(wrongSide(displays, beside, ['left', 'right'], choices)).toBe(side);
  });
  it.each([
    ['nothing', [], 'severe'],
    ['severe', ['Severe'], 'mild'],
    ['mild', ['Mild (qualifier value)'], 'severe'],
    ['a stage', ['Stage 5', 'Severe', 'Mild'], undefined],
  ])('plants no degree that the record states: %s', (_, beside, degree) => {
    expect(wrongGravity(['Asthma'], beside, choices)).toBe(degree);
  });
  it.each([
    ['2 tablets at night', 500, 1000],
    ['one or two capsules as needed', 25, 50],
    ['half a tablet daily', 80, 40],
    ['take 1,000 mg with food', 500, 1000],
  ])('plants no dose that the dosage text comes to: %s', (text, strength, dose) => {
    expect(trueDoses(strength, { doseText: [text] })).toContain(dose);
    expect(trueDoses(strength, { doseText: [] })).not.toContain(dose);
  });
  it.each([
    ['hypertension', 'Pulmonary hypertension', 1],
    ['urinary tract infection', 'Acute cystitis', 1],
    ['UTI', 'Pyelonephritis', 1],
    ['iron deficiency anemia', 'Anemia in chronic kidney disease', 1],
    ['asthma', 'Eczema', 0],
    ['gestational hypertension', 'Hypertension', 0],
  ])('knows what else goes by the name: %s beside %s', (name, display, found) => {
    expect(alsoOfName([name], others(display))).toHaveLength(found);
  });
  it('plants no day of a visit that names the problem as its diagnosis only', () => {
    const visit = (id: string, day: string, more: Record<string, unknown>): RawResource => ({
      resourceType: 'Encounter',
      id,
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'Office visit' }],
      period: { start: `${day}T10:00:00Z`, end: `${day}T10:30:00Z` },
      ...more,
    });
    const known = problem('c8', 'Hypertension', 'active', '2020-01-01');
    const planted = (diagnosis: readonly unknown[]): number => {
      const resources: readonly RawResource[] = [
        known,
        visit('v1', '2022-10-12', { reasonCode: [{ text: 'Hypertension' }] }),
        visit('v2', '2021-11-22', { reasonCode: [{ text: 'Nosebleed' }], diagnosis }),
      ];
      const resolve = (reference: string) => (reference === 'Condition/c8' ? known : undefined);
      return [1, 2, 3, 4, 5, 6].flatMap((seed) =>
        plantedCases([{ ...patient, resources, resolve }], NOW, seed, { ...quota, errors: 3000 }).filter(
          ({ what, text }) =>
            what === 'error' &&
            /^[^.]*hypertension[^.]*\.?$/i.test(text) &&
            /2021-11-22|22[ -]Nov(?:ember)?[ -]2021|Nov(?:ember)? 22,? 2021|11\/22\/2021/.test(text),
        ),
      ).length;
    };
    expect(planted([])).toBeGreaterThan(0);
    expect(planted([{ condition: { reference: 'Condition/c8' } }])).toBe(0);
  });
  it('plants none of it', () => {
    const stated: readonly RawResource[] = [
      { ...problem('c9', 'Sleep apnea', 'active', '2020-01-01'), severity: { text: 'Severe' } },
      {
        resourceType: 'Procedure',
        id: 'p9',
        status: 'completed',
        code: { text: 'Total hip replacement' },
        bodySite: [{ text: 'Left hip' }],
        performedDateTime: '2013-09-21',
      },
      { ...drug('m9', 'Acetaminophen 500 MG Oral Tablet', 'active', '2021-01-01'), dosageInstruction: [{ text: '2 tablets at night' }] },
    ];
    const texts = plantedCases([{ ...patient, resources: stated }], NOW, 3, { ...quota, errors: 3000 })
      .filter((c) => c.what === 'error')
      .map((c) => c.text);
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) expect(text).not.toMatch(/severe sleep apnea|left (?:total )?hip|1000 ?m/i);
    expect(texts.some((text) => /mild sleep apnea/i.test(text))).toBe(true);
    expect(texts.some((text) => /right (?:total )?hip/i.test(text))).toBe(true);
  });
});
