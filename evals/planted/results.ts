import { TESTS } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type PatientRecord } from '../record/reading.ts';
import { pressures, type Series, seriesOf } from '../record/subjects.ts';
import type { Person } from './person.ts';
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

const VITAL = /weight|height|bmi|blood pressure|heart rate|respiratory|temperature|saturation|pain/;

/** Notations of a unit; the first is what a true sentence has. No notation: people leave it out. */
const NOTATIONS: Readonly<Record<string, readonly string[]>> = {
  'mm[Hg]': [' mmHg', ' mm Hg'],
  '%': ['%', ' %', ' percent'],
  '10*3/uL': [' K/uL', ' x10^3/uL', ' 10*3/uL', ' thousand/uL'],
  '10*6/uL': [' M/uL', ' x10^6/uL', ' million/uL'],
  Cel: [' °C', ' C', ' degrees Celsius'],
  'kg/m2': [' kg/m2', ' kg/m²'],
  'mL/min/{1.73_m2}': [' mL/min/1.73 m2', ' mL/min/1.73m²', ' mL/min/1.73m2', ' mL/min'],
  'mg/dL': [' mg/dL', ' mg/dl', ' milligrams per deciliter'],
  'mmol/L': [' mmol/L', ' mmol/l'],
  kg: [' kg', ' kilograms', 'kg'],
  cm: [' cm', ' centimeters', 'cm'],
  'U/L': [' U/L', ' IU/L', ' units/L'],
  '/min': ['/min', ' per minute'],
  '{score}': ['', ' points'],
  '{T-score}': [''],
  'g/dL': [' g/dL', ' g/dl'],
};
const WRONG_UNITS: Readonly<Record<string, readonly string[]>> = {
  'mg/dL': ['g/dL', 'mmol/L', 'mcg/dL', 'mg/L'],
  'mmol/L': ['mg/dL', 'µmol/L', 'mmol/mL'],
  '%': ['mmol/mol', 'mg/dL', 'g/dL'],
  kg: ['lb', 'pounds', 'g', 'stone'],
  cm: ['inches', 'mm', 'm', 'feet'],
  'mm[Hg]': ['kPa', 'cmH2O'],
  'g/dL': ['g/L', 'mg/dL', 'kg/L'],
  '10*3/uL': ['x10^6/uL', 'million/uL', 'cells/uL'],
  '10*6/uL': ['K/uL', 'x10^9/L', 'cells/uL'],
  Cel: ['°F', 'degrees Fahrenheit'],
  fL: ['pg', 'mL'],
  pg: ['fL', 'ng', 'mg'],
  'U/L': ['U/mL', 'mg/L'],
  'pg/mL': ['ng/mL', 'mg/dL'],
  'ng/mL': ['pg/mL', 'mcg/mL', 'mg/mL'],
  'kg/m2': ['lb/m2', 'g/m2'],
  'g/L': ['g/dL', 'mg/dL'],
};
/** Conventional factors (AMA Manual of Style, table of conversions): value in the second unit = value x factor (+ offset). */
const CONVERSIONS: readonly {
  readonly test: RegExp;
  readonly from: string;
  readonly to: string;
  readonly factor: number;
  readonly offset?: number;
  readonly decimals: number;
}[] = [
  { test: /glucose/, from: 'mg/dL', to: ' mmol/L', factor: 0.055507, decimals: 1 },
  { test: /cholesterol|ldl|hdl/, from: 'mg/dL', to: ' mmol/L', factor: 0.025863, decimals: 2 },
  { test: /triglycerides/, from: 'mg/dL', to: ' mmol/L', factor: 0.011294, decimals: 2 },
  { test: /creatinine/, from: 'mg/dL', to: ' µmol/L', factor: 88.402, decimals: 0 },
  { test: /hba1c/, from: '%', to: ' mmol/mol', factor: 10.9314, offset: -23.5243, decimals: 0 },
  { test: /calcium/, from: 'mg/dL', to: ' mmol/L', factor: 0.24951, decimals: 2 },
  { test: /sodium|potassium|chloride|bicarbonate/, from: 'mmol/L', to: ' mEq/L', factor: 1, decimals: 1 },
  { test: /\/(?:hemoglobin|albumin|protein|mchc)$/, from: 'g/dL', to: ' g/L', factor: 10, decimals: 0 },
  { test: /bilirubin/, from: 'mg/dL', to: ' µmol/L', factor: 17.104, decimals: 0 },
  { test: /weight/, from: 'kg', to: ' lb', factor: 2.204623, decimals: 1 },
  { test: /weight/, from: 'kg', to: ' pounds', factor: 2.204623, decimals: 0 },
  { test: /weight/, from: '[lb_av]', to: ' kg', factor: 0.453592, decimals: 1 },
  { test: /height/, from: 'cm', to: ' inches', factor: 0.393701, decimals: 1 },
  { test: /height/, from: 'cm', to: ' m', factor: 0.01, decimals: 2 },
  { test: /temperature/, from: 'Cel', to: ' °F', factor: 1.8, offset: 32, decimals: 1 },
  { test: /temperature/, from: '[degF]', to: ' °C', factor: 0.555556, offset: -17.7778, decimals: 1 },
  { test: /wbc|platelets/, from: '10*3/uL', to: ' x10^9/L', factor: 1, decimals: 1 },
  { test: /rbc/, from: '10*6/uL', to: ' x10^12/L', factor: 1, decimals: 2 },
];

const DATED = [
  '{P} {x} {was} {vu} {ond}.',
  '{X} {vu} {ond}.',
  '{X}: {vu} ({d})',
  '{Ond}, {p} {x} came back at {vu}.',
  'On review, {x} measured {vu} {ond}.',
  '{Set} {ond} showed {ax} of {vu}.',
  'We checked {p} {x} {ond} and found {vu}.',
  'Your {x} {was} {vu} when we checked {ond}.',
  "{N}'s {x} {ond} {was} {vu}.",
  '{x} = {vu} ({d})',
  '{Ax} of {vu} was recorded {ond}.',
  "The patient's {x} {was} found to be {vu} {ond}.",
  '{X} {was} documented at {vu} {ond}.',
  "Pt's {x} {vu} {ond}",
  '{S} had {ax} of {vu} {ond}.',
  '{Set} ({d}): {x} {vu}',
  'The {x} recorded {ond} {was} {vu}.',
];
const LATEST = [
  '{P} latest {x} {is} {vu}.',
  'Most recent {x}: {vu}.',
  'The last {x} on file {was} {vu}.',
  'Last {x} {vu}.',
  'When last measured, {p} {x} {was} {vu}.',
  'Your most recent {x} {was} {vu}.',
  'At {p} last check, {x} stood at {vu}.',
  "{N}'s most recent {x} reading {was} {vu}.",
  'Latest available {x} {vu}.',
  'On the most recent measurement {p} {x} {was} {vu}.',
  'The most recent value for {x} is {vu}.',
  'The latest {x} on record {is} {vu}.',
  '{X} at last check: {vu}',
];
const LATEST_DATED = [
  '{P} latest {x}, from {d}, {is} {vu}.',
  'Last {x} {vu} ({d}).',
  'When last measured ({d}), {p} {x} {was} {vu}.',
  'The most recent {x} on file is from {d}.',
  '{X} {was} last checked {ond}.',
  'The last {x} was done {ond}.',
  'Most recent {x} ({d}): {vu}',
  'Your {x} {was} last measured {ond}.',
  "{N}'s {x} {was} last measured {ond}, at {vu}.",
  'Last time {p} {x} {was} checked was {d}.',
  'Most recent {x} dates from {d}.',
  '{X}, last taken {ond}, {was} {vu}.',
];
const NEVER = [
  '{P} {x} {has} never been measured.',
  'There is no {x} on record.',
  'No {x} has ever been checked.',
  '{X}: not done.',
  'No {x} results are available.',
  '{S} has never had {p} {x} checked.',
  'We have no {x} on file for {o}.',
  '{P} {x} {was} not {vu} {ond}.',
  '{X} {was} not checked {ond}.',
  'No {x} {was} recorded {ond}.',
];
const OTHERS = [
  '{P} mother had {ax} of {vu} {ond}.',
  "{P} father's {x} {was} {vu} {ond}.",
  "{other}'s {x} {was} {vu} {ond}.",
  '{other} had {ax} of {vu} {ond}.',
  "{P} sister's {x} came back at {vu} {ond}.",
  'The {x} of {other} {was} {vu} {ond}.',
];
const TREND = [
  '{P} {x} {rose} from {v1} to {vu2} between {d1} and {d2}.',
  '{X} {went} from {vu1} on {d1} to {vu2} on {d2}.',
  '{X} {increased}: {vu1} ({d1}) -> {vu2} ({d2})',
  'Between {d1} and {d2}, {p} {x} {climbed} from {v1} to {vu2}.',
  'Compared with {d1}, {p} {x} {was} {higher} on {d2} ({v1} then, {vu2} on {d2}).',
  'There was {arise} in {x}, from {vu1} on {d1} to {vu2} on {d2}.',
  'Your {x} {went} from {v1} on {d1} to {vu2} on {d2}.',
  "{N}'s {x} {was} {vu1} on {d1} and had {risen} to {vu2} by {d2}.",
  '{X} {up} from {v1} ({d1}) to {vu2} ({d2}).',
  'From {d1} to {d2} {p} {x} {rose} from {v1} to {vu2}.',
  '{X} {rose} to {vu2} on {d2} from {vu1} on {d1}.',
  '{X} {was} {higher} on {d2} than on {d1}.',
  '{P} {x} {increased} between {d1} and {d2}.',
];
const UP: Fill = {
  rose: 'rose',
  went: 'went up',
  increased: 'increased',
  climbed: 'climbed',
  higher: 'higher',
  arise: 'a rise',
  risen: 'risen',
  up: 'up',
};
const DOWN: Fill = {
  rose: 'fell',
  went: 'went down',
  increased: 'decreased',
  climbed: 'dropped',
  higher: 'lower',
  arise: 'a fall',
  risen: 'fallen',
  up: 'down',
};
const FLAT: Fill = {
  rose: 'stayed unchanged',
  went: 'stayed the same',
  increased: 'remained stable',
  climbed: 'did not change',
  higher: 'the same',
  arise: 'no change',
  risen: 'stayed the same',
  up: 'unchanged',
};

const COMPARED = [
  '{P} {x} {was} {cmp} {tu} {ond}.',
  '{X} {cmp} {tu} {ond}.',
  '{Ond} {p} {x} {was} {cmp} {tu}.',
  'Your {x} {was} {cmp} {tu} when checked {ond}.',
  "{N}'s {x} {was} {cmp} {tu} {ond}.",
  '{Set} {ond}: {x} {cmp} {tu}',
  'The {x} taken {ond} {was} {cmp} {tu}.',
  '{S} had {ax} {cmp} {tu} {ond}.',
  '{X} {was} noted to be {cmp} {tu} {ond}.',
  'On review the {x} {ond} {was} {cmp} {tu}.',
  '{Ax} {cmp} {tu} was recorded {ond}.',
  '{X} {sign}{tu} ({d})',
];
const ABOVE = ['above', 'greater than', 'higher than', 'over', 'more than'];
const BELOW = ['below', 'less than', 'lower than', 'under'];

const EXTREME = [
  '{P} {highest} {x} on record {was} {vu}.',
  'The {highest} {x} ever recorded {was} {vu}.',
  '{Highest} {x}: {vu}',
  '{X} {peaked} at {vu}.',
  '{P} {x} has never been {higher} than {vu}.',
  'The {highest} value for {x} was {vu}, {ond}.',
  '{P} {x} reached its {highest} value, {vu}, {ond}.',
  '{X} {highest} at {vu} ({d})',
  'Your {highest} {x} so far {was} {vu}.',
  "{N}'s {highest} recorded {x} {was} {vu}.",
  'Of all readings, the {highest} {x} {was} {vu}.',
  'All-time {highest} {x} {vu} {ond}.',
];
const MAX: Fill = { highest: 'highest', peaked: 'peaked', higher: 'higher' };
const MIN: Fill = { highest: 'lowest', peaked: 'bottomed out', higher: 'lower' };

const MEASURED = [
  '{P} {x} {has} been measured {times}.',
  '{X} {was} checked {times} in all.',
  'There are {n} {x} results on record.',
  'We have {n} measurements of {x}.',
  '{X}: {n} values on file.',
  '{S} has had {p} {x} checked {times}.',
  'The record holds {n} {x} readings.',
  '{n} {x} readings are recorded.',
  'In total {p} {x} {was} taken {times}.',
  "{N}'s {x} {has} been recorded {times}.",
  'Your {x} {has} been measured {times} so far.',
  '{X} measured {times} to date.',
];

interface Shown {
  readonly v: string;
  readonly vu: string;
  readonly decimals: number;
}

function decimalsOf(value: number): number {
  const written = String(value);
  const recorded = written.includes('.') ? written.length - written.indexOf('.') - 1 : 0;
  return Math.min(recorded, Math.abs(value) < 0.1 ? 4 : Math.abs(value) >= 100 ? 1 : 2);
}
function show(value: number, unit: string | undefined, decimals = decimalsOf(value), notation = 0): Shown {
  const v = value.toFixed(decimals);
  return { v, vu: v + (notationsOf(unit)[notation] ?? ''), decimals };
}
function notationsOf(unit: string | undefined): readonly string[] {
  if (unit === undefined) return [''];
  return NOTATIONS[unit] ?? (/[{[*(]/.test(unit) ? [''] : [` ${unit}`]);
}

export function resultTruths(record: PatientRecord, person: Person, now: string, choices: Choices): readonly Truth[] {
  const series = seriesOf(record, TESTS).filter((s) => s.oneUnit && s.points.length > 0 && namesOf(s).length > 0);
  return [...series.flatMap((s) => ofSeries(s, series, person, now, choices)), ...ofPressures(record, person, now, choices)];
}

function namesOf(s: Series): readonly string[] {
  const names = sentenceNames(
    s.said,
    s.items.flatMap((i) => i.displays),
  ).filter((n) => n.length > 1 && n.length <= 40 && !/[[\]+?]|\blevel\b$/.test(n));
  return names;
}

function ofSeries(s: Series, all: readonly Series[], person: Person, now: string, choices: Choices): Truth[] {
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
  truths.push(...trend(s, base, now, choices), ...extremes(s, base, renamed, choices), ...measured(s, base, renamed, choices));
  return truths;
}

/** Digits swapped, a slip, a factor, another value of the same series: none that rounding would admit. */
function wrongValues(value: number, decimals: number, series: readonly number[], choices: Choices): readonly number[] {
  const step = 10 ** -decimals;
  const factor = choices.pick([0.5, 0.7, 0.85, 0.93, 1.07, 1.15, 1.4, 2, 10]);
  const digits = value.toFixed(decimals);
  const swapped = digits.replace(/(\d)(\.?)(\d)(?=\D*$)/, '$3$2$1');
  const wrong = [value * factor, value + 2 * step, value - 3 * step, value + 1, Number(swapped), ...series];
  return [...new Set(wrong.map((w) => Number(w.toFixed(decimals))))].filter(
    (w) => Math.abs(w - value) > 1.01 * step && Number.isFinite(w) && (value < 0 || w >= 0),
  );
}

function valueRewordings(key: string, value: number, unit: string | undefined, shown: Shown, choices: Choices): Change[] {
  const changes: Change[] = [];
  const notations = notationsOf(unit);
  for (const n of choices.some(notations.slice(1), 2)) changes.push({ kind: 'unit-notation', fill: { vu: shown.v + n } });
  if ((notations[0] ?? '') !== '') changes.push({ kind: 'unit-omitted', fill: { vu: shown.v } });
  if (shown.decimals > 0 && Math.abs(value) >= 10) {
    const round = value.toFixed(shown.decimals - 1);
    changes.push({ kind: 'rounding', fill: { v: round, vu: round + (notations[0] ?? '') } });
    changes.push({ kind: 'rounding', fill: { vu: `about ${value.toFixed(0)}${notations[0] ?? ''}`, v: value.toFixed(0) } });
  } else if (shown.decimals > 1)
    changes.push({ kind: 'rounding', fill: { v: value.toFixed(1), vu: value.toFixed(1) + (notations[0] ?? '') } });
  for (const c of choices.some(
    CONVERSIONS.filter((c) => c.from === unit && c.test.test(key)),
    2,
  )) {
    const converted = (value * c.factor + (c.offset ?? 0)).toFixed(c.decimals);
    changes.push({ kind: 'unit-conversion', fill: { vu: converted + c.to, v: converted } });
  }
  return changes;
}

function otherTest(s: Series, all: readonly Series[], day: string, value: number, decimals: number, choices: Choices): string | undefined {
  const own = all.filter((o) => o.key !== s.key && o.common && o.points[0]?.unit === s.points[0]?.unit);
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
        { kind: 'trend', fill: FLAT, wordings: TREND.filter((w) => !/\{higher\}/.test(w)) },
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

const PRESSURE = [
  '{P} blood pressure was {bp} mmHg {ond}.',
  'BP {bp} {ond}.',
  'BP: {bp} ({d})',
  '{Ond} {p} blood pressure was {bp}.',
  'Your blood pressure was {bp} when we saw you {ond}.',
  'Blood pressure of {bp} mmHg was recorded {ond}.',
  "{N}'s BP {ond} was {bp} mmHg.",
  'Vitals {ond}: BP {bp}',
  'Pt had a BP of {bp} {ond}',
  '{S} had a blood pressure reading of {bp} {ond}.',
  '{Ond} BP measured {bp} mm Hg.',
  'Blood pressure {ond} came to {bp}.',
  '{P} BP ({d}) was {bp}.',
];
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
