import { fileURLToPath } from 'node:url';
import { generate } from '../data/patients/generate.ts';
import { dayIn, ZONE } from '../data/patients/generator/calendar.ts';
import { type ImportDeps, importTogether } from './import.ts';

const WRITTEN = fileURLToPath(new URL('../data/patients', import.meta.url));
/** Of the personas that every clone begins with. */
export const SEED = 1;

/**
 * Loads the invented patients where the database has none at all, so that a fresh clone can answer: those written by hand and the personas, whose
 * courses lead up to today.
 * @returns whether it did
 */
export async function seedIfEmpty(deps: ImportDeps, folder: string = WRITTEN): Promise<boolean> {
  const { rows } = await deps.db.pool.query(`select 1 from sandbox_resources where resource_type = 'Patient' limit 1`);
  if (rows.length > 0) return false;
  // A start that is cut off leaves none of them, and the next one fills it.
  await importTogether(deps, [folder], generate({ seed: SEED, asOf: dayIn(ZONE, deps.clock()) }));
  return true;
}
