import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { coded, loinc, of, snomed, status } from './chart.fixture.ts';
import { buildChart } from './chart.ts';
import { conceptsNamed, reached, THRESHOLDS } from './thresholds.ts';

const terminology = createTerminology(loadConcepts());
const UCUM = 'http://unitsofmeasure.org';
const DAY = '2026-06-01';

function levels(
  code: unknown,
  value: number,
  unit: string | undefined,
  options: { born?: string; gender?: string; with?: Record<string, unknown>[]; comparator?: string; code?: string } = {},
): readonly string[] {
  const observation = of('Observation', {
    status: 'final',
    code,
    effectiveDateTime: DAY,
    valueQuantity: {
      value,
      ...(unit ? { unit, system: UCUM, code: options.code ?? unit } : {}),
      ...(options.comparator ? { comparator: options.comparator } : {}),
    },
  });
  const chart = buildChart(
    [
      { resourceType: 'Patient', id: 'p', birthDate: options.born ?? '1960-01-01', gender: options.gender ?? 'female' },
      observation,
      ...(options.with ?? []).map((fields) => of('Condition', fields)),
    ],
    { patientId: 'p', asOf: '2026-07-01T00:00:00Z', terminology },
  );
  const fact = chart.facts.find((item) => item.id === `Observation/${observation.id}`);
  return reached(fact!, chart).map((threshold) => `${threshold.level} ${threshold.meaning}`);
}
const systolic = loinc('8480-6', 'Systolic blood pressure');
const potassium = loinc('2823-3', 'Potassium');
const glucose = loinc('2345-7', 'Glucose');
const a1c = loinc('4548-4', 'Hemoglobin A1c');
const hemoglobin = loinc('718-7', 'Hemoglobin');
const phq9 = loinc('44261-6', 'PHQ-9 total score');

describe('THRESHOLDS', () => {
  it.each(THRESHOLDS.map((threshold) => [threshold.measure.join(), threshold.meaning, threshold] as const))(
    '%s, %s',
    (_, __, threshold) => {
      expect(conceptsNamed(terminology, threshold.measure, ['observation'])).not.toEqual([]);
      for (const name of threshold.unless ?? []) expect(conceptsNamed(terminology, [name], ['condition'])).not.toEqual([]);
      expect(threshold.source).toMatch(/\b(?:19|20)\d\d\b|CDC/);
      expect(threshold.meaning).not.toMatch(/[.]$/);
    },
  );
});

describe('reached', () => {
  it('includes or excludes the bound as the source does', () => {
    expect(levels(systolic, 139.9, 'mm[Hg]')).toEqual([]);
    expect(levels(systolic, 140, 'mm[Hg]')[0]).toMatch(/^1 systolic 140/);
    expect(levels(systolic, 160, 'mm[Hg]')[0]).toMatch(/^2 systolic 160/);
    expect(levels(systolic, 180, 'mm[Hg]')[0]).toMatch(/^3 systolic 180/);
    expect(levels(a1c, 9, '%')[0]).toMatch(/^1 /);
    expect(levels(a1c, 9.1, '%')[0]).toMatch(/^2 /);
    expect(levels(hemoglobin, 12, 'g/dL')).toEqual([]);
    expect(levels(hemoglobin, 11.9, 'g/dL')[0]).toMatch(/women/);
  });

  it('reads each unit that the source gives, and units that convert', () => {
    expect(levels(glucose, 3.2, 'mmol/L')[0]).toMatch(/^2 below 70/);
    expect(levels(glucose, 2.9, 'mmol/L')[0]).toMatch(/^3 below 54/);
    expect(levels(glucose, 5.5, 'mmol/L')).toEqual([]);
    expect(levels(a1c, 47, 'mmol/mol')).toEqual([]);
    expect(levels(a1c, 48, 'mmol/mol')[0]).toMatch(/diabetes/);
    expect(levels(hemoglobin, 75, 'g/L')[0]).toMatch(/^3 below 8/);
    expect(levels(potassium, 6.6, 'meq/L')[0]).toMatch(/^3 /);
    expect(levels(potassium, 6.6, undefined)).toEqual([]);
  });

  it('reads scores with and without a unit of their own', () => {
    expect(levels(phq9, 12, '{score}')[0]).toMatch(/moderate depression/);
    expect(levels(phq9, 21, undefined)[0]).toMatch(/^3 /);
    expect(levels(phq9, 12, 'mg/dL')).toEqual([]);
  });

  it('minds comparators', () => {
    expect(levels(potassium, 6.5, 'mmol/L', { comparator: '<' })).toEqual([]);
    expect(levels(loinc('33914-3', 'eGFR'), 15, 'mL/min/{1.73_m2}', { comparator: '<' })[0]).toMatch(/^3 /);
    expect(levels(loinc('33914-3', 'eGFR'), 60, 'mL/min/{1.73_m2}', { comparator: '>' })).toEqual([]);
  });

  it('keeps to the ages of the source', () => {
    expect(levels(potassium, 6.6, 'mmol/L', { born: '2015-01-01' })).toEqual([]);
    expect(levels(systolic, 131, 'mm[Hg]', { born: '2011-01-01' })[0]).toMatch(/^1 .*from age 13/);
    expect(levels(systolic, 131, 'mm[Hg]')).toEqual([]);
    expect(levels(systolic, 141, 'mm[Hg]', { born: '2018-01-01' })[0]).toMatch(/^2 .*childhood/);
    expect(levels(systolic, 141, 'mm[Hg]', { born: '2026-01-01' })).toEqual([]);
  });

  it('leaves out what the source does not hold for', () => {
    const pregnancy = { code: snomed('77386006', 'Pregnancy'), clinicalStatus: status('active'), onsetDateTime: '2026-03-01' };
    expect(levels(hemoglobin, 11.5, 'g/dL', { with: [pregnancy], born: '1995-01-01' })).toEqual([]);
    expect(levels(hemoglobin, 11.5, 'g/dL', { with: [{ ...pregnancy, onsetDateTime: '2019-03-01' }], born: '1995-01-01' })[0]).toMatch(
      /women/,
    );
    const saturation = loinc('59408-5', 'Oxygen saturation');
    const copd = {
      code: coded('http://snomed.info/sct', '13645005', 'Chronic obstructive pulmonary disease'),
      clinicalStatus: status('active'),
    };
    expect(levels(saturation, 90, '%')[0]).toMatch(/^3 /);
    expect(levels(saturation, 90, '%', { with: [copd] })).toEqual([]);
  });
});
