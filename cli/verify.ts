import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Rounds } from '../compose.ts';
import { AppError, tellFault } from '../errors.ts';
import type { VerifyResult } from '../grounding/verify.ts';
import { batchCommand, lineId } from './batch.ts';
import { patientLine, VERDICT_MARK, wrapped } from './print-answer.ts';
import { oneLine, printable } from './printable.ts';
import { onePatient, runCommand, untilInterrupted, withRounds } from './run-command.ts';

const USAGE = `Check a text against one patient's record, sentence by sentence, whoever wrote it.

  npm run verify -- --patient <id or name> [file]     reads standard input where no file is named
  npm run verify -- --batch <file.jsonl>               lines { id, patient, text, citations? }, one result a line on stdout

  --json      print one JSON object { id, claims: [{ text, verdict, checks, citations }] }
`;

const lineSchema = z.object({
  id: lineId,
  patient: z.string().min(1),
  text: z.string(),
  citations: z.array(z.string()).nullish(),
});

async function textOf(file = '-'): Promise<string> {
  if (file === '-' && process.stdin.isTTY) process.stderr.write('Write or paste the text; Ctrl-D on a line of its own ends it.\n');
  try {
    return (file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new AppError('bad-usage', `Cannot read ${file === '-' ? 'standard input' : file}: ${(error as Error).message}`);
  }
}

const failed = (id: string, error: string): VerifyResult => ({ id, claims: [], ms: 0, error });

/** Each sentence with its mark; under what is not supported, why, and what the record says instead. */
function print(result: VerifyResult): string {
  const out: string[] = result.patient ? [patientLine(result.patient), ''] : [];
  const count = (verdict: string) => result.claims.filter((claim) => claim.verdict === verdict).length;
  out.push(
    `${result.claims.length} sentence${result.claims.length === 1 ? '' : 's'}: ${count('supported')} supported, ${count('unverified')} unverified, ${count('contradicted')} contradicted`,
    '',
  );
  for (const claim of result.claims) {
    out.push(`${VERDICT_MARK[claim.verdict]} ${printable(claim.text)}`);
    if (claim.verdict !== 'supported')
      for (const check of claim.checks.filter(({ outcome }) => outcome !== 'pass')) out.push(`    ${check.name}: ${oneLine(check.reason)}`);
    if (claim.citations.length > 0)
      out.push(
        `    [${oneLine(claim.citations.slice(0, 6).join(', '))}${claim.citations.length > 6 ? `, and ${claim.citations.length - 6} more` : ''}]`,
      );
  }
  if (result.notes?.length) out.push('', ...result.notes.map((note) => `  ${wrapped(note, '  ')}`));
  return `${out.join('\n')}\n`;
}

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      patient: { type: 'string', short: 'p', multiple: true },
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { batch, json } = values;
  const patient = onePatient(values.patient);
  if (batch !== undefined) {
    if (patient !== undefined || positionals.length > 0)
      throw new AppError('bad-usage', '--batch takes patient and text from the lines of its file.');
    const run = (rounds: Rounds, { citations, ...line }: z.infer<typeof lineSchema>) =>
      rounds.verify({ ...line, ...(citations == null ? {} : { citations }) });
    return batchCommand(batch, { line: lineSchema, run, failed });
  }
  if (!patient) throw new AppError('bad-usage', '--patient is missing.');
  if (positionals.length > 1) throw new AppError('bad-usage', 'One file at a time.');
  const written = await textOf(positionals[0]);
  const result = await untilInterrupted((signal) => withRounds((rounds) => rounds.verify({ patient, text: written }, { signal }))).catch(
    (error: unknown): VerifyResult => {
      if (!json) throw error;
      return failed(randomUUID(), tellFault(error, 'this text'));
    },
  );
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(result.error ? `${printable(result.error)}\n` : print(result));
  return result.error ? 1 : 0;
});
