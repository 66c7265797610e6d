import type {
  Bundle,
  Condition,
  DocumentReference,
  Encounter,
  Immunization,
  MedicationRequest,
  Observation,
  Patient,
  Resource,
} from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { daysFrom, isOpen, yearsFrom } from './generator/calendar.ts';
import { tests, vaccines } from './generator/tables.ts';
import { personas } from './personas/index.ts';

const asOf = '2026-11-21';

describe.each([2, 3])('what a physician would ask of the records, seed %d', (seed) => {
  const people = [...generate({ seed, asOf, count: personas.length + 160 })].slice(0, -1);
  const of = <T extends Resource>(bundle: Bundle, type: T['resourceType']): readonly T[] =>
    (bundle.entry ?? []).map(({ resource }) => resource as Resource).filter((one): one is T => one.resourceType === type);
  const all = <T extends Resource>(type: T['resourceType']): readonly (readonly [Bundle, T])[] =>
    people.flatMap((bundle) => of<T>(bundle, type).map((one) => [bundle, one] as const));

  /** Those of the sampled population, with their results by LOINC code and their problem lists. */
  const sampled = people
    .filter(({ id }) => /^p\d+$/.test(id!))
    .map((bundle) => {
      const results = of<Observation>(bundle, 'Observation').flatMap(({ code, effectiveDateTime, valueQuantity, component = [] }) =>
        [{ code, valueQuantity }, ...component].map((part) => ({
          loinc: part.code.coding?.[0]?.code,
          day: effectiveDateTime?.slice(0, 10) ?? '',
          value: part.valueQuantity?.value ?? Number.NaN,
        })),
      );
      const problems = of<Condition>(bundle, 'Condition').filter(
        ({ category }) => category?.[0]?.coding?.[0]?.code === 'problem-list-item' && category.length === 1,
      );
      const birth = of<Patient>(bundle, 'Patient')[0]!.birthDate!;
      const resultsOf = (test: string) => results.filter(({ loinc, day }) => loinc === tests.of(test).loinc && yearsFrom(birth, day) >= 18);
      return { bundle, problems, resultsOf, has: (name: RegExp) => problems.some(({ code }) => name.test(code!.text!)) };
    });

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
        const [wish] = one.requestedPeriod ?? [];
        if (wish) expect([one.id, isOpen(wish.start!), wish.start! <= wish.end!]).toEqual([one.id, true, true]);
        const start = one.start ?? `${wish!.start}T08:00:00-05:00`;
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

  test('what is to be measured again is, at the next visit that looks at everything', () => {
    let again = 0;
    for (const { bundle, resultsOf } of sampled) {
      const notes = of<DocumentReference>(bundle, 'DocumentReference').map(({ date, content }) => ({
        day: date!.slice(0, 10),
        text: Buffer.from(content[0]!.attachment.data!, 'base64').toString('utf8'),
      }));
      for (const { day, text } of notes)
        for (const test of ['hba1c', 'tsh']) {
          if (!new RegExp(`^- (?:.*\\. )?${tests.of(test).label} .*To be measured again`, 'm').test(text)) continue;
          const next = notes
            .filter((one) => one.day > day && /^Reason for visit: (?:Prevention|Follow-up|Questions)/m.test(one.text))
            .map((one) => one.day)
            .sort()[0];
          if (next === undefined) continue;
          again += 1;
          expect([bundle.id, test, day, resultsOf(test).some((one) => one.day > day && one.day <= next)]).toEqual([
            bundle.id,
            test,
            day,
            true,
          ]);
        }
    }
    expect(again).toBeGreaterThan(5);
  });

  test('goals and care plans begin with their problems', () => {
    let checked = 0;
    for (const bundle of people)
      for (const one of bundle.entry!.map(({ resource }) => resource as Resource)) {
        if (one.resourceType !== 'Goal' && one.resourceType !== 'CarePlan') continue;
        const start = one.resourceType === 'Goal' ? one.startDate! : one.period!.start!;
        for (const { reference } of one.addresses ?? []) {
          const problem = of<Condition>(bundle, 'Condition').find(({ id }) => `Condition/${id}` === reference)!;
          expect([one.id, problem.id, start >= problem.recordedDate!]).toEqual([one.id, problem.id, true]);
          checked += 1;
        }
      }
    expect(checked).toBeGreaterThan(30);
  });

  test('a problem that a test finds comes with the result that found it', () => {
    const found: readonly (readonly [RegExp, string, (value: number) => boolean])[] = [
      [/major depressive/i, 'phq9', (value) => value >= 10],
      [/^Generalized anxiety/, 'gad7', (value) => value >= 10],
      [/^Vitamin D deficiency/, 'vitamin-d', (value) => value < 20],
      [/^Hyperlipidemia/, 'ldl', (value) => value >= 130],
      [/^Type [12] diabetes/, 'hba1c', (value) => value >= 6.5],
      [/^Hypothyroidism/, 'tsh', (value) => value > 4.5],
      [/^Osteoporosis/, 't-score-hip', (value) => value <= -2.5],
      [/^Iron deficiency/, 'ferritin', (value) => value < 30],
      [/^Chronic obstructive/, 'fev1-fvc', (value) => value < 70],
      [/^Essential hypertension/, 'systolic', (value) => value >= 130],
    ];
    let checked = 0;
    for (const { problems, resultsOf } of sampled)
      for (const { id, code, recordedDate, encounter } of problems)
        for (const [name, test, shows] of found) {
          // Pressures from before the visits that are told are not kept.
          if (!name.test(code!.text!) || (test === 'systolic' && encounter === undefined)) continue;
          checked += 1;
          const proof = resultsOf(test).filter(({ day, value }) => day <= recordedDate! && shows(value));
          expect([id, test, proof.length > 0]).toEqual([id, test, true]);
        }
    expect(checked).toBeGreaterThan(100);
    const apnea = sampled.flatMap(({ problems }) => problems.filter(({ code }) => /apnea/.test(code!.text!)));
    expect(apnea.length).toBeGreaterThan(3);
    for (const { id, note } of apnea) expect([id, note?.[0]?.text]).toEqual([id, expect.stringMatching(/^Sleep study at home: \d+ /)]);
  });

  test('what results show twice is on the problem list, and a PHQ-2 of 3 is followed by a PHQ-9', () => {
    const counted = { kidneys: 0, pressure: 0, mood: 0 };
    for (const { bundle, has, resultsOf } of sampled) {
      const low = resultsOf('egfr').filter(({ value }) => value < 60);
      const [first] = low;
      if (first && low.some(({ day }) => daysFrom(first.day, day) > 90)) {
        counted.kidneys += 1;
        expect([bundle.id, has(/kidney disease/i)]).toEqual([bundle.id, true]);
      }
      const diastolic = new Map(resultsOf('diastolic').map(({ day, value }) => [day, value]));
      const high = resultsOf('systolic').filter(({ day, value }) => value >= 140 || diastolic.get(day)! >= 90);
      if (new Set(high.map(({ day }) => day)).size > 1 && !has(/^Pregnancy/)) {
        counted.pressure += 1;
        expect([bundle.id, has(/hypertension/i)]).toEqual([bundle.id, true]);
      }
      if (resultsOf('hba1c').filter(({ value }) => value >= 6.5).length > 1)
        expect([bundle.id, has(/diabetes/)]).toEqual([bundle.id, true]);
      const whole = new Set(resultsOf('phq9').map(({ day }) => day));
      for (const { day } of resultsOf('phq2').filter(({ value }) => value >= 3)) {
        counted.mood += 1;
        expect([bundle.id, day, whole.has(day)]).toEqual([bundle.id, day, true]);
      }
    }
    expect(Math.min(...Object.values(counted))).toBeGreaterThan(2);
  });

  test('nobody has had one dose alone of a vaccine against meningococci B for more than a year', () => {
    const code = vaccines.of('menb').code.coding![0]!.code;
    const doses = people
      .map((bundle) =>
        of<Immunization>(bundle, 'Immunization').filter((one) => one.status === 'completed' && one.vaccineCode.coding?.[0]?.code === code),
      )
      .filter(({ length }) => length > 0);
    expect(doses.length).toBeGreaterThan(0);
    for (const [first, second] of doses)
      expect([first!.id, second !== undefined || daysFrom(first!.occurrenceDateTime!, asOf) < 365]).toEqual([first!.id, true]);
  });

  test('nobody comes twice on one day', () => {
    for (const { bundle } of sampled) {
      const days = of<Encounter>(bundle, 'Encounter').map(({ period }) => period!.start!.slice(0, 10));
      expect([bundle.id, new Set(days).size]).toEqual([bundle.id, days.length]);
    }
  });

  test('who is given a diuretic into a vein loses weight in the hospital', () => {
    const rosa = people.find(({ id }) => id === 'rosa-delgado')!;
    const stays = of<Encounter>(rosa, 'Encounter').filter((one) => one.class.code === 'IMP');
    const weights = stays.map(({ id }) =>
      of<Observation>(rosa, 'Observation')
        .filter((one) => one.encounter?.reference === `Encounter/${id}` && one.code.coding?.[0]?.code === tests.of('weight').loinc)
        .map(({ valueQuantity }) => valueQuantity!.value!),
    );
    expect(weights.filter(({ length }) => length > 2).length).toBeGreaterThan(0);
    for (const stay of weights) expect([...stay].sort((a, b) => b - a)).toEqual(stay);
    for (const stay of weights.filter(({ length }) => length > 2)) expect(stay[0]! - stay.at(-1)!).toBeGreaterThan(2);
  });

  test('what a patient takes without an order was told after it was taken', () => {
    const told = all('MedicationStatement').flatMap(([, one]) => (one.resourceType === 'MedicationStatement' ? [one] : []));
    for (const { id, dateAsserted, effectivePeriod } of told)
      expect([id, dateAsserted! >= (effectivePeriod!.end ?? effectivePeriod!.start!)]).toEqual([id, true]);
    expect(told.length).toBeGreaterThan(5);
  });
});
