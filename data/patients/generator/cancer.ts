import type { BodyStructure, CodeableConcept, MedicationRequest, Observation, Procedure } from '@medplum/fhirtypes';
import { type Draft, referenceTo } from './draft.ts';
import { category, laboratory } from './observations.ts';
import { mcode } from './person.ts';
import type { Problem } from './problems.ts';
import { LOINC, SNOMED, UCUM } from './tables.ts';
import type { Treatment } from './treatments.ts';
import type { Visit } from './visit.ts';

/**
 * What mCODE 4.0.0 (HL7, CC0) adds to a record: where and what the tumor is, its stage, its markers, how the patient does, radiotherapy, and
 * what the treatment is for. Codes and names are those that its profiles name.
 */
const snomed = (code: string, display: string, text = display): CodeableConcept => ({ coding: [{ system: SNOMED, code, display }], text });
const loinc = (code: string, display: string, text = display): CodeableConcept => ({ coding: [{ system: LOINC, code, display }], text });
const AJCC_8 = snomed(
  '897275008',
  'American Joint Commission on Cancer, Cancer Staging Manual, 8th edition neoplasm staging system (tumor staging)',
  'AJCC 8th edition',
);
const CURATIVE = {
  url: mcode('procedure-intent'),
  valueCodeableConcept: snomed('373808002', 'Curative - procedure intent (qualifier value)', 'Curative'),
};

const at = (draft: Draft, visit: Visit) => ({
  status: 'final' as const,
  subject: draft.patient,
  encounter: { reference: visit.reference },
  effectiveDateTime: visit.now(),
});

/** Makes a diagnosed breast cancer the primary cancer of mCODE, with side and histology. */
export function primaryBreastCancer(cancer: Problem): void {
  cancer.resource.meta = { profile: [mcode('primary-cancer-condition')] };
  cancer.resource.bodySite = [
    {
      ...snomed('76752008', 'Breast structure (body structure)', 'Left breast, upper outer quadrant'),
      extension: [{ url: mcode('laterality-qualifier'), valueCodeableConcept: snomed('7771000', 'Left (qualifier value)', 'Left') }],
    },
  ];
  cancer.resource.extension = [
    {
      url: mcode('histology-morphology-behavior'),
      valueCodeableConcept: snomed('82711006', 'Infiltrating duct carcinoma (morphologic abnormality)', 'Invasive ductal carcinoma'),
    },
  ];
}

const MARKERS = {
  er: ['85337-4', 'Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain', 'Estrogen receptor'],
  pr: ['85339-0', 'Progesterone receptor Ag [Presence] in Breast cancer specimen by Immune stain', 'Progesterone receptor'],
  her2: ['85319-2', 'HER2 [Presence] in Breast cancer specimen by Immune stain', 'HER2'],
} as const;

/** Markers of the tumor by immune stain; `share` is the part of the cells, in words of the pathologist. */
export function tumorMarkers(
  draft: Draft,
  visit: Visit,
  cancer: Problem,
  found: Readonly<Record<keyof typeof MARKERS, { readonly positive: boolean; readonly words: string }>>,
): void {
  for (const [key, { positive, words }] of Object.entries(found)) {
    const [code, display, label] = MARKERS[key as keyof typeof MARKERS];
    draft.add<Observation>({
      resourceType: 'Observation',
      id: draft.idFor('Observation', `marker-${key}`, visit.day()),
      meta: { profile: [mcode('tumor-marker-test')] },
      extension: [{ url: mcode('related-condition'), valueReference: { reference: cancer.reference } }],
      ...at(draft, visit),
      category: [category('laboratory')],
      code: loinc(code, display, label),
      valueCodeableConcept: positive ? snomed('10828004', 'Positive') : snomed('260385009', 'Negative'),
      performer: [laboratory],
      note: [{ text: words }],
    });
    visit.finds(`${label} ${positive ? 'positive' : 'negative'}`);
  }
}

/** The pathologic stage group with its T, N and M. */
export function pathologicStage(
  draft: Draft,
  visit: Visit,
  cancer: Problem,
  stage: { readonly group: string; readonly t: string; readonly n: string; readonly m: string },
): void {
  const staged = (slug: string, profileName: string, code: CodeableConcept, value: CodeableConcept, members: readonly string[] = []) =>
    draft.add<Observation>({
      resourceType: 'Observation',
      id: draft.idFor('Observation', slug, visit.day()),
      meta: { profile: [mcode(profileName)] },
      ...at(draft, visit),
      category: [category('laboratory')],
      code,
      focus: [{ reference: cancer.reference }],
      method: AJCC_8,
      valueCodeableConcept: value,
      performer: [{ reference: `Practitioner/mr-${visit.staff}` }],
      ...(members.length > 0 ? { hasMember: members.map((reference) => ({ reference })) } : {}),
    });
  const parts = [
    staged('stage-t', 'tnm-primary-tumor-category', snomed('384625004', 'pT category'), { text: stage.t }),
    staged(
      'stage-n',
      'tnm-regional-nodes-category',
      snomed('371494008', 'pN category'),
      stage.n === 'pN0' ? snomed('1229947003', 'American Joint Committee on Cancer pN0 (qualifier value)', 'pN0') : { text: stage.n },
    ),
    staged(
      'stage-m',
      'tnm-distant-metastases-category',
      snomed('399387003', 'cM category'),
      stage.m === 'cM0' ? snomed('1229901006', 'American Joint Committee on Cancer cM0 (qualifier value)', 'cM0') : { text: stage.m },
    ),
  ].map(referenceTo);
  const group = staged(
    'stage-group',
    'tnm-stage-group',
    snomed('399588009', 'Pathologic TNM stage grouping', 'Cancer stage'),
    { text: stage.group },
    parts,
  );
  cancer.resource.stage = [{ summary: { text: stage.group }, assessment: [{ reference: referenceTo(group) }] }];
  visit.finds(`${stage.group} by the AJCC 8th edition`, `pT category ${stage.t}`, `pN category ${stage.n}`, `cM category ${stage.m}`);
}

/** ECOG performance status, 0 (fully active) to 4. */
export function performanceStatus(draft: Draft, visit: Visit, value: number): void {
  draft.add<Observation>({
    resourceType: 'Observation',
    id: draft.idFor('Observation', 'ecog', visit.day()),
    meta: { profile: [mcode('ecog-performance-status')] },
    ...at(draft, visit),
    category: [category('exam')],
    code: loinc('89247-1', 'ECOG Performance Status score', 'ECOG performance status'),
    valueInteger: value,
    performer: [{ reference: `Practitioner/mr-${visit.staff}` }],
  });
  visit.finds(`ECOG performance status ${value}`);
}

/** Genes looked at in the germline in which no disease-causing variant was found. */
export function germlineAbsent(draft: Draft, visit: Visit, genes: Readonly<Record<string, string>>): void {
  for (const [gene, hgnc] of Object.entries(genes)) {
    draft.add<Observation>({
      resourceType: 'Observation',
      id: draft.idFor('Observation', `${gene.toLowerCase()}-variant`, visit.day()),
      meta: { profile: [mcode('genomic-variant')] },
      ...at(draft, visit),
      category: [
        category('laboratory'),
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE', display: 'Genetics' }], text: 'Genetics' },
      ],
      code: loinc('69548-6', 'Genetic variant assessment', `${gene} germline variant`),
      valueCodeableConcept: loinc('LA9634-2', 'Absent'),
      performer: [laboratory],
      component: [
        {
          code: loinc('48018-6', 'Gene studied [ID]', 'Gene studied'),
          valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org/geneId', code: hgnc, display: gene }], text: gene },
        },
        { code: loinc('48002-0', 'Genomic source class'), valueCodeableConcept: loinc('LA6683-2', 'Germline') },
      ],
    });
    visit.finds(`${gene} germline variant: absent`);
  }
}

/** Marks an order as treatment of the cancer, meant to cure. */
export function againstCancer({ order }: Treatment): MedicationRequest {
  order.meta = { profile: [...(order.meta?.profile ?? []), mcode('cancer-related-medication-request')] };
  order.extension = [CURATIVE];
  return order;
}

/** Marks an operation on the cancer. */
export function cancerSurgery(operation: Procedure, cancer: Problem): void {
  operation.meta = { profile: [mcode('cancer-related-surgical-procedure')] };
  operation.extension = [CURATIVE];
  operation.reasonReference = [{ reference: cancer.reference }];
}

/** The summary of a course of photon radiotherapy that was given. */
export function radiotherapyCourse(
  draft: Draft,
  visit: Visit,
  cancer: Problem,
  course: { readonly start: string; readonly end: string; readonly volume: string; readonly centigray: number; readonly fractions: number },
): void {
  const volume = draft.add<BodyStructure>({
    resourceType: 'BodyStructure',
    id: draft.idFor('BodyStructure', 'radiotherapy-volume'),
    meta: { profile: [mcode('radiotherapy-volume')] },
    description: course.volume,
    location: snomed('80248007', 'Left breast structure (body structure)', course.volume),
    patient: draft.patient,
  });
  draft.add<Procedure>({
    resourceType: 'Procedure',
    id: draft.idFor('Procedure', 'radiotherapy-course', visit.day()),
    meta: { profile: [mcode('radiotherapy-course-summary')] },
    extension: [
      CURATIVE,
      {
        url: mcode('radiotherapy-modality-and-technique'),
        extension: [
          {
            url: mcode('radiotherapy-modality'),
            valueCodeableConcept: snomed('1156506007', 'External beam radiation therapy using photons (procedure)', 'Photons'),
          },
          {
            url: mcode('radiotherapy-technique'),
            valueCodeableConcept: snomed('1162782007', 'Three dimensional external beam radiation therapy (procedure)', '3D conformal'),
          },
        ],
      },
      { url: mcode('radiotherapy-sessions'), valueUnsignedInt: course.fractions },
      {
        url: mcode('radiotherapy-dose-delivered-to-volume'),
        extension: [
          { url: 'volume', valueReference: { reference: referenceTo(volume) } },
          { url: 'totalDoseDelivered', valueQuantity: { value: course.centigray, unit: 'cGy', system: UCUM, code: 'cGy' } },
          { url: 'fractionsDelivered', valueUnsignedInt: course.fractions },
        ],
      },
    ],
    status: 'completed',
    code: snomed('1217123003', 'Radiotherapy course of treatment (regime/therapy)', 'Radiotherapy of the breast'),
    subject: draft.patient,
    performedPeriod: { start: course.start, end: course.end },
    reasonReference: [{ reference: cancer.reference }],
    bodySite: [{ text: course.volume }],
    note: [{ text: `${course.centigray} cGy in ${course.fractions} fractions.` }],
  });
  visit.finds(`Radiotherapy of the breast: ${course.centigray} cGy in ${course.fractions} fractions`);
}
