import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { AppError } from '../errors.ts';

export interface Batch<Line> {
  /** JSON Lines; `-` is standard input. */
  readonly file: string;
  readonly line: z.ZodType<Line>;
  readonly run: (line: Line) => Promise<unknown>;
  /** What to write for a line that cannot be read; `error` names the line, the field and the fault. */
  readonly failed: (id: string, error: string) => unknown;
}

/**
 * Runs each line and writes one JSON object a line on stdout, in order; a line that cannot be read is a failed result and the rest goes on.
 * @throws AppError `bad-usage` where the file cannot be read
 */
export async function runBatch<Line>({ file, line: schema, run, failed }: Batch<Line>): Promise<void> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  await new Promise<void>((ready, fail) => {
    input.once('error', (error: Error) => fail(new AppError('bad-usage', `Cannot read ${file}: ${error.message}`)));
    input.once('readable', ready);
    input.once('end', ready);
  });
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    const read = readLine(text, number, schema);
    const result = read.ok ? await run(read.line) : failed(read.id, read.error);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

type Read<Line> = { readonly ok: true; readonly line: Line } | { readonly ok: false; readonly id: string; readonly error: string };

/** A line's own id is kept where it can be read. */
export function readLine<Line>(text: string, number: number, schema: z.ZodType<Line>): Read<Line> {
  const unnamed = `line-${number}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, id: unnamed, error: `Line ${number} is not JSON: ${(error as Error).message}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, line: parsed.data };
  const id = (json as { readonly id?: unknown } | null)?.id;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`);
  return {
    ok: false,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : unnamed,
    error: `Line ${number}: ${faults.join('; ')}`,
  };
}
