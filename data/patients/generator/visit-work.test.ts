import type { Observation } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { createClinic } from './clinic.ts';
import { createRandom } from './random.ts';
import { createRecord } from './record.ts';

function record() {
  const random = createRandom('visit work');
  return createRecord({
    id: 'somebody',
    recordNumber: '1',
    person: { given: ['A'], family: 'B', sex: 'male', birthDate: '1980-02-03', races: [], language: 'en', primaryCare: 'okafor' },
    asOf: '2026-11-21',
    clinic: createClinic('2026-11-21', random),
    random,
  });
}
const day = '2026-03-02';
type Record = ReturnType<typeof record>;
const noteOf = (of: Record): string => {
  const note = of.resources().find((one) => one.resourceType === 'DocumentReference');
  return note?.resourceType === 'DocumentReference' ? Buffer.from(note.content[0]!.attachment.data!, 'base64').toString() : '';
};

test('a PHQ-9 has its nine answers in a panel, their sum, and the ninth answer in the note', () => {
  const one = record();
  const total = one.visit({ day, kind: 'office', reason: 'Low mood' }, (visit) => visit.phq9(2, 3, 2, 2, 1, 2, 2, 1, 1));
  expect(total.valueQuantity?.value).toBe(16);
  const panel = one.resources().find((item) => item.resourceType === 'Observation' && item.hasMember !== undefined) as Observation;
  expect(panel.hasMember).toHaveLength(10);
  expect(noteOf(one)).toContain('Ninth item of the PHQ-9: several days.');
  expect(() => record().visit({ day, kind: 'office', reason: 'x' }, (visit) => visit.phq9(1, 2))).toThrow(RangeError);
  expect(() => record().visit({ day, kind: 'office', reason: 'x' }, (visit) => visit.phq9(4, 0, 0, 0, 0, 0, 0, 0, 0))).toThrow(RangeError);
});

test('a result under what a test counts keeps its sign, in the record and in the note', () => {
  const one = record();
  const result = one.visit({ day, kind: 'office', reason: 'x' }, (visit) => visit.below('hiv-rna', 20));
  expect(result.valueQuantity).toMatchObject({ value: 20, comparator: '<' });
  expect(result.interpretation).toBeUndefined();
  expect(noteOf(one)).toContain('HIV-1 RNA <20 copies/mL');
});

test('who comes by a standing plan has no appointment', () => {
  const one = record();
  one.visit({ day, kind: 'nurse', reason: 'Blood drawn', quiet: true, unbooked: true }, () => undefined);
  one.visit({ day: '2026-03-09', kind: 'nurse', reason: 'Blood drawn', quiet: true }, () => undefined);
  expect(one.resources().filter(({ resourceType }) => resourceType === 'Appointment')).toHaveLength(1);
});

test('a drug taken since long before acts from then on, and its note says that it is continued', () => {
  const one = record();
  const [started, continued] = [record(), one].map((of, i) => {
    of.body.set('ldl', '2020-01-01', 140);
    return of.visit({ day, kind: 'office', reason: 'New patient' }, (visit) => {
      visit.start('atorvastatin-40', {}, i === 0 ? {} : { since: '2021-05-01' });
      return of.body.level('ldl', day);
    });
  });
  expect(started).toBeGreaterThan(135);
  expect(continued).toBeLessThan(80);
  expect(noteOf(one)).toContain('- Continued atorvastatin 40 mg once daily.');
  expect(one.resources().find(({ resourceType }) => resourceType === 'MedicationRequest')).toMatchObject({ authoredOn: day });
});
