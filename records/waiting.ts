import { setMaxListeners } from 'node:events';
import { AppError, isAppError } from '../errors.ts';

/** As the promise ends, or as soon as the caller has gone: what others wait for too goes on without them. @throws the signal's reason */
export async function orGone<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  let leave: () => void = () => {};
  const gone = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([promise, gone]);
  } finally {
    signal.removeEventListener('abort', leave);
    promise.catch(() => {});
  }
}

/**
 * Work that may take so long and no longer, in milliseconds: then its signal says why.
 * @param signal of the caller, who may go sooner
 * @param server who is waited for, where that is another than the FHIR server
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  server?: string,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(tooLong(ms, server)), ms);
  try {
    const both = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
    setMaxListeners(0, both); // as many as there are requests under way
    return await work(both);
  } finally {
    clearTimeout(timer);
  }
}

/** The reason of a signal whose time is over: a fault of the record, as against a caller who has gone. */
export const tooLong = (ms: number, server = 'The FHIR server'): AppError =>
  new AppError('record-unavailable', `${server} needs longer than ${Math.ceil(ms / 1000)} s.`);

/** Whether nobody waits any more: not where it is only that the time is over. */
export const hasGone = (signal?: AbortSignal): boolean => signal?.aborted === true && !isAppError(signal.reason);
