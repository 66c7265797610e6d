import type { Bundle, Encounter, MedicationRequest, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { daysFrom, yearsFrom } from './generator/calendar.ts';
import { personas } from './personas/index.ts';

const asOf = '2026-11-21';

describe.each([2, 3])('what a physician would ask of the records, seed %d', (seed) => {
  const people = [...generate({ seed, asOf, count: personas.length + 160 })].slice(0, -1);
  const of = <T extends Resource>(bundle: Bundle, type: T['resourceType']): readonly T[] =>
    (bundle.entry ?? []).map(({ resource }) => resource as Resource).filter((one): one is T => one.resourceType === type);
  const all = <T extends Resource>(type: T['resourceType']): readonly (readonly [Bundle, T])[] =>
    people.flatMap((bundle) => of<T>(bundle, type).map((one) => [bundle, one] as const));

  test('one dose has a count of one, and no rhythm', () => {
    let single = 0;
    for (const [, { id, dosageInstruction }] of all<MedicationRequest>('MedicationRequest')) {
      const [{ text, timing } = {}] = dosageInstruction ?? [];
      const once = /\bonce(?! daily| a )/.test(text!);
      if (once) single += 1;
      const { count, frequency, period } = timing?.repeat ?? {};
      expect([id, count, once && (frequency ?? period) !== undefined]).toEqual([id, once ? 1 : undefined, false]);
    }
    expect(single).toBeGreaterThan(8);
  });

  test('an appointment was made after the visit or stay before it', () => {
    let following = 0;
    for (const bundle of people)
      for (const one of of(bundle, 'Appointment')) {
        if (one.resourceType !== 'Appointment') continue;
        const start = one.start ?? `${one.requestedPeriod![0]!.start}T08:00:00-05:00`;
        const before = of<Encounter>(bundle, 'Encounter').filter(({ period }) => Date.parse(period!.start!) < Date.parse(start));
        if (/\bAfter\b/.test(one.description!)) following += 1;
        for (const { id, period } of before) expect([one.id, id, one.created! >= period!.start!.slice(0, 10)]).toEqual([one.id, id, true]);
        expect([one.id, one.created! <= start.slice(0, 10) && one.created! <= asOf]).toEqual([one.id, true]);
      }
    expect(following).toBeGreaterThan(8);
  });

  test('children get doses by their weight, and men seven days for an infected bladder', () => {
    const seen = new Map<string, number>();
    for (const [bundle, order] of all<MedicationRequest>('MedicationRequest')) {
      if (!/^p\d+$/.test(bundle.id!)) continue;
      const drug = order.medicationCodeableConcept!.text!;
      const why = order.reasonCode?.[0]?.text ?? '';
      const [{ timing, doseAndRate } = {}] = order.dosageInstruction ?? [];
      const [dose, times] = [doseAndRate![0]!.doseQuantity!.value!, timing?.repeat?.frequency ?? 1];
      const days = daysFrom(timing?.repeat?.boundsPeriod?.start ?? '', timing?.repeat?.boundsPeriod?.end ?? '') + 1;
      const birth = of<Patient>(bundle, 'Patient')[0]!.birthDate!;
      const weight = of<Observation>(bundle, 'Observation').find(
        (one) => one.code.coding?.[0]?.code === '29463-7' && one.effectiveDateTime!.slice(0, 10) === order.authoredOn,
      )?.valueQuantity?.value;
      const say = (what: string, right: boolean) => {
        seen.set(what, (seen.get(what) ?? 0) + 1);
        expect([order.id, what, dose, times, days, weight, right]).toEqual([order.id, what, dose, times, days, weight, true]);
      };
      const child = yearsFrom(birth, order.authoredOn!) < 18;
      if (/^amoxicillin (?!.*clav)/.test(drug) && /strep/.test(why))
        say('amoxicillin for streptococci', dose * times <= 1000 && days === 10 && (!child || dose * times <= weight! * 51));
      if (/^amoxicillin (?!.*clav)/.test(drug) && /otitis/.test(why)) say('amoxicillin for otitis', dose * times <= weight! * 91);
      if (/^azithromycin/.test(drug) && /strep/.test(why))
        say('azithromycin', days === 5 && (dose === 500 || (dose < 500 && Math.abs(dose - weight! * 12) <= 22)));
      if (/^acetaminophen 500/.test(drug) && child) say('acetaminophen', dose <= weight! * 15.1);
      if (/^nitrofurantoin/.test(drug) || (/urinary/.test(why) && !child)) say('cystitis', days === (/^nitrofurantoin/.test(drug) ? 5 : 7));
      if (/^nitrofurantoin/.test(drug))
        expect([order.id, of<Patient>(bundle, 'Patient')[0]!.extension!.find(({ url }) => /birthsex/.test(url))?.valueCode]).toEqual([
          order.id,
          'F',
        ]);
    }
    for (const what of ['amoxicillin for streptococci', 'amoxicillin for otitis', 'cystitis'])
      expect([what, seen.get(what) ?? 0]).not.toEqual([what, 0]);
  });

  test('what a patient takes without an order was told after it was taken', () => {
    const told = all('MedicationStatement').flatMap(([, one]) => (one.resourceType === 'MedicationStatement' ? [one] : []));
    for (const { id, dateAsserted, effectivePeriod } of told)
      expect([id, dateAsserted! >= (effectivePeriod!.end ?? effectivePeriod!.start!)]).toEqual([id, true]);
    expect(told.length).toBeGreaterThan(5);
  });
});
