import type { Bundle, Encounter, Observation, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { personas } from './personas/index.ts';

const asOf = '2026-11-21';
const all = (options: Partial<Parameters<typeof generate>[0]> = {}): readonly Bundle[] => [...generate({ seed: 1, asOf, ...options })];
const bundles = all();
const resourcesOf = (bundle: Bundle): readonly Resource[] => (bundle.entry ?? []).map(({ resource }) => resource as Resource);
const keyOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;
/** Every value under a name, wherever it stands. */
function under(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(item, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === name ? [inner] : under(inner, name)));
}

describe('generated patients', () => {
  test('the same seed and day give the same bytes, another seed others', () => {
    const persona = personas[0]!.id;
    const text = (options: Partial<Parameters<typeof generate>[0]>) => JSON.stringify(all({ persona, ...options }));
    expect(text({})).toBe(text({}));
    expect(text({ seed: 2 })).not.toBe(text({}));
    expect(text({ asOf: '2027-02-03' })).not.toBe(text({}));
  });

  test('a persona alone is the same person as among the others', () => {
    for (const { id } of personas) {
      const [alone, clinic, ...others] = all({ persona: id });
      expect(JSON.stringify(alone)).toBe(JSON.stringify(bundles.find((bundle) => bundle.id === id)));
      expect([clinic!.id, others.length]).toEqual(['clinic', 0]);
    }
  });

  test('no two personas have a phone number or a mail address in common', () => {
    const told = bundles.flatMap((bundle) =>
      resourcesOf(bundle).flatMap((one) =>
        one.resourceType === 'Patient' ? [...new Set((one.telecom ?? []).map(({ value }) => value))] : [],
      ),
    );
    expect(told.filter((value, i) => told.indexOf(value) !== i)).toEqual([]);
  });

  test.each(['2025-01-01', '2028-02-29', '2031-06-01'])(
    'whoever starts Rounds on %s finds every persona, with nothing ahead of that day',
    (day) => {
      const told = all({ asOf: day });
      expect(told.map(({ id }) => id)).toEqual(bundles.map(({ id }) => id));
      const late = told
        .flatMap(resourcesOf)
        .filter((one) => (one.resourceType === 'Encounter' ? one.period!.start!.slice(0, 10) > day : false))
        .map(keyOf);
      expect(late).toEqual([]);
    },
  );

  test('the induction of labor is booked at the labor ward of the hospital', () => {
    const induction = bundles
      .flatMap(resourcesOf)
      .find((one) => one.resourceType === 'Appointment' && one.description?.startsWith('Induction of labor'));
    expect(under(induction, 'reference')).toContain('Location/mr-labor');
    expect(under(induction, 'reference')).not.toContain('Location/mr-clinic');
  });

  describe.each(bundles.map((bundle) => [bundle.id as string, bundle] as const))('%s', (id, bundle) => {
    const resources = resourcesOf(bundle);
    const held = new Set(resources.map(keyOf));

    test('has every resource once, and every reference leads to one of them', () => {
      expect(held.size).toBe(resources.length);
      const references = under(resources, 'reference').filter((value) => typeof value === 'string');
      expect([...new Set(references)].filter((reference) => !held.has(reference as string))).toEqual([]);
    });

    const observations = resources.filter((one): one is Observation => one.resourceType === 'Observation');
    test('has every result within the days of its visit', () => {
      const visits = new Map(
        resources.filter((one): one is Encounter => one.resourceType === 'Encounter').map((one) => [keyOf(one), one.period!] as const),
      );
      const outside = observations.filter(({ encounter, effectiveDateTime }) => {
        const period = visits.get(encounter?.reference ?? '');
        const day = effectiveDateTime?.slice(0, 10);
        return period && day && (day < period.start!.slice(0, 10) || day > (period.end ?? '9999').slice(0, 10));
      });
      expect(outside.map(keyOf)).toEqual([]);
    });

    test('has no two numbers of one measure at one instant, but a first one and its correction', () => {
      const told = observations
        .filter(({ valueQuantity, component, status }) => (valueQuantity ?? component?.[0]?.valueQuantity) && status !== 'preliminary')
        .filter(({ effectiveDateTime }) => effectiveDateTime?.includes('T'))
        .map(({ code, effectiveDateTime, device }) => `${code.coding?.[0]?.code} ${effectiveDateTime} ${device?.reference ?? ''}`);
      expect(told.filter((one, i) => told.indexOf(one) !== i)).toEqual([]);
    });

    test('gives no two doses of the zoster vaccine within two months', () => {
      const days = resources
        .flatMap((one) =>
          one.resourceType === 'Immunization' && one.vaccineCode.coding?.[0]?.code === '187' ? [one.occurrenceDateTime!] : [],
        )
        .sort();
      const gaps = days.slice(1).map((day, i) => (Date.parse(day) - Date.parse(days[i]!)) / 86_400_000);
      expect(gaps.filter((gap) => gap < 56)).toEqual([]);
    });

    test('speaks of one patient', () => {
      // The link to a record that was merged in names that one; nothing else does.
      const about = resources.map((resource) => ({ ...resource, link: undefined }));
      const patients = under(about, 'reference').filter((value) => typeof value === 'string' && value.startsWith('Patient/'));
      expect([...new Set(patients)]).toEqual(id === 'clinic' || patients.length === 0 ? [] : [`Patient/${id}`]);
    });

    test('tells nothing that has not happened yet, and nothing before birth', () => {
      const birth =
        (resources.find(({ resourceType }) => resourceType === 'Patient') as { birthDate?: string } | undefined)?.birthDate ?? '';
      const past = resources.filter(
        ({ resourceType }) => !/^(Appointment|Slot|Schedule|Goal|ImmunizationRecommendation)$/.test(resourceType),
      );
      const dates = (name: string) => under(past, name).filter((value): value is string => typeof value === 'string');
      const named = [
        'effectiveDateTime',
        'authoredOn',
        'recordedDate',
        'onsetDateTime',
        'abatementDateTime',
        'occurrenceDateTime',
        'issued',
        'date',
      ];
      for (const name of named) {
        expect(dates(name).filter((date) => date.slice(0, 10) > asOf)).toEqual([]);
        expect(dates(name).filter((date) => date.slice(0, 10) < birth.slice(0, date.length))).toEqual([]);
      }
    });
  });
});
