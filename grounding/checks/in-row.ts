/** Values of one thing told in a row, in the order of their dates: "the last two were 4.7 and 4.39", "climbing: 73, 85, 89", "8.67 then 9.18". */
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import { dayOf } from '../matching/dates.ts';
import { amountOf, showAmount, valueLike } from '../matching/quantities.ts';
import type { Candidate, World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { type CheckPart, fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { testValue } from './number.ts';

/** The whole entries that hold a number, oldest first; of two on one day nobody knows which came first. */
function dated(pool: Pool): readonly Candidate[] {
  const measured = pool.candidates.filter(({ fact }) => fact.date !== undefined && fact.value !== undefined);
  const whole = measured.filter(
    ({ fact }) => fact.part === undefined || !measured.some((other) => other.fact.id === fact.id && other.fact.part === undefined),
  );
  return [...whole].sort((a, b) => compareFhirDates(a.fact.date!, b.fact.date!));
}

const fits = (values: readonly SaidQuantity[], run: readonly Candidate[], world: World): boolean =>
  values.length === run.length && values.every((value, i) => testValue(value, run[i]!.fact, world).outcome === 'pass');

/** The row, in its own order, among the values in theirs, with others between. */
function follows(values: readonly SaidQuantity[], series: readonly Candidate[], world: World): boolean {
  let at = 0;
  for (const { fact } of series) if (at < values.length && testValue(values[at]!, fact, world).outcome === 'pass') at += 1;
  return at === values.length;
}

const shown = ({ fact }: Candidate): string =>
  `${amountOf(fact) ? showAmount(amountOf(fact)!) : (fact.value?.text ?? '')} on ${formatDate(fact.date!)}`;

const goes = (run: readonly Candidate[], sense: string): boolean =>
  run.slice(1).every(({ fact }, i) => {
    const [before, after] = [amountOf(run[i]!.fact)?.value, valueLike(fact, run[i]!.fact)];
    return before !== undefined && after !== undefined && (sense === 'up' ? after > before : after < before);
  });

function testRow(values: readonly SaidQuantity[], assertion: Assertion, pool: Pool, world: World): SeriesResult {
  const series = dated(pool);
  const last = series.slice(-values.length);
  const result = (check: SeriesResult['checks'][number], of: readonly Candidate[] = last): SeriesResult => ({
    checks: [check],
    ids: [...new Set(of.flatMap(({ ids }) => ids))],
    candidates: of,
  });
  if (!pool.search) return result(unknown('number', `the evidence is no complete search for ${pool.name}`));
  const strange = values.find((value) => !series.some(({ fact }) => testValue(value, fact, world).outcome !== 'fail'));
  const trend = assertion.cues.find((cue) => cue.type === 'trend')?.sense;
  if (strange)
    return result(fail('number', `the record holds no ${pool.name} of ${strange.quantity.text} (it says ${last.map(shown).join(', ')})`));
  const days = new Set(last.map(({ fact }) => dayOf(fact.date!)));
  const sure = days.size === last.length && last.length === values.length;
  const ordered = fits(values, last, world);
  const direct = trend === undefined || !/^(?:up|down)$/.test(trend) || goes(last, trend);
  if (ordered && sure && direct) return result(pass('number', `the record says ${last.map(shown).join(', ')}`));
  if (assertion.lastOf && sure) {
    // Of the last ones, told backwards or in any order where they are two.
    if (fits([...values].reverse(), last, world) && trend === undefined)
      return result(pass('number', `the record says ${last.map(shown).join(', ')}`));
    const other = values.find((value) => last.every(({ fact }) => testValue(value, fact, world).outcome === 'fail'));
    if (other)
      return result(fail('number', `the sentence says ${other.quantity.text}, the last ${last.length} are ${last.map(shown).join(', ')}`));
  }
  const open = `whether they are meant as ${last.map(shown).join(', ')} is not clear`;
  if (trend !== undefined && !follows(values, series, world) && !ordered)
    return result(fail('trend', `not in that order: the record says ${last.map(shown).join(', ')}`));
  return result(unknown('number', open));
}

export const inRow: CheckPart = {
  counts: true,
  series(assertion, pool, world) {
    const values = assertion.row;
    return values ? testRow(values, assertion, pool, world) : undefined;
  },
};
