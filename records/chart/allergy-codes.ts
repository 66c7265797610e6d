import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeRef } from '../../language/contract.ts';
import { codeKey } from '../../language/terminology/codes.ts';

let table: ReadonlyMap<string, string> | undefined;

/**
 * What the codes of an allergy say where the substance is part of the code: SNOMED CT 91936005 -> "Allergy to penicillin", whatever language
 * the record's own words are in. Read on first use.
 */
export function allergyCodeNames(codes: readonly CodeRef[]): readonly string[] {
  if (codes.length === 0) return [];
  if (!table) {
    const text = readFileSync(fileURLToPath(new URL('../../data/knowledge/allergy-findings.tsv', import.meta.url)), 'utf8');
    const map = new Map<string, string>();
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      if (tab > 0 && line[0] !== '#') map.set(line.slice(0, tab), line.slice(tab + 1));
    }
    table = map;
  }
  return codes.flatMap((code) => table!.get(codeKey(code)) ?? []);
}
