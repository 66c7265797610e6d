import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AskResult } from '../agents/contract.ts';
import { compose, type Rounds } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { printAnswer } from './print-answer.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Ask a question about one patient's record.

  npm run ask -- --patient <id or name> "question"
  npm run ask -- --patient <id or name> --thread <id> "and since when?"
  npm run ask -- --batch <file.jsonl>        lines { id, patient, question }, one answer a line on stdout

  --json      print one JSON object
  --thread    continue a conversation (its id is printed under each answer)
`;

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  patient: z.string().min(1),
  question: z.string(),
  thread: z.string().optional(),
});

/** One answer a line, in order; a line that cannot be read is a failed answer and the rest goes on. */
async function askBatch(rounds: Rounds, file: string): Promise<void> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  await new Promise<void>((ready, fail) => {
    input.once('error', (error: Error) => fail(new AppError('bad-usage', `Cannot read ${file}: ${error.message}`)));
    input.once('readable', ready);
    input.once('end', ready);
  });
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    process.stdout.write(`${JSON.stringify(await answerLine(rounds, line, number))}\n`);
  }
}

async function answerLine(rounds: Rounds, line: string, number: number): Promise<AskResult> {
  const failed = (id: string, error: string): AskResult => ({ id, status: 'failed', claims: [], evidence: [], ms: 0, error });
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return failed(`line-${number}`, `Line ${number} is not JSON: ${(error as Error).message}`);
  }
  const read = lineSchema.safeParse(json);
  if (!read.success) {
    const id = (json as { id?: unknown } | null)?.id;
    const faults = read.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`);
    return failed(id === undefined || id === null ? `line-${number}` : String(id), `Line ${number}: ${faults.join('; ')}`);
  }
  const { id, patient, question, thread } = read.data;
  return rounds.ask({ id, patient, question, ...(thread === undefined ? {} : { thread }) });
}

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      patient: { type: 'string', short: 'p' },
      thread: { type: 'string', short: 't' },
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const question = positionals.join(' ').trim();
  if (values.batch === undefined && !values.patient) throw new AppError('bad-usage', '--patient is missing.');
  if (values.batch === undefined && question === '') throw new AppError('bad-usage', 'The question is missing.');
  const rounds = await compose(loadConfig());
  try {
    if (values.batch !== undefined) {
      await askBatch(rounds, values.batch);
      return 0;
    }
    const result = await rounds.ask({
      patient: values.patient ?? '',
      question,
      ...(values.thread === undefined ? {} : { thread: values.thread }),
    });
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : printAnswer(result));
    return result.status === 'failed' ? 1 : 0;
  } finally {
    await rounds.close();
  }
});
