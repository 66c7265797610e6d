import { existsSync, readFileSync } from 'node:fs';
import type { Substance } from '../../language/units.ts';

const FILE = new URL('../../data/knowledge/analytes.tsv', import.meta.url);
let table: ReadonlyMap<string, Substance> | undefined;

function read(): ReadonlyMap<string, Substance> {
  const found = new Map<string, Substance>();
  if (!existsSync(FILE)) return found;
  const rows = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const header = rows.map((row) => row.replace(/^#\s*(?:Columns:\s*)?/i, '')).find((row) => /(^|\t|, ?)id(\t|,)/.test(row));
  const columns = (header ?? 'id, conventional, si, molarMass').split(/\t|, ?/).map((name) => name.trim().toLowerCase());
  const molar = columns.findIndex((name) => /molar/.test(name));
  const charge = columns.findIndex((name) => /charge|valence/.test(name));
  for (const row of rows) {
    if (row.startsWith('#')) continue;
    const cells = row.split('\t');
    const id = cells[0];
    if (!id?.includes('/')) continue;
    const mass = Number(cells[molar]);
    const valence = Number(cells[charge]);
    found.set(id, {
      ...(molar >= 0 && mass > 0 ? { molarMass: mass } : {}),
      ...(charge >= 0 && Math.abs(valence) > 0 ? { charge: Math.abs(valence) } : {}),
      ...(id === 'lab/hba1c' ? { hba1c: true } : {}),
    });
  }
  return found;
}

/** What is needed to convert between units of mass and of substance, where the tables have it. */
export function substanceOf(concepts: readonly string[]): Substance | undefined {
  table ??= read();
  for (const id of concepts) {
    const found = table.get(id);
    if (found) return found;
  }
  return concepts.includes('lab/hba1c') ? { hba1c: true } : undefined;
}
