import type { AskResult } from '../agents/contract.ts';
import type { Check, Verdict } from '../grounding/contract.ts';

/** What a suite may do with the shipped product. `compose.ts` gives it; a test may give a double. */
export interface RoundsUnderTest {
  /** `thread` continues a conversation. Never throws for a question: a fault is a result with status `failed`. */
  ask(request: { readonly patient: string; readonly question: string; readonly thread?: string; readonly id?: string }): Promise<AskResult>;
  /** Checks any text against the record. Without `citations` the verifier finds the evidence by itself. */
  verify(request: {
    readonly patient: string;
    readonly text: string;
    readonly citations?: readonly string[];
    readonly id?: string;
  }): Promise<{ readonly id: string; readonly claims: readonly VerifiedClaim[] }>;
}

export interface VerifiedClaim {
  readonly text: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly citations: readonly string[];
}

/** One resource of the data as it stands in the file, and the patient it belongs to (absent for organizations and the like). */
export interface RawResource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** One patient's resources as they stand in the files, entered-in-error ones too. Read by the runner without the product's own reader. */
export interface RawPatient {
  readonly id: string;
  /** File they came from, for messages. */
  readonly file: string;
  readonly patient: RawResource;
  readonly resources: readonly RawResource[];
  /** Resolves a reference as written (`urn:uuid:..`, `Type/id`, absolute) to a resource of the data. */
  resolve(reference: string): RawResource | undefined;
}

export interface SuiteContext {
  /** The product, on an empty data directory of its own, with the data imported. */
  readonly rounds: RoundsUnderTest;
  readonly patients: readonly RawPatient[];
  /** The files that hold the data. */
  readonly files: readonly string[];
  /** A folder of reference terminology tables, where one was named. */
  readonly terms?: string;
  /** At most this many cases; absent: all. A suite takes them evenly over its patients and kinds. */
  readonly limit?: number;
  /** The product's clock, ISO instant, at the start. */
  readonly now: string;
  readonly seed: number;
  /** For stderr; called as often as you like. */
  readonly progress: (done: number, total: number, what?: string) => void;
}

/** A share of cases: printed with its Wilson 95 % interval; in `--json` its value. One of nothing (`of` 0) is left out. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

export interface SuiteFailure {
  /** Stable: the same data, seed and code give the same id. */
  readonly id: string;
  /** For a person: what was asked, what was expected, what came. */
  readonly why: string;
}

export interface SuiteOutcome {
  readonly cases: number;
  /** Counts and times are numbers, shares are `Share`s. By kind: `correct/latest`. */
  readonly metrics: Readonly<Record<string, number | Share>>;
  /** Lines for a person, printed under the figures: a table, say. */
  readonly details?: readonly string[];
  /** Worst first. */
  readonly failures: readonly SuiteFailure[];
}

/** `min` and `max` are inclusive. */
export interface Threshold {
  readonly min?: number;
  readonly max?: number;
}

export interface Suite {
  /** As in `npm run eval -- <name>`; the file is `evals/<name>.eval.ts`. */
  readonly name: string;
  readonly description: string;
  readonly thresholds: Readonly<Record<string, Threshold>>;
  /** `data`: it judges the files alone; nothing is imported, and `rounds` only throws. */
  readonly judges?: 'data';
  run(context: SuiteContext): Promise<SuiteOutcome>;
}

export function defineSuite(suite: Suite): Suite {
  return suite;
}

/** What `--json` prints. */
export interface SuiteReport {
  readonly suite: string;
  readonly cases: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly failures: readonly SuiteFailure[];
}
