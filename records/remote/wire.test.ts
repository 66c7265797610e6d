import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
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
  const { url, asked } = await serve([say(503), say(503), say(503), say(503), say(200)], { retries: 1, failuresToOpen: 4, openMs: 100 });
  expect(await fault(get(url))).toMatch(/HTTP 503/);
  expect(await fault(get(url))).toMatch(/HTTP 503/);
  expect(await fault(get(url))).toMatch(/failed 4 times in a row and is left alone for 1 s/);
  expect(asked).toHaveLength(4);
  await new Promise((done) => setTimeout(done, 150));
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
