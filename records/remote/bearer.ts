import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Authorization } from './authorization.ts';

/** What may stand in a header. */
export const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The token of FHIR_TOKEN_FILE, read again when the file has changed, and when the server turns it away.
 * @param file `read` throws where it cannot be read; `version` differs when it was written anew
 * @throws Error with what was expected; never with what the file holds
 */
export function bearerToken(file: { readonly read: () => string; readonly version: () => string }): Authorization {
  let seen = file.version();
  let token = tokenIn(file.read());
  let fault = '';

  /** What stands there now; a file that cannot be used is told when the last token is no longer accepted. */
  function again(): void {
    try {
      seen = file.version();
      token = tokenIn(file.read());
      fault = '';
    } catch (error) {
      fault = `; it holds no other: expected ${(error as Error).message}`;
    }
  }
  const hasChanged = (): boolean => {
    try {
      return file.version() !== seen;
    } catch {
      return true;
    }
  };
  const look = (): void => {
    if (hasChanged()) again();
  };
  return {
    async header() {
      look();
      return `Bearer ${token}`;
    },
    renew(turnedAway) {
      again();
      return fault === '' && turnedAway !== `Bearer ${token}`;
    },
    who() {
      look();
      return createHash('sha256').update(token).digest('base64url');
    },
    get unaccepted() {
      return `the token of FHIR_TOKEN_FILE is not accepted${fault}`;
    },
    mayRead: () => true,
  };
}

function tokenIn(text: string): string {
  const token = text.trim();
  if (!TOKEN.test(token)) throw new Error('a file with a token in one line');
  return token;
}

/** A file as `bearerToken` looks at it. */
export const tokenFileAt = (path: string): Parameters<typeof bearerToken>[0] => ({
  read: () => readable(() => readFileSync(path, 'utf8')),
  version: () =>
    readable(() => {
      const { mtimeMs, size, ino } = statSync(path);
      return `${mtimeMs} ${size} ${ino}`;
    }),
});

function readable<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw new Error(`a file that can be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
