import type { FactKind } from '../contract.ts';
import type { TimeReading } from './anchors.ts';
import type { Question, Threshold } from './contract.ts';
import type { AspectReading } from './cues.ts';
import type { Back } from './earlier.ts';
import type { Item } from './items.ts';
import type { Section } from './sections.ts';

/** One clause of what was typed, read but not yet joined with its neighbours or an earlier turn. */
export interface Clause {
  readonly text: string;
  readonly mask: string;
  /** Without times and events. */
  readonly rest: string;
  readonly times: TimeReading;
  readonly topics: readonly Topic[];
  /** Topics joined by "or": any of them. */
  readonly anyOf: boolean;
  readonly reasons?: Topic;
  readonly asked: AspectReading;
  readonly threshold?: Threshold;
  readonly limit?: number;
  readonly offset?: number;
  /** "Two years before the last". */
  readonly back?: Back;
  readonly status?: NonNullable<Question['status']>;
  readonly flag?: NonNullable<Question['flag']>;
  readonly laterality?: NonNullable<Question['laterality']>;
  readonly except?: Topic;
  readonly stated?: NonNullable<Question['stated']>;
  readonly lacking?: NonNullable<Question['lacking']>;
  readonly person?: string;
  readonly field?: NonNullable<Question['field']>;
  readonly whole?: 'summary' | 'top-three';
  readonly versus: boolean;
  /** Begins as a question of its own: with a question word, a verb or an order. */
  readonly opens: boolean;
  readonly unread: readonly string[];
  /** "Weight in pounds", as UCUM. */
  readonly inUnit?: string;
  /** What stands when times, limits, persons and reasons are taken out. */
  readonly left: string;
}

/** One thing asked about: a name, a part of the record, or words that nothing explains. */
export interface Topic {
  readonly letter: string;
  readonly name: string;
  readonly kinds: readonly FactKind[];
  readonly concepts: readonly string[];
  readonly words?: readonly string[];
  readonly section?: Section;
  readonly sectionId?: string;
  readonly visitClass?: Question['visitClass'];
  readonly item?: Item;
  /** What entries of the section are about: "diabetes visits". */
  readonly about?: Topic;
}
