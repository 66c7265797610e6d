import type { Choices } from '../record/phrasing.ts';
import type { Change, Fill, Truth } from './truth.ts';

/** Two things in one sentence: both must be so. Places of the second carry a 2. */
const RESULTS = [
  '{P} {x} was {vu} {ond}, and {p} {x2} was {vu2} {ond2}.',
  'Results: {x} {vu} ({d}), {x2} {vu2} ({d2}).',
  '{X} {vu} {ond}; {x2} {vu2} {ond2}.',
  '{S} had {ax} of {vu} {ond} and {x2} of {vu2} {ond2}.',
  'While {p} {x} was {vu} {ond}, {p} {x2} was {vu2} {ond2}.',
  'Findings: {x} {vu} {ond}, {x2} {vu2} {ond2}',
  'Your {x} was {vu} {ond} and your {x2} was {vu2} {ond2}.',
  "{N}'s {x} was {vu} {ond} and {p} {x2} {vu2} {ond2}.",
  'Of note, {x} was {vu} {ond} and {x2} {vu2} {ond2}.',
  '{X} of {vu} ({d}) and {x2} of {vu2} ({d2}) were recorded.',
  'Both {x} ({vu} {ond}) and {x2} ({vu2} {ond2}) have been checked.',
  '{X} came to {vu} {ond}, {x2} to {vu2} {ond2}.',
];
const DRUGS = [
  '{S} takes {x} and {x2}.',
  'Meds: {x}, {x2}.',
  'Current medications are {x} and {x2}.',
  '{S} is on {x} as well as {x2}.',
  'Active medications: {x}; {x2}.',
  '{N} takes both {x} and {x2}.',
  'You are taking {x} and {x2}.',
  '{X} and {x2} are {p} current medications, among others.',
  'Pt on {x}, {x2}.',
  'Besides {x}, {s} takes {x2}.',
  '{S} continues {x} and {x2}.',
  'The medication list includes {x} and {x2}.',
];
const WITH_PROBLEM = [
  '{S} has {x2} and takes {x}.',
  '{X2}; on {x}.',
  '{N} has {x2} and is on {x}.',
  'Known {x2}, takes {x}.',
  'The patient has {x2} and currently takes {x}.',
  'You have {x2} and take {x}.',
  'PMH {x2}. Meds {x}.',
  '{S} takes {x} and has {x2}.',
  'Patient with {x2}, on {x}.',
  '{P} problems include {x2}, and {s} takes {x}.',
  'This patient with {x2} is taking {x}.',
  'Dx: {x2}; Rx: {x}.',
];
const ONE_DENIED = [
  '{S} takes {x} but not {x2}.',
  '{S} is on {x} and no longer takes {x2}.',
  '{S} takes {x}; {x2} was never prescribed.',
  'On {x}, not on {x2}.',
];
const DRUG_DENIED = [
  '{S} has {x2} but does not take {x}.',
  '{S} has no {x2} and takes {x}.',
  '{S} takes {x} and has never had {x2}.',
  'Known {x2}, not on {x}.',
];

export function compoundTruths(truths: readonly Truth[], choices: Choices): readonly Truth[] {
  const of = (family: string): readonly Truth[] => truths.filter((t) => t.family === family);
  const pairs = (a: readonly Truth[], b: readonly Truth[], count: number): readonly (readonly [Truth, Truth])[] => {
    const found: (readonly [Truth, Truth])[] = [];
    for (const first of choices.some(a, count)) {
      const second = choices.some(
        b.filter((t) => t.fill.x !== first.fill.x),
        1,
      )[0];
      if (second !== undefined) found.push([first, second]);
    }
    return found;
  };
  return [
    ...pairs(of('result'), of('result'), 4).map(([a, b]) => join(a, b, RESULTS, ['number', 'date', 'unit', 'entity'])),
    ...pairs(of('drug'), of('drug'), 2).map(([a, b]) => withDenial(join(a, b, DRUGS, ['drug']), ONE_DENIED)),
    ...pairs(of('drug'), of('problem'), 2).map(([a, b]) => withDenial(join(a, b, WITH_PROBLEM, ['drug', 'entity', 'side']), DRUG_DENIED)),
  ];
}

function join(a: Truth, b: Truth, wordings: readonly string[], kinds: readonly string[]): Truth {
  const usable = (c: Change): boolean => kinds.includes(c.kind) && c.fill !== undefined;
  return {
    id: `compound/${a.id}+${b.id}`,
    family: 'compound',
    wordings,
    fill: { ...a.fill, ...second(b.fill) },
    ...(a.cites === undefined || b.cites === undefined ? {} : { cites: [...new Set([...a.cites, ...b.cites])] }),
    errors: [
      ...pick(a.errors.filter(usable)).map(plain),
      ...pick(b.errors.filter(usable)).map((c) => plain({ ...c, fill: second(c.fill ?? {}) })),
    ],
    rewordings: [...a.rewordings, ...b.rewordings.map((c) => ({ ...c, ...(c.fill === undefined ? {} : { fill: second(c.fill) }) }))].filter(
      (c) => c.wordings === undefined && /^(?:synonym|abbreviation|brand|date-format|unit-notation)$/.test(c.kind),
    ),
  };
}

function withDenial(truth: Truth, wordings: readonly string[]): Truth {
  return { ...truth, errors: [...truth.errors, { kind: 'compound', wordings }] };
}

/** One of each kind. */
function pick(changes: readonly Change[]): readonly Change[] {
  return changes.filter((c, i) => changes.findIndex((other) => other.kind === c.kind) === i);
}
function plain(change: Change): Change {
  return { kind: 'compound', ...(change.fill === undefined ? {} : { fill: change.fill }) };
}
function second(fill: Fill): Fill {
  return Object.fromEntries(
    Object.entries(fill)
      .filter(([key]) => /^(?:x|vu?|d|ond)$/.test(key))
      .map(([key, value]) => [`${key}2`, value]),
  );
}
