import { expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { missingParts } from '../missing.ts';
import { chartOf, of } from './chart.fixture.ts';
import { factLine } from './evidence.ts';

const potassium = (more: object) =>
  of('Observation', {
    id: 'k1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
    effectiveDateTime: '2026-06-01',
    valueQuantity: { value: 6.9, unit: 'mmol/L' },
    ...more,
  });
const fibrillation = (more: object) => of('Condition', { id: 'c1', code: { text: 'Atrial fibrillation' }, ...more });
const inError = { verificationStatus: { coding: [{ code: 'entered-in-error' }] } };
const report = (more: object) =>
  of('DiagnosticReport', { id: 'r1', status: 'final', code: { text: 'Basic metabolic panel' }, effectiveDateTime: '2026-06-01', ...more });
const order = (more: object) => of('MedicationRequest', { id: 'm1', status: 'active', intent: 'order', authoredOn: '2026-05-01', ...more });
const warfarin = { medicationCodeableConcept: { text: 'warfarin' } };
const lines = (...resources: readonly FhirResource[]): string =>
  chartOf(...resources)
    .facts.map(factLine)
    .join('\n');

test.each<readonly [string, readonly FhirResource[]]>([
  [
    'beside it',
    [potassium({ status: 'entered-in-error' }), report({ result: [{ reference: 'Observation/k1', display: 'Potassium 6.9' }] })],
  ],
  ['inside', [report({ result: [{ reference: '#k1' }], contained: [potassium({ status: 'entered-in-error' })] })]],
  [
    'with a modifier',
    [potassium({ modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }), report({ result: [{ reference: 'Observation/k1' }] })],
  ],
])('a report does not tell a result that was entered in error, %s', (_, resources) => {
  expect(lines(...resources)).not.toContain('6.9');
});

test('a drug or a reason that was entered in error is neither', () => {
  const medication = of('Medication', { id: 'x', status: 'entered-in-error', code: { text: 'warfarin' } });
  const chart = chartOf(medication, order({ medicationReference: { reference: 'Medication/x', display: 'warfarin' } }));
  expect(chart.facts.filter(({ kind }) => kind === 'medication')).toEqual([]);
  expect(missingParts(chart)).toEqual([expect.objectContaining({ name: '1 medication without a name' })]);
  const reason = lines(
    fibrillation(inError),
    order({ ...warfarin, reasonReference: [{ reference: 'Condition/c1', display: 'Atrial fibrillation' }] }),
  );
  expect(reason).toMatch(/warfarin/i);
  expect(reason).not.toMatch(/fibrillation/i);
});

test('a reason that was refuted is told as that, and is no problem of hers', () => {
  const refuted = fibrillation({ verificationStatus: { coding: [{ code: 'refuted' }] } });
  const chart = chartOf(refuted, order({ ...warfarin, reasonReference: [{ reference: 'Condition/c1' }] }));
  expect(chart.facts.find(({ kind }) => kind === 'medication')?.reasons).toEqual([
    { text: 'a problem that was refuted since', concepts: [], ref: 'Condition/c1' },
  ]);
});

test.each([
  ['a result', report({ result: [{ reference: '#k1' }], contained: [{ ...potassium({}), subject: { reference: 'Patient/bob' } }] })],
  [
    'a reason',
    order({
      ...warfarin,
      reasonReference: [{ reference: '#c1' }],
      contained: [{ ...fibrillation({}), subject: { reference: 'Patient/bob' } }],
    }),
  ],
])('%s of another patient inside a resource is an error, never data', (_, resource) => {
  expect(() => chartOf(resource)).toThrow(expect.objectContaining({ code: 'foreign-patient' }));
});

test('what a report names and did not come is not known, and something is there', () => {
  const chart = chartOf(report({ result: [{ reference: 'Observation/gone' }, { reference: '#gone' }] }));
  expect(missingParts(chart)).toEqual([
    expect.objectContaining({
      name: '2 results that a report names',
      why: 'Observation/gone, #gone are not among what was given of this record',
    }),
  ]);
});

const note = (more: object) =>
  of('DocumentReference', {
    id: 'd1',
    status: 'current',
    type: { text: 'Progress note' },
    date: '2026-05-02T10:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Allergic to penicillin.').toString('base64') } }],
    ...more,
  });

test('a note that another took the place of says nothing any more', () => {
  expect(lines(note({}))).toContain('Allergic to penicillin');
  expect(lines(note({ status: 'superseded' }))).not.toContain('penicillin');
});

test('a note from the record of another patient is not hers', () => {
  const chart = chartOf(note({ context: { sourcePatientInfo: { reference: 'Patient/bob' } } }));
  expect(chart.facts.filter(({ kind }) => kind === 'document')).toEqual([]);
  expect(missingParts(chart)).toHaveLength(1);
});

test('what is given twice with two contents is held for neither', () => {
  const chart = chartOf(potassium({}), potassium({ valueQuantity: { value: 4.1, unit: 'mmol/L' } }), potassium({}));
  expect(chart.facts.filter(({ kind }) => kind === 'result')).toEqual([]);
  expect(missingParts(chart)).toEqual([expect.objectContaining({ name: '1 result given twice' })]);
  expect(chartOf(potassium({}), potassium({})).facts.filter(({ kind }) => kind === 'result')).not.toEqual([]);
});
