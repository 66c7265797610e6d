import { BrokenCircuitError, circuitBreaker, handleWhen, type IBreaker } from 'cockatiel';

export interface TrafficOptions {
  /** Requests under way at once, where the server takes as many. */
  readonly parallel: number;
  /** Failures in a row after which the server counts as dead. */
  readonly failuresToOpen: number;
  /** Failures closer together than this, in milliseconds, are one: what is sent side by side fails side by side. */
  readonly spacingMs: number;
  /** How long a dead server is left alone before one request tries it again. */
  readonly openMs: number;
  /** Whether an error says that the server does not work, rather than the request. */
  readonly isDead: (error: unknown) => boolean;
}

/** What goes to one server: how much at once, and whether anything at all. */
export interface Traffic {
  /**
   * Runs the work when its turn has come.
   * @throws BrokenCircuitError where the server counts as dead
   * @throws the signal's reason where the caller went while waiting
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** The server said that this was too much: half as many at once from now on, growing again as answers come. @param sentAt when what it turned away was sent */
  crowded(sentAt: number): void;
  /** Nothing is sent for so many milliseconds. */
  quiet(ms: number): void;
}

export function createTraffic({ parallel, failuresToOpen, spacingMs, openMs, isDead }: TrafficOptions): Traffic {
  const circuit = circuitBreaker(handleWhen(isDead), { halfOpenAfter: openMs, breaker: spacedBreaker(failuresToOpen, spacingMs) });
  const waiting: (() => void)[] = [];
  let allowed = parallel;
  let under = 0;
  let answered = 0;
  let shrunkAt = Number.NEGATIVE_INFINITY;
  let quietUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  function admit(): void {
    const left = quietUntil - performance.now();
    if (waiting.length === 0 || timer !== undefined) return;
    if (left > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        admit();
      }, left);
      return;
    }
    while (under < allowed && waiting.length > 0) {
      under += 1;
      waiting.shift()!();
    }
  }

  const turn = (signal?: AbortSignal): Promise<void> =>
    new Promise((go, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal!.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        go();
      };
      signal?.throwIfAborted();
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(enter);
      admit();
    });

  return {
    async run(work, signal) {
      await turn(signal);
      try {
        const result = await circuit.execute(work);
        answered += 1;
        if (answered >= allowed && allowed < parallel) {
          allowed += 1;
          answered = 0;
        }
        return result;
      } finally {
        under -= 1;
        admit();
      }
    },
    crowded(sentAt) {
      answered = 0;
      // All that was under way together is turned away together: that is one sign, not many.
      if (sentAt < shrunkAt) return;
      shrunkAt = performance.now();
      allowed = Math.max(1, Math.floor(allowed / 2));
    },
    quiet(ms) {
      quietUntil = Math.max(quietUntil, performance.now() + ms);
    },
  };
}

/** Opens after so many failures in a row that lie apart in time. */
function spacedBreaker(most: number, spacingMs: number): IBreaker {
  let inRow = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    state: undefined,
    success() {
      inRow = 0;
      lastAt = Number.NEGATIVE_INFINITY;
    },
    failure() {
      const now = performance.now();
      if (now - lastAt >= spacingMs) {
        inRow += 1;
        lastAt = now;
      }
      return inRow >= most;
    },
  };
}

export const isBroken = (error: unknown): boolean => error instanceof BrokenCircuitError;
