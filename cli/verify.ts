import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compose, type Rounds } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { VerifyResult } from '../grounding/verify.ts';
import { VERDICT_MARK } from './print-answer.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Check a text against one patient's record, sentence by sentence, whoever wrote it.

  npm run verify -- --patient <id or name> [file]     reads standard input where no file is named
  npm run verify -- --batch <file.jsonl>               lines { id, patient, text, citations? }, one result a line on stdout

  --json      print one JSON object { id, claims: [{ text, verdict, checks, citations }] }
`;

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  patient: z.string().min(1),
  text: z.string(),
  citations: z.array(z.string()).optional(),
});

async function verifyLine(rounds: Rounds, line: string, number: number): Promise<VerifyResult> {
  const failed = (id: string, error: string): VerifyResult => ({ id, claims: [], ms: 0, error });
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
  const { id, patient, text, citations } = read.data;
  return rounds.verify({ id, patient, text, ...(citations === undefined ? {} : { citations }) });
}

async function verifyBatch(rounds: Rounds, file: string): Promise<void> {
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
    process.stdout.write(`${JSON.stringify(await verifyLine(rounds, line, number))}\n`);
  }
}

function textOf(file: string | undefined): string {
  try {
    return readFileSync(file === undefined || file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new AppError('bad-usage', `Cannot read ${file ?? 'standard input'}: ${(error as Error).message}`);
  }
}

/** Each sentence with its mark; under what is not supported, why, and what the record says instead. */
function print(result: VerifyResult): string {
  const out: string[] = [];
  const count = (verdict: string) => result.claims.filter((claim) => claim.verdict === verdict).length;
  out.push(`${result.claims.length} sentences: ${count('supported')} supported, ${count('unverified')} unverified, ${count('contradicted')} contradicted`, '');
  for (const claim of result.claims) {
    out.push(`${VERDICT_MARK[claim.verdict]} ${claim.text}`);
    if (claim.verdict !== 'supported') for (const check of claim.checks.filter(({ outcome }) => outcome !== 'pass')) out.push(`    ${check.name}: ${check.reason}`);
    if (claim.citations.length > 0) out.push(`    [${claim.citations.slice(0, 6).join(', ')}${claim.citations.length > 6 ? `, and ${claim.citations.length - 6} more` : ''}]`);
  }
  return `${out.join('\n')}\n`;
}

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      patient: { type: 'string', short: 'p' },
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.batch === undefined && !values.patient) throw new AppError('bad-usage', '--patient is missing.');
  if (positionals.length > 1) throw new AppError('bad-usage', 'One file at a time.');
  const text = values.batch === undefined ? textOf(positionals[0]) : '';
  const rounds = await compose(loadConfig());
  try {
    if (values.batch !== undefined) {
      await verifyBatch(rounds, values.batch);
      return 0;
    }
    const result = await rounds.verify({ patient: values.patient ?? '', text });
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else process.stdout.write(result.error ? `${result.error}\n` : print(result));
    return result.error ? 1 : 0;
  } finally {
    await rounds.close();
  }
});
