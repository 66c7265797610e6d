import type { Encounter } from '@medplum/fhirtypes';
import { type Day, daysFrom, openDay, plus, type Span, yearsFrom } from './calendar.ts';
import { referenceTo } from './draft.ts';
import { addImmunization } from './immunizations.ts';
import { addToPlan } from './note.ts';
import type { PatientRecord } from './record.ts';
import { inUse, vaccines } from './tables.ts';
import { VISITS, type VisitKind } from './visit-kinds.ts';

/** What protects against one disease: the vaccines of their times, and how far apart two doses are at least (CDC, minimum ages and intervals). */
interface Series {
  readonly vaccines: readonly string[];
  readonly apart: Span;
}
const SERIES = {
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
  papilloma: { vaccines: ['hpv', 'hpv-quadrivalent'], apart: { weeks: 8 } },
  meningococcus: { vaccines: ['menacwy-menquadfi', 'menacwy'], apart: { weeks: 8 } },
  meningococcusB: { vaccines: ['menb'], apart: { months: 6 } },
  zoster: { vaccines: ['zoster'], apart: { months: 2 } },
  rsv: { vaccines: ['rsv'], apart: { years: 10 } },
} as const satisfies Readonly<Record<string, Series>>;
type Name = keyof typeof SERIES;

/** A dose, and the age at which it is due. */
interface Due {
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
const SCHEDULE: readonly Due[] = [
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
const COVID: readonly (readonly [age: number, since: Day])[] = [
  [75, '2021-02-01'],
  [65, '2021-02-18'],
  [60, '2021-03-22'],
  [55, '2021-04-05'],
  [16, '2021-04-19'],
  [12, '2021-05-13'],
  [5, '2021-11-03'],
];
/** From which season on influenza vaccine was recommended, by the age until which: years (ACIP; for all since 2010). */
const INFLUENZA: readonly (readonly [below: number, since: number])[] = [
  [2, 2004],
  [5, 2006],
  [19, 2008],
  [50, 2010],
  [200, 2000],
];

/** Visits at which a vaccine may be given. */
const KINDS: readonly VisitKind[] = ['well child', 'checkup', 'office', 'nurse', 'prenatal'];
const CLINIC: ReadonlySet<string> = new Set(KINDS.map((kind) => VISITS[kind].words));

/**
 * Gives what was due by the schedule of its time from a day on: at a visit that falls in the weeks after it, or elsewhere a little late; some
 * not at all. What the record has already is not given again, so that this comes after the visits.
 * @param taken share of the doses that were given
 */
export function routineImmunizations(record: PatientRecord, from: Day, taken = 0.9): void {
  const { person, asOf, draft } = record;
  const chance = record.random.of('immunizations');
  const visits = draft
    .all()
    .filter((one): one is Encounter => one.resourceType === 'Encounter' && CLINIC.has(one.type?.[0]?.text ?? ''))
    .map((one) => ({ day: one.period!.start!.slice(0, 10), encounter: referenceTo(one) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const notes = new Map(
    draft
      .all()
      .flatMap((one) => (one.resourceType === 'DocumentReference' ? [[one.context?.encounter?.[0]?.reference, one] as const] : [])),
  );
  const codeOf = new Map([...vaccines.all()].map(([key, { code }]) => [code.coding![0]!.code!, key]));
  const held = draft
    .all()
    .flatMap((one) =>
      one.resourceType === 'Immunization' && one.status === 'completed'
        ? [{ key: codeOf.get(one.vaccineCode.coding?.[0]?.code ?? '') ?? '', day: one.occurrenceDateTime! }]
        : [],
    );
  const age = (day: Day): number => yearsFrom(person.birthDate, day);
  const doses = (keys: readonly string[]): readonly Day[] => held.flatMap(({ key, day }) => (keys.includes(key) ? [day] : [])).sort();

  /** Where and when: all that is due on one day is given together. */
  function occasion(due: Day, within = 75): { readonly day: Day; readonly encounter?: string; readonly toldBy: string } {
    const draw = chance.of(`round/${due}`);
    const visit = visits.find(({ day }) => day >= plus(due, { days: -4 }) && day <= plus(due, { days: within }));
    const toldBy = draw.pick(age(due) < 9 ? ['Clinic record', 'State registry'] : ['Clinic record', 'State registry', 'Pharmacy']);
    const day = plus(due, { days: draw.whole(0, 25) });
    if (visit) return { ...visit, toldBy };
    return due === person.birthDate ? { day: due, toldBy: 'State registry' } : { day: toldBy === 'Pharmacy' ? day : openDay(day), toldBy };
  }
  function give(key: string, { day, encounter, toldBy }: ReturnType<typeof occasion>): void {
    if (day < from || day > asOf || !inUse(vaccines.of(key), day)) return;
    const given = addImmunization(draft, key, day, encounter ? { at: { encounter, by: person.primaryCare } } : { toldBy });
    held.push({ key, day });
    const note = encounter && notes.get(encounter);
    if (given && note) addToPlan(note, `${vaccines.of(key).label} given`);
  }

  for (const { series, months, since = '', until = '9999', latest, catchUp, vaccine } of SCHEDULE) {
    const { apart, vaccines: own } = SERIES[series];
    const usual = plus(person.birthDate, { months });
    if (usual > until || (usual < since && !catchUp)) continue;
    const first = SCHEDULE.find((one) => one.series === series && one.vaccine === vaccine && one.catchUp)?.months ?? months;
    const due = usual >= since ? usual : plus(since, { months: chance.of(series).whole(1, 10) + months - first });
    const before = doses(
      [...own, 'td', ...(series === 'pneumococcus' ? ['ppsv23'] : [])].filter((key) => key !== 'td' || series === 'tetanus'),
    );
    const last = before.at(-1);
    // Adults who have one of these need no other; a child's doses keep their distance.
    if (months >= 782 && vaccine === 'pcv20' && before.some((day) => age(day) >= 18)) continue;
    if (series === 'tetanus' && last !== undefined && last > plus(due, { years: -9 })) continue;
    const soonest = last === undefined ? due : plus(last, apart);
    // A dose of the years before is not put off to after those that a visit gave.
    if (due < from && soonest > due) continue;
    // Who misses a dose as a child mostly catches up some months later, with all that was due that day; later doses are given or not.
    const child = months < 132;
    const kept = chance.of(`${child ? 'round' : series}/${months}/taken`);
    const missed = !kept.chance(taken);
    if (missed && !(child && kept.chance(taken))) continue;
    const late = missed ? plus(due, { days: kept.whole(60, 150) }) : due;
    const on = occasion(soonest > late ? soonest : late);
    const safe = on.day < soonest ? occasion(plus(soonest, { days: 4 })) : on;
    if (latest !== undefined && daysFrom(person.birthDate, safe.day) > latest) continue;
    const key = vaccine ?? own.find((one) => inUse(vaccines.of(one), safe.day));
    if (key) give(key, safe);
  }
  for (let year = Number(from.slice(0, 4)); year <= Number(asOf.slice(0, 4)); year++) season(year);
  firstCovid();

  function season(year: number): void {
    const [opens, ends] = [`${year}-09-05`, `${year + 1}-06-30`];
    const old = age(opens);
    const on = occasion(`${year}-09-15`, 70);
    const influenza = ['influenza', 'influenza-child', 'influenza-quadrivalent', 'influenza-high-dose', 'influenza-high-dose-quadrivalent'];
    const now =
      old >= 65
        ? ['influenza-high-dose-quadrivalent', 'influenza-high-dose', 'influenza']
        : ['influenza-quadrivalent', old < 18 ? 'influenza-child' : 'influenza'];
    const key = now.find((one) => inUse(vaccines.of(one), on.day))!;
    const recommended = year >= INFLUENZA.find(([below]) => old < below)![1] && on.day >= plus(person.birthDate, { months: 6 });
    const given = doses(influenza);
    if (recommended && !given.some((day) => day >= `${year}-07-01` && day <= ends) && chance.of(`flu/${year}`).chance(taken)) {
      give(key, on);
      // Below nine years the first season takes two doses, four weeks apart.
      if (old < 9 && given.length === 0) give(key, occasion(plus(on.day, { days: 32 })));
    }
    const covid = old < 12 ? 'covid-child' : 'covid';
    if (old >= 5 && year >= 2023 && !doses([covid]).some((day) => day >= `${year}-08-20` && day <= ends))
      if (chance.of(`covid/${year}`).chance(taken / 2)) give(covid, on);
  }

  /** The first two doses, a booster, and the bivalent one of autumn 2022. */
  function firstCovid(): void {
    const offered = COVID.flatMap(([from, since]) => {
      const reached = plus(person.birthDate, { years: from });
      return [reached > since ? reached : since];
    }).sort()[0]!;
    if (doses(['covid-original', 'covid-original-child']).length > 0 || !chance.of('covid').chance((1 + taken) / 2)) return;
    const day = plus(offered, { days: chance.of('covid/first').whole(3, 50) });
    const child = age(day) < 12;
    const key = child ? 'covid-original-child' : 'covid-original';
    const toldBy = 'State registry';
    const second = plus(day, { days: chance.of('covid/second').whole(21, 28) });
    if (!inUse(vaccines.of(key), second)) return;
    for (const dose of [day, second]) give(key, { day: dose, toldBy });
    const opens = age('2021-09-24') >= 65 ? '2021-09-24' : age('2021-11-19') >= 18 ? '2021-11-19' : '2022-01-06';
    const half = plus(second, { months: 6 });
    const booster = plus(half > opens ? half : opens, { days: chance.of('covid/booster').whole(2, 60) });
    const boosted = !child && chance.of('covid/boosted').chance(taken * 0.8);
    if (boosted) give('covid-original', { day: booster, toldBy });
    const bivalent = plus('2022-09-19', { days: chance.of('covid/bivalent').whole(0, 70) });
    if (age(bivalent) >= 12 && plus(boosted ? booster : second, { months: 3 }) <= bivalent && chance.of('covid/again').chance(taken / 2))
      give('covid-bivalent', { day: bivalent, toldBy });
  }
}
