import type { Fact } from '../contract.ts';
import type { Answer, Question } from './contract.ts';
import { namedElsewhere } from './elsewhere.ts';
import type { Found, Scope } from './scope.ts';
import { MEASURED } from './sections.ts';

/** So many tests of a name are each answered; more are only shown. */
const MOST = 4;

const isOwnWord = (id: string | undefined): id is string => id !== undefined && /^(?:code|text)\//.test(id);

/**
 * "Lowest glucose", where the record has glucose of interstitial fluid alone: what is asked is answered of the test that is there, under the
 * name that the record gives it. A yes or no about the test itself is left to the entries.
 */
export function askedVariants(scope: Scope, ask: (question: Question) => Answer): Found | undefined {
  const { question, kinds, chart, all } = scope;
  if (all.length > 0 || question.concepts.length === 0 || question.words?.length || question.person || question.laterality)
    return undefined;
  if (question.aspect === 'describe' || (question.polar && !question.threshold && !question.flag && !question.compare)) return undefined;
  if (!question.concepts.every((id) => chart.terminology.get(id)?.kind === 'observation')) return undefined;
  const { stated } = namedElsewhere(question.concepts, kinds, chart);
  const tests = new Map<string, Fact>();
  for (const fact of stated) {
    const [own] = fact.concepts;
    if (!MEASURED.has(fact.kind) || !isOwnWord(own)) return undefined;
    if (!tests.has(own)) tests.set(own, fact);
  }
  if (tests.size === 0 || tests.size > MOST) return undefined;
  const answers = [...tests].map(([concept, fact]) => ask({ ...question, kinds: [fact.kind], concepts: [concept], name: fact.name }));
  const text = `there is no entry of its own for ${question.name}; the record has ${[...tests.values()].map(({ name }) => name).join(', ')}`;
  const note = { kind: 'elsewhere' as const, text, facts: [] };
  const [only, more] = answers;
  if (more !== undefined) {
    const found = answers.filter(({ outcome }) => outcome === 'found');
    if (found.length === 0) return undefined;
    return { outcome: 'found', facts: found.flatMap(({ facts }) => facts), parts: found, considered: stated, notes: [note] };
  }
  return { ...only!, notes: [note, ...only!.notes] };
}
