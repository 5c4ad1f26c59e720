import { Pool } from 'undici';
import { currentContext } from '../observability/context';

const CONNECTIONS = 64;
const READY_TIMEOUT_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 3_000;
/** Dapr's one word for "healthy". */
const NO_CONTENT = 204;

export interface SidecarOptions {
  port: number;
  /** `DAPR_API_TOKEN`: without it the sidecar answers 401. */
  token: string;
}

export interface SidecarRequest {
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

export interface SidecarAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** The sidecar did not answer in time, or is not there. */
export class SidecarUnreachable extends Error {
  override readonly name = 'SidecarUnreachable';
}

/**
 * The way to the sidecar's HTTP API: keep-alive connections, a deadline on every request and
 * our token. Everything Dapr goes through here, the SDK's building blocks too (`sdk-client.ts`).
 * The request and trace ids of the work under way travel along.
 */
export class Sidecar {
  private readonly pool: Pool;
  private readonly token: string;

  constructor(options: SidecarOptions) {
    this.pool = new Pool(`http://127.0.0.1:${options.port}`, { connections: CONNECTIONS });
    this.token = options.token;
  }

  /** One request. Throws `SidecarUnreachable`; any status is an answer. */
  async request(request: SidecarRequest): Promise<SidecarAnswer> {
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const { requestId, traceparent } = currentContext();
    try {
      const answer = await this.pool.request({
        method: request.method as 'GET',
        path: request.path,
        body: request.body ?? null,
        headers: {
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
          ...(traceparent === undefined ? {} : { traceparent }),
          ...request.headers,
          'dapr-api-token': this.token,
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, headers: answer.headers, text };
    } catch (cause) {
      const where = `${request.method} ${request.path}`;
      throw new SidecarUnreachable(`The sidecar did not answer ${where}`, { cause });
    }
  }

  /** True when the sidecar can take calls, publishes and state requests. */
  async isReady(): Promise<boolean> {
    const path = '/v1.0/healthz/outbound';
    const request = { method: 'GET', path, timeoutMs: READY_TIMEOUT_MS };
    const answer = await this.request(request).catch((error: unknown) => error);
    return !(answer instanceof Error) && (answer as SidecarAnswer).status === NO_CONTENT;
  }

  /** The keep-alive connections, for the gateway, which streams bodies through. */
  get connections(): Pool {
    return this.pool;
  }

  /** The header that the sidecar asks for. */
  get tokenHeader(): Record<string, string> {
    return { 'dapr-api-token': this.token };
  }

  /** Closes the connections once the requests under way are answered. */
  async close(): Promise<void> {
    await this.pool.close();
  }
}
