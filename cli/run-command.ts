import type { Rounds } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError, isAppError, traceOf } from '../errors.ts';
import { printable } from './printable.ts';

/** Runs one command to its exit code: 2 with the usage for wrong arguments, 1 with one named line for a fault. */
export async function runCommand(usage: string, main: () => Promise<number>): Promise<void> {
  // `npm run ... | head` closes the pipe early: that is the reader's right, not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const misuse = isAppError(error, 'bad-usage') || code.startsWith('ERR_PARSE_ARGS');
    if (misuse) process.stderr.write(`${printable((error as Error).message)}\n\n${usage}`);
    else process.stderr.write(`${printable(isAppError(error) ? error.message : traceOf(error))}\n`);
    process.exitCode = misuse ? 2 : 1;
  }
}

/** The product as it is configured, closed again whatever happens. */
export async function withRounds<T>(work: (rounds: Rounds) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const { compose } = await import('../compose.ts'); // a good second: not for a wrong word on the command line
  const rounds = await compose(config);
  try {
    return await work(rounds);
  } finally {
    await rounds.close();
  }
}

/** Work that Ctrl-C ends at once; pressed again, it ends the process as ever. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort(new Error('given up'));
  process.once('SIGINT', stop);
  try {
    return await work(interrupted.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Of two patients neither is taken: the words after the second would be told of the wrong one. @throws AppError `bad-usage` */
export function onePatient(named: readonly string[] | undefined): string | undefined {
  if (named && named.length > 1) throw new AppError('bad-usage', '--patient is given more than once: name one patient.');
  return named?.[0];
}
