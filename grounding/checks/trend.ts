/** Rose, fell, stable, from A to B, by how much: read from the recorded series. */

import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, daysBetween, formatDate } from '../../language/dates.ts';
import { smallNumbers } from '../../language/number-words.ts';
import { trend as trendOf } from '../../records/chart/trend.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate } from '../matching/dates.ts';
import { amountOf, inSeveralUnits, readQuantity, showAmount, valueLike } from '../matching/quantities.ts';
import { type Candidate, said, type World } from '../matching/world.ts';
import type { Assertion, SaidQuantity, SaidTime } from '../reading/assertions.ts';
import { fitsFactor } from '../reading/factor.ts';
import { besideTrend } from './beside-trend.ts';
import { byPart } from './by-part.ts';
import { stepOf } from './change.ts';
import { type CheckPart, fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { doseChange } from './dose-change.ts';
import { testValue } from './number.ts';
import { testTime } from './said-time.ts';

const MULTIPLES = ['double', 'triple', 'half'];
/** A share of the value below which a change may come of rounding alone. */
const NOISE = 0.003;
const OPPOSITE: Readonly<Record<string, string>> = { up: 'falling', down: 'rising' };
/** "about 25", "below 1": no number of the record's own. */
const bounded = (said: SaidQuantity | undefined): boolean => said?.quantity.comparator !== undefined;

/** The number, as exactly as the bounds are told, is one of the range. */
function liesIn(fact: Fact, { quantity }: SaidQuantity): boolean {
  const amount = amountOf(fact)?.value;
  const half = 0.5 / 10 ** (quantity.decimals ?? 0);
  return amount !== undefined && amount >= quantity.value - half && amount <= (quantity.second ?? quantity.value) + half;
}

const NAMED: Readonly<Record<string, string>> = { up: 'rising', down: 'falling', stable: 'stable', fluctuating: 'fluctuating' };

const show = (fact: Fact): string =>
  `${fact.value?.type === 'quantity' ? showAmount(amountOf(fact)!) : (fact.value?.text ?? '')}${fact.date ? ` on ${formatDate(fact.date)}` : ''}`;

const byDate = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort((a, b) => compareFhirDates(a.fact.date ?? '', b.fact.date ?? ''));

const matchesTimes = (times: readonly SaidTime[], fact: Fact, assertion: Assertion, world: World): boolean =>
  times.every((saidTime) => testTime({ ...saidTime, role: 'any' }, fact, assertion, world).outcome === 'pass');

function goesAsSaid(direction: string | undefined, from: number, to: number): boolean {
  if (direction === 'up') return to > from;
  if (direction === 'down') return to < from;
  if (direction === 'stable') return Math.abs(to - from) <= Math.abs(from) * 0.05;
  return true;
}

/** The series from one to the other, as a whole, neither rises nor falls. */
function stays(series: readonly Candidate[], a: Candidate, b: Candidate): boolean {
  const inside = series
    .filter(({ fact }) => compareFhirDates(fact.date!, a.fact.date!) >= 0 && compareFhirDates(fact.date!, b.fact.date!) <= 0)
    .map(({ fact }) => fact);
  return trendOf(inside, substanceOf(a.fact.concepts))?.direction === 'stable';
}

/** Two values, the earlier and the later. */
function pairSeries(assertion: Assertion, pool: Pool, world: World, direction: string | undefined): SeriesResult | undefined {
  const bare = assertion.quantities.find((q) => q.role === 'from');
  const unit = assertion.quantities.find((q) => (q.role === 'to' || q.role === 'value') && q.quantity.unit !== undefined)?.quantity;
  // "from 12.1 to 10.1 g/dL": the unit is that of both.
  const from =
    bare && bare.quantity.unit === undefined && unit
      ? { ...bare, quantity: { ...bare.quantity, unit: unit.unit!, ...(unit.ucum === undefined ? {} : { ucum: unit.ucum }) } }
      : bare;
  const range = assertion.quantities.find((q) => q.role === 'range');
  const to = assertion.quantities.find((q) => q.role === 'to') ?? assertion.quantities.find((q) => q.role === 'value');
  const first = from ?? (range && { ...range, quantity: { ...range.quantity, form: 'single' as const } });
  const second = from
    ? to
    : range && { ...range, quantity: { ...range.quantity, form: 'single' as const, value: range.quantity.second ?? Number.NaN } };
  if (!first) return undefined;
  const by = assertion.quantities.find((q) => q.role === 'change');
  const series = byDate(pool.candidates.filter(({ fact }) => fact.value !== undefined && fact.date !== undefined));
  const firstTimes = assertion.times.filter((t) => t.of === 'from');
  const secondTimes = assertion.times.filter((t) => t.of === 'to');
  const windows = assertion.times.filter((t) => t.of === undefined);
  const spans = windows.filter((t) => t.time.relation === 'between');
  const points = windows.filter((t) => !spans.includes(t));
  const earlier = series.filter(
    ({ fact }) => testValue(first, fact, world).outcome === 'pass' && matchesTimes(firstTimes, fact, assertion, world),
  );
  const latest = series.at(-1);
  const later = series.filter(
    (candidate) =>
      (second ? testValue(second, candidate.fact, world).outcome === 'pass' : candidate.fact.date === latest?.fact.date) &&
      matchesTimes(secondTimes, candidate.fact, assertion, world),
  );
  for (const a of earlier) {
    for (const b of later) {
      if (compareFhirDates(a.fact.date!, b.fact.date!) >= 0) continue;
      const [x, y] = [amountOf(a.fact)?.value, valueLike(b.fact, a.fact)];
      if (x !== undefined && !(y !== undefined && goesAsSaid(direction, x, y)) && !(direction === 'stable' && stays(series, a, b)))
        continue;
      if (!spans.every(({ time }) => sameSpan(time, a.fact, b.fact))) continue;
      if (!points.every((t) => pointFits(t, a.fact, b.fact, assertion, world))) continue;
      if (said(assertion, 'order', 'latest') && b.fact.date !== latest?.fact.date) continue;
      if (stepwise(assertion) && !eachStep(series, a, b, direction)) continue;
      const wrong = factorCheck(assertion, a, b);
      if (wrong) return { checks: [wrong], ids: [...a.ids, ...b.ids], candidates: [a, b] };
      // "Rose by 0.5, from 1.18 to 1.22": the two values are right and the step is not.
      const step = by && stepOf(by, a.fact, b.fact);
      if (by && !step?.fits)
        return {
          checks: [
            step
              ? fail('trend', `from ${show(a.fact)} to ${show(b.fact)} is no change of ${by.quantity.text}`)
              : unknown('trend', `whether ${show(a.fact)} to ${show(b.fact)} is a change of ${by.quantity.text} is not decided`),
          ],
          ids: [...a.ids, ...b.ids],
          candidates: [a, b],
        };
      return {
        checks: [pass('trend', `${show(a.fact)}, then ${show(b.fact)}`), pass('number', 'both values are recorded')],
        ids: [...a.ids, ...b.ids],
        candidates: [a, b],
        used: [bare, to, range, by].filter((one) => one !== undefined),
      };
    }
  }
  const shown = [...earlier, ...later].slice(0, 2);
  if (earlier.length === 0 || later.length === 0) {
    const missing = earlier.length === 0 ? first : second;
    const near = series.filter(({ fact }) => matchesTimes(earlier.length === 0 ? firstTimes : secondTimes, fact, assertion, world));
    const rounded = missing && near.map(({ fact }) => testValue(missing, fact, world)).find(({ outcome }) => outcome === 'unknown');
    if (rounded)
      return { checks: [unknown('number', rounded.reason)], ids: near.slice(-1).flatMap((c) => c.ids), candidates: near.slice(-1) };
    return {
      checks: [
        pool.search || near.length > 0
          ? (bounded(missing) ? unknown : fail)(
              'number',
              `the record holds no ${pool.name} of ${missing?.quantity.text ?? ''} there${near[0] ? ` (it says ${show(near.at(-1)!.fact)})` : ''}`,
            )
          : unknown('number', `the evidence holds no ${pool.name} of ${missing?.quantity.text ?? ''}`),
      ],
      ids: near.slice(-1).flatMap((c) => c.ids),
      candidates: near.slice(-1),
    };
  }
  // "Steady around 1.0-1.1": where they stay, not from where to where.
  const lies = direction === 'stable' && range && series.slice(-2).every(({ fact }) => liesIn(fact, range));
  return {
    checks: [(lies ? unknown : fail)('trend', `the record says ${shown.map(({ fact }) => show(fact)).join(', ')}`)],
    ids: shown.flatMap((c) => c.ids),
    candidates: shown,
  };
}

/** "Doubled from 180 to 370": by how many times, against the two values; undefined where it is as said, or none is said. */
function factorCheck({ factor }: Assertion, a: Candidate, b: Candidate): SeriesResult['checks'][number] | undefined {
  if (!factor) return undefined;
  const [from, to] = [amountOf(a.fact)?.value, valueLike(b.fact, a.fact)];
  const fits = from === undefined || to === undefined ? undefined : fitsFactor(factor, from, to);
  if (fits) return undefined;
  return fits === false
    ? fail('trend', `the sentence says "${factor.text}", the record says ${show(a.fact)}, then ${show(b.fact)}`)
    : unknown('trend', `whether ${show(a.fact)} to ${show(b.fact)} is "${factor.text}" is not decided`);
}

/** "steadily", "at every visit", "every year": each value goes on from the one before. */
const stepwise = (assertion: Assertion): boolean =>
  assertion.cues.some((cue) => cue.type === 'manner') ||
  assertion.cues.some((cue) => cue.type === 'order' && (cue.sense === 'all' || cue.sense === 'always'));

function eachStep(series: readonly Candidate[], a: Candidate, b: Candidate, direction: string | undefined): boolean {
  if (direction !== 'up' && direction !== 'down') return true;
  const inside = series.filter(
    ({ fact }) => compareFhirDates(fact.date!, a.fact.date!) >= 0 && compareFhirDates(fact.date!, b.fact.date!) <= 0 && amountOf(fact),
  );
  return inside.slice(1).every(({ fact }, i) => {
    const next = valueLike(fact, inside[i]!.fact);
    return next !== undefined && goesAsSaid(direction, amountOf(inside[i]!.fact)!.value, next);
  });
}

/** "from 2015 to 2020": the first value of the one and the second of the other. */
function sameSpan(time: SaidTime['time'], a: Fact, b: Fact): boolean {
  if (!time.from || !time.to) return false;
  const start = compareDate(
    a.date,
    {
      ...time,
      to:
        time.precision === 'year'
          ? `${time.from.slice(0, 4)}-12-31`
          : time.precision === 'month'
            ? `${time.from.slice(0, 7)}-31`
            : time.from,
      relation: 'on',
    },
    true,
  );
  const end = compareDate(
    b.date,
    {
      ...time,
      from: time.precision === 'year' ? `${time.to.slice(0, 4)}-01-01` : time.precision === 'month' ? `${time.to.slice(0, 7)}-01` : time.to,
      relation: 'on',
    },
    true,
  );
  return start.outcome === 'pass' && end.outcome === 'pass';
}

/** One date beside two values: the later one's, or where the change began ("since"). */
function pointFits(saidTime: SaidTime, a: Fact, b: Fact, assertion: Assertion, world: World): boolean {
  const { relation } = saidTime.time;
  // "over the last four years" is said of four and a half as well.
  if (relation === 'within' && saidTime.time.relative && saidTime.time.from) {
    const slack = Math.max(20, daysBetween(saidTime.time.from, world.context.now) * 0.2);
    return [a, b].every((fact) => !!fact.date && daysBetween(fact.date, saidTime.time.from!) <= slack);
  }
  if (relation === 'since' || relation === 'within' || relation === 'after')
    return [a, b].every((fact) => !!fact.date && (!saidTime.time.from || fact.date.slice(0, 10) >= saidTime.time.from.slice(0, 10)));
  if (relation === 'for') {
    const days = saidTime.time.days ?? 0;
    const apart = daysBetween(a.date!, b.date!);
    return days === 0 || Math.abs(apart - days) <= Math.max(days * 0.25, 20);
  }
  return (
    testTime(saidTime, b, assertion, world).outcome === 'pass' ||
    (relation === 'in' &&
      testTime(saidTime, a, assertion, world).outcome === 'pass' &&
      testTime(saidTime, b, assertion, world).outcome === 'pass')
  );
}

/** "higher in 2020 than in 2018": every value of the one time against every value of the other. */
function comparisonSeries(assertion: Assertion, pool: Pool, world: World, direction: string | undefined): SeriesResult | undefined {
  if (direction !== 'up' && direction !== 'down') return undefined;
  const reference = assertion.cues.find((cue) =>
    /^(?:when |as )?compared (?:with|to)$|^(?:in comparison (?:with|to)|relative to|versus)$/i.test(cue.text),
  );
  const comparing = reference !== undefined || assertion.cues.some((cue) => cue.type === 'than' || cue.text.endsWith('than'));
  if (
    !comparing ||
    assertion.times.length !== 2 ||
    assertion.quantities.some((q) => q.role === 'value' || q.role === 'from' || q.role === 'to')
  )
    return undefined;
  const inOrder = [...assertion.times].sort((a, b) => a.start - b.start);
  // "Compared with 2018, it was higher in 2020": the time right after the comparing word is the one compared with.
  const against = reference && inOrder.find((saidTime) => saidTime.start > reference.start);
  const [first, second] = against ? [inOrder.find((saidTime) => saidTime !== against), against] : inOrder;
  const at = (saidTime: SaidTime) =>
    pool.candidates.filter(
      ({ fact }) => amountOf(fact) && fact.date && testTime({ ...saidTime, role: 'any' }, fact, assertion, world).outcome === 'pass',
    );
  const [those, others] = [at(first!), at(second!)];
  if (those.length === 0 || others.length === 0)
    return { checks: [unknown('trend', `the record holds no ${pool.name} of one of the two times`)], ids: [], candidates: [] };
  const compared = those.flatMap((a) => others.map((b) => [amountOf(b.fact)!.value, valueLike(a.fact, b.fact)] as const));
  if (compared.some(([, value]) => value === undefined))
    return { checks: [unknown('trend', `the values of ${pool.name} are in units that cannot be compared`)], ids: [], candidates: [] };
  const agree = compared.map(([from, to]) => goesAsSaid(direction, from, to!));
  const text = `${show(those[0]!.fact)}; ${show(others[0]!.fact)}`;
  const result = (check: ReturnType<typeof pass>): SeriesResult => ({
    checks: [check],
    ids: [...those[0]!.ids, ...others[0]!.ids],
    candidates: [...those, ...others],
  });
  if (agree.every(Boolean)) return result(pass('trend', text));
  return result(
    agree.some(Boolean) ? unknown('trend', `the values of the two times overlap (${text})`) : fail('trend', `the record says ${text}`),
  );
}

/** The part of the series that the sentence speaks of. */
function windowed(assertion: Assertion, series: readonly Candidate[], world: World): readonly Candidate[] {
  let inside = series;
  for (const saidTime of assertion.times) {
    const { time } = saidTime;
    if (time.relation === 'for' && time.days !== undefined) {
      const from = new Date(Date.parse(world.context.now) - (time.days + (time.fuzzyDays ?? 0)) * 86_400_000).toISOString().slice(0, 10);
      inside = inside.filter(({ fact }) => fact.date! >= from);
    } else if (time.relation === 'ago' && time.from) {
      const near = inside.filter(({ fact }) => testTime(saidTime, fact, assertion, world).outcome === 'pass');
      inside = near[0] ? inside.filter(({ fact }) => compareFhirDates(fact.date!, near[0]!.fact.date!) >= 0) : [];
    } else if (time.relation === 'on' || (time.relation === 'in' && !time.relative)) {
      // "higher than in 2018", "since then": from that time to the latest; a change within one year where it holds two values and no comparison is made.
      const there = inside.filter(({ fact }) => testTime(saidTime, fact, assertion, world).outcome === 'pass');
      const within =
        there.length >= 2 && !assertion.cues.some((cue) => cue.type === 'trend' && /er$|than/.test(cue.text))
          ? there
          : there[0]
            ? [...there, ...inside.filter(({ fact }) => compareFhirDates(fact.date!, there.at(-1)!.fact.date!) > 0)]
            : [];
      inside = within;
    } else
      inside = inside.filter(
        ({ fact }) =>
          (!time.from || fact.date!.slice(0, 10) >= time.from.slice(0, 10)) &&
          (!time.to || fact.date!.slice(0, 10) <= time.to.slice(0, 10)),
      );
  }
  return inside;
}

/** "In the year to August 2020": from a value a year before the last one of that time. */
function spanTo(assertion: Assertion, inside: readonly Candidate[]): [Candidate, Candidate] | 'open' | undefined {
  const until = assertion.times.find((said) => said.time.relation === 'until');
  const span =
    until &&
    /\b(?:in|over|during|within) the (?:(\d+|two|three|four|five|six|ten|twelve) )?(year|month|week)s?\s*$/i.exec(
      assertion.text.slice(0, until.start),
    );
  if (!span) return undefined;
  const count = span[1] === undefined ? 1 : (COUNTS[span[1].toLowerCase()] ?? Number(span[1]));
  const days = count * (/year/i.test(span[2]!) ? 365.25 : /month/i.test(span[2]!) ? 30.4375 : 7);
  const last = inside.at(-1)!;
  const off = ({ fact }: Candidate) => Math.abs(daysBetween(fact.date!, last.fact.date!) - days);
  const [first] = inside.slice(0, -1).sort((a, b) => off(a) - off(b));
  return first && off(first) <= Math.max(days * 0.2, 10) ? [first, last] : 'open';
}

const COUNTS = smallNumbers(12);

function changeSeries(assertion: Assertion, pool: Pool, world: World, direction: string | undefined): SeriesResult | undefined {
  const change = assertion.quantities.find((q) => q.role === 'change');
  if (!change) return undefined;
  const nothing = { ids: [], candidates: [] };
  if (!pool.search) return { checks: [unknown('trend', `the evidence is no complete search for ${pool.name}`)], ...nothing };
  const inside = byDate(windowed(assertion, byDate(pool.candidates.filter(({ fact }) => amountOf(fact) && fact.date)), world));
  if (inside.length < 2) return { checks: [unknown('trend', `fewer than two values of ${pool.name} stand in that time`)], ...nothing };
  const value = assertion.quantities.find((q) => q.role === 'value');
  const told = value && testValue(value, inside.at(-1)!.fact, world);
  if (told && told.outcome !== 'pass')
    return { checks: [{ name: 'number', ...told }], ids: inside.at(-1)!.ids, candidates: inside.slice(-1) };
  const upTo = spanTo(assertion, inside);
  if (upTo === 'open') return { checks: [unknown('trend', `no value of ${pool.name} stands at the start of that time`)], ...nothing };
  const pairs: [Candidate, Candidate][] = [upTo ?? [inside[0]!, inside.at(-1)!]];
  if (assertion.times.length === 0) pairs.push([inside.at(-2)!, inside.at(-1)!]);
  const quantity = readQuantity(change.quantity);
  if (quantity.unit === undefined && inSeveralUnits(inside.map(({ fact }) => fact)))
    return { checks: [unknown('unit', `${pool.name} is recorded in several units`)], ...nothing };
  for (const [a, b] of pairs) {
    const step = stepOf(change, a.fact, b.fact);
    if (step?.fits && goesAsSaid(direction, step.from, step.to))
      return {
        checks: [pass('trend', `${show(a.fact)}, then ${show(b.fact)}`)],
        ids: [...a.ids, ...b.ids],
        candidates: [a, b],
        used: [change],
      };
  }
  const [a, b] = pairs[0]!;
  const decided = pairs.some(([x, y]) => stepOf(change, x.fact, y.fact) !== undefined);
  return {
    checks: [(decided ? fail : unknown)('trend', `the record says ${show(a.fact)}, then ${show(b.fact)}`)],
    ids: [...a.ids, ...b.ids],
    candidates: [a, b],
  };
}

/** "Rose to 6.1 in 2019": the value of that time, and the one before it. */
function reachedAt(assertion: Assertion, series: readonly Candidate[], world: World): readonly Candidate[] | undefined {
  const [time] = assertion.times;
  if (!time || assertion.times.length > 1 || time.time.relative || !['in', 'on'].includes(time.time.relation)) return undefined;
  if (assertion.cues.some((cue) => cue.type === 'than' || (cue.type === 'trend' && /er$|than/.test(cue.text)))) return undefined;
  const there = series.filter(({ fact }) => testTime(time, fact, assertion, world).outcome === 'pass');
  const at = there.length === 1 ? series.indexOf(there[0]!) : -1;
  return at > 0 ? series.slice(at - 1, at + 1) : undefined;
}

function directionSeries(assertion: Assertion, pool: Pool, world: World, sense: string): SeriesResult {
  const nothing = { ids: [], candidates: [] };
  if (!pool.search)
    return { checks: [unknown('trend', `the evidence is no complete search for ${pool.name}, so it shows no trend`)], ...nothing };
  const series = byDate(pool.candidates.filter(({ fact }) => amountOf(fact) && fact.date));
  let inside = byDate(windowed(assertion, series, world));
  if (
    said(assertion, 'order', 'previous') ||
    (said(assertion, 'order', 'latest') && assertion.times.length === 0) ||
    /than (?:before|last time|previously|the last)/i.test(assertion.cues.map((cue) => cue.text).join(' '))
  )
    inside = series.slice(-2);
  const values = assertion.quantities.filter((q) => q.role === 'value' || q.role === 'to');
  const reached = values.length > 0 ? reachedAt(assertion, series, world) : undefined;
  if (reached) inside = reached;
  const ends = inside.length >= 2 ? [inside[0]!, inside.at(-1)!] : [];
  if (ends.length < 2) return { checks: [unknown('trend', `fewer than two values of ${pool.name} stand in that time`)], ...nothing };
  const [a, b] = ends as [Candidate, Candidate];
  const result = (check: ReturnType<typeof pass>): SeriesResult => ({
    checks: [check],
    ids: [...a.ids, ...b.ids],
    candidates: [a, b],
    used: values,
  });
  for (const value of values) {
    const tested = testValue(value, b.fact, world);
    if (tested.outcome !== 'pass')
      return result(tested.outcome === 'fail' ? fail('number', tested.reason) : unknown('number', tested.reason));
  }
  const text = `${show(a.fact)}, then ${show(b.fact)}`;
  const later = valueLike(b.fact, a.fact);
  if (later === undefined) return result(unknown('trend', `the values are in units that cannot be compared (${text})`));
  const [x, y] = [amountOf(a.fact)!, { value: later }];
  if (assertion.factor) return result(factorCheck(assertion, a, b) ?? pass('trend', text));
  if (sense === 'better' || sense === 'worse') {
    const [was, is] = [a.fact.flag, b.fact.flag];
    if (was && is && (was === 'N') !== (is === 'N'))
      return result(
        (is === 'N') === (sense === 'better') ? pass('trend', `${text}, by the recorded flags`) : fail('trend', `the record says ${text}`),
      );
    return result(unknown('trend', `whether that is ${sense} is a judgement that the record does not make (${text})`));
  }
  if (stepwise(assertion) && !eachStep(inside, a, b, sense))
    return result(fail('trend', `not at every step: the record says ${text}, with others between`));
  // 13.810 and 13.809 are both shown as 13.8: no movement that anybody can see.
  if (
    (sense === 'up' || sense === 'down') &&
    (amountOf(a.fact)!.text === amountOf(b.fact)?.text || Math.abs(y.value - x.value) < NOISE * Math.abs(x.value))
  )
    return result(unknown('trend', `whether so small a change counts is not decided (${text})`));
  const figures = trendOf(
    inside.map(({ fact }) => fact),
    substanceOf(a.fact.concepts),
  );
  if (sense === 'change') return result(unknown('trend', `"changed" names no direction (${text})`));
  const found = figures?.direction;
  if (found === NAMED[sense]) return result(pass('trend', `${text}: ${found}`));
  if (sense === 'up' || sense === 'down') {
    const difference = y.value - x.value;
    const moved = figures
      ? Math.abs(figures.change?.difference ?? 0) >= figures.minimalChange
      : Math.abs(difference) > 0.05 * Math.abs(x.value);
    const compared =
      inside.length === 2 || assertion.times.some((t) => t.time.relation === 'in' || t.time.relation === 'on' || t.time.relation === 'ago');
    if (goesAsSaid(sense, x.value, y.value) && (compared || (moved && found !== OPPOSITE[sense] && found !== 'stable')))
      return result(pass('trend', text));
  }
  // A small movement is one where every value goes on from the one before; between two of many it is a judgement.
  if ((sense === 'up' || sense === 'down') && found !== OPPOSITE[sense] && found !== 'fluctuating' && goesAsSaid(sense, x.value, y.value))
    return result(
      inside.length > 2 && assertion.times.length > 0 && eachStep(inside, a, b, sense)
        ? pass('trend', `${text}, each going on from the one before`)
        : unknown('trend', `whether so small a change counts is not decided (${text})`),
    );
  // Between a clear change and none at all, "stable" is a judgement.
  if (sense === 'stable' && Math.abs(y.value - x.value) < 0.1 * Math.abs(x.value))
    return result(unknown('trend', `whether that is stable is not decided (${text})`));
  return result(fail('trend', `the record says ${text}${found ? `: ${found}` : ''}`));
}

/** A factor beside another measure of the change is read by nobody. */
function withFactor<T extends SeriesResult | undefined>(result: T, { factor }: Assertion): T {
  if (!result || !factor) return result;
  return { ...result, checks: [...result.checks, unknown('trend', `whether it is "${factor.text}" is not decided`)] };
}

function ofSeries(assertion: Assertion, pool: Pool, world: World): SeriesResult | undefined {
  if (assertion.negated || assertion.noLonger) return undefined;
  const cues = assertion.cues.filter((cue) => cue.type === 'trend');
  const paired = assertion.quantities.some((q) => q.role === 'from' || q.role === 'change');
  if (cues.length === 0 && !paired) return undefined;
  if (pool.candidates.some(({ fact }) => fact.kind === 'medication')) {
    const moved = cues.filter((cue) => !cue.negated).map((cue) => cue.sense);
    const changed =
      moved.length === cues.length
        ? doseChange(
            assertion,
            pool,
            world,
            moved.find((sense) => sense !== 'change'),
          )
        : undefined;
    if (changed) return changed;
  }
  if (pool.candidates.every(({ fact }) => fact.kind === 'medication' || fact.kind === 'problem')) {
    return { checks: [unknown('trend', `the record holds no series of numbers for ${pool.name}`)], ids: [], candidates: [] };
  }
  const directions = new Set(
    cues.map((cue) =>
      cue.negated && (cue.sense === 'up' || cue.sense === 'down') ? 'not' : cue.negated && cue.sense === 'change' ? 'stable' : cue.sense,
    ),
  );
  if (cues.some(({ sense }) => MULTIPLES.includes(sense)) && !assertion.factor)
    return {
      checks: [unknown('trend', `of what "${cues.map(({ text }) => text).join(' ')}" is said is not clear`)],
      ids: [],
      candidates: [],
    };
  if (directions.has('not')) return { checks: [unknown('trend', 'what a series did not do is not decided')], ids: [], candidates: [] };
  directions.delete('change');
  // "doubled", "halved": the factor says the direction too.
  for (const multiple of MULTIPLES) if (directions.delete(multiple)) directions.add(multiple === 'half' ? 'down' : 'up');
  const sense = [...directions][0];
  if (directions.size > 1)
    return { checks: [unknown('trend', `several movements are said of ${pool.name} at once`)], ids: [], candidates: [] };
  const compared = comparisonSeries(assertion, pool, world, sense);
  if (compared) return withFactor(compared, assertion);
  const found =
    pairSeries(assertion, pool, world, sense) ??
    withFactor(changeSeries(assertion, pool, world, sense), assertion) ??
    directionSeries(assertion, pool, world, sense ?? 'change');
  return { ...found, checks: [...found.checks, ...besideTrend(found, assertion, pool, world)] };
}

export const trend: CheckPart = {
  series: (assertion, pool, world) => byPart(assertion, pool, world, ofSeries) ?? ofSeries(assertion, pool, world),
};
