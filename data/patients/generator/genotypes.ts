import type { CodeableConcept, DiagnosticReport, Observation } from '@medplum/fhirtypes';
import { organizationReference } from './clinic.ts';
import { type Draft, referenceTo, slugOf } from './draft.ts';
import { category } from './observations.ts';
import { profile } from './person.ts';
import { LOINC, readRows } from './tables.ts';

interface Genotype {
  readonly gene: string;
  readonly hgnc: string;
  readonly result: string;
  readonly activityScore?: string;
  readonly phenotype?: { readonly code: string; readonly display: string };
}
let rows: ReadonlyMap<string, Genotype> | undefined;

/** A row of catalogue/genotypes.tsv. @throws RangeError where it has none: what a diplotype means is not made up */
export function genotypeOf(gene: string, result: string): Genotype {
  rows ??= new Map(
    readRows('../catalogue/genotypes.tsv').map(([name, hgnc, found, score, code, display]) => [
      `${name} ${found}`,
      {
        gene: name!,
        hgnc: hgnc!,
        result: found!,
        ...(score ? { activityScore: score } : {}),
        ...(code ? { phenotype: { code, display: display! } } : {}),
      },
    ]),
  );
  const row = rows.get(`${gene} ${result}`);
  if (row === undefined) throw new RangeError(`data/patients/catalogue/genotypes.tsv has no row “${gene} ${result}”`);
  return row;
}

const loinc = (code: string, display: string, text = display): CodeableConcept => ({ coding: [{ system: LOINC, code, display }], text });

export interface GenotypeSource {
  /** When the laboratory reported it. */
  readonly at: string;
  readonly encounter?: string | undefined;
  /** The laboratory, where it is not that of the hospital. */
  readonly laboratory?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Results of a panel of genes, as HL7 Genomics Reporting STU2 has them: for each gene the genotype (LOINC 84413-4, its gene in a component) and,
 * where the gene makes an enzyme, what it does to drugs (LOINC 53040-2), derived from it; and the report that they came in.
 * @returns a line of words for each gene: "CYP2D6 genotype *4/*4 (poor metabolizer)"
 */
export function addGenotypes(draft: Draft, found: Readonly<Record<string, string>>, source: GenotypeSource): readonly string[] {
  const performer = source.laboratory ? { display: source.laboratory } : organizationReference('hospital');
  const day = source.at.slice(0, 10);
  const common = {
    meta: profile('observation-lab'),
    status: 'final' as const,
    category: [
      category('laboratory'),
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE', display: 'Genetics' }], text: 'Genetics' },
    ],
    subject: draft.patient,
    ...(source.encounter ? { encounter: { reference: source.encounter } } : {}),
    effectiveDateTime: source.at,
    issued: source.at,
    performer: [performer],
  };
  const results: Observation[] = [];
  const words: string[] = [];
  for (const [gene, result] of Object.entries(found)) {
    const { hgnc, phenotype, activityScore } = genotypeOf(gene, result);
    const slug = slugOf(gene);
    const studied = {
      code: loinc('48018-6', 'Gene studied [ID]', 'Gene studied'),
      valueCodeableConcept: {
        coding: [{ system: 'http://www.genenames.org/geneId', code: hgnc, display: gene.split('*')[0]! }],
        text: gene,
      },
    };
    const genotype = draft.add<Observation>({
      resourceType: 'Observation',
      id: draft.idFor('Observation', `${slug}-genotype`, day),
      ...common,
      code: loinc('84413-4', 'Genotype display name', `${gene} genotype`),
      valueCodeableConcept: { text: result },
      component: [studied],
      ...(source.note ? { note: [{ text: source.note }] } : {}),
    });
    results.push(genotype);
    if (phenotype)
      results.push(
        draft.add<Observation>({
          resourceType: 'Observation',
          id: draft.idFor('Observation', `${slug}-phenotype`, day),
          ...common,
          code: loinc('53040-2', "Genetic variation's effect on drug metabolism", `${gene} metabolizer phenotype`),
          valueCodeableConcept: loinc(phenotype.code, phenotype.display),
          component: [studied],
          derivedFrom: [{ reference: referenceTo(genotype) }],
          ...(activityScore ? { note: [{ text: `Activity score ${activityScore}.` }] } : {}),
        }),
      );
    words.push(`${gene} genotype ${result}${phenotype ? ` (${phenotype.display.toLowerCase()})` : ''}`);
  }
  draft.add<DiagnosticReport>({
    resourceType: 'DiagnosticReport',
    id: draft.idFor('DiagnosticReport', 'genetic-report', day),
    meta: profile('diagnosticreport-lab'),
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB', display: 'Laboratory' }], text: 'Laboratory' },
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE', display: 'Genetics' }], text: 'Genetics' },
    ],
    code: loinc('51969-4', 'Genetic analysis report', 'Genetic analysis'),
    subject: draft.patient,
    ...(source.encounter ? { encounter: { reference: source.encounter } } : {}),
    effectiveDateTime: source.at,
    issued: source.at,
    performer: [performer],
    result: results.map((result) => ({ reference: referenceTo(result) })),
    conclusion: `${words.join('. ')}.`,
  });
  return words;
}
