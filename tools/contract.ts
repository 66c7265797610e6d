import type { z } from 'zod';
import type { Evidence } from '../grounding/contract.ts';
import type { Chart, MissingPart } from '../records/contract.ts';

/** What a tool may touch: this patient's chart and the time. */
export interface ToolContext {
  readonly chart: Chart;
  /** ISO instant */
  readonly now: string;
}

/** `value` is for the reasoner, `evidence` is what may be cited. */
export interface ToolResult<Value = unknown> {
  readonly value: Value;
  readonly evidence: readonly Evidence[];
  /** Parts of the record that what was asked for may stand in and that could not be read. */
  readonly missing?: readonly MissingPart[];
}

/** Something an agent can do. `effect` `write` stops for a person's approval before it runs. */
export interface Tool<Input = unknown, Value = unknown> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly effect: 'read' | 'write';
  run(input: Input, context: ToolContext): Promise<ToolResult<Value>>;
}

/** A failed call is a value the reasoner sees, not a crash. */
export type ToolOutcome =
  | ({ readonly ok: true; readonly call: string; readonly tool: string } & ToolResult)
  | { readonly ok: false; readonly call: string; readonly tool: string; readonly reason: string };
