import { Annotation, type BaseCheckpointSaver, END, type LangGraphRunnableConfig, START, StateGraph } from '@langchain/langgraph';
import type { Checker } from '../grounding/check.ts';
import type { Claim } from '../grounding/contract.ts';
import type { Charts } from '../records/charts.ts';
import type { RecordReading } from '../records/contract.ts';
import { missingParts, readingOf, tellMissing, tellStale } from '../records/missing.ts';
import type { Tool, ToolOutcome } from '../tools/contract.ts';
import type { AnswerStatus, Draft, Plan, Reasoner, Source, Turn } from './contract.ts';

export interface AssistantDeps {
  readonly charts: Charts;
  readonly reasoner: Reasoner;
  readonly tools: readonly Tool[];
  readonly check: Checker;
  readonly checkpointer: BaseCheckpointSaver;
}

/** The input of a turn sets all but `memory`, which stays with the thread. */
const AssistantState = Annotation.Root({
  patient: Annotation<string>,
  question: Annotation<string>,
  now: Annotation<string>,
  plan: Annotation<Plan | null>,
  outcomes: Annotation<readonly ToolOutcome[]>,
  draft: Annotation<Draft | null>,
  claims: Annotation<readonly Claim[]>,
  revised: Annotation<boolean>,
  status: Annotation<AnswerStatus>,
  notes: Annotation<readonly string[]>,
  evidence: Annotation<readonly Source[]>,
  reading: Annotation<RecordReading | null>,
  memory: Annotation<unknown>,
});
type State = typeof AssistantState.State;
/** What a step needs to know of its run: whether somebody still waits for it. */
type Config = Pick<LangGraphRunnableConfig, 'signal'>;

/** What a turn starts from. */
export function turnInput(patient: string, question: string, now: string) {
  return {
    patient,
    question,
    now,
    plan: null,
    outcomes: [],
    draft: null,
    claims: [],
    revised: false,
    status: 'failed' as AnswerStatus,
    notes: [],
    evidence: [],
    reading: null,
  };
}

/** Load chart, plan, act, write claims, check, at most one revision, respond. Every step that is not the reasoner's is deterministic. */
export function createAssistantGraph({ charts, reasoner, tools, check, checkpointer }: AssistantDeps) {
  const toolByName = new Map(tools.map((tool) => [tool.name, tool]));

  const chartOf = ({ patient, now }: State, { signal }: Config) => charts.open(patient, now, signal ? { signal } : {});
  const turnOf = async (state: State, config: Config): Promise<Turn> => ({
    question: state.question,
    chart: await chartOf(state, config),
    now: state.now,
    memory: state.memory,
  });

  async function loadChart(state: State, config: Config) {
    await chartOf(state, config);
    return {};
  }

  async function plan(state: State, config: Config) {
    const made = await reasoner.plan(await turnOf(state, config));
    return {
      plan: made,
      notes: [...(made.notes ?? []), ...(made.reply?.notes ?? [])],
      ...('memory' in made ? { memory: made.memory } : {}),
    };
  }

  async function act(state: State, config: Config) {
    const chart = await chartOf(state, config);
    const outcomes = await Promise.all(
      (state.plan?.calls ?? []).map(async (call): Promise<ToolOutcome> => {
        const tool = toolByName.get(call.tool);
        const failed = (reason: string): ToolOutcome => ({ ok: false, call: call.id, tool: call.tool, reason });
        if (!tool) return failed(`there is no tool ${call.tool}`);
        if (tool.effect !== 'read') return failed(`${call.tool} writes: it needs a person's approval`);
        const input = tool.input.safeParse(call.input);
        if (!input.success) return failed(`bad input: ${input.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
        return { ok: true, call: call.id, tool: call.tool, ...(await tool.run(input.data, { chart, now: state.now })) };
      }),
    );
    return { outcomes };
  }

  async function write(state: State, config: Config) {
    return { draft: await reasoner.write(await turnOf(state, config), state.outcomes) };
  }

  async function checkClaims(state: State, config: Config) {
    const chart = await chartOf(state, config);
    const evidence = new Map(state.outcomes.flatMap((o) => (o.ok ? o.evidence : [])).map((e) => [e.id, e]));
    const missing = missingParts(chart);
    const context = {
      subject: `Patient/${state.patient}`,
      now: state.now,
      patient: chart.patient,
      ...(missing.length > 0 ? { missing } : {}),
    };
    const claims = (state.draft?.claims ?? []).map((draft) => check(draft, evidence, context, chart.terminology));
    return { claims };
  }

  async function revise(state: State, config: Config) {
    const failed = state.claims.filter((claim) => claim.verdict !== 'supported');
    const better = await reasoner.revise(await turnOf(state, config), state.outcomes, failed);
    const replacement = new Map(failed.map((claim, i) => [claim, better[i]]));
    const claims = (state.draft?.claims ?? []).flatMap((draft, i) => {
      const claim = state.claims[i];
      if (!claim || claim.verdict === 'supported') return [draft];
      const found = replacement.get(claim);
      return found ? [found] : [];
    });
    const distinct = claims.filter((claim, i) => claims.findIndex((other) => other.text === claim.text) === i);
    return { draft: state.draft && { ...state.draft, claims: distinct }, revised: true };
  }

  /** What is kept with the thread is small: the evidence that was cited, and the reasoner's memory. */
  async function respond(state: State, config: Config) {
    const cited = new Set(state.claims.flatMap((claim) => claim.citations));
    const evidence = [...new Map(state.outcomes.flatMap((o) => (o.ok ? o.evidence : [])).map((e) => [e.id, e])).values()];
    const faults = state.outcomes.flatMap((o) => (o.ok ? [] : [`${o.tool}: ${o.reason}`]));
    const chart = await chartOf(state, config);
    const missing = [...new Set(state.outcomes.flatMap((o) => (o.ok ? (o.missing ?? []) : [])))];
    const reading = state.outcomes.length > 0 ? readingOf(chart) : undefined;
    const read = state.outcomes.length > 0 ? [...tellMissing(missing, missingParts(chart)), ...tellStale(chart)] : [];
    const intended = state.plan?.reply?.status ?? state.draft?.status ?? 'failed';
    const unread = state.claims.length === 0 && missing.length > 0 && (intended === 'answered' || intended === 'not-recorded');
    const emptied = intended === 'answered' && state.claims.length === 0 && !unread;
    const told = [...state.notes, ...(state.draft?.notes ?? []), ...faults];
    const silent = !emptied && !unread && state.claims.length === 0 && told.length === 0;
    const searched = [
      ...new Set(
        state.outcomes.flatMap((o) => (o.ok ? o.evidence : [])).flatMap((e) => (e.scope ? [e.label.replace(/^Search: /, '')] : [])),
      ),
    ];
    return {
      status: emptied
        ? ('failed' as const)
        : unread || (intended === 'not-recorded' && missing.length > 0)
          ? missing.every(({ unnamed }) => unnamed !== undefined)
            ? ('not-recorded' as const)
            : ('not-read' as const)
          : intended,
      reading: reading ?? null,
      evidence: evidence.filter((e) => cited.has(e.id)).map(({ facts: _facts, scope: _scope, ...source }): Source => source),
      notes: [
        ...told,
        ...(emptied ? ['No sentence of an answer stood up to its check.'] : []),
        ...(silent
          ? [`Nothing that answers this can be stated from the record.${searched.length > 0 ? ` Searched: ${searched.join('; ')}.` : ''}`]
          : []),
        ...read,
      ],
      ...(state.draft && 'memory' in state.draft ? { memory: state.draft.memory } : {}),
      plan: null,
      draft: null,
      outcomes: [],
    };
  }

  const wantsRevision = (state: State) => !state.revised && state.claims.some((claim) => claim.verdict !== 'supported');

  return new StateGraph(AssistantState)
    .addNode('load-chart', loadChart)
    .addNode('make-plan', plan)
    .addNode('act', act)
    .addNode('write-claims', write)
    .addNode('check', checkClaims)
    .addNode('revise', revise)
    .addNode('respond', respond)
    .addEdge(START, 'load-chart')
    .addEdge('load-chart', 'make-plan')
    .addConditionalEdges('make-plan', (state) => (state.plan?.reply ? 'respond' : 'act'), ['respond', 'act'])
    .addEdge('act', 'write-claims')
    .addEdge('write-claims', 'check')
    .addConditionalEdges('check', (state) => (wantsRevision(state) ? 'revise' : 'respond'), ['revise', 'respond'])
    .addEdge('revise', 'check')
    .addEdge('respond', END)
    .compile({ checkpointer });
}
