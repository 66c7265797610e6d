import type { Observation } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { createClinic } from './clinic.ts';
import { createRandom } from './random.ts';
import { createRecord } from './record.ts';

function record({ birthDate = '1980-02-03' } = {}) {
  const random = createRandom('visit work');
  return createRecord({
    id: 'somebody',
    recordNumber: '1',
    person: { given: ['A'], family: 'B', sex: 'male', birthDate, races: [], language: 'en', primaryCare: 'okafor' },
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

test('a note tells how a drug begins: started, continued, given once, placed', () => {
  const one = record();
  one.visit({ day, kind: 'office', reason: 'x' }, (visit) => {
    const pain = visit.diagnose('low-back-pain');
    visit.start('amlodipine-5', {}, { since: '2020-01-01' });
    visit.start('penicillin-g-benzathine', { days: 1 });
    visit.start('naproxen-500', { times: 2 }, { for: pain, because: pain.label.toLowerCase() });
    const tablets = visit.start('calcium-vit-d', { times: 2 });
    visit.change(tablets, { dosage: { times: 2, note: 'With meals' } }, 'apart from levothyroxine');
    visit.finish(tablets);
  });
  const note = noteOf(one);
  expect(note).toContain('- Continued amlodipine 5 mg once daily.');
  expect(note).toContain('- Gave penicillin G benzathine 2,400,000 units into the muscle once.');
  expect(note).toMatch(/- Started naproxen 500 mg twice daily for [^:]+\.\n/);
  expect(note).toContain(
    '- Changed how calcium carbonate/vitamin D 1250 mg/200 units, 1 tablet twice daily is taken: apart from levothyroxine.',
  );
  expect(note).toContain('- Calcium carbonate/vitamin D');
});

test.each([
  ['2026-03-02', '2026-03-05', '3 days old'],
  ['2026-02-02', '2026-03-04', '4 weeks old'],
  ['2025-02-03', '2026-03-04', '13 months old'],
  ['2024-03-04', '2026-03-04', '2 years old'],
])('somebody born %s is on %s %s', (birthDate, on, words) => {
  const one = record({ birthDate });
  one.visit({ day: on, kind: 'office', reason: 'x' }, () => undefined);
  expect(noteOf(one)).toContain(`, ${words}\n`);
});

test('calls and visits of the clinic are on days on which it is open; an emergency is on any', () => {
  const one = record();
  const saturday = '2026-03-07';
  for (const kind of ['telephone', 'urgent', 'office'] as const) one.visit({ day: saturday, kind, reason: kind }, () => undefined);
  one.visit({ day: saturday, kind: 'emergency', reason: 'chest pain' }, () => undefined);
  const days = one.resources().flatMap((item) => (item.resourceType === 'Encounter' ? [item.period!.start!.slice(0, 10)] : []));
  expect(days).toEqual(['2026-03-09', '2026-03-09', '2026-03-09', saturday]);
});

test('a differential count adds up to the leukocytes', () => {
  const one = record();
  const counts = one.visit({ day, kind: 'office', reason: 'x' }, (visit) => {
    visit.labs('cbc-diff');
    return one.resources().flatMap((item) => (item.resourceType === 'Observation' ? [item] : []));
  });
  const value = (label: string) => counts.find(({ code }) => code.text === label)!.valueQuantity!.value!;
  const parts = ['Neutrophils', 'Lymphocytes', 'Monocytes', 'Eosinophils', 'Basophils'].map(value);
  expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - value('White blood cells'))).toBeLessThan(0.11);
});

test('no LDL cholesterol is calculated with triglycerides above 400 mg/dL, and nobody tells one', () => {
  const [high, plain] = [650, 150].map((level) => {
    const one = record();
    one.body.set('triglycerides', '2020-01-01', level);
    one.visit({ day, kind: 'office', reason: 'Cholesterol' }, (visit) => visit.labs('lipids'));
    return {
      tests: one.resources().flatMap((item) => (item.resourceType === 'Observation' ? [item.code.text] : [])),
      reported: one.resources().flatMap((item) => (item.resourceType === 'DiagnosticReport' ? (item.result ?? []) : [])),
      note: noteOf(one),
    };
  });
  expect(high!.tests).toEqual(['Total cholesterol', 'Triglycerides', 'HDL cholesterol']);
  expect(high!.reported).toHaveLength(3);
  expect(high!.note).not.toContain('LDL');
  expect(plain!.tests).toContain('LDL cholesterol');
  expect(plain!.note).toMatch(/LDL cholesterol \d+ mg\/dL/);
});

test('a small child’s hemoglobin is judged by the limits of small children', () => {
  const [child, adult] = ['2025-03-02', '1990-03-02'].map((birthDate) => {
    const one = record({ birthDate });
    one.visit({ day, kind: 'well child', reason: 'Well-child visit' }, (visit) => visit.result('hemoglobin', 11.4));
    return one.resources().find((item) => item.resourceType === 'Observation') as Observation;
  });
  expect(child!.interpretation![0]!.coding![0]!.code).toBe('N');
  expect(child!.referenceRange![0]!.low!.value).toBe(11);
  expect(adult!.interpretation![0]!.coding![0]!.code).toBe('L');
});
