import type { ConceptKind, TextQuantity, TimeExpression } from '../../language/contract.ts';
import type { FactKind } from '../contract.ts';
import type { Token } from './wording.ts';

/** Something that the text names. `concepts` are of one kind, the likeliest first. */
export interface Named {
  readonly type: 'named';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: ConceptKind;
  readonly concepts: readonly string[];
  readonly name: string;
  /** Other kinds that the same words can mean. */
  readonly others: readonly { readonly kind: ConceptKind; readonly concepts: readonly string[]; readonly name: string }[];
  readonly readAs?: string;
  /** A sort of visit by the record's own name for it: the words that tell it from other visits. */
  readonly words?: readonly string[];
  /** Kinds of entry that hold it, where they are not those of its kind: an allergy that stands among the problems, too. */
  readonly kinds?: readonly FactKind[];
  /** Narrower than the concept: "former smoker" read as tobacco use. */
  readonly widened?: boolean;
}

/** Words that nothing explains: content. */
export interface Unknown {
  readonly type: 'unknown';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly string[];
}

export interface TimeItem extends TimeExpression {
  readonly type: 'time';
}

export interface QuantityItem extends TextQuantity {
  readonly type: 'quantity';
}

/** The patient's own name. */
export interface SelfItem {
  readonly type: 'self';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type Item = Named | Unknown | TimeItem | QuantityItem | SelfItem;

/** A text with everything that was recognised in it, in order, not overlapping. */
export interface Reading {
  readonly text: string;
  readonly items: readonly Item[];
  readonly tokens: readonly Token[];
  readonly readAs: readonly { readonly text: string; readonly as: string }[];
}

export const clash = (a: { start: number; end: number }, b: { start: number; end: number }): boolean => a.start < b.end && b.start < a.end;

export const contains = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;
