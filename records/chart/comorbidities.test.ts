import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import type { Fact } from '../contract.ts';
import { CONCEPTS, of, onlyFact, snomed, status } from './chart.fixture.ts';
import { COMORBIDITIES, comorbidityWeight } from './comorbidities.ts';
import { conceptsNamed } from './thresholds.ts';

const terminology = createTerminology([
  ...CONCEPTS,
  { id: 'condition/ckd', kind: 'condition', name: 'chronic kidney disease', synonyms: [], codes: [], parents: [] },
  { id: 'condition/hiv', kind: 'condition', name: 'HIV infection', synonyms: ['AIDS'], codes: [], parents: [] },
]);
const problem = (name: string, concept: string): Fact => ({
  ...onlyFact(of('Condition', { code: snomed('1', name), clinicalStatus: status('active') })),
  concepts: [concept],
});

describe('comorbidityWeight', () => {
  it.each([
    ['Heart failure', 'condition/heart-failure', 1],
    ['Type 2 diabetes', 'condition/type-2-diabetes', 1],
    ['Gestational diabetes mellitus', 'condition/diabetes', 0],
    ['Chronic kidney disease stage 4', 'condition/ckd', 2],
    ['Chronic kidney disease stage 1', 'condition/ckd', 0],
    ['HIV infection', 'condition/hiv', 0],
    ['AIDS', 'condition/hiv', 6],
    ['History of heart failure', 'condition/heart-failure', 0],
    ['Hypertension', 'condition/hypertension', 0],
  ])('%s', (name, concept, weight) => expect(comorbidityWeight(problem(name, concept), terminology)).toBe(weight));
});

describe('comorbidityWeight with the project’s terminology', () => {
  const real = createTerminology(loadConcepts());
  const named = (name: string): Fact => ({
    ...onlyFact(of('Condition', { code: { text: name }, clinicalStatus: status('active') })),
    concepts: real
      .byName(name)
      .filter((concept) => concept.kind === 'condition')
      .slice(0, 1)
      .map((concept) => concept.id)
      .concat(`text/${name}`),
  });

  // The 19 items and weights of Charlson 1987, table 3.
  it.each([
    ['Myocardial infarction', 1],
    ['Old myocardial infarction', 1],
    ['History of myocardial infarction', 1],
    ['Congestive heart failure', 1],
    ['Peripheral artery disease', 1],
    ['Stroke', 1],
    ['Dementia', 1],
    ['COPD', 1],
    ['Rheumatoid arthritis', 1],
    ['Peptic ulcer', 1],
    ['Cirrhosis', 1],
    ['Chronic hepatitis C', 1],
    ['Type 2 diabetes', 1],
    ['Hemiplegia', 2],
    ['Chronic kidney disease stage 4', 2],
    ['End-stage renal disease', 2],
    ['Diabetic nephropathy', 2],
    ['Diabetic retinopathy', 2],
    ['Type 2 diabetes mellitus with diabetic chronic kidney disease', 2],
    ['Breast cancer', 2],
    ['Leukemia', 2],
    ['Lymphoma', 2],
    ['Melanoma', 2],
    ['Portal hypertension', 3],
    ['Esophageal varices', 3],
    ['Liver failure', 3],
    ['Metastatic cancer', 6],
    ['Secondary metastatic malignant neoplasm of liver', 6],
    ['AIDS', 6],
    ['Pre-existing type 2 diabetes', 1],
    ['Asthma', 0],
    ['HIV infection', 0],
    ['Fatty liver', 0],
    ['Basal cell carcinoma', 0],
    ['Chronic kidney disease stage 2', 0],
    ['Diabetic ketoacidosis', 1],
    ['History of breast cancer', 0],
    ['Prediabetes', 0],
    ['Acute liver failure', 0],
    ['Coronary artery disease', 0],
  ])('%s', (name, weight) => expect(comorbidityWeight(named(name), real)).toBe(weight));

  it('finds every family', () => {
    for (const { names } of COMORBIDITIES)
      for (const name of names) expect([name, conceptsNamed(real, [name], ['condition']).length > 0]).toEqual([name, true]);
  });
});
