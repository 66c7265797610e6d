import type { Encounter } from '@medplum/fhirtypes';
import { type Day, daysFrom, openDay, plus, yearsFrom } from './calendar.ts';
import { referenceTo } from './draft.ts';
import { addImmunization } from './immunizations.ts';
import type { PatientRecord } from './record.ts';
import { inUse, vaccines } from './tables.ts';
import { COVID, type Due, INFLUENZA, SCHEDULE, SERIES, type Series } from './vaccine-calendar.ts';
import { VISITS, type VisitKind } from './visit-kinds.ts';

/** Visits at which a vaccine may be given. */
const KINDS: readonly VisitKind[] = ['well child', 'checkup', 'office', 'nurse', 'prenatal'];
const CLINIC: ReadonlySet<string> = new Set(KINDS.map((kind) => VISITS[kind].words));

/** Where a dose is given: at a visit, or where somebody else told of it. */
interface Occasion {
  readonly day: Day;
  readonly encounter?: string;
  readonly toldBy: string;
}

/** Somebody's doses: those that the record has, and the days on which more can be given. */
type Doses = ReturnType<typeof dosesOf>;
function dosesOf(record: PatientRecord, from: Day) {
  const { person, asOf, draft } = record;
  const chance = record.random.of('immunizations');
  const visits = draft
    .all()
    .filter((one): one is Encounter => one.resourceType === 'Encounter' && CLINIC.has(one.type?.[0]?.text ?? ''))
    .map((one) => ({ day: one.period!.start!.slice(0, 10), encounter: referenceTo(one) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const codeOf = new Map([...vaccines.all()].map(([key, { code }]) => [code.coding![0]!.code!, key]));
  const held = draft
    .all()
    .flatMap((one) =>
      one.resourceType === 'Immunization' && one.status === 'completed'
        ? [{ key: codeOf.get(one.vaccineCode.coding?.[0]?.code ?? '') ?? '', day: one.occurrenceDateTime! }]
        : [],
    );
  const age = (day: Day): number => yearsFrom(person.birthDate, day);
  return {
    person,
    asOf,
    from,
    chance,
    age,
    /** Days of the doses of some vaccines, in their order. */
    of: (keys: readonly string[]): readonly Day[] => held.flatMap(({ key, day }) => (keys.includes(key) ? [day] : [])).sort(),
    /** Where and when: all that is due on one day is given together. */
    occasion: (due: Day, within = 75): Occasion => {
      const draw = chance.of(`round/${due}`);
      const visit = visits.find(({ day }) => day >= plus(due, { days: -4 }) && day <= plus(due, { days: within }));
      const toldBy = draw.pick(age(due) < 9 ? ['Clinic record', 'State registry'] : ['Clinic record', 'State registry', 'Pharmacy']);
      const day = plus(due, { days: draw.whole(0, 25) });
      if (visit) return { ...visit, toldBy };
      return due === person.birthDate ? { day: due, toldBy: 'State registry' } : { day: openDay(day), toldBy };
    },
    give: (key: string, { day, encounter, toldBy }: Occasion): void => {
      if (day < from || day > asOf || !inUse(vaccines.of(key), day)) return;
      const given = addImmunization(draft, key, day, encounter ? { at: { encounter, by: person.primaryCare } } : { toldBy });
      held.push({ key, day });
      if (given && encounter) draft.notes.get(encounter)?.addToPlan(`${vaccines.of(key).label} given`);
    },
  };
}

/**
 * Gives what was due by the schedule of its time from a day on: at a visit that falls in the weeks after it, or elsewhere a little late; some
 * not at all. What the record has already is not given again, so that this comes after the visits.
 * @param taken share of the doses that were given
 */
export function routineImmunizations(record: PatientRecord, from: Day, taken = 0.9): void {
  const doses = dosesOf(record, from);
  for (const due of SCHEDULE) scheduled(doses, due, taken);
  for (let year = Number(from.slice(0, 4)); year <= Number(record.asOf.slice(0, 4)); year++) season(doses, year, taken);
  firstCovid(doses, taken);
}

/** One dose of the schedule by age. */
function scheduled(doses: Doses, { series, months, since = '', until = '9999', latest, catchUp, vaccine }: Due, taken: number): void {
  const { person, from, chance, age, occasion } = doses;
  const { apart, vaccines: own, whole = false }: Series = SERIES[series];
  const usual = plus(person.birthDate, { months });
  if (usual > until || (usual < since && !catchUp)) return;
  const first = SCHEDULE.find((one) => one.series === series && one.vaccine === vaccine && one.catchUp)?.months ?? months;
  const due = usual >= since ? usual : plus(since, { months: chance.of(series).whole(1, 10) + months - first });
  const before = doses.of(
    [...own, 'td', ...(series === 'pneumococcus' ? ['ppsv23'] : [])].filter((key) => key !== 'td' || series === 'tetanus'),
  );
  const last = before.at(-1);
  // Adults who have one of these need no other; a child's doses keep their distance.
  if (months >= 782 && vaccine === 'pcv20' && before.some((day) => age(day) >= 18)) return;
  if (series === 'tetanus' && last !== undefined && last > plus(due, { years: -9 })) return;
  const soonest = last === undefined ? due : plus(last, apart);
  // A dose of the years before is not put off to after those that a visit gave.
  if (due < from && soonest > due) return;
  // Who misses a dose as a child mostly catches up some months later, with all that was due that day; later doses are given or not.
  const child = months < 132;
  const begun = whole && last !== undefined;
  if (whole && !begun && months !== SCHEDULE.find((one) => one.series === series)!.months) return;
  const kept = chance.of(`${child ? 'round' : series}/${months}/taken`);
  const missed = !kept.chance(taken);
  if (missed && !begun && !(child && kept.chance(taken))) return;
  const late = missed ? plus(due, { days: kept.whole(60, 150) }) : due;
  const on = occasion(soonest > late ? soonest : late);
  const safe = on.day < soonest ? occasion(plus(soonest, { days: 4 })) : on;
  if (latest !== undefined && daysFrom(person.birthDate, safe.day) > latest) return;
  const key = vaccine ?? own.find((one) => inUse(vaccines.of(one), safe.day));
  if (key) doses.give(key, safe);
}

/** The vaccines of one autumn: influenza, and since 2023 COVID-19. */
function season({ person, chance, age, occasion, give, ...doses }: Doses, year: number, taken: number): void {
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
  const given = doses.of(influenza);
  if (recommended && !given.some((day) => day >= `${year}-07-01` && day <= ends) && chance.of(`flu/${year}`).chance(taken)) {
    give(key, on);
    // Below nine years the first season takes two doses, four weeks apart.
    if (old < 9 && given.length === 0) give(key, occasion(plus(on.day, { days: 32 })));
  }
  const covid = old < 12 ? 'covid-child' : 'covid';
  if (old >= 5 && year >= 2023 && !doses.of([covid]).some((day) => day >= `${year}-08-20` && day <= ends))
    if (chance.of(`covid/${year}`).chance(taken / 2)) give(covid, on);
}

/** The first two doses, a booster, and the bivalent one of autumn 2022. */
function firstCovid({ person, chance, age, give, ...doses }: Doses, taken: number): void {
  const offered = COVID.flatMap(([from, since]) => {
    const reached = plus(person.birthDate, { years: from });
    return [reached > since ? reached : since];
  }).sort()[0]!;
  if (doses.of(['covid-original', 'covid-original-child']).length > 0 || !chance.of('covid').chance((1 + taken) / 2)) return;
  const day = openDay(plus(offered, { days: chance.of('covid/first').whole(3, 50) }));
  const child = age(day) < 12;
  const key = child ? 'covid-original-child' : 'covid-original';
  const toldBy = 'State registry';
  const second = openDay(plus(day, { days: chance.of('covid/second').whole(21, 28) }));
  if (!inUse(vaccines.of(key), second)) return;
  for (const dose of [day, second]) give(key, { day: dose, toldBy });
  const opens = age('2021-09-24') >= 65 ? '2021-09-24' : age('2021-11-19') >= 18 ? '2021-11-19' : '2022-01-06';
  const half = plus(second, { months: 6 });
  const booster = openDay(plus(half > opens ? half : opens, { days: chance.of('covid/booster').whole(2, 60) }));
  const boosted = !child && chance.of('covid/boosted').chance(taken * 0.8);
  if (boosted) give('covid-original', { day: booster, toldBy });
  const bivalent = openDay(plus('2022-09-19', { days: chance.of('covid/bivalent').whole(0, 70) }));
  if (age(bivalent) >= 12 && plus(boosted ? booster : second, { months: 3 }) <= bivalent && chance.of('covid/again').chance(taken / 2))
    give('covid-bivalent', { day: bivalent, toldBy });
}
