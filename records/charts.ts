import type { Terminology } from '../language/contract.ts';
import { buildChart } from './chart/chart.ts';
import type { Chart, ReadOptions, RecordStore } from './contract.ts';
import { orGone } from './waiting.ts';

/** Opens charts, keeping a few: a chart is built again when the record's stamp, or the day, has changed. */
export interface Charts {
  /**
   * @param now ISO instant
   * @throws AppError `not-found` where there is no such patient
   * @throws the signal's reason where the caller has gone
   */
  open(patientId: string, now: string, options?: ReadOptions): Promise<Chart>;
}

const KEPT = 8;

export function createCharts({ store, terminology }: { readonly store: RecordStore; readonly terminology: Terminology }): Charts {
  const kept = new Map<string, { stamp: string; chart: Promise<Chart> }>();

  async function build(patientId: string, asOf: string): Promise<Chart> {
    const { resources, ...snapshot } = await store.everything(patientId, { since: asOf });
    const chart = buildChart(resources, { patientId, asOf, terminology });
    return { ...chart, ...snapshot, gaps: [...snapshot.gaps, ...(chart.gaps ?? [])] };
  }

  return {
    async open(patientId, now, { signal } = {}) {
      const stamp = `${await store.stamp(patientId, { since: now, ...(signal ? { signal } : {}) })} ${now.slice(0, 10)}`;
      const found = kept.get(patientId);
      const chart = found?.stamp === stamp ? found.chart.then((known) => asReadNow(known, store, now)) : build(patientId, now);
      kept.delete(patientId);
      kept.set(patientId, { stamp, chart });
      chart.catch(() => kept.delete(patientId));
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      // Others may wait for the same one.
      return orGone(chart, signal);
    },
  };
}

/** The same record, confirmed since: how old its parts are has changed, and nothing else. */
async function asReadNow(chart: Chart, store: Pick<RecordStore, 'everything'>, since: string): Promise<Chart> {
  if (chart.readAt === undefined) return chart;
  const { readAt, readAtOf } = await store.everything(chart.patientId, { since });
  const isSame = readAt === chart.readAt && JSON.stringify(readAtOf) === JSON.stringify(chart.readAtOf);
  return readAt === undefined || isSame ? chart : { ...chart, readAt, ...(readAtOf ? { readAtOf } : {}) };
}
