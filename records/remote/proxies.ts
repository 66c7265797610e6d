import type { SecureContext } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** By which way servers outside of this machine are reached: of https, of http, and the hosts that are reached without. */
export interface Proxies {
  readonly https?: string;
  readonly http?: string;
  readonly none?: string;
}

export interface Connections {
  /** To one server at once. */
  readonly connections: number;
  /** To connect, in milliseconds. */
  readonly timeoutMs: number;
  readonly largestAnswer: number;
  /** Client certificate and the authorities to trust: for the server, also through a proxy, and not for the proxy itself. */
  readonly secureContext?: SecureContext;
  readonly proxies?: Proxies;
}

export interface Ways {
  to(url: URL): Dispatcher;
  /** The proxy on the way there, without what it is signed in with; undefined where the way is straight. */
  by(url: URL): string | undefined;
  close(): Promise<void>;
}

export const isThisMachine = (hostname: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** Connections that are kept open, straight or through a proxy. What is for this machine never leaves it: it may be sent in the clear. */
export function createWays({ connections, timeoutMs: timeout, largestAnswer, secureContext, proxies = {} }: Connections): Ways {
  const options = { connections, keepAliveTimeout: 30_000, maxResponseSize: largestAnswer };
  const secured = { timeout, ...(secureContext ? { secureContext } : {}) };
  const straight = new Agent({ ...options, connect: secured });
  const isSet = proxies.https !== undefined || proxies.http !== undefined;
  const proxied = isSet
    ? new EnvHttpProxyAgent({
        ...options,
        connect: secured,
        requestTls: secured,
        proxyTls: { timeout },
        // What is not set is not looked for in the environment either.
        httpsProxy: proxies.https ?? '',
        httpProxy: proxies.http ?? '',
        noProxy: proxies.none ?? '',
      })
    : straight;
  const proxyOf = ({ protocol, hostname }: URL): string | undefined =>
    isThisMachine(hostname) ? undefined : protocol === 'https:' ? proxies.https : proxies.http;
  return {
    to: (url) => (proxyOf(url) === undefined ? straight : proxied),
    by: (url) => {
      const proxy = proxyOf(url);
      return proxy === undefined ? undefined : new URL(proxy).host;
    },
    close: async () => {
      await Promise.all([straight.destroy(), ...(isSet ? [proxied.destroy()] : [])]);
    },
  };
}
