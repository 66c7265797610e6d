/** Rose, fell, stable, from A to B, by how much: read from the recorded series. */
import { amountOf, inSeveralUnits, readQuantity, valueLike } from '../matching/quantities.ts';
import type { Candidate, World } from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import { besideTrend } from './beside-trend.ts';
import { byPart } from './by-part.ts';
import { stepOf } from './change.ts';
import { type CheckPart, fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { crossing } from './crossing.ts';
import { doseChange } from './dose-change.ts';
import { inPregnancy } from './in-pregnancy.ts';
import { testValue } from './number.ts';
import { testTime } from './said-time.ts';
import { byDate, goesAsSaid, show } from './steps.ts';
import { directionSeries, withFactor } from './trend-direction.ts';
import { MULTIPLES, pairSeries } from './trend-pair.ts';
import { spanTo, windowed } from './trend-window.ts';

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

function ofSeries(assertion: Assertion, pool: Pool, world: World): SeriesResult | undefined {
  if (assertion.negated || assertion.noLonger) return undefined;
  const crossed = crossing(assertion, pool, world);
  if (crossed) return { ...crossed, checks: [...crossed.checks, ...besideTrend(crossed, assertion, pool, world)] };
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
  series: (assertion, pool, world) => {
    const read = (said: Assertion, among: Pool) => byPart(said, among, world, ofSeries) ?? ofSeries(said, among, world);
    const whole = read(assertion, pool);
    return whole && (inPregnancy(assertion, pool, world, read) ?? whole);
  },
};
