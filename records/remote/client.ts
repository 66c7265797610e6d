import { AppError } from '../../errors.ts';
import type { FhirBundle, FhirResource } from '../contract.ts';
import { type Authorization, noAuthorization } from './authorization.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

export interface FhirClientDeps {
  readonly wire: Pick<Wire, 'send'>;
  /** The FHIR server's address, ending in a slash. */
  readonly baseUrl: URL;
  readonly authorization?: Authorization;
}

export interface FhirRequest extends Omit<WireRequest, 'url' | 'body'> {
  /** Relative to the base, or a whole address on the same server. */
  readonly path: string;
  readonly params?: readonly (readonly [string, string])[];
  readonly body?: unknown;
}

export interface FhirAnswer {
  readonly status: number;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the server answers without a body (304, 204). */
  readonly resource?: FhirResource;
}

/** FHIR over HTTP: http://hl7.org/fhir/R4/http.html */
export interface FhirClient {
  /**
   * @throws AppError `not-found` (404, 410), `not-permitted` (401, 403), `version-conflict` (409, 412), `bad-request` (400, 405, 422),
   * `record-unavailable` (any other status, no FHIR, another server)
   */
  request(wanted: FhirRequest): Promise<FhirAnswer>;
  /**
   * The entries of a search, page after page.
   * @param limit resources, over all pages, that are wanted
   * @throws AppError `record-unavailable` where pages do not end, repeat, or lead elsewhere
   */
  pages(wanted: Omit<FhirRequest, 'method' | 'body'>, limit?: number): AsyncGenerator<Page>;
}

export interface Page {
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
  readonly total?: number;
  readonly answer: FhirAnswer;
}

/** More pages than any record has: a server that never ends is one that is broken. */
const MOST_PAGES = 1_000;
const MOST_RESOURCES = 200_000;

export function createFhirClient({ wire, baseUrl, authorization = noAuthorization }: FhirClientDeps): FhirClient {
  const base = new URL(baseUrl.href.endsWith('/') ? baseUrl.href : `${baseUrl.href}/`);

  /** @throws AppError `record-unavailable`: the credentials go to this server and to no other */
  function addressOf(path: string, from: URL = base): URL {
    const url = URL.canParse(path, from.href) ? new URL(path, from) : undefined;
    if (url === undefined || url.origin !== base.origin || !`${url.pathname}/`.startsWith(base.pathname))
      throw new AppError('record-unavailable', `The FHIR server at ${base.href} refers to another address, which is not followed.`);
    return url;
  }

  async function send({ path, params = [], body, headers = {}, ...rest }: FhirRequest, from?: URL): Promise<FhirAnswer> {
    const url = addressOf(path, from);
    for (const [name, value] of params) url.searchParams.append(name, value);
    const attempt = async (): Promise<WireAnswer> => {
      const credentials = await authorization.header();
      return wire.send({
        ...rest,
        url,
        headers: {
          accept: 'application/fhir+json',
          ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
          ...headers,
          ...(credentials === undefined ? {} : { authorization: credentials }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    };
    let answer = await attempt();
    // A token may end or be taken back at any time; what was turned away was not carried out.
    if (answer.status === 401 && authorization.renew()) answer = await attempt();
    return read(answer, url, rest.method);
  }

  function read(answer: WireAnswer, url: URL, method: string): FhirAnswer {
    const { status, headers } = answer;
    const where = `${method} ${url.pathname.slice(base.pathname.length) || 'on the whole server'}`;
    const resource = resourceOf(answer);
    if (status >= 400) throw faultOf(status, where, resource);
    if (status >= 300 && status !== 304) throw broken(where, `it answers with another address (HTTP ${status}), which is not followed`);
    if (answer.body.trim() !== '' && resource === undefined)
      throw broken(where, `it answers with ${headers['content-type']?.split(';')[0] ?? 'something'} that is no FHIR resource in JSON`);
    return { status, url, headers, ...(resource === undefined ? {} : { resource }) };
  }

  function faultOf(status: number, where: string, outcome: FhirResource | undefined): AppError {
    const codes = issueCodes(outcome);
    const said = `The FHIR server refuses ${where} (HTTP ${status}${codes.length > 0 ? `: ${codes.join(', ')}` : ''}).`;
    if (status === 404 || status === 410) return new AppError('not-found', said);
    if (status === 401 || status === 403) return new AppError('not-permitted', said);
    if (status === 409 || status === 412) return new AppError('version-conflict', said);
    if (status === 400 || status === 405 || status === 422) return new AppError('bad-request', said);
    return new AppError(
      'record-unavailable',
      `The FHIR server fails on ${where} (HTTP ${status}${codes.length > 0 ? `: ${codes.join(', ')}` : ''}).`,
    );
  }

  const broken = (where: string, why: string): AppError =>
    new AppError('record-unavailable', `The FHIR server at ${base.origin} cannot be used for ${where}: ${why}.`);

  return {
    request: (wanted) => send(wanted),

    async *pages({ path, params = [], headers, signal }, limit = MOST_RESOURCES) {
      const seen = new Set<string>();
      let next: string | undefined = path;
      let from: URL | undefined;
      let found = 0;
      while (next !== undefined && found < limit) {
        const answer: FhirAnswer = await send(
          {
            method: 'GET',
            path: next,
            // The link of the next page has them all.
            params: from === undefined ? params : [],
            ...(headers ? { headers } : {}),
            ...(signal ? { signal } : {}),
          },
          from,
        );
        const where = path;
        if (answer.status === 304) return yield { matches: [], included: [], answer };
        const bundle = answer.resource as FhirBundle | undefined;
        if (bundle?.resourceType !== 'Bundle')
          throw broken(where, `it answers with ${bundle?.resourceType ?? 'nothing'} instead of a Bundle`);
        const page = pageOf(bundle, answer, where);
        found += page.matches.length;
        seen.add(answer.url.href);
        next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
        from = answer.url;
        if (next !== undefined) {
          if (seen.has(addressOf(next, from).href)) throw broken(where, 'its pages lead back to one another');
          if (seen.size >= MOST_PAGES || found >= MOST_RESOURCES)
            throw broken(where, `its pages do not end (${seen.size} pages, ${found} resources)`);
        }
        yield page;
      }
    },
  };

  function pageOf({ entry = [], total }: FhirBundle, answer: FhirAnswer, where: string): Page {
    const matches: FhirResource[] = [];
    const included: FhirResource[] = [];
    for (const { resource, search } of entry as readonly { resource?: FhirResource; search?: { mode?: string } }[]) {
      if (resource === undefined) continue;
      if (resource.resourceType === 'OperationOutcome') {
        const grave = issues(resource).filter(({ severity }) => severity === 'error' || severity === 'fatal');
        if (grave.length > 0) throw broken(where, `it answers in part only (${grave.map(({ code }) => code).join(', ')})`);
      } else (search?.mode === 'include' ? included : matches).push(resource);
    }
    return { matches, included, ...(typeof total === 'number' ? { total } : {}), answer };
  }
}

function resourceOf({ body }: WireAnswer): FhirResource | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && typeof (parsed as { resourceType?: unknown }).resourceType === 'string'
      ? (parsed as FhirResource)
      : undefined;
  } catch {
    return undefined;
  }
}

interface Issue {
  readonly severity: string;
  readonly code: string;
}
/** Severities and codes alone: what an outcome says in words may quote a record. */
const issues = (outcome: FhirResource | undefined): readonly Issue[] =>
  outcome?.resourceType === 'OperationOutcome' && Array.isArray(outcome.issue)
    ? outcome.issue.map((issue: Partial<Issue>) => ({ severity: String(issue.severity), code: String(issue.code) }))
    : [];

const issueCodes = (outcome: FhirResource | undefined): readonly string[] => [
  ...new Set(issues(outcome).flatMap(({ code }) => (/^[a-z-]{1,30}$/.test(code) ? [code] : []))),
];
