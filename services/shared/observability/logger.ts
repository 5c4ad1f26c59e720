import { pino, type DestinationStream, type Logger } from 'pino';
import { currentContext, traceIdOf } from './context';

export type { Logger };

const SECRET_FIELDS = ['token', 'refreshToken', 'beakShape', 'bankAccount', 'authorization'];

/**
 * What a log line says of an error. Nothing else of it: the database's errors carry the values
 * of the statement and of the row.
 */
function describeError(error: Error): object {
  const { type, message, stack, ...rest } = pino.stdSerializers.err(error);
  const { code, constraint } = rest;
  const errors = error instanceof AggregateError ? error.errors.map(describeError) : undefined;
  return { type, message, stack, code, constraint, errors };
}

/**
 * The service's logger: one JSON line per event with time, level, service and the ids of the
 * work under way. Secrets and bank account numbers are blotted out wherever they turn up.
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
