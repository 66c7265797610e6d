import type { Evidence } from '../../grounding/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import { factsOf, toEvidence } from './evidence.ts';
import { instantOf } from './fhir.ts';
import { factLabel, flagText, valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { trend, turned } from './trend.ts';

/**
 * Tokens that a model will count for a text: one for each short word or number piece and each mark. A little above what common
 * tokenizers give for clinical English with dates (about 3.3 characters each), so that the budget holds; never below characters / 4.
 */
export function estimateTokens(text: string): number {
  let count = 0;
  for (const piece of text.match(/[A-Za-z]+|\d{1,3}|[^\sA-Za-z\d]/g) ?? [])
    count += /^[A-Za-z]/.test(piece) ? Math.ceil(piece.length / 6) : 1;
  return Math.max(count, Math.ceil(text.length / 4));
}

export interface SelectOptions {
  readonly question?: { readonly kinds: readonly FactKind[]; readonly concepts: readonly string[] };
  readonly maxTokens: number;
}

/** What a line costs beside its text: its id and line break. */
const cost = (line: Evidence): number => estimateTokens(`${line.id} ${line.text}\n`);

const SERIES_KINDS: ReadonlySet<FactKind> = new Set(['result', 'vital', 'survey', 'social']);

/** How many values of a series are written out; the rest is counted, with the range of all. */
const VALUES_SHOWN = 5;

/** Share of the budget that the always-shown part may take when something is asked. */
const CORE_SHARE = 0.6;

const isWhole = (fact: Fact) => fact.part === undefined;

/**
 * One line for a series of one test, newest first: "Hemoglobin A1c: 6.5 % (12-Mar-2020), 6.9 % (02-Feb-2019), 6 more since 2011, range
 * 5.9-7.2, rising". Its evidence id is that of the newest resource; `facts` are all of the series.
 */
function seriesLine(chart: Chart, facts: readonly Fact[]): Evidence {
  const newest = facts[0]!;
  if (facts.length === 1) return toEvidence(chart, newest.id);
  const shown = facts.slice(0, VALUES_SHOWN);
  const rest = facts.length - shown.length;
  const told = shown.map((fact) => {
    const flag = flagText(fact);
    const at = fact.date ? ` (${formatDate(fact.date)}${flag && flag !== 'normal' ? `, ${flag}` : ''})` : '';
    return `${valueText(fact) ?? fact.statusReason ?? 'no value'}${at}`;
  });
  const oldest = facts.at(-1)!;
  const figures = trend(facts);
  const turn = figures && turned(figures);
  const direction = figures?.direction && `${figures.direction}${turn ? ` until ${formatDate(turn.date)}` : ''}`;
  const range =
    figures && figures.points.length > 1
      ? `range ${figures.min.fact.value!.text}-${figures.max.fact.value!.text}${direction ? `, ${direction}` : ''}`
      : undefined;
  const converted = figures?.points.some((point) => point.converted);
  const parts = [
    ...told,
    rest > 0 ? `${rest} more${oldest.date ? ` since ${oldest.date.slice(0, 4)}` : ''}` : undefined,
    converted ? direction : range,
    newest.referenceRange ? `reference range ${newest.referenceRange.text}` : undefined,
  ];
  return {
    ...toEvidence(chart, newest.id),
    label: `${upperFirst(newest.name)}, ${facts.length} values`,
    text: `${upperFirst(newest.name)}: ${parts.filter((part) => part !== undefined).join(', ')}`,
    facts,
  };
}

/** Lines of some facts: series of one test as one line, everything else a line a resource. The order of the facts is kept. */
function linesOf(chart: Chart, facts: readonly Fact[]): readonly Evidence[] {
  const series = new Map<string, Fact[]>();
  const order: { readonly key: string; readonly fact: Fact }[] = [];
  for (const fact of facts) {
    if (!isWhole(fact)) continue;
    const key =
      SERIES_KINDS.has(fact.kind) && fact.value
        ? `${fact.kind} ${fact.concepts.find((id) => !id.startsWith('code/')) ?? fact.concepts[0]}`
        : fact.id;
    const known = series.get(key);
    if (known) known.push(fact);
    else {
      series.set(key, [fact]);
      order.push({ key, fact });
    }
  }
  return order.map(({ key, fact }) => (series.get(key)!.length > 1 ? seriesLine(chart, series.get(key)!) : toEvidence(chart, fact.id)));
}

/** Conflicts stay visible where a fact stands alone: the line names what contradicts it. */
function withConflict(chart: Chart, line: Evidence): Evidence {
  const others = [...new Set(line.facts.slice(0, 1).flatMap((fact) => fact.conflicts ?? []))].flatMap((id) =>
    factsOf(chart, id).slice(0, 1),
  );
  if (others.length === 0) return line;
  return { ...line, text: `${line.text} [in conflict with: ${others.slice(0, 3).map(factLabel).join('; ')}]` };
}

const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;

/** Facts of the same name said several times (yearly renewals of one order): the newest stands for them. */
function newestOfEach(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    if (SERIES_KINDS.has(fact.kind)) return true;
    const key = `${fact.kind} ${fact.name} ${fact.status} ${fact.dosage?.text ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function asked(chart: Chart, question: NonNullable<SelectOptions['question']>): readonly Fact[] {
  const wanted = (fact: Fact) =>
    (question.kinds.length === 0 || question.kinds.includes(fact.kind)) &&
    (question.concepts.length === 0 || question.concepts.some((concept) => fact.concepts.some((id) => chart.terminology.isA(id, concept))));
  return question.kinds.length === 0 && question.concepts.length === 0 ? [] : chart.facts.filter(wanted);
}

/**
 * A view of the chart that fits into `maxTokens` (see `estimateTokens`), whatever the record's size. In this order, until the budget is
 * spent: who it is; active problems, active drugs, allergies (these always, the budget permitting); what the question names, series with
 * their trend; what is still to come; then the newest of everything else. A line is whole or absent. Where lines had to stay out, the last one says how many.
 */
export function selectLines(chart: Chart, { question, maxTokens }: SelectOptions): Evidence[] {
  const facts = chart.facts;
  const core = [
    ...facts.filter((fact) => fact.kind === 'patient').slice(0, 1),
    ...facts.filter((fact) => fact.kind === 'allergy' && (fact.status === 'active' || fact.status === 'unconfirmed')),
    ...newestOfEach(facts.filter((fact) => fact.kind === 'problem' && isActive(fact))),
    ...newestOfEach(facts.filter((fact) => fact.kind === 'medication' && isActive(fact))),
  ];
  const now = instantOf(chart.asOf);
  const upcoming = facts.filter((fact) => fact.status === 'planned' && fact.date !== undefined && instantOf(fact.date) >= now).reverse();
  const rest = newestOfEach(facts).filter(
    (fact) => fact.kind !== 'report' || fact.details?.conclusion !== undefined || fact.details?.diagnosis !== undefined,
  );
  const named = question ? asked(chart, question) : [];
  // What is asked for keeps its place however long the problem and drug lists are.
  const groups: readonly (readonly [readonly Fact[], number])[] = [
    [core, named.length > 0 ? CORE_SHARE : 1],
    [named, 1],
    [upcoming, 1],
    [rest, 1],
  ];
  const chosen: Evidence[] = [];
  const taken = new Set<string>();
  const reserve = 24;
  let left = maxTokens;
  let omitted = 0;
  for (const [group, share] of groups) {
    const floor = maxTokens * (1 - share) + reserve;
    const fresh = group.filter((fact) => !taken.has(fact.id));
    for (const plain of linesOf(chart, fresh)) {
      if (taken.has(plain.id)) continue;
      const line = withConflict(chart, plain);
      for (const fact of line.facts) taken.add(fact.id);
      const price = cost(line);
      if (price > left - floor) {
        omitted++;
        continue;
      }
      left -= price;
      chosen.push(line);
    }
  }
  const text = `${omitted} further lines of the record are not shown here.`;
  const closing: Evidence = { id: 'search/not-shown', kind: 'result', label: 'Not shown', text, source: 'search of the record', facts: [] };
  if (omitted > 0 && chosen.length > 0 && cost(closing) <= left) chosen.push(closing);
  return chosen;
}
