import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AskResult } from '../agents/contract.ts';
import { compose } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { runBatch } from './batch.ts';
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
      await runBatch({
        file: values.batch,
        line: lineSchema,
        run: ({ thread, ...line }) => rounds.ask({ ...line, ...(thread === undefined ? {} : { thread }) }),
        failed: (id, error): AskResult => ({ id, status: 'failed', claims: [], evidence: [], ms: 0, error }),
      });
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
