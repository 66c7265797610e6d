import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../../records/contract.ts';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };

const allergy = (id: string, display: string, recorded: string, reaction: string, severity: string): FhirResource => ({
  resourceType: 'AllergyIntolerance',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: display },
  patient: subject,
  recordedDate: recorded,
  reaction: [{ manifestation: [{ text: reaction }], severity }],
});

const vaccine = (id: string, code: string, display: string, date: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Immunization',
  id,
  status: 'completed',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code, display }] },
  patient: subject,
  occurrenceDateTime: date,
  ...more,
});

const pressure = (id: string, systolic: number, diastolic: number, date: string, site?: string): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }] },
  effectiveDateTime: date,
  ...(site ? { bodySite: { text: site } } : {}),
  component: (
    [
      ['8480-6', systolic],
      ['8462-4', diastolic],
    ] as const
  ).map(([code, value]) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })),
});

const potassium = (id: string, value: number, date: string) => measured(id, '2823-3', 'Potassium', value, 'mmol/L', date);

const converse = conversations([
  { ...person, telecom: [{ system: 'phone', value: '555-0190', use: 'home' }] },
  {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    subject,
    participant: [{ role: [{ text: 'Rheumatologist' }], member: { display: 'Dr. Ines Faro' } }],
  },
  allergy('latex', 'Latex', '2021-03-01', 'Contact dermatitis', 'mild'),
  allergy('sulfa', 'Sulfamethoxazole', '2009-05-01', 'Angioedema', 'severe'),
  pressure('bp1', 128, 70, '2025-01-10'),
  pressure('bp2', 151, 88, '2025-06-10', 'right arm'),
  potassium('k1', 4.1, '2022-01-04'),
  potassium('k2', 5.6, '2024-02-02'),
  potassium('k3', 4.4, '2024-02-08'),
  potassium('k4', 4.8, '2026-05-05'),
  seen('stay', 'Admission to hospital', '2024-02-02', { class: { code: 'IMP' }, period: { start: '2024-02-02', end: '2024-02-08' } }),
  vaccine('flu', '140', 'Influenza, seasonal, injectable', '2025-10-01'),
  vaccine('zoster', '187', 'Zoster vaccine recombinant', '2022-04-04'),
  vaccine('hepb', '45', 'Hepatitis B vaccine', '2026-02-02', { status: 'not-done', statusReason: { text: 'Out of stock' } }),
  problem('stones', 'Kidney stone', '2023-03-03', '2023-04-01'),
  problem('copd', 'Chronic obstructive pulmonary disease', '2016-01-01'),
  { ...done('litho', 'Extracorporeal shockwave lithotripsy', '2023-03-09'), reasonReference: [{ reference: 'Condition/stones' }] },
  { ...problem('ulcer', 'Gastric ulcer', '2021-08-08'), encounter: { reference: 'Encounter/gi' } },
  { ...done('gastroscopy', 'Gastroscopy', '2021-08-08'), encounter: { reference: 'Encounter/gi' } },
  { ...done('excision', 'Endoscopic excision of gastric lesion', '2021-08-08'), encounter: { reference: 'Encounter/gi' } },
  {
    ...measured('ulcersize', '33728-7', 'Size.maximum dimension in Tumor', 9, 'mm', '2021-08-08'),
    encounter: { reference: 'Encounter/gi' },
  },
  seen('gi', 'Endoscopy clinic', '2021-08-08'),
  seen('er', 'Emergency room visit', '2024-11-02', {
    class: { code: 'EMER' },
    reasonCode: [{ text: 'Acute exacerbation of chronic obstructive pulmonary disease' }],
  }),
  drug('inhaler', 'Budesonide 200 mcg inhaler', '2025-12-01', { dosageInstruction: [{ text: '2 puffs twice daily' }] }),
  drug('burst2', 'Prednisone 20 mg oral tablet', '2024-11-02', {
    status: 'completed',
    dosageInstruction: [{ text: '40 mg once a day for 5 days' }],
  }),
  drug('burst1', 'Prednisone 20 mg oral tablet', '2020-02-02', {
    status: 'completed',
    dosageInstruction: [{ text: '30 mg once a day for 7 days' }],
  }),
]);

const cited = (ids: readonly string[]): readonly string[] => [...new Set(ids)].filter((id) => !id.startsWith('search/')).sort();

describe('what was read out is pointed at', () => {
  test.each([
    [['what is he allergic to', 'how severe was the second one'], ['AllergyIntolerance/sulfa']],
    [['any allergies', 'what did the latter do'], ['AllergyIntolerance/sulfa']],
    [['allergy list', 'tell me about the first one', 'and the other one'], ['AllergyIntolerance/sulfa']],
    [['the last two blood pressures', 'which one was higher?'], ['Observation/bp2']],
    [['the last two blood pressures', 'which of them was lower'], ['Observation/bp1']],
    [['last three potassiums', 'which was the earlier one?'], ['Observation/k2']],
    [['last blood pressure', 'in which arm'], ['Observation/bp2']],
    [['hepatitis B vaccine', 'why wasn’t it given'], ['Immunization/hepb']],
    [['which vaccines has she had', 'was she given the hep B', 'why not?'], ['Immunization/hepb']],
  ])('%j', async (questions, ids) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('answered');
    expect(cited(answer.cited)).toEqual(ids);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test('where the pair is higher on neither side alone, or no such row was shown, nothing is picked', async () => {
    expect((await converse('allergies', 'how bad is the third one')).status).toBe('clarify');
  });
});

describe('a follow-up that brings another noun is not answered from the old question', () => {
  test.each([
    ['phone', 'and her rheumatologist'],
    ['her date of birth please', 'what about her rheumatologist'],
    ['how old is she', 'and the plumber'],
    ['summary', 'and the plumber'],
  ])('%s > %s', async (first, second) => {
    const before = await converse(first);
    const answer = await converse(first, second);
    for (const claim of before.claims) expect(answer.said).not.toContain(claim.text);
    if (/rheum/.test(second)) expect(answer.said).toMatch(/Ines Faro/);
  });
});

describe('an event in a follow-up is its time', () => {
  test.each([
    [
      ['potassium', 'how was it when she was admitted'],
      ['Observation/k2', 'Observation/k3'],
    ],
    [['potassium', 'what was that at discharge'], ['Observation/k3']],
    [['potassium at discharge'], ['Observation/k3']],
    [['potassium', 'and on discharge?'], ['Observation/k3']],
    [['potassium', 'how was it before she went into hospital'], ['Observation/k1']],
  ])('%j', async (questions, ids) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('answered');
    expect(cited(answer.cited)).toEqual(ids);
  });

  test.each([
    ['when she was fitted for the brace'],
    ['and while she lived in Spain?'],
    ['what was it before she moved house'],
    ['how was it when she got the news'],
  ])('one that is not found in the record is not left out: %s', async (second) => {
    const { said, status } = await converse('potassium', second);
    expect(said).not.toMatch(/potassium/i);
    expect(status).not.toBe('answered');
  });
});

describe('the last course is the newest that was given for a time', () => {
  test.each([
    [['last course of steroids'], ['MedicationRequest/burst2']],
    [['when was her latest steroid burst'], ['MedicationRequest/burst2']],
    [['last steroid course', 'and before that?'], ['MedicationRequest/burst1']],
  ])('%j', async (questions, ids) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('answered');
    expect(cited(answer.cited)).toEqual(ids);
  });
});

describe('what stands beside what was shown', () => {
  test.each([
    [
      ['any endoscopies', 'what did they find'],
      ['Condition/ulcer', 'Observation/ulcersize', 'Procedure/gastroscopy', 'Procedure/excision'],
    ],
    [['last gastroscopy', 'what did it show', 'how large was it'], ['Observation/ulcersize']],
    [['last gastroscopy', 'what was found', 'was it taken out?'], ['Procedure/excision']],
    [['visits to the emergency room', 'did she get any medication there'], ['MedicationRequest/burst2']],
    [['copd?', 'last exacerbation'], ['Encounter/er']],
    [['copd?', 'last flare-up', 'what was prescribed'], ['MedicationRequest/burst2']],
    [['potassium', 'and last time?'], ['Observation/k3']],
    [['potassium', 'was there a 5.6'], ['Observation/k2']],
    [['last three potassiums', 'which of those was the highest'], ['Observation/k2']],
  ])('%j', async (questions, ids) => {
    const answer = await converse(...questions);
    expect(answer.status).toBe('answered');
    expect(cited(answer.cited)).toEqual([...ids].sort());
  });

  test('a value that was never measured is not said to be there', async () => {
    const { said, notes } = await converse('potassium', 'was there not a 6.1?');
    expect(said).not.toMatch(/^Yes/);
    expect(notes).toMatch(/none of the 4 values is equal to 6\.1/i);
  });

  test('what came before a drug is asked of the time before it', async () => {
    const { said } = await converse('budesonide?', 'since when', 'and before that?');
    expect(said).toMatch(/^No budesonide up to 30-Nov-2025 is recorded\./);
  });

  test('drugs like what she is allergic to are looked for', async () => {
    const { said } = await converse('allergies', 'is she taking anything similar to that');
    expect(said).not.toMatch(/^Yes/);
    expect(said).toMatch(/No sulfamethoxazole medication is recorded/);
  });

  test.each([
    ['summary', 'since when'],
    ['what matters most today', 'how long'],
  ])('the record as a whole is not asked on: %s > %s', async (first, second) => {
    expect((await converse(first, second)).status).toBe('clarify');
  });

  test('which were stopped is another list', async () => {
    const { said } = await converse('which drugs is she on', 'any stopped?');
    expect(said).not.toMatch(/Budesonide/);
    expect(said).toMatch(/Prednisone/);
  });
});

describe('a vaccine is no disease and no drug the only treatment', () => {
  test.each([['has she had shingles'], ['was she ever diagnosed with flu?'], ['has the patient caught influenza']])(
    '%s',
    async (question) => {
      const answer = await converse(question);
      expect(answer.said).not.toMatch(/^Yes/);
      expect(answer.status).toBe('not-recorded');
    },
  );

  test('among vaccines it is asked both ways', async () => {
    const { said } = await converse('vaccines', 'has she had shingles');
    expect(said).toMatch(/Zoster vaccine/i);
    expect(said).toMatch(/No shingles diagnosis is recorded/);
  });

  test('what was done for a problem treated it', async () => {
    const answer = await converse('any kidney stones?', 'how were they treated');
    expect(answer.said).toMatch(/lithotripsy was done on 09-Mar-2023/);
  });

  test('a value is told in the unit that is asked for', async () => {
    const answer = await converse('potassium', 'in mmol/L?');
    expect(cited(answer.cited)).toEqual(['Observation/k4']);
  });
});
