import { describe, expect, test } from 'vitest';
import { createBody, effectsOf } from './physiology.ts';
import { createRandom } from './random.ts';

const sizeOf = (ingredient: string, dose: number, of: string): number => {
  const found = effectsOf(ingredient, dose).find((effect) => effect.test === of);
  if (found === undefined) throw new Error(`${ingredient} does nothing to ${of}`);
  return found.size;
};

describe('effects of drugs by dose', () => {
  test('a factor near 1 stays on its side at every dose', () => {
    expect(sizeOf('lisinopril', 20, 'creatinine')).toBeCloseTo(1.05);
    expect(sizeOf('lisinopril', 10, 'creatinine')).toBeGreaterThan(1);
    expect(sizeOf('lisinopril', 10, 'creatinine')).toBeLessThan(1.05);
  });

  test('a lower dose never does more', () => {
    expect(sizeOf('lisinopril', 10, 'uacr')).toBeGreaterThan(sizeOf('lisinopril', 40, 'uacr'));
    expect(sizeOf('methimazole', 10, 'free-t4')).toBeGreaterThan(sizeOf('methimazole', 20, 'free-t4'));
    expect(sizeOf('allopurinol', 100, 'urate')).toBeGreaterThan(sizeOf('allopurinol', 300, 'urate'));
    expect(sizeOf('amlodipine', 5, 'systolic')).toBeGreaterThan(sizeOf('amlodipine', 10, 'systolic'));
  });

  test('twice the statin lowers LDL by about six points of its level more', () => {
    expect(sizeOf('atorvastatin', 40, 'ldl') - sizeOf('atorvastatin', 80, 'ldl')).toBeCloseTo(0.06, 1);
    expect(sizeOf('atorvastatin', 10, 'ldl')).toBeGreaterThan(0.58);
  });
});

describe('a fixed result', () => {
  test('is what is read then, and moves what follows from it; other days keep their scatter', () => {
    const body = createBody({ birthDate: '1947-04-18', sex: 'female', random: createRandom('fixed') });
    body.set('creatinine', '2026-01-01', 1.1);
    body.fix('creatinine', '2026-11-09T09:00:00-05:00', 1.54);
    expect(body.read('creatinine', '2026-11-09T09:00:00-05:00')).toBe(1.54);
    expect(body.read('egfr', '2026-11-09T09:00:00-05:00')).toBe(34);
    expect(body.read('creatinine', '2026-11-10T09:00:00-05:00')).toBeLessThan(1.3);
  });
});
