import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AskResult } from '../agents/contract.ts';
import type { Rounds } from '../compose.ts';
import { AppError, tellFault } from '../errors.ts';
import { batchCommand, lineId } from './batch.ts';
import { printAnswer } from './print-answer.ts';
import { onePatient, runCommand, untilInterrupted, withRounds } from './run-command.ts';

const USAGE = `Ask a question about one patient's record.

  npm run ask -- --patient <id or name> "question"
  npm run ask -- --patient <id or name> --thread <id> "and since when?"
  npm run ask -- --batch <file.jsonl>        lines { id, patient, question }, one answer a line on stdout

  --json      print one JSON object
  --thread    continue a conversation (its id is printed under each answer)
`;

const lineSchema = z.object({
  id: lineId,
  patient: z.string().min(1),
  question: z.string(),
  thread: z.string().nullish(),
});

const failed = (id: string, error: string): AskResult => ({ id, status: 'failed', claims: [], evidence: [], ms: 0, error });

/** As one line of JSON: who the patient is by id and name. */
const plain = ({ patient, ...result }: AskResult) => (patient ? { ...result, patient: { id: patient.id, name: patient.name } } : result);

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      patient: { type: 'string', short: 'p', multiple: true },
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
  if (values.batch !== undefined && (values.patient !== undefined || values.thread !== undefined || question !== ''))
    throw new AppError('bad-usage', '--batch takes patient, question and thread from the lines of its file.');
  if (values.batch === undefined && !onePatient(values.patient)) throw new AppError('bad-usage', '--patient is missing.');
  if (values.batch === undefined && question === '') throw new AppError('bad-usage', 'The question is missing.');
  const { batch: file, thread, json } = values;
  const patient = onePatient(values.patient) ?? '';
  if (file !== undefined) {
    const run = async (rounds: Rounds, { thread, ...line }: z.infer<typeof lineSchema>) =>
      plain(await rounds.ask({ ...line, ...(thread == null ? {} : { thread }) }));
    return batchCommand(file, { line: lineSchema, run, failed });
  }
  const asked = { patient, question, ...(thread === undefined ? {} : { thread }) };
  const result = await untilInterrupted((signal) => withRounds((rounds) => rounds.ask(asked, { signal }))).catch(
    (error: unknown): AskResult => {
      if (!json) throw error;
      return failed(randomUUID(), tellFault(error, 'this question'));
    },
  );
  process.stdout.write(json ? `${JSON.stringify(plain(result))}\n` : printAnswer(result));
  return result.status === 'failed' ? 1 : 0;
});
