import { type Day, minus, plus } from '../generator/calendar.ts';
import type { StaffId } from '../generator/clinic.ts';
import type { GenderIdentity, Language, Payer, Person, Race } from '../generator/person.ts';
import type { Random } from '../generator/random.ts';
import type { Sex } from '../generator/tables.ts';
import { between, namesOf, sharesOf } from './tables.ts';

/** Somebody of the clinic's population, before anything is known of the health. */
export interface Sampled {
  readonly person: Person;
  readonly age: number;
  readonly payer: Payer;
  /** Social needs: keys of conditions.tsv. */
  readonly needs: readonly string[];
}

const STREETS = [
  'Alder',
  'Canal',
  'Chapel',
  'Depot',
  'Elm',
  'Foundry',
  'Hillcrest',
  'Maple',
  'Mill',
  'Orchard',
  'Park',
  'Quarry',
  'River',
  'School',
  'Spruce',
  'Union',
  'Water',
  'Willow',
];
const KINDS = ['Street', 'Road', 'Avenue', 'Lane'];
/** Towns that there are not. */
const TOWNS = [
  ['Millbrook Falls', '01060'],
  ['East Harrow', '01061'],
  ['Stonefield', '01062'],
  ['Quabbin Mills', '01063'],
  ['Ashby Notch', '01066'],
] as const;

const draw = (chance: Random, table: string) => chance.weighted(sharesOf(table).map((row) => [row, row.share] as const));

function sampleAge(chance: Random, asOf: Day): { readonly age: number; readonly birthDate: Day } {
  const [from, to] = draw(chance.of('age'), 'age').item.split('-').map(Number) as [number, number];
  const age = chance.of('years').whole(from, to);
  // Each day of the year before the birthday of that age; nobody is born tomorrow.
  return { age, birthDate: minus(minus(asOf, { years: age }), { days: chance.of('days').whole(3, 360) }) };
}

/** A name that nobody has yet: with a second given name, and at last a second family name, where the first choices are taken. */
function sampleName(chance: Random, sex: Sex, tradition: string, used: Set<string>): Pick<Person, 'given' | 'family'> {
  const names = namesOf(tradition);
  for (let attempt = 0; ; attempt++) {
    const next = chance.of(`name/${attempt}`);
    const given = [next.pick(names[sex])];
    if (attempt > 2 || next.chance(0.12)) given.push(next.pick(names[sex]));
    const families = [next.pick(names.family)];
    if (attempt > 6 || (/mexican|spanish|portuguese/.test(tradition) && next.chance(0.5))) families.push(next.pick(names.family));
    if (new Set(given).size < given.length || new Set(families).size < families.length) continue;
    const family = families.join(/mexican|spanish|portuguese/.test(tradition) ? ' ' : '-');
    const whole = nameKey({ given, family });
    if (used.has(whole)) continue;
    used.add(whole);
    return { given, family };
  }
}
/** How names are told apart: without marks, case and order of words. */
export const nameKey = ({ given, family }: Pick<Person, 'given' | 'family'>): string =>
  [...given, family].join(' ').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What an adult answers; children are not asked. */
function sampleIdentity(chance: Random, sex: Sex, age: number): GenderIdentity | undefined {
  if (age < 18) return undefined;
  const share = sharesOf('transgender').find(({ item }) => age <= Number(item.split('-')[1]))!.share / 100;
  if (!chance.chance(share)) return sex === 'female' ? 'woman' : 'man';
  const answers = sharesOf('transgender-identity').filter(({ further }) => further === sex);
  return chance.weighted(answers.map((row) => [row.item as GenderIdentity, row.share] as const));
}
/** Administrative gender: here it follows what the patient answers. What is read by sex goes by the sex at birth. */
const genderOf = (identity: GenderIdentity | undefined, sex: Sex): Sex | 'other' =>
  identity === 'trans woman' ? 'female' : identity === 'trans man' ? 'male' : identity === 'non-binary' ? 'other' : sex;

function marital(chance: Random, age: number): NonNullable<Person['marital']> {
  // Rounded from the Census Bureau's table A1, marital status of people 15 and over, 2023.
  const married = between([18, 25, 35, 50, 70, 90], [1, 24, 56, 60, 60, 38], age);
  const widowed = between([50, 60, 70, 80, 90], [2, 5, 12, 28, 50], age);
  const divorced = between([20, 35, 50, 70], [0.5, 7, 16, 15], age);
  const partner = between([18, 28, 45], [5, 14, 5], age);
  return chance.weighted([
    ['married', married],
    ['widowed', age < 45 ? 0 : widowed],
    ['divorced', divorced],
    ['domestic partner', partner],
    ['never married', Math.max(2, 100 - married - widowed - divorced - partner)],
  ] as const);
}

/**
 * The person that a stream of chance gives. Race, language, insurance and housing come from it, and nothing of the health does.
 * @param used names that are taken; the new one is added
 */
export function samplePerson(chance: Random, asOf: Day, used: Set<string>): Sampled {
  const { age, birthDate } = sampleAge(chance, asOf);
  const sex = draw(chance.of('sex'), 'sex').item as Sex;
  const origin = draw(chance.of('origin'), 'origin');
  const [ethnicity, ...traditions] = origin.further.split(' ');
  const tradition = chance.of('tradition').weighted(traditions.map((one) => [one.split(':')[0]!, Number(one.split(':')[1])] as const));
  const spoken = sharesOf('language').find(({ further }) => further.split(' ').includes(tradition));
  const own = spoken !== undefined && chance.of('language').chance(spoken.share / 100);
  const language = (own ? spoken.item : 'en') as Language;
  const group = age < 19 ? 'child' : age < 65 ? 'adult' : 'senior';
  const payer = chance.of('payer').weighted(
    sharesOf('payer')
      .filter(({ further }) => further === group)
      .map(({ item, share }) => [item as Payer, share] as const),
  );
  const identity = sampleIdentity(chance.of('identity'), sex, age);
  const gender = genderOf(identity, sex);
  const name = sampleName(chance, gender === 'other' ? sex : gender, tradition, used);
  const place = chance.of('address');
  const [city, postalCode] = place.pick(TOWNS);
  const needs = sharesOf('need')
    .filter(({ item, share }) => (item !== 'social-isolation' || age >= 60) && chance.of(`need/${item}`).chance(share / 100))
    .map(({ item }) => item);
  const minor = age < 18;
  const kin = minor ? chance.of('contact').pick(['mother', 'mother', 'father'] as const) : undefined;
  const primaryCare: StaffId = minor ? 'abadi' : chance.of('doctor').pick(['okafor', 'lindgren', 'tran'] as const);
  const person: Person = {
    ...name,
    sex,
    ...(identity ? { identity } : {}),
    ...(gender === sex ? {} : { gender }),
    birthDate,
    races: origin.item === '' ? [] : (origin.item.split('+') as Race[]),
    hispanic: ethnicity === 'hispanic',
    language,
    ...(own && chance.of('interpreter').chance(0.4) ? { interpreter: true } : {}),
    ...(minor ? {} : { marital: marital(chance.of('marital'), age) }),
    address: {
      line: `${place.whole(2, 399)} ${place.pick(STREETS)} ${place.pick(KINDS)}${place.chance(0.3) ? `, Apt ${place.whole(1, 24)}` : ''}`,
      city,
      postalCode,
    },
    ...(chance.of('phone').chance(0.94) ? { phone: `413-555-01${String(chance.of('phone/number').whole(0, 99)).padStart(2, '0')}` } : {}),
    ...(kin
      ? {
          contact: {
            name: `${chance.of('contact/name').pick(namesOf(tradition)[kin === 'mother' ? 'female' : 'male'])} ${name.family}`,
            relation: kin,
          },
        }
      : {}),
    primaryCare,
  };
  return { person, age, payer, needs };
}

/** The day on which somebody turned an age. */
export const birthday = ({ birthDate }: Person, years: number): Day => plus(birthDate, { years });
