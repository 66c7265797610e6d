import type { Day, Span } from './calendar.ts';

/** What protects against one disease: the vaccines of their times, and how far apart two doses are at least (CDC, minimum ages and intervals). */
export interface Series {
  readonly vaccines: readonly string[];
  readonly apart: Span;
  /** One dose alone does not protect: who has begun it completes it, if late, and nobody begins with the second dose. */
  readonly whole?: boolean;
}
export const SERIES = {
  hepatitisB: { vaccines: ['hepatitis-b-child'], apart: { weeks: 8 } },
  rotavirus: { vaccines: ['rotavirus'], apart: { weeks: 4 } },
  diphtheria: { vaccines: ['dtap'], apart: { weeks: 4 } },
  hib: { vaccines: ['hib'], apart: { weeks: 4 } },
  pneumococcus: { vaccines: ['pcv20', 'pcv13', 'pcv7', 'ppsv23'], apart: { weeks: 4 } },
  polio: { vaccines: ['ipv'], apart: { weeks: 4 } },
  measles: { vaccines: ['mmr'], apart: { weeks: 4 } },
  varicella: { vaccines: ['varicella'], apart: { months: 3 } },
  hepatitisA: { vaccines: ['hepatitis-a-child'], apart: { months: 6 } },
  tetanus: { vaccines: ['tdap', 'td'], apart: { years: 9 } },
  papilloma: { vaccines: ['hpv', 'hpv-quadrivalent'], apart: { weeks: 8 }, whole: true },
  meningococcus: { vaccines: ['menacwy-menquadfi', 'menacwy'], apart: { weeks: 8 } },
  meningococcusB: { vaccines: ['menb'], apart: { months: 6 }, whole: true },
  zoster: { vaccines: ['zoster'], apart: { months: 2 }, whole: true },
  rsv: { vaccines: ['rsv'], apart: { years: 10 } },
} as const satisfies Readonly<Record<string, Series>>;
type Name = keyof typeof SERIES;

/** A dose, and the age at which it is due. */
export interface Due {
  readonly series: Name;
  readonly months: number;
  /** Of those of that age then: the day from which on, or until which, it was recommended. */
  readonly since?: Day;
  readonly until?: Day;
  /** Too old for it after so many days of life. */
  readonly latest?: number;
  /** Adults of that age and older caught up when it was recommended first. */
  readonly catchUp?: boolean;
  /** Another vaccine than the series' own. */
  readonly vaccine?: string;
}
const at = (series: Name, months: readonly number[], more: Omit<Due, 'series' | 'months'> = {}): Due[] =>
  months.map((age) => ({ series, months: age, ...more }));
const years = (...ages: number[]): number[] => ages.map((age) => age * 12);

/**
 * CDC immunization schedules, United States, 2025, table 1: usual age of each dose. When a dose came in is from Emerg Infect Dis 2018;24(7),
 * table 2 and Immunize.org's vaccine timeline; three doses of HPV vaccine until October 2016.
 */
export const SCHEDULE: readonly Due[] = [
  ...at('hepatitisB', [0, 2, 6]),
  ...at('rotavirus', [2], { latest: 104 }),
  ...at('rotavirus', [4, 6], { latest: 243 }),
  ...at('diphtheria', [2, 4, 6, 15, 48]),
  ...at('hib', [2, 4, 12]),
  ...at('pneumococcus', [2, 4, 6, 12], { vaccine: 'pcv20', since: '2023-07-01' }),
  ...at('pneumococcus', [2, 4, 6, 12], { vaccine: 'pcv13', since: '2010-03-01', until: '2023-06-30' }),
  ...at('pneumococcus', [2, 4, 6, 12], { vaccine: 'pcv7', until: '2010-02-28' }),
  ...at('polio', [2, 4, 6, 48]),
  ...at('measles', [12, 48]),
  ...at('varicella', [12]),
  ...at('varicella', [48], { since: '2006-07-01' }),
  ...at('hepatitisA', [12, 18], { since: '2006-05-01' }),
  ...at('tetanus', [132]),
  ...at('papilloma', [132]),
  ...at('papilloma', [134], { until: '2016-10-19' }),
  ...at('papilloma', [138]),
  ...at('meningococcus', [132]),
  ...at('meningococcus', [192], { since: '2010-11-01' }),
  ...at('meningococcusB', [192, 198], { since: '2015-10-01' }),
  ...at('tetanus', years(19)),
  ...at('tetanus', years(29, 39, 49, 59, 69, 79), { vaccine: 'td' }),
  ...at('zoster', [601, 605], { since: '2018-01-15', catchUp: true }),
  ...at('pneumococcus', [782], { vaccine: 'pcv13', since: '2014-09-01', until: '2019-06-30', catchUp: true }),
  ...at('pneumococcus', [795], { vaccine: 'ppsv23', until: '2021-12-31' }),
  ...at('pneumococcus', [782], { vaccine: 'pcv20', since: '2022-02-01', catchUp: true }),
  ...at('rsv', [903], { since: '2023-08-01', catchUp: true }),
];

/** From when on people of an age were offered the first COVID-19 vaccines (Massachusetts; below 16 years the FDA's authorizations). */
export const COVID: readonly (readonly [age: number, since: Day])[] = [
  [75, '2021-02-01'],
  [65, '2021-02-18'],
  [60, '2021-03-22'],
  [55, '2021-04-05'],
  [16, '2021-04-19'],
  [12, '2021-05-13'],
  [5, '2021-11-03'],
];
/** From which season on influenza vaccine was recommended, by the age until which: years (ACIP; for all since 2010). */
export const INFLUENZA: readonly (readonly [below: number, since: number])[] = [
  [2, 2004],
  [5, 2006],
  [19, 2008],
  [50, 2010],
  [200, 2000],
];
