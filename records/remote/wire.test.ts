import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

let server: Server | undefined;
let wire: Wire | undefined;
afterEach(async () => {
  await wire?.close();
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

/** A server that answers with these in turn, the last one for ever, and what it was asked. */
async function serve(answers: readonly RequestListener[], options: WireOptions = {}) {
  const asked: string[] = [];
  let under = 0;
  let most = 0;
  server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    most = Math.max(most, ++under);
    res.on('close', () => under--);
    (answers[asked.length - 1] ?? answers.at(-1)!)(req, res);
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  wire = createWire({ pauseMs: 1, timeoutMs: 300, random: () => 0, ...options });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir/Patient`);
  return { url, asked, most: () => most };
}
const say =
  (status: number, headers: Record<string, string> = {}, body = '{}'): RequestListener =>
  (_, res) =>
    res.writeHead(status, headers).end(body);
const silence: RequestListener = () => {};
const hangUp: RequestListener = (req) => req.socket.destroy();
const half: RequestListener = (req, res) => {
  res.writeHead(200, { 'content-length': '100' }).write('{"resourceType"');
  setTimeout(() => req.socket.destroy(), 5);
};
const get = (url: URL, signal?: AbortSignal) => wire!.send({ method: 'GET', url, ...(signal ? { signal } : {}) });
const fault = (failure: Promise<unknown>) =>
  failure.then(
    () => 'no fault',
    (error: Error & { code?: string }) => `${error.code}: ${error.message.replace(/127\.0\.0\.1:\d+/, 'host')}`,
  );

describe('what is read is asked again', () => {
  test.each<[string, RequestListener]>([
    ['429', say(429)],
    ['502', say(502)],
    ['503', say(503)],
    ['504', say(504)],
    ['silence', silence],
    ['a closed connection', hangUp],
    ['half an answer', half],
  ])('after %s', async (_, first) => {
    const { url, asked } = await serve([first, first, say(200, {}, '{"resourceType":"Patient"}')]);
    expect(await get(url)).toMatchObject({ status: 200, body: '{"resourceType":"Patient"}' });
    expect(asked).toHaveLength(3);
  });

  test.each([200, 304, 400, 401, 403, 404, 410, 412, 422, 500])('not after %i: that is an answer', async (status) => {
    const { url, asked } = await serve([say(status)]);
    expect(await get(url)).toMatchObject({ status });
    expect(asked).toHaveLength(1);
  });

  test('a bounded number of times, and the fault says why', async () => {
    const { url, asked } = await serve([say(503)], { retries: 2 });
    expect(await fault(get(url))).toBe('record-unavailable: The FHIR server at http://host cannot be reached: HTTP 503.');
    expect(asked).toHaveLength(3);
  });

  test('after as long as the server asks for', async () => {
    const { url } = await serve([say(429, { 'retry-after': '1' }), say(200)]);
    const started = Date.now();
    expect((await get(url)).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  test('not where that is too long, which is said', async () => {
    const { url, asked } = await serve([say(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() })]);
    expect(await fault(get(url))).toMatch(/HTTP 503, to be asked again in 3\d\d\d s\.$/);
    expect(asked).toHaveLength(1);
  });
});

describe('a write', () => {
  const post = (url: URL, tellsRepeat?: boolean) =>
    wire!.send({ method: 'POST', url, body: '{}', ...(tellsRepeat ? { tellsRepeat } : {}) });
  test.each<[string, RequestListener]>([
    ['silence', silence],
    ['503', say(503)],
    ['a closed connection', hangUp],
  ])('after %s is sent again only where the server can tell a repeat', async (_, first) => {
    const { url, asked } = await serve([first, say(201), first, say(201)]);
    expect((await post(url, true)).status).toBe(201);
    expect(asked).toHaveLength(2);
    expect(await fault(post(url))).toMatch(/^record-unavailable/);
    expect(asked).toHaveLength(3);
  });

  test('that was turned away unread is sent again', async () => {
    const { url } = await serve([say(429), say(201)]);
    expect((await post(url)).status).toBe(201);
  });
});

test('no more requests at once than allowed, over connections that are kept', async () => {
  const slow: RequestListener = (_, res) => void setTimeout(() => res.end('{}'), 20);
  const { url, most, asked } = await serve([slow], { parallel: 3 });
  let connections = 0;
  server!.on('connection', () => connections++);
  await Promise.all(Array.from({ length: 20 }, () => get(url)));
  expect([asked.length, most(), connections]).toEqual([20, 3, 3]);
});

test('a server that fails again and again is left alone for a while', async () => {
  const { url, asked } = await serve([say(503), say(503), say(503), say(503), say(200)], {
    retries: 1,
    failuresToOpen: 4,
    spacingMs: 0,
    openMs: 100,
  });
  expect(await fault(get(url))).toMatch(/HTTP 503/);
  expect(await fault(get(url))).toMatch(/HTTP 503/);
  expect(await fault(get(url))).toMatch(/failed 4 times in a row and is left alone for 1 s/);
  expect(asked).toHaveLength(4);
  await new Promise((done) => setTimeout(done, 150));
  expect((await get(url)).status).toBe(200);
});

describe('a server that has too much to do', () => {
  const busy: RequestListener = say(503, { 'retry-after': '1' });
  /** Answers with the one while it says so, then with 200. */
  const only =
    (isSo: () => boolean, refusal: RequestListener): RequestListener =>
    (req, res) =>
      isSo() ? refusal(req, res) : say(200)(req, res);
  const statuses = (answers: readonly { status: number }[]) => [...new Set(answers.map(({ status }) => status))];
  const all = (url: URL, count: number) => Promise.all(Array.from({ length: count }, () => get(url)));

  test('for a moment, to all requests under way, is asked again when it said', async () => {
    const until = Date.now() + 300;
    const { url } = await serve([only(() => Date.now() < until, busy)]);
    expect(statuses(await all(url, 30))).toEqual([200]);
  });

  test('and fails side by side has failed once', async () => {
    let failing = true;
    const { url } = await serve([only(() => failing, say(502))], { retries: 0 });
    await Promise.allSettled(Array.from({ length: 16 }, () => get(url)));
    failing = false;
    expect((await get(url)).status).toBe(200);
  });

  test('for some requests always does not stop the others', async () => {
    const { url } = await serve([(req, res) => (req.url?.includes('Exotic') ? say(503, { 'retry-after': '0' }) : say(200))(req, res)]);
    const exotic = new URL('Exotic', url);
    const failed = Promise.allSettled(Array.from({ length: 8 }, () => get(exotic)));
    expect(statuses(await all(url, 20))).toEqual([200]);
    expect((await failed).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'rejected'));
    expect(statuses(await all(url, 20))).toEqual([200]);
  });

  test('above so many at once gets no more than it takes', async () => {
    let under = 0;
    const refused: number[] = [];
    const most4: RequestListener = (req, res) => {
      under++;
      res.on('close', () => under--);
      if (under > 4) {
        refused.push(Date.now());
        say(503, { 'retry-after': '0' })(req, res);
      } else setTimeout(() => say(200)(req, res), 20);
    };
    const { url } = await serve([most4], { pauseMs: 50, random: Math.random });
    expect(statuses(await all(url, 60))).toEqual([200]);
    expect(refused.length).toBeLessThan(40);
  });

  test('by a limit on requests a second gives all of them in the end', async () => {
    let tokens = 8;
    let last = Date.now();
    const bucket: RequestListener = (req, res) => {
      const now = Date.now();
      tokens = Math.min(8, tokens + ((now - last) * 10) / 1000);
      last = now;
      if (tokens < 1) return say(429, { 'retry-after': '1' })(req, res);
      tokens--;
      say(200)(req, res);
    };
    const { url, asked } = await serve([bucket], { random: Math.random });
    expect(statuses(await all(url, 35))).toEqual([200]);
    expect(asked.length).toBeLessThan(70);
  }, 15_000);

  test('hears from nobody while it asks to be left alone, and not from all at the same moment then', async () => {
    const times: number[] = [];
    let refusedAt = 0;
    const { url } = await serve(
      [
        (req, res) => {
          times.push(Date.now());
          if (times.length > 8) return say(200)(req, res);
          refusedAt = Date.now();
          say(429, { 'retry-after': '1' })(req, res);
        },
      ],
      { parallel: 8, pauseMs: 250, random: Math.random },
    );
    const answers = all(url, 8);
    await new Promise((done) => setTimeout(done, 300));
    await Promise.all([answers, get(url)]);
    const later = times.slice(8).map((time) => time - refusedAt);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(995);
    expect(Math.max(...later) - Math.min(...later)).toBeGreaterThan(40);
  });

  const limited =
    (paths: readonly string[], headers: Record<string, string>): RequestListener =>
    (req, res) =>
      say(paths.some((path) => req.url?.endsWith(path)) ? 429 : 200, headers)(req, res);
  const at = (url: URL, path: string) => new URL(path, url);

  test('with one kind of resource for long is asked for the others, and not for that one', async () => {
    const { url, asked } = await serve([limited(['Observation'], { 'retry-after': '60' })]);
    const started = performance.now();
    const wanted = ['Observation', 'Condition', 'Goal', 'Observation'].map((path) => at(url, path));
    const told = await Promise.all(wanted.slice(0, 1).map((one) => fault(get(one))));
    told.push(...(await Promise.all(wanted.slice(1).map((one) => fault(get(one))))));
    expect(told.map((one) => /429\), to be asked again in \d\d s/.test(one) || one)).toEqual([true, 'no fault', 'no fault', true]);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(asked.filter((one) => one.includes('Observation'))).toHaveLength(1);
  });

  test('with everything is left alone for longer', async () => {
    const kinds = ['Observation', 'Condition', 'Goal'];
    const { url } = await serve([limited(kinds, { 'retry-after': '3' })], { patienceMs: 10 });
    await Promise.all(kinds.map((path) => fault(get(at(url, path)))));
    const started = performance.now();
    expect((await get(at(url, 'Patient'))).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(2_500);
  });

  test('and says “at once” is given a moment all the same', async () => {
    const { url } = await serve([say(503, { 'retry-after': '0' }), say(200)], { pauseMs: 200 });
    const started = Date.now();
    expect((await get(url)).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(95);
  });

  test('is asked by the server’s own clock', async () => {
    const there = Date.now() - 3_600_000;
    const headers = { date: new Date(there).toUTCString(), 'retry-after': new Date(there + 2_000).toUTCString() };
    const { url } = await serve([say(503, headers), say(200)]);
    const started = Date.now();
    expect((await get(url)).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_990);
  });

  test('for longer than a caller waits is named with what it said', async () => {
    const { url } = await serve([say(429)], { pauseMs: 30 });
    const caller = new AbortController();
    setTimeout(() => caller.abort(new AppError('record-unavailable', 'Not read within 1 s.')), 200);
    expect(await fault(get(url, caller.signal))).toBe('record-unavailable: Not read within 1 s: too many requests (429).');
  });
});

test('whoever waits for a turn and goes is not waited for', async () => {
  const { url, asked } = await serve([silence], { parallel: 1, timeoutMs: 5_000 });
  const first = new AbortController();
  const second = new AbortController();
  const asking = [get(url, first.signal), get(url, second.signal)].map(fault);
  setTimeout(() => second.abort(new Error('gone')), 20);
  expect(await asking[1]).toBe('undefined: gone');
  first.abort(new Error('gone too'));
  await asking[0];
  expect(asked).toHaveLength(1);
});

test('another server’s faults are its own', async () => {
  const { url } = await serve([say(200)], { retries: 0, failuresToOpen: 1 });
  const elsewhere = new URL('http://127.0.0.1:1/token');
  const post = wire!.send({ method: 'POST', url: elsewhere, server: 'The authorization server' });
  expect(await fault(post)).toBe('record-unavailable: The authorization server at http://host cannot be reached: nothing listens there.');
  expect((await get(url)).status).toBe(200);
});

test('whoever has gone is not waited for, and no fault of the server', async () => {
  const { url, asked } = await serve([silence], { timeoutMs: 5_000, failuresToOpen: 1 });
  const caller = new AbortController();
  const asking = get(url, caller.signal);
  setTimeout(() => caller.abort(new Error('gone')), 20);
  expect(await fault(asking)).toBe('undefined: gone');
  expect(await fault(get(url, caller.signal))).toBe('undefined: gone');
  expect(asked).toHaveLength(1);
});

describe('an answer’s bytes', () => {
  const text = '{"resourceType":"Patient","name":"Müller"}';
  test.each<[string, Buffer, Record<string, string>]>([
    ['gzip', gzipSync(text), { 'content-encoding': 'gzip' }],
    ['deflate', deflateSync(text), { 'content-encoding': 'deflate' }],
    ['Brotli', brotliCompressSync(text), { 'content-encoding': 'br' }],
    ['Latin-1', Buffer.from(text, 'latin1'), { 'content-type': 'application/fhir+json; charset=ISO-8859-1' }],
    ['UTF-8 with a mark at its beginning', Buffer.from(`\uFEFF${text}`), { 'content-type': 'application/fhir+json' }],
  ])('in %s are read as they were meant', async (_, bytes, headers) => {
    const { url } = await serve([(_req, res) => void res.writeHead(200, headers).end(bytes)]);
    expect((await get(url)).body).toBe(text);
  });

  test.each<[string, Buffer | string, Record<string, string>, RegExp]>([
    ['of an unknown packing', 'x', { 'content-encoding': 'zz' }, /packed in a way that is not known/],
    ['that are not what they are said to be', 'x', { 'content-encoding': 'gzip' }, /cannot be unpacked/],
    ['of an unknown character set', 'x', { 'content-type': 'text/plain; charset=klingon' }, /character set that is not known/],
    ['without end', Buffer.alloc(3_000_000), {}, /larger than 1 MB/],
    ['that unpack without end', gzipSync(Buffer.alloc(3_000_000)), { 'content-encoding': 'gzip' }, /larger than 1 MB/],
  ])('%s are a named fault, and not asked for again', async (_, bytes, headers, expected) => {
    const { url, asked } = await serve([(_req, res) => void res.writeHead(200, headers).end(bytes)], { largestAnswer: 1_000_000 });
    expect(await fault(get(url))).toMatch(expected);
    expect(asked).toHaveLength(1);
  });

  test('that trickle are not waited for longer than one answer may take', async () => {
    const trickle: RequestListener = (_, res) => {
      res.writeHead(200, { 'content-length': '1000' });
      const drops = setInterval(() => res.write('x'), 20);
      res.on('close', () => clearInterval(drops));
    };
    const { url } = await serve([trickle], { retries: 0 });
    const started = Date.now();
    expect(await fault(get(url))).toMatch(/no answer within 0\.3 s/);
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

test('nobody there', async () => {
  const { url } = await serve([say(200)], { retries: 1 });
  await new Promise((done) => server!.close(done));
  expect(await fault(get(url))).toBe('record-unavailable: The FHIR server at http://host cannot be reached: nothing listens there.');
});

test('what cannot be sent is no fault of the server', async () => {
  const { url, asked } = await serve([say(200)], { failuresToOpen: 1, spacingMs: 0 });
  expect(await fault(wire!.send({ method: 'GET', url, headers: { 'x-word': 'a\r\nb' } }))).toMatch(/^bad-request: /);
  expect((await get(url)).status).toBe(200);
  expect(asked).toHaveLength(1);
});
