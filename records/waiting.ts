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
