import { Pool } from 'undici';
import { currentContext } from '../observability/context';

const CONNECTIONS = 64;
const READY_TIMEOUT_MS = 1_000;
const DEFAULT_TIMEOUT_MS = 3_000;
/** Status of Dapr's health check when healthy. */
const NO_CONTENT = 204;

export interface SidecarOptions {
  port: number;
  /** `DAPR_API_TOKEN`; the sidecar answers 401 without it. */
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

/** The sidecar did not answer before the timeout, or is not running. */
export class SidecarUnreachable extends Error {
  override readonly name = 'SidecarUnreachable';
}

/**
 * Connection to the sidecar's HTTP API: keep-alive, with a timeout on every request and the API
 * token. All use of Dapr passes through here, also that of the SDK (`sdk-client.ts`). Sends the
 * request id and trace of the current context along.
 */
export class Sidecar {
  private readonly pool: Pool;
  private readonly token: string;

  constructor(options: SidecarOptions) {
    this.pool = new Pool(`http://127.0.0.1:${options.port}`, { connections: CONNECTIONS });
    this.token = options.token;
  }

  /** Sends one request; any status is an answer. Throws `SidecarUnreachable`. */
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

  /** Returns true when the sidecar accepts calls, publishes and state requests. */
  async isReady(): Promise<boolean> {
    const path = '/v1.0/healthz/outbound';
    const request = { method: 'GET', path, timeoutMs: READY_TIMEOUT_MS };
    const answer = await this.request(request).catch((error: unknown) => error);
    return !(answer instanceof Error) && (answer as SidecarAnswer).status === NO_CONTENT;
  }

  /** Keep-alive connections, for the gateway, which streams bodies. */
  get connections(): Pool {
    return this.pool;
  }

  /** Header with the API token that the sidecar demands. */
  get tokenHeader(): Record<string, string> {
    return { 'dapr-api-token': this.token };
  }

  /** Closes the connections after the pending requests are answered. */
  async close(): Promise<void> {
    await this.pool.close();
  }
}
