import { describe, expect, it } from 'vitest';
import { percentile, renderFigures, rounded, timed, tokensOf } from './figures.ts';

describe('figures', () => {
  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1), percentile([7], 0)]).toEqual([10, 19, 20, 7]);
    expect(() => percentile([], 0.5)).toThrow();
  });
  it('times each run and counts tokens', async () => {
    expect(await timed(3, () => undefined)).toHaveLength(3);
    expect(tokensOf('12345')).toBe(2);
  });
  it('rounds for reading and judges against the goal', () => {
    expect([rounded(1234.5), rounded(12.345), rounded(0.012345)]).toEqual([1235, 12.3, 0.0123]);
    const text = renderFigures('answer', [
      { name: 'p50', value: 149.6, unit: 'ms', goal: 150 },
      { name: 'p95', value: 401, unit: 'ms', goal: 400 },
    ]);
    expect(text).toMatch(/p50 +150 ms {3}goal 150 met\n.*p95 +401 ms {3}goal 400 NOT MET/);
  });
});
