/** Sentences that one entry of the record states wholly, whatever kind of entry it is. */
import type { Chart } from '../../records/contract.ts';
import { familyEntry } from './family.ts';
import { goalEntry } from './goals.ts';
import { personEntry } from './persons.ts';
import { type Entry, restated } from './restated.ts';
import { sigEntry } from './sig.ts';
import { statedEntry } from './stated.ts';
import { stopReasonEntry } from './stop-reason.ts';

const READERS: readonly ((sentence: string, chart: Chart) => Entry | undefined)[] = [
  statedEntry,
  stopReasonEntry,
  sigEntry,
  goalEntry,
  familyEntry,
  personEntry,
  restated,
];

export function entryFor(sentence: string, chart: Chart): Entry | undefined {
  for (const read of READERS) {
    const found = read(sentence, chart);
    if (found) return found;
  }
  return undefined;
}

export type { Entry };
