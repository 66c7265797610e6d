import { CONDITIONS, type Named, PROCEDURES, VACCINES } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type Event, type PatientRecord } from '../record/reading.ts';
import { group, isMinor, type Subject } from '../record/subjects.ts';
import { absent } from './drugs.ts';
import {
  AT,
  CLASSES,
  DONE,
  DONE_FOR,
  LAST_DONE,
  LAST_SHOT,
  NOT_DONE,
  OFTEN,
  OTHERS,
  SEEN_FOR,
  SHOTS,
  UNVACCINATED,
  VACCINATED,
  YEAR,
} from './events-wordings.ts';
import type { Person } from './person.ts';
import { wrongSide } from './said-elsewhere.ts';
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

export function eventTruths(record: PatientRecord, person: Person, now: string, choices: Choices): readonly Truth[] {
  const vaccines = ofKind(
    'vaccine',
    record.vaccines,
    VACCINES,
    { done: VACCINATED, not: UNVACCINATED, last: LAST_SHOT, count: SHOTS },
    record,
    person,
    now,
    choices,
  );
  const procedures = ofKind(
    'procedure',
    record.procedures.filter((e) => !isMinor(e)),
    PROCEDURES,
    { done: DONE, not: NOT_DONE, last: LAST_DONE, count: OFTEN },
    record,
    person,
    now,
    choices,
  );
  return [...vaccines, ...procedures, ...visits(record, person, now, choices)];
}

interface Words {
  readonly done: readonly string[];
  readonly not: readonly string[];
  readonly last: readonly string[];
  readonly count: readonly string[];
}

function ofKind(
  family: 'vaccine' | 'procedure',
  items: readonly Event[],
  table: readonly Named[],
  words: Words,
  record: PatientRecord,
  person: Person,
  now: string,
  choices: Choices,
): Truth[] {
  const swaps = absent(table, record, items, choices)
    .slice(0, 2)
    .map((x): Change => ({ kind: 'entity', fill: { x } }));
  return group(items, table).flatMap((s): Truth[] => {
    if (s.items.some((e) => e.state !== 'done' || e.date === undefined || e.date.length < 10)) return [];
    const names = sentenceNames(
      s.said,
      s.items.flatMap((i) => i.displays),
    ).filter((n) => /^[a-z0-9][a-z0-9 -]{2,50}$/i.test(n) && !/(?:ies|childbirth)$/.test(n));
    const name = names[0];
    if (name === undefined) return [];
    const days = s.items.map((e) => dayOf(e.date ?? '')).sort();
    const fill: Fill = { ...person.fill, x: name };
    const renamed = nameRewordings(names, undefined, choices);
    const truths = choices.some(s.items, 2).map((e): Truth => {
      const day = dayOf(e.date ?? '');
      const side = /\b(?:hip|knee|wrist|ankle|clavicle|breast|eye|shoulder)\b/i.test(name)
        ? wrongSide(e.displays, e.beside, ['left'], choices)
        : undefined;
      return {
        id: `${family}/${e.id}`,
        family,
        wordings: words.done,
        fill: { ...fill, ...dated(day, choices) },
        cites: [e.id],
        errors: [
          ...dateError(
            wrongDay(day, [], new Set([...days, ...s.items.map((i) => (i.end === undefined ? '' : dayOf(i.end)))]), now, choices),
            choices,
          ),
          ...swaps,
          { kind: 'negation', wordings: words.not },
          { kind: 'patient', wordings: OTHERS },
          ...(side === undefined ? [] : [{ kind: 'side', fill: { x: `${side} ${name}` } }]),
        ],
        rewordings: [...renamed, ...dateRewordings(day, now, choices)],
      };
    });
    const lastDay = days.at(-1)!;
    truths.push({
      id: `${family}-last/${s.items[0]?.id}`,
      family: 'latest',
      wordings: words.last,
      fill: { ...fill, ...dated(lastDay, choices) },
      errors: dateError(wrongDay(lastDay, days, new Set([lastDay]), now, choices), choices).map((c) => ({
        ...c,
        kind: days.length > 1 ? 'stale' : 'date',
      })),
      rewordings: [
        ...renamed.slice(0, 1),
        ...choices.some(dateForms(lastDay), 1).map((d): Change => ({ kind: 'date-format', fill: { d, ond: `on ${d}` } })),
      ],
    });
    const n = s.items.length;
    if (n > 1 && n <= 20 && new Set(days).size === n)
      truths.push({
        id: `${family}-count/${s.items[0]?.id}`,
        family: 'count',
        wordings: words.count,
        fill: { ...fill, ...counted(n, choices) },
        errors: countErrors(n, choices),
        rewordings: [],
      });
    if (family === 'procedure') truths.push(...doneFor(s, record, fill, choices));
    return truths;
  });
}

function doneFor(s: Subject<Event>, record: PatientRecord, fill: Fill, choices: Choices): Truth[] {
  const only = s.items[0];
  if (s.items.length !== 1 || only?.reasons.length === 0 || only?.date === undefined) return [];
  const named = reason(only.reasons);
  if (named === undefined) return [];
  const wrong = absent(CONDITIONS, record, record.problems, choices).slice(0, 2);
  return [
    {
      id: `procedure-reason/${only.id}`,
      family: 'reason',
      wordings: DONE_FOR,
      fill: { ...fill, ...dated(dayOf(only.date), choices), r: named[0]! },
      cites: [only.id],
      errors: wrong.map((r): Change => ({ kind: 'reason', fill: { r } })),
      rewordings: choices.some(named.slice(1), 1).map((r): Change => ({ kind: 'synonym', fill: { r } })),
    },
  ];
}

/** The names of the one reason, where there is one. */
function reason(reasons: Event['reasons']): readonly string[] | undefined {
  const groups = group(reasons, CONDITIONS);
  const only = groups[0];
  if (groups.length !== 1 || only === undefined) return undefined;
  const names = sentenceNames(
    only.said,
    only.items.flatMap((i) => i.displays),
  ).filter((n) => /^[a-z0-9][a-z0-9 ,'-]{2,60}$/i.test(n) && !/pregnan/i.test(n));
  return names.length === 0 ? undefined : names;
}

function visits(record: PatientRecord, person: Person, now: string, choices: Choices): Truth[] {
  const done = record.visits.filter((v) => v.state === 'done' && (v.date ?? '').length >= 10);
  const truths: Truth[] = [];
  for (const { kinds, where, visit } of CLASSES) {
    const these = done.filter((v) => (kinds as readonly string[]).includes(v.kind ?? ''));
    const days = new Set(these.flatMap((v) => span(v)));
    const other = CLASSES.find((c) => c.visit !== visit)!;
    const otherDays = new Set(done.filter((v) => (other.kinds as readonly string[]).includes(v.kind ?? '')).flatMap((v) => span(v)));
    const words = (list: readonly string[], place: readonly string[]): Fill => {
      const chosen = choices.pick(list);
      return {
        visit: chosen,
        Visit: chosen.charAt(0).toUpperCase() + chosen.slice(1),
        av: `${/^(?:e|i|ED)/i.test(chosen) ? 'an' : 'a'} ${chosen}`,
        visits: `${chosen}s`,
        where: choices.pick(place),
      };
    };
    for (const v of choices.some(these, 3)) {
      const day = dayOf(v.date ?? '');
      truths.push({
        id: `visit/${v.id}`,
        family: 'visit',
        wordings: AT,
        fill: { ...person.fill, ...words(visit, where), ...dated(day, choices) },
        cites: [v.id],
        errors: [
          ...dateError(
            wrongDay(
              day,
              done.map((d) => d.date ?? ''),
              days,
              now,
              choices,
            ),
            choices,
          ),
          ...(otherDays.has(day) ? [] : [{ kind: 'entity', fill: words(other.visit, other.where) }]),
        ],
        rewordings: [{ kind: 'synonym', fill: words(visit, where) }, ...dateRewordings(day, now, choices)],
      });
    }
    const years = [...new Set(these.map((v) => (v.date ?? '').slice(0, 4)))];
    for (const y of choices.some(years, 2)) {
      const n = these.filter((v) => v.date?.startsWith(y)).length;
      if (
        new Set(these.filter((v) => v.date?.startsWith(y)).map((v) => dayOf(v.date ?? ''))).size !== n ||
        these.some((v) => v.end !== undefined && v.end.slice(0, 4) !== (v.date ?? '').slice(0, 4))
      )
        continue;
      const w = words(visit, where);
      const fill = { ...person.fill, ...w, visits: n === 1 ? w.visit! : w.visits!, ...counted(n, choices), y };
      truths.push({
        id: `visits/${visit[0]}/${y}`,
        family: 'count',
        wordings: YEAR.filter((t) => n > 1 || !/There were|there were/.test(t)),
        fill,
        errors: countErrors(n, choices).map((c) => ({ ...c, fill: { ...c.fill, visits: w.visits! } })),
        rewordings: [],
      });
    }
  }
  const dayCount = (day: string): number => done.filter((v) => span(v).includes(day)).length;
  for (const v of choices.some(
    done.filter((d) => d.reasons.length > 0),
    6,
  )) {
    const names = reason(v.reasons);
    const day = dayOf(v.date ?? '');
    if (names === undefined || dayCount(day) !== 1) continue;
    const wrong = absent(CONDITIONS, record, record.problems, choices).slice(0, 2);
    const sameReason = new Set(done.filter((d) => sharesWord([...d.reasons, ...d.diagnoses], v.reasons)).flatMap((d) => span(d)));
    truths.push({
      id: `visit-reason/${v.id}`,
      family: 'reason',
      wordings: SEEN_FOR,
      fill: { ...person.fill, ...dated(day, choices), r: names[0]! },
      cites: [v.id],
      errors: [
        ...wrong.map((r): Change => ({ kind: 'reason', fill: { r } })),
        ...dateError(
          wrongDay(
            day,
            done.map((d) => d.date ?? ''),
            sameReason,
            now,
            choices,
          ),
          choices,
        ),
      ],
      rewordings: [
        ...choices.some(names.slice(1), 1).map((r): Change => ({ kind: 'synonym', fill: { r } })),
        ...dateRewordings(day, now, choices),
      ],
    });
  }
  return truths;
}

/** "Diabetes and kidney follow-up" is a diabetes follow-up too: a day of it is no error. */
function sharesWord(a: Event['reasons'], b: Event['reasons']): boolean {
  const words = (reasons: Event['reasons']): readonly string[] =>
    reasons
      .flatMap((r) => r.displays.flatMap((t) => t.toLowerCase().match(/[a-z]{5,}/g) ?? []))
      .filter((w) => !/^(?:follow|visit|check|review)/.test(w));
  const known = new Set(words(b));
  return words(a).some((word) => known.has(word));
}

/** The days that a visit covers. */
function span(v: Event): string[] {
  const from = dayOf(v.date ?? '');
  const to = v.end === undefined ? from : dayOf(v.end);
  const days = [from];
  for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to) && days.length < 60; at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
