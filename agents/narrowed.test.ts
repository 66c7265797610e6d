import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../records/contract.ts';
import { conversations, drug } from './builtin/conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const coded = (code: string) => ({ coding: [{ code }] });
const order = (id: string, text: string, more: Record<string, unknown> = {}): FhirResource => drug(id, text, '2025-02-03', more);
const problem = (id: string, text: string, verification = 'confirmed'): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { text },
  clinicalStatus: coded('active'),
  verificationStatus: coded(verification),
  recordedDate: '2024-05-06',
});
const allergy = (id: string, code: Record<string, unknown>, verification = 'confirmed'): FhirResource => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: subject,
  code,
  clinicalStatus: coded('active'),
  verificationStatus: coded(verification),
  recordedDate: '2020-01-05',
});
const visit = (id: string, type: string, day: string, kind = 'AMB', reason?: string): FhirResource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  subject,
  class: { code: kind },
  type: [{ text: type }],
  period: { start: `${day}T10:00:00Z`, end: `${day}T10:30:00Z` },
  ...(reason ? { reasonCode: [{ text: reason }] } : {}),
});
const weight = (id: string, kilograms: number, day: string, encounter?: string): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [coded('vital-signs')],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Body weight' },
  effectiveDateTime: `${day}T10:10:00Z`,
  valueQuantity: { value: kilograms, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...(encounter ? { encounter: { reference: `Encounter/${encounter}` } } : {}),
});
const appointment = (id: string, text: string, start: string, status = 'booked'): FhirResource => ({
  resourceType: 'Appointment',
  id,
  status,
  description: text,
  start,
  participant: [{ actor: subject, status: 'accepted' }],
});
const resources: readonly FhirResource[] = [
  { resourceType: 'Patient', id: 'p1', name: [{ given: ['Ines'], family: 'Falk' }], gender: 'female', birthDate: '1958-04-09' },
  order('ramipril', 'ramipril 5 mg oral capsule', { reasonCode: [{ text: 'hypertension' }] }),
  order('gliclazide', 'gliclazide 80 mg oral tablet', { reasonCode: [{ text: 'type 2 diabetes mellitus' }] }),
  order('warfarin', 'warfarin 3 mg oral tablet', { status: 'on-hold', reasonCode: [{ text: 'atrial fibrillation' }] }),
  order('salbutamol', 'salbutamol 100 mcg inhaler', {
    reasonCode: [{ text: 'asthma' }],
    dosageInstruction: [{ text: '2 puffs when required', asNeededBoolean: true }],
  }),
  order('codeine', 'codeine 30 mg oral tablet', { dosageInstruction: [{ text: '1 tablet every 6 hours if needed' }] }),
  problem('asthma', 'Asthma'),
  problem('gout', 'Gout', 'refuted'),
  problem('celiac', 'Celiac disease', 'provisional'),
  problem('ckd', 'Chronic kidney disease stage 2'),
  allergy('quinolones', {
    text: 'Quinolones (ciprofloxacin, levofloxacin)',
    coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2551', display: 'ciprofloxacin' }],
  }),
  allergy('eggs', { text: 'Egg' }, 'refuted'),
  visit('v-feb', 'Office visit', '2026-02-10'),
  visit('v-diab', 'Diabetes clinic', '2026-03-17', 'AMB', 'diabetes review'),
  visit('v-annual', 'Encounter for check up', '2026-05-12'),
  visit('v-tel', 'Telephone consultation', '2026-08-04', 'VR'),
  visit('v-oct', 'Office visit', '2026-10-06'),
  {
    ...visit('v-er', 'Emergency hospital admission', '2023-06-01', 'EMER'),
    period: { start: '2023-06-01T23:10:00Z', end: '2023-06-02T00:40:00Z' },
  },
  weight('w-feb', 81, '2026-02-10', 'v-feb'),
  weight('w-diab', 80, '2026-03-17', 'v-diab'),
  weight('w-annual', 79, '2026-05-12', 'v-annual'),
  weight('w-oct', 76, '2026-10-06', 'v-oct'),
  appointment('a-flu', 'Influenza vaccine clinic', '2026-12-08T09:00:00Z'),
  appointment('a-diab', 'Diabetes clinic with foot check', '2027-01-12T09:00:00Z'),
  appointment('a-diet', 'Nutritionist visit', '2026-09-08T09:00:00Z', 'cancelled'),
  {
    resourceType: 'Immunization',
    id: 'flu',
    status: 'completed',
    patient: subject,
    vaccineCode: { text: 'Influenza vaccine' },
    occurrenceDateTime: '2025-10-02',
  },
];

const converse = conversations(resources);
async function ask(question: string) {
  const { claims, notes, status } = await converse(question);
  const shown = claims.flatMap((claim) => claim.citations.filter((id) => !id.startsWith('search/')).map((id) => id.split('/')[1]!));
  return {
    status,
    notes: notes.replaceAll('\n', ' '),
    shown: [...new Set(shown)].sort(),
    text: claims.map((claim) => claim.text).join(' '),
  };
}

describe('a list narrowed by what the record states of its entries', () => {
  it.each([
    ['which of her medicines are on hold', ['warfarin']],
    ['any meds paused?', ['warfarin']],
    ['drugs suspended at the moment', ['warfarin']],
    ['medications to be taken only when needed', ['codeine', 'salbutamol']],
    ['prn drugs', ['codeine', 'salbutamol']],
    ['diagnoses that have been excluded', ['gout']],
    ['which conditions were ruled out', ['gout']],
    ['provisional problems', ['celiac']],
    ['problems not yet confirmed', ['celiac']],
    ['allergies that were ruled out', ['eggs']],
    ['medicines not given for diabetes', ['codeine', 'ramipril', 'salbutamol']],
    ['medications that are not for hypertension', ['codeine', 'gliclazide', 'salbutamol']],
    ["problems that aren't renal related", ['asthma']],
    ['drugs that have no indication', ['codeine']],
  ])('%s', async (question, ids) => {
    const { shown } = await ask(question);
    expect(shown.filter((id) => id !== 'celiac' || ids.includes('celiac'))).toEqual([...ids].sort());
  });

  it.each([
    ['are any allergies suspected', 'none to be unconfirmed'],
    ['procedures not done for cancer', ''],
  ])('says so where none is: %s', async (question, note) => {
    const { notes, status } = await ask(question);
    expect(status).not.toBe('answered');
    expect(notes).toContain(note);
  });

  it.each(['which medicines did not help', 'which drugs were tried but failed'])('refuses what nothing reads: %s', async (question) => {
    expect((await ask(question)).status).toBe('clarify');
  });
});

describe('the visit that a value is asked of', () => {
  it.each([
    ['weight at the february visit', ['w-feb']],
    ['weight at her May appointment', ['w-annual']],
    ['what did she weigh at the october review', ['w-oct']],
    ['the March weight', ['w-diab']],
    ['weight at the diabetes clinic', ['w-diab']],
    ['latest weight before the telephone consultation', ['w-annual']],
    ['weight at her last check up', ['w-annual']],
    ['weight at the wellness visit', ['w-annual']],
  ])('%s', async (question, ids) => {
    const { shown } = await ask(question);
    expect(shown).toEqual(ids);
  });

  it('the one before the last, though nothing was measured at it', async () => {
    const { text, notes } = await ask('weight at the visit before last');
    expect(text).toMatch(/^No body weight on 04-Aug-2026/);
    expect(notes).toContain('previous visit');
  });

  it.each([
    ['when is the flu clinic', ['a-flu']],
    ['next diabetes appointment', ['a-diab']],
    ['is she still going to the nutritionist appointment in September', ['a-diet']],
  ])('%s', async (question, ids) => expect((await ask(question)).shown).toEqual(ids));
});

it('an hour across midnight in the emergency room is no stay', async () => {
  expect((await ask('how many emergency visits')).text).toMatch(/^1 emergency visit/);
  expect((await ask('was she ever admitted to hospital')).text).not.toMatch(/^Yes/);
});

describe('an allergy to what the name of an allergy lists', () => {
  it.each(['is she allergic to levofloxacin', 'allergy to ciprofloxacin?', 'moxifloxacin allergy?'])('%s', async (question) => {
    const { shown, text } = await ask(question);
    expect(shown).toContain('quinolones');
    expect(text).not.toMatch(/^No /);
  });
  it('not of another substance', async () => expect((await ask('is she allergic to amoxicillin')).text).toMatch(/^No allergy/));
});

describe('whether a drug is taken as it was ordered', () => {
  it.each([
    'does she take the ramipril the way it was prescribed',
    'is she taking what was ordered of ramipril',
    'is she adherent with ramipril',
  ])('%s', async (question) => {
    const { text, notes } = await ask(question);
    expect(text).not.toMatch(/^(?:Yes|No)\b/);
    expect(notes).toMatch(/Not taken into account|did not understand/);
  });
});
