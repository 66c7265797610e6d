import type { Fact, FactKind, MissingPart, PatientSummary } from '../records/contract.ts';

export type EvidenceKind = 'record' | 'passage' | 'result' | 'utterance' | 'slot';

/**
 * Something that can be cited. Ids are stable and readable: `Observation/8f2`, `ada-2026/9.4`, `cha2ds2-vasc`, `t12`, and
 * `search/<what>` for a search of this patient's record.
 */
export interface Evidence {
  readonly id: string;
  readonly kind: EvidenceKind;
  /** Short: "Hemoglobin A1c, 12-Mar-2020". */
  readonly label: string;
  /** One line that states everything the evidence says. */
  readonly text: string;
  readonly value?: { readonly value: number; readonly unit?: string } | { readonly text: string };
  /** Where it comes from: "FHIR Observation/8f2", "search of the record". */
  readonly source: string;
  /** What it states, for the checker. `record`: the facts of that resource. `result`: the facts it was computed from. */
  readonly facts: readonly Fact[];
  /** For a search of the record: what was looked for, everywhere. With it the checker can decide "latest", "no", "three", "never". */
  readonly scope?: SearchScope;
}

/** A search that is complete: within these kinds, concepts and dates the record holds exactly `facts` of the evidence, no others. */
export interface SearchScope {
  readonly kinds: readonly FactKind[];
  /** Any of these (with their descendants); empty: all of the kinds. */
  readonly concepts: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Only facts in this state; absent: any. */
  readonly status?: 'active' | 'past';
  /** Names of entries that may be what was searched for and not found, because what they name is not known. */
  readonly unread?: readonly string[];
  /** Entries that speak of what was searched for without being it by their code: they name it, or a kind of it. */
  readonly named?: readonly Fact[];
  /** Resources of the kinds that do not say what they are about. */
  readonly unnamed?: readonly { readonly id: string; readonly kind: FactKind }[];
}

export type Verdict = 'supported' | 'contradicted' | 'unverified';

export const CHECK_NAMES = [
  'citation-exists',
  'number',
  'unit',
  'date',
  'drug-and-dose',
  'negation',
  'entity',
  'laterality',
  'subject',
  'overlap',
  'status',
  'trend',
  'judge',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** One named reason. `fail` contradicts, `unknown` means the evidence does not decide it. */
export interface Check {
  readonly name: CheckName;
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** For a person: "the sentence says 5.8, the record says 6.5 % on 12-Mar-2020". */
  readonly reason: string;
}

export interface Claim {
  readonly text: string;
  /** Evidence ids. */
  readonly citations: readonly string[];
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

/** What the checker may know besides the sentence and the evidence: whose record it is and what time it is. */
export interface CheckContext {
  /** `Patient/<id>` */
  readonly subject: string;
  /** ISO instant for "today", "two years ago". */
  readonly now: string;
  /** Name, gender and birth date, for "she", "Mr Park", "64-year-old". Absent: what the evidence states of the patient. */
  readonly patient?: PatientSummary;
  /** Parts of the record that could not be read: a search of them is not complete, whatever it found. */
  readonly missing?: readonly MissingPart[];
}
