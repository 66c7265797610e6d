import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWK } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmartBackend, isSafeForSecrets, readSigningKey, type SigningKey } from './authorization.ts';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.fixture.ts';
import { createWire } from './wire.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = async (key: typeof rsa.publicKey, more: object): Promise<JWK> => ({ ...(await exportJWK(key)), ...more });
const SCOPE = 'system/*.rs system/Patient.read';

let server: AuthorizationServer;
const wire = createWire({ timeoutMs: 2_000, retries: 0 });
afterEach(() => server?.close());

async function backend(
  { id = 'rounds', signing, alg, publicKey }: { id?: string; signing?: SigningKey; alg?: string; publicKey?: JWK } = {},
  { lifeS, configuration, scopes = 'system/*.rs' }: { lifeS?: number; configuration?: object; scopes?: string } = {},
) {
  const jwks = [publicKey ?? (await jwk(rsa.publicKey, { kid: 'k1', use: 'sig' }))];
  server = await startAuthorizationServer(
    { id: 'rounds', jwks, alg: alg ?? 'RS384', scope: SCOPE, ...(lifeS ? { lifeS } : {}) },
    configuration as Record<string, unknown>,
  );
  let now = Date.now();
  const authorization = createSmartBackend({
    wire,
    baseUrl: server.baseUrl,
    clientId: id,
    signing: signing ?? readSigningKey(pem(rsa.privateKey), 'k1'),
    scopes,
    clock: () => new Date(now),
  });
  return { authorization, later: (ms: number) => (now += ms) };
}
const fault = (failure: Promise<unknown>) =>
  failure.then(
    () => 'no fault',
    (error: Error) => error.message.replace(/http:\/\/127\.0\.0\.1:\d+/, 'host'),
  );

describe('a token for a signed assertion', () => {
  test.each([
    ['RS384, PEM', async () => ({ signing: readSigningKey(pem(rsa.privateKey), 'k1') })],
    ['RS384, JWK', async () => ({ signing: readSigningKey(JSON.stringify({ ...(await exportJWK(rsa.privateKey)), kid: 'k1' })) })],
    [
      'ES384, a key set with its public half beside it',
      async () => ({
        signing: readSigningKey(JSON.stringify({ keys: [await jwk(ec.publicKey, {}), await jwk(ec.privateKey, { kid: 'k2' })] })),
        alg: 'ES384',
        publicKey: await jwk(ec.publicKey, { kid: 'k2', use: 'sig' }),
      }),
    ],
  ])('%s', async (_, keys) => {
    const { authorization } = await backend(await keys());
    const header = (await authorization.header())!;
    expect(await server.isGood(header.replace('Bearer ', ''))).toBe(true);
  });

  test('is asked for once, kept, and renewed before it ends', async () => {
    const { authorization, later } = await backend({}, { lifeS: 100 });
    const [first, same] = await Promise.all([authorization.header(), authorization.header()]);
    expect([same, await authorization.header()]).toEqual([first, first]);
    later(79_000);
    expect(await authorization.header()).toBe(first);
    later(2_000);
    expect(await authorization.header()).not.toBe(first);
    expect(server.given()).toBe(2);
  });

  test('that is turned away is replaced', async () => {
    const { authorization } = await backend();
    const first = await authorization.header();
    expect(authorization.renew()).toBe(true);
    expect(await authorization.header()).not.toBe(first);
  });

  test('covers what was granted, not what was asked for', async () => {
    const { authorization } = await backend({}, { scopes: 'system/Patient.read' });
    await authorization.header();
    expect([authorization.mayRead('Patient'), authorization.mayRead('Observation')]).toEqual([true, false]);
  });
});

describe('no token', () => {
  test.each<[string, Parameters<typeof backend>, RegExp]>([
    ['a client that nobody knows', [{ id: 'stranger' }], /gave no token \(HTTP 401: invalid_client\)/],
    ['another key', [{ signing: readSigningKey(pem(ec.privateKey)) }], /gave no token \(HTTP 401: invalid_client\)/],
    ['a scope that is not given', [{}, { scopes: 'system/Observation.cruds' }], /gave no token \(HTTP 400: invalid_scope\)/],
    ['no services', [{}, { configuration: { grant_types_supported: ['authorization_code'] } }], /no client_credentials/],
    ['other signatures', [{}, { configuration: { token_endpoint_auth_signing_alg_values_supported: ['ES512'] } }], /only ES512/],
    ['an address over plain HTTP', [{}, { configuration: { token_endpoint: 'http://auth.example.org/token' } }], /is not secured/],
    ['no address', [{}, { configuration: { token_endpoint: 7 } }], /does not say where a token is given/],
  ])('%s is said', async (_, settings, expected) => {
    const { authorization } = await backend(...settings);
    expect(await fault(authorization.header())).toMatch(expected);
  });

  test('a server that was away gives one later', async () => {
    const { authorization } = await backend({}, { configuration: {} });
    const { baseUrl } = server;
    await server.close();
    expect(await fault(authorization.header())).toMatch(/nothing listens there/);
    expect(baseUrl.pathname).toBe('/fhir/');
  });
});

describe('an authorization server', () => {
  let own: Server;
  afterEach(() => {
    own.closeAllConnections();
    return new Promise((done) => own.close(done));
  });
  /** What it says to each request for a token in turn, the last for ever; the assertions that it was sent. */
  async function says(...answers: readonly ({ status?: number; headers?: Record<string, string>; body: unknown } | 'silence')[]) {
    const assertions: (string | null)[] = [];
    own = createServer(async (req, res) => {
      if (req.url !== '/token') return res.end(JSON.stringify({ token_endpoint: `http://${req.headers.host}/token` }));
      let body = '';
      for await (const part of req) body += part;
      assertions.push(new URLSearchParams(body).get('client_assertion'));
      const answer = answers[assertions.length - 1] ?? answers.at(-1)!;
      if (answer === 'silence') return;
      const { status = 200, headers = {}, body: said } = answer;
      res.writeHead(status, { connection: 'close', ...headers }).end(JSON.stringify(said));
    });
    await new Promise<void>((done) => own.listen(0, '127.0.0.1', done));
    let now = Date.now();
    const authorization = createSmartBackend({
      wire: createWire({ pauseMs: 1, retries: 2 }),
      baseUrl: new URL(`http://127.0.0.1:${(own.address() as AddressInfo).port}/fhir/`),
      clientId: 'rounds',
      signing: readSigningKey(pem(rsa.privateKey), 'k1'),
      scopes: 'system/*.rs',
      clock: () => new Date(now),
      patienceMs: 600,
    });
    return { authorization, assertions, later: (ms: number) => (now += ms) };
  }
  const good = { access_token: 'T', token_type: 'Bearer', expires_in: 300 };

  test('that is busy is asked again, with another assertion', async () => {
    const { authorization, assertions } = await says(
      { status: 503, headers: { 'retry-after': '0' }, body: {} },
      { status: 502, body: {} },
      { body: good },
    );
    expect(await authorization.header()).toBe('Bearer T');
    expect(new Set(assertions).size).toBe(3);
  });

  test('that stays away is blamed by its name', async () => {
    const { authorization } = await says({ status: 503, body: {} });
    expect(await fault(authorization.header())).toBe('The authorization server at host cannot be reached: HTTP 503.');
  });

  test('that is silent is blamed by its name, sooner than whoever waits gives up', async () => {
    const { authorization } = await says('silence');
    const told = await fault(authorization.header());
    expect(told).toBe('The authorization server at host needs longer than 1 s.');
    const started = performance.now();
    expect(await fault(authorization.header())).toBe(told);
    expect(performance.now() - started).toBeLessThan(300);
  });

  test('may write the life of a token as a text', async () => {
    const { authorization, assertions, later } = await says({ body: { ...good, expires_in: '300' } });
    await authorization.header();
    later(239_000);
    await authorization.header();
    expect(assertions).toHaveLength(1);
    later(2_000);
    await authorization.header();
    expect(assertions).toHaveLength(2);
  });

  test.each<[string, unknown, string]>([
    ['no type', { ...good, token_type: undefined }, 'token_type: expected “Bearer”'],
    ['another type', { ...good, token_type: 'mac' }, 'token_type: expected “Bearer”'],
    ['no life', { ...good, expires_in: 0 }, 'expires_in: expected seconds, more than 0'],
    ['a life that is no number', { ...good, expires_in: 'soon' }, 'expires_in: expected seconds, more than 0'],
    ['no token', { ...good, access_token: '' }, 'access_token: expected a token'],
    ['a token of two lines', { ...good, access_token: 'mac\nsoon' }, 'access_token: expected a token of printable characters'],
    ['no object', 7, 'expected '],
  ])('that gives %s is told which field is at fault, and nothing of what it gave', async (_, body, expected) => {
    const { authorization } = await says({ body });
    const told = await fault(authorization.header());
    expect(told).toContain('The authorization server at host gave no token (HTTP 200');
    expect(told).toContain(expected);
    expect(told).not.toMatch(/mac|soon/);
  });
});

test('an assertion for an https server is sent to no address in the clear, though it bears the same name', async () => {
  const sent: string[] = [];
  const authorization = createSmartBackend({
    wire: {
      send: async ({ url }) => {
        sent.push(url.href);
        return { status: 200, headers: {}, body: JSON.stringify({ token_endpoint: 'http://fhir.example.org/token' }) };
      },
    },
    baseUrl: new URL('https://fhir.example.org/r4/'),
    clientId: 'rounds',
    signing: readSigningKey(pem(rsa.privateKey), 'k1'),
    scopes: 'system/*.rs',
    clock: () => new Date(),
  });
  expect(await fault(authorization.header())).toMatch(/http:\/\/fhir\.example\.org is not secured/);
  expect(sent).toEqual(['https://fhir.example.org/r4/.well-known/smart-configuration']);
});

test.each([
  ['garbage', 'x', /as PEM or JWK/],
  ['broken JSON', '{', /broken JSON/],
  ['a short key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), /2048/],
  ['another curve', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), /P-384/],
  ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /private key/],
  ['several keys', JSON.stringify({ keys: [{ d: 'x' }, { d: 'y' }] }), /one private key/],
])('%s is no signing key, and is not repeated', (_, text, expected) => {
  expect(() => readSigningKey(text)).toThrow(expected);
  expect(() => readSigningKey(text)).not.toThrow(text);
});

test.each<[string, boolean]>([
  ['https://fhir.example.org/r4/', true],
  ['http://127.0.0.1:8080/', true],
  ['http://[::1]/', true],
  ['http://localhost.example.org/', false],
  ['http://10.0.0.1/', false],
])('%s may be told a secret: %s', (url, expected) => expect(isSafeForSecrets(new URL(url))).toBe(expected));
