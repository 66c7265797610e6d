/** Sentences that one entry of the record states wholly, whatever kind of entry it is. */
import type { Chart } from '../../records/contract.ts';
import { familyEntry } from './family.ts';
import { goalEntry } from './goals.ts';
import { personEntry } from './persons.ts';
import { type Entry, restated } from './restated.ts';
import { seriesEntry } from './series.ts';
import { sigEntry } from './sig.ts';
import { statedEntry } from './stated.ts';
import { stopReasonEntry } from './stop-reason.ts';
import { usedEntry } from './used.ts';

const READERS: readonly ((sentence: string, chart: Chart) => Entry | undefined)[] = [
  statedEntry,
  stopReasonEntry,
  sigEntry,
  usedEntry,
  goalEntry,
  seriesEntry,
  familyEntry,
  personEntry,
];

/**
 * `otherDose`: the checks found another dose than the one said, which the words of an order do not outweigh. `contradicted`: they found that
 * entries of the record say otherwise, which the prose of a note does not outweigh.
 */
export function entryFor(sentence: string, chart: Chart, otherDose: boolean, contradicted = false): Entry | undefined {
  for (const read of READERS) {
    if (otherDose && read === sigEntry) continue;
    const found = read(sentence, chart);
    if (found) return found;
  }
  return restated(sentence, chart, contradicted);
}

export type { Entry };
