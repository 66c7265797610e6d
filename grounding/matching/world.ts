import type { Concept, Terminology } from '../../language/contract.ts';
import type { Fact, FactKind, MissingPart } from '../../records/contract.ts';
import { kindsHolding, missingOf } from '../../records/missing.ts';
import type { CheckContext, CheckName, Evidence } from '../contract.ts';
import type { Assertion, Head } from '../reading/assertions.ts';

/** All that the checker may look at. */
export interface World {
  readonly context: CheckContext;
  readonly terminology: Terminology;
  readonly evidence: readonly Evidence[];
  /** Every fact of the evidence, once. */
  readonly facts: readonly Fact[];
  /** Ids of evidence that a support must come from; absent: any of the evidence. */
  readonly cited?: ReadonlySet<string>;
}

/** One statement's test of one fact. */
export interface Tested {
  readonly outcome: 'pass' | 'fail' | 'unknown';
  readonly reason: string;
}

/** Something that the sentence says, which one fact must state. */
export interface Constraint {
  readonly check: CheckName;
  test(candidate: Candidate): Tested;
  /** What weighs most when the fact that is meant is looked for. */
  readonly weight: number;
}

/** A fact that may be meant, or a course of several orders of one drug read as one. */
export interface Candidate {
  readonly fact: Fact;
  readonly ids: readonly string[];
}

const SECTION_KINDS: Readonly<Record<string, readonly FactKind[]>> = {
  'section/medications': ['medication'],
  'section/problems': ['problem'],
  'section/allergies': ['allergy'],
  'section/immunizations': ['immunization'],
  'section/procedures': ['procedure'],
  'section/surgeries': ['procedure'],
  'section/visits': ['visit'],
  'section/hospitalizations': ['visit'],
  'section/er-visits': ['visit'],
  'section/results': ['result'],
  'section/vitals': ['vital'],
  'section/surveys': ['survey'],
  'section/social': ['social'],
  'section/care-team': ['care-team'],
  'section/coverage': ['coverage'],
  'section/care-plans': ['care-plan'],
  'section/goals': ['goal'],
  'section/appointments': ['appointment'],
  'section/devices': ['device'],
  'section/genotypes': ['genotype'],
  'section/imaging': ['imaging', 'procedure', 'report'],
  'section/reports': ['report'],
  'section/documents': ['document'],
  'section/family-history': ['family-history'],
  'section/orders': ['order'],
  'section/demographics': ['patient'],
};

/** Kinds that state a plan or a wish, not something that is or was: only where the sentence speaks of such a thing. */
const PLANS: ReadonlySet<FactKind> = new Set(['order', 'appointment', 'goal', 'care-plan']);

export const kindsOfSection = (id: string): readonly FactKind[] => SECTION_KINDS[id] ?? [];

const SURGERY = 'procedure/surgical-procedure';

export const isInpatient = (fact: Fact): boolean =>
  /inpatient|acute|hospital admission|inpatient stay/i.test(`${fact.details?.['class'] ?? ''} ${fact.name}`);
const isEmergency = (fact: Fact): boolean => /emergency/i.test(`${fact.details?.['class'] ?? ''} ${fact.name}`);

export const said = (assertion: Assertion, type: string, sense?: string): boolean =>
  assertion.cues.some((cue) => cue.type === type && (sense === undefined || cue.sense === sense));

export const isAllergic = (assertion: Assertion): boolean =>
  said(assertion, 'allergy') || /allerg|intoleran|hypersens/i.test(assertion.heads.map(({ text }) => text).join(' '));

/** Does this fact answer to the name, in the manner in which the sentence uses it? */
export function matchesHead(fact: Fact, concept: Concept, assertion: Assertion, terminology: Terminology): boolean {
  if (fact.kind === 'family-history' && !said(assertion, 'other-person')) return false;
  if (concept.kind === 'section') {
    if (!kindsOfSection(concept.id).includes(fact.kind)) return false;
    if (concept.id === 'section/hospitalizations') return isInpatient(fact);
    if (concept.id === 'section/er-visits') return isEmergency(fact);
    if (concept.id === 'section/surgeries') return fact.concepts.some((id) => terminology.isA(id, SURGERY));
    return fact.part === undefined || concept.id !== 'section/visits';
  }
  const allergic =
    said(assertion, 'allergy') ||
    assertion.header?.id === 'section/allergies' ||
    assertion.reactions.length > 0 ||
    assertion.heads.some((head) => /allerg|intoleran|hypersens/i.test(head.text));
  if (allergic && (concept.kind === 'drug' || concept.kind === 'drug-class' || concept.kind === 'allergen')) {
    if (fact.kind !== 'allergy') return false;
  } else if (fact.kind === 'allergy' && !allergic) return false;
  if (PLANS.has(fact.kind)) {
    const named =
      fact.kind === 'order'
        ? said(assertion, 'action', 'order') || said(assertion, 'status', 'prescribed')
        : fact.kind === 'appointment'
          ? said(assertion, 'status', 'planned')
          : false;
    if (!named) return false;
  }
  return (
    fact.concepts.some((id) => id === concept.id || terminology.isA(id, concept.id)) ||
    (fact.part !== undefined && (fact.part === concept.id || terminology.isA(fact.part, concept.id)))
  );
}

/** Facts that the name can mean, reading by reading, the first reading with any fact. */
export function candidatesOf(
  head: Head,
  assertion: Assertion,
  world: World,
): { readonly concept: Concept | undefined; readonly facts: readonly Fact[] } {
  for (const concept of head.concepts) {
    const facts = world.facts.filter((fact) => matchesHead(fact, concept, assertion, world.terminology));
    if (facts.length > 0) return { concept, facts };
  }
  return { concept: head.concepts[0], facts: [] };
}

/** Of what could not be read, what may hold such a thing beside the kinds of fact in which it was found. */
export function missingOfName(concept: Concept, found: readonly FactKind[], { context }: World): readonly MissingPart[] {
  if (!context.missing?.length) return [];
  const holding = kindsHolding(concept);
  return missingOf(context.missing, found.length === 0 || concept.kind === 'procedure' ? [...found, ...holding] : found);
}

/**
 * Complete searches of the record that cover this name: with them "latest", "no", "three" and "never" can be decided. Of what could not be read there
 * is none.
 */
export function completeSearch(
  concept: Concept,
  kinds: readonly FactKind[],
  world: World,
  /** Where it would stand, if the sentence says: an allergy to a drug is no order of it. */
  meant: readonly FactKind[] = kinds,
): Evidence | undefined {
  if (missingOfName(concept, meant, world).length > 0) return undefined;
  return world.evidence.find(({ scope }) => {
    if (!scope || scope.from !== undefined || scope.to !== undefined || scope.status !== undefined || scope.unread) return false;
    if (scope.kinds.length > 0 && !(kinds.length > 0 ? kinds : kindsOfConcept(concept)).every((kind) => scope.kinds.includes(kind)))
      return false;
    if (scope.concepts.length === 0)
      return concept.kind === 'section'
        ? scope.kinds.length === 0 || kindsOfSection(concept.id).every((kind) => scope.kinds.includes(kind))
        : true;
    return scope.concepts.some(
      (id) => id === concept.id || world.terminology.isA(concept.id, id) || (concept.id === 'section/surgeries' && id === SURGERY),
    );
  });
}

/** Limited searches (a window, a state) that cover the name as well. */
export function limitedSearches(concept: Concept, world: World, meant: readonly FactKind[] = []): readonly Evidence[] {
  if (missingOfName(concept, meant, world).length > 0) return [];
  return world.evidence.filter(
    ({ scope }) =>
      scope !== undefined &&
      (scope.concepts.length === 0 || scope.concepts.some((id) => id === concept.id || world.terminology.isA(concept.id, id))),
  );
}

/** The kinds of fact that a concept of this kind can be stated by. */
export function kindsOfConcept(concept: Concept): readonly FactKind[] {
  switch (concept.kind) {
    case 'drug':
    case 'drug-class':
      return ['medication'];
    case 'condition':
      return ['problem'];
    case 'vaccine':
      return ['immunization'];
    case 'procedure':
      return ['procedure'];
    case 'allergen':
      return ['allergy'];
    case 'section':
      return kindsOfSection(concept.id);
    default:
      return [];
  }
}
