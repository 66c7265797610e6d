import type { Substance } from '../../language/units.ts';
import { trend, turned } from '../chart/trend.ts';
import type { Numbers } from './contract.ts';
import type { Series } from './series.ts';

/** Direction of a series, by the chart's own measure of trend, and where it turned. Nothing with fewer than two dated values. */
export function courseOf(series: Series, substance?: Substance): Pick<Numbers, 'direction' | 'turn'> {
  const figures = trend(
    series.points.map((point) => point.fact),
    substance,
  );
  if (!figures?.direction) return {};
  const back = turned(figures);
  const turn = back && series.points.find(({ fact }) => fact === back.fact);
  return { direction: figures.direction, ...(turn ? { turn } : {}) };
}
