import { pino, type DestinationStream, type Logger } from 'pino';
import { currentContext, traceIdOf } from './context';

export type { Logger };

const SECRET_FIELDS = ['token', 'refreshToken', 'beakShape', 'bankAccount', 'authorization'];

/**
 * Returns the fields of an error that are logged. Others are left out: in errors of the database
 * they hold values of the statement and of the row.
 */
function describeError(error: Error): object {
  const { type, message, stack, ...rest } = pino.stdSerializers.err(error);
  const { code, constraint } = rest;
  const errors = error instanceof AggregateError ? error.errors.map(describeError) : undefined;
  return { type, message, stack, code, constraint, errors };
}

/**
 * Creates the service's logger: one JSON line per event with time, level, service and the ids of
 * the current work. Secrets and bank account numbers are redacted, up to two levels deep.
 */
export function createLogger(
  service: string,
  level: string,
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      mixin: () => {
        const { traceparent, ...ids } = currentContext();
        return { ...ids, traceId: traceIdOf(traceparent) };
      },
    },
    destination,
  );
}
