import { type Ask, ask, extremes, ofIds, type Source, value } from './ask.ts';
import type { Expectation, Point, Thing } from './expectation.ts';
import { type Choices, writeDate, writeUnit } from './phrasing.ts';
import { dayOf } from './reading.ts';
import { byYear, newest, oldest, pressures, type Series } from './subjects.ts';

export const results: Source = ({ series, record }, offer) => {
  offer(
    3,
    series.map((s) => ask('latest', s, value(s, newest(s.points)))),
  );
  offer(
    2,
    series.map((s) => ask('latestBoth', s, value(s, newest(s.points), true))),
  );
  offer(
    2,
    series.map((s) =>
      ask('latestWhen', s, {
        type: 'date',
        thing: s.thing,
        accepted: newest(s.points).map((p) => p.date),
        alsoTrue: s.points.map((p) => p.date),
      }),
    ),
  );
  const long = series.filter((s) => s.points.length >= 2 && s.oneUnit);
  offer(
    1,
    long.map((s) => ask('first', s, value(s, oldest(s.points)))),
  );
  offer(
    2,
    long.filter((s) => s.points.length >= 3).map((s) => ask('highest', s, value(s, extremes(s, Math.max)))),
  );
  offer(
    1,
    long.filter((s) => s.points.length >= 3).map((s) => ask('lowest', s, value(s, extremes(s, Math.min)))),
  );
  offer(
    1,
    long
      .filter((s) => s.points.length >= 3)
      .map((s) =>
        ask('range', s, {
          type: 'range',
          thing: s.thing,
          low: extremes(s, Math.min),
          high: extremes(s, Math.max),
          series: s.points,
          beside: s.beside,
        }),
      ),
  );
  offer(
    1,
    series.map((s) =>
      ask('countTests', s, {
        type: 'count',
        thing: s.thing,
        accepted: [...new Set([s.points.length, new Set(s.points.map((p) => dayOf(p.date))).size])],
        searchWillDo: true,
      }),
    ),
  );
  offer(
    2,
    long.flatMap((s) => trendAsk(s)),
  );
  offer(
    1,
    long.flatMap((s) => thresholdAsks(s, 'above', true)),
  );
  offer(
    1,
    long.flatMap((s) => thresholdAsks(s, 'above', false)),
  );
  offer(
    1,
    long.flatMap((s) => thresholdAsks(s, 'below', true)),
  );
  offer(
    1,
    long.flatMap((s) => thresholdAsks(s, 'below', false)),
  );

  const lone = long.flatMap((s) => {
    const years = byYear(s.points);
    return [...years].flatMap(([year, points]) => (points.length === 1 && points[0] !== undefined ? [{ s, year, point: points[0] }] : []));
  });
  offer(
    1,
    lone.map(({ s, year, point }) => ask('inYear', s, value(s, [point], false), () => ({ year }))),
  );
  offer(
    1,
    long.flatMap((s) =>
      s.points
        .filter((p) => s.points.filter((q) => dayOf(q.date) === dayOf(p.date)).length === 1)
        .map((p) => ask('onDate', s, value(s, [p]), (choices) => ({ date: writeDate(p.date, choices) }))),
    ),
  );
  offer(
    2,
    lone.flatMap(({ s, year, point }) => {
      const latest = newest(s.points);
      const now = latest[0];
      if (now === undefined || latest.length > 1 || now.date.startsWith(year)) return [];
      const ratio = now.value / point.value;
      if (!Number.isFinite(ratio) || (ratio > 0.93 && ratio < 1.07)) return [];
      const direction = ratio > 1 ? 'up' : 'down';
      return [
        ask(
          'compareYear',
          s,
          { type: 'direction', thing: s.thing, direction, earlier: [point], later: latest, shown: 0, asked: 'up' },
          () => ({ year }),
        ),
      ];
    }),
  );

  const bp = pressures(record);
  if (bp.length > 0) {
    const thing: Thing = { names: ['blood pressure', 'BP'], ids: bp.flatMap((p) => p.ids) };
    offer(1, [
      ask('pressure', 'blood pressure', {
        type: 'value',
        thing,
        accepted: newest(bp),
        withDate: false,
        part: false,
        series: bp,
        beside: [],
      }),
    ]);
  }
  const smoking = record.coded.filter((c) => c.codes.includes('72166-2'));
  const status = newest(smoking)[0];
  const meaning = status === undefined ? undefined : smokingMeaning(status.text);
  if (status !== undefined && meaning !== undefined && newest(smoking).length === 1) {
    offer(1, [ask('smoking', 'smoking', { type: 'words', thing: { names: ['smok', 'tobacco'], ids: [status.id] }, ...meaning })]);
  }
};

function smokingMeaning(text: string): { readonly right: RegExp; readonly wrong: RegExp } | undefined {
  const never = /never|non-?smoker|does not smoke/i;
  const former = /former|ex-?smoker|quit|used to smoke/i;
  const current = /(?<!not a )(?<!no )\bcurrent|every ?day|some ?days|\bsmokes\b|heavy|light tobacco/i;
  if (/never/i.test(text)) return { right: never, wrong: /former|\bquit|current (every|some|tobacco|smoker)|every ?day/i };
  if (/former|quit|ex-/i.test(text)) return { right: former, wrong: /never|current (every|some|smoker)|every ?day/i };
  if (/current|every|some day|smokes|heavy|light/i.test(text)) return { right: current, wrong: /never|former|\bquit/i };
  return undefined;
}

function trendAsk(s: Series): Ask[] {
  if (s.points.length < 3) return [];
  const earlier = oldest(s.points);
  const later = newest(s.points);
  if (earlier.length > 1 || later.length > 1) return [];
  return [ask('change', s, { type: 'direction', thing: s.thing, direction: clearDirection(s.points), earlier, later, shown: 1 })];
}

/** Clear only where no one would disagree: almost every step and the whole go the same way by over a tenth; or nothing moves by 3 %. */
function clearDirection(points: readonly Point[]): 'up' | 'down' | 'flat' | 'unclear' {
  const values = points.map((p) => p.value);
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low > 0 && high / low < 1.01) return 'flat';
  let rises = 0;
  let falls = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      if ((values[j] ?? 0) > (values[i] ?? 0)) rises++;
      else if ((values[j] ?? 0) < (values[i] ?? 0)) falls++;
    }
  }
  const tau = (rises - falls) / Math.max(1, rises + falls);
  if (tau > 0.85 && last > first * 1.1) return 'up';
  if (tau < -0.85 && last < first * 0.9) return 'down';
  return 'unclear';
}

function thresholdAsks(s: Series, side: 'above' | 'below', yes: boolean): Ask[] {
  if (s.points.length < 2 || !s.common) return [];
  const values = s.points.map((p) => p.value);
  const extreme = side === 'above' ? Math.max(...values) : Math.min(...values);
  const towards = side === 'above' ? 1 : -1;
  const v = roundNumber(extreme * (1 + towards * (yes ? -0.06 : 0.1)));
  const beyond = (value: number) => (side === 'above' ? value > v : value < v);
  if (extreme <= 0 || v <= 0 || values.some((value) => Math.abs(value - v) < 0.012 * v) || values.some(beyond) !== yes) return [];
  const over = s.points.filter((p) => beyond(p.value)).flatMap((p) => p.ids);
  const expected: Expectation = {
    type: 'polarity',
    thing: ofIds(s.thing, yes ? over : []),
    yes,
    now: false,
    absent: false,
    compared: true,
  };
  const kind = side === 'above' ? 'everAbove' : 'everBelow';
  const written = (choices: Choices) => ({ v: `${v}${choices.next() < 0.5 ? writeUnit(s.points[0]?.unit) : ''}` });
  return [ask(kind, s, expected, written, `${kind}-${yes ? 'yes' : 'no'}`)];
}

/** Two telling digits, as people choose thresholds. */
function roundNumber(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1) * (value > 50 ? 1 : 1);
  return Number((Math.round(value / step) * step).toPrecision(6));
}
