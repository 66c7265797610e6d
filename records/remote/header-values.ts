import { AppError } from '../../errors.ts';

/** What stands in a header is plain letters in one line: http://www.rfc-editor.org/rfc/rfc9110#section-5.5 */

/** A search as the condition of a create: letters beyond ASCII are written as in any address. @throws AppError `bad-request` */
export function searchHeader(search: string): string {
  if (/[\p{Cc}\p{Cs}]/u.test(search))
    throw new AppError('bad-request', 'The condition of a create (ifNoneExist) holds a character that no search has.');
  return search.replace(/[^ -~]/gu, (letter) => encodeURIComponent(letter));
}

/** `W/"<version>"`. @throws AppError `bad-request` */
export function versionHeader(version: string): string {
  if (!/^[!#-~]+$/.test(version)) throw new AppError('bad-request', 'The version to be changed (ifMatch) is none that a server can name.');
  return `W/"${version}"`;
}
