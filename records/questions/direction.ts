import type { Numbers } from './contract.ts';
import type { Series } from './series.ts';

/** Direction of a series. */
export function directionOf(series: Series): Numbers['direction'] | undefined {
  const values = series.points.map((point) => point.value);
  if (values.length < 2) return undefined;
  const difference = values.at(-1)! - values[0]!;
  return difference > 0 ? 'rising' : difference < 0 ? 'falling' : 'stable';
}
