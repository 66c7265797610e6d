/** The part of a series that a sentence about its course speaks of. */
import { compareFhirDates, daysBetween } from '../../language/dates.ts';
import { smallNumbers } from '../../language/number-words.ts';
import type { Fact } from '../../records/contract.ts';
import { compareDate } from '../matching/dates.ts';
import type { Candidate, World } from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import { testTime } from './said-time.ts';

/** "from 2015 to 2020": the first value of the one and the second of the other. */
export function sameSpan(time: SaidTime['time'], a: Fact, b: Fact): boolean {
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
export function pointFits(saidTime: SaidTime, a: Fact, b: Fact, assertion: Assertion, world: World): boolean {
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

/** The part of the series that the sentence speaks of. */
export function windowed(assertion: Assertion, series: readonly Candidate[], world: World): readonly Candidate[] {
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
export function spanTo(assertion: Assertion, inside: readonly Candidate[]): [Candidate, Candidate] | 'open' | undefined {
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

/** "Rose to 6.1 in 2019": the value of that time, and the one before it. */
export function reachedAt(assertion: Assertion, series: readonly Candidate[], world: World): readonly Candidate[] | undefined {
  const [time] = assertion.times;
  if (!time || assertion.times.length > 1 || time.time.relative || !['in', 'on'].includes(time.time.relation)) return undefined;
  if (assertion.cues.some((cue) => cue.type === 'than' || (cue.type === 'trend' && /er$|than/.test(cue.text)))) return undefined;
  const there = series.filter(({ fact }) => testTime(time, fact, assertion, world).outcome === 'pass');
  const at = there.length === 1 ? series.indexOf(there[0]!) : -1;
  return at > 0 ? series.slice(at - 1, at + 1) : undefined;
}
