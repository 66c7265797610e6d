import { describe, expect, it } from 'vitest';
import { quantities } from '../../language/quantities.ts';
import type { Fact } from '../../records/contract.ts';
import { compareAmount } from './quantities.ts';

const compare = (said: string, value: number, text: string, concept: string, ucum = 'mg/dL') =>
  compareAmount(quantities(said)[0]!, { value, text, unit: ucum, ucum }, {
    name: concept,
    names: [],
    concepts: [concept],
  } as unknown as Fact).outcome;

describe('a value told in another unit', () => {
  it('may be rounded to no less than the last digit that the record gives', () => {
    expect(compare('10 µmol/L', 0.6, '0.6', 'lab/bilirubin')).toBe('pass');
    expect(compare('9 µmol/L', 0.5, '0.5', 'lab/bilirubin')).toBe('pass');
    expect(compare('8.3 mmol/L', 149, '149', 'lab/glucose')).toBe('pass');
  });
  it('is not another value', () => {
    expect(compare('11 µmol/L', 0.6, '0.6', 'lab/bilirubin')).toBe('fail');
    expect(compare('7 µmol/L', 0.5, '0.5', 'lab/bilirubin')).toBe('fail');
    expect(compare('6 mmol/L', 101, '101', 'lab/glucose')).not.toBe('pass');
  });
});
