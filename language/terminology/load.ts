import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONCEPT_KINDS, type Concept, type ConceptKind } from '../contract.ts';
import { parseCodes } from './codes.ts';

const FOLDER = fileURLToPath(new URL('../../data/knowledge/concepts', import.meta.url));
const COLUMNS = 6;
const ID = /^[a-z0-9-]+\/[a-z0-9][a-z0-9.+-]*$/;

/**
 * Tables in the order in which an ambiguous name is read: what stands earlier is the likelier meaning. Tables not named here
 * come after, by name.
 */
const ORDER = [
  'sections',
  'observations',
  'conditions',
  'symptoms',
  'drug-classes',
  'drugs',
  'vaccines',
  'procedures',
  'social',
  'allergens',
];

const loaded = new Map<string, Concept[]>();

/**
 * Reads all concept tables (`*.tsv`) of a folder, by default the project's own. The first call reads, later ones share.
 * Columns: id, kind, name, synonyms (|), codes (LOINC:4548-4|SCT:44054006|ICD10:E11*), parents (|). Lines that begin with # are comments.
 * A broken row throws an Error that names file and line.
 */
export function loadConcepts(folder: string = FOLDER): Concept[] {
  const known = loaded.get(folder);
  if (known) return known;
  const concepts: Concept[] = [];
  for (const file of conceptFiles(folder)) readConcepts(readFileSync(join(folder, file), 'utf8'), file, concepts);
  loaded.set(folder, concepts);
  return concepts;
}

function conceptFiles(folder: string): string[] {
  const rank = (file: string): number => {
    const at = ORDER.indexOf(file.replace(/\.tsv$/, ''));
    return at < 0 ? ORDER.length : at;
  };
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tsv'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Rows of one table appended to `into`. */
export function readConcepts(text: string, file: string, into: Concept[] = []): Concept[] {
  const kinds: ReadonlySet<string> = new Set(CONCEPT_KINDS);
  let line = 0;
  for (const row of text.split('\n')) {
    line++;
    if (row === '' || row.startsWith('#')) continue;
    const fail = (why: string): never => {
      throw new Error(`${file}, line ${line}: ${why}`);
    };
    const cells = row.split('\t');
    if (cells.length !== COLUMNS) fail(`${cells.length} columns where ${COLUMNS} are expected`);
    const [id = '', kind = '', name = '', synonyms = '', codes = '', parents = ''] = cells;
    if (!ID.test(id)) fail(`malformed id "${id}"`);
    if (!kinds.has(kind)) fail(`unknown kind "${kind}"`);
    if (name === '') fail('no name');
    let refs: Concept['codes'] = [];
    try {
      refs = parseCodes(codes);
    } catch (error) {
      fail((error as Error).message);
    }
    into.push({ id, kind: kind as ConceptKind, name, synonyms: list(synonyms), codes: refs, parents: list(parents) });
  }
  return into;
}

function list(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split('|');
}
