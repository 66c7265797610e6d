import type { z } from 'zod';
import type { Tool, ToolContext, ToolResult } from './contract.ts';

/** Declares a tool; input is validated before `run` sees it. */
export function defineTool<Schema extends z.ZodType, Value>(tool: {
  readonly name: string;
  readonly description: string;
  readonly input: Schema;
  readonly effect: 'read' | 'write';
  readonly run: (input: z.infer<Schema>, context: ToolContext) => Promise<ToolResult<Value>>;
}): Tool<z.infer<Schema>, Value> {
  return tool as Tool<z.infer<Schema>, Value>;
}
