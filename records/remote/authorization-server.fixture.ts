import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWK } from 'jose';
import Provider from 'oidc-provider';

export interface AuthorizationServer {
  /** The FHIR server's address that points at it, ending in a slash. */
  readonly baseUrl: URL;
  /** Tokens given so far. */
  readonly given: () => number;
  /** Whether a token is one of its own and still good. */
  readonly isGood: (token: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** A real OAuth authorization server (oidc-provider) in process, with the SMART configuration of a FHIR server beside it. */
export async function startAuthorizationServer(
  client: { readonly id: string; readonly jwks: readonly JWK[]; readonly alg: string; readonly scope: string; readonly lifeS?: number },
  configuration: Readonly<Record<string, unknown>> = {},
): Promise<AuthorizationServer> {
  let given = 0;
  const ownKey = { ...(await exportJWK(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)), use: 'sig', alg: 'RS256' };
  let handle: ReturnType<Provider['callback']> | undefined;
  const server: Server = createServer((req, res) => {
    if (req.url !== '/fhir/.well-known/smart-configuration') return handle?.(req, res);
    res.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        token_endpoint: `${origin}/token`,
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
        capabilities: ['client-confidential-asymmetric', 'permission-v2'],
        ...configuration,
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: client.id,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: client.alg as 'RS384',
        jwks: { keys: [...client.jwks] },
        scope: client.scope,
      },
    ],
    scopes: [...client.scope.split(' '), 'system/Observation.cruds'],
    jwks: { keys: [ownKey] },
    cookies: { keys: ['for nobody: no cookies are set'] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    ttl: { ClientCredentials: client.lifeS ?? 300 },
  });
  provider.on('grant.success', () => given++);
  handle = provider.callback();
  return {
    baseUrl: new URL('/fhir/', origin),
    given: () => given,
    isGood: async (token) => (await provider.ClientCredentials.find(token))?.isExpired === false,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
