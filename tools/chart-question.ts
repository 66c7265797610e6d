import type { Evidence } from '../grounding/contract.ts';
import { searchEvidence, toEvidence } from '../records/chart/evidence.ts';
import type { Chart, Fact } from '../records/contract.ts';
import { type Answer, questionSchema } from '../records/questions/contract.ts';
import { answer } from '../records/questions/executor.ts';
import { defineTool } from './define.ts';

/** Evidence of every fact that the answer names, once each, after the search that it came from. */
function evidenceOf(result: Answer, chart: Chart): readonly Evidence[] {
  const { numbers } = result;
  const series = [numbers?.first, numbers?.last, numbers?.min, numbers?.max, numbers?.change?.from, numbers?.change?.to];
  const facts: readonly Fact[] = [
    ...result.facts,
    ...series.flatMap((at) => (at ? [at.fact] : [])),
    ...result.premise.flatMap((premise) => premise.facts),
    ...result.notes.flatMap((note) => note.facts),
    ...result.instead,
  ];
  const ids = [...new Set(facts.map((fact) => fact.id))];
  return [searchEvidence(chart, result.scope, result.considered, result.searched), ...ids.map((id) => toEvidence(chart, id))];
}

export const chartQuestion = defineTool({
  name: 'chart_question',
  description:
    "Answers one typed question from this patient's record: a value, a trend, a list, a count, yes or no, a reason, a date. Says 'not-recorded' where the record holds nothing.",
  input: questionSchema,
  effect: 'read',
  run: async (question, { chart }) => {
    const value = answer(question, chart);
    return { value, evidence: evidenceOf(value, chart) };
  },
});
