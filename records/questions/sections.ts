import type { ConceptKind } from '../../language/contract.ts';
import type { FactKind } from '../contract.ts';
import type { Question, VisitClass } from './contract.ts';

/** Where things of a concept kind stand in a record. */
export const KINDS_OF: Readonly<Record<Exclude<ConceptKind, 'section'>, readonly FactKind[]>> = {
  observation: ['result', 'vital', 'survey', 'social', 'genotype'],
  condition: ['problem'],
  drug: ['medication'],
  'drug-class': ['medication'],
  vaccine: ['immunization'],
  procedure: ['procedure', 'imaging', 'report'],
  allergen: ['allergy'],
  social: ['social', 'survey', 'problem', 'result'],
};

export interface Section {
  readonly kinds: readonly FactKind[];
  readonly name: string;
  /** In the present tense only these are meant. */
  readonly current?: Question['status'];
  readonly visitClass?: VisitClass;
  /** Only these of the kinds. */
  readonly concepts?: readonly string[];
  /** The word alone is weak: beside a named thing it only says what sort of thing that is ("TB test", "potassium lab"). */
  readonly weak?: boolean;
}

/** Parts of the record by the id of their section concept. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  medications: { kinds: ['medication'], name: 'medications', current: 'active' },
  problems: { kinds: ['problem'], name: 'problems', current: 'active', weak: true },
  allergies: { kinds: ['allergy'], name: 'allergies' },
  immunizations: { kinds: ['immunization'], name: 'immunizations' },
  procedures: { kinds: ['procedure'], name: 'procedures', weak: true },
  surgeries: { kinds: ['procedure'], name: 'surgeries', concepts: ['procedure/surgical-procedure'] },
  visits: { kinds: ['visit'], name: 'visits' },
  hospitalizations: { kinds: ['visit'], name: 'hospital admissions', visitClass: 'inpatient' },
  'er-visits': { kinds: ['visit'], name: 'emergency visits', visitClass: 'emergency' },
  results: { kinds: ['result'], name: 'results', weak: true },
  vitals: { kinds: ['vital'], name: 'vital signs' },
  surveys: { kinds: ['survey'], name: 'scores and questionnaires', weak: true },
  social: { kinds: ['social'], name: 'social history' },
  'care-team': { kinds: ['care-team'], name: 'care team', weak: true },
  coverage: { kinds: ['coverage'], name: 'insurance coverage' },
  'care-plans': { kinds: ['care-plan'], name: 'care plans' },
  goals: { kinds: ['goal'], name: 'goals', weak: true },
  appointments: { kinds: ['appointment', 'visit'], name: 'upcoming visits', current: 'planned' },
  devices: { kinds: ['device'], name: 'devices' },
  genotypes: { kinds: ['genotype'], name: 'genetic results' },
  imaging: { kinds: ['imaging', 'procedure', 'report'], name: 'imaging studies', concepts: ['procedure/imaging-procedure'], weak: true },
  reports: { kinds: ['report'], name: 'diagnostic reports', weak: true },
  documents: { kinds: ['document'], name: 'documents', weak: true },
  'family-history': { kinds: ['family-history'], name: 'family history' },
  orders: { kinds: ['order'], name: 'orders', weak: true },
  demographics: { kinds: ['patient'], name: 'personal details' },
};

export function sectionOf(conceptId: string | undefined): Section | undefined {
  return conceptId?.startsWith('section/') ? SECTIONS[conceptId.slice('section/'.length)] : undefined;
}

/** How a sentence names a kind of entry. */
export const KIND_NAMES: Readonly<Record<FactKind, string>> = {
  patient: 'personal details',
  problem: 'problems',
  medication: 'medications',
  allergy: 'allergies',
  result: 'results',
  vital: 'vital signs',
  survey: 'scores',
  social: 'social history',
  genotype: 'genetic results',
  immunization: 'immunizations',
  procedure: 'procedures',
  visit: 'visits',
  appointment: 'appointments',
  report: 'reports',
  imaging: 'imaging studies',
  device: 'devices',
  document: 'documents',
  order: 'orders',
  'care-team': 'care team',
  coverage: 'coverage',
  'care-plan': 'care plans',
  goal: 'goals',
  'family-history': 'family history',
};

export const MEASURED: ReadonlySet<FactKind> = new Set(['result', 'vital', 'survey', 'social', 'genotype']);
/** Kinds that are in force over a time rather than at a moment. */
export const LASTING: ReadonlySet<FactKind> = new Set([
  'problem',
  'medication',
  'allergy',
  'care-plan',
  'care-team',
  'coverage',
  'goal',
  'device',
]);
