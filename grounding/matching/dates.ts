import type { TimeExpression } from '../../language/contract.ts';
import { dateSpan, daysBetween, formatDate } from '../../language/dates.ts';
import type { Tested } from './world.ts';

const day = (iso: string): string => iso.slice(0, 10);

/** End of the span that a "since 2019" names: the year, the month or the day itself. */
export function anchorEnd(from: string, precision: TimeExpression['precision']): string {
  if (precision === 'year') return `${from.slice(0, 4)}-12-31`;
  if (precision === 'month') {
    const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
    return `${from.slice(0, 8)}${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`;
  }
  return day(from);
}

function shiftDay(iso: string, days: number): string {
  return new Date(Date.parse(`${day(iso)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The span in which a point in time must lie to be what is said; `since` and `until` as points. */
export function saidSpan(time: TimeExpression, asPoint: boolean): { from?: string; to?: string } {
  if (time.fuzzyDays !== undefined && (time.relation === 'ago' || (time.relative && time.from !== undefined && time.from === time.to))) {
    const slack = Math.max(1, time.fuzzyDays);
    return { ...(time.from ? { from: shiftDay(time.from, -slack) } : {}), ...(time.to ? { to: shiftDay(time.to, slack) } : {}) };
  }
  if (asPoint && time.relation === 'since' && time.from && time.to === undefined)
    return { from: day(time.from), to: anchorEnd(time.from, time.precision) };
  if (asPoint && time.relation === 'until' && time.to) {
    const from =
      time.precision === 'year' ? `${time.to.slice(0, 4)}-01-01` : time.precision === 'month' ? `${time.to.slice(0, 7)}-01` : day(time.to);
    return { from, to: day(time.to) };
  }
  return { ...(time.from ? { from: day(time.from) } : {}), ...(time.to ? { to: day(time.to) } : {}) };
}

/** "in November", "on 3 December": the year is only guessed, and the record may know it better. */
const isYearless = (time: TimeExpression): boolean =>
  time.relative === true &&
  ['on', 'in'].includes(time.relation) &&
  time.from !== undefined &&
  (time.precision === 'month' || time.precision === 'day') &&
  /^(?:(?:on|in|of|at) )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2}(?:st|nd|rd|th)?)?\.?$/i.test(
    time.text,
  );

const yearOf = (time: TimeExpression): number => Number(time.from!.slice(0, 4));

const sameDayOfYear = (time: TimeExpression, iso: string): boolean =>
  time.precision === 'month' ? time.from!.slice(5, 7) === iso.slice(5, 7) : time.from!.slice(5, 10) === iso.slice(5, 10);

/** A recorded date against what is said of it. A date recorded more coarsely than it is said is not decided. */
export function compareDate(recorded: string | undefined, time: TimeExpression, asPoint: boolean, what = 'the date'): Tested {
  if (recorded === undefined) return { outcome: 'unknown', reason: `no date is recorded, the sentence says "${time.text}"` };
  const span = dateSpan(recorded);
  if (!span) return { outcome: 'unknown', reason: `the recorded date ${recorded} cannot be read` };
  const wanted = saidSpan(time, asPoint);
  const shown = formatDate(recorded);
  if (wanted.from === undefined && wanted.to === undefined) return { outcome: 'unknown', reason: `"${time.text}" names no point in time` };
  const [from, to] = [day(span.from), day(span.to)];
  const inside = (wanted.from === undefined || from >= wanted.from) && (wanted.to === undefined || to <= wanted.to);
  if (inside) {
    if (time.precision === 'minute' && time.from && recorded.length > 10 && recorded.slice(11, 16) !== time.from.slice(11, 16))
      return { outcome: 'fail', reason: `the sentence says ${time.text}, the record says ${recorded.slice(0, 16).replace('T', ' ')}` };
    return { outcome: 'pass', reason: `${what} ${shown} is as said` };
  }
  const apart = (wanted.from !== undefined && to < wanted.from) || (wanted.to !== undefined && from > wanted.to);
  if (apart && isYearless(time) && sameDayOfYear(time, from) && Math.abs(Number(from.slice(0, 4)) - yearOf(time)) === 1)
    return { outcome: 'pass', reason: `${what} ${shown} is as said, in the year that the record gives` };
  if (apart && time.otherwise !== undefined && from === time.otherwise)
    return { outcome: 'unknown', reason: `"${time.text}" can be read in two ways; the record says ${shown}` };
  // "(Apr 24)" may be a month of a year.
  const short = /^([A-Z][a-z]{2,8})\.? '?(\d\d)$/.exec(time.text);
  if (apart && short && from.slice(2, 4) === short[2] && formatDate(from).includes(short[1]!.slice(0, 3)))
    return { outcome: 'unknown', reason: `"${time.text}" can be read in two ways; the record says ${shown}` };
  if (apart) return { outcome: 'fail', reason: `the sentence says "${time.text}", the record says ${shown}` };
  return { outcome: 'unknown', reason: `the record says ${shown}, which is less exact than "${time.text}"` };
}

/** Length in days against a said length with the slack that its unit admits. */
export function sameLength(saidDays: number, unitDays: number, recordedDays: number): boolean {
  // "seven years" is also said until the eighth is full.
  return (
    Math.abs(saidDays - recordedDays) <= Math.max(unitDays * 0.6, saidDays * 0.03, saidDays > 4 ? 1 : 0.6) ||
    (recordedDays >= saidDays && recordedDays < saidDays + unitDays * 0.97)
  );
}

export const lengthOf = (from: string, to: string): number => daysBetween(from, to);
export const dayOf = day;
