import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Substance } from './units.ts';

/** How a test is measured, by observation id. Units are UCUM codes; `molarMass` in g/mol where mass and amount of substance are both in use. */
export interface Analyte {
  readonly id: string;
  readonly conventional: string;
  readonly si: string;
  readonly molarMass?: number;
  /** Charges of one ion: 1 mmol of calcium is 2 mEq. */
  readonly charge?: number;
  readonly decimals: { readonly conventional: number; readonly si: number };
}

let analytes: ReadonlyMap<string, Analyte> | undefined;

/** Units and molar mass of an observation (`lab/creatinine`); undefined where the table has none. Source: data/knowledge/analytes.tsv. */
export function analyteOf(id: string): Analyte | undefined {
  analytes ??= read();
  return analytes.get(id);
}

/** What conversion between mass, amount and equivalents needs, for the first of these concepts that the table knows. */
export function substanceOf(concepts: readonly string[]): Exclude<Substance, number> | undefined {
  for (const id of concepts) {
    if (id === 'lab/hba1c') return { hba1c: true };
    const found = analyteOf(id);
    if (!found) continue;
    return { ...(found.molarMass ? { molarMass: found.molarMass } : {}), ...(found.charge ? { charge: found.charge } : {}) };
  }
  return undefined;
}

function read(): ReadonlyMap<string, Analyte> {
  const map = new Map<string, Analyte>();
  const text = readFileSync(fileURLToPath(new URL('../data/knowledge/analytes.tsv', import.meta.url)), 'utf8');
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [id = '', conventional = '', si = '', mass = '', charge = '', a = '', b = ''] = line.split('\t');
    map.set(id, {
      id,
      conventional,
      si,
      decimals: { conventional: Number(a), si: Number(b) },
      ...(mass ? { molarMass: Number(mass) } : {}),
      ...(charge ? { charge: Number(charge) } : {}),
    });
  }
  return map;
}
