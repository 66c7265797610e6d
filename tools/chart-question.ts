import type { Evidence, SearchScope } from '../grounding/contract.ts';
import { searchEvidence, toEvidence } from '../records/chart/evidence.ts';
import { type OverviewSection, overview, topThree } from '../records/chart/overview.ts';
import type { MatterItem } from '../records/chart/top-three.ts';
import type { Chart, Fact, FactKind } from '../records/contract.ts';
import { type Answer, questionSchema } from '../records/questions/contract.ts';
import { answer } from '../records/questions/executor.ts';
import { defineTool } from './define.ts';

/** The answer with the id of the search that it rests on; a panel's members each with theirs. */
export interface ChartAnswer {
  readonly answer: Answer;
  readonly search: string;
  readonly parts: readonly ChartAnswer[];
  /** `summary`: what the record holds. `emptySearch` by section: the search that found nothing. */
  readonly sections?: readonly (OverviewSection & { readonly emptySearch?: string })[];
  /** `top-three`: what matters most, with the reason. */
  readonly top?: readonly MatterItem[];
}

const EMPTY_KINDS: Partial<
  Record<OverviewSection['key'], { readonly kinds: readonly FactKind[]; readonly status?: 'active'; readonly label: string }>
> = {
  allergies: { kinds: ['allergy'], label: 'allergy' },
  problems: { kinds: ['problem'], status: 'active', label: 'active problem' },
  medications: { kinds: ['medication'], status: 'active', label: 'active medication' },
};

function factsNamed({ facts, instead, numbers, premise, notes }: Answer): readonly Fact[] {
  const series = [numbers?.first, numbers?.last, numbers?.min, numbers?.max, numbers?.change?.from, numbers?.change?.to];
  return [
    ...facts,
    ...series.flatMap((at) => (at ? [at.fact] : [])),
    ...premise.flatMap((one) => one.facts),
    ...notes.flatMap((note) => note.facts),
    ...instead,
  ];
}

/** Collects evidence once each: a resource's own, and the searches that answers rest on. */
function collect(chart: Chart) {
  const evidence = new Map<string, Evidence>();
  return {
    evidence,
    facts(facts: readonly Fact[]): void {
      for (const { id } of facts) if (!evidence.has(id)) evidence.set(id, toEvidence(chart, id));
    },
    search(scope: SearchScope, facts: readonly Fact[], label: string): string {
      const found = searchEvidence(chart, scope, facts, label);
      evidence.set(found.id, found);
      return found.id;
    },
  };
}

function toChartAnswer(result: Answer, chart: Chart, into: ReturnType<typeof collect>): ChartAnswer {
  into.facts(factsNamed(result));
  const search = into.search(result.scope, result.considered, result.searched);
  return { answer: result, search, parts: (result.parts ?? []).map((part) => toChartAnswer(part, chart, into)) };
}

function sectionsOf(chart: Chart, into: ReturnType<typeof collect>): ChartAnswer['sections'] {
  return overview(chart).map((section) => {
    into.facts(section.facts);
    const empty = section.empty === undefined ? undefined : EMPTY_KINDS[section.key];
    if (!empty) return section;
    const { label, ...scope } = empty;
    return { ...section, emptySearch: into.search({ ...scope, concepts: [] }, [], label) };
  });
}

export const chartQuestion = defineTool({
  name: 'chart_question',
  description:
    "Answers one typed question from this patient's record: a value, a trend, a list, a count, yes or no, a reason, a date. Says 'not-recorded' where the record holds nothing.",
  input: questionSchema,
  effect: 'read',
  run: async (question, { chart }) => {
    const into = collect(chart);
    const value = toChartAnswer(answer(question, chart), chart, into);
    const top = question.aspect === 'top-three' ? topThree(chart) : undefined;
    into.facts((top ?? []).flatMap((item) => item.facts));
    const sections = question.aspect === 'summary' ? sectionsOf(chart, into) : undefined;
    return {
      value: { ...value, ...(sections ? { sections } : {}), ...(top ? { top } : {}) } satisfies ChartAnswer,
      evidence: [...into.evidence.values()],
    };
  },
});
