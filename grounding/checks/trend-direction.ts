/** "Rose since 2018", "is stable": the course of a series without its values. */
import { substanceOf } from '../../language/analytes.ts';
import { trend as trendOf } from '../../records/chart/trend.ts';
import { amountOf, valueLike } from '../matching/quantities.ts';
import { type Candidate, said, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { testValue } from './number.ts';
import { byDate, eachStep, goesAsSaid, NOISE, show, stepwise } from './steps.ts';
import { factorCheck } from './trend-pair.ts';
import { reachedAt, windowed } from './trend-window.ts';
import { ofNewest, turnedText } from './turned.ts';

const OPPOSITE: Readonly<Record<string, string>> = { up: 'falling', down: 'rising' };

const NAMED: Readonly<Record<string, string>> = { up: 'rising', down: 'falling', stable: 'stable', fluctuating: 'fluctuating' };

export function directionSeries(assertion: Assertion, pool: Pool, world: World, sense: string): SeriesResult {
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
  const back = ofNewest(assertion, inside);
  if (back && sense in OPPOSITE) {
    // "Decreased to 1.48", the newest value, after 1.86.
    if (values.length > 0 && NAMED[sense] === back.direction) return result(pass('trend', turnedText(back, b)));
    return result(unknown('trend', `the record says ${text}, and ${turnedText(back, b)}`));
  }
  if (sense === 'better' || sense === 'worse') {
    if (back) return result(unknown('trend', `the record says ${text}, and ${turnedText(back, b)}`));
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
export function withFactor<T extends SeriesResult | undefined>(result: T, { factor }: Assertion): T {
  if (!result || !factor) return result;
  return { ...result, checks: [...result.checks, unknown('trend', `whether it is "${factor.text}" is not decided`)] };
}
