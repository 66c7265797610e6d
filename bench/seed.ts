import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { FhirBundle, FhirResource } from '../records/contract.ts';

/** One patient's resources, to grow records from. */
export interface Seed {
  readonly patientId: string;
  readonly resources: readonly FhirResource[];
}

/** The largest single-patient bundle of a folder; references by `fullUrl` become `Type/id`. Throws `bad-usage` where there is none. */
export function loadSeed(folder: string): Seed {
  const seeds = bundleFiles(folder).flatMap((file): Seed[] => {
    const bundle = JSON.parse(readFileSync(join(folder, file), 'utf8')) as FhirBundle;
    const named = new Map(bundle.entry?.map(({ fullUrl, resource }) => [fullUrl, `${resource?.resourceType}/${resource?.id}`]));
    const resolved = (key: string, value: unknown) => (key === 'reference' ? (named.get(value as string) ?? value) : value);
    const resources = (bundle.entry ?? []).flatMap(({ resource }): FhirResource[] =>
      resource?.id ? [JSON.parse(JSON.stringify(resource, resolved))] : [],
    );
    const patients = resources.filter(({ resourceType }) => resourceType === 'Patient');
    return patients.length === 1 ? [{ patientId: patients[0]!.id!, resources }] : [];
  });
  const largest = seeds.sort((a, b) => b.resources.length - a.resources.length)[0];
  if (!largest) throw new AppError('bad-usage', `${folder} holds no bundle of one patient.`);
  return largest;
}

function bundleFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.json'));
  } catch (cause) {
    throw new AppError('bad-usage', `${folder} cannot be read.`, { cause });
  }
}
