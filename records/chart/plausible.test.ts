import { describe, expect, test } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from './chart.ts';

const vital = (code: string, value: number, unit: string) => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: 'Patient/p' },
  effectiveDateTime: '2026-01-05',
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const statusOf = (code: string, value: number, unit: string) =>
  buildChart([{ resourceType: 'Patient', id: 'p' }, vital(code, value, unit)], {
    patientId: 'p',
    asOf: '2026-11-21T12:00:00Z',
    terminology: baseTerminology(),
  }).facts.find(({ id }) => id === 'Observation/o')?.status;

describe('a value that nobody can have', () => {
  test.each([
    ['29463-7', 712, 'kg'],
    ['29463-7', 1600, '[lb_av]'],
    ['8302-2', 1.7, 'cm'],
    ['8310-5', 98.6, 'Cel'],
    ['59408-5', 198, '%'],
    ['8867-4', 7200, '/min'],
    ['8480-6', 1400, 'mm[Hg]'],
  ])('%s: %d %s is unconfirmed', (code, value, unit) => expect(statusOf(code, value, unit)).toBe('unconfirmed'));
  test.each([
    ['29463-7', 71.2, 'kg'],
    ['29463-7', 0.62, 'kg'],
    ['29463-7', 157, '[lb_av]'],
    ['8302-2', 170, 'cm'],
    ['8310-5', 98.6, '[degF]'],
    ['59408-5', 71, '%'],
    ['8867-4', 190, '/min'],
    ['8480-6', 240, 'mm[Hg]'],
  ])('%s: %d %s stands', (code, value, unit) => expect(statusOf(code, value, unit)).toBe('completed'));
});
