import type { DocumentReference, Encounter, Immunization, MedicationRequest, Observation, Procedure, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { daysFrom, isOpen, plus } from './generator/calendar.ts';
import { tests } from './generator/tables.ts';
import { dialysisDose } from './personas/vikram-sethi.ts';

const asOf = '2026-11-21';
const persona = (id: string, seed: number): readonly Resource[] => {
  const [bundle] = generate({ seed, asOf, persona: id });
  return (bundle!.entry ?? []).map(({ resource }) => resource as Resource);
};
const of = <T extends Resource>(resources: readonly Resource[], type: T['resourceType']): readonly T[] =>
  resources.filter((one): one is T => one.resourceType === type);
const resultsOf = (resources: readonly Resource[], test: string): readonly Observation[] =>
  of<Observation>(resources, 'Observation').filter(({ code }) => code.coding?.[0]?.code === tests.of(test).loinc);
const noteOf = (resources: readonly Resource[], day: string): string =>
  of<DocumentReference>(resources, 'DocumentReference')
    .filter(({ date }) => date!.startsWith(day))
    .map(({ content }) => Buffer.from(content[0]!.attachment.data!, 'base64').toString('utf8'))
    .join('\n');

describe.each([1, 2, 3, 5, 8, 13, 21])('Keisha Baptiste, seed %d', (seed) => {
  const record = persona('keisha-baptiste', seed);

  test('the glucose after the drink is below the limit, as the note says', () => {
    const [result, ...others] = resultsOf(record, 'glucose-challenge');
    expect(others).toEqual([]);
    expect(result!.valueQuantity!.value).toBeLessThan(140);
    expect(result!.interpretation?.[0]?.coding?.[0]?.code).not.toBe('H');
    expect(noteOf(record, result!.effectiveDateTime!.slice(0, 10))).toMatch(/below 140 mg\/dL/);
  });

  test('a pressure near the severe range is taken again, and the treatment changes that day', () => {
    const pressures = of<Observation>(record, 'Observation').filter(({ component, encounter }) => component?.length === 2 && encounter);
    const of2 = ({ component }: Observation) => component!.map(({ valueQuantity }) => valueQuantity!.value!) as [number, number];
    const high = pressures.filter((one) => of2(one)[0] >= 155 || of2(one)[1] >= 105);
    expect(high.length).toBeGreaterThan(0);
    for (const one of high) {
      const day = one.effectiveDateTime!.slice(0, 10);
      const again = pressures.filter(
        ({ effectiveDateTime }) => effectiveDateTime!.startsWith(day) && effectiveDateTime! > one.effectiveDateTime!,
      );
      expect(again.length).toBeGreaterThan(0);
      expect(of<MedicationRequest>(record, 'MedicationRequest').filter(({ authoredOn }) => authoredOn === day)).toHaveLength(1);
      expect(noteOf(record, day)).toMatch(new RegExp(`taken again .*${of2(again[0]!).join('/')} mmHg[^]*Changed labetalol`));
      const booked = record.flatMap((other) => (other.resourceType === 'Appointment' && other.status === 'booked' ? [other.start!] : []));
      expect(booked.some((start) => daysFrom(day, start.slice(0, 10)) <= 5)).toBe(true);
    }
  });

  test('no protein that would be pre-eclampsia is left unsaid', () => {
    for (const { valueQuantity } of resultsOf(record, 'urine-protein-creatinine')) expect(valueQuantity!.value).toBeLessThan(300);
  });
});

describe.each([1, 4])('Vikram Sethi, seed %d', (seed) => {
  const record = persona('vikram-sethi', seed);

  test('what dialysis is worth is measured in every month of it, and follows from urea and weights', () => {
    const sessions = of<Procedure>(record, 'Procedure').filter(({ encounter, code }) => encounter && code!.text === 'Hemodialysis');
    const months = new Set(sessions.filter(({ note }) => !note).map(({ performedPeriod }) => performedPeriod!.start!.slice(0, 7)));
    const doses = resultsOf(record, 'kt-v');
    expect(months.size).toBeGreaterThan(48);
    expect(new Set(doses.map(({ effectiveDateTime }) => effectiveDateTime!.slice(0, 7)))).toEqual(months);
    for (const { effectiveDateTime, encounter, valueQuantity } of doses) {
      const values = (test: string) =>
        resultsOf(record, test)
          .filter((one) => one.encounter?.reference === encounter!.reference)
          .map((one) => one.valueQuantity!.value!);
      const [[before], [after], [heavy, light]] = [values('bun'), values('bun-post-dialysis'), values('weight')];
      expect([effectiveDateTime, valueQuantity!.value]).toEqual([
        effectiveDateTime,
        dialysisDose({ before: before!, after: after!, hours: 4, removed: heavy! - light!, weight: light! }),
      ]);
      expect(valueQuantity!.value).toBeGreaterThan(1.2);
      expect(after! / before!).toBeLessThan(0.35); // A urea reduction ratio of 65 % and more.
    }
  });

  test('the round at dialysis tells the last one', () => {
    const told = of<DocumentReference>(record, 'DocumentReference').flatMap(({ date, content }) => {
      const found = /Kt\/V (\d\.\d\d) on/.exec(Buffer.from(content[0]!.attachment.data!, 'base64').toString('utf8'));
      return found ? [[date!, Number(found[1])] as const] : [];
    });
    expect(told.length).toBeGreaterThan(8);
    for (const [date, value] of told) {
      const last = resultsOf(record, 'kt-v')
        .filter(({ effectiveDateTime }) => effectiveDateTime! <= date)
        .at(-1);
      expect(value).toBe(last!.valueQuantity!.value);
    }
  });
});

test('Kt/V of a usual session', () => {
  // 4 hours, urea from 70 to 21 mg/dL, 2.5 L off at 74.5 kg: -ln(0.3 - 0.032) + (4 - 1.05) * 2.5 / 74.5
  expect(dialysisDose({ before: 70, after: 21, hours: 4, removed: 2.5, weight: 74.5 })).toBe(1.42);
});

test.each(['2026-11-21', '2026-11-23', '2026-05-04'])('Ingrid Solberg on %s: radiotherapy on days of work, her operation on one', (day) => {
  const [bundle] = generate({ seed: 1, asOf: day, persona: 'ingrid-solberg' });
  const record = bundle!.entry!.map(({ resource }) => resource as Resource);
  const procedures = of<Procedure>(record, 'Procedure');
  const course = procedures.find(({ code }) => /^Radiotherapy/.test(code!.text!))!;
  const { start, end } = course.performedPeriod!;
  const sessions = course.extension!.find(({ url }) => url.endsWith('radiotherapy-sessions'))!.valueUnsignedInt!;
  let open = 0;
  for (let at = start!.slice(0, 10); at <= end!.slice(0, 10); at = plus(at, { days: 1 })) if (isOpen(at)) open += 1;
  expect([open, isOpen(start!.slice(0, 10)), isOpen(end!.slice(0, 10))]).toEqual([sessions, true, true]);
  for (const { code, performedDateTime } of procedures.filter(({ performedDateTime }) => performedDateTime))
    expect([code!.text, performedDateTime, isOpen(performedDateTime!.slice(0, 10))]).toEqual([code!.text, performedDateTime, true]);
});

test('the age at which Linh’s diabetes was found is that of its onset', () => {
  const record = persona('linh-nguyen', 1);
  const [patient] = of(record, 'Patient');
  const diabetes = of(record, 'Condition').find((one) => one.resourceType === 'Condition' && /^Type 1 diabetes/.test(one.code?.text ?? ''));
  if (patient?.resourceType !== 'Patient' || diabetes?.resourceType !== 'Condition') throw new Error('not there');
  const said = Number(/Found at (\d+)/.exec(diabetes.note![0]!.text!)![1]);
  expect(Math.floor(daysFrom(patient.birthDate!, diabetes.onsetDateTime!) / 365.25)).toBe(said);
});

describe.each([1, 3])('days of work, seed %d', (seed) => {
  const people = [...generate({ seed, asOf, count: 140 })].slice(0, -1);

  test('who is planned comes on a day on which the clinic is open', () => {
    /** What comes when it comes. */
    const UNPLANNED = /^(?:Vaginal birth|Percutaneous coronary intervention|Emergency)/;
    const counted = { Encounter: 0, Procedure: 0, Immunization: 0, Appointment: 0, results: 0 };
    const shut: string[] = [];
    for (const bundle of people) {
      const resources = bundle.entry!.map(({ resource }) => resource as Resource);
      const hospital = new Set(
        of<Encounter>(resources, 'Encounter')
          .filter(({ class: { code }, reasonCode }) => /IMP|EMER/.test(code!) && !/^Operation/.test(reasonCode![0]!.text!))
          .map(({ id }) => `Encounter/${id}`),
      );
      const birth = resources.flatMap((one) => (one.resourceType === 'Patient' ? [one.birthDate!] : []))[0];
      const look = (kind: keyof typeof counted, one: Resource, at: string) => {
        counted[kind] += 1;
        if (!isOpen(at.slice(0, 10))) shut.push(`${one.resourceType}/${one.id} ${at}`);
      };
      for (const one of resources) {
        if ('encounter' in one && one.encounter && hospital.has((one.encounter as { reference: string }).reference)) continue;
        if (one.resourceType === 'Encounter' && !hospital.has(`Encounter/${one.id}`)) look('Encounter', one, one.period!.start!);
        else if (one.resourceType === 'Appointment' && one.start) look('Appointment', one, one.start);
        else if (one.resourceType === 'Immunization' && (one as Immunization).occurrenceDateTime !== birth)
          look('Immunization', one, one.occurrenceDateTime!);
        else if (one.resourceType === 'Procedure' && !UNPLANNED.test(one.code!.text!))
          look('Procedure', one, one.performedDateTime ?? one.performedPeriod?.start ?? asOf);
        else if (one.resourceType === 'Observation' && one.effectiveDateTime && !/at home/.test(one.note?.[0]?.text ?? ''))
          look('results', one, one.effectiveDateTime);
      }
    }
    for (const [kind, count] of Object.entries(counted)) expect([kind, count > 200]).toEqual([kind, true]);
    expect(shut).toEqual([]);
  });
});
