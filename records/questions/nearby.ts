import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Note, Question } from './contract.ts';
import { coresOf, doneUnderAnotherName, GENERIC, named, root, wordsOf } from './done.ts';
import { describedInstead, type Found, type Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { isOf, isVoid, nearest, newestFirst, newestOf, place } from './select.ts';
import { numbersOf, seriesOf, unique } from './series.ts';

export const inWindow = (facts: readonly Fact[], { window, chart }: Scope): readonly Fact[] =>
  facts.filter((fact) => place(fact, window, false, chart.asOf) !== 'out');

/** The answer that such entries give: done, with what is not recorded of it. */
export function doneFound(scope: Scope): Found | undefined {
  const { question, chart, kinds } = scope;
  const done = inWindow(doneUnderAnotherName({ ...question, kinds: [...kinds] }, chart), scope);
  if (done.length === 0) return undefined;
  const newest = done.filter((fact) => fact.date?.slice(0, 10) === done[0]?.date?.slice(0, 10));
  const missing = kinds.includes('immunization') ? 'immunization entry' : 'result';
  return {
    outcome: 'found',
    facts: question.aspect === 'latest' || question.aspect === 'date' ? newest : done,
    considered: done,
    ...(question.aspect === 'count' ? { numbers: { count: done.length } } : {}),
    notes: [
      {
        kind: 'elsewhere',
        text: done.some((fact) => fact.kind === 'problem')
          ? 'recorded as history, not as a procedure'
          : `recorded as done; no ${missing} is recorded`,
        facts: done,
      },
    ],
  };
}

/** Examinations that give nothing but these measurements: where one is recorded, the other took place. */
const GIVES: Readonly<Record<string, readonly string[]>> = {
  'procedure/spirometry': ['lab/fev1', 'lab/fvc', 'lab/fev1-fvc'],
  'procedure/bone-density-scan': ['lab/bone-density'],
};

/** What an examination measured, or the examination that gives such a measurement. */
export function otherOf(concepts: readonly string[], kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  const other = Object.entries(GIVES).flatMap(([procedure, measured]) => {
    if (concepts.includes(procedure)) return measured;
    const of = concepts.some((id) => measured.some((one) => chart.terminology.isA(one, id)));
    return of ? [procedure] : [];
  });
  if (other.length === 0) return [];
  return chart.facts.filter((fact) => !kinds.includes(fact.kind) && fact.part === undefined && !isVoid(fact) && isOf(fact, other, chart));
}

/** "Spirometry" where only its FEV1 stands, "lung function" where only the examination does: the one tells of the other. */
export function knownByItsOther(scope: Scope): Found | undefined {
  const { question, chart, kinds } = scope;
  if (question.words?.length || question.threshold) return undefined;
  const facts = inWindow(otherOf(question.concepts, kinds, chart), scope).toSorted(newestFirst);
  if (facts.length === 0) return undefined;
  const measured = facts.some((fact) => MEASURED.has(fact.kind));
  const text = measured
    ? `there is no entry of the examination itself; what it measured is recorded`
    : `recorded as done; no result is recorded`;
  return { ...describedInstead(question, facts, text), considered: facts };
}

const NEAR: ReadonlySet<FactKind> = new Set<FactKind>(['care-plan', 'procedure', 'problem', 'report', 'document', 'order', 'device']);

/** Entries of other parts of the record that name the thing: a care plan for a disease that no problem list holds. */
export function namedNearby({ kinds, concepts, text }: Question, chart: Chart): readonly Fact[] {
  const ids = concepts.filter((id) => !id.startsWith('section/'));
  if (ids.length === 0 && kinds.length === 1 && kinds[0] === 'device') return devicesByName(text, chart);
  if (ids.length === 0 || kinds.includes('allergy') || kinds.includes('family-history')) return [];
  const cores = coresOf(ids, chart);
  return chart.facts
    .filter(
      (fact) =>
        !isVoid(fact) && fact.part === undefined && NEAR.has(fact.kind) && (fact.kind === 'procedure' || !kinds.includes(fact.kind)),
    )
    .filter((fact) => isOf(fact, ids, chart) || named(fact, cores))
    .sort(newestFirst);
}

const DEVICE = /\b(?:implants?|pacemakers?|stents?|prosthe\w*|defibrillators?|intrauterine|pumps?|catheters?|shunts?|hearing aids?)\b/gi;

/** Drugs and procedures that put a device in place, where the record has no entry of the device itself. */
export function devicesByName(text: string, chart: Chart): readonly Fact[] {
  const asked = text.toLowerCase().match(DEVICE) ?? [];
  return chart.facts
    .filter((fact) => (fact.kind === 'medication' || fact.kind === 'procedure') && !isVoid(fact))
    .filter((fact) => {
      const own = fact.names.join(' ').toLowerCase().match(DEVICE) ?? [];
      return own.length > 0 && (asked.length === 0 || asked.some((word) => own.some((other) => root(other) === root(word))));
    })
    .sort(newestFirst);
}

/**
 * Results that are another form of what was asked: "NT-proBNP" for BNP, "direct bilirubin" for bilirubin. The head of the name is the
 * same, so a reader may know them for a relative; they are never the answer.
 */
export function relativesOf({ kinds, concepts }: Question, chart: Chart): readonly Fact[] {
  if (!kinds.some((kind) => MEASURED.has(kind))) return [];
  const { terminology } = chart;
  const namesOf = (id: string): readonly string[] => {
    const concept = terminology.get(id);
    if (!concept) return [];
    // "Saturation" stands for oxygen saturation and is no name that a relative of it would end in.
    const own = concept.name.split(' ');
    return [concept.name, ...concept.synonyms.filter((name) => own.length === 1 || !own.includes(name.toLowerCase()))];
  };
  const asked = concepts.flatMap(namesOf);
  const headed = (long: string, short: string): boolean =>
    short.length >= 3 &&
    long.length > short.length &&
    (/^[A-Z]{3,}$/.test(short) ? long.endsWith(short) : short.length >= 5 && long.toLowerCase().endsWith(` ${short.toLowerCase()}`));
  const latest = new Map<string, Fact>();
  for (const fact of [...chart.facts].sort(newestFirst)) {
    const own = fact.concepts[0];
    if (!own || !MEASURED.has(fact.kind) || !fact.value || isVoid(fact) || latest.has(own)) continue;
    const theirs = [fact.name, ...namesOf(own)];
    if (theirs.some((name) => asked.some((one) => headed(name, one) || (/^[A-Z]{3,}$/.test(name) && headed(one, name)))))
      latest.set(own, fact);
  }
  return [...latest.values()].slice(0, 3);
}

/** A relative of what was asked, as it was asked: in that time, the highest of it, all of it; else the nearest, and that it is. */
export function nearAsAsked({ question, facts, all, window }: Scope): { readonly facts: readonly Fact[]; readonly notes: readonly Note[] } {
  const known = all.filter((fact) => !isVoid(fact) && fact.value);
  const inTime = facts.filter((fact) => fact.value);
  if (inTime.length === 0) {
    const near = nearest(known, window);
    const chosen = near.length > 0 ? near : newestOf(known);
    const when = chosen[0]?.date ? formatDate(chosen[0].date) : 'an unknown date';
    return { facts: chosen, notes: [{ kind: 'nearest', text: `none of it in that time; the nearest is from ${when}`, facts: chosen }] };
  }
  const { min, max } = numbersOf(seriesOf(inTime));
  switch (question.aspect) {
    case 'highest':
    case 'lowest': {
      const at = question.aspect === 'highest' ? max : min;
      return { facts: at ? [at.fact] : newestOf(inTime), notes: [] };
    }
    case 'range':
      return { facts: min && max ? unique([max.fact, min.fact]) : inTime, notes: [] };
    case 'first':
      return { facts: newestOf([...inTime].reverse()), notes: [] };
    case 'latest':
      return { facts: newestOf(inTime, question.limit ?? 1, question.offset ?? 0), notes: [] };
    default:
      return { facts: inTime, notes: [] };
  }
}

const REMOVED =
  /\b(?:remov(?:ed?|al|ing)|taken out|came out|(?:come|came|comes|coming|take|taken|took|cut) off|off(?= when|\W*$)|out|explant\w*|extract(?:ed|ion)|excised?|excision)\b/i;

const REMOVAL = /\bremov|\bextract|\bexcis|ectomy\b|\bexplant/i;

const TAKEN_OFF =
  /\b(?:cast|plaster|splint|brace|stitches|sutures?|staples|dressing|bandage|boot)\b.*\boff\b|\b(?:tak(?:e|en)|took|c[oa]me|cut|got) off\b/i;

/** "When was the IUD removed", "polyp removed?": the removals that the record holds of the thing. */
export function removalsOf({ concepts, words, text, kinds }: Question, asked: readonly Fact[], chart: Chart): readonly Fact[] {
  if (!REMOVED.test(text) && !(TAKEN_OFF.test(text) && kinds.includes('procedure'))) return [];
  const anything = concepts.length === 0 && !words?.length && kinds.length === 1 && kinds[0] === 'procedure';
  if (concepts.length === 0 && !words?.length && !anything) return [];
  const named = concepts.flatMap((id) => [chart.terminology.get(id)?.name ?? '', ...(chart.terminology.get(id)?.synonyms ?? [])]);
  const short = new Set(
    [...named, ...(words ?? []), ...asked.flatMap((fact) => fact.names)]
      .flatMap(wordsOf)
      .filter((word) => !GENERIC.has(word) && word.length >= 5)
      .map(root),
  );
  const removals = chart.facts.filter(
    (fact) => fact.kind === 'procedure' && !isVoid(fact) && fact.names.some((name) => REMOVAL.test(name)),
  );
  // "IUD removal" is that of an IUD, and a contraceptive implant is another thing, though both are contraceptives.
  const things = concepts.map((id) => id.replace(/-(?:insertion|placement|implantation|removal)$/, ''));
  const own = anything
    ? []
    : removals.filter((fact) => fact.concepts.some((id) => /-removal$/.test(id) && things.includes(id.replace(/-removal$/, ''))));
  if (own.length > 0) return [...own].sort(newestFirst);
  return removals
    .filter((fact) => anything || fact.names.some((name) => wordsOf(name).some((word) => [...short].some((one) => word.startsWith(one)))))
    .sort(newestFirst);
}
