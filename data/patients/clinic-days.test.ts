import type { Appointment, Bundle, Encounter, Resource, Slot } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { personas } from './personas/index.ts';

const asOf = '2026-11-21';
interface Held {
  readonly who: string;
  readonly patient: string;
  readonly start: string;
  readonly end: string;
  readonly id: string;
}
const resourcesOf = (bundle: Bundle): readonly Resource[] => (bundle.entry ?? []).map(({ resource }) => resource as Resource);
const clinicianOf = ({ participant }: Appointment): string =>
  participant.map(({ actor }) => actor?.reference ?? '').find((reference) => reference.startsWith('Practitioner/'))!;

/** Pairs at one clinician of which one begins before the other has ended. */
function overlaps(all: readonly Held[]): readonly string[] {
  const days = new Map<string, Held[]>();
  for (const one of all) {
    const key = `${one.who} ${one.start.slice(0, 10)}`;
    days.set(key, [...(days.get(key) ?? []), one]);
  }
  return [...days.values()].flatMap((held) =>
    held.flatMap((one, i) =>
      held
        .slice(i + 1)
        .filter(({ start, end }) => Date.parse(start) < Date.parse(one.end) && Date.parse(one.start) < Date.parse(end))
        .map(({ id }) => `${one.id} and ${id}`),
    ),
  );
}

describe.each([1, 3])('the days of the clinic, seed %d', (seed) => {
  const bundles = [...generate({ seed, asOf, count: personas.length + 120 })];
  const people = bundles.slice(0, -1);
  const appointments = people.flatMap((bundle) =>
    resourcesOf(bundle).flatMap((one) =>
      one.resourceType === 'Appointment' && one.start && one.end
        ? [{ one, who: clinicianOf(one), patient: bundle.id!, start: one.start, end: one.end, id: `Appointment/${one.id}` }]
        : [],
    ),
  );
  const slots = resourcesOf(bundles.at(-1)!).filter((one): one is Slot => one.resourceType === 'Slot');

  test('nobody saw two patients at once, but in the hospital', () => {
    const seen = people.flatMap((bundle) =>
      resourcesOf(bundle)
        .filter((one): one is Encounter => one.resourceType === 'Encounter' && !/^(?:IMP|EMER)$/.test(one.class.code ?? ''))
        .map(({ id, participant, period }) => ({
          who: participant![0]!.individual!.reference!,
          patient: bundle.id!,
          start: period!.start!,
          end: period!.end!,
          id: `Encounter/${id}`,
        })),
    );
    expect(seen.length).toBeGreaterThan(1500);
    expect(overlaps(seen)).toEqual([]);
    // A kept appointment is the visit's own hour; one that was missed was nobody else's.
    const lost = appointments.filter(({ one }) => one.status === 'noshow' || one.status === 'cancelled');
    expect(lost.length).toBeGreaterThan(100);
    expect(overlaps([...seen, ...lost])).toEqual([]);
    const visits = new Map(seen.map(({ patient, start, end }) => [`${patient} ${start}`, end]));
    const kept = appointments.filter(({ one }) => one.status === 'fulfilled');
    expect(kept.filter(({ patient, start, end }) => visits.get(`${patient} ${start}`) !== end)).toEqual([]);
  });

  test('what is booked ahead overlaps nothing, and no slot of that time is free', () => {
    const booked = appointments.filter(({ one }) => one.status === 'booked');
    expect(booked.length).toBeGreaterThan(40);
    expect(overlaps(booked)).toEqual([]);
    expect(overlaps(booked.map((one) => ({ ...one, who: one.patient })))).toEqual([]);
    const byId = new Map(slots.map((slot) => [`Slot/${slot.id}`, slot]));
    const taken = booked.flatMap(({ one }) => one.slot ?? []).map(({ reference }) => reference!);
    expect(new Set(taken).size).toBe(taken.length);
    for (const { one, start, end } of booked)
      for (const { reference } of one.slot ?? []) expect(byId.get(reference!)).toMatchObject({ status: 'busy', start, end });
    // Every slot that a patient holds is held by an appointment, and none is offered into the time of one.
    expect(
      slots
        .filter(({ status }) => status === 'busy')
        .map(({ id }) => `Slot/${id}`)
        .sort(),
    ).toEqual([...taken].sort());
    const free = slots
      .filter(({ status }) => status === 'free')
      .map(({ id, schedule, start, end }) => ({
        who: schedule.reference!.replace(/^Schedule\/(.+)-schedule$/, 'Practitioner/$1'),
        patient: '',
        start,
        end,
        id: id!,
      }));
    expect(free.length).toBeGreaterThan(50);
    expect(overlaps([...booked, ...free])).toEqual([]);
  });
});
