import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { isOf, isVoid, newestFirst, place } from './select.ts';

/** Words that say what sort of thing a name is, not which: "HIV test", "hepatitis B vaccine". */
const GENERIC = new Set(
  `a an and any by disease disorder dose for function immunization infection injection insertion level levels measurement of or panel placement
  positive procedure procedures removal replacement result results screen screening serum shot status syndrome test testing tests the titer to
  vaccination vaccine vaccines with`.split(/\s+/),
);

const root = (word: string): string => {
  const cut = word.replace(/(?:ings?|ed|es|e|s)$/, '');
  return cut.length >= 3 ? cut : word;
};

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The telling words of a name; none where too little is left to tell one thing from another. */
function coreOf(name: string): readonly string[] {
  const left = wordsOf(name).filter((word) => !GENERIC.has(word));
  return left.join('').length >= 4 ? left.map(root) : [];
}

/** Every way the tables have of naming a concept, and what its abbreviations stand for ("HIV": "human immunodeficiency virus"). */
function coresOf(ids: readonly string[], chart: Chart): readonly (readonly string[])[] {
  const { terminology } = chart;
  const names = new Set<string>();
  for (const id of ids) {
    const concept = terminology.get(id);
    if (!concept) continue;
    for (const name of [concept.name, ...concept.synonyms]) {
      names.add(name);
      const short = name
        .split(/\s+/)
        .filter((word) => !GENERIC.has(word.toLowerCase()))
        .join(' ');
      if (/^[A-Z]{2,6}$/.test(short))
        for (const meant of terminology.byName(short))
          if (concept.kind === 'observation' && meant.kind === 'condition')
            for (const other of [meant.name, ...meant.synonyms]) names.add(other);
    }
  }
  return [...names].map(coreOf).filter((core) => core.length > 0);
}

function named(fact: Fact, cores: readonly (readonly string[])[]): boolean {
  const own = new Set(
    [fact.name, ...fact.names, ...(fact.kind === 'care-plan' ? Object.values(fact.details ?? {}) : [])]
      .flatMap(wordsOf)
      .flatMap((word) => [word, root(word)]),
  );
  return cores.some((core) => core.every((word) => own.has(word)));
}

const DONE: ReadonlySet<FactKind> = new Set<FactKind>(['procedure', 'imaging', 'report']);
const HISTORY = /\b(?:history of|status post|s\/p|absence of|acquired)\b/i;

/**
 * A test or vaccination that the record holds as something done, without a result; an operation that it tells as history.
 * Newest first.
 */
function doneUnderAnotherName({ kinds, concepts, text }: Question, chart: Chart): readonly Fact[] {
  const ids = concepts.filter((id) => !id.startsWith('section/') && !id.startsWith('panel/'));
  if (ids.length === 0) return [];
  const tested = kinds.includes('problem') && /\b(?:tests?|tested|testing|screens?|screened|screening)\b/i.test(text);
  const measured = kinds.some((kind) => MEASURED.has(kind)) && !ids.some((id) => /^(?:vital|social)\//.test(id));
  const operated = kinds.includes('procedure');
  if (!tested && !measured && !operated && !kinds.includes('immunization')) return [];
  const asked = tested ? ids.flatMap((id) => chart.terminology.descendants(id)) : ids;
  const cores = coresOf(asked, chart);
  return chart.facts
    .filter(
      (fact) =>
        !isVoid(fact) &&
        fact.part === undefined &&
        !kinds.includes(fact.kind) &&
        (operated
          ? fact.kind === 'problem' && HISTORY.test(fact.names.join(' '))
          : kinds.includes('immunization')
            ? fact.kind === 'procedure'
            : DONE.has(fact.kind)) &&
        (isOf(fact, ids, chart) || named(fact, cores)),
    )
    .sort(newestFirst);
}

/** Given for a passing protection: shown beside vaccinations, and none of their number. */
const PASSIVE = /\b(?:antitoxin|antivenom|(?:immune|immuno)[ -]?globulin)\b/i;

/** Vaccinations that the record holds as procedures: they answer beside its immunizations. */
export function vaccinationsDone(question: Question, kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  if (kinds.length !== 1 || kinds[0] !== 'immunization' || question.words?.length) return [];
  const found = doneUnderAnotherName({ ...question, kinds: [...kinds] }, chart);
  return question.aspect === 'count' ? found.filter(({ names }) => !names.some((name) => PASSIVE.test(name))) : found;
}

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
function devicesByName(text: string, chart: Chart): readonly Fact[] {
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
    return concept ? [concept.name, ...concept.synonyms] : [];
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
  return chart.facts
    .filter((fact) => fact.kind === 'procedure' && !isVoid(fact) && fact.names.some((name) => REMOVAL.test(name)))
    .filter((fact) => anything || fact.names.some((name) => wordsOf(name).some((word) => [...short].some((one) => word.startsWith(one)))))
    .sort(newestFirst);
}
