import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Question } from './contract.ts';
import { MEASURED } from './sections.ts';
import { isOf, isVoid, newestFirst } from './select.ts';

/** Words that say what sort of thing a name is, not which: "HIV test", "hepatitis B vaccine". */
export const GENERIC = new Set(
  `a an and any by disease disorder dose for function immunization infection injection insertion level levels measurement of or panel placement
  positive procedure procedures removal replacement result results screen screening serum shot status syndrome test testing tests the titer to
  vaccination vaccine vaccines with`.split(/\s+/),
);

export const root = (word: string): string => {
  const cut = word.replace(/(?:ings?|ed|es|e|s)$/, '');
  return cut.length >= 3 ? cut : word;
};

export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    // The letter tells one from another.
    .replace(/\b(hepatitis|hep|vitamin|influenza|group|type|factor)[ -]([a-z0-9])\b/g, '$1$2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The telling words of a name; none where too little is left to tell one thing from another. */
function coreOf(name: string): readonly string[] {
  const left = wordsOf(name).filter((word) => !GENERIC.has(word));
  return left.join('').length >= 4 ? left.map(root) : [];
}

/** Every way the tables have of naming a concept, and what its abbreviations stand for ("HIV": "human immunodeficiency virus"). */
export function coresOf(ids: readonly string[], chart: Chart): readonly (readonly string[])[] {
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

export function named(fact: Fact, cores: readonly (readonly string[])[]): boolean {
  const own = new Set(
    [fact.name, ...fact.names, ...(fact.kind === 'care-plan' ? Object.values(fact.details ?? {}) : [])]
      .flatMap(wordsOf)
      .flatMap((word) => [word, root(word)]),
  );
  return cores.some((core) => core.every((word) => own.has(word)));
}

const DONE: ReadonlySet<FactKind> = new Set<FactKind>(['procedure', 'imaging', 'report']);

const GIVEN = /vaccin|immuni[sz]ation|inoculat|toxoid|antitoxin|immun(?:e|o)[ -]?globulin|\b(?:injection|shot|jab|booster)s?\b/i;
const HISTORY = /\b(?:history of|status post|s\/p|absence of|acquired)\b/i;

/**
 * A test or vaccination that the record holds as something done, without a result; an operation that it tells as history.
 * Newest first.
 */
export function doneUnderAnotherName({ kinds, concepts, text }: Question, chart: Chart): readonly Fact[] {
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
            ? // A hepatitis B antigen that was measured is no vaccination.
              fact.kind === 'procedure' && fact.names.some((name) => GIVEN.test(name))
            : DONE.has(fact.kind)) &&
        (isOf(fact, ids, chart) || named(fact, cores)),
    )
    .sort(newestFirst);
}

/** Given for a passing protection: shown beside vaccinations, and none of their number. */
const PASSIVE = /\b(?:antitoxin|antivenom|(?:immune|immuno)[ -]?globulin)\b/i;

/** What combination vaccines are made of, as the tables name it. */
const ANTIGENS = ['tetanus', 'diphtheria', 'pertussis', 'polio', 'hib', 'varicella'] as const;

/** Tetanus and diphtheria were asked for, and it is against pertussis as well: another vaccine than the one that was named. */
function isOfMore({ names }: Fact, asked: readonly string[], { terminology }: Chart): boolean {
  const combined = asked.filter((id) => (terminology.get(id)?.parents ?? []).length > 1);
  if (combined.length === 0 || combined.length < asked.length) return false;
  const own = names.flatMap(wordsOf);
  return ANTIGENS.some((antigen) => own.includes(antigen) && !asked.some((id) => terminology.isA(id, `vaccine/${antigen}`)));
}

/** Vaccinations that the record holds as procedures: they answer beside its immunizations. */
export function vaccinationsDone(question: Question, kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  if (kinds.length !== 1 || kinds[0] !== 'immunization' || question.words?.length) return [];
  const found = doneUnderAnotherName({ ...question, kinds: [...kinds] }, chart).filter((fact) => !isOfMore(fact, question.concepts, chart));
  return question.aspect === 'count' ? found.filter(({ names }) => !names.some((name) => PASSIVE.test(name))) : found;
}
