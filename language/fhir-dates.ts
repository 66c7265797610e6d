/**
 * FHIR dates and dateTimes ("2020", "2020-03", "2020-03-12", "2020-03-12T09:30:00-05:00") as they were recorded: partial ones stay
 * partial, and a dateTime with an offset keeps its own local date, whatever the time zone of this machine.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const FHIR_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

interface Parts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly time: boolean;
}

function parts(date: string): Parts | undefined {
  const match = FHIR_DATE.exec(date.trim());
  if (!match) return undefined;
  const [, year, month, day, hour] = match;
  return {
    year: Number(year),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
    time: hour !== undefined,
  };
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of an ISO date (its first ten characters). */
export function dayNumber(isoDate: string): number {
  return Math.round(Date.UTC(Number(isoDate.slice(0, 4)), Number(isoDate.slice(5, 7)) - 1, Number(isoDate.slice(8, 10))) / DAY_MS);
}

/** ISO date of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** "12-Mar-2020", "Mar-2020" or "2020": what was recorded, no more. The text itself where it is no FHIR date. */
export function formatDate(fhirDate: string): string {
  const p = parts(fhirDate);
  if (!p) return fhirDate;
  const month = p.month === undefined ? undefined : MONTHS[p.month - 1];
  if (month === undefined) return String(p.year);
  return p.day === undefined ? `${month}-${p.year}` : `${String(p.day).padStart(2, '0')}-${month}-${p.year}`;
}

/** " on 12-Mar-2020", " in Mar-2020", or nothing where the record has no date. */
export const onDate = (fhirDate: string | undefined): string =>
  fhirDate ? ` ${fhirDate.length < 10 ? 'in' : 'on'} ${formatDate(fhirDate)}` : '';

/** First and last calendar day that a recorded date can mean: "2020-03" -> 2020-03-01 .. 2020-03-31. `undefined` for no date. */
export function dateSpan(fhirDate: string): { readonly from: string; readonly to: string } | undefined {
  const p = parts(fhirDate);
  if (!p) return undefined;
  const two = (n: number): string => String(n).padStart(2, '0');
  const year = String(p.year).padStart(4, '0');
  if (p.month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (p.day === undefined)
    return { from: `${year}-${two(p.month)}-01`, to: `${year}-${two(p.month)}-${two(lastDayOfMonth(p.year, p.month))}` };
  const day = `${year}-${two(p.month)}-${two(p.day)}`;
  return { from: day, to: day };
}

function sortKey(date: string): readonly [number, number] {
  const span = dateSpan(date);
  if (!span) return [Number.NEGATIVE_INFINITY, 0];
  const p = parts(date)!;
  // Partial dates stand before the full dates of the same start.
  const precision = p.day === undefined ? -2 : p.time ? 0 : -1;
  const instant = p.time
    ? Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(date) ? date.replace(' ', 'T') : `${date.replace(' ', 'T')}Z`)
    : precision;
  return [dayNumber(span.from), instant];
}

const ZONED = /T.*(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Orders recorded dates, earliest first: two times with their zones by the instant (23:45 in San Francisco is later than 01:00 of the next day
 * in Berlin), others by local calendar day (a partial date counts from its start), then by time. What is no date comes first.
 */
export function compareFhirDates(a: string, b: string): number {
  if (ZONED.test(a) && ZONED.test(b)) {
    const difference = Date.parse(a) - Date.parse(b);
    if (!Number.isNaN(difference)) return difference;
  }
  const [dayA, timeA] = sortKey(a);
  const [dayB, timeB] = sortKey(b);
  return dayA === dayB ? (Object.is(timeA, timeB) ? 0 : timeA - timeB) : dayA < dayB ? -1 : 1;
}

/** Whether what is dated so may have come after what is dated `than`: it has no date, or one so coarse that it does not tell. */
export function mayBeLater(fhirDate: string | undefined, than: string): boolean {
  const [own, other] = [fhirDate === undefined ? undefined : dateSpan(fhirDate), dateSpan(than)];
  if (!own || !other) return own === undefined;
  return (own.from !== own.to || other.from !== other.to) && own.to > other.from;
}

/** How a recorded date lies to a span of calendar days (inclusive, open where absent): `maybe` where its precision does not decide. */
export function placeInRange(fhirDate: string, from?: string, to?: string): 'in' | 'out' | 'maybe' {
  const span = dateSpan(fhirDate);
  if (!span) return 'out';
  const low = from?.slice(0, 10);
  const high = to?.slice(0, 10);
  if ((low !== undefined && span.to < low) || (high !== undefined && span.from > high)) return 'out';
  return (low === undefined || span.from >= low) && (high === undefined || span.to <= high) ? 'in' : 'maybe';
}

/** Whether a recorded date can lie in the span: "2020" is in 2020-03-01..2020-05-31 (use `placeInRange` where "maybe" matters). */
export function inRange(fhirDate: string, from?: string, to?: string): boolean {
  return placeInRange(fhirDate, from, to) !== 'out';
}

/** Whole days from `a` to `b` by calendar day (partial dates from their start); negative where `b` is earlier. NaN for no date. */
export function daysBetween(a: string, b: string): number {
  const x = dateSpan(a);
  const y = dateSpan(b);
  return x && y ? dayNumber(y.from) - dayNumber(x.from) : Number.NaN;
}

/** Completed years at a date. `undefined` where the precision of either does not decide it. */
export function wholeYears(birth: string, at: string): number | undefined {
  const b = dateSpan(birth);
  const when = dateSpan(at);
  if (!b || !when) return undefined;
  const years = (born: string, day: string): number =>
    Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0);
  const low = years(b.to, when.from);
  const high = years(b.from, when.to);
  return low === high ? low : undefined;
}
