import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { within } from '../waiting.ts';
import { TOKEN } from './bearer.ts';
import { isThisMachine } from './proxies.ts';
import { mayRead } from './scopes.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

/** Who Rounds is to a FHIR server. */
export interface Authorization {
  /** The value of the Authorization header; undefined where the server asks for none. */
  header(): Promise<string | undefined>;
  /** The server has turned this header away: whether another one can be had. */
  renew(refused?: string): boolean;
  /** Another one where another credential stands now, which may be another person's: a digest of it, never the credential. */
  who(): string;
  /** What a person looks at where the server does not accept it: the setting, with its fault. */
  readonly unaccepted: string;
  /** Whether resources of this type may be read, as far as is known before asking; `part`: some of them. */
  mayRead(resourceType: string): boolean | 'part';
}

export const noAuthorization: Authorization = {
  header: async () => undefined,
  renew: () => false,
  who: () => '',
  unaccepted: 'it asks who Rounds is, and neither FHIR_TOKEN_FILE nor FHIR_CLIENT_ID is set',
  mayRead: () => true,
};

/** Secrets travel encrypted, or within the machine. */
export const isSafeForSecrets = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || isThisMachine(hostname);

export interface SigningKey {
  readonly key: KeyObject;
  readonly alg: 'RS384' | 'ES384';
  readonly kid?: string;
}

/**
 * The key that signs: PKCS#8 or SEC1 in PEM, or a JWK, RSA of 2048 bits or more (RS384) or P-384 (ES384), the two that SMART asks every
 * server to take (http://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html).
 * @param kid its name in the key set that the server knows; a JWK brings its own
 * @throws Error with what was expected; never with the key
 */
export function readSigningKey(text: string, kid?: string): SigningKey {
  const jwk = text.trimStart().startsWith('{') ? privateJwk(text) : undefined;
  const key = keyFrom(jwk === undefined ? text : { key: jwk, format: 'jwk' });
  const details = key.asymmetricKeyDetails;
  const name = kid ?? (typeof jwk?.kid === 'string' ? jwk.kid : undefined);
  const named = name === undefined ? {} : { kid: name };
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return { key, alg: 'RS384', ...named };
  if (key.asymmetricKeyType === 'ec' && details?.namedCurve === 'secp384r1') return { key, alg: 'ES384', ...named };
  throw new Error('an RSA key of 2048 bits or more, or an elliptic one on P-384');
}

function keyFrom(source: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(source);
  } catch {
    throw new Error('a private key without a password, as PEM or JWK');
  }
}

function privateJwk(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error('a private key as PEM or JWK; this is broken JSON');
  }
  const keys = (parsed as { keys?: unknown }).keys;
  const [only, ...more] = Array.isArray(keys) ? keys.filter((key) => typeof key === 'object' && key !== null && 'd' in key) : [parsed];
  if (only === undefined || more.length > 0) throw new Error('a key set with one private key');
  return only as Record<string, unknown>;
}

export interface SmartBackend {
  /** To the authorization server: the same bounds and certificates as to the FHIR server. */
  readonly wire: Pick<Wire, 'send'>;
  /** The FHIR server's address, ending in a slash. */
  readonly baseUrl: URL;
  readonly clientId: string;
  readonly signing: SigningKey;
  /** What to ask for, like `system/*.rs`. */
  readonly scopes: string;
  readonly clock: () => Date;
  /** Getting a token may take so long, in milliseconds: what waits for it has its own time, and ends without the name of who is silent. */
  readonly patienceMs?: number;
}

const configurationSchema = z.object({
  token_endpoint: z.url(),
  grant_types_supported: z.array(z.string()).optional(),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()).optional(),
});
const LIFE = 'seconds, more than 0';
const tokenSchema = z.object({
  access_token: z.string('a token').min(1, 'a token').regex(TOKEN, 'a token of printable characters'),
  token_type: z.string('“Bearer”').regex(/^bearer$/i, '“Bearer”'),
  // Some write the number as a text.
  expires_in: z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}(?:\.\d+)?$/.test(value) ? Number(value) : value),
    z.number(LIFE).positive(LIFE).nullish(),
  ),
  scope: z.string('a text').nullish(),
});
interface Token {
  readonly header: string;
  /** Epoch milliseconds from which a new one is asked for. */
  readonly renewAt: number;
  readonly scope?: string;
}

/** A token whose life is not told is taken to live as long as SMART recommends at most. */
const DEFAULT_LIFE_S = 300;
const ASSERTION_LIFE_S = 240;

/**
 * SMART Backend Services: a signed assertion for an access token, which is kept and renewed before it ends.
 * http://hl7.org/fhir/smart-app-launch/backend-services.html
 */
export function createSmartBackend({ wire, baseUrl, clientId, signing, scopes, clock, patienceMs = 10_000 }: SmartBackend): Authorization {
  let endpoint: Promise<URL> | undefined;
  let token: Promise<Token> | undefined;
  let held: Token | undefined;

  async function discover(): Promise<URL> {
    const url = new URL('.well-known/smart-configuration', baseUrl);
    const answer = await within(patienceMs, undefined, (signal) =>
      wire.send({ method: 'GET', url, headers: { accept: 'application/json' }, signal }),
    );
    const found = configurationSchema.safeParse(answer.status === 200 ? jsonOf(answer) : undefined);
    if (!found.success) throw refused(`${url.href} does not say where a token is given (HTTP ${answer.status}).`);
    const { token_endpoint, grant_types_supported: grants, token_endpoint_auth_signing_alg_values_supported: algs } = found.data;
    if (grants && !grants.includes('client_credentials'))
      throw refused(`The FHIR server gives no tokens to services (${url.href}: no client_credentials).`);
    if (algs && !algs.includes(signing.alg)) throw refused(`The FHIR server takes no ${signing.alg} signatures, only ${algs.join(', ')}.`);
    const where = new URL(token_endpoint);
    // A signed assertion is as good as a password while it lasts.
    if (!isSafeForSecrets(where))
      throw refused(`The token endpoint ${where.origin} is not secured: an assertion is sent over https only, or within the machine.`);
    return where;
  }

  async function ask(): Promise<Token> {
    endpoint ??= discover();
    endpoint.catch(() => (endpoint = undefined));
    const url = await endpoint;
    const server = 'The authorization server';
    const now = Math.floor(clock().getTime() / 1000);
    const wanted: WireRequest = {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      // An assertion is good for once: each attempt has its own.
      body: async () =>
        new URLSearchParams({
          grant_type: 'client_credentials',
          scope: scopes,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertionFor(url),
        }).toString(),
      // Of two tokens the second is as good.
      tellsRepeat: true,
      server,
    };
    const answer = await within(patienceMs, undefined, (signal) => wire.send({ ...wanted, signal }), `${server} at ${url.origin}`);
    const given = tokenSchema.safeParse(answer.status === 200 ? (jsonOf(answer) ?? {}) : undefined);
    if (!given.success) {
      const { error } = (jsonOf(answer) ?? {}) as { error?: unknown };
      const said = typeof error === 'string' && /^\w{1,60}$/.test(error) ? `: ${error}` : '';
      const faults = given.error.issues.map(({ path, message }) => `${path.join('.')}: expected ${message}`);
      const why = answer.status === 200 && said === '' ? `: ${faults.join('; ')}` : said;
      throw refused(`${server} at ${url.origin} gave no token (HTTP ${answer.status}${why}).`);
    }
    const { access_token, scope } = given.data;
    const life = given.data.expires_in ?? DEFAULT_LIFE_S;
    // A minute, or a fifth of a short life, before it ends.
    const early = Math.min(60, life / 5);
    return { header: `Bearer ${access_token}`, renewAt: (now + life - early) * 1000, ...(scope == null ? {} : { scope }) };
  }

  function assertionFor({ href }: URL): Promise<string> {
    const now = Math.floor(clock().getTime() / 1000);
    return new SignJWT({})
      .setProtectedHeader({ alg: signing.alg, typ: 'JWT', ...(signing.kid === undefined ? {} : { kid: signing.kid }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(href)
      .setIssuedAt(now)
      .setExpirationTime(now + ASSERTION_LIFE_S)
      .setJti(randomUUID())
      .sign(signing.key);
  }

  return {
    // Shared by all who wait, so that no caller's leaving ends it: its time is bounded by the wire.
    async header() {
      if (held && clock().getTime() < held.renewAt) return held.header;
      const started = performance.now();
      token ??= ask().finally(() => {
        const clear = () => {
          token = undefined;
        };
        // Whoever tries another way next would wait for the same silence.
        if (performance.now() - started >= patienceMs) setTimeout(clear, patienceMs).unref();
        else clear();
      });
      held = await token;
      return held.header;
    },
    // Of many requests under way with the old one, the last to be turned away must not throw the new one out.
    renew(refused) {
      if (refused === undefined || held?.header === refused) held = undefined;
      return true;
    },
    // Whatever token it is given, it is this one client.
    who: () => clientId,
    unaccepted: 'the token given to FHIR_CLIENT_ID is not accepted',
    mayRead: (resourceType) => mayRead(held?.scope ?? scopes, resourceType),
  };
}

const refused = (message: string): AppError => new AppError('record-unavailable', message);

function jsonOf({ body }: WireAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
