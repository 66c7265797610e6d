import type { Day } from '../generator/calendar.ts';
import type { Person } from '../generator/person.ts';
import type { Random } from '../generator/random.ts';
import type { PatientRecord } from '../generator/record.ts';
import { tell } from './courses/timeline.ts';
import { sampleHealth } from './health.ts';
import { nameKey, samplePerson } from './person.ts';

/** Somebody of the clinic's population. */
export interface SampledPatient {
  readonly id: string;
  readonly person: Person;
  readonly course: (record: PatientRecord) => void;
}

/**
 * The people of a clinic's population, one after the other, without end: the n-th of a seed and day is always the same.
 * @param taken people whose names nobody else gets
 */
export function* samplePopulation(random: Random, asOf: Day, taken: readonly Person[]): Generator<SampledPatient> {
  const used = new Set(taken.map(nameKey));
  for (let n = 1; ; n++) {
    const chance = random.of(`population/${n}`);
    const sampled = samplePerson(chance.of('person'), asOf, used);
    const health = sampleHealth(chance.of('health'), sampled, asOf);
    yield { id: `p${String(n).padStart(4, '0')}`, person: sampled.person, course: (record) => tell(record, sampled, health) };
  }
}
