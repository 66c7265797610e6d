import type { Chart, Fact } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';
import { isActive, isVoid } from './select.ts';

const isSubstance = (id: string): boolean => /^(?:drug|class)\//.test(id);

/** Families in which one member's allergy bears on the others although their classes differ. */
const CROSSING = ['class/beta-lactam'];

/** Allergies and intolerances in force. */
export const allergiesInForce = (chart: Chart): readonly Fact[] =>
  chart.facts.filter((fact) => fact.kind === 'allergy' && !isVoid(fact) && !fact.details?.absence && fact.status !== 'resolved');

/** What an allergy is to, as substances and as the class that its name names ("penicillin"). */
function substancesOf(allergy: Fact, chart: Chart): readonly string[] {
  const named = [allergy.name, ...allergy.names].flatMap((name) => chart.terminology.byName(name)).map(({ id }) => id);
  return [...new Set([...allergy.concepts, ...named].filter(isSubstance))];
}

function classesOf(id: string, { terminology }: Chart): readonly string[] {
  const own = (terminology.get(id)?.parents ?? []).filter((parent) => parent.startsWith('class/'));
  return [...own, ...CROSSING.filter((family) => terminology.isA(id, family))];
}

/** One is the other, a kind of it, or of the same class. */
export function bearOn(own: string, id: string, chart: Chart): boolean {
  const { isA } = chart.terminology;
  return isA(id, own) || isA(own, id) || classesOf(own, chart).some((parent) => classesOf(id, chart).includes(parent));
}

/** Allergies in force to a drug or class, to its class, or to another drug of its class. */
export function allergiesNear(asked: readonly string[], chart: Chart): readonly Fact[] {
  const wanted = asked.filter(isSubstance);
  if (wanted.length === 0) return [];
  return allergiesInForce(chart).filter((fact) => substancesOf(fact, chart).some((own) => wanted.some((id) => bearOn(own, id, chart))));
}

const TAKES = /\b(?:on|tak(?:e|es|ing)|given|prescribed|gets?|getting|receiv\w+|using)\b/;
const TAKEN_ALLERGEN =
  /\b(?:on|taking|takes?|given|prescribed|getting|using)\b.*:allergies›|:medications› (?:that )?(?:s?he|they|‹n\d+›|the patient) (?:is|are|has|have) (?:an? )?‹x\d+:allergies›/;
const TAKEN_INTOLERATED = /\b(?:on|taking|takes?|given|prescribed|getting|using)\b.*\bintoleran\w*/;
const OF_THEM =
  /\b(?:any|one|either|some|both|all) of (?:them|those|these|the (?:above|two))\b|\b(?:them|those|these|it|any|either|both)\b|\b(?:like|similar to|related to|in the same (?:class|family) as) (?:that|this|it|them|those)\b|\banything similar\b/;
const AGAINST = /\b(?:conflict\w*|clash\w*|contradict\w*|interact\w*|match\w*)\b/;

/** "Is she taking anything she is allergic to", and after a list of allergies "is she on any of them". */
export function asksAllergens(clause: Clause, last: Question | undefined): 'alone' | 'after' | undefined {
  const { mask, topics, asked } = clause;
  if (!asked.polar && !/^\W*(?:on|taking) any\b/.test(mask)) return undefined;
  const sections = topics.every((topic) => topic.letter === 'x');
  const allergies = topics.some((topic) => topic.sectionId === 'section/allergies') || /\bintoleran\w*/.test(mask);
  const drugs = topics.every((topic) => /^section\/(?:allergies|medications)$/.test(topic.sectionId ?? ''));
  if (sections && allergies && drugs && (TAKEN_ALLERGEN.test(mask) || TAKEN_INTOLERATED.test(mask) || AGAINST.test(mask))) return 'alone';
  if (last?.kinds.length === 1 && last.kinds[0] === 'allergy' && drugs && !allergies && TAKES.test(mask) && OF_THEM.test(mask))
    return 'after';
  return undefined;
}

/**
 * Each recorded allergen against the drugs in force: the substance itself, and apart from it drugs of the same class. An allergy of a
 * medicine that no table knows is looked for by its words.
 */
export function allergenQuestions(chart: Chart): readonly Question[] {
  const text = 'on it';
  const taken = chart.facts.filter((fact) => fact.kind === 'medication' && fact.part === undefined && isActive(fact, chart.asOf));
  const ofDrugs = allergiesInForce(chart).filter(
    (fact) => substancesOf(fact, chart).length > 0 || fact.details?.category === 'medication' || fact.details?.category === 'biologic',
  );
  if (ofDrugs.length === 0)
    return [
      {
        aspect: 'exists',
        kinds: ['allergy'],
        concepts: [],
        name: 'drug allergies',
        text: 'drug allergies',
        category: 'medication',
        polar: true,
        expects: 'yes',
      },
    ];
  const distinct = ofDrugs.filter((fact, index) => ofDrugs.findIndex((other) => other.name === fact.name) === index);
  return distinct.flatMap((allergy): readonly Question[] => {
    const substances = substancesOf(allergy, chart);
    const words = allergy.name.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    const itself: Question = {
      aspect: 'exists',
      kinds: ['medication'],
      concepts: [...substances],
      ...(substances.length === 0 ? { words: [...words] } : {}),
      name: `${allergy.name} medication`,
      text,
      status: 'active',
      polar: true,
      expects: 'yes',
    };
    const isItself = (fact: Fact): boolean => fact.concepts.some((id) => substances.some((own) => chart.terminology.isA(id, own)));
    const kin = taken.filter((fact) => !isItself(fact) && allergiesNear(fact.concepts, chart).includes(allergy));
    if (kin.length === 0) return [itself];
    const concepts = [...new Set(kin.flatMap((fact) => fact.concepts.filter((id) => id.startsWith('drug/'))))];
    return [
      itself,
      {
        aspect: 'list',
        kinds: ['medication'],
        concepts,
        name: `drugs related to ${allergy.name}`,
        text,
        status: 'active',
        kinOf: allergy.name,
      },
    ];
  });
}

export const ALL_ALLERGIES: Question = { aspect: 'list', kinds: ['allergy'], concepts: [], name: 'allergies', text: 'allergies' };
