import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import { commensurable, convert, displayUnit } from '../../language/units.ts';
import type { Fact } from '../contract.ts';
import type { Note, NumberAt, Numbers, Threshold } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { isVoid, matching, newestFirst } from './select.ts';
import { changeOf, meets, numbersOf, pointBefore, type Series, seriesOf, unique, unknown, wholeSeries } from './series.ts';

export function supposes(difference: number, direction: 'higher' | 'lower' | 'same' | 'different' | undefined): 'yes' | 'no' {
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

/** "Is it higher than in 2018": now (or the asked time) against that time. */
export function compared(scope: Scope, series: Series, numbers: Numbers, notes: Note[]): Found {
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
  // The newest of all is itself of that time: there is nothing later to hold against it.
  if (from && to && from.fact === to.fact)
    return {
      outcome: 'found',
      facts: [to.fact],
      numbers,
      notes: [...notes, { kind: 'limited', text: `no value after ${formatDate(to.date ?? '')} to compare it with`, facts: [to.fact] }],
      ...(question.polar ? { polarity: 'unknown' as const } : {}),
    };
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
export function versus({ question, facts, chart }: Scope, series: Series): Found {
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

/** The values of the newest moment: where two of them were taken together, neither is the latest alone. */
function lastMoment(points: readonly NumberAt[]): readonly NumberAt[] {
  const last = points.at(-1);
  if (!last) return [];
  return last.date ? points.filter((point) => point.date === last.date) : [last];
}

/** Units that people change between without saying so. */
const OTHER_UNITS: readonly string[] = [
  'Cel',
  '[degF]',
  'kg',
  '[lb_av]',
  'cm',
  'm',
  '[in_i]',
  '[ft_i]',
  'mg/dL',
  'umol/L',
  'mmol/L',
  'g/dL',
  'g/L',
  'ng/mL',
  'nmol/L',
];

/** Nearer by this much (as a ratio, in logarithms) than in the unit of the record. */
const NEARER = 0.3;

/** "Temperature over 38" of values in °F: a number without a unit that only makes sense in another one than the record's, and would decide otherwise. */
function isOfOtherUnit(
  threshold: Threshold,
  points: readonly NumberAt[],
  series: Series,
  substance: ReturnType<typeof substanceOf>,
): boolean {
  const { ucum } = series;
  if (!ucum || !(threshold.value > 0)) return false;
  const middle = [...points].sort((a, b) => a.value - b.value)[Math.floor(points.length / 2)]?.value;
  if (!middle || middle <= 0) return false;
  // Hemoglobin A1c is told in mmol/mol as well, which no factor converts.
  if (ucum === '%' && threshold.value > 20 && points.every(({ value }) => value < 20)) return true;
  const distance = (value: number): number => Math.abs(Math.log(threshold.value / value));
  return OTHER_UNITS.some((unit) => {
    if (unit === ucum || !commensurable(ucum, unit, substance)) return false;
    const there = convert(middle, ucum, unit, substance);
    if (there === undefined || there <= 0 || distance(there) + NEARER > distance(middle)) return false;
    return points.some((point) => {
      const value = convert(point.value, ucum, unit, substance);
      return value !== undefined && meets(value, point.text, threshold) !== meets(point.value, point.text, threshold);
    });
  });
}

/** A threshold against measured values: how many meet it, which, and whether it was ever so. */
export function against(scope: Scope, series: Series, numbers: Numbers, notes: Note[], substance: ReturnType<typeof substanceOf>): Found {
  const { question } = scope;
  const threshold = question.threshold!;
  const points =
    question.aspect === 'exists' || question.aspect === 'flag' || (question.aspect === 'latest' && question.polar)
      ? question.every
        ? series.points
        : lastMoment(series.points)
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
  } else if (isOfOtherUnit(threshold, points, series, substance))
    return {
      outcome: question.polar || question.aspect === 'exists' || question.aspect === 'ever' ? 'found' : 'not-recorded',
      facts: question.polar || question.aspect === 'exists' || question.aspect === 'ever' ? [numbers.last!.fact] : [],
      instead: [numbers.last!.fact],
      searched: `${question.name} ${threshold.text}`,
      ...unknown(question),
      notes: [
        {
          kind: 'qualifier',
          text: `${threshold.text} seems to be meant in another unit than the ${series.unit} of the record, so it is not compared: please ask with the unit`,
          facts: [numbers.last!.fact],
        },
      ],
    };
  else if (series.unit) notes.push({ kind: 'no-unit', text: `compared in ${series.unit}, the unit of the record`, facts: [] });
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
  if (threshold.op === '=' && meeting.length === 0 && undecided.length === 0)
    notes.push({ kind: 'limited', text: `none of the ${points.length} values is ${threshold.text}`, facts: [] });
  if (question.aspect === 'onset') return begun(verdicts, { ...numbers, meeting: meeting.length }, notes);
  const ordered = [...meeting].reverse();
  const chosen = question.aspect === 'first' ? meeting.slice(0, 1) : question.aspect === 'latest' ? ordered.slice(0, 1) : ordered;
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
  // "Above 140 at every visit": one value below is a no. Values of one moment that disagree say neither.
  const failing = verdicts.filter((verdict) => verdict.meets === false).map(({ point }) => point);
  const atOnce =
    points.length > 1 &&
    (question.aspect === 'exists' || question.aspect === 'flag' || (question.aspect === 'latest' && question.polar === true));
  const split = !question.every && atOnce && meeting.length > 0 && failing.length > 0;
  const polarity = question.every
    ? failing.length > 0
      ? 'no'
      : undecided.length > 0
        ? 'unknown'
        : 'yes'
    : split
      ? 'unknown'
      : meeting.length > 0
        ? 'yes'
        : undecided.length > 0
          ? 'unknown'
          : 'no';
  if (question.every || split) {
    const told = question.every && failing.length > 0 ? [...failing].reverse() : [...points].reverse();
    return {
      outcome: 'found',
      facts: told.map((point) => point.fact),
      considered: points.map((point) => point.fact).reverse(),
      numbers: split ? { count: points.length } : { ...numbers, meeting: meeting.length },
      notes,
      polarity,
    };
  }
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

/** "More than three ER visits": the number of entries against the threshold. */
export function countAgainst({ question, facts }: Scope): Found {
  const count = new Set(facts.map((fact) => fact.id)).size;
  const meeting = meets(count, String(count), question.threshold!);
  return { outcome: 'found', facts, numbers: { count }, ...(question.polar ? { polarity: meeting ? 'yes' : 'no' } : {}) };
}

/** Results of the same test that give no number ("not detected"): a course told without them would end too early. */
const inWords = ({ facts }: Scope, { points }: Series): readonly Fact[] => {
  const [of] = points;
  return facts.filter(
    ({ kind, value, part, concepts }) =>
      MEASURED.has(kind) &&
      value !== undefined &&
      value.type !== 'quantity' &&
      part === of?.fact.part &&
      concepts[0] === of?.fact.concepts[0],
  );
};

export function changed(scope: Scope, series: Series, numbers: Numbers, notes: Note[]): Found {
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
  const worded = inWords(scope, series);
  const newer = worded.filter(({ date }) => date !== undefined && last.date !== undefined && compareFhirDates(date, last.date) > 0);
  // A trend lists them; a change and a yes or no would end before them.
  if (newer.length > 0 && (question.aspect === 'change' || question.polar))
    notes.push({
      kind: 'limited',
      text: `newer and no number: ${newer[0]!.value!.text}${newer[0]!.date ? ` on ${formatDate(newer[0]!.date)}` : ''}`,
      facts: newer,
    });
  if (newer.length > 0 && question.polar)
    return { outcome: 'found', facts: [...worded, ...series.points.map(({ fact }) => fact)].sort(newestFirst), notes, polarity: 'unknown' };
  const polarity = question.polar
    ? question.aspect === 'trend' && !question.time
      ? drifts(numbers, question.compare?.direction)
      : supposes(change.difference, question.compare?.direction)
    : undefined;
  return {
    outcome: 'found',
    facts:
      question.aspect === 'trend'
        ? [...series.points.map((point) => point.fact).reverse(), ...worded].sort(newestFirst)
        : unique([last.fact, from.fact]),
    numbers: { ...numbers, change, first: question.aspect === 'change' ? from : first! },
    notes,
    ...(polarity ? { polarity } : {}),
  };
}

function drifts({ direction, turn }: Numbers, supposed: 'higher' | 'lower' | 'same' | 'different' | undefined): 'yes' | 'no' | 'unknown' {
  // Risen as a whole, and falling of late: neither "is rising" nor "is falling" is all of it.
  if (!direction || (turn && supposed !== 'same' && supposed !== 'different')) return 'unknown';
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

/** "Since when is it under 8": the values of the last unbroken run, and the value that it came after. */
function begun(
  verdicts: readonly { readonly point: NumberAt; readonly meets: boolean | undefined }[],
  numbers: Numbers,
  notes: readonly Note[],
): Found {
  const last = verdicts.findLastIndex(({ meets: met }) => met !== true);
  const run = verdicts.slice(last + 1).map(({ point }) => point.fact);
  const before = verdicts[last]?.point.fact;
  if (run.length === 0)
    return {
      outcome: 'found',
      facts: before ? [before] : [],
      numbers,
      notes: [...notes, { kind: 'limited', text: 'the newest value is not', facts: before ? [before] : [] }],
    };
  return {
    outcome: 'found',
    facts: [...run.reverse(), ...(before ? [before] : [])],
    numbers,
    notes: [
      ...notes,
      ...(before
        ? [{ kind: 'limited' as const, text: `not so on ${formatDate(before.date ?? '')}, and so at each value since`, facts: [before] }]
        : []),
    ],
  };
}
