import { describe, expect, it } from 'vitest';
import { createTerminology } from '../../language/terminology.ts';
import { broaderConcept } from './broader.ts';
import { CONCEPTS } from './chart.fixture.ts';

const terminology = createTerminology([
  ...CONCEPTS,
  ...[
    ['condition/fracture', 'condition', 'fracture'],
    ['condition/ulcer', 'condition', 'duodenal ulcer'],
    ['condition/pregnancy', 'condition', 'pregnancy'],
    ['condition/hepatitis-b', 'condition', 'hepatitis B'],
    ['procedure/ct-chest', 'procedure', 'computed tomography of chest'],
  ].map(([id, kind, name]) => ({ id: id!, kind: kind as 'condition', name: name!, synonyms: [], codes: [], parents: [] })),
]);

describe('broaderConcept', () => {
  it.each([
    ['Fracture of clavicle', 'condition', 'condition/fracture'],
    ['Active duodenal ulcer', 'condition', 'condition/ulcer'],
    ['Heart failure due to hypertension', 'condition', 'condition/heart-failure'],
    ['Pregnancy-induced hypertension', 'condition', 'condition/hypertension'],
    ['High resolution computed tomography of chest without contrast', 'procedure', 'procedure/ct-chest'],
    ['Hypertension screening', 'condition', undefined],
    ['Carrier of hepatitis B', 'condition', undefined],
    ['History of fracture', 'condition', undefined],
    ['Suspected heart failure', 'condition', undefined],
    ['Nephropathy due to hypertension', 'condition', undefined],
    ['No fracture', 'condition', undefined],
    ['Bypass of stomach', 'procedure', undefined],
    ['Fracture education', 'condition', undefined],
    ['Zonal frobnication', 'condition', undefined],
  ] as const)('%s', (name, kind, expected) => expect(broaderConcept(name, kind, terminology)).toBe(expected));
});
