import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawPatient, RawResource } from './contract.ts';

/** The data cannot be evaluated: which file, and what is wrong with it. */
export interface DataFault {
  readonly code: 'no-data' | 'broken-file' | 'no-patient';
  readonly message: string;
}
export type RawData =
  | { readonly ok: true; readonly files: readonly string[]; readonly patients: readonly RawPatient[] }
  | { readonly ok: false; readonly fault: DataFault };

/**
 * Reads every `.json` and `.ndjson` file under a folder (or one file) as it stands: bundles, single resources, lines of resources.
 * Shares nothing with the product's importer, so that a fault there cannot hide here.
 */
export async function readRawData(path: string): Promise<RawData> {
  const files = await listFiles(path);
  if (files === undefined) return fault('no-data', `there is no file or folder "${path}"`);
  if (files.length === 0) return fault('no-data', `no .json or .ndjson file in "${path}"`);

  const index = new Map<string, Held>();
  const all: Held[] = [];
  for (const file of files) {
    const read = parseFile(await readFile(file, 'utf8'), file);
    if ('problem' in read) return fault('broken-file', `${file}: ${read.problem}`);
    for (const { resource, fullUrl } of read.entries) {
      const key = resource.id === undefined ? undefined : `${resource.resourceType}/${resource.id}`;
      const known = key === undefined ? undefined : index.get(key);
      const held = known ?? { resource, file };
      if (known === undefined) all.push(held);
      if (key !== undefined) index.set(key, held);
      if (fullUrl !== undefined) index.set(fullUrl, held);
      if (known === undefined)
        for (const token of identifierTokens(resource)) index.set(`${resource.resourceType}?identifier=${token}`, held);
    }
  }

  const resolve = (reference: string): RawResource | undefined => {
    const exact = index.get(reference);
    if (exact !== undefined) return exact.resource;
    const tail = /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference)?.[1];
    return tail === undefined ? undefined : index.get(tail)?.resource;
  };

  const byPatient = new Map<RawResource, RawResource[]>();
  const homes = new Map<RawResource, string>();
  for (const { resource, file } of all) {
    if (resource.resourceType !== 'Patient' || resource.id === undefined || isReplaced(resource)) continue;
    byPatient.set(resource, []);
    homes.set(resource, file);
  }
  for (const { resource } of all) {
    const owner = ownerOf(resource, resolve);
    if (owner !== undefined) byPatient.get(owner)?.push(resource);
  }
  const patients = [...byPatient]
    .map(([patient, resources]): RawPatient => ({ id: patient.id ?? '', file: homes.get(patient) ?? '', patient, resources, resolve }))
    .sort((a, b) => a.id.localeCompare(b.id));
  if (patients.length === 0) return fault('no-patient', `no Patient resource in the ${files.length} files of "${path}"`);
  return { ok: true, files, patients };
}

/** Merged into another patient's record: nobody is treated under it any more. */
function isReplaced({ link }: RawResource): boolean {
  return Array.isArray(link) && link.some((one: { readonly type?: unknown } | null) => one?.type === 'replaced-by');
}

interface Held {
  readonly resource: RawResource;
  readonly file: string;
}

function fault(code: DataFault['code'], message: string): RawData {
  return { ok: false, fault: { code, message } };
}

async function listFiles(path: string): Promise<string[] | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (found.isFile()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => /\.(json|ndjson)$/i.test(name))
    .map((name) => join(path, name))
    .sort();
}

interface Entry {
  readonly resource: RawResource;
  readonly fullUrl?: string;
}

function parseFile(text: string, file: string): { readonly entries: readonly Entry[] } | { readonly problem: string } {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/\.ndjson$/i.test(file)) {
    const entries: Entry[] = [];
    for (const [number, line] of body.split('\n').entries()) {
      if (line.trim() === '') continue;
      const value = parseJson(line);
      if ('problem' in value) return { problem: `line ${number + 1}: ${value.problem}` };
      if (!isResource(value.json)) return { problem: `line ${number + 1}: not a FHIR resource` };
      entries.push({ resource: value.json });
    }
    return { entries };
  }
  const value = parseJson(body);
  if ('problem' in value) return { problem: value.problem };
  if (!isResource(value.json)) return { problem: 'not a FHIR resource (no resourceType)' };
  if (value.json.resourceType !== 'Bundle') return { entries: [{ resource: value.json }] };
  const list = value.json.entry;
  if (list !== undefined && !Array.isArray(list)) return { problem: 'Bundle.entry is not a list' };
  const entries: Entry[] = [];
  for (const item of (list ?? []) as readonly unknown[]) {
    if (!isObject(item) || !isResource(item.resource)) continue;
    entries.push(typeof item.fullUrl === 'string' ? { resource: item.resource, fullUrl: item.fullUrl } : { resource: item.resource });
  }
  return { entries };
}

function parseJson(text: string): { readonly json: unknown } | { readonly problem: string } {
  try {
    return { json: JSON.parse(text) };
  } catch (cause) {
    return { problem: `not JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isResource(value: unknown): value is RawResource {
  return isObject(value) && typeof value.resourceType === 'string';
}

function identifierTokens(resource: RawResource): string[] {
  if (!Array.isArray(resource.identifier)) return [];
  return resource.identifier.flatMap((item: unknown) =>
    isObject(item) && typeof item.system === 'string' && typeof item.value === 'string' ? [`${item.system}|${item.value}`] : [],
  );
}

function ownerOf(resource: RawResource, resolve: (reference: string) => RawResource | undefined): RawResource | undefined {
  for (const field of ['subject', 'patient', 'beneficiary', 'individual']) {
    const value = resource[field];
    if (isObject(value) && typeof value.reference === 'string') {
      const found = resolve(value.reference);
      if (found?.resourceType === 'Patient') return found;
    }
  }
  // Appointments name the patient among their participants.
  if (resource.resourceType === 'Appointment' && Array.isArray(resource.participant)) {
    for (const item of resource.participant as readonly unknown[]) {
      if (!isObject(item) || !isObject(item.actor) || typeof item.actor.reference !== 'string') continue;
      const found = resolve(item.actor.reference);
      if (found?.resourceType === 'Patient') return found;
    }
  }
  return undefined;
}
