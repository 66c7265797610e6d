import type { Bundle, Resource } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import { createDescription, type DescribedFigure } from './describe.ts';
import { conditions, drugs, tests } from './generator/tables.ts';

const asOf = '2026-11-21';
interface Made {
  readonly age: number;
  readonly sex: 'female' | 'male';
  readonly problems?: readonly string[];
  readonly drugs?: readonly string[];
  readonly results?: Readonly<Record<string, number>>;
  readonly verification?: string;
  readonly stopped?: boolean;
  readonly appointments?: readonly ('fulfilled' | 'noshow' | 'cancelled')[];
}
function patient({
  age,
  sex,
  problems = [],
  drugs: taken = [],
  results = {},
  verification = 'confirmed',
  stopped = false,
  appointments = [],
}: Made): Bundle {
  const resources = [
    { resourceType: 'Patient', gender: sex, birthDate: `${2026 - age}-01-15` },
    ...problems.map((key) => ({
      resourceType: 'Condition',
      category: [{ coding: [{ code: 'problem-list-item' }] }],
      verificationStatus: { coding: [{ code: verification }] },
      code: conditions.of(key).code,
    })),
    ...taken.map((key) => ({
      resourceType: 'MedicationRequest',
      status: stopped ? 'stopped' : 'active',
      intent: 'order',
      medicationCodeableConcept: { coding: [{ code: drugs.of(key).rxcui }] },
    })),
    ...Object.entries(results).flatMap(([key, value]) => [
      {
        resourceType: 'Observation',
        effectiveDateTime: '2025-01-01T09:00:00Z',
        code: { coding: [{ code: tests.of(key).loinc }] },
        valueQuantity: { value: value * 2 },
      },
      {
        resourceType: 'Observation',
        effectiveDateTime: '2026-01-01T09:00:00Z',
        code: { coding: [{ code: tests.of(key).loinc }] },
        valueQuantity: { value },
      },
    ]),
    ...appointments.map((status) => ({ resourceType: 'Appointment', status })),
  ];
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource: resource as unknown as Resource })),
  };
}
function described(...made: Made[]): (words: string, ages: string) => DescribedFigure {
  const description = createDescription(asOf);
  for (const one of made) description.add(patient(one));
  const { figures } = description.done();
  return (words, ages) => {
    const found = figures.find((figure) => figure.words === words && figure.ages === ages);
    if (!found) throw new Error(`no figure “${words}” of ${ages}`);
    return found;
  };
}

test('counts problems among people of the age, whatever was refuted', () => {
  const figure = described(
    { age: 50, sex: 'female', problems: ['hypertension'] },
    { age: 45, sex: 'male' },
    { age: 41, sex: 'male', problems: ['hypertension'], verification: 'refuted' },
    { age: 70, sex: 'male', problems: ['hypertension', 'gout'] },
    { age: 10, sex: 'male' },
  );
  expect(figure('High blood pressure, known', '40-59')).toMatchObject({ of: 3, published: 29.8 });
  expect(figure('High blood pressure, known', '40-59').figure).toBeCloseTo(33.3, 1);
  expect(figure('High blood pressure, known', '18+')).toMatchObject({ of: 4, figure: 50 });
  expect(figure('Gout', '60-79')).toMatchObject({ of: 1, figure: 100 });
  expect(figure('Gout', '20-39')).toMatchObject({ of: 0 });
});

test('takes the latest result of each test, and its mean and percentiles', () => {
  const figure = described(...[100, 110, 120, 130, 140].map((systolic): Made => ({ age: 30, sex: 'female', results: { systolic } })));
  expect(figure('Systolic blood pressure', '18+')).toMatchObject({ of: 5, figure: 120, percentiles: [102, 110, 120, 130, 138] });
});

test('counts drugs that are taken now among those with the problem, and control by both pressures', () => {
  const figure = described(
    {
      age: 50,
      sex: 'male',
      problems: ['hypertension', 'type-2-diabetes'],
      drugs: ['lisinopril-10', 'metformin-500'],
      results: { systolic: 128, diastolic: 78, hba1c: 6.9 },
    },
    {
      age: 50,
      sex: 'male',
      problems: ['hypertension', 'type-2-diabetes'],
      drugs: ['lisinopril-10'],
      stopped: true,
      results: { systolic: 128, diastolic: 92, hba1c: 7.4 },
    },
    { age: 50, sex: 'male', drugs: ['lisinopril-10'], results: { systolic: 120, diastolic: 70 } },
  );
  expect(figure('A drug for blood pressure, of those who know of it', '18+')).toMatchObject({ of: 2, figure: 50 });
  expect(figure('Below 130/80, of those who know of it', '18+')).toMatchObject({ of: 2, figure: 50 });
  expect(figure('HbA1c below 7 %, diabetes', '20+')).toMatchObject({ of: 2, figure: 50 });
  expect(figure('HbA1c below 8 %, diabetes', '20+')).toMatchObject({ of: 2, figure: 100 });
});

test('marks what is far from the published figure, and not what chance may have moved', () => {
  const half = (count: number) =>
    described(
      ...Array.from({ length: count }, (_, index): Made => ({ age: 30, sex: 'female', problems: index % 2 === 0 ? ['hypertension'] : [] })),
    );
  expect(half(200)('High blood pressure, known', '18-39')).toMatchObject({ figure: 50, far: true });
  expect(half(2)('High blood pressure, known', '18-39')).toMatchObject({ figure: 50, far: false });
});

test('shares of appointments are of appointments, not of people', () => {
  const figure = described(
    { age: 30, sex: 'male', appointments: ['fulfilled', 'fulfilled', 'noshow'] },
    { age: 60, sex: 'male', appointments: ['cancelled'] },
  );
  expect(figure('Missed without a word', '0+')).toMatchObject({ of: 4, figure: 25 });
  expect(figure('Missed or cancelled', '0+')).toMatchObject({ of: 4, figure: 50 });
});
