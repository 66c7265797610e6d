import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import { commensurable, convert, displayUnit } from '../../language/units.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Answer, Aspect, Note, NumberAt, Numbers, Question, QuestionTime } from './contract.ts';
import { directionOf } from './direction.ts';
import type { Found, Scope } from './executor.ts';
import { MEASURED } from './sections.ts';
import { isVoid, matching, newestFirst, windowOf } from './select.ts';
import { changeOf, meets, numbersOf, type Series, seriesOf } from './series.ts';

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
  const pairs = numeric ? componentsOf(facts, chart) : [];
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
  for (const fact of facts) if (!members.has(memberOf(fact, question, chart))) members.set(memberOf(fact, question, chart), fact);
  if (members.size < 2 && !question.concepts.some((id) => id.startsWith('panel/'))) return [];
  return [...members].map(([concept, fact]) =>
    ask({ ...question, kinds: [fact.kind], concepts: [concept], name: chart.terminology.get(concept)?.name ?? fact.name }),
  );
}

/** The concept right below the panel that a fact belongs to. */
function memberOf(fact: Fact, question: Question, chart: Chart): string {
  const inside = fact.concepts.filter(
    (id) =>
      !question.concepts.includes(id) &&
      question.concepts.every((panel) => !panel.startsWith('panel/') || chart.terminology.isA(id, panel) || true),
  );
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

/** Answers aspects of numbers; undefined where the facts hold none and entries must answer. */
export function askedNumbers(scope: Scope): Found | undefined {
  const { question, facts } = scope;
  const substance = substanceOf(facts[0]?.concepts ?? []);
  const whole = seriesOf(facts, substance);
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
  const direction = directionOf(series, substance);
  const numbers: Numbers = { ...values, ...(direction ? { direction } : {}) };
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
    case 'average':
      return { outcome: 'found', facts: series.points.map((point) => point.fact).reverse(), numbers, notes };
    case 'change':
    case 'trend':
      return changed(scope, series, numbers, notes);
    default:
      return undefined;
  }
}

const unique = (facts: readonly Fact[]): readonly Fact[] => [...new Set(facts)];

function changed(scope: Scope, series: Series, numbers: Numbers, notes: Note[]): Found {
  const { question, window } = scope;
  const { first, last } = numbers;
  let from = first;
  // One value since then: what it was before is the other end.
  if (question.aspect === 'change' && window.from && series.points.length === 1) {
    const before = pointBefore(scope, window.from);
    if (before) {
      from = before;
      notes.push({
        kind: 'nearest',
        text: `the value before is from ${before.date ? formatDate(before.date) : 'an unknown date'}`,
        facts: [before.fact],
      });
    }
  }
  if (question.aspect === 'change' && question.offset && !question.time && series.points.length > 1)
    from = series.points.at(-1 - question.offset);
  const momentary = from?.date !== undefined && last?.date !== undefined && from.date.slice(0, 10) === last.date.slice(0, 10);
  if (!from || !last || from === last || momentary) {
    return {
      outcome: 'found',
      facts: momentary && from && last ? unique([last.fact, from.fact]) : last ? [last.fact] : [],
      numbers: { ...numbers, count: series.points.length },
      notes: [
        ...notes,
        {
          kind: 'limited',
          text: momentary ? 'all values are of one day: nothing to compare them with' : 'only one value: nothing to compare it with',
          facts: last ? [last.fact] : [],
        },
      ],
    };
  }
  const change = changeOf(from, last);
  const polarity = question.polar
    ? question.aspect === 'trend' && !question.time
      ? drifts(numbers.direction, question.compare?.direction)
      : supposes(change.difference, question.compare?.direction)
    : undefined;
  return {
    outcome: 'found',
    facts: question.aspect === 'trend' ? series.points.map((point) => point.fact).reverse() : unique([last.fact, from.fact]),
    numbers: { ...numbers, change, first: question.aspect === 'change' ? from : first! },
    notes,
    ...(polarity ? { polarity } : {}),
  };
}

function drifts(
  direction: Numbers['direction'],
  supposed: 'higher' | 'lower' | 'same' | 'different' | undefined,
): 'yes' | 'no' | 'unknown' {
  if (!direction) return 'unknown';
  const wanted =
    supposed === 'higher'
      ? ['rising']
      : supposed === 'lower'
        ? ['falling']
        : supposed === 'same'
          ? ['stable']
          : ['rising', 'falling', 'fluctuating'];
  return wanted.includes(direction) ? 'yes' : 'no';
}

function supposes(difference: number, direction: 'higher' | 'lower' | 'same' | 'different' | undefined): 'yes' | 'no' {
  switch (direction) {
    case 'higher':
      return difference > 0 ? 'yes' : 'no';
    case 'lower':
      return difference < 0 ? 'yes' : 'no';
    case 'same':
      return difference === 0 ? 'yes' : 'no';
    default:
      return difference !== 0 ? 'yes' : 'no';
  }
}

function wholeSeries(
  { question, chart, kinds }: Scope,
  time?: QuestionTime,
): { readonly series: Series; readonly missing: boolean; readonly text: string } {
  const window = windowOf(time, chart);
  const facts = matching({ ...question, kinds }, chart).filter((fact) => !isVoid(fact));
  const series = seriesOf(facts, substanceOf(facts[0]?.concepts ?? []));
  const points = series.points.filter(
    (point) =>
      point.date !== undefined &&
      (!window.visit || !point.fact.visit || point.fact.visit === window.visit) &&
      (!window.from || point.date.slice(0, 10) >= window.from.slice(0, point.date.length)) &&
      (!window.to || point.date.slice(0, 10) <= window.to),
  );
  return { series: { ...series, points }, missing: window.missing !== undefined, text: time?.text ?? '' };
}

function pointBefore(scope: Scope, day: string): NumberAt | undefined {
  return wholeSeries(scope)
    .series.points.filter((point) => point.date!.slice(0, 10) < day)
    .at(-1);
}

/** "Is it higher than in 2018": now (or the asked time) against that time. */
function compared(scope: Scope, series: Series, numbers: Numbers, notes: Note[]): Found {
  const { question } = scope;
  const compare = question.compare!;
  if (!compare.time) {
    const points = series.points;
    const [from, to] = [points.at(question.offset ? -1 - question.offset : 0), points.at(-1)];
    if (!from || !to || from === to) return changed(scope, series, numbers, notes);
    const change = changeOf(from, to);
    return {
      outcome: 'found',
      facts: unique([to.fact, from.fact]),
      numbers: { ...numbers, change },
      notes,
      ...(question.polar ? { polarity: supposes(change.difference, compare.direction) } : {}),
    };
  }
  const other = wholeSeries(scope, compare.time);
  const to = question.time ? series.points.at(-1) : numbers.last;
  // Of several values then, the last one of that time stands for it.
  let from = other.series.points.at(-1);
  if (!from && (compare.time.relation === 'ago' || compare.time.relation === 'since')) {
    const limit = compare.time.to ?? compare.time.from;
    from = limit
      ? wholeSeries(scope)
          .series.points.filter((point) => point.date!.slice(0, 10) <= limit.slice(0, 10))
          .at(-1)
      : undefined;
    if (from) notes.push({ kind: 'nearest', text: `the nearest value is from ${formatDate(from.date!)}`, facts: [from.fact] });
  }
  if (compare.time.relation === 'since') from = other.series.points[0] ?? from;
  if (!from || !to || from.fact === to.fact) {
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: to ? [to.fact] : [],
      searched: `${question.name} ${compare.time.text}`,
      notes: [...notes, { kind: 'nearest', text: `no value ${compare.time.text} to compare with`, facts: to ? [to.fact] : [] }],
      ...(question.polar ? { polarity: 'unknown' as const } : {}),
    };
  }
  const change = changeOf(from, to);
  return {
    outcome: 'found',
    facts: unique([to.fact, from.fact]),
    numbers: { ...numbers, change },
    notes:
      other.series.points.length > 1
        ? [
            ...notes,
            {
              kind: 'limited',
              text: `the last of ${other.series.points.length} values ${compare.time.text}`,
              facts: other.series.points.map((point) => point.fact),
            },
          ]
        : notes,
    ...(question.polar ? { polarity: supposes(change.difference, compare.direction) } : {}),
  };
}

/** "Which is higher, A or B": the newest of each. */
function versus({ question, facts, chart }: Scope, series: Series): Found {
  const other = question.compare!.other!;
  const others = matching(other, chart)
    .filter((fact) => !isVoid(fact))
    .sort(newestFirst);
  const otherSeries = seriesOf(others, substanceOf(others[0]?.concepts ?? []));
  const to = series.points.at(-1);
  const from = otherSeries.points.at(-1);
  const shown = unique([facts[0], others[0]].filter((fact): fact is Fact => fact !== undefined));
  if (!to || !from) return { outcome: 'found', facts: shown, considered: [...facts, ...others] };
  const converted =
    series.ucum && otherSeries.ucum && commensurable(otherSeries.ucum, series.ucum)
      ? convert(from.value, otherSeries.ucum, series.ucum)
      : undefined;
  if (converted === undefined)
    return {
      outcome: 'found',
      facts: shown,
      considered: [...facts, ...others],
      notes: [{ kind: 'other-unit', text: 'their units cannot be compared', facts: shown }],
    };
  const change = changeOf({ ...from, value: converted }, to);
  return { outcome: 'found', facts: shown, considered: [...facts, ...others], numbers: { ...numbersOf(series), change } };
}

/** A threshold against measured values: how many meet it, which, and whether it was ever so. */
function against(scope: Scope, series: Series, numbers: Numbers, notes: Note[], substance: ReturnType<typeof substanceOf>): Found {
  const { question } = scope;
  const threshold = question.threshold!;
  const points =
    question.aspect === 'exists' || question.aspect === 'flag' || (question.aspect === 'latest' && question.polar)
      ? series.points.slice(-1)
      : series.points;
  let inUnit = (point: NumberAt): number | undefined => point.value;
  if (threshold.ucum) {
    if (!series.ucum)
      return {
        outcome: 'not-recorded',
        facts: [],
        instead: [numbers.last!.fact],
        ...unknown(question),
        notes: [{ kind: 'no-unit', text: 'the values are recorded without a unit', facts: [numbers.last!.fact] }],
      };
    if (!commensurable(series.ucum, threshold.ucum, substance))
      return {
        outcome: 'not-recorded',
        facts: [],
        instead: [numbers.last!.fact],
        ...unknown(question),
        notes: [
          {
            kind: 'other-unit',
            text: `recorded in ${displayUnit(series.ucum)}, which does not compare with ${threshold.unit ?? threshold.ucum}`,
            facts: [numbers.last!.fact],
          },
        ],
      };
    inUnit = (point) => convert(point.value, series.ucum!, threshold.ucum!, substance);
  } else if (series.unit) notes.push({ kind: 'no-unit', text: `compared in ${series.unit}, the unit of the record`, facts: [] });
  const verdicts = points.map((point) => {
    const value = inUnit(point);
    return { point, meets: value === undefined ? undefined : meets(value, point.text, threshold) };
  });
  const meeting = verdicts.filter((verdict) => verdict.meets === true).map(({ point }) => point);
  const undecided = verdicts.filter((verdict) => verdict.meets === undefined).map(({ point }) => point);
  if (undecided.length > 0)
    notes.push({
      kind: 'limited',
      text: `${undecided.length} recorded as a bound, which does not decide it`,
      facts: undecided.map((point) => point.fact),
    });
  const ordered = [...meeting].reverse();
  const chosen =
    question.aspect === 'first' || question.aspect === 'onset'
      ? meeting.slice(0, 1)
      : question.aspect === 'latest'
        ? ordered.slice(0, 1)
        : ordered;
  if (
    meeting.length === 0 &&
    !question.polar &&
    question.aspect !== 'exists' &&
    question.aspect !== 'ever' &&
    question.aspect !== 'count'
  ) {
    const end = threshold.op.startsWith('<') ? numbers.min! : numbers.max!;
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: [end.fact],
      numbers: { ...numbers, meeting: 0 },
      searched: `${question.name} ${threshold.text}`,
      notes,
    };
  }
  const extreme = threshold.op.startsWith('<') ? numbers.min! : numbers.max!;
  const polar = question.polar || question.aspect === 'exists' || question.aspect === 'ever';
  const polarity = meeting.length > 0 ? 'yes' : undecided.length > 0 ? 'unknown' : 'no';
  const whole =
    points.length === series.points.length
      ? numbers
      : { ...numbersOf({ ...series, points }), ...(numbers.unit ? { unit: numbers.unit } : {}) };
  return {
    outcome: 'found',
    facts: chosen.length > 0 ? chosen.map((point) => point.fact) : [points.length === 1 ? points[0]!.fact : extreme.fact],
    considered: points.map((point) => point.fact).reverse(),
    numbers: { ...whole, meeting: meeting.length },
    notes,
    ...(polar ? { polarity } : {}),
  };
}

const unknown = (question: Question): { polarity?: 'unknown' } => (question.polar ? { polarity: 'unknown' } : {});

/** "More than three ER visits": the number of entries against the threshold. */
function countAgainst({ question, facts }: Scope): Found {
  const count = new Set(facts.map((fact) => fact.id)).size;
  const meeting = meets(count, String(count), question.threshold!);
  return { outcome: 'found', facts, numbers: { count }, ...(question.polar ? { polarity: meeting ? 'yes' : 'no' } : {}) };
}

/** Whether two dates are one calendar day. */
export const sameDay = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && compareFhirDates(a.slice(0, 10), b.slice(0, 10)) === 0;
