/** "Her latest diagnosis is X", "the first drug she took was X": first or last of a whole part of the record, not of X alone. */
import type { Concept } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Fact, FactKind } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { candidatesOf, completeSearch, type World } from '../matching/world.ts';
import { type Assertion, isCue, senseOf } from '../reading/assertions.ts';
import type { Item } from '../reading/items.ts';
import { fail, pass, unknown } from './contract.ts';
import { endsOf } from './ends.ts';

/** Plain words that name a part of the record. */
export const CATEGORIES: readonly (readonly [RegExp, FactKind])[] = [
  [/^(?:drugs?|medicines?|medications?|meds?|tablets?|pills?|prescriptions?)$/i, 'medication'],
  [/^(?:problems?|diagnos[ei]s|conditions?|diseases?|disorders?|diagnosed|dx)$/i, 'problem'],
  [/^(?:vaccines?|vaccinations?|immuni[sz]ations?|jabs?|shots?)$/i, 'immunization'],
  [/^(?:procedures?)$/i, 'procedure'],
];
const SECTIONS: Readonly<Record<string, FactKind>> = {
  'section/medications': 'medication',
  'section/problems': 'problem',
  'section/immunizations': 'immunization',
  'section/procedures': 'procedure',
};
/** Nouns that stand for something else than what is named, without saying of what: "illness", "event", "episode". */
const OPEN =
  /^(?:illness(?:es)?|ailments?|complaints?|issues?|events?|episodes?|infections?|injur(?:y|ies)|operations?|interventions?|signs?|symptoms?|treatments?|therap(?:y|ies)|agents?|services?|investigations?|stud(?:y|ies)|scans?|things?|complications?|allerg(?:y|ies))$/i;
const BE = /^(?:is|are|was|were|'s|being|be)$/i;
const FINDING = /\b(?:finding|situation)\b|employ|education|stress|housing|food|income|transport|social|unfit|medication review/i;

interface Said {
  readonly sense: string;
  readonly text: string;
  readonly kind?: FactKind;
  readonly noun: string;
  readonly start: number;
}

const kindOf = (item: Item): FactKind | undefined =>
  item.type === 'mention'
    ? item.concepts.map(({ id }) => SECTIONS[id]).find((kind) => kind !== undefined)
    : CATEGORIES.find(([words]) => words.test(item.text))?.[1];

/** The noun that an "only", a "last" or a "first" stands with, where it is no name of its own. */
function saidOf(items: readonly Item[], at: number): Said | undefined {
  const cue = items[at]!;
  const sense = senseOf(cue, 'order')!;
  for (const item of items.slice(at + 1)) {
    if (isCue(item, 'gender') || isCue(item, 'status', 'current') || isCue(item, 'record')) continue;
    const kind = kindOf(item);
    // "last flu shot", "first dose of": the word goes with a name before it.
    if (kind !== undefined) return { sense, text: cue.text, kind, noun: item.text, start: cue.start };
    if (item.type === 'mention' || item.type === 'quantity' || item.type === 'time' || item.type === 'mark') return undefined;
    if (OPEN.test(item.text)) return { sense, text: cue.text, noun: item.text, start: cue.start };
    if (item.type === 'neutral' && BE.test(item.text)) return undefined;
    if (item.type === 'neutral' && !/^(?:ever|known|recorded|single|the|of|and|one)$/i.test(item.text)) return undefined;
    if (item.type === 'cue' && /^diagnosed/i.test(item.text) && /ly$/i.test(cue.text))
      return { sense, text: cue.text, kind: 'problem', noun: 'diagnosis', start: cue.start };
    if (item.type === 'cue' && isCue(item, 'order')) return undefined;
  }
  return undefined;
}

export function checkCategory(items: readonly Item[], assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  return items.flatMap((item, at): readonly Check[] => {
    const sense = senseOf(item, 'order');
    if (item.type !== 'cue' || sense === undefined || !(/^(?:latest|first|previous)$/.test(sense) || /^nth-/.test(sense))) return [];
    const said = saidOf(items, at);
    if (!said) return [];
    const heads = assertions.flatMap((assertion) =>
      assertion.heads
        .filter(({ concepts, item: own }) => own !== undefined && concepts.some(({ kind }) => kind !== 'section'))
        .map((head) => ({ head, assertion })),
    );
    // The name that it is said to be: joined by "is", ":" or nothing but plain words.
    const after = heads.find(({ head }) => head.start > said.start);
    const before = heads.findLast(({ head }) => head.start < said.start);
    const link = text.slice(before ? before.head.start + before.head.text.length : 0, said.start);
    const meant = before && /^\s*(?:is|was|are|were|being|as)\b[^,;.:]*$/i.test(link) ? before : after;
    if (!meant) return [];
    const way = text.slice(said.start, meant.head.start);
    // "the last prescription for simvastatin", "first dose of MMR": one of that thing.
    if (
      meant === after &&
      /\b(?:of|for|against|with|in|to)\s+(?:(?:his|her|the|a|an)\s+)*$/i.test(way) &&
      !/\b(?:diagnosed|diagnosis) (?:with|of)\s+(?:(?:his|her|the|a|an)\s+)*$/i.test(way)
    )
      return [];
    if (said.kind === undefined || /^nth-|previous/.test(sense))
      return [unknown('date', `of what ${meant.head.text} is the ${said.text} "${said.noun}" is not decided`)];
    const kind = said.kind;
    const concept: Concept = { id: `section/${kind}`, kind: 'section', name: said.noun, synonyms: [], codes: [], parents: [] };
    if (!completeSearch({ ...concept, id: SECTION_OF[kind] ?? concept.id }, [kind], world))
      return [unknown('date', `the evidence is no complete search, so it does not tell the ${said.text} ${said.noun}`)];
    const whole = world.facts.filter(
      (fact) =>
        fact.kind === kind &&
        fact.part === undefined &&
        !fact.negated &&
        !['planned', 'cancelled', 'missed', 'refuted'].includes(fact.status),
    );
    const own = candidatesOf(meant.head, meant.assertion, world).facts.filter((fact) => fact.kind === kind);
    if (own.length === 0) return [unknown('date', `no ${said.noun} of that name is in the record`)];
    const ends = endsOf(whole, said.sense);
    const is = (list: readonly Fact[]) => own.some((fact) => list.some(({ id }) => id === fact.id));
    if (is(ends.surely)) return [pass('date', `it is the ${said.text.toLowerCase()} ${said.noun} recorded`)];
    const [other] = ends.possibly;
    const reason = other
      ? `the ${said.text.toLowerCase()} ${said.noun} in the record is ${other.name}${other.date ? `, ${formatDate(other.date)}` : ''}`
      : `not every ${said.noun} is dated`;
    return [
      other && !is(ends.possibly) && !FINDING.test([other.name, ...other.names].join(' ')) ? fail('date', reason) : unknown('date', reason),
    ];
  });
}

const SECTION_OF: Readonly<Partial<Record<FactKind, string>>> = {
  medication: 'section/medications',
  problem: 'section/problems',
  immunization: 'section/immunizations',
  procedure: 'section/procedures',
};
