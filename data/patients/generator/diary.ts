import type { Day } from './calendar.ts';
import type { Random } from './random.ts';

/** Who is busy when, in the clinic's past: nobody sees two patients at once, and no patient is in two places. */
export interface Diary {
  /**
   * A time of the day ("09:20") at which all of them are free for so many minutes; it is theirs then. The time that was asked for, or the next
   * one that is free; where none was asked for, one by chance in the clinic's hours, and before and after these when they are full.
   * Where the whole day is full, the first choice, which is then a double booking.
   */
  readonly take: (day: Day, who: readonly string[], minutes: number, wanted: string | Random) => string;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const [FIRST, STEP, STEPS] = [minutesOf('08:40'), 20, 23];
/** Visits beyond the clinic's hours, the evening first. */
const BEYOND: readonly number[] = ['16:20', '16:40', '17:00', '17:20', '17:40', '18:00', '18:20', '18:40', '08:20', '08:00', '07:40'].map(
  minutesOf,
);

/** Times to try, in their order. */
function* choices(wanted: string | Random): Generator<number> {
  if (typeof wanted === 'string') {
    for (let at = minutesOf(wanted); at <= minutesOf('22:00'); at += STEP / 2) yield at;
    return;
  }
  const tried = new Set<number>();
  while (tried.size < STEPS) {
    const step = wanted.whole(0, STEPS - 1);
    if (tried.has(step)) continue;
    tried.add(step);
    yield FIRST + step * STEP;
  }
  yield* BEYOND;
}

export function createDiary(): Diary {
  const held = new Map<string, (readonly [from: number, to: number])[]>();
  return {
    take: (day, who, minutes, wanted) => {
      const days = who.map((one) => {
        const key = `${day} ${one}`;
        const known = held.get(key) ?? [];
        held.set(key, known);
        return known;
      });
      let first: number | undefined;
      let found: number | undefined;
      for (const at of choices(wanted)) {
        first ??= at;
        if (days.some((taken) => taken.some(([from, to]) => from < at + minutes && at < to))) continue;
        found = at;
        break;
      }
      const at = found ?? first!;
      for (const taken of days) taken.push([at, at + minutes]);
      return timeOf(at);
    },
  };
}
