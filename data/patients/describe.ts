import type { Bundle } from '@medplum/fhirtypes';
import type { Day } from './generator/calendar.ts';
import { readRows } from './generator/tables.ts';
import { factsOf, type PatientFacts } from './population/facts.ts';

/** A figure of the patients described, beside the published one. */
export interface DescribedFigure {
  readonly part: 'prevalence' | 'measure' | 'treatment' | 'appointments';
  readonly words: string;
  readonly ages: string;
  /** People (appointments in their part) that it is of. */
  readonly of: number;
  /** Share in %, or mean; absent where there is nobody. */
  readonly figure?: number;
  readonly standardError?: number;
  /** 5th, 25th, 50th, 75th and 95th percentile of a measure. */
  readonly percentiles?: readonly number[];
  readonly published?: number;
  readonly source: string;
  /** Two standard errors and a fifth of the published figure apart (a twentieth for a mean). */
  readonly far: boolean;
}
export interface Description {
  readonly patients: number;
  readonly adults: number;
  readonly resources: { readonly least: number; readonly median: number; readonly most: number };
  readonly figures: readonly DescribedFigure[];
}

const SMOKERS: ReadonlySet<string> = new Set(['449868002', '428041000124106', '77176002']);
const any = (held: ReadonlySet<string>, list: string): boolean => list.split(',').some((key) => held.has(key));

/** "bmi>=30", "has:a,b", "takes:a", "smokes"; `undefined` where the test was not done. */
function holds(person: PatientFacts, condition: string): boolean | undefined {
  if (condition === 'smokes') return SMOKERS.has(person.smoking ?? '');
  const list = /^(has|hasnt|takes|measured|sex|age):(.+)$/.exec(condition);
  if (list) {
    const [, kind, value] = list as unknown as [string, string, string];
    if (kind === 'has') return any(person.problems, value);
    if (kind === 'hasnt') return !any(person.problems, value);
    if (kind === 'takes') return any(person.drugs, value);
    if (kind === 'measured') return person.latest.has(value);
    if (kind === 'sex') return person.sex === value;
    const [from, to] = value.endsWith('+') ? [Number(value.slice(0, -1)), 999] : value.split('-').map(Number);
    return person.age >= from! && person.age <= to!;
  }
  const comparison = /^([a-z0-9-]+)(<|>=|>)([\d.]+)$/.exec(condition);
  if (!comparison) throw new RangeError(`data/patients/population/published.tsv: “${condition}” cannot be read`);
  const [, test, sign, limit] = comparison as unknown as [string, string, string, string];
  const value = person.latest.get(test);
  if (value === undefined) return undefined;
  return sign === '<' ? value < Number(limit) : sign === '>' ? value > Number(limit) : value >= Number(limit);
}
/** Conditions apart by a space, of which names may have some themselves: "takes:insulin glargine". */
const apart = (who: string): readonly string[] => who.split(/ (?=(?:age|sex|has|hasnt|takes|measured):)/);

const percentile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
};

function shareOf(yes: number, of: number): Pick<DescribedFigure, 'figure' | 'standardError'> {
  if (of === 0) return {};
  const share = yes / of;
  return { figure: share * 100, standardError: Math.sqrt((share * (1 - share)) / of) * 100 };
}

function figureOf(
  part: DescribedFigure['part'],
  what: string,
  people: readonly PatientFacts[],
): Pick<DescribedFigure, 'of' | 'figure' | 'standardError' | 'percentiles'> {
  if (part === 'appointments') {
    const sum = (of: (counts: PatientFacts['appointments']) => number) =>
      people.reduce((total, { appointments }) => total + of(appointments), 0);
    const all = sum(({ kept, missed, cancelled }) => kept + missed + cancelled);
    return {
      of: all,
      ...shareOf(
        sum(({ missed, cancelled }) => missed + (what.includes('cancelled') ? cancelled : 0)),
        all,
      ),
    };
  }
  if (part === 'measure') {
    const values = people.flatMap(({ latest }) => latest.get(what) ?? []).sort((a, b) => a - b);
    if (values.length === 0) return { of: 0 };
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
    return {
      of: values.length,
      figure: mean,
      standardError: Math.sqrt(variance / values.length),
      percentiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => percentile(values, share)),
    };
  }
  const yes = people.filter((person) => what.split('&').every((condition) => holds(person, condition) === true)).length;
  return { of: people.length, ...shareOf(yes, people.length) };
}

/** Gathers patients one at a time; what is kept of each is small. */
export function createDescription(asOf: Day) {
  const people: PatientFacts[] = [];
  return {
    /** Anything that is no patient (a clinic's own bundle) is passed over. */
    add: (bundle: Bundle): void => {
      const facts = factsOf(bundle, asOf);
      if (facts) people.push(facts);
    },
    done: (): Description => {
      const sizes = people.map(({ resources }) => resources).sort((a, b) => a - b);
      const figures = readRows('../population/published.tsv').map(([part, words, who, what, published, source]): DescribedFigure => {
        const conditions = apart(who!);
        const group = people.filter((person) => conditions.every((condition) => holds(person, condition) === true));
        const own = figureOf(part as DescribedFigure['part'], what!, group);
        const target = published ? Number(published) : undefined;
        const distance = target === undefined || own.figure === undefined ? 0 : Math.abs(own.figure - target);
        const tolerance = target === undefined ? 0 : Math.max(target * (part === 'measure' ? 0.05 : 0.2), part === 'measure' ? 0 : 0.5);
        return {
          part: part as DescribedFigure['part'],
          words: words!,
          ages: /age:(\S+)/.exec(who!)?.[1] ?? '',
          ...own,
          ...(target === undefined ? {} : { published: target }),
          source: source ?? '',
          far: distance > tolerance && distance > 2 * (own.standardError ?? 0),
        };
      });
      return {
        patients: people.length,
        adults: people.filter(({ age }) => age >= 18).length,
        resources: { least: sizes[0] ?? 0, median: sizes.length > 0 ? percentile(sizes, 0.5) : 0, most: sizes.at(-1) ?? 0 },
        figures,
      };
    },
  };
}
