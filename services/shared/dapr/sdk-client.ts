import type HTTPClient from '@dapr/dapr/implementation/Client/HTTPClient/HTTPClient';
import type { Sidecar, SidecarAnswer } from './sidecar';

const API = '/v1.0';

/** The sidecar answered with a status other than success. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly answer: SidecarAnswer) {
    super(`${answer.status} ${answer.text}`);
  }
}

/** Options of the client that a building block of the SDK sends requests with. */
export interface SdkClientOptions {
  timeoutMs: number;
  /** Returns true for statuses of success; others are thrown as `Refused`. */
  isSuccess: (status: number) => boolean;
}

/** Request that the SDK's building blocks pass to their client. */
interface SdkRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

const silence = (): void => undefined;
/** Silences the SDK, which logs every error that our client throws; callers log it already. */
const silentLogger = {
  error: silence,
  warn: silence,
  info: silence,
  verbose: silence,
  debug: silence,
};

/**
 * Creates the client of the SDK's building blocks (`pubsub`, `state`, `invoker`) over our
 * connection, with its pool, timeouts and token. `execute` returns the whole answer, with status
 * and headers; it throws `Refused` or `SidecarUnreachable`. ADR 0033 lists the faults of the SDK
 * that this repairs.
 */
export function sdkClient(sidecar: Sidecar, options: SdkClientOptions): HTTPClient {
  const { timeoutMs, isSuccess } = options;
  const execute = async (path: string, request: SdkRequest = {}): Promise<SidecarAnswer> => {
    const answer = await sidecar.request({
      method: request.method?.toUpperCase() ?? 'GET',
      path: `${API}${path}`,
      headers: lowerCased(request.headers ?? {}),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
    });
    if (!isSuccess(answer.status)) throw new Refused(answer);
    return answer;
  };
  const client = {
    options: { logger: { service: silentLogger } },
    execute,
    // The SDK asks for bulk publish under v1.0-alpha1; the stable API is under v1.0.
    executeWithApiVersion: (_version: string, path: string, request: SdkRequest) =>
      execute(path, request),
  };
  return client as unknown as HTTPClient;
}

/** Returns headers with lower-case names, like our connection's own, so that none is sent twice. */
function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
