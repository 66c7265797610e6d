/** "In hospital from 3 to 9 May": a stay has two ends, and both are compared. */
import { formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate, dayOf } from '../matching/dates.ts';
import type { Tested } from '../matching/world.ts';
import type { SaidTime } from '../reading/assertions.ts';

/** The first or last day that a part of the span as written can mean ("to February 1994"). */
function pointsOf({ time }: SaidTime): { readonly from: SaidTime['time']; readonly to: SaidTime['time'] } {
  const [from, to] = [time.from!.slice(0, 10), time.to!.slice(0, 10)];
  const whole = (iso: string, precision: string): readonly [string, string] =>
    precision === 'year'
      ? [`${iso.slice(0, 4)}-01-01`, `${iso.slice(0, 4)}-12-31`]
      : precision === 'month'
        ? [`${iso.slice(0, 7)}-01`, `${iso.slice(0, 7)}-31`]
        : [iso, iso];
  const [first, last] = [whole(from, time.precision ?? 'day'), whole(to, time.precision ?? 'day')];
  return {
    from: { ...time, from: first[0], to: first[1], relation: 'on' },
    to: { ...time, from: last[0], to: last[1], relation: 'on' },
  };
}

/** What the record says of a visit beside a time with two ends; undefined where the time is no such span. */
export function testStay(said: SaidTime, fact: Fact): Tested | undefined {
  const { time, role } = said;
  if (fact.kind !== 'visit' || !fact.date || !time.from || !time.to || time.relation !== 'between' || role === 'window') return undefined;
  const points = pointsOf(said);
  const start = compareDate(fact.date, points.from, true, 'the start');
  const end = compareDate(fact.end ?? fact.date, points.to, true, 'the end');
  const shown = `the visit was ${formatDate(fact.date)}${fact.end ? ` to ${formatDate(fact.end)}` : ''}`;
  if (start.outcome === 'pass' && end.outcome === 'pass') return { outcome: 'pass', reason: shown };
  const inside = dayOf(fact.date) >= dayOf(time.from) && dayOf(fact.end ?? fact.date) <= dayOf(time.to);
  // "Seen between May and July": somewhere in it.
  if (/between/i.test(time.text) && inside) return { outcome: 'pass', reason: shown };
  return inside && time.precision !== 'day'
    ? { outcome: 'unknown', reason: `whether "${time.text}" is how long it lasted is not clear: ${shown}` }
    : { outcome: 'fail', reason: `the sentence says "${time.text}", ${shown}` };
}
