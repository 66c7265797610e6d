import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { VerifyResult } from '../grounding/verify.ts';
import { runBatch } from './batch.ts';
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
  out.push(
    `${result.claims.length} sentences: ${count('supported')} supported, ${count('unverified')} unverified, ${count('contradicted')} contradicted`,
    '',
  );
  for (const claim of result.claims) {
    out.push(`${VERDICT_MARK[claim.verdict]} ${claim.text}`);
    if (claim.verdict !== 'supported')
      for (const check of claim.checks.filter(({ outcome }) => outcome !== 'pass')) out.push(`    ${check.name}: ${check.reason}`);
    if (claim.citations.length > 0)
      out.push(
        `    [${claim.citations.slice(0, 6).join(', ')}${claim.citations.length > 6 ? `, and ${claim.citations.length - 6} more` : ''}]`,
      );
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
      await runBatch({
        file: values.batch,
        line: lineSchema,
        run: ({ citations, ...line }) => rounds.verify({ ...line, ...(citations === undefined ? {} : { citations }) }),
        failed: (id, error): VerifyResult => ({ id, claims: [], ms: 0, error }),
      });
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
