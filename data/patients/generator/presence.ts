import type { Observation } from '@medplum/fhirtypes';
import { category, type Measured } from './observations.ts';
import { profile } from './person.ts';
import { LOINC, readRows, SNOMED } from './tables.ts';

const FOUND = { positive: ['10828004', 'Positive'], negative: ['260385009', 'Negative'] } as const;
export type Found = keyof typeof FOUND;

let rows: ReadonlyMap<string, readonly string[]> | undefined;
/** A row of catalogue/presence.tsv. @throws RangeError where it has none */
export function presenceTest(key: string): { readonly loinc: string; readonly display: string; readonly label: string } {
  rows ??= new Map(readRows('../catalogue/presence.tsv').map((cells) => [cells[0]!, cells]));
  const row = rows.get(key);
  if (row === undefined) throw new RangeError(`data/patients/catalogue/presence.tsv has no row “${key}”`);
  return { loinc: row[1]!, display: row[2]!, label: row[3]! };
}

/** A laboratory test that finds something or does not. */
export function presence(key: string, found: Found, { id, patient, at, encounter, performer, issued, note }: Measured): Observation {
  const { loinc, display, label } = presenceTest(key);
  const [code, name] = FOUND[found];
  return {
    resourceType: 'Observation',
    id,
    meta: profile('observation-lab'),
    status: 'final',
    category: [category('laboratory')],
    code: { coding: [{ system: LOINC, code: loinc, display }], text: label },
    subject: { reference: `Patient/${patient}` },
    ...(encounter ? { encounter: { reference: encounter } } : {}),
    effectiveDateTime: at,
    ...(issued ? { issued } : {}),
    performer: [performer],
    valueCodeableConcept: { coding: [{ system: SNOMED, code, display: name }], text: name },
    ...(note ? { note: [{ text: note }] } : {}),
  };
}
