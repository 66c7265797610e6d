import { dayNumber, isoDay, lastDayOfMonth } from '../../../language/fhir-dates.ts';

/** A calendar day, "2026-03-14"; days compare as strings. */
export type Day = string;

export interface Span {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
}

/** The clinic's time zone, in which every visit has its hour. */
export const ZONE = 'America/New_York';

/** `day` moved by a span, months first: 31 January and a month is the last of February. */
export function plus(day: Day, { years = 0, months = 0, weeks = 0, days = 0 }: Span): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const moved = year * 12 + (month - 1) + years * 12 + months;
  const [toYear, toMonth] = [Math.floor(moved / 12), (((moved % 12) + 12) % 12) + 1];
  const first = `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-01`;
  return isoDay(dayNumber(first) + Math.min(date, lastDayOfMonth(toYear, toMonth)) - 1 + weeks * 7 + days);
}

export function minus(day: Day, { years = 0, months = 0, weeks = 0, days = 0 }: Span): Day {
  return plus(day, { years: -years, months: -months, weeks: -weeks, days: -days });
}

export const daysFrom = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

/** Days from `from` up to and including `to`, a span apart. */
export function every(from: Day, to: Day, span: Span): readonly Day[] {
  const found: Day[] = [];
  for (let i = 0; ; i++) {
    const day = plus(from, {
      years: (span.years ?? 0) * i,
      months: (span.months ?? 0) * i,
      weeks: (span.weeks ?? 0) * i,
      days: (span.days ?? 0) * i,
    });
    if (day > to || (i > 0 && day <= from)) return found;
    found.push(day);
  }
}

const weekday = (day: Day): number => (((dayNumber(day) + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday; Sunday is 0
/** Federal holidays of a fixed date, by month and day: New Year, Juneteenth, Independence Day, Veterans Day, Christmas. */
const FIXED: ReadonlySet<string> = new Set(['01-01', '06-19', '07-04', '11-11', '12-25']);
/** Juneteenth has been one since 2021 (Public Law 117-17). */
const isFixedHoliday = (day: Day): boolean => FIXED.has(day.slice(5)) && !(day.endsWith('06-19') && day < '2021');
/** Those of a weekday, by month: which one of the month, the last as 5. King's birthday, Washington's birthday, Memorial, Labor, Columbus Day, Thanksgiving. */
const MOVABLE: Readonly<Record<string, readonly [weekday: number, which: number]>> = {
  '01': [1, 3],
  '02': [1, 3],
  '05': [1, 5],
  '09': [1, 1],
  '10': [1, 2],
  '11': [4, 4],
};
function isMovableHoliday(day: Day): boolean {
  const [on, which] = MOVABLE[day.slice(5, 7)] ?? [];
  if (weekday(day) !== on) return false;
  const date = Number(day.slice(8));
  return which === 5 ? plus(day, { days: 7 }).slice(5, 7) !== day.slice(5, 7) : Math.ceil(date / 7) === which;
}
/** A fixed holiday on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after it (5 U.S.C. 6103). */
const isObserved = (day: Day): boolean =>
  (weekday(day) === 5 && isFixedHoliday(plus(day, { days: 1 }))) || (weekday(day) === 1 && isFixedHoliday(plus(day, { days: -1 })));
/** The clinic is shut on weekends, on federal holidays, and on the last days before Christmas and New Year. */
export const isOpen = (day: Day): boolean =>
  weekday(day) !== 0 &&
  weekday(day) !== 6 &&
  !isFixedHoliday(day) &&
  !isObserved(day) &&
  !isMovableHoliday(day) &&
  !day.endsWith('12-24') &&
  !day.endsWith('12-31');

/** The day, or the next one on which the clinic is open. */
export function openDay(day: Day): Day {
  let found = day;
  while (!isOpen(found)) found = plus(found, { days: 1 });
  return found;
}
/** The n-th day on which the clinic is open, from a day on; the first is the day itself where it is open then. */
export function nthOpenDay(from: Day, n: number): Day {
  let found = openDay(from);
  for (let i = 1; i < n; i++) found = openDay(plus(found, { days: 1 }));
  return found;
}
/** The day, or the last one before it on which the clinic was open. */
export function openDayBefore(day: Day): Day {
  let found = day;
  while (!isOpen(found)) found = minus(found, { days: 1 });
  return found;
}

const offsets = new Map<string, readonly [early: string, late: string]>();
const zone = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' });
const offsetAt = (at: string): string =>
  zone
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')
    ?.value.slice(3) || '+00:00';

/**
 * "2026-03-14" at "09:20" in the clinic's zone, with its offset of that hour: "2026-03-14T09:20:00-04:00". Clocks change at 02:00: the hour that
 * is left out in spring is told by the old offset, the one that comes twice in autumn is the first of them.
 */
export function instant(day: Day, time: string): string {
  let known = offsets.get(day);
  if (known === undefined) {
    known = [offsetAt(`${day}T05:30:00Z`), offsetAt(`${day}T17:00:00Z`)];
    offsets.set(day, known);
  }
  const [early, late] = known;
  const changed = early > late ? time >= '03:00' : time >= '02:00'; // "-05:00" stands after "-04:00"
  return `${day}T${time}:00${changed ? late : early}`;
}

/** The calendar day that it is at a time in a zone. */
export const dayIn = (timeZone: string, at: Date): Day =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** The day of an instant or date. */
export const dayOf = (at: string): Day => at.slice(0, 10);

/** An instant moved by minutes; across midnight and a change of clocks the wall's hour counts on. */
export function later(at: string, minutes: number): string {
  const total = Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)) + minutes;
  const day = plus(dayOf(at), { days: Math.floor(total / 1440) });
  const rest = ((total % 1440) + 1440) % 1440;
  return instant(day, `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`);
}

/** Full years from one day to another. */
export function yearsFrom(from: Day, to: Day): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}
/** Full months from one day to another. */
export function monthsFrom(from: Day, to: Day): number {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return months - (to.slice(8) < from.slice(8) ? 1 : 0);
}
