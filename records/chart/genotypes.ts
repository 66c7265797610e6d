import type { FactStatus, FhirResource } from '../contract.ts';
import { type Codeable, codeable, date, list, notes, token, when, words } from './fhir.ts';
import { type Draft, details, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readInterpretation, readValue } from './values.ts';

/**
 * LOINC codes of the HL7 Genomics Reporting guide (STU 2, https://hl7.org/fhir/uv/genomics-reporting) whose Observation is about a genotype,
 * a variant or what it does to a drug.
 */
const GENOMIC: Readonly<Record<string, string>> = {
  '84413-4': 'genotype',
  '84414-2': 'haplotype',
  '69548-6': 'variant',
  '53040-2': 'drug metabolism phenotype',
  '51961-1': 'drug efficacy',
  '51963-7': 'medication assessed',
  '53037-8': 'clinical significance',
  '81252-9': 'variant',
  '47998-0': 'variant',
  '81247-9': 'genetic variant report',
  '51968-6': 'genetic disease analysis',
  '53034-5': 'allelic state',
};
/** "Gene studied [ID]". */
const GENE_STUDIED = new Set(['48018-6']);
const PHARMACOGENE =
  /\b(CYP\d[A-Z]\d{1,2}|SLCO1B1|TPMT|NUDT15|UGT1A1|DPYD|VKORC1|HLA-?[A-Z]+\d*(?:\*\d+(?::\d+)?)?|G6PD|IFNL[34]|CFTR|RYR1|CACNA1S|MT-RNR1|ABCG2|NAT2|F5|F2|BRCA[12]|MTHFR|APOE|KRAS|NRAS|BRAF|EGFR|ALK|MLH1|MSH[26]|PMS2|TP53|PALB2|CHEK2|ATM)\b/;
/** Any other gene before the word that says what it is: "PIK3CA mutation", "ESR1 gene mutations found". */
const GENE_SHAPED =
  /\b(?!(?:DNA|RNA|CDNA|MRNA|PCR|FISH|NGS|SNP|CNV|HLA|HIV|HCV|HBV|HPV)\b)([A-Z][A-Z0-9]{2,7})(?= (?:gene|mutations?|variants?|genotype|(?:gene )?rearrangement|amplification)\b)/;
const GENETIC_WORDS = /\b(gene|genotype|diplotype|haplotype|allele|metaboli[sz]er|phenotype|variants?|mutations?|metabolic activity)\b/i;

const STATUS: Readonly<Record<string, FactStatus>> = {
  final: 'completed',
  amended: 'completed',
  corrected: 'completed',
  preliminary: 'unconfirmed',
  registered: 'unconfirmed',
  cancelled: 'cancelled',
};

const geneIn = (text: string | undefined) => (text ? (PHARMACOGENE.exec(text)?.[1] ?? GENE_SHAPED.exec(text)?.[1]) : undefined);

/** An Observation about a gene as a fact of kind `genotype`; undefined where it is about something else. */
export function readGenotype(resource: FhirResource, reader: Reader): readonly Draft[] | undefined {
  const code = codeable(resource.code);
  const topic = code.codes.map((item) => GENOMIC[item.code]).find((item) => item !== undefined);
  const written = code.names.join(' ');
  const geneByName = GENETIC_WORDS.test(written) ? geneIn(written) : undefined;
  if (!topic && !geneByName) return undefined;

  const components = list(resource.component).map((component) => ({
    code: codeable(component.code),
    ...readValue(component),
    source: component,
  }));
  const studied = components.find((item) => item.code.codes.some((entry) => GENE_STUDIED.has(entry.code)))?.value;
  const { value } = readValue(resource);
  const gene = geneByName ?? geneIn(studied?.text) ?? studied?.text ?? geneIn(value && 'text' in value ? value.text : undefined);
  const subject = topic ?? (/metaboli|phenotype|activity/i.test(written) ? 'phenotype' : 'genotype');
  const name = gene && topic ? `${gene} ${subject}` : (code.label ?? subject);
  const others = components.filter((item) => item.value && !item.code.codes.some((entry) => GENE_STUDIED.has(entry.code)));
  const interpretation = readInterpretation(resource.interpretation);
  const absent = value === undefined && others.length === 0 ? words(resource.dataAbsentReason) : undefined;
  const at = when(resource, 'effective');
  // One code stands for the variants of all genes: linked by its text, it would call each of them by the first one's name.
  const concepts = gene ? [geneConcept(gene, reader)] : reader.link(code, ['observation']);
  const recordedStatus = token(resource.status);
  return [
    draft({
      kind: 'genotype',
      name,
      code: withNames(code, gene, name),
      concepts,
      status: STATUS[recordedStatus ?? ''] ?? 'unknown',
      recordedStatus,
      date: at.date ?? date(resource.issued),
      value: value ?? (others.length === 1 ? others[0]!.value : undefined),
      statusReason: absent ? `not measured: ${absent}` : undefined,
      visit: visitOf(resource),
      people: peopleOf(list(resource.performer), resource, reader),
      details: details({
        gene,
        interpretation: interpretation.words,
        findings:
          others.length > 1 || (others.length === 1 && value)
            ? others.map((item) => `${item.code.label ?? 'finding'}: ${item.value!.text}`).join('; ')
            : undefined,
        method: words(resource.method),
        note: notes(resource),
      }),
    }),
  ];
}

function geneConcept(gene: string, reader: Reader): string {
  const id = `gene/${gene}`;
  if (!reader.terminology.get(id)) {
    reader.learn({ id, kind: 'observation', name: gene, synonyms: [`${gene} genotype`, `${gene} gene`], codes: [], parents: [] });
  }
  return id;
}

const withNames = (code: Codeable, gene: string | undefined, name: string): Codeable => ({
  ...code,
  names: [...new Set([...code.names, name, ...(gene ? [gene] : [])])],
});
