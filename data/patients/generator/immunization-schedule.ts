import { type Day, minus, plus, type Span } from './calendar.ts';
import type { PatientRecord } from './record.ts';

/** A dose, and the age at which it is due. Some came into use only later. */
interface Due {
  readonly vaccine: string;
  readonly age: Span;
  readonly since?: Day;
}
const at = (vaccine: string, ...months: number[]): Due[] => months.map((age) => ({ vaccine, age: { months: age } }));

/** CDC child and adolescent immunization schedule, United States, 2025, table 1: usual age of each dose. */
const CHILDHOOD: readonly Due[] = [
  ...at('hepatitis-b-child', 0, 2, 6),
  ...at('rotavirus', 2, 4, 6),
  ...at('dtap', 2, 4, 6, 15, 48),
  ...at('hib', 2, 4, 12),
  ...at('pcv20', 2, 4, 6, 12).map((due) => ({ ...due, since: '2023-07-01' })),
  ...at('ipv', 2, 4, 6, 48),
  ...at('mmr', 12, 48),
  ...at('varicella', 12, 48),
  ...at('hepatitis-a-child', 12, 18),
  ...at('tdap', 132),
  ...at('hpv', 132, 138),
  ...at('menacwy-menquadfi', 132, 192).map((due) => ({ ...due, since: '2020-09-01' })),
  ...at('menb', 192),
];
/** CDC adult immunization schedule, United States, 2025, table 1. */
const ADULT: readonly Due[] = [
  ...at('tdap', 19 * 12),
  ...at('td', 29 * 12, 39 * 12, 49 * 12, 59 * 12, 69 * 12, 79 * 12),
  ...at('zoster', 50 * 12 + 1, 50 * 12 + 5).map((due) => ({ ...due, since: '2018-01-15' })),
  ...at('pcv20', 65 * 12 + 2).map((due) => ({ ...due, since: '2022-02-01' })),
  ...at('rsv', 75 * 12 + 3).map((due) => ({ ...due, since: '2023-08-01' })),
];

/**
 * Gives what was due by the schedule from a day on, each dose a little late, some not at all.
 * @param taken share of the doses that were given
 */
export function routineImmunizations(record: PatientRecord, from: Day, taken = 0.9): void {
  const { person, asOf } = record;
  const chance = record.random.of('immunizations');
  const given = (vaccine: string, due: Day) => {
    const draw = chance.of(`${vaccine}/${due}`);
    const day = plus(due, { days: draw.whole(0, 25) });
    if (draw.chance(taken) && day >= from && day <= asOf && day >= person.birthDate)
      record.immunize(vaccine, day, draw.pick(['Clinic record', 'State registry', 'Pharmacy']));
  };
  for (const { vaccine, age, since } of [...CHILDHOOD, ...ADULT]) {
    const due = plus(person.birthDate, age);
    if (since !== undefined && due < since) {
      // Came too late for the usual age: adults catch up when it is there, children have had its forerunner.
      // A second dose keeps its distance from the first.
      const months = age.months ?? 0;
      const first = ADULT.find((one) => one.vaccine === vaccine)?.age.months ?? months;
      if (months >= 19 * 12) given(vaccine, plus(since, { months: chance.of(vaccine).whole(1, 10) + months - first }));
      continue;
    }
    given(vaccine, due);
  }
  const firstFlu = plus(person.birthDate, { months: 6 });
  const senior = plus(person.birthDate, { years: 65 });
  for (let year = Number(from.slice(0, 4)); year <= Number(asOf.slice(0, 4)); year++) {
    const season = `${year}-09-20`;
    if (season > firstFlu)
      given(
        season < '2024-07-01'
          ? season >= senior
            ? 'influenza-high-dose-quadrivalent'
            : 'influenza-quadrivalent'
          : season >= senior
            ? 'influenza-high-dose'
            : 'influenza-child',
        season,
      );
    if (season >= '2023-09-01' && season > plus(person.birthDate, { years: 12 })) given('covid', minus(season, { days: 5 }));
  }
}
