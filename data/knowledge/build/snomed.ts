import { codeFault } from '../../../language/terminology/codes.ts';
import { tokenize } from '../../../language/terminology/fold.ts';
import { bagOf, buildNames } from '../../../language/terminology/names.ts';
import { type Row, readTable } from './reference.ts';

const MOST = 10;

/** SNOMED CT codes that the reference tables name, to check ours against and to find more of the same name. */
export function readSnomed(folder: string) {
  const names = new Map<string, { name: string; tag: string }>();
  for (const [path, column] of [
    ['terms/omop_concepts/snomed.tsv', 'name'],
    ['terms/vsac_ecqm2026/snomed.tsv', 'description'],
  ] as const) {
    for (const row of readTable(folder, path)) {
      const text = (row[column] ?? '').trim();
      if (!text) continue;
      const tagged = /^(.*) \(([a-z/ ]+)\)$/.exec(text);
      const found = tagged ? { name: tagged[1] as string, tag: tagged[2] as string } : { name: text, tag: '' };
      if (!names.has(row.code as string) || found.tag) names.set(row.code as string, found);
    }
  }
  return {
    names,
    /** Adds codes whose name is a row's name or synonym; reports codes of rows that no table confirms. Rows that share a name get nothing by it. */
    attach(rows: readonly Row[], tags: readonly string[], rename: (name: string) => string = (name) => name): string[] {
      const problems: string[] = [];
      const index = buildNames(
        rows.map((row) => ({ ...row, kind: 'condition' as const, synonyms: [...row.synonyms], codes: [], parents: [] })),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      const taken = new Set<string>();
      for (const row of rows) {
        const kept: string[] = [];
        for (const code of row.codes) {
          if (!code.startsWith('SCT:')) {
            kept.push(code);
            continue;
          }
          const number = code.slice(4);
          const known = names.get(number);
          if (codeFault('SCT', number)) problems.push(`${row.name}: ${number} ${codeFault('SCT', number)}`);
          else if (!known) problems.push(`${row.name}: ${number} is in no table`);
          else {
            const ours = new Set([row.name, ...row.synonyms].flatMap((n) => tokenize(n).map((t) => t.key)));
            if (!tokenize(known.name).some((t) => t.key.length > 3 && ours.has(t.key)))
              problems.push(`${row.name}: ${number} is "${known.name}"?`);
          }
          if (!codeFault('SCT', number)) {
            kept.push(code);
            taken.add(number);
          }
        }
        row.codes = kept;
      }
      const count = new Map<string, number>();
      for (const [code, { name, tag }] of names) {
        if (taken.has(code) || !tags.includes(tag) || codeFault('SCT', code)) continue;
        const tokens = tokenize(rename(name));
        const key = tokens.map((t) => t.key).join(' ');
        const senses = index.names.get(key) ?? (index.bags.get(bagOf(tokens)) ?? []).flatMap((k) => index.names.get(k) ?? []);
        const found = [...new Set(senses.map((sense) => sense.id))];
        const row = found.length === 1 ? byId.get(found[0] as string) : undefined;
        if (!row || (count.get(row.id) ?? 0) >= MOST) continue;
        count.set(row.id, (count.get(row.id) ?? 0) + 1);
        row.codes = [...row.codes, `SCT:${code}`];
      }
      return problems;
    },
  };
}
