import { AppError, isAppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { orGone } from '../waiting.ts';
import { createOwnAddresses, type OwnAddresses } from './addresses.ts';
import { MOST_PAGES } from './ahead.ts';
import { type Authorization, noAuthorization } from './authorization.ts';
import { issues, linkOf, type Page, readPage, resourceOf, wordsOf } from './page.ts';
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
  /** Asked where the server tells of a conflict after this write was sent more than once: what stands there, if it is this very write's doing. */
  readonly isOwn?: () => Promise<FhirAnswer | undefined>;
  /** What a document says may come as it is, and not in a resource: as the answer's `text`. */
  readonly takesText?: true;
}

export interface FhirSearch extends Omit<FhirRequest, 'method' | 'body'> {
  /** Asked for where the server takes it, left out where it refuses. */
  readonly wished?: {
    /** The exact number of matches. */
    readonly total?: boolean;
    /** A parameter that the server does not know is an error, not everybody's data. */
    readonly strict?: boolean;
  };
  /** One like it was answered: what the server refuses is the search itself, and not what is wished beside it. */
  readonly firm?: true;
}

export interface FhirAnswer {
  readonly status: number;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the server answers without a body (304, 204). */
  readonly resource?: FhirResource;
  readonly text?: string;
  /** Of that text, as they came. */
  readonly bytes?: number;
  /** It may be the beginning of that text. */
  readonly unended?: true;
}

/** FHIR over HTTP: http://hl7.org/fhir/R4/http.html */
export interface FhirClient {
  /** Those that the server has named in its answers among them. */
  readonly addresses: OwnAddresses;
  /**
   * @throws AppError `not-found` (404, 410), `not-permitted` (401, 403), `version-conflict` (409, 412), `bad-request` (400, 405, 415, 422),
   * `record-unavailable` (any other status, no FHIR, another server)
   */
  request(wanted: FhirRequest): Promise<FhirAnswer>;
  /**
   * The entries of a search, page after page.
   * @param limit resources, over all pages, that are wanted
   * @throws AppError `record-unavailable` where pages do not end, repeat, or lead elsewhere, or where an answer is no search's;
   * `bad-request` where the server says that it left a condition out. A page of which a part cannot be used says so itself.
   */
  pages(wanted: FhirSearch, limit?: number): AsyncGenerator<Page>;
}

const MOST_RESOURCES = 200_000;
/** On one page: fifty times as many as are asked for. */
const MOST_ENTRIES = 50_000;

export function createFhirClient({ wire, baseUrl, authorization = noAuthorization }: FhirClientDeps): FhirClient {
  const base = new URL(baseUrl.href.endsWith('/') ? baseUrl.href : `${baseUrl.href}/`);
  /** What the server has refused to take, and answered without. */
  const declined = { total: false, strict: false, count: false };
  const addresses = createOwnAddresses(base);
  /** What the server calls itself in its answers. A page in the middle, asked for by its address, need not say so. */
  let stated = '';

  /** @throws AppError `record-unavailable`: the credentials go to this server and to no other */
  function addressOf(path: string, from: URL = base): URL {
    const url = URL.canParse(path, from.href) ? new URL(path, from) : undefined;
    if (url === undefined || url.origin !== base.origin)
      throw new AppError('record-unavailable', `The FHIR server at ${base.href} refers to another address, which is not followed.`);
    return url;
  }

  async function send({ path, params = [], body, headers = {}, isOwn, takesText, ...rest }: FhirRequest): Promise<FhirAnswer> {
    // The server as a whole stands at its base as FHIR writes it, without a slash at its end.
    const url = addressOf(path === '' ? base.href.replace(/\/$/, '') : path);
    let credentials: string | undefined;
    for (const [name, value] of params) url.searchParams.append(name, value);
    const attempt = async (): Promise<WireAnswer> => {
      credentials = await orGone(authorization.header(), rest.signal);
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
    if (answer.status === 401 && authorization.renew(credentials)) answer = await attempt();
    // What came too late is not taken apart: that may take long itself.
    rest.signal?.throwIfAborted();
    if (answer.repeated && isConflict(answer.status)) {
      const own = await isOwn?.();
      if (own !== undefined) return own;
    }
    return read(answer, url, rest.method, takesText);
  }

  function read(answer: WireAnswer, url: URL, method: string, takesText?: true): FhirAnswer {
    const { status, headers } = answer;
    const where = `${method} ${url.pathname.slice(base.pathname.length) || 'on the whole server'}`;
    const resource = resourceOf(answer.body);
    if (status >= 400) throw faultOf(status, where, resource);
    if (status >= 300 && status !== 304)
      throw broken(where, `it answers with another address (HTTP ${status}), which is not followed: see FHIR_BASE_URL`);
    if (takesText && resource === undefined) {
      const { body: text, bytes, unended } = answer;
      return { status, url, headers, text, ...(bytes === undefined ? {} : { bytes }), ...(unended ? { unended } : {}) };
    }
    if (answer.body.trim() !== '' && resource === undefined)
      throw broken(where, `it answers with ${headers['content-type']?.split(';')[0] ?? 'something'} that is no FHIR resource in JSON`);
    return { status, url, headers, ...(resource === undefined ? {} : { resource }) };
  }

  function faultOf(status: number, where: string, outcome: FhirResource | undefined): AppError {
    const codes = wordsOf(issues(outcome));
    const said = `The FHIR server refuses ${where} (HTTP ${status}${codes === '' ? '' : `: ${codes}`}).`;
    if (status === 401) return new AppError('not-permitted', `${said.replace(/\.$/, '')}: ${authorization.unaccepted}.`);
    if (status === 404 || status === 410) return new AppError('not-found', said);
    if (status === 403) return new AppError('not-permitted', said);
    if (isConflict(status)) return new AppError('version-conflict', said);
    if (status === 400 || status === 405 || status === 415 || status === 422) return new AppError('bad-request', said);
    return new AppError('record-unavailable', `The FHIR server fails on ${where} (HTTP ${status}${codes === '' ? '' : `: ${codes}`}).`);
  }

  const broken = (where: string, why: string): AppError =>
    new AppError('record-unavailable', `The FHIR server at ${base.origin} cannot be used for ${where}: ${why}.`);

  return {
    addresses,
    request: (wanted) => send(wanted),

    async *pages({ path, ...wanted }, limit = MOST_RESOURCES) {
      const seen = new Set<string>();
      let page = await first({ path, ...wanted });
      let found = 0;
      for (;;) {
        found += page.matches.length;
        seen.add(page.answer.url.href);
        stated = statedBase(page.answer, path) ?? stated;
        if (stated !== '') addresses.add(stated);
        const next = page.next === undefined ? undefined : addressOf(rebased(page.next, stated), page.answer.url).href;
        if (next !== undefined && found < limit) {
          if (seen.has(next)) throw broken(path, 'its pages lead back to one another');
          if (seen.size >= MOST_PAGES || found >= MOST_RESOURCES)
            throw broken(path, `its pages do not end (${seen.size} pages, ${found} resources)`);
        }
        yield { ...page, ...(next === undefined ? {} : { next }) };
        if (next === undefined || found >= limit) return;
        // The address of the next page holds the whole search.
        page = await onePage({ path: next, ...(wanted.signal ? { signal: wanted.signal } : {}) }, path);
      }
    },
  };

  /** The first page, asked with all that is wished, then with less. */
  async function first({ wished = {}, firm, params = [], headers = {}, ...rest }: FhirSearch): Promise<Page> {
    const ways = LESS_AND_LESS.map(({ total, strict, count }) => ({
      total: total && wished.total === true && !declined.total,
      strict: strict && wished.strict === true && !declined.strict,
      count: count && params.some(([name]) => name === '_count') && !declined.count,
    }));
    const distinct = ways.filter((way, i) => ways.findIndex((one) => JSON.stringify(one) === JSON.stringify(way)) === i);
    let refused: AppError | undefined;
    let warned: Page | undefined;
    for (const { total, strict, count } of firm ? distinct.slice(0, 1) : distinct) {
      try {
        const page = await onePage(
          {
            ...rest,
            params: [...params.filter(([name]) => count || name !== '_count'), ...(total ? [['_total', 'accurate'] as const] : [])],
            // Some keep the answers to a search and give them again: what has been written since would be missing.
            headers: { ...headers, 'cache-control': 'no-cache', ...(strict ? { prefer: 'handling=strict' } : {}) },
          },
          rest.path,
        );
        // Some warn of a parameter that they do not know: without it their answer is whole.
        if (page.incomplete !== undefined && total && warned === undefined && !firm) {
          warned = page;
          continue;
        }
        if (warned !== undefined && page.incomplete !== undefined) return warned;
        if (refused !== undefined || warned !== undefined)
          Object.assign(declined, {
            total: wished.total === true && !total,
            strict: wished.strict === true && !strict,
            count: params.some(([name]) => name === '_count') && !count,
          });
        return page;
      } catch (error) {
        if (warned !== undefined && isAppError(error)) return warned;
        if (!isAppError(error, 'bad-request') && !isAppError(error, 'version-conflict')) throw error;
        refused ??= error;
      }
    }
    throw new AppError('bad-request', refused!.message, { cause: refused });
  }

  async function onePage(wanted: Omit<FhirRequest, 'method'>, where: string): Promise<Page> {
    const answer = await send({ ...wanted, method: 'GET' });
    const bundle = answer.resource;
    if (bundle?.resourceType !== 'Bundle') throw broken(where, `it answers with ${bundle?.resourceType ?? 'nothing'} instead of a Bundle`);
    // An operation's answer may be a plain collection; a search's is a searchset.
    if (bundle.type !== 'searchset' && !(bundle.type === 'collection' && where.includes('$')))
      throw broken(where, `it answers with a Bundle of type “${String(bundle.type).slice(0, 40)}” instead of a searchset`);
    if (Array.isArray(bundle.entry) && bundle.entry.length > MOST_ENTRIES)
      throw broken(where, `it answers with ${bundle.entry.length} entries on one page`);
    return readPage(bundle, answer, where);
  }

  /** The base that the server knows itself by, where that is another than ours: a proxy stands between. */
  function statedBase({ resource }: FhirAnswer, path: string): string | undefined {
    const self = linkOf(resource, 'self');
    const before = self?.split('?')[0];
    return before?.endsWith(`/${path}`) && URL.canParse(before) ? before.slice(0, -path.length - 1) : undefined;
  }

  /** An address under the server's own name, under ours: nothing is ever sent elsewhere. */
  function rebased(address: string, stated: string): string {
    const after = stated !== '' && address.startsWith(stated) ? address.slice(stated.length) : undefined;
    return after !== undefined && /^(?:[/?]|$)/.test(after) ? `${base.href.replace(/\/$/, '')}${after}` : address;
  }
}

const isConflict = (status: number): boolean => status === 409 || status === 412;

/** What is asked for beside the search itself, until the server takes it. */
const LESS_AND_LESS = [
  { total: true, strict: true, count: true },
  { total: false, strict: true, count: true },
  { total: true, strict: true, count: false },
  { total: false, strict: false, count: true },
  { total: false, strict: false, count: false },
] as const;
