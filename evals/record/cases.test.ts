import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawPatient } from '../contract.ts';
import { readRawData } from '../raw-data.ts';
import { casesOf } from './cases.ts';
import type { RecordCase } from './expectation.ts';
import { FOLLOW_UPS, PAIRS, PREMISES, WORDINGS } from './wordings.ts';

const NOW = '2026-06-01T12:00:00Z';
const subject = { reference: 'urn:uuid:pat' };
const loinc = (code: string, text: string) => ({ coding: [{ system: 'http://loinc.org', code, display: text }], text });
const observation = (id: string, code: object, date: string, value: number, unit: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code,
  effectiveDateTime: date,
  valueQuantity: { value, unit },
  ...more,
});
const potassium = loinc('2823-3', 'Potassium [Moles/volume] in Serum or Plasma');
const condition = (id: string, text: string, clinical: string, onset: string, more: object = {}) => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { text },
  clinicalStatus: { coding: [{ code: clinical }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  onsetDateTime: onset,
  ...more,
});
const order = (id: string, text: string, status: string, more: object = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  status,
  intent: 'order',
  subject,
  medicationCodeableConcept: { text },
  authoredOn: '2020-02-03T10:00:00-05:00',
  ...more,
});

const RESOURCES = [
  { resourceType: 'Patient', id: 'pat', gender: 'female', birthDate: '1950-07-09', name: [{ given: ['Ada12'], family: 'Okafor7' }] },
  observation('k1', potassium, '2019-01-05T08:00:00-05:00', 4.1, 'mmol/L'),
  observation('k2', potassium, '2021-01-05T08:00:00-05:00', 5.25, 'mmol/L'),
  observation('k3', potassium, '2023-01-05T08:00:00-05:00', 4.6, 'mmol/L'),
  observation('k4', potassium, '2025-01-05T23:30:00-05:00', 4.9, 'mmol/L'),
  observation('k5', potassium, '2025-01-05T23:30:00-05:00', 5, 'mmol/L'),
  observation('k9', potassium, '2026-01-05T08:00:00-05:00', 9.9, 'mmol/L', { status: 'entered-in-error' }),
  observation('w1', loinc('29463-7', 'Body weight'), '2020-01-05', 60, 'kg'),
  observation('w2', loinc('29463-7', 'Body weight'), '2022-01-05', 66, 'kg'),
  observation('w3', loinc('29463-7', 'Body weight'), '2024-01-05', 73, 'kg'),
  observation('t1', loinc('3016-3', 'Thyrotropin'), '2022-01-05', 2, 'mU/L'),
  {
    resourceType: 'Observation',
    id: 't2',
    status: 'final',
    subject,
    code: loinc('3016-3', 'Thyrotropin'),
    effectiveDateTime: '2024-01-05',
    dataAbsentReason: { text: 'lost' },
  },
  condition('h', 'Essential hypertension', 'active', '2012-06-04'),
  condition('b', 'Acute bronchitis (disorder)', 'resolved', '2015-03-01', { abatementDateTime: '2015-03-15' }),
  condition('g', 'Gout', 'active', '2016-03-01', { verificationStatus: { coding: [{ code: 'provisional' }] } }),
  order('m1', 'lisinopril 10 MG Oral Tablet', 'active', { reasonReference: [{ reference: 'Condition/h' }] }),
  order('m2', 'Naproxen 220 MG Oral Tablet', 'stopped'),
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'AMB' },
    subject,
    period: { start: '2025-01-05T22:00:00-05:00' },
    reasonCode: [{ text: 'Essential hypertension' }],
  },
  {
    resourceType: 'Encounter',
    id: 'e2',
    status: 'planned',
    class: { code: 'AMB' },
    subject,
    period: { start: '2026-12-05T22:00:00-05:00' },
  },
];

let folder = '';
let patient: RawPatient;
let cases: readonly RecordCase[];
const of = (kind: string) => cases.filter((c) => c.kind === kind);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-cases-'));
  const entry = RESOURCES.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource }));
  await writeFile(join(folder, 'a.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }));
  const data = await readRawData(folder);
  if (!data.ok) throw new Error(data.fault.message);
  patient = data.patients[0] as RawPatient;
  cases = casesOf(patient, { seed: 1, now: NOW });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('questions made from a record', () => {
  it('are many, each with an id of its own, and the same every time', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(casesOf(patient, { seed: 1, now: NOW })).toEqual(cases);
    expect(casesOf(patient, { seed: 2, now: NOW }).map(({ turns }) => turns)).not.toEqual(cases.map(({ turns }) => turns));
  });
  it('leave no placeholder unfilled', () => {
    expect(cases.flatMap(({ turns }) => turns).filter((turn) => /[{}]|undefined/.test(turn))).toEqual([]);
  });
  it('take either of two results at the latest time, none in error', () => {
    const accepted = new Set<number>();
    for (let seed = 1; seed < 12; seed++) {
      for (const { kind, expected } of casesOf(patient, { seed, now: NOW })) {
        if (kind !== 'latest' || expected.type !== 'value' || !expected.thing.names.includes('potassium')) continue;
        for (const point of expected.accepted) accepted.add(point.value);
      }
    }
    expect([...accepted].sort()).toEqual([4.9, 5]);
  });
  it('ask nothing about a test whose newest result has no value', () => {
    for (let seed = 1; seed < 12; seed++) {
      const asked = casesOf(patient, { seed, now: NOW }).flatMap(({ turns }) => turns);
      expect(asked.filter((turn) => /\bTSH|thyroid stim/i.test(turn))).toEqual([]);
    }
  });
  it('know active, past and doubtful problems apart', () => {
    expect(of('hasCondition').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['Condition/h'] } }]);
    expect(of('hadCondition').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['Condition/b'] } }]);
    expect(of('activeProblems')).toEqual([]);
    expect(cases.some(({ turns }) => /gout/i.test(turns.join()))).toBe(false);
  });
  it('know a drug that is taken from one that was stopped', () => {
    expect(of('takesDrug').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['MedicationRequest/m1'] } }]);
    expect(of('takesDrug-stopped').map(({ expected }) => expected)).toMatchObject([{ yes: false }]);
    expect(of('currentMeds').map(({ expected }) => expected)).toMatchObject([{ items: [{ ids: ['MedicationRequest/m1'] }] }]);
    expect(of('drugReason').map(({ expected }) => expected)).toMatchObject([
      { accepted: [{ ids: ['Condition/h', 'MedicationRequest/m1'] }] },
    ]);
  });
  it('call only that absent which stands nowhere in the record', () => {
    for (const { turns } of cases.filter(({ kind }) => kind.endsWith('-absent'))) {
      expect(turns.join()).not.toMatch(/lisinopril|Zestril|naproxen|Aleve|hypertension|HTN|bronchitis|potassium|weight|gout/i);
    }
  });
  it('see a clear trend only where all agree', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 12; seed++) {
      for (const { kind, expected } of casesOf(patient, { seed, now: NOW })) {
        if (kind === 'change' && expected.type === 'direction') seen.add(`${expected.thing.names[0]} ${expected.direction}`);
      }
    }
    expect([...seen]).toEqual(['weight up']);
  });
  it('ask for declining, asking back and correcting', () => {
    expect(of('otherPerson')[0]?.expected).toEqual({ type: 'status', accepted: ['declined'] });
    expect(of('premise-stopped')[0]?.expected).toMatchObject({ truth: 'active' });
    expect(of('followUp-why')[0]?.turns).toHaveLength(2);
  });
});

describe('wordings', () => {
  it('are at least eight a kind in the first set, six in the second, all different', () => {
    for (const [kind, { first, second }] of Object.entries({ ...WORDINGS, ...FOLLOW_UPS, ...PREMISES, ...PAIRS })) {
      expect([kind, first.length >= 8, second.length >= 6]).toEqual([kind, true, true]);
      expect([kind, new Set([...first, ...second].map((w) => w.toLowerCase())).size]).toEqual([kind, first.length + second.length]);
    }
  });
});
