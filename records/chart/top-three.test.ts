import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import type { FhirResource } from '../contract.ts';
import { AS_OF, coded, loinc, of, patient, snomed, status } from './chart.fixture.ts';
import { buildChart } from './chart.ts';
import { topThree } from './top-three.ts';

const terminology = createTerminology(loadConcepts());
const top = (resources: readonly FhirResource[], who: Partial<FhirResource> = {}) =>
  topThree(buildChart([{ ...patient, ...who } as FhirResource, ...resources], { patientId: 'p', asOf: AS_OF, terminology }));

const quantity = (value: number, unit: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code: unit });
const vital = (code: unknown, value: number, unit: string, on: string) =>
  of('Observation', {
    status: 'final',
    code,
    category: [{ coding: [{ code: 'vital-signs' }] }],
    effectiveDateTime: on,
    valueQuantity: quantity(value, unit),
  });
const pressure = (systolic: number, diastolic: number, on: string) =>
  of('Observation', {
    status: 'final',
    code: loinc('85354-9', 'Blood pressure panel'),
    category: [{ coding: [{ code: 'vital-signs' }] }],
    effectiveDateTime: on,
    component: [
      { code: loinc('8480-6', 'Systolic blood pressure'), valueQuantity: quantity(systolic, 'mm[Hg]') },
      { code: loinc('8462-4', 'Diastolic blood pressure'), valueQuantity: quantity(diastolic, 'mm[Hg]') },
    ],
  });
const problem = (code: string, display: string, on: string) =>
  of('Condition', { code: snomed(code, display), clinicalStatus: status('active'), onsetDateTime: on });
const hypertension = (on = '2010-01-01') => problem('59621000', 'Essential hypertension', on);
const visit = (on: string, type: string, code = 'AMB') =>
  of('Encounter', {
    status: 'finished',
    class: { code },
    type: [{ text: type }],
    period: { start: `${on}T09:00:00Z`, end: `${on}T10:00:00Z` },
  });
const order = (name: string, on: string, reason?: FhirResource) =>
  of('MedicationRequest', {
    status: 'active',
    intent: 'order',
    authoredOn: on,
    medicationCodeableConcept: { text: name },
    ...(reason ? { reasonReference: [{ reference: `Condition/${reason.id}` }] } : {}),
  });

describe('topThree', () => {
  it('leaves the vital signs of an emergency of months ago where they belong', () => {
    const rate = (on: string) => vital(loinc('9279-1', 'Respiratory rate'), 44, '/min', on);
    const emergency = visit('2026-05-02', 'Emergency visit', 'EMER');
    expect(top([emergency, rate('2026-05-02T09:20:00Z')]).map((item) => item.concern)).not.toContain('result');
    expect(top([rate('2026-05-02T09:20:00Z')]).map((item) => item.concern)).not.toContain('hospital');
  });

  it('ranks a value lower whose recorded goal is on course', () => {
    const goal = (achievement: string) =>
      of('Goal', {
        lifecycleStatus: 'active',
        achievementStatus: status(achievement),
        description: { text: 'Hemoglobin A1c below 7.5 %' },
        target: [{ measure: loinc('4548-4', 'Hemoglobin A1c') }],
      });
    const a1c = of('Observation', {
      status: 'final',
      code: loinc('4548-4', 'Hemoglobin A1c'),
      effectiveDateTime: '2026-10-01',
      valueQuantity: quantity(7.2, '%'),
      interpretation: [{ coding: [{ code: 'H' }] }],
    });
    const score = (...resources: FhirResource[]) => top(resources).find((item) => item.concern === 'result')!;
    expect(score(a1c, goal('improving')).score).toBeLessThan(score(a1c).score);
    expect(score(a1c, goal('improving')).why).toContain('Goal on record: hemoglobin A1c below 7.5 % (improving).');
    expect(score(a1c, goal('not-achieved')).score).toBeGreaterThan(score(a1c).score);
  });

  it('takes a blood pressure, its parts and hypertension for one thing', () => {
    const items = top([
      pressure(185, 115, '2026-11-01'),
      hypertension(),
      problem('84757009', 'Epilepsy', '2001-01-01'),
      visit('2026-11-01', 'Check up'),
    ]);
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({ concern: 'result', title: 'Blood pressure 185/115 mmHg on 01-Nov-2026' });
    expect(items[0]!.why).toContain('Essential hypertension is on the problem list since 01-Jan-2010.');
    expect(items.filter((item) => /pressure|hypertension/i.test(item.title))).toHaveLength(1);
  });

  it('takes systolic and diastolic recorded apart for one thing', () => {
    const items = top([
      vital(loinc('8480-6', 'Systolic blood pressure'), 185, 'mm[Hg]', '2026-11-01'),
      vital(loinc('8462-4', 'Diastolic blood pressure'), 115, 'mm[Hg]', '2026-11-01'),
    ]);
    expect(items).toHaveLength(1);
  });

  it('takes kinds of one disease for one thing', () => {
    const items = top([
      problem('84757009', 'Epilepsy', '2001-01-01'),
      problem('128613002', 'Seizure disorder', '2000-01-01'),
      visit('2026-10-01', 'Check up'),
    ]);
    expect(items.map((item) => item.concern)).toEqual(['problem', 'visit']);
  });

  it('lets what is only listed give way, however old the rest is', () => {
    const sinusitis = problem('40055000', 'Chronic sinusitis', '2008-01-01');
    const arthritis = problem('239873007', 'Osteoarthritis of knee', '2009-01-01');
    const items = top([
      sinusitis,
      arthritis,
      pressure(150, 80, '2019-01-01'),
      of('Observation', {
        status: 'final',
        code: loinc('71802-3', 'Housing status'),
        category: [{ coding: [{ code: 'social-history' }] }],
        effectiveDateTime: '2016-01-01',
        valueString: 'Patient is homeless',
      }),
      visit('2019-01-01', 'Check up'),
    ]);
    expect(items.map((item) => item.concern)).toEqual(['result', 'social', 'visit']);
    expect(items[2]).toMatchObject({ title: 'No visit is recorded since 01-Jan-2019', why: 'The last one, 7 years ago: check up.' });
  });

  it('puts a problem that is treated before one that is only listed, and an old event after both', () => {
    const reflux = problem('235595009', 'Gastroesophageal reflux disease', '2001-01-01');
    const items = top([
      problem('74400008', 'Appendicitis', '1993-01-01'),
      problem('40055000', 'Chronic sinusitis', '2008-01-01'),
      reflux,
      order('Omeprazole 20 MG', '2026-08-01', reflux),
    ]);
    expect(items.map((item) => item.title)).toEqual([
      'Gastroesophageal reflux disease is listed as an active problem',
      'Takes omeprazole',
      'Chronic sinusitis is listed as an active problem',
    ]);
    expect(items[0]!.why).toBe('On the problem list since 01-Jan-2001; the reason for omeprazole.');
  });

  it('says the newest reading by which a problem is followed', () => {
    const [item] = top([
      problem('44054006', 'Type 2 diabetes mellitus', '2012-01-01'),
      vital(loinc('4548-4', 'Hemoglobin A1c'), 6.1, '%', '2026-05-01'),
    ]);
    expect(item!.why).toMatch(/Charlson.*Newest hemoglobin A1c 6\.1 % on 01-May-2026\.$/);
  });

  it('shows three things of a healthy record', () => {
    const items = top([
      visit('2026-10-01', 'Check up'),
      pressure(112, 70, '2026-10-01'),
      vital(loinc('39156-5', 'Body mass index'), 22, 'kg/m2', '2026-10-01'),
      of('Immunization', { status: 'completed', vaccineCode: { text: 'Influenza vaccine' }, occurrenceDateTime: '2026-10-01' }),
    ]);
    expect(items.map((item) => item.concern)).toEqual(['visit', 'reading', 'reading']);
    expect(items[1]!.why).toBe('The newest reading, 51 days ago.');
  });

  it('shows smoking now, not smoking before', () => {
    const tobacco = (value: string) =>
      of('Observation', {
        status: 'final',
        code: loinc('72166-2', 'Tobacco smoking status'),
        category: [{ coding: [{ code: 'social-history' }] }],
        effectiveDateTime: '2026-10-01',
        valueCodeableConcept: coded('http://snomed.info/sct', 'x', value),
      });
    for (const value of ['Current every day smoker', 'Smokes tobacco daily (finding)', 'Heavy tobacco smoker', 'Smoker'])
      expect(top([tobacco(value)]).map((item) => item.title)).toEqual([expect.stringMatching(/^Smokes: /)]);
    for (const value of ['Never smoker', 'Former smoker', 'Ex-smoker', 'Smoking status unknown', 'Non-smoker', 'Current non-smoker'])
      expect(top([tobacco(value)])).toEqual([]);
  });

  it('puts a grave allergy before what is only listed', () => {
    const items = top([
      problem('40055000', 'Chronic sinusitis', '2008-01-01'),
      of('AllergyIntolerance', {
        code: { text: 'Peanut' },
        clinicalStatus: status('active'),
        criticality: 'high',
        reaction: [{ manifestation: [{ text: 'Anaphylaxis' }] }],
      }),
    ]);
    expect(items[0]).toMatchObject({ concern: 'allergy', title: 'Allergy to peanut is recorded' });
    expect(items[0]!.why).toBe('Peanut is recorded as high criticality; reaction: anaphylaxis.');
  });

  it('names one old entry and many', () => {
    expect(top([order('Warfarin 5 MG', '2012-01-01')])[0]!.title).toBe('Warfarin is still listed as active on an old entry of 2012');
    const many = ['Warfarin 5 MG', 'Metformin 500 MG', 'Simvastatin 10 MG', 'Lisinopril 10 MG'].map((name) => order(name, '2012-01-01'));
    expect(top(many)[0]!.title).toMatch(
      /^4 drugs are still listed as active on old entries: \w+ \(2012\), \w+ \(2012\), \w+ \(2012\) and 1 more$/,
    );
  });

  it('reads the dead by their death: no drug list, no visit to come', () => {
    const items = top(
      [
        order('Warfarin 5 MG', '2012-01-01'),
        visit('2024-01-20', 'Inpatient stay', 'IMP'),
        problem('84114007', 'Heart failure', '2015-01-01'),
        of('Observation', {
          status: 'final',
          code: loinc('69453-9', 'Cause of death'),
          effectiveDateTime: '2024-02-03',
          valueCodeableConcept: { text: 'Sudden cardiac death' },
        }),
      ],
      { deceasedDateTime: '2024-02-03' },
    );
    expect(items.map((item) => item.concern)).toEqual(['death', 'hospital', 'problem']);
    expect(items[0]).toMatchObject({ title: 'The patient died on 03-Feb-2024', why: 'Recorded cause: sudden cardiac death.' });
    expect(items[1]!.why).toBe('13 days before the death.');
  });

  it('ends no title with a stop and every reason with one', () => {
    const items = top([pressure(185, 115, '2026-11-01'), order('Warfarin 5 MG', '2012-01-01'), visit('2019-01-01', 'Check up')]);
    for (const item of items) {
      expect(item.title).toMatch(/^[A-Z0-9e].*[^.]$/);
      expect(item.why).toMatch(/^[A-Z0-9].*\.$/);
    }
  });
});
