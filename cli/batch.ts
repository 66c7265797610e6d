import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Rounds } from '../compose.ts';
import { AppError, tellFault } from '../errors.ts';
import { withRounds } from './run-command.ts';

/** A line's id: text, or a number that is told as text. */
export const lineId = z.union([z.string(), z.number()]).transform(String);

export interface Batch<Line extends { readonly id: string }> {
  readonly input: Readable;
  readonly line: z.ZodType<Line>;
  readonly run: (line: Line) => Promise<unknown>;
  /** What to write for a line that cannot be read or run; `error` names the line, the field and the fault. */
  readonly failed: (id: string, error: string) => unknown;
}

/** Runs a file of lines against the product as it is configured. @returns the exit code @throws AppError `bad-usage` where the file cannot be read */
export async function batchCommand<Line extends { readonly id: string }>(
  file: string,
  { run, ...how }: Omit<Batch<Line>, 'input' | 'run'> & { readonly run: (rounds: Rounds, line: Line) => Promise<unknown> },
): Promise<number> {
  const input = await openBatch(file);
  await withRounds((rounds) => runBatch({ ...how, input, run: (line) => run(rounds, line) }));
  return 0;
}

/** JSON Lines; `-` is standard input. @throws AppError `bad-usage` where the file cannot be read */
async function openBatch(file: string): Promise<Readable> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  await new Promise<void>((ready, fail) => {
    input.once('error', (error: Error) => fail(new AppError('bad-usage', `Cannot read ${file}: ${error.message}`)));
    input.once('readable', ready);
    input.once('end', ready);
  });
  return input;
}

/** Runs each line and writes one JSON object a line on stdout, in order; a line that cannot be read or run is a failed result and the rest goes on. */
export async function runBatch<Line extends { readonly id: string }>({ input, line: schema, run, failed }: Batch<Line>): Promise<void> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue; // trim also takes a byte order mark
    const read = readLine(text, number, schema);
    const result = read.ok ? await attempt(read.line) : failed(read.id, read.error);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }

  async function attempt(line: Line): Promise<unknown> {
    try {
      return await run(line);
    } catch (error) {
      return failed(line.id, tellFault(error, `line ${number}`));
    }
  }
}

type Read<Line> = { readonly ok: true; readonly line: Line } | { readonly ok: false; readonly id: string; readonly error: string };

/** A line's own id is kept where it can be read. */
export function readLine<Line>(text: string, number: number, schema: z.ZodType<Line>): Read<Line> {
  const unnamed = `line-${number}`;
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
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
