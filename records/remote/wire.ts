import { setTimeout as pause } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { request } from 'undici';
import { AppError, isAppError } from '../../errors.ts';
import { codeOf, lastingOf, passingOf } from './connection-faults.ts';
import { createWays, type Proxies } from './proxies.ts';
import { createTraffic, isBroken, type Traffic } from './traffic.ts';

export interface WireOptions {
  /** One attempt of one request, in milliseconds: connecting, waiting and reading together. */
  readonly timeoutMs?: number;
  /** Requests under way at once. */
  readonly parallel?: number;
  /** Attempts after the first; twice as many after a 503 that says when to come again. */
  readonly retries?: number;
  /** After a 429 a request is sent again for so long, in milliseconds, from its first attempt. */
  readonly patienceMs?: number;
  /** First pause before a repeat, doubled each time, of which a random half or more is waited, on top of what the server asks for. */
  readonly pauseMs?: number;
  /** Failures in a row, each so many milliseconds or more after the one before, after which the server counts as dead. */
  readonly failuresToOpen?: number;
  readonly spacingMs?: number;
  /** How long a dead server is left alone before one request tries it again. */
  readonly openMs?: number;
  /** Bytes of one answer, unpacked, after which it is broken off. */
  readonly largestAnswer?: number;
  /** Client certificate and the authorities to trust. */
  readonly secureContext?: SecureContext;
  readonly proxies?: Proxies;
  /** 0 to 1. */
  readonly random?: () => number;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** A function makes it anew for each attempt. */
  readonly body?: string | (() => Promise<string>);
  /** Whether the server can tell a repeat of this write: only then is it sent again after a fault that leaves open what became of it. */
  readonly tellsRepeat?: boolean;
  /** What faults call whom it is sent to; absent: the FHIR server. */
  readonly server?: string;
  /** Bytes of the answer, unpacked, after which it is broken off, where that is fewer than of any other. */
  readonly largest?: number;
  readonly signal?: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the body, unpacked, before it was read as text. */
  readonly bytes?: number;
  /** Nothing but the closed connection tells where it ends: more may have been to come. */
  readonly unended?: true;
  /** It was sent before, and what became of that is not known: a conflict may be one with itself. */
  readonly repeated?: true;
}

/** HTTP servers, each by its origin: what any request to one has in common. Faults are `AppError`s; an answer of any status but 429 and 5xx is an answer. */
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
/** So long a server is left alone wholly that has turned away one address: limits are often of one kind of resource. */
const LONGEST_STILL_MS = 2_000;
/** So many addresses turned away at once: the limit is one for all. */
const LIMIT_OF_ALL = 3;
/** Own pauses grow no longer than this. */
const LONGEST_OWN_PAUSE_MS = 4_000;
const MEGABYTE = 1024 * 1024;
/** More than on ten thousand entries. Reading JSON of so many takes a second, of small objects or with names all different a few: nothing else is done meanwhile. */
const MOST_VALUES = 2_000_000;
const unpack = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };
/** Nobody was asked anything: no server is at fault. */
const NOT_SENT = 'The request cannot be sent: a header or an address in it is none.';
const TOO_MANY = 'too many requests (429)';
/** What says that the server, not the request, is at fault. */
const DOWN: ReadonlySet<number> = new Set([502, 503, 504]);

/** Bytes that are no text: the same ones would come again. */
class Unreadable extends Error {}

/** @throws Unreadable */
async function textOf(
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  largest: number,
): Promise<Pick<WireAnswer, 'body' | 'bytes'>> {
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
  if (!hasAtMost(plain, MOST_VALUES)) throw new Unreadable(`its answer holds more than ${MOST_VALUES / 1e6} million values`);
  const [, charset = 'utf-8'] = /charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '') ?? [];
  try {
    return { body: new TextDecoder(charset).decode(plain), bytes: plain.length };
  } catch {
    throw new Unreadable('its answer is in a character set that is not known');
  }
}

/** Whether JSON in these bytes can hold no more values than so many: each but the first stands after a comma or in an object or a list of its own. */
function hasAtMost(json: Buffer, most: number): boolean {
  if (json.length <= most) return true;
  let values = 0;
  // By its places: five times as fast as one after another.
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if ((byte === COMMA || byte === OBJECT || byte === LIST) && ++values > most) return false;
  }
  return true;
}
const [COMMA, OBJECT, LIST] = [...',{['].map((sign) => sign.charCodeAt(0)) as [number, number, number];

const tooLarge = (largest: number): Unreadable =>
  new Unreadable(`its answer is larger than ${Math.max(1, Math.round(largest / MEGABYTE))} MB`);

/** A fault that may pass. `sent`: the server may have carried the request out. */
class Passing extends Error {
  /** Nothing there works, as against a server that says it has too much to do. */
  readonly dead: boolean;
  readonly sent: boolean;
  /** What the server asks to be left alone for, in milliseconds. */
  readonly askedMs: number | undefined;
  /** Of a server that has too much to do: 429 or 503. */
  readonly status: number | undefined;

  constructor(
    message: string,
    { dead, sent, askedMs, status, cause }: { dead: boolean; sent: boolean; askedMs?: number; status?: number; cause?: unknown },
  ) {
    super(message, { cause });
    this.dead = dead;
    this.sent = sent;
    this.askedMs = askedMs;
    this.status = status;
  }
}

/**
 * Sends requests: bounded in time, in number at once and in repeats, over connections that are kept open. What is only being read is repeated
 * after a lost connection, a timeout, 429, 502, 503 and 504, after growing pauses of random length on top of what the server asks for; a write
 * only after 429, or where the server can tell a repeat. 429 and 503 halve what is under way at once; it grows again as answers come. A server
 * that fails in a row for a while is left alone.
 */
export function createWire({
  timeoutMs = 15_000,
  parallel = 16,
  retries = 3,
  patienceMs = 30_000,
  pauseMs = 250,
  failuresToOpen = 4,
  spacingMs = 1_000,
  openMs = 15_000,
  largestAnswer = 64 * MEGABYTE,
  secureContext,
  proxies,
  random = Math.random,
}: WireOptions = {}): Wire {
  const ways = createWays({
    connections: parallel,
    timeoutMs,
    largestAnswer,
    ...(secureContext ? { secureContext } : {}),
    ...(proxies ? { proxies } : {}),
  });
  const servers = new Map<string, { readonly traffic: Traffic; readonly turnedAway: Map<string, number> }>();
  function trafficTo({ origin }: Pick<URL, 'origin'>) {
    let known = servers.get(origin);
    if (!known) {
      const isDead = (error: unknown) => error instanceof Passing && error.dead;
      known = { traffic: createTraffic({ parallel, failuresToOpen, spacingMs, openMs, isDead }), turnedAway: new Map() };
      servers.set(origin, known);
    }
    return known;
  }

  /** An address is asked to be left alone for so long: for a moment the whole server is, for longer where others are too. */
  function leaveAlone({ origin, pathname }: URL, ms: number): void {
    const { traffic, turnedAway } = trafficTo({ origin });
    const now = performance.now();
    for (const [path, until] of turnedAway) if (until <= now) turnedAway.delete(path);
    turnedAway.set(pathname, now + ms);
    traffic.quiet(Math.min(ms, turnedAway.size < LIMIT_OF_ALL ? LONGEST_STILL_MS : LONGEST_PAUSE_MS));
  }

  async function once({
    method,
    url,
    headers = {},
    body,
    largest = largestAnswer,
    signal,
  }: WireRequest & { readonly body?: string }): Promise<WireAnswer> {
    const limit = AbortSignal.timeout(timeoutMs);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    try {
      const {
        statusCode,
        headers: answered,
        body: text,
      } = await request(url, {
        method,
        headers: { 'accept-encoding': 'gzip, br', ...headers },
        body: body ?? null,
        dispatcher: ways.to(url),
        signal: both,
      });
      const known = singleValues(answered);
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of text as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > largest) throw tooLarge(largest);
        chunks.push(chunk);
      }
      return {
        status: statusCode,
        headers: known,
        ...(tellsEnd(known) ? {} : { unended: true }),
        ...(await textOf(Buffer.concat(chunks), known, largest)),
      };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (limit.aborted) throw new Passing(`no answer within ${timeoutMs / 1000} s`, { dead: true, sent: true, cause: error });
      if (codeOf(error) === 'UND_ERR_INVALID_ARG') throw new AppError('bad-request', NOT_SENT, { cause: error });
      if (codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw tooLarge(largestAnswer);
      if (lastingOf(error) !== undefined || error instanceof Unreadable) throw error;
      throw new Passing(reasonOf(error), { dead: true, sent: !isRefused(error), cause: error });
    }
  }

  /** One attempt in its turn. @throws Passing */
  async function attempt(wanted: WireRequest, traffic: Traffic): Promise<WireAnswer> {
    const answer = await traffic.run(async () => {
      const { body, ...rest } = wanted;
      const sentAt = performance.now();
      const text = typeof body === 'function' ? await body() : body;
      const said = await once({ ...rest, ...(text === undefined ? {} : { body: text }) });
      // Before anything else is sent: a limit on requests is one for all of them.
      if (said.status === 429 || said.status === 503) traffic.crowded(sentAt);
      if (said.status === 429) leaveAlone(wanted.url, askedOf(said) ?? 0);
      if (DOWN.has(said.status) && !isBusy(said)) throw new Passing(`HTTP ${said.status}`, { dead: true, sent: true });
      return said;
    }, wanted.signal);
    if (!isBusy(answer)) return answer;
    const { status } = answer;
    throw new Passing(status === 429 ? TOO_MANY : `HTTP ${status}`, {
      dead: false,
      sent: status !== 429,
      status,
      askedMs: askedOf(answer) ?? 0,
    });
  }

  return {
    async send(wanted) {
      const { traffic, turnedAway } = trafficTo(wanted.url);
      const repeats = wanted.method === 'GET' || wanted.tellsRepeat === true;
      const started = performance.now();
      let failure: Passing | undefined;
      let repeated = false;
      try {
        const askedMs = (turnedAway.get(wanted.url.pathname) ?? 0) - performance.now();
        if (askedMs > LONGEST_PAUSE_MS) throw new Passing(TOO_MANY, { dead: false, sent: false, status: 429, askedMs });
        for (let before = 0; ; before++) {
          try {
            const answer = await attempt(wanted, traffic);
            return repeated ? { ...answer, repeated: true } : answer;
          } catch (error) {
            if (!(error instanceof Passing)) throw error;
            failure = error;
          }
          repeated ||= failure.sent;
          if (failure.sent && !repeats) throw failure;
          const { status, askedMs = 0 } = failure;
          if (askedMs > LONGEST_PAUSE_MS) throw failure;
          const own = Math.min(LONGEST_OWN_PAUSE_MS, pauseMs * 2 ** before) * (0.5 + random() / 2);
          // Never sooner than asked; and not with everybody else who was asked the same.
          const asked = askedMs * (1 + random() / 4);
          const enough =
            status === 429 ? performance.now() - started + asked + own > patienceMs : before >= retries * (failure.dead ? 1 : 2);
          if (enough) throw failure;
          await pause(asked + own, undefined, wanted.signal ? { signal: wanted.signal } : {});
        }
      } catch (error) {
        if (wanted.signal?.aborted) throw leftFor(wanted.signal.reason, failure);
        throw unavailable(error, wanted);
      }
    },
    close: () => ways.close(),
  };

  function unavailable(error: unknown, { url, server = 'The FHIR server' }: WireRequest): AppError {
    if (isAppError(error)) return error;
    const proxy = ways.by(url);
    const where = `${url.origin}${proxy === undefined ? '' : ` by way of the proxy ${proxy}`}`;
    const why = isBroken(error)
      ? `it failed ${failuresToOpen} times in a row and is left alone for ${Math.ceil(openMs / 1000)} s`
      : error instanceof Passing
        ? `${error.message}${error.askedMs !== undefined && error.askedMs > LONGEST_PAUSE_MS ? `, to be asked again in ${Math.ceil(error.askedMs / 1000)} s` : ''}`
        : reasonOf(error);
    // It was reached, and what it said cannot be read.
    const fails = error instanceof Unreadable ? 'gives no answer that can be used' : 'cannot be reached';
    return new AppError('record-unavailable', `${server} at ${where} ${fails}: ${why}.`, { cause: error });
  }
}

/** A time that ran out names what it was spent on. */
function leftFor(reason: unknown, failure: Passing | undefined): unknown {
  if (!isAppError(reason) || !failure) return reason;
  return new AppError(reason.code, `${reason.message.replace(/\.$/, '')}: ${failure.message}.`, { cause: failure });
}

/** It works, and has too much to do: 429, or 503 with the time when to come again. */
const isBusy = (answer: WireAnswer): boolean => answer.status === 429 || (answer.status === 503 && askedOf(answer) !== undefined);

const singleValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** By its length, by chunks of which the last is marked, or by a packing that has an end (RFC 9112, 6.3). */
const tellsEnd = (headers: Readonly<Record<string, string>>): boolean =>
  headers['content-length'] !== undefined ||
  headers['transfer-encoding'] !== undefined ||
  !/^(?:identity)?$/i.test(headers['content-encoding']?.trim() ?? '');

/** Retry-After in milliseconds: seconds, or a date by the server's own clock (RFC 9110, 10.2.3). */
function askedOf({ headers }: WireAnswer): number | undefined {
  const asked = headers['retry-after']?.trim();
  if (!asked) return undefined;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - (Date.parse(headers.date ?? '') || Date.now());
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The connection never came about: nothing was carried out. */
const isRefused = (error: unknown): boolean => /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(codeOf(error));

function refusedByProxy(error: unknown): string | undefined {
  const [, status] = /^Proxy response \((\d{3})\)/.exec(error instanceof Error ? error.message : '') ?? [];
  return status === undefined ? undefined : `the proxy refuses the way there (${status})`;
}

/** What went wrong below HTTP, without what was sent. */
const reasonOf = (error: unknown): string =>
  error instanceof Unreadable
    ? error.message
    : (refusedByProxy(error) ?? lastingOf(error) ?? passingOf(error) ?? (codeOf(error) || 'the request failed'));
