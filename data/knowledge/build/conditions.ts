/**
 * Makes concepts/conditions.tsv from build/curated/conditions.txt. ICD-10-CM categories are checked against the tabular list, SNOMED CT codes
 * against the tables that name them; further SNOMED codes are found where a table's name is one of ours.
 * Usage: npx tsx data/knowledge/build/conditions.ts <reference folder> [-v]
 */
import { items, type Row, readCurated, readTable, referenceFolder, slug, writeConcepts } from './reference.ts';
import { readSnomed } from './snomed.ts';

const folder = referenceFolder();
const verbose = process.argv.includes('-v');
const icd = readTable(folder, 'terms/icd10cm/icd10cm_2026_tabular.tsv');
const icdCodes = new Set(icd.map((row) => row.code as string));
for (const row of readTable(folder, 'terms/icd10cm/icd10cm_2026_billable.tsv')) icdCodes.add(row.code as string);
/** Categories of the WHO edition that ICD-10-CM lacks; records from outside the United States hold them. */
const WHO_ONLY = new Set(['A16', 'G41', 'I64']);
const icdPrefixes = new Set<string>(WHO_ONLY);
for (const code of icdCodes) for (let n = 2; n <= code.length; n++) icdPrefixes.add(code.slice(0, n));

const rows: Row[] = [];
const problems: string[] = [];
const curated = readCurated('conditions.txt');
const ids = new Map<string, string>();
for (const [name = ''] of curated) {
  if (ids.has(name.toLowerCase())) problems.push(`twice: ${name}`);
  ids.set(name.toLowerCase(), `condition/${slug(name.normalize('NFKD').replace(/\p{M}/gu, ''))}`);
}
for (const [name = '', synonyms, categories, parents, snomed] of curated) {
  const codes: string[] = [];
  for (const category of items(categories, ',')) {
    if (!icdPrefixes.has(category)) problems.push(`${name}: no ICD-10-CM ${category}`);
    else codes.push(`ICD10:${category}*`);
  }
  const above = items(parents, ',').map((parent) => {
    const id = parent.includes('/') ? parent : ids.get(parent.toLowerCase());
    if (!id) problems.push(`${name}: no parent ${parent}`);
    return id ?? '';
  });
  for (const code of items(snomed, ',')) codes.push(`SCT:${code}`);
  rows.push({
    id: ids.get(name.toLowerCase()) as string,
    kind: 'condition',
    name,
    synonyms: items(synonyms),
    codes,
    parents: above.filter(Boolean),
  });
}
problems.push(...readSnomed(folder).attach(rows, ['disorder', 'finding', 'situation', 'event', 'morphologic abnormality', '']));
writeConcepts(
  'conditions.tsv',
  [
    'Diseases, findings and injuries with their families.',
    'Sources: own names (build/curated/conditions.txt); ICD-10-CM FY2026 categories (CDC, public domain); codes of common SNOMED CT concepts as public value sets name them.',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'Made by data/knowledge/build/conditions.ts.',
  ],
  rows,
);
console.log(`${problems.length} problems`, verbose ? `\n${problems.join('\n')}` : '');
