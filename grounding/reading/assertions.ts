/**
 * What a sentence asserts: for each thing that it names, what it says of it. A list of names shares what is said of the list; a number or
 * date belongs to the name before it, unless a joining word stands between.
 */
import type { Concept, TextQuantity, TimeExpression } from '../../language/contract.ts';
import type { SaidFactor } from './factor.ts';
import type { Item, LiteralItem, MentionItem, WordItem } from './items.ts';

export type QuantityRole =
  | 'value'
  | 'count'
  | 'of'
  | 'threshold'
  | 'change'
  | 'from'
  | 'to'
  | 'range'
  | 'reference'
  | 'age'
  | 'age-at'
  | 'duration';

export interface SaidQuantity {
  readonly quantity: TextQuantity;
  readonly role: QuantityRole;
  /** For thresholds. */
  readonly op?: '<' | '<=' | '>' | '>=';
  readonly start: number;
}

/** start: when it began; end: when it ended; any: when it is dated; window: the time that is spoken about. */
export interface SaidTime {
  readonly time: TimeExpression;
  readonly role: 'any' | 'start' | 'end' | 'window';
  readonly start: number;
  /** Belongs to the earlier of two values ("from 5.8 in 2015 to 6.5 in 2020"). */
  readonly of?: 'from' | 'to';
}

export interface SaidCue {
  readonly type: string;
  readonly sense: string;
  readonly text: string;
  readonly negated: boolean;
  readonly start: number;
}

export interface Head {
  readonly text: string;
  readonly concepts: readonly Concept[];
  readonly start: number;
  /** Made from a verb ("was seen", "was admitted") or a pronoun. */
  readonly implied?: boolean;
  readonly item?: MentionItem;
  /** The plain words right before it: "at her", "of the". */
  readonly lead?: string;
}

export interface Assertion {
  /** All of them are asserted. */
  readonly heads: readonly Head[];
  /** A general word stands with it: "medication", "allergy", "condition". */
  readonly generic: boolean;
  /** It is said that it was asked or recorded, not what the answer was. */
  readonly assessed: boolean;
  readonly tense: { readonly past: boolean; readonly present: boolean };
  /** Its verb is said of several: "were", "both". */
  readonly plural?: boolean;
  readonly negated: boolean;
  readonly noLonger: boolean;
  readonly quantities: readonly SaidQuantity[];
  readonly times: readonly SaidTime[];
  /** Dates of several of them: "three colonoscopies: 2014, 2015 and 2020". */
  readonly dates?: readonly SaidTime[];
  /** Values told in a row, and whether they are said to be the last ones. */
  readonly row?: readonly SaidQuantity[];
  readonly lastOf?: boolean;
  readonly cues: readonly SaidCue[];
  readonly literals: readonly LiteralItem[];
  readonly words: readonly WordItem[];
  /** What it is for, or what it did: "metformin for diabetes", "penicillin (rash)". */
  readonly reasons: readonly MentionItem[];
  readonly reactions: readonly MentionItem[];
  /** "at her last visit": the visit at which. */
  readonly at: readonly Assertion[];
  /** How many times the later value is the earlier one. */
  readonly factor?: SaidFactor;
  /** The heading that it stands under: "Allergies:". */
  readonly header?: Concept;
  /** The whole sentence, for what stands between its parts. */
  readonly text: string;
}

export const cueOf = (item: Item | undefined, type: string, sense?: string): boolean =>
  item?.type === 'cue' && item.cues.some((cue) => cue.type === type && (sense === undefined || cue.sense === sense));

export const VISIT_SECTIONS: Readonly<Record<string, string>> = {
  visit: 'section/visits',
  inpatient: 'section/hospitalizations',
  emergency: 'section/er-visits',
  ambulatory: 'section/visits',
};

export const isCue = (item: Item | undefined, type: string, sense?: string): boolean => cueOf(item, type, sense);

/** The sense of a cue of this type. */
export const senseOf = (item: Item | undefined, type: string): string | undefined =>
  item?.type === 'cue' ? item.cues.find((cue) => cue.type === type)?.sense : undefined;
