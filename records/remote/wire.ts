import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { Agent, request } from 'undici';
import { AppError, isAppError } from '../../errors.ts';

export interface WireOptions {
  /** One attempt of one request, in milliseconds: connecting, waiting and reading together. */
  readonly timeoutMs?: number;
  /** Requests under way at once. */
  readonly parallel?: number;
  /** Attempts after the first. */
  readonly retries?: number;
  /** First pause before a repeat, doubled each time, of which a random half or more is waited. */
  readonly pauseMs?: number;
  /** Failures in a row after which the server counts as dead. */
  readonly failuresToOpen?: number;
  /** How long a dead server is left alone before one request tries it again. */
  readonly openMs?: number;
  /** Bytes of one answer, unpacked, after which it is broken off. */
  readonly largestAnswer?: number;
  /** Client certificate, its key and the authorities to trust, as PEM. */
  readonly tls?: { readonly cert?: string; readonly key?: string; readonly ca?: string };
  /** 0 to 1. */
  readonly random?: () => number;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the server can tell a repeat of this write: only then is it sent again after a fault that leaves open what became of it. */
  readonly tellsRepeat?: boolean;
  readonly signal?: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One HTTP server: what any request to it has in common. Faults are `AppError`s; an answer of any status but 429 and 5xx is an answer. */
export interface Wire {
  /**
   * @throws AppError `record-unavailable` where there is no answer in the time and number of attempts, or the circuit is open
   * @throws the signal's reason where the caller has gone
   */
  send(wanted: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Longer than this nobody waits for a server that asks to be left alone (Retry-After). */
const LONGEST_PAUSE_MS = 20_000;
const MEGABYTE = 1024 * 1024;
const unpack = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };
/** What says that the server, not the request, is at fault. */
const DOWN: ReadonlySet<number> = new Set([502, 503, 504]);

/** Bytes that are no text: the same ones would come again. */
class Unreadable extends Error {}

/** @throws Unreadable */
async function textOf(bytes: Buffer, headers: Readonly<Record<string, string>>, largest: number): Promise<string> {
  let plain = bytes;
  // In the order in which they were applied, the last one first.
  for (const coding of (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .reverse()) {
    if (coding === '' || coding === 'identity') continue;
    if (!Object.hasOwn(unpack, coding)) throw new Unreadable('its answer is packed in a way that is not known');
    if (plain.length === 0) continue; // a HEAD, a 304
    plain = await unpack[coding as keyof typeof unpack](plain, { maxOutputLength: largest }).catch((error: unknown) => {
      throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(largest) : new Unreadable('its answer cannot be unpacked');
    });
  }
  const [, charset = 'utf-8'] = /charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(plain);
  } catch {
    throw new Unreadable('its answer is in a character set that is not known');
  }
}

const tooLarge = (largest: number): Unreadable =>
  new Unreadable(`its answer is larger than ${Math.max(1, Math.round(largest / MEGABYTE))} MB`);

/** A fault that may pass. `sent`: the server may have carried the request out. */
class Passing extends Error {
  readonly dead: boolean;
  readonly sent: boolean;
  readonly waitMs: number | undefined;

  constructor(message: string, { dead, sent, waitMs, cause }: { dead: boolean; sent: boolean; waitMs?: number; cause?: unknown }) {
    super(message, { cause });
    this.dead = dead;
    this.sent = sent;
    this.waitMs = waitMs;
  }
}

/**
 * Sends requests to one server: bounded in time, in number at once and in repeats, over connections that are kept open. What is only being read
 * is repeated after a lost connection, a timeout, 429, 502, 503 and 504, with growing pauses of random length, or those that the server asks for; a
 * write only after 429, or where the server can tell a repeat. After several failures in a row the server is left alone for a while.
 */
export function createWire({
  timeoutMs = 15_000,
  parallel = 16,
  retries = 3,
  pauseMs = 250,
  failuresToOpen = 6,
  openMs = 15_000,
  largestAnswer = 256 * MEGABYTE,
  tls = {},
  random = Math.random,
}: WireOptions = {}): Wire {
  const agent = new Agent({
    connections: parallel,
    keepAliveTimeout: 30_000,
    maxResponseSize: largestAnswer,
    connect: { timeout: timeoutMs, ...tls },
  });
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof Passing && error.dead),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
  );
  const limited = bulkhead(parallel, Number.MAX_SAFE_INTEGER);
  const pause = new DelegateBackoff<{ readonly attempt: number; readonly result: unknown }>(({ attempt, result }) => {
    const asked = (result as { error?: unknown }).error;
    const wait = asked instanceof Passing ? asked.waitMs : undefined;
    return wait ?? pauseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
  });

  async function once({ method, url, headers = {}, body, signal }: WireRequest): Promise<WireAnswer> {
    const limit = AbortSignal.timeout(timeoutMs);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    let answer: WireAnswer;
    try {
      const {
        statusCode,
        headers: answered,
        body: text,
      } = await request(url, {
        method,
        headers: { 'accept-encoding': 'gzip, br', ...headers },
        body: body ?? null,
        dispatcher: agent,
        signal: both,
      });
      const known = singleValues(answered);
      answer = { status: statusCode, headers: known, body: await textOf(Buffer.from(await text.arrayBuffer()), known, largestAnswer) };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (limit.aborted) throw new Passing(`no answer within ${timeoutMs / 1000} s`, { dead: true, sent: true, cause: error });
      if (codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw tooLarge(largestAnswer);
      if (LASTING[codeOf(error)] !== undefined || error instanceof Unreadable) throw error;
      throw new Passing(reasonOf(error), { dead: true, sent: !isRefused(error), cause: error });
    }
    if (answer.status === 429) throw new Passing('too many requests (429)', { dead: false, sent: false, ...waitOf(answer) });
    if (DOWN.has(answer.status)) throw new Passing(`HTTP ${answer.status}`, { dead: true, sent: true, ...waitOf(answer) });
    return answer;
  }

  return {
    async send(wanted) {
      const reads = wanted.method === 'GET';
      const again = retry(
        handleWhen(
          (error) =>
            error instanceof Passing && (error.waitMs ?? 0) <= LONGEST_PAUSE_MS && (reads || !error.sent || wanted.tellsRepeat === true),
        ),
        { maxAttempts: retries, backoff: pause },
      );
      try {
        return await wrap(again, breaker, limited).execute(() => once(wanted), wanted.signal);
      } catch (error) {
        if (wanted.signal?.aborted) throw wanted.signal.reason;
        throw unavailable(error, wanted.url);
      }
    },
    close: () => agent.destroy(),
  };

  function unavailable(error: unknown, { origin }: URL): AppError {
    if (isAppError(error)) return error;
    const why =
      error instanceof BrokenCircuitError
        ? `it failed ${failuresToOpen} times in a row and is left alone for ${Math.ceil(openMs / 1000)} s`
        : error instanceof BulkheadRejectedError
          ? 'too many requests are waiting for it'
          : error instanceof Passing
            ? `${error.message}${error.waitMs !== undefined && error.waitMs > LONGEST_PAUSE_MS ? `, to be asked again in ${Math.ceil(error.waitMs / 1000)} s` : ''}`
            : reasonOf(error);
    return new AppError('record-unavailable', `The FHIR server at ${origin} cannot be reached: ${why}.`, { cause: error });
  }
}

const singleValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
function waitOf({ headers }: WireAnswer): { waitMs?: number } {
  const asked = headers['retry-after']?.trim();
  if (!asked) return {};
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(ms) ? {} : { waitMs: Math.max(0, ms) };
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
/** The connection never came about: nothing was carried out. */
const isRefused = (error: unknown): boolean => /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(codeOf(error));

/** What no repeat can mend. */
const LASTING: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody who is trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody who is trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody who is trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};
const MAY_PASS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
};

/** What went wrong below HTTP, without what was sent. */
const reasonOf = (error: unknown): string =>
  error instanceof Unreadable
    ? error.message
    : (LASTING[codeOf(error)] ?? MAY_PASS[codeOf(error)] ?? (codeOf(error) || 'the request failed'));
