import type { AppError } from '../../errors.ts';
import { type FhirResource, NOT_OFFERED } from '../contract.ts';

/** Conditions of a search, in order. */
export type Params = readonly (readonly [string, string])[];

/** What was read of one type of one patient. */
export interface ReadAll {
  readonly resources: readonly FhirResource[];
  /** Where the server counts more than it gives. */
  readonly total?: { readonly counted: number; readonly given: number };
  /** Why these are not all: "it answers in part only (suppressed)". */
  readonly incomplete?: string;
  /** They are not all because of a fault that may pass. */
  readonly failed?: true | undefined;
}

/** Why a part could not be read, in a few words for a clinician: "403 not permitted", "the server fails with 500". */
export function whyUnread({ code, message }: AppError): string {
  const status = /\bHTTP (\d{3})\b/.exec(message)?.[1];
  if (status === '410') return 'no longer there, 410';
  const refused = code === 'not-permitted' ? 'not permitted' : code === 'not-found' ? NOT_OFFERED : undefined;
  if (refused) return status ? `${status} ${refused}` : refused;
  const server = message.startsWith('The authorization server') ? 'the authorization server' : 'the server';
  if (status?.startsWith('3')) return `${server} points to another address, ${status}`;
  return status ? `${server} fails with ${status}` : inParenthesis(message);
}

/** What a fault says, without the address and what was asked there: "not reached: nothing listens there", "the server answers with half an answer". */
const inParenthesis = (message: string): string =>
  message
    .replace(/\.$/, '')
    .replace(/^The (FHIR|authorization) server at .+? cannot be reached: /, (_, which: string) =>
      which === 'FHIR' ? 'not reached: ' : `the ${which} server was not reached: `,
    )
    .replace(/^The (FHIR|authorization) server at .+? gives no answer that can be used: its\b/, (_, which: string) =>
      which === 'FHIR' ? 'the server’s' : `the ${which} server’s`,
    )
    .replace(/^The FHIR server at \S+ cannot be used for .+?: it\b/, 'the server')
    .replace(/^The FHIR server at \S+ cannot be used for .+?: its\b/, 'the server’s')
    .replace(/^The FHIR server\b/, 'the server')
    .replace(/^The\b/, 'the');
