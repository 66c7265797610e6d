import type { ConceptKind } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { conceptsNamed, isOneOf } from './thresholds.ts';

/**
 * What a clinician takes for one thing: a disease with the tests that follow it, and tests that tell the same, the most telling first. Two entries of one topic never
 * stand beside each other as two of the things that matter. Own grouping, for showing only.
 */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  'blood pressure': [
    'blood pressure',
    'systolic blood pressure',
    'diastolic blood pressure',
    'mean arterial pressure',
    'hypertension',
    'hypotension',
  ],
  kidneys: [
    'eGFR',
    'creatinine',
    'urea nitrogen',
    'cystatin C',
    'urine albumin/creatinine ratio',
    'urine albumin',
    'chronic kidney disease',
    'end-stage renal disease',
    'acute kidney injury',
  ],
  sugar: ['hemoglobin A1c', 'fasting glucose', 'glucose', 'diabetes mellitus', 'prediabetes', 'hyperglycemia', 'hypoglycemia'],
  'red cells': ['hemoglobin', 'hematocrit', 'red blood cell count', 'anemia'],
  lipids: ['LDL cholesterol', 'total cholesterol', 'HDL cholesterol', 'non-HDL cholesterol', 'triglycerides', 'hyperlipidemia'],
  weight: ['body mass index', 'BMI percentile', 'body weight', 'obesity', 'overweight', 'underweight', 'malnutrition'],
  liver: ['ALT', 'AST', 'bilirubin', 'alkaline phosphatase', 'GGT', 'liver disease'],
  thyroid: ['TSH', 'free T4', 'thyroid disease'],
  'heart failure': ['left ventricular ejection fraction', 'ejection fraction', 'BNP', 'NT-proBNP', 'heart failure'],
  'coronary disease': ['troponin', 'coronary artery disease'],
  mood: ['PHQ-9', 'PHQ-2', 'depression'],
  anxiety: ['GAD-7', 'anxiety'],
  alcohol: ['AUDIT-C', 'alcohol use disorder'],
  drugs: ['DAST-10', 'opioid use disorder', 'drug use disorder'],
  tobacco: ['tobacco use', 'nicotine dependence', 'tobacco use disorder'],
  breathing: ['oxygen saturation', 'respiratory rate', 'chronic obstructive pulmonary disease'],
  seizures: ['seizure disorder', 'epilepsy'],
  pregnancy: ['pregnancy', 'miscarriage', 'pregnancy complication'],
  bones: ['bone density T-score', 'osteoporosis'],
  prostate: ['PSA', 'prostate cancer'],
  potassium: ['potassium', 'hyperkalemia', 'hypokalemia'],
  sodium: ['sodium', 'hyponatremia', 'hypernatremia'],
  clotting: ['INR', 'prothrombin time'],
};
const KINDS: readonly ConceptKind[] = ['observation', 'condition', 'social'];

/** The topic of a fact; its own first concept where it belongs to none. */
export function topicOf(fact: Fact, chart: Chart): string {
  for (const [topic, names] of Object.entries(TOPICS)) {
    const ids = conceptsNamed(chart.terminology, names, KINDS);
    if (ids.some((id) => fact.concepts.some((own) => own === id || chart.terminology.isA(own, id)))) return topic;
  }
  return fact.concepts.find((id) => !id.startsWith('code/')) ?? fact.concepts[0]!;
}

/** How telling a reading is for its topic: 0 the first to look at. Infinite where it belongs to none. */
export function tellingRank(fact: Fact, chart: Chart): number {
  const rank = (TOPICS[topicOf(fact, chart)] ?? []).findIndex((name) => isOneOf(fact, chart.terminology, [name], ['observation']));
  return rank < 0 ? Number.POSITIVE_INFINITY : rank;
}

/** The newest reading by which a topic is followed: HbA1c for diabetes. Undefined where none is recorded, or two differ at that moment. */
export function telling(topic: string, chart: Chart): Fact | undefined {
  for (const name of TOPICS[topic] ?? []) {
    const readings = chart.facts
      .filter(
        (fact) =>
          (fact.kind === 'result' || fact.kind === 'vital' || fact.kind === 'survey') &&
          fact.part === undefined &&
          fact.status !== 'cancelled' &&
          fact.value !== undefined &&
          fact.date !== undefined &&
          isOneOf(fact, chart.terminology, [name], ['observation']),
      )
      .sort((one, other) => instantOf(other.date) - instantOf(one.date));
    const [newest, next] = readings;
    if (!newest) continue;
    return next && instantOf(next.date) === instantOf(newest.date) && next.value!.text !== newest.value!.text ? undefined : newest;
  }
  return undefined;
}

/** "hemoglobin A1c 6.9 % on 12-Mar-2020" */
export const readingText = (fact: Fact): string => `${fact.name} ${valueText(fact)} on ${formatDate(fact.date!)}`;
