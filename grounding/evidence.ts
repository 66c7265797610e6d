/** Finds the evidence for a sentence by itself: complete searches for everything that it names, and the patient. */
import type { Concept } from '../language/contract.ts';
import { factsOf, searchEvidence, toEvidence } from '../records/chart/evidence.ts';
import type { Chart, Fact, FactKind } from '../records/contract.ts';
import { kindsFor } from '../records/questions/select.ts';
import { allergySpokenOf, spokenOf } from '../records/questions/spoken-of.ts';
import { unreadable } from '../records/questions/unreadable.ts';
import { needConcepts, needEntries } from './checks/need.ts';
import type { Evidence, SearchScope } from './contract.ts';
import { kindsOfSection } from './matching/world.ts';
import { cuesAt, stem, tokens } from './reading/lexicon.ts';
import { meanings, wholeMentions } from './reading/mentions.ts';

interface Found {
  readonly searches: Map<string, Evidence>;
  /** Values recorded in words, with the concepts that have them. */
  readonly values: readonly (readonly [string, string])[];
  /** Names that the record uses, in lower case, with their concept. */
  readonly names: readonly (readonly [string, string, readonly string[]])[];
}

const known = new WeakMap<Chart, Found>();

function indexOf(chart: Chart): Found {
  const there = known.get(chart);
  if (there) return there;
  const values = new Map<string, string>();
  const names = new Map<string, string>();
  for (const fact of chart.facts) {
    const id = fact.concepts[0];
    if (id === undefined || fact.kind === 'patient') continue;
    const { value } = fact;
    if (value && value.type !== 'quantity' && value.type !== 'range' && /^[a-z]/i.test(value.text) && value.text.length > 2)
      values.set(`${value.text.toLowerCase()}\t${id}`, id);
    for (const name of [fact.name, ...fact.names]) {
      const plain = name.toLowerCase().replace(/ \([a-z /]+\)$/, '');
      if (plain.length > 3) names.set(plain, id);
    }
  }
  const found: Found = {
    searches: new Map(),
    values: [...values].map(([key, id]) => [key.split('\t')[0]!, id] as const),
    names: [...names].map(
      ([name, id]) =>
        [
          name,
          id,
          tokens(name)
            .map(({ word }) => word)
            .filter((word) => /\w/.test(word) && !/^(?:of|the|a|an|in|to|for|due|on|at|by|with|and|or)$/.test(word))
            .map(stem),
        ] as const,
    ),
  };
  known.set(chart, found);
  return found;
}

const conceptsOf = (fact: Fact): readonly string[] => (fact.part ? [fact.part, ...fact.concepts] : fact.concepts);

/** Where a thing of this kind would stand. */
const KINDS_UNREAD: Partial<Record<Concept['kind'], readonly FactKind[]>> = {
  drug: ['medication', 'allergy'],
  'drug-class': ['medication', 'allergy'],
  allergen: ['allergy'],
  condition: ['problem'],
  vaccine: ['immunization'],
  procedure: ['procedure'],
  observation: ['result'],
  social: ['social'],
};

/** Entries of these kinds that do not say what they are about. */
function unnamedIn(chart: Chart, kinds: readonly FactKind[]): Pick<SearchScope, 'unnamed'> {
  const unnamed = chart.unnamed.filter(({ kind }) => kinds.includes(kind));
  return unnamed.length > 0 ? { unnamed } : {};
}

/** A complete search for one concept and all below it, in every part of the record. */
export function searchFor(chart: Chart, id: string, name: string): Evidence {
  const { searches } = indexOf(chart);
  const there = searches.get(id);
  if (there) return there;
  const facts = chart.facts.filter((fact) => conceptsOf(fact).some((own) => own === id || chart.terminology.isA(own, id)));
  // A blood pressure belongs together: its parts are found with the whole.
  const ids = new Set(facts.map((fact) => fact.id));
  const whole = chart.facts.filter((fact) => ids.has(fact.id));
  const kind = chart.terminology.get(id)?.kind ?? 'section';
  // An allergy to it is no order of it: where it is found in one part, entries of the other parts that are not read may still be it.
  const own = kindsFor([id], chart);
  const missing = (kinds: readonly FactKind[]): boolean => !whole.some((fact) => kinds.includes(fact.kind));
  const looked = (KINDS_UNREAD[kind] ?? []).filter((one) => missing(own) || missing([one]));
  const unknown = unreadable(chart, looked);
  const unread = whole.length > 0 ? [] : unknown.map((fact) => fact.name);
  const named = [
    ...(whole.length > 0 ? unknown : []),
    ...(missing(own) ? spokenOf(id, chart) : []),
    ...(/^(?:drug|drug-class|allergen)$/.test(kind) && missing(['allergy']) ? allergySpokenOf(id, chart) : []),
  ];
  const scope = {
    kinds: [],
    concepts: [id],
    ...(unread.length > 0 ? { unread: [...new Set(unread)] } : {}),
    ...(named.length > 0 ? { named: [...new Set(named)] } : {}),
    ...unnamedIn(chart, looked),
  };
  const evidence = searchEvidence(chart, scope, whole, name);
  searches.set(id, evidence);
  return evidence;
}

/** A complete search of one part of the record. */
export function searchKinds(chart: Chart, kinds: readonly FactKind[], name: string): Evidence {
  const { searches } = indexOf(chart);
  const key = kinds.join('+');
  const there = searches.get(key);
  if (there) return there;
  const scope = { kinds, concepts: [], ...unnamedIn(chart, kinds) };
  const evidence = searchEvidence(
    chart,
    scope,
    chart.facts.filter((fact) => kinds.includes(fact.kind)),
    name,
  );
  searches.set(key, evidence);
  return evidence;
}

/** A complete search of a part of the record that people call by a name; entries of other parts that are such things go with it. */
export function searchSection(chart: Chart, id: string, name: string): readonly Evidence[] {
  const kinds = kindsOfSection(id);
  if (kinds.length === 0) return [];
  const whole = searchKinds(chart, kinds, name);
  const named = spokenOf(id, chart);
  if (named.length === 0) return [whole];
  const { searches } = indexOf(chart);
  const known = searches.get(id) ?? searchEvidence(chart, { ...whole.scope!, concepts: [id], named }, whole.facts, name);
  searches.set(id, known);
  return [whole, known];
}

const KIND_WORDS: readonly (readonly [RegExp, readonly FactKind[], string])[] = [
  [/\b(?:allerg|nkda|nka\b|intoleran|hypersensitiv)/i, ['allergy'], 'allergies'],
  [
    /\b(?:visit|seen|saw|encounter|admi(?:t|ssion)|hospital|emergency|\bED\b|\bER\b|clinic|dr\b|doctor|attended|presented|check-?up|appointment|consult|inpatient|outpatient|evaluated|came in)/i,
    ['visit'],
    'visits',
  ],
  [/\b(?:appointment|scheduled|upcoming|booked)/i, ['appointment'], 'appointments'],
  [/\b(?:mother|father|sister|brother|family|aunt|uncle|grand|sibling|parent)/i, ['family-history'], 'family history'],
  [/\b(?:(?:non-?)?smok|tobacco|alcohol|drink|housing|employ|educat|married|insur)/i, ['social'], 'social history'],
  [/\b(?:goal|target|aim\b)/i, ['goal'], 'goals'],
  [/\b(?:insur|coverage|medicare|medicaid|payer)/i, ['coverage'], 'coverage'],
];

/** What the record says about everything that the sentence names. */
export function findEvidence(sentence: string, chart: Chart): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (evidence: Evidence): void => {
    found.set(evidence.id, evidence);
  };
  const subject = `Patient/${chart.patientId}`;
  if (factsOf(chart, subject).length > 0) add(toEvidence(chart, subject));
  const about = (concept: Concept): void => {
    for (const evidence of concept.kind === 'section'
      ? searchSection(chart, concept.id, concept.name)
      : [searchFor(chart, concept.id, concept.name)])
      add(evidence);
  };
  for (const mention of wholeMentions(sentence, chart.terminology, chart.facts)) {
    for (const concept of meanings(mention, sentence, chart.terminology, chart.facts).slice(0, 6)) about(concept);
    const lead = /^(?:high|low|elevated|raised|normal|abnormal)\s+/i.exec(mention.text);
    if (lead) for (const concept of chart.terminology.byName(mention.text.slice(lead[0].length))) about(concept);
  }
  for (const id of needConcepts(sentence)) {
    const concept = chart.terminology.get(id);
    if (concept) about(concept);
  }
  for (const id of needEntries(sentence, chart.facts)) add(toEvidence(chart, id));
  const lower = ` ${tokens(sentence)
    .map((token) => token.word)
    .join(' ')} `;
  const { values, names } = indexOf(chart);
  const raw = sentence.toLowerCase();
  const stems = new Set(tokens(sentence).map(({ word }) => stem(word)));
  const named = (id: string, text: string) =>
    about(chart.terminology.get(id) ?? { id, kind: 'observation', name: text, synonyms: [], codes: [], parents: [] });
  for (const [text, id] of values) if (raw.includes(text)) named(id, text);
  for (const [text, id, words] of names) if (words.every((word) => stems.has(word)) || raw.includes(text)) named(id, text);
  const weight = chart.terminology.get('vital/weight');
  if (weight && /\b(?:lost|gained|losing|gaining|weigh\w*|heavier|lighter|put on)\b/.test(raw)) about(weight);
  if (/\b(?:pregnan\w*|gravid\w*|primigravid\w*)\b/.test(raw))
    for (const fact of chart.facts) if (/\b(?:gravid|pregnanc)/i.test(fact.name) && fact.concepts[0]) named(fact.concepts[0], fact.name);
  const row = tokens(sentence);
  if (row.some((_, at) => cuesAt(row, at).some((cue) => cue.type === 'visit'))) add(searchKinds(chart, ['visit'], 'visits'));
  if (/\b(?:die[ds]?|dying|death|passed away|succumbed|killed)\b/.test(raw))
    for (const fact of chart.facts) if (/cause of death/i.test(fact.name)) named(fact.concepts[0]!, fact.name);
  for (const [words, kinds, name] of KIND_WORDS) {
    if (!words.test(lower)) continue;
    add(searchKinds(chart, kinds, name));
    if (kinds[0] === 'family-history') for (const evidence of searchSection(chart, 'section/family-history', name)) add(evidence);
  }
  return [...found.values()];
}
