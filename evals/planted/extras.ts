/** Dose frequency, allergic reactions, reference ranges and family history: read from the raw resources, where records state them. */
import type { RawPatient, RawResource } from '../contract.ts';
import { ALLERGENS, CONDITIONS, DRUGS, TESTS } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type PatientRecord } from '../record/reading.ts';
import { group, means, productName } from '../record/subjects.ts';
import { absent } from './drugs.ts';
import { ABNORMAL, FAMILY, FAMILY_NOT, FREQUENT, HIGH, LOW, NORMAL, OWN, REACTED } from './extras-wordings.ts';
import type { Person } from './person.ts';
import { alsoOfName } from './said-elsewhere.ts';
import { type Change, dated, dateForms, type Fill, sentenceNames, type Truth } from './truth.ts';

export function extraTruths(raw: RawPatient, record: PatientRecord, person: Person, choices: Choices): readonly Truth[] {
  return [
    ...frequencies(raw, record, person, choices),
    ...reactions(raw, record, person, choices),
    ...flags(raw, record, person, choices),
    ...relatives(raw, record, person, choices),
  ];
}

const PER_DAY: Readonly<Record<number, readonly string[]>> = {
  1: ['once daily', 'once a day', 'daily', 'every day'],
  2: ['twice daily', 'twice a day', 'BID', 'two times a day'],
  3: ['three times daily', 'three times a day', 'TID'],
  4: ['four times daily', 'four times a day', 'QID'],
};

function frequencies(raw: RawPatient, record: PatientRecord, person: Person, choices: Choices): Truth[] {
  return group(record.medications, DRUGS, productName).flatMap((s): Truth[] => {
    const active = s.items.filter((i) => i.state === 'active');
    const only = active[0];
    if (active.length !== 1 || only === undefined || s.items.some((i) => i.state === 'doubtful' || i.combination)) return [];
    const resource = find(raw, only.id);
    const dosages = list(resource?.dosageInstruction ?? resource?.dosage).filter(isObject);
    const dosage = dosages[0];
    if (
      dosages.length !== 1 ||
      dosage === undefined ||
      dosage.asNeededBoolean === true ||
      dosage.asNeededCodeableConcept !== undefined ||
      typeof dosage.text === 'string'
    )
      return [];
    const repeat = isObject(dosage.timing) && isObject(dosage.timing.repeat) ? dosage.timing.repeat : {};
    const perDay =
      repeat.periodUnit === 'd' && repeat.period === 1
        ? repeat.frequency
        : repeat.periodUnit === 'h' && typeof repeat.period === 'number' && repeat.frequency === 1
          ? 24 / repeat.period
          : undefined;
    const open = [repeat.frequencyMax, repeat.periodMax, repeat.count].some((bound) => bound !== undefined);
    if (typeof perDay !== 'number' || PER_DAY[perDay] === undefined || open) return [];
    const name = sentenceNames(s.said, only.displays)[0];
    if (name === undefined) return [];
    const said = PER_DAY[perDay]!;
    const wrong = choices.some(
      Object.keys(PER_DAY)
        .map(Number)
        .filter((n) => n !== perDay),
      2,
    );
    return [
      {
        id: `frequency/${only.id}`,
        family: 'frequency',
        wordings: FREQUENT,
        fill: { ...person.fill, x: name, freq: said[0]! },
        cites: [only.id],
        errors: wrong.map((n): Change => ({ kind: 'frequency', fill: { freq: choices.pick(PER_DAY[n]!) } })),
        rewordings: said.slice(1).map((freq): Change => ({ kind: /^[A-Z]/.test(freq) ? 'abbreviation' : 'synonym', fill: { freq } })),
      },
    ];
  });
}

const REACTIONS = ['anaphylaxis', 'hives', 'rash', 'wheezing', 'nausea', 'swelling', 'vomiting', 'itching'];

function reactions(raw: RawPatient, record: PatientRecord, person: Person, choices: Choices): Truth[] {
  return group(record.allergies, ALLERGENS).flatMap((s): Truth[] => {
    const only = s.items[0];
    const name = s.common ? s.said[0] : s.said[0]?.replace(/^allergy to /i, '');
    if (s.items.length !== 1 || only?.state !== 'active' || name === undefined || !/^[a-z][a-z '-]{2,40}$/i.test(name)) return [];
    const stated = list(find(raw, only.id)?.reaction)
      .filter(isObject)
      .flatMap((r) => list(r.manifestation))
      .flatMap((m) => texts(m));
    const first = stated[0];
    if (first === undefined || !/^[a-z][a-z ]{2,30}$/i.test(first)) return [];
    const all = stated.join(' ').toLowerCase();
    const wrong = choices.some(
      REACTIONS.filter(
        (r) =>
          !all.includes(r.slice(0, 5)) &&
          !(r === 'hives' && /urticaria/.test(all)) &&
          !(r === 'swelling' && /edema/.test(all)) &&
          !(r === 'itching' && /prurit/.test(all)) &&
          !(r === 'rash' && /eruption|hives|urticaria/.test(all)),
      ),
      2,
    );
    return [
      {
        id: `reaction/${only.id}`,
        family: 'allergy',
        wordings: REACTED,
        fill: { ...person.fill, x: name, reaction: first.toLowerCase() },
        cites: [only.id],
        errors: [
          ...wrong.map((r): Change => ({ kind: 'reaction', fill: { reaction: r } })),
          ...absent(ALLERGENS, record, record.allergies, choices)
            .slice(0, 1)
            .map((x): Change => ({ kind: 'entity', fill: { x } })),
        ],
        rewordings: [],
      },
    ];
  });
}

function flags(raw: RawPatient, record: PatientRecord, person: Person, choices: Choices): Truth[] {
  const measured = record.measurements.filter((m) => !m.component);
  const tests = new Map(measured.map((m) => [m, TESTS.find((entry) => means(entry, m))]));
  const told = new Map<string, number>();
  const keyOf = (m: (typeof measured)[number]) => `${dayOf(m.date)} ${tests.get(m)?.key}`;
  for (const m of measured) told.set(keyOf(m), (told.get(keyOf(m)) ?? 0) + 1);
  const candidates = measured.flatMap((m) => {
    const resource = find(raw, m.id);
    const ranges = list(resource?.referenceRange).filter(isObject);
    const range = ranges[0];
    const own = tests.get(m);
    if (ranges.length !== 1 || range === undefined || own === undefined) return [];
    const bound = (side: unknown): number | undefined => (isObject(side) && typeof side.value === 'number' ? side.value : undefined);
    const [low, high] = [bound(range.low), bound(range.high)];
    if (low === undefined && high === undefined) return [];
    const flag: 'high' | 'low' | 'normal' | undefined =
      high !== undefined && m.value > high
        ? 'high'
        : low !== undefined && m.value < low
          ? 'low'
          : low !== undefined && high !== undefined
            ? 'normal'
            : undefined;
    const code = list(resource?.interpretation)
      .flatMap((i) => (isObject(i) ? list(i.coding) : []))
      .flatMap((c) => (isObject(c) && typeof c.code === 'string' ? [c.code] : []))[0];
    const agrees =
      code === undefined ||
      (flag === 'high' && /^HH?$/.test(code)) ||
      (flag === 'low' && /^LL?$/.test(code)) ||
      (flag === 'normal' && code === 'N');
    return flag === undefined || !agrees || told.get(keyOf(m)) !== 1 ? [] : [{ m, own, flag }];
  });
  const words = { high: HIGH, low: LOW, normal: NORMAL } as const;
  return choices.some(candidates, 8).map(({ m, own, flag }): Truth => {
    const day = dayOf(m.date);
    const others = (['high', 'low', 'normal'] as const).filter((f) => f !== flag);
    return {
      id: `flag/${m.id}`,
      family: 'flag',
      wordings: ABNORMAL,
      fill: { ...person.fill, x: sentenceNames(own.said, m.displays)[0] ?? own.said[0]!, flag: words[flag][0]!, ...dated(day, choices) },
      cites: [m.id],
      errors: others.map((f): Change => ({ kind: 'flag', fill: { flag: choices.pick(words[f]) } })),
      rewordings: [
        ...words[flag].slice(1).map((f): Change => ({ kind: 'synonym', fill: { flag: f } })),
        ...choices.some(dateForms(day), 1).map((d): Change => ({ kind: 'date-format', fill: { d, ond: `on ${d}` } })),
      ],
    };
  });
}

const RELATIVES: readonly (readonly [RegExp, string])[] = [
  [/mother|^MTH$/i, 'mother'],
  [/father|^FTH$/i, 'father'],
  [/brother|^BRO$/i, 'brother'],
  [/sister|^SIS$/i, 'sister'],
];

/** Names of what runs in the family. */
export const inFamily = (raw: RawPatient): ReadonlySet<string> =>
  new Set(
    raw.resources
      .filter((r) => r.resourceType === 'FamilyMemberHistory')
      .flatMap((r) => list(r.condition).filter(isObject))
      .flatMap((c) => texts(c.code)),
  );

function relatives(raw: RawPatient, record: PatientRecord, person: Person, choices: Choices): Truth[] {
  const histories = raw.resources.filter(
    (r) => r.resourceType === 'FamilyMemberHistory' && (r.status === 'completed' || r.status === 'partial'),
  );
  const said = histories.map((r) => ({
    r,
    who: RELATIVES.find(([p]) => texts(r.relationship).some((t) => p.test(t) && !/grand|step|half|in-law/i.test(t)))?.[1],
  }));
  return said.flatMap(({ r, who }): Truth[] => {
    if (who === undefined) return [];
    return list(r.condition)
      .filter(isObject)
      .flatMap((c): Truth[] => {
        const item = { id: `FamilyMemberHistory/${r.id ?? ''}`, codes: [], displays: texts(c.code) };
        const subject = group([item], CONDITIONS)[0];
        const name = subject === undefined ? undefined : sentenceNames(subject.said, item.displays)[0];
        if (subject === undefined || name === undefined || !/^[a-z0-9][a-z0-9 '-]{2,50}$/i.test(name)) return [];
        const fill: Fill = { ...person.fill, x: name, who };
        const hasIt = (relative: string): boolean =>
          said.some(
            (o) =>
              o.who === relative &&
              list(o.r.condition)
                .filter(isObject)
                .some((k) => texts(k.code).some((t) => item.displays.includes(t))),
          );
        const other = RELATIVES.map(([, w]) => w).filter((w) => w !== who && !hasIt(w));
        const own =
          group(record.problems, CONDITIONS).some((p) => p.key === subject.key) || alsoOfName(subject.said, record.problems).length > 0;
        const wrong = absent(CONDITIONS, record, record.problems, choices).slice(0, 1);
        return [
          {
            id: `family/${item.id}/${subject.key}`,
            family: 'family-history',
            wordings: FAMILY,
            fill,
            cites: [item.id],
            errors: [
              ...choices.some(other, 1).map((w): Change => ({ kind: 'patient', fill: { who: w } })),
              ...(own ? [] : [{ kind: 'patient', wordings: OWN }]),
              { kind: 'negation', wordings: FAMILY_NOT },
              ...wrong.map((x): Change => ({ kind: 'entity', fill: { x } })),
            ],
            rewordings: [],
          },
        ];
      });
  });
}

function find(raw: RawPatient, id: string): RawResource | undefined {
  return raw.resources.find((r) => `${r.resourceType}/${r.id ?? ''}` === id);
}
function texts(code: unknown): string[] {
  if (!isObject(code)) return [];
  const found = [code.text, ...list(code.coding).flatMap((c) => (isObject(c) ? [c.display, c.code] : []))];
  return [
    ...new Set(
      found.filter((t): t is string => typeof t === 'string' && !/^\d+$/.test(t)).map((t) => t.replace(/\s*\([a-z ]+\)$/i, '').trim()),
    ),
  ];
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
