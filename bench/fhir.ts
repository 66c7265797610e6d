import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart, CHART_TYPES } from '../records/chart/chart.ts';
import { noAuthorization } from '../records/remote/authorization.ts';
import { createWire, type Wire } from '../records/remote/wire.ts';
import { createRemoteStore } from '../records/remote.ts';
import { serveFhir } from '../records/sandbox/serve.ts';
import { createFhirService } from '../records/sandbox/service.ts';
import { type Figure, percentile } from './figures.ts';
import { growRecord } from './grow-record.ts';
import { createQuickRecord } from './quick-record.ts';
import type { Seed } from './seed.ts';

const SIZES = [100, 1_000, 5_000];
const DELAYS_MS = [0, 50, 200];
/** The chart of a long record on a distant server. */
const GOAL = { size: 5_000, delayMs: 200, ms: 3_000 };
/** The longest page that the server gives, as HAPI has it from the start. */
const PAGE_SIZE = 200;
/** Beside it, at the goal's size and delay: servers whose pages say, or do not say, where they begin; shorter pages; the longest that is asked for. */
const ALSO: readonly Place[] = [
  { pageSize: PAGE_SIZE, opaque: true },
  { pageSize: 100, opaque: false },
  { pageSize: 100, opaque: true },
  { pageSize: 1_000, opaque: false },
  { pageSize: 100, opaque: false, counts: 'never' },
  { pageSize: 100, opaque: true, counts: 'alone' },
  { pageSize: 100, opaque: true, counts: 'never' },
];

interface Place {
  readonly pageSize: number;
  /** The address of the next page does not say how far in it begins. */
  readonly opaque: boolean;
  /** Pages do not say how many entries there are: only an answer without any does (`_summary=count`), or none. Absent: each page does. */
  readonly counts?: 'alone' | 'never';
}
interface Settings {
  /** Requests at once; absent: as the client has it. */
  readonly parallel?: number;
  /** False: nothing tells the client how to read pages side by side. */
  readonly slices?: boolean;
}

/**
 * The chart over HTTP, from a server on a socket that waits before each answer, in the same process. Beside it the same read with one request
 * after the other. Each read is that of a new process: connections, the server's statement and all.
 */
export async function fhir({ seed, quick }: { readonly seed: Seed; readonly quick: boolean }): Promise<Figure[]> {
  const terminology = createTerminology(loadConcepts());
  const figures: Figure[] = [];
  const places = SIZES.flatMap((size) =>
    (quick ? DELAYS_MS.slice(-1) : DELAYS_MS).map((delayMs) => ({ size, delayMs, pageSize: PAGE_SIZE, opaque: false })),
  );
  const runs = quick ? 1 : 3;
  figures.push({ name: 'reads of each, of which the median', value: runs, unit: '' });
  const all: readonly (Place & { readonly size: number; readonly delayMs: number })[] = [
    ...places,
    ...ALSO.map((place) => ({ ...GOAL, ...place })),
  ];
  for (const { size, delayMs, ...place } of all) {
    const resources = growRecord(seed.resources, size);
    const server = await serveFhir(createFhirService({ store: createQuickRecord(resources), pageSize: place.pageSize }), { delayMs });
    try {
      const read = (settings: Settings) =>
        readTwice(
          server.baseUrl,
          seed.patientId,
          { ...settings, opaque: place.opaque, ...(place.counts ? { counts: place.counts } : {}) },
          (read) => buildChart(read, { patientId: seed.patientId, asOf: new Date().toISOString(), terminology }),
        );
      const reads = [];
      for (let run = 0; run < runs; run += 1) reads.push(await read({}));
      const ms = median(reads.map(({ first }) => first.ms));
      const isGoal = size === GOAL.size && delayMs === GOAL.delayMs;
      const how = place.opaque ? ', next pages opaque' : '';
      const uncounted = place.counts === undefined ? '' : place.counts === 'alone' ? ', counted only when asked' : ', not counted';
      const label = `${size.toLocaleString('en-US')} resources, ${delayMs} ms, pages of ${place.pageSize}${how}${uncounted}`;
      figures.push(
        { name: `${label}: chart`, value: ms, unit: 'ms', ...(isGoal ? { goal: GOAL.ms } : {}) },
        { name: `${label}: requests`, value: median(reads.map(({ first }) => first.requests)), unit: '' },
      );
      if (place.pageSize !== PAGE_SIZE || place.opaque || place.counts) continue;
      const single = await read({ parallel: 1, slices: false });
      figures.push(
        { name: `${label}: one after the other`, value: single.first.ms, unit: 'ms' },
        { name: `${label}: requests one after the other`, value: single.first.requests, unit: '' },
        { name: `${label}: one after the other / chart`, value: single.first.ms / ms, unit: 'x' },
        { name: `${label}: again, nothing changed`, value: median(reads.map(({ again }) => again.ms)), unit: 'ms' },
        { name: `${label}: requests then`, value: median(reads.map(({ again }) => again.requests)), unit: '' },
      );
    } finally {
      await server.close();
    }
  }
  return figures;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

type Resources = Parameters<typeof buildChart>[0];

async function readTwice(
  baseUrl: URL,
  patientId: string,
  { parallel, slices = true, opaque, counts }: Settings & Pick<Place, 'opaque' | 'counts'>,
  chart: (resources: Resources) => unknown,
) {
  const wire = createWire(parallel === undefined ? {} : { parallel });
  let requests = 0;
  const between = createBetween({ opaque: opaque || !slices, dates: slices, ...(counts ? { counts } : {}) });
  const counted: Pick<Wire, 'send'> = {
    async send(wanted) {
      requests += 1;
      const answer = await wire.send({ ...wanted, url: between.there(wanted.url) });
      return { ...answer, body: between.back(wanted.url, answer.body) };
    },
  };
  const deps = { wire: counted, baseUrl, authorization: noAuthorization, clock: () => new Date(), types: CHART_TYPES };
  const store = createRemoteStore({ ...deps, maxAgeMs: 0 });
  const once = async () => {
    requests = 0;
    const started = performance.now();
    const { resources, gaps } = await store.everything(patientId);
    const read = performance.now() - started;
    chart(resources);
    if (gaps.length > 0) throw new Error(`the record was not read whole: ${JSON.stringify(gaps)}`);
    return { read, ms: performance.now() - started, requests, size: resources.length };
  };
  try {
    const first = await once();
    const again = await once();
    return { first, again: { ms: again.read, requests: again.requests } };
  } finally {
    await wire.close();
  }
}

/** What makes the server another one: next pages by a word that says nothing, no number of entries, no searches by date. */
function createBetween({ opaque, dates, counts }: Pick<Place, 'opaque' | 'counts'> & { readonly dates: boolean }) {
  const pages = new Map<string, string>();
  return {
    there: (url: URL): URL => new URL(pages.get(url.searchParams.get('page') ?? '') ?? url),
    back(url: URL, body: string): string {
      const isStatement = url.pathname.endsWith('/metadata');
      if (isStatement ? dates : !opaque && counts === undefined) return body;
      const resource = JSON.parse(body);
      if (isStatement) {
        const types = (resource as { rest: { resource: { searchParam: { type: string }[] }[] }[] }).rest.flatMap((rest) => rest.resource);
        for (const type of types) type.searchParam = type.searchParam.filter((one) => one.type !== 'date');
      } else {
        const alone = url.searchParams.get('_summary') === 'count';
        if (counts === 'never' || (counts === 'alone' && !alone)) delete (resource as { total?: number }).total;
        const next = (resource as { link?: { relation: string; url: string }[] }).link?.find(({ relation }) => relation === 'next');
        if (next && opaque) {
          const word = `p${pages.size}`;
          pages.set(word, next.url);
          next.url = `${url.origin}${url.pathname}?page=${word}`;
        }
      }
      return JSON.stringify(resource);
    },
  };
}
