import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../contract.ts';
import { conceptsNamed } from './thresholds.ts';

/** Charlson comorbidity weights (Charlson, J Chronic Dis 1987;40:373): how much a disease adds to the risk of dying within a year. */
export const COMORBIDITIES: readonly {
  /** Names by which the terminology finds the family. */
  readonly names: readonly string[];
  readonly weight: number;
  /** The entry's own name must say this, where the family is wider than Charlson's item. */
  readonly only?: RegExp;
  readonly never?: RegExp;
}[] = [
  { names: ['metastatic cancer'], weight: 6 },
  { names: ['AIDS'], weight: 6, only: /\bAIDS\b|acquired immun/i },
  { names: ['liver failure'], weight: 3 },
  { names: ['cancer', 'leukemia', 'lymphoma'], weight: 2, never: /basal cell|squamous cell carcinoma of skin|in situ/i },
  { names: ['chronic kidney disease', 'end-stage renal disease'], weight: 2, never: /stage (1|2|I|II)\b/ },
  { names: ['hemiplegia'], weight: 2, only: /(hemi|para|tetra|quadri)pleg/i },
  { names: ['heart failure'], weight: 1 },
  { names: ['myocardial infarction'], weight: 1 },
  { names: ['peripheral artery disease', 'aortic aneurysm'], weight: 1 },
  { names: ['stroke', 'transient ischemic attack', 'cerebrovascular disease'], weight: 1 },
  { names: ['dementia'], weight: 1 },
  { names: ['chronic obstructive pulmonary disease', 'emphysema'], weight: 1 },
  { names: ['rheumatoid arthritis', 'systemic lupus erythematosus'], weight: 1 },
  { names: ['peptic ulcer'], weight: 1 },
  { names: ['cirrhosis', 'chronic hepatitis'], weight: 1 },
  { names: ['diabetes mellitus'], weight: 1, never: /gestational|pregnan|prediabetes/i },
];
export const COMORBIDITY_SOURCE = 'Charlson comorbidity index, 1987';

/** Charlson weight of an active problem: 0 where it is none of these. */
export function comorbidityWeight(fact: Fact, terminology: Terminology): number {
  if (/^(history|family history|risk|suspected|at risk|pre)/i.test(fact.name) || /prediabetes/i.test(fact.name)) return 0;
  const named = fact.concepts.every((id) => id.startsWith('code/') || id.startsWith('text/'))
    ? terminology.mentions(fact.name).flatMap((mention) => mention.concepts.slice(0, 1))
    : [];
  const own = [...fact.concepts, ...named];
  const found = COMORBIDITIES.find((entry) => {
    if ((entry.only && !entry.only.test(fact.name)) || entry.never?.test(fact.name)) return false;
    const ids = conceptsNamed(terminology, entry.names, ['condition']);
    return ids.some((id) => own.some((concept) => concept === id || terminology.isA(concept, id)));
  });
  return found?.weight ?? 0;
}
