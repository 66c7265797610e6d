/** What contradicts is surely read, and a reason says no more of the record than what was looked for. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const allergy = (id: string, name: string, category: string) => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  category: [category],
  code: { text: name },
});
const lab = (id: string, name: string, loinc: string, date: string, value: number, unit: string) => ({
  resourceType: 'Observation',
  id,
  subject,
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text: name, coding: [{ system: 'http://loinc.org', code: loinc, display: name }] },
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const open = (extra: readonly FhirResource[]) =>
  buildChart(
    [
      { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
      lab('h1', 'Hemoglobin', '718-7', '2024-01-10', 118, 'g/L'),
      lab('h2', 'Hemoglobin', '718-7', '2024-04-10', 98, 'g/L'),
      lab('k1', 'Potassium', '2823-3', '2024-04-10', 4.4, 'mmol/L'),
      lab('n1', 'Sodium', '2951-2', '2024-04-10', 139, 'mmol/L'),
      {
        resourceType: 'Condition',
        id: 'c1',
        subject,
        code: { text: 'Acute bronchitis' },
        clinicalStatus: { coding: [{ code: 'resolved' }] },
        onsetDateTime: '2023-03-01',
        abatementDateTime: '2023-03-09',
      },
      {
        resourceType: 'MedicationRequest',
        id: 'm1',
        subject,
        status: 'completed',
        intent: 'order',
        authoredOn: '2023-03-01',
        medicationCodeableConcept: { text: 'prednisone 20 mg tablet' },
        dosageInstruction: [{ text: '40 mg by mouth once daily' }],
      },
      ...extra,
    ],
    { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
  );
const verify = (text: string, extra: readonly FhirResource[] = []) => verifyText(text, open(extra));

describe('what contradicts is surely read', () => {
  it.each([
    ['No drug allergies are recorded.', [allergy('a1', 'Grass pollen', 'environment')]],
    ['NKDA is wrong: she reacts to penicillin.', [allergy('a2', 'Penicillin', 'medication')]],
    ['Hemoglobin fell from 11.8 to 9.8 g/dL.', []],
    ['Acute bronchitis in March 2023, settled within ten days.', []],
    ['A potassium of 6.1 was first reported and then corrected to 4.4 in April 2024.', []],
    ['K 4.4 / Na 139 in April 2024.', []],
  ] as const)('%s', (text, extra) => {
    const claims = verify(text, extra);
    expect(claims.map(({ verdict }) => verdict)).not.toContain('contradicted');
  });
  it.each([
    ['No drug allergies are recorded.', [allergy('a2', 'Penicillin', 'medication')]],
    ['Acute bronchitis in March 2023, settled within three days.', []],
    ['K 5.4 / Na 139 in April 2024.', []],
    ['Took prednisone 20 mg once daily in March 2023.', []],
  ] as const)('and what is read is: %s', (text, extra) => {
    const claims = verify(text, extra);
    expect(claims.map(({ verdict }) => verdict)).toContain('contradicted');
  });
});

describe('why it is not decided', () => {
  const reasons = (text: string, extra: readonly FhirResource[]) =>
    verify(text, extra)
      .flatMap(({ checks }) => checks.map(({ reason }) => reason))
      .join('; ');
  it('does not deny what stands elsewhere in the record', () => {
    const told = reasons('Codeine disagreed with her.', [allergy('a3', 'Codeine', 'medication')]);
    expect(told).not.toMatch(/holds no|no entry/);
    expect(told).toMatch(/codeine.*allergy/i);
  });
  it('says what was looked for where nothing is found', () => {
    expect(reasons('She takes warfarin.', [])).toMatch(/no entry of the record is named warfarin/);
  });
});

describe('what a drug is for', () => {
  const order = (id: string, drug: string, sig: string, reason: string) => ({
    resourceType: 'MedicationRequest',
    id,
    subject,
    status: 'active',
    intent: 'order',
    authoredOn: '2024-02-05',
    medicationCodeableConcept: { text: drug },
    reasonCode: [{ text: reason }],
    dosageInstruction: [{ text: sig }],
  });
  const orders = [
    order('r1', 'hydroxyzine 25 mg tablet', '1 tablet by mouth as needed for itching or trouble sleeping', 'Urticaria'),
    order('r2', 'epoetin alfa 4000 units injection', '4000 units under the skin every week', 'Anemia in chronic kidney disease'),
    order('r3', 'famotidine 20 mg tablet', '20 mg by mouth twice daily', 'Heartburn'),
  ];
  it.each([
    ['She takes hydroxyzine 25 mg as needed for itching.', 'supported'],
    ['She takes hydroxyzine for asthma.', 'contradicted'],
    ['She gets epoetin alfa for CKD.', 'supported'],
    ['She gets epoetin alfa for heart failure.', 'contradicted'],
    ['She takes famotidine for GERD.', 'unverified'],
    ['She takes famotidine for heartburn.', 'supported'],
    ['Sodium was prescribed.', 'unverified'],
    ['Potassium was prescribed for heartburn.', 'unverified'],
    ['Past history negative for acute bronchitis.', 'contradicted'],
  ])('%s', (text, expected) => expect(verify(text, orders).map(({ verdict }) => verdict)).toEqual([expected]));
});
