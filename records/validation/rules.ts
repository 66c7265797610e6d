import type { Resource } from '@medplum/fhirtypes';

/** A code as `system|code`. */
export type Token = string;

/**
 * One element's value among several, as a profile slices them. Exactly one of `among` and `is` says which values are meant.
 * Nested `required` and so on count from such a value.
 */
export interface Slice extends Constraints {
  /** Path of the sliced element, from the resource or the slice that holds it. */
  readonly at: string;
  readonly name: string;
  /** Values with a coding among these; `on` names the child that holds it (`code` of a component), absent: the value itself. */
  readonly among?: readonly Token[];
  readonly on?: string;
  /** Values whose child of that name equals the text (`url`, `system`). */
  readonly is?: readonly [child: string, value: string];
  readonly min?: number;
  readonly max?: number;
}

export interface Invariant {
  readonly key: string;
  readonly says: string;
  /** FHIRPath over the resource; `holds` where a function says it shorter. */
  readonly fhirPath?: string;
  readonly holds?: (resource: Resource, resolve: (reference: string) => Resource | undefined) => boolean;
  readonly severity?: 'warning';
}

/**
 * What a profile asks of a resource. A path is walked from the resource: `telecom.system` is required of every telecom that is there.
 * `[x]` stands for whichever type is used.
 */
export interface Constraints {
  readonly required?: readonly string[];
  readonly absent?: readonly string[];
  readonly atMost?: Readonly<Record<string, number>>;
  /** Types that a choice of types may have: `{ 'performed[x]': ['Period'] }`. */
  readonly types?: Readonly<Record<string, readonly string[]>>;
  /** Values that a primitive must equal, or a CodeableConcept, Coding or code must have, where the element is present. */
  readonly fixed?: Readonly<Record<string, Token>>;
  /** Required bindings by list. A bare `code` is compared without its system. */
  readonly codes?: Readonly<Record<string, readonly Token[]>>;
  /** Required bindings by R4 value set. */
  readonly bound?: Readonly<Record<string, string>>;
  /** Extensible bindings checked as far as they can be: a coding of another system than these is a warning. */
  readonly systems?: Readonly<Record<string, readonly string[]>>;
  /** Resource types that a reference may name. */
  readonly targets?: Readonly<Record<string, readonly string[]>>;
  readonly slices?: readonly Slice[];
}

export interface ProfileTable extends Constraints {
  readonly url: string;
  /** Resource type. */
  readonly type: string;
  /** A profile whose constraints hold too. */
  readonly parent?: ProfileTable;
  readonly invariants?: readonly Invariant[];
}

export interface ExtensionTable extends Constraints {
  readonly url: string;
}
