import type { Expectation, Point, Thing } from './expectation.ts';
import type { Named } from './names.ts';
import type { Choices } from './phrasing.ts';
import type { Item, PatientRecord } from './reading.ts';
import { fold } from './reading-answers.ts';
import type { Series, Subject } from './subjects.ts';
import { WORDINGS, type WordingKind, type Wordings } from './wordings.ts';

export interface Ask {
  readonly kind: string;
  readonly wordings: Wordings;
  readonly x?: Subject<Item> | string;
  readonly fill?: (choices: Choices) => Readonly<Record<string, string>>;
  readonly expected: Expectation;
  /** A turn before it, in the same thread. */
  readonly before?: { readonly wordings: Wordings; readonly x: Subject<Item> | string };
}

/** What the sources read: one patient's things, grouped by what people call them. */
export interface Context {
  readonly record: PatientRecord;
  readonly now: string;
  readonly series: readonly Series[];
  readonly problems: readonly Subject<PatientRecord['problems'][number]>[];
  readonly drugs: readonly Subject<PatientRecord['medications'][number]>[];
  readonly vaccines: readonly Subject<PatientRecord['vaccines'][number]>[];
  readonly procedures: readonly Subject<PatientRecord['procedures'][number]>[];
  /** Names that mean two things of this patient, folded: never asked with. */
  readonly shared: ReadonlySet<string>;
}

export type Source = (context: Context, offer: (quota: number, asks: readonly Ask[]) => void) => void;

export const NAME_ONLY: readonly string[] = [];

export const ofIds = (thing: Thing, ids: readonly string[]): Thing => ({ ...thing, ids });

export const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

export const ask = (kind: WordingKind, x: Subject<Item> | string, expected: Expectation, fill?: Ask['fill'], as: string = kind): Ask => ({
  kind: as,
  wordings: WORDINGS[kind],
  x,
  expected,
  ...(fill === undefined ? {} : { fill }),
});

export const value = (s: Series, accepted: readonly Point[], withDate = false, beside: readonly number[] = []): Expectation => ({
  type: 'value',
  thing: s.thing,
  accepted,
  withDate,
  part: s.items.some((m) => m.component),
  series: s.points,
  beside: [...s.beside, ...beside],
});

export function extremes(s: Series, pick: (...values: number[]) => number): readonly Point[] {
  const at = pick(...s.points.map((p) => p.value));
  return s.points.filter((p) => p.value === at);
}

/** Entries of the table that stand nowhere in the record, not even as part of another word. */
export function absent(table: readonly Named[], record: PatientRecord): readonly Named[] {
  const known = FOUND_ABSENT.get(record) ?? new Map<readonly Named[], readonly Named[]>();
  FOUND_ABSENT.set(record, known);
  const found = known.get(table) ?? findAbsent(table, record);
  known.set(table, found);
  return found;
}
const FOUND_ABSENT = new WeakMap<PatientRecord, Map<readonly Named[], readonly Named[]>>();

function findAbsent(table: readonly Named[], { everything }: PatientRecord): readonly Named[] {
  return table.filter(({ said, also = [], codes = [], display, key }) => {
    const stems = [...said, ...also].map(fold);
    if (
      stems.some((name) =>
        name.length < 5 ? new RegExp(`(?<![a-z0-9])${quoted(name)}(?![a-z0-9])`).test(everything) : everything.includes(name),
      )
    )
      return false;
    if (codes.some((code) => everything.includes(`"${code}"`))) return false;
    if (new RegExp(display.source.replaceAll('^', '').replaceAll('$', ''), 'i').test(everything)) return false;
    return !WIDE.some(({ keys, words }) => keys.includes(key) && words.test(everything));
  });
}

/** Where another word in the record would make "not recorded" debatable. */
const WIDE: readonly { readonly keys: readonly string[]; readonly words: RegExp }[] = [
  { keys: ['condition/t2dm'], words: /diabet/ },
  { keys: ['condition/stroke', 'condition/mi', 'condition/cad', 'condition/chf'], words: /infarct|cardiac|heart|stroke|coronary/ },
  { keys: ['condition/copd', 'condition/asthma'], words: /asthma|emphysema|bronchitis|obstructive/ },
  { keys: ['condition/depression'], words: /depress/ },
  { keys: ['condition/hayfever'], words: /rhinitis|allerg/ },
  { keys: ['condition/seizure', 'condition/epilepsy'], words: /seizure|epilep/ },
  { keys: ['condition/hyperlipidemia'], words: /lipid|hypertriglycerid|hypercholesterol/ },
  { keys: ['condition/otitis', 'condition/strep', 'condition/pharyngitis'], words: /otitis|throat|pharyng|tonsil/ },
  { keys: ['condition/sinusitisViral', 'condition/sinusitisChronic', 'condition/sinusitisBacterial'], words: /sinus/ },
  { keys: ['condition/pregnancy', 'condition/miscarriage'], words: /pregnan|fetal|fetus|birth|ovum|abort/ },
  { keys: ['condition/concussionNoLoc', 'condition/concussionLoc', 'condition/whiplash'], words: /concussion|whiplash|injury/ },
  { keys: ['condition/hipFx', 'condition/forearmFx', 'condition/clavicleFx'], words: /fracture/ },
  { keys: ['condition/wristSprain', 'condition/ankleSprain'], words: /sprain/ },
  { keys: ['condition/footLac', 'condition/forearmLac'], words: /lacerat/ },
  { keys: ['condition/hipOA', 'condition/kneeOA', 'condition/ra'], words: /arthritis|arthrosis/ },
  { keys: ['condition/obesity'], words: /obes|overweight/ },
  { keys: ['condition/hypertension'], words: /hypertens|blood pressure/ },
  { keys: ['condition/anemia'], words: /anemi|anaemi/ },
  { keys: ['condition/ckd'], words: /kidney|renal/ },
  { keys: ['condition/appendicitis', 'procedure/appendectomy'], words: /append/ },
  { keys: ['procedure/polypectomy', 'condition/polyp'], words: /polyp|adenoma/ },
  { keys: ['procedure/cxr', 'procedure/clavicleXr'], words: /x-ray|radiograph/ },
  { keys: ['procedure/echo'], words: /echocardio|ultrasound/ },
  { keys: ['procedure/depScreen'], words: /depress/ },
  { keys: ['procedure/suture'], words: /sutur/ },
  { keys: ['procedure/csection', 'procedure/childbirth'], words: /birth|delivery|pregnan|labor/ },
  { keys: ['vaccine/td', 'vaccine/tdap', 'vaccine/dtap'], words: /tetanus|diphtheria|\btd\b/ },
  { keys: ['vaccine/pcv13', 'vaccine/ppsv23'], words: /pneumoc/ },
  { keys: ['test/glucose', 'test/hba1c'], words: /glucose|a1c/ },
  { keys: ['test/vitd'], words: /vitamin d/ },
  { keys: ['test/b12', 'drug/b12'], words: /b ?12|cobalamin/ },
  { keys: ['test/uacr', 'test/albumin', 'test/protein'], words: /albumin|protein/ },
  { keys: ['test/spo2'], words: /oxygen/ },
  { keys: ['test/hemoglobin', 'test/mch', 'test/mchc'], words: /hemoglobin/ },
];

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function subjectOf(n: Named): Subject<Item> {
  return { key: n.key, said: n.said, typos: n.typos ?? [], thing: nothingOf(n), items: [], common: true };
}

export function nothingOf(n: Named): Thing {
  return { names: [...n.said, ...(n.also ?? [])], ids: NAME_ONLY };
}

export function missing(n: Named, now: boolean): Expectation {
  return { type: 'polarity', thing: nothingOf(n), yes: false, now, absent: true };
}

/** One of the names people use; now and then as it gets typed. */
export function callIt(x: Subject<Item> | string, choices: Choices, context: Context, carefully: boolean): string {
  if (typeof x === 'string') return x;
  // What is not in the record is asked for by names that mean one thing only: "Ca" is calcium where calcium was measured.
  const usable = x.said.filter((name) => !context.shared.has(fold(name)) && (x.items.length > 0 || name.length > 2));
  const list = usable.length > 0 ? usable : x.said;
  if (!carefully && x.typos.length > 0 && choices.next() < 0.1) return choices.pick(x.typos);
  return carefully || choices.next() < 0.4 ? (list[0] ?? '') : choices.pick(list);
}
