import type { Check, Verdict } from '../contract.ts';
import type { Candidate, Constraint, World } from '../matching/world.ts';
import type { Assertion, Head, SaidQuantity } from '../reading/assertions.ts';

/** A sentence with its verdict, and the checks that led to it. */
export interface Checked {
  readonly text: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** Ids of the evidence that states the sentence, or that says otherwise. */
  readonly support: readonly string[];
}

/** What an assertion's name can mean in the evidence. */
export interface Pool {
  readonly candidates: readonly Candidate[];
  /** Id of a search that covers the name completely, where the evidence has one. */
  readonly search?: string;
  /** How the sentence calls it. */
  readonly name: string;
  /** The name itself, as the sentence has it. */
  readonly head: Head;
}

/** One check of the sentence: a file in this folder, a line in the index. */
export interface CheckPart {
  /** Its reading of a series counts it as well. */
  readonly counts?: boolean;
  /** What one and the same fact must state. */
  readonly constraints?: (assertion: Assertion, pool: Pool, world: World) => readonly Constraint[];
  /** What is said of the series as a whole: counts, trends, ranges. Present where it applies, then it decides instead of a single fact. */
  readonly series?: (assertion: Assertion, pool: Pool, world: World) => SeriesResult | undefined;
}

export interface SeriesResult {
  readonly checks: readonly Check[];
  /** Ids of the facts that support or contradict. */
  readonly ids: readonly string[];
  readonly candidates: readonly Candidate[];
  /** The numbers of the sentence that it has compared. */
  readonly used?: readonly SaidQuantity[];
}

export const pass = (name: Check['name'], reason: string): Check => ({ name, outcome: 'pass', reason });
export const fail = (name: Check['name'], reason: string): Check => ({ name, outcome: 'fail', reason });
export const unknown = (name: Check['name'], reason: string): Check => ({ name, outcome: 'unknown', reason });
