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
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A fault of infrastructure or use. `message` is for a person and carries no patient data beyond resource ids. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
