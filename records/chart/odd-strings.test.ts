import { expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import type { FhirResource } from '../contract.ts';
import { buildChart } from './chart.ts';
import { factLine } from './evidence.ts';
import { str } from './fhir.ts';

const subject = { reference: 'Patient/p' };
const RESOURCES: readonly FhirResource[] = [
  {
    resourceType: 'Observation',
    id: 'o',
    subject,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }], text: 'Potassium' },
    effectiveDateTime: '2026-05-01',
    valueQuantity: { value: 4.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    interpretation: [{ coding: [{ code: 'N' }] }],
    note: [{ text: 'Repeat' }],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'm',
    subject,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '29046', display: 'lisinopril' }],
    },
    dosageInstruction: [
      {
        text: '10 mg daily',
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] }, code: { coding: [{ code: 'QD' }] } },
        doseAndRate: [{ doseQuantity: { value: 10, unit: 'mg', code: 'mg' } }],
      },
    ],
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'a',
    patient: subject,
    type: 'allergy',
    criticality: 'high',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '91936005', display: 'Allergy to penicillin' }] },
  },
];

/** Each of the texts of a resource in turn replaced by this one. */
function withEach(resource: FhirResource, text: string): readonly FhirResource[] {
  const found: FhirResource[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    if (typeof value !== 'string' || ['resourceType', 'id', 'reference'].includes(path.at(-1)!)) return;
    const copy = structuredClone(resource) as Record<string, unknown>;
    const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
    holder[path.at(-1)!] = text;
    found.push(copy as FhirResource);
  };
  visit(resource, []);
  return found;
}

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('no text of a resource finds what no table holds: %s', (text) => {
  for (const resource of RESOURCES.flatMap((one) => withEach(one, text))) {
    const chart = buildChart([{ resourceType: 'Patient', id: 'p', name: [{ family: 'Roe' }] }, resource], {
      patientId: 'p',
      asOf: '2026-11-01T00:00:00Z',
      terminology: baseTerminology(),
    });
    expect(chart.facts.map(factLine).join('\n')).not.toMatch(/function|native code|\[object/);
  }
});

test('half of a character that was cut, and control characters, are left out', () => {
  expect(str('repeat \ud83d')).toBe('repeat');
  expect(str('Ast\u0000h\u001bma \udc00severe')).toBe('Asthma severe');
  expect(str('fever 🤒 and rash')).toBe('fever 🤒 and rash');
});
