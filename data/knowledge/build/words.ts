/**
 * Makes data/knowledge/words.txt: words of common English that are never read as misspelled clinical names.
 * Usage: npx tsx data/knowledge/build/words.ts <folder with the SCOWL lists, e.g. /usr/share/dict/scowl>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2];
if (!folder) throw new Error('usage: words.ts <folder with the SCOWL lists>');
const LISTS = [
  ...['english', 'american', 'british'].flatMap((region) => [10, 20, 35, 40].map((size) => `${region}-words.${size}`)),
  'english-upper.35',
  'english-upper.40',
  'english-proper-names.50',
];
/** Words of records and of talk about them that SCOWL's common lists lack. */
const CLINICAL = (
  'abnormalities administered allergen allergens ambulatory analyte antenatal aspirated assay asymptomatic bedtime biopsied bloodwork caregiver chemo clinically coded comorbid comorbidities contraindicated ' +
  'diagnosed diagnostic discontinued distal dosage dosages dosing downward dysfunction elevated encounter encounters evaluated exacerbation exacerbations extremity followup formulary gestational guideline ' +
  'healthcare hospitalized immunized immunizations imaged infusion ingested inhaled inpatient intake intermittent intolerance intolerances intravenous labs lateral lesion malignant meds metabolic midline milligrams ' +
  'monitored morbid neonatal nodule normal normalized nurse onset outpatient overdue palpable palpated pathology patient pediatric perioperative physician postoperative postpartum prenatal prescribe prescribed prescriber prescribing ' +
  'prescription prescriptions prognosis proximal radiology reactive recheck refill refilled refills renal resected resolved screened screening severity specimen stable standing substance supine symptom symptomatic symptoms systemic ' +
  'tapered therapeutic titrated transplant trend trending triage uncontrolled unremarkable untreated upward urgent vaccinated vital vitals workup wheezes'
).split(' ');

const words = new Set<string>(CLINICAL);
for (const list of LISTS) {
  let text: string;
  try {
    text = readFileSync(join(folder, list), 'latin1');
  } catch {
    continue;
  }
  for (const line of text.split('\n')) {
    const word = line.trim().toLowerCase();
    if (word.length >= 3 && /^[a-z]+$/.test(word)) words.add(word);
  }
}
const header = [
  '# Common English words of three letters and more, names of people and places among them: never taken for misspelled clinical names.',
  `# Made by data/knowledge/build/words.ts from SCOWL 2020.12.07 (${LISTS[0]} to ${LISTS.at(-1)}), Copyright 2000-2020 by Kevin Atkinson. Permission to use,`,
  '# copy, modify, distribute and sell these word lists, the associated scripts, the output created from the scripts, and its documentation for any',
  '# purpose is hereby granted without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and this',
  '# permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose.',
  '# It is provided "as is" without express or implied warranty.',
];
const sorted = [...words].sort();
const lines: string[] = [];
for (let i = 0; i < sorted.length; i += 16) lines.push(sorted.slice(i, i + 16).join(' '));
writeFileSync(fileURLToPath(new URL('../words.txt', import.meta.url)), `${header.join('\n')}\n${lines.join('\n')}\n`);
console.log(`${sorted.length} words`);
