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

/** Drug classes of the problems themselves, and those of what they are a kind of: infection drugs, of syphilis. */
export interface Classes {
  readonly own: readonly string[];
  readonly broader: readonly string[];
}

/**
 * Drug classes that people name after what they are for: "blood pressure medicine", "diabetes drug", "something for pain". Found by the names
 * that the tables give the classes, so that a table row is all that a new one needs.
 */
export function classesFor(concepts: readonly string[], terminology: Terminology): Classes {
  const known = concepts.filter((id) => terminology.get(id));
  const without = known.filter((id) => namedAfter(id, terminology, false).length === 0);
  return {
    own: [...new Set(known.flatMap((id) => namedAfter(id, terminology, false)))],
    broader: [...new Set(without.flatMap((id) => climbed(terminology.get(id)!.parents, terminology)))],
  };
}

const climbed = (concepts: readonly string[], terminology: Terminology): readonly string[] =>
  concepts.flatMap((id) => {
    const found = namedAfter(id, terminology, true);
    return found.length > 0 ? found : climbed(terminology.get(id)?.parents ?? [], terminology);
  });

function namedAfter(id: string, terminology: Terminology, isWider: boolean): readonly string[] {
  const concept = terminology.get(id);
  if (!concept) return [];
  const names = [concept.name, ...concept.synonyms].flatMap((name) => [
    name,
    name.replace(/^(?:high|low|chronic|acute|essential|elevated) /i, ''),
    // "Bone disease" as a group of diseases is not what a bone drug is for: osteoarthritis is not treated by it.
    ...(isWider ? [] : [name.replace(/ (?:disorder|disease|mellitus)$/i, '')]),
  ]);
  return [...new Set(names)].flatMap((name) =>
    [...FRAMES.map((frame) => `${name} ${frame}`), `something for ${name}`].flatMap((phrase) =>
      terminology.byName(phrase).flatMap((match) => (match.kind === 'drug-class' ? match.id : [])),
    ),
  );
}

/** What a class of drugs is named after: HIV, of the HIV drugs. */
const problemsOf = (id: string, terminology: Terminology): readonly string[] =>
  [terminology.get(id)?.name ?? '', ...(terminology.get(id)?.synonyms ?? [])].flatMap((name) => {
    const [, problem] = FRAMED.exec(name) ?? [];
    return problem ? terminology.byName(problem).flatMap((match) => (match.kind === 'condition' ? match.id : [])) : [];
  });

const FRAMED = new RegExp(`^(.+?) (?:${FRAMES.join('|')})s?$`, 'i');

/** A drug of a broader class that has a class of its own, named after another problem: an HIV drug is an infection drug, and none for syphilis. */
export function isForAnother(drugs: readonly string[], { broader }: Classes, asked: readonly string[], terminology: Terminology): boolean {
  const above = (id: string): readonly string[] => (terminology.get(id)?.parents ?? []).flatMap((parent) => [parent, ...above(parent)]);
  const own = drugs.flatMap(above).filter((id) => !broader.includes(id) && broader.some((wide) => terminology.isA(id, wide)));
  const problems = own.flatMap((id) => problemsOf(id, terminology));
  return problems.length > 0 && !problems.some((problem) => asked.some((id) => terminology.isA(id, problem)));
}
