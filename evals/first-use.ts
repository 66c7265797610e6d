import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '../data/patients/generate.ts';
import { dayIn, ZONE } from '../data/patients/generator/calendar.ts';
import { SEED } from '../records/seed.ts';

const WRITTEN = fileURLToPath(new URL('../data/patients', import.meta.url));

/** Writes the invented patients into a folder as files: the same that a fresh clone begins with at that time. */
export async function writeFirstUse(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(WRITTEN)) if (name.endsWith('.json')) await copyFile(join(WRITTEN, name), join(folder, name));
  for (const bundle of generate({ seed: SEED, asOf: dayIn(ZONE, now) }))
    await writeFile(join(folder, `${bundle.id}.json`), JSON.stringify(bundle));
}
