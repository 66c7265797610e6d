import type { Immunization } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { daysFrom, plus } from './calendar.ts';
import { createClinic } from './clinic.ts';
import { routineImmunizations } from './immunization-schedule.ts';
import { addImmunization } from './immunizations.ts';
import { createRandom } from './random.ts';
import { createRecord } from './record.ts';

const asOf = '2026-11-20';
function record(birthDate: string, seed = 'shots') {
  const random = createRandom(`${seed}/${birthDate}`);
  return createRecord({
    id: 'somebody',
    recordNumber: '1',
    person: { given: ['A'], family: 'B', sex: 'female', birthDate, races: [], language: 'en', primaryCare: 'abadi' },
    asOf,
    clinic: createClinic(asOf, random),
    random,
  });
}
type Record = ReturnType<typeof record>;
const dosesOf = (of: Record): readonly (readonly [day: string, code: string, encounter: string | undefined])[] =>
  of
    .resources()
    .filter((one): one is Immunization => one.resourceType === 'Immunization')
    .map((one) => [one.occurrenceDateTime!, one.vaccineCode.coding![0]!.code!, one.encounter?.reference] as const)
    .sort();
const daysOf = (of: Record, ...codes: string[]): readonly string[] =>
  dosesOf(of).flatMap(([day, code]) => (codes.includes(code) ? [day] : []));

const INFLUENZA = ['141', '140', '150', '135', '197'];
const BIRTHS = [
  '2001-02-11',
  '2005-08-30',
  '2009-12-05',
  '2014-04-17',
  '2019-07-03',
  '2023-10-09',
  '1938-03-02',
  '1952-11-30',
  '1968-06-06',
  '1985-01-21',
];

describe.each(BIRTHS)('born %s', (birth) => {
  const one = record(birth);
  routineImmunizations(one, birth > '1990' ? birth : '2012-01-01', 0.85);

  test('live vaccines are given together or four weeks apart, and doses of a series keep their distance', () => {
    const live = [...new Set(daysOf(one, '03', '21'))];
    for (const [i, day] of live.slice(1).entries()) expect(daysFrom(live[i]!, day)).toBeGreaterThanOrEqual(28);
    for (const [codes, least] of [
      [['03'], 28],
      [['21'], 89],
      [['83'], 180],
      [['20'], 28],
      [['62', '165'], 56],
      [['187'], 56],
      [['115', '113'], 9 * 365],
      [['208', '218', '300', '301'], 21],
    ] as const) {
      const days = daysOf(one, ...codes);
      for (const [i, day] of days.slice(1).entries()) expect(daysFrom(days[i]!, day)).toBeGreaterThanOrEqual(least);
    }
  });

  test('influenza vaccine once a season, and twice only in a young child’s first', () => {
    const days = daysOf(one, ...INFLUENZA);
    const seasonOf = (day: string) => Number(day.slice(0, 4)) - (day.slice(5) < '07-01' ? 1 : 0);
    const young = days.length > 0 && days[0]! < plus(birth, { years: 9 });
    // The first of all may be followed by a second dose in the same season.
    const counted = young && days.length > 1 && seasonOf(days[0]!) === seasonOf(days[1]!) ? days.slice(1) : days;
    expect(new Set(counted.map(seasonOf)).size).toBe(counted.length);
    for (const day of daysOf(one, '135', '197')) expect(day >= plus(birth, { years: 65 })).toBe(true);
    for (const day of daysOf(one, '197', '150')) expect(day).toMatch(/^20(?:1[3-9]|2[0-3]-(?:0[7-9]|1)|2[0-4]-0[1-6]|2[1-3])/);
  });
});

test('all that is due at a visit is given at it', () => {
  const child = record('2024-03-05');
  const visits = ['2024-05-06', '2024-07-05', '2024-09-05', '2025-03-05'];
  for (const day of visits) child.visit({ day, kind: 'well child', reason: 'Well-child visit' }, () => undefined);
  routineImmunizations(child, '2024-03-05', 1);
  const at = (day: string) => dosesOf(child).flatMap(([on, code, encounter]) => (on === day && encounter ? [code] : []));
  expect(at('2024-05-06')).toEqual(['08', '10', '116', '20', '216', '49']);
  expect(at('2025-03-05')).toEqual(expect.arrayContaining(['03', '21', '216', '83']));
  expect(daysOf(child, '216')).toEqual(visits);
  const notes = child
    .resources()
    .flatMap((one) =>
      one.resourceType === 'DocumentReference' ? [Buffer.from(one.content[0]!.attachment.data!, 'base64').toString()] : [],
    );
  expect(notes.map((text) => (text.match(/^- .+ vaccine.* given\.$/gm) ?? []).length)).toEqual(visits.map((day) => at(day).length));
  expect(notes[0]).toMatch(/Assessment and plan:\n- .+ given\.\n[\s\S]+\n\nSigned by /);
});

test('what came later is not given before its time, and a rotavirus series is not begun late', () => {
  const child = record('2000-08-27');
  routineImmunizations(child, '2000-08-27', 1);
  expect(daysOf(child, '116')).toEqual([]);
  expect(daysOf(child, '165')).toEqual([]);
  expect(daysOf(child, '62')).toHaveLength(3);
  expect(daysOf(child, '100').length).toBeGreaterThan(0);
  expect(daysOf(child, '114')).toHaveLength(2);
  expect(child.immunize('pcv20', '2021-08-27')).toBeUndefined();
  const later = addImmunization(child.draft, 'influenza-quadrivalent', '2025-10-01', { toldBy: 'Pharmacy' });
  expect(later?.vaccineCode.coding?.[0]?.code).toBe('141');
});

test('a dose that the record has already is not given again', () => {
  const adult = record('1955-05-05');
  adult.visit({ day: '2025-10-20', kind: 'office', reason: 'Cough' }, (visit) => visit.immunize('influenza-high-dose'));
  adult.visit({ day: '2022-06-02', kind: 'office', reason: 'Check' }, (visit) => visit.immunize('pcv20'));
  routineImmunizations(adult, '2021-01-01', 1);
  expect(daysOf(adult, '135').filter((day) => day > '2025-07-01' && day < '2026-07-01')).toEqual(['2025-10-20']);
  expect(daysOf(adult, '216')).toHaveLength(1);
});

test('doses that were due before that day do not follow those that a visit gave', () => {
  const one = record('1992-09-25');
  for (const [key, day] of [
    ['hpv', '2023-07-21'],
    ['hpv', '2025-02-21'],
    ['menacwy-menquadfi', '2023-06-21'],
  ] as const)
    addImmunization(one.draft, key, day, { toldBy: 'Pharmacy' });
  routineImmunizations(one, '2021-11-20', 1);
  expect(daysOf(one, '165', '203')).toEqual(['2023-06-21', '2023-07-21', '2025-02-21']);
});
