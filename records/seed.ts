import { fileURLToPath } from 'node:url';
import { type ImportDeps, importTogether } from './import.ts';

const SEEDS = fileURLToPath(new URL('../data/patients', import.meta.url));

/** Loads the invented patients of `data/patients` where the database has none at all, so that a fresh clone can answer. @returns whether it did */
export async function seedIfEmpty(deps: ImportDeps, folder: string = SEEDS): Promise<boolean> {
  const { rows } = await deps.db.pool.query(`select 1 from sandbox_resources where resource_type = 'Patient' limit 1`);
  if (rows.length > 0) return false;
  await importTogether(deps, [folder]); // a start that is cut off leaves none of them, and the next one fills it
  return true;
}
