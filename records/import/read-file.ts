import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import resourceTypeTable from '../../data/fhir/r4-resource-types.json' with { type: 'json' };
import type { FhirResource } from '../contract.ts';
import { isTooDeep } from '../depth.ts';
import { malformed } from './well-formed.ts';

/** One resource of a file, where it stood, and the URL under which the others in its bundle refer to it. */
export interface FileEntry {
  readonly resource: FhirResource;
  readonly fullUrl?: string;
  /** "entry[3].resource" or "line 12" */
  readonly at: string;
  /** Query under which a server would look for it first: of `ifNoneExist` (`create`), or of `PUT Type?query` (`update`). */
  readonly condition?: { readonly query: string; readonly write: 'create' | 'update' };
}
export type FileContent =
  | { readonly ok: true; readonly entries: readonly FileEntry[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly fault: string };

const RESOURCE_TYPES: ReadonlySet<string> = new Set(resourceTypeTable.types);

class Fault extends Error {}

/** Reads a file of FHIR JSON: a bundle of any type, one resource, a list of resources or NDJSON, gzipped or not. Never throws for what the file holds. */
export function readRecordFile(path: string): FileContent {
  try {
    return parseRecordText(decode(readFileSync(path)), /\.(ndjson|jsonl)(\.gz)?$/i.test(path));
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? plain(error) : String(error) };
  }
}

/** @param byLines one resource a line, where the name of the file says so; else found out from the text */
export function parseRecordText(text: string, byLines = false): FileContent {
  const entries: FileEntry[] = [];
  const notes: string[] = [];
  try {
    if (text.trim() === '') throw new Fault('the file is empty');
    if (byLines || looksLikeLines(text)) {
      text.split('\n').forEach((line, i) => {
        if (line.trim() !== '') collect(parseJson(line, i + 1), `line ${i + 1}`, entries, notes);
      });
    } else {
      const value = parseJson(text);
      if (Array.isArray(value)) for (const [i, item] of value.entries()) collect(item, `[${i}]`, entries, notes);
      else collect(value, '', entries, notes);
    }
    if (entries.length === 0 && notes.length === 0) throw new Fault('it holds no resource');
    return { ok: true, entries, notes };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.message };
    throw error;
  }
}

function decode(bytes: Buffer): string {
  const plainBytes = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plainBytes);
  } catch (error) {
    throw new Fault('it is not valid UTF-8', { cause: error });
  }
}

/** A first line that is a whole JSON object, followed by another. */
function looksLikeLines(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split('\n', 2);
  if (!first.trimEnd().endsWith('}') || !second.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string, line?: number): unknown {
  const parsed = parseText(text, line);
  if (isTooDeep(parsed)) throw new Fault(`${line === undefined ? '' : `line ${line}: `}nested deeper than any FHIR resource`);
  return parsed;
}

function parseText(text: string, line?: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as SyntaxError).message;
    const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const at =
      line === undefined ? `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}` : `line ${line}, column ${offset + 1}`;
    // Node quotes a part of the text in some messages: that can be a patient's data.
    const what = /^(Unexpected end|Unterminated string|Bad control character|Bad escaped character|Expected [^"]*? in JSON)/.exec(
      reason,
    )?.[1];
    throw new Fault(`broken JSON at ${at}: ${what ?? 'unexpected text'}`);
  }
}

function collect(
  value: unknown,
  at: string,
  entries: FileEntry[],
  notes: string[],
  told: Pick<FileEntry, 'fullUrl' | 'condition'> = {},
): void {
  const resource = value as Partial<FhirResource> | null;
  const here = at === '' ? 'the top' : at;
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) throw new Fault(`${here}: expected a FHIR resource`);
  const { resourceType, id } = resource;
  if (typeof resourceType !== 'string') throw new Fault(`${here}: resourceType is missing`);
  if (!RESOURCE_TYPES.has(resourceType)) throw new Fault(`${here}: “${resourceType.slice(0, 64)}” is not a resource type of FHIR R4`);
  if (resourceType === 'Bundle') {
    collectBundle(resource as FhirResource, at, entries, notes);
    return;
  }
  if (resourceType === 'OperationOutcome' || resourceType === 'Parameters') {
    notes.push(`${here}: ${resourceType} is no part of a record, left out`);
    return;
  }
  if (id !== undefined && (typeof id !== 'string' || !/^[^\s/?#|]{1,256}$/.test(id))) {
    throw new Fault(`${here}: id of ${resourceType} is not a FHIR id`);
  }
  const fault = malformed(resource as FhirResource);
  if (fault !== undefined) throw new Fault(`${here}: ${resourceType}.${fault}`);
  entries.push({ resource: resource as FhirResource, at: here, ...told });
}

function collectBundle(bundle: FhirResource, at: string, entries: FileEntry[], notes: string[]): void {
  const prefix = at === '' ? '' : `${at}.`;
  const { entry = [], type } = bundle;
  if (!Array.isArray(entry)) throw new Fault(`${prefix}entry: expected a list`);
  const seen = new Set<string>();
  const gone = new Set<string>();
  for (const [i, item] of (entry as readonly unknown[]).entries()) {
    const where = `${prefix}entry[${i}]`;
    if (typeof item !== 'object' || item === null) throw new Fault(`${where}: expected an object`);
    const { resource, fullUrl, request } = item as { resource?: unknown; fullUrl?: unknown; request?: Request };
    if (resource === undefined && 'resourceType' in item) throw new Fault(`${where}: the resource must stand under “resource”`);
    if (type === 'history') {
      // The newest comes first: of what ends in a deletion no version is left.
      const key = historyKey(resource, request);
      if (key !== undefined && gone.has(key)) continue;
      if (key !== undefined && request?.method === 'DELETE' && !seen.has(key)) gone.add(key);
      if (key !== undefined) seen.add(key);
    }
    if (request?.method === 'DELETE' || request?.method === 'PATCH' || resource === undefined) {
      const what = { DELETE: 'a deletion, left out', PATCH: 'a patch, left out' }[String(request?.method)];
      notes.push(`${where}: ${what ?? 'no resource'}`);
      continue;
    }
    const condition = conditionOf(request);
    collect(resource, `${where}.resource`, entries, notes, {
      ...(typeof fullUrl === 'string' && fullUrl !== '' ? { fullUrl } : {}),
      ...(condition === undefined ? {} : { condition }),
    });
  }
}

interface Request {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly ifNoneExist?: unknown;
}

function historyKey(resource: unknown, request: Request | undefined): string | undefined {
  const { resourceType, id } = (resource ?? {}) as Partial<FhirResource>;
  if (typeof resourceType === 'string' && typeof id === 'string') return `${resourceType}/${id}`;
  return typeof request?.url === 'string' ? /^[A-Z][A-Za-z]+\/[^/?]+/.exec(request.url)?.[0] : undefined;
}

function conditionOf(request: Request | undefined): FileEntry['condition'] {
  const { method, url, ifNoneExist } = request ?? {};
  if (method === 'POST' && typeof ifNoneExist === 'string' && ifNoneExist !== '') return { query: ifNoneExist, write: 'create' };
  const query = method === 'PUT' && typeof url === 'string' ? /\?(.+)$/.exec(url)?.[1] : undefined;
  return query === undefined ? undefined : { query, write: 'update' };
}

const plain = (error: Error): string => {
  if (error instanceof Fault) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'no permission to read it';
  if (code === 'ERR_STRING_TOO_LONG' || code === 'ERR_FS_FILE_TOO_LARGE') return 'larger than 512 MB: split it';
  return error.message;
};
