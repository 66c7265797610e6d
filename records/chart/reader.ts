import type { CodeRef, Concept, ConceptKind, Terminology } from '../../language/contract.ts';
import { localConcept } from '../../language/terminology.ts';
import type { Fact, FactKind, FactStatus, FhirResource } from '../contract.ts';
import { broaderConcept, HEADED } from './broader.ts';
import { type Codeable, codeable, list, obj, referenceOf, str } from './fhir.ts';
import { sentenceName, spokenTest, withoutTag } from './names.ts';
import { isWithdrawn } from './withdrawn.ts';

/** What a family's reader needs besides the resource. */
export interface Reader {
  readonly patientId: string;
  /** `Patient/<id>` */
  readonly subject: string;
  /** ISO instant. */
  readonly asOf: string;
  readonly now: number;
  readonly terminology: Terminology;
  readonly birthDate?: string;
  readonly gender?: string;
  /** Where a reference leads: contained in `holder`, or among the resources read. */
  resolve(reference: unknown, holder: FhirResource): FhirResource | undefined;
  /** Whether it leads to what states nothing of this patient: entered in error, changed by a modifier that is not known, about somebody else. */
  isSetAside(reference: unknown, holder: FhirResource): boolean;
  /** Name of a person, organization, place or device that a reference means: its display, else the resource's own name. */
  nameOf(reference: unknown, holder: FhirResource): string | undefined;
  /** Concept ids of a code, the most specific first, never empty; what no table names becomes a concept of this record. */
  link(code: Codeable, kinds: readonly ConceptKind[]): readonly string[];
  /** Names that this record uses for a concept of its own. */
  learn(concept: Concept): void;
}

export type Draft = Omit<Fact, 'id' | 'subject' | 'conflicts'>;

/** One family of resources: how its facts are read. An empty result means that the resource states nothing. */
export type ReadResource = (resource: FhirResource, reader: Reader) => readonly Draft[];

const PREFERRED = [
  'http://loinc.org',
  'http://snomed.info/sct',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
  'http://hl7.org/fhir/sid/cvx',
];

const rank = (code: CodeRef): number => {
  const at = PREFERRED.indexOf(code.system);
  return at < 0 ? (code.system.startsWith('http://hl7.org/fhir/sid/') ? PREFERRED.length : PREFERRED.length + 1) : at;
};

/** A concept that only this record knows: its best code, else its words. */
export function recordConcept(code: Codeable, kind: ConceptKind, parents: readonly string[] = []): Concept {
  const names = [...new Set([code.label, ...code.names].flatMap((name) => (name ? [sentenceName(name), name] : [])))];
  const codes = [...code.codes].sort((a, b) => rank(a) - rank(b));
  return localConcept(kind, names, codes, parents);
}

/** "Steps in 24 hour Measured", "Lamellar body ratio, amniotic fluid": what people call a test that no table has. */
function headOf(label: string): string | undefined {
  const head = label.split(/\s*(?:,| \(| \[| --| - | in (?=\d|amniotic|blood|plasma|serum|urine|stool|csf)| per )/i)[0]!.trim();
  return head !== label && head.length > 3 && /^\p{L}/u.test(head) ? head.toLowerCase() : undefined;
}

function personName(resource: FhirResource): string | undefined {
  const names = list(resource.name);
  const name = names.find((item) => item.use === 'official') ?? names.find((item) => item.use === 'usual') ?? names[0];
  if (!name) return str(resource.name);
  const full = [name.prefix, name.given, name.family, name.suffix].flat().flatMap((part) => str(part) ?? []);
  return str(name.text) ?? (full.length > 0 ? full.join(' ') : undefined);
}

const containedIn = (holder: FhirResource, reference: string): FhirResource | undefined =>
  list(holder.contained).find((item) => item.id === reference.slice(1)) as FhirResource | undefined;

export interface ReaderOptions {
  readonly patientId: string;
  readonly asOf: string;
  readonly terminology: Terminology;
  readonly byReference: ReadonlyMap<string, FhirResource>;
  /** References to what is there and states nothing. */
  readonly setAside: ReadonlySet<string>;
  readonly patient?: FhirResource;
}

export function createReader(options: ReaderOptions): Reader & { readonly locals: () => readonly Concept[] } {
  const { terminology, byReference } = options;
  const locals = new Map<string, Concept>();
  const linked = new Map<string, readonly string[]>();
  const named = new Map<string, readonly Concept[]>();

  const byName = (name: string): readonly Concept[] => {
    const known = named.get(name);
    if (known) return known;
    const found = terminology.byName(name);
    named.set(name, found);
    return found;
  };

  const learn = (concept: Concept): void => {
    const known = locals.get(concept.id);
    if (!known) {
      locals.set(concept.id, concept);
      return;
    }
    const synonyms = [...new Set([...known.synonyms, concept.name, ...concept.synonyms])].filter((name) => name !== known.name);
    locals.set(concept.id, { ...known, synonyms, parents: [...new Set([...known.parents, ...concept.parents])] });
  };

  const resolve = (reference: unknown, holder: FhirResource): FhirResource | undefined => {
    const target = referenceOf(reference);
    if (!target) return undefined;
    if (!target.startsWith('#')) return byReference.get(target);
    const inside = containedIn(holder, target);
    return inside && !isWithdrawn(inside) ? inside : undefined;
  };

  const isSetAside = (reference: unknown, holder: FhirResource): boolean => {
    const target = referenceOf(reference);
    if (!target?.startsWith('#')) return target !== undefined && options.setAside.has(target);
    const inside = containedIn(holder, target);
    return inside !== undefined && isWithdrawn(inside);
  };

  const nameOf = (reference: unknown, holder: FhirResource): string | undefined => {
    const display = str(obj(reference)?.display);
    if (display) return display;
    const target = resolve(reference, holder);
    if (!target) return undefined;
    if (target.resourceType === 'PractitionerRole') {
      return nameOf(target.practitioner, target) ?? nameOf(target.organization, target) ?? codeable(target.specialty).label;
    }
    return personName(target) ?? codeable(target.code).label ?? codeable(target.type).label;
  };

  const linkFresh = (code: Codeable, kinds: readonly ConceptKind[]): readonly string[] => {
    const fits = (concept: Concept) => kinds.includes(concept.kind);
    const names = [...new Set(code.names.flatMap((name) => [name, withoutTag(name), ...spokenTest(name)]))];
    const coded = code.codes.length > 0 ? terminology.byCode(code.codes).filter(fits) : [];
    const worded = names.flatMap((name) => byName(name)).filter(fits);
    const below = worded.filter((concept) => coded.some((broad) => broad.id !== concept.id && terminology.isA(concept.id, broad.id)));
    // A code outranks words; words add only what lies below the code's meaning. Words alone must have one meaning.
    const single = new Set(worded.map((concept) => concept.id)).size === 1 ? worded : [];
    const exact = [...new Set((coded.length > 0 ? [...below, ...coded] : single).map((concept) => concept.id))];
    const main = kinds.find((kind) => HEADED.has(kind));
    const parent = exact.length === 0 && code.label && main ? broaderConcept(withoutTag(code.label), main, terminology) : undefined;
    const curated = parent ? [parent] : exact;
    const label = code.label && withoutTag(code.label);
    if (curated.length > 0 && (!label || byName(label).some((concept) => curated.includes(concept.id)))) return curated;
    if (!label && code.codes.length === 0) return curated.length > 0 ? curated : ['code/unspecified'];
    const concept = recordConcept(
      label ? code : { ...code, label: terminology.get(curated[0] ?? '')?.name ?? code.codes[0]!.code },
      kinds[0]!,
      curated,
    );
    const head = kinds[0] === 'observation' && curated.length === 0 && label ? headOf(label) : undefined;
    learn(
      head && byName(head).length === 0 && terminology.mentions(head).length === 0
        ? { ...concept, synonyms: [...concept.synonyms, head] }
        : concept,
    );
    return [concept.id, ...curated];
  };

  const links = new WeakMap<Codeable, Map<string, readonly string[]>>();
  const link = (code: Codeable, kinds: readonly ConceptKind[]): readonly string[] => {
    const fits = kinds.join();
    let known = links.get(code);
    if (!known) {
      known = new Map();
      links.set(code, known);
    }
    let ids = known.get(fits);
    if (!ids) {
      ids = linkByContent(code, kinds, fits);
      known.set(fits, ids);
    }
    return ids;
  };
  const linkByContent = (code: Codeable, kinds: readonly ConceptKind[], fits: string): readonly string[] => {
    const key = `${fits}\n${code.codes.map((item) => `${item.system}|${item.code}`).join()}\n${code.names.join('\n')}`;
    const known = linked.get(key);
    if (known) return known;
    const ids = linkFresh(code, kinds);
    linked.set(key, ids);
    return ids;
  };

  const birthDate = str(options.patient?.birthDate);
  const gender = str(options.patient?.gender);
  return {
    patientId: options.patientId,
    subject: `Patient/${options.patientId}`,
    asOf: options.asOf,
    now: Date.parse(options.asOf),
    terminology,
    ...(birthDate ? { birthDate } : {}),
    ...(gender ? { gender } : {}),
    resolve,
    isSetAside,
    nameOf,
    link,
    learn,
    locals: () => [...locals.values()],
  };
}

/** For what can be about anything: plans, goals, orders. */
export const ANY_KIND: readonly ConceptKind[] = [
  'procedure',
  'condition',
  'observation',
  'drug',
  'drug-class',
  'vaccine',
  'social',
  'allergen',
];

export const distinct = <T>(items: readonly (T | undefined)[]): readonly T[] => [...new Set(items.filter((item) => item !== undefined))];

/** An object without its undefined members: facts carry no empty fields. */
export function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}

/** Details with the empty ones left out; undefined where nothing is left. */
export function details(fields: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> | undefined {
  const kept = present<Record<string, string>>(fields);
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** Everything that a draft needs, with the optional fields that are there. */
export function draft(
  fields: {
    readonly kind: FactKind;
    readonly name: string;
    readonly code: Codeable;
    readonly concepts: readonly string[];
    readonly status: FactStatus;
  } & { readonly [K in Exclude<keyof Draft, 'kind' | 'name' | 'names' | 'codes' | 'concepts' | 'status'>]?: Draft[K] | undefined },
): Draft {
  const { code, ...rest } = fields;
  return present<Draft>({
    negated: false,
    reasons: [],
    ...rest,
    names: code.names.length > 0 ? code.names : [fields.name],
    codes: code.codes,
  } as Draft);
}

/** Names of the people behind references such as `requester`, `performer[].actor`, `participant[].individual`; the patient is not one of them. */
export function peopleOf(references: readonly unknown[], holder: FhirResource, reader: Reader): readonly string[] | undefined {
  const names = distinct(references.filter((item) => referenceOf(item) !== reader.subject).map((item) => reader.nameOf(item, holder)));
  return names.length > 0 ? names : undefined;
}

/** `Encounter/<id>` of the visit that a resource belongs to. */
export function visitOf(resource: FhirResource): string | undefined {
  const reference =
    referenceOf(resource.encounter) ?? referenceOf(list(obj(resource.context)?.encounter)[0]) ?? referenceOf(resource.context);
  return reference?.startsWith('Encounter/') ? reference : undefined;
}
