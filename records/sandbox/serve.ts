import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirService, ServiceRequest } from './service.ts';

export interface FhirServer {
  /** Ending in a slash. */
  readonly baseUrl: URL;
  /** "GET Observation?patient=ann", in order. */
  readonly asked: readonly string[];
  /** Most requests under way at once. */
  readonly most: () => number;
  readonly close: () => Promise<void>;
}

const LARGEST_REQUEST = 64 * 1024 * 1024;

/**
 * A FHIR server on a socket of this machine, reached from this machine alone: it asks nobody who they are.
 * @param port 0: any that is free
 * @param delayMs before each answer
 */
export async function serveFhir(
  service: FhirService,
  { port = 0, delayMs = 0 }: { readonly port?: number; readonly delayMs?: number } = {},
): Promise<FhirServer> {
  const asked: string[] = [];
  let under = 0;
  let most = 0;
  const server: Server = createServer(async (req, res) => {
    most = Math.max(most, ++under);
    res.on('close', () => under--);
    try {
      const [request] = await Promise.all([requestOf(req), new Promise((done) => setTimeout(done, delayMs))]);
      const query = new URLSearchParams(request.params.map(([name, value]): [string, string] => [name, value]));
      asked.push(`${request.method} ${request.path}${query.size > 0 ? `?${query}` : ''}`);
      const { status, headers, body } = await service(request);
      res.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
    } catch (error) {
      // A body too large, an address that cannot be read, a caller who has gone.
      if (!res.headersSent) res.writeHead(error instanceof URIError || error instanceof TypeError ? 400 : 413);
      res.end();
    }
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  return {
    baseUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir/`),
    asked,
    most: () => most,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function requestOf(req: IncomingMessage): Promise<ServiceRequest> {
  const url = new URL(req.url ?? '', `http://${req.headers.host}`);
  return {
    method: req.method ?? 'GET',
    path: decodeURIComponent(url.pathname.replace(/^\/fhir\/?/, '')),
    params: [...url.searchParams],
    headers: Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body: await bodyOf(req),
    base: `${url.origin}/fhir/`,
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    size += (part as Buffer).length;
    if (size > LARGEST_REQUEST) throw new Error('too large');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
