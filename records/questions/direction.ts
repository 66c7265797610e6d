import type { Substance } from '../../language/units.ts';
import { trend } from '../chart/trend.ts';
import type { Numbers } from './contract.ts';
import type { Series } from './series.ts';

/** Direction of a series, by the chart's own measure of trend. Undefined with fewer than two dated values. */
export function directionOf(series: Series, substance?: Substance): Numbers['direction'] | undefined {
  return trend(
    series.points.map((point) => point.fact),
    substance,
  )?.direction;
}
