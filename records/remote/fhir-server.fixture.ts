import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirService, ServiceAnswer, ServiceRequest } from '../sandbox/service.ts';

export interface FhirServer {
  /** Ending in a slash. */
  readonly baseUrl: URL;
  /** "GET Observation?patient=ann", in order. */
  readonly asked: string[];
  /** Most requests under way at once. */
  readonly most: () => number;
  readonly close: () => Promise<void>;
}

/** A FHIR server on a socket of this machine. @param delayMs before each answer */
export async function serveFhir(service: FhirService, { delayMs = 0 }: { readonly delayMs?: number } = {}): Promise<FhirServer> {
  const asked: string[] = [];
  let under = 0;
  let most = 0;
  const server: Server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '', `http://${req.headers.host}`);
    const base = `${url.origin}/fhir/`;
    const path = decodeURIComponent(url.pathname.slice('/fhir/'.length));
    asked.push(`${req.method} ${path}${url.search}`);
    most = Math.max(most, ++under);
    res.on('close', () => under--);
    const [body] = await Promise.all([bodyOf(req), new Promise((done) => setTimeout(done, delayMs))]);
    const request: ServiceRequest = {
      method: req.method ?? 'GET',
      path,
      params: [...url.searchParams],
      headers: Object.fromEntries(
        Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
      ),
      body,
      base,
    };
    const answer: ServiceAnswer = await service(request);
    res.writeHead(answer.status, answer.headers).end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
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

async function bodyOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
