/** What can go wrong outside of clinical outcomes. One literal code a fault; the table that maps codes to HTTP reads this list. */
export const ERROR_CODES = [
  'bad-setting',
  'bad-usage',
  'database-unavailable',
  'database-locked',
  'database-too-old',
  'record-unavailable',
  'not-found',
  'version-conflict',
  'foreign-patient',
  'bad-request',
  'not-permitted',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What each fault is over HTTP. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-setting': 500,
  'bad-usage': 400,
  'database-unavailable': 503,
  'database-locked': 503,
  'database-too-old': 500,
  'record-unavailable': 503,
  'not-found': 404,
  'version-conflict': 412,
  'foreign-patient': 403,
  'bad-request': 400,
  'not-permitted': 403,
};

/** A fault of infrastructure or use. `message` is for a person and carries no patient data beyond resource ids. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/**
 * What may be written of an unexpected fault where others may read it: its kind and where it arose. Messages are left out, causes too: those of a
 * database or a parser quote what they worked on, a patient's record. Only the language's own kinds, which name code alone, keep theirs.
 */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const cause = error.cause === undefined ? [] : [`caused by ${traceOf(error.cause)}`];
  return [`${error.name}${code}${own ? `: ${error.message}` : ''}`, ...frames, ...cause].join('\n');
}

/** What a person is told of a fault. One of our own making is written to standard error as far as it may be. @param on "this question" */
export function tellFault(error: unknown, on: string): string {
  if (isAppError(error)) return error.message;
  console.error(traceOf(error));
  return `Rounds failed on ${on}: a fault of its own, written to standard error.`;
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
