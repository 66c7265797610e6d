import type { Terminology } from '../../language/contract.ts';

const FRAMES = ['medicine', 'medication', 'drug', 'pill', 'meds', 'treatment'];

/** Problems that a measurement is watched for, and its drugs therefore are for: "what is she on for her blood pressure". */
const WATCHED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^vital\/(?:blood-pressure|systolic|diastolic|mean-arterial)/, ['hypertension']],
  [/^lab\/(?:hba1c|glucose|estimated-average-glucose)/, ['diabetes-mellitus', 'prediabetes', 'hyperglycemia']],
  [/^(?:panel\/lipids|lab\/(?:ldl|hdl|non-hdl|vldl|cholesterol|triglycerides))/, ['hyperlipidemia']],
  [/^lab\/ejection-fraction/, ['heart-failure', 'cardiomyopathy']],
  [/^lab\/(?:tsh|free-t4|total-t4)/, ['thyroid-disease']],
  [/^(?:panel\/kidney|lab\/(?:egfr|creatinine|urine-albumin|urine-protein))/, ['kidney-disease']],
  [/^lab\/uric-acid/, ['gout', 'hyperuricemia']],
  [/^lab\/potassium/, ['hypokalemia', 'hyperkalemia']],
  [/^lab\/sodium/, ['hyponatremia', 'hypernatremia']],
  [/^lab\/(?:hemoglobin|hematocrit|ferritin|transferrin)/, ['anemia', 'iron-deficiency']],
  [/^lab\/vitamin-d/, ['vitamin-d-deficiency']],
  [/^lab\/vitamin-b12/, ['vitamin-b12-deficiency', 'vitamin-b12-deficiency-anemia']],
  [/^vital\/(?:bmi|weight)/, ['obesity']],
  [/^lab\/bone-density/, ['osteoporosis', 'osteopenia']],
  [/^lab\/(?:fev1|peak-flow)/, ['asthma', 'chronic-obstructive-pulmonary-disease']],
  [/^score\/asthma-control/, ['asthma']],
  [/^score\/phq/, ['depression']],
  [/^score\/gad/, ['anxiety']],
  [/^social\/(?:tobacco|current-smoker|former-smoker)/, ['tobacco-use-disorder']],
  [/^(?:social\/alcohol|score\/audit)/, ['alcohol-use-disorder']],
];

/** What was asked about, and the problems that it is measured for. */
export function treatedFor(concepts: readonly string[]): readonly string[] {
  const problems = concepts.flatMap((id) => WATCHED.flatMap(([measure, names]) => (measure.test(id) ? names : [])));
  return [...new Set([...concepts, ...problems.map((name) => `condition/${name}`)])];
}

/**
 * Drug classes that people name after what they are for: "blood pressure medicine", "diabetes drug", "something for pain". Found by the names
 * that the tables give the classes, so that a table row is all that a new one needs.
 */
export function classesFor(concepts: readonly string[], terminology: Terminology, climbed = false): readonly string[] {
  const found = new Set<string>();
  for (const id of concepts) {
    const concept = terminology.get(id);
    if (!concept) continue;
    const names = [concept.name, ...concept.synonyms].flatMap((name) => [
      name,
      name.replace(/^(?:high|low|chronic|acute|essential|elevated) /i, ''),
      // "Bone disease" as a group of diseases is not what a bone drug is for: osteoarthritis is not treated by it.
      ...(climbed ? [] : [name.replace(/ (?:disorder|disease|mellitus)$/i, '')]),
    ]);
    for (const name of new Set(names)) {
      for (const phrase of [...FRAMES.map((frame) => `${name} ${frame}`), `something for ${name}`])
        for (const match of terminology.byName(phrase)) if (match.kind === 'drug-class') found.add(match.id);
    }
    if (found.size === 0) for (const parent of classesFor(concept.parents, terminology, true)) found.add(parent);
  }
  return [...found];
}
