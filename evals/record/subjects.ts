import type { Point, Thing } from './expectation.ts';
import type { Named } from './names.ts';
import { dayOf, type Event, type Item, instantOf, type Measurement, type Medication, type PatientRecord, type Problem } from './reading.ts';
import { fold, foldUnit, names } from './reading-answers.ts';

/** Items of one patient that people call the same, with the names to ask by and to accept. */
export interface Subject<T extends Item> {
  readonly key: string;
  /** How it may be asked for. */
  readonly said: readonly string[];
  readonly typos: readonly string[];
  readonly thing: Thing;
  readonly items: readonly T[];
  /** In the table: its names are common; else only the record's own display is known. */
  readonly common: boolean;
}

export interface Series extends Subject<Measurement> {
  /** Oldest first, one unit. */
  readonly points: readonly Point[];
  readonly oneUnit: boolean;
  readonly beside: readonly number[];
}

/** Groups items by the table, else by their own first display. Items that no one could name are left out. */
export function group<T extends Item>(
  items: readonly T[],
  table: readonly Named[],
  byDisplay: (display: string) => string = plain,
): readonly Subject<T>[] {
  const groups = new Map<string, { named: Named | undefined; items: T[] }>();
  for (const item of items) {
    const named = table.find((entry) => means(entry, item));
    const display = item.displays[0];
    if (named === undefined && display === undefined) continue;
    const key = named?.key ?? `display/${fold(byDisplay(display ?? ''))}`;
    const held = groups.get(key) ?? { named, items: [] };
    held.items.push(item);
    groups.set(key, held);
  }
  return [...groups].map(([key, { named, items: held }]): Subject<T> => {
    const own = [...new Set(held.flatMap((item) => item.displays).flatMap((d) => [d, plain(d), byDisplay(d)]))].filter((d) => d !== '');
    const said = named?.said ?? [lowerFirst(byDisplay(held[0]?.displays[0] ?? ''))];
    const unless = table
      .filter((entry) => entry !== named)
      .flatMap((entry) => [...entry.said, ...(entry.also ?? [])])
      .filter((name) => said.some((own) => names(name, own)) && !said.some((own) => fold(own) === fold(name)));
    return {
      key,
      said,
      typos: named?.typos ?? [],
      thing: {
        ...(unless.length === 0 ? {} : { unless }),
        names: [...said, ...(named?.also ?? []), ...own],
        ids: held.map((item) => item.id),
      },
      items: held,
      common: named !== undefined,
    };
  });
}

/** By code where the table has codes and the item has any of them; else by display. */
export function means(entry: Named, item: Item): boolean {
  if (entry.codes?.some((code) => item.codes.includes(code)) === true) return true;
  // "Dementia due to Parkinson's disease" is not Parkinson's disease.
  const derived = entry.key.startsWith('condition/') ? DERIVED : /(?!)/;
  return item.displays.some((display) => entry.display.test(plain(display)) && !derived.test(display));
}
const DERIVED = /\b(due to|secondary to|caused by|associated with|complicat\w+|history of|screening|risk of|in remission)\b/i;

/** A display without its bracketed parts and tags: "Viral sinusitis (disorder)" -> "Viral sinusitis". */
export function plain(display: string): string {
  return display
    .replace(
      /\s*\((disorder|finding|situation|procedure|regime\/therapy|event|observable entity|substance|product|morphologic abnormality|person)\)\s*$/i,
      '',
    )
    .trim();
}

/** A drug's product name without strength, form and pack: "24 HR metoprolol succinate 100 MG ... [Toprol]" -> "metoprolol succinate". */
export function productName(display: string): string {
  const bare = plain(display)
    .replace(/^NDA\d+\s*/i, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/^(\d+(\.\d+)?\s*(HR|ML|ACTUAT)\s+)+/i, '');
  const parts = bare.split(' / ').map((part) => part.replace(/\s*\d+(\.\d+)?\s*(MG|MCG|ML|UNT|%|day|\/).*$/i, '').trim());
  return parts.filter((part) => part !== '').join(' / ');
}

export function testName(display: string): string {
  return plain(display)
    .replace(/\s*\[[^\]]*\]/g, '')
    .replace(/\s+(in|of|by)\s+(serum|blood|plasma|urine|automated).*$/i, '')
    .trim();
}

/**
 * Series of measurements. A subject is left out where the record also holds values of it that cannot be compared (coded, withheld, with a
 * comparator) or a result that has its name but another code.
 */
export function seriesOf(record: PatientRecord, table: readonly Named[]): readonly Series[] {
  const others = [...record.coded, ...record.unusable];
  return group(record.measurements, table, testName).flatMap((subject): Series[] => {
    const entry = table.find(({ key }) => key === subject.key);
    const mixed =
      entry?.codes !== undefined &&
      subject.items.some((i) => i.codes.some((c) => entry.codes?.includes(c))) &&
      subject.items.some((i) => !i.codes.some((c) => entry.codes?.includes(c)));
    // No one asks for a display like "History of Hospitalizations+Outpatient visits" in these words.
    if (mixed || (entry === undefined && /^history of|[+&]|questionnaire/i.test(subject.said[0] ?? ''))) return [];
    if (others.some((item) => (entry === undefined ? item.displays.some((d) => subject.thing.names.includes(d)) : means(entry, item))))
      return [];
    const sorted = [...subject.items].sort((a, b) => instantOf(a.date) - instantOf(b.date));
    const units = new Set(sorted.map((m) => foldUnit(m.unit ?? '')));
    const points = sorted.map(
      (m): Point => ({ value: m.value, date: m.date, ids: [m.id], ...(m.unit === undefined ? {} : { unit: m.unit }) }),
    );
    return [{ ...subject, points, oneUnit: units.size === 1, beside: sorted.flatMap((m) => m.bounds) }];
  });
}

/** Whole blood pressures: systolic and diastolic of one resource. */
export function pressures(record: PatientRecord): readonly Point[] {
  // Where one number of a pressure is missing, which one is the latest is a matter of opinion.
  if (record.unusable.some((item) => item.codes.includes('8480-6') || item.codes.includes('8462-4'))) return [];
  const systolic = record.measurements.filter((m) => m.component && m.codes.includes('8480-6'));
  return systolic
    .flatMap((s): Point[] => {
      const d = record.measurements.find((m) => m.id === s.id && m.codes.includes('8462-4'));
      return d === undefined
        ? []
        : [{ value: s.value, second: d.value, date: s.date, ids: [s.id], ...(s.unit === undefined ? {} : { unit: s.unit }) }];
    })
    .sort((a, b) => instantOf(a.date) - instantOf(b.date));
}

/** The newest, with everything of the same instant; of the same day where one of them has no time. */
export function newest<T extends { readonly date?: string }>(items: readonly T[]): readonly T[] {
  return edge(items, Math.max);
}
export function oldest<T extends { readonly date?: string }>(items: readonly T[]): readonly T[] {
  return edge(items, Math.min);
}
function edge<T extends { readonly date?: string }>(items: readonly T[], pick: (...values: number[]) => number): readonly T[] {
  const dated = items.filter((item) => item.date !== undefined);
  const at = pick(...dated.map((item) => instantOf(item.date ?? '')));
  const there = dated.filter((item) => instantOf(item.date ?? '') === at);
  const days = new Set(there.map((item) => dayOf(item.date ?? '')));
  const partial = dated.some((item) => days.has(dayOf(item.date ?? '')) && (item.date ?? '').length === 10);
  return partial ? dated.filter((item) => days.has(dayOf(item.date ?? ''))) : there;
}

export function things(subjects: readonly Subject<Item>[]): readonly Thing[] {
  return subjects.map(({ thing }) => thing);
}

/** Milligrams and the like in a product's name: "Simvastatin 20 MG Oral Tablet". Nothing for combinations and concentrations. */
export function strengthsIn(medication: Medication): readonly { readonly value: number; readonly unit: string }[] {
  if (medication.combination) return [];
  const display = medication.displays.find((d) => /\d\s*(mg|mcg|unt)\b/i.test(d)) ?? '';
  if (/\/\s*(ml|hr|actuat)|\d\s*ml\b/i.test(display)) return [];
  const match = /(\d+(?:\.\d+)?)\s*(mg|mcg|unt)\b/i.exec(display);
  return match === null ? [] : [{ value: Number(match[1]), unit: (match[2] ?? '').toLowerCase() }];
}

/** Findings about a person's circumstances that some systems write as conditions; a problem list may carry them or not. */
export function isCircumstance(problem: Problem): boolean {
  return problem.displays.some((d) =>
    /employ|labor force|education|housing|homeless|transport|social|stress \(|victim|violence|criminal|refugee|migrant|armed forces|medication review|risk activity|limited|unhealthy|isolated|certificat|situation|sexual|contraception|pregnan/i.test(
      d,
    ),
  );
}

/** Steps of care that a person asked for "procedures" may leave out. */
export function isMinor(event: Event): boolean {
  return event.displays.some((d) =>
    /documentation of|information gathering|reconciliation|assessment|screening|education|referral|counsel|evaluation|examination|auscultation|injection|consult|admission|questionnaire|measurement/i.test(
      d,
    ),
  );
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

export function byYear<T extends { readonly date?: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const years = new Map<string, T[]>();
  for (const item of items) {
    const year = (item.date ?? '').slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), item]);
  }
  return years;
}
