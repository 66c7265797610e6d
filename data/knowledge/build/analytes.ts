/**
 * Makes data/knowledge/analytes.tsv from build/curated/analytes.txt; each id must be an observation, each unit a UCUM code.
 * Usage: npx tsx data/knowledge/build/analytes.ts <reference folder>
 */
import { loadConcepts } from '../../../language/terminology.ts';
import { readCurated, readTable, referenceFolder, writeTable } from './reference.ts';

const folder = referenceFolder();
const observations = new Set(
  loadConcepts()
    .filter((c) => c.kind === 'observation')
    .map((c) => c.id),
);
const ucum = new Set(readTable(folder, 'terms/ucum/hl7_ucum_common.tsv').map((row) => row.ucum_code));
const lines: string[] = [];
for (const row of readCurated('analytes.txt')) {
  const [id = '', conventional = '', si = ''] = row;
  if (!observations.has(id)) throw new Error(`${id} is no observation`);
  for (const unit of [conventional, si]) if (!ucum.has(unit)) console.log(`not among the common UCUM units: ${unit} (${id})`);
  lines.push(row.join('\t'));
}
writeTable(
  'analytes.tsv',
  [
    'Units of tests in conventional and SI form, molar mass where mass and moles are both in use, and decimals to show.',
    'Sources: molar masses from the formula with IUPAC 2021 standard atomic weights; units from UCUM (HL7 common list 2026); NGSP/IFCC master equation for HbA1c.',
    'Made by data/knowledge/build/analytes.ts.',
    'Columns: id, conventional UCUM unit, SI UCUM unit, molar mass (g/mol), valence, decimals conventional, decimals SI, note',
  ],
  lines,
);
