import type { Bundle, MedicationRequest, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from '../generate.ts';
import { yearsFrom } from '../generator/calendar.ts';
import { createClinic } from '../generator/clinic.ts';
import { ckdEpi2021 } from '../generator/physiology.ts';
import { createRandom } from '../generator/random.ts';
import { createRecord } from '../generator/record.ts';
import { drugs } from '../generator/tables.ts';
import { personas } from '../personas/index.ts';
import { tell } from './courses/timeline.ts';
import { factsOf, type PatientFacts } from './facts.ts';
import { type Health, sampleHealth } from './health.ts';
import { nameKey, type Sampled, samplePerson } from './person.ts';

const asOf = '2026-11-21';
const COUNT = 240;
const bundles = [...generate({ seed: 1, asOf, count: personas.length + COUNT })].slice(personas.length, -1);
const resourcesOf = (bundle: Bundle): readonly Resource[] => (bundle.entry ?? []).map(({ resource }) => resource as Resource);
const patientOf = (bundle: Bundle): Patient =>
  resourcesOf(bundle).find((resource): resource is Patient => resource.resourceType === 'Patient')!;
const facts = bundles.map((bundle) => ({ bundle, ...(factsOf(bundle, asOf) as PatientFacts) }));
const adults = facts.filter(({ age }) => age >= 18);
const has = (person: PatientFacts, ...keys: string[]): boolean => keys.some((key) => person.problems.has(key));
const takes = (person: PatientFacts, ...names: string[]): boolean => names.some((name) => person.drugs.has(name));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const levels = (people: readonly PatientFacts[], test: string): readonly number[] => people.flatMap(({ latest }) => latest.get(test) ?? []);
const ordersOf = (bundle: Bundle): readonly MedicationRequest[] =>
  resourcesOf(bundle).filter((resource): resource is MedicationRequest => resource.resourceType === 'MedicationRequest');
const ingredients = new Map([...drugs.all().values()].map(({ rxcui, ingredient }) => [rxcui, ingredient]));
const ingredientOf = (order: MedicationRequest): string => ingredients.get(order.medicationCodeableConcept?.coding?.[0]?.code ?? '') ?? '';
const STATINS = ['atorvastatin', 'rosuvastatin', 'simvastatin', 'pravastatin'];

describe('a sampled population', () => {
  test('the n-th person is the same among few and among many; another seed has others', () => {
    const few = [...generate({ seed: 1, asOf, count: personas.length + 4 })];
    // What is booked ahead depends on the slots that are left, and so on nobody but those before.
    for (const [index, bundle] of few.slice(personas.length, -1).entries())
      expect(JSON.stringify(bundle)).toBe(JSON.stringify(bundles[index]));
    const others = [...generate({ seed: 2, asOf, count: personas.length + 4 })].slice(personas.length, -1);
    expect(others.map((bundle) => nameOf(bundle))).not.toEqual(few.slice(personas.length, -1).map((bundle) => nameOf(bundle)));
  });

  test('fewer than the personas are the first personas, and record numbers go on after them', () => {
    expect([...generate({ seed: 1, asOf, count: 2 })].map(({ id }) => id)).toEqual([...personas.slice(0, 2).map(({ id }) => id), 'clinic']);
    expect(bundles.map(({ id }) => id).slice(0, 2)).toEqual(['p0001', 'p0002']);
    expect(patientOf(bundles[0]!).identifier![0]!.value).toBe(String(200_001 + personas.length));
  });

  test('nobody has the name of another, or of a persona', () => {
    const all = [...bundles.map(nameOf), ...personas.map(({ person }) => nameKey(person(asOf)))];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(bundles.map(({ id }) => id)).size).toBe(COUNT);
  });

  test('adults are transgender or non-binary as often as they say in surveys, by age, and keep the sex that they were given at birth', () => {
    const people = Array.from({ length: 12_000 }, (_, n) => samplePerson(createRandom(`identity/${n}`), asOf, new Set()));
    const adults = people.filter(({ age }) => age >= 18);
    const apart = (from: number, to: number) => {
      const group = adults.filter(({ age }) => age >= from && age <= to);
      return (group.filter(({ person }) => !/^(?:wo)?man$/.test(person.identity!)).length / group.length) * 100;
    };
    // 0.8 % of adults, and 2.72 % at 18 to 24 years (Williams Institute 2025).
    expect(apart(18, 120)).toBeGreaterThan(0.5);
    expect(apart(18, 120)).toBeLessThan(1.1);
    expect(apart(18, 24)).toBeGreaterThan(1.5);
    expect(apart(18, 24)).toBeGreaterThan(apart(35, 64) * 2);
    const kinds = new Set(adults.map(({ person }) => `${person.identity} ${person.sex} ${person.gender ?? 'as at birth'}`));
    expect([...kinds].sort()).toEqual([
      'man male as at birth',
      'non-binary female other',
      'non-binary male other',
      'trans man female male',
      'trans woman male female',
      'woman female as at birth',
    ]);
    expect(people.filter(({ age, person }) => age < 18 && (person.identity ?? person.gender))).toEqual([]);
  });

  test('every reference leads to a resource of the bundle, and none to another patient', () => {
    for (const bundle of bundles) {
      const held = new Set(resourcesOf(bundle).map(({ resourceType, id }) => `${resourceType}/${id}`));
      const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference!);
      expect(references.filter((reference) => !held.has(reference))).toEqual([]);
      expect(references.filter((reference) => reference.startsWith('Patient/') && reference !== `Patient/${bundle.id}`)).toEqual([]);
    }
  });

  test('most records have 40 to 150 resources', () => {
    const sizes = facts.map(({ resources }) => resources);
    expect(sizes.filter((size) => size >= 40 && size <= 150).length / COUNT).toBeGreaterThan(0.9);
    expect(Math.max(...sizes)).toBeLessThan(230);
  });
});

describe('what goes together in people', () => {
  const diabetic = adults.filter((person) => has(person, 'type-2-diabetes', 'type-1-diabetes'));
  const others = adults.filter((person) => !has(person, 'type-2-diabetes', 'type-1-diabetes'));

  test('people with diabetes have more sugar in the blood and weigh more', () => {
    expect(diabetic.length).toBeGreaterThan(8);
    expect(mean(levels(diabetic, 'hba1c'))).toBeGreaterThan(mean(levels(others, 'hba1c')) + 0.8);
    expect(mean(levels(diabetic, 'bmi'))).toBeGreaterThan(mean(levels(others, 'bmi')));
  });

  test('drugs for glucose are for diabetes, insulin above all', () => {
    const glucose = ['metformin', 'glipizide', 'sitagliptin', 'insulin glargine', 'insulin lispro', 'dulaglutide'];
    expect(others.filter((person) => takes(person, ...glucose))).toEqual([]);
    expect(diabetic.filter((person) => takes(person, ...glucose)).length / diabetic.length).toBeGreaterThan(0.6);
  });

  test('those on a statin for high cholesterol have less LDL than those without', () => {
    const told = adults.filter((person) => has(person, 'hyperlipidemia'));
    const [on, off] = [told.filter((person) => takes(person, ...STATINS)), told.filter((person) => !takes(person, ...STATINS))];
    expect(mean(levels(on, 'ldl'))).toBeLessThan(mean(levels(off, 'ldl')) - 25);
  });

  test('those with high blood pressure are older', () => {
    const ages = (people: readonly PatientFacts[]) => mean(people.map(({ age }) => age));
    expect(ages(adults.filter((person) => has(person, 'hypertension')))).toBeGreaterThan(
      ages(adults.filter((person) => !has(person, 'hypertension'))) + 10,
    );
  });

  test('filtration follows from creatinine, age and sex', () => {
    let checked = 0;
    for (const { bundle } of adults) {
      const patient = patientOf(bundle);
      const results = resourcesOf(bundle).filter((resource): resource is Observation => resource.resourceType === 'Observation');
      const creatinine = new Map(
        results.filter(({ code }) => code.coding?.[0]?.code === '2160-0').map((one) => [one.effectiveDateTime, one.valueQuantity!.value!]),
      );
      const sex = patient.extension!.find(({ url }) => url.endsWith('birthsex'))!.valueCode === 'F' ? 'female' : 'male';
      for (const one of results.filter(({ code }) => code.coding?.[0]?.code === '98979-8')) {
        const expected = ckdEpi2021(
          creatinine.get(one.effectiveDateTime)!,
          yearsFrom(patient.birthDate!, one.effectiveDateTime!.slice(0, 10)),
          sex,
        );
        expect(Math.abs(one.valueQuantity!.value! - expected)).toBeLessThan(1);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  test('no drug comes before the problem that it is for', () => {
    for (const bundle of bundles) {
      const onsets = new Map<string, string>(
        resourcesOf(bundle).flatMap((resource) =>
          resource.resourceType === 'Condition' ? [[`Condition/${resource.id}`, resource.onsetDateTime!] as const] : [],
        ),
      );
      for (const order of ordersOf(bundle))
        for (const { reference } of order.reasonReference ?? [])
          expect([order.authoredOn! >= onsets.get(reference!)!, order.id, reference]).toEqual([true, order.id, reference]);
    }
  });

  test('an order that stands has been renewed within ten years', () => {
    const oldest = bundles
      .flatMap(ordersOf)
      .filter(({ status }) => status === 'active')
      .map((order) => order.authoredOn!);
    expect(oldest.length).toBeGreaterThan(200);
    expect(oldest.filter((day) => yearsFrom(day, asOf) > 10)).toEqual([]);
  });

  test('only women are pregnant, and what harms a child is not taken then', () => {
    const pregnant = adults.filter((person) => has(person, 'pregnancy'));
    for (const person of pregnant) {
      expect(person.sex).toBe('female');
      expect(takes(person, 'lisinopril', 'losartan', 'ibuprofen', 'naproxen', ...STATINS)).toBe(false);
    }
    expect(adults.filter((person) => has(person, 'bph', 'prostate-cancer') && person.sex === 'female')).toEqual([]);
  });

  test('children have children’s drugs and no diseases of old age', () => {
    const children = facts.filter(({ age }) => age < 18);
    expect(children.length).toBeGreaterThan(30);
    const allowed = [
      'albuterol',
      'fluticasone',
      'amoxicillin',
      'azithromycin',
      'cefdinir',
      'methylphenidate',
      'hydrocortisone',
      'acetaminophen',
      'budesonide/formoterol',
    ];
    for (const { bundle, problems } of children) {
      for (const order of ordersOf(bundle))
        expect(allowed.filter((name) => ingredientOf(order).includes(name.split('/')[0]!))).not.toEqual([]);
      expect(['hypertension', 'type-2-diabetes', 'hyperlipidemia', 'coronary-disease'].filter((key) => problems.has(key))).toEqual([]);
    }
  });

  test('metformin is not taken with filtration below 30, nor penicillins by those allergic to them', () => {
    for (const { bundle, latest, drugs: taken } of adults) {
      if ((latest.get('egfr') ?? 90) < 29) expect(taken.has('metformin')).toBe(false);
      const allergic = resourcesOf(bundle).some(
        (resource) => resource.resourceType === 'AllergyIntolerance' && resource.code?.text === 'Penicillin',
      );
      if (allergic) expect(ordersOf(bundle).filter((order) => /amoxicillin/.test(ingredientOf(order)))).toEqual([]);
    }
  });

  test('some appointments are missed or cancelled, and those with one miss more', () => {
    const counts = facts.map(({ appointments }) => appointments);
    const all = counts.reduce((sum, { kept, missed, cancelled }) => sum + kept + missed + cancelled, 0);
    const lost = counts.reduce((sum, { missed, cancelled }) => sum + missed + cancelled, 0);
    expect(lost / all).toBeGreaterThan(0.12);
    expect(lost / all).toBeLessThan(0.28);
    // By chance alone nearly nobody would lose a third of the appointments.
    expect(counts.filter(({ kept, missed, cancelled }) => missed + cancelled >= 3 && missed + cancelled > kept / 2).length).toBeGreaterThan(
      5,
    );
  });
});

const nameOf = (bundle: Bundle): string => {
  const [name] = patientOf(bundle).name!;
  return nameKey({ given: name!.given!, family: name!.family! });
};

describe('what nobody’s medicine depends on', () => {
  /** All that is not who somebody is, or when an appointment was. */
  const medicine = (sampled: Sampled, health: Health): readonly string[] => {
    const clinic = createClinic(asOf, createRandom('test/clinic'));
    const record = createRecord({ id: 'p', recordNumber: '1', person: sampled.person, asOf, clinic, random: createRandom('test/p') });
    tell(record, { ...sampled, needs: [] }, health);
    return record
      .resources()
      .filter(({ resourceType }) => /^(Condition|MedicationRequest|Observation|Immunization|Procedure|Encounter)$/.test(resourceType))
      .map((resource) => JSON.stringify(resource));
  };

  test('race, ethnicity, language, insurance, home and gender identity change nothing of it', () => {
    let drugs = 0;
    for (let n = 1; n <= 25; n++) {
      const chance = createRandom(`test/${n}`);
      const sampled = samplePerson(chance.of('person'), asOf, new Set());
      const health = sampleHealth(chance.of('health'), sampled, asOf);
      const { address: _home, marital: _marital, ...person } = sampled.person;
      const other: Sampled = {
        ...sampled,
        payer: sampled.payer === 'medicaid' ? 'commercial' : 'medicaid',
        person: {
          ...person,
          races: ['pacific-islander'],
          hispanic: !person.hispanic,
          language: 'am',
          interpreter: true,
          identity: 'non-binary',
          gender: 'other',
        },
      };
      const told = medicine(sampled, health);
      drugs += told.filter((text) => text.includes('"MedicationRequest"')).length;
      expect(medicine(other, sampleHealth(chance.of('health'), other, asOf))).toEqual(told);
    }
    expect(drugs).toBeGreaterThan(20);
  });
});
