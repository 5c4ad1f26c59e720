import { pino, type Logger } from 'pino';
import { currentContext, traceIdOf } from './context';

export type { Logger };

const SECRET_FIELDS = ['token', 'refreshToken', 'beakShape', 'bankAccount', 'authorization'];

/**
 * The service's logger: one JSON line per event with time, level, service and the ids of the
 * work under way. Secrets and bank account numbers are blotted out wherever they turn up.
 */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    mixin: () => {
      const { traceparent, ...ids } = currentContext();
      return { ...ids, traceId: traceIdOf(traceparent) };
    },
  });
}
