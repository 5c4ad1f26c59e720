import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { invocationPath } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import { END_MARK_HEADER, HEAD_ONLY_HEADER, UntilEndMark } from '../../shared/http/end-mark';
import { NO_STORE, noTransform } from '../../shared/http/no-transform';
import { PROBLEM_TYPE, unavailable } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';

/**
 * Timeout: longer than any service takes, shorter than the `running` state of an idempotency
 * record.
 */
const ANSWER_TIMEOUT_MS = 30_000;
const FIRST_REFUSAL = 400;
const NO_CONTENT = 204;
const END_MARK_BYTES = 16;

/** Allow list of a service's response headers; clients receive no others. */
const PASSED_BACK = [
  'allow',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-type',
  'etag',
  'retry-after',
  'www-authenticate',
];

/** Request that the gateway sends to a service. */
export interface OutgoingRequest {
  service: string;
  method: string;
  /** Path and query, without the prefix of the public API. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** Answer read as a whole. */
export interface WholeAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

class Collector extends Writable {
  private readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

class Counter extends Writable {
  size = 0;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.size += chunk.length;
    done();
  }
}

function newMark(): string {
  return randomBytes(END_MARK_BYTES).toString('hex');
}

function withHeaders(request: OutgoingRequest, more: Record<string, string>): OutgoingRequest {
  return { ...request, headers: { ...request.headers, ...more } };
}

function passedBack(headers: IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of PASSED_BACK) {
    const value = headers[name];
    if (value !== undefined) result[name] = String(value);
  }
  if (result['etag'] !== undefined) {
    result['cache-control'] = noTransform(result['cache-control'] ?? NO_STORE);
  }
  return result;
}

/**
 * Returns true when the answer comes from the service. Services refuse with problem documents only;
 * any other refusal comes from a sidecar. A success without content type comes from a sidecar too:
 * when the called service dies during the call, the sidecar answers an empty 200.
 */
function isFromService(status: number, headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'];
  if (status < FIRST_REFUSAL) return status === NO_CONTENT || type !== undefined;
  return type?.startsWith(PROBLEM_TYPE) ?? false;
}

/** Calls services through the gateway's sidecar, over keep-alive connections. */
export class Upstream {
  constructor(
    private readonly sidecar: Sidecar,
    private readonly logger: Logger,
  ) {}

  /**
   * Streams a service's answer to the client. Throws 503 `unavailable` while no byte has been sent;
   * when service or client disconnects later, the other connection is closed and a warning logged.
   * A service that streams is asked for an end mark: sidecars hide that it broke off.
   */
  async stream(request: OutgoingRequest, response: ServerResponse): Promise<void> {
    const mark = newMark();
    try {
      await this.send(
        withHeaders(request, { [END_MARK_HEADER]: mark }),
        (status, headers, isMarked) => {
          response.writeHead(status, headers);
          return isMarked ? new UntilEndMark(mark, response) : response;
        },
      );
    } catch (error) {
      if (!response.headersSent) throw error;
      this.logger.warn({ err: error }, 'an answer was cut off');
    }
  }

  /** Returns the whole answer of a service. Throws 503 `unavailable`. */
  async collect(request: OutgoingRequest): Promise<WholeAnswer> {
    const collector = new Collector();
    let head = { status: 0, headers: {} };
    await this.send(request, (status, headers) => {
      head = { status, headers };
      return collector;
    });
    return { ...head, body: collector.text };
  }

  /**
   * Returns status and headers of a service's answer, with the length of its body unless it is
   * streamed: a stream is not sent, and has no length for GET either. The service is called with
   * GET, because sidecars need not support HEAD. Throws 503 `unavailable`.
   */
  async head(request: OutgoingRequest): Promise<Omit<WholeAnswer, 'body'>> {
    const counter = new Counter();
    let status = 0;
    let headers: Record<string, string> = {};
    let isStreamed = false;
    const asked = { [END_MARK_HEADER]: newMark(), [HEAD_ONLY_HEADER]: 'true' };
    await this.send(withHeaders({ ...request, method: 'GET' }, asked), (...head) => {
      [status, headers, isStreamed] = head;
      return counter;
    });
    if (status === NO_CONTENT || isStreamed) return { status, headers };
    return { status, headers: { ...headers, 'content-length': String(counter.size) } };
  }

  private async send(
    request: OutgoingRequest,
    receive: (status: number, headers: Record<string, string>, isMarked: boolean) => Writable,
  ): Promise<void> {
    const refusal = new Collector();
    let isRefused = false;
    try {
      await this.sidecar.connections.stream(this.optionsOf(request), ({ statusCode, headers }) => {
        isRefused = !isFromService(statusCode, headers);
        if (isRefused) return refusal;
        return receive(statusCode, passedBack(headers), END_MARK_HEADER in headers);
      });
    } catch (error) {
      throw unavailable(`The ${request.service} service`, error);
    }
    if (isRefused) throw unavailable(`The ${request.service} service`, new Error(refusal.text));
  }

  private optionsOf(request: OutgoingRequest): Dispatcher.RequestOptions {
    return {
      method: request.method as Dispatcher.HttpMethod,
      path: invocationPath(request.service, request.path),
      headers: { ...request.headers, ...this.sidecar.tokenHeader },
      body: request.body,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    };
  }
}
