import type { Bundle } from '@medplum/fhirtypes';
import { bundleOf, sharedBy } from './generator/bundle.ts';
import type { Day } from './generator/calendar.ts';
import { createClinic } from './generator/clinic.ts';
import type { Person } from './generator/person.ts';
import { createRandom } from './generator/random.ts';
import { createRecord, type PatientRecord } from './generator/record.ts';
import { personas } from './personas/index.ts';
import { type SampledPatient, samplePopulation } from './population/sample.ts';

/** Somebody with a story. */
export interface Persona {
  /** Also the patient's id: lower case, digits and hyphens. */
  readonly id: string;
  /** What the record shows, in one line. */
  readonly title: string;
  readonly person: (asOf: Day) => Person;
  readonly course: (record: PatientRecord) => void;
}

export interface GenerateOptions {
  /** Patients in all: the personas first, then people sampled from a clinic's population. */
  readonly count?: number;
  readonly seed: number;
  /** One persona alone. */
  readonly persona?: string;
  /** The day that "now" means: the same seed and day give the same bytes. */
  readonly asOf: Day;
}

/** One bundle a patient, and last the clinic's own: its people, places, calendars and slots. One patient at a time is held. */
export function* generate({ count = personas.length, seed, persona, asOf }: GenerateOptions): Generator<Bundle> {
  const random = createRandom(`rounds/${seed}`);
  const clinic = createClinic(asOf, random.of('clinic'));
  const shared = sharedBy(clinic.resources());
  function bundle({ id, person, course }: SampledPatient, number: number): Bundle {
    const record = createRecord({ id, recordNumber: String(200_000 + number), person, asOf, clinic, random: random.of(id) });
    course(record);
    return bundleOf(id, shared(record.resources()));
  }
  // Who comes before somebody has taken times and slots: one alone is told after them, and so is the same as among all.
  for (const [index, { id, person, course }] of personas.slice(0, count).entries()) {
    const told = bundle({ id, person: person(asOf), course }, 1 + index);
    if (persona === undefined || persona === id) yield told;
    if (persona === id) break;
  }
  let number = personas.length;
  if (persona === undefined && count > number)
    for (const sampled of samplePopulation(
      random,
      asOf,
      personas.map((one) => one.person(asOf)),
    )) {
      number += 1;
      yield bundle(sampled, number);
      if (number === count) break;
    }
  yield bundleOf('clinic', clinic.resources());
}
