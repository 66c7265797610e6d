import { type FhirResource, LONG_TEXTS, type RecordGap } from '../contract.ts';
import { TEXT_LIMIT } from './attachments.ts';
import { type Json, obj } from './fhir.ts';

/** What names a thing is no longer than this, in characters: names are compared with names, and stand in one line. */
export const NAME_LIMIT = 1_000;
/** All that one resource says in words, in characters. */
const RESOURCE_LIMIT = 5 * TEXT_LIMIT;
/** So deep elements lie within each other at most; what lies deeper is not read. */
export const DEEPEST = 40;

const NAMES = /^(?:display|name|family|given|prefix|suffix|title|unit|code|type|system|version|reference|id|label|alias|line|city)$/;
/** Elements whose `text` is prose or a question, and no name. */
const PROSE = /^(?:note|dosageInstruction|dosage|item|comment|conclusion|text)$/;
/** Where documents and images without a type take their name from. */
const NAMED_BY_DESCRIPTION = /^(?:DocumentReference|ImagingStudy)$/;
/** Base64, bounded where it is read, and the narrative, which is not read. */
const NOT_WORDS = /^(?:data|div)$/;

interface Budget {
  left: number;
  notes: number;
  cut: boolean;
}

const isName = (key: string, parent: string): boolean => NAMES.test(key) || (key === 'text' && !PROSE.test(parent));

/** Only long ones are looked at closely: nearly no resource holds any. */
function amount(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return 0;
  let sum = 0;
  for (const key in value) {
    if (!NOT_WORDS.test(key)) sum += amount((value as Json)[key], depth + 1);
    if (sum > NAME_LIMIT) return sum;
  }
  return sum;
}

const shortened = (text: string, limit: number): string => {
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end).trimEnd()} …`;
};

function boundedText(text: string, key: string, parent: string, budget: Budget): string {
  if (NOT_WORDS.test(key)) return text;
  if (isName(key, parent)) {
    if (text.length <= NAME_LIMIT) return text;
    budget.cut = true;
    return shortened(text, NAME_LIMIT);
  }
  const limit = Math.min(TEXT_LIMIT, budget.left, parent === 'note' || key === 'note' ? budget.notes : TEXT_LIMIT);
  const kept = text.length <= limit ? text : shortened(text, limit);
  if (kept !== text) budget.cut = true;
  budget.left -= Math.min(text.length, limit);
  if (parent === 'note' || key === 'note') budget.notes -= Math.min(text.length, limit);
  return kept;
}

/** A text that is no name gives way to the name of its coding. */
function withoutLongText(source: Json, budget: Budget): Json {
  const { text, ...rest } = source;
  const coded = Array.isArray(source.coding) && source.coding.some((one) => typeof obj(one)?.display === 'string');
  if (!coded || typeof text !== 'string' || text.length <= NAME_LIMIT) return source;
  budget.cut = true;
  return rest;
}

function boundedValue(value: unknown, key: string, parent: string, budget: Budget, depth: number): unknown {
  if (typeof value === 'string') return boundedText(value, key, parent, budget);
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => boundedValue(item, key, parent, budget, depth + 1));
  const source = withoutLongText(value as Json, budget);
  return Object.fromEntries(Object.entries(source).map(([field, held]) => [field, boundedValue(held, field, key, budget, depth + 1)]));
}

function boundedResource(resource: FhirResource): { readonly resource: FhirResource; readonly cut: boolean } {
  if (!obj(resource) || amount(resource, 0) <= NAME_LIMIT) return { resource, cut: false };
  const budget: Budget = { left: RESOURCE_LIMIT, notes: TEXT_LIMIT, cut: false };
  const named = NAMED_BY_DESCRIPTION.test(resource.resourceType) && typeof resource.description === 'string';
  const described = named ? { ...resource, description: boundedText(resource.description as string, 'title', '', budget) } : resource;
  const read = boundedValue(described, '', '', budget, 0) as FhirResource;
  return budget.cut ? { resource: read, cut: true } : { resource, cut: false };
}

/**
 * The resources with no more words than an entry is read with, as the texts of documents are. What was cut off is not read: a gap says so,
 * and nothing that might stand there is denied.
 */
export function boundedTexts(resources: readonly FhirResource[]): {
  readonly resources: readonly FhirResource[];
  readonly gaps: readonly RecordGap[];
} {
  const read = resources.map(boundedResource);
  const count = read.filter(({ cut }) => cut).length;
  if (count === 0) return { resources, gaps: [] };
  return { resources: read.map(({ resource }) => resource), gaps: [{ type: LONG_TEXTS, why: TOO_LONG, count }] };
}

const TOO_LONG = `longer than ${TEXT_LIMIT} characters, or than ${NAME_LIMIT} for a name`;
