/**
 * Makes concepts/social.tsv and concepts/allergens.tsv from build/curated/*.txt.
 * Usage: npx tsx data/knowledge/build/social.ts <reference folder> [-v]
 */
import { codeFault } from '../../../language/terminology/codes.ts';
import { items, type Row, readCurated, referenceFolder, writeConcepts } from './reference.ts';
import { readSnomed } from './snomed.ts';

const folder = referenceFolder();
const snomed = readSnomed(folder);
const problems: string[] = [];
const coded = (system: 'LOINC' | 'SCT' | 'ICD10', cell: string | undefined): string[] =>
  items(cell, ',').flatMap((code) => {
    if (codeFault(system, code)) {
      problems.push(`${system} ${code}: ${codeFault(system, code)}`);
      return [];
    }
    return [system === 'ICD10' ? `ICD10:${code}*` : `${system}:${code}`];
  });

const social: Row[] = readCurated('social.txt').map(([key = '', name = '', synonyms, loinc, sct, icd, parents]) => ({
  id: `social/${key}`,
  kind: 'social',
  name,
  synonyms: items(synonyms),
  codes: [...coded('LOINC', loinc), ...coded('SCT', sct), ...coded('ICD10', icd)],
  parents: items(parents, ',').map((p) => `social/${p}`),
}));
problems.push(...snomed.attach(social, ['finding', 'situation', '']));
writeConcepts(
  'social.tsv',
  [
    'Social history and social needs.',
    'Sources: own names (build/curated/social.txt); LOINC, SNOMED CT and ICD-10-CM codes as public value sets and Synthea extracts name them.',
    'This material contains content from LOINC (http://loinc.org), copyright 1995-2025, Regenstrief Institute, Inc. and the LOINC Committee, available at no cost under the license at http://loinc.org/license.',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'Made by data/knowledge/build/social.ts.',
  ],
  social,
);

const allergens: Row[] = readCurated('allergens.txt').map(([key = '', name = '', synonyms, sct, parents]) => ({
  id: `allergen/${key}`,
  kind: 'allergen',
  name,
  synonyms: items(synonyms),
  codes: coded('SCT', sct),
  parents: items(parents, ',').map((p) => `allergen/${p}`),
}));
problems.push(
  ...snomed.attach(allergens, ['substance', 'finding', 'disorder', ''], (name) =>
    name.replace(/^allergy to /i, '').replace(/ allergy$/i, ''),
  ),
);
writeConcepts(
  'allergens.tsv',
  [
    'Substances other than drugs that people are allergic to.',
    'Sources: own names (build/curated/allergens.txt); SNOMED CT codes as public value sets and Synthea extracts name them.',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'Made by data/knowledge/build/social.ts.',
  ],
  allergens,
);
console.log(`${problems.length} problems`, process.argv.includes('-v') ? `\n${problems.join('\n')}` : '');
