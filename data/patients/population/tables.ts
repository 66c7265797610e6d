import { readRows, type Sex } from '../generator/tables.ts';

const rowsOf = (name: string): readonly (readonly string[])[] => readRows(`../population/${name}.tsv`);
function once<T>(read: () => T): () => T {
  let held: T | undefined;
  return () => {
    held ??= read();
    return held;
  };
}

/** An item of the clinic's population, its share in %, and what else the table says of it. */
export interface Share {
  readonly item: string;
  readonly share: number;
  readonly further: string;
}
const demographics = once(() => {
  const all = new Map<string, Share[]>();
  for (const [table, item, share, further] of rowsOf('demographics'))
    all.set(table!, [...(all.get(table!) ?? []), { item: item!, share: Number(share), further: further ?? '' }]);
  return all;
});
/** @throws RangeError where the table of shares is not there */
export function sharesOf(table: string): readonly Share[] {
  const found = demographics().get(table);
  if (found === undefined) throw new RangeError(`data/patients/population/demographics.tsv has no table “${table}”`);
  return found;
}

export interface Names {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly family: readonly string[];
}
const names = once(() => {
  const all = new Map<string, Record<string, readonly string[]>>();
  for (const [tradition, kind, list] of rowsOf('names')) all.set(tradition!, { ...all.get(tradition!), [kind!]: list!.split(', ') });
  return all;
});
export function namesOf(tradition: string): Names {
  const found = names().get(tradition);
  if (!found?.female || !found.male || !found.family) throw new RangeError(`data/patients/population/names.tsv lacks “${tradition}”`);
  return { female: found.female, male: found.male, family: found.family };
}

/** A problem that people have: shares by sex and age, and what makes it likelier. */
export interface Disease {
  readonly key: string;
  /** From 0 to 1, at that age. */
  readonly share: (sex: Sex, age: number) => number;
  readonly risks: readonly (readonly [key: string, times: number])[];
  /** Years that it has been there at most. */
  readonly longest: number;
}
const AGES = [20, 30, 40, 50, 60, 70, 80, 90] as const;
export const diseases = once((): readonly Disease[] =>
  rowsOf('diseases').map((cells) => {
    const [key, ...rest] = cells;
    const [risks, longest] = [rest[AGES.length]!, rest[AGES.length + 1]!];
    const points = rest.slice(0, AGES.length).map((cell) => {
      const [female, male = female] = cell.split('/');
      return { female: Number(female), male: Number(male) };
    });
    return {
      key: key!,
      share: (sex, age) =>
        age < 18
          ? 0
          : between(
              AGES,
              points.map((point) => point[sex]),
              age,
            ) / 100,
      risks: risks
        .split(' ')
        .filter(Boolean)
        .map((risk): readonly [string, number] => [risk.split(':')[0]!, Number(risk.split(':')[1])]),
      longest: Number(longest),
    };
  }),
);

/** The value at a place between points that lie in order; before the first and after the last it stays. */
export function between(at: readonly number[], values: readonly number[], place: number): number {
  const next = at.findIndex((point) => point > place);
  if (next === 0) return values[0]!;
  if (next < 0) return values.at(-1)!;
  const share = (place - at[next - 1]!) / (at[next]! - at[next - 1]!);
  return values[next - 1]! + (values[next]! - values[next - 1]!) * share;
}

interface Growth {
  readonly months: number;
  readonly weight: number;
  readonly weightDeviation: number;
  readonly height: number;
  readonly heightDeviation: number;
  readonly head: number | undefined;
}
const growth = once(() => {
  const all: Record<Sex, Growth[]> = { female: [], male: [] };
  for (const [sex, months, weight, weightDeviation, height, heightDeviation, head] of rowsOf('growth'))
    all[sex as Sex].push({
      months: Number(months),
      weight: Number(weight),
      weightDeviation: Number(weightDeviation),
      height: Number(height),
      heightDeviation: Number(heightDeviation),
      head: head ? Number(head) : undefined,
    });
  return all;
});
export const growthOf = (sex: Sex): readonly Growth[] => growth()[sex];

/** Share (0 to 1) of those to whom a treatment is given where it is indicated. */
const shares = once(() => new Map(rowsOf('treatment').map(([key, share]) => [key!, Number(share) / 100])));
/** @throws RangeError where the table has no such share */
export function treated(key: string): number {
  const found = shares().get(key);
  if (found === undefined) throw new RangeError(`data/patients/population/treatment.tsv has no row “${key}”`);
  return found;
}
