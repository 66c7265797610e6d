import type { ConceptKind } from '../../language/contract.ts';
import { isNegated, negations } from '../../language/negation.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import { fold, headOf, holdsWords, isKindOf, type Sought, soughtNames, wordsIn } from './naming.ts';
import { MEASURED } from './sections.ts';
import { isOf, isVoid } from './select.ts';
import { stem } from './wording.ts';

/** Entries that name a thing of which there is no entry of its own. */
export interface Elsewhere {
  /** They state it: a report of that name, a device, an antibody test, a letter. */
  readonly stated: readonly Fact[];
  /** They deny it ("no pneumothorax"), or name a drug without saying that it is taken ("poor metabolizer of clopidogrel"). */
  readonly beside: readonly Fact[];
}

/** What is about somebody else, or names a thing for another purpose than stating it. */
const NEVER: ReadonlySet<FactKind> = new Set(['patient', 'family-history', 'allergy', 'immunization', 'coverage', 'care-team']);
/** A pump or a drug that has a test's name in it is no result of the test. */
const NOT_FOR_TESTS: ReadonlySet<FactKind> = new Set(['device', 'medication', 'procedure', 'problem', 'visit']);
/** Words that make a name another thing than the one it mentions: a screening for depression is no depression. */
const OTHERWISE =
  /\b(?:screen\w*|risk|test(?:ing|s)?|vaccin\w*|immuni[sz]\w*|prevent\w*|prophyla\w*|education|counsel\w*|monitor\w*|assessment|evaluation|exposure|contact|carrier|rule out|family history|history)\b/i;

/** What is done so that the thing does not come about. */
const TO_PREVENT =
  /\b(?:prevent\w*|prophyla\w*|avoid\w*|protect\w* against|risk (?:of|for)|risks of|screen\w*(?: for)?)(?: (?:an?|the|any|of|against|further|new))* $/;

/** "Stroke prevention in atrial fibrillation" */
const PREVENTED = /^ (?:prevention|prophylaxis|precautions?|risk|screen\w*|avoidance) /;

/** What follows a verb and no noun in the plural. */
const VERB_BEFORE = /^ (?:his|her|their|its|the|an?|into|together|well|this|that|it|him|them) /;

/** An allergy may stand among the problems or in a letter; a drug of the substance is none. */
const FOR_ALLERGIES: ReadonlySet<FactKind> = new Set(['problem', 'document', 'report']);
/** Lists of test results: they hold names of tests, which may also be names of drugs. */
const TEST_LISTS: ReadonlySet<string> = new Set(['results', 'members']);

/** Details that hold prose of other people; the rest are short fields of our own making. */
const PROSE = ['conclusion', 'description', 'text', 'note', 'diagnosis', 'findings', 'results', 'members', 'target', 'activities'] as const;

interface Named {
  readonly folded: string;
  readonly written: string;
  readonly words: ReadonlySet<string>;
  readonly head: string | undefined;
  readonly prose: boolean;
  readonly tests: boolean;
}
const texts = new WeakMap<Fact, readonly Named[]>();

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.;!?])\s+|\n+/);

function textsOf(fact: Fact): readonly Named[] {
  let known = texts.get(fact);
  if (!known) {
    // A denial ends with its sentence.
    const entry = (text: string | undefined, prose: boolean, tests = false): readonly Named[] =>
      (prose ? sentencesOf(text ?? '') : [text ?? '']).flatMap((written) => (written === '' ? [] : [asNamed(written, prose, tests)]));
    known = [
      ...[...new Set([fact.name, ...fact.names, ...fact.codes.map(({ display }) => display ?? '')])].flatMap((name) => entry(name, false)),
      ...fact.reasons.flatMap((reason) => entry(reason.text, false)),
      ...[fact.statusReason, ...(fact.reactions ?? []), fact.details?.outcome, fact.details?.complication].flatMap((text) =>
        entry(text, true),
      ),
      ...PROSE.flatMap((key) => entry(fact.details?.[key], true, TEST_LISTS.has(key))),
      // A variant of a gene is what people call its mutation; whether it was found, its value says.
      ...(fact.kind === 'genotype' ? entry(fact.details?.gene && `${fact.details.gene} mutation`, false) : []),
      ...(fact.value?.type === 'text' || fact.value?.type === 'coded' ? entry(fact.value.text, true) : []),
    ];
    texts.set(fact, known);
  }
  return known;
}

const asNamed = (written: string, prose: boolean, tests: boolean): Named => ({
  written,
  folded: fold(written),
  words: new Set(wordsIn(written)),
  head: headOf(written),
  prose,
  tests,
});

/** An allergy or intolerance that showed itself so. */
const reactedWith = ({ reactions = [] }: Fact, sought: readonly Sought[]): boolean =>
  reactions.some((reaction) => saidIn(asNamed(reaction, false, false), sought, false, false) !== undefined);

/** So many narrower names are looked for, too: an adenoma that is written down is a polyp. */
const NARROWER = 60;

/** Whether the text names it; of an entry that the tables know as something else (`known`), only as a kind of it. */
function saidIn(
  { folded, written, prose, words, head }: Named,
  sought: readonly Sought[],
  own: boolean,
  known: boolean,
): 'stated' | 'denied' | undefined {
  if (!prose) {
    const named = sought.filter((name) => holdsWords(words, written, name) && (!known || isKindOf(head, folded, name)));
    if (named.length === 0) return undefined;
    // Of the kind that was asked for, "vaccine" or "test" says what it is.
    if (own && !known) return 'stated';
    const spoken = new Set(named.flatMap((name) => name.words));
    const rest = folded.split(' ').filter((word) => !spoken.has(stem(word)));
    return OTHERWISE.test(rest.join(' ')) ? undefined : 'stated';
  }
  const found = sought.filter((name) => folded.includes(name.folded) && (name.exact?.test(written) ?? true));
  if (found.length === 0) return undefined;
  const cues = negations(folded);
  const everywhere = (name: Sought, holds: (at: number) => boolean): boolean => {
    for (let at = folded.indexOf(name.folded); at >= 0; at = folded.indexOf(name.folded, at + 1)) if (!holds(at)) return false;
    return true;
  };
  // "Behavior to prevent infection" states no infection.
  const kept = (name: Sought, at: number): boolean =>
    TO_PREVENT.test(folded.slice(0, at + 1)) || PREVENTED.test(folded.slice(at + name.folded.length - 1));
  // "Development fits his age" tells of no fits.
  const isVerb = (name: Sought, at: number): boolean =>
    /^ [a-z]+s $/.test(name.folded) && VERB_BEFORE.test(folded.slice(at + name.folded.length - 1));
  if (found.every((name) => everywhere(name, (at) => kept(name, at) || isVerb(name, at)))) return undefined;
  return found.every((name) => everywhere(name, (at) => isNegated(cues, at + 1, at + name.folded.length - 1))) ? 'denied' : 'stated';
}

/** The outcome of a colonoscopy that names polyps names polyps of the colon: the organ stands in what was done, the rest in what was found. */
function foundAt(fact: Fact, sought: readonly Sought[]): 'stated' | 'denied' | undefined {
  const outcome = fact.kind === 'procedure' ? fact.details?.outcome : undefined;
  if (!outcome) return undefined;
  const done = [fact.name, ...fact.names].flatMap((name) => fold(name).trim().split(' '));
  const folded = fold(outcome);
  const cues = negations(folded);
  for (const name of sought) {
    const [organ = '', thing = '', more] = name.folded.trim().split(' ');
    if (more !== undefined || organ.length < 5 || thing.length < 5 || !done.some((word) => word.startsWith(organ))) continue;
    const at = [...folded.matchAll(/[\p{L}\p{N}]+/gu)].find((match) => stem(match[0]) === stem(thing))?.index;
    if (at !== undefined) return isNegated(cues, at, at + thing.length) ? 'denied' : 'stated';
  }
  return undefined;
}

/** Everything that an entry says in words beside its names: reasons, outcomes, reactions, answers, notes. */
const wordsSaid = (fact: Fact): string =>
  [
    ...fact.reasons.map(({ text }) => text),
    fact.statusReason ?? '',
    ...(fact.reactions ?? []),
    ...PROSE.map((key) => fact.details?.[key] ?? ''),
    ...['outcome', 'complication', 'conditions', 'relationship'].map((key) => fact.details?.[key] ?? ''),
    fact.value?.type === 'text' || fact.value?.type === 'coded' ? fact.value.text : '',
  ].join(' ; ');

/** Entries that say all of the words in what they tell beside their names; what denies them there is left out. */
export function saidElsewhere(words: readonly string[], kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  const wanted = words.map((word) => stem(word));
  if (wanted.length === 0 || wanted.every((word) => word.length < 4)) return [];
  return chart.facts.filter((fact) => {
    if (fact.part !== undefined || fact.kind === 'patient' || (kinds.length > 0 && !kinds.includes(fact.kind)) || isVoid(fact))
      return false;
    const parts = sentencesOf(wordsSaid(fact)).map((sentence) => {
      const folded = fold(sentence);
      const at = new Map([...folded.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => [stem(match[0]), match.index] as const));
      return { cues: negations(folded), at };
    });
    return wanted.every((word) =>
      parts.some(({ cues, at }) => {
        const index = at.get(word);
        return index !== undefined && !isNegated(cues, index, index + word.length);
      }),
    );
  });
}

const isCurated = (id: string): boolean => !id.startsWith('code/') && !id.startsWith('text/') && !id.startsWith('section/');

/**
 * Looks for a thing in the entries of other kinds, and in names and prose that no table knows. What is sought by its concept is found by
 * the executor; here stands what would else be denied although somebody wrote it down.
 */
export function namedElsewhere(concepts: readonly string[], kinds: readonly FactKind[], chart: Chart): Elsewhere {
  const wanted = concepts.filter((id) => !id.startsWith('section/'));
  if (wanted.length === 0) return { stated: [], beside: [] };
  const narrower = wanted.flatMap((id) => chart.terminology.descendants(id)).slice(0, NARROWER);
  const sought = soughtNames(wanted, chart);
  const within = soughtNames(narrower, chart);
  const every = (...of: readonly (ConceptKind | undefined)[]) => wanted.every((id) => of.includes(chart.terminology.get(id)?.kind));
  const test = every('observation');
  const drug = every('drug', 'drug-class');
  const allergy = kinds.includes('allergy');
  // "Lung disease" of a record that only names asthma.
  const families = every('condition');
  const stated: Fact[] = [];
  const beside: Fact[] = [];
  for (const fact of chart.facts) {
    // A rash, hives: how an allergy showed itself.
    if (families && fact.kind === 'allergy' && !isVoid(fact) && reactedWith(fact, [...sought, ...within])) stated.push(fact);
    if (
      fact.part !== undefined ||
      (NEVER.has(fact.kind) && !(kinds.includes(fact.kind) && (fact.kind === 'immunization' || fact.kind === 'allergy'))) ||
      isVoid(fact) ||
      (test && NOT_FOR_TESTS.has(fact.kind)) ||
      (allergy && fact.kind !== 'allergy' && !FOR_ALLERGIES.has(fact.kind))
    )
      continue;
    const own = kinds.includes(fact.kind);
    const because = fact.reasons.some(({ concepts: ids }) => ids.some((id) => wanted.some((one) => chart.terminology.isA(id, one))));
    if ((!own && isOf(fact, wanted, chart)) || because) {
      stated.push(fact);
      continue;
    }
    // Of its own kind and matched, it is no entry that stands elsewhere.
    if (own && isOf(fact, wanted, chart)) continue;
    // Of its own kind and known to the tables, it is known to be something else, or a kind of it.
    const known = own && fact.concepts.some(isCurated);
    const found = own ? undefined : foundAt(fact, within);
    if (found) (found === 'stated' ? stated : beside).push(fact);
    if (found) continue;
    const names = families && !own ? [...sought, ...within] : sought;
    const said = textsOf(fact).flatMap((text) => (drug && text.tests ? [] : (saidIn(text, names, own, known) ?? [])));
    if (said.includes('stated') && !(drug && MEASURED.has(fact.kind))) stated.push(fact);
    else if (said.length > 0) beside.push(fact);
  }
  return { stated, beside };
}

/** Entries of a wider meaning than what is looked for: it may be what they mean. */
export function broaderEntries(concepts: readonly string[], kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  // What a fact is in general ("a kidney disease") makes no entry broader than it: only its own meaning does.
  const meaningOf = ({ concepts: ids }: Fact) => ids.filter((id) => !ids.some((other) => other !== id && chart.terminology.isA(other, id)));
  return chart.facts.filter(
    (fact) =>
      kinds.includes(fact.kind) &&
      !isVoid(fact) &&
      meaningOf(fact).some(
        (own) => !own.startsWith('section/') && concepts.some((wanted) => own !== wanted && chart.terminology.isA(wanted, own)),
      ),
  );
}

/** "Any rhinitis", where the record has perennial allergic rhinitis: problems whose own name ends in the name that was asked for. */
export function moreNarrowlyNamed(concepts: readonly string[], kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  const wanted = concepts.filter((id) => chart.terminology.get(id)?.kind === 'condition');
  if (wanted.length === 0 || !kinds.includes('problem')) return [];
  const sought = soughtNames(wanted, chart).filter(({ folded }) => folded.trim().length >= 5);
  return chart.facts.filter(
    (fact) =>
      fact.kind === 'problem' &&
      fact.part === undefined &&
      !isVoid(fact) &&
      fact.names.some((name) => {
        const folded = fold(name.replace(/ \((?:disorder|finding|situation)\)$/i, ''));
        const found = sought.find((one) => folded.endsWith(one.folded));
        return found !== undefined && !OTHERWISE.test(folded) && !/\b(?:no|not|non|without|pre|pseudo|free)\b/.test(folded);
      }),
  );
}
