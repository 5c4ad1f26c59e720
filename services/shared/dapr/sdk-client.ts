import type HTTPClient from '@dapr/dapr/implementation/Client/HTTPClient/HTTPClient';
import type { Sidecar, SidecarAnswer } from './sidecar';

const API = '/v1.0';

/** The sidecar answered, but with a status that does not mean success. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly answer: SidecarAnswer) {
    super(`${answer.status} ${answer.text}`);
  }
}

/** How a building block of the SDK sends its requests. */
export interface SdkClientOptions {
  timeoutMs: number;
  /** True for statuses that mean success; the others are thrown as `Refused`. */
  isSuccess: (status: number) => boolean;
}

/** What the SDK's building blocks pass to their client. */
interface SdkRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

const silence = (): void => undefined;
/** The SDK logs errors that we throw: they are logged by whoever catches them. */
const silentLogger = {
  error: silence,
  warn: silence,
  info: silence,
  verbose: silence,
  debug: silence,
};

/**
 * The client of the SDK's building blocks (`pubsub`, `state`, `invoker`), over our connection: its
 * pool, its deadlines and its token. `execute` returns our connection's whole answer, with status
 * and headers, and throws `Refused` or `SidecarUnreachable`. ADR 0033 lists what this repairs.
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
    // The SDK asks for bulk publish under v1.0-alpha1; it has been stable, under v1.0, for long.
    executeWithApiVersion: (_version: string, path: string, request: SdkRequest) =>
      execute(path, request),
  };
  return client as unknown as HTTPClient;
}

/** Header names as our connection writes them, so that none is sent twice. */
function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
