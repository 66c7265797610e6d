/**
 * Makes concepts/vaccines.tsv: every CVX code of the CDC table under the vaccine that a person would name, with trade names.
 * Usage: npx tsx data/knowledge/build/vaccines.ts <reference folder> [-v]
 */
import { items, type Row, readCurated, readTable, referenceFolder, writeConcepts } from './reference.ts';

const folder = referenceFolder();
const rows: (Row & { codes: Set<string>; synonyms: Set<string> })[] = [];
const byGroup = new Map<string, Row[]>();
const byCvx = new Map<string, (typeof rows)[number][]>();
for (const [key = '', name = '', synonyms, groups, cvx, parents] of readCurated('vaccines.txt')) {
  const row = {
    id: `vaccine/${key}`,
    kind: 'vaccine',
    name,
    synonyms: new Set(items(synonyms)),
    codes: new Set<string>(),
    parents: items(parents, ',').map((p) => `vaccine/${p}`),
  };
  rows.push(row);
  for (const group of items(groups, ',')) byGroup.set(group.toLowerCase(), [...(byGroup.get(group.toLowerCase()) ?? []), row]);
  for (const code of items(cvx, ',')) byCvx.set(code, [...(byCvx.get(code) ?? []), row]);
}
const loose: string[] = [];
const owners = new Map<string, (typeof rows)[number][]>();
for (const record of readTable(folder, 'terms/cvx/cdc_cvx_2025-12.tsv')) {
  const code = record.cvx as string;
  const named = byCvx.get(code);
  const grouped = items(record.vaccine_groups).flatMap((group) => byGroup.get(group.toLowerCase()) ?? []) as (typeof rows)[number][];
  const found = named ?? grouped;
  if (found.length === 0) loose.push(`${code} ${record.short_description}`);
  for (const row of found) row.codes.add(`CVX:${code}`);
  if (found.length === 1) found[0]?.synonyms.add(record.short_description as string);
  owners.set(code, found);
}
for (const record of readTable(folder, 'terms/cvx/cdc_vaccine_tradenames.tsv')) {
  const found = owners.get(record.cvx as string) ?? [];
  const trade = (record.trade_name as string).replace(/\s+/g, ' ');
  // A brand of several products is their common name, not that of the first of them.
  const common = rows.some((row) => row !== found[0] && row.name.toLowerCase() === trade.toLowerCase());
  if (found.length === 1 && !common) found[0]?.synonyms.add(trade);
}
writeConcepts(
  'vaccines.tsv',
  [
    'Vaccines by what they protect against, with combinations under each.',
    'Sources: CDC CVX codes, vaccine groups and trade names, December 2025 (public domain); own names (build/curated/vaccines.txt).',
    'Made by data/knowledge/build/vaccines.ts.',
  ],
  rows,
);
if (process.argv.includes('-v')) console.log(`without a vaccine: ${loose.join('; ')}`);
