import { describe, expect, it } from 'vitest';
import { coded, factsIn, of, onlyFact, snomed, status } from './chart.fixture.ts';
import { factLabel, factLine } from './lines.ts';

const IPS = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';
const ips = (code: string, display?: string) => coded(IPS, code, display ?? code.replaceAll('-', ' '));

describe('a whole section recorded as empty', () => {
  it.each([
    ['Condition', { code: ips('no-known-problems', 'No known problems') }, 'problem', 'No known problems'],
    ['Condition', { code: snomed('160245001', 'No current problems or disability (situation)') }, 'problem', 'No known problems'],
    ['MedicationStatement', { medicationCodeableConcept: ips('no-known-medications') }, 'medication', 'No known medications'],
    ['MedicationRequest', { medicationCodeableConcept: { text: 'No current medications' } }, 'medication', 'No known medications'],
    ['Procedure', { code: ips('no-known-procedures') }, 'procedure', 'No known procedures'],
    ['Procedure', { code: { text: 'No prior surgeries' } }, 'procedure', 'No known procedures'],
    ['Immunization', { vaccineCode: ips('no-known-immunizations') }, 'immunization', 'No known immunizations'],
    ['DeviceUseStatement', { device: { display: 'No known devices in use' } }, 'device', 'No known medical devices'],
  ])('%s %j', (resourceType, fields, kind, line) => {
    const fact = onlyFact(of(resourceType, { status: 'active', ...fields }));
    expect(fact).toMatchObject({ kind, negated: true, details: { absence: 'any' } });
    expect(factLine(fact)).toBe(line);
    expect(factLabel(fact)).toBe(line);
  });

  it.each([
    ['no-known-allergies', 'any'],
    ['no-known-medication-allergies', 'drug'],
    ['no-known-food-allergies', 'food'],
    ['no-known-environmental-allergies', 'environment'],
  ])('reads the allergy code %s without its display', (code, absence) => {
    const fields = { clinicalStatus: status('active'), code: { coding: [{ system: IPS, code }] } };
    expect(onlyFact(of('AllergyIntolerance', fields))).toMatchObject({ negated: true, details: { absence } });
  });
});

describe('a section that nobody knows', () => {
  it.each([
    ['AllergyIntolerance', { code: ips('no-allergy-info', 'No information about allergies') }],
    ['AllergyIntolerance', { code: { text: 'Not asked' } }],
    ['AllergyIntolerance', { code: { text: 'No information on drug allergies' } }],
    ['Condition', { code: ips('no-problem-info', 'No information about problems') }],
    ['MedicationStatement', { medicationCodeableConcept: ips('no-medication-info', 'No information about medications') }],
    ['Procedure', { code: ips('no-procedure-info') }],
    ['Immunization', { status: 'not-done', vaccineCode: ips('no-immunization-info') }],
    ['Device', { type: ips('no-device-info') }],
  ])('states nothing, least of all an absence: %s %j', (resourceType, fields) => {
    expect(factsIn(of(resourceType, { status: 'active', ...fields }))).toEqual([]);
  });

  it('is no name of a thing that begins alike', () => {
    expect(onlyFact(of('Condition', { code: { text: 'No-show history' } })).negated).toBe(false);
    expect(onlyFact(of('Condition', { code: { text: 'Nonunion of fracture' } })).negated).toBe(false);
    expect(onlyFact(of('MedicationRequest', { medicationCodeableConcept: { text: 'Nortriptyline 25 mg' } })).negated).toBe(false);
  });
});
