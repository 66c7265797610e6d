import type { FhirResource } from '../contract.ts';

type Params = readonly (readonly [string, string])[];

/** What a page must tell to be gathered. */
export interface WindowPage {
  readonly matches: readonly FhirResource[];
  readonly total?: number;
  readonly next?: string;
}

export interface Windows<P extends WindowPage> {
  /** The pages of one patient's search under further conditions. */
  readonly asked: (more: Params, count?: number) => AsyncIterable<P>;
  /** The search parameter for when an entry took place. */
  readonly date: string;
  /** As the server counts them. */
  readonly total: number;
  /** The first page of all. */
  readonly first: P;
}

interface Window {
  /** Days since 1970; absent: without end. */
  readonly from?: number;
  readonly to?: number;
}

const DAY_MS = 86_400_000;
/** Above so many pages a window is divided, as long as it is longer than a day. */
const PAGES_IN_ROW = 2;
const MOST_PARTS = 16;
/** A server that ignores the conditions gives as much for each window as for all: more than this are not begun. */
const MOST_WINDOWS = 160;

/**
 * Pages of a long search in windows of time, side by side. Windows end where equal parts of the time do, and where equal parts of what has been
 * seen do: records have quiet decades and crowded weeks. The caller holds the sum against the number that the server counts.
 * @returns undefined where the entries are not spread over time
 * @throws AppError `bad-request` where the server cannot sort or search by date
 */
export async function readInWindows<P extends WindowPage>({ asked, date, total, first }: Windows<P>): Promise<readonly P[] | undefined> {
  const pageSize = first.matches.length;
  const pages: P[] = [];
  let begun = 0;

  const end = async (sort: string): Promise<number | undefined> => {
    for await (const { matches } of asked(
      [
        [`${date}:missing`, 'false'],
        ['_sort', sort],
      ],
      1,
    ))
      return dayOf(matches[0]);
    return undefined;
  };
  const [earliest, latest] = await Promise.all([end(date), end(`-${date}`)]);
  if (earliest === undefined || latest === undefined || latest <= earliest) return undefined;
  const [least, most] = [earliest, latest + 1];

  async function gather(conditions: Params, divide?: (page: P) => readonly Window[]): Promise<void> {
    begun += 1;
    let inRow = 0;
    for await (const page of asked(conditions)) {
      inRow += 1;
      // Without a number, a window that is not done after so many pages is a long one.
      const isLong = page.total === undefined ? inRow === PAGES_IN_ROW : inRow === 1 && page.total > PAGES_IN_ROW * page.matches.length;
      const parts = isLong && page.next !== undefined && begun < MOST_WINDOWS ? (divide?.(page) ?? []) : [];
      if (parts.length > 1) {
        await Promise.all(parts.map(read));
        return;
      }
      pages.push(page);
    }
  }
  const read = (window: Window): Promise<void> =>
    gather(conditionsOf(date, window), (page) => divided(window, page.matches, (page.total ?? 4 * pageSize) / pageSize));
  function divided(window: Window, seen: readonly FhirResource[], wantedParts: number): readonly Window[] {
    const [from, to] = [Math.max(window.from ?? least, least), Math.min(window.to ?? most, most)];
    // Half of them by time, half by what has been seen.
    const parts = Math.min(MOST_PARTS, Math.ceil(wantedParts / 2));
    const days = seen
      .flatMap((resource) => dayOf(resource) ?? [])
      .filter((day) => day >= from && day < to)
      .sort((a, b) => a - b);
    const edges = Array.from({ length: parts }, (_, i) => [
      from + Math.round(((to - from) * i) / parts),
      ...(days.length > 0 ? [days[Math.floor((days.length * i) / parts)]!] : []),
    ]).flat();
    // A crowded last day stands alone.
    const between = [...new Set([...edges, ...days.slice(-1)])].filter((day) => day > from && day < to).sort((a, b) => a - b);
    return [window.from, ...between].map((start, i) => {
      const stop = between[i] ?? window.to;
      return { ...(start === undefined ? {} : { from: start }), ...(stop === undefined ? {} : { to: stop }) };
    });
  }

  await Promise.all([gather([[`${date}:missing`, 'true']]), ...divided({}, first.matches, total / pageSize).map(read)]);
  return pages;
}

const conditionsOf = (date: string, { from, to }: Window): Params => [
  ...(from === undefined ? [] : [[date, `ge${isoDay(from)}`] as const]),
  ...(to === undefined ? [] : [[date, `lt${isoDay(to)}`] as const]),
];
const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The first of the days on which an entry took place, as far as it says so. */
function dayOf(resource: FhirResource | undefined): number | undefined {
  const text = JSON.stringify(resource ?? {});
  const found = [...text.matchAll(/"(?:effective|performed|occurrence|authored|period|start|end|date|created)\w*":"(\d{4}-\d\d-\d\d)/g)];
  const days = found.map(([, day]) => Date.parse(day!) / DAY_MS).filter((day) => !Number.isNaN(day));
  return days.length > 0 ? Math.min(...days) : undefined;
}
