import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../contract.ts';
import { conceptsNamed } from './thresholds.ts';

/** Charlson comorbidity weights (Charlson, J Chronic Dis 1987;40:373): how much a disease adds to the risk of dying within a year. */
export const COMORBIDITIES: readonly { readonly names: readonly string[]; readonly weight: number }[] = [
  { names: ['metastatic cancer', 'metastasis'], weight: 6 },
  { names: ['AIDS'], weight: 6 },
  { names: ['cirrhosis', 'liver failure', 'cirrhosis of liver'], weight: 3 },
  { names: ['cancer', 'malignant neoplasm', 'leukemia', 'lymphoma'], weight: 2 },
  { names: ['chronic kidney disease', 'kidney failure', 'end-stage renal disease'], weight: 2 },
  { names: ['hemiplegia', 'paraplegia'], weight: 2 },
  { names: ['heart failure', 'congestive heart failure'], weight: 1 },
  { names: ['myocardial infarction'], weight: 1 },
  { names: ['peripheral vascular disease', 'peripheral artery disease', 'aortic aneurysm'], weight: 1 },
  { names: ['stroke', 'transient ischemic attack', 'cerebrovascular disease'], weight: 1 },
  { names: ['dementia', "Alzheimer's disease"], weight: 1 },
  { names: ['COPD', 'chronic obstructive pulmonary disease'], weight: 1 },
  { names: ['rheumatoid arthritis', 'systemic lupus erythematosus', 'connective tissue disease'], weight: 1 },
  { names: ['peptic ulcer disease', 'peptic ulcer'], weight: 1 },
  { names: ['chronic hepatitis', 'liver disease'], weight: 1 },
  { names: ['diabetes mellitus', 'diabetes'], weight: 1 },
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
    const ids = conceptsNamed(terminology, entry.names, ['condition']);
    return ids.some((id) => own.some((concept) => concept === id || terminology.isA(concept, id)));
  });
  return found?.weight ?? 0;
}
