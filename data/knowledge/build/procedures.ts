/**
 * Makes concepts/procedures.tsv from build/curated/procedures.txt; SNOMED CT codes are checked against the tables that name them and
 * completed by name.
 * Usage: npx tsx data/knowledge/build/procedures.ts <reference folder> [-v]
 */
import { items, type Row, readCurated, referenceFolder, slug, writeConcepts } from './reference.ts';
import { readSnomed } from './snomed.ts';

const folder = referenceFolder();
const curated = readCurated('procedures.txt');
const ids = new Map(curated.map(([name = '']) => [name.toLowerCase(), `procedure/${slug(name)}`]));
const problems: string[] = [];
const rows: Row[] = curated.map(([name = '', synonyms, parents, snomed]) => ({
  id: ids.get(name.toLowerCase()) as string,
  kind: 'procedure',
  name,
  synonyms: items(synonyms),
  codes: items(snomed, ',').map((code) => `SCT:${code}`),
  parents: items(parents, ',').flatMap((parent) => {
    const id = ids.get(parent.toLowerCase());
    if (!id) problems.push(`${name}: no parent ${parent}`);
    return id ?? [];
  }),
}));
// What counts as an operation is asked for as "surgeries".
for (const row of rows) if (row.id === 'procedure/surgical-procedure') row.parents = ['section/surgeries'];
problems.push(
  ...readSnomed(folder).attach(rows, ['procedure', 'regime/therapy', ''], (name) =>
    name.replace(/^(?:plain )?(?:procedure|measurement) of /i, ''),
  ),
);
writeConcepts(
  'procedures.tsv',
  [
    'Procedures, operations and imaging with their families.',
    'Sources: own names (build/curated/procedures.txt); codes of common SNOMED CT concepts as public value sets and Synthea extracts name them.',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'Made by data/knowledge/build/procedures.ts.',
  ],
  rows,
);
console.log(`${problems.length} problems`, process.argv.includes('-v') ? `\n${problems.join('\n')}` : '');
