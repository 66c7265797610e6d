import type { Chart } from '../contract.ts';

/** Families of what happens and is over: an injury, a clot, an infection. Asked with "any", it is asked whether it ever happened. */
const FAMILIES = [
  'condition/injury',
  'condition/sprain',
  'condition/burn',
  'condition/fall',
  'condition/poisoning',
  'condition/infection',
  'condition/myocardial-infarction',
  'condition/acute-coronary-syndrome',
  'condition/cardiac-arrest',
  'condition/stroke',
  'condition/transient-ischemic-attack',
  'condition/venous-thromboembolism',
  'condition/acute-kidney-injury',
];

/** Whether concepts are episodes rather than states: each of them, or what it stands above, is of such a family. */
export function areEpisodes(concepts: readonly string[], chart: Chart): boolean {
  const { isA, get } = chart.terminology;
  return (
    concepts.length > 0 &&
    concepts.every((id) => FAMILIES.some((family) => isA(id, family)) || /\b(?:acute|injur\w*)\b/i.test(get(id)?.name ?? ''))
  );
}

/** "Any fractures?", "any recent falls": past ones are meant too, unless the words say that they are not. */
export const asksAny = (words: string): boolean =>
  /\bany\b/.test(words) && !/\b(?:current(?:ly)?|active|now|still|today|at present|ongoing|acute)\b/.test(words);
