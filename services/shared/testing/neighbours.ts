import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallContract } from '../contracts/call';
import { PROBLEM_TYPE } from '../kernel/errors';

/**
 * Answer of a neighbour: a body that keeps the contract, a refusal with its status, or a text that
 * breaks the contract, with status 200.
 */
export type NeighbourAnswer<Response> =
  Response | { refuse: number; type?: string } | { garble: string };

interface Rule {
  contract: CallContract<unknown, unknown>;
  pattern: RegExp;
  answer: (input: { params: Record<string, string>; body: unknown }) => unknown;
}

type StateFault = (request: IncomingMessage, body: unknown) => boolean;
type Reply = (status: number, json?: unknown, headers?: Record<string, string>) => void;

/** Event that a service published. */
export interface PublishedEvent {
  id: string;
  type: string;
  source: string;
  subject: string;
  data: Record<string, unknown>;
}

/** Call that a service sent. */
export interface SeenCall {
  path: string;
  body: unknown;
}

const OK = 200;
const NO_CONTENT = 204;
const NOT_FOUND = 404;
const CONFLICT = 409;

/**
 * Fake sidecar for component tests: answers calls to other services by their contracts, keeps state
 * and records published events. Answers that break a contract throw, so that no test relies on a
 * neighbour that does not exist.
 */
export class Neighbours {
  readonly calls: SeenCall[] = [];
  /** Events that the broker accepted, in the order of their arrival. */
  readonly published: PublishedEvent[] = [];
  /** Decides which events the broker accepts; all by default. */
  takesEvent: (event: PublishedEvent) => boolean = () => true;
  private readonly rules: Rule[] = [];
  private readonly takenOver: { pattern: RegExp; listener: RequestListener }[] = [];
  /** Decides which requests to the state store fail at once with 500; none by default. */
  refusesState: StateFault = () => false;
  /** Decides which requests to the state store are carried out and then answered with 500. */
  losesStateAnswer: StateFault = () => false;
  /** Content of the state store; each write changes the `etag`. */
  readonly state = new Map<string, { value: unknown; etag: string }>();
  private writes = 0;
  private readonly server = createServer((request, response) => {
    void this.handle(request, response);
  });

  /** Starts the server; returns its port, for `DAPR_HTTP_PORT`. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  /** Closes the server and every connection to it. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Sets the answer to a call; a later rule for the same call wins. */
  answer<Request, Response>(
    contract: CallContract<Request, Response>,
    answer: (input: { params: Record<string, string>; body: Request }) => NeighbourAnswer<Response>,
  ): void {
    const path = contract.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const pattern = new RegExp(`^/v1.0/invoke/${contract.app}/method${path}$`);
    this.rules.unshift({ contract, pattern, answer: answer as Rule['answer'] });
  }

  /** Lets `listener` answer requests to matching paths; the latest wins. */
  takeOver(pattern: RegExp, listener: RequestListener): void {
    this.takenOver.unshift({ pattern, listener });
  }

  /** Ends every `takeOver`. */
  goBack(): void {
    this.takenOver.length = 0;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const other = this.takenOver.find(({ pattern }) => pattern.test(path));
    if (other) return void other.listener(request, response);
    const body = await bodyOf(request);
    const reply: Reply = (status, json, headers) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    if (path.startsWith('/v1.0/healthz')) return reply(NO_CONTENT);
    if (path.startsWith('/v1.0/publish/bulk/')) return this.handlePublish(body, reply);
    if (path.startsWith('/v1.0/state/')) {
      const fail: Reply = () => reply(500, { errorCode: 'ERR_STATE' });
      if (this.refusesState(request, body)) return fail(500);
      const isLost = this.losesStateAnswer(request, body);
      return this.handleState(request, path, body, isLost ? fail : reply);
    }
    this.calls.push({ path, body });
    const rule = this.rules.find(
      ({ contract, pattern }) => contract.method === request.method && pattern.test(path),
    );
    if (!rule) return reply(NOT_FOUND, { type: 'no-such-neighbour', title: path });
    const params = { ...rule.pattern.exec(path)?.groups };
    const answer = rule.answer({ params, body: rule.contract.request.parse(body ?? {}) });
    if (isRefusal(answer)) {
      const problem = { type: answer.type ?? 'refused', title: 'refused' };
      return reply(answer.refuse, problem, { 'content-type': PROBLEM_TYPE });
    }
    if (isGarbled(answer)) {
      response.writeHead(OK, { 'content-type': 'text/html' });
      return void response.end(answer.garble);
    }
    reply(OK, rule.contract.response.parse(answer));
  }

  private handlePublish(body: unknown, reply: (status: number, json?: unknown) => void): void {
    const entries = body as { entryID: string; event: PublishedEvent }[];
    const refused = entries.filter(({ event }) => !this.takesEvent(event));
    const taken = entries.filter((entry) => !refused.includes(entry));
    this.published.push(...taken.map(({ event }) => event));
    if (refused.length === 0) return reply(NO_CONTENT);
    const failedEntries = refused.map(({ entryID }) => ({
      entryId: entryID,
      error: 'refused by the test',
    }));
    reply(500, { failedEntries, errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE' });
  }

  private handleState(request: IncomingMessage, path: string, body: unknown, reply: Reply): void {
    if (request.method === 'POST') {
      type Options = { concurrency?: string };
      type Item = { key: string; value: unknown; etag?: string; options?: Options };
      for (const { key, value, etag, options } of body as Item[]) {
        const known = this.state.get(key);
        if (etag !== undefined && known?.etag !== etag)
          return reply(CONFLICT, { errorCode: 'etag' });
        if (etag === undefined && options?.concurrency && known)
          return reply(500, { errorCode: 'taken' });
        this.state.set(key, { value, etag: String((this.writes += 1)) });
      }
      return reply(NO_CONTENT);
    }
    const key = decodeURIComponent(path.split('?')[0]!.split('/').at(-1)!);
    const known = this.state.get(key);
    if (request.method === 'DELETE') {
      const etag = request.headers['if-match'];
      if (etag !== undefined && known?.etag !== etag) return reply(CONFLICT, { errorCode: 'etag' });
      this.state.delete(key);
      return reply(NO_CONTENT);
    }
    if (!known) return reply(NO_CONTENT);
    reply(OK, known.value, { etag: known.etag });
  }
}

function isRefusal(answer: unknown): answer is { refuse: number; type?: string } {
  return typeof answer === 'object' && answer !== null && 'refuse' in answer;
}

function isGarbled(answer: unknown): answer is { garble: string } {
  return typeof answer === 'object' && answer !== null && 'garble' in answer;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
