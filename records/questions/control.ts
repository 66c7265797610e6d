import type { Terminology } from '../../language/contract.ts';
import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { hasReason } from './select.ts';
import { tokens } from './wording.ts';

/** What is measured to tell how a problem is controlled. */
const MEASURED_BY: readonly (readonly [condition: string, measure: string])[] = [
  ['condition/hypertension', 'vital/blood-pressure'],
  ['condition/diabetes-mellitus', 'lab/hba1c'],
  ['condition/hyperlipidemia', 'lab/ldl'],
  ['condition/hypercholesterolemia', 'lab/ldl'],
  ['condition/gout', 'lab/uric-acid'],
  ['condition/hypothyroidism', 'lab/tsh'],
];
const READINGS = 3;

/** "Is her hypertension controlled": beside the problem its newest measurements. */
export function controlledBy(clause: Clause, topic: Topic, terminology: Terminology): Question | undefined {
  if (topic.letter !== 'c' || !/\b(?:un)?control(?:led)?\b/.test(clause.rest)) return undefined;
  const [, measure] =
    MEASURED_BY.find(([condition]) => topic.concepts.some((id) => id === condition || terminology.isA(id, condition))) ?? [];
  const concept = measure ? terminology.get(measure) : undefined;
  if (!concept) return undefined;
  return {
    aspect: 'latest',
    kinds: ['result', 'vital'],
    concepts: [concept.id],
    name: concept.name,
    text: clause.text,
    limit: READINGS,
    ...(clause.times.time ? { time: clause.times.time } : {}),
  };
}

/** "Is her LDL at goal", "A1c versus target": beside the value the goals that the record sets for it, where there are any. */
export function goalsOf(
  clause: Clause,
  topic: Topic,
  chart: Chart,
): { readonly question: Question; readonly recorded: boolean } | undefined {
  if (topic.letter !== 'o' || !/\b(?:goals?|targets?)\b|:goals›/.test(clause.mask)) return undefined;
  const reasons = { kinds: [...topic.kinds], concepts: [...topic.concepts], name: topic.name };
  return {
    question: { aspect: 'list', kinds: ['goal'], concepts: [], name: 'goals', text: `${topic.name} goals`, reasons },
    recorded: chart.facts.some((fact) => fact.kind === 'goal' && hasReason(fact, reasons, chart)),
  };
}

/** "Digoxin dose and level": beside the drug what is measured of it. */
export function levelOf(clause: Clause, topic: Topic, chart: Chart): Question | undefined {
  if (
    topic.letter !== 'd' ||
    topic.item?.type !== 'named' ||
    !/\b(?:and|plus|with|,|&) (?:the |her |his |latest |last )*levels?\b|\blevels? (?:and|plus|&)\b/.test(clause.rest)
  )
    return undefined;
  const name = topic.item.name;
  const concept = [`${name} level`, name, `${name} measurement`]
    .flatMap((each) => chart.terminology.byName(each))
    .find(({ kind }) => kind === 'observation');
  return {
    aspect: 'latest',
    kinds: ['result'],
    concepts: concept ? [concept.id] : [],
    ...(concept ? {} : { words: [...tokens(name).map(({ word }) => word), 'level'] }),
    name: concept?.name ?? `${name} level`,
    text: `latest ${name} level`,
  };
}
