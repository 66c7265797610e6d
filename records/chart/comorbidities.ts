import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../contract.ts';
import { conceptsNamed } from './thresholds.ts';

/**
 * Charlson comorbidity weights: how much a disease adds to the risk of dying within a year (Charlson, J Chronic Dis 1987;40:373, table 3).
 * Which diseases belong to an item follows the coding of Quan, Med Care 2005;43:1130, table 1, except where it is wider than the item's own
 * definition: asthma, HIV infection without AIDS, fatty liver and kidney disease of stages 1 and 2 count nothing here.
 */
export const COMORBIDITIES: readonly {
  /** Names by which the terminology finds the family. */
  readonly names: readonly string[];
  readonly weight: number;
  /** The entry's own name must say this, where the family is wider than Charlson's item. */
  readonly only?: RegExp;
  readonly never?: RegExp;
  /** Families inside the family that do not count. */
  readonly without?: readonly string[];
  /** Names by which entries are known that the terminology may not place. */
  readonly named?: RegExp;
  /** The item counts after the event, too: "history of myocardial infarction". */
  readonly lasting?: true;
}[] = [
  { names: ['metastatic cancer'], weight: 6, named: /\bmetasta(?:tic|sis|ses)\b/i },
  { names: ['AIDS'], weight: 6, only: /\bAIDS\b|acquired immun/i },
  // Quan: liver failure, portal hypertension, oesophageal varices; not acute failure.
  {
    names: ['liver failure', 'esophageal varices'],
    weight: 3,
    never: /\bacute\b(?! (?:on|and) chronic)/i,
    named: /\bportal hypertension\b/i,
  },
  {
    names: ['cancer', 'leukemia', 'lymphoma'],
    weight: 2,
    without: ['basal cell carcinoma', 'squamous cell carcinoma of skin'],
    never: /in situ/i,
  },
  {
    names: ['chronic kidney disease', 'end-stage renal disease'],
    weight: 2,
    without: ['chronic kidney disease stage 1', 'chronic kidney disease stage 2'],
    never: /\bstage\s*(?:1|2|I|II)\b|\bG[12]\b/i,
    named: /\b(?:dialysis dependen\w+|dependence on (?:renal )?dialysis|kidney transplant (?:status|recipient)|transplanted kidney)/i,
  },
  {
    names: ['diabetic nephropathy', 'diabetic retinopathy', 'diabetic neuropathy', 'diabetic complication'],
    weight: 2,
    never: /ketoacid|hyperosmol|hypoglyc|coma\b|gestational/i,
    named:
      /\b(?:diabet\w+.*\b(?:with|and) diabetic (?:chronic kidney|nephro|retino|neuro|poly?neuro|peripheral angio)|(?:due to|associated with) (?:type [12] )?diabetes)/i,
  },
  { names: ['hemiplegia'], weight: 2, only: /(hemi|para|tetra|quadri)pleg/i },
  { names: ['heart failure'], weight: 1 },
  { names: ['myocardial infarction'], weight: 1, lasting: true },
  { names: ['peripheral artery disease', 'aortic aneurysm'], weight: 1 },
  { names: ['stroke', 'transient ischemic attack', 'cerebrovascular disease'], weight: 1, lasting: true },
  { names: ['dementia'], weight: 1 },
  { names: ['chronic obstructive pulmonary disease', 'emphysema', 'bronchiectasis'], weight: 1 },
  { names: ['rheumatoid arthritis', 'systemic lupus erythematosus', 'scleroderma', 'polymyositis', 'polymyalgia rheumatica'], weight: 1 },
  { names: ['peptic ulcer'], weight: 1, lasting: true },
  { names: ['cirrhosis'], weight: 1, named: /\bchronic (?:viral |active |persistent |autoimmune )?hepatitis\b/i },
  { names: ['diabetes mellitus'], weight: 1, never: /gestational|pregnan|prediabetes/i },
];
export const COMORBIDITY_SOURCE = 'Charlson comorbidity index, 1987';

const NOT_HELD =
  /^(?:family history|(?:at )?(?:increased )?risk|suspected|possible|screening|exposure|pre-?diabet|personal history of no)/i;
const HISTORY = /^(?:personal )?history\b|\bhistory of\b/i;

/** Charlson weight of an active problem: 0 where it is none of these. */
export function comorbidityWeight(fact: Fact, terminology: Terminology): number {
  if (NOT_HELD.test(fact.name) || /prediabetes/i.test(fact.name)) return 0;
  const past = HISTORY.test(fact.name);
  const unplaced = fact.concepts.every((id) => id.startsWith('code/') || id.startsWith('text/'));
  const mentioned = unplaced || past ? terminology.mentions(fact.name).flatMap((mention) => mention.concepts.slice(0, 1)) : [];
  const own = [...fact.concepts, ...mentioned];
  const within = (names: readonly string[]) =>
    conceptsNamed(terminology, names, ['condition']).some((id) => own.some((concept) => concept === id || terminology.isA(concept, id)));
  const found = COMORBIDITIES.find((entry) => {
    if (past && !entry.lasting) return false;
    if ((entry.only && !entry.only.test(fact.name)) || entry.never?.test(fact.name)) return false;
    if (entry.named?.test(fact.name)) return true;
    return within(entry.names) && !(entry.without && within(entry.without));
  });
  return found?.weight ?? 0;
}
