/** An order is no use of a drug, and what a note plans, hangs on a condition or gives as a reason has not been done. */
import { describe, expect, it } from 'vitest';
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { verifyText } from './verify.ts';

const terminology = createTerminology(loadConcepts());
const subject = { reference: 'Patient/p1' };
const order = (id: string, text: string, date: string, sig: string, status = 'active', category = 'outpatient'): FhirResource => ({
  resourceType: 'MedicationRequest',
  id,
  status,
  intent: 'order',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category', code: category, display: category }] },
  ],
  subject,
  authoredOn: date,
  medicationCodeableConcept: { text },
  dosageInstruction: [{ text: sig }],
});
const note = (id: string, date: string, text: string): FhirResource => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject,
  type: { text: 'Progress note' },
  date: `${date}T10:00:00Z`,
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
});
const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Tamm', given: ['Liis'] }], gender: 'female', birthDate: '1970-01-01' },
    order('glu', 'glucagon 3 mg nasal powder', '2024-03-12', '1 dose (3 mg) into the nose as needed for severe low blood sugar'),
    order('nal', 'naloxone 4 mg nasal spray', '2023-05-02', '1 spray into the nose as needed for overdose'),
    order('epi-once', 'epinephrine 0.3 mg injection', '2022-08-09', '0.3 mg into the muscle once', 'completed', 'inpatient'),
    order('epi-pen', 'epinephrine 0.3 mg auto-injector', '2023-01-15', '0.3 mg into the muscle as needed for hives', 'active', 'discharge'),
    order('cef', 'ceftriaxone 2 g injection', '2024-05-20', '2 g intravenously every 24 hours', 'active', 'inpatient'),
    order('met', 'metformin 500 mg oral tablet', '2020-02-03', '1 tablet by mouth twice daily'),
    order('amo', 'amoxicillin 500 mg capsule', '2021-06-07', '1 capsule three times daily for 7 days', 'completed'),
    {
      resourceType: 'MedicationAdministration',
      id: 'hep',
      status: 'completed',
      subject,
      medicationCodeableConcept: { text: 'heparin' },
      effectiveDateTime: '2022-03-04T08:00:00Z',
    },
    {
      resourceType: 'MedicationStatement',
      id: 'asp',
      status: 'active',
      subject,
      medicationCodeableConcept: { text: 'aspirin 81 mg tablet' },
      effectivePeriod: { start: '2024-01-01' },
      dosage: [{ text: '1 tablet daily, bought without prescription after a program on television' }],
    },
    {
      resourceType: 'MedicationStatement',
      id: 'mel',
      status: 'active',
      subject,
      medicationCodeableConcept: { text: 'melatonin 3 mg tablet' },
      effectivePeriod: { start: '2024-01-01' },
      dosage: [{ text: '1 tablet at bedtime' }],
    },
    {
      resourceType: 'Procedure',
      id: 'col',
      status: 'completed',
      subject,
      code: { coding: [{ system: 'http://snomed.info/sct', code: '73761001', display: 'Colonoscopy' }], text: 'Colonoscopy' },
      performedDateTime: '2018-11-22',
    },
    note(
      'n1',
      '2023-09-22',
      `Office visit
Reason for visit: Blood pressure, colonoscopy.
History: She agrees to the colonoscopy if somebody can drive her home. She sleeps badly since the move.
Assessment and plan:
- Mammogram in the spring.
- Spirometry before the next visit.
- Pneumonia has cleared.`,
    ),
    note(
      'n2',
      '2023-11-05',
      'History: Her husband could not wake her in the evening and gave naloxone into the nose. She did not get glucagon.',
    ),
    note(
      'n3',
      '2023-12-01',
      'History: Her sister took naloxone. If she does not wake, glucagon is given.\n- She was given a prescription for glucagon.',
    ),
    {
      resourceType: 'Appointment',
      id: 'a1',
      status: 'booked',
      start: '2024-07-21T09:00:00Z',
      description: 'Yearly check-up',
      comment: 'Fasting, for the lipid panel',
      participant: [{ actor: subject, status: 'accepted' }],
    },
  ],
  { patientId: 'p1', asOf: '2024-06-15T09:00:00Z', terminology },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => claim.verdict);

describe('an order', () => {
  it.each([
    'Glucagon was given on 12 March 2024.',
    'Glucagon was given in March 2024.',
    'She was given glucagon.',
    'She received glucagon on 12 March 2024.',
    'She used glucagon in March 2024.',
    'She needed glucagon on 12 March 2024.',
    'She took glucagon on 12 March 2024.',
    'Glucagon was administered.',
    'She had a dose of glucagon on 12 March 2024.',
    'She has never used glucagon.',
    'Glucagon was given on 13 March 2024.',
    'She used her epinephrine auto-injector in January 2023.',
    'Epinephrine was given on 15 January 2023.',
    'Epinephrine was last given in August 2022.',
    'She was never given naloxone.',
    'She received ceftriaxone in hospital.',
    'Ceftriaxone was given on 20 May 2024.',
    'Amoxicillin was given on 7 June 2021.',
    'Metformin was administered on 3 February 2020.',
  ])('tells no use, nor that there was none: %s', (text) => expect(verdict(text)).toEqual(['unverified']));

  it.each([
    'She was prescribed glucagon on 12 March 2024.',
    'Glucagon was ordered in March 2024.',
    'She was started on naloxone in May 2023.',
    'She has an epinephrine auto-injector.',
    'She is on glucagon as needed.',
    'She takes metformin.',
    'She has taken metformin since February 2020.',
    'She was given amoxicillin.',
    'She is receiving ceftriaxone.',
    'She has used naloxone since 2023.',
  ])('tells that it was ordered: %s', (text) => expect(verdict(text)).toEqual(['supported']));

  it.each(['Epinephrine was given on 9 August 2022.', 'Heparin was given on 4 March 2022.', 'She received heparin in March 2022.'])(
    'that was carried out, and an administration, tell of it: %s',
    (text) => expect(verdict(text)).toEqual(['supported']),
  );

  it.each(['Heparin was given on 5 March 2022.'])('and of no other day: %s', (text) => expect(verdict(text)).toEqual(['contradicted']));

  it.each([
    ['Naloxone was given on 5 November 2023.', 'supported'],
    ['Her husband gave naloxone.', 'supported'],
    ['She has been given naloxone.', 'supported'],
    ['Her brother gave naloxone.', 'unverified'],
    ['Naloxone was given on 1 December 2023.', 'unverified'],
    ['Glucagon was given in December 2023.', 'unverified'],
    ['Glucagon was given in November 2023.', 'unverified'],
  ])('is beside what a note tells: %s', (text, said) => expect(verdict(text)).toEqual([said]));
});

describe('what was bought', () => {
  it.each([
    ['She takes aspirin 81 mg prescribed by her doctor.', 'contradicted'],
    ['She was prescribed aspirin.', 'contradicted'],
    ['She takes aspirin without a prescription.', 'supported'],
    ['She takes aspirin 81 mg.', 'supported'],
    ['She was prescribed melatonin.', 'unverified'],
    ['She takes melatonin.', 'supported'],
  ])('was not prescribed: %s', (text, said) => expect(verdict(text)).toEqual([said]));
});

describe('what a note names without telling it as done', () => {
  it.each([
    'She had a colonoscopy in September 2023.',
    'A colonoscopy was done on 22 September 2023.',
    'A colonoscopy was done after 2019.',
    'A mammogram was done on 22 September 2023.',
    'She had a mammogram in September 2023.',
    'Spirometry was done in September 2023.',
    'A lipid panel was done on 21 July 2024.',
    'She fasted on 21 July 2024.',
  ])('is not done: %s', (text) => expect(verdict(text)).not.toEqual(['supported']));

  it.each([
    'Pneumonia had cleared on 22 September 2023.',
    'The reason for the visit on 22 September 2023 was blood pressure, colonoscopy.',
  ])('and what it tells stands: %s', (text) => expect(verdict(text)).toEqual(['supported']));
});
