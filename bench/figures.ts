/** One measured figure. `goal` is the most it may be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `tokens`, `resources/s`, `x` (a ratio), `%`, or nothing for a count */
  readonly unit: string;
  readonly goal?: number;
}

/** The value below which `share` (0..1) of the values lie, by nearest rank. Throws on an empty list. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('no values to take a percentile of');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Wall time of each of `times` runs, in milliseconds. */
export async function timed(times: number, run: (index: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    await run(index);
    taken.push(performance.now() - started);
  }
  return taken;
}

/** Four characters a token: what common tokenizers give for English within about a fifth; both sides of a ratio are counted alike. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** Three significant digits, whole numbers from 100 up. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

export function renderFigures(bench: string, figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map(({ name, value, unit, goal }) => {
    const judged = goal === undefined ? '' : `   goal ${goal} ${value <= goal ? 'met' : 'NOT MET'}`;
    return `  ${name.padEnd(width)}  ${rounded(value).toLocaleString('en-US').padStart(10)} ${unit}${judged}`.trimEnd();
  });
  return [bench, ...lines, ''].join('\n');
}
