import { describe, expect, test } from 'vitest';
import { createClinic } from './clinic.ts';
import { addGenotypes, genotypeOf } from './genotypes.ts';
import { createRandom } from './random.ts';
import { createRecord } from './record.ts';

const record = () => {
  const random = createRandom('genotypes');
  return createRecord({
    id: 'somebody',
    recordNumber: '1',
    person: {
      given: ['A'],
      family: 'B',
      sex: 'female',
      birthDate: '1980-02-03',
      races: ['asian'],
      language: 'en',
      primaryCare: 'okafor',
    },
    asOf: '2026-11-21',
    clinic: createClinic('2026-11-21', random),
    random,
  });
};

describe('genotypes', () => {
  test('an enzyme has a genotype and what it does to drugs, derived from it, in one report', () => {
    const { draft } = record();
    expect(addGenotypes(draft, { CYP2D6: '*4/*4' }, { at: '2026-03-02T10:00:00-05:00' })).toEqual([
      'CYP2D6 genotype *4/*4 (poor metabolizer)',
    ]);
    const [genotype, phenotype, report] = draft.all().slice(-3);
    expect(genotype).toMatchObject({
      code: { coding: [{ code: '84413-4' }] },
      valueCodeableConcept: { text: '*4/*4' },
      component: [{ valueCodeableConcept: { coding: [{ code: 'HGNC:2625', display: 'CYP2D6' }] } }],
    });
    expect(phenotype).toMatchObject({
      valueCodeableConcept: { coding: [{ code: 'LA9657-3' }] },
      derivedFrom: [{ reference: `Observation/${genotype!.id}` }],
    });
    expect(report).toMatchObject({ result: [{ reference: `Observation/${genotype!.id}` }, { reference: `Observation/${phenotype!.id}` }] });
  });

  test('an allele that is there or not has no metabolizer phenotype', () => {
    const { draft } = record();
    expect(addGenotypes(draft, { 'HLA-B*57:01': 'positive' }, { at: '2026-03-02T10:00:00-05:00' })).toEqual([
      'HLA-B*57:01 genotype positive',
    ]);
    expect(draft.all().filter(({ resourceType }) => resourceType === 'Observation')).toHaveLength(1);
  });

  test('what a diplotype means is not made up', () => {
    expect(() => genotypeOf('CYP2D6', '*4/*99')).toThrow(RangeError);
  });
});
