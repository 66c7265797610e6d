import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { against, changed, compared, countAgainst, versus } from './compare.ts';
import type { Answer, Aspect, Note, NumberAt, Numbers, Question } from './contract.ts';
import { courseOf } from './direction.ts';
import type { Found, Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { numbersOf, seriesOf, unique } from './series.ts';

export const NUMERIC: ReadonlySet<Aspect> = new Set<Aspect>(['trend', 'change', 'range', 'highest', 'lowest', 'average']);

const PER_MEMBER: ReadonlySet<Aspect> = new Set<Aspect>([
  ...NUMERIC,
  'latest',
  'first',
  'flag',
  'reference-range',
  'list',
  'describe',
  'exists',
  'ever',
  'date',
]);

const isMeasured = (facts: readonly Fact[]): boolean => facts.length > 0 && facts.every((fact) => MEASURED.has(fact.kind));

/**
 * Panels are answered a member at a time ("kidney function": eGFR, creatinine, urea nitrogen), and so are whole vital signs ("latest
 * vitals") and the two numbers of a blood pressure where numbers are asked for.
 */
export function partsOf(scope: Scope, ask: (question: Question) => Answer): readonly Answer[] {
  const { question, facts, chart } = scope;
  const counted = question.aspect === 'count' && question.threshold !== undefined;
  if ((!PER_MEMBER.has(question.aspect) && !counted) || !isMeasured(facts)) return [];
  const numeric = NUMERIC.has(question.aspect) || question.threshold !== undefined || question.compare !== undefined;
  const together = numeric ? componentsOf(facts, chart) : [];
  const pairs = numeric && together.length === 0 ? recordedApart(question, facts, chart) : together;
  if (pairs.length > 1) return pairMembers(question, pairs).map((part) => ask(part));
  const panel = question.concepts.some((id) => id.startsWith('panel/')) || (question.concepts.length === 0 && !question.words?.length);
  if (!panel || question.compare?.other) return [];
  // Without a name ("any labs in 2019", "latest labs") only what belongs to a member is asked a member at a time.
  if (
    question.concepts.length === 0 &&
    !numeric &&
    !(question.aspect === 'latest' && question.kinds.length === 1 && question.kinds[0] !== 'result')
  )
    return [];
  const members = new Map<string, Fact>();
  for (const fact of facts) {
    const member = memberOf(fact, question);
    // A report of the whole panel is none of its members.
    if (!members.has(member) && !question.concepts.includes(member)) members.set(member, fact);
  }
  if (members.size === 0) return [];
  if (members.size < 2 && !question.concepts.some((id) => id.startsWith('panel/'))) return [];
  return [...members].map(([concept, fact]) =>
    ask({ ...question, kinds: [fact.kind], concepts: [concept], name: chart.terminology.get(concept)?.name ?? fact.name }),
  );
}

/** The concept right below the panel that a fact belongs to. */
function memberOf(fact: Fact, question: Question): string {
  const inside = fact.concepts.filter((id) => !question.concepts.includes(id));
  const tables = inside.filter((id) => !id.startsWith('code/') && !id.startsWith('panel/') && !id.startsWith('section/'));
  return tables[0] ?? inside[0] ?? fact.concepts[0]!;
}

/** Numeric components of facts that are recorded as a whole without one number (blood pressure), in the order of the resource. */
function componentsOf(facts: readonly Fact[], chart: Chart): readonly { readonly concept: string; readonly fact: Fact }[] {
  if (!facts.some((fact) => fact.value?.type === 'text' && fact.part === undefined)) return [];
  const ids = new Set(facts.map((fact) => fact.id));
  const found = new Map<string, Fact>();
  for (const fact of chart.facts)
    if (fact.part !== undefined && ids.has(fact.id) && fact.value?.type === 'quantity' && !found.has(fact.concepts[0]!))
      found.set(fact.concepts[0]!, fact);
  // As the whole writes them: systolic before diastolic.
  const place = (fact: Fact): number => {
    const whole = facts.find((one) => one.id === fact.id)?.value;
    if (/\bsystolic\b/i.test(fact.name)) return -1;
    const at = whole && fact.value ? whole.text.indexOf(fact.value.text) : -1;
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return [...found].map(([concept, fact]) => ({ concept, fact })).sort((a, b) => place(a.fact) - place(b.fact));
}

/** Systolic and diastolic filed as two results, the Apgar scores of two minutes: no series holds both, where none is of the thing as a whole. */
function recordedApart(question: Question, facts: readonly Fact[], { terminology }: Chart): ReturnType<typeof componentsOf> {
  const [asked] = question.concepts;
  if (asked === undefined || question.concepts.length > 1 || asked.startsWith('panel/')) return [];
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.value?.type !== 'quantity') continue;
    const below = fact.concepts.find((id) => id !== asked && !/^(?:code|text)\//.test(id) && terminology.isA(id, asked));
    if (below === undefined) return [];
    if (!found.has(below)) found.set(below, fact);
  }
  const isFirst = ({ fact }: { readonly fact: Fact }): number => (/\bsystolic\b/i.test(fact.name) ? 0 : 1);
  return found.size < 2 ? [] : [...found].map(([concept, fact]) => ({ concept, fact })).sort((a, b) => isFirst(a) - isFirst(b));
}

/** "Over 140/90" asks each number for its own limit; "over 140" asks the first, the systolic. */
function pairMembers(question: Question, pairs: readonly { readonly concept: string; readonly fact: Fact }[]): readonly Question[] {
  const { threshold } = question;
  return pairs.flatMap(({ concept, fact }, index) => {
    const part: Question = { ...question, kinds: [fact.kind], concepts: [concept], name: fact.name };
    if (!threshold) return [part];
    if (threshold.second !== undefined && threshold.op !== 'between') {
      const limit = index === 0 ? threshold.value : threshold.second;
      const { second: _, ...single } = threshold;
      return [{ ...part, threshold: { ...single, value: limit, text: threshold.text.replace(/\d+\s*(?:\/|over)\s*\d+/i, String(limit)) } }];
    }
    return index === 0 ? [part] : [];
  });
}

function leftOut(facts: readonly Fact[]): Note {
  const shown = facts
    .slice(0, 3)
    .map((fact) => `${valueText(fact)}${fact.date ? ` on ${formatDate(fact.date)}` : ''} (${fact.recordedStatus ?? 'unconfirmed'})`);
  return {
    kind: 'limited',
    text: `not taken into account: ${shown.join('; ')}${facts.length > 3 ? ` and ${facts.length - 3} more` : ''}`,
    facts,
  };
}
const valueText = ({ value }: Fact): string => (value?.type === 'quantity' ? value.text : '');

/** Answers aspects of numbers; undefined where the facts hold none and entries must answer. */
export function askedNumbers(scope: Scope): Found | undefined {
  const { question, facts } = scope;
  const substance = substanceOf(facts[0]?.concepts ?? []);
  // Nothing is concluded from a preliminary or impossible value beside others; it is named.
  const sure = facts.filter(({ status }) => status !== 'unconfirmed');
  const apart = sure.length > 0 ? facts.filter(({ status, value }) => status === 'unconfirmed' && value?.type === 'quantity') : [];
  const read = seriesOf(apart.length > 0 ? sure : facts, substance);
  const whole = apart.length > 0 ? { ...read, notes: [...read.notes, leftOut(apart)] } : read;
  // "Average of the last five": those five.
  const series =
    question.limit && NUMERIC.has(question.aspect) && question.limit < whole.points.length
      ? { ...whole, points: whole.points.slice(-question.limit) }
      : whole;
  const values = numbersOf(series);
  const { threshold } = question;
  if (question.compare?.other) return versus(scope, series);
  if (series.points.length === 0) {
    if (threshold && !facts.some((fact) => MEASURED.has(fact.kind))) return countAgainst(scope);
    if (!facts.some((fact) => MEASURED.has(fact.kind))) {
      if (question.aspect === 'trend' || question.aspect === 'change') return undefined;
      return {
        outcome: 'invalid',
        facts: [],
        notes: [{ kind: 'not-applicable', text: `${question.name} has no numbers`, facts: facts.slice(0, 3) }],
      };
    }
    if (threshold)
      return {
        outcome: 'not-recorded',
        facts: [],
        instead: facts.slice(0, 1),
        notes: [{ kind: 'no-value', text: `${question.name} is recorded without a number`, facts: facts.slice(0, 3) }],
      };
    return {
      outcome: 'found',
      facts: facts.slice(0, question.limit ?? facts.length),
      notes: [{ kind: 'no-value', text: 'recorded without a number', facts: facts.slice(0, 3) }],
    };
  }
  const numbers: Numbers = { ...values, ...courseOf(series, substance) };
  const notes: Note[] = [...series.notes];
  if (threshold) return against(scope, series, numbers, notes, substance);
  const drift = (question.aspect === 'trend' || question.aspect === 'change') && !question.compare?.time;
  if (question.compare && !drift) return compared(scope, series, numbers, notes);
  switch (question.aspect) {
    case 'highest':
    case 'lowest': {
      const at = question.aspect === 'highest' ? numbers.max! : numbers.min!;
      return { outcome: 'found', facts: [at.fact], numbers, notes };
    }
    case 'range':
      return { outcome: 'found', facts: unique([numbers.min!.fact, numbers.max!.fact]), numbers, notes };
    case 'average': {
      const bounds = series.points.filter(({ text }) => /^[<>]/.test(text));
      if (bounds.length > 0)
        return {
          outcome: 'found',
          facts: series.points.map((point) => point.fact).reverse(),
          notes: [...notes, noMean(bounds, series.points.length)],
        };
      return { outcome: 'found', facts: series.points.map((point) => point.fact).reverse(), numbers, notes };
    }
    case 'change':
    case 'trend':
      return changed(scope, series, numbers, notes);
    default:
      return undefined;
  }
}

/** Values of which only a limit is known have no mean. */
const noMean = (bounds: readonly NumberAt[], total: number): Note => ({
  kind: 'limited',
  text: `${bounds.length} of the ${total} values ${bounds.length === 1 ? 'is' : 'are'} only a limit (${bounds[0]!.text}), so no average is taken`,
  facts: [],
});

/** Whether two dates are one calendar day. */
export const sameDay = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && compareFhirDates(a.slice(0, 10), b.slice(0, 10)) === 0;
