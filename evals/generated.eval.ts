import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { readKnowledgeCodes, readReferenceCodes } from '../records/validation/codes.ts';
import { checkCollection, type Examined, type PlacedFault, resolverOf } from '../records/validation/collection.ts';
import { readDefinitions } from '../records/validation/definitions.ts';
import { createValidator, termsOf } from '../records/validation.ts';
import { defineSuite, type SuiteContext, type SuiteFailure, type SuiteOutcome } from './contract.ts';

export default defineSuite({
  name: 'generated',
  description: 'every resource of the data judged by FHIR R4, the profiles it names, its references, times and codes',
  thresholds: { errors: { max: 0 }, codesNotFound: { max: 0 }, codesOtherName: { max: 0 } },
  judges: 'data',
  run,
});

const BASE = 'FHIR R4 4.0.1';
const AMONG = 'between resources (references, one patient, times, units)';

async function run({ files, terms, progress }: SuiteContext): Promise<SuiteOutcome> {
  const definitions = readDefinitions();
  const terminology = termsOf(definitions);
  const validator = createValidator(definitions, terminology);
  const codes = terms === undefined ? readKnowledgeCodes(terminology) : readReferenceCodes(terms, terminology);
  const elsewhere = resolverOf(await stubsOf(files));

  const tally = createTally();
  const codings = { known: 0, 'other-name': 0, 'name-not-judged': 0, 'not-found': 0, 'no-table': 0 };
  const withoutTable = new Map<string, number>();
  for (const [index, file] of files.entries()) {
    progress(index, files.length, file);
    const entries = await readBundle(file);
    const resolve = resolverOf(entries, elsewhere);
    const examined: Examined[] = [];
    for (const { resource, fullUrl } of entries) {
      if (resource === undefined) continue;
      const { faults, contents } = validator.examine(resource, resolve);
      const name = `${resource.resourceType}/${resource.id ?? '?'}`;
      tally.checked(BASE, 'package');
      for (const profile of new Set(resource.meta?.profile ?? [])) tally.checked(profile, validator.checkedBy(profile));
      for (const fault of faults) tally.fault(file, { ...fault, resource: name }, fault.profile ?? BASE);
      examined.push({ resource, ...(fullUrl === undefined ? {} : { fullUrl }), ...(contents === undefined ? {} : { contents }) });
      for (const { path, coding } of contents?.codings ?? []) {
        const verdict = codes.judge(coding);
        codings[verdict.is] += 1;
        const { system = 'no system', code = '', display = '' } = coding;
        if (verdict.is === 'no-table') withoutTable.set(system, (withoutTable.get(system) ?? 0) + 1);
        if (verdict.is === 'not-found') tally.code(file, name, path, 'not found', `${system}|${code} "${display}"`);
        if (verdict.is === 'other-name' || verdict.is === 'name-not-judged')
          tally.code(
            file,
            name,
            path,
            verdict.is === 'other-name' ? 'other name' : 'name not judged',
            `${system}|${code} "${display}" is "${verdict.names.slice(0, 3).join('" or "')}"`,
          );
      }
    }
    tally.checked(AMONG, 'table', examined.length);
    for (const fault of checkCollection(examined, resolve)) tally.fault(file, fault, AMONG);
  }
  progress(files.length, files.length);
  return {
    cases: tally.resources(),
    metrics: {
      files: files.length,
      resources: tally.resources(),
      errors: tally.count('error'),
      warnings: tally.count('warning'),
      codings: Object.values(codings).reduce((sum, count) => sum + count, 0),
      codesKnown: codings.known,
      codesNotFound: codings['not-found'],
      codesOtherName: codings['other-name'],
      codesNameNotJudged: codings['name-not-judged'],
      codesWithoutTable: codings['no-table'],
    },
    details: [
      ...tally.table(),
      '',
      `codes judged by ${terms === undefined ? 'the knowledge in the tree (name a folder with --terms for more)' : 'the reference tables'}; without a table: ${
        [...withoutTable]
          .sort((a, b) => b[1] - a[1])
          .map(([system, count]) => `${system} ${count}`)
          .join(', ') || 'none'
      }`,
      `required value sets that cannot be expanded here: ${validator.unexpanded().join(', ') || 'none'}`,
    ],
    failures: tally.failures(),
  };
}

interface Row {
  checked: number;
  by: string;
  errors: number;
  warnings: number;
}
const RANKS = ['error', 'code', 'warning', 'name not judged'] as const;
type Rank = (typeof RANKS)[number];
interface Kind {
  readonly rank: Rank;
  readonly failure: SuiteFailure;
  count: number;
}

/** Counts by profile, and one entry for each kind of fault, with the first resource that has it. */
function createTally() {
  const rows = new Map<string, Row>();
  const kinds = new Map<string, Kind>();
  const rowOf = (name: string): Row => {
    const found = rows.get(name) ?? { checked: 0, by: '', errors: 0, warnings: 0 };
    rows.set(name, found);
    return found;
  };
  const note = (id: string, rank: Rank, why: string) => {
    const found = kinds.get(id);
    if (found === undefined) kinds.set(id, { rank, failure: { id, why }, count: 1 });
    else found.count += 1;
  };
  return {
    checked(name: string, by: string, count = 1) {
      const row = rowOf(name);
      row.checked += count;
      row.by = by;
    },
    fault(file: string, { severity, rule, path, message, resource, by }: PlacedFault, under: string) {
      const row = rowOf(under);
      if (row.by === '') row.by = by;
      if (severity === 'error') row.errors += 1;
      else row.warnings += 1;
      const place = path.replace(/\[\d+\]/g, '');
      note(`${severity} ${under} ${rule} ${place}`, severity, `${message}\nfirst in ${basename(file)} ${resource} ${path}`);
    },
    code(file: string, resource: string, path: string, kind: string, what: string) {
      note(`code ${kind}: ${what}`, kind === 'name not judged' ? kind : 'code', `first in ${basename(file)} ${resource} ${path}`);
    },
    count: (what: 'error' | 'warning') =>
      [...rows.values()].reduce((sum, { errors, warnings }) => sum + (what === 'error' ? errors : warnings), 0),
    resources: () => rows.get(BASE)?.checked ?? 0,
    table(): string[] {
      const list = [...rows].sort(([a], [b]) => Number(b === BASE) - Number(a === BASE) || a.localeCompare(b));
      const width = Math.max(...list.map(([name]) => name.length));
      const line = (name: string, cells: readonly (string | number)[]) =>
        `  ${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
      return [
        line('definition', ['resources', 'errors', 'warnings', 'by']),
        ...list.map(([name, { checked, errors, warnings, by }]) => line(name, [checked, errors, warnings, by])),
      ];
    },
    failures: (): SuiteFailure[] =>
      [...kinds.values()]
        .sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || b.count - a.count)
        .map(({ failure, count }) => ({ id: failure.id, why: `${count} times: ${failure.why}` })),
  };
}

type Entries = NonNullable<Bundle['entry']>;

/** What other files can be named by: type, id and identifiers alone, since the records of a whole clinic need not be in memory at once. */
async function stubsOf(files: readonly string[]): Promise<Entries> {
  const stubs: Entries = [];
  for (const file of files)
    for (const { resource, fullUrl } of await readBundle(file)) {
      if (resource === undefined) continue;
      const { resourceType, id, identifier } = resource as { resourceType: string; id?: string; identifier?: unknown };
      const stub = { resourceType, ...(id === undefined ? {} : { id }), ...(Array.isArray(identifier) ? { identifier } : {}) } as Resource;
      stubs.push({ resource: stub, ...(fullUrl === undefined ? {} : { fullUrl }) });
    }
  return stubs;
}

/** A bundle as it stands, or one resource or a file of lines as if it were one. */
async function readBundle(file: string): Promise<Entries> {
  const text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  if (/\.ndjson$/i.test(file)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => ({ resource: JSON.parse(line) as Resource }));
  }
  const content = JSON.parse(text) as Resource;
  return content.resourceType === 'Bundle' ? (content.entry ?? []) : [{ resource: content }];
}
