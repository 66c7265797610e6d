import { type AppError, isAppError } from '../../errors.ts';
import type { Capability } from './capability.ts';
import { unique } from './held.ts';
import { type Params, type ReadAll, whyUnread } from './part.ts';

/** Of US Core, for several types: http://hl7.org/fhir/us/core/CodeSystem/us-core-category */
const US_CORE = [
  'sdoh',
  'functional-status',
  'disability-status',
  'cognitive-status',
  'treatment-intervention-preference',
  'care-experience-preference',
] as const;

/**
 * The categories that FHIR R4 and US Core name for a type, the most used first; a server may have further ones, and entries of none.
 * http://hl7.org/fhir/R4/valueset-observation-category.html, http://hl7.org/fhir/R4/valueset-condition-category.html,
 * http://hl7.org/fhir/us/core (condition-category, us-core-category, careplan-category, us-core-documentreference-category,
 * the categories of the DiagnosticReport profiles)
 */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  Observation: ['laboratory', 'vital-signs', 'social-history', 'survey', 'exam', 'imaging', 'procedure', 'therapy', 'activity', ...US_CORE],
  Condition: ['problem-list-item', 'encounter-diagnosis', 'health-concern', ...US_CORE.slice(0, 4)],
  DiagnosticReport: ['LAB', 'LP29684-5', 'LP29708-2', 'LP7839-6'],
  DocumentReference: ['clinical-note'],
  CarePlan: ['assess-plan'],
};

/** Categories that servers, by what they state, were found to take for types that they search by no less. */
const taken = new WeakMap<Capability, Map<string, readonly string[]>>();

/** Whether the type was refused without a category before. */
export const needsCategory = (type: string, capability: Capability): boolean => taken.get(capability)?.has(type) === true;

/** Whether a type that is refused without a category may be had by category: the server states so, or says that something is required. */
export function takesCategory(type: string, { types }: Capability, refusal: AppError): boolean {
  const params = types.get(type)?.searchParams;
  return type in CATEGORIES && (params?.size === 0 || params?.has('category') === true || /\brequired\b/.test(refusal.message));
}

/** A server that refuses so many of the most used categories takes none. */
const MOST_REFUSED = 3;

/** Nothing that a server says tells that these are all. */
export const BY_CATEGORY_ONLY = 'it can be asked by category only: entries of other categories, or of none, may be missing';

/**
 * All of a type that has one of the known categories: never taken to be all there is.
 * @param read what the server gives under these further conditions; `firm`: it has taken such a search, and what it refuses is the category
 * @throws AppError why it takes none of them
 */
export async function readByCategory(
  type: string,
  capability: Capability,
  read: (more: Params, firm: boolean) => Promise<ReadAll>,
): Promise<ReadAll> {
  const left = [...(taken.get(capability)?.get(type) ?? CATEGORIES[type]!)];
  const found: ReadAll[] = [];
  const answered: string[] = [];
  const faults = new Map<string, AppError>();
  const ask = async (category: string, firm: boolean): Promise<void> => {
    try {
      found.push(await read([['category', category]], firm));
      answered.push(category);
    } catch (error) {
      if (!isAppError(error) || isAppError(error, 'foreign-patient')) throw error;
      if (!isAppError(error, 'bad-request') && !isAppError(error, 'not-found')) answered.push(category);
      faults.set(category, error);
    }
  };
  while (found.length === 0 && left.length > 0 && faults.size < MOST_REFUSED) await ask(left.shift()!, false);
  if (found.length > 0) await Promise.all(left.map((category) => ask(category, true)));
  if (found.length === 0) throw [...faults.values()].find((fault) => isAppError(fault, 'record-unavailable')) ?? [...faults.values()][0]!;
  taken.set(capability, (taken.get(capability) ?? new Map()).set(type, answered));
  // A category that is refused is one that the server does not have.
  const lost = [...faults].filter(([category]) => answered.includes(category));
  const less = found.flatMap(({ total, incomplete }) =>
    incomplete !== undefined ? [incomplete] : total ? [`it counts ${total.counted} and gives ${total.given}`] : [],
  );
  const failed = found.some(({ failed }) => failed) || lost.some(([, fault]) => isAppError(fault, 'record-unavailable'));
  return {
    resources: unique(found.flatMap(({ resources }) => resources)),
    incomplete: [...new Set([...lost.map(([category, fault]) => `${category}: ${whyUnread(fault)}`), ...less, BY_CATEGORY_ONLY])]
      .map((why) => why.replace(/^it\b/, 'the server'))
      .join('; '),
    ...(failed ? { failed } : {}),
  };
}
