/** Reading and writing shared by the table builders. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The reference folder given as the first argument. */
export function referenceFolder(): string {
  const folder = process.argv[2];
  if (!folder) throw new Error('give the reference folder as the first argument');
  return folder;
}

/** Rows of a reference table (TAB separated, CSV quoting, header row) as objects by column name. */
export function readTable(folder: string, path: string): Record<string, string>[] {
  const text = readFileSync(join(folder, path), 'utf8');
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const row = rows[rows.length - 1] as string[];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[++i];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === '\t' || c === '\n') {
      row.push(cell);
      cell = '';
      if (c === '\n') rows.push([]);
    } else if (c !== '\r') cell += c;
  }
  const [header = [], ...body] = rows;
  return body.filter((r) => r.length > 1).map((r) => Object.fromEntries(header.map((name, i) => [name, r[i] ?? ''])));
}

/** Rows of a hand-written table: fields by |, comments with #. */
export function readCurated(name: string): string[][] {
  const text = readFileSync(fileURLToPath(new URL(`./curated/${name}`, import.meta.url)), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('|').map((field) => field.trim()));
}

export function items(cell: string | undefined, separator = ';'): string[] {
  return (cell ?? '')
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean);
}

export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export interface Row {
  id: string;
  kind: string;
  name: string;
  synonyms: Iterable<string>;
  codes: Iterable<string>;
  parents: Iterable<string>;
}

/** Writes one concept table. Synonyms that only repeat the name, or one another but for case, are left out. */
export function writeConcepts(file: string, header: readonly string[], rows: readonly Row[]): void {
  const lines = [...header.map((line) => `# ${line}`), '# Columns: id, kind, name, synonyms, codes, parents.'];
  for (const row of rows) {
    const seen = new Set([row.name.toLowerCase()]);
    const synonyms: string[] = [];
    for (const synonym of row.synonyms) {
      const text = synonym.replace(/[|\t\n]/g, ' ').trim();
      const key = text === text.toUpperCase() && text.length <= 4 ? text : text.toLowerCase();
      if (text && !seen.has(key)) {
        seen.add(key);
        synonyms.push(text);
      }
    }
    lines.push([row.id, row.kind, row.name, synonyms.join('|'), compactCodes(row.codes), [...new Set(row.parents)].join('|')].join('\t'));
  }
  writeFileSync(fileURLToPath(new URL(`../concepts/${file}`, import.meta.url)), `${lines.join('\n')}\n`);
  console.log(`${file}: ${rows.length} concepts, ${Math.round(lines.join('\n').length / 1024)} KiB`);
}

/** "RXN:1, RXN:2" -> "RXN:1|2": the system is named once a run. */
function compactCodes(codes: Iterable<string>): string {
  let system = '';
  const out: string[] = [];
  for (const code of new Set(codes)) {
    const colon = code.indexOf(':');
    const name = code.slice(0, colon);
    out.push(name === system ? code.slice(colon + 1) : code);
    system = name;
  }
  return out.join('|');
}

/** Writes a plain table beside the concept tables. */
export function writeTable(file: string, header: readonly string[], lines: readonly string[]): void {
  writeFileSync(
    fileURLToPath(new URL(`../${file}`, import.meta.url)),
    `${header.map((line) => `# ${line}`).join('\n')}\n${lines.join('\n')}\n`,
  );
  console.log(`${file}: ${lines.length} rows`);
}
