import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const text = (words: string) => ({ text: words });
const value = (amount: number, unit: string) => ({ value: amount, unit, system: 'http://unitsofmeasure.org', code: unit });
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], text: display });
const family = (id: string, relation: string, condition: string) => ({
  resourceType: 'FamilyMemberHistory',
  id,
  status: 'completed',
  patient: subject,
  relationship: text(relation),
  condition: [{ code: text(condition) }],
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Oduya', given: ['Tobias'] }], gender: 'male', birthDate: '1961-05-02' },
    family('f1', 'Father', 'Gout'),
    family('f2', 'Sister', 'Asthma'),
    family('f3', 'Mother', 'Stroke'),
    {
      resourceType: 'Condition',
      id: 'c1',
      subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: text('Gout'),
      onsetDateTime: '2018-04-01',
    },
    {
      resourceType: 'Condition',
      id: 'c2',
      subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: text('Asthma'),
      onsetDateTime: '1990-04-01',
    },
    {
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      subject,
      code: loinc('2823-3', 'Potassium [Moles/volume] in Serum or Plasma'),
      effectiveDateTime: '2026-06-03',
      valueQuantity: value(4.4, 'mmol/L'),
    },
    {
      resourceType: 'Observation',
      id: 'o2',
      status: 'final',
      subject,
      code: loinc('2089-1', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma'),
      effectiveDateTime: '2026-06-03',
      valueQuantity: value(112, 'mg/dL'),
    },
    {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      subject,
      medicationCodeableConcept: text('allopurinol 100 MG Oral Tablet'),
      authoredOn: '2018-05-01',
    },
    {
      resourceType: 'Procedure',
      id: 'pr1',
      status: 'completed',
      subject,
      code: text('Colonoscopy'),
      performedDateTime: '2024-03-12',
    },
    {
      resourceType: 'Immunization',
      id: 'i1',
      status: 'completed',
      patient: subject,
      vaccineCode: text('Influenza vaccine'),
      occurrenceDateTime: '2025-10-04',
    },
  ],
  { patientId: 'p1', asOf: '2026-11-20T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);

const verdictsOf = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('what is said of another person', () => {
  it.each([
    "His father's potassium was 4.4 mmol/L on 3 June 2026.",
    "The sister's LDL was 112 mg/dL in June 2026.",
    'His dad’s latest potassium is 4.4 mmol/L.',
    'Sister: LDL cholesterol 112 mg/dL on 3 June 2026.',
    'The LDL of his father was 112 mg/dL in June 2026.',
    "His grandson's allopurinol is 100 mg.",
    'The brother takes allopurinol.',
    'His father, who has gout, takes allopurinol.',
    'His sister has asthma and had a colonoscopy on 12 March 2024.',
    'His mother-in-law had a colonoscopy in March 2024.',
    "Her mother's flu shot was given on 4 October 2025.",
    "His parents' potassium was 4.4 mmol/L on 3 June 2026.",
    "A neighbour's potassium was 4.4 mmol/L on 3 June 2026.",
    "The other patient's potassium was 4.4 mmol/L on 3 June 2026.",
  ])('is never supported by what the record says of the patient: %s', (sentence) => {
    expect(verdictsOf(sentence)).not.toContain('supported');
  });

  it.each([
    "His father's gout is on record.",
    'His mother had a stroke.',
    'His sister has asthma.',
    'His potassium was 4.4 mmol/L on 3 June 2026.',
    'He takes allopurinol 100 mg.',
    'Family history: stroke (mother).',
  ])('leaves what the record does say: %s', (sentence) => {
    expect(verdictsOf(sentence)).toEqual(['supported']);
  });

  it.each([
    'His father had gout; he takes allopurinol.',
    'His father had gout, and his allopurinol was started in 2018.',
    'His brother is a teacher; his potassium was 4.4 mmol/L on 3 June 2026.',
    'His grandfather had gout and then he had a colonoscopy on 12 March 2024.',
  ])('leaves open which of two men the next clause is about: %s', (sentence) => {
    expect(verdictsOf(sentence)).toEqual(['unverified']);
  });

  it.each([
    'His father had gout. He takes allopurinol.',
    'His mother had a stroke; he takes allopurinol.',
    'His father had gout, but he takes allopurinol.',
    'He takes allopurinol; his father had gout.',
    'His father had gout; the patient takes allopurinol.',
    'Family history of stroke; he takes allopurinol.',
  ])('takes the patient to be meant where nobody else can be: %s', (sentence) => {
    expect([...new Set(verdictsOf(sentence))]).toEqual(['supported']);
  });
});

describe('what is the patient’s own is not given to whomever a note names', () => {
  const own = buildChart(
    [
      {
        resourceType: 'Patient',
        id: 'p1',
        name: [{ family: 'Weil', given: ['Ruth'] }],
        gender: 'female',
        birthDate: '1941-05-02',
        maritalStatus: text('Divorced'),
        address: [{ city: 'Millbrook', state: 'MA' }],
        communication: [{ language: text('Greek'), preferred: true }],
      },
      {
        resourceType: 'Condition',
        id: 'c1',
        subject,
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: text('Alzheimer disease'),
        note: [{ text: 'Daughter is the health care proxy. Not to be told to her family.' }],
        onsetDateTime: '2022-04-01',
      },
      {
        resourceType: 'MedicationRequest',
        id: 'm1',
        status: 'active',
        intent: 'order',
        subject,
        medicationCodeableConcept: text('donepezil 10 MG Oral Tablet'),
        note: [{ text: 'Her daughter fills the pillbox.' }],
      },
      {
        resourceType: 'Condition',
        id: 'c2',
        subject,
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: text('Family history of breast cancer'),
        onsetDateTime: '2022-04-01',
      },
    ] as never,
    { patientId: 'p1', asOf: '2026-11-20T10:00:00Z', terminology: createTerminology(loadConcepts()) },
  );
  const verdict = (sentence: string) => verifyText(sentence, own)[0]!.verdict;

  it.each([
    'Her daughter has Alzheimer disease.',
    'Her daughter has dementia.',
    'Her family has Alzheimer disease.',
    'Her daughter takes donepezil.',
    'Her daughter got married in 2022.',
    'Her daughter is divorced.',
    'Her daughter lives in Boston.',
    'Her daughter speaks English.',
    'Her daughter speaks Greek.',
  ])('%s', (sentence) => expect(verdict(sentence)).toBe('unverified'));

  it.each([
    'Her daughter is the health care proxy.',
    'She is divorced.',
    'She lives with her daughter and is divorced.',
    'Family history of breast cancer.',
  ])('%s', (sentence) => expect(verdict(sentence)).not.toBe('contradicted'));
  it.each(['Her daughter is the health care proxy.', 'She is divorced.'])('supported: %s', (sentence) =>
    expect(verdict(sentence)).toBe('supported'),
  );
  it.each(['She is married.', 'She lives in Boston.'])('contradicted: %s', (sentence) => expect(verdict(sentence)).toBe('contradicted'));
});
