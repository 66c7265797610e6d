/** "From A to B": two values of a series and what lies between them. */
import { compareFhirDates } from '../../language/dates.ts';
import { amountOf, valueLike } from '../matching/quantities.ts';
import { type Candidate, said, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { fitsFactor } from '../reading/factor.ts';
import { stepOf } from './change.ts';
import { fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { testValue } from './number.ts';
import { between, bounded, byDate, eachStep, goesAsSaid, liesIn, matchesTimes, show, stays, stepwise } from './steps.ts';
import { pointFits, sameSpan } from './trend-window.ts';
import { against, ongoing, turnedText } from './turned.ts';

/** Rose, fell, stable, from A to B, by how much: read from the recorded series. */

export const MULTIPLES = ['double', 'triple', 'half'];

/** Two values, the earlier and the later. */
export function pairSeries(assertion: Assertion, pool: Pool, world: World, direction: string | undefined): SeriesResult | undefined {
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
      const back = b.fact.date === latest?.fact.date && ongoing(assertion) ? against(between(series, a, b)) : undefined;
      if (back)
        return {
          checks: [unknown('trend', `${show(a.fact)}, then ${show(b.fact)}, and ${turnedText(back, b)}`)],
          ids: [...a.ids, ...b.ids],
          candidates: [a, b],
        };
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
export function factorCheck({ factor }: Assertion, a: Candidate, b: Candidate): SeriesResult['checks'][number] | undefined {
  if (!factor) return undefined;
  const [from, to] = [amountOf(a.fact)?.value, valueLike(b.fact, a.fact)];
  const fits = from === undefined || to === undefined ? undefined : fitsFactor(factor, from, to);
  if (fits) return undefined;
  return fits === false
    ? fail('trend', `the sentence says "${factor.text}", the record says ${show(a.fact)}, then ${show(b.fact)}`)
    : unknown('trend', `whether ${show(a.fact)} to ${show(b.fact)} is "${factor.text}" is not decided`);
}
