import type { Claim, Evidence } from '../grounding/contract.ts';

export type AnswerStatus = 'answered' | 'not-recorded' | 'clarify' | 'declined' | 'failed';

/** What `ask` gives for one question. `id` is the caller's line id, or the message id. */
export interface AskResult {
  readonly id: string;
  readonly status: AnswerStatus;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Evidence[];
  /** Wall time in milliseconds. */
  readonly ms: number;
  /** The conversation this belongs to. */
  readonly thread?: string;
  /** Named fault for `failed`: "no patient is named Bob Nobody". */
  readonly error?: string;
}
