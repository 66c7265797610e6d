import { AppError } from '../errors.ts';

/** Where a person finds the database that a fault speaks of, without a password. */
export const placeOf = ({ dataDir, databaseUrl }: { readonly dataDir: string; readonly databaseUrl?: string }): string => {
  if (databaseUrl === undefined) return `in ${dataDir} (DATA_DIR)`;
  const { host, pathname } = new URL(databaseUrl);
  return `at ${host || 'this machine'}${pathname} (DATABASE_URL)`;
};

/** The fault of a database that could not be opened. */
export function cannotOpen(error: unknown, place: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError('database-unavailable', `The database ${place} cannot be opened: ${reasonOf(error)}`, { cause: error });
}

/**
 * The fault of a database that was there and is no more, wherever in the chain of causes it stands; undefined for any other error.
 * Postgres reports class 08 (connection) and 57P0x (shut down); the driver and the system report the rest.
 */
export function lostDatabase(error: unknown): AppError | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at instanceof AppError) return at.code === 'database-unavailable' ? at : undefined;
    const code = 'code' in at ? String(at.code) : '';
    const gone =
      /^(?:08\d{3}|57P0[123])$/.test(code) ||
      /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/.test(code) ||
      /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/.test(at.message);
    if (gone) return new AppError('database-unavailable', `The database cannot be reached: ${reasonOf(at)}`, { cause: error });
  }
  return undefined;
}

const reasonOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(reasonOf).join('; ') : error instanceof Error ? error.message : String(error);
