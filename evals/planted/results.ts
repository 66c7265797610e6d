import { TESTS } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type PatientRecord } from '../record/reading.ts';
import { pressures, type Series, seriesOf } from '../record/subjects.ts';
import type { Person } from './person.ts';
import {
  ABOVE,
  BELOW,
  COMPARED,
  DATED,
  DOWN,
  EXTREME,
  FLAT,
  LATEST,
  LATEST_DATED,
  MAX,
  MEASURED,
  MIN,
  NEVER,
  OTHERS,
  PRESSURE,
  TREND,
  UP,
} from './results-wordings.ts';
import {
  type Change,
  countErrors,
  counted,
  dated,
  dateError,
  dateForms,
  dateRewordings,
  type Fill,
  nameRewordings,
  sentenceNames,
  type Truth,
  wrongDay,
} from './truth.ts';
import { decimalsOf, type Shown, show, valueRewordings, WRONG_UNITS, wrongValues } from './values.ts';

const VITAL = /weight|height|bmi|blood pressure|heart rate|respiratory|temperature|saturation|pain/;

export function resultTruths(record: PatientRecord, person: Person, now: string, choices: Choices): readonly Truth[] {
  const series = seriesOf(record, TESTS).filter((s) => s.oneUnit && s.points.length > 0 && namesOf(s).length > 0);
  return [
    ...series.flatMap((s) => ofSeries(s, series, person, now, choices, hasOthers(s, record))),
    ...ofPressures(record, person, now, choices),
  ];
}

/** "Standing systolic blood pressure" is a systolic blood pressure too: how many there are and which is the lowest is then a matter of opinion. */
function hasOthers(s: Series, record: PatientRecord): boolean {
  const own = new Set<unknown>(s.items);
  const words = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '');
  const names = namesOf(s).map(words);
  return record.measurements.some(
    (m) => !own.has(m) && m.displays.some((d) => POSITION.test(d) && names.some((name) => name.every((word) => words(d).includes(word)))),
  );
}
const POSITION = /\b(?:standing|supine|sitting|lying|seated|orthostatic|ambulatory|home)\b/i;

function namesOf(s: Series): readonly string[] {
  const names = sentenceNames(
    s.said,
    s.items.flatMap((i) => i.displays),
  ).filter((n) => n.length > 1 && n.length <= 40 && !/[[\]+?]|\blevel\b$/.test(n));
  return names;
}

function ofSeries(s: Series, all: readonly Series[], person: Person, now: string, choices: Choices, others: boolean): Truth[] {
  const names = namesOf(s);
  const name = names[0] ?? '';
  const points = s.points;
  const unit = points[0]?.unit;
  const set = VITAL.test(name.toLowerCase()) ? 'Vitals' : 'Labs';
  const base: Fill = { ...person.fill, x: name, set, Set: set };
  const truths: Truth[] = [];
  const chosen = new Map([points.at(-1), points[0], ...choices.some(points, 2)].flatMap((p) => (p ? [[p.ids[0], p] as const] : [])));
  const renamed = nameRewordings(names, undefined, choices);
  /** Values of that day: several tell the same story only when they are alike. */
  const sameDay = (day: string): readonly number[] => points.filter((p) => dayOf(p.date) === dayOf(day)).map((p) => p.value);
  const alike = (a: number, b: number, decimals: number): boolean => Math.abs(a - b) <= 0.75 * 10 ** -decimals;

  for (const p of chosen.values()) {
    const shown = show(p.value, unit);
    const day = dayOf(p.date);
    const wrongs = wrongValues(
      p.value,
      shown.decimals,
      points.map((q) => q.value),
      choices,
    ).filter((w) => !sameDay(day).some((v) => alike(v, w, shown.decimals)));
    const taken = new Set(points.filter((q) => alike(q.value, p.value, shown.decimals)).map((q) => dayOf(q.date)));
    const other = otherTest(s, all, day, p.value, shown.decimals, choices);
    const errors: Change[] = [
      ...choices
        .some(wrongs, 3)
        .map((w): Change => ({ kind: 'number', fill: { v: w.toFixed(shown.decimals), vu: show(w, unit, shown.decimals).vu } })),
      ...choices
        .some(WRONG_UNITS[unit ?? ''] ?? [], 2)
        .map((u): Change => ({ kind: 'unit', fill: { vu: `${shown.v} ${u}` }, wordings: DATED })),
      ...dateError(
        wrongDay(
          day,
          points.map((q) => q.date),
          taken,
          now,
          choices,
        ),
        choices,
      ),
      ...(other === undefined ? [] : [{ kind: 'entity', fill: { x: other } }]),
      { kind: 'negation', wordings: NEVER },
      { kind: 'patient', wordings: OTHERS },
    ];
    truths.push({
      id: `result/${p.ids[0]}/${s.key}`,
      family: 'result',
      wordings: DATED,
      fill: { ...base, ...dated(day, choices), v: shown.v, vu: shown.vu },
      cites: p.ids,
      errors,
      rewordings: [...renamed, ...valueRewordings(s.key, p.value, unit, shown, choices), ...dateRewordings(day, now, choices)],
    });
    truths.push(...compared(s, p, shown, base, now, choices));
  }
  const last = points.at(-1)!;
  const shown = show(last.value, unit);
  const lastDay = dayOf(last.date);
  if (sameDay(lastDay).length === 1) {
    const stale = points.filter((q) => !alike(q.value, last.value, shown.decimals)).map((q) => q.value);
    const wrongs = wrongValues(last.value, shown.decimals, [], choices);
    truths.push({
      id: `latest/${last.ids[0]}/${s.key}`,
      family: 'latest',
      wordings: LATEST,
      fill: { ...base, v: shown.v, vu: shown.vu },
      errors: [
        ...choices.some(stale, 2).map((w): Change => ({ kind: 'stale', fill: { vu: show(w, unit, shown.decimals).vu } })),
        ...choices.some(wrongs, 2).map((w): Change => ({ kind: 'number', fill: { vu: show(w, unit, shown.decimals).vu } })),
        ...choices.some(WRONG_UNITS[unit ?? ''] ?? [], 1).map((u): Change => ({ kind: 'unit', fill: { vu: `${shown.v} ${u}` } })),
      ],
      rewordings: [...renamed, ...valueRewordings(s.key, last.value, unit, shown, choices)],
    });
    const otherDays = points.map((q) => q.date).filter((d) => dayOf(d) !== lastDay);
    truths.push({
      id: `latest-date/${last.ids[0]}/${s.key}`,
      family: 'latest',
      wordings: LATEST_DATED,
      fill: { ...base, ...dated(lastDay, choices), v: shown.v, vu: shown.vu },
      errors: dateError(wrongDay(lastDay, otherDays, new Set([lastDay]), now, choices), choices),
      rewordings: [
        ...renamed,
        ...choices.some(dateForms(lastDay), 2).map((d): Change => ({ kind: 'date-format', fill: { d, ond: `on ${d}` } })),
      ],
    });
  }
  if (!others) truths.push(...trend(s, base, now, choices), ...extremes(s, base, renamed, choices), ...measured(s, base, renamed, choices));
  return truths;
}

function otherTest(s: Series, all: readonly Series[], day: string, value: number, decimals: number, choices: Choices): string | undefined {
  // "Systolic blood pressure" of one that was taken standing is a wider name, and no error.
  const wider = (o: Series): boolean =>
    namesOf(o).some((name) => namesOf(s).some((mine) => mine.toLowerCase().includes(name.toLowerCase())));
  const own = all.filter((o) => o.key !== s.key && o.common && o.points[0]?.unit === s.points[0]?.unit && !wider(o));
  const clear = own.filter((o) => !o.points.some((q) => dayOf(q.date) === day && Math.abs(q.value - value) <= 10 ** -decimals));
  if (clear.length > 0) return namesOf(choices.pick(clear))[0];
  const absent = TESTS.filter((t) => !all.some((o) => o.key === t.key));
  return absent.length === 0 ? undefined : choices.pick(absent).said[0];
}

function compared(s: Series, p: Series['points'][number], shown: Shown, base: Fill, now: string, choices: Choices): Truth[] {
  if (p.value <= 0 || s.points.filter((q) => dayOf(q.date) === dayOf(p.date)).length > 1) return [];
  const up = choices.next() < 0.5;
  const step = p.value >= 100 ? 10 : p.value >= 20 ? 5 : p.value >= 5 ? 1 : 0.5;
  const limit = up ? Math.floor(p.value / step - 0.15) * step : Math.ceil(p.value / step + 0.15) * step;
  if (limit <= 0) return [];
  const tu = show(limit, p.unit, step < 1 ? 1 : 0).vu;
  const far = show(up ? limit + 2 * step : Math.max(step / 2, limit - 2 * step), p.unit, step < 1 ? 1 : 0).vu;
  return [
    {
      id: `compared/${p.ids[0]}/${s.key}`,
      family: 'comparison',
      wordings: COMPARED,
      fill: { ...base, ...dated(dayOf(p.date), choices), tu, cmp: choices.pick(up ? ABOVE : BELOW), sign: up ? '>' : '<' },
      cites: p.ids,
      errors: [
        { kind: 'comparison', fill: { cmp: choices.pick(up ? BELOW : ABOVE), sign: up ? '<' : '>' } },
        { kind: 'comparison', fill: { tu: far } },
      ],
      rewordings: [
        { kind: 'comparison-words', fill: { cmp: choices.pick(up ? ABOVE : BELOW) } },
        ...choices.some(dateForms(dayOf(p.date)), 1).map((d): Change => ({ kind: 'date-format', fill: { d, ond: `on ${d}` } })),
      ],
    },
  ].filter(() => now !== '' && shown.v !== '');
}

function trend(s: Series, base: Fill, now: string, choices: Choices): Truth[] {
  const single = s.points.filter((p) => s.points.filter((q) => dayOf(q.date) === dayOf(p.date)).length === 1);
  if (single.length < 2) return [];
  const truths: Truth[] = [];
  for (const [a, b] of [
    [single[0]!, single.at(-1)!] as const,
    [single.at(-2)!, single.at(-1)!] as const,
    [single[0]!, single[Math.floor(single.length / 2)]!] as const,
  ]) {
    if (a === b || Math.abs(a.value - b.value) < Math.abs(a.value) * 0.04) continue;
    const decimals = Math.max(decimalsOf(a.value), decimalsOf(b.value));
    const [x, y] = [show(a.value, a.unit, decimals), show(b.value, b.unit, decimals)];
    const up = b.value > a.value;
    const [da, db] = [dayOf(a.date), dayOf(b.date)];
    const form = Math.floor(choices.next() * 6);
    const days: Fill = { d1: dateForms(da)[form]!, d2: dateForms(db)[form]! };
    const withValues = TREND.filter((w) => /\{v/.test(w));
    const off = choices.pick([1.12, 0.85, 1.3]);
    truths.push({
      id: `trend/${a.ids[0]}/${b.ids[0]}/${s.key}`,
      family: 'trend',
      wordings: TREND,
      fill: { ...base, ...days, v1: x.v, vu1: x.vu, v2: y.v, vu2: y.vu, ...(up ? UP : DOWN) },
      cites: [...a.ids, ...b.ids],
      errors: [
        { kind: 'trend', fill: up ? DOWN : UP },
        ...(Math.abs(a.value - b.value) < Math.abs(a.value) * 0.15
          ? []
          : [{ kind: 'trend', fill: FLAT, wordings: TREND.filter((w) => !/\{higher\}/.test(w)) }]),
        { kind: 'trend', fill: { v1: y.v, vu1: y.vu, v2: x.v, vu2: x.vu }, wordings: withValues },
        {
          kind: 'number',
          fill: { v2: (b.value * off).toFixed(decimals), vu2: show(b.value * off, b.unit, decimals).vu },
          wordings: withValues,
        },
        {
          kind: 'number',
          fill: { v1: (a.value * off).toFixed(decimals), vu1: show(a.value * off, a.unit, decimals).vu },
          wordings: withValues,
        },
        {
          kind: 'date',
          fill: { d1: days.d2!, d2: days.d1! },
          wordings: withValues.filter((w) => /\{v1\}|\{vu1\}/.test(w) && !/^Between|^From \{d1\}|between \{d1\}/.test(w)),
        },
      ],
      rewordings: [
        ...nameRewordings(namesOf(s), undefined, choices).slice(0, 2),
        ...choices.some(
          dateForms(da).map((d, i) => ({ kind: 'date-format', fill: { d1: d, d2: dateForms(db)[i]! } })),
          2,
        ),
      ],
    });
  }
  return truths.filter(() => now !== '');
}

function extremes(s: Series, base: Fill, renamed: readonly Change[], choices: Choices): Truth[] {
  if (s.points.length < 3) return [];
  return ([MAX, MIN] as const).flatMap((words): Truth[] => {
    const sorted = [...s.points].sort((a, b) => (words === MAX ? b.value - a.value : a.value - b.value));
    const top = sorted[0]!;
    const decimals = decimalsOf(top.value);
    const beyond = sorted.filter((p) => Math.abs(p.value - top.value) > 1.5 * 10 ** -decimals);
    if (beyond.length === 0 || sorted.filter((p) => p.value === top.value).length > 1) return [];
    return [
      {
        id: `extreme/${words.highest}/${top.ids[0]}/${s.key}`,
        family: 'extreme',
        wordings: EXTREME,
        fill: { ...base, ...words, ...dated(dayOf(top.date), choices), v: show(top.value, top.unit).v, vu: show(top.value, top.unit).vu },
        errors: [
          { kind: 'extreme', fill: { vu: show(choices.pick(beyond).value, top.unit, decimals).vu } },
          { kind: 'extreme', fill: words === MAX ? MIN : MAX },
        ],
        rewordings: renamed.slice(0, 2),
      },
    ];
  });
}

function measured(s: Series, base: Fill, renamed: readonly Change[], choices: Choices): Truth[] {
  const n = s.points.length;
  if (n < 2 || n > 30 || new Set(s.points.map((p) => dayOf(p.date))).size !== n) return [];
  return [
    {
      id: `measured/${s.key}`,
      family: 'count',
      wordings: MEASURED,
      fill: { ...base, ...counted(n, choices) },
      errors: countErrors(n, choices),
      rewordings: [{ kind: 'number-words', fill: { n: String(n), times: `${n} times` } }, ...renamed.slice(0, 1)],
    },
  ];
}

function ofPressures(record: PatientRecord, person: Person, now: string, choices: Choices): Truth[] {
  const all = pressures(record);
  return choices.some(all, 4).flatMap((p): Truth[] => {
    const day = dayOf(p.date);
    const same = all.filter((q) => dayOf(q.date) === day);
    if (p.second === undefined || same.length > 1) return [];
    const [s, d] = [Math.round(p.value), Math.round(p.second)];
    const taken = new Set(all.filter((q) => Math.round(q.value) === s && Math.round(q.second ?? 0) === d).map((q) => dayOf(q.date)));
    const off = choices.pick([-20, -10, -6, 4, 8, 12, 20, 30]);
    return [
      {
        id: `pressure/${p.ids[0]}`,
        family: 'pressure',
        wordings: PRESSURE,
        fill: { ...person.fill, ...dated(day, choices), bp: `${s}/${d}` },
        cites: p.ids,
        errors: [
          { kind: 'number', fill: { bp: `${s + off}/${d}` } },
          { kind: 'number', fill: { bp: `${s}/${d + off}` } },
          ...(s === d ? [] : [{ kind: 'number', fill: { bp: `${d}/${s}` } }]),
          { kind: 'unit', fill: { bp: `${s}/${d} kPa` }, wordings: PRESSURE.filter((w) => !/mm ?Hg/.test(w)) },
          ...dateError(
            wrongDay(
              day,
              all.map((q) => q.date),
              taken,
              now,
              choices,
            ),
            choices,
          ),
          {
            kind: 'patient',
            wordings: [
              "{other}'s blood pressure was {bp} {ond}.",
              "{P} mother's BP was {bp} {ond}.",
              'Her husband had a BP of {bp} {ond}.',
            ],
          },
        ],
        rewordings: [
          { kind: 'number-words', fill: { bp: `${s} over ${d}` } },
          {
            kind: 'word-order',
            wordings: ['{Ond}, systolic was {sys} and diastolic {dia} mmHg.', 'Systolic {sys}, diastolic {dia} {ond}.'],
            fill: { sys: String(s), dia: String(d) },
          },
          ...dateRewordings(day, now, choices),
        ],
      },
    ];
  });
}
