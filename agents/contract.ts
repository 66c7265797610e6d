import type { Claim, Evidence } from '../grounding/contract.ts';
import type { Chart, RecordReading } from '../records/contract.ts';
import type { ToolOutcome } from '../tools/contract.ts';

/** `not-read`: nothing of it is found, and where it may stand could not be read; that is no answer that it is not recorded. */
export type AnswerStatus = 'answered' | 'not-recorded' | 'not-read' | 'clarify' | 'declined' | 'failed';

/** Evidence as a reader needs it: without the structure that the checker works on. */
export type Source = Omit<Evidence, 'facts' | 'scope'>;

/** What `ask` gives for one question. `id` is the caller's line id, or the message id. */
export interface AskResult {
  readonly id: string;
  readonly status: AnswerStatus;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Source[];
  /** Whose record answered. */
  readonly patient?: { readonly id: string; readonly name: string; readonly birthDate?: string };
  /** Wall time in milliseconds. */
  readonly ms: number;
  /** The conversation this belongs to. */
  readonly thread?: string;
  /** What Rounds says about itself, never about the patient: what it asks back, declines, read a misspelled word as, could not read. */
  readonly notes?: readonly string[];
  /** How the record was read, where a FHIR server keeps it: what could not be read, as of when the rest is. */
  readonly reading?: RecordReading;
  /** Named fault for `failed`: "no patient is named Bob Nobody". */
  readonly error?: string;
}

/** A sentence before it is checked. `citations` are evidence ids of this turn. */
export interface DraftClaim {
  readonly text: string;
  readonly citations: readonly string[];
}

export interface ToolCall {
  /** Unique within the turn. */
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
}

/** One user's turn, as a reasoner sees it. */
export interface Turn {
  readonly question: string;
  readonly chart: Chart;
  /** ISO instant */
  readonly now: string;
  /** What this reasoner kept from the turn before in the same thread; plain JSON. */
  readonly memory: unknown;
}

/** `reply` ends the turn without tools (a question back, a refusal). */
export interface Plan {
  readonly calls: readonly ToolCall[];
  readonly reply?: { readonly status: 'clarify' | 'declined'; readonly notes: readonly string[] };
  readonly notes?: readonly string[];
  /** Kept for the next turn. */
  readonly memory?: unknown;
}

export interface Draft {
  readonly status: AnswerStatus;
  readonly claims: readonly DraftClaim[];
  readonly notes?: readonly string[];
  readonly memory?: unknown;
}

/**
 * What the graph thinks through: plan the tool calls, then write claims, and once more those that failed their check.
 * It sees one patient's chart and this turn's evidence; what it writes is checked by others.
 */
export interface Reasoner {
  readonly name: string;
  plan(turn: Turn): Promise<Plan>;
  write(turn: Turn, outcomes: readonly ToolOutcome[]): Promise<Draft>;
  /** A better text for each failed claim, or none to drop it. Same order; asked at most once a turn. */
  revise(turn: Turn, outcomes: readonly ToolOutcome[], failed: readonly Claim[]): Promise<readonly (DraftClaim | undefined)[]>;
}
