import type { Chart } from '../contract.ts';
import { contains, type Named } from './items.ts';

/** What genes of one family are called together: BRCA of BRCA1 and BRCA2; HLA-B of HLA-B*57:01, HLA of all of them. */
const FAMILY = /^(HLA)-|^([A-Z]{3,})\d[A-Z\d]*$/;
const ALLELE = /^(HLA-[A-Z]+\d*)\*/;

const families = new WeakMap<Chart, ReadonlyMap<string, readonly string[]>>();

/** The genes that the record has results of, by the name of their family. */
function familiesOf(chart: Chart): ReadonlyMap<string, readonly string[]> {
  const known = families.get(chart);
  if (known) return known;
  const genes = new Set(
    chart.facts.flatMap(({ kind, concepts }) => (kind === 'genotype' ? concepts.filter((id) => id.startsWith('gene/')) : [])),
  );
  const found = new Map<string, string[]>();
  for (const id of genes) {
    const gene = id.slice('gene/'.length);
    for (const family of [...(FAMILY.exec(gene)?.slice(1) ?? []), ALLELE.exec(gene)?.[1]])
      if (family) found.set(family, [...(found.get(family) ?? []), id]);
  }
  families.set(chart, found);
  return found;
}

const written = (name: string): string => name.replace(/[-*]/g, '[-* ]?');

/** "BRCA", "BRCA1/2": all genes of the family that the record has. `named`: what the tables know in the text. */
export function genesIn(text: string, named: readonly { readonly start: number; readonly end: number }[], chart: Chart): readonly Named[] {
  const byLength = [...familiesOf(chart)].sort(([a], [b]) => b.length - a.length);
  const found: Named[] = [];
  for (const [family, concepts] of byLength) {
    const name = written(family);
    // Of several members; one by itself is a name of its own.
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])${name}(?: ?\\d(?: ?(?:/|&|and|or) ?(?:${name} ?)?\\d)+|s)?(?![\\p{L}\\p{N}*]|-\\p{L})`,
      'giu',
    );
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (named.some((other) => contains(other, span)) || found.some((other) => contains(other, span))) continue;
      found.push({ type: 'named', ...span, text: match[0], kind: 'observation', concepts, name: family, others: [] });
    }
  }
  return found;
}
