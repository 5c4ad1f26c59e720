import { UnsuitableServer } from './session-settings';

/** SQLSTATE classes and codes (PostgreSQL manual, appendix A). */
const CONNECTION_CLASSES = ['08', '57', '53'];
const STATEMENT_CANCELLED = '57014';
const UNIQUE_VIOLATION = '23505';
const DATA_CLASSES = ['22', '23'];
const LOCK_NOT_AVAILABLE = '55P03';
const SERIALIZATION_CODES = ['40001', '40P01', LOCK_NOT_AVAILABLE];
const SOCKET_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
];
const CONNECTION_MESSAGES = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'is not queryable',
  // TypeORM and pg-pool, after a connection was lost between two statements of a transaction.
  'already released',
  'not established',
  'Cannot use a pool after calling end',
];

interface DriverError {
  code?: string;
  constraint?: string;
  driverError?: DriverError;
  message?: string;
}

function driverError(error: unknown): DriverError {
  const outer = (error ?? {}) as DriverError;
  return outer.driverError ?? outer;
}

/**
 * Returns whether the database is away, shutting down, out of resources or cut off, or an
 * unsuitable server answers, such as a standby before its promotion: a retry may succeed.
 */
export function isConnectionError(error: unknown): boolean {
  const { code, message } = driverError(error);
  if (driverError(error) instanceof UnsuitableServer) return true;
  if (code === STATEMENT_CANCELLED) return true;
  if (code !== undefined && SOCKET_CODES.includes(code)) return true;
  if (code?.length === 5 && CONNECTION_CLASSES.includes(code.slice(0, 2))) return true;
  return CONNECTION_MESSAGES.some((text) => message?.includes(text));
}

/** Returns whether transactions collided (serialization, deadlock, lock timeout): worth a retry. */
export function isSerializationError(error: unknown): boolean {
  return SERIALIZATION_CODES.includes(driverError(error).code ?? '');
}

/** Returns whether a statement ended at its lock timeout. */
export function isLockTimeout(error: unknown): boolean {
  return driverError(error).code === LOCK_NOT_AVAILABLE;
}

/** Returns whether the data itself was refused: a retry is refused too. */
export function isDataError(error: unknown): boolean {
  return DATA_CLASSES.includes(driverError(error).code?.slice(0, 2) ?? '');
}

/**
 * Returns a `catch` handler: throws the refusal for the unique constraint or index that the error
 * violates, every other error as it is.
 */
export function refuseViolation(refusals: Record<string, () => Error>): (error: unknown) => never {
  return (error) => {
    const violated = isUniqueViolation(error) ? driverError(error).constraint : undefined;
    throw refusals[violated ?? '']?.() ?? error;
  };
}

/** Returns whether a unique constraint or index was violated: the named one, else any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const inner = driverError(error);
  if (inner.code !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || inner.constraint === constraint;
}
