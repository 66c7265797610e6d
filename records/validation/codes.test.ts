import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDENTITIES } from '../../data/patients/generator/person.ts';
import { type CodeTables, readKnowledgeCodes, readReferenceCodes } from './codes.ts';
import { readDefinitions } from './definitions.ts';
import { createTerminology, type Terminology } from './terminology.ts';

const folder = mkdtempSync(join(tmpdir(), 'rounds-terms-'));
let terminology: Terminology;
let knowledge: CodeTables;
let reference: CodeTables;
beforeAll(() => {
  const { valueSets, codeSystems } = readDefinitions();
  terminology = createTerminology(valueSets, codeSystems);
  for (const name of ['loinc', 'vsac_ecqm2026']) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, 'loinc/loinc_merged.tsv'),
    'loinc\tname\tsynonyms\n4548-4\tHemoglobin A1c/Hemoglobin.total in Blood\tHbA1c | "A1c"\n',
  );
  writeFileSync(join(folder, 'vsac_ecqm2026/snomed.tsv'), 'code\tdescription\n44054006\tDiabetes mellitus type 2 (disorder)\n');
  knowledge = readKnowledgeCodes(terminology);
  reference = readReferenceCodes(folder, terminology);
});
afterAll(() => rmSync(folder, { recursive: true }));

const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

describe('by reference tables', () => {
  it.each([
    ['a name', LOINC, '4548-4', 'HEMOGLOBIN A1c/Hemoglobin.total  in Blood', 'known'],
    ['a synonym', LOINC, '4548-4', 'hba1c', 'known'],
    ['no name', LOINC, '4548-4', undefined, 'known'],
    ['another name', LOINC, '4548-4', 'Glucose', 'other-name'],
    ['a code that is nowhere', LOINC, '99999-9', 'x', 'not-found'],
    ['a code that no table has, confirmed elsewhere', LOINC, '883-9', 'ABO group [Type] in Blood', 'known'],
    ['another name of a confirmed code', LOINC, '883-9', 'Blood group', 'other-name'],
    ['a name without its tag', SNOMED, '44054006', 'Diabetes mellitus type 2', 'known'],
    ['a code that a profile names', LOINC, '89247-1', 'ECOG Performance Status score', 'known'],
    ['another name of a code that only a profile names', LOINC, '89247-1', 'ECOG', 'name-not-judged'],
    ['a code that a value set lists without a name', SNOMED, '255604002', 'Mild', 'name-not-judged'],
    ['a code of HL7', 'http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs', 'Vital Signs', 'known'],
    ['another name of a code of HL7', 'http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs', 'vitals', 'other-name'],
    ['a code that HL7 lacks', 'http://terminology.hl7.org/CodeSystem/observation-category', 'vital-sign', undefined, 'not-found'],
    ['a system without a table', 'urn:own', '1', 'x', 'no-table'],
  ])('%s', (_what, system, code, display, wanted) => {
    expect(reference.judge({ system, code, ...(display === undefined ? {} : { display }) }).is).toBe(wanted);
  });
  it('every gender identity of the invented patients, whatever the sample gave', () => {
    const judged = Object.values(IDENTITIES).map((coding) => [coding.code, reference.judge(coding).is]);
    expect(judged.filter(([, is]) => is !== 'known')).toEqual([]);
  });
  it('refuse a folder without tables, and a table without its columns', () => {
    expect(() => readReferenceCodes(join(folder, 'none'), terminology)).toThrow('no reference table');
    mkdirSync(join(folder, 'bad/loinc'), { recursive: true });
    writeFileSync(join(folder, 'bad/loinc/loinc_merged.tsv'), 'code\tname\n');
    expect(() => readReferenceCodes(join(folder, 'bad'), terminology)).toThrow('no column "loinc"');
  });
});

describe('by the knowledge in the tree', () => {
  it.each([
    ['a drug by its name', RXNORM, '1000048', 'doxepin 10 MG Oral Capsule', 'known'],
    ['a drug by the name of another', RXNORM, '1000048', 'doxepin 25 MG Oral Capsule', 'other-name'],
    ['a code that the tree knows without its names', SNOMED, '73211009', 'anything', 'name-not-judged'],
    ['a code that the tree lacks', SNOMED, '66480008', 'x', 'no-table'],
    ['a wrong check digit', LOINC, '4548-5', 'x', 'not-found'],
    ['a LOINC code in SNOMED CT', SNOMED, '34552-0', 'x', 'not-found'],
  ])('%s', (_what, system, code, display, wanted) => {
    expect(knowledge.judge({ system, code, display }).is).toBe(wanted);
  });
});
