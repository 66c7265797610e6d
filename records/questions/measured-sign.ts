import { isHigh, reached } from '../chart/thresholds.ts';
import type { Chart, Fact } from '../contract.ts';
import { namedElsewhere } from './elsewhere.ts';
import type { Found, Scope } from './scope.ts';
import { isVoid, kindsFor, newestFirst, newestOf, place } from './select.ts';

/** Signs and diagnoses that are seen in a measurement. */
const SEEN_IN: readonly (readonly [sign: RegExp, measure: string])[] = [
  [/^condition\/(?:fever|hypothermia)$/, 'vital/temperature'],
  [/^condition\/(?:underweight|overweight|obesity|severe-obesity)$/, 'vital/bmi'],
  [/^condition\/weight-(?:loss|gain)$/, 'vital/weight'],
  [/^condition\/anemia$/, 'lab/hemoglobin'],
  [/^condition\/(?:hypoxemia|hypoxia)$/, 'vital/spo2'],
  [/^condition\/hyp(?:er|o)kalemia$/, 'lab/potassium'],
  [/^condition\/hyp(?:er|o)natremia$/, 'lab/sodium'],
  [/^condition\/hyp(?:er|o)calcemia$/, 'lab/calcium'],
  [/^condition\/hyp(?:er|o)glycemia$/, 'lab/glucose'],
  [/^condition\/(?:tachycardia|bradycardia)$/, 'vital/heart-rate'],
  [/^condition\/(?:hypotension)$/, 'vital/blood-pressure'],
  [/^condition\/(?:thrombocytopenia|thrombocytosis)$/, 'lab/platelets'],
];

/** What a single reading is: without an entry of its own, the values answer, and none is denied. A diagnosis (anemia, obesity) has to be made by somebody. */
const SIGN = /^condition\/(?:fever|hypothermia|weight-(?:loss|gain)|hypoxemia|hypoxia|tachycardia|bradycardia|hypotension)$/;

const SHOWN = 3;

/** Too much or too little of what is measured, by its very name: no diagnosis that somebody has to make. */
const TOO_MUCH = /^condition\/hyper\w+emia$/;
const TOO_LITTLE = /^condition\/hypo\w+emia$/;

function isBeyond(fact: Fact, high: boolean, chart: Chart): boolean {
  if (fact.flag) return high ? /^H/.test(fact.flag) : /^L/.test(fact.flag);
  return reached(fact, chart).some((threshold) => isHigh(threshold) === high);
}

/** Values in which a sign that has no entry of its own is seen, or may be seen: of another specimen, nobody knows what is too low. */
export function measuredAs(concepts: readonly string[], chart: Chart): readonly Fact[] {
  return concepts.flatMap((id) =>
    SEEN_IN.filter(([sign]) => sign.test(id)).flatMap(([, measure]) => {
      const isIt = (fact: Fact): boolean => fact.concepts.some((own) => chart.terminology.isA(own, measure));
      const values = chart.facts.filter(
        (fact) => fact.value?.type === 'quantity' && fact.part === undefined && !isVoid(fact) && isIt(fact),
      );
      if (SIGN.test(id)) return values;
      const high = TOO_MUCH.test(id) ? true : TOO_LITTLE.test(id) ? false : undefined;
      if (high === undefined) return [];
      const others = namedElsewhere([measure], kindsFor([measure], chart), chart).stated.filter(({ value }) => value?.type === 'quantity');
      return [...values.filter((fact) => isBeyond(fact, high, chart)), ...others];
    }),
  );
}

/** "Fever in 2014", "is she underweight", "weight loss since 2014": the values of that time, told as values. */
export function measuredSign({ question, kinds, chart, window }: Scope): Found | undefined {
  if (!kinds.includes('problem') || question.words?.length || question.reasons) return undefined;
  const measures = question.concepts.flatMap((id) => SEEN_IN.flatMap(([sign, measure]) => (sign.test(id) ? [measure] : [])));
  if (measures.length === 0) return undefined;
  const values = chart.facts
    .filter(
      (fact) =>
        fact.value !== undefined &&
        fact.part === undefined &&
        !isVoid(fact) &&
        fact.concepts.some((id) => measures.some((measure) => chart.terminology.isA(id, measure))) &&
        place(fact, window, false, chart.asOf) === 'in',
    )
    .sort(newestFirst);
  if (values.length === 0) return undefined;
  const timed = window.from !== undefined || window.to !== undefined || question.aspect === 'ever' || /\bever\b/i.test(question.text);
  const facts: readonly Fact[] = timed ? ends(values) : newestOf(values);
  const notes: Found['notes'] = [
    { kind: 'elsewhere', text: `there is no entry of its own for ${question.name}; what is measured of it is shown`, facts },
  ];
  if (!question.concepts.every((id) => SIGN.test(id)))
    return { outcome: 'not-recorded', facts: [], instead: facts, ...(question.polar ? { polarity: 'unknown' as const } : {}), notes };
  return {
    outcome: 'found',
    question: { ...question, aspect: 'describe' },
    facts,
    considered: values,
    instead: [],
    ...(question.polar ? { polarity: 'unknown' as const } : {}),
    notes,
  };
}

/** Newest, highest and lowest of several, oldest last. */
function ends(values: readonly Fact[]): readonly Fact[] {
  if (values.length <= SHOWN) return values;
  const number = (fact: Fact): number | undefined => (fact.value?.type === 'quantity' ? fact.value.value : undefined);
  const numbered = values.filter((fact) => number(fact) !== undefined);
  const by = [...numbered].sort((a, b) => number(a)! - number(b)!);
  return [...new Set([values[0]!, by.at(-1) ?? values[0]!, by[0] ?? values[0]!, values.at(-1)!])].sort(newestFirst);
}
