import type { Evidence } from '../grounding/contract.ts';
import { searchFor, searchKinds, searchSection } from '../grounding/evidence.ts';
import { factsOf, toEvidence } from '../records/chart/evidence.ts';
import { type OverviewSection, overview, topThree } from '../records/chart/overview.ts';
import { type Disagreement, disagreements } from '../records/chart/person-statements.ts';
import type { MatterItem } from '../records/chart/top-three.ts';
import { trend, turned } from '../records/chart/trend.ts';
import type { Chart, Fact, FactKind, MissingPart } from '../records/contract.ts';
import { kindsHolding, missingNames, missingOf, missingParts, missingWords } from '../records/missing.ts';
import { allergiesNear } from '../records/questions/allergens.ts';
import { type AllergyTold, allergiesToldTo, allergiesUnlisted } from '../records/questions/allergies-told.ts';
import { type Answer, type Question, questionSchema } from '../records/questions/contract.ts';
import { answer } from '../records/questions/executor.ts';
import { wordsIn } from '../records/questions/naming.ts';
import { newestFirst, place } from '../records/questions/select.ts';
import { defineTool } from './define.ts';

/** The answer with the ids of the complete searches that it rests on; a panel's members each with theirs. */
export interface ChartAnswer {
  readonly answer: Answer;
  readonly searches: readonly string[];
  /** For each premise, the searches that decide it. */
  readonly premises: readonly (readonly string[])[];
  readonly parts: readonly ChartAnswer[];
  /** A drug was asked about, and the record holds an allergy or intolerance to it: must be said whatever was asked. */
  readonly allergies: readonly Fact[];
  /** What notes tell of allergies that no entry is: to a drug that was asked about, or any where allergies were asked for. */
  readonly told: readonly AllergyTold[];
  /** The record contradicts what answers (active here, resolved there; an allergy beside "no known allergies"): must be said too. */
  readonly contradicting: readonly Fact[];
  /** What a merged record says otherwise of the person, of exactly what was asked: "gender female, and in a record that was merged into this one male". */
  readonly disagreeing: readonly string[];
  /** Nothing is found, and these entries speak of it without being it by their code: it cannot be denied while they stand. */
  readonly spoken: readonly Fact[];
  /** Nothing is found of a disease by whose name its vaccine is called too ("COVID-19", "shingles"): the denial must say which it means. */
  readonly ofDisease: boolean;
  /** Where what was asked for may stand and that could not be read: it is not denied, counted, or called the latest or the only one. */
  readonly missing: readonly MissingPart[];
  /** `summary`: what the record holds. `emptySearch` by section: the search that found nothing. */
  readonly sections?: readonly (OverviewSection & { readonly emptySearch?: string })[];
  /** `top-three`: what matters most, with the reason. */
  readonly top?: readonly MatterItem[];
}

const EMPTY_KINDS: Partial<Record<OverviewSection['key'], { readonly kinds: readonly FactKind[]; readonly label: string }>> = {
  allergies: { kinds: ['allergy'], label: 'allergies' },
  problems: { kinds: ['problem'], label: 'problems' },
  medications: { kinds: ['medication'], label: 'medications' },
};

function factsNamed({ facts, instead, numbers, premise, notes, considered, question, quoted = [] }: Answer): readonly Fact[] {
  const series = [numbers?.first, numbers?.turn, numbers?.last, numbers?.min, numbers?.max, numbers?.change?.from, numbers?.change?.to];
  // Where the newest value comes from: its course is told from the oldest, and from where it turned.
  const course = question.aspect === 'latest' && !numbers ? trend(considered.filter(({ part }) => part === facts[0]?.part)) : undefined;
  return [
    ...facts,
    ...(course ? [course.first, turned(course)].flatMap((at) => at?.fact ?? []) : []),
    ...series.flatMap((at) => (at ? [at.fact] : [])),
    ...premise.flatMap((one) => one.facts),
    ...notes.flatMap((note) => note.facts),
    ...instead,
    ...quoted.map(({ fact }) => fact),
  ];
}

/** Collects evidence once each: a resource's own, and the searches that answers rest on. */
function collect(chart: Chart) {
  const evidence = new Map<string, Evidence>();
  return {
    evidence,
    facts(facts: readonly Fact[]): void {
      const named = facts.flatMap((fact) => [fact.id, ...fact.reasons.flatMap(({ ref }) => ref ?? [])]);
      for (const id of named) if (!evidence.has(id) && factsOf(chart, id).length > 0) evidence.set(id, toEvidence(chart, id));
    },
    add(found: Evidence): string {
      evidence.set(found.id, found);
      return found.id;
    },
  };
}

/** Parts of the record whose things may stand in another. */
const SECTION_OF: Readonly<Record<string, string>> = {
  inpatient: 'section/hospitalizations',
  emergency: 'section/er-visits',
  device: 'section/devices',
  allergy: 'section/allergies',
};

/** Everything that the record holds of what was asked, at any time and in any state: the whole that "latest", "three" and "no" speak of. */
function searchesFor({ scope, question }: Answer, chart: Chart): readonly Evidence[] {
  if (question.field === 'deceased') return [searchFor(chart, 'condition/death', 'death')];
  const { concepts, kinds } = scope;
  const nameOf = (id: string) => chart.terminology.get(id)?.name ?? question.name;
  if (question.aspect === 'due')
    return [
      searchKinds(chart, ['appointment', 'order'], 'appointments and orders'),
      ...question.concepts.filter((id) => !id.startsWith('section/')).map((id) => searchFor(chart, id, nameOf(id))),
    ];
  const section = SECTION_OF[question.visitClass ?? ''] ?? (kinds.length === 1 ? SECTION_OF[kinds[0]!] : undefined);
  const ofFamily =
    kinds.length === 1 && kinds[0] === 'family-history' ? searchSection(chart, 'section/family-history', 'family history') : [];
  return concepts.length > 0
    ? [...concepts.map((id) => searchFor(chart, id, nameOf(id))), ...ofFamily]
    : section && !question.words?.length && !question.reasons && !question.person && !question.except
      ? searchSection(chart, section, joinedKinds(kinds))
      : kinds.length > 0
        ? [searchKinds(chart, kinds, joinedKinds(kinds))]
        : [];
}

const joinedKinds = (kinds: readonly FactKind[]): string => kinds.map((kind) => kind.replace('-', ' ')).join(', ');

/** Allergies and intolerances in force to a drug or class that was asked about, to its class, or to a drug of the same class. */
function allergiesTo({ question, facts }: Answer, chart: Chart): readonly Fact[] {
  return allergiesNear(
    [...question.concepts, ...facts.filter(({ kind }) => kind === 'medication').flatMap(({ concepts }) => concepts)],
    chart,
  );
}

const MOST_TOLD = 3;

function toldFor({ question, facts }: Answer, chart: Chart): readonly AllergyTold[] {
  const open = allergiesUnlisted(chart);
  if (open.length === 0 || question.person || question.relative || question.kinds.includes('family-history')) return [];
  const drugs = [...question.concepts, ...facts.filter(({ kind }) => kind === 'medication').flatMap(({ concepts }) => concepts)].filter(
    (id) => !id.startsWith('section/'),
  );
  const all = question.aspect === 'summary' || (question.kinds.includes('allergy') && drugs.length === 0);
  const bearing = new Set(all ? open : drugs.flatMap((id) => allergiesToldTo(id, chart)).filter((one) => open.includes(one)));
  const sorted = [...bearing].sort((a, b) => newestFirst(a.fact, b.fact));
  return sorted.filter((one, at) => sorted.findIndex(({ sentence }) => sentence === one.sentence) === at).slice(0, MOST_TOLD);
}

/** Few enough to be read out; a long list is contradicted entry by entry, which the summary tells. */
const CONTRADICTABLE = 6;

/** Entries of the same kind that say otherwise than an answering fact and are not part of the answer themselves. */
function contradicting({ facts, question }: Answer, chart: Chart): readonly Fact[] {
  if (facts.length > CONTRADICTABLE || question.aspect === 'summary' || question.aspect === 'top-three') return [];
  if (question.field) return [...new Set(saidOtherwise(question, chart).map(({ fact }) => fact))];
  const shown = new Set(facts.map((fact) => fact.id));
  const kinds = new Map(facts.flatMap((fact) => (fact.conflicts ?? []).map((id) => [id, fact.kind] as const)));
  return chart.facts.filter((fact) => kinds.get(fact.id) === fact.kind && !shown.has(fact.id) && fact.part === undefined && !fact.value);
}

const saidOtherwise = ({ field, relative }: Question, chart: Chart): readonly Disagreement[] =>
  field && !relative ? disagreements(chart, field) : [];

const FAMILY = /\b(?:family (?:history|hx)|fhx?)\b/i;

const isDisease = ({ concepts }: Question, { terminology }: Chart): boolean =>
  concepts.length > 0 && concepts.every((id) => terminology.get(id)?.kind === 'condition');

function sharesWord(asked: string, names: readonly string[]): boolean {
  const words = (text: string): readonly string[] =>
    wordsIn(text).filter((word) => word.length > 3 && !/^(?:famil|histor|diseas)/.test(word));
  const own = new Set(names.flatMap(words));
  return words(asked).some((word) => own.has(word));
}

/** In the time that was asked for; an allergy only where one is asked for. */
function spokenIn(searches: readonly Evidence[], { question, scope: { kinds, from, to } }: Answer, chart: Chart): readonly Fact[] {
  const window = { ...(from ? { from } : {}), ...(to ? { to } : {}), notes: [] };
  return (
    [...new Set(searches.flatMap(({ scope }) => scope?.named ?? []))]
      .filter((fact) => kinds.includes('allergy') === (fact.kind === 'allergy'))
      // What the patient has is no family history of it.
      .filter(({ name, names }) => !kinds.includes('family-history') || (FAMILY.test(name) && sharesWord(question.name, [name, ...names])))
      .filter((fact) => place(fact, window, false, chart.asOf) !== 'out')
      .sort(newestFirst)
      .slice(0, 3)
  );
}

const DUE_KINDS: readonly FactKind[] = ['appointment', 'order', 'immunization', 'visit'];

const isVaccinated = ({ concepts }: Question, { terminology }: Chart): boolean =>
  concepts.some((id) => terminology.byName(`${terminology.get(id)?.name} vaccine`).some(({ kind }) => kind === 'vaccine'));

/** Aspects that are answered from all parts of the record. */
const OVER_ALL = new Set<Question['aspect']>(['summary', 'top-three']);

/** What could not be read of where the answer looks: for the thing itself, for whom, for the event that its time refers to, for what the question presumes. */
function missingFor({ question, scope, notes, premise, outcome }: Answer, chart: Chart): readonly MissingPart[] {
  const parts = missingParts(chart);
  if (parts.length === 0 || OVER_ALL.has(question.aspect) || notes.some(({ kind }) => kind === 'anchor')) return parts;
  if (question.field) return missingOf(parts, ['patient']);
  const holding = (ids: readonly string[]): readonly FactKind[] =>
    ids.flatMap((id) => {
      const concept = chart.terminology.get(id);
      return concept ? kindsHolding(concept) : [];
    });
  // A colonoscopy is no imaging study, and a potassium stands in no questionnaire, though questions about such things look there.
  const own = holding(question.concepts);
  const kinds = [
    ...(scope.kinds.some((kind) => own.includes(kind)) ? own : scope.kinds),
    ...holding(premise.flatMap((one) => one.premise.concepts)),
    ...(question.aspect === 'due' ? DUE_KINDS : []),
    // A problem list may hold "family history of stroke", and of "tetanus" the vaccine may be meant.
    ...(scope.kinds.includes('family-history') ? (['problem'] as const) : []),
    ...(own.includes('problem') && isVaccinated(question, chart) ? (['immunization'] as const) : []),
  ];
  const persons = question.person !== undefined || question.aspect === 'who' || question.aspect === 'where' ? missingNames(parts) : [];
  const words = outcome === 'not-recorded' ? missingWords(parts, kinds) : [];
  return [...new Set([...missingOf(parts, kinds), ...words, ...persons])];
}

function toChartAnswer(result: Answer, chart: Chart, into: ReturnType<typeof collect>): ChartAnswer {
  into.facts(factsNamed(result));
  const allergies = allergiesTo(result, chart);
  const against = contradicting(result, chart);
  const told = toldFor(result, chart);
  into.facts([...allergies, ...against, ...told.map(({ fact }) => fact)]);
  const looked = searchesFor(result, chart);
  const searches = looked.map(into.add);
  const nothing = result.outcome === 'not-recorded';
  // Where her own record tells of no death and the one merged into it does, none is denied.
  const dead = nothing && result.question.field === 'deceased' ? against : [];
  const spoken = [...dead, ...(nothing && !result.question.reasons && !result.question.person ? spokenIn(looked, result, chart) : [])];
  into.facts(spoken);
  const premises = result.premise.map(({ premise }) => premise.concepts.map((id) => into.add(searchFor(chart, id, premise.name))));
  return {
    answer: result,
    searches,
    premises,
    allergies,
    told,
    contradicting: against,
    disagreeing: saidOtherwise(result.question, chart).map(({ text }) => text),
    spoken,
    ofDisease: nothing && isDisease(result.question, chart) && isVaccinated(result.question, chart),
    missing: missingFor(result, chart),
    parts: (result.parts ?? []).map((part) => toChartAnswer(part, chart, into)),
  };
}

const missingFrom = (chart: Chart, kinds: readonly FactKind[]): readonly MissingPart[] => {
  const parts = missingParts(chart);
  return [...missingOf(parts, kinds), ...missingWords(parts, kinds)];
};

const missingIn = ({ missing, parts }: ChartAnswer): readonly MissingPart[] => [...missing, ...parts.flatMap(missingIn)];

function sectionsOf(chart: Chart, into: ReturnType<typeof collect>): ChartAnswer['sections'] {
  return overview(chart).map((section) => {
    into.facts(section.facts);
    const empty = section.empty === undefined ? undefined : EMPTY_KINDS[section.key];
    if (!empty || missingFrom(chart, empty.kinds).length > 0) return section;
    if (section.key === 'allergies' && allergiesUnlisted(chart).length > 0) return section;
    return { ...section, emptySearch: into.add(searchKinds(chart, empty.kinds, empty.label)) };
  });
}

export const chartQuestion = defineTool({
  name: 'chart_question',
  description:
    "Answers one typed question from this patient's record: a value, a trend, a list, a count, yes or no, a reason, a date. Says 'not-recorded' where the record holds nothing.",
  input: questionSchema,
  effect: 'read',
  run: async (question, { chart }) => {
    const into = collect(chart);
    const value = toChartAnswer(answer(question, chart), chart, into);
    const top = question.aspect === 'top-three' ? topThree(chart) : undefined;
    into.facts((top ?? []).flatMap((item) => item.facts));
    const sections = question.aspect === 'summary' ? sectionsOf(chart, into) : undefined;
    return {
      value: { ...value, ...(sections ? { sections } : {}), ...(top ? { top } : {}) } satisfies ChartAnswer,
      evidence: [...into.evidence.values()],
      missing: [...new Set(missingIn(value))],
    };
  },
});
