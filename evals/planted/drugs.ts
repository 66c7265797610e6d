import { CONDITIONS, DRUGS, type Named } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type Medication, type PatientRecord } from '../record/reading.ts';
import { group, means, plain, productName, type Subject, strengthsIn } from '../record/subjects.ts';
import {
  DOSED,
  FOR,
  FOR_PAST,
  GIVEN,
  HOW_MANY,
  NEVER_HAD,
  OTHERS,
  SINCE,
  STARTED,
  STOPPED,
  TAKES,
  TAKES_NOT,
  WAS_ON,
} from './drugs-wordings.ts';
import type { Person } from './person.ts';
import { trueDoses } from './said-elsewhere.ts';
import {
  asReported,
  type Change,
  countErrors,
  counted,
  dated,
  dateError,
  dateRewordings,
  type Fill,
  nameRewordings,
  sentenceNames,
  type Truth,
  wrongDay,
} from './truth.ts';

const LABEL = /^[a-z0-9][a-z0-9 .'-]{2,45}$/i;

export function drugTruths(record: PatientRecord, person: Person, now: string, choices: Choices): readonly Truth[] {
  const all = group(record.medications, DRUGS, productName);
  const truths = all.flatMap((s) => ofDrug(s, record, person, now, choices).map(asReported));
  const plainList = all.every((s) => s.items.every((i) => i.state !== 'doubtful' && !i.combination));
  const active = all.filter((s) => s.items.some((i) => i.state === 'active'));
  if (plainList && active.length >= 2 && active.every((s) => s.items.filter((i) => i.state === 'active').length === 1)) {
    truths.push({
      id: 'drug/count',
      family: 'count',
      wordings: HOW_MANY,
      fill: { ...person.fill, ...counted(active.length, choices) },
      errors: countErrors(active.length, choices),
      rewordings: [{ kind: 'number-words', fill: { n: String(active.length) } }],
    });
  }
  return truths;
}

const absentNames = new WeakMap<PatientRecord, Map<readonly Named[], readonly string[]>>();

/** Things of the table that the record nowhere speaks of, by any of their names: three, drawn. */
export function absent(
  table: readonly Named[],
  record: PatientRecord,
  items: readonly { readonly displays: readonly string[]; readonly codes: readonly string[] }[],
  choices: Choices,
): readonly string[] {
  const known = absentNames.get(record) ?? new Map<readonly Named[], readonly string[]>();
  absentNames.set(record, known);
  const names =
    known.get(table) ??
    table
      .filter(
        (entry) =>
          !items.some((item) => means(entry, { id: '', ...item })) &&
          ![...entry.said, ...(entry.also ?? [])].some((name) => name.length > 2 && record.everything.includes(name.toLowerCase())),
      )
      .map((entry) => entry.said[0] ?? '');
  known.set(table, names);
  return choices.some(names, 3);
}

function ofDrug(s: Subject<Medication>, record: PatientRecord, person: Person, now: string, choices: Choices): Truth[] {
  if (s.items.some((i) => i.state === 'doubtful' || i.combination)) return [];
  const displays = s.items.flatMap((i) => i.displays);
  const names = sentenceNames(s.said, displays).filter((n) => LABEL.test(n));
  const name = names[0];
  if (name === undefined) return [];
  const fill: Fill = { ...person.fill, x: name };
  const active = s.items.filter((i) => i.state === 'active');
  const renamed = nameRewordings(names, 'brand', choices);
  const wrongDrugs = absent(DRUGS, record, record.medications, choices);
  const swaps = wrongDrugs.slice(0, 2).map((x): Change => ({ kind: 'drug', fill: { x } }));
  const id = s.items[0]?.id ?? '';
  const truths: Truth[] = [];
  if (active.length > 0) {
    truths.push({
      id: `drug/${id}`,
      family: 'drug',
      wordings: TAKES,
      fill,
      cites: active.map((i) => i.id),
      errors: [
        ...swaps,
        { kind: 'negation', wordings: TAKES_NOT },
        ...(active.length === s.items.length ? [0, 1].map((): Change => ({ kind: 'status', wordings: STOPPED })) : []),
        { kind: 'patient', wordings: OTHERS },
      ],
      rewordings: [...renamed, { kind: 'contraction', wordings: ["{S}'s on {x}.", "{S}'s taking {x}.", "{S}'s still on {x}."] }],
    });
    truths.push(...dosed(active, fill, renamed, swaps, choices));
  } else {
    truths.push({
      id: `drug-past/${id}`,
      family: 'drug-past',
      wordings: WAS_ON,
      fill,
      cites: s.items.map((i) => i.id),
      errors: [
        ...swaps.map((c) => ({ ...c, wordings: WAS_ON.filter((w) => !/not|no longer/.test(w)) })),
        { kind: 'status', wordings: TAKES },
        { kind: 'status', wordings: TAKES },
        { kind: 'negation', wordings: NEVER_HAD },
      ],
      rewordings: [
        ...renamed,
        { kind: 'contraction', wordings: ["{S} isn't on {x} any more.", "{S}'s no longer on {x}.", "{S} doesn't take {x} anymore."] },
      ],
    });
  }
  truths.push(...starts(s, active, fill, renamed, swaps, now, choices), ...reasons(s, active, record, fill, renamed, choices));
  return truths;
}

const DOSE_FORMS: Readonly<Record<string, readonly string[]>> = {
  mg: [' mg', 'mg', ' milligrams'],
  mcg: [' mcg', ' µg', ' micrograms', 'mcg'],
  unt: [' units', ' IU'],
};

function dosed(active: readonly Medication[], fill: Fill, renamed: readonly Change[], swaps: readonly Change[], choices: Choices): Truth[] {
  const strengths = active.flatMap((i) => {
    const read = strengthsIn(i);
    const counts = i.doses.every((d) => d.value === 1);
    return counts && read.length === 1 ? read : [{ value: Number.NaN, unit: '' }];
  });
  const first = strengths[0];
  if (first === undefined || strengths.some((x) => x.value !== first.value || x.unit !== first.unit)) return [];
  const forms = DOSE_FORMS[first.unit];
  if (forms === undefined) return [];
  const dose = (value: number, unit = forms[0]!): Fill => ({ dose: `${Number(value.toFixed(3))}${unit}` });
  const right = new Set(active.flatMap((i) => [...trueDoses(first.value, i)]));
  const wrong = choices.some(
    [first.value * 2, first.value / 2, first.value * 10, first.value + 10, first.value + 5, first.value * 4].filter((w) => !right.has(w)),
    3,
  );
  const wrongUnits = first.unit === 'mg' ? [' mcg', ' g', ' mL'] : first.unit === 'mcg' ? [' mg', ' g'] : [' mg'];
  const converted: Change[] =
    first.unit === 'mg' && first.value >= 100
      ? [{ kind: 'unit-conversion', fill: dose(first.value / 1000, ' g') }]
      : first.unit === 'mg' && first.value < 1
        ? [{ kind: 'unit-conversion', fill: dose(first.value * 1000, ' mcg') }]
        : first.unit === 'mcg'
          ? [{ kind: 'unit-conversion', fill: dose(first.value / 1000, ' mg') }]
          : [];
  return [
    {
      id: `dose/${active[0]?.id}`,
      family: 'dose',
      wordings: DOSED,
      fill: { ...fill, ...dose(first.value) },
      cites: active.map((i) => i.id),
      errors: [
        ...wrong.map((w): Change => ({ kind: 'dose', fill: dose(w) })),
        ...choices.some(wrongUnits, 2).map((u): Change => ({ kind: 'unit', fill: dose(first.value, u) })),
        ...swaps.slice(0, 1),
      ],
      rewordings: [
        ...renamed.slice(0, 2),
        ...forms.slice(1).map((f): Change => ({ kind: 'unit-notation', fill: dose(first.value, f) })),
        ...converted,
      ],
    },
  ];
}

function starts(
  s: Subject<Medication>,
  active: readonly Medication[],
  fill: Fill,
  renamed: readonly Change[],
  swaps: readonly Change[],
  now: string,
  choices: Choices,
): Truth[] {
  const only = s.items[0];
  if (s.items.length !== 1 || only?.date === undefined || only.date.length < 10) return [];
  const day = dayOf(only.date);
  const wrong = wrongDay(day, [], new Set([day]), now, choices);
  const common = {
    fill: { ...fill, ...dated(day, choices) },
    cites: [only.id],
    errors: [...dateError(wrong, choices), ...swaps.slice(0, 1)],
    rewordings: [...renamed.slice(0, 1), ...dateRewordings(day, now, choices)],
  };
  if (active.length === 0) return [{ id: `given/${only.id}`, family: 'drug-date', wordings: GIVEN, ...common }];
  return [
    { id: `started/${only.id}`, family: 'drug-date', wordings: STARTED, ...common },
    {
      id: `since/${only.id}`,
      family: 'onset',
      wordings: SINCE,
      ...common,
      rewordings: common.rewordings.filter((c) => c.kind === 'date-format'),
    },
  ];
}

function reasons(
  s: Subject<Medication>,
  active: readonly Medication[],
  record: PatientRecord,
  fill: Fill,
  renamed: readonly Change[],
  choices: Choices,
): Truth[] {
  const stated = s.items.flatMap((i) => i.reasons);
  if (stated.length === 0 || s.items.some((i) => i.reasons.length === 0)) return [];
  const keys = group(stated, CONDITIONS);
  const only = keys[0];
  if (keys.length !== 1 || only === undefined) return [];
  const displays = only.items.flatMap((i) => i.displays);
  const said = sentenceNames(only.said, displays);
  const r = said[0];
  if (r === undefined || !LABEL.test(r)) return [];
  const others = group(record.problems, CONDITIONS).filter((p) => p.key !== only.key && p.common && !related(p.key, only.key));
  const wrong = [
    ...choices.some(
      others.map((p) => plain(p.said[0] ?? '')),
      2,
    ),
    ...absent(CONDITIONS, record, record.problems, choices).slice(0, 1),
  ].filter((w) => w !== '' && [...said, ...displays].every((name) => !overlaps(w, name)));
  return [
    {
      id: `reason/${s.items[0]?.id}`,
      family: 'reason',
      wordings: active.length > 0 ? FOR : FOR_PAST,
      fill: { ...fill, r },
      cites: s.items.map((i) => i.id),
      errors: wrong.map((w): Change => ({ kind: 'reason', fill: { r: w } })),
      rewordings: [...renamed.slice(0, 1), ...choices.some(said.slice(1), 2).map((n): Change => ({ kind: 'synonym', fill: { r: n } }))],
    },
  ];
}

function overlaps(a: string, b: string): boolean {
  const words = new Set(
    a
      .toLowerCase()
      .split(/\W+/)
      .filter((w) => w.length > 3),
  );
  return b
    .toLowerCase()
    .split(/\W+/)
    .some((w) => words.has(w));
}
/** Pairs that a drug may well be for both. */
function related(a: string, b: string): boolean {
  const heart = /hypertension|cad|chf|mi$|afib|stroke|hyperlip/;
  const sugar = /t2dm|prediab/;
  return (heart.test(a) && heart.test(b)) || (sugar.test(a) && sugar.test(b));
}
