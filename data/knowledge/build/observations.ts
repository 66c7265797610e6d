/**
 * Makes concepts/observations.tsv from build/curated/observations.txt and the LOINC names of the reference tables: every code is checked
 * against a table that names it; one that none names is left out.
 * Usage: npx tsx data/knowledge/build/observations.ts <reference folder> [-v]
 */
import { codeFault } from '../../../language/terminology/codes.ts';
import { tokenize } from '../../../language/terminology/fold.ts';
import { items, type Row, readCurated, readTable, referenceFolder, writeConcepts } from './reference.ts';

const folder = referenceFolder();
const verbose = process.argv.includes('-v');

interface Loinc {
  readonly name: string;
  readonly component: string;
  readonly property: string;
  readonly system: string;
  readonly timed: boolean;
}
const loinc = new Map<string, Loinc>();
for (const [path, column] of [
  ['terms/loinc/loinc_merged.tsv', 'name'],
  ['terms/vsac_ecqm2026/loinc.tsv', 'description'],
  ['terms/omop_concepts/loinc.tsv', 'name'],
] as const) {
  for (const row of readTable(folder, path)) {
    const code = (row.loinc ?? row.code) as string;
    const name = row[column] as string;
    if (!loinc.has(code) && name) loinc.set(code, parse(name));
  }
}

for (const [code = '', name = ''] of readCurated('loinc-names.txt')) if (!loinc.has(code)) loinc.set(code, parse(name));

/** "Creatinine [Mass/volume] in Serum or Plasma by ..." -> its parts. */
function parse(name: string): Loinc {
  const bracket = /^(.*?) \[([^\]]+)\](.*)$/.exec(name);
  const [component = '', property = '', rest = ''] = bracket
    ? bracket.slice(1)
    : [/^(.*?) (?:in|of) /.exec(name)?.[1] ?? name, '', name.slice((/^(.*?) (?:in|of) /.exec(name)?.[1] ?? name).length)];
  const system = / ?(?:in|of) (.*?)(?: by | --|$)/.exec(rest)?.[1] ?? '';
  return { name, component: component.toLowerCase(), property, system, timed: name.includes(' --') };
}

const SYSTEMS: Readonly<Record<string, RegExp>> = {
  blood: /^(?:.*\b(?:serum|plasma|blood|red blood cells|capillary|leukocytes)\b.*|)$/i,
  urine: /urine/i,
  csf: /cerebral spinal fluid/i,
  stool: /stool/i,
  throat: /throat/i,
  sputum: /sputum|lower respiratory/i,
  wound: /wound/i,
  sweat: /sweat/i,
  any: /.*/,
};
const NOT_BLOOD = /urine|fluid|stool|cord|marrow|dialys|donor|bag|product/i;
const NOT_MEASURED = /^(?:Presence|Interpretation|Identifier|Type|Susceptibility|Titer.*|.*\/time|.*\/area|Morphology|Color|Finding)/i;

/** "~^hiv .* (ab¦ag)@any" (¦ for |): every property of the components that a pattern matches. */
function byPattern(rule: string): string[] {
  const at = rule.lastIndexOf('@');
  const pattern = new RegExp(rule.slice(1, at).replaceAll('¦', '|'), 'i');
  const where = SYSTEMS[rule.slice(at + 1)];
  return [...loinc]
    .filter(([code, term]) => !codeFault('LOINC', code) && pattern.test(term.component) && (where?.test(term.system) ?? true))
    .map(([code]) => code);
}

function byRule(rule: string): string[] {
  if (rule.startsWith('~')) return byPattern(rule);
  const [, any = '', component = '', system = ''] = /^(!?)(.*)@(\w+)$/.exec(rule) ?? [];
  const where = SYSTEMS[system];
  if (!where) throw new Error(`bad rule ${rule}`);
  const found: string[] = [];
  for (const [code, term] of loinc) {
    if (term.component !== component.toLowerCase() || term.timed || !where.test(term.system)) continue;
    if (system === 'blood' && (NOT_BLOOD.test(term.system) || (term.system === '' && term.property === ''))) continue;
    if (!any && NOT_MEASURED.test(term.property)) continue;
    found.push(code);
  }
  return found;
}

const rows = new Map<string, Row & { codes: Set<string>; explicit: Set<string> }>();
const unknown: string[] = [];
for (const [id = '', name = '', synonyms, explicit, rules, parents] of readCurated('observations.txt')) {
  const codes = new Set<string>();
  const own = new Set<string>();
  for (const code of items(explicit, ',')) {
    if (code.startsWith('SCT:')) {
      if (codeFault('SCT', code.slice(4))) unknown.push(`${id} ${code}`);
      else codes.add(code);
      continue;
    }
    const term = loinc.get(code);
    if (!term || codeFault('LOINC', code)) unknown.push(`${id} ${code}`);
    else {
      codes.add(`LOINC:${code}`);
      own.add(`LOINC:${code}`);
    }
  }
  for (const rule of items(rules)) {
    const found = byRule(rule);
    if (found.length === 0) unknown.push(`${id} rule ${rule}`);
    for (const code of found) codes.add(`LOINC:${code}`);
  }
  const names = items(synonyms);
  if (id.startsWith('lab/') && (rules ?? '').includes('@blood') && !/ level$|\d+\/100|serum/.test(name))
    names.push(`${name} level`, `serum ${name}`, `${name} test`, `blood ${name}`, `${name} result`);
  rows.set(id, { id, kind: 'observation', name, synonyms: names, codes, explicit: own, parents: items(parents, ',') });
}

// One code, one concept: a narrower concept keeps it before a broader one, a concept that lists it before one that found it by rule.
const owners = new Map<string, string[]>();
for (const row of rows.values()) for (const code of row.codes) owners.set(code, [...(owners.get(code) ?? []), row.id]);
const above = (id: string): Set<string> => {
  const found = new Set([id]);
  for (const each of found) for (const parent of rows.get(each)?.parents ?? []) found.add(parent);
  return found;
};
const shared: string[] = [];
for (const [code, ids] of owners) {
  if (ids.length < 2) continue;
  const narrow = ids.filter((id) => !ids.some((other) => other !== id && above(other).has(id)));
  const listed = narrow.filter((id) => rows.get(id)?.explicit.has(code));
  const words = new Set(tokenize(loinc.get(code.slice(6))?.name ?? '').map((t) => t.key));
  const likeness = (id: string): number => tokenize(rows.get(id)?.name ?? '').filter((t) => words.has(t.key)).length;
  const [keep] = (listed.length ? listed : narrow).sort((a, b) => likeness(b) - likeness(a));
  if (narrow.length > 1) shared.push(`${code} ${loinc.get(code.slice(6))?.name}: ${ids.join(', ')} -> ${keep}`);
  for (const id of ids) if (id !== keep) rows.get(id)?.codes.delete(code);
}
if (verbose) {
  console.log('shared:', shared.join('\n'));
  for (const row of rows.values()) {
    const known = new Set([row.name, ...row.synonyms].flatMap((n) => tokenize(n).map((t) => t.key)));
    for (const code of row.explicit) {
      const name = loinc.get(code.slice(6))?.name ?? '';
      if (!tokenize(name).some((t) => t.key.length > 2 && known.has(t.key))) console.log('odd:', row.id, code, name);
    }
  }
}
writeConcepts(
  'observations.tsv',
  [
    'Laboratory tests, vital signs, scores and the panels that hold them (panels are parents).',
    'Sources: own names (build/curated/observations.txt); codes from LOINC as named in public tables 2022-25 (NLM flowsheet, MIMIC mapping, CMS eCQM value sets, OHDSI); SNOMED CT codes of vital signs as the GP Connect specification (NHS England) names them.',
    'SNOMED CT is used by permission of SNOMED International; users of the codes need the licence that applies in their country.',
    'This material contains content from LOINC (http://loinc.org). LOINC is copyright 1995-2025, Regenstrief Institute, Inc. and the LOINC Committee, and is available at no cost under the license at http://loinc.org/license.',
    'Made by data/knowledge/build/observations.ts.',
  ],
  [...rows.values()],
);
console.log(`left out: ${unknown.length}`, verbose ? unknown.join('; ') : '');
