import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFault, parseCodes, SYSTEMS, systemName } from '../../language/terminology/codes.ts';
import type { CodingLike } from './contract.ts';
import { CVX, ICD10CM, LOINC, RACE_AND_ETHNICITY, RXNORM, SNOMED } from './profiles/systems.ts';
import type { Terminology } from './terminology.ts';

/** What the tables say of a coding. */
export type CodeVerdict =
  /** The code is there, and the display (if any) is one of its names. */
  | { readonly is: 'known' }
  /** The code is there under other names. */
  | { readonly is: 'other-name'; readonly names: readonly string[] }
  /** The code is there, but in tables that hold only some of its names, or none: whether the display is right cannot be told. */
  | { readonly is: 'name-not-judged'; readonly names: readonly string[] }
  | { readonly is: 'not-found' }
  /** No table here holds this code system. */
  | { readonly is: 'no-table' };

export interface CodeTables {
  judge(coding: CodingLike): CodeVerdict;
}

type Names = Map<string, Set<string>>;
export const HCPCS = 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
const NUCC = 'http://nucc.org/provider-taxonomy';
const SOP = 'https://nahdo.org/sopt';
const NUBC = 'http://www.nubc.org/patient-discharge';
const US_CORE = 'http://hl7.org/fhir/us/core/CodeSystem';
const SHORT: Readonly<Record<string, string>> = {
  LOINC,
  SCT: SNOMED,
  CDCREC: RACE_AND_ETHNICITY,
  NUCC,
  SOP,
  NUBC,
  UC: `${US_CORE}/us-core-category`,
  UCC: `${US_CORE}/condition-category`,
  UCP: `${US_CORE}/careplan-category`,
  UCD: `${US_CORE}/us-core-documentreference-category`,
  UCT: `${US_CORE}/us-core-provenance-participant-type`,
};

/** Tables of a reference folder: file, code system, the column of the code, the columns of names, and whether a cell lists several by `|`. */
const FILES: readonly (readonly [file: string, system: string, code: string, names: readonly string[], lists?: true])[] = [
  ['loinc/loinc_merged.tsv', LOINC, 'loinc', ['name', 'synonyms'], true],
  ['omop_concepts/loinc.tsv', LOINC, 'code', ['name']],
  ['vsac_ecqm2026/loinc.tsv', LOINC, 'code', ['description']],
  ['rxnorm/rxnorm_ingredients_merged.tsv', RXNORM, 'rxcui', ['name']],
  ['rxnorm/rxnorm_ingredient_snomed_class_2019.tsv', RXNORM, 'rxcui', ['name']],
  ['rxnorm/rxnorm_prescribe_2025_scd.tsv', RXNORM, 'rxcui', ['name']],
  ['rxnorm/rxnorm_prescribe_2025_brands.tsv', RXNORM, 'bn_rxcui', ['brand']],
  ['vsac_ecqm2026/rxnorm.tsv', RXNORM, 'code', ['description']],
  ['omop_concepts/rxnorm.tsv', RXNORM, 'code', ['name']],
  ['vsac_ecqm2026/snomed.tsv', SNOMED, 'code', ['description']],
  ['omop_concepts/snomed.tsv', SNOMED, 'code', ['name']],
  ['dx_groups/snomed_icd10cm_exact_name_match.tsv', SNOMED, 'snomed', ['snomed_name']],
  ['rxnorm/rxnorm_ingredient_snomed_class_2019.tsv', SNOMED, 'snomed_class_code', ['snomed_class']],
  ['icd10cm/icd10cm_2026_tabular.tsv', ICD10CM, 'code', ['description', 'inclusion_terms(synonyms)'], true],
  ['icd10cm/icd10cm_2026_billable.tsv', ICD10CM, 'code', ['description']],
  ['cvx/cdc_cvx_2025-12.tsv', CVX, 'cvx', ['short_description', 'full_name']],
  ['vsac_ecqm2026/cvx.tsv', CVX, 'code', ['description']],
  ['hcpcs/hcpcs_level2_addendumB_2026-04.tsv', HCPCS, 'code', ['short_descriptor']],
  ['vsac_ecqm2026/hcpcs2.tsv', HCPCS, 'code', ['description']],
  ['omop_concepts/hcpcs2.tsv', HCPCS, 'code', ['name']],
];

/**
 * Judges codings by a folder of reference tables, by the code systems that come whole with the definitions (HL7's own), and by the codes that
 * the profiles name. Throws where the folder lacks every table.
 */
export function readReferenceCodes(folder: string, terminology: Terminology): CodeTables {
  const tables = new Map<string, Names>();
  const systems = new Set<string>();
  for (const [file, system, code, names, lists] of FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    systems.add(system);
    for (const row of readTable(path, [code, ...names])) {
      const cells = names.flatMap((name) => (lists ? (row[name] ?? '').split(/\s*\|\s*/) : [row[name] ?? '']));
      add(tables, system, row[code] ?? '', cells);
    }
  }
  const ips = join(folder, 'ips/ips_valueset_codes.tsv');
  if (existsSync(ips))
    for (const row of readTable(ips, ['system', 'code', 'display']))
      if (row.system === 'sct') add(tables, SNOMED, row.code ?? '', [row.display ?? '']);
  if (systems.size === 0) throw new Error(`no reference table in "${folder}"`);
  for (const [system = '', code = '', name = ''] of confirmedCodes()) add(tables, system, code, [name]);
  return judging(tables, systems, terminology);
}

/**
 * The weaker check where no reference tables are: by the knowledge in the tree. It holds a part of each code system, so a code that it lacks is
 * `no-table`, not `not-found`, and only the drugs' names and the profiles' own codes can be compared.
 */
export function readKnowledgeCodes(terminology: Terminology): CodeTables {
  const tables = new Map<string, Names>();
  const folder = fileURLToPath(new URL('../../data/knowledge/', import.meta.url));
  for (const line of lines(`${folder}drug-products.tsv`)) {
    const [rxcui = '', name = ''] = line.split('\t');
    add(tables, RXNORM, rxcui, [name]);
  }
  const concepts = `${folder}concepts/`;
  for (const file of readdirSync(concepts).filter((name) => name.endsWith('.tsv')))
    for (const line of lines(concepts + file)) {
      const cell = line.split('\t')[4];
      if (cell !== undefined && cell !== '')
        for (const { system, code } of parseCodes(cell)) add(tables, system === SYSTEMS.HCPCS ? HCPCS : system, code, []);
    }
  return judging(tables, new Set(), terminology);
}

/** `tables` hold codes with all their usual names; `whole` are the systems of which a code that is nowhere is taken for wrong. */
function judging(tables: Map<string, Names>, whole: ReadonlySet<string>, terminology: Terminology): CodeTables {
  const partial = specificationCodes();
  return {
    judge({ system: written = '', code = '', display }) {
      const system = written === SYSTEMS.HCPCS ? HCPCS : written;
      const held = tables.get(system)?.get(code);
      const published = terminology.names(system, code);
      const [named, listed] = [partial.get(system)?.get(code), terminology.listedAs(system, code)];
      const names = [...(held ?? []), ...(published ?? [])];
      if (held === undefined && named === undefined && listed === undefined && (published === undefined || published.length === 0)) {
        if (published !== undefined) return { is: 'not-found' };
        // Check digits need no table.
        const name = systemName(system);
        const impossible = name !== undefined && !/^L[AP]/.test(code) && codeFault(name, code) !== undefined;
        return { is: impossible || whole.has(system) ? 'not-found' : 'no-table' };
      }
      if (display === undefined) return { is: 'known' };
      const wanted = plain(display, system);
      const partly = [...(named ?? []), ...(listed ?? [])];
      if ([...names, ...partly].some((name) => plain(name, system) === wanted)) return { is: 'known' };
      return names.length > 0 ? { is: 'other-name', names } : { is: 'name-not-judged', names: partly };
    },
  };
}

function specificationCodes(): Map<string, Names> {
  const tables = new Map<string, Names>();
  for (const line of lines(fileURLToPath(new URL('specification-codes.tsv', import.meta.url)))) {
    const [short = '', code = '', names = ''] = line.split('\t');
    add(tables, SHORT[short] ?? short, code, names.split('|'));
  }
  return tables;
}

/** Codes that the patients' generator uses and no reference table holds: each with its name and the two places where it was found. */
const confirmedCodes = (): string[][] =>
  lines(fileURLToPath(new URL('../../data/patients/catalogue/confirmed.tsv', import.meta.url))).map((line) => line.split('\t'));

function add(tables: Map<string, Names>, system: string, code: string, names: readonly string[]): void {
  if (code === '') return;
  const table: Names = tables.get(system) ?? new Map();
  const held = table.get(code) ?? new Set();
  tables.set(system, table.set(code, held));
  for (const name of names) if (name.trim() !== '') held.add(name.trim());
}

/** Case, spacing and, in SNOMED CT, the tag in brackets at the end make no difference; nor what tells qualifiers apart before it. */
function plain(name: string, system: string): string {
  const text = name.toLowerCase().replace(/\s+/g, ' ').trim();
  return system === SNOMED ? text.replace(/(?: \([^()]*\))? \(qualifier value\)$| \([^()]*\)$/, '') : text;
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Tab-separated with a header; a cell in quotes has its quotes doubled inside. Throws where a column is missing. */
function readTable(path: string, columns: readonly string[]): Record<string, string>[] {
  const [header = [], ...rows] = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map((cell) => (/^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
  const missing = columns.find((column) => !header.includes(column));
  if (missing !== undefined) throw new Error(`${path} has no column "${missing}"`);
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}
