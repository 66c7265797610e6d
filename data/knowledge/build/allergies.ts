/**
 * Makes allergy-findings.tsv: what codes of allergies (not of substances) say.
 * Usage: npx tsx data/knowledge/build/allergies.ts <reference folder> <code TAB display of the HL7 value set allergyintolerance-code>
 */
import { readFileSync } from 'node:fs';
import { codeFault } from '../../../language/terminology/codes.ts';
import { readTable, referenceFolder, writeTable } from './reference.ts';

const folder = referenceFolder();
const valueSet = process.argv[3];
if (!valueSet) throw new Error('give the value set of allergy codes as the second argument');

const OF_ALLERGY = /\b(?:allerg\w+|intoleran\w+|hypersensitivity|adverse reaction)\b/i;
/** Diseases and situations that the words also name, and statements that there is none. */
const NOT_OF_A_SUBSTANCE =
  /\b(?:no known|not allergic|hereditary|smoker|diet|rhinitis|asthma|conjunctivitis|dermatitis|eczema|disorder of|due to infection|exercise|heat|cold|not tolerated|history of|hypertension|glucose intolerance|lactose intolerance)\b/i;

const names = new Map<string, string>();
const add = (key: string, text: string): void => {
  const name = text.replace(/ \([a-z/ ]+\)$/, '').trim();
  if (name !== '' && OF_ALLERGY.test(name) && !NOT_OF_A_SUBSTANCE.test(name) && !names.has(key)) names.set(key, name);
};
for (const line of readFileSync(valueSet, 'utf8').split('\n')) {
  const [code = '', display = ''] = line.split('\t');
  if (/^\d+$/.test(code) && !codeFault('SCT', code)) add(`SCT:${code}`, display);
}
for (const [path, column] of [
  ['terms/omop_concepts/snomed.tsv', 'name'],
  ['terms/vsac_ecqm2026/snomed.tsv', 'description'],
] as const) {
  for (const row of readTable(folder, path)) {
    if (!codeFault('SCT', row.code as string)) add(`SCT:${row.code}`, row[column] ?? '');
  }
}
for (const row of readTable(folder, 'terms/icd10cm/icd10cm_2026_tabular.tsv')) {
  if (/^Z(?:88|91\.0)/.test(row.code ?? '')) add(`ICD10:${row.code}`, row.description ?? '');
}
writeTable(
  'allergy-findings.tsv',
  [
    'Codes of allergies and intolerances, where the substance is part of the code. Columns: code, name.',
    'Sources: HL7 FHIR R4 value set allergyintolerance-code; SNOMED CT names in public value sets; ICD-10-CM FY2026 Z88 and Z91.0 (CDC, public domain).',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'Made by data/knowledge/build/allergies.ts.',
  ],
  [...names].sort().map(([key, name]) => `${key}\t${name}`),
);
