import { describe, expect, it } from 'vitest';
import { createTerminology } from '../../language/terminology.ts';
import type { Fact } from '../contract.ts';
import { CONCEPTS, of, onlyFact, snomed, status } from './chart.fixture.ts';
import { comorbidityWeight } from './comorbidities.ts';

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
