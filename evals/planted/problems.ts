import { ALLERGENS, CONDITIONS } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, type PatientRecord, type Problem } from '../record/reading.ts';
import { group, isCircumstance, type Subject } from '../record/subjects.ts';
import { absent } from './drugs.ts';
import type { Person } from './person.ts';
import {
  ALLERGIC,
  ALLERGIC_NOT,
  ENDED,
  HAS,
  HAS_NOT,
  NO_ALLERGIES,
  ONSET,
  OTHERS,
  OVER,
  RESOLVED,
  SINCE,
  STILL,
  TIMES,
} from './problems-wordings.ts';
import { alsoOfName, wrongGravity, wrongSide } from './said-elsewhere.ts';
import {
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

const SIDED = /\b(?:hip|knee|wrist|ankle|forearm|clavicle|foot|hand|shoulder|breast|eye|ear|leg|arm|thumb|finger)\b/i;

/** `family`: names of what relatives have, which is no error to say of the family. */
export function problemTruths(
  record: PatientRecord,
  person: Person,
  now: string,
  choices: Choices,
  family: ReadonlySet<string>,
): readonly Truth[] {
  const usable = record.problems.filter((p) => !isCircumstance(p));
  return [
    ...group(usable, CONDITIONS).flatMap((s) => ofProblem(s, record, person, now, choices, family)),
    ...allergies(record, person, choices),
  ];
}

function ofProblem(
  s: Subject<Problem>,
  record: PatientRecord,
  person: Person,
  now: string,
  choices: Choices,
  family: ReadonlySet<string>,
): Truth[] {
  if (s.items.some((i) => i.state === 'doubtful' || i.state === 'refuted')) return [];
  const displays = s.items.flatMap((i) => i.displays);
  const names = sentenceNames(s.said, displays).filter(
    (n) => /^[a-z0-9][a-z0-9 ,'-]{2,60}$/i.test(n) && !/pregnan|history of|miscarriage|fetus|childbirth/i.test(n),
  );
  const name = names[0];
  if (name === undefined) return [];
  const fill: Fill = { ...person.fill, x: name };
  const active = s.items.some((i) => i.state === 'active');
  // Where some episodes are over and one is not, "resolved" is true of some.
  const namesakes = alsoOfName(
    names,
    record.problems.filter((p) => !s.items.includes(p)),
  );
  const oneState = [...s.items, ...namesakes].every((i) => (i.state === 'active') === active);
  const ids = s.items.filter((i) => !active || i.state === 'active').map((i) => i.id);
  const renamed = nameRewordings(names, undefined, choices);
  const swaps = absent(CONDITIONS, record, record.problems, choices)
    .slice(0, 2)
    .map((x): Change => ({ kind: 'entity', fill: { x } }));
  const beside = s.items.flatMap((i) => i.beside);
  const unsided = SIDED.test(name) ? wrongSide(displays, beside, ['left', 'right', 'bilateral'], choices) : undefined;
  const sided = /\b(left|right)\b/i.exec(name);
  const side: Change[] = sided
    ? [{ kind: 'side', fill: { x: name.replace(sided[0], /left/i.test(sided[0]) ? 'right' : 'left') } }]
    : unsided !== undefined
      ? [{ kind: 'side', fill: { x: `${unsided} ${name}` } }]
      : [];
  const degree = wrongGravity(displays, beside, choices);
  const grave = degree === undefined ? [] : [{ kind: 'severity', fill: { x: `${degree} ${name}` } }];
  const truths: Truth[] = [
    {
      id: `problem/${s.items[0]?.id}`,
      family: active ? 'problem' : 'problem-past',
      wordings: active ? HAS : OVER,
      fill,
      cites: ids,
      errors: [
        ...swaps.map((c) => (active ? c : { ...c, wordings: ['{S} had {x} in the past.', '{P} {x} has resolved.', 'History of {x}.'] })),
        {
          kind: 'negation',
          wordings: active
            ? HAS_NOT
            : ['{S} has never had {x}.', 'No history of {x}.', 'There is no record of {x}.', 'Never diagnosed with {x}.'],
        },
        ...(oneState ? [0, 1].map((): Change => ({ kind: 'status', wordings: active ? RESOLVED : STILL })) : []),
        { kind: 'patient', wordings: displays.some((one) => family.has(one)) ? OTHERS.filter((w) => w.includes('{other}')) : OTHERS },
        ...side,
        ...(active ? choices.some(grave, 1) : []),
      ],
      rewordings: [
        ...renamed,
        ...(active
          ? [{ kind: 'contraction', wordings: ["{S}'s got {x}.", "{S}'s known to have {x}.", "{S}'s been diagnosed with {x}."] }]
          : []),
      ],
    },
  ];
  const only = s.items[0];
  if (s.items.length === 1 && only?.date !== undefined && only.date.length >= 10) {
    const day = dayOf(only.date);
    const dates = {
      fill: { ...fill, ...dated(day, choices) },
      cites: [only.id],
      errors: [
        ...dateError(wrongDay(day, [], new Set([day, ...(only.end === undefined ? [] : [dayOf(only.end)])]), now, choices), choices).map(
          (c) => ({ ...c, kind: 'onset' }),
        ),
        ...swaps.slice(0, 1),
        ...side,
      ],
      rewordings: [...renamed.slice(0, 1), ...dateRewordings(day, now, choices)],
    };
    truths.push({ id: `onset/${only.id}`, family: 'onset', wordings: ONSET, ...dates });
    if (active)
      truths.push({
        id: `since/${only.id}`,
        family: 'onset',
        wordings: SINCE,
        ...dates,
        rewordings: dates.rewordings.filter((c) => c.kind === 'date-format'),
      });
  }
  if (s.items.length === 1 && only?.end !== undefined && only.end.length >= 10 && !active) {
    const day = dayOf(only.end);
    truths.push({
      id: `ended/${only.id}`,
      family: 'problem-past',
      wordings: ENDED,
      fill: { ...fill, ...dated(day, choices) },
      cites: [only.id],
      errors: [
        ...dateError(wrongDay(day, [], new Set([day]), now, choices), choices),
        ...(namesakes.some((i) => i.state !== 'over') ? [] : [{ kind: 'status', wordings: STILL }]),
      ].map((c) =>
        // "had resolved by <later day>" would be true.
        c.kind === 'date' ? { ...c, wordings: ENDED.filter((w) => !/\bby \{d\}/.test(w)) } : c,
      ),
      rewordings: dateRewordings(day, now, choices).filter((c) => c.kind !== 'date-relative'),
    });
  }
  const n = s.items.length;
  if (n > 1 && new Set(s.items.map((i) => (i.date === undefined ? '' : dayOf(i.date)))).size === n)
    truths.push({
      id: `episodes/${only?.id}`,
      family: 'count',
      wordings: TIMES,
      fill: { ...fill, ...counted(n, choices) },
      errors: countErrors(n, choices),
      rewordings: [{ kind: 'number-words', fill: { n: String(n), times: `${n} times` } }],
    });
  return truths;
}

function allergies(record: PatientRecord, person: Person, choices: Choices): Truth[] {
  const truths: Truth[] = [];
  const wrong = absent(ALLERGENS, record, record.allergies, choices);
  for (const s of group(record.allergies, ALLERGENS)) {
    if (s.items.some((i) => i.state !== 'active')) continue;
    const name = s.common ? s.said[0] : s.said[0]?.replace(/^allergy to /i, '');
    if (name === undefined || !/^[a-z][a-z '-]{2,40}$/i.test(name)) continue;
    truths.push({
      id: `allergy/${s.items[0]?.id}`,
      family: 'allergy',
      wordings: ALLERGIC,
      fill: { ...person.fill, x: name },
      cites: s.items.map((i) => i.id),
      errors: [
        ...wrong.slice(0, 2).map((x): Change => ({ kind: 'entity', fill: { x } })),
        { kind: 'negation', wordings: ALLERGIC_NOT },
        { kind: 'negation', wordings: ALLERGIC_NOT },
        {
          kind: 'patient',
          wordings: ['{P} mother is allergic to {x}.', '{other} is allergic to {x}.', '{P} daughter has an allergy to {x}.'],
        },
      ],
      rewordings: s.common ? nameRewordings(s.said, undefined, choices) : [],
    });
  }
  const none = record.noKnownAllergies[0];
  if (none !== undefined && record.allergies.length === 0 && !none.displays.some((d) => /drug|food|environ|latex/i.test(d)))
    truths.push({
      id: `no-allergies/${none.id}`,
      family: 'allergy',
      wordings: NO_ALLERGIES,
      fill: person.fill,
      cites: [none.id],
      errors: wrong.map((x): Change => ({ kind: 'negation', wordings: ALLERGIC, fill: { x } })),
      rewordings: [],
    });
  return truths;
}
